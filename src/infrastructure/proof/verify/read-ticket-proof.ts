import { fieldsOf, isCount, isHash, isJsonObject, type JsonObject } from '@tichet-albastru/kernel/json.codec';
import { deepest, readStrictJson } from '@tichet-albastru/kernel/strict-json';
import { isDispute, isPlacedMeeting, isSignedJudgement } from '../export/carried.codec';
import {
  plainProofFormat,
  type PlacedEvent,
  type ProofEvidence,
  type ProvedEvent,
  type TicketProof,
  ticketProofFormat,
} from '../ticket-proof';

/** Far more than any ticket has; a file beyond them is none of ours. */
export const proofLimits = { bytes: 32 * 1024 * 1024, events: 10_000, hashes: 64 } as const;
const keysOfAnEvent = 8;
const jsonLimits = { depth: deepest, keys: 10_000 + keysOfAnEvent * proofLimits.events };

const plainKeys = ['format', 'ticketId', 'verifier', 'checkpoint', 'events', 'notYetSealed'];
const proofKeys = [...plainKeys, 'evidence', 'manifest'];
/** Verified by other programs, and there only where an authority has stamped the checkpoint. */
const stampKey = 'timeStamp';
const eventKeys = ['leaf', 'stream', 'revision', 'id', 'body', 'hash', 'proof'];
const placedKeys = [...eventKeys, 'position'];
const evidenceKeys = ['request', 'streams', 'meetings', 'clock', 'judged'];

/** These and no others: what is not checked must not look as if it were proved. */
const hasKeys = (value: JsonObject, names: readonly string[]): boolean => {
  const keys = Object.keys(value);
  return keys.length === names.length && names.every((name) => keys.includes(name));
};

/** Some bytes in base64, written in one way only. */
const isStamp = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && Buffer.from(value, 'base64').toString('base64') === value;

const areHashes = (value: unknown): boolean => Array.isArray(value) && value.length <= proofLimits.hashes && value.every(isHash);

const isEvent = (value: unknown): value is ProvedEvent =>
  isJsonObject(value) &&
  hasKeys(value, eventKeys) &&
  fieldsOf(value, { leaf: 'count', stream: 'text', revision: 'count', id: 'text', body: 'text', hash: 'hash' }) !== undefined &&
  areHashes(value['proof']);

const isPlaced = (value: unknown): value is PlacedEvent => {
  if (!isJsonObject(value) || !hasKeys(value, placedKeys) || typeof value['position'] !== 'string') return false;
  const { position: _, ...event } = value;
  return isEvent(event);
};

const isListOf =
  <T>(is: (value: unknown) => value is T) =>
  (value: unknown): value is readonly T[] =>
    Array.isArray(value) && value.length <= proofLimits.events && value.every(is);

const isStream = (value: unknown): value is ProofEvidence['streams'][number] =>
  isJsonObject(value) && hasKeys(value, ['stream', 'events']) && typeof value['stream'] === 'string' && isListOf(isPlaced)(value['events']);

const isEvidence = (value: unknown): value is ProofEvidence =>
  isJsonObject(value) &&
  hasKeys(value, evidenceKeys) &&
  isListOf(isPlaced)(value['request']) &&
  isListOf(isStream)(value['streams']) &&
  isListOf(isPlacedMeeting)(value['meetings']) &&
  isListOf(isDispute)(value['clock']) &&
  isSignedJudgement(value['judged']);

const isProof = (value: unknown): value is TicketProof => {
  if (!isJsonObject(value)) return false;
  const { format, events, notYetSealed, timeStamp, evidence, manifest } = value;
  const isPlain = format === plainProofFormat;
  const keys = isPlain ? plainKeys : proofKeys;
  return (
    (isPlain || format === ticketProofFormat) &&
    hasKeys(value, stampKey in value ? [...keys, stampKey] : keys) &&
    (timeStamp === undefined || isStamp(timeStamp)) &&
    fieldsOf(value, { ticketId: 'text', verifier: 'text', checkpoint: 'text' }) !== undefined &&
    isCount(notYetSealed) &&
    (isPlain ? isListOf(isEvent)(events) : isListOf(isPlaced)(events) && isEvidence(evidence) && typeof manifest === 'string')
  );
};

/** @returns `undefined` for a file that is no proof of a ticket, or of a form that this program does not know */
export const readTicketProof = (bytes: Uint8Array): TicketProof | undefined => {
  if (bytes.length > proofLimits.bytes) return undefined;
  const read = readStrictJson(bytes, jsonLimits);
  return 'value' in read && isProof(read.value) ? read.value : undefined;
};

/** The text of the file, the same wherever it is given out. */
export const ticketProofText = (proof: TicketProof): string => `${JSON.stringify(proof, undefined, 2)}\n`;
