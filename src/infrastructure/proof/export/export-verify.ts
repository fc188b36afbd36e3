import { createHash } from 'node:crypto';
import { verifyChain } from '../../log/codec/verify-chain';
import { ticketStream } from '../../../domain/ticket/facts';
import { verifiedCheckpoint, type SignedCheckpoint } from '../../signed-log/checkpoint';
import { noteVerifierOf, signedNoteOf, verifiedBy, verifierLine, type NoteVerifier } from '../../signed-log/signed-note';
import { isIncluded } from '../verify/check-ticket-proof';
import { lineOf, manifestText, type ExportedEvent, exportFormat, unsealedReasons } from './export-lines';
import { fieldsOf, isCount, isHash, isJsonObject, parsedJson, type JsonObject } from '../../runtime/json.codec';
import { linesIn } from './lines-in';
import { defined } from '../../../domain/kernel/defined';
import { parseInstant } from '../../../domain/time/civil-time';

/** What the checker looks at of each line; verdicts are words of whoever signed, and are vouched for by the signature alone. */
type HeadRead = {
  readonly kind: 'head';
  readonly asOf: string;
  readonly verifier?: string;
  readonly checkpoint?: string;
};
type TicketRead = {
  readonly kind: 'ticket';
  readonly ticketId: string;
  readonly events: readonly ExportedEvent[];
  readonly unreadable: boolean;
};
type EndRead = { readonly kind: 'end'; readonly manifest: string };
type LineRead = HeadRead | TicketRead | EndRead;

const isTextOrNone = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string';

const eventOf = (value: unknown): ExportedEvent | undefined => {
  const text = fieldsOf(value, { stream: 'text', revision: 'count', id: 'text', type: 'text', body: 'text', hash: 'hash' });
  if (text === undefined || !isJsonObject(value)) return undefined;
  const { leaf, proof } = value;
  const unsealed = unsealedReasons.find((reason) => reason === value['unsealed']);
  if (unsealed !== undefined) return leaf === undefined && proof === undefined ? { ...text, unsealed } : undefined;
  if (value['unsealed'] !== undefined || !isCount(leaf) || !Array.isArray(proof)) return undefined;
  const hashes = proof.filter(isHash);
  return hashes.length === proof.length ? { ...text, leaf, proof: hashes } : undefined;
};

const headOf = ({ format, asOf, verifier, checkpoint }: JsonObject): HeadRead | undefined => {
  if (format !== exportFormat || typeof asOf !== 'string' || parseInstant(asOf) !== asOf) return undefined;
  if (!isTextOrNone(verifier) || !isTextOrNone(checkpoint)) return undefined;
  return { kind: 'head', asOf, ...defined({ verifier, checkpoint }) };
};

const ticketOf = ({ ticketId, events, unreadable }: JsonObject): TicketRead | undefined => {
  if (typeof ticketId !== 'string' || !Array.isArray(events) || (unreadable !== undefined && unreadable !== true)) return undefined;
  const read = events.map(eventOf).filter((event) => event !== undefined);
  return read.length === events.length ? { kind: 'ticket', ticketId, events: read, unreadable: unreadable === true } : undefined;
};

/** @returns `undefined` for what is no line of an export */
const readLine = (text: string): LineRead | undefined => {
  const value = parsedJson(text);
  if (!isJsonObject(value)) return undefined;
  if ('format' in value) return headOf(value);
  if ('manifest' in value) return typeof value['manifest'] === 'string' ? { kind: 'end', manifest: value['manifest'] } : undefined;
  return ticketOf(value);
};

/**
 * - `not-an-export`: the first line is no head of this format
 * - `not-sealed`: whoever wrote it has no seal: only the chain of each ticket can be checked
 * - `key-unreadable`, `key-differs`: the file names no key, or another one than the one that was given
 * - `checkpoint-wrong`: it does not bear the signature of the key
 * - `line-unreadable`: no line of an export
 * - `chain-broken`: an event is missing, is not the one of its hash, or does not follow the one before it
 * - `not-in-the-tree`: its proof does not lead to the root that was signed
 * - `order-broken`: a sealed event stands behind one that is not, or in an earlier place of the log
 * - `differs-there`, `unreadable-there`: so it was found when the file was written
 * - `manifest-missing`, `behind-the-manifest`: the file was cut off, or something was added
 * - `manifest-unsigned`: the signature of the key is missing or does not hold
 * - `manifest-differs`: what it counts and sums up is not what stands before it
 */
export type ExportFault =
  | 'not-an-export'
  | 'not-sealed'
  | 'key-unreadable'
  | 'key-differs'
  | 'checkpoint-wrong'
  | 'line-unreadable'
  | 'chain-broken'
  | 'not-in-the-tree'
  | 'order-broken'
  | 'differs-there'
  | 'unreadable-there'
  | 'manifest-missing'
  | 'behind-the-manifest'
  | 'manifest-unsigned'
  | 'manifest-differs';
/** `line` from 1 on. */
export type ExportFinding = { readonly fault: ExportFault; readonly line: number; readonly ticketId?: string; readonly revision?: number };

export type ExportChecked = {
  /** in the order of the file; the first hundred of `faults` */
  readonly findings: readonly ExportFinding[];
  readonly faults: number;
  readonly tickets: number;
  readonly events: number;
  /** events that lead to the checkpoint */
  readonly sealed: number;
  readonly asOf?: string;
  /** the key by which it was checked; where none was given, the one that the file names, to be compared */
  readonly verifier?: string;
  /** events of the log that the checkpoint covers */
  readonly size?: number;
};

