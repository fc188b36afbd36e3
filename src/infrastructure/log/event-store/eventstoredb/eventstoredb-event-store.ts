import {
  type AppendResult,
  type CaughtUp,
  type Envelope,
  type EventStore,
  type Expected,
  type NonEmpty,
  type Position,
  type Recorded,
  type StreamDamage,
  EventStoreUnavailable,
  type Looking,
} from '@tichet-albastru/event-log/ports/event-store';
import { inBoth } from '../../../phrasing/sentences';
import { AppendRefused, checkAppend } from '@tichet-albastru/event-log/stores/append-rules';
import { batched } from '@tichet-albastru/event-log/stores/reading';
import { callForEach, type WayOfAppending } from './append-way';
import { Connection } from './connection';
import { Damage } from './damage';
import { follow, type Pauses } from './follow';
import { LastSeen } from './last-seen';
import { overOneCall } from './open-call/shared-call';
import { KnownHashes, Writer } from './writer';
import { readAhead } from './read-ahead';
import { Reader } from './reader';
import { streamNames } from './stream-names';
import { type EventStoreDbCause, EventStoreDbUnusable } from './eventstoredb-unusable';
import type { Unreachable } from './why-unreachable';

export type EventStoreDbSettings = {
  /** esdb://… or esdb+discover://…, as the client takes it */
  readonly url: string;
  /** before the category of every stream, where others use the same server; none by default */
  readonly prefix?: string;
  /** over one call that stays open, unless said otherwise */
  readonly appends?: WayOfAppending;
  /** within which an append, and each call of a reading, is settled, in milliseconds */
  readonly limit?: number;
  /** before a failed subscription is made anew */
  readonly pauses?: Pauses;
  /** how long a subscription may be silent before it is doubted, in milliseconds */
  readonly doubtAfter?: number;
  /** hears once that the server filters no readings: others' events are sent then, and left out here */
  readonly filterRefused?: () => void;
};

const usualLimit = 5_000;
const usualPauses: Pauses = { first: 100, longest: 5_000 };
const usualDoubt = 5_000;

/**
 * Events in an EventStoreDB, 23.10 or newer. One a process: the client keeps things that all its instances share.
 * Positions are the server's, which grow and have holes. What is others' is skipped by the server. Ours is what stands in streams of our
 * categories.
 */
export class EventStoreDbEventStore implements EventStore {
  private readonly connection: Connection;
  private readonly reader: Reader;
  private readonly lastSeen: LastSeen;
  private readonly writer: Writer;
  private readonly names;
  private readonly known = new KnownHashes();
  private readonly damage = new Damage();

  /** Connects with the first call. @throws TypeError for a prefix that cannot be one; EventStoreDbUnusable for such an address */
  constructor(private readonly settings: EventStoreDbSettings) {
    const limit = settings.limit ?? usualLimit;
    this.names = streamNames(settings.prefix);
    this.connection = new Connection(settings.url);
    const { filterRefused } = settings;
    const { connection, names } = this;
    const { notice } = this.damage;
    this.reader = new Reader({ connection, names, limit, notice, ...(filterRefused && { filterRefused }) });
    const way = settings.appends === 'client' ? callForEach : overOneCall;
    this.lastSeen = new LastSeen(this.reader, connection);
    this.writer = new Writer(way(connection), names, this.reader, this.known, this.lastSeen, limit);
  }

  async append(stream: string, expected: Expected, events: NonEmpty<Envelope>): Promise<AppendResult> {
    checkAppend(stream, events);
    // nobody would ever read it again
    if (this.names.ours(this.names.onServer(stream)) === undefined) throw new AppendRefused(`${stream} is no stream of any category.`);
    return this.damage.noticed(this.writer.append({ stream, expected, events }));
  }

  read(stream: string, from = 0, limit = Infinity): AsyncIterable<Recorded> {
    const ask = async (revision: number, most: number) => {
      const events = await this.damage.noticed(this.reader.ofStream(stream, revision, most));
      await this.lastSeen.mustStand();
      const newest = events.at(-1);
      if (newest) this.known.learn(stream, newest.revision, newest.hash);
      return { events, next: revision + events.length, full: events.length === most };
    };
    return batched(readAhead(from, ask, limit));
  }

