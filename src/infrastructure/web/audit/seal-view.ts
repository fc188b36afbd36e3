import { EventLogCorrupt } from '../../../application/kernel/ports/event-store';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { SealedUpTo } from '../../../application/kernel/ports/seal';
import { isRefusal } from '../../../domain/kernel/refusal';
import { ticketStream } from '../../../domain/ticket/facts';
import { checkpointOf, cosignaturesIn, type Cosignature } from '../../signed-log/checkpoint';
import { signedNoteOf } from '../../signed-log/signed-note';
import { LogNotAsSigned } from '../../signed-log/not-as-signed';
import { ticketProof } from '../../proof/ticket-proof';

/** What the seal says of one ticket. Events are counted from 1 on, as steps are. */
export type TicketSealView =
  | {
      readonly kind: 'sealed';
      /** events of the whole log that the checkpoint covers, and the root over them */
      readonly size: number;
      readonly root: string;
      /** the ticket's first so many events are sealed */
      readonly sealed: number;
      readonly notYet: number;
      readonly cosigned: readonly Cosignature[];
    }
  /** `not-sealed`: nobody seals here; `not-yet`: nothing of this ticket was sealed yet; `broken`: what was signed last is not ours, or the ticket cannot be read */
  | { readonly kind: 'not-sealed' | 'not-yet' | 'broken' }
  /** this event is not the one that was sealed in its place */
  | { readonly kind: 'differs'; readonly number: number };

const numberOf = async ({ store }: Pick<Ports, 'store'>, ticketId: string, eventId: string): Promise<number> => {
  for await (const event of store.read(ticketStream(ticketId))) if (event.id === eventId) return event.revision + 1;
  return 1;
};

/** Whatever is wrong with seal or log is an answer here: the page is there to say so. */
export const ticketSealView = async (ports: Pick<Ports, 'store' | 'seal'>, ticketId: string): Promise<TicketSealView> => {
  try {
    const proved = await ticketProof(ports, ticketId);
    if (isRefusal(proved)) return { kind: 'not-yet' };
    if (proved.kind === 'differs' && proved.eventId !== undefined)
      return { kind: 'differs', number: await numberOf(ports, ticketId, proved.eventId) };
    if (proved.kind === 'differs' || proved.kind === 'unreadable') return { kind: 'broken' };
    if (proved.kind !== 'proved') return { kind: proved.kind };
    const { checkpoint, events, notYetSealed } = proved.proof;
    const signed = checkpointOf(signedNoteOf(checkpoint)?.text ?? '');
    if (signed === undefined) return { kind: 'broken' };
    const { size, root } = signed;
    const cosigned = cosignaturesIn(checkpoint);
    return { kind: 'sealed', size, root: root.toString('hex'), sealed: events.length, notYet: notYetSealed, cosigned };
  } catch (error) {
    if (error instanceof LogNotAsSigned || error instanceof EventLogCorrupt) return { kind: 'broken' };
    throw error;
  }
};

/** The seal of the whole log. */
export type LogSealView =
  | { readonly kind: 'not-sealed' }
  | { readonly kind: 'broken' | 'not-yet'; readonly verifier: string }
  | {
      readonly kind: 'sealed';
      readonly verifier: string;
      readonly newest: SealedUpTo;
      /** the newest that a witness has cosigned, and who that was */
      readonly witnessed?: SealedUpTo & { readonly cosigned: readonly Cosignature[] };
    };

export const logSealView = async ({ seal }: Pick<Ports, 'seal'>): Promise<LogSealView> => {
  if (seal === undefined) return { kind: 'not-sealed' };
  const { verifier } = seal;
  try {
    const newest = await seal.checkpoint();
    if (newest === undefined) return { kind: 'not-yet', verifier };
    const witnessed = await seal.witnessed();
    return {
      kind: 'sealed',
      verifier,
      newest,
      ...(witnessed === undefined ? {} : { witnessed: { ...witnessed, cosigned: cosignaturesIn(witnessed.note) } }),
    };
  } catch (error) {
    if (error instanceof LogNotAsSigned) return { kind: 'broken', verifier };
    throw error;
  }
};
