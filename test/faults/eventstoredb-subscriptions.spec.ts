import type { EventStore, Position } from '@tichet-albastru/event-log/ports/event-store';
import { following, openStore, type OpenStore } from '../support/eventstoredb/broken-event-stores';
import { Emulator } from '../support/eventstoredb/emulator';
import { envelopes, seen } from '../support/eventstoredb/envelopes';

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** In the long form again and again: a trouble meets the reader at another moment each time. */
const rounds = process.env['FAULTS'] === 'full' ? 6 : 1;
/** After so long without progress a reader of ours has lost what it does not have; only a failure takes that long. In milliseconds. */
const patience = 60_000;
/** For adapters that lose. */
const littlePatience = 1000;

/** Bodies of about 6 KB: a few of them fill what a connection holds ready for a slow reader. */
const large = 3000;

/** Takes one item and leaves, as whoever breaks out of a loop. */
const firstOf = async <T>(items: AsyncIterable<T>): Promise<T | undefined> => {
  for await (const item of items) return item;
  return undefined;
};

/** Writes straight into the log, as another process would. @returns the ids */
const write = (emulator: Emulator, stream: string, count: number, size = 0): readonly string[] => {
  const from = emulator.log.stream(stream).length;
  const events = envelopes(stream, from, count, 'written', size);
  const proposed = events.map(({ id, type, body, hash }) => ({
    id,
    type,
    contentType: 'application/octet-stream',
    data: Buffer.from(body),
    metadata: Buffer.from(JSON.stringify({ hash })),
  }));
  const { kind } = emulator.log.append(stream, from === 0 ? 'no-stream' : from - 1, proposed);
  if (kind !== 'success') throw new Error(kind);
  return events.map(({ id }) => id);
};

/** As a projector does: what it folded and where it stands are kept in one step, whenever it is told that it has caught up, or has enough. */
class Follower {
  readonly kept: string[] = [];
  /** how often an event was brought to it */
  seen = 0;
  private checkpoint: Position = '';
  private standsAt = Infinity;
  private stop = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: EventStore,
    /** for each event, in milliseconds */
    private readonly slowness = 0,
  ) {}

  start(): void {
    this.stop = new AbortController();
    this.standsAt = Infinity;
    this.running = this.run(this.stop.signal);
  }

  /** Takes so many events more and stands still with the last of them in hand, until it is let go or crashes. @returns when it stands */
  async takesOnly(more: number): Promise<void> {
    this.standsAt = this.seen + more;
    await until(() => this.seen === this.standsAt);
  }

  goOn(): void {
    this.standsAt = Infinity;
  }

  /** Ends in the middle of things: what was not kept is gone. */
  async crash(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    let batch: string[] = [];
    const keep = (position: Position): void => {
      this.kept.push(...batch);
      batch = [];
      this.checkpoint = position;
    };
    for await (const item of this.store.subscribe({ after: this.checkpoint, signal })) {
      if ('kind' in item) keep(item.position);
      else {
        this.seen += 1;
        batch.push(item.id);
        if (batch.length === 20) keep(item.position);
        if (this.slowness > 0) await wait(this.slowness);
        while (this.seen >= this.standsAt && !signal.aborted) await wait(1);
      }
      if (signal.aborted) return;
    }
  }
}

const until = async (holds: () => boolean, milliseconds = patience): Promise<void> => {
  for (const from = Date.now(); !holds() && Date.now() - from < milliseconds;) await wait(10);
};

type Trouble = {
  readonly name: string;
  readonly make: (emulator: Emulator, follower: Follower, inside: OpenStore['inside']) => Promise<void>;
  readonly slowness?: number;
};

