import { cancelTicket, withdrawTicket } from '../../../src/application/booking/cancel-ticket';
import { rescheduleTicket } from '../../../src/application/booking/move-meeting';
import { EventLogCorrupt } from '../../../src/application/kernel/ports/event-store';
import { personal } from '../../../src/domain/kernel/personal-text';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { liveBlocks } from '../../../src/domain/agenda/agenda';
import { openWorld, request, staffId, type World } from './world';

const day = `agenda-${staffId}_2026-03-05`;
const ofRequest = `request-${request.number}_${request.filedOn}`;
const wednesday = '2026-03-11T08:00:00.000Z';

/** Of this stream nothing is read, or nothing written, until it is mended: as of one that somebody has deleted on the server, and an administrator closed. */
const damage = ({ ports: { store } }: World, stream: string, how: 'tombstoned' | 'denied' = 'tombstoned'): (() => void) => {
  const [read, append] = [store.read.bind(store), store.append.bind(store)];
  const corrupt = () => new EventLogCorrupt('It is not whole.', { stream, revision: 0, how });
  store.append = (name, ...rest) => (name === stream ? Promise.reject(corrupt()) : append(name, ...rest));
  if (how === 'tombstoned')
    store.read = (name, ...rest) => {
      if (name === stream) throw corrupt();
      return read(name, ...rest);
    };
  return () => {
    Object.assign(store, { read, append });
  };
};

const holdsOf = async (world: World): Promise<readonly string[]> =>
  Object.values((await world.agendaOn(staffId, '2026-03-05')).holds).map(({ standing }) => standing);
const isFree = async (world: World): Promise<boolean> => {
  const state = await world.admission();
  return state.status !== 'unknown' && state.admission === undefined;
};
/** Long after every wait between two attempts. */
const muchLater = async (world: World): Promise<void> => {
  world.clock.advance({ minutes: 30 });
  await world.drain();
};

describe('where the day of a meeting is not whole', () => {
  it.each(['tombstoned', 'denied'] as const)(
    '(%s) a cancellation is answered, the request is free at once, and the hour once the day is mended',
    async (how) => {
      const world = await openWorld();
      const ticketId = await world.book();
      await world.drain();
      const mend = damage(world, day, how);
      const cancelled = await cancelTicket(world.ports)(world.context('citizen'), { ticketId, by: 'citizen' });
      expect(cancelled).toMatchObject({ kind: 'done' });
      expect(await world.types(ticketId)).toContain('Cancelled');
      expect(await isFree(world)).toBe(true);
      // and for another day it is asked for meanwhile
      await world.askBy(world.ports, {
        ...{ ticketId: world.ports.identifiers.next(), holdId: world.ports.identifiers.next(), startsAt: wednesday },
        ...{ mode: 'in-person', phone: '0740123456' },
      });
      await muchLater(world);
      mend();
      expect(await holdsOf(world)).toEqual(['confirmed']);
      await muchLater(world);
      expect(await holdsOf(world)).toEqual(['released']);
    },
  );

  it('a meeting is moved away from it', async () => {
    const world = await openWorld();
    const ticketId = await world.book();
    await world.drain();
    const mend = damage(world, day);
    const holdId = world.ports.identifiers.next();
    const moved = { ticketId, holdId, startsAt: wednesday, by: 'staff', reason: 'technical', citizenAgreed: true } as const;
    expect(await rescheduleTicket(world.ports)(world.context(), moved)).toMatchObject({ kind: 'done' });
    expect(await world.types(ticketId)).toContain('Rescheduled');
    mend();
    await muchLater(world);
    expect(await holdsOf(world)).toEqual(['released']);
  });

  it.each([
    ['is given up', async (world: World, ticketId: string) => withdrawTicket(world.ports)(world.context('citizen'), { ticketId })],
    ['runs out', (world: World) => muchLater(world)],
  ])('a ticket that awaits its code and %s frees its request', async (_, end) => {
    const world = await openWorld();
    const ticketId = await world.ask('online', { email: 'ion@example.org', phone: '0740123456' });
    damage(world, day);
    await end(world, ticketId);
    expect(await world.types(ticketId)).toContain('Lapsed');
    expect(await isFree(world)).toBe(true);
  });

  it('a ticket whose code was entered waits for it as long as its hour was held, and then frees its request', async () => {
    const world = await openWorld();
    const ticketId = await world.ask('online', { email: 'ion@example.org', phone: '0740123456' });
    const mend = damage(world, day);
    await expect(world.verify(ticketId)).rejects.toThrow(EventLogCorrupt);
    await world.drainLater();
    expect(await isFree(world)).toBe(false);
    await muchLater(world);
    const [lapsed] = (await world.facts(ticketId)).filter(({ type }) => type === 'Lapsed');
    expect(lapsed).toMatchObject({ data: { cause: 'slot-lost' } });
    expect(await isFree(world)).toBe(true);
    mend();
    await muchLater(world);
    expect(await holdsOf(world)).not.toContain('held');
  });

  it('an absence closes every other day, and this one once it is mended', async () => {
    const world = await openWorld();
    const mend = damage(world, day);
    const [from, to] = ['2026-03-03T22:00:00.000Z', '2026-03-06T22:00:00.000Z'];
    await world.tellStaff(staffId, {
      type: 'AbsenceRecorded',
      data: { absenceId: 'a1', reason: personal('staff', 'concediu'), from, to, recordedAt: world.clock.now() },
    });
    await world.drain();
    const closed = async (date: string) => liveBlocks(await world.agendaOn(staffId, date)).length;
    expect([await closed('2026-03-04'), await closed('2026-03-06')]).toEqual([1, 1]);
    mend();
    await muchLater(world);
    expect(await closed('2026-03-05')).toBe(1);
  });
});

it('where a request is not whole, its ticket can be cancelled and its hour is free', async () => {
  const world = await openWorld();
  const ticketId = await world.book();
  await world.drain();
  const mend = damage(world, ofRequest);
  expect(isRefusal(await cancelTicket(world.ports)(world.context('citizen'), { ticketId, by: 'citizen' }))).toBe(false);
  expect(await holdsOf(world)).toEqual(['released']);
  mend();
  await muchLater(world);
  expect(await isFree(world)).toBe(true);
});
