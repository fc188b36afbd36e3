import type { Condition, Row, Selection } from '../../../../application/kernel/ports/read-models';
import { encodeCursor } from '../../../log/codec/row.codec';
import { columnValue, defaultLimit, UnknownColumn, type ColumnValue } from '../columns';
import { placeParts } from '../place';

export type StoredRow = { readonly key: string; readonly text: string; readonly row: Row };

const valueOf = ({ key, row }: StoredRow, column: string): ColumnValue => (column === 'key' ? key : columnValue(row[column]));

const demandKnown = (name: string, columns: readonly string[], named: readonly { readonly column: string }[]): void => {
  for (const { column } of named) if (column !== 'key' && !columns.includes(column)) throw new UnknownColumn(name, column);
};

/** A range without either end leaves nothing out. */
const isUnbounded = (condition: Condition): boolean =>
  !('in' in condition) && !('is' in condition) && condition.from === undefined && condition.before === undefined;

const holds = (value: ColumnValue, condition: Condition): boolean => {
  if ('is' in condition) return value === columnValue(condition.is);
  if (value === null) return isUnbounded(condition);
  if ('in' in condition) return condition.in.includes(value);
  return (condition.from === undefined || value >= condition.from) && (condition.before === undefined || value < condition.before);
};

export const rowsWhere = (
  name: string,
  columns: readonly string[],
  rows: readonly StoredRow[],
  where: readonly Condition[] = [],
): readonly StoredRow[] => {
  demandKnown(name, columns, where);
  return rows.filter((row) => where.every((condition) => holds(valueOf(row, condition.column), condition)));
};

/** Null stands first, as SQLite has it. */
const compare = (a: ColumnValue, b: ColumnValue): number => {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
};

type Placed = { readonly stored: StoredRow; readonly place: readonly ColumnValue[] };

export const pageOf = (
  name: string,
  columns: readonly string[],
  rows: readonly StoredRow[],
  selection: Selection,
): { readonly rows: readonly StoredRow[]; readonly next?: string } => {
  const order = [...(selection.orderBy ?? []), { column: 'key' }];
  demandKnown(name, columns, order);
  const comparePlaces = (a: readonly ColumnValue[], b: readonly ColumnValue[]): number => {
    for (const [index, part] of order.entries()) {
      const compared = compare(a[index] ?? null, b[index] ?? null);
      if (compared !== 0) return 'descending' in part && part.descending ? -compared : compared;
    }
    return 0;
  };
  const after = selection.cursor === undefined ? undefined : placeParts(selection.cursor, order.length);
  const placed = rowsWhere(name, columns, rows, selection.where)
    .map((stored): Placed => ({ stored, place: order.map(({ column }) => valueOf(stored, column)) }))
    .filter(({ place }) => after === undefined || comparePlaces(place, after) > 0)
    .sort((a, b) => comparePlaces(a.place, b.place));
  const limit = selection.limit ?? defaultLimit;
  const page = placed.slice(0, limit);
  const last = page.at(-1);
  const found = page.map(({ stored }) => stored);
  return placed.length > limit && last !== undefined ? { rows: found, next: encodeCursor(last.place) } : { rows: found };
};
