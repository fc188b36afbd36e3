import type { Condition, Selection } from '../../../application/ports/read-models';
import type { Columns } from '../../../application/ports/projection';
import { encodeCursor } from '../../serialization/row.codec';
import { columnValue, defaultLimit, UnknownColumn, type ColumnValue } from '../columns';
import { placeParts } from '../place';
import { columnName } from './schema';

export type Query = { readonly sql: string; readonly values: readonly ColumnValue[]; readonly limit: number };
type Ordered = { readonly sql: string; readonly descending: boolean };

/** Where and in which order, as SQL; every value is bound. */
export const selectQuery = (table: string, name: string, columns: Columns, selection: Selection = {}): Query => {
  const limit = selection.limit ?? defaultLimit;
  const order: readonly Ordered[] = [
    ...(selection.orderBy ?? []).map(({ column, descending }) => ({ sql: known(name, columns, column), descending: descending === true })),
    { sql: 'key', descending: false },
  ];
  const { conditions, values } = conditionsOf(name, columns, selection.where);
  const after = selection.cursor === undefined ? undefined : afterPlace(order, selection.cursor);
  const all = [...conditions, ...(after === undefined ? [] : [after.sql])];
  const sql =
    `SELECT key, row, ${order.map(({ sql: part }, index) => `${part} AS o${index}`).join(', ')} FROM ${table}` +
    (all.length === 0 ? '' : ` WHERE ${all.join(' AND ')}`) +
    ` ORDER BY ${order.map(({ sql: part, descending }) => `${part}${descending ? ' DESC' : ''}`).join(', ')} LIMIT ?`;
  return { sql, values: [...values, ...(after?.values ?? []), limit + 1], limit };
};

export const countQuery = (table: string, name: string, columns: Columns, where?: readonly Condition[]): Omit<Query, 'limit'> => {
  const { conditions, values } = conditionsOf(name, columns, where);
  return { sql: `SELECT count(*) AS n FROM ${table}${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`, values };
};

/** The opaque `next` of a page that ends with this row. */
export const placeOf = (row: Readonly<Record<string, ColumnValue>>, orderLength: number): string =>
  encodeCursor(Array.from({ length: orderLength }, (_, index) => row[`o${index}`] ?? null));

const known = (name: string, columns: Columns, column: string): string => {
  if (column === 'key') return 'key';
  if (!Object.hasOwn(columns, column)) throw new UnknownColumn(name, column);
  return columnName(column);
};

const conditionsOf = (name: string, columns: Columns, where: readonly Condition[] = []) => {
  const conditions: string[] = [];
  const values: ColumnValue[] = [];
  for (const condition of where) {
    const column = known(name, columns, condition.column);
    if ('is' in condition) {
      conditions.push(`${column} IS ?`);
      values.push(columnValue(condition.is));
    } else if ('in' in condition) {
      conditions.push(`${column} IN (SELECT value FROM json_each(?))`);
      values.push(JSON.stringify(condition.in));
    } else {
      if (condition.from !== undefined) {
        conditions.push(`${column} >= ?`);
        values.push(condition.from);
      }
      if (condition.before !== undefined) {
        conditions.push(`${column} < ?`);
        values.push(condition.before);
      }
    }
  }
  return { conditions, values };
};

/** Everything that stands after a place in this order. Null stands first, and last when descending, as SQLite has it. */
const afterPlace = (order: readonly Ordered[], cursor: string): { readonly sql: string; readonly values: readonly ColumnValue[] } => {
  const place = placeParts(cursor, order.length);
  const alternatives: string[] = [];
  const values: ColumnValue[] = [];
  order.forEach(({ sql, descending }, index) => {
    const value = place[index] ?? null;
    const beyond = beyondPlace(sql, descending, value);
    if (beyond === undefined) return;
    alternatives.push([...order.slice(0, index).map((earlier) => `${earlier.sql} IS ?`), beyond].join(' AND '));
    values.push(...place.slice(0, index), ...(value === null ? [] : [value]));
  });
  return { sql: `(${alternatives.map((alternative) => `(${alternative})`).join(' OR ')})`, values };
};

const beyondPlace = (sql: string, descending: boolean, value: ColumnValue): string | undefined => {
  if (value === null) return descending ? undefined : `${sql} IS NOT NULL`;
  return descending ? `(${sql} < ? OR ${sql} IS NULL)` : `${sql} > ?`;
};
