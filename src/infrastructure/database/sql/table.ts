import type { StatementOf, Query } from './rows.codec';
import type { Composer } from './work';

/**
 * What a value is: `name` is a text that is compared byte by byte, whatever the database's language; `texts` a list of them; `flag` yes or
 * no; `double` a whole number beyond 32 bits; `text?` a text that may be missing.
 */
export type ColumnKind = 'name' | 'text' | 'text?' | 'texts' | 'integer' | 'double' | 'flag';

type KindOf<Value> = null extends Value
  ? 'text?'
  : Value extends string
    ? 'name' | 'text'
    : Value extends boolean
      ? 'flag'
      : Value extends number
        ? 'integer' | 'double'
        : 'texts';

/**
 * A table, once: the columns of the database, the copy to another database and the types of the statements follow from it. Names are
 * written as in TypeScript; the database has `ticket_id` for `ticketId`.
 */
export type Table<Row> = {
  /** left out where a row has no name */
  readonly key?: keyof Row & string;
  readonly columns: { readonly [Column in keyof Row]: KindOf<Row[Column]> };
  /** what PostgreSQL puts where nothing is given */
  readonly defaults?: { readonly [Column in keyof Row]?: Row[Column] & (number | boolean) };
  readonly indexes?: readonly { readonly name: string; readonly on: readonly (keyof Row & string)[]; readonly where?: string }[];
};

export type Columns = Readonly<Record<string, ColumnKind>>;

/** A table whose rows nobody here looks into. */
export type AnyTable = {
  readonly key?: string;
  readonly columns: Columns;
  readonly defaults?: Readonly<Record<string, number | boolean>>;
  readonly indexes?: readonly { readonly name: string; readonly on: readonly string[]; readonly where?: string }[];
};

/** The rows of tables, by name, as Kysely wants to know them. */
export type RowsOf<Tables> = { readonly [Name in keyof Tables]: Tables[Name] extends Table<infer Row> ? Row : never };

/** As the database writes it. */
export const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const types: Readonly<Record<Composer<unknown>['kind'], Readonly<Record<ColumnKind, string>>>> = {
  postgres: {
    name: 'text COLLATE "C" NOT NULL',
    text: 'text NOT NULL',
    'text?': 'text',
    texts: 'text[] NOT NULL',
    integer: 'integer NOT NULL',
    double: 'double precision NOT NULL',
    flag: 'boolean NOT NULL',
  },
  sqlite: {
    name: 'TEXT NOT NULL',
    text: 'TEXT NOT NULL',
    'text?': 'TEXT',
    texts: 'TEXT NOT NULL',
    integer: 'INTEGER NOT NULL',
    double: 'INTEGER NOT NULL',
    flag: 'INTEGER NOT NULL',
  },
};

/** The statements that make a table and its indexes; what stands there already, in a file of SQLite, is left. */
export const createTable = (kind: Composer<unknown>['kind'], name: string, table: AnyTable): readonly string[] => {
  const inPostgres = kind === 'postgres';
  const columns = Object.entries(table.columns).map(([column, type]) => {
    const value = inPostgres ? table.defaults?.[column] : undefined;
    const otherwise = value === undefined ? '' : ` DEFAULT ${String(value)}`;
    return `${snakeCase(column)} ${types[kind][type]}${otherwise}`;
  });
  const key = table.key === undefined ? [] : [`PRIMARY KEY (${snakeCase(table.key)})`];
  const unless = inPostgres ? '' : 'IF NOT EXISTS ';
  const place = inPostgres ? `tichet.${name}` : name;
  const ending = inPostgres || table.key === undefined ? '' : ' WITHOUT ROWID';
  return [
    `CREATE TABLE ${unless}${place} (${[...columns, ...key].join(', ')})${ending}`,
    ...(table.indexes ?? []).map(
      ({ name: index, on, where }) =>
        `CREATE INDEX ${unless}${index} ON ${place} (${on.map(snakeCase).join(', ')})${where === undefined ? '' : ` WHERE ${where}`}`,
    ),
  ];
};

/** The plain statements about the rows of a table, as its description says. */
export const rowsOfTable = <Row extends Readonly<Record<string, unknown>>>(
  kind: Composer<unknown>['kind'],
  name: string,
  { key = '', columns }: Table<Row>,
) => {
  const names = Object.keys(columns);
  const place = kind === 'postgres' ? `tichet.${name}` : name;
  const marks = names.map((_, index) => (kind === 'postgres' ? `$${index + 1}` : '?'));
  const insert = `INSERT INTO ${place} (${names.map(snakeCase).join(', ')}) VALUES (${marks.join(', ')}) ON CONFLICT (${snakeCase(key)})`;
  const others = names.filter((column) => column !== key).map((column) => `${snakeCase(column)} = excluded.${snakeCase(column)}`);
  const put = `${insert} DO UPDATE SET ${others.join(', ')}`;
  const add = `${insert} DO NOTHING`;
  const ofKey = `FROM ${place} WHERE ${snakeCase(key)} = ${marks[0] ?? ''}`;
  const valuesOf = (row: Row): readonly unknown[] => names.map((column) => row[column]);
  return {
    /** The newest row of a key counts. */
    put: (row: Row): Query => ({ text: put, values: valuesOf(row) }),
    /** The first row of a key counts. */
    add: (row: Row): Query => ({ text: add, values: valuesOf(row) }),
    find: (ofRow: string): StatementOf<Row> => ({ text: `SELECT * ${ofKey}`, values: [ofRow] }),
    /** Of this value, or all of them, in this order. */
    list: (order: readonly (keyof Row & string)[], column?: keyof Row & string, value?: string): StatementOf<Row> => ({
      text: `SELECT * FROM ${place}${column === undefined ? '' : ` WHERE ${snakeCase(column)} = ${marks[0] ?? ''}`} ORDER BY ${order.map(snakeCase).join(', ')}`,
      values: value === undefined ? [] : [value],
    }),
    remove: (value: string, column: keyof Row & string = key): Query => ({
      text: `DELETE FROM ${place} WHERE ${snakeCase(column)} = ${marks[0] ?? ''}`,
      values: [value],
    }),
    removeBefore: (column: keyof Row & string, before: string): Query => ({
      text: `DELETE FROM ${place} WHERE ${snakeCase(column)} < ${marks[0] ?? ''}`,
      values: [before],
    }),
  };
};
