import { randomUUID } from 'node:crypto';
import { appendDecision, type AppendDecision, type ExpectedRevision } from './append-decision';
import { eventMessage } from './messages';
import { type Metadata, metadataIn, metaStreamOf, originalOf, softDeletion, standingAfter } from './stream-metadata';

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

/** Encoded when somebody reads it, once. */
class Kept implements Stored {
  private encoded: Buffer | undefined;

  constructor(
    readonly id: string,
    readonly type: string,
    readonly contentType: string,
    readonly data: Uint8Array,
    readonly metadata: Uint8Array,
    readonly stream: string,
    readonly revision: number,
    readonly position: bigint,
    readonly created: number,
  ) {}

  get message(): Buffer {
    return (this.encoded ??= eventMessage(this));
  }

  set message(encoded: Buffer) {
    this.encoded = encoded;
  }
}

/** What a reader of a stream finds. */
export type Found =
  { readonly kind: 'deleted' } | { readonly kind: 'missing' } | { readonly kind: 'events'; readonly events: readonly Stored[] };

/** A log as it stood once. */
export type LogCopy = { readonly events: readonly Stored[]; readonly end: bigint };

export const emptyLog: LogCopy = { events: [], end: 0n };

/** The revision of the event that ends a stream for ever; the server writes 9223372036854775807. */
export const revisionOfDeletion = Infinity;

/** About what fits into the server's 8 MiB. */
const mostRecent = 100_000;

const nobody = new Uint8Array();
const asJson = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const event = (type: string, contentType: string, data: Uint8Array): Proposed => ({
  id: randomUUID(),
  type,
  contentType,
  data,
  metadata: nobody,
});
const metadataEvent = (metadata: Metadata | string): Proposed =>
  event('$metadata', 'application/json', typeof metadata === 'string' ? Buffer.from(metadata) : asJson(metadata));

/** What keeps everything while servers come and go: byte offsets as positions, streams without gaps until somebody scavenges. */
export class Log {
  private standing: Stored[] = [];
  private readonly streams = new Map<string, Stored[]>();
  private readonly tombstones = new Set<string>();
  /** what ANY looks at; a restart empties it */
  private readonly recent = new Map<string, Stored>();
  private readonly listeners = new Set<() => void>();
  private nextPosition = 0n;
  /** where records stand, or stood before a scavenge, that nobody is shown */
  private readonly unseen = new Set<bigint>();
  private turns = 0;

  /** Every event, in the order of the log, whatever metadata say. */
  get events(): readonly Stored[] {
    return this.standing;
  }

  /** Another number when what stood has gone: whoever remembers an index looks for it again. */
  get turn(): number {
    return this.turns;
  }

  /** What stands of a stream, whatever its metadata say. */
  stream(name: string): readonly Stored[] {
    return this.streams.get(name) ?? [];
  }

  /** What readers of the stream are shown. */
  find(name: string): Found {
    if (this.isTombstoned(name)) return { kind: 'deleted' };
    const metadata = this.metadataOf(name);
    const events = this.stream(name);
    if (events.length === 0 || softDeletion(metadata)) return { kind: 'missing' };
    return { kind: 'events', events: standingAfter(events, metadata) };
  }

  metadataOf(name: string): Metadata {
    const original = originalOf(name);
    // of metadata the newest counts
    if (original !== undefined) return { $maxCount: 1 };
    return metadataIn(this.stream(metaStreamOf(name)).at(-1)?.data);
  }

