import { ErrorType } from '@eventstore/db-client';
import {
  EventLogCorrupt,
  EventStoreUnavailable,
  type AlreadyAppended,
  type AppendResult,
  type Envelope,
  type Expected,
  type NonEmpty,
  type Position,
  type Recorded,
  type Hash,
  noHash,
} from '@tichet-albastru/event-log/ports/event-store';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { AppendRefused, expectedRevision, positionOf } from '@tichet-albastru/event-log/stores/append-rules';
import type { LastSeen } from './last-seen';
import type { SendAppend, Stands } from './append-way';
import { codeOf, deniedTo, isNotLeader, meaningOf, outageOf } from './outage';
import { pageSize } from './read-ahead';
import { probeStream, type Reader, timeLeft } from './reader';
import type { StreamNames } from './stream-names';

/** More are not remembered: all are forgotten, and asked for again. */
const mostStreams = 10_000;

/**
 * The newest events of streams, as this process has read them. The server compares revisions and knows of no hashes: whoever
 * says what it saw is held to it here. What stands at a revision never changes; after an outage the server may stand on an older copy.
 */
export class KnownHashes {
  private readonly newest = new Map<string, { readonly revision: number; readonly hash: Hash }>();

  learn(stream: string, revision: number, hash: Hash): void {
    if (revision < (this.newest.get(stream)?.revision ?? -1)) return;
    if (this.newest.size >= mostStreams) this.newest.clear();
    this.newest.set(stream, { revision, hash });
  }

  /** undefined when it is not known */
  at(stream: string, revision: number): Hash | undefined {
    const known = this.newest.get(stream);
    return known?.revision === revision ? known.hash : undefined;
  }

  forget(): void {
    this.newest.clear();
  }
}

type Append = { readonly stream: string; readonly expected: Expected; readonly events: NonEmpty<Envelope> };

const impossible: Append = {
  stream: probeStream,
  expected: { kind: 'at', revision: Number.MAX_SAFE_INTEGER, hash: noHash },
  events: [{ id: '2f1c9f6e-6f0b-5c55-9d5e-0d4f6a1b7c11', type: 'Asked', body: '{}', hash: noHash }],
};

/**
 * Appends, each settled within the time limit: by an answer, or by EventStoreUnavailable when the outcome could not be found out.
 *
 * The server is always told an explicit revision. It then takes an append that it has taken before, in that very place, for a success;
 * and with the revision that is current it writes without looking at ids at all. So what it cannot promise is promised here:
 *
 * - **An id stands once in the whole log.** The server looks for an id neither in other streams nor in earlier revisions, and a look-up
 *   stream would cost one more append, in another stream, for every event. But an envelope's hash is over its stream, revision and id:
 *   it fits one place, and whoever brings it to another is refused. And ids are derived from command, step, stream and index, so
 *   one id means one stream; the caller looks for it in the stream that it loaded. Together: the same envelope never stands twice,
 *   and two envelopes with one id are a bug of whoever makes ids, which other stores would refuse and this one cannot see.
 * - **`expected.hash`** is compared with what stands there, as read by this process, or else read now. What it wrote it has not seen: the
 *   server takes an append for a success whose ids stand there, and a twin in another process may have sealed the same words otherwise.
 * - **`already-appended`** is an event that stood before anything else this process has seen. One that another process wrote a moment
 *   before is told as `appended`: it stands, once, in that place and position, and nobody may tell the two answers apart.
 */
export class Writer {
  /** appends on their way, by the id of their first event: a twin waits, and is told that it stands already */
  private readonly onTheirWay = new Map<string, Promise<unknown>>();
  /** everything up to here was in the log before now; undefined until it was asked for */
  private endSeen: bigint | undefined;
  private asking: Promise<bigint> | undefined;

  constructor(
    private readonly sendAppend: SendAppend,
    private readonly names: StreamNames,
    private readonly reader: Reader,
    private readonly known: KnownHashes,
    private readonly lastSeen: LastSeen,
    /** for one append with everything that it takes to settle it, in milliseconds */
    private readonly limit: number,
  ) {}

