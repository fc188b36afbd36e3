import type { Hash, Position, Recorded } from './event-store';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Projection } from './projection';
import type { ParkedKey, Row } from './read-models';
import type { HandledPlace } from './stands-at';

/**
 * One filling of one projection's tables. The live build is the one that is read; another may fill beside it.
 * Build numbers rise and are never used again.
 */
export type Build = {
  readonly projection: string;
  readonly build: number;
  readonly version: number;
  /** the columns that its tables have, as `columnsOf` writes them; `builds` and `startBuild` tell them always */
  readonly columns?: string;
  readonly state: 'live' | 'filling';
  /** the last event folded in; empty string before the first */
  readonly checkpoint: Position;
  /** which one that was; unknown of what was folded before this was kept, or by a version that does not */
  readonly hash?: Hash;
  /** how many of its events are parked; left out where that is to be asked */
  readonly parked?: number;
};

/** The columns of a projection’s tables in one text: beside its version they decide whether the tables are filled anew. */
export const columnsOf = ({ columns, derived }: Pick<Projection, 'columns' | 'derived'>): string =>
  JSON.stringify(columns) + (derived === undefined ? '' : JSON.stringify(derived.columns));

/** Is it a filling of this projection, as the code has it now? */
export const isFillingOf = (build: Build, projection: Projection): boolean =>
  build.projection === projection.name && build.version === projection.version && build.columns === columnsOf(projection);

/** Those of these projections whose live tables an earlier or later version of the code has filled. */
export const outdatedIn = <P extends Projection>(builds: readonly Build[], projections: readonly P[]): readonly P[] =>
  projections.filter((projection) => !builds.some((build) => build.state === 'live' && isFillingOf(build, projection)));

/** Up to where each of them has handled the log, every place once. */
export const placesOf = (builds: readonly Pick<Build, 'checkpoint' | 'hash'>[]): readonly HandledPlace[] => [
  ...new Map(
    builds.map(({ checkpoint, hash }) => [`${checkpoint} ${hash ?? ''}`, { position: checkpoint, ...defined({ hash }) }]),
  ).values(),
];

export type BuildName = Pick<Build, 'projection' | 'build'>;

/** `undefined` deletes. `table` is the projection's name or that of its derived table. */
export type RowWrite = { readonly table: string; readonly key: string; readonly row: Row | undefined };

/** An event that could not be applied, or one that waits behind it (`error` undefined). */
export type ParkedEvent = {
  readonly table: string;
  readonly key: string;
  readonly event: Recorded;
  readonly error?: string;
  readonly parkedAt: string;
};

/** What one batch does to one build. */
export type BuildChange = {
  readonly build: BuildName;
  /** the checkpoint that the fold began with: if it has moved, nothing is written */
  readonly expected: Position;
  readonly next: Position;
  /** of the event that stands there, where the checkpoint moves */
  readonly nextHash?: Hash;
  /** how many parked events of this build the fold knew of: if a retry has changed that, nothing is written. Left out by one that looked at none. */
  readonly expectedParked?: number;
  readonly writes: readonly RowWrite[];
  readonly parks: readonly ParkedEvent[];
  /** keys with nothing parked any more; applied before `parks` */
  readonly unparks: readonly { readonly table: string; readonly key: string }[];
};

export type Switched = 'switched' | 'behind' | 'parks-more' | 'gone';

/**
 * `parks-more`: the new table could not take events that the old one took; it waits beside the old one for an operator.
 * `log-lacks`: the log does not hold what these tables have handled, so that no table can be filled up to there; the live one stays, with
 * rows from the lost events.
 * `interrupted`: by its signal, or because the build was dropped (a rebuild of another version does that).
 */
export type Rebuilt = 'switched' | 'parks-more' | 'log-lacks' | 'interrupted';

/** A new table beside the live one that no process fills any further, and why. */
export type UnfinishedBuild = { readonly build: number; readonly because: Exclude<Rebuilt, 'switched' | 'interrupted'> };

/** Where a process that fills tables notes it for operators; by the name of the table. */
export type UnfinishedBuilds = {
  note(table: string, unfinished: UnfinishedBuild): Promise<void>;
  /** It is filled again. */
  forget(table: string): Promise<void>;
};

/** The writing side of the read models. */
export type ProjectionStore = {
  /** Makes the tables of the first build where there is none. Answers the builds that stand, live first. */
  prepare(projection: Projection): Promise<readonly Build[]>;
  builds(): Promise<readonly Build[]>;
  /**
   * A new filling build from the beginning of the log. One of this version that is already filling is answered in its place, as another
   * one may have begun it since the caller looked; one of another version is dropped.
   */
  startBuild(projection: Projection): Promise<Build>;
  dropBuild(build: BuildName): Promise<void>;
  load(build: BuildName, table: string, keys: readonly string[]): Promise<ReadonlyMap<string, Row>>;
  /** Rows in the order of their keys, after (not at) `after`; at most `limit`. */
  page(build: BuildName, table: string, after: string, limit: number): Promise<ReadonlyMap<string, Row>>;
  /** Every parked event of this build in order, oldest first. */
  parkedEvents(build: BuildName): Promise<readonly ParkedEvent[]>;
  /** Rows, parked events and checkpoints of all of it in one transaction, or nothing when one checkpoint has moved. */
  commit(changes: readonly BuildChange[]): Promise<'committed' | 'moved'>;
  /**
   * The filling build becomes the live one and the old one goes, in one step for every reader. Refused while it is behind
   * the live one, when it parks more keys, and as `behind` when another process has moved it from `at`.
   */
  switchTo(projection: Projection, build: BuildName, at?: Position): Promise<Switched>;
  /** The id in the list of parked keys, to its build and key. */
  findParked(id: string): Promise<(ParkedKey & { readonly build: number }) | undefined>;
  /**
   * Fills the table anew in a thread of its own, if there is one, so that no caller waits, and switches. `undefined` when that thread does
   * not know the table, and it is to be filled here.
   */
  rebuildElsewhere?(projection: Projection, signal?: AbortSignal): Promise<Rebuilt | undefined>;
  /**
   * Keeps the live tables up to the log in a thread of its own, if there is one, so that no caller waits, until `signal` aborts.
   * `not-known` at once when that thread does not know one of them, and all are to be kept here.
   * @throws the error that ended it early; EventLogCorrupt keeps its class
   */
  followElsewhere?(projections: readonly Projection[], signal: AbortSignal): Promise<'ended' | 'not-known'>;
};
