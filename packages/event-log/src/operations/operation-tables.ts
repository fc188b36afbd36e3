import type { AnyTable, RowsOf, Table } from '../database/sql/table';
import type { Composer } from '../database/sql/work';
import type { KnownPerson, NotedToken } from '../ports/operations';

/** `commandAt` is missing where the command was refused: the next request sets it. `answer` is encrypted. */
type IdempotencyRow = {
  readonly key: string;
  readonly fingerprint: string;
  readonly at: string;
  readonly commandId: string;
  readonly commandAt: string | null;
  readonly ids: readonly string[];
  readonly answer: string | null;
};
export type AttemptRow = {
  readonly effectId: string;
  readonly attempts: number;
  readonly lastAt: string;
  readonly nextAt: string | null;
  readonly error: string | null;
  readonly done: boolean;
};

const idempotency: Table<IdempotencyRow> = {
  key: 'key',
  columns: { key: 'name', fingerprint: 'name', at: 'name', commandId: 'text', commandAt: 'text?', ids: 'texts', answer: 'text?' },
  indexes: [{ name: 'idempotency_at', on: ['at'] }],
};
/** Encrypted, and bound to its name. */
const codes: Table<{ readonly name: string; readonly sealed: string; readonly expiresAt: string }> = {
  key: 'name',
  columns: { name: 'name', sealed: 'text', expiresAt: 'name' },
  indexes: [{ name: 'codes_expires_at', on: ['expiresAt'] }],
};
/** Hits as they were before each said how long it counts: `throttle-1` makes them so. */
export const firstThrottle: Table<{ readonly tag: string; readonly at: string }> = {
  columns: { tag: 'name', at: 'name' },
  indexes: [{ name: 'throttle_tag_at', on: ['tag', 'at'] }],
};
const throttle: Table<{ readonly tag: string; readonly at: string; readonly expiresAt: string }> = {
  columns: { tag: 'name', at: 'name', expiresAt: 'name' },
};
/** Attempts as they were made at first: `attempts-1` gives them the index. */
export const firstAttempts: Table<AttemptRow> = {
  key: 'effectId',
  columns: { effectId: 'name', attempts: 'integer', lastAt: 'text', nextAt: 'text?', error: 'text?', done: 'flag' },
};
/** They are kept for ever, and of millions only those few that have not ended are looked for. */
const attempts: Table<AttemptRow> = {
  ...firstAttempts,
  indexes: [{ name: 'attempts_unfinished', on: ['effectId'], where: 'NOT done' }],
};
const registers: Table<{ readonly name: string; readonly value: string }> = {
  key: 'name',
  columns: { name: 'name', value: 'text' },
};
/** Sessions as they were before they said whose they are: `operations-1` makes them so. */
export const firstSessions: Table<{ readonly tag: string; readonly sealed: string; readonly expiresAt: string }> = {
  key: 'tag',
  columns: { tag: 'name', sealed: 'text', expiresAt: 'name' },
  indexes: [{ name: 'sessions_expires_at', on: ['expiresAt'] }],
};
type SessionRow = {
  readonly tag: string;
  readonly sealed: string;
  readonly expiresAt: string;
  readonly subject: string | null;
  readonly sid: string | null;
  readonly activeAt: string | null;
};
const sessions: Table<SessionRow> = {
  key: 'tag',
  columns: { tag: 'name', sealed: 'text', expiresAt: 'name', subject: 'text?', sid: 'text?', activeAt: 'text?' },
  indexes: [
    { name: 'sessions_expires_at', on: ['expiresAt'] },
    { name: 'sessions_subject', on: ['subject'] },
    { name: 'sessions_sid', on: ['sid'] },
  ],
};
const people: Table<KnownPerson> = {
  key: 'tag',
  columns: { tag: 'name', person: 'name', sealed: 'text', at: 'name' },
  indexes: [{ name: 'people_person', on: ['person'] }],
};
export type TokenRow = Required<Omit<NotedToken, 'revokedAt'>> & { readonly revokedAt: string | null };
const tokens: Table<TokenRow> = {
  key: 'id',
  columns: { id: 'name', role: 'text', person: 'text', at: 'name', expiresAt: 'name', revokedAt: 'text?' },
  indexes: [{ name: 'tokens_expires_at', on: ['expiresAt'] }],
};

/** The operational tables that any procedure has. Instants are texts that sort as they follow each other. */
export const logOperationTables = {
  idempotency,
  codes,
  throttle,
  attempts,
  registers,
  sessions,
  people,
  tokens,
} as const satisfies Readonly<Record<string, AnyTable>>;

/** Composes statements about these tables. */
export type Compose = Composer<RowsOf<typeof logOperationTables>>;
