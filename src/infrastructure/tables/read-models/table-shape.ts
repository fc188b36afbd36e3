import type { Columns, Projection, ReportingView } from '../../../application/kernel/ports/projection';

/** One table that a build fills. */
export type TableShape = {
  readonly name: string;
  readonly columns: Columns;
  readonly indexes: readonly (readonly string[])[];
  readonly views: readonly ReportingView[];
};

type Described = Pick<Projection, 'name' | 'columns' | 'indexes' | 'views'>;

const shapeOf = ({ name, columns, indexes, views }: Described): TableShape => ({
  name,
  columns,
  indexes: indexes ?? Object.keys(columns).map((column) => [column]),
  views: views ?? [],
});

export const tablesOf = ({ derived, ...projection }: Projection): readonly TableShape[] =>
  [projection, ...(derived === undefined ? [] : [derived])].map(shapeOf);

/** The table of one build: `staff-calendar` filled by build 7 is `staff_calendar__7`. */
export const plainTableName = (name: string, build: number): string => `${name.replaceAll('-', '_')}__${build}`;

/** Indexed columns stand beside the row under their own name with `c_` before it, so that none can be called `key` or `row`. */
export const plainColumnName = (column: string): string => `c_${column}`;

/** As SQL writes it, in every dialect. */
export const identifier = (text: string): string => `"${text.replaceAll('"', '""')}"`;
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