  async append(append: Append): Promise<AppendResult> {
    const left = timeLeft(this.limit);
    const { id } = append.events[0];
    const twin = this.onTheirWay.get(id);
    const settled = (twin?.catch(() => undefined) ?? Promise.resolve()).then(() => this.settle(append, left));
    this.onTheirWay.set(id, settled);
    try {
      return await settled;
    } finally {
      if (this.onTheirWay.get(id) === settled) this.onTheirWay.delete(id);
    }
  }

  private async settle(append: Append, left: () => number): Promise<AppendResult> {
    try {
      if (this.endSeen === undefined) await this.askEnd(left());
      if (!fitsItsPlace(append)) return await this.repeatedOrRefused(append, left);
      if (!(await this.sawWhatStands(append, left))) {
        return { kind: 'conflict', revision: await this.reader.lastRevision(append.stream, left()) };
      }
      await this.lastSeen.mustStand();
      const result = await this.write(append, left);
      if (result.kind === 'conflict') return result;
      // nor is it acknowledged where another log has taken the place of this one meanwhile
      await this.lastSeen.mustStand();
      const last = append.events.at(-1) ?? append.events[0];
      if (result.kind === 'appended') this.lastSeen.wrote({ position: result.position, id: last.id });
      return result;
    } catch (error) {
      if (error instanceof EventStoreUnavailable) {
        this.forget();
        this.lastSeen.doubt();
      }
      throw error;
    }
  }

  /** One that no stream can take, as none has that revision: who refuses it for that would take another. Nothing is written. */
  async takesAppends(stream = probeStream): Promise<void> {
    try {
      await this.send({ ...impossible, stream }, timeLeft(this.limit));
    } catch (error) {
      if (codeOf(error) !== ErrorType.WRONG_EXPECTED_VERSION) throw await this.meaningOf(error, stream);
    }
  }

  /** Who is denied one stream and may write to others lacks a right to that one only. */
  private async meaningOf(error: unknown, stream: string): Promise<Error> {
    if (stream === probeStream || outageOf(error) !== ErrorType.ACCESS_DENIED) return meaningOf(error, stream);
    const isOfAll = await this.takesAppends().then(
      () => false,
      () => true,
    );
    return isOfAll ? meaningOf(error, stream) : deniedTo(stream);
  }

  /** Many begin at once when a service has started: one question serves all of them. */
  private async askEnd(milliseconds: number): Promise<void> {
    const asked = (this.asking ??= this.reader.endOfLog(milliseconds));
    try {
      const end = await asked;
      // an outage meanwhile makes it worthless
      if (this.asking === asked) this.sawEnd(end);
    } finally {
      if (this.asking === asked) this.asking = undefined;
    }
  }

  private async write(append: Append, left: () => number): Promise<AppendResult> {
    const { stream, expected, events } = append;
    const before = this.endSeen ?? -1n;
    try {
      const written = await this.send(append, left);
      const revision = expectedRevision(expected) + events.length;
      if (written.revision !== revision) throw misplaced(stream, written.revision - events.length + 1);
      const { position } = written;
      // the server has forgotten the position only of what stands already
      if (position === undefined) return await this.standing(append, left);
      // behind the end that was seen stands only what stood there before, or what was written to a log that has become shorter
      if (position <= before) this.lastSeen.doubt();
      this.sawEnd(position);
      this.reader.sawOne(positionOf(position));
      return { kind: position > before ? 'appended' : 'already-appended', revision, position: positionOf(position) };
    } catch (error) {
      if (codeOf(error) === ErrorType.WRONG_EXPECTED_VERSION) return this.repeatedOrConflict(append, left);
      const failure = await this.meaningOf(error, stream);
      if (!(failure instanceof EventStoreUnavailable)) throw failure;
      return this.readBack(append, failure, left);
    }
  }

  /** @throws what `codeOf` understands */
  private async send(append: Append, left: () => number): Promise<Stands> {
    try {
      return await this.sendOnce(append, left);
    } catch (error) {
      // the client knows the leader now; was it written all the same, it stands there and is told again
      if (!isNotLeader(error)) throw error;
      return this.sendOnce(append, left);
    }
  }

