import { EventLogCorrupt, type Hash, type Recorded, noHash } from '@tichet-albastru/event-log/ports/event-store';
import { defined } from '@tichet-albastru/kernel/defined';
import { openSetAside } from '@tichet-albastru/event-log/database/sqlite/open-database';
import { numberOf } from '@tichet-albastru/event-log/stores/append-rules';
import { recordedAtOf, previousHashIf } from '@tichet-albastru/event-log/codec/event-codec.codec';
import { type CheckpointStore, createTreeCheck, type NoteVerifier, storedCheckpoints, type TreeCheck } from '@tichet-albastru/signed-log';
import type { StoredLog } from './stored-log';
import { createFaultsFound, type LogFault } from './log-fault';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { isJsonObject, parsedJson } from '@tichet-albastru/kernel/json.codec';

/** What an event of a stream says of where the stream stands after it. */
type StreamHead = Pick<Recorded, 'revision' | 'hash'>;

/** Streams whose end is in memory, twice: some 3 MB, however long the log is. A city has far fewer tickets that go on at a time. */
const streamsInMemory = 5000;
const none: StreamHead = { revision: -1, hash: noHash };

type SetAside = { find(stream: string): StreamHead | undefined; keep(heads: ReadonlyMap<string, StreamHead>): void; close(): void };

/** Of streams that are no longer in memory. */
const headsSetAside = (): SetAside => {
  const database = openSetAside();
  database.exec('CREATE TABLE heads (stream PRIMARY KEY, revision, hash) WITHOUT ROWID');
  const find = database.prepare<[string], StreamHead>('SELECT revision, hash FROM heads WHERE stream = ?');
  const put = database.prepare<[string, number, string]>('REPLACE INTO heads (stream, revision, hash) VALUES (?, ?, ?)');
  return {
    find: (stream) => find.get(stream),
    keep: database.transaction((heads: ReadonlyMap<string, StreamHead>) => {
      for (const [stream, { revision, hash }] of heads) put.run(stream, revision, hash);
    }),
    close: () => {
      database.close();
    },
  };
};

type Reason = LogFault['reason'];
/** What is wrong with an event, given those before it. It must be asked of every event, in order. */
type ChainCheck = { reasonOf(event: Recorded): Reason | undefined; close(): void };

const typeIn = (body: string): unknown => {
  const value = parsedJson(body);
  return isJsonObject(value) ? value['type'] : undefined;
};

/**
 * Its bytes, its type, and that it goes on where its stream stood.
 * @param hashOf a test's way to believe what is written there
 * @param cut streams whose beginning may be gone: what is left of one goes on from the first that is there
 */
export const createChainCheck = (hashOf: (event: Recorded) => string = hashEvent, cut: ReadonlySet<string> = new Set()): ChainCheck => {
  let young = new Map<string, StreamHead>();
  let old = new Map<string, StreamHead>();
  let aside: SetAside | undefined;

  const remember = (stream: string, head: StreamHead): void => {
    young.set(stream, head);
    if (young.size < streamsInMemory) return;
    if (old.size > 0) (aside ??= headsSetAside()).keep(old);
    old = young;
    young = new Map();
  };

  const reasonAfter = (event: Recorded, head: StreamHead): Reason | undefined => {
    remember(event.stream, { revision: event.revision, hash: event.hash });
    if (hashOf(event) !== event.hash) return 'hash-differs';
    const previous = previousHashIf(event);
    if (previous === undefined) {
      const type = typeIn(event.body);
      return typeof type === 'string' && type !== event.type ? 'type-differs' : 'not-an-envelope';
    }
    if (head === none && cut.has(event.stream)) return undefined;
    if (event.revision !== head.revision + 1) return 'revision-gap';
    return previous === head.hash ? undefined : 'previous-differs';
  };

  return {
    reasonOf: (event) => reasonAfter(event, young.get(event.stream) ?? old.get(event.stream) ?? aside?.find(event.stream) ?? none),
    close: () => aside?.close(),
  };
};

