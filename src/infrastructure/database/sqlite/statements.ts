import type Database from 'better-sqlite3';
import { textsOf, type FoundRow, type Query } from '../sql/rows.codec';
import { snakeCase, type AnyTable } from '../sql/table';
import { runAtOnce, type Found, type Work, type Workplace } from '../sql/work';
import type { CommitQueue } from './commit-queue';

const mostKept = 500;

/** SQLite has neither flags nor lists: they are 0 and 1, and JSON. */
const bound = (value: unknown): unknown => {
  if (typeof value === 'boolean') return Number(value);
  return Array.isArray(value) ? JSON.stringify(value) : value;
};

/** Prepares each text once for one connection: a point read costs 3 µs prepared and 9 prepared anew. */
export class Statements {
  private readonly prepared = new Map<string, Database.Statement<unknown[], FoundRow>>();
  private readonly kinds: ReadonlyMap<string, 'flag' | 'texts'>;

  /** @param tables whose columns are read as what they are; a column of one name is of one kind in all of them */
  constructor(
    private readonly database: Database.Database,
    tables: Readonly<Record<string, AnyTable>> = {},
  ) {
    const columns = Object.values(tables).flatMap((table) => Object.entries(table.columns));
    this.kinds = new Map(columns.flatMap(([name, kind]) => (kind === 'flag' || kind === 'texts' ? [[snakeCase(name), kind]] : [])));
  }

  of(text: string): Database.Statement<unknown[], FoundRow> {
    const kept = this.prepared.get(text);
    if (kept !== undefined) return kept;
    if (this.prepared.size >= mostKept) this.prepared.clear();
    const statement = this.database.prepare<unknown[], FoundRow>(text);
    this.prepared.set(text, statement);
    return statement;
  }

  /** Runs the work in whatever transaction there is. */
  run<T>(work: Work<T>): T {
    return runAtOnce(work, (query) => this.answer(query));
  }

  private answer({ text, values }: Query): Found {
    const statement = this.of(text);
    if (!statement.reader) return { rows: [], written: statement.run(...values.map(bound)).changes };
    const rows = statement.all(...values.map(bound));
    return { rows: this.kinds.size === 0 ? rows : rows.map((row) => this.read(row)), written: rows.length };
  }

  private read(row: FoundRow): FoundRow {
    const read: Record<string, unknown> = { ...row };
    for (const [name, kind] of this.kinds) {
      if (!(name in row)) continue;
      read[name] = kind === 'flag' ? row[name] !== 0 : textsOf(String(row[name]));
    }
    return read;
  }
}

/** What is written at the same time goes into one commit. */
export const workplaceOf = (statements: Statements, queue: CommitQueue): Workplace => ({
  read: (work) =>
    new Promise((resolve) => {
      resolve(statements.run(work()));
    }),
  write: (work) => queue.run(() => statements.run(work())),
  writeUnless: async (done, work) => {
    if (statements.run(done())) return queue.durable();
    return queue.run(() => {
      statements.run(work());
    });
  },
  durable: () => queue.durable(),
});
