import { EventLogCorrupt, noHash } from '@tichet-albastru/event-log/ports/event-store';
import { ticketStream } from '../../../domain/ticket/facts';
import { linkOf } from '@tichet-albastru/event-log/codec/event-codec.codec';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import {
  leafHash,
  type NoteVerifier,
  noteVerifierOf,
  rootFromInclusion,
  type SignedCheckpoint,
  signedNoteOf,
  verifiedBy,
  verifiedCheckpoint,
  verifierLine,
} from '@tichet-albastru/signed-log';
import { proofManifestText, type ProvedEvent, sumOfProof, type TicketProof } from '../ticket-proof';

/**
 * Why a file proves nothing. Of the whole file:
 * - `key-unusable`: its line of the key is none
 * - `other-key`: its key is not the one that was given out
 * - `signature-differs`: the checkpoint does not bear the signature of this key
 * - `no-events`: nothing is proved in it
 * - `manifest-unsigned`: what is signed over the whole of it does not bear the signature of this key
 * - `cut-off`: the ticket ends with a later event in the log of this checkpoint
 * - `manifest-differs`: what is signed over the whole of it is about something else
 *
 * Of one event:
 * - `other-stream`: it is no event of this ticket
 * - `revision-gap`: it does not follow the one before it
 * - `hash-differs`: its text is not that of its hash
 * - `not-an-envelope`: its text is none that the service writes
 * - `previous-differs`: it names another event before it
 * - `out-of-order`: it stands before the one before it in the log
 * - `not-included`: it does not lead to the root that was signed
 */
export type ProofFault = {
  readonly reason:
    | 'key-unusable'
    | 'other-key'
    | 'signature-differs'
    | 'no-events'
    | 'manifest-unsigned'
    | 'cut-off'
    | 'manifest-differs'
    | 'other-stream'
    | 'revision-gap'
    | 'hash-differs'
    | 'not-an-envelope'
    | 'previous-differs'
    | 'out-of-order'
    | 'not-included';
  /** of the first event that is concerned, from 1 on in the file */
  readonly event?: number;
  readonly eventId?: string;
};

export type ProofChecked =
  | { readonly kind: 'holds'; readonly checkpoint: SignedCheckpoint; readonly verifier: string }
  | { readonly kind: 'fails'; readonly fault: ProofFault };

const fails = (reason: ProofFault['reason']): ProofChecked => ({ kind: 'fails', fault: { reason } });

/**
 * Uses only the file and the key. A file with evidence proves that there are no newer events up to its checkpoint; another file does not.
 * @param insisted the key that was given out; without it the file's own is taken, and the reader must compare it
 */
export const checkTicketProof = (proof: TicketProof, insisted?: NoteVerifier): ProofChecked => {
  const own = noteVerifierOf(proof.verifier);
  if (own?.algorithm !== 1) return fails('key-unusable');
  if (insisted !== undefined && verifierLine(insisted) !== verifierLine(own)) return fails('other-key');
  const checkpoint = verifiedCheckpoint(proof.checkpoint, own);
  if (checkpoint === undefined) return fails('signature-differs');
  if (proof.events.length === 0) return fails('no-events');
  const fault = faultIn(proof, own, checkpoint);
  return fault === undefined ? { kind: 'holds', checkpoint, verifier: verifierLine(own) } : { kind: 'fails', fault };
};

/** Of some events of one stream, from its first on. @param before how many events stand before them in the file */
const faultAmong = (
  events: readonly ProvedEvent[],
  stream: string,
  checkpoint: SignedCheckpoint,
  before: number,
): ProofFault | undefined => {
  let last: ProvedEvent | undefined;
  for (const [place, event] of events.entries()) {
    const reason = faultOf(event, last, stream) ?? (isIncluded(event, checkpoint) ? undefined : 'not-included');
    if (reason !== undefined) return { reason, event: before + place + 1, eventId: event.id };
    last = event;
  }
  return undefined;
};

const faultIn = (proof: TicketProof, key: NoteVerifier, checkpoint: SignedCheckpoint): ProofFault | undefined => {
  const { ticketId, events, evidence, manifest } = proof;
  const ofOwn = faultAmong(events, ticketStream(ticketId), checkpoint, 0);
  if (ofOwn !== undefined || evidence === undefined) return ofOwn;
  const note = signedNoteOf(manifest ?? '');
  // one signature and no other: a second line would be bytes that are not signed
  if (note?.signatures.length !== 1 || verifiedBy(note, key) === undefined) return { reason: 'manifest-unsigned' };
  const head = events.at(-1);
  const end = Number(/^head (\d+) /m.exec(note.text)?.[1]);
  if (head === undefined || head.revision < end) return { reason: 'cut-off' };
  const { size, root } = checkpoint;
  const text = proofManifestText({ ticketId, head, sum: sumOfProof(proof), checkpoint: { size, root: root.toString('hex') } });
  if (note.text !== text) return { reason: 'manifest-differs' };
  let before = events.length;
  for (const { stream, events: others } of [{ stream: evidence.request[0]?.stream ?? '', events: evidence.request }, ...evidence.streams]) {
    const fault = faultAmong(others, stream, checkpoint, before);
    if (fault !== undefined) return fault;
    before += others.length;
  }
  return undefined;
};

const faultOf = (event: ProvedEvent, before: ProvedEvent | undefined, stream: string): ProofFault['reason'] | undefined => {
  if (event.stream !== stream) return 'other-stream';
  if (event.revision !== (before?.revision ?? -1) + 1) return 'revision-gap';
  if (event.leaf <= (before?.leaf ?? -1)) return 'out-of-order';
  if (hashEvent(event) !== event.hash) return 'hash-differs';
  try {
    return linkOf(event).previousHash === (before?.hash ?? noHash) ? undefined : 'previous-differs';
  } catch (error) {
    if (error instanceof EventLogCorrupt) return 'not-an-envelope';
    throw error;
  }
};

/** Whether the event leads to the root that was signed. */
export const isIncluded = (
  { hash, leaf, proof }: Pick<ProvedEvent, 'hash' | 'leaf' | 'proof'>,
  { size, root }: SignedCheckpoint,
): boolean =>
  rootFromInclusion(
    leafHash(hash),
    leaf,
    size,
    proof.map((beside) => Buffer.from(beside, 'hex')),
  )?.equals(root) === true;
