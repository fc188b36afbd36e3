import { ANY, EventStoreDBClient, NO_STREAM, START, streamNameFilter, type AllStreamResolvedEvent } from '@eventstore/db-client';
import type { AppendResult, EventStore, CaughtUp, Position, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { positionOf } from '@tichet-albastru/event-log/stores/append-rules';
import type { WayOfAppending } from '../../../src/infrastructure/log/event-store/eventstoredb/append-way';
import { EventStoreDbEventStore } from '../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { eventDataOf } from '../../../src/infrastructure/log/event-store/eventstoredb/stored-event';

type AppendFlaw =
  /** a call that failed is made again with "any" */
  | 'retries-with-any'
  /** after a failure, a wrong revision is taken for its own event */
  | 'takes-conflict-for-success'
  /** a call that failed has not written */
  | 'takes-failure-for-conflict'
  /** the client's shared call for all appends, without a time limit */
  | 'waits-for-ever'
  /** the same, and what ends it for all was never written */
  | 'takes-the-end-for-conflict'
  /** compares neither hashes nor ids */
  | 'trusts-revisions';

/** What one writes over the client at first. @param limit for one call, in milliseconds */
const carelessAppend = (client: EventStoreDBClient, flaw: AppendFlaw, limit: number): EventStore['append'] => {
  const shared = flaw === 'waits-for-ever' || flaw === 'takes-the-end-for-conflict';
  if (!shared) Object.defineProperty(client, 'supports', { value: () => Promise.resolve(false) });
  return async (stream, expected, events) => {
    const expectedRevision = expected.kind === 'no-stream' ? NO_STREAM : BigInt(expected.revision);
    const send = async (revision: typeof expectedRevision | typeof ANY): Promise<AppendResult> => {
      const options = { expectedRevision: revision, ...(!shared && { deadline: limit / 2 }) };
      const written = await client.appendToStream(stream, events.map(eventDataOf), options);
      return { kind: 'appended', revision: Number(written.nextExpectedRevision), position: positionOf(written.position?.commit ?? 0n) };
    };
    const isConflict = (error: unknown): boolean => (error as { type?: string }).type === 'wrong-expected-version';
    const lost: AppendResult = { kind: 'conflict', revision: -1 };
    try {
      return await send(expectedRevision);
    } catch (error) {
      if (isConflict(error) || flaw === 'takes-failure-for-conflict' || flaw === 'takes-the-end-for-conflict') return lost;
      if (flaw !== 'retries-with-any' && flaw !== 'takes-conflict-for-success') throw error;
      await new Promise((resolve) => setTimeout(resolve, 150));
      try {
        return await send(flaw === 'retries-with-any' ? ANY : expectedRevision);
      } catch (again) {
        if (!isConflict(again)) throw again;
        const revision = Number(expectedRevision === NO_STREAM ? -1n : expectedRevision) + events.length;
        return flaw === 'takes-conflict-for-success' ? { kind: 'appended', revision, position: '' } : lost;
      }
    }
  };
};

/** An event as the client hands it over, which nobody looks at twice. */
const recordedOf = ({ event }: AllStreamResolvedEvent): Recorded | undefined =>
  event && {
    id: event.id,
    type: event.type,
    body: Buffer.from(event.data as Uint8Array).toString(),
    hash: (event.metadata as { readonly hash: string }).hash,
    stream: event.streamId,
    revision: Number(event.revision),
    position: positionOf(event.position.commit),
  };

type FollowFlaw =
  /** takes the server's "caught up" for its own, whatever still waits */
  | 'trusts-caught-up'
  /** goes on from the newest checkpoint */
  | 'trusts-checkpoints'
  /** goes on behind what it has received, not behind what was handled */
  | 'forgets-what-waited'
  /** goes on from where it began */
  | 'starts-again'
  /** takes whatever comes, however slow its reader is */
  | 'takes-everything'
  /** leaves the loop and not the call */
  | 'never-unsubscribes'
  /** waits for an error that never comes */
  | 'never-doubts'
  /** never looks whether what was handled last stands there */
  | 'trusts-positions';

/** So many events wait for a slow reader at most. */
const mostWaiting = 64;

/** What a test sees of a careless reader's subscription: what waits in it, and whether it has failed. */
type Inside = { waiting: readonly Recorded[]; failed: boolean };

/** What one writes over the client at first. @param inside kept up to what happens in here */
async function* carelessFollow(
  client: EventStoreDBClient,
  store: EventStore,
  flaw: FollowFlaw,
  { after = '', signal }: Parameters<EventStore['subscribe']>[0],
  inside: Inside,
): AsyncGenerator<Recorded | CaughtUp> {
  const stopped = (): boolean => signal.aborted;
  let handled: Position = after;
  let received: Position = after;
  let checkpoint: Position = after;
  while (!stopped()) {
    const resumeAt = {
      'forgets-what-waited': received,
      'trusts-checkpoints': checkpoint > handled ? checkpoint : handled,
      'starts-again': after,
    };
    const from = flaw in resumeAt ? resumeAt[flaw as keyof typeof resumeAt] : handled;
    const waiting: Recorded[] = [];
    const now = { failed: false, caughtUp: false, rouse: (): void => undefined };
    Object.assign(inside, { waiting, failed: false });
    const subscription = client.subscribeToAll({
      fromPosition: from === '' ? START : { commit: BigInt(from), prepare: BigInt(from) },
      filter: {
        ...streamNameFilter({ regex: '^[^$]' }),
        checkpointReached: (_, { commit }) => {
          checkpoint = positionOf(commit);
        },
      },
    });
    subscription.on('data', (resolved: AllStreamResolvedEvent) => {
      const event = recordedOf(resolved);
      if (!event) return;
      waiting.push(event);
      received = event.position;
      if (flaw !== 'takes-everything' && waiting.length >= mostWaiting) subscription.pause();
      now.rouse();
    });
    subscription.on('caughtUp', () => {
      now.caughtUp = true;
      now.rouse();
    });
    subscription.on('error', () => {
      now.failed = true;
      inside.failed = true;
      now.rouse();
    });
    signal.addEventListener('abort', () => {
      now.rouse();
    });
    try {
      let told = true;
      let awaitsCaughtUp = flaw === 'trusts-caught-up';
      while (!stopped()) {
        if (flaw === 'trusts-caught-up' && now.caughtUp) {
          now.caughtUp = false;
          awaitsCaughtUp = false;
          yield { kind: 'caught-up', position: await store.end() };
        }
        // nothing is handed over before the server's word has come: so it is ahead of what waits, however the moments fall. Of more than
        // may wait the word comes behind what was handed over
        if (waiting.length >= mostWaiting) awaitsCaughtUp = false;
        const event = awaitsCaughtUp && !now.failed ? undefined : waiting.shift();
        if (event) {
          told = false;
          yield event;
          handled = event.position;
          if (waiting.length < mostWaiting / 2) subscription.resume();
        } else if (now.failed) break;
        else if (!told) {
          told = true;
          yield { kind: 'caught-up', position: handled };
        } else
          await new Promise<void>((resolve) => {
            now.rouse = resolve;
          });
        if (now.failed && flaw === 'forgets-what-waited') break;
      }
    } finally {
      if (flaw !== 'never-unsubscribes') await subscription.unsubscribe().catch(() => undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export type OpenStore = { readonly store: EventStore; readonly close: () => Promise<void>; readonly inside?: Readonly<Inside> };

/** Every way of appending, the usual one first: each keeps the whole contract. */
export const waysOfAppending = ['shared-call', 'client'] as const satisfies readonly WayOfAppending[];

/** Ours, with short times, so that a test of outages is short. */
export const openStore = (url: string, limit = 800, appends: WayOfAppending = 'shared-call'): OpenStore => {
  const store = new EventStoreDbEventStore({
    url,
    limit,
    appends,
    pauses: { first: 20, longest: 100 },
    doubtAfter: Math.max(150, limit / 4),
  });
  return { store, close: () => store.close() };
};

const differing = (
  url: string,
  limit: number,
  change: (client: EventStoreDBClient, store: EventStore) => Partial<EventStore>,
): OpenStore => {
  const ours = new EventStoreDbEventStore({ url, limit });
  const client = EventStoreDBClient.connectionString(url);
  const store: EventStore = {
    append: (stream, expected, events) => ours.append(stream, expected, events),
    read: (stream, from) => ours.read(stream, from),
    readAll: (options) => ours.readAll(options),
    subscribe: (options) => ours.subscribe(options),
    end: () => ours.end(),
    ...change(client, ours),
  };
  const close = async (): Promise<void> => {
    await ours.close();
    await client.dispose();
  };
  return { store, close };
};

/** The same, but for one way to append. */
export const appending = (url: string, flaw: AppendFlaw, limit = 800): OpenStore =>
  differing(url, limit, (client) => ({ append: carelessAppend(client, flaw, limit) }));

/** The same, but for one way to follow the log. */
export const following = (url: string, flaw: FollowFlaw): OpenStore => {
  const inside: Inside = { waiting: [], failed: false };
  const open = differing(url, 10_000, (client, store) => ({
    subscribe: (options) => carelessFollow(client, store, flaw, options, inside),
  }));
  return { ...open, inside };
};

/** Adapters that look right and are not: each must break a promise of the contract. */
export const brokenEventStoreDbStores: readonly {
  readonly fault: string;
  readonly make: (url: string) => OpenStore;
  readonly breaks: RegExp;
}[] = [
  {
    fault: 'an adapter that takes the server’s word for revisions, and looks at neither hash nor id',
    make: (url) => appending(url, 'trusts-revisions'),
    breaks: /stale writer|id stands once/,
  },
  {
    fault: 'an adapter that takes the server’s “caught up” for its own',
    make: (url) => following(url, 'trusts-caught-up'),
    breaks: /has caught up/,
  },
];
