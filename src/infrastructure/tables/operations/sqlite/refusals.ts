import type Database from 'better-sqlite3';
import { mostRefusalsOfSubject, type Refusals } from '../../../../application/kernel/ports/refusals';
import type { CommitQueue } from '../../../database/sqlite/commit-queue';
import { entryOf, refusalColumns, refusalOf, type RefusalRow } from '../refusal-row';

/** A folder that was last served before there was this journal, opened for reading only, has no table of it: nothing was noted. */
const hasTable = (database: Database.Database): boolean =>
  database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'refusals'").get() !== undefined;

const none: Refusals = { note: () => Promise.resolve(), of: () => Promise.resolve([]), prune: () => Promise.resolve(0) };

/** The journal of refused attempts. Each line is written with the bound kept, in one transaction. */
export const sqliteRefusals = (database: Database.Database, queue: CommitQueue): Refusals => {
  if (!hasTable(database)) return none;
  const insert = database.prepare<[string, string, string, string, string, string, string | null, string, string]>(
    `INSERT INTO refusals (entry, subject, command_id, at, command, code, article, actor_kind, actor_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const keepNewest = database.prepare<[string, number]>(
    `DELETE FROM refusals WHERE entry IN
      (SELECT entry FROM refusals WHERE subject = ? ORDER BY at DESC, entry DESC LIMIT -1 OFFSET ?)`,
  );
  const of = database.prepare<[string], RefusalRow>(`SELECT ${refusalColumns} FROM refusals WHERE subject = ? ORDER BY at, entry`);
  const prune = database.prepare<[string]>('DELETE FROM refusals WHERE at < ?');
  return {
    note: (refusal) =>
      queue.run(() => {
        const { subject, commandId, at, command, code, article, actor } = refusal;
        const written = insert.run(entryOf(refusal), subject, commandId, at, command, code, article ?? null, actor.kind, actor.id);
        if (written.changes > 0) keepNewest.run(subject, mostRefusalsOfSubject);
      }),
    of: (subject) => Promise.resolve(of.all(subject).map(refusalOf)),
    prune: (before) => queue.run(() => prune.run(before).changes),
  };
};
