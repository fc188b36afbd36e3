import type { CaughtUp, EventStore, Position, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { createLogAlarm } from '../../src/infrastructure/proof/alarm/log-alarm';
import { createNotesInMemory } from '../../src/infrastructure/proof/acknowledged/notes-file';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { watchAcknowledged } from '../../src/infrastructure/proof/acknowledged/watch';
import { createMemoryOperations } from '../../src/infrastructure/tables/operations/memory-operations';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { silentLogger } from '../../src/infrastructure/testing/test-ports';
import { endsByItself } from '../support/closing';
import { collected } from '../support/noted';
import { following, openStore, type OpenStore } from '../support/eventstoredb/broken-event-stores';
import { Emulator } from '../support/eventstoredb/emulator';
import { envelopes, seen } from '../support/eventstoredb/envelopes';

const started = async (): Promise<Emulator> => endsByItself(await Emulator.start(), 'stop');
/** Long enough for a busy machine, in milliseconds. */
const limit = 10_000;
const opened = ({ url }: Emulator, open: (url: string) => OpenStore = (address) => openStore(address, limit)) =>
  endsByItself(open(url), 'close').store;

/** Appends so many events to a stream of its own. */
const write = async (store: EventStore, stream: string, count = 3, size = 0) => {
  const events = envelopes(stream, 0, count, 'acknowledged', size);
  return { result: await store.append(stream, { kind: 'no-stream' }, events), events };
};

/** What this log becomes behind a process that has seen two streams of it. */
const becomings: readonly {
  readonly name: string;
  readonly become: (emulator: Emulator, before: ReturnType<Emulator['copyOfLog']>) => Promise<void>;
}[] = [
  { name: 'an older copy', become: (emulator, before) => emulator.putBack(before) },
  { name: 'an empty log', become: (emulator) => emulator.putBack() },
  {
    name: 'an older copy to which others have written as much, and more',
    become: async (emulator, before) => {
      await emulator.putBack(before);
      const other = opened(emulator);
      for (const stream of ['ticket-5', 'ticket-6']) await write(other, stream);
    },
  },
];

const replaced = async (become: (typeof becomings)[number]['become']) => {
  const emulator = await started();
  const store = opened(emulator);
  await write(store, 'ticket-1');
  const before = emulator.copyOfLog();
  const lost = await write(store, 'ticket-2');
  return { emulator, store, lost, replace: () => become(emulator, before) };
};

describe.each(becomings)('a server that comes back with $name', ({ become }) => {
  it('is written nothing by whoever has seen the log before: the append is refused, and so are those after it', async () => {
    const { emulator, store, replace } = await replaced(become);
    await replace();
    const stands = emulator.log.events.length;
    // the first may only notice that the connection is gone
    await write(store, 'ticket-3').catch(() => undefined);
    for (const stream of ['ticket-3', 'ticket-4'])
      await expect(write(store, stream)).rejects.toMatchObject({ name: 'EventStoreUnavailable', code: 'position-lost' });
    expect(emulator.log.events).toHaveLength(stands);
    expect(await store.isKeptAsBefore?.()).toBe(false);
  });

  it('is not believed by whoever reads: neither that there is nothing, nor what there is', async () => {
    const { store, replace } = await replaced(become);
    await replace();
    for (const stream of ['ticket-2', 'ticket-1', 'ticket-2'])
      await expect(collected(store.read(stream))).rejects.toMatchObject({ name: 'EventStoreUnavailable', code: 'position-lost' });
    await expect(store.takesAppends?.(false)).rejects.toMatchObject({ code: 'position-lost' });
    // to whoever has compared everything it is what it is
    store.forget?.();
    expect(await collected(store.read('ticket-2'))).toEqual([]);
  });

  it('is not believed, either, by whoever has only followed the log', async () => {
    const { emulator, replace } = await replaced(become);
    const follower = opened(emulator);
    const stop = new AbortController();
    let heard = 0;
    const follows = (async () => {
      for await (const item of follower.subscribe({ signal: stop.signal })) heard += 'kind' in item ? 0 : 1;
    })().catch(() => undefined);
    while (heard < 6) await new Promise(setImmediate);
    await collected(follower.read('ticket-2'));
    await replace();
    await expect(collected(follower.read('ticket-2'))).rejects.toMatchObject({ code: 'position-lost' });
    stop.abort();
    await follows;
  });

  it('acknowledges everything to an adapter that remembers nothing: the same log, and no comparison', async () => {
    const { store, replace } = await replaced(become);
    await replace();
    await write(store, 'ticket-3').catch(() => undefined);
    store.forget?.();
    expect((await write(store, 'ticket-4')).result.kind).toBe('appended');
  });

  it('is not followed from a position at which something else stands, or nothing', async () => {
    const { store, replace } = await replaced(become);
    const ended = followedUntilItEnds(store, '', 6, replace);
    await expect(ended).rejects.toMatchObject({ code: 'position-lost' });
  });

  it('is not followed, either, by whoever begins with a position that was kept', async () => {
    const { emulator, lost, replace } = await replaced(become);
    await replace();
    const position = lost.result.kind === 'appended' ? lost.result.position : '';
    // that of another event of ours it may be, of which only a hash would tell: then what is remembered beside the log does
    if (await opened(emulator).at?.(position)) return;
    await expect(followedUntilItEnds(opened(emulator), position, 1, () => Promise.resolve())).rejects.toMatchObject({
      code: 'position-lost',
    });
  });

  it('loses, to one that trusts its position, what is written below it, and is told of as read to the end', async () => {
    const { emulator, replace } = await replaced(become);
    const careless = opened(emulator, (url) => following(url, 'trusts-positions'));
    const stop = new AbortController();
    const got: string[] = [];
    const follows = (async () => {
      for await (const item of careless.subscribe({ signal: stop.signal })) if (!('kind' in item)) got.push(item.stream);
    })();
    while (got.length < 6) await new Promise(setImmediate);
    await replace();
    await write(opened(emulator), 'ticket-8', 2);
    await write(opened(emulator), 'ticket-9', 20, 200);
    // it may well be that nothing comes to it any more: then it has lost more
    for (const from = Date.now(); got.at(-1) !== 'ticket-9' && Date.now() - from < 1500;)
      await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort();
    await follows;
    const standing = emulator.log.events.map(({ stream }) => stream);
    // in a table made of it, that booking stood nowhere
    expect(got.slice(6)).not.toEqual(standing.slice(3));
  });
});

/** Follows the log; once so many events came, something happens. @throws what ends the following */
const followedUntilItEnds = async (store: EventStore, after: Position, most: number, happens: () => Promise<void>): Promise<void> => {
  let count = 0;
  const items: AsyncIterable<Recorded | CaughtUp> = store.subscribe({ after, signal: new AbortController().signal });
  for await (const item of items) {
    count += 'kind' in item ? 0 : 1;
    if (count > most) throw new Error('More came than was written.');
    if ('kind' in item && count === most) await happens();
  }
};

it('an append that ends up behind what was seen, though no connection was lost, is not acknowledged', async () => {
  const { emulator, store } = await replaced(() => Promise.resolve());
  const { events } = emulator.copyOfLog();
  // behind a proxy, or in a transparent repetition of the channel: nobody here was cut off
  emulator.log.putBack({ events: events.slice(0, 1), end: events[1]?.position ?? 0n });
  await expect(write(store, 'ticket-3', 1)).rejects.toMatchObject({ code: 'position-lost' });
  // and what really stands there already is
  const whole = await replaced(() => Promise.resolve());
  const { events: again } = await write(whole.store, 'ticket-3');
  expect(await whole.store.append('ticket-3', { kind: 'no-stream' }, again)).toMatchObject({ kind: 'already-appended', revision: 2 });
});

it('a reading asks for nothing more while nobody was cut off, and once where somebody was', async () => {
  const emulator = await started();
  const store = opened(emulator);
  await write(store, 'ticket-1');
  const readings = async (): Promise<number> => {
    const before = emulator.calls.get('read') ?? 0;
    await collected(store.read('ticket-1'));
    return (emulator.calls.get('read') ?? 0) - before;
  };
  expect([await readings(), await readings()]).toEqual([1, 1]);
  await emulator.restart();
  await readings();
  expect(await readings()).toBe(1);
});

it('once the whole log is back, everything goes on by itself', async () => {
  const emulator = await started();
  const store = opened(emulator);
  await write(store, 'ticket-1');
  const before = emulator.copyOfLog();
  const { events } = await write(store, 'ticket-2');
  const whole = emulator.copyOfLog();
  await emulator.putBack(before);
  await write(store, 'ticket-3').catch(() => undefined);
  await expect(write(store, 'ticket-3')).rejects.toMatchObject({ code: 'position-lost' });
  await emulator.putBack(whole);
  await write(store, 'ticket-3').catch(() => undefined);
  expect((await write(store, 'ticket-4')).result.kind).toBe('appended');
  expect((await store.append('ticket-2', seen(events, 2), envelopes('ticket-2', 3, 1, 'more'))).kind).toBe('appended');
});

it('what a twin wrote under the same ids is not missed by whoever was told that it stands, though its words were sealed otherwise', async () => {
  const emulator = await started();
  const store: EventStore = opened(emulator);
  const other = opened(emulator);
  const { keyValues } = createMemoryOperations();
  const alarm = createLogAlarm({ keyValues, clock: fixedClock(), logger: silentLogger });
  const acknowledged = watchAcknowledged({ store, notes: createNotesInMemory(), alarm, keyValues, logger: silentLogger, lookEach: 0 });
  await write(store, 'ticket-1', 1);
  const mine = envelopes('ticket-2', 0, 2, 'same-command', 10);
  const [first, ...others] = mine.map((event, revision) => {
    const body = event.body.replace(/.(?=")/, '!');
    return { ...event, body, hash: hashEvent({ stream: 'ticket-2', revision, id: event.id, body }) };
  });
  if (first === undefined) throw new Error('There is no twin.');
  expect(first.hash).not.toBe(mine[0].hash);
  await other.append('ticket-2', { kind: 'no-stream' }, [first, ...others]);
  expect((await store.append('ticket-2', { kind: 'no-stream' }, mine)).kind).toBe('appended');
  expect(await acknowledged.compare()).toBeUndefined();
  // nor is the log taken for another one once the connection was lost
  emulator.wire.cut();
  await write(store, 'ticket-3', 1).catch(() => undefined);
  expect((await write(store, 'ticket-4', 1)).result.kind).toBe('appended');
  expect(await store.isKeptAsBefore?.()).toBe(true);
  // another event in that place is another matter
  emulator.log.putBack({ events: emulator.log.events.filter(({ stream }) => !stream.endsWith('ticket-2')), end: emulator.log.end });
  expect(await acknowledged.compare()).toMatchObject({ reason: 'acknowledged-missing', stream: 'ticket-2', missing: 2 });
});

/** A process that has acknowledged so many events, and one whose outcome nobody told. @returns readings until it is known that the log is the same */
const readingsAfterUnknownOutcome = async (asked: 'the newest' | 'everything'): Promise<number> => {
  const emulator = await started();
  const store: EventStore = opened(emulator, (url) => openStore(url, 4000));
  if (asked === 'everything') Object.defineProperty(store, 'isKeptAsBefore', { value: undefined });
  const { keyValues } = createMemoryOperations();
  const alarm = createLogAlarm({ keyValues, clock: fixedClock(), logger: silentLogger });
  const acknowledged = watchAcknowledged({ store, notes: createNotesInMemory(), alarm, keyValues, logger: silentLogger, lookEach: 0 });
  const calls = (): number => emulator.calls.get('read') ?? 0;
  for (let stream = 0; stream < 12; stream += 1) await write(store, `ticket-a${stream}`, 400);
  await acknowledged.look();
  await acknowledged.look();
  emulator.misbehaviour.next('append', { kind: 'drop' });
  await expect(write(store, 'ticket-b', 1)).rejects.toMatchObject({ name: 'EventStoreUnavailable' });
  const before = calls();
  expect((await write(store, 'ticket-c', 1)).result.kind).toBe('appended');
  expect(alarm.standing()).toBeUndefined();
  return calls() - before;
};

it('an append of which nobody knows the outcome costs the next one a bounded question, however much was acknowledged', async () => {
  expect(await readingsAfterUnknownOutcome('the newest')).toBeLessThanOrEqual(5);
  expect(await readingsAfterUnknownOutcome('everything')).toBeGreaterThan(9);
});