const troubles: readonly Trouble[] = [
  {
    name: 'connections that are cut',
    make: async (emulator, follower, inside) => {
      // being aborted as too slow is a trouble of its own
      emulator.misbehaviour.liveBuffer = Infinity;
      for (let turn = 0; turn < 5; turn += 1) {
        write(emulator, 'ticket-1', 60, large);
        // most of them wait for the reader when the connection goes, and it asks for the next when that is known
        await follower.takesOnly(3);
        if (inside) await until(() => inside.waiting.length > 0);
        emulator.wire.cut();
        if (inside) await until(() => inside.failed);
        follower.goOn();
        write(emulator, 'ticket-2', 10);
      }
    },
    slowness: 4,
  },
  {
    name: 'a server that is killed and starts again',
    make: async (emulator, follower) => {
      const before = follower.seen;
      write(emulator, 'ticket-1', 100);
      await until(() => follower.seen > before);
      emulator.kill();
      write(emulator, 'ticket-2', 50);
      await wait(200);
      await emulator.open();
      await wait(100);
      write(emulator, 'ticket-1', 50);
    },
  },
  {
    name: 'a server that aborts whoever is slow',
    make: async (emulator) => {
      write(emulator, 'ticket-1', 5);
      await wait(100);
      for (let turn = 0; turn < 20; turn += 1) {
        write(emulator, 'ticket-1', 10, large);
        await wait(5);
      }
    },
    slowness: 1,
  },
  {
    name: 'a subscription that goes deaf without a word',
    make: async (emulator) => {
      write(emulator, 'ticket-1', 30);
      await wait(100);
      emulator.misbehaviour.muted = true;
      write(emulator, 'ticket-2', 30);
      await wait(100);
      emulator.misbehaviour.muted = false;
    },
  },
  {
    name: 'a subscription that is never confirmed',
    make: async (emulator, follower) => {
      await follower.crash();
      emulator.misbehaviour.next(
        'subscribe',
        { kind: 'silent' },
        { kind: 'refuse', as: 'not-ready' },
        { kind: 'refuse', as: 'not-leader' },
      );
      write(emulator, 'ticket-1', 30);
      follower.start();
    },
  },
  {
    name: 'a server that never says that one has caught up',
    make: async (emulator, follower) => {
      await follower.crash();
      emulator.misbehaviour.caughtUpAfter = undefined;
      write(emulator, 'ticket-1', 30);
      follower.start();
    },
  },
  {
    name: 'a reader that crashes while much waits for it',
    make: async (emulator, follower) => {
      for (let turn = 0; turn < 4; turn += 1) {
        await follower.crash();
        write(emulator, 'ticket-1', 30);
        follower.start();
        await follower.takesOnly(5);
      }
      follower.goOn();
    },
    slowness: 1,
  },
  ...(['ahead', 'backwards', 'largest'] as const).map((fault): Trouble => ({
    name: `checkpoints that are ${fault}`,
    make: async (emulator, follower) => {
      emulator.misbehaviour.checkpoints = fault;
      write(emulator, 'ticket-1', 1500);
      // most of the others are still on the server then
      await follower.takesOnly(500);
      emulator.wire.cut();
      follower.goOn();
      await wait(100);
      write(emulator, 'ticket-2', 40);
    },
  })),
];

/** What a follower kept that is not the log: each event once, in order. */
const differences = async (open: (url: string) => OpenStore, trouble: Trouble, waits = patience): Promise<string | undefined> => {
  const emulator = await Emulator.start();
  const { store, close, inside } = open(emulator.url);
  const follower = new Follower(store, trouble.slowness);
  try {
    write(emulator, 'ticket-0', 10);
    follower.start();
    await until(() => follower.kept.length === 10);
    await trouble.make(emulator, follower, inside);
    for (let before = -1; before < follower.kept.length && follower.kept.length < emulator.log.events.length;) {
      before = follower.kept.length;
      await until(() => follower.kept.length > before, waits);
    }
    await wait(100);
    await follower.crash();
    const ids = emulator.log.events.map(({ id }) => id);
    if (new Set(follower.kept).size < follower.kept.length) return 'doubled';
    if (follower.kept.length < ids.length) return 'lost';
    return JSON.stringify(follower.kept) === JSON.stringify(ids) ? undefined : 'reordered';
  } finally {
    await close();
    await emulator.stop();
  }
};

/** How many events were sent to a reader that has stopped after the first. */
const sentToAStuckReader = async (open: (url: string) => OpenStore, enough = Infinity): Promise<number> => {
  const emulator = await Emulator.start();
  const { store, close } = open(emulator.url);
  const stop = new AbortController();
  for (let turn = 0; turn < 20; turn += 1) write(emulator, 'ticket-1', 100, large);
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const stuck = (async () => {
    for await (const item of store.subscribe({ signal: stop.signal })) if (!('kind' in item)) await released;
  })();
  await until(() => emulator.subscriptions.sent > 0);
  for (let before = 0; before !== emulator.subscriptions.sent && before < enough;) {
    before = emulator.subscriptions.sent;
    await until(() => emulator.subscriptions.sent > before, enough === Infinity ? 500 : patience);
  }
  const { sent } = emulator.subscriptions;
  stop.abort();
  release();
  await stuck;
  await close();
  await emulator.stop();
  return sent;
};

