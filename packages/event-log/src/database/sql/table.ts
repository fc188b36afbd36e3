import type { StatementOf, Query } from './rows.codec';
import type { DatabaseKind } from './work';

/**
 * What a value is: `name` is a text that is compared byte by byte, in any language of the database; `texts` a list of texts; `flag` yes
 * or no; `double` a whole number beyond 32 bits; `text?` a text that may be missing.
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

/** A table whose rows the code here does not look into. */
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

const types: Readonly<Record<DatabaseKind, Readonly<Record<ColumnKind, string>>>> = {
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
export const createTable = (kind: DatabaseKind, name: string, table: AnyTable): readonly string[] => {
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

/** A caller that removes old rows asks again while so many were removed. */
export const removedAtOnce = 5000;

/** The plain statements about the rows of a table, as its description says. */
export const rowsOfTable = <Row extends Readonly<Record<string, unknown>>>(
  kind: DatabaseKind,
  name: string,
  { key = '', columns }: Table<Row>,
) => {
  type Column = keyof Row & string;
  const names = Object.keys(columns);
  const place = kind === 'postgres' ? `tichet.${name}` : name;
  const mark = (index: number): string => (kind === 'postgres' ? `$${index + 1}` : '?');
  const [one, all] = [mark(0), names.map((_, index) => mark(index)).join(', ')];
  const insert = `INSERT INTO ${place} (${names.map(snakeCase).join(', ')}) VALUES (${all})`;
  const ofKey = `ON CONFLICT (${snakeCase(key)})`;
  const written =
    (text: string) =>
    (row: Row, ...more: readonly unknown[]): Query => ({ text, values: [...names.map((column) => row[column]), ...more] });
  const upsert = (changed: readonly string[], where?: string) => {
    const brought = changed.map((column) => `${snakeCase(column)} = excluded.${snakeCase(column)}`).join(', ');
    return written(`${insert} ${ofKey} DO UPDATE SET ${brought}${where === undefined ? '' : ` WHERE ${where}`}`);
  };
  const find = `SELECT * FROM ${place} WHERE ${snakeCase(key)} = ${one}`;
  return {
    insert: written(insert),
    /** These columns of a row that stands are replaced, where a condition holds; `one` and `two` are the marks of values of its own. */
    upsert: (changed: readonly Column[], where: (one: string, two: string) => string) =>
      upsert(changed, where(mark(names.length), mark(names.length + 1))),
    /** The newest row of a key counts. */
    put: upsert(names.filter((column) => column !== key)),
    /** The first row of a key counts. */
    add: written(`${insert} ${ofKey} DO NOTHING`),
    find: (ofRow: string): StatementOf<Row> => ({ text: find, values: [ofRow] }),
    /** Of this value, or all of them, in this order. */
    list: (order: readonly Column[], column?: Column, value?: string): StatementOf<Row> => ({
      text: `SELECT * FROM ${place}${column === undefined ? '' : ` WHERE ${snakeCase(column)} = ${one}`} ORDER BY ${order.map(snakeCase).join(', ')}`,
      values: value === undefined ? [] : [value],
    }),
    /** Sets these columns of the rows in which the others are as given. */
    update: <Changed extends Column, Which extends Column>(changed: readonly Changed[], which: readonly Which[]) => {
      const parts = [...changed, ...which].map((column, index) => `${snakeCase(column)} = ${mark(index)}`);
      const text = `UPDATE ${place} SET ${parts.slice(0, changed.length).join(', ')} WHERE ${parts.slice(changed.length).join(' AND ')}`;
      return (given: Pick<Row, Changed | Which>): Query => ({ text, values: [...changed, ...which].map((column) => given[column]) });
    },
    remove: (value: string, column: Column = key): Query => ({
      text: `DELETE FROM ${place} WHERE ${snakeCase(column)} = ${one}`,
      values: [value],
    }),
    /** At most `removedAtOnce` of them, where a row has a name: no statement runs into the database's limit of time. */
    removeBefore: (column: Column, before: string): Query => {
      const those = `${place} WHERE ${snakeCase(column)} < ${one}`;
      const bounded = `${place} WHERE ${snakeCase(key)} IN (SELECT ${snakeCase(key)} FROM ${those} LIMIT ${removedAtOnce})`;
      return { text: `DELETE FROM ${key === '' ? those : bounded}`, values: [before] };
    },
  };
};
