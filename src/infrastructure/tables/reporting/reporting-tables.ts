import { randomUUID } from 'node:crypto';
import type { ReportingStore, SourceChange } from '../../../application/kernel/ports/reporting-store';
import type { Work } from '../../database/sql/work';
import type { Sources } from '../read-models/sources';
import type { ReportingWriter } from './reporting-writer';

/** Where the reporting tables are. */
export type ReportingPlace = {
  /** One transaction. @param how `declaring`: it changes tables, and does not wait long for whoever reads them */
  transaction<T>(work: (writer: ReportingWriter) => Work<T>, how?: 'declaring'): Promise<T>;
};

const named = ({ source, key, number }: SourceChange): string => JSON.stringify([source, key, number]);

/**
 * The reporting tables of a place, filled from the tables that are read. Rows are written before their changes are told to be answered: who
 * dies in between asks them once more.
 */
export const reportingOf = (sources: Sources, place: ReportingPlace): ReportingStore => {
  /** Written, and not yet told. */
  let unanswered: readonly SourceChange[] = [];
  let followed: readonly string[] = [];
  /** The turn is kept with them, also where they are none: what is at another turn by more than one was not filled from these tables. */
  const answer = async (changes: readonly SourceChange[], turn: number): Promise<void> => {
    const all = [...unanswered, ...changes];
    unanswered = (await sources.answered(all, turn)) === 'noted' ? [] : all;
  };
  return {
    prepare: async (tables, views) => {
      unanswered = [];
      followed = [...new Set(tables.map(({ source }) => source))].sort();
      const stand = await sources.answeredUntil(randomUUID());
      await place.transaction((writer) => writer.prepare({ tables, views }, stand), 'declaring');
      await sources.follow(followed);
    },
    look: async (at, limit) => {
      const work = await place.transaction((writer) => writer.look(at, limit));
      if (unanswered.length > 0) await answer([], work.turn);
      const written = new Set(unanswered.map(named));
      const changes = limit === 0 ? [] : await sources.changes(limit + written.size);
      return { ...work, changes: changes.filter((change) => !written.has(named(change))) };
    },
    load: (source, keys) => sources.load(source, keys),
    page: (source, after, limit) => sources.page(source, after, limit),
    commit: async (batch) => {
      const committed = await place.transaction((writer) => writer.commit(batch));
      if (committed === 'committed') await answer(batch.changes, batch.turn + 1);
      return committed;
    },
    waiting: async () => {
      const positions = await Promise.all(followed.map(async (name) => [name, await sources.position(name)] as const));
      const counts = await sources.counts();
      return new Map(positions.map(([name, position]) => [name, { position, changes: counts.get(name) ?? 0 }]));
    },
    remaining: (source, after) => sources.remaining(source, after),
    tell: (at, states) => place.transaction((writer) => writer.tell(at, states)),
    freshness: () => place.transaction((writer) => writer.freshness()),
    parked: () => place.transaction((writer) => writer.parked()),
    askAgain: (row) => place.transaction((writer) => writer.askAgain(row)),
    fillAnew: (table) => place.transaction((writer) => writer.fillAnew(table)),
  };
};
