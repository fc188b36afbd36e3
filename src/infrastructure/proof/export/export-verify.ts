import { createHash } from 'node:crypto';
import { noHash } from '@tichet-albastru/event-log/ports/event-store';
import { verifyChain } from '@tichet-albastru/event-log/codec/verify-chain';
import { ticketStream } from '../../../domain/ticket/facts';
import {
  type NoteVerifier,
  noteVerifierOf,
  type SignedCheckpoint,
  signedNoteOf,
  verifiedBy,
  verifiedCheckpoint,
  verifierLine,
} from '@tichet-albastru/signed-log';
import { isIncluded } from '../verify/check-ticket-proof';
import type { PlacedMeeting } from '../../../domain/audit/evidence';
import type { ClockDispute } from '../../../domain/audit/log-clock';
import { isDispute, isPlacedMeeting, isSignedJudgement, type SignedJudgement } from './carried.codec';
import {
  type ExportedEvent,
  exportFormat,
  type ExportFormat,
  exportFormats,
  formerExportFormat,
  lineOf,
  manifestText,
  unsealedReasons,
} from './export-lines';
import { fieldsOf, isCount, isHash, isJsonObject, type JsonObject, parsedJson } from '@tichet-albastru/kernel/json.codec';
import { linesIn } from './lines-in';
import { defined } from '@tichet-albastru/kernel/defined';
import { isInstant } from '../../../domain/time/civil-time';

/** What the checker looks at of each line; verdicts are the signer's words, and only the signature vouches for them. */
type HeadRead = {
  readonly kind: 'head';
  readonly format: ExportFormat;
  readonly asOf: string;
  readonly verifier?: string;
  readonly checkpoint?: string;
};
export type StreamRead = {
  readonly kind: 'stream';
  readonly stream: string;
  readonly events: readonly ExportedEvent[];
  readonly unreadable: boolean;
};
export type ClockRead = { readonly kind: 'clock'; readonly clock: readonly ClockDispute[] };
export type TicketRead = {
  readonly kind: 'ticket';
  readonly ticketId: string;
  readonly events: readonly ExportedEvent[];
  readonly request: readonly ExportedEvent[];
  readonly meetings: readonly PlacedMeeting[];
  /** so many of its events the verdicts know; left out where it cannot be judged */
  readonly judged?: number;
  readonly audited?: SignedJudgement;
  readonly unreadable: boolean;
};
type EndRead = { readonly kind: 'end'; readonly manifest: string };
type LineRead = HeadRead | StreamRead | ClockRead | TicketRead | EndRead;
const isTextOrNone = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string';

const eventOf = (value: unknown, format: ExportFormat): ExportedEvent | undefined => {
  const text = fieldsOf(
    value,
    { stream: 'text', revision: 'count', id: 'text', type: 'text', body: 'text', hash: 'hash' },
    { position: 'text' },
  );
  if (text === undefined || !isJsonObject(value) || (format === exportFormat && text.position === undefined)) return undefined;
  const placed = { ...text, position: text.position ?? '' };
  const { leaf, proof } = value;
  const unsealed = unsealedReasons.find((reason) => reason === value['unsealed']);
  if (unsealed !== undefined) return leaf === undefined && proof === undefined ? { ...placed, unsealed } : undefined;
  if (value['unsealed'] !== undefined || !isCount(leaf) || !Array.isArray(proof)) return undefined;
  const hashes = proof.filter(isHash);
  return hashes.length === proof.length ? { ...placed, leaf, proof: hashes } : undefined;
};

const eventsOf = (value: unknown, format: ExportFormat): readonly ExportedEvent[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const read = value.map((one) => eventOf(one, format)).filter((event) => event !== undefined);
  return read.length === value.length ? read : undefined;
};

const headOf = ({ format: named, asOf, verifier, checkpoint }: JsonObject): HeadRead | undefined => {
  const format = exportFormats.find((known) => known === named);
  if (format === undefined || typeof asOf !== 'string' || !isInstant(asOf)) return undefined;
  if (!isTextOrNone(verifier) || !isTextOrNone(checkpoint)) return undefined;
  return { kind: 'head', format, asOf, ...defined({ verifier, checkpoint }) };
};

const isUnreadableOrNot = (value: unknown): boolean => value === undefined || value === true;

