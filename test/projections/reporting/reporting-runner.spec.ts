import { setImmediate as others } from 'node:timers/promises';
import type { RowChange } from '@tichet-albastru/event-log/ports/read-models';
import { createLease } from '@tichet-albastru/event-log/database/postgres/lease';
import { runReporting } from '@tichet-albastru/event-log/reporting/fill-reporting';
import { openPool } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { emptyFolder } from '../../support/closing';
import { eventually } from '../../support/eventually';
import { declaredErrands, errands, inPostgres, inSqlite, World, type Place } from '../kernel/errands';

const places: readonly (readonly [string, () => Promise<Place>])[] = [
  ['SQLite', () => Promise.resolve(inSqlite(emptyFolder()))],
  ['PostgreSQL', inPostgres],
];

describe.each(places)('whoever fills the reporting tables in %s', (_kind, open) => {
  let world: World;
  let stop: AbortController;
  let running: Promise<void>;
  const run = (every?: number): void => {
    stop = new AbortController();
    running = runReporting(world.ports, declaredErrands, { signal: stop.signal, ...(every !== undefined && { every }) });
  };
  /** Until nothing is left to do, and nothing but a change or the end is waited for. */
  const runUntilAtRest = async (): Promise<void> => {
    const telling = jest.spyOn(world.place.reporting, 'tell');
    run(3_600_000);
    await eventually('the first turn', () => telling.mock.calls.length > 0);
    await telling.mock.results[0]?.value;
    await others();
  };
  const becomes = (overdue: boolean): Promise<true> =>
    eventually(`overdue: ${String(overdue)}`, async () => (await world.rows())[0]?.['overdue'] === overdue);

  beforeEach(async () => {
    world = new World(await open());
    await world.place.models.prepare(errands);
    await world.fill();
  });
  afterEach(async () => {
    stop.abort();
    await running;
  });

  it('does it as soon as a row has changed, without looking again and again', async () => {
    await runUntilAtRest();
    await world.write({ a: { departmentCode: '425' } });
    await eventually('the row', async () => (await world.rows('errand_id')).length === 1);
  });

  it('turns what is due with no fact, while nobody does anything, when the clock goes forth and back', async () => {
    await world.write({ a: { departmentCode: '425', dueAt: '2026-03-05T09:00:00.000Z' } });
    run(50);
    await becomes(false);
    world.clock.set('2026-03-05T09:00:00.001Z');
    await becomes(true);
    world.clock.set('2026-03-04T09:00:00.000Z');
    await becomes(false);
    world.clock.set('2026-03-05T10:00:00.000Z');
    await becomes(true);
    await eventually('nothing more to come', async () => (await world.freshness())[0]?.['judged_until'] === null);
  });

  it('looks every twenty seconds at the latest, so that nothing shows a verdict older than a minute', async () => {
    const waited: number[] = [];
    // the driver of the database waits as well, and less
    const longWaits = (): readonly number[] => waited.filter((milliseconds) => milliseconds > 15_000);
    const { setTimeout: real } = globalThis;
    jest.spyOn(globalThis, 'setTimeout').mockImplementation((done: () => void, milliseconds = 0) => {
      waited.push(milliseconds);
      return real(done, milliseconds);
    });
    run();
    await eventually('a long wait', () => longWaits().length > 0);
    jest.restoreAllMocks();
    expect(longWaits()).toEqual([20_000]);
  });

  it('ends at once when it is told to, and with the fault of whoever tells of changes', async () => {
    await runUntilAtRest();
    stop.abort();
    await running;
    const { readModels, ...others } = world.ports;
    const deaf = {
      get: readModels.get.bind(readModels),
      select: readModels.select.bind(readModels),
      parked: readModels.parked.bind(readModels),
      changes: async function* (): AsyncGenerator<RowChange> {
        yield await Promise.reject(new Error('not heard'));
      },
    };
    await expect(runReporting({ ...others, readModels: deaf }, declaredErrands, { signal: new AbortController().signal })).rejects.toThrow(
      'not heard',
    );
  });
});

describe('two processes that fill the reporting tables of one database', () => {
  it('do it one at a time, and the other goes on when one has died', async () => {
    const place = await inPostgres();
    const clock = new World(place).clock;
    const pool = openPool({ url: place.url, purpose: 'lease', most: 2 });
    const begin = (nth: number) => {
      const world = new World(nth === 0 ? place : place.again(), clock);
      const [stopped, killed] = [new AbortController(), new AbortController()];
      const lease = createLease({ pool, name: 'reporting', holder: `process-${nth}`, milliseconds: 1000, tryEvery: 50 });
      let holds = false;
      const over = lease
        .held(stopped.signal, async (signal) => {
          holds = true;
          await runReporting(world.ports, declaredErrands, { signal: AbortSignal.any([signal, killed.signal]), every: 50 });
          holds = false;
          // a dead process gives nothing back
          if (killed.signal.aborted) await new Promise(() => undefined);
        })
        .catch(() => undefined);
      return { world, stopped, killed, over, holds: () => holds };
    };
    const world = new World(place, clock);
    await place.models.prepare(errands);
    await world.write({ a: { departmentCode: '425', dueAt: '2026-03-05T09:00:00.000Z' } });
    const both = [begin(0), begin(1)] as const;
    const there = async () => (await place.ask(`SELECT to_regclass('reporting.v2_errands') AS there`))[0]?.['there'] !== null;
    await eventually('the table', there);
    await eventually('its row', async () => (await world.rows()).length === 1);
    expect(both.filter(({ holds }) => holds())).toHaveLength(1);
    const dying = both.find(({ holds }) => holds());
    const next = both.find((one) => one !== dying);
    dying?.killed.abort();
    clock.set('2026-03-05T09:00:01.000Z');
    await pool.query(`UPDATE tichet.leases SET until = clock_timestamp() WHERE name = 'reporting'`);
    await eventually('what the other has filled', async () => (await world.rows())[0]?.['overdue'] === true);
    expect(next?.holds()).toBe(true);
    for (const { stopped } of both) stopped.abort();
    await next?.over;
    await pool.end();
  });
});
