import type { Position } from '../ports/event-store';
import type { BuildChange, BuildName, ProjectionStore } from '../ports/projection-store';
import type { Row } from '../ports/read-models';

/** Some tens of megabytes of evidence, the largest rows there are. */
const mostRows = 2000;
/** Of each table that is followed: what was written a moment ago is what is written next. */
export const mostRowsFollowed = 200;

/**
 * The rows of one table of a build that were read or written last, so that they are not read and parsed again with every batch.
 * Valid only while no other process writes this build: another projector moves the checkpoint, and only a key with parked events
 * can be retried. In doubt everything is forgotten.
 */
export class RowMemory {
  private readonly rows = new Map<string, Row | undefined>();
  private checkpoint: Position | undefined;

  constructor(
    private readonly store: Pick<ProjectionStore, 'load'>,
    private readonly table: string,
    private readonly most = mostRows,
  ) {}

  /** Says where the build stands. What is remembered of another place, or of a build with parked events, is forgotten. */
  standsAt(checkpoint: Position, parked: number): void {
    if (this.checkpoint !== checkpoint || parked > 0) this.forget();
    this.checkpoint = checkpoint;
  }

  /** Of another table, as the store says. */
  async load(build: BuildName, table: string, keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    if (table !== this.table) return this.store.load(build, table, keys);
    const found = new Map<string, Row>();
    const missing: string[] = [];
    for (const key of keys) {
      const row = this.rows.get(key);
      if (row !== undefined) {
        found.set(key, row);
        this.remember(key, row);
      } else if (!this.rows.has(key)) missing.push(key);
    }
    if (missing.length === 0) return found;
    const loaded = await this.store.load(build, table, missing);
    for (const key of missing) {
      const row = loaded.get(key);
      if (row !== undefined) found.set(key, row);
      this.remember(key, row);
    }
    return found;
  }

  /** A change of this build that has been committed. */
  wrote({ next, writes, parks, expectedParked = 0 }: BuildChange): void {
    for (const { table, key, row } of writes) if (table === this.table) this.remember(key, row);
    this.checkpoint = next;
    if (parks.length > 0 || expectedParked > 0) this.forget();
  }

  /** Another process may have written. */
  forget(): void {
    this.rows.clear();
  }

  private remember(key: string, row: Row | undefined): void {
    this.rows.delete(key);
    this.rows.set(key, row);
    if (this.rows.size <= this.most) return;
    for (const oldest of this.rows.keys()) {
      this.rows.delete(oldest);
      return;
    }
  }
}
