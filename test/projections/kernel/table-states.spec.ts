import type { FastifyReply } from 'fastify';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { bookingProcess } from '../../../src/application/booking/booking-process';
import type { Asker } from '../../../src/application/kernel/access';
import { pause } from '@tichet-albastru/kernel/pause';
import type { Projection } from '../../../src/application/kernel/ports/projection';
import { unfinishedBuilds } from '../../../src/application/operation/table-rebuilds';
import type { Process } from '../../../src/application/kernel/processes/process';
import { HealthController } from '../../../src/infrastructure/api/controllers/operations.controllers';
import { Background } from '../../../src/infrastructure/nest/background';
import { ServiceStatus } from '../../../src/infrastructure/nest/service-status';
import { Tables } from '../../../src/infrastructure/nest/tables';
import { createMetrics } from '../../../src/infrastructure/telemetry/metrics';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { rebuild } from '@tichet-albastru/event-log/projector/rebuild';
import { staffDirectory } from '../../../src/projections/staff-directory/staff-directory';
import { mustBeDone, staff } from '../../http/support/service';
import { closing } from '../../support/closing';
import { contextAt } from '../../support/command-context';

const admin: Asker = { kind: 'official', role: 'admin', person: 'p.admin' };

describe('a new version of a table that parks more than the one that is read', () => {
  const start = async () => {
    const ports = createTestPorts();
    const unfinished = unfinishedBuilds(ports);
    for (const person of Object.values(staff))
      mustBeDone(await registerStaff(ports)(contextAt(ports.clock.now(), ports.identifiers.next()), person));
    await catchUp(ports, [staffDirectory]);
    const mending = { isMended: false, stop: (): void => undefined };
    const next: Projection = {
      ...staffDirectory,
      version: staffDirectory.version + 1,
      apply: (...given: Parameters<Projection['apply']>) => {
        mending.stop();
        if (!mending.isMended) throw new TypeError('not yet');
        return (staffDirectory as Projection).apply(...given);
      },
    };
    const opened = { ports, rows: ports.rows, projections: [next], processes: [], eventTargets: [] };
    const state = async () => (await new ServiceStatus(opened).look()).tables[0]?.state;
    return { ports: { ...ports, unfinished }, opened, mending, next, state };
  };

  it('is being filled until it was, however many it has parked by then; refused only then', async () => {
    const { ports, mending, next, state } = await start();
    const stopped = new AbortController();
    mending.stop = () => {
      stopped.abort();
    };
    expect(await rebuild(ports, next, { signal: stopped.signal, batchSize: 1 })).toBe('interrupted');
    expect((await ports.readModels.parked()).length).toBeGreaterThan(0);
    expect(await state()).toBe('rebuilding');
    expect(await rebuild(ports, next)).toBe('parks-more');
    expect(await state()).toBe('refused');
  });

  it('stays refused while its rows are tried again, until it is filled again', async () => {
    const { ports, opened, mending, next, state } = await start();
    expect(await rebuild(ports, next)).toBe('parks-more');
    mending.isMended = true;
    expect(await new Tables(opened).retryAllFor(admin, {})).toMatchObject({ still: 0, needsRebuild: 0 });
    expect(await ports.readModels.parked()).toEqual([]);
    expect(await state()).toBe('refused');
    expect(await rebuild(ports, next)).toBe('switched');
    expect(await state()).toBe('up-to-date');
  });

  it('has rows that are tried again together: those for which there is no time are left and counted, and the same can be asked again', async () => {
    const { ports, opened, mending, next } = await start();
    expect(await rebuild(ports, next)).toBe('parks-more');
    mending.isMended = true;
    const [tables, waiting] = [new Tables(opened), (await ports.readModels.parked()).length];
    expect(waiting).toBeGreaterThan(1);
    expect(await tables.retryAllFor(admin, {}, 0)).toEqual({ applied: 0, still: 0, needsRebuild: 0, left: waiting });
    expect(await tables.retryAllFor(admin, {})).toEqual({ applied: waiting, still: 0, needsRebuild: 0, left: 0 });
    expect(await ports.readModels.parked()).toEqual([]);
  });

  it('has rows that somebody else has tried meanwhile: they are not counted', async () => {
    const { ports, opened, mending, next } = await start();
    expect(await rebuild(ports, next)).toBe('parks-more');
    mending.isMended = true;
    const parked = await ports.readModels.parked();
    const tables = new Tables(opened);
    expect(await tables.retryAllFor(admin, {})).toMatchObject({ applied: parked.length });
    jest.spyOn(ports.readModels, 'parked').mockResolvedValue(parked);
    expect(await tables.retryAllFor(admin, {})).toEqual({ applied: 0, still: 0, needsRebuild: 0, left: 0 });
  });

  it('has rows of which the journal says that they were tried only where they were: a program without the code of their table tries none', async () => {
    const { ports, opened, next } = await start();
    expect(await rebuild(ports, next)).toBe('parks-more');
    const told = jest.spyOn(ports.logger, 'info');
    const parked = await ports.readModels.parked();
    const id = parked[0]?.id ?? '';
    const withoutCode = new Tables({ ...opened, projections: [] });
    expect(await withoutCode.retryFor(admin, id)).toBe('of-another-program');
    expect(await withoutCode.retryAllFor(admin, {})).toMatchObject({ still: 0, needsRebuild: parked.length });
    expect(told).not.toHaveBeenCalled();
    expect(await new Tables(opened).retryFor(admin, id)).toBe('still-parked');
    expect(told.mock.calls).toEqual([['operator.acted', { effect: 'row.tried-again', by: 'p.admin', count: 1 }]]);
  });

  it('of which the log lacks something is not being filled any more: what is read is an old version', async () => {
    const { ports, next, state } = await start();
    expect(await rebuild(ports, next, { signal: AbortSignal.abort() })).toBe('interrupted');
    const build = (await ports.rows.builds()).find((one) => one.state === 'filling')?.build ?? 0;
    expect(await state()).toBe('rebuilding');
    await ports.unfinished.note(next.name, { build, because: 'log-lacks' });
    expect(await state()).toBe('outdated');
  });
});

