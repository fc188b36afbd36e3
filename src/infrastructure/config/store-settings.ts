import { defined } from '../../domain/kernel/defined';
import { isStreamPrefix } from '../log/event-store/eventstoredb/eventstoredb-unusable';
import { fault, SettingsInvalid, type SettingFault } from './setting-fault';
import { chosen, type Environment } from './single-settings';
import { storeAddresses } from './store-addresses';

/** Where everything is kept. */
export type StoreSettings = {
  readonly eventStore: 'sqlite' | 'memory' | 'postgres' | 'eventstoredb';
  /** the tables that are read, the operations and the keys: together, because a process that has its own keys cannot read what another sealed */
  readonly readModels: 'sqlite' | 'memory' | 'postgres';
  /** there whenever something is kept in PostgreSQL */
  readonly postgresUrl?: string;
  /** there whenever the log is kept in EventStoreDB */
  readonly eventStoreDb?: { readonly url: string; readonly prefix?: string };
};

type EventStoreKind = StoreSettings['eventStore'];
type ReadModelsKind = StoreSettings['readModels'];

/** Which tables go with which log, the usual ones first. */
const together: Readonly<Record<EventStoreKind, readonly [ReadModelsKind, ...ReadModelsKind[]]>> = {
  sqlite: ['sqlite'],
  memory: ['memory'],
  postgres: ['postgres'],
  eventstoredb: ['sqlite', 'postgres'],
};

const readModelsFor = (environment: Environment, eventStore: EventStoreKind, faults: SettingFault[]): ReadModelsKind => {
  const [usual, ...others] = together[eventStore];
  const readModels = chosen(environment, 'TICHET_READ_MODELS', ['sqlite', 'memory', 'postgres'], usual, faults);
  if (readModels === usual || others.includes(readModels)) return readModels;
  faults.push(
    fault(
      'TICHET_READ_MODELS',
      `Cu TICHET_EVENT_STORE=${eventStore} poate fi: ${together[eventStore].join(', ')}.`,
      `With TICHET_EVENT_STORE=${eventStore} it can be: ${together[eventStore].join(', ')}.`,
    ),
  );
  return usual;
};

const missing = (setting: string, chosenBy: string): SettingFault =>
  fault(setting, `Lipsește, iar ${chosenBy} are nevoie de ea.`, `It is missing, and ${chosenBy} needs it.`);

const prefixOf = (environment: Environment, faults: SettingFault[]): string | undefined => {
  const prefix = environment['TICHET_EVENTSTOREDB_PREFIX'];
  if (prefix === undefined || prefix === '') return undefined;
  if (isStreamPrefix(prefix)) return prefix;
  faults.push(
    fault(
      'TICHET_EVENTSTOREDB_PREFIX',
      'Nu este un prefix: între 1 și 40 de litere fără diacritice, cifre sau liniuțe de subliniere.',
      'This is not a prefix: 1 to 40 letters, digits or underscores.',
    ),
  );
  return undefined;
};

const addressIn = (environment: Environment, kind: keyof typeof storeAddresses, faults: SettingFault[]): string | undefined => {
  const { setting, form, forms } = storeAddresses[kind];
  const text = environment[setting];
  if (text === undefined || text === '' || form.test(text)) return text === '' ? undefined : text;
  faults.push(fault(setting, `Nu este o adresă ${forms}.`, `This is not an address ${forms}.`));
  return undefined;
};

/** Addresses are checked wherever they stand, because `tichet copy` uses those of a store that is not the service's own. */
export const storeSettings = (environment: Environment, faults: SettingFault[]): StoreSettings => {
  const eventStore = chosen(environment, 'TICHET_EVENT_STORE', ['sqlite', 'memory', 'postgres', 'eventstoredb'], 'sqlite', faults);
  const readModels = readModelsFor(environment, eventStore, faults);
  const before = faults.length;
  const postgresUrl = addressIn(environment, 'postgres', faults);
  const eventStoreDbUrl = addressIn(environment, 'eventstoredb', faults);
  const prefix = prefixOf(environment, faults);
  if (faults.length === before) {
    if (readModels === 'postgres' && postgresUrl === undefined) {
      const chosenBy = eventStore === 'postgres' ? 'TICHET_EVENT_STORE=postgres' : 'TICHET_READ_MODELS=postgres';
      faults.push(missing('TICHET_POSTGRES_URL', chosenBy));
    }
    if (eventStore === 'eventstoredb' && eventStoreDbUrl === undefined)
      faults.push(missing('TICHET_EVENTSTOREDB_URL', 'TICHET_EVENT_STORE=eventstoredb'));
  }
  return {
    eventStore,
    readModels,
    ...defined({ postgresUrl }),
    ...(eventStoreDbUrl === undefined ? {} : { eventStoreDb: { url: eventStoreDbUrl, ...defined({ prefix }) } }),
  };
};

/** @throws SettingsInvalid when settings that were not read from the environment say PostgreSQL and not where */
export const postgresUrlOf = ({ postgresUrl }: StoreSettings): string => {
  if (postgresUrl === undefined) throw new SettingsInvalid([missing('TICHET_POSTGRES_URL', 'PostgreSQL')]);
  return postgresUrl;
};

/** @throws SettingsInvalid when settings that were not read from the environment say EventStoreDB and not where */
export const eventStoreDbOf = ({ eventStoreDb }: StoreSettings): NonNullable<StoreSettings['eventStoreDb']> => {
  if (eventStoreDb === undefined) throw new SettingsInvalid([missing('TICHET_EVENTSTOREDB_URL', 'EventStoreDB')]);
  return eventStoreDb;
};