const mostFindings = 100;

type Key = { readonly key?: NoteVerifier; readonly fault?: ExportFault };

const keyOf = ({ verifier }: HeadRead, given: NoteVerifier | undefined): Key => {
  if (verifier === undefined) return { ...(given && { key: given }), fault: 'not-sealed' };
  const named = noteVerifierOf(verifier);
  if (named === undefined) return { ...(given && { key: given }), fault: 'key-unreadable' };
  if (given !== undefined && verifierLine(given) !== verifierLine(named)) return { key: given, fault: 'key-differs' };
  return { key: named };
};

/** Where in the ticket something is wrong, first of all. */
const faultIn = ({ ticketId, events }: TicketRead, upTo: SignedCheckpoint | undefined): Omit<ExportFinding, 'line'> | undefined => {
  const stream = ticketStream(ticketId);
  const broken = verifyChain(events.map((event) => ({ ...event, position: '' })));
  const elsewhere = events.find((event) => event.stream !== stream);
  if (broken !== undefined) return { fault: 'chain-broken', ticketId, revision: broken.revision };
  if (elsewhere !== undefined) return { fault: 'chain-broken', ticketId, revision: elsewhere.revision };
  let before: number | undefined = -1;
  for (const event of events) {
    const at = { ticketId, revision: event.revision };
    if ('unsealed' in event) {
      if (event.unsealed === 'differs') return { fault: 'differs-there', ...at };
      if (event.unsealed === 'unreadable') return { fault: 'unreadable-there', ...at };
      before = undefined;
      continue;
    }
    if (before === undefined || event.leaf <= before) return { fault: 'order-broken', ...at };
    before = event.leaf;
    if (upTo === undefined || !isIncluded(event, upTo)) return { fault: 'not-in-the-tree', ...at };
  }
  return undefined;
};

/** One signature and no other: a second line would be a byte that nobody has signed. */
const isSigned = (manifest: string, key: NoteVerifier): boolean => {
  const note = signedNoteOf(manifest);
  return note?.signatures.length === 1 && verifiedBy(note, key) !== undefined;
};

/**
 * Whether an export is the one that was written, byte by byte, and its events those that were sealed; without the service and offline.
 * @param chunks the bytes of the file
 * @param given the public key as it was received by another way than the file
 */
export const verifyExport = async (chunks: AsyncIterable<Uint8Array>, given?: NoteVerifier): Promise<ExportChecked> => {
  const findings: ExportFinding[] = [];
  let [faults, line, tickets, events, sealed] = [0, 0, 0, 0, 0];
  const find = (finding: Omit<ExportFinding, 'line'>): void => {
    faults += 1;
    if (findings.length < mostFindings) findings.push({ line, ...finding });
  };
  const sum = createHash('sha256');
  let [head, key, upTo]: [HeadRead?, NoteVerifier?, SignedCheckpoint?] = [];
  let manifest: string | undefined;
  for await (const { bytes, text } of linesIn(chunks)) {
    line += 1;
    const read = text === undefined ? undefined : readLine(text);
    if (manifest !== undefined) find({ fault: 'behind-the-manifest' });
    else if (line === 1) {
      if (read?.kind !== 'head') {
        find({ fault: 'not-an-export' });
        break;
      }
      head = read;
      const chosen = keyOf(head, given);
      if (chosen.fault !== undefined) find({ fault: chosen.fault });
      key = chosen.key;
      upTo = key && head.checkpoint !== undefined ? verifiedCheckpoint(head.checkpoint, key) : undefined;
      if (head.checkpoint !== undefined && upTo === undefined) find({ fault: 'checkpoint-wrong' });
    } else if (read?.kind === 'end') {
      manifest = read.manifest;
      // the line itself is under no sum: it is written in one way only
      if (`${text ?? ''}\n` !== lineOf({ manifest })) find({ fault: 'line-unreadable' });
      if (key === undefined || !isSigned(manifest, key)) find({ fault: 'manifest-unsigned' });
    } else if (read?.kind === 'ticket') {
      tickets += 1;
      events += read.events.length;
      sealed += read.events.filter((event) => !('unsealed' in event)).length;
      const fault = faultIn(read, upTo);
      if (fault !== undefined) find(fault);
      if (read.unreadable) find({ fault: 'unreadable-there', ticketId: read.ticketId });
    } else find({ fault: 'line-unreadable' });
    if (manifest === undefined) sum.update(bytes);
  }
  if (line === 0) find({ fault: 'not-an-export' });
  if (head !== undefined) {
    const { asOf } = head;
    const checkpoint = upTo && { checkpoint: { size: upTo.size, root: upTo.root.toString('hex') } };
    const text = manifestText({ tickets, events, sum: sum.digest('hex'), asOf, ...checkpoint });
    if (manifest === undefined) find({ fault: 'manifest-missing' });
    else if ((signedNoteOf(manifest)?.text ?? manifest) !== text) find({ fault: 'manifest-differs' });
  }
  return {
    findings,
    faults,
    tickets,
    events,
    sealed,
    ...(head && { asOf: head.asOf }),
    ...(key && { verifier: verifierLine(key) }),
    ...(upTo && { size: upTo.size }),
  };
};
