import { randomUUID } from 'node:crypto';
import { sourcesOf } from '../ports/reporting';
import type { ReportingPrepared, ReportingStore, SourceChange } from '../ports/reporting-store';
import type { Work } from '../database/sql/work';
import type { Sources } from '../read-models/sources';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import type { ReportingDeclarations, ReportingWriter, SourcesStand } from './reporting-writer';

/** Where the reporting tables are. */
export type ReportingPlace = {
  /** One transaction. @param how `declaring`: it changes tables, and does not wait long for their readers */
  transaction<T>(work: (writer: ReportingWriter) => Work<T>, how?: 'declaring'): Promise<T>;
  /** One statement that only reads: it waits for no writer. */
  look<T>(work: (writer: ReportingWriter) => Work<T>): Promise<T>;
};

/** PostgreSQL did not get the lock of a table: a reader holds it. */
const lockNotToBeHad = '55P03';

const named = ({ source, key, number }: SourceChange): string => JSON.stringify([source, key, number]);

/**
 * The reporting tables of a place, filled from the tables that are read. Rows are written before their changes are acknowledged: who dies in
 * between asks them once more.
 */
export const reportingOf = (sources: Sources, place: ReportingPlace): ReportingStore => {
  /** Written, and not yet acknowledged to the sources. */
  let unacknowledged: readonly SourceChange[] = [];
  let followed: readonly string[] = [];
  /** Tables that are asked of one version of each of their sources alone. */
  let versioned: readonly { readonly table: string; readonly source: string; readonly version: number }[] = [];
  /** The generation is kept with them, also where they are none: what is at another by more than one was not filled from these tables. */
  const acknowledge = async (changes: readonly SourceChange[], generation: number): Promise<void> => {
    const all = [...unacknowledged, ...changes];
    unacknowledged = (await sources.answered(all, generation)) === 'noted' ? [] : all;
  };
  const bringThere = async (declared: ReportingDeclarations, stand: SourcesStand): Promise<ReportingPrepared> => {
    try {
      return await place.transaction((writer) => writer.prepare(declared, stand), 'declaring');
    } catch (error) {
      if (errorCode(error) !== lockNotToBeHad) throw error;
      return place.transaction((writer) => writer.prepareAsTheyStand(declared, stand));
    }
  };
  const waitingNow = async (): Promise<readonly string[]> => {
    if (versioned.length === 0) return [];
    const read = await sources.versions();
    return [...new Set(versioned.flatMap(({ table, source, version }) => (read.get(source) === version ? [] : [table])))];
  };
  return {
    prepare: async (tables, views, versions = new Map()) => {
      unacknowledged = [];
      followed = [...new Set(tables.flatMap(sourcesOf))].sort();
      versioned = tables.flatMap((table) =>
        sourcesOf(table).flatMap((source) => {
          const version = versions.get(source);
          return version === undefined ? [] : [{ table: table.name, source, version }];
        }),
      );
      const { epoch, turn: generation } = await sources.answeredUntil(randomUUID());
      const prepared = await bringThere({ tables, views }, { epoch, generation });
      if (prepared !== 'held') await sources.follow(followed);
      return prepared;
    },
    look: async (at, limit) => {
      const waiting = await waitingNow();
      const work = await place.transaction((writer) => writer.look(at, limit, waiting));
      if (unacknowledged.length > 0) await acknowledge([], work.generation);
      const written = new Set(unacknowledged.map(named));
      const changes = limit === 0 ? [] : await sources.changes(limit + written.size);
      return { ...work, changes: changes.filter((change) => !written.has(named(change))) };
    },
    load: (source, keys) => sources.load(source, keys),
    page: (source, after, limit) => sources.page(source, after, limit),
    commit: async (batch) => {
      const committed = await place.transaction((writer) => writer.commit(batch));
      if (committed === 'committed') await acknowledge(batch.changes, batch.generation + 1);
      return committed;
    },
    waiting: async () => {
      const positions = await Promise.all(followed.map(async (name) => [name, await sources.position(name)] as const));
      const counts = await sources.counts();
      return new Map(positions.map(([name, position]) => [name, { position, changes: counts.get(name) ?? 0 }]));
    },
    remaining: (source, after) => sources.remaining(source, after),
    tell: (at, states) => place.transaction((writer) => writer.tell(at, states)),
    freshness: () => place.look((writer) => writer.freshness()),
    parked: () => place.look((writer) => writer.parked()),
    askAgain: (table) => place.transaction((writer) => writer.askAgain(table)),
    fillAnew: (table) => place.transaction((writer) => writer.fillAnew(table)),
  };
};
