import type Database from 'better-sqlite3';
import type { KeptDraft, Operations } from '../../../../application/kernel/ports/operations';
import { defined } from '../../../../domain/kernel/defined';
import type { CommitQueue } from '../../../database/sqlite/commit-queue';

type Row = Omit<KeptDraft, 'ticketId'> & { readonly ticketId: string | null };

/** What people have typed into forms: one that was finished is an empty row until it ends. */
export const sqliteDrafts = (database: Database.Database, queue: CommitQueue): Operations['drafts'] => {
  const put = database.prepare<[Row]>(
    `INSERT INTO drafts (id, owner, form, ticket_id, sealed, at, expires_at) VALUES (@id, @owner, @form, @ticketId, @sealed, @at, @expiresAt)
     ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, at = excluded.at, expires_at = excluded.expires_at WHERE drafts.sealed <> ''`,
  );
  const bound = database.prepare<[string, number]>(
    `DELETE FROM drafts WHERE id IN (SELECT id FROM drafts WHERE owner = ? AND sealed <> '' ORDER BY at DESC, id DESC LIMIT -1 OFFSET ?)`,
  );
  const select = database.prepare<[string, string, string], Row>(
    `SELECT id, owner, form, ticket_id AS ticketId, sealed, at, expires_at AS expiresAt FROM drafts
     WHERE owner = ? AND form = ? AND expires_at > ? AND sealed <> '' ORDER BY at DESC, id DESC`,
  );
  const finish = database.prepare<[string, string, string]>(
    `INSERT OR REPLACE INTO drafts (id, owner, form, ticket_id, sealed, at, expires_at) VALUES (?, '', '', NULL, '', ?, ?)`,
  );
  const forget = database.prepare<[string]>('DELETE FROM drafts WHERE ticket_id = ?');
  const prune = database.prepare<[string]>('DELETE FROM drafts WHERE expires_at < ?');
  return {
    put: (draft, most) =>
      queue.run(() => {
        put.run({ ...draft, ticketId: draft.ticketId ?? null });
        bound.run(draft.owner, most);
      }),
    of: (owner, form, at) =>
      Promise.resolve(
        select.all(owner, form, at).map(({ ticketId, ...row }) => ({ ...row, ...defined({ ticketId: ticketId ?? undefined }) })),
      ),
    finish: (id, until) =>
      queue.run(() => {
        finish.run(id, until, until);
      }),
    forget: (ticketId) => queue.run(() => forget.run(ticketId).changes),
    prune: (before) => queue.run(() => prune.run(before).changes),
  };
};