  /** Leaves half of the time to find out what became of it. */
  private sendOnce({ stream, expected, events }: Append, left: () => number): Promise<Stands> {
    return this.sendAppend({ streamOnServer: this.names.onServer(stream), expected, events }, Math.max(1, Math.floor(left() / 2)));
  }

  /** Nobody said what became of the append: the log does. What is not there may still come, so that its absence settles nothing. */
  private async readBack(append: Append, failure: EventStoreUnavailable, left: () => number): Promise<AppendResult> {
    this.lastSeen.doubt();
    const there = await this.repeated(append, expectedRevision(append.expected) + 1, left).catch(() => undefined);
    if (!there) throw failure;
    return { ...there, kind: 'appended' };
  }

  private async repeatedOrConflict(append: Append, left: () => number): Promise<AppendResult> {
    const { stream, expected } = append;
    const last = await this.reader.lastRevision(stream, left());
    const place = expectedRevision(expected) + 1;
    return (await this.repeated(append, place > last ? 0 : place, left)) ?? { kind: 'conflict', revision: last };
  }

  /** @throws AppendRefused for envelopes that were made for another place and do not stand there */
  private async repeatedOrRefused(append: Append, left: () => number): Promise<AppendResult> {
    const there = await this.repeated(append, 0, left);
    if (there) return there;
    throw new AppendRefused(`An event for ${append.stream} was made for another place: its hash is not that of this stream and revision.`);
  }

  private async standing(append: Append, left: () => number): Promise<AppendResult> {
    const there = await this.repeated(append, expectedRevision(append.expected) + 1, left);
    if (!there) throw new EventStoreUnavailable('EventStoreDB took an append that it does not show.', 'not-shown');
    return there;
  }

  /** Where the first event stands from this revision on, and how far the others stand behind it. */
  private async repeated({ stream, events }: Append, from: number, left: () => number): Promise<AlreadyAppended | undefined> {
    let last: Recorded | undefined;
    let matched = 0;
    for (let next = from; ; next += pageSize) {
      const page = await this.reader.ofStream(stream, next, pageSize, left());
      for (const event of page) {
        if (event.id === events[matched]?.id) {
          last = event;
          matched += 1;
        } else if (last) return alreadyAt(last);
      }
      if (page.length < pageSize) return last && alreadyAt(last);
    }
  }

  /** Whether the writer's hash is the one that stands at the revision it saw. */
  private async sawWhatStands({ stream, expected }: Append, left: () => number): Promise<boolean> {
    if (expected.kind === 'no-stream') return true;
    const known = this.known.at(stream, expected.revision);
    if (known !== undefined) return known === expected.hash;
    const [standing] = await this.reader.ofStream(stream, expected.revision, 1, left());
    if (standing) this.known.learn(stream, standing.revision, standing.hash);
    return standing?.hash === expected.hash;
  }

  private sawEnd(position: bigint): void {
    if (position > (this.endSeen ?? -2n)) this.endSeen = position;
  }

  /** After an outage the server may stand on an older copy of its log. */
  forget(): void {
    this.known.forget();
    this.endSeen = undefined;
    this.asking = undefined;
  }
}

/** A stream that was deleted a moment ago goes on behind its last event, whoever says that there is none. */
const misplaced = (stream: string, revision: number): EventLogCorrupt =>
  new EventLogCorrupt(`EventStoreDB wrote to ${stream} at revision ${revision}, which nobody asked for.`, {
    ...{ stream, revision, how: 'foreign-event' },
  });

const alreadyAt = ({ revision, position }: { readonly revision: number; readonly position: Position }): AlreadyAppended => ({
  kind: 'already-appended',
  revision,
  position,
});

const fitsItsPlace = ({ stream, expected, events }: Append): boolean => {
  const first = expectedRevision(expected) + 1;
  return events.every(({ id, body, hash }, index) => hashEvent({ stream, revision: first + index, id, body }) === hash);
};
