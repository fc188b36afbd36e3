import type { EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { EventStoreUnavailable } from '@tichet-albastru/event-log/ports/event-store';
import { copyLog, type CopyOutcome, type CopyProgress } from '../../../../src/infrastructure/tools/copy/copy-log';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { logOf, series, writeHistory } from '../../../support/copied-history';
import { copyAtOnce, copyFromOffset, type CopyFunction } from '../../../support/broken-copies';

const events = 120;

const written = async (count = events, seed = 1): Promise<EventStore> => {
  const store = createMemoryEventStore();
  await writeHistory(
    store,
    createMemoryKeyStore((name) => Buffer.alloc(32, name)),
    count,
    seed,
  );
  return store;
};

/** The first `count` events of a log, in a store of their own. */
const beginning = async (of: EventStore, count: number): Promise<EventStore> => {
  const store = createMemoryEventStore();
  let left = count;
  for await (const { stream, revision, position: _, ...envelope } of of.readAll()) {
    if (left === 0) break;
    left -= 1;
    let expected: Parameters<EventStore['append']>[1] = { kind: 'no-stream' };
    if (revision > 0)
      for await (const before of store.read(stream, revision - 1)) expected = { kind: 'at', revision: before.revision, hash: before.hash };
    await store.append(stream, expected, [envelope]);
  }
  return store;
};

class Killed extends Error {}

/** Dies at one append, before or after it was written. */
const dyingAt = (store: EventStore, append: number, when: 'before' | 'after'): EventStore => {
  let appends = 0;
  return {
    ...store,
    append: async (...args) => {
      appends += 1;
      if (appends > append || (appends === append && when === 'before')) throw new Killed();
      const result = await store.append(...args);
      if (appends === append) throw new Killed();
      return result;
    },
  };
};

/** Appends that are on their way at once arrive in any order, as over several connections. */
const unordered = (store: EventStore): EventStore => {
  const chance = series(7);
  return {
    ...store,
    append: async (...args) => {
      for (let turns = Math.floor(chance() * 4); turns > 0; turns -= 1) await new Promise(setImmediate);
      return store.append(...args);
    },
  };
};

const honest: () => CopyFunction = () => async (from, to) => {
  await copyLog({ from, to, waits: [] });
};

/** What a way to copy does wrong, in sentences. */
const faultsOf = async (make: () => CopyFunction): Promise<readonly string[]> => {
  const faults: string[] = [];
  const from = await written();
  const whole = await logOf(from);
  const isWhole = async (to: EventStore): Promise<boolean> => JSON.stringify(await logOf(to)) === JSON.stringify(whole);
  const settle = async (copying: Promise<void>): Promise<void> => {
    try {
      await copying;
    } catch (error) {
      if (!(error instanceof Killed) && !(error instanceof EventStoreUnavailable)) throw error;
    }
  };

  const straight = unordered(createMemoryEventStore());
  await settle(make()(from, straight));
  if (!(await isWhole(straight))) faults.push('order');

  for (const append of [1, 2, 17, 40])
    for (const when of ['before', 'after'] as const) {
      const copy = make();
      const to = createMemoryEventStore();
      await settle(copy(from, dyingAt(to, append, when)));
      await settle(copy(from, to));
      if (!(await isWhole(to))) faults.push(`a kill ${when} append ${append}`);
    }

  const copy = make();
  await settle(copy(from, createMemoryEventStore()));
  const older = await beginning(from, 30);
  await settle(copy(from, older));
  if (!(await isWhole(older))) faults.push('a target put back to what it was before');
  return faults;
};

describe('copying a log', () => {
  it('keeps ids, order, streams, revisions, bodies and hashes, and proves it with a digest of each side', async () => {
    const from = await written();
    const to = createMemoryEventStore();
    const result = await copyLog({ from, to });
    expect(result).toMatchObject({ kind: 'copied', copied: events, alreadyThere: 0, until: await from.end() });
    expect(await logOf(to)).toEqual(await logOf(from));
    if (result.kind === 'copied') expect(result.digests.from).toBe(result.digests.to);
    expect(await copyLog({ from, to })).toEqual({ ...result, copied: 0, alreadyThere: events });
  });

  it('gives the same digest for the same log, whatever the positions, and another for another', async () => {
    const digestOf = async (from: EventStore): Promise<string> => {
      const result = await copyLog({ from, to: createMemoryEventStore() });
      return result.kind === 'copied' ? result.digests.to : '';
    };
    const from = await written(20);
    const renumbered: EventStore = {
      ...from,
      end: async () => `${await from.end()}0`,
      readAll: async function* (options) {
        for await (const event of from.readAll(options && { ...options, after: (options.after ?? '').slice(0, -1) }))
          yield { ...event, position: `${event.position}0` };
      },
    };
    expect(await digestOf(renumbered)).toBe(await digestOf(from));
    expect(await digestOf(await written(21))).not.toBe(await digestOf(from));
  });

  it('survives deaths before and after any append, targets put back, and stores that reorder', async () => {
    expect(await faultsOf(honest)).toEqual([]);
  });

  it('goes as far as the source reached when it began, and goes on from there the next time', async () => {
    const from = await written(60);
    const growing: EventStore = {
      ...from,
      readAll: async function* (options) {
        yield* from.readAll(options);
        if (options?.after === '') await grow();
      },
    };
    let grown = false;
    const grow = async (): Promise<void> => {
      if (grown) return;
      grown = true;
      await writeHistory(from, createMemoryKeyStore(), 10, 9);
    };
    const to = createMemoryEventStore();
    const until = await from.end();
    await grow();
    expect(await copyLog({ from: { ...growing, end: () => Promise.resolve(until) }, to })).toMatchObject({ copied: 60, until });
    expect((await logOf(to)).length).toBe(60);
    expect(await copyLog({ from, to })).toMatchObject({ copied: 10, alreadyThere: 60 });
  });

  it.each([
    { holds: 'something else from the start', same: 0, more: 5 },
    { holds: 'something else behind what is the same', same: 50, more: 1 },
    { holds: 'everything, and more', same: events, more: 1 },
  ])('refuses a target that holds $holds, and writes nothing there', async ({ same, more }) => {
    const from = await written();
    const to = await beginning(from, same);
    await writeHistory(to, createMemoryKeyStore(), more, 3);
    const before = await logOf(to);
    let prepared = false;
    const prepare = () => {
      prepared = true;
      return Promise.resolve(undefined);
    };
    const foreign = before[same];
    expect(await copyLog({ from, to, prepare })).toMatchObject({ kind: 'differs', copied: 0, number: same + 1, to: { id: foreign?.id } });
    expect(await logOf(to)).toEqual(before);
    expect(prepared).toBe(false);
  });

  it('refuses a target whose event has the same id and another text', async () => {
    const from = await written(10);
    const to = await beginning(from, 10);
    const forged: EventStore = {
      ...to,
      readAll: async function* (options) {
        for await (const event of to.readAll(options)) yield { ...event, body: event.body.replace('/0', '/9') };
      },
    };
    expect(await copyLog({ from, to: forged })).toMatchObject({ kind: 'differs', number: 1 });
  });

  it('stops at an event of the source that is not what was written, and names it', async () => {
    const from = await written(40);
    const all: Recorded[] = [];
    for await (const event of from.readAll()) all.push(event);
    const forged = all[25];
    const damaged: EventStore = {
      ...from,
      readAll: async function* (options) {
        for await (const event of from.readAll(options))
          yield event.id === forged?.id ? { ...event, body: event.body.replace('C', 'D').replace('c', 'd') } : event;
      },
    };
    const to = createMemoryEventStore();
    const result: CopyOutcome = await copyLog({ from: damaged, to });
    expect(result).toEqual({ kind: 'damaged', copied: 25, event: { id: forged?.id, stream: forged?.stream, revision: forged?.revision } });
    expect(await logOf(to)).toEqual((await logOf(from)).slice(0, 25));
  });

  it('finds out when somebody else writes to the target meanwhile', async () => {
    const to = createMemoryEventStore();
    let appends = 0;
    const shared: EventStore = {
      ...to,
      append: async (...args) => {
        appends += 1;
        if (appends === 10) await writeHistory(to, createMemoryKeyStore(), 1, 3);
        return to.append(...args);
      },
    };
    expect(await copyLog({ from: await written(), to: shared })).toMatchObject({ kind: 'differs', copied: events });
  });

  it('stops when it is told to, and says how far it is', async () => {
    const from = await written();
    const to = createMemoryEventStore();
    const stop = new AbortController();
    const steps = new Set<string>();
    const progress: CopyProgress = (step) => {
      steps.add(step);
      if (step === 'prove') stop.abort();
    };
    expect(await copyLog({ from, to, signal: stop.signal, progress })).toEqual({ kind: 'stopped', copied: events });
    expect([...steps]).toEqual(['copy', 'prove']);
    expect(await copyLog({ from, to, signal: stop.signal })).toEqual({ kind: 'stopped', copied: 0 });
  });

  it('asks again when the target does not say whether it has written, and gives up in the end', async () => {
    const from = await written(20);
    const to = createMemoryEventStore();
    let failures = 3;
    const flaky: EventStore = {
      ...to,
      append: async (...args) => {
        const result = await to.append(...args);
        failures -= 1;
        if (failures >= 0) throw new EventStoreUnavailable('cut off');
        return result;
      },
    };
    expect(await copyLog({ from, to: flaky, waits: [0, 0, 0, 0] })).toMatchObject({ kind: 'copied', copied: 20 });
    const gone: EventStore = { ...createMemoryEventStore(), append: () => Promise.reject(new EventStoreUnavailable('gone')) };
    await expect(copyLog({ from, to: gone, waits: [0] })).rejects.toThrow(EventStoreUnavailable);
  });
});

describe('the same tests catch', () => {
  it('a copy that trusts a saved offset', async () => {
    expect(await faultsOf(copyFromOffset)).toEqual(
      expect.arrayContaining(['a kill before append 1', 'a target put back to what it was before']),
    );
  });

  it('a copy that has many appends on their way at once', async () => {
    expect(await faultsOf(copyAtOnce)).toContain('order');
  });
});