/** How many calls stay open on the server behind readers who have left. */
const leftOpen = async (open: (url: string) => OpenStore, waits = patience): Promise<number> => {
  const emulator = await Emulator.start();
  const { store, close } = open(emulator.url);
  write(emulator, 'ticket-1', 10);
  for (let turn = 0; turn < 3; turn += 1) {
    const stop = new AbortController();
    await firstOf(store.subscribe({ signal: stop.signal }));
    stop.abort();
  }
  await until(() => emulator.subscriptions.open === 0, waits);
  const { open: left } = emulator.subscriptions;
  await close();
  await emulator.stop();
  return left;
};

describe('a subscription to EventStoreDB loses nothing and doubles nothing, through', () => {
  // at once: nearly all of their time they wait
  it.concurrent.each(troubles)('$name', async (trouble) => {
    for (let round = 0; round < rounds; round += 1) expect(await differences(openStore, trouble)).toBeUndefined();
  });
});

describe('a subscription to EventStoreDB', () => {
  it.concurrent('lets the server wait for a reader that is stuck', async () => {
    expect(await sentToAStuckReader(openStore)).toBeLessThan(400);
  });

  it.concurrent('ends its call when its reader leaves', async () => {
    expect(await leftOpen(openStore)).toBe(0);
  });

  it('says when access is denied, instead of asking for ever', async () => {
    const emulator = await Emulator.start();
    const { store, close } = openStore(emulator.url, 10_000);
    emulator.misbehaviour.always('subscribe', { kind: 'refuse', as: 'access-denied' });
    const first = firstOf(store.subscribe({ signal: new AbortController().signal }));
    await expect(first).rejects.toMatchObject({ name: 'EventStoreUnavailable', code: 'access-denied' });
    await close();
    await emulator.stop();
  });

  it('is not told of a stream that was deleted on the server: reading it is a contradiction, appending too', async () => {
    const emulator = await Emulator.start();
    const { store, close } = openStore(emulator.url, 10_000);
    const events = envelopes('ticket-1', 0, 1, 'ours');
    await store.append('ticket-1', { kind: 'no-stream' }, events);
    emulator.log.tombstone('ticket-1');
    await expect(store.append('ticket-1', seen(events, 0), envelopes('ticket-1', 1, 1, 'ours'))).rejects.toThrow('deleted');
    await expect(firstOf(store.read('ticket-1'))).rejects.toMatchObject({ name: 'EventLogCorrupt' });
    await close();
    await emulator.stop();
  });
});

const named = (name: string): Trouble => {
  const trouble = troubles.find((one) => one.name === name);
  if (!trouble) throw new Error(`No trouble is called ${name}.`);
  return trouble;
};

describe('the same tests catch an adapter that', () => {
  it.concurrent.each([
    { flaw: 'trusts-caught-up', trouble: named('a reader that crashes while much waits for it'), finds: 'lost' },
    { flaw: 'trusts-checkpoints', trouble: named('checkpoints that are ahead'), finds: 'lost' },
    { flaw: 'forgets-what-waited', trouble: named('connections that are cut'), finds: 'lost' },
    { flaw: 'starts-again', trouble: named('a server that is killed and starts again'), finds: 'doubled' },
    { flaw: 'never-doubts', trouble: named('a subscription that is never confirmed'), finds: 'lost' },
  ] as const)('$flaw', async ({ flaw, trouble, finds }) => {
    // who loses stands still behind the trouble; who doubles goes on, and is waited for
    const waits = finds === 'lost' ? littlePatience : patience;
    expect(await differences((url) => following(url, flaw), trouble, waits)).toBe(finds);
  });

  it.concurrent('takes-everything', async () => {
    expect(await sentToAStuckReader((url) => following(url, 'takes-everything'), 1001)).toBeGreaterThan(1000);
  });

  it.concurrent('never-unsubscribes', async () => {
    expect(await leftOpen((url) => following(url, 'never-unsubscribes'), littlePatience)).toBe(3);
  });
});
