import type { ChainOf } from '../../application/queries/audit-ticket';
import type { Recorded } from '../../application/ports/event-store';
import { verifyChain } from '../serialization/verify-chain';

/** C21: the hash chain of one stream, computed again from the bytes in the log. */
export const chainOf: ChainOf = async ({ store }, stream) => {
  const events: Recorded[] = [];
  for await (const recorded of store.read(stream)) events.push(recorded);
  const fault = verifyChain(events);
  return fault === undefined ? { intact: true } : { intact: false, firstBroken: fault.eventId };
};