const ticketOf = (value: JsonObject, format: ExportFormat): TicketRead | undefined => {
  const { ticketId, events: own, unreadable, request: asked = [], meetings = [], judged, audited } = value;
  const [events, request] = [eventsOf(own, format), eventsOf(asked, format)];
  if (typeof ticketId !== 'string' || events === undefined || request === undefined || !isUnreadableOrNot(unreadable)) return undefined;
  if (!Array.isArray(meetings) || !meetings.every(isPlacedMeeting)) return undefined;
  if (judged !== undefined && !isCount(judged)) return undefined;
  // unreadable verdicts are compared with nothing: they must not pass for a ticket that has none
  if (format === exportFormat && audited !== undefined && !isSignedJudgement(audited)) return undefined;
  return {
    kind: 'ticket',
    ticketId,
    events,
    request,
    meetings,
    unreadable: unreadable === true,
    ...defined({ judged }),
    ...(isSignedJudgement(audited) && { audited }),
  };
};

const streamOf = ({ stream, events: told, unreadable }: JsonObject, format: ExportFormat): StreamRead | undefined => {
  const events = eventsOf(told, format);
  if (typeof stream !== 'string' || events === undefined || !isUnreadableOrNot(unreadable)) return undefined;
  return { kind: 'stream', stream, events, unreadable: unreadable === true };
};

/** As it is written, and in no other way: of a name that stands twice, one reader would take the first and another the last. */
const valueOf = (text: string): unknown => {
  const value = parsedJson(text);
  return JSON.stringify(value) === text ? value : undefined;
};

/** @param format of the file; left out for its first line @returns `undefined` for what is no line of an export */
const readLine = (text: string, format?: ExportFormat): LineRead | undefined => {
  const value = valueOf(text);
  if (!isJsonObject(value)) return undefined;
  if (format === undefined) return headOf(value);
  if ('manifest' in value) return typeof value['manifest'] === 'string' ? { kind: 'end', manifest: value['manifest'] } : undefined;
  if (format === formerExportFormat || 'ticketId' in value) return ticketOf(value, format);
  if ('stream' in value) return streamOf(value, format);
  const { clock } = value;
  return Array.isArray(clock) && clock.every(isDispute) ? { kind: 'clock', clock } : undefined;
};

/**
 * - `not-an-export`: the first line is no head of this format
 * - `not-sealed`: its writer has no seal: only the chain of each ticket can be checked
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
  /** the tickets' own */
  readonly events: number;
  /** of other streams */
  readonly evidence: number;
  /** of the tickets' own, those that lead to the checkpoint */
  readonly sealed: number;
  /** events, also of other streams, for which nothing but the signature under the file vouches */
  readonly unproved: number;
  readonly asOf?: string;
  /** the key by which it was checked; where none was given, the one that the file names, to be compared */
  readonly verifier?: string;
  /** events of the log that the checkpoint covers */
  readonly size?: number;
};

const mostFindings = 100;
/** With so many it is no export, and the check stops. */
const mostFaults = 100_000;

type Key = { readonly key?: NoteVerifier; readonly fault?: ExportFault };

const keyOf = ({ verifier }: HeadRead, given: NoteVerifier | undefined): Key => {
  if (verifier === undefined) return { ...(given && { key: given }), fault: 'not-sealed' };
  const named = noteVerifierOf(verifier);
  if (named === undefined) return { ...(given && { key: given }), fault: 'key-unreadable' };
  if (given !== undefined && verifierLine(given) !== verifierLine(named)) return { key: given, fault: 'key-differs' };
  return { key: named };
};

type Fault = Omit<ExportFinding, 'line'>;
/** The last event of a stream that was read, and whether one that is not sealed stands before what comes. */
type StreamEnd = { readonly revision: number; readonly hash: string; readonly leaf: number; readonly open: boolean };
const atItsBeginning: StreamEnd = { revision: -1, hash: noHash, leaf: -1, open: false };

const endOf = (events: readonly ExportedEvent[], before: StreamEnd): StreamEnd => {
  const last = events.at(-1);
  if (last === undefined) return before;
  const { revision, hash } = last;
  return {
    revision,
    hash,
    leaf: 'unsealed' in last ? before.leaf : last.leaf,
    open: events.some((event) => 'unsealed' in event) || before.open,
  };
};