  /** Index in the log of the first event at the position or behind it. */
  indexFrom(position: bigint): number {
    let [low, high] = [0, this.standing.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.standing[middle]?.position ?? 0n) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether a record begins there, or the log ends there. Beyond the end nobody looks. */
  isPlace(position: bigint): boolean {
    if (position === 0n || position >= this.nextPosition || this.unseen.has(position)) return true;
    return this.standing[this.indexFrom(position)]?.position === position;
  }

  isTombstoned(name: string): boolean {
    return this.tombstones.has(originalOf(name) ?? name);
  }

  append(stream: string, expected: ExpectedRevision, proposed: readonly Proposed[]): AppendDecision {
    const decision = this.decide(stream, expected, proposed);
    if (decision.kind !== 'write') return decision;
    const original = originalOf(stream);
    const takenBack = original !== undefined && softDeletion(this.metadataOf(original));
    const first = this.lastRevision(stream) + 1;
    if (proposed.length === 0) return { kind: 'success', position: this.writeNothing() };
    const last = proposed.map((one) => this.write(stream, one)).at(-1);
    if (decision.revives) this.cutBefore(stream, first);
    // whoever writes the metadata of a deleted stream anew has it cut at its end, once
    if (takenBack) this.cutBefore(original, this.lastRevision(original) + 1);
    this.tell();
    return { kind: 'success', ...(last && { last }) };
  }

  /** Deletes a stream until somebody takes that back. @returns the event that says so */
  softDelete(stream: string, expected: ExpectedRevision = 'any'): AppendDecision {
    const decision = this.decide(stream, expected, [metadataEvent({})]);
    if (decision.kind !== 'write') return decision;
    const meta = metaStreamOf(stream);
    if (this.stream(stream).length === 0 && this.stream(meta).length === 0) return { kind: 'wrong-expected-version', current: -1 };
    // the largest revision, which JavaScript cannot write
    const last = this.write(meta, metadataEvent('{"$tb":9223372036854775807}'));
    this.tell();
    return { kind: 'success', last };
  }

  /** Deletes a stream for ever. @returns the event that says so, which stands in the stream itself */
  tombstone(stream: string, expected: ExpectedRevision = 'any'): AppendDecision {
    const decision = this.decide(stream, expected, [metadataEvent({})]);
    if (decision.kind !== 'write') return decision;
    const last = this.write(stream, event('$streamDeleted', 'application/octet-stream', nobody), revisionOfDeletion);
    this.tell();
    return { kind: 'success', last };
  }

  /** As somebody with the server's own tools does. */
  setMetadata(stream: string, metadata: Metadata): void {
    this.append(metaStreamOf(stream), 'any', [metadataEvent(metadata)]);
  }

  /** Takes back what metadata hide: written twice, because the server cuts a stream that was deleted at its end the first time. */
  takeBack(stream: string): void {
    this.setMetadata(stream, {});
    this.setMetadata(stream, {});
  }

  /** Takes away for ever what metadata hide, and what stood in streams that were deleted; the last event of each other stream stays. */
  scavenge(): void {
    const kept = new Set<Stored>();
    for (const [name, events] of this.streams) {
      if (this.isTombstoned(name)) continue;
      for (const one of standingAfter(events, this.metadataOf(name))) kept.add(one);
      const last = events.at(-1);
      if (last) kept.add(last);
    }
    const stays = (one: Stored): boolean => one.revision === revisionOfDeletion || kept.has(one);
    for (const one of this.standing) if (!stays(one)) this.unseen.add(one.position);
    this.become(this.standing.filter(stays));
  }

  copy(): LogCopy {
    return { events: [...this.standing], end: this.nextPosition };
  }

  /** The log is what it was when the copy was made. */
  putBack({ events, end }: LogCopy): void {
    this.nextPosition = end;
    this.unseen.clear();
    this.recent.clear();
    this.become([...events]);
  }

  /** Many events at once, as if somebody had long written them: in turn to these streams, and told to subscribers at the end. */
  pour(streams: readonly string[], count: number, one: Omit<Proposed, 'id'>): void {
    for (let index = 0; index < count; index += 1) this.write(streams[index % streams.length] ?? '', { ...one, id: randomUUID() });
    this.tell();
  }

  /** The position behind the last record. */
  get end(): bigint {
    return this.nextPosition;
  }

  /** What another log has beyond the end of this one. */
  takeFrom(other: Log): void {
    const first = other.indexFrom(this.nextPosition);
    for (let at = first; at < other.standing.length; at += 1) {
      const event = other.standing[at];
      if (!event) continue;
      this.standing.push(event);
      this.place(event);
    }
    this.nextPosition = other.nextPosition;
    this.tell();
  }

  forgetRecent(): void {
    this.recent.clear();
  }

  /** Calls after every change, until it is told to stop. */
  onChange(tell: () => void): () => void {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  }

  private decide(stream: string, expected: ExpectedRevision, proposed: readonly Proposed[]): AppendDecision {
    const events = this.stream(stream);
    return appendDecision(
      {
        stream,
        last: this.lastRevision(stream),
        at: (revision) => events[revision - (events[0]?.revision ?? 0)],
        tombstoned: this.isTombstoned(stream),
        softDeleted: softDeletion(this.metadataOf(stream)),
        hasMetadata: this.stream(metaStreamOf(stream)).length > 0,
        recent: this.recent,
      },
      expected,
      proposed,
    );
  }

  private lastRevision(stream: string): number {
    return this.stream(stream).at(-1)?.revision ?? -1;
  }

  private cutBefore(stream: string, revision: number): void {
    this.write(metaStreamOf(stream), metadataEvent({ ...this.metadataOf(stream), $tb: revision }));
  }

  private write(stream: string, proposed: Proposed, revision = this.lastRevision(stream) + 1): Stored {
    const { id, type, contentType, data, metadata } = proposed;
    const stored = new Kept(id, type, contentType, data, metadata, stream, revision, this.nextPosition, Date.now());
    this.nextPosition += BigInt(proposed.data.length + proposed.metadata.length + 128);
    this.standing.push(stored);
    this.place(stored);
    if (this.recent.size >= mostRecent) this.recent.clear();
    this.recent.set(id, stored);
    return stored;
  }

  /** An append of nothing is a record that nobody is shown. */
  private writeNothing(): bigint {
    const position = this.nextPosition;
    this.unseen.add(position);
    this.nextPosition += 128n;
    return position;
  }

  private place(stored: Stored): void {
    if (stored.revision === revisionOfDeletion) {
      this.tombstones.add(stored.stream);
      return;
    }
    const events = this.streams.get(stored.stream);
    if (events) events.push(stored);
    else this.streams.set(stored.stream, [stored]);
  }

  private become(events: Stored[]): void {
    this.turns += 1;
    this.standing = events;
    this.streams.clear();
    this.tombstones.clear();
    for (const one of events) this.place(one);
    this.tell();
  }

  private tell(): void {
    for (const tell of [...this.listeners]) tell();
  }
}
