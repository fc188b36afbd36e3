import type { Recorded } from '../../../application/ports/event-store';

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
