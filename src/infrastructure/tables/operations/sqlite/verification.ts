import type Database from 'better-sqlite3';
import type { Operations } from '../../../../application/kernel/ports/operations';
import type { CommitQueue } from '../../../database/sqlite/commit-queue';
import { verificationTry } from '../take-try';

type Row = { readonly n: number; readonly expiresAt: string; readonly tries: number; readonly spent: number };

/** Tries, number and expiry of the newest code of each ticket; the code itself is computed, never kept. */
export const sqliteVerification = (database: Database.Database, queue: CommitQueue): Operations['verification'] => {
  const open = database.prepare<[string, number, string]>(
    `INSERT INTO verification (ticket_id, n, expires_at, tries, spent) VALUES (?, ?, ?, 0, 0)
     ON CONFLICT (ticket_id) DO UPDATE SET n = excluded.n, expires_at = excluded.expires_at, tries = 0, spent = 0 WHERE excluded.n > n`,
  );
  const select = database.prepare<[string], Row>('SELECT n, expires_at AS expiresAt, tries, spent FROM verification WHERE ticket_id = ?');
  const count = database.prepare<[string]>('UPDATE verification SET tries = tries + 1 WHERE ticket_id = ?');
  const spend = database.prepare<[string, number]>('UPDATE verification SET spent = 1 WHERE ticket_id = ? AND n = ?');
  return {
    open: async (ticketId, n, expiresAt) => {
      // Whoever makes sure that it is open mostly finds it so: nothing is to be written then.
      if ((select.get(ticketId)?.n ?? 0) >= n) return queue.durable();
      return queue.run(() => {
        open.run(ticketId, n, expiresAt);
      });
    },
    takeTry: (ticketId, at, triesPerCode) =>
      queue.run(() => {
        const code = select.get(ticketId);
        const taken = verificationTry(code && { ...code, spent: code.spent !== 0 }, at, triesPerCode);
        if (taken.kind === 'compare') count.run(ticketId);
        return taken;
      }),
    spend: (ticketId, n) =>
      queue.run(() => {
        spend.run(ticketId, n);
      }),
  };
};