describe('a table of a process of which an earlier version kept fewer columns', () => {
  it('is filled anew under the same version: it is named, the process waits, the service stays ready, and two lines say so', async () => {
    const lines: string[] = [];
    const noting = (event: string): void => void lines.push(event);
    const ports = createTestPorts({ logger: { info: noting, warn: noting, error: noting } });
    for (const person of Object.values(staff))
      mustBeDone(await registerStaff(ports)(contextAt(ports.clock.now(), ports.identifiers.next()), person));
    const { name } = bookingProcess;
    const earlier: Projection = { ...(bookingProcess as Projection), columns: { dueAt: 'text' } };
    await catchUp(ports, [earlier]);
    const [release, startBuild, select] = [
      new AbortController(),
      ports.rows.startBuild.bind(ports.rows),
      jest.spyOn(ports.readModels, 'select'),
    ];
    jest.spyOn(ports.rows, 'startBuild').mockImplementation(async (projection) => {
      await pause(2 ** 30, release.signal);
      return startBuild(projection);
    });
    const builds = jest.spyOn(ports.rows, 'builds');
    const tables = { projections: [], processes: [bookingProcess as Process] };
    const metrics = createMetrics();
    metrics.watchReading({ ...ports, tables: [], processes: tables.processes });
    const cannotRead = async () => /^tichet_process_cannot_read\{process="process-booking"\} (\d)$/mu.exec(await metrics.text())?.[1];
    const background = closing(new Background(ports, ports.rows, tables, { processes: true }));
    closing({
      end: () => {
        release.abort();
      },
    });
    const ready = async (): Promise<unknown> => {
      const send = jest.fn();
      const reply = { code: (status: number) => ({ header: () => ({ send: (body: object) => void send({ code: status, ...body }) }) }) };
      await new HealthController(background).isReady(reply as unknown as FastifyReply);
      return send.mock.calls[0]?.[0];
    };
    await background.start();
    // the process has asked twice for its table
    for (const asked = builds.mock.calls.length; builds.mock.calls.length < asked + 4;) await pause(50);
    expect(await ready()).toEqual({ code: 200, status: 'ready', filling: [name] });
    expect(select.mock.calls.filter(([table]) => table === name)).toEqual([]);
    expect(await cannotRead()).toBe('1');
    select.mockClear();
    release.abort();
    while (!select.mock.calls.some(([table, chosen]) => table === name && chosen?.where?.[0]?.column === 'countedFrom')) await pause(50);
    expect(await ready()).toEqual({ code: 200, status: 'ready' });
    expect(await cannotRead()).toBe('0');
    expect(lines).toEqual(['tables.filling', 'tables.filled']);
  });
});
