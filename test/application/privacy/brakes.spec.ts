import { cancelTicket } from '../../../src/application/booking/cancel-ticket';
import {
  applyRetention,
  noteApplied,
  noteNewInstallation,
  type Retaining,
  retentionTurn,
  ticketConsidered,
} from '../../../src/application/privacy/retention';
import { tables } from '../../../src/application/kernel/ports/tables';
import { RowParked } from '@tichet-albastru/event-log/ports/read-models';
import { defaultRetention, periodOf, type RetentionPeriods } from '../../../src/domain/retention/retention';
import { everyTable, followedTables } from '../../../src/infrastructure/nest/tables';
import { chainOf } from '../../../src/infrastructure/proof/chain-of';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { createTestService } from '../kernel/test-service';

const allTables = everyTable(followedTables());

const periods: RetentionPeriods = {
  ...defaultRetention,
  contact: periodOf('P2Y') ?? null,
  names: null,
  letters: null,
  outbox: null,
  readings: null,
};
const later = '2030-01-10T04:00:00.000Z';
const { signal } = new AbortController();
const rest = () => Promise.resolve();

/** A ticket that the citizen has cancelled, of whom nobody has to be told. */
const ended = async () => {
  const service = createTestService();
  await noteNewInstallation(service.ports);
  await service.open();
  await catchUp(service.ports, allTables);
  const ticketId = await service.book('phone');
  await service.must(cancelTicket, { ticketId, by: 'citizen', reason: 'other' });
  const retaining: Retaining = { ports: service.ports, chainOf, periods };
  return { service, ticketId, retaining };
};
const counted = async (retaining: Retaining) =>
  (await applyRetention(retaining, { now: later, by: 'command', dryRun: true })).counts.contact;

describe('retention while the tables do not know everything', () => {
  const statusOnly = allTables.filter(({ name }) => name === tables.ticketStatus);

  it('erases nothing while they are being filled, and looks again soon', async () => {
    const { service, retaining } = await ended();
    await catchUp(service.ports, statusOnly);
    service.clock.set(later);
    expect(await counted(retaining)).toEqual({ unread: 1 });
    expect(await retentionTurn(retaining, signal, rest)).toBe(false);
    await catchUp(service.ports, allTables);
    expect(await counted(retaining)).toEqual({ due: 1 });
    expect(await retentionTurn(retaining, signal, rest)).toBe(true);
  });

  it('a citizen whom nobody has told is not erased because the task is in no table yet', async () => {
    const service = createTestService();
    await service.open();
    await catchUp(service.ports, allTables);
    const ticketId = await service.book('phone');
    await service.must(cancelTicket, { ticketId, by: 'staff', reason: 'other', reasonText: 'altfel' });
    await catchUp(service.ports, statusOnly);
    const standing = async (unread: boolean) =>
      (await ticketConsidered({ ports: service.ports, chainOf, periods, unread }, ticketId, later)).find(({ kind }) => kind === 'contact');
    expect(await standing(true)).toMatchObject({ standing: 'unread' });
    // no task is in the table yet, and of the audit it is not there either
    expect(await service.ports.readModels.count(tables.tasks, [{ column: 'ticketId', is: ticketId }])).toBe(0);
    expect(await standing(false)).toMatchObject({ standing: 'unread' });
  });

  it('one parked row keeps its own ticket only', async () => {
    const { service, ticketId, retaining } = await ended();
    const other = await service.book('phone');
    await service.must(cancelTicket, { ticketId: other, by: 'citizen', reason: 'other' });
    await catchUp(service.ports, allTables);
    const { readModels } = service.ports;
    const parked = new Proxy(readModels, {
      get: (target, name) => {
        if (name !== 'get') return Reflect.get(target, name).bind(target);
        return (table: string, key: string) =>
          key.includes(ticketId) ? Promise.reject(new RowParked(table, key)) : target.get(table, key);
      },
    });
    const beside = { ...retaining, ports: { ...service.ports, readModels: parked } };
    expect(await counted(beside)).toEqual({ unread: 1, due: 1 });
  });
});

describe('a clock that jumps ahead', () => {
  const night = async () => {
    const { service, retaining } = await ended();
    await catchUp(service.ports, allTables);
    const warned: unknown[] = [];
    const ports = {
      ...service.ports,
      logger: { ...service.ports.logger, warn: (event: string, what: unknown) => void warned.push([event, what]) },
    };
    const at = async (now: string): Promise<boolean> => {
      service.clock.set(now);
      await catchUp(service.ports, allTables);
      return retentionTurn({ ...retaining, ports }, signal, rest);
    };
    const erased = async () =>
      (await service.ticketFacts((await ticketIds(service))[0] ?? '')).some(({ type }) => type === 'PersonalDataErased');
    return { service, at, warned, erased };
  };
  const ticketIds = async (service: ReturnType<typeof createTestService>): Promise<readonly string[]> =>
    (await service.ports.readModels.select<{ readonly ticketId: string }>(tables.ticketStatus)).rows.map(({ ticketId }) => ticketId);

  it('makes the nights wait for a person, says so once a day, and does no harm once it is right again', async () => {
    const { at, warned, erased } = await night();
    expect(await at('2026-03-10T01:00:00.000Z')).toBe(true);
    expect(await at('2029-03-11T01:00:00.000Z')).toBe(false);
    expect(await at('2029-03-11T01:01:00.000Z')).toBe(false);
    expect([await erased(), warned]).toEqual([false, [['retention.held', { days: 1097 }]]]);
    expect(await at('2026-03-11T01:00:00.000Z')).toBe(true);
    expect(await erased()).toBe(false);
  });
  it('a week without a night is made up for; after a longer one the command lets the nights go on', async () => {
    const { service, at, erased } = await night();
    expect(await at('2029-03-03T01:00:00.000Z')).toBe(true);
    expect(await erased()).toBe(true);
    expect(await at('2029-03-10T01:00:00.000Z')).toBe(true);
    expect(await at('2029-03-18T01:00:00.000Z')).toBe(false);
    await noteApplied(service.ports, '2029-03-18T01:30:00.000Z');
    expect(await at('2029-03-19T01:00:00.000Z')).toBe(true);
  });
  it('broken variant: without the mark of the last night the same jump erases everybody', async () => {
    const { service, at, erased } = await night();
    expect(await at('2026-03-10T01:00:00.000Z')).toBe(true);
    await service.ports.operations.keyValues.remove('retention-applied-on');
    expect(await at('2029-03-11T01:00:00.000Z')).toBe(true);
    expect(await erased()).toBe(true);
  });
});
