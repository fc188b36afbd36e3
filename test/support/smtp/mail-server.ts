import { createServer, type Socket } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { endsByItself } from '../closing';

/** What a mail server may do to us; `well` is none of it. */
export const mailTroubles = [
  'well',
  'down',
  'never greets',
  'rate-limits at the greeting',
  'greylists',
  'rate-limits at the sender',
  'is full after the letter',
  'cuts after the recipient',
  'cuts in the middle of the letter',
  'takes the letter and cuts before it says so',
  'says 250 to the letter and cuts',
  'refuses the recipient',
  'refuses the letter',
] as const;
export type MailTrouble = (typeof mailTroubles)[number];

export type MailServer = {
  readonly url: string;
  /** letters that it took, in their order; the answer may have been lost */
  readonly taken: readonly { readonly mail: ParsedMail; readonly from: string; readonly envelopeId: string | undefined }[];
  readonly be: (trouble: MailTrouble) => void;
  end(): Promise<void>;
};

const answer = (responseCode: number): Error => Object.assign(new Error('no, ion@example.org'), { responseCode });

/** A real mail server behind a real socket, which misbehaves when it is told to. */
export const createMailServer = async (): Promise<MailServer> => {
  const taken: { mail: ParsedMail; from: string; envelopeId: string | undefined }[] = [];
  let trouble: MailTrouble = 'well';
  const sockets = new Set<Socket>();
  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const options: SMTPServerOptions = {
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    hideDSN: false,
    closeTimeout: 50,
    logger: false,
    onMailFrom: (_, __, callback) => {
      callback(trouble === 'rate-limits at the sender' ? answer(421) : null);
    },
    onRcptTo: (_, __, callback) => {
      if (trouble === 'cuts after the recipient') cutAll();
      else callback(trouble === 'greylists' ? answer(451) : trouble === 'refuses the recipient' ? answer(550) : null);
    },
    onData: (stream, session, callback) => {
      if (trouble === 'cuts in the middle of the letter') {
        cutAll();
        return;
      }
      simpleParser(stream).then(
        (mail) => {
          if (trouble === 'is full after the letter') callback(answer(452));
          else if (trouble === 'refuses the letter') callback(answer(554));
          else {
            const { mailFrom, dsn } = session.envelope;
            taken.push({ mail, from: mailFrom === false ? '' : mailFrom.address, envelopeId: dsn?.envid ?? undefined });
            if (trouble === 'takes the letter and cuts before it says so') cutAll();
            else {
              callback(null, `2.0.0 Ok: queued as 4Wq${taken.length}Zx`);
              if (trouble === 'says 250 to the letter and cuts') setImmediate(cutAll);
            }
          }
        },
        () => {
          callback(answer(451));
        },
      );
    },
  };
  const smtp = new SMTPServer(options);
  smtp.on('error', () => undefined);
  const front = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    if (trouble === 'down') socket.destroy();
    else if (trouble === 'rate-limits at the greeting') socket.end('421 too many from there\r\n');
    else if (trouble !== 'never greets') smtp.server.emit('connection', socket);
  });
  await new Promise<void>((listening) => front.listen(0, '127.0.0.1', listening));
  const address = front.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return endsByItself(
    {
      url: `smtp://127.0.0.1:${port}`,
      taken,
      be: (next) => {
        trouble = next;
        // connections that were kept from better times are no way round it
        cutAll();
      },
      end: () =>
        new Promise<void>((resolve) => {
          cutAll();
          front.close(() => {
            resolve();
          });
        }),
    },
    'end',
  );
};
