import type Database from 'better-sqlite3';
import type { Operations } from '../../../../application/kernel/ports/operations';
import type { CommitQueue } from '../../../database/sqlite/commit-queue';

/** Places under a tag; the table has the name of what they were first for (A24). */
export const sqlitePlaces = (database: Database.Database, queue: CommitQueue): Operations['places'] => {
  const tagOf = database.prepare<[string], string>('SELECT tag FROM email_cap WHERE ticket_id = ?').pluck();
  const others = database.prepare<[string, string], number>('SELECT count(*) FROM email_cap WHERE tag = ? AND ticket_id <> ?').pluck();
  const claim = database.prepare<[string, string]>(
    'INSERT INTO email_cap (ticket_id, tag) VALUES (?, ?) ON CONFLICT (ticket_id) DO UPDATE SET tag = excluded.tag',
  );
  const release = database.prepare<[string]>('DELETE FROM email_cap WHERE ticket_id = ?');
  return {
    claim: (tag, ticketId, limit) =>
      queue.run(() => {
        if (tagOf.get(ticketId) === tag) return true;
        if ((others.get(tag, ticketId) ?? 0) >= limit) return false;
        claim.run(ticketId, tag);
        return true;
      }),
    release: async (ticketId) => {
      // most tickets of most endings hold no place any more: then nothing is written
      if (tagOf.get(ticketId) === undefined) return queue.durable();
      return queue.run(() => {
        release.run(ticketId);
      });
    },
  };
};

/** Hits by tag within a sliding window. */
export const sqliteThrottle = (database: Database.Database, queue: CommitQueue): Operations['throttle'] => {
  const forget = database.prepare<[string, string]>('DELETE FROM throttle WHERE tag = ? AND at < ?');
  const insert = database.prepare<[string, string]>('INSERT INTO throttle (tag, at) VALUES (?, ?)');
  const select = database.prepare<[string, string], { readonly count: number; readonly oldest: string | null }>(
    'SELECT count(*) AS count, min(at) AS oldest FROM throttle WHERE tag = ? AND at >= ?',
  );
  const standing = (tag: string, since: string): { readonly count: number; readonly oldest?: string } => {
    const row = select.get(tag, since);
    return { count: row?.count ?? 0, ...(typeof row?.oldest === 'string' && { oldest: row.oldest }) };
  };
  return {
    hits: async (tag, at, since, count) =>
      count
        ? queue.run(() => {
            forget.run(tag, since);
            insert.run(tag, at);
            return standing(tag, since);
          })
        : standing(tag, since),
  };
};
