import { performance } from 'node:perf_hooks';
import { ErrorType, isCommandError } from '@eventstore/db-client';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { again } from '@tichet-albastru/kernel/pause';
import { EventLogCorrupt, EventStoreUnavailable, type Position, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { positionOf } from '@tichet-albastru/event-log/stores/append-rules';
import type { Connection } from './connection';
import { deniedTo, isWorthAnother, mayBePoisoned, meaningOf, outageOf, Silence } from './outage';
import { type Page, pageSize } from './read-ahead';
import { type LogFilter, type LogReading, logRequest, streamRequest } from './read-requests';
import { aboutStream, type StreamNames } from './stream-names';
import type { Answer, StoredEvent } from './read-answer';
import { contentOf, isNotice, recordedIn, type StreamNotice, tombstoneType } from './stored-event';

/** How much of a time limit is left, in whole milliseconds, at least one: a monotonic clock, which nobody sets. */
export const timeLeft = (milliseconds: number): (() => number) => {
  const end = performance.now() + milliseconds;
  return () => Math.max(1, Math.ceil(end - performance.now()));
};

/** Between the first attempt and the second, in milliseconds: long enough for a connection. */
const breath = 20;

type Asking = {
  readonly request: ReadReq;
  readonly milliseconds: number;
  /**
   * `patient`: the answer may take longer, as long as the server answers something else meanwhile.
   * `probe`: this is that; who asks sees to what is to be done when nothing comes
   */
  readonly manner?: 'patient' | 'probe';
};

/** So often the server is asked meanwhile before a longer answer is given up. */
const mostPatience = 100;

/** One of ours that is never written: what it is denied, all are denied. */
export const probeStream = 'ops-takes-appends';

/** What is given of a stream that is not there: no other reading gives this very list. */
const notThere: readonly StoredEvent[] = [];

/**
 * Everything that one bounded reading gives; asked for once more when the connection turned out to be lost.
 * @throws Silence, and what the client throws
 */
const takeWhole = async (connection: Connection, asking: Asking): Promise<readonly StoredEvent[]> => {
  const { milliseconds } = asking;
  const left = timeLeft(milliseconds);
  return again(() => takeOnce(connection, { ...asking, milliseconds: asking.manner ? milliseconds : left() }), [breath], isWorthAnother);
};

/**
 * Everything that one bounded reading gives. Taken whole, so that no call stays open behind a reader who stops, and with a time limit,
 * which the stubs have none of that nobody can set by setting a clock.
 */
const takeOnce = (connection: Connection, { request, milliseconds, manner }: Asking): Promise<readonly StoredEvent[]> =>
  new Promise((resolve, reject) => {
    const client = connection.current();
    const events: StoredEvent[] = [];
    let cancel = (): void => undefined;
    let over = false;
    let found = true;
    let patience = manner === 'patient' ? mostPatience : 0;
    const stop = (): void => {
      over = true;
      clearTimeout(timer);
      forget();
    };
    const fail = (error: Error): void => {
      if (over) return;
      stop();
      cancel();
      if (manner !== 'probe' && mayBePoisoned(error)) connection.giveUp(client);
      reject(error);
    };
    // half for the answer, half for the probe: who does not answer at all is found out in time
    const step = manner === 'patient' ? Math.ceil(milliseconds / 2) : milliseconds;
    const look = (): void => {
      if ((patience -= 1) < 0) fail(new Silence(`No answer within ${milliseconds} ms.`));
      else
        takeOnce(connection, { request: logRequest({ most: 1 }), milliseconds: step, manner: 'probe' }).then(() => {
          if (!over) timer = setTimeout(look, step);
        }, fail);
    };
    let timer = setTimeout(look, step);
    const forget = connection.whenGivenUp(fail);
    const begin = async (): Promise<void> => {
      const stubs = await client.streams();
      if (over) return;
      const call = client.read(stubs, request, connection.asUser);
      // in the middle of what the call says it cannot be cancelled
      cancel = () => {
        setImmediate(() => {
          call.cancel();
        });
      };
      call.on('data', ({ event, isNotFound }: Answer) => {
        if (event) events.push(event);
        found &&= !isNotFound;
      });
      let failed = false;
      call.on('error', (error: Error) => {
        failed = true;
        if (!over) void client.failureOf(stubs, error).then(fail);
      });
      call.on('end', () => {
        // a call that failed ends, too, a moment later
        if (over || failed) return;
        stop();
        resolve(found ? events : notThere);
      });
    };
    begin().catch(fail);
  });

/** What a server answers that does not know what it is asked: INVALID_ARGUMENT, UNIMPLEMENTED. */
const notUnderstood: ReadonlySet<unknown> = new Set([3, 12]);
const isNotUnderstood = (error: unknown): boolean =>
  error instanceof Error && isCommandError(error) && error.type === ErrorType.UNKNOWN && notUnderstood.has(error.code);

/** So many of others' events are looked at for the sake of our newest ones. */
const mostOfOthers = 10_000;

/** What the log shows of one stream, and how far it was looked through for that. */
export type ShownByWholeLog = { readonly events: readonly Recorded[]; readonly to: Position };

export type ReaderParts = {
  readonly connection: Connection;
  readonly names: StreamNames;
  /** for one call, in milliseconds */
  readonly limit: number;
  /** hears of what was done to streams of ours on the server, in the order of the log as far as it is read */
  readonly notice?: (notice: StreamNotice) => void;
  /** hears once that the server filters no readings, so that others' events are sent, too */
  readonly filterRefused?: () => void;
};

/** Bounded readings, each a call of its own with a time limit. Whatever fails is told as the port says it. */
export class Reader {
  /** the newest event of ours that anybody here has seen: looking for the newest need not go behind it */
  private newestSeen: Position = '';
  /** up to here nothing of ours is newer than that: others' events need not be looked at twice */
  private searchedTo: Position = '';
  private filters = true;

  constructor(private readonly parts: ReaderParts) {}

  /** What a reading of the log is filtered by, unless the server refuses that. */
  get filter(): LogFilter | undefined {
    return this.filters ? this.parts.names.filter : undefined;
  }

  /** At most `most` events from the revision on. @throws EventLogCorrupt when one is missing */
  async ofStream(stream: string, from: number, most = pageSize, milliseconds = this.parts.limit): Promise<readonly Recorded[]> {
    const stored = await this.take(stream, from, most, milliseconds);
    // what there is of it stands behind, or stood there: taking back a deletion cuts the stream at its end at first
    if (from === 0 && stored.length === 0 && stored !== notThere)
      throw new EventLogCorrupt(`Nothing of ${stream} can be read.`, { stream, revision: 0, how: 'cut' });
    const events = stored.map((event) => recordedIn(this.parts.names, stream, event));
    events.forEach(({ revision }, index) => {
      if (revision === from + index) return;
      throw new EventLogCorrupt(`Revision ${from + index} of ${stream} is missing.`, { stream, revision: from + index, how: 'cut' });
    });
    return events;
  }

  /** The revision of the stream's last event; -1 when there is none. */
  async lastRevision(stream: string, milliseconds = this.parts.limit): Promise<number> {
    const [last] = await this.take(stream, 'end', 1, milliseconds);
    return last ? last.revision : -1;
  }

  async after(position: Position, most = pageSize): Promise<Page<Position>> {
    const inclusive = position === '' ? 0 : 1;
    const page = await this.page({ from: position, most: most + inclusive, filter: this.parts.names.filter });
    const events: Recorded[] = [];
    for (const event of page) {
      const content = event.position > position ? contentOf(this.parts.names, event) : undefined;
      if (content) this.hear(content, events);
    }
    this.sawOne(events.at(-1)?.position);
    return { events, next: placeIn(page.at(-1)) ?? position, full: page.length === most + inclusive };
  }

  /** The event of ours at exactly this position. */
  async at(position: Position): Promise<Recorded | undefined> {
    try {
      const [event] = await this.page({ from: position, most: 1 });
      const content = event?.position === position ? contentOf(this.parts.names, event) : undefined;
      return content && !isNotice(content) ? content : undefined;
    } catch (error) {
      // where nothing begins, a server says so with an error of its own that has no name
      if (error instanceof EventStoreUnavailable && error.code === ErrorType.UNKNOWN) return undefined;
      throw error;
    }
  }

  /** The position of the newest event of ours; of a log that has become shorter, the newest that there is now. */
  async newest(milliseconds = this.parts.limit): Promise<Position> {
    const end = await this.endOfLog(milliseconds);
    const top = end < 0n ? '' : positionOf(end);
    if (top < this.newestSeen) this.forget();
    const from = this.searchedTo > this.newestSeen ? this.searchedTo : this.newestSeen;
    if (top === '' || top === from) return this.newestSeen;
    if (from === '') await this.seeNewest(milliseconds);
    else await this.seeNewer(from, milliseconds);
    this.searchedTo = top;
    return this.newestSeen;
  }

  private async seeNewest(milliseconds: number): Promise<void> {
    for await (const page of this.backwards(1, milliseconds)) {
      const ours = page.find((event) => this.isOurs(event));
      this.sawOne(placeIn(ours));
      if (ours) return;
    }
  }

  private async seeNewer(from: Position, milliseconds: number): Promise<void> {
    try {
      for await (const page of this.forwards(from, this.parts.names.filter, milliseconds))
        this.sawOne(placeIn(page.findLast((event) => this.isOurs(event))));
    } catch (error) {
      // what stood there, of others, may be gone
      if (!(error instanceof EventStoreUnavailable) || error.code !== ErrorType.UNKNOWN) throw error;
      await this.seeNewest(milliseconds);
    }
  }

  private isOurs(event: StoredEvent): boolean {
    const content = contentOf(this.parts.names, event);
    // nobody comes by what somebody else has written to a stream of ours, and so nobody waits for it
    return content !== undefined && !isNotice(content);
  }

  /** At most `most` newest events of ours, in global order; fewer, too, where more of others' than `mostOfOthers` are sent among them. */
  async newestEvents(most: number): Promise<readonly Recorded[]> {
    const newestFirst: Recorded[] = [];
    let looked = 0;
    for await (const page of this.backwards(Math.min(most, pageSize), this.parts.limit)) {
      for (const event of page) {
        const content = contentOf(this.parts.names, event);
        if (content && !isNotice(content)) newestFirst.push(content);
      }
      looked += page.length;
      if (newestFirst.length >= most || looked >= most + mostOfOthers) break;
    }
    return newestFirst.slice(0, most).reverse();
  }

  /** What was done to streams of ours since there is a log, each kind in the order of the log. */
  async *notices(): AsyncGenerator<StreamNotice> {
    const { names, limit } = this.parts;
    for (const filter of [names.aboutOurs, { on: 'type', prefixes: [tombstoneType] } as const]) {
      for await (const page of this.forwards('', filter, limit)) {
        for (const event of page) {
          const content = contentOf(names, event);
          if (content && isNotice(content)) yield content;
        }
      }
    }
  }

  /** What the log shows of this stream, whatever was done to it. @param before what it showed, and is gone on from */
  async readFromWholeLog(stream: string, before: ShownByWholeLog = { events: [], to: '' }): Promise<ShownByWholeLog> {
    const { names, limit } = this.parts;
    const end = await this.endOfLog();
    const to = end < 0n ? '' : positionOf(end);
    if (to === before.to) return before;
    // the log has become shorter
    if (to < before.to) return this.readFromWholeLog(stream);
    const events = [...before.events];
    try {
      for await (const page of this.forwards(before.to, { on: 'stream', prefixes: [names.onServer(stream)] }, limit)) {
        for (const event of page) {
          const content = event.position > before.to && event.position <= to ? contentOf(names, event) : undefined;
          if (content && !isNotice(content) && content.stream === stream) events.push(content);
        }
      }
    } catch (error) {
      // what stood there, of others, may be gone
      if (before.to === '' || !(error instanceof EventStoreUnavailable) || error.code !== ErrorType.UNKNOWN) throw error;
      return this.readFromWholeLog(stream);
    }
    return { events, to };
  }

  /** The log from its end on, newest first. @param milliseconds for each page */
  private async *backwards(first: number, milliseconds: number): AsyncGenerator<readonly StoredEvent[]> {
    let from: Position | undefined;
    for (let most = first; ; most = pageSize) {
      const page: readonly StoredEvent[] = await this.page({ from, backwards: true, most, filter: this.parts.names.filter }, milliseconds);
      yield page;
      const last = placeIn(page.at(-1));
      if (last === undefined || page.length < most) return;
      from = last;
    }
  }

  /** The log from there on, what stands there included; it comes again at the beginning of each page. */
  private async *forwards(start: Position, filter: LogFilter, milliseconds: number): AsyncGenerator<readonly StoredEvent[]> {
    let from = start;
    for (;;) {
      const page = await this.page({ from, most: pageSize, filter }, milliseconds);
      yield page;
      const last = placeIn(page.at(-1));
      if (last === undefined || page.length < pageSize) return;
      from = last;
    }
  }

  /** The newest position of the log, whoever wrote it. */
  async endOfLog(milliseconds = this.parts.limit): Promise<bigint> {
    const [last] = await this.page({ most: 1 }, milliseconds);
    return last ? BigInt(last.position) : -1n;
  }

  /** Whether the whole log may be read, and a stream of which nobody knows anything. */
  async mayRead(milliseconds = this.parts.limit): Promise<void> {
    const { connection, names } = this.parts;
    await this.endOfLog(milliseconds);
    try {
      await takeWhole(connection, { request: streamRequest(names.onServer(probeStream), 'end', 1), milliseconds });
    } catch (error) {
      throw this.meaningOf(error);
    }
  }

  /** Somebody here has seen an event of ours there. */
  sawOne(position: Position | undefined): Position {
    if (position !== undefined && position > this.newestSeen) this.newestSeen = position;
    return this.newestSeen;
  }

  /** What came out of the log: one of ours, or something that was done to a stream of ours. */
  hear(content: Recorded | StreamNotice, events: { push(event: Recorded): unknown }): void {
    if (isNotice(content)) this.parts.notice?.(content);
    else events.push(content);
  }

  /** Whether that is what this failure means; then nothing is filtered any more. */
  refusesFilter(error: unknown): boolean {
    if (!this.filters || !isNotUnderstood(error)) return false;
    this.filters = false;
    this.parts.filterRefused?.();
    return true;
  }

  private async take(stream: string, from: number | 'end', most: number, milliseconds: number): Promise<readonly StoredEvent[]> {
    const { connection, names } = this.parts;
    try {
      const request = streamRequest(names.onServer(stream), from, most);
      const events = await takeWhole(connection, { request, milliseconds }).catch((error: unknown) =>
        this.unlessOfOneStream(error, stream, milliseconds),
      );
      this.sawOne(placeIn(events.findLast((event) => this.isOurs(event))));
      if (events === notThere && (await this.isDeleted(stream, milliseconds)))
        throw new EventLogCorrupt(`The stream ${stream} was deleted on the server.`, { stream, revision: 0, how: 'deleted' });
      return events;
    } catch (error) {
      throw this.meaningOf(error, stream);
    }
  }

  /** Who may read the whole log lacks the right to this stream only; otherwise that is what is told. */
  private async unlessOfOneStream(error: unknown, stream: string, milliseconds: number): Promise<never> {
    if (outageOf(error) !== ErrorType.ACCESS_DENIED) throw error;
    await this.mayRead(milliseconds);
    throw deniedTo(stream);
  }

  /** A stream that was deleted and one that never was are told alike: only what the server knows about it tells which. */
  private async isDeleted(stream: string, milliseconds: number): Promise<boolean> {
    const newest = await this.newestMetadata(stream, milliseconds);
    const told = newest && contentOf(this.parts.names, newest);
    return told !== undefined && isNotice(told) && told.kind === 'metadata' && (told.cut.truncateBefore ?? 0) > Number.MAX_SAFE_INTEGER;
  }

  private async newestMetadata(stream: string, milliseconds: number): Promise<StoredEvent | undefined> {
    const { connection, names } = this.parts;
    const request = streamRequest(`${aboutStream}${names.onServer(stream)}`, 'end', 1);
    const [newest] = await takeWhole(connection, { request, milliseconds });
    return newest;
  }

  /** Where the log says what the server was told of this stream last; undefined where that may not be read. */
  async toldOf(stream: string, milliseconds = this.parts.limit): Promise<Position | undefined> {
    try {
      return placeIn(await this.newestMetadata(stream, milliseconds));
    } catch (error) {
      if (outageOf(error) === ErrorType.ACCESS_DENIED) return undefined;
      throw this.meaningOf(error);
    }
  }

  /** A server that skips very many events of others' says nothing until it has found one of ours. */
  private async page(reading: LogReading, milliseconds = this.parts.limit): Promise<readonly StoredEvent[]> {
    const { filter, ...whole } = reading;
    const chosen: LogReading = filter && this.filters ? reading : whole;
    try {
      return await takeWhole(this.parts.connection, {
        request: logRequest(chosen),
        milliseconds,
        ...(chosen.filter && { manner: 'patient' }),
      });
    } catch (error) {
      if (chosen.filter && this.refusesFilter(error)) return await this.page(reading, milliseconds);
      throw this.meaningOf(error);
    }
  }

  /** After an outage the server may stand on an older copy of its log: what was seen before is no bound any more. */
  forget(): void {
    this.newestSeen = '';
    this.searchedTo = '';
  }

  private meaningOf(error: unknown, stream?: string): Error {
    this.forget();
    return meaningOf(error, stream);
  }
}

const placeIn = (event: StoredEvent | undefined): Position | undefined => event?.position;
