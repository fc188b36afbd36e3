import type Database from 'better-sqlite3';
import type { Operations } from '../../../../application/kernel/ports/operations';
import type { CommitQueue } from '../../../database/sqlite/commit-queue';

/** Sessions of browsers: a row under the tag of a cookie. */
export const sqliteSessions = (database: Database.Database, queue: CommitQueue): Operations['sessions'] => {
  const put = database.prepare<[string, string, string]>('INSERT OR REPLACE INTO sessions (tag, sealed, expires_at) VALUES (?, ?, ?)');
  const replace = database.prepare<[string, string, string]>('UPDATE sessions SET sealed = ?, expires_at = ? WHERE tag = ?');
  const select = database.prepare<[string, string], string>('SELECT sealed FROM sessions WHERE tag = ? AND expires_at > ?').pluck();
  const remove = database.prepare<[string]>('DELETE FROM sessions WHERE tag = ?');
  const prune = database.prepare<[string]>('DELETE FROM sessions WHERE expires_at < ?');
  return {
    put: (tag, sealed, expiresAt) =>
      queue.run(() => {
        put.run(tag, sealed, expiresAt);
      }),
    replace: (tag, sealed, expiresAt) => queue.run(() => replace.run(sealed, expiresAt, tag).changes > 0),
    get: (tag, at) => Promise.resolve(select.get(tag, at)),
    remove: (tag) =>
      queue.run(() => {
        remove.run(tag);
      }),
    prune: (before) => queue.run(() => prune.run(before).changes),
  };
};
