import type { ChainOf } from '../../application/queries/audit-ticket';
import { EventLogCorrupt, type Recorded } from '../../application/ports/event-store';
import { verifyChain } from '../serialization/verify-chain';

/** C21: the hash chain of one stream, computed again from the bytes in the log. */
export const chainOf: ChainOf = async ({ store }, stream) => {
  const events: Recorded[] = [];
  try {
    for await (const recorded of store.read(stream)) events.push(recorded);
  } catch (error) {
    // a store that finds an event missing reads no further: that is what C21 is asked about, and no outage
    if (error instanceof EventLogCorrupt) return { intact: false };
    throw error;
  }
  const fault = verifyChain(events);
  return fault === undefined ? { intact: true } : { intact: false, firstBroken: fault.eventId };
};
