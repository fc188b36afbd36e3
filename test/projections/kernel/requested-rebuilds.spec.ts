import { registerStaff } from '../../../src/application/staff/register-staff';
import type { Asker } from '../../../src/application/kernel/access';
import type { Projection } from '../../../src/application/kernel/ports/projection';
import { askForRebuild, rebuildRequestOf } from '../../../src/application/operation/table-rebuilds';
import { DatabaseUnavailable } from '@tichet-albastru/event-log/database/postgres/database-fault';
import { fillRequestedTables } from '../../../src/infrastructure/nest/requested-rebuilds';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { staffDirectory } from '../../../src/projections/staff-directory/staff-directory';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { mustBeDone, staff } from '../../http/support/service';
import { contextAt } from '../../support/command-context';
import { eventually } from '../../support/eventually';
import { shortPauses } from '../../support/short-pauses';

shortPauses();

const admin: Asker = { kind: 'official', role: 'admin', person: 'p.admin' };
const table = staffDirectory.name;

const start = async () => {
  const ports = createTestPorts();
  const context = contextAt(ports.clock.now(), ports.identifiers.next());
  mustBeDone(await registerStaff(ports)(context, staff.s002));
  await catchUp(ports, [staffDirectory]);
  const build = async () => (await ports.rows.builds()).find(({ projection }) => projection === table)?.build;
  return { ports, build };
};
type Started = Awaited<ReturnType<typeof start>>;

/** A process that fills these tables until the last request is settled, or something else has happened. */
const fillUntil = async ({ ports }: Started, tables: readonly Projection[], settled: () => Promise<boolean> | boolean): Promise<void> => {
  const stop = new AbortController();
  const filling = fillRequestedTables(ports, tables, stop.signal);
  await eventually('the last request is settled', settled);
  stop.abort();
  await filling;
};
const isSettled =
  ({ ports }: Started) =>
  async (): Promise<boolean> =>
    (await rebuildRequestOf(ports, table))?.outcome !== undefined;

describe('a rebuild that somebody has asked for', () => {
  it('is done by a process that starts later, and kept with who asked, when it ended and what came of it', async () => {
    const started = await start();
    const before = await started.build();
    expect(await askForRebuild(started.ports, admin, table)).toBe('asked');
    expect(await askForRebuild(started.ports, admin, table)).toBe('already');
    await fillUntil(started, [staffDirectory], isSettled(started));
    const at = started.ports.clock.now();
    expect(await rebuildRequestOf(started.ports, table)).toEqual({ at, by: 'p.admin', endedAt: at, outcome: 'switched' });
    expect(await started.build()).not.toBe(before);
    expect(await askForRebuild(started.ports, admin, table)).toBe('asked');
  });

  it('is told with who has asked, each asking once', async () => {
    const { ports } = await start();
    const told = jest.spyOn(ports.logger, 'info');
    for (let time = 0; time < 2; time += 1) await askForRebuild(ports, admin, table);
    expect(told.mock.calls).toEqual([['operator.acted', { effect: 'table.rebuilt', by: 'p.admin', count: 1 }]]);
  });

  it('stays asked for where the process ends first: the next one does it', async () => {
    const started = await start();
    await askForRebuild(started.ports, admin, table);
    const stopped = AbortSignal.abort();
    await fillRequestedTables(started.ports, [staffDirectory], stopped);
    expect(await rebuildRequestOf(started.ports, table)).not.toHaveProperty('outcome');
    await fillUntil(started, [staffDirectory], isSettled(started));
    expect((await rebuildRequestOf(started.ports, table))?.outcome).toBe('switched');
  });

  it('is left to a process that knows the table', async () => {
    const started = await start();
    await askForRebuild(started.ports, admin, table);
    const looking = jest.spyOn(started.ports.operations.keyValues, 'get');
    // the second look begins behind the first turn
    await fillUntil(started, [], () => looking.mock.calls.length > 1);
    expect(await rebuildRequestOf(started.ports, table)).not.toHaveProperty('outcome');
  });

  it('that ends with an error says so, and can be asked for again', async () => {
    const started = await start();
    await askForRebuild(started.ports, admin, table);
    const broken = jest.spyOn(started.ports.rows, 'startBuild').mockRejectedValue(new Error('no disk'));
    await fillUntil(started, [staffDirectory], isSettled(started));
    expect((await rebuildRequestOf(started.ports, table))?.outcome).toBe('failed');
    broken.mockRestore();
    expect(await askForRebuild(started.ports, admin, table)).toBe('asked');
    await fillUntil(started, [staffDirectory], isSettled(started));
    expect((await rebuildRequestOf(started.ports, table))?.outcome).toBe('switched');
  });

  it('is found by who fills tables already, also when a table could not be read as it was asked for', async () => {
    const started = await start();
    const { keyValues } = started.ports.operations;
    await askForRebuild(started.ports, admin, table);
    const real = { ...keyValues };
    let failures = 0;
    jest.spyOn(keyValues, 'get').mockImplementation((name) => {
      if (!name.includes(table) || failures > 0) return real.get(name);
      failures += 1;
      return Promise.reject(new Error('away'));
    });
    await fillUntil(started, [staffDirectory], async () => failures > 0 && (await isSettled(started)()));
    expect((await rebuildRequestOf(started.ports, table))?.outcome).toBe('switched');
  });

  it('waits where the database is away for a while, and is not given up', async () => {
    const started = await start();
    await askForRebuild(started.ports, admin, table);
    jest.spyOn(started.ports.rows, 'startBuild').mockRejectedValueOnce(new DatabaseUnavailable('08006'));
    await fillUntil(started, [staffDirectory], isSettled(started));
    expect((await rebuildRequestOf(started.ports, table))?.outcome).toBe('switched');
  });

  it('begins anew where the new table could not tell whose row an event belongs to, and had been refused', async () => {
    const started = await start();
    const [blind, mended]: readonly Projection[] = [
      {
        ...staffDirectory,
        keysOf: () => {
          throw new Error('whose is it');
        },
      },
      staffDirectory,
    ];
    await askForRebuild(started.ports, admin, table);
    await fillUntil(started, [blind ?? staffDirectory], isSettled(started));
    expect((await rebuildRequestOf(started.ports, table))?.outcome).toBe('parks-more');
    await askForRebuild({ ...started.ports, clock: { now: () => '2099-01-01T00:00:00.000Z' } }, admin, table);
    await fillUntil(started, [mended ?? staffDirectory], isSettled(started));
    expect((await rebuildRequestOf(started.ports, table))?.outcome).toBe('switched');
    expect(await started.ports.readModels.parked()).toEqual([]);
  });

  it('is nobody’s but an administrator’s, or of whoever is at the console', async () => {
    const { ports } = await start();
    const auditor: Asker = { kind: 'official', role: 'auditor', person: 'p.a' };
    expect(await askForRebuild(ports, auditor, table)).toMatchObject({ code: 'forbidden' });
    expect(await rebuildRequestOf(ports, table)).toBeUndefined();
  });
});
