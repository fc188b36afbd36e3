import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type ColumnDefinitionBuilder, type RawBuilder } from 'kysely';
import type { Columns } from '../../../../application/kernel/ports/projection';
import { keepable } from '../../../database/postgres/keepable';
import { columnValue, type ColumnValue } from '../columns';

/** Every table of rows, as far as a selection looks at it. */
export type RowTables = Readonly<Record<string, { readonly key: string; readonly row: string }>>;

export type ColumnType = Columns[string];

/** How one kind of database writes and binds what a selection asks for. Nothing is ever run through it: texts are only made. */
export type Dialect = {
  readonly kysely: Kysely<RowTables>;
  /** before the name of a table */
  readonly schema?: string;
  /** What is bound to compare a column of this type with. */
  readonly value: (type: ColumnType, value: string | number | boolean | null) => unknown;
  readonly list: (type: ColumnType, values: readonly (string | number)[]) => unknown;
  /** Is the column one of a bound list? */
  readonly isOneOf: (column: RawBuilder<ColumnValue>, type: ColumnType, list: RawBuilder<unknown>) => RawBuilder<boolean>;
  /** Null stands first when ascending and last when descending, as SQLite has it by itself. */
  readonly nullsFirst: RawBuilder<unknown>;
  readonly nullsLast: RawBuilder<unknown>;
  /** Does this build still stand? Asked in the statement that reads its table, where another process may have replaced it. */
  readonly stands?: (build: number) => RawBuilder<boolean>;
  /** the type of texts, compared byte by byte */
  readonly text: string;
  /** numbers that rise and are never used again */
  readonly rising: { readonly type: 'integer' | 'bigint'; readonly number: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder };
  /** what becomes of bookkeeping that stands there already */
  readonly whenThere: 'leave' | 'refuse';
};

export const sqliteDialect: Dialect = {
  kysely: new Kysely<RowTables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (database) => new SqliteIntrospector(database),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  value: (_, value) => columnValue(value),
  list: (_, values) => JSON.stringify(values),
  isOneOf: (column, _, list) => sql<boolean>`${column} in (select value from json_each(${list}))`,
  nullsFirst: sql``,
  nullsLast: sql``,
  text: 'text',
  rising: { type: 'integer', number: (column) => column.autoIncrement() },
  whenThere: 'leave',
};

/** A column has one type there, and what is not of it is nothing: a number in a text column is its text, as SQLite has it too. */
export const typedValue = (type: ColumnType, value: ColumnValue): ColumnValue => {
  if (type === 'integer') return typeof value === 'number' ? value : null;
  return value === null ? null : keepable(String(value));
};

export const postgresDialect: Dialect = {
  kysely: new Kysely<RowTables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (database) => new PostgresIntrospector(database),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
  schema: 'tichet',
  value: (type, value) => typedValue(type, columnValue(value)),
  list: (type, values) => values.flatMap((value) => typedValue(type, value) ?? []),
  isOneOf: (column, type, list) => sql<boolean>`${column} = any(${list}::${type === 'text' ? sql`text[]` : sql`double precision[]`})`,
  nullsFirst: sql` nulls first`,
  nullsLast: sql` nulls last`,
  stands: (build) => sql<boolean>`exists (select from tichet.builds where build = ${sql.lit(build)})`,
  text: 'text collate "C"',
  rising: { type: 'bigint', number: (column) => column.generatedAlwaysAsIdentity() },
  whenThere: 'refuse',
};
