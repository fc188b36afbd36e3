import { type Database, openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { medianOf } from './measuring';

const folders: string[] = [];

/** A folder of its own on the disk of the system's temporary files (or of BENCH_DIR), removed at the end. */
export const freshFolder = (): string => {
  const folder = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'tichet-bench-'));
  folders.push(folder);
  return folder;
};
export const removeFolders = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
};

/** The table of events as the service has it, without its triggers. */
const eventsTable = `CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, data TEXT NOT NULL, hash BLOB NOT NULL, UNIQUE (stream, revision))`;

/** Plain better-sqlite3 in WAL mode. */
export const rawDatabase = (path: string, synchronous: 'FULL' | 'NORMAL'): Database => {
  const database = openSqlite(path);
  database.pragma('journal_mode = WAL');
  database.pragma(`synchronous = ${synchronous}`);
  return database;
};
export const rawEventsDatabase = (path: string): Database => {
  const database = rawDatabase(path, 'FULL');
  database.exec(eventsTable);
  return database;
};

/** The median time of writing 4 KiB and one fsync, in microseconds. */
export const fsyncMicroseconds = (times = 200): number => {
  const file = openSync(join(freshFolder(), 'fsync'), 'w');
  const page = Buffer.alloc(4096, 7);
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const from = performance.now();
    writeSync(file, page, 0, page.length, time * page.length);
    fsyncSync(file);
    taken.push((performance.now() - from) * 1000);
  }
  closeSync(file);
  return medianOf(taken);
};
