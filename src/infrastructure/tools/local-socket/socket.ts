import { createConnection } from 'node:net';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { isRole, type Role } from '../../../application/kernel/access';
import type { SkipParkedGroupInput } from '../../../application/operation/skip-parked';
import { isBlank } from '../../../domain/kernel/blank';
import { restrictionGround, type RestrictionGround } from '../../../domain/ticket/facts';
import { readingPurpose } from '../../../domain/reading/reading';
import type { Looked } from '../../api/access/reading-log';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { systemUser } from '../../runtime/system-user';
import { inBoth, isSentence, type Sentence } from '../../phrasing/sentences';

/** Raised when a request or an answer changes its meaning; a service and a command of different versions say so. */
const protocolVersion = 2;

/** What a command that writes asks of the process that has the stores open. */
export type SocketRequest =
  | { readonly command: 'import'; readonly what: 'staff' | 'requests'; readonly text: string }
  | { readonly command: 'forget-ticket'; readonly ticketId: string; readonly reason: string }
  | {
      readonly command: 'forget-conclusions';
      readonly ticketId: string;
      readonly reason: string;
      readonly minuteNumber: string;
      readonly minuteDate: string;
    }
  | { readonly command: 'forget-request'; readonly number: string; readonly filedOn: string; readonly reason: string }
  | { readonly command: 'restrict'; readonly ticketId: string; readonly ground: RestrictionGround; readonly reason: string }
  | { readonly command: 'lift-restriction'; readonly ticketId: string; readonly personToldOn: string; readonly reason: string }
  | { readonly command: 'report-of-ticket'; readonly ticketId: string }
  | { readonly command: 'report-of-request'; readonly number: string; readonly filedOn: string }
  /** number and date of a minute of the selection commission, or neither */
  | { readonly command: 'apply-retention'; readonly dryRun: boolean; readonly minuteNumber?: string; readonly minuteDate?: string }
  | { readonly command: 'confirm-retention'; readonly yes: boolean }
  | { readonly command: 'rebuild'; readonly projection?: string }
  | { readonly command: 'retry-parked'; readonly id: string }
  | ({ readonly command: 'skip-parked' } & SkipParkedGroupInput)
  | { readonly command: 'drop-table'; readonly projection: string; readonly confirmed: boolean }
  | { readonly command: 'retry-letter'; readonly letterId: string }
  | { readonly command: 'enable-webhook'; readonly target: string }
  | { readonly command: 'clear-seal-alarm'; readonly reason: string }
  | { readonly command: 'close-stream'; readonly stream: string; readonly reason: string }
  | { readonly command: 'settle-loss'; readonly stream: string; readonly note: string }
  | ({ readonly command: 'issue-token' } & TokenWanted)
  | { readonly command: 'revoke-token'; readonly id: string }
  | { readonly command: 'forget-person'; readonly person: string }
  | ({ readonly command: 'record-reading' } & Pick<Looked, 'page' | 'purpose' | 'tickets' | 'requests'>);

/** For whom a token is wanted: a person of the staff directory, another person by name, or a program. */
export type TokenWanted = {
  readonly role: Role;
  readonly by: 'staff' | 'person' | 'service';
  readonly name: string;
  readonly seconds: number;
};

/** A request, and which user of the system asks. */
type AskedRequest = { readonly request: SocketRequest; readonly user: string };

/** What came of it: for a script (`value`), for a person in every language (`ro`, `en`), and the exit code. */
export type SocketAnswer = { readonly exit: number; readonly value: unknown } & Sentence;

type Holds = (value: unknown) => boolean;
type Name = SocketRequest['command'];
type FieldOf<C extends Name> = Exclude<keyof Extract<SocketRequest, { readonly command: C }>, 'command'>;

const text: Holds = (value) => typeof value === 'string';
const textOrNone: Holds = (value) => value === undefined || text(value);
const texts: Holds = (value) => Array.isArray(value) && value.every(text);
const flag: Holds = (value) => typeof value === 'boolean';

