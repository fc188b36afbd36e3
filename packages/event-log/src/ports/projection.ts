import type { AnyEvent } from './event-codec';
import type { Row } from './read-models';

/** Columns that queries may compare and order by; each is the row's own top-level field of that name. */
export type Columns = Readonly<Record<string, 'text' | 'integer'>>;

/** What a document says of a table; ours all say it. */
export type Told = {
  /** what the key of a row is */
  readonly keyedBy?: string;
  /** what there is one row for */
  readonly told?: string;
};

/** By category: all types of facts, or these. */
export type LooksAt<Category extends string = string> = Readonly<Partial<Record<Category, 'all' | readonly string[]>>>;

/**
 * A table made of facts: a pure function of row and fact. No clock, no look-ups, no opened seal.
 * The projector loads the rows, folds, writes them and moves the checkpoint in one transaction.
 */
export type Projection<R extends Row = Row, Event extends AnyEvent = AnyEvent> = Told & {
  readonly name: string;
  /** A new version fills beside the old one and replaces it in one step. */
  readonly version: number;
  /** Callers that wait for the tables skip this one while another version of it is live: the new one still fills, or was refused. */
  readonly awaitedAsCurrentOnly?: true;
  readonly columns: Columns;
  /** The columns that are looked up together, those first that must be equal; one index a column when left out. */
  readonly indexes?: readonly (readonly string[])[];
  /**
   * The categories whose facts it looks at, and of a category the types; all of them when left out. What it does not look at
   * is not even decoded for it, and moves its checkpoint all the same.
   */
  readonly looksAt?: LooksAt<Event['category']>;
  /** Which rows this event touches; none for most events. */
  keysOf(event: Event): readonly string[];
  /** The row after the event; `undefined` removes it. */
  apply(row: R | undefined, event: Event, key: string): R | undefined;
  /** A second table computed from the rows of this one, written in the same transaction. */
  readonly derived?: DerivedTable;
  /** SQL views over this table, for reporting tools. */
  readonly views?: readonly ReportingView[];
};

/** A row by its key, as it stands with the batch folded in. */
export type RowLookup<S extends Row = Row> = (key: string) => S | undefined;

/**
 * A table whose rows are a pure function of rows of its source (an audit verdict of the evidence).
 * Its row is computed again whenever a row that names it changes, so it must depend on nothing that does not name it:
 * then the same facts give the same rows however they are batched.
 */
export type DerivedTable<R extends Row = Row, S extends Row = Row> = Told & {
  readonly name: string;
  readonly columns: Columns;
  /** as of a projection */
  readonly indexes?: readonly (readonly string[])[];
  /** Which derived rows concern this source row, before or after its change. */
  namedBy(sourceKey: string, source: S): readonly string[];
  /** Source rows whose keys begin so name every derived row there is: a new table is derived from them alone. All rows when left out. */
  readonly everyRowIsNamedUnder?: string;
  /** Source keys that `derive` will look up; asked again after each loading, until it names nothing new. */
  sourcesOf(key: string, lookup: RowLookup<S>): readonly string[];
  /** `undefined` removes the row. */
  derive(key: string, lookup: RowLookup<S>): R | undefined;
  readonly views?: readonly ReportingView[];
};

/** Names in the SQL dialect of the store: the table, and a top-level or dotted field of its rows. */
export type ViewSource = {
  readonly rows: string;
  readonly key: string;
  readonly text: (path: string) => string;
  /** a field that is a number, to be counted with */
  readonly number: (path: string) => string;
  /** whole; a flag is 0 or 1 */
  readonly integer: (path: string) => string;
};

/** A stable view, `reporting_v1_<name>` (in PostgreSQL `reporting.v1_<name>`), with no personal data in it. */
export type ReportingView = {
  readonly name: string;
  /** what it shows: its comment in PostgreSQL */
  readonly told?: string;
  sql(source: ViewSource): string;
};
