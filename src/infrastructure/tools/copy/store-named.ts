import { join, resolve } from 'node:path';
import type { Environment } from '../../config/setting';
import { storeAddresses } from '../../config/forms';
import { inBoth, type Sentence } from '../../phrasing/sentences';
import { dataFiles } from '../../database/data-folder/data-files';

/** A log, and where what belongs to it lies. Addresses may hold passwords: they are never printed. */
export type StoreName =
  | { readonly kind: 'sqlite'; /** absolute */ readonly folder: string }
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'eventstoredb'; readonly url: string; readonly prefix?: string; readonly appends?: 'client' };
/** Where keys and operations lie: a log in EventStoreDB has them elsewhere. */
export type Contents = Exclude<StoreName, { readonly kind: 'eventstoredb' }>;

/** Why a name is none, for the person at the terminal. */
export type NotAStore = { readonly kind: 'not-a-store' } & Sentence;

const not = (why: Sentence): NotAStore => ({ kind: 'not-a-store', ...why });

const set = (environment: Environment, name: string): string | undefined => (environment[name] === '' ? undefined : environment[name]);

export const dataFolder = (environment: Environment): string => resolve(set(environment, 'TICHET_DATA_DIR') ?? './data');

const missing = (text: string, setting: string): NotAStore => not(inBoth.copy.storeNamed.missing({ text, setting }));

const unfit = (setting: string, forms: string): NotAStore => not(inBoth.copy.storeNamed.unfit({ setting, forms }));

const hasPassword = /^[^/]*\/\/[^/?#]*:[^/?#]*@/;

const postgresAt = (url: string): StoreName | NotAStore => {
  if (hasPassword.test(url)) return not(inBoth.copy.storeNamed.password);
  return { kind: 'postgres', url };
};

const addressed = (kind: keyof typeof storeAddresses, environment: Environment): StoreName | NotAStore => {
  const { setting, form, forms } = storeAddresses[kind];
  const url = set(environment, setting);
  if (url === undefined) return missing(kind, setting);
  if (!form.test(url)) return unfit(setting, forms);
  if (kind === 'postgres') return { kind, url };
  const prefix = set(environment, 'TICHET_EVENTSTOREDB_PREFIX');
  const appends = set(environment, 'TICHET_EVENTSTOREDB_APPENDS') === 'client' && { appends: 'client' as const };
  return { kind, url, ...(prefix !== undefined && { prefix }), ...appends };
};

/**
 * The store that is meant by `sqlite` (TICHET_DATA_DIR), `sqlite:FOLDER`, `postgres` (TICHET_POSTGRES_URL), `postgres://…` without a
 * password, or `eventstoredb` (TICHET_EVENTSTOREDB_URL, TICHET_EVENTSTOREDB_PREFIX).
 */
export const storeNamed = (text: string, environment: Environment): StoreName | NotAStore => {
  if (text === 'sqlite') return { kind: 'sqlite', folder: dataFolder(environment) };
  if (text.startsWith('sqlite:') && text.length > 'sqlite:'.length)
    return { kind: 'sqlite', folder: resolve(text.slice('sqlite:'.length)) };
  if (text === 'postgres' || text === 'eventstoredb') return addressed(text, environment);
  if (storeAddresses.postgres.form.test(text)) return postgresAt(text);
  if (text === 'memory') return not(inBoth.copy.storeNamed.memory);
  // never repeated: it may hold a password
  return not(inBoth.copy.storeNamed.unknown);
};

/**
 * Where the keys and operations of a log lie: beside it, or for EventStoreDB where the read models are (TICHET_READ_MODELS): the data
 * folder or the database.
 */
export const contentsOf = (store: StoreName, environment: Environment): Contents | NotAStore => {
  if (store.kind !== 'eventstoredb') return store;
  if (set(environment, 'TICHET_READ_MODELS') !== 'postgres') return { kind: 'sqlite', folder: dataFolder(environment) };
  const { setting, form, forms } = storeAddresses.postgres;
  const url = set(environment, setting);
  if (url === undefined) return missing('TICHET_READ_MODELS=postgres', setting);
  return form.test(url) ? { kind: 'postgres', url } : unfit(setting, forms);
};

export const sameStore = (one: StoreName, other: StoreName): boolean => {
  if (one.kind === 'sqlite') return other.kind === 'sqlite' && one.folder === other.folder;
  if (one.kind === 'postgres') return other.kind === 'postgres' && one.url === other.url;
  return other.kind === 'eventstoredb' && one.url === other.url && one.prefix === other.prefix;
};

/** The master key that wraps the keys on both sides: TICHET_MASTER_KEY_FILE, or where the service that has them keeps it. */
export const masterKeyFileFor = (from: Contents, environment: Environment): string =>
  resolve(
    set(environment, 'TICHET_MASTER_KEY_FILE') ?? join(from.kind === 'sqlite' ? from.folder : dataFolder(environment), dataFiles.masterKey),
  );
