/** What a value is, in every store: a text, a whole number, yes or no; `?` where there may be none. */
export type ColumnKind = 'text' | 'text?' | 'number' | 'flag';
export type CarriedTable = { readonly key: string; readonly columns: Readonly<Record<string, ColumnKind>> };

/**
 * The operational state that must not be forgotten when a house is moved, as every store can say it. Left behind are throttles, which
 * count anew, and sessions of browsers: people sign in again.
 */
export const carriedTables = {
  /** `command_at` is missing where the command was refused; `ids` is a list in JSON; `answer` is sealed */
  idempotency: {
    key: 'key',
    columns: { key: 'text', fingerprint: 'text', at: 'text', command_id: 'text', command_at: 'text?', ids: 'text', answer: 'text?' },
  },
  verification: { key: 'ticket_id', columns: { ticket_id: 'text', n: 'number', expires_at: 'text', tries: 'number', spent: 'flag' } },
  email_cap: { key: 'ticket_id', columns: { ticket_id: 'text', tag: 'text' } },
  attempts: {
    key: 'effect_id',
    columns: { effect_id: 'text', attempts: 'number', last_at: 'text', next_at: 'text?', error: 'text?', done: 'flag' },
  },
  outbox: {
    key: 'letter_id',
    columns: { letter_id: 'text', ticket_id: 'text', kind: 'text', state: 'text', at: 'text', attempts: 'number' },
  },
  registers: { key: 'name', columns: { name: 'text', value: 'text' } },
  refusals: {
    key: 'entry',
    columns: {
      entry: 'text',
      subject: 'text',
      command_id: 'text',
      at: 'text',
      command: 'text',
      code: 'text',
      article: 'text?',
      actor_kind: 'text',
      actor_id: 'text',
    },
  },
  openings: {
    key: 'reference',
    columns: { reference: 'text', n: 'number', asked_at: 'text', expires_at: 'text', tries: 'number', spent_by: 'text?', sent: 'flag' },
  },
} as const satisfies Readonly<Record<string, CarriedTable>>;

export type CarriedTableName = keyof typeof carriedTables;
export type CarriedRow = Readonly<Record<string, string | number | boolean | null>>;

/** Rows of the operational state, as they stand. */
export type OperationRows = {
  /** At most `most`, in order of the table's key, behind this one. */
  after(table: CarriedTableName, key: string, most: number): Promise<readonly CarriedRow[]>;
  /** These, and no others, in one transaction. */
  replace(table: CarriedTableName, pages: AsyncIterable<readonly CarriedRow[]>): Promise<void>;
};
