import type { Database } from './driver';
import { dirname } from 'node:path';
import { DataFolderUnusable } from '../data-folder/data-folder-unusable';
import { leftToDo, type Migration } from '../migration';

const newerIn =
  (folder: string) =>
  (unknown: readonly string[]): DataFolderUnusable =>
    new DataFolderUnusable('dataFolder.newer', { folder, steps: unknown.join(', ') });

const isThere = `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`;

/**
 * Applies what this file lacks, all of it or nothing. A file from before there were steps lacks all of them: the first leaves what it finds.
 * @throws DataFolderUnusable when the file is newer than the program
 */
export const migrate = (database: Database, migrations: readonly Migration[]): void => {
  const lacking = (): readonly Migration[] => {
    const applied =
      database.prepare(isThere).get() === undefined ? [] : database.prepare<[], string>('SELECT name FROM migrations').pluck().all();
    return leftToDo(migrations, applied, newerIn(dirname(database.name)));
  };
  if (lacking().length === 0) return;
  database
    .transaction(() => {
      database.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) WITHOUT ROWID');
      const note = database.prepare<[string]>('INSERT INTO migrations (name) VALUES (?)');
      for (const { name, sql } of lacking()) {
        database.exec(sql);
        note.run(name);
      }
    })
    .immediate();
};
