import type BetterSqlite from 'better-sqlite3';
import { inBoth, SaidError } from '../../phrasing/sentences';

export type { Database, Statement } from 'better-sqlite3';

/** SQLite cannot be used: its driver is missing, is of another version, or was compiled for another Node.js or system. */
export class SqliteUnusable extends SaidError {
  override readonly name = 'SqliteUnusable';
}

/**
 * The version of better-sqlite3 for this Node.js, chosen by the version of Node.js and never by trying: 13 loads on 20 and ends the process
 * at its first use, and 12 ends it on 24 some time after a statement was dropped.
 */
export const driverVersion = Number.parseInt(process.versions.node, 10) < 22 ? '12.11.1' : '13.2.0';
const major = driverVersion.slice(0, 2);

type Driver = typeof BetterSqlite;
const isDriver = (found: unknown): found is Driver => typeof found === 'function';

/** A checkout on Node.js 20 has the driver apart from the one for later versions. */
const driverApart = (): unknown => {
  try {
    return require('@tichet-albastru/sqlite-node20');
  } catch {
    return undefined;
  }
};

/** @throws SqliteUnusable */
const load = (): Driver => {
  let found = 'none';
  let cause: unknown;
  try {
    const apart = major === '12' ? driverApart() : undefined;
    found = apart === undefined ? String(Reflect.get(Object(require('better-sqlite3/package.json')), 'version')) : driverVersion;
    const driver: unknown = apart ?? (found.startsWith(`${major}.`) ? require('better-sqlite3') : undefined);
    if (isDriver(driver)) {
      new driver(':memory:').close();
      return driver;
    }
  } catch (error) {
    cause = error;
  }
  throw Object.assign(new SqliteUnusable(inBoth.unusable.sqlite({ node: process.versions.node, version: driverVersion, found })), {
    cause,
  });
};

let loaded: Driver | undefined;
/** @throws SqliteUnusable */
export const sqliteDriver = (): Driver => (loaded ??= load());

/** @throws SqliteUnusable, and what SQLite says of the file */
export const openSqlite = (path: string, options?: BetterSqlite.Options): BetterSqlite.Database => new (sqliteDriver())(path, options);

/** Whether SQLite can be used here: its driver is compiled for one system, and one version of it for one of Node.js. */
export const hasSqlite = (): boolean => {
  try {
    return isDriver(sqliteDriver());
  } catch {
    return false;
  }
};
