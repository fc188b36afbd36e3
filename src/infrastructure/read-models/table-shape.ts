import type { Columns, Projection, ReportingView } from '../../application/ports/projection';

/** One table that a build fills. */
export type TableShape = { readonly name: string; readonly columns: Columns; readonly views: readonly ReportingView[] };

export const tablesOf = ({ name, columns, views, derived }: Projection): readonly TableShape[] => [
  { name, columns, views: views ?? [] },
  ...(derived === undefined ? [] : [{ name: derived.name, columns: derived.columns, views: derived.views ?? [] }]),
];

/** The table of one build: `staff-calendar` filled by build 7 is `staff_calendar__7`. */
export const plainTableName = (name: string, build: number): string => `${name.replaceAll('-', '_')}__${build}`;

/** Indexed columns stand beside the row under their own name with `c_` before it, so that none can be called `key` or `row`. */
export const plainColumnName = (column: string): string => `c_${column}`;

/** As SQL writes it, in every dialect. */
export const identifier = (text: string): string => `"${text.replaceAll('"', '""')}"`;
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
