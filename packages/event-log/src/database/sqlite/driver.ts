import type BetterSqlite from 'better-sqlite3';
import { Unusable } from '../../unusable';

export type { Database, Statement } from 'better-sqlite3';
type Driver = typeof BetterSqlite;

/** The driver is missing, is of another version, or was compiled for another Node.js or system. */
export class SqliteUnusable extends Unusable<'sqlite'> {
  override readonly name = 'SqliteUnusable';
}

/** By the version of Node.js, never by trying: 13 loads on 20 and ends the process at its first use, and 12 ends it on 24 at any moment. */
export const driverVersion = Number.parseInt(process.versions.node, 10) < 22 ? '12.11.1' : '13.2.0';
const major = driverVersion.slice(0, 2);
const isDriver = (found: unknown): found is Driver => typeof found === 'function';

/** A checkout on Node.js 20 has its driver apart from the one for later versions. */
const driverApart = (): unknown => {
  try {
    return major === '12' ? require('@tichet-albastru/sqlite-node20') : undefined;
  } catch {
    return undefined;
  }
};

const load = (): Driver => {
  let found = 'none';
  try {
    const apart = driverApart();
    found = apart === undefined ? String(Reflect.get(Object(require('better-sqlite3/package.json')), 'version')) : driverVersion;
    const driver: unknown = apart ?? (found.startsWith(`${major}.`) ? require('better-sqlite3') : undefined);
    if (!isDriver(driver)) throw new TypeError(`better-sqlite3 ${found} is not loaded.`);
    new driver(':memory:').close();
    return driver;
  } catch (cause) {
    throw Object.assign(new SqliteUnusable('sqlite', { node: process.versions.node, version: driverVersion, found }), { cause });
  }
};

let loaded: Driver | undefined;
export const sqliteDriver = (): Driver => (loaded ??= load());

/** @throws SqliteUnusable, and what SQLite says of the file */
export const openSqlite = (path: string, options?: BetterSqlite.Options): BetterSqlite.Database => new (sqliteDriver())(path, options);
