import type { EventStore, Recorded } from '../../../application/kernel/ports/event-store';
import type { Operations } from '../../../application/kernel/ports/operations';
import { refusedReadings } from '../../../application/requests/readings';
import { KeyUnusable, type KeyStore } from '../../log/keys/key-store';
import type { FollowedTables } from '../../nest/provided';
import { everyTable } from '../../nest/tables';
import type { TableReadModels } from '../../tables/read-models/table-read-models';
import type { KeptLog, StoredElsewhere } from './finding';

const askedAtOnce = 32;

/** What an event store gives; it refuses itself to read past a gap, and only a log that counts its positions knows that the newest are missing. */
export const logBehindPort = (store: EventStore, missingPositions = (): Promise<number> => Promise.resolve(0)): KeptLog => ({
  streams: async function* () {
    const names = new Set<string>();
    for await (const { stream } of store.readAll()) names.add(stream);
    for (const name of names) {
      const stream: Recorded[] = [];
      for await (const event of store.read(name)) stream.push(event);
      yield stream;
    }
  },
  missingPositions,
});

/** One that cannot be unwrapped opens nothing, as if it were not there. */
const isWhole = async (keys: KeyStore, name: string): Promise<boolean> => {
  try {
    return (await keys.find(name)) !== undefined;
  } catch (error) {
    if (error instanceof KeyUnusable) return false;
    throw error;
  }
};

type Stores = {
  readonly store: EventStore;
  readonly keys: KeyStore;
  readonly readModels: Pick<TableReadModels, 'position' | 'parked' | 'standing'>;
  readonly operations: Operations;
};

/** @param tables those that must be there; what another program has put beside them is looked at as well */
export const checksBehindPorts = ({ store, keys, readModels, operations }: Stores, tables: FollowedTables): StoredElsewhere => ({
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
    const late: string[] = [];
    const names = [...everyTable(tables).map(({ name }) => name), ...(await readModels.standing()).map(({ projection }) => projection)];
    for (const name of new Set(names)) if ((await readModels.position(name)) < end) late.push(name);
    return late;
  },
  parkedTables: async () => [...new Set((await readModels.parked()).map(({ projection }) => projection))].sort(),
  register: (name) => operations.keyValues.get(name),
  failedLetters: async () =>
    (await operations.outbox.list())
      .filter(({ state }) => state === 'failed')
      .sort((a, b) => a.at.localeCompare(b.at))
      .map(({ letterId }) => letterId),
  refusedReadings: () => refusedReadings({ operations }),
});
