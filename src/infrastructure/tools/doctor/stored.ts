import type { Recorded } from '../../../application/kernel/ports/event-store';
import type { RefusedReading } from '../../../application/requests/readings';

/** The log, as a doctor reads it. */
export type KeptLog = {
  /** every event, stream by stream; a broken log as far as it goes. @throws EventLogCorrupt where it goes no further */
  streams(): AsyncIterable<readonly Recorded[]>;
  /** how many positions have no event, where every position must have one */
  missingPositions(): Promise<number>;
};

/** What is kept beside the log. */
export type StoredElsewhere = {
  /** of these names those that are known: `true` for a living key, `false` for a destroyed one; `undefined` where no keys can be found at all */
  keys(names: ReadonlySet<string>): Promise<ReadonlyMap<string, boolean> | undefined>;
  /** live tables that have not read the log to its end */
  tablesBehind(): Promise<readonly string[]>;
  /** tables with an event that could not be applied */
  parkedTables(): Promise<readonly string[]>;
  /** letters that were given up, oldest first */
  failedLetters(): Promise<readonly string[]>;
  /** a small durable setting of the installation */
  register(name: string): Promise<string | undefined>;
  /** requests of which the document register said something that was not believed */
  refusedReadings(): Promise<readonly RefusedReading[]>;
};

export type Kept = KeptLog & StoredElsewhere;
