import { join } from 'node:path';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import type { BuildChange } from '@tichet-albastru/event-log/ports/projection-store';
import { catchUp, followLog, runProjections } from '@tichet-albastru/event-log/projector/projector';
import { RowMemory } from '@tichet-albastru/event-log/projector/row-memory';
import { onlineHistory, phoneHistory } from '../../support/histories';
import { counting, type CountRow } from './counting';
import { asCase, beside, dump, sideBySide, ticketIdOfCase, worldWith, type World } from './world';
import { closing, emptyFolder } from '../../support/closing';

const longEnough = 600_000;
const facts = sideBySide(asCase(1, onlineHistory()), asCase(2, phoneHistory()));
const ticketFacts = (n: number): number => facts.filter(({ stream }) => stream === `ticket-${ticketIdOfCase(n)}`).length;
const eventsOf = async ({ rows }: World, n: number): Promise<number | undefined> =>
  (await rows.get<CountRow>('counting', ticketIdOfCase(n)))?.events;

/** Folds until the process dies in the middle of writing. */
const dying = (world: World, afterCommits: number): World => {
  let commits = 0;
  const rows: World['rows'] = Object.create(world.rows);
  rows.commit = async (changes) => {
    if (commits >= afterCommits) throw new Error('killed');
    commits += 1;
    return world.rows.commit(changes);
  };
  return { ...world, rows };
};

/** What must be caught: rows in one transaction, the checkpoint in another. */
const separateCheckpoint = (world: World, diesBetween: { now: boolean }): World => {
  const rows: World['rows'] = Object.create(world.rows);
  rows.commit = async (changes) => {
    const moved = await world.rows.commit(changes.map((change): BuildChange => ({ ...change, next: change.expected })));
    if (moved === 'moved') return moved;
    if (diesBetween.now) throw new Error('killed');
    return world.rows.commit(changes.map((change): BuildChange => ({ ...change, writes: [], parks: [], unparks: [] })));
  };
  return { ...world, rows };
};

/** Follows the log to its end, three events at a time. */
const followToItsEnd = async (world: World): Promise<void> => {
  const stop = new AbortController();
  await world.rows.prepare(counting());
  const following = followLog(world, [counting()], { signal: stop.signal, batchSize: 3 });
  await world.rows.reached(await world.store.end(), longEnough);
  stop.abort();
  await following;
};

/** Another projector folds every other batch before this one reads it. */
const besideAnother = (world: World): World => {
  const store: World['store'] = Object.create(world.store);
  store.subscribe = async function* (options) {
    let events = 0;
    for await (const item of world.store.subscribe(options)) {
      if (events % 6 === 3) await catchUp(dying(world, 1), [counting()], { batchSize: 3 }).catch(() => undefined);
      if (!('kind' in item)) events += 1;
      yield item;
    }
  };
  return { ...world, store };
};

describe('the projector', () => {
  it('asks for a row once, and for what is parked not at all where nothing is, while nobody else writes', async () => {
    const world = worldWith(closing(new SqliteReadModels(join(emptyFolder(), 'read-models.db'))));
    await world.tell(...facts);
    const loaded: string[] = [];
    const rows: World['rows'] = Object.create(world.rows);
    rows.load = (build, table, keys) => {
      loaded.push(...keys);
      return world.rows.load(build, table, keys);
    };
    rows.parkedEvents = () => Promise.reject(new Error('Nobody need ask.'));
    await followToItsEnd({ ...world, rows });
    expect(loaded.toSorted()).toEqual([ticketIdOfCase(1), ticketIdOfCase(2)]);
    expect([await eventsOf(world, 1), await eventsOf(world, 2)]).toEqual([ticketFacts(1), ticketFacts(2)]);
  });

  it('forgets what it knew of rows when somebody else has folded meanwhile', async () => {
    const world = worldWith();
    await world.tell(...facts);
    await followToItsEnd(besideAnother(world));
    expect([await eventsOf(world, 1), await eventsOf(world, 2)]).toEqual([ticketFacts(1), ticketFacts(2)]);
  });

  it('the same test finds one that goes on by what it knew', async () => {
    const knowing = jest.spyOn(RowMemory.prototype, 'standsAt').mockImplementation(() => undefined);
    const world = worldWith();
    await world.tell(...facts);
    await followToItsEnd(besideAnother(world));
    knowing.mockRestore();
    expect([await eventsOf(world, 1), await eventsOf(world, 2)]).not.toEqual([ticketFacts(1), ticketFacts(2)]);
  });

  it('moves the checkpoint over events without keys', async () => {
    const world = worldWith();
    await world.tell(...facts.filter(({ stream }) => !stream.startsWith('ticket-')));
    const end = await catchUp(world, [counting()]);
    expect(await world.rows.position('counting')).toBe(end);
    expect(await world.rows.count('counting')).toBe(0);
  });

  it('takes nobody for ahead of the log who has folded what was written since its end was asked for', async () => {
    const world = worldWith();
    await world.tell(...facts.slice(0, 3));
    await catchUp(world, [counting()]);
    const store: World['store'] = Object.create(world.store);
    let isFirst = true;
    store.end = async () => {
      const end = await world.store.end();
      if (!isFirst) return end;
      isFirst = false;
      await world.tell(...facts.slice(3));
      await catchUp(world, [counting()]);
      return end;
    };
    expect(await catchUp({ ...world, store }, [counting()])).toBe(await world.store.end());
  });

  it('folds every fact once when it dies between two batches', async () => {
    const world = worldWith();
    await world.tell(...facts);
    await expect(catchUp(dying(world, 3), [counting()], { batchSize: 5 })).rejects.toThrow('killed');
    await catchUp(world, [counting()], { batchSize: 5 });
    expect([await eventsOf(world, 1), await eventsOf(world, 2)]).toEqual([ticketFacts(1), ticketFacts(2)]);
  });

  it('the same test finds a checkpoint that is written apart from the rows', async () => {
    const world = worldWith();
    await world.tell(...facts);
    const dies = { now: true };
    await expect(catchUp(separateCheckpoint(world, dies), [counting()])).rejects.toThrow('killed');
    dies.now = false;
    await catchUp(separateCheckpoint(world, dies), [counting()]);
    expect(await eventsOf(world, 1)).toBe(2 * ticketFacts(1));
  });

  it('follows the log, wakes whoever waits, and stops on the signal', async () => {
    const world = worldWith();
    const running = new AbortController();
    const done = runProjections(world, [counting()], { signal: running.signal });
    await world.tell(...facts);
    expect(await world.rows.reached(await world.store.end(), 600_000)).toBe(true);
    expect(await eventsOf(world, 1)).toBe(ticketFacts(1));
    running.abort();
    await expect(done).resolves.toBeUndefined();
  });

  it('two of them on the same tables do no harm', async () => {
    const file = join(emptyFolder(), 'read-models.db');
    const [one, two] = [new SqliteReadModels(file), new SqliteReadModels(file)];
    const world = worldWith(one);
    const running = new AbortController();
    const projectors = [world, beside(world, two)].map((each) =>
      runProjections(each, [counting()], { signal: running.signal, batchSize: 3 }),
    );
    await world.tell(...facts);
    const end = await world.store.end();
    // Whoever lost every race has only read: the tables are what counts.
    while ((await one.position('counting')) < end) await new Promise((resolve) => setImmediate(resolve));
    running.abort();
    await Promise.all(projectors);
    expect([await eventsOf(world, 1), await eventsOf(world, 2)]).toEqual([ticketFacts(1), ticketFacts(2)]);
    expect(await dump(one, counting())).toBe(await dump(two, counting()));
    one.close();
    two.close();
  });
});
