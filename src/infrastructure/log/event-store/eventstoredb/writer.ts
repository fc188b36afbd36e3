import { ErrorType, NO_STREAM, type AppendResult as Written } from '@eventstore/db-client';
import {
  EventStoreUnavailable,
  type AlreadyAppended,
  type AppendResult,
  type Envelope,
  type Expected,
  type NonEmpty,
  type Position,
  type Recorded,
  type Hash,
} from '../../../../application/kernel/ports/event-store';
import { hashEvent } from '../../codec/event-hash';
import { AppendRefused, expectedRevision, positionOf } from '../append-rules';
import type { Connection } from './connection';
import { codeOf, isNotLeader, mayBePoisoned, meaningOf, Silence } from './outage';
import { pageSize } from './read-ahead';
import { type Reader, timeLeft } from './reader';
import { eventDataOf } from './stored-event';
import type { StreamNames } from './stream-names';

/** More are not remembered: all are forgotten, and asked for again. */
const mostStreams = 10_000;

/**
 * The newest events of streams, as this process has read or written them. The server compares revisions and knows of no hashes: whoever
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

/** How long the answer may take beyond the deadline that the call itself has, in milliseconds. */
const grace = 50;

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
 * - **`expected.hash`** is compared with what stands there, as read or written by this process, or else read now.
 * - **`already-appended`** is an event that stood before anything else this process has seen. One that another process wrote a moment
 *   before is told as `appended`: it stands, once, in that place and position, and nobody may tell the two answers apart.
 */
export class Writer {
  /** appends on their way, by the id of their first event: a twin waits, and is told that it stands already */
  private readonly onTheirWay = new Map<string, Promise<unknown>>();
  /** everything up to here was in the log before now; undefined until it was asked for */
  private endSeen: bigint | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly names: StreamNames,
    private readonly reader: Reader,
    private readonly known: KnownHashes,
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
      if (this.endSeen === undefined) this.sawEnd(await this.reader.endOfLog(left()));
      if (!fitsItsPlace(append)) return await this.repeatedOrRefused(append, left);
      if (!(await this.sawWhatStands(append, left))) {
        return { kind: 'conflict', revision: await this.reader.lastRevision(append.stream, left()) };
      }
      return await this.write(append, left);
    } catch (error) {
      if (error instanceof EventStoreUnavailable) this.forget();
      throw error;
    }
  }

  private async write(append: Append, left: () => number): Promise<AppendResult> {
    const { stream, expected, events } = append;
    const before = this.endSeen ?? -1n;
    try {
      const written = await this.send(append, left);
      const last = events.at(-1) ?? events[0];
      const revision = expectedRevision(expected) + events.length;
      this.known.learn(stream, revision, last.hash);
      const position = written.position?.commit;
      // the server has forgotten the position only of what stands already
      if (position === undefined) return await this.standing(append, left);
      this.sawEnd(position);
      this.reader.sawOne(positionOf(position));
      return { kind: position > before ? 'appended' : 'already-appended', revision, position: positionOf(position) };
    } catch (error) {
      if (codeOf(error) === ErrorType.WRONG_EXPECTED_VERSION) return this.repeatedOrConflict(append, left);
      const failure = meaningOf(error, stream);
      if (!(failure instanceof EventStoreUnavailable)) throw failure;
      return this.readBack(append, failure, left);
    }
  }

  /** @throws what the client throws, or Silence */
  private async send(append: Append, left: () => number): Promise<Written> {
    try {
      return await this.sendOnce(append, left);
    } catch (error) {
      // nothing was written, and the client knows the leader now
      if (!isNotLeader(error)) throw error;
      return this.sendOnce(append, left);
    }
  }

  /** Leaves half of the time to find out what became of it. The client's own deadline does not cover every way in which it may hang. */
  private async sendOnce({ stream, expected, events }: Append, left: () => number): Promise<Written> {
    const data = events.map(eventDataOf);
    const client = this.connection.current();
    const deadline = Math.max(1, Math.floor(left() / 2) - grace);
    const expectedOnServer = expected.kind === 'no-stream' ? NO_STREAM : BigInt(expected.revision);
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Silence(`No answer within ${deadline} ms.`));
      }, deadline + grace);
    });
    try {
      const sent = client.appendToStream(this.names.onServer(stream), data, {
        ...this.connection.asUser,
        expectedRevision: expectedOnServer,
        deadline,
      });
      return await Promise.race([sent, silence]);
    } catch (error) {
      if (mayBePoisoned(error)) this.connection.giveUp(client);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Nobody said what became of the append: the log does. What is not there may still come, so that its absence settles nothing. */
  private async readBack(append: Append, failure: EventStoreUnavailable, left: () => number): Promise<AppendResult> {
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
  private forget(): void {
    this.known.forget();
    this.endSeen = undefined;
  }
}

const alreadyAt = ({ revision, position }: { readonly revision: number; readonly position: Position }): AlreadyAppended => ({
  kind: 'already-appended',
  revision,
  position,
});

const fitsItsPlace = ({ stream, expected, events }: Append): boolean => {
  const first = expectedRevision(expected) + 1;
  return events.every(({ id, body, hash }, index) => hashEvent({ stream, revision: first + index, id, body }) === hash);
};
