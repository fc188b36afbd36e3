import { cancelTicket, withdrawTicket } from '../../../../src/application/booking/cancel-ticket';
import { rescheduleTicket } from '../../../../src/application/booking/move-meeting';
import { slots } from '../../../../src/application/booking/slots';
import { closeStream } from '../../../../src/application/operation/close-stream';
import { EventLogCorrupt, type EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { personal } from '../../../../src/domain/kernel/personal-text';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { liveBlocks } from '../../../../src/domain/agenda/agenda';
import { agendaDays } from '../../../../src/projections/agenda-days/agenda-days';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { bookedWorld, openWorld, request, staffId, type World } from './world';

const day = `agenda-${staffId}_2026-03-05`;
const ofRequest = `request-${request.number}_${request.filedOn}`;
const wednesday = '2026-03-11T08:00:00.000Z';

/** Of this stream nothing is read, or nothing written, until it is mended: as of one that somebody has deleted on the server, and an administrator closed. */
const damage = (world: World, stream: string, how: 'tombstoned' | 'denied' = 'tombstoned'): (() => void) => {
  const store: EventStore = world.ports.store;
  const [read, append] = [store.read.bind(store), store.append.bind(store)];
  const corrupt = () => new EventLogCorrupt('It is not whole.', { stream, revision: 0, how });
  store.append = (name, ...rest) => (name === stream ? Promise.reject(corrupt()) : append(name, ...rest));
  if (how === 'tombstoned')
    store.read = (name, ...rest) => {
      if (name === stream) throw corrupt();
      return read(name, ...rest);
    };
  store.damaged = () => Promise.resolve([{ stream, revision: 0, how }]);
  return () => {
    Object.assign(store, { read, append, damaged: undefined });
  };
};

const holdsOf = async (world: World): Promise<readonly string[]> =>
  Object.values((await world.agendaOn(staffId, '2026-03-05')).holds).map(({ standing }) => standing);
const isFree = async (world: World): Promise<boolean> => {
  const state = await world.admission();
  return state.status !== 'unknown' && state.admission === undefined;
};
/** Long after every wait between two attempts. */
const muchLater = (world: World) => world.drainAfter({ minutes: 30 });

describe('where the day of a meeting is not whole', () => {
  it.each(['tombstoned', 'denied'] as const)(
    '(%s) a cancellation is answered, the request is free at once, and the hour once the day is mended',
    async (how) => {
      const { world, ticketId } = await bookedWorld();
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

  it('none of its hours is offered until it is mended', async () => {
    const world = await openWorld();
    await world.book();
    await catchUp({ ...world.ports, rows: world.tables.current }, [agendaDays]);
    const offered = async () => {
      const answer = await slots(world.ports)({ request, from: '2026-03-05', to: '2026-03-06' });
      if (isRefusal(answer)) throw new Error(answer.code);
      return answer.days;
    };
    const before = await offered();
    expect(before).toMatchObject([{ date: '2026-03-05' }, { date: '2026-03-06' }]);
    const mend = damage(world, day);
    expect(await offered()).toEqual([{ date: '2026-03-05', free: 0, closed: 'full' }, before[1]]);
    mend();
    expect(await offered()).toEqual(before);
  });

  it('a meeting is moved away from it', async () => {
    const { world, ticketId } = await bookedWorld();
    const mend = damage(world, day);
    const holdId = world.ports.identifiers.next();
    const agreed = { citizenAgreed: true, agreedBy: 'phone', agreedAt: world.context().at } as const;
    const moved = { ticketId, holdId, startsAt: wednesday, by: 'staff', reason: 'technical', ...agreed } as const;
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
  const { world, ticketId } = await bookedWorld();
  const mend = damage(world, ofRequest);
  expect(isRefusal(await cancelTicket(world.ports)(world.context('citizen'), { ticketId, by: 'citizen' }))).toBe(false);
  expect(await holdsOf(world)).toEqual(['released']);
  mend();
  await muchLater(world);
  expect(await isFree(world)).toBe(true);
});

describe('where the stream of a ticket is not whole, and was closed', () => {
  const closed = async (world: World, ticketId: string, how: 'tombstoned' | 'denied'): Promise<() => void> => {
    const mend = damage(world, `ticket-${ticketId}`, how);
    await world.drainLater();
    // nobody has decided anything yet
    expect([await isFree(world), (await holdsOf(world)).includes('released')]).toEqual([false, false]);
    const closing = { stream: `ticket-${ticketId}`, reason: 'Dosarul 12' };
    expect(await closeStream(world.ports)(world.context(), closing)).toMatchObject({ kind: 'done' });
    await world.drainLater();
    return mend;
  };
  const again = async (world: World): Promise<string> => {
    const ticketId = world.ports.identifiers.next();
    const asked = { ticketId, holdId: world.ports.identifiers.next(), mode: 'in-person', phone: '0740123456' } as const;
    await world.askBy(world.ports, asked);
    return ticketId;
  };

  it.each(['tombstoned', 'denied'] as const)(
    '(%s) its request and its hour are free; mended later, it is cancelled, the citizen is told, and the new one stands',
    async (how) => {
      const { world, ticketId } = await bookedWorld();
      const mend = await closed(world, ticketId, how);
      expect([await isFree(world), await holdsOf(world)]).toEqual([true, ['released']]);
      await muchLater(world);
      // the very hour
      const next = await again(world);
      expect(await world.types(next)).toContain('Scheduled');
      const letters = world.mail.letters.length;
      mend();
      await muchLater(world);
      const [cancelled] = (await world.facts(ticketId)).filter(({ type }) => type === 'Cancelled');
      expect(cancelled).toMatchObject({ data: { by: 'staff', reason: 'technical' } });
      // the request, free since then, owes no new hour for it
      expect(cancelled?.data).not.toHaveProperty('newHourOwed');
      expect(world.mail.letters.slice(letters).map(({ ticketId: about }) => about)).toEqual([ticketId]);
      expect(await holdsOf(world)).toEqual(['released', 'confirmed']);
      expect(await world.admission()).toMatchObject({ admission: { ticketId: next } });
    },
  );

  it('while it awaits its code, too; mended later, it lapses', async () => {
    const world = await openWorld();
    const ticketId = await world.ask('online', { email: 'ion@example.org', phone: '0740123456' });
    const mend = await closed(world, ticketId, 'tombstoned');
    expect([await isFree(world), await holdsOf(world)]).toEqual([true, ['released']]);
    mend();
    await muchLater(world);
    expect(await world.types(ticketId)).toContain('Lapsed');
  });

  it('mended before anything was freed, it stands as it stood', async () => {
    const { world, ticketId } = await bookedWorld();
    const mend = damage(world, `ticket-${ticketId}`);
    await closeStream(world.ports)(world.context(), { stream: `ticket-${ticketId}`, reason: 'Dosarul 12' });
    mend();
    await muchLater(world);
    expect([await isFree(world), await holdsOf(world)]).toEqual([false, ['confirmed']]);
    expect(await world.types(ticketId)).not.toContain('Cancelled');
  });

  it('where its day is not whole either, the request is free at once, and the hour once the day is mended', async () => {
    const { world, ticketId } = await bookedWorld();
    const mendTicket = damage(world, `ticket-${ticketId}`);
    await closeStream(world.ports)(world.context(), { stream: `ticket-${ticketId}`, reason: 'Dosarul 12' });
    const ofTicket = { damaged: () => Promise.resolve([{ stream: `ticket-${ticketId}`, revision: 0, how: 'tombstoned' } as const]) };
    const mendDay = damage(world, day);
    Object.assign(world.ports.store, ofTicket);
    await world.drainLater();
    expect(await isFree(world)).toBe(true);
    mendDay();
    Object.assign(world.ports.store, ofTicket);
    expect(await holdsOf(world)).toEqual(['confirmed']);
    await muchLater(world);
    expect(await holdsOf(world)).toEqual(['released']);
    mendTicket();
  });
});
