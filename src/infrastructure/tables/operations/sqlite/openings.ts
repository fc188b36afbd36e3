import type Database from 'better-sqlite3';
import type { Opening, Operations } from '../../../../application/kernel/ports/operations';
import type { CommitQueue } from '../../../database/sqlite/commit-queue';
import { openingTry } from '../take-try';

type Row = Opening & { readonly tries: number; readonly spentBy: string | null };
const columns = 'reference, n, asked_at AS askedAt, expires_at AS expiresAt';

/** The newest code of each reference; the code itself is computed, never kept. */
export const sqliteOpenings = (database: Database.Database, queue: CommitQueue): Operations['openings'] => {
  const select = database.prepare<[string], Row>(`SELECT ${columns}, tries, spent_by AS spentBy FROM openings WHERE reference = ?`);
  const replace = database.prepare<[string, number, string, string]>(
    'INSERT OR REPLACE INTO openings (reference, n, asked_at, expires_at, tries, sent) VALUES (?, ?, ?, ?, 0, 0)',
  );
  const count = database.prepare<[string]>('UPDATE openings SET tries = tries + 1 WHERE reference = ?');
  const spend = database.prepare<[string, string, number]>('UPDATE openings SET spent_by = ? WHERE reference = ? AND n = ?');
  const unsent = database.prepare<[], Opening>(`SELECT ${columns} FROM openings WHERE sent = 0 ORDER BY asked_at, reference`);
  const settle = database.prepare<[string, number]>('UPDATE openings SET sent = 1 WHERE reference = ? AND n = ?');
  const prune = database.prepare<[string]>('DELETE FROM openings WHERE expires_at < ?');
  return {
    ask: ({ reference, n, askedAt, expiresAt }, notBefore) =>
      queue.run(() => {
        const before = select.get(reference);
        if (before?.n === n) return { kind: 'again' };
        if (before !== undefined && before.askedAt > notBefore) return { kind: 'too-soon', askedAt: before.askedAt };
        replace.run(reference, n, askedAt, expiresAt);
        return { kind: 'asked' };
      }),
    takeTry: (reference, at, triesPerCode) =>
      queue.run(() => {
        const taken = openingTry(select.get(reference), at, triesPerCode);
        if (taken.kind === 'compare') count.run(reference);
        return taken;
      }),
    spend: (reference, n, commandId) =>
      queue.run(() => {
        spend.run(commandId, reference, n);
      }),
    unsent: () => Promise.resolve(unsent.all()),
    settle: (reference, n) =>
      queue.run(() => {
        settle.run(reference, n);
      }),
    prune: (before) => queue.run(() => prune.run(before).changes),
  };
};
