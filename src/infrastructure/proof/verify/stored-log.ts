import { EventLogCorrupt, type Position, type Recorded, type EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { numberOf } from '@tichet-albastru/event-log/stores/append-rules';
import { countsEvents } from '../signing/signing';

/** The log as it lies there, broken or not: a store itself would refuse to read past the first thing that is wrong. */
export type StoredLog = {
  /** Every event in global order, some at a time. @throws EventLogCorrupt where nothing more can be read */
  pages(): AsyncIterable<readonly Recorded[]>;
  /** whether positions count the events from 1 on */
  readonly counts: boolean;
  /** How many there are, as far as that is known beforehand: for progress only. */
  total(): Promise<number>;
};

/** Positions at or before 0, and those that no number of ours can be, are none that the service gives, and must be seen all the same. */
export const firstRow = -(2n ** 63n);
export const lastRow = 2n ** 63n - 1n;

const eventsOfAPage = 1000;

/** All that a store has behind a position, some at a time. @throws EventLogCorrupt behind the last that could be read */
export async function* pagesBehind(store: Pick<EventStore, 'readAll'>, after: Position): AsyncGenerator<readonly Recorded[]> {
  let page: Recorded[] = [];
  try {
    for await (const event of store.readAll({ after })) {
      page.push(event);
      if (page.length < eventsOfAPage) continue;
      yield page;
      page = [];
    }
  } catch (error) {
    if (!(error instanceof EventLogCorrupt)) throw error;
    // what came before it is looked at first
    yield page;
    throw error;
  }
  if (page.length > 0) yield page;
}

/** As far as a store reads its own log: for one whose server keeps its streams in order by itself. */
export const logBehindPort = (store: EventStore): StoredLog => {
  const counts = countsEvents(store);
  return {
    counts,
    pages: () => pagesBehind(store, ''),
    total: async () => (counts ? numberOf(await store.end()) : 0),
  };
};

/** The same log; `see` is told of its events as they are read. */
export const watchedWhileRead = (log: StoredLog, see: (event: Recorded) => void): StoredLog => ({
  ...log,
  pages: async function* () {
    for await (const page of log.pages()) {
      page.forEach(see);
      yield page;
    }
  },
});
