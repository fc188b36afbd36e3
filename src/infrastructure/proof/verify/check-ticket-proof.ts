import { EventLogCorrupt, noHash } from '../../../application/kernel/ports/event-store';
import { ticketStream } from '../../../domain/ticket/facts';
import { linkOf } from '../../log/codec/event-codec.codec';
import { hashEvent } from '../../log/codec/event-hash';
import { verifiedCheckpoint, type SignedCheckpoint } from '../../signed-log/checkpoint';
import { noteVerifierOf, verifierLine, type NoteVerifier } from '../../signed-log/signed-note';
import type { ProvedEvent, TicketProof } from '../ticket-proof';
import { leafHash, rootFromInclusion } from '../../signed-log/merkle-tree';

/**
 * Why a file proves nothing. Of the whole file:
 * - `key-unusable`: its line of the key is none
 * - `other-key`: its key is not the one that was given out
 * - `signature-differs`: the checkpoint does not bear the signature of this key
 * - `no-events`: nothing is proved in it
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
 * Nothing but the file and the key. That no newer events exist is not proved by it.
 * @param insisted the key that was given out; without it the file's own is taken, and must be compared by whoever reads it
 */
export const checkTicketProof = (proof: TicketProof, insisted?: NoteVerifier): ProofChecked => {
  const own = noteVerifierOf(proof.verifier);
  if (own?.algorithm !== 1) return fails('key-unusable');
  if (insisted !== undefined && verifierLine(insisted) !== verifierLine(own)) return fails('other-key');
  const checkpoint = verifiedCheckpoint(proof.checkpoint, own);
  if (checkpoint === undefined) return fails('signature-differs');
  if (proof.events.length === 0) return fails('no-events');
  let before: ProvedEvent | undefined;
  for (const [place, event] of proof.events.entries()) {
    const reason = faultOf(event, before, ticketStream(proof.ticketId)) ?? (isIncluded(event, checkpoint) ? undefined : 'not-included');
    if (reason !== undefined) return { kind: 'fails', fault: { reason, event: place + 1, eventId: event.id } };
    before = event;
  }
  return { kind: 'holds', checkpoint, verifier: verifierLine(own) };
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
