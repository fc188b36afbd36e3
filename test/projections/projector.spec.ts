import { join } from 'node:path';
import { SqliteReadModels } from '../../src/infrastructure/tables/read-models/sqlite-read-models';
import type { BuildChange } from '../../src/application/kernel/ports/projection-store';
import { catchUp, runProjections } from '../../src/projections/kernel/projector';
import { onlineHistory, phoneHistory } from '../support/histories';
import { counting, type CountRow } from './counting';
import { asCase, beside, dump, sideBySide, ticketIdOfCase, worldWith, type World } from './world';
import { emptyFolder } from '../support/closing';

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

describe('the projector', () => {
  it('moves the checkpoint over events without keys', async () => {
    const world = worldWith();
    await world.tell(...facts.filter(({ stream }) => !stream.startsWith('ticket-')));
    const end = await catchUp(world, [counting()]);
    expect(await world.rows.position('counting')).toBe(end);
    expect(await world.rows.count('counting')).toBe(0);
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
