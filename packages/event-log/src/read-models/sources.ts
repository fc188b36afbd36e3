import type { Position } from '../ports/event-store';
import type { Row } from '../ports/read-models';
import type { SourceChange } from '../ports/reporting-store';
import type { Answered } from './changed-rows';

/** The live tables, for the process that fills others from them. */
export type Sources = {
  /** @param epoch the name of these tables from now on, where they have none */
  answeredUntil(epoch: string): Promise<Answered>;
  /** From now on changes of these tables are noted, and of no other; of one that was not, everything counts as changed. */
  follow(names: readonly string[]): Promise<void>;
  /** the oldest first */
  changes(limit: number): Promise<readonly SourceChange[]>;
  /** how many there are, by the name of the table */
  counts(): Promise<ReadonlyMap<string, number>>;
  /** @returns `busy` when another process is writing: call it again */
  answered(changes: readonly SourceChange[], turn: number): Promise<'noted' | 'busy'>;
  load(name: string, keys: readonly string[]): Promise<ReadonlyMap<string, Row>>;
  page(name: string, after: string, limit: number): Promise<ReadonlyMap<string, Row>>;
  position(name: string): Promise<Position>;
  /** of the builds that are read, by the names of their tables */
  versions(): Promise<ReadonlyMap<string, number>>;
  remaining(name: string, after: string): Promise<number>;
};
