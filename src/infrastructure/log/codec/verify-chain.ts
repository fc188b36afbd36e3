import { EventLogCorrupt, noHash, type Recorded } from '../../../application/kernel/ports/event-store';
import { previousHashOf } from './event-codec.codec';
import { hashEvent } from './event-hash';

export type ChainFault = {
  readonly eventId: string;
  readonly stream: string;
  readonly revision: number;
  readonly reason: 'revision-gap' | 'hash-differs' | 'previous-differs' | 'not-an-envelope';
};

/**
 * Recomputes the hashes of one stream's events and checks that each names the one before it.
 * @param recorded from revision 0 on, or from `after`: what stands before the first of them
 * @returns the first broken event; `undefined` when the chain is whole
 */
export const verifyChain = (
  recorded: Iterable<Recorded>,
  after: { readonly revision: number; readonly hash: string } = { revision: -1, hash: noHash },
): ChainFault | undefined => {
  let { revision, hash } = after;
  for (const event of recorded) {
    const broken = (reason: ChainFault['reason']): ChainFault => ({
      eventId: event.id,
      stream: event.stream,
      revision: event.revision,
      reason,
    });
    if (event.revision !== revision + 1) return broken('revision-gap');
    if (hashEvent(event) !== event.hash) return broken('hash-differs');
    try {
      if (previousHashOf(event) !== hash) return broken('previous-differs');
    } catch (error) {
      if (error instanceof EventLogCorrupt) return broken('not-an-envelope');
      throw error;
    }
    ({ revision, hash } = event);
  }
  return undefined;
};
