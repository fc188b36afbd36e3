import { simpleParser, type ParsedMail } from 'mailparser';
import ICAL from 'ical.js';
import { SMTPServer } from 'smtp-server';
import { eventually } from '../../support/eventually';
import { endsByItself } from '../../support/closing';

/** A letter as the citizen's mail program has it. */
export type Received = { readonly to: readonly string[]; readonly mail: ParsedMail };

/** A real mail server. It keeps what it accepts, and takes nothing while it is closed. */
export type PostOffice = {
  readonly url: string;
  readonly received: readonly Received[];
  /** "Try again later" to everybody, until it opens again. */
  close(): void;
  open(): void;
  /** Letters to this address, in the order in which they came. */
  to(address: string): readonly ParsedMail[];
  /** Waits for the nth letter to this address (1 is the first). */
  letter(address: string, nth: number): Promise<ParsedMail>;
  end(): Promise<void>;
};

export const createPostOffice = async (): Promise<PostOffice> => {
  const received: Received[] = [];
  let closed = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    logger: false,
    onRcptTo(_, __, callback) {
      callback(closed ? Object.assign(new Error('try later'), { responseCode: 451 }) : null);
    },
    onData(stream, session, callback) {
      simpleParser(stream).then(
        (mail) => {
          received.push({ mail, to: session.envelope.rcptTo.map(({ address }) => address) });
          callback();
        },
        (error: unknown) => {
          callback(error instanceof Error ? error : new Error('unreadable'));
        },
      );
    },
  });
  // a service that ends with a letter on its way resets the connection; its own account of that is what the story looks at
  server.on('error', () => undefined);
  const port = await new Promise<number>((resolve) => {
    const listener = server.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  const to = (address: string): readonly ParsedMail[] => received.filter(({ to: all }) => all.includes(address)).map(({ mail }) => mail);
  return endsByItself(
    {
      url: `smtp://127.0.0.1:${String(port)}`,
      received,
      close: () => {
        closed = true;
      },
      open: () => {
        closed = false;
      },
      to,
      letter: (address, nth) => eventually(`letter ${String(nth)} to ${address}`, () => to(address)[nth - 1]),
      end: () =>
        new Promise<void>((resolve) => {
          server.close(resolve);
        }),
    },
    'end',
  );
};

/** Art. 3 e: the code stands alone on its line. */
export const codeIn = (mail: ParsedMail): string => {
  const code = /^\s*(\d{6})\s*$/m.exec(mail.text ?? '')?.[1];
  if (code === undefined) throw new Error(`No code in "${mail.subject ?? ''}".`);
  return code;
};

/** The calendar entry as a calendar program reads it. */
export const entryIn = (mail: ParsedMail) => {
  const attached = mail.attachments.find(({ contentType }) => contentType === 'text/calendar');
  if (attached === undefined) throw new Error(`No calendar entry in "${mail.subject ?? ''}".`);
  const calendar = ICAL.Component.fromString(attached.content.toString());
  const [zone, event] = [calendar.getFirstSubcomponent('vtimezone'), calendar.getFirstSubcomponent('vevent')];
  if (zone === null || event === null) throw new Error('An entry without an event or without its time zone.');
  const instantOf = (name: string): string => {
    const time = event.getFirstPropertyValue(name);
    if (!(time instanceof ICAL.Time)) throw new Error(`No ${name}.`);
    time.zone = new ICAL.Timezone(zone);
    return new Date(time.toUnixTime() * 1000).toISOString();
  };
  const textOf = (name: string): string => String(event.getFirstPropertyValue(name) ?? '');
  return {
    uid: textOf('uid'),
    sequence: Number(textOf('sequence')),
    startsAt: instantOf('dtstart'),
    endsAt: instantOf('dtend'),
    url: textOf('url'),
    method: String(calendar.getFirstPropertyValue('method')),
  };
};
