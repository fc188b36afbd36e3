import type { Instant } from '@tichet-albastru/kernel/fact';
import type { ReadModels, Row } from './read-models';

/**
 * What a column of a reporting table holds. In PostgreSQL `text`, `integer`, `double precision`, `boolean`, `timestamptz` and `date`; in
 * SQLite text, whole and real numbers, 0 and 1, and instants and dates as ISO 8601 text, which compares in the order of time.
 */
export type ReportingType = 'text' | 'integer' | 'number' | 'boolean' | 'instant' | 'date';
/** Of an instant its canonical text in UTC, of a date `2026-03-02`. */
export type ReportingValue = string | number | boolean | null;

export type ReportingColumn = {
  readonly type: ReportingType;
  /** one plain sentence, with unit and article: the comment of the column in PostgreSQL, and its line in the documents */
  readonly told: string;
  /** is never null */
  readonly required?: true;
};

/** A row of a reporting table by its columns; a column that is left out is null. */
export type ReportingRow = Readonly<Record<string, ReportingValue>>;

export type ReportingRows = {
  readonly rows: readonly ReportingRow[];
  /** They stand up to and including this moment while their source does not change; after it they are asked for again. Absent: for ever. */
  readonly nextChangeAt?: Instant;
};

/** One table of plain, typed columns that reporting tools read, `reporting.v2_<name>`: no personal data is in it. */
export type ReportingTable<R extends Row = Row> = {
  /** in the field's words, plural, snake_case, without the version of the interface: `tickets` */
  readonly name: string;
  /** what there is one row for */
  readonly told: string;
  /** What the rows mean; raised, the table is filled anew. */
  readonly version: number;
  /** what of a policy its rows are made under: under another one, the table is filled anew */
  readonly under?: string;
  /** in the order in which they stand, by their names in snake_case */
  readonly columns: Readonly<Record<string, ReportingColumn>>;
  /** the columns that name one row */
  readonly key: readonly string[];
  /** the columns that people look up together, besides those of the key */
  readonly indexes?: readonly (readonly string[])[];
  /** the table of the reading side; each of its rows makes rows here */
  readonly source: string;
  /** further tables of the reading side that every row looks at: where one of them changes, the table is filled anew */
  readonly restsOn?: readonly string[];
  /** the column that holds the key of that row: rows that it no longer makes are taken away by it */
  readonly sourceKey: string;
  /** the column that names the department: a role of one department sees only its rows; without the column, every reader sees all */
  readonly department?: string;
  /**
   * The rows that one row of the source makes, as they are at this moment.
   * @param readModels for what stands beside the source (the evidence of a ticket)
   */
  rowsOf(row: R, key: string, at: Instant, readModels: Pick<ReadModels, 'get' | 'select'>): Promise<ReportingRows> | ReportingRows;
};

/** Every table of the reading side that it is made from. */
export const sourcesOf = ({ source, restsOn = [] }: Pick<ReportingTable, 'source' | 'restsOn'>): readonly string[] => [source, ...restsOn];

/** A view over reporting tables, `reporting.v2_<name>`; its text is understood by PostgreSQL and SQLite alike. */
export type ReportingTableView = {
  readonly name: string;
  readonly told: string;
  /** each column that it shows, with its sentence */
  readonly columns: Readonly<Record<string, string>>;
  /** @param table the name of a reporting table as it is written in a statement */
  sql(table: (name: string) => string): string;
};

/** The reporting tables, which can be made again, cannot be asked now; what they are made of can. */
export class ReportingUnavailable extends Error {
  override readonly name = 'ReportingUnavailable';
  /** @param code what keeps them (`SQLITE_CANTOPEN`) */
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}
