import type { Hash, Recorded } from '../../application/kernel/ports/event-store';
import type { Ports } from '../../application/kernel/ports/ports';
import type { SignedLog, LogCheckpoint, StampedCheckpoint } from '../../application/kernel/ports/signed-log';
import { refuse, type Refusal } from '../../domain/kernel/refusal';
import { ticketStream } from '../../domain/ticket/facts';
import { newestOf } from './chain-of';

export const ticketProofFormat = 'tichet-albastru/ticket-proof/1';

/** One event as it stands in the log, personal data sealed, and how it leads to the root of the checkpoint. */
export type ProvedEvent = {
  /** events of the log before it */
  readonly leaf: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  /** the text that was hashed, to the byte */
  readonly body: string;
  readonly hash: Hash;
  /** RFC 6962 inclusion proof, lowest first, 64 hexadecimal digits each */
  readonly proof: readonly Hash[];
};

/** All that is needed to see, far from here and without trusting us, that a ticket's history is the one that was signed. */
export type TicketProof = {
  readonly format: typeof ticketProofFormat;
  readonly ticketId: string;
  /** the public key in one line; compare it with the one that you were given */
  readonly verifier: string;
  /** C2SP tlog-checkpoint in a signed note, cosigned where somebody witnesses */
  readonly checkpoint: string;
  /** TimeStampToken of RFC 3161 over SHA-256 of the bytes of `checkpoint`, DER in base64; there when an authority has stamped it */
  readonly timeStamp?: string;
  readonly events: readonly ProvedEvent[];
  /** events of the ticket that are newer than the checkpoint, and not in this file */
  readonly notYetSealed: number;
};

/**
 * `not-sealed`: the log is not sealed here; `not-yet`: nothing of this ticket is; `unreadable`: what was sealed cannot be read;
 * `differs`: this event is not the one that was sealed, or, where none is named, one is missing.
 */
export type Proved =
  | { readonly kind: 'proved'; readonly proof: TicketProof }
  | { readonly kind: 'not-sealed' | 'not-yet' | 'unreadable' }
  | { readonly kind: 'differs'; readonly eventId?: string };

/** @throws EventLogCorrupt when an event of the ticket is missing */
export const ticketProof = async (
  { store, signedLog }: Pick<Ports, 'store' | 'signedLog'>,
  ticketId: string,
): Promise<Proved | Refusal> => {
  const recorded: Recorded[] = [];
  for await (const event of store.read(ticketStream(ticketId))) recorded.push(event);
  if (recorded.length === 0) return refuse('not-found');
  if (signedLog === undefined) return { kind: 'not-sealed' };
  const newest = await newestOf(signedLog);
  if (newest === undefined) return { kind: 'not-yet' };
  if (newest === 'not-ours') return { kind: 'unreadable' };
  const upTo = await coveringAll(signedLog, recorded, newest);
  const events: ProvedEvent[] = [];
  for (const event of recorded) {
    const standing = await signedLog.standing(event, upTo);
    if (standing.kind === 'differs') return { kind: 'differs', eventId: event.id };
    if (standing.kind === 'unreadable') return { kind: 'unreadable' };
    if (standing.kind === 'not-yet') break;
    const { stream, revision, id, body, hash } = event;
    events.push({ leaf: standing.leaf, stream, revision, id, body, hash, proof: standing.proof });
  }
  if (events.length === 0) return { kind: 'not-yet' };
  const notYetSealed = recorded.length - events.length;
  return {
    kind: 'proved',
    proof: {
      format: ticketProofFormat,
      ticketId,
      verifier: signedLog.verifier,
      checkpoint: upTo.note,
      ...('token' in upTo && { timeStamp: upTo.token }),
      events,
      notYetSealed,
    },
  };
};

/** What was time-stamped, or what a witness has cosigned, says more, where it says as much. */
const coveringAll = async (
  signedLog: SignedLog,
  recorded: readonly Recorded[],
  newest: LogCheckpoint,
): Promise<LogCheckpoint | StampedCheckpoint> => {
  const last = recorded.at(-1);
  for (const upTo of [await signedLog.timeStamped(), await signedLog.witnessed()])
    if (upTo !== undefined && last !== undefined && (await signedLog.standing(last, upTo)).kind === 'sealed') return upTo;
  return newest;
};
