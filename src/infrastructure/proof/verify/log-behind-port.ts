import { EventLogCorrupt, type EventStore, type Position, type Recorded } from '../../../application/kernel/ports/event-store';
import { numberOf } from '../../log/event-store/append-rules';
import { countsEvents } from '../seal/sealing';
import type { LogAsKept } from './log-as-kept';

const eventsOfAPage = 1000;

/** As far as a store reads its own log: for one whose server keeps its streams in order by itself. */
export const logBehindPort = (store: EventStore): LogAsKept => {
  const counts = countsEvents(store);
  return {
    counts,
    pages: async function* () {
      for (let after: Position = ''; ;) {
        const page: Recorded[] = [];
        try {
          for await (const event of store.readAll({ limit: eventsOfAPage, ...(after === '' ? {} : { after }) })) page.push(event);
        } catch (error) {
          // what came before it is looked at first; the next reading stops at the same place
          if (!(error instanceof EventLogCorrupt) || page.length === 0) throw error;
        }
        const last = page.at(-1);
        if (last === undefined) return;
        after = last.position;
        yield page;
      }
    },
    before: async ({ stream, revision, position }) => {
      if (revision === 0) return undefined;
      try {
        for await (const event of store.read(stream, revision - 1)) return event.position < position ? event : undefined;
      } catch (error) {
        if (!(error instanceof EventLogCorrupt)) throw error;
      }
      return undefined;
    },
    total: async () => (counts ? numberOf(await store.end()) : 0),
  };
};
