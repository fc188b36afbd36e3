import { defined } from '../../../domain/kernel/defined';
import { parseInstant } from '../../../domain/time/civil-time';
import { exportFormat, unsealedReasons, type ExportedEvent } from './export-lines';

/** What the checker looks at of each line; verdicts are words of whoever signed, and are vouched for by the signature alone. */
export type HeadRead = {
  readonly kind: 'head';
  readonly asOf: string;
  readonly verifier?: string;
  readonly checkpoint?: string;
};
export type TicketRead = {
  readonly kind: 'ticket';
  readonly ticketId: string;
  readonly events: readonly ExportedEvent[];
  readonly unreadable: boolean;
};
export type EndRead = { readonly kind: 'end'; readonly manifest: string };
export type LineRead = HeadRead | TicketRead | EndRead;

type Named = Readonly<Record<string, unknown>>;
const isNamed = (value: unknown): value is Named => typeof value === 'object' && value !== null && !Array.isArray(value);
const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNone = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string';

const eventOf = (value: unknown): ExportedEvent | undefined => {
  if (!isNamed(value)) return undefined;
  const { stream, revision, id, type, body, hash, leaf, proof } = value;
  if (!isText(stream) || !isCount(revision) || !isText(id) || !isText(type) || !isText(body) || !isHash(hash)) return undefined;
  const text = { stream, revision, id, type, body, hash };
  const unsealed = unsealedReasons.find((reason) => reason === value['unsealed']);
  if (unsealed !== undefined) return leaf === undefined && proof === undefined ? { ...text, unsealed } : undefined;
  if (value['unsealed'] !== undefined || !isCount(leaf) || !Array.isArray(proof)) return undefined;
  const hashes = proof.filter(isHash);
  return hashes.length === proof.length ? { ...text, leaf, proof: hashes } : undefined;
};

const headOf = ({ format, asOf, verifier, checkpoint }: Named): HeadRead | undefined => {
  if (format !== exportFormat || typeof asOf !== 'string' || parseInstant(asOf) !== asOf) return undefined;
  if (!isTextOrNone(verifier) || !isTextOrNone(checkpoint)) return undefined;
  return { kind: 'head', asOf, ...defined({ verifier, checkpoint }) };
};

const ticketOf = ({ ticketId, events, unreadable }: Named): TicketRead | undefined => {
  if (typeof ticketId !== 'string' || !Array.isArray(events) || (unreadable !== undefined && unreadable !== true)) return undefined;
  const read = events.map(eventOf).filter((event) => event !== undefined);
  return read.length === events.length ? { kind: 'ticket', ticketId, events: read, unreadable: unreadable === true } : undefined;
};

/** @returns `undefined` for what is no line of an export */
export const readLine = (text: string): LineRead | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isNamed(value)) return undefined;
  if ('format' in value) return headOf(value);
  if ('manifest' in value) return typeof value['manifest'] === 'string' ? { kind: 'end', manifest: value['manifest'] } : undefined;
  return ticketOf(value);
};
