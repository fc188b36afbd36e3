import type { Database } from '@tichet-albastru/event-log/database/sqlite/driver';
import type { Pool, PoolClient } from 'pg';
import { named, workOn } from '@tichet-albastru/event-log/database/postgres/ask-database';
import { inTransaction } from '@tichet-albastru/event-log/database/postgres/in-transaction';
import { migrate } from '@tichet-albastru/event-log/database/sqlite/migrate';
import { openDurable } from '@tichet-albastru/event-log/database/sqlite/open-database';
import { Statements } from '@tichet-albastru/event-log/database/sqlite/statements';
import { composerOf, doing, rowsOf, runInTurn, statementOf, type Composer, type Work } from '@tichet-albastru/event-log/database/sql/work';
import { operationTables, type OperationRows } from '../../tables/operations/operation-tables';
import { openOperationsForReading, operationsInSqlite } from '../../tables/operations/sqlite-operations';

/** What must not be forgotten when an installation is moved. Throttles count anew, and people sign in again. */
const carried = [
  'idempotency',
  'verification',
  'codes',
  'email_cap',
  'attempts',
  'outbox',
  'registers',
  'drafts',
  'openings',
  'refusals',
  'people',
  'tokens',
] as const satisfies readonly (keyof typeof operationTables)[];

export type CarriedTable = (typeof carried)[number];
type Row = OperationRows[CarriedTable];
type Page = readonly Row[];
type Run = <T>(work: Work<T>) => Promise<T>;

/** Rows of the operational state, as they stand. */
export type CarriedRows = {
  /** At most `most`, in order of the table's key, behind this one. */
  after<T extends CarriedTable>(table: T, key: string, most: number): Promise<readonly OperationRows[T][]>;
  /** These, and no others, in one transaction. */
  replace(table: CarriedTable, pages: AsyncIterable<Page>): Promise<void>;
};

const keyOf = (table: CarriedTable): string => operationTables[table].key ?? '';

const pageAfter = <T extends CarriedTable>(
  { db }: Composer<OperationRows>,
  table: T,
  key: string,
  most: number,
): Work<readonly OperationRows[T][]> => {
  const name = db.dynamic.ref(keyOf(table));
  const any: CarriedTable = table;
  return rowsOf(statementOf<OperationRows[T]>(db.selectFrom(any).selectAll().where(name, '>', key).orderBy(name).limit(most).compile()));
};

const replacing = async ({ db }: Composer<OperationRows>, run: Run, table: CarriedTable, pages: AsyncIterable<Page>): Promise<void> => {
  await run(doing(statementOf(db.deleteFrom(table).compile())));
  for await (const page of pages)
    await run(
      doing(
        statementOf(
          db
            .insertInto(table)
            .values([...page])
            .compile(),
        ),
      ),
    );
};

/** The operational state in PostgreSQL. */
export const postgresOperationRows = (pool: Pool): CarriedRows => {
  const compose = composerOf<OperationRows>('postgres');
  const on =
    (connection: Pool | PoolClient): Run =>
    (work) =>
      runInTurn(work, async (query) => named(await workOn(connection, 'unnamed')(query)));
  return {
    after: (table, key, most) => on(pool)(pageAfter(compose, table, key, most)),
    replace: (table, pages) => inTransaction(pool, (client) => replacing(compose, on(client), table, pages)),
  };
};

const opened = (path: string, readOnly: boolean): Database => {
  if (readOnly) return openOperationsForReading(path);
  const database = openDurable(path);
  migrate(database, operationsInSqlite);
  return database;
};

/** The operational state in `operations.db`. @param options.readOnly nothing is made and nothing can be replaced */
export const openSqliteOperationRows = ({
  path,
  readOnly,
}: {
  readonly path: string;
  readonly readOnly: boolean;
}): CarriedRows & { close(): void } => {
  const database = opened(path, readOnly);
  const statements = new Statements(database, operationTables);
  const compose = composerOf<OperationRows>('sqlite');
  const run: Run = (work) => Promise.resolve(statements.run(work));
  return {
    after: (table, key, most) => run(pageAfter(compose, table, key, most)),
    replace: async (table, pages) => {
      database.exec('BEGIN IMMEDIATE');
      try {
        await replacing(compose, run, table, pages);
        database.exec('COMMIT');
      } finally {
        if (database.inTransaction) database.exec('ROLLBACK');
      }
    },
    close: () => {
      database.close();
    },
  };
};

const atOnce = 500;

/** All rows of a table, some at a time. */
export async function* pagesOf<T extends CarriedTable>(
  from: Pick<CarriedRows, 'after'>,
  table: T,
): AsyncGenerator<readonly OperationRows[T][], void, undefined> {
  for (let last = ''; ;) {
    const page = await from.after(table, last, atOnce);
    const row: Readonly<Record<string, unknown>> | undefined = page.at(-1);
    const end = row?.[keyOf(table)];
    if (typeof end !== 'string') return;
    yield page;
    last = end;
  }
}

/**
 * Makes the operational state of the target that of the source, table by table. What the target held is replaced: a target that was served
 * since would have another log, and be refused.
 * @returns rows by table
 */
export const carryOperations = async ({
  from,
  to,
}: {
  readonly from: Pick<CarriedRows, 'after'>;
  readonly to: Pick<CarriedRows, 'replace'>;
}): Promise<Readonly<Record<CarriedTable, number>>> => {
  const counts = {
    idempotency: 0,
    verification: 0,
    codes: 0,
    email_cap: 0,
    attempts: 0,
    outbox: 0,
    registers: 0,
    drafts: 0,
    openings: 0,
    refusals: 0,
    people: 0,
    tokens: 0,
  };
  async function* pages(table: CarriedTable): AsyncGenerator<Page, void, undefined> {
    for await (const page of pagesOf(from, table)) {
      counts[table] += page.length;
      yield page;
    }
  }
  for (const table of carried) await to.replace(table, pages(table));
  return counts;
};