/** Where in some events of one stream something is wrong, first of all. @param about the ticket whose line it is */
const faultIn = (
  { stream, events, about }: { readonly stream: string; readonly events: readonly ExportedEvent[]; readonly about?: string },
  upTo: SignedCheckpoint | undefined,
  after = atItsBeginning,
): Fault | undefined => {
  const of = defined({ ticketId: about });
  const broken = verifyChain(events, after);
  const elsewhere = events.find((event) => event.stream !== stream);
  if (broken !== undefined) return { fault: 'chain-broken', ...of, revision: broken.revision };
  if (elsewhere !== undefined) return { fault: 'chain-broken', ...of, revision: elsewhere.revision };
  let before: number | undefined = after.open ? undefined : after.leaf;
  for (const event of events) {
    const at = { ...of, revision: event.revision };
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

const faultOfTicket = (
  { ticketId: about, events, request, unreadable }: TicketRead,
  upTo: SignedCheckpoint | undefined,
): Fault | undefined =>
  faultIn({ stream: ticketStream(about), events, about }, upTo) ??
  faultIn({ stream: request[0]?.stream ?? '', events: request, about }, upTo) ??
  (unreadable ? { fault: 'unreadable-there', ticketId: about } : undefined);

const unprovedAmong = (events: readonly ExportedEvent[]): number => events.filter((event) => 'unsealed' in event).length;
const sealedAmong = (events: readonly ExportedEvent[]): number => events.length - unprovedAmong(events);

/** One signature and no other: a second line would be bytes that are not signed. */
const isSigned = (manifest: string, key: NoteVerifier): boolean => {
  const note = signedNoteOf(manifest);
  return note?.signatures.length === 1 && verifiedBy(note, key) !== undefined;
};

/** Looks at what was read, line by line, as far as nothing is wrong with it. `asOf`: the moment that the whole file is about. */
export type ExportReader = (read: StreamRead | ClockRead | TicketRead, asOf: string) => void;

/**
 * Whether an export is the one that was written, byte by byte, and its events those that were sealed; without the service and offline.
 * @param chunks the bytes of the file
 * @param given the public key as it was received by another way than the file
 * @param reader is told of each line before it is known whether the whole file is the one that was signed
 */
export const verifyExport = async (
  chunks: AsyncIterable<Uint8Array>,
  given?: NoteVerifier,
  reader: ExportReader = () => undefined,
): Promise<ExportChecked> => {
  const findings: ExportFinding[] = [];
  let [faults, line, tickets, events, evidence, sealed, unproved] = [0, 0, 0, 0, 0, 0, 0];
  const ends = new Map<string, StreamEnd>();
  const find = (finding: Omit<ExportFinding, 'line'>): void => {
    faults += 1;
    if (findings.length < mostFindings) findings.push({ line, ...finding });
  };
  const sum = createHash('sha256');
  let [head, format, key, upTo]: [HeadRead?, ExportFormat?, NoteVerifier?, SignedCheckpoint?] = [];
  let manifest: string | undefined;
  let asOf = '';
  for await (const { bytes, text } of linesIn(chunks)) {
    line += 1;
    const read: LineRead | undefined = text === undefined ? undefined : readLine(text, format);
    if (manifest !== undefined) find({ fault: 'behind-the-manifest' });
    else if (line === 1) {
      if (read?.kind !== 'head') {
        find({ fault: 'not-an-export' });
        break;
      }
      head = read;
      asOf = read.asOf;
      format = read.format;
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
      evidence += read.request.length;
      sealed += sealedAmong(read.events);
      unproved += unprovedAmong(read.events) + unprovedAmong(read.request);
      const fault = faultOfTicket(read, upTo);
      if (fault === undefined) reader(read, asOf);
      else find(fault);
    } else if (read?.kind === 'stream') {
      evidence += read.events.length;
      unproved += unprovedAmong(read.events);
      const end = ends.get(read.stream);
      const fault = faultIn(read, upTo, end) ?? (read.unreadable ? { fault: 'unreadable-there' as const } : undefined);
      ends.set(read.stream, endOf(read.events, end ?? atItsBeginning));
      if (fault === undefined) reader(read, asOf);
      else find(fault);
    } else if (read?.kind === 'clock') reader(read, asOf);
    else find({ fault: 'line-unreadable' });
    if (manifest === undefined) sum.update(bytes);
    if (faults >= mostFaults) break;
  }
  if (line === 0) find({ fault: 'not-an-export' });
  if (head !== undefined) {
    const checkpoint = upTo && { checkpoint: { size: upTo.size, root: upTo.root.toString('hex') } };
    const text = manifestText({ format: head.format, tickets, events, evidence, sum: sum.digest('hex'), asOf, ...checkpoint });
    if (manifest === undefined) find({ fault: 'manifest-missing' });
    else if ((signedNoteOf(manifest)?.text ?? manifest) !== text) find({ fault: 'manifest-differs' });
  }
  return {
    findings,
    faults,
    tickets,
    events,
    evidence,
    sealed,
    unproved,
    ...(head && { asOf: head.asOf }),
    ...(key && { verifier: verifierLine(key) }),
    ...(upTo && { size: upTo.size }),
  };
};
