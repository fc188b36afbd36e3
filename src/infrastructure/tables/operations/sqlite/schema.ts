/** `operations.db`: durable, backed up, never rebuilt. */
export const operationsSchema = `
  CREATE TABLE IF NOT EXISTS idempotency (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, at TEXT NOT NULL, command TEXT NOT NULL, answer TEXT
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS idempotency_at ON idempotency (at);
  CREATE TABLE IF NOT EXISTS verification (
    ticket_id TEXT PRIMARY KEY, n INTEGER NOT NULL, expires_at TEXT NOT NULL, tries INTEGER NOT NULL, spent INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS email_cap (ticket_id TEXT PRIMARY KEY, tag TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS email_cap_tag ON email_cap (tag);
  CREATE TABLE IF NOT EXISTS throttle (tag TEXT NOT NULL, at TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS throttle_tag_at ON throttle (tag, at);
  CREATE TABLE IF NOT EXISTS attempts (
    effect_id TEXT PRIMARY KEY, attempts INTEGER NOT NULL, last_at TEXT NOT NULL, next_at TEXT, error TEXT, done INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS outbox (
    letter_id TEXT PRIMARY KEY, ticket_id TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL, attempts INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS outbox_ticket ON outbox (ticket_id);
  CREATE TABLE IF NOT EXISTS sessions (tag TEXT PRIMARY KEY, sealed TEXT NOT NULL, expires_at TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS sessions_expires_at ON sessions (expires_at);
  CREATE TABLE IF NOT EXISTS drafts (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, form TEXT NOT NULL, ticket_id TEXT, sealed TEXT NOT NULL, at TEXT NOT NULL, expires_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS drafts_owner ON drafts (owner, form);
  CREATE INDEX IF NOT EXISTS drafts_ticket ON drafts (ticket_id);
  CREATE INDEX IF NOT EXISTS drafts_expires_at ON drafts (expires_at);
  CREATE TABLE IF NOT EXISTS openings (
    reference TEXT PRIMARY KEY, n INTEGER NOT NULL, asked_at TEXT NOT NULL, expires_at TEXT NOT NULL, tries INTEGER NOT NULL,
    spent_by TEXT, sent INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS refusals (
    entry TEXT PRIMARY KEY, subject TEXT NOT NULL, command_id TEXT NOT NULL, at TEXT NOT NULL, command TEXT NOT NULL, code TEXT NOT NULL,
    article TEXT, actor_kind TEXT NOT NULL, actor_id TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS refusals_subject ON refusals (subject, at);
  CREATE INDEX IF NOT EXISTS refusals_at ON refusals (at);
  CREATE TABLE IF NOT EXISTS registers (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;