/** What each request must have. */
const fields: { readonly [C in Name]: Readonly<Record<FieldOf<C>, Holds>> } = {
  import: { what: (value) => value === 'staff' || value === 'requests', text },
  'forget-ticket': { ticketId: text, reason: text },
  'forget-conclusions': { ticketId: text, reason: text, minuteNumber: text, minuteDate: text },
  'forget-request': { number: text, filedOn: text, reason: text },
  restrict: { ticketId: text, ground: (value) => restrictionGround.words.some((word) => word === value), reason: text },
  'lift-restriction': { ticketId: text, personToldOn: text, reason: text },
  'report-of-ticket': { ticketId: text },
  'report-of-request': { number: text, filedOn: text },
  'apply-retention': { dryRun: flag, minuteNumber: textOrNone, minuteDate: textOrNone },
  'confirm-retention': { yes: flag },
  rebuild: { projection: textOrNone },
  'retry-parked': { id: text },
  'skip-parked': { projection: text, error: textOrNone, upTo: text, reason: text },
  'drop-table': { projection: text, confirmed: flag },
  'retry-letter': { letterId: text },
  'enable-webhook': { target: text },
  'clear-seal-alarm': { reason: (value) => typeof value === 'string' && !isBlank(value) },
  'close-stream': { stream: text, reason: text },
  'settle-loss': { stream: text, note: text },
  'issue-token': {
    role: isRole,
    by: (value) => value === 'staff' || value === 'person' || value === 'service',
    name: text,
    seconds: (value) => Number.isInteger(value),
  },
  'revoke-token': { id: text },
  'forget-person': { person: text },
  'record-reading': {
    page: text,
    purpose: (value) => readingPurpose.words.some((word) => word === value),
    tickets: texts,
    requests: texts,
  },
};
const isName = (name: unknown): name is Name => typeof name === 'string' && Object.hasOwn(fields, name);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRequest = (value: unknown): value is SocketRequest =>
  isObject(value) &&
  isName(value['command']) &&
  Object.entries<Holds>(fields[value['command']]).every(([name, holds]) => holds(value[name]));

const isAnswer = (value: unknown): value is SocketAnswer => isObject(value) && typeof value['exit'] === 'number' && isSentence(value);

/** What a line of this version carries. */
const carried = (line: string): Readonly<Record<string, unknown>> => {
  try {
    const message: unknown = JSON.parse(line);
    return isObject(message) && message['version'] === protocolVersion ? message : {};
  } catch {
    return {};
  }
};

export const requestLine = (asked: AskedRequest): string => `${JSON.stringify({ version: protocolVersion, ...asked })}\n`;

/** `undefined` for what is no request of this version. */
export const requestOf = (line: string): AskedRequest | undefined => {
  const { request, user } = carried(line);
  return isRequest(request) && typeof user === 'string' && user !== '' ? { request, user } : undefined;
};

export const answerLine = (answer: SocketAnswer): string => `${JSON.stringify({ version: protocolVersion, answer })}\n`;

export const answerOf = (line: string): SocketAnswer | undefined => {
  const { answer } = carried(line);
  return isAnswer(answer) ? answer : undefined;
};

/** The longest address of a unix socket that every system takes. */
const longest = 100;

/** `control.sock` in the data folder; by a relative path where the absolute one is longer than the system takes. */
export const socketPath = (folder: string): string => {
  const absolute = join(folder, 'control.sock');
  const near = relative(process.cwd(), absolute);
  return Buffer.byteLength(absolute) <= longest || near.length >= absolute.length ? absolute : near;
};

const patienceMilliseconds = 1000;

/** Whether a process listens on the socket of this data folder. */
export const serviceAnswers = (folder: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(socketPath(folder));
    const end = (answers: boolean): void => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(patienceMilliseconds, () => {
      end(false);
    });
    socket.once('connect', () => {
      end(true);
    });
    socket.once('error', () => {
      end(false);
    });
  });

const cutOff: SocketAnswer = { exit: 1, value: { code: 'cut-off' }, ...inBoth.socket.askLocalSocket.cutOff };

/** Asks the service that has this data folder. `undefined`: there is none. */
export const askLocalSocket = (folder: string, request: SocketRequest, user = systemUser(process.env)): Promise<SocketAnswer | undefined> =>
  new Promise((resolve, reject) => {
    const socket = createConnection(socketPath(folder));
    socket.once('connect', () => {
      socket.write(requestLine({ request, user }));
      const lines = createInterface({ input: socket, crlfDelay: Infinity });
      lines.once('line', (line) => {
        resolve(answerOf(line) ?? cutOff);
        socket.end();
      });
      lines.once('close', () => {
        resolve(cutOff);
      });
    });
    socket.once('error', (error) => {
      const nobody = ['ENOENT', 'ECONNREFUSED', 'ENOTDIR'].includes(errorCode(error) ?? '');
      if (nobody) resolve(undefined);
      else if (errorCode(error) === 'ECONNRESET' || errorCode(error) === 'EPIPE') resolve(cutOff);
      else reject(error);
    });
  });
