import { getSystemErrorName } from 'node:util';
import { errorCode } from '@tichet-albastru/kernel/error-code';

/** Why a system outside cannot be used. */
export const connectionCauses = [
  'name-unknown',
  'nobody-listens',
  'no-way',
  'silent',
  'cut-off',
  'certificate',
  'tls',
  'credentials',
  'rights',
  'client',
  'issuer',
  'path',
  'failing',
  'rate-limited',
  'something-else',
  'address-inside',
  'file',
  'folder',
  'not-believed',
  'unknown',
] as const;
export type ConnectionCause = (typeof connectionCauses)[number];

/** @see code of the system or of the protocol: never what the other side said, which may name a person */
export type ConnectionFault = { readonly cause: ConnectionCause; readonly code: string };

/** Codes of Node.js, undici, imapflow, nodemailer and PostgreSQL. */
const byCode: readonly (readonly [RegExp, ConnectionCause])[] = [
  [/^(?:ENOTFOUND|EAI_AGAIN|EDNS)$/, 'name-unknown'],
  [/^ECONNREFUSED$/, 'nobody-listens'],
  [/^(?:EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CONNECT_TIMEOUT)$/, 'no-way'],
  [/^(?:ETIMEDOUT|UND_ERR_(?:HEADERS|BODY)_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT|ABORT_ERR|TimeoutError)$/, 'silent'],
  [/^(?:ECONNRESET|EPIPE|ECONNECTION|UND_ERR_SOCKET|NoConnection|EConnectionClosed|ClosedAfterConnect\w*|08006)$/, 'cut-off'],
  [/^(?:CERT_|ERR_TLS_CERT|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CERTIFICATE)/, 'certificate'],
  [/^(?:ETLS|EPROTO$|ERR_SSL|STARTTLS)/, 'tls'],
  [/^(?:EAUTH|28)/, 'credentials'],
  [/^3D/, 'path'],
  [/^(?:53|57P)/, 'failing'],
  [/^(?:HPE_|HTTPParserError|EPROTOCOL|08P|ANSWER_TOO_LONG|UND_ERR_RES)/, 'something-else'],
  [/^ADDRESS_REFUSED$/, 'address-inside'],
  [/^(?:ENOENT|EACCES|EPERM|EISDIR|EROFS)$/, 'file'],
];

const plain = (code: string): string => (/^[\w.-]{1,60}$/.test(code) ? code : 'unknown');

/** What a code of a connection means. */
export const faultByCode = (code: string): ConnectionFault => ({
  cause: byCode.find(([form]) => form.test(code))?.[1] ?? 'unknown',
  code: plain(code),
});

/** What an answer over HTTP means that is none to the question. */
export const faultByStatus = (status: number): ConnectionFault => {
  const code = `status-${String(status)}`;
  if (status === 401 || status === 403) return { cause: 'credentials', code };
  if (status === 429 || status === 423) return { cause: 'rate-limited', code };
  if (status >= 500) return { cause: 'failing', code };
  return { cause: status < 400 || status === 404 || status === 405 || status === 410 ? 'path' : 'something-else', code };
};

const fieldOf = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
const textOf = (error: unknown, name: string): string | undefined => {
  const value = fieldOf(error, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

/** Of libraries that keep the system's error as a text, or as a number, and no code of it. */
const codeIn = (error: unknown): string => {
  const [code = '', number, said] = [errorCode(error), fieldOf(error, 'errno'), textOf(error, 'message') ?? ''];
  if (code !== '' && code !== 'ESOCKET') return code;
  if (typeof number === 'number' && number < 0) return getSystemErrorName(number);
  if (/certificate|altnames|self.signed|issuer/i.test(said)) return 'CERTIFICATE';
  if (/STARTTLS|does not support SSL/i.test(said)) return 'STARTTLS';
  if (/SSL routines|wrong version/i.test(said)) return 'ERR_SSL';
  if (/timeout/i.test(said)) return 'ETIMEDOUT';
  if (/terminated|closed/i.test(said)) return 'ECONNRESET';
  return code;
};

/** What an error of connecting, of signing in or of opening a folder there means. */
export const faultOf = (error: unknown): ConnectionFault => {
  const answered = plain(textOf(error, 'serverResponseCode') ?? textOf(error, 'responseCode') ?? textOf(error, 'responseStatus') ?? '');
  if (fieldOf(error, 'authenticationFailed') === true) return { cause: 'credentials', code: answered };
  const { cause, code } = faultByCode(codeIn(error));
  if (cause === 'unknown' && fieldOf(error, 'responseStatus') === 'NO') return { cause: 'folder', code: answered };
  return { cause, code: answered === 'unknown' ? code : `${code === 'unknown' ? '' : `${code}-`}${answered}` };
};
