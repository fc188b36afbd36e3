import { defined } from '../../../domain/kernel/defined';
import { fieldsOf, isCount, isHash, isJsonObject, type JsonObject } from '../../runtime/json.codec';
import { readStrictJson } from '../../runtime/strict-json';
import { type ProvedEvent, type TicketProof, ticketProofFormat } from '../ticket-proof';

/** Far more than any ticket has; a file beyond them is none of ours. */
export const proofLimits = { bytes: 32 * 1024 * 1024, events: 10_000, hashes: 64 } as const;
const keysOfAnEvent = 7;
const jsonLimits = { depth: 8, keys: 16 + keysOfAnEvent * proofLimits.events };

const proofKeys = ['format', 'ticketId', 'verifier', 'checkpoint', 'events', 'notYetSealed'];
/** Verified by other programs, and there only where an authority has stamped the checkpoint. */
const stampKey = 'timeStamp';
const eventKeys = ['leaf', 'stream', 'revision', 'id', 'body', 'hash', 'proof'];

/** These and no others: what nobody checks must not look as if it were proved. */
const hasKeys = (value: JsonObject, names: readonly string[]): boolean => {
  const keys = Object.keys(value);
  return keys.length === names.length && names.every((name) => keys.includes(name));
};

/** Some bytes in base64, written in one way only. */
const isStamp = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && Buffer.from(value, 'base64').toString('base64') === value;

const eventIn = (value: unknown): ProvedEvent | undefined => {
  if (!isJsonObject(value) || !hasKeys(value, eventKeys)) return undefined;
  const event = fieldsOf(value, { leaf: 'count', stream: 'text', revision: 'count', id: 'text', body: 'text', hash: 'hash' });
  const { proof } = value;
  if (event === undefined || !Array.isArray(proof) || proof.length > proofLimits.hashes) return undefined;
  const hashes: readonly unknown[] = proof;
  return hashes.every(isHash) ? { ...event, proof: hashes } : undefined;
};

/** @returns `undefined` for a file that is no proof of a ticket, or of a form that this program does not know */
export const readTicketProof = (bytes: Uint8Array): TicketProof | undefined => {
  if (bytes.length > proofLimits.bytes) return undefined;
  const read = readStrictJson(bytes, jsonLimits);
  if (!('value' in read) || !isJsonObject(read.value)) return undefined;
  if (!hasKeys(read.value, stampKey in read.value ? [...proofKeys, stampKey] : proofKeys)) return undefined;
  const { format, ticketId, verifier, checkpoint, events: given, notYetSealed, timeStamp } = read.value;
  if (timeStamp !== undefined && !isStamp(timeStamp)) return undefined;
  if (format !== ticketProofFormat || !isCount(notYetSealed)) return undefined;
  if (typeof ticketId !== 'string' || typeof verifier !== 'string' || typeof checkpoint !== 'string') return undefined;
  if (!Array.isArray(given) || given.length > proofLimits.events) return undefined;
  const events: ProvedEvent[] = [];
  for (const one of given) {
    const event = eventIn(one);
    if (event === undefined) return undefined;
    events.push(event);
  }
  return { format, ticketId, verifier, checkpoint, ...defined({ timeStamp }), events, notYetSealed };
};

/** The text of the file, the same wherever it is given out. */
export const ticketProofText = (proof: TicketProof): string => `${JSON.stringify(proof, undefined, 2)}\n`;
