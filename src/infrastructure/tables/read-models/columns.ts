import type { Row } from '../../../application/kernel/ports/read-models';

export type ColumnValue = string | number | null;

/** What an indexed column holds of a row: booleans as 0 and 1, whatever is absent or no plain value as null. */
export const columnValue = (value: unknown): ColumnValue => {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return null;
};

export const columnValues = (row: Row, columns: readonly string[]): readonly ColumnValue[] =>
  columns.map((column) => columnValue(row[column]));

/** A query named a column that the table does not index. */
export class UnknownColumn extends Error {
  override readonly name = 'UnknownColumn';
  constructor(table: string, column: string) {
    super(`The table ${table} has no indexed column ${column}.`);
  }
}

/** A query named a table that no projection has made. */
export class UnknownTable extends Error {
  override readonly name = 'UnknownTable';
  constructor(table: string) {
    super(`No projection has made a table ${table}.`);
  }
}

/** A page was asked for with a `cursor` that no page of this selection gave. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
  constructor() {
    super('This cursor belongs to another list.');
  }
}

/** Rows of one page when the selection does not say. */
export const defaultLimit = 1000;
