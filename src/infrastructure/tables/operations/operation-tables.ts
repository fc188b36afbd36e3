import type { KeptDraft, LetterRecord, Opening } from '../../../application/kernel/ports/operations';
import type { NotedRefusal } from '../../../application/kernel/ports/refusals';
import type { Actor } from '../../../domain/kernel/fact';
import type { AnyTable, RowsOf, Table } from '@tichet-albastru/event-log/database/sql/table';
import { logOperationTables } from '@tichet-albastru/event-log/operations/operation-tables';
import type { Composer } from '@tichet-albastru/event-log/database/sql/work';

type VerificationRow = {
  readonly ticketId: string;
  readonly n: number;
  readonly expiresAt: string;
  readonly tries: number;
  readonly spent: boolean;
};
export type OpeningRow = Opening & { readonly tries: number; readonly spentBy: string | null; readonly sent: boolean };
/** `entry` is one line: the command, and what it was about. */
export type RefusalRow = Omit<NotedRefusal, 'article' | 'actor'> & {
  readonly entry: string;
  readonly article: string | null;
  readonly actorKind: Actor['kind'];
  readonly actorId: string;
};

const verification: Table<VerificationRow> = {
  key: 'ticketId',
  columns: { ticketId: 'name', n: 'integer', expiresAt: 'name', tries: 'integer', spent: 'flag' },
  defaults: { tries: 0, spent: false },
};
/** Places under a tag; the table has the name of what they were first for (A24). */
const emailCap: Table<{ readonly ticketId: string; readonly tag: string }> = {
  key: 'ticketId',
  columns: { ticketId: 'name', tag: 'name' },
  indexes: [{ name: 'email_cap_tag', on: ['tag'] }],
};
const outbox: Table<LetterRecord> = {
  key: 'letterId',
  columns: { letterId: 'name', ticketId: 'name', kind: 'text', state: 'text', at: 'name', attempts: 'integer' },
  indexes: [{ name: 'outbox_ticket', on: ['ticketId'] }],
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

const { idempotency, codes, throttle, attempts, registers, sessions, people, tokens } = logOperationTables;

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
