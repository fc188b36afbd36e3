import type { Instant } from '@tichet-albastru/kernel/fact';
import type { Position } from './event-store';
import type { Row } from './read-models';
import type { ReportingRow, ReportingTable, ReportingTableView } from './reporting';

/** A row of a source that changed, or was removed. `number` rises with every change of it. An empty key stands for the whole source. */
export type SourceChange = { readonly source: string; readonly key: string; readonly number: number };

/** One row of a source, as one reporting table sees it. */
export type RowOfTable = { readonly table: string; readonly key: string };

/** What there is to do, looked at before any row of a source is read. */
export type ReportingWork = {
  /** Every commit moves it: what rests on an older look is not written. */
  readonly generation: number;
  /** the oldest first */
  readonly changes: readonly SourceChange[];
  /** A source of theirs is read in another version than they are made from, until a build of theirs is: none of its rows is asked for them. */
  readonly waiting: readonly string[];
  /** what stood up to a moment that has passed, the longest overdue first; of no table that waits */
  readonly due: readonly RowOfTable[];
  /** tables that are filled anew from every row of their source, and behind which key that goes on */
  readonly fills: readonly { readonly table: string; readonly after: string }[];
  /** the latest moment for which rows were asked; absent before the first */
  readonly askedAt?: Instant;
};

/** What a row of a source makes in one table now; `error`: it could not be asked, and makes nothing until it can. `stands`: what it made before stays. */
export type AskedRow = RowOfTable & {
  readonly rows: readonly ReportingRow[];
  readonly nextChangeAt?: Instant;
  readonly error?: string;
  readonly stands?: true;
};

/** All of it is written in one step. */
export type ReportingBatch = {
  readonly generation: number;
  /** the moment for which the rows were asked */
  readonly at: Instant;
  readonly asked: readonly AskedRow[];
  /** These are acknowledged with it: one whose row has changed again meanwhile stays. */
  readonly changes: readonly SourceChange[];
  /** tables that are to be filled anew, from the first row */
  readonly begun: readonly string[];
  /** A table is filled anew from behind `after` up to and including `until`, or to its end: rows of keys between that are not asked go. */
  readonly filled?: { readonly table: string; readonly after: string; readonly until?: string };
};

/** How far a table is, at a moment. */
export type ReportingState = {
  readonly table: string;
  /** up to where all its sources have read the log; of a table that is behind, where they stood when it was not */
  readonly position: Position;
  /** rows of its sources that are not in it yet as they are */
  readonly behind: number;
  /** rows of its sources, and of what those are derived from, that wait for a person: what is made of them is as it was before */
  readonly sourceParked: number;
};

/** What a reporting table shows of itself. */
export type ReportingFreshness = {
  readonly table: string;
  readonly version: number;
  readonly source: string;
  readonly position: Position;
  /** when it was looked at last; absent before the first time */
  readonly filledAt?: Instant;
  /** rows of the source that are not in it yet as they are */
  readonly behindRows: number;
  readonly behindSeconds: number;
  /** rows of its source that it could not be filled from */
  readonly parked: number;
  /** rows of its sources that wait for a person, so that what is made of them is as it was before */
  readonly sourceParked: number;
  /** Nothing in it turns by itself up to and including this moment; absent: nothing ever does. */
  readonly judgedUntil?: Instant;
};

/** A row of a source that a reporting table could not be filled from. */
export type ParkedReportingRow = RowOfTable & { readonly error: string; readonly parkedAt: Instant };

/**
 * `as-they-stand`: a reader held a table that was to be changed, for too long; rows can be written all the same. `held`: rows cannot be
 * written either. Both are to be tried again.
 */
export type ReportingPrepared = 'whole' | 'as-they-stand' | 'held';

/** The reporting tables, what is kept about them, and the changes of their sources. */
export type ReportingStore = {
  /**
   * Makes tables and views as they are declared, those that stand in place. What is new, or of another version, is to be filled anew, and
   * so is everything where the bookkeeping does not fit the sources. Rows that are parked are asked again.
   * @param versions of the sources, by their names; of one that is left out any version will do
   */
  prepare(
    tables: readonly ReportingTable[],
    views: readonly ReportingTableView[],
    versions?: ReadonlyMap<string, number>,
  ): Promise<ReportingPrepared>;
  /** @param limit of changes, and of rows whose time has come */
  look(at: Instant, limit: number): Promise<ReportingWork>;
  /** The rows of a table that is read; those that are not there are left out. */
  load(source: string, keys: readonly string[]): Promise<ReadonlyMap<string, Row>>;
  /** In the order of their keys, after (not at) `after`. */
  page(source: string, after: string, limit: number): Promise<ReadonlyMap<string, Row>>;
  /** @returns `moved` when another one has written since that look, and nothing is */
  commit(batch: ReportingBatch): Promise<'committed' | 'moved'>;
  /** How far each source has read, and how many changes of it wait; a change that came after that position may be among them. */
  waiting(): Promise<ReadonlyMap<string, { readonly position: Position; readonly changes: number }>>;
  /** How many rows of a table have a key behind this one. */
  remaining(source: string, after: string): Promise<number>;
  /** Keeps how far the tables are, for `v2_freshness`. */
  tell(at: Instant, states: readonly ReportingState[]): Promise<void>;
  freshness(): Promise<readonly ReportingFreshness[]>;
  /** Of each table the first hundred, the oldest first. */
  parked(): Promise<readonly ParkedReportingRow[]>;
  /** Has the rows from which this table could not be filled asked again with the next turn; how many they are. */
  askAgain(table: string): Promise<number>;
  /** Has a table filled anew, in place. */
  fillAnew(table: string): Promise<void>;
};

/** How far the tables are, and what of them waits. */
export type ReportingLooked = Pick<ReportingStore, 'freshness' | 'parked'>;
