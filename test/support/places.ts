import { Emulator } from './eventstoredb/emulator';
import { createTestDatabase } from './postgres';
import { endsByItself } from './closing';

/** Where a service keeps what it knows, as its settings say it. Empty at first, and there until it is closed. */
export type Place = { readonly settings: Readonly<Record<string, string>>; readonly close: () => Promise<void> };
type Choice = { readonly name: string; readonly open: () => Promise<Place> };

const inFolder = (): Promise<Place> => Promise.resolve({ settings: {}, close: () => Promise.resolve() });

export const onPostgres = async (): Promise<Place> => {
  const { url, drop } = await createTestDatabase();
  return { settings: { TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: url }, close: drop };
};

export const onEventStoreDb = async (): Promise<Place & { readonly emulator: Emulator }> => {
  const emulator = await Emulator.start();
  const settings = { TICHET_EVENT_STORE: 'eventstoredb', TICHET_EVENTSTOREDB_URL: emulator.url, TICHET_EVENTSTOREDB_PREFIX: 'cluj' };
  return endsByItself({ emulator, settings, close: () => emulator.stop() }, 'close');
};

const onBoth = async (): Promise<Place> => {
  const [tables, log] = [await onPostgres(), await onEventStoreDb()];
  return {
    settings: { ...tables.settings, ...log.settings, TICHET_READ_MODELS: 'postgres' },
    close: async () => {
      await log.close();
      await tables.close();
    },
  };
};

/** Every place that may be chosen; the one that is put together of two others in the long form only. */
export const everyPlace: readonly Choice[] = [
  { name: 'in a data folder', open: inFolder },
  { name: 'on PostgreSQL', open: onPostgres },
  { name: 'on EventStoreDB, with tables in the data folder', open: onEventStoreDb },
  ...(process.env['FAULTS'] === 'full' ? [{ name: 'on EventStoreDB, with tables in PostgreSQL', open: onBoth }] : []),
];
