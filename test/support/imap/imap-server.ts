import { createServer, type Socket } from 'node:net';
import { endsByItself } from '../closing';

export type KeptMessage = { readonly uid: number; readonly source: Buffer; readonly flags: Set<string> };

/** How the server misbehaves; nothing of it is the usual. */
export type Misbehaviour = {
  /** says nothing when somebody comes */
  silent?: boolean;
  /** answers to SEARCH a byte now and then, without end */
  trickle?: boolean;
  /** closes the connection instead of marking a message */
  cutAtStore?: boolean;
  /** marks a message and closes the connection instead of saying so */
  cutAfterStore?: boolean;
  /** does not let anything be marked */
  readOnly?: boolean;
  /** refuses the password */
  refuseLogin?: boolean;
};

/** A mailbox over a real socket: as much of IMAP4rev1 (RFC 3501) as a reader of one folder needs. */
export type ImapServer = {
  readonly url: string;
  readonly messages: readonly KeptMessage[];
  /** what was asked, command by command, without passwords */
  readonly asked: readonly string[];
  readonly misbehave: Misbehaviour;
  deliver(source: string): KeptMessage;
  /** nobody listens any more, and whoever is connected is cut off */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  end(): Promise<void>;
};

const quoted = /"([^"]*)"|(\S+)/g;
const wordsOf = (text: string): readonly string[] => [...text.matchAll(quoted)].map(([, inside, bare]) => inside ?? bare ?? '');
const flagsIn = (text: string): readonly string[] => [...text.matchAll(/\\[A-Za-z]+|\$[A-Za-z]+/g)].map(([flag]) => flag);

const found = (message: KeptMessage, criteria: string): boolean =>
  (!/UNANSWERED/i.test(criteria) || !message.flags.has('\\Answered')) &&
  (!/UNDELETED/i.test(criteria) || !message.flags.has('\\Deleted')) &&
  (!/UNSEEN/i.test(criteria) || !message.flags.has('\\Seen'));

export const createImapServer = async (): Promise<ImapServer> => {
  const messages: KeptMessage[] = [];
  const asked: string[] = [];
  const misbehave: Misbehaviour = {};
  const sockets = new Set<Socket>();
  let port = 0;

  const fetchOf = (socket: Socket, tag: string, rest: string): void => {
    const [range = ''] = wordsOf(rest);
    const limit = /<0\.(\d+)>/.exec(rest)?.[1];
    for (const [index, message] of messages.entries()) {
      if (String(message.uid) !== range) continue;
      const part = limit === undefined ? message.source : message.source.subarray(0, Number(limit));
      socket.write(`* ${index + 1} FETCH (UID ${message.uid} BODY[]${limit === undefined ? '' : '<0>'} {${part.length}}\r\n`);
      socket.write(part);
      socket.write(')\r\n');
    }
    socket.write(`${tag} OK done\r\n`);
  };

  const storeOf = (socket: Socket, tag: string, rest: string): void => {
    if (misbehave.cutAtStore === true) {
      socket.destroy();
      return;
    }
    if (misbehave.readOnly === true) {
      socket.write(`${tag} NO [NOPERM] not here\r\n`);
      return;
    }
    const [range = ''] = wordsOf(rest);
    for (const message of messages) if (String(message.uid) === range) for (const flag of flagsIn(rest)) message.flags.add(flag);
    if (misbehave.cutAfterStore === true) socket.destroy();
    else socket.write(`${tag} OK done\r\n`);
  };

  const searchOf = (socket: Socket, tag: string, rest: string): void => {
    if (misbehave.trickle === true) {
      socket.write('* SEARCH');
      const timer = setInterval(() => socket.write(' 1'), 20);
      socket.on('close', () => {
        clearInterval(timer);
      });
      return;
    }
    const uids = messages.filter((message) => found(message, rest)).map(({ uid }) => uid);
    socket.write(`* SEARCH${uids.map((uid) => ` ${uid}`).join('')}\r\n${tag} OK done\r\n`);
  };

  const answer = (socket: Socket, line: string): void => {
    const [, tag = '*', command = '', rest = ''] = /^(\S+) (UID \S+|\S+) ?(.*)$/i.exec(line) ?? [];
    const name = command.toUpperCase();
    asked.push(name === 'LOGIN' ? name : `${name} ${rest}`.trim());
    const ok = (...untagged: readonly string[]): void => {
      socket.write([...untagged.map((text) => `* ${text}`), `${tag} OK done`, ''].join('\r\n'));
    };
    switch (name) {
      case 'CAPABILITY':
        ok('CAPABILITY IMAP4rev1');
        return;
      case 'LOGIN':
        if (misbehave.refuseLogin === true) socket.write(`${tag} NO [AUTHENTICATIONFAILED] ana.pop@posta.example is not known here\r\n`);
        else ok();
        return;
      case 'LIST':
      case 'LSUB':
        ok(`${name} (\\HasNoChildren) "/" "INBOX"`);
        return;
      case 'SELECT':
      case 'EXAMINE':
        if (wordsOf(rest)[0] !== 'INBOX') {
          socket.write(`${tag} NO [NONEXISTENT] not here\r\n`);
          return;
        }
        ok(
          'FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)',
          `${messages.length} EXISTS`,
          '0 RECENT',
          'OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)] fixed',
          'OK [UIDVALIDITY 7] valid',
          `OK [UIDNEXT ${messages.length + 1}] next`,
        );
        return;
      case 'UID SEARCH':
        searchOf(socket, tag, rest);
        return;
      case 'UID FETCH':
        fetchOf(socket, tag, rest);
        return;
      case 'UID STORE':
        storeOf(socket, tag, rest);
        return;
      case 'NOOP':
      case 'CLOSE':
      case 'CHECK':
        ok();
        return;
      case 'LOGOUT':
        socket.end(`* BYE\r\n${tag} OK done\r\n`);
        return;
      default:
        socket.write(`${tag} BAD not here\r\n`);
    }
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    if (misbehave.silent === true) return;
    socket.write('* OK [CAPABILITY IMAP4rev1] here\r\n');
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (!socket.destroyed) answer(socket, line);
    });
  });

  const listen = (): Promise<void> =>
    new Promise((resolve) => {
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        port = typeof address === 'object' && address !== null ? address.port : 0;
        resolve();
      });
    });
  const goAway = (): Promise<void> =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => {
        resolve();
      });
    });
  await listen();
  return endsByItself(
    {
      url: `imap://bounces:parola-secreta@127.0.0.1:${port}/INBOX`,
      messages,
      asked,
      misbehave,
      deliver: (source) => {
        const message = { uid: messages.length + 1, source: Buffer.from(source.replace(/\r?\n/g, '\r\n')), flags: new Set<string>() };
        messages.push(message);
        return message;
      },
      goAway,
      comeBack: listen,
      end: () => (server.listening ? goAway() : Promise.resolve()),
    },
    'end',
  );
};
