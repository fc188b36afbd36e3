import type { ChainOf } from '../../application/audit/audit-ticket';
import { EventLogCorrupt, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { SignedLog, LogCheckpoint } from '../../application/kernel/ports/signed-log';
import type { ChainState } from '../../domain/audit/case-file';
import { unlessThrown } from '@tichet-albastru/kernel/error-code';
import { LogNotAsSigned } from '@tichet-albastru/signed-log';
import { verifyChain } from '@tichet-albastru/event-log/codec/verify-chain';

/** C21: the hash chain of one stream, computed again from the bytes in the log, and each event where the signed tree has it. */
export const chainOf: ChainOf = async ({ store, signedLog }, stream) => {
  const events: Recorded[] = [];
  try {
    for await (const recorded of store.read(stream)) events.push(recorded);
  } catch (error) {
    // a store that finds an event missing reads no further: that is what C21 is asked about, and no outage
    if (error instanceof EventLogCorrupt) return { intact: false };
    throw error;
  }
  const fault = verifyChain(events);
  if (fault !== undefined) return { intact: false, firstBroken: fault.eventId };
  return signedLog === undefined ? { intact: true } : signedState(signedLog, events);
};

/** Whether a whole chain is the one that was sealed. For events newer than the newest checkpoint this is not known yet. */
export const signedState = async (signedLog: SignedLog, events: readonly Recorded[]): Promise<ChainState> => {
  const upTo = await newestOf(signedLog);
  if (upTo === undefined) return { intact: true };
  if (upTo === 'not-ours') return { intact: false, because: 'seal-unreadable' };
  for (const event of events) {
    const { kind } = await signedLog.standing(event, upTo);
    if (kind === 'differs') return { intact: false, because: 'not-as-sealed', firstBroken: event.id };
    if (kind === 'unreadable') return { intact: false, because: 'seal-unreadable' };
    if (kind === 'not-yet') break;
  }
  return { intact: true };
};

/** What was signed last; `not-ours` where that does not bear our signature. */
export const newestOf = (signedLog: SignedLog): Promise<LogCheckpoint | 'not-ours' | undefined> =>
  unlessThrown(LogNotAsSigned, 'not-ours' as const, () => signedLog.checkpoint());
