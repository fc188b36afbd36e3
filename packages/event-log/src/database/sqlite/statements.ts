import type { Database, Statement } from './driver';
import { defined } from '@tichet-albastru/kernel/defined';
import { answered } from '@tichet-albastru/kernel/turns';
import { camelCase, decoded, textsOf, type FoundRow, type Query } from '../sql/rows.codec';
import type { AnyTable, ColumnKind } from '../sql/table';
import { runAtOnce, type Found, type Work, type Workplace } from '../sql/work';
import type { CommitQueue } from './commit-queue';

const mostKept = 500;

/** SQLite has neither flags nor lists: they are 0 and 1, and JSON. */
const isForeign = (value: unknown): boolean => typeof value === 'boolean' || Array.isArray(value);
const bound = (value: unknown): unknown => {
  if (typeof value === 'boolean') return Number(value);
  return Array.isArray(value) ? JSON.stringify(value) : value;
};

type Read = (row: FoundRow) => FoundRow;
type Prepared = { readonly statement: Statement<unknown[], FoundRow>; readonly read?: Read };

const asItIs = (value: unknown): unknown => value;
const asFlag = (value: unknown): unknown => value !== 0;
const asTexts = (value: unknown): unknown => textsOf(String(value));

/** Prepares each text once for one connection: a point read costs 3 µs prepared and 9 prepared anew. */
export class Statements {
  private readonly prepared = new Map<string, Prepared>();
  private readonly kinds: ReadonlyMap<string, ColumnKind> | undefined;

  /**
   * @param tables whose columns are named and read as their descriptions say; a column of one name is of one kind in all of them. Rows are
   *   given as they stand where they are left out.
   */
  constructor(
    private readonly database: Database,
    tables?: Readonly<Record<string, AnyTable>>,
  ) {
    this.kinds = tables && new Map(Object.values(tables).flatMap((table) => Object.entries(table.columns)));
  }

  /** Runs the work in the open transaction, if there is one. */
  run<T>(work: Work<T>): T {
    return runAtOnce(work, (query) => this.answer(query));
  }

  answer({ text, values }: Query): Found {
    const { statement, read } = this.of(text);
    const given = this.kinds === undefined || !values.some(isForeign) ? values : values.map(bound);
    if (!statement.reader) return { rows: [], written: statement.run(...given).changes };
    const rows = statement.all(...given);
    return { rows: read === undefined ? rows : rows.map(read), written: rows.length };
  }

  private of(text: string): Prepared {
    const kept = this.prepared.get(text);
    if (kept !== undefined) return kept;
    if (this.prepared.size >= mostKept) this.prepared.clear();
    const statement = this.database.prepare<unknown[], FoundRow>(text);
    const read = statement.reader ? this.readerOf(statement.columns().map(({ name }) => name)) : undefined;
    const prepared: Prepared = { statement, ...defined({ read }) };
    this.prepared.set(text, prepared);
    return prepared;
  }

  /** Nothing where the rows are what is wanted as they stand. */
  private readerOf(columns: readonly string[]): Read | undefined {
    const { kinds } = this;
    if (kinds === undefined) return undefined;
    const plan = columns.map((column) => {
      const kind = kinds.get(camelCase(column));
      return { column, name: camelCase(column), of: kind === 'flag' ? asFlag : kind === 'texts' ? asTexts : asItIs };
    });
    if (plan.every(({ column, name, of }) => column === name && of === asItIs)) return undefined;
    return (row) => {
      const read: Record<string, unknown> = {};
      for (const { column, name, of } of plan) read[name] = of(row[column]);
      return read;
    };
  }
}

/** What is written at the same time goes into one commit. */
export const workplaceOf = (statements: Statements, queue: CommitQueue): Workplace => ({
  rows: (query) => answered(() => decoded(query, statements.answer(query).rows)),
  first: (query) => answered(() => decoded(query, statements.answer(query).rows)[0]),
  run: (query) =>
    queue.run(() => {
      statements.answer(query);
    }),
  written: (query) => queue.run(() => statements.answer(query).written),
  returned: (query) => queue.run(() => decoded(query, statements.answer(query).rows)[0]),
  read: (work) => answered(() => statements.run(work())),
  write: (work) => queue.run(() => statements.run(work())),
  writeUnless: async (done, work) => {
    if (statements.run(done())) return queue.durable();
    return queue.run(() => {
      statements.run(work());
    });
  },
  durable: () => queue.durable(),
});
