import {
  type AppendResult,
  type CaughtUp,
  type Envelope,
  type EventStore,
  type Expected,
  type NonEmpty,
  type Position,
  type Recorded,
  EventLogCorrupt,
  EventStoreUnavailable,
} from '../../../../application/kernel/ports/event-store';
import { inBoth } from '../../../phrasing/sentences';
import { checkAppend } from '../append-rules';
import { batched } from '../reading';
import { Connection } from './connection';
import { follow, type Pauses } from './follow';
import { KnownHashes, Writer } from './writer';
import { readAhead } from './read-ahead';
import { Reader } from './reader';
import { streamNames } from './stream-names';
import { EventStoreDbUnusable } from './eventstoredb-unusable';

export type EventStoreDbSettings = {
  /** esdb://… or esdb+discover://…, as the client takes it */
  readonly url: string;
  /** before the category of every stream, where others use the same server; none by default */
  readonly prefix?: string;
  /** within which an append, and each call of a reading, is settled, in milliseconds */
  readonly limit?: number;
  /** before a failed subscription is made anew */
  readonly pauses?: Pauses;
  /** how long a subscription may be silent before it is doubted, in milliseconds */
  readonly doubtAfter?: number;
};

const usualLimit = 5_000;
const usualPauses: Pauses = { first: 100, longest: 5_000 };
const usualDoubt = 5_000;

/**
 * Events in an EventStoreDB, 23.10 or newer. One a process: the client keeps things that all its instances share.
 * Positions are the server's, which grow and have holes. The log is read whole and others' events are left out here, because the client
 * cannot filter a reading: a server of one's own is the better place for a long log.
 */
export class EventStoreDbEventStore implements EventStore {
  private readonly connection: Connection;
  private readonly reader: Reader;
  private readonly writer: Writer;
  private readonly names;
  private readonly known = new KnownHashes();

  /** Connects with the first call. @throws TypeError for a prefix that cannot be one; EventStoreDbUnusable for such an address */
  constructor(private readonly settings: EventStoreDbSettings) {
    const limit = settings.limit ?? usualLimit;
    this.names = streamNames(settings.prefix);
    this.connection = new Connection(settings.url);
    this.reader = new Reader(this.connection, this.names, limit);
    this.writer = new Writer(this.connection, this.names, this.reader, this.known, limit);
  }

  async append(stream: string, expected: Expected, events: NonEmpty<Envelope>): Promise<AppendResult> {
    checkAppend(stream, events);
    return this.writer.append({ stream, expected, events });
  }

  read(stream: string, from = 0, limit = Infinity): AsyncIterable<Recorded> {
    const ask = async (revision: number, most: number) => {
      const events = await this.reader.ofStream(stream, revision, most);
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
    const { connection, names, reader } = this;
    const { pauses = usualPauses, doubtAfter = usualDoubt } = this.settings;
    return follow({ connection, names, reader, pauses, doubtAfter }, { after, signal });
  }

  end(): Promise<Position> {
    return this.reader.newest();
  }

  newestEvents(most: number): Promise<readonly Recorded[]> {
    return this.reader.newestEvents(most);
  }

  /** The hosts that are asked, for sentences. */
  get hosts(): string {
    return this.connection.hosts;
  }

  /** Ends every call; what comes after that is unavailable. */
  close(): Promise<void> {
    return this.connection.close();
  }
}

/**
 * Asks the server once, so that a wrong address is told when the service starts and not by its first request.
 * An event that was damaged later is not looked for here: the service reads what can be read, and says that it is not ready.
 * @throws EventStoreDbUnusable when the address cannot be used, nobody answers there, access is denied, or the log is somebody else's
 */
export const openEventStoreDb = async (settings: EventStoreDbSettings): Promise<EventStoreDbEventStore> => {
  const store = new EventStoreDbEventStore(settings);
  try {
    await store.end();
    // whose first event is not ours is not our log
    await store.readAll({ limit: 1 })[Symbol.asyncIterator]().next();
    return store;
  } catch (error) {
    await store.close();
    if (error instanceof EventLogCorrupt) throw new EventStoreDbUnusable(inBoth.unusable.eventStoreDb.notOurs({ message: error.message }));
    if (!(error instanceof EventStoreUnavailable)) throw error;
    const { hosts } = store;
    throw new EventStoreDbUnusable(inBoth.unusable.eventStoreDb.silent({ hosts, code: error.code ?? 'unknown' }));
  }
};
