import type { KeptDraft, Operations } from '../../../../application/kernel/ports/operations';
import { defined } from '../../../../domain/kernel/defined';
import type { AskDatabase } from '../../../database/postgres/ask-database';
import type { Migration } from '../../../database/postgres/migration';

export const createDrafts: Migration = {
  name: 'drafts-1',
  sql: `
CREATE TABLE tichet.drafts (
  id text COLLATE "C" PRIMARY KEY,
  owner text COLLATE "C" NOT NULL,
  form text COLLATE "C" NOT NULL,
  ticket_id text COLLATE "C",
  sealed text NOT NULL,
  at text COLLATE "C" NOT NULL,
  expires_at text COLLATE "C" NOT NULL
);
CREATE INDEX drafts_owner ON tichet.drafts (owner, form);
CREATE INDEX drafts_ticket ON tichet.drafts (ticket_id);
CREATE INDEX drafts_expires_at ON tichet.drafts (expires_at);
`,
};

const statements = {
  put: {
    name: 'tichet-put-draft',
    text: `INSERT INTO tichet.drafts (id, owner, form, ticket_id, sealed, at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, at = excluded.at, expires_at = excluded.expires_at WHERE drafts.sealed <> ''`,
  },
  bound: {
    name: 'tichet-bound-drafts',
    text: `DELETE FROM tichet.drafts WHERE id IN
      (SELECT id FROM tichet.drafts WHERE owner = $1 AND sealed <> '' ORDER BY at DESC, id DESC OFFSET $2)`,
  },
  of: {
    name: 'tichet-drafts',
    text: `SELECT id, owner, form, ticket_id AS "ticketId", sealed, at, expires_at AS "expiresAt" FROM tichet.drafts
      WHERE owner = $1 AND form = $2 AND expires_at > $3 AND sealed <> '' ORDER BY at DESC, id DESC`,
  },
  finish: {
    name: 'tichet-finish-draft',
    text: `INSERT INTO tichet.drafts (id, owner, form, sealed, at, expires_at) VALUES ($1, '', '', '', $2, $2) ON CONFLICT (id)
      DO UPDATE SET owner = '', form = '', ticket_id = NULL, sealed = '', at = excluded.at, expires_at = excluded.expires_at`,
  },
  forget: { name: 'tichet-forget-drafts', text: 'DELETE FROM tichet.drafts WHERE ticket_id = $1' },
  prune: { name: 'tichet-prune-drafts', text: 'DELETE FROM tichet.drafts WHERE expires_at < $1' },
};
type Row = Omit<KeptDraft, 'ticketId'> & { readonly ticketId: string | null };

/** What people have typed into forms: one that was finished is an empty row until it ends. */
export const postgresDrafts = (database: AskDatabase): Operations['drafts'] => ({
  put: async ({ id, owner, form, ticketId, sealed, at, expiresAt }, most) => {
    await database.write(statements.put, id, owner, form, ticketId ?? null, sealed, at, expiresAt);
    await database.write(statements.bound, owner, most);
  },
  of: async (owner, form, at) =>
    (await database.read<Row>(statements.of, owner, form, at)).rows.map(({ ticketId, ...row }) => ({
      ...row,
      ...defined({ ticketId: ticketId ?? undefined }),
    })),
  finish: async (id, until) => {
    await database.write(statements.finish, id, until);
  },
  forget: async (ticketId) => (await database.write(statements.forget, ticketId)).written,
  prune: async (before) => (await database.write(statements.prune, before)).written,
});