  readAll({ after = '', limit = Infinity }: { readonly after?: Position; readonly limit?: number } = {}): AsyncIterable<Recorded> {
    return batched(readAhead(after, (position, most) => this.reader.after(position, most), limit));
  }

  subscribe({ after = '', signal }: { readonly after?: Position; readonly signal: AbortSignal }): AsyncIterable<Recorded | CaughtUp> {
    const { connection, names, reader, lastSeen } = this;
    const { pauses = usualPauses, doubtAfter = usualDoubt } = this.settings;
    return follow({ connection, names, reader, lastSeen, pauses, doubtAfter }, { after, signal });
  }

  end(): Promise<Position> {
    return this.reader.newest();
  }

  newestEvents(most: number): Promise<readonly Recorded[]> {
    return this.reader.newestEvents(most);
  }

  at(position: Position): Promise<Recorded | undefined> {
    return this.reader.at(position);
  }

  /** Whether the newest event that this process has seen stands where it stood: asked only where a connection was lost meanwhile. */
  isKeptAsBefore(): Promise<boolean> {
    return this.lastSeen.stands();
  }

  /**
   * Asks the leader for an append that it must refuse, and for the newest event of all. It is asked so each time: whether it answers, leads,
   * and lets this user write, and read the whole log, of which a subscription that is open says nothing.
   */
  async takesAppends(thoroughly: boolean): Promise<void> {
    await this.lastSeen.mustStand();
    await Promise.all([this.writer.takesAppends(), thoroughly ? this.reader.mayRead() : this.reader.endOfLog()]);
  }

  damaged(looking: Looking = {}): Promise<readonly StreamDamage[]> {
    return this.damage.inAll({ reader: this.reader, writer: this.writer }, looking);
  }

  readFromWholeLog(stream: string): Promise<readonly Recorded[]> {
    return this.damage.readFromWholeLog(this.reader, stream);
  }

  forget(): void {
    this.lastSeen.forget();
    this.damage.forget();
    this.reader.forget();
    this.writer.forget();
  }

  /** The hosts that are asked, for sentences. */
  get hosts(): string {
    return this.connection.hosts;
  }

  /** Whether it asks under a name. */
  get asksAsUser(): boolean {
    return this.connection.asUser.credentials !== undefined;
  }

  /** Why no host of the address can be reached, found out without the client; undefined where one can be. */
  whyUnreachable(milliseconds: number): Promise<Unreachable | undefined> {
    return this.connection.whyUnreachable(milliseconds);
  }

  /** Ends every call; what comes after that is unavailable. */
  close(): Promise<void> {
    return this.connection.close();
  }
}

/**
 * Asks the server once, so that a wrong address is told when the service starts and not by its first request.
 * An event that was damaged is not looked for here: the service reads what can be read, and says that it is not ready.
 * @throws EventStoreDbUnusable when the address cannot be used, nobody answers there, or access is denied
 */
export const openEventStoreDb = async (settings: EventStoreDbSettings): Promise<EventStoreDbEventStore> => {
  const store = new EventStoreDbEventStore(settings);
  try {
    await store.end();
    return store;
  } catch (error) {
    await store.close();
    if (!(error instanceof EventStoreUnavailable)) throw error;
    throw await causeOf(store, error.code ?? 'unknown');
  }
};

/** In milliseconds, for each step of finding out why nobody answered. */
const patience = 1000;

const causeOf = async (store: EventStoreDbEventStore, code: string): Promise<EventStoreDbUnusable> => {
  const told = (cause: EventStoreDbCause, { host = store.hosts, code: more = code } = {}): EventStoreDbUnusable =>
    new EventStoreDbUnusable(inBoth.unusable.eventStoreDb.cause[cause]({ host, code: more }), { cause, code: more });
  if (code === 'access-denied' && !store.asksAsUser) return told('no-user');
  if (code === 'access-denied' || code === 'not-authenticated' || code === 'not-ready') return told(code);
  const unreachable = await store.whyUnreachable(patience);
  if (unreachable) return told(unreachable.cause, unreachable);
  if (code === 'no-leader' || code === 'not-leader') return told('no-leader');
  if (code === 'unavailable' || code === 'cancelled') return told('closed');
  return told(code === 'deadline-exceeded' ? 'silent' : 'failed');
};
