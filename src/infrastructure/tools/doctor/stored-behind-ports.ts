import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { Operations } from '../../../application/kernel/ports/operations';
import type { ReportingLooked } from '@tichet-albastru/event-log/ports/reporting-store';
import { refusedReadings } from '../../../application/requests/readings';
import { KeyUnusable, type KeyStore } from '@tichet-albastru/event-log/keys/key-store';
import type { FollowedTables } from '../../nest/provided';
import { type Build, placesOf } from '@tichet-albastru/event-log/ports/projection-store';
import { type ComparedLog, type HandledPlace, standsAt } from '@tichet-albastru/event-log/ports/stands-at';
import { everyTable } from '../../nest/tables';
import type { TableReadModels } from '@tichet-albastru/event-log/read-models/table-read-models';
import type { StandingTable } from '@tichet-albastru/event-log/read-models/reader';
import type { StoredElsewhere } from './finding';

const askedAtOnce = 32;

/** One that cannot be unwrapped opens nothing, as if it were not there. */
const isWhole = async (keys: KeyStore, name: string): Promise<boolean> => {
  try {
    return (await keys.find(name)) !== undefined;
  } catch (error) {
    if (error instanceof KeyUnusable) return false;
    throw error;
  }
};

/** A table, and up to where it has handled the log. */
export type HandledUntil = Pick<Build, 'projection' | 'checkpoint' | 'hash'>;

/** Of these tables those that stand where the log has nothing, or another event. */
export const tablesAhead = async (log: ComparedLog, tables: readonly HandledUntil[]): Promise<readonly string[]> => {
  const lost: HandledPlace[] = [];
  for (const place of placesOf(tables)) if (!(await standsAt(log, place))) lost.push(place);
  const isLost = ({ checkpoint, hash }: HandledUntil): boolean =>
    lost.some((place) => place.position === checkpoint && place.hash === hash);
  return tables.filter(isLost).map(({ projection }) => projection);
};

/** Of these live tables, by their names and columns, those of processes that lack a column by which the process reads them. */
export const lackingColumns = (live: readonly Pick<StandingTable, 'name' | 'columns'>[], processes: FollowedTables['processes']) =>
  processes.flatMap(({ name, columns }) => {
    const standing = live.find((table) => table.name === name)?.columns;
    return standing !== undefined && Object.keys(columns).some((column) => !standing.includes(`"${column}"`)) ? [name] : [];
  });

export const handledBy = async (
  readModels: Pick<TableReadModels, 'place' | 'standing'>,
  tables: FollowedTables,
): Promise<readonly HandledUntil[]> => {
  const names = [...everyTable(tables).map(({ name }) => name), ...(await readModels.standing()).map(({ projection }) => projection)];
  return Promise.all(
    [...new Set(names)].map(async (projection) => {
      const { position: checkpoint, ...standing } = await readModels.place(projection);
      return { projection, checkpoint, ...standing };
    }),
  );
};

type Stores = {
  readonly store: EventStore;
  readonly keys: KeyStore;
  readonly readModels: Pick<TableReadModels, 'place' | 'parked' | 'standing'>;
  readonly operations: Operations;
  readonly reporting: Pick<ReportingLooked, 'parked'>;
};

/** @param tables those that must be there; what another program has put beside them is looked at as well */
export const checksBehindPorts = ({ store, keys, readModels, operations, reporting }: Stores, tables: FollowedTables): StoredElsewhere => ({
  keys: async (names) => {
    const known = new Map((await keys.destroyed()).filter((name) => names.has(name)).map((name) => [name, false]));
    const left = [...names].filter((name) => !known.has(name));
    const look = async (): Promise<void> => {
      for (let name = left.pop(); name !== undefined; name = left.pop()) if (await isWhole(keys, name)) known.set(name, true);
    };
    await Promise.all(Array.from({ length: askedAtOnce }, look));
    return known;
  },
  tablesBehind: async () => {
    const end = await store.end();
    return (await handledBy(readModels, tables)).filter(({ checkpoint }) => checkpoint < end).map(({ projection }) => projection);
  },
  tablesAhead: async () => tablesAhead(store, await handledBy(readModels, tables)),
  unreadableProcesses: async () => lackingColumns(await readModels.standing(), tables.processes),
  parkedTables: async () => [...new Set((await readModels.parked()).map(({ projection }) => projection))].sort(),
  parkedReporting: () => reporting.parked(),
  register: (name) => operations.keyValues.get(name),
  failedLetters: async () =>
    (await operations.outbox.list())
      .filter(({ state }) => state === 'failed')
      .sort((a, b) => a.at.localeCompare(b.at))
      .map(({ letterId }) => letterId),
  refusedReadings: () => refusedReadings({ operations }),
});
