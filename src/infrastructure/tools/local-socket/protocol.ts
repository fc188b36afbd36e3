import { isJsonObject, parsedJson } from '../../runtime/json';

/** Raised when a request or an answer changes its meaning; a service and a command of different versions say so. */
const protocolVersion = 1;

/** What a command that writes asks of whoever has the stores open. */
export type SocketRequest =
  | { readonly command: 'import'; readonly what: 'staff' | 'requests'; readonly text: string }
  | { readonly command: 'forget-ticket'; readonly ticketId: string; readonly reason: string }
  | { readonly command: 'forget-request'; readonly number: string; readonly filedOn: string; readonly reason: string }
  | { readonly command: 'report-of-ticket'; readonly ticketId: string }
  | { readonly command: 'report-of-request'; readonly number: string; readonly filedOn: string }
  | { readonly command: 'apply-retention'; readonly dryRun: boolean }
  | { readonly command: 'rebuild'; readonly projection?: string }
  | { readonly command: 'retry-parked'; readonly id: string }
  | { readonly command: 'retry-letter'; readonly letterId: string }
  | { readonly command: 'enable-webhook'; readonly target: string }
  | { readonly command: 'clear-seal-alarm'; readonly reason: string };

/** What came of it: for a script (`value`), for a person (`ro`, `en`), and the exit code. */
export type SocketAnswer = { readonly exit: number; readonly value: unknown; readonly ro: string; readonly en: string };

const text = (value: unknown): value is string => typeof value === 'string';

const requestIn = (value: unknown): SocketRequest | undefined => {
  if (!isJsonObject(value)) return undefined;
  const { command, what, ticketId, number, filedOn, reason, projection, id, letterId, target } = value;
  switch (command) {
    case 'import':
      return (what === 'staff' || what === 'requests') && text(value['text']) ? { command, what, text: value['text'] } : undefined;
    case 'forget-ticket':
      return text(ticketId) && text(reason) ? { command, ticketId, reason } : undefined;
    case 'forget-request':
      return text(number) && text(filedOn) && text(reason) ? { command, number, filedOn, reason } : undefined;
    case 'report-of-ticket':
      return text(ticketId) ? { command, ticketId } : undefined;
    case 'report-of-request':
      return text(number) && text(filedOn) ? { command, number, filedOn } : undefined;
    case 'apply-retention':
      return typeof value['dryRun'] === 'boolean' ? { command, dryRun: value['dryRun'] } : undefined;
    case 'rebuild':
      return projection === undefined ? { command } : text(projection) ? { command, projection } : undefined;
    case 'retry-parked':
      return text(id) ? { command, id } : undefined;
    case 'retry-letter':
      return text(letterId) ? { command, letterId } : undefined;
    case 'enable-webhook':
      return text(target) ? { command, target } : undefined;
    case 'clear-seal-alarm':
      return text(reason) && reason.trim() !== '' ? { command, reason } : undefined;
    default:
      return undefined;
  }
};

export const requestLine = (request: SocketRequest): string => `${JSON.stringify({ version: protocolVersion, request })}\n`;

/** `undefined` for what is no request of this version. */
export const requestOf = (line: string): SocketRequest | undefined => {
  const message = parsedJson(line);
  return isJsonObject(message) && message['version'] === protocolVersion ? requestIn(message['request']) : undefined;
};

export const answerLine = (answer: SocketAnswer): string => `${JSON.stringify({ version: protocolVersion, answer })}\n`;

export const answerOf = (line: string): SocketAnswer | undefined => {
  const message = parsedJson(line);
  const answer = isJsonObject(message) && message['version'] === protocolVersion ? message['answer'] : undefined;
  if (!isJsonObject(answer)) return undefined;
  const { exit, value, ro, en } = answer;
  return typeof exit === 'number' && text(ro) && text(en) ? { exit, value, ro, en } : undefined;
};
