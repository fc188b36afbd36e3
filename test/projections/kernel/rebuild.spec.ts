import { fork } from 'node:child_process';
import { join } from 'node:path';
import { personal } from '../../../src/domain/kernel/personal-text';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { allProjections } from '../../../src/projections/all-projections';
import { applicants } from '../../../src/projections/applicants/applicants';
import { staffCalendar } from '../../../src/projections/staff-calendar/staff-calendar';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { rebuild, rebuildTogether } from '@tichet-albastru/event-log/projector/rebuild';
import { cancelledHistory, onlineHistory, phoneHistory } from '../../support/histories';
import { counting, type CountRow } from './counting';
import { asCase, beside, dump, sideBySide, ticketIdOfCase, worldWith } from './world';
import { closing, emptyFolder } from '../../support/closing';

const cases = Array.from({ length: 30 }, (_, n) => asCase(n, onlineHistory()));
const facts = sideBySide(...cases);
const failing = (version: number) =>
  counting(version, {
    apply: (row, { fact }) => {
      if (fact.type === 'Held') throw new Error('cannot count this');
      return { events: (row?.events ?? 0) + 1, mark: `v${version}` };
    },
  });

describe('a rebuild', () => {
  let folder: string;
  let models: SqliteReadModels;
  beforeEach(() => {
    folder = emptyFolder();
    models = closing(new SqliteReadModels(join(folder, 'read-models.db')));
  });

  it('is never seen: who reads all the time sees the whole old table or the whole new one', async () => {
    const world = worldWith(models);
    await world.tell(...facts);
    await catchUp(world, [counting(1)]);
    const rebuilding = new AbortController();
    const seen = new Set<string>();
    const polling = (async () => {
      while (!rebuilding.signal.aborted) {
        const { rows } = await models.select<CountRow>('counting');
        seen.add(`${rows.length} rows of ${[...new Set(rows.map(({ mark }) => mark))].join(' and ')}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const outcome = await rebuild(world, counting(2), { batchSize: 7 });
    await new Promise((resolve) => setImmediate(resolve));
    rebuilding.abort();
    await polling;
    expect(outcome).toBe('switched');
    expect([...seen]).toEqual(['30 rows of v1', '30 rows of v2']);
  });

  it('that was interrupted goes on where it was', async () => {
    const world = worldWith(models);
    await world.tell(...facts);
    await catchUp(world, [counting(1)]);
    const interrupted = new AbortController();
    const commit = models.commit.bind(models);
    let commits = 0;
    models.commit = (changes) => {
      commits += 1;
      if (commits === 5) interrupted.abort();
      return commit(changes);
    };
    expect(await rebuild(world, counting(2), { batchSize: 10, signal: interrupted.signal })).toBe('interrupted');
    const [, filling] = await models.builds();
    expect(filling?.checkpoint).toBe('50'.padStart(20, '0'));
    expect(await rebuild(world, counting(2), { batchSize: 10 })).toBe('switched');
    expect(commits).toBe(Math.ceil(facts.length / 10));
    expect((await models.select<CountRow>('counting')).rows.every(({ mark }) => mark === 'v2')).toBe(true);
  });

  it('that was killed with its process goes on where it was, and ends with the same rows', async () => {
    const world = worldWith(models);
    await world.tell(...facts);
    await catchUp(world, [counting(1)]);
    const child = fork(require.resolve('./rebuild-child'), [join(folder, 'read-models.db')], {
      execArgv: ['--require', require.resolve('../../support/typescript-in-threads.cjs')],
    });
    await new Promise((resolve) => child.once('message', resolve));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    const before = await models.builds();
    expect(before.map(({ version, state }) => [version, state])).toEqual([
      [1, 'live'],
      [2, 'filling'],
    ]);
    expect(before[1]?.checkpoint).not.toBe('');
    expect(await rebuild(world, counting(2), { batchSize: 10 })).toBe('switched');
    const fresh = worldWith();
    await fresh.tell(...facts);
    await catchUp(fresh, [counting(2)]);
    expect(await dump(models, counting(2))).toBe(await dump(fresh.rows, counting(2)));
  });

  it('is refused when the new table cannot take what the old one took', async () => {
    const world = worldWith(models);
    await world.tell(...facts);
    await catchUp(world, [counting(1)]);
    expect(await rebuild(world, failing(2))).toBe('parks-more');
    expect((await models.get<CountRow>('counting', ticketIdOfCase(1)))?.mark).toBe('v1');
    expect((await models.parked()).filter(({ filling }) => filling)).toHaveLength(30);
  });

  it('leaves identical rows, before and after a person is erased, whatever the batches were', async () => {
    const world = worldWith(models);
    await world.tell(...sideBySide(asCase(1, onlineHistory()), asCase(2, phoneHistory()), asCase(3, cancelledHistory())));
    await catchUp(world, allProjections);
    const before = await dump(models, ...allProjections);
    await world.keys.destroy([`contact:ticket-${ticketIdOfCase(1)}`]);
    for (const projection of allProjections) expect(await rebuild(world, projection, { batchSize: 4 })).toBe('switched');
    expect(await dump(models, ...allProjections)).toBe(before);
    await world.tell({
      stream: `ticket-${ticketIdOfCase(1)}`,
      at: '2026-05-01T08:00:00.000Z',
      fact: { type: 'PersonalDataErased', data: { erasedAt: '2026-05-01T08:00:00.000Z', reason: personal('office', 'la cerere') } },
    });
    await catchUp(world, allProjections);
    const erased = await dump(models, ...allProjections);
    const fresh = beside(world);
    await catchUp(fresh, allProjections);
    expect(await dump(fresh.rows, ...allProjections)).toBe(erased);
  });
});

describe('a rebuild of several tables', () => {
  const told = async () => {
    const world = worldWith(closing(new SqliteReadModels(join(emptyFolder(), 'read-models.db'))));
    await world.tell(...sideBySide(asCase(1, onlineHistory()), asCase(2, phoneHistory()), asCase(3, cancelledHistory())));
    await catchUp(world, allProjections);
    let sent = 0;
    const store: EventStore = {
      ...world.store,
      readAll: async function* (options) {
        for await (const event of world.store.readAll(options)) {
          sent += 1;
          yield event;
        }
      },
    };
    return { world: { ...world, store }, events: Number(await world.store.end()), sent: () => sent };
  };
  const switched = { status: 'fulfilled', value: 'switched' };

  it('reads the log once for all of them, and leaves identical rows', async () => {
    const { world, events, sent } = await told();
    const before = await dump(world.rows, ...allProjections);
    expect(await rebuildTogether(world, allProjections, { batchSize: 4 })).toEqual(allProjections.map(() => switched));
    // derived tables ask for an event that they are parked with
    const derived = allProjections.filter(({ derived }) => derived !== undefined).length;
    const together = sent();
    expect(together).toBeLessThanOrEqual(events + derived);
    expect(await dump(world.rows, ...allProjections)).toBe(before);
    for (const projection of allProjections) await rebuild(world, projection, { batchSize: 4 });
    expect(sent() - together).toBeGreaterThanOrEqual(allProjections.length * events);
  });

  it('goes on with one that had begun, and is not held up by one that fails', async () => {
    const { world, events, sent } = await told();
    const { rows } = world;
    const interrupted = new AbortController();
    const commit = rows.commit.bind(rows);
    rows.commit = (changes) => {
      interrupted.abort();
      return commit(changes);
    };
    expect(await rebuild(world, staffCalendar, { batchSize: 12, signal: interrupted.signal })).toBe('interrupted');
    rows.commit = (changes) =>
      changes.some(({ build }) => build.projection === applicants.name) ? Promise.reject(new Error('The disk is full.')) : commit(changes);
    const from = sent();
    const outcomes = await rebuildTogether(world, allProjections, { batchSize: 4 });
    rows.commit = commit;
    expect(outcomes).toEqual(
      allProjections.map(({ name }) =>
        name === applicants.name ? { status: 'rejected', reason: expect.any(Error) as unknown } : switched,
      ),
    );
    const derived = allProjections.filter(({ derived }) => derived !== undefined).length;
    expect(sent() - from).toBeLessThanOrEqual(events + derived);
  });
});
