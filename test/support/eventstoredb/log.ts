import { appendDecision, type AppendDecision, type ExpectedRevision } from './append-decision';
import { eventMessage } from './messages';

/** An event as it is proposed. */
export type Proposed = {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
};

/** An event where it stands. `position` is commit and prepare position in one, as every server since 22.10 writes them. */
export type Placed = Proposed & {
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  /** milliseconds since 1970 */
  readonly created: number;
};

/** With what its readers are sent. */
export type Stored = Placed & { readonly message: Buffer };

/** What keeps everything while servers come and go: byte offsets as positions, streams without gaps. */
export class Log {
  readonly events: Stored[] = [];
  private readonly streams = new Map<string, Stored[]>();
  private readonly tombstones = new Set<string>();
  /** what ANY looks at; a restart empties it */
  private readonly recent = new Map<string, Stored>();
  private readonly listeners = new Set<() => void>();
  private nextPosition = 0n;

  stream(name: string): readonly Stored[] {
    return this.streams.get(name) ?? [];
  }

  /** Index in the log of the first event at the position or behind it. */
  indexFrom(position: bigint): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.events[middle]?.position ?? 0n) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  isTombstoned(name: string): boolean {
    return this.tombstones.has(name);
  }

  /** Deletes a stream for ever. */
  tombstone(name: string): void {
    this.tombstones.add(name);
    this.tell();
  }

  append(stream: string, expected: ExpectedRevision, proposed: readonly Proposed[]): AppendDecision {
    const decision = appendDecision(
      { events: this.stream(stream), tombstoned: this.isTombstoned(stream), recent: this.recent },
      expected,
      proposed,
    );
    if (decision.kind !== 'write') return decision;
    const last = proposed.map((event) => this.write(stream, event)).at(-1);
    this.tell();
    return { kind: 'success', ...(last && { last }) };
  }

  forgetRecent(): void {
    this.recent.clear();
  }

  /** Calls after every change, until it is told to stop. */
  onChange(tell: () => void): () => void {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  }

  private write(stream: string, event: Proposed): Stored {
    const standing = this.streams.get(stream) ?? [];
    const placed = { ...event, stream, revision: standing.length, position: this.nextPosition, created: Date.now() };
    const stored = { ...placed, message: eventMessage(placed) };
    this.nextPosition += BigInt(event.data.length + event.metadata.length + 128);
    standing.push(stored);
    this.streams.set(stream, standing);
    this.events.push(stored);
    this.recent.set(event.id, stored);
    return stored;
  }

  private tell(): void {
    for (const tell of [...this.listeners]) tell();
  }
}
