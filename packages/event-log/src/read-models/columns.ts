import { type ColumnValue, InvalidCursor, type Selection } from '../ports/read-models';
import type { Columns, Projection, ReportingView } from '../ports/projection';
import { decodeCursor, encodeCursor } from '../codec/row.codec';

export type ColumnType = Columns[string];

/** A query named a table that no projection has made. */
export class UnknownTable extends Error {
  override readonly name = 'UnknownTable';
  constructor(table: string) {
    super(`No projection has made a table ${table}.`);
  }
}

type Order = Selection['orderBy'];

/** What a cursor belongs to: in another table, or in another order, its place is another one. */
const orderName = (table: string, order: Order = []): string =>
  [table, ...order.map(({ column, descending }) => (descending === true ? '-' : '+') + column)].join(' ');

/** The opaque `next` of a page that ends with a row of this place. */
export const cursorOf = (table: string, order: Order, place: readonly ColumnValue[]): string =>
  encodeCursor([orderName(table, order), ...place]);

/** The place that a cursor names: one value for each column of the order, and the key. @throws InvalidCursor */
export const placeIn = (table: string, order: Order, cursor: string): readonly ColumnValue[] => {
  const [belongsTo, ...place] = decodeCursor(cursor) ?? [];
  if (belongsTo !== orderName(table, order) || place.length !== (order?.length ?? 0) + 1) throw new InvalidCursor();
  return place;
};

/** Rows of one page when the selection does not say. */
export const defaultLimit = 1000;

/** One table that a build fills. */
export type TableShape = {
  readonly name: string;
  readonly columns: Columns;
  readonly indexes: readonly (readonly string[])[];
  readonly views: readonly ReportingView[];
};

export const tablesOf = ({ derived, ...projection }: Projection): readonly TableShape[] =>
  [projection, ...(derived === undefined ? [] : [derived])].map(({ name, columns, indexes, views }) => ({
    name,
    columns,
    indexes: indexes ?? Object.keys(columns).map((column) => [column]),
    views: views ?? [],
  }));

/** The table of one build: `staff-calendar` filled by build 7 is `staff_calendar__7`. */
export const plainTableName = (name: string, build: number): string => `${name.replaceAll('-', '_')}__${build}`;

/** As SQL writes it, in every dialect. */
export const identifier = (text: string): string => `"${text.replaceAll('"', '""')}"`;
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Indexed columns stand beside the row under their own name with `c_` before it, so that none can be called `key` or `row`. */
export const columnName = (column: string): string => identifier(`c_${column}`);