export type LogToVerify = {
  readonly log: StoredLog;
  readonly checkpoints: CheckpointStore;
  /** the key whose signatures count */
  readonly verifier: NoteVerifier;
  /** signed notes that were kept out of reach of a person who changes the log */
  readonly outside?: readonly string[];
  /** streams that are not whole, which is another's to say */
  readonly cut?: ReadonlySet<string>;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** a test's way to believe what is written beside an event */
  readonly hashOf?: (event: Recorded) => Hash;
};

/** What came of reading it all once. Nothing is proved of events behind `sealed`, but that their chain is whole. */
export type LogVerified = {
  readonly events: number;
  /** events under the newest checkpoint */
  readonly sealed: number;
  /** when the first event was recorded that is not sealed yet */
  readonly unsealedSince?: string;
  readonly checkpoints: number;
  readonly outside: number;
  /** the first events concerned, in the order of the log; empty when all is well */
  readonly faults: readonly LogFault[];
  readonly faultsInAll: number;
};

/**
 * One pass over the whole log in global order, beside a running service; memory does not grow with the log.
 * @throws the signal's reason once it aborts
 */
export const verifyLog = async ({
  log,
  checkpoints,
  verifier,
  outside = [],
  onProgress = () => undefined,
  signal,
  hashOf,
  cut,
}: LogToVerify): Promise<LogVerified> => {
  const faults = createFaultsFound();
  const kept = await storedCheckpoints({ checkpoints, verifier, outside, faults });
  const tree = createTreeCheck({ checkpoints, kept, faults });
  const chain = createChainCheck(hashOf, cut);
  let total = kept.signed;
  let events = 0;
  let unsealedSince: string | undefined;

  const look = async (event: Recorded): Promise<void> => {
    const { id: eventId, stream, revision } = event;
    const number = log.counts ? numberIn(event) : tree.size + 1;
    if (number <= tree.size) faults.add({ reason: 'other-event', number, eventId, stream, revision });
    if (number > tree.size + 1) faults.add(await fillHole(tree, number));
    const reason = chain.reasonOf(event);
    if (reason !== undefined) faults.add({ reason, number, eventId, stream, revision });
    if (number <= tree.size) return;
    const waits = tree.ready();
    if (waits !== undefined) await waits;
    tree.add(event);
  };

  try {
    total = Math.max(total, await log.total());
    for await (const page of log.pages()) {
      signal?.throwIfAborted();
      for (const event of page) {
        await look(event);
        events += 1;
        if (tree.size === kept.signed + 1) unsealedSince ??= recordedAtOf(event);
      }
      onProgress(Math.min(events, total), total);
    }
    await tree.end();
  } catch (error) {
    if (!(error instanceof EventLogCorrupt)) throw error;
    faults.add({ reason: 'unreadable', number: tree.size + 1 });
  } finally {
    chain.close();
  }
  return {
    events,
    sealed: kept.signed,
    ...defined({ unsealedSince }),
    checkpoints: kept.own,
    outside: kept.outside,
    faults: faults.told(),
    faultsInAll: faults.count,
  };
};

/** 0 for a position that no store gives. */
const numberIn = ({ position }: Recorded): number => {
  const number = numberOf(position);
  return number >= 1 ? number : 0;
};

/** Positions before this one that should have events and have none. */
const fillHole = async (tree: TreeCheck, number: number): Promise<LogFault> => {
  const first = tree.size + 1;
  let leaf: string | undefined;
  for (let missing = first; missing < number && tree.isSigned(missing); missing += 1) {
    await tree.ready();
    const known = tree.addMissing();
    if (missing === first) leaf = known;
  }
  tree.skipTo(number - 1);
  const upTo = number > first + 1 ? { upTo: number - 1 } : {};
  return { reason: 'event-missing', number: first, ...upTo, ...defined({ leaf }) };
};
