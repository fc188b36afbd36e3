import type { Position, Recorded } from '../../../application/kernel/ports/event-store';

/** What an event of a stream says of where the stream stands after it. */
export type StreamHead = Pick<Recorded, 'revision' | 'hash'>;

/** The log as it lies there, broken or not: a store itself would refuse to read past the first thing that is wrong. */
export type LogAsKept = {
  /** Every event in global order, some at a time. @throws EventLogCorrupt where nothing more can be read */
  pages(): AsyncIterable<readonly Recorded[]>;
  /** The newest event of that event's stream among those before it, for one whose stream is no longer in memory. */
  before(event: Recorded): Promise<StreamHead | undefined>;
  /** whether positions count the events from 1 on */
  readonly counts: boolean;
  /** How many there are, as far as that is known beforehand: for progress only. */
  total(): Promise<number>;
};

/** Positions at or before 0, and those that no number of ours can be, are none that the service gives, and must be seen all the same. */
export const firstRow = -(2n ** 63n);
export const lastRow = 2n ** 63n - 1n;
/** The number in the column: digits with zeros before them, and a sign between where somebody has put one below 0. */
export const rowOf = (position: Position): bigint => BigInt(position.replace(/^0+(?=.)/u, ''));
