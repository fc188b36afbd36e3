import { join } from 'node:path';

/** For a program of a test that a process or a thread of its own runs: `require(driverFile).openSqlite(path)`. */
export const driverFile = join(__dirname, '../../packages/event-log/src/database/sqlite/driver');
/** What Node.js needs on its command line to read it. */
export const readsTypeScript = ['--require', join(__dirname, 'typescript-in-threads.cjs')];
