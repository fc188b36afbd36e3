import { again } from '../../../../application/kernel/pause';
import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  END,
  ErrorType,
  type ReadPosition,
  type ResolvedEvent,
  START,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import { EventLogCorrupt, type Position, type Recorded } from '../../../../application/kernel/ports/event-store';
import { positionOf } from '../append-rules';
import type { Connection } from './connection';
import { codeOf, meaningOf, isWorthAnother, mayBePoisoned, Silence } from './outage';
import { type Page, pageSize } from './read-ahead';
import { recordedOf } from './stored-event';
import type { StreamNames } from './stream-names';
import { performance } from 'node:perf_hooks';

/** How much of a time limit is left, in whole milliseconds, at least one: a monotonic clock, which nobody sets. */
export const timeLeft = (milliseconds: number): (() => number) => {
  const end = performance.now() + milliseconds;
  return () => Math.max(1, Math.ceil(end - performance.now()));
};

/** A bounded reading of the client's. */
type Reading<E> = {
  on(event: 'data', listener: (event: E) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  cancel(): Promise<void>;
};

/** Between the first attempt and the second, in milliseconds: long enough for a connection. */
const breath = 20;

/**
 * Everything that one bounded reading gives; asked for once more when the connection turned out to be lost.
 * @throws Silence, and what the client throws
 */
const takeWhole = async <E>(
  connection: Connection,
  begin: (client: EventStoreDBClient) => Reading<E>,
  milliseconds: number,
): Promise<readonly E[]> => {
  const left = timeLeft(milliseconds);
  return again(() => takeOnce(connection, begin, left()), [breath], isWorthAnother);
};

/**
 * Everything that one bounded reading gives. Taken whole, so that no call stays open behind a reader who stops, and with a time limit,
 * which the client has none of.
 */
const takeOnce = <E>(
  connection: Connection,
  begin: (client: EventStoreDBClient) => Reading<E>,
  milliseconds: number,
): Promise<readonly E[]> =>
  new Promise((resolve, reject) => {
    const client = connection.current();
    const reading = begin(client);
    const events: E[] = [];
    const stop = (): void => {
      clearTimeout(timer);
      forget();
    };
    const fail = (error: Error): void => {
      stop();
      reading.cancel().catch(() => undefined);
      if (mayBePoisoned(error)) connection.giveUp(client);
      reject(error);
    };
    const timer = setTimeout(() => {
      fail(new Silence(`No answer within ${milliseconds} ms.`));
    }, milliseconds);
    const forget = connection.whenGivenUp(fail);
    reading.on('data', (event) => {
      events.push(event);
    });
    reading.on('error', fail);
    reading.on('end', () => {
      stop();
      resolve(events);
    });
  });

/** So many of others' events are looked at for the sake of our newest ones. */
const mostOfOthers = 10_000;

export const placeOf = (position: Position): ReadPosition =>
  position === '' ? START : { commit: BigInt(position), prepare: BigInt(position) };

/** Bounded readings, each a call of its own with a time limit. Whatever fails is told as the port says it. */
export class Reader {
  /** the newest event of ours that anybody here has seen: looking for the newest need not go behind it */
  private newestSeen: Position = '';
  /** up to here nothing of ours is newer than that: others' events need not be looked at twice */
  private searchedTo: Position = '';

  constructor(
    private readonly connection: Connection,
    private readonly names: StreamNames,
    /** for one call, in milliseconds */
    private readonly limit: number,
  ) {}

  /** At most `most` events from the revision on. @throws EventLogCorrupt when one is missing */
  async ofStream(stream: string, from: number, most = pageSize, milliseconds = this.limit): Promise<readonly Recorded[]> {
    const events = await this.take(
      (client) => client.readStream(this.names.onServer(stream), { ...this.connection.asUser, fromRevision: BigInt(from), maxCount: most }),
      milliseconds,
      stream,
    );
    events.forEach(({ revision }, index) => {
      if (revision !== from + index) throw new EventLogCorrupt(`Revision ${from + index} of ${stream} is missing.`);
    });
    return events;
  }

  /** The revision of the stream's last event; -1 when there is none. */
  async lastRevision(stream: string, milliseconds = this.limit): Promise<number> {
    const [last] = await this.take(
      (client) =>
        client.readStream(this.names.onServer(stream), { ...this.connection.asUser, direction: BACKWARDS, fromRevision: END, maxCount: 1 }),
      milliseconds,
      stream,
    );
    return last?.revision ?? -1;
  }

  /** The client cannot filter a reading of the log: others' events are left out here. */
  async after(position: Position, most = pageSize): Promise<Page<Position>> {
    const inclusive = position === '' ? 0 : 1;
    const page = await this.takeAll((client) =>
      client.readAll({ ...this.connection.asUser, fromPosition: placeOf(position), maxCount: most + inclusive }),
    );
    const last = placeIn(page.at(-1));
    const events = this.oursIn(page).filter((event) => event.position > position);
    this.sawOne(events.at(-1)?.position);
    return { events, next: last ?? position, full: page.length === most + inclusive };
  }

  /** The position of the newest event of ours. @param milliseconds for each of as many calls as others' events make necessary */
  async newest(milliseconds = this.limit): Promise<Position> {
    let top: Position | undefined;
    for await (const page of this.backwards(1, milliseconds)) {
      top ??= placeIn(page[0]);
      // where it stands is known also of an event that cannot be read
      const ours = placeIn(page.find(({ event }) => event && this.names.ours(event.streamId) !== undefined));
      this.sawOne(ours);
      const last = placeIn(page.at(-1));
      if (ours !== undefined || last === undefined || last <= this.newestSeen || last <= this.searchedTo) break;
    }
    if (top !== undefined && top > this.searchedTo) this.searchedTo = top;
    return this.newestSeen;
  }

  /** At most `most` newest events of ours, in global order; fewer, too, where more of others' than `mostOfOthers` stand among them. */
  async newestEvents(most: number): Promise<readonly Recorded[]> {
    const newestFirst: Recorded[] = [];
    let looked = 0;
    for await (const page of this.backwards(Math.min(most, pageSize), this.limit)) {
      newestFirst.push(...this.oursIn(page));
      looked += page.length;
      if (newestFirst.length >= most || looked >= most + mostOfOthers) break;
    }
    return newestFirst.slice(0, most).reverse();
  }

  /** The log from its end on, newest first. @param milliseconds for each page */
  private async *backwards(first: number, milliseconds: number): AsyncGenerator<readonly AllStreamResolvedEvent[]> {
    let from: ReadPosition = END;
    for (let size = first; ; size = pageSize) {
      const fromPosition = from;
      const page = await this.takeAll(
        (client) => client.readAll({ ...this.connection.asUser, direction: BACKWARDS, fromPosition, maxCount: size }),
        milliseconds,
      );
      yield page;
      const last = placeIn(page.at(-1));
      if (last === undefined || page.length < size) return;
      from = placeOf(last);
    }
  }

  /** The newest position of the log, whoever wrote it. */
  async endOfLog(milliseconds = this.limit): Promise<bigint> {
    const [last] = await this.takeAll(
      (client) => client.readAll({ ...this.connection.asUser, direction: BACKWARDS, fromPosition: END, maxCount: 1 }),
      milliseconds,
    );
    return last?.event?.position.commit ?? -1n;
  }

  /** Somebody here has seen an event of ours there. */
  sawOne(position: Position | undefined): Position {
    if (position !== undefined && position > this.newestSeen) this.newestSeen = position;
    return this.newestSeen;
  }

  private async take(
    begin: (client: ReturnType<Connection['current']>) => ReturnType<ReturnType<Connection['current']>['readStream']>,
    milliseconds: number,
    stream: string,
  ): Promise<readonly Recorded[]> {
    try {
      const events = this.oursIn(await takeWhole<ResolvedEvent>(this.connection, begin, milliseconds));
      this.sawOne(events[0]?.position);
      this.sawOne(events.at(-1)?.position);
      return events;
    } catch (error) {
      if (codeOf(error) === ErrorType.STREAM_NOT_FOUND) return [];
      throw this.meaningOf(error, stream);
    }
  }

  private async takeAll(
    begin: (client: ReturnType<Connection['current']>) => ReturnType<ReturnType<Connection['current']>['readAll']>,
    milliseconds = this.limit,
  ): Promise<readonly AllStreamResolvedEvent[]> {
    try {
      return await takeWhole<AllStreamResolvedEvent>(this.connection, begin, milliseconds);
    } catch (error) {
      throw this.meaningOf(error);
    }
  }

  /** After an outage the server may stand on an older copy of its log: what was seen before is no bound any more. */
  private meaningOf(error: unknown, stream?: string): Error {
    this.newestSeen = '';
    this.searchedTo = '';
    return meaningOf(error, stream);
  }

  private oursIn(events: readonly (ResolvedEvent | AllStreamResolvedEvent)[]): readonly Recorded[] {
    const ours: Recorded[] = [];
    for (const event of events) {
      const recorded = recordedOf(this.names, event);
      if (recorded) ours.push(recorded);
    }
    return ours;
  }
}

const placeIn = (event: AllStreamResolvedEvent | undefined): Position | undefined => {
  const commit = event?.event?.position.commit;
  return commit === undefined ? undefined : positionOf(commit);
};
