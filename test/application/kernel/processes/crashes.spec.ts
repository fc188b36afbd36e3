import { rescheduleTicket } from '../../../../src/application/booking/move-meeting';
import { verifyEmail } from '../../../../src/application/booking/verify-email';
import { allProcesses } from '../../../../src/application/operation/all-processes';
import { awaitedCodeOf } from '../../../support/codes';
import { bookedWorld, createWorld, dyingBefore, staffId, startsAt, survives, type World } from './world';

const nextWeek = '2026-03-12T08:00:00.000Z';

/** Every hold of both days, by standing, for whoever wants the whole picture. */
const confirmedHolds = async (world: World): Promise<readonly string[]> => {
  const days = [await world.agendaOn(staffId, '2026-03-05'), await world.agendaOn(staffId, '2026-03-12')];
  return days.flatMap(({ holds }) => Object.values(holds)).flatMap(({ standing, holdId }) => (standing === 'confirmed' ? [holdId] : []));
};

/** Booked by a server that dies before its n-th append, then worked off by another. @returns whether the server lived */
const bookAndDie = async (world: World, n: number): Promise<{ readonly ticketId: string; readonly lived: boolean }> => {
  const { ports } = world;
  const dying = dyingBefore(ports, n);
  const ticketId = ports.identifiers.next();
  const contact = { email: 'ion@example.org', phone: '0740123456' };
  const asked = await survives(world.askBy(dying, { ticketId, holdId: ports.identifiers.next(), mode: 'online', ...contact }));
  const enter = async () => verifyEmail(dying)(world.context('citizen'), { ticketId, code: await awaitedCodeOf(ports, ticketId) });
  const lived = asked && (await survives(enter()));
  return { ticketId, lived };
};

const outcomesOfBookings = async (processes = allProcesses): Promise<readonly string[]> => {
  const outcomes: string[] = [];
  for (let n = 0; n < 20; n += 1) {
    const world = createWorld(processes);
    await world.open();
    const { ticketId, lived } = await bookAndDie(world, n);
    await world.drainLater();
    await world.drainAfter({ minutes: 30 });
    const state = await world.state(ticketId);
    const admission = await world.admission();
    const admitted = 'admission' in admission;
    const confirmed = (await confirmedHolds(world)).length;
    outcomes.push(`${state.status} admitted=${String(admitted)} confirmed=${String(confirmed)}`);
    if (lived) return outcomes;
  }
  return outcomes;
};
const whole = ['scheduled admitted=true confirmed=1', 'lapsed admitted=false confirmed=0', 'absent admitted=false confirmed=0'];

describe('a server that dies at any step of a booking', () => {
  it('Art. 3: leaves it finished or cleanly lapsed once the processes have run', async () => {
    const outcomes = await outcomesOfBookings();
    expect(outcomes.length).toBeGreaterThan(5);
    expect(outcomes.filter((outcome) => !whole.includes(outcome))).toEqual([]);
    expect(new Set(outcomes)).toEqual(new Set(whole));
  });

  it('is caught without the booking process', async () => {
    const outcomes = await outcomesOfBookings(allProcesses.filter(({ name }) => name !== 'process-booking'));
    expect(outcomes.some((outcome) => !whole.includes(outcome))).toBe(true);
  });

  it('A19: a move that was cut off is finished or undone, and one place is confirmed', async () => {
    const places: string[] = [];
    for (let n = 0; n < 10; n += 1) {
      const { world, ticketId } = await bookedWorld();
      const command = { ticketId, holdId: world.ports.identifiers.next(), startsAt: nextWeek, by: 'citizen' as const };
      const lived = await survives(rescheduleTicket(dyingBefore(world.ports, n))(world.context('citizen'), command));
      await world.drainLater();
      const state = await world.state(ticketId);
      const standsOn = 'booking' in state ? state.booking : undefined;
      expect(await confirmedHolds(world)).toEqual([standsOn?.holdId]);
      places.push(standsOn?.slot.startsAt ?? '');
      if (lived) break;
    }
    expect(places.slice(0, 1)).toEqual([startsAt]);
    expect(new Set(places.slice(1))).toEqual(new Set([nextWeek]));
  });

  it('Art. 8, A3, Art. 3 d: one move of hour, person and mode that was cut off is finished whole, or not begun', async () => {
    const found: string[] = [];
    for (let n = 0; n < 10; n += 1) {
      const { world, ticketId } = await bookedWorld();
      await world.registerStaff('S-077', 'Dan Pop', 'dan@primaria.example');
      const agreed = { citizenAgreed: true, agreedBy: 'phone', agreedAt: world.ports.clock.now() } as const;
      const move = { startsAt: nextWeek, staffId: 'S-077', mode: 'phone', by: 'staff', reason: 'leave', reasonText: 'concediu' } as const;
      const command = { ...move, ...agreed, ticketId, holdId: world.ports.identifiers.next() };
      const lived = await survives(rescheduleTicket(dyingBefore(world.ports, n))(world.context(), command));
      await world.drainLater();
      const state = await world.state(ticketId);
      const at = 'booking' in state ? state.booking : undefined;
      found.push(`${at?.slot.startsAt ?? ''} ${at?.staffId ?? ''} ${at?.mode ?? ''}`);
      const moves = (await world.facts(ticketId)).flatMap((fact) => (fact.type === 'Rescheduled' ? [fact.data] : []));
      expect(moves.map(({ agreement, formerMode }) => [agreement?.channel, formerMode])).toEqual(
        at?.staffId === 'S-077' ? [['phone', 'online']] : [],
      );
      if (lived) break;
    }
    expect(found[0]).toBe(`${startsAt} ${staffId} online`);
    expect(new Set(found.slice(1))).toEqual(new Set([`${nextWeek} S-077 phone`]));
  });
});
