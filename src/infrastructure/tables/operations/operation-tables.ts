import type { KeptDraft, KnownPerson, LetterRecord, NotedToken, Opening } from '../../../application/kernel/ports/operations';
import type { NotedRefusal } from '../../../application/kernel/ports/refusals';
import type { Actor } from '../../../domain/kernel/fact';
import type { AnyTable, RowsOf, Table } from '@tichet-albastru/event-log/database/sql/table';
import type { Composer } from '@tichet-albastru/event-log/database/sql/work';

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
type VerificationRow = {
  readonly ticketId: string;
  readonly n: number;
  readonly expiresAt: string;
  readonly tries: number;
  readonly spent: boolean;
};
export type AttemptRow = {
  readonly effectId: string;
  readonly attempts: number;
  readonly lastAt: string;
  readonly nextAt: string | null;
  readonly error: string | null;
  readonly done: boolean;
};
export type OpeningRow = Opening & { readonly tries: number; readonly spentBy: string | null; readonly sent: boolean };
/** `entry` is one line: the command, and what it was about. */
export type RefusalRow = Omit<NotedRefusal, 'article' | 'actor'> & {
  readonly entry: string;
  readonly article: string | null;
  readonly actorKind: Actor['kind'];
  readonly actorId: string;
};

const idempotency: Table<IdempotencyRow> = {
  key: 'key',
  columns: { key: 'name', fingerprint: 'name', at: 'name', commandId: 'text', commandAt: 'text?', ids: 'texts', answer: 'text?' },
  indexes: [{ name: 'idempotency_at', on: ['at'] }],
};
const verification: Table<VerificationRow> = {
  key: 'ticketId',
  columns: { ticketId: 'name', n: 'integer', expiresAt: 'name', tries: 'integer', spent: 'flag' },
  defaults: { tries: 0, spent: false },
};
/** Encrypted, and bound to its name. */
const codes: Table<{ readonly name: string; readonly sealed: string; readonly expiresAt: string }> = {
  key: 'name',
  columns: { name: 'name', sealed: 'text', expiresAt: 'name' },
  indexes: [{ name: 'codes_expires_at', on: ['expiresAt'] }],
};
/** Places under a tag; the table has the name of what they were first for (A24). */
const emailCap: Table<{ readonly ticketId: string; readonly tag: string }> = {
  key: 'ticketId',
  columns: { ticketId: 'name', tag: 'name' },
  indexes: [{ name: 'email_cap_tag', on: ['tag'] }],
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
const outbox: Table<LetterRecord> = {
  key: 'letterId',
  columns: { letterId: 'name', ticketId: 'name', kind: 'text', state: 'text', at: 'name', attempts: 'integer' },
  indexes: [{ name: 'outbox_ticket', on: ['ticketId'] }],
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
/** One that was finished has no text any more. */
export type DraftRow = Omit<KeptDraft, 'ticketId'> & { readonly ticketId: string | null };
const drafts: Table<DraftRow> = {
  key: 'id',
  columns: { id: 'name', owner: 'name', form: 'name', ticketId: 'text?', sealed: 'text', at: 'name', expiresAt: 'name' },
  indexes: [
    { name: 'drafts_owner', on: ['owner', 'form'] },
    { name: 'drafts_ticket', on: ['ticketId'] },
    { name: 'drafts_expires_at', on: ['expiresAt'] },
  ],
};
/** The first form of openings, of a reference and not of one browser: a released step of the databases never changes. */
export const openingsOfReferences: Table<Omit<OpeningRow, 'id' | 'vouched'>> = {
  key: 'reference',
  columns: { reference: 'name', n: 'double', askedAt: 'name', expiresAt: 'name', tries: 'integer', spentBy: 'text?', sent: 'flag' },
  defaults: { tries: 0, sent: false },
  indexes: [{ name: 'openings_unsent', on: ['askedAt', 'reference'], where: 'NOT sent' }],
};
const openings: Table<OpeningRow> = {
  key: 'id',
  columns: {
    id: 'name',
    reference: 'name',
    n: 'double',
    askedAt: 'name',
    expiresAt: 'name',
    vouched: 'flag',
    tries: 'integer',
    spentBy: 'text?',
    sent: 'flag',
  },
  defaults: { vouched: false, tries: 0, sent: false },
  indexes: [{ name: 'openings_unsent', on: ['askedAt', 'reference'], where: 'NOT sent' }],
};
const refusals: Table<RefusalRow> = {
  key: 'entry',
  columns: {
    entry: 'name',
    subject: 'name',
    commandId: 'text',
    at: 'name',
    command: 'text',
    code: 'text',
    article: 'text?',
    actorKind: 'text',
    actorId: 'text',
  },
  indexes: [
    { name: 'refusals_subject', on: ['subject', 'at'] },
    { name: 'refusals_at', on: ['at'] },
  ],
};

/**
 * The operational state: backed up, never rebuilt. Instants are texts that sort as they follow each other. A new table stands here, in a
 * step of `operations.migration.ts`, and in what uses it.
 */
export const operationTables = {
  idempotency,
  verification,
  codes,
  email_cap: emailCap,
  throttle,
  attempts,
  outbox,
  registers,
  sessions,
  drafts,
  openings,
  refusals,
  people,
  tokens,
} as const satisfies Readonly<Record<string, AnyTable>>;

export type OperationRows = RowsOf<typeof operationTables>;
/** Composes statements about these tables. */
export type Compose = Composer<OperationRows>;
