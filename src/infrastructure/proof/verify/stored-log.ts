import { EventLogCorrupt, type Position, type Recorded, type EventStore } from '../../../application/kernel/ports/event-store';
import { numberOf } from '../../log/event-store/append-rules';
import { countsEvents } from '../signing/signing';

/** What an event of a stream says of where the stream stands after it. */
export type StreamHead = Pick<Recorded, 'revision' | 'hash'>;

/** The log as it lies there, broken or not: a store itself would refuse to read past the first thing that is wrong. */
export type StoredLog = {
  /** Every event in global order, some at a time. @throws EventLogCorrupt where nothing more can be read */
  pages(): AsyncIterable<readonly Recorded[]>;
  /** The newest event of that event's stream among those before it, for one whose stream is no longer in memory. */
  before(event: Recorded): Promise<StreamHead | undefined>;
  /** whether positions count the events from 1 on */
  readonly counts: boolean;
  /** How many there are, as far as that is known beforehand: for progress only. */
  total(): Promise<number>;
};

/** Positions at or before 0, and those that no number of ours can be, are none that the service gives, and must be seen all the same. */
export const firstRow = -(2n ** 63n);
export const lastRow = 2n ** 63n - 1n;
/** The number in the column: digits with zeros before them, and a sign between where somebody has put one below 0. */
export const rowOf = (position: Position): bigint => BigInt(position.replace(/^0+(?=.)/u, ''));

const eventsOfAPage = 1000;

/** As far as a store reads its own log: for one whose server keeps its streams in order by itself. */
export const logBehindPort = (store: EventStore): StoredLog => {
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
