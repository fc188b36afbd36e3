import { personal } from '../../../../src/domain/kernel/personal-text';
import { liftRestriction, restrictProcessing } from '../../../../src/domain/ticket/restriction';
import { civilDateOf, plusHours, plusMinutes } from '../../../../src/domain/time/civil-time';
import { policiesWith } from '../../../../src/domain/policies';
import { reschedule } from '../../../../src/domain/ticket/changes';
import { cancel } from '../../../../src/domain/ticket/changes';
import { currentCalendar } from '../../../../src/application/kernel/streams';
import { away, bookedWorld, createWorld, slot, staffId, startsAt, type World } from './world';

const dayBefore = plusHours(startsAt, -24);
const twoHoursBefore = plusHours(startsAt, -2);
const reminded = async (world: World, ticketId: string) =>
  (await world.facts(ticketId)).flatMap((fact): readonly (readonly [string, number])[] => {
    if (fact.type === 'ReminderSent') return [['sent', fact.data.hoursBefore]];
    return fact.type === 'ReminderLeftOut' ? [[fact.data.cause, fact.data.hoursBefore]] : [];
  });
const reminders = ({ mail }: World) => mail.letters.filter(({ subject }) => subject.includes('vă reamintim'));

describe('the letters that remind of a meeting', () => {
  it('one a day before and one two hours before, each once, with the link and the page, whoever looks however often', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.drainAt(plusMinutes(dayBefore, -1));
    expect(reminders(world)).toEqual([]);
    await world.drainAt(dayBefore);
    await world.drainAt(plusMinutes(dayBefore, 30));
    expect(reminders(world)).toHaveLength(1);
    const [letter] = reminders(world);
    expect(letter).toMatchObject({ ticketId, to: 'ion@example.org', issuedAt: dayBefore });
    expect(letter?.calendar).toBeUndefined();
    for (const said of ['joi, 5 martie 2026, 10:00–10:15', 'https://webex.example/m/1', 'https://tichet.example/tichet/TA-']) {
      expect(letter?.text).toContain(said);
      expect(letter?.html).toContain(said);
    }
    await world.drainAt(twoHoursBefore);
    await world.drainAt(slot.endsAt);
    expect(await reminded(world, ticketId)).toEqual([
      ['sent', 24],
      ['sent', 2],
    ]);
    expect(new Set(reminders(world).map(({ letterId }) => letterId)).size).toBe(2);
  });

  it('given the process was away for a day, the one of a day is left out and the one of two hours is sent', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.drainAt(plusMinutes(twoHoursBefore, 5));
    expect(await reminded(world, ticketId)).toEqual([
      ['too-late', 24],
      ['sent', 2],
    ]);
    expect(reminders(world)).toHaveLength(1);
  });

  it('Art. 8: what moved is reminded of at its new hour only', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.drainAt(dayBefore);
    const later = { startsAt: plusHours(startsAt, 72 + 24), endsAt: plusHours(slot.endsAt, 72 + 24) };
    const calendar = await currentCalendar(world.ports);
    const state = await world.state(ticketId);
    if (!('booking' in state)) throw new Error('There is no booking.');
    const move = {
      slot: later,
      by: 'citizen',
      citizenAgreed: true,
      at: world.clock.now(),
      policies: world.ports.policies,
      calendar,
      holdId: 'hold-2',
      from: state.booking.holdId,
      staffId,
      department: 'Direcția Urbanism',
      departmentCode: '425',
    } as const;
    await world.onTicket(ticketId, (ticket) => reschedule(move, ticket));
    await world.drainAt(twoHoursBefore);
    await world.drainAt(startsAt);
    expect(await reminded(world, ticketId)).toEqual([['sent', 24]]);
    await world.drainAt(plusHours(later.startsAt, -24));
    await world.drainAt(plusHours(later.startsAt, -2));
    expect(await reminded(world, ticketId)).toEqual([
      ['sent', 24],
      ['sent', 24],
      ['sent', 2],
    ]);
    expect(reminders(world).at(-1)?.subject).toContain('luni, 9 martie 2026, 10:00');
  });

  it('A19: nobody is reminded of what was cancelled', async () => {
    const { world, ticketId } = await bookedWorld();
    const calendar = await currentCalendar(world.ports);
    const now = world.clock.now();
    const rules = { policies: world.ports.policies, calendar };
    await world.onTicket(ticketId, (state) => cancel({ ...rules, by: 'citizen', slotFreeFrom: now, at: now }, state));
    for (const instant of [dayBefore, twoHoursBefore, startsAt]) await world.drainAt(instant);
    expect(reminders(world)).toEqual([]);
  });

  it('an address that refuses it is written to no more for this one, and nobody gets a task', async () => {
    const { world, ticketId } = await bookedWorld();
    const tasks = await world.openTasks(ticketId);
    world.mail.behave = () => ({ kind: 'refused', reason: '5.1.1' });
    await world.drainAt(dayBefore);
    await world.drainAt(plusHours(dayBefore, 1));
    expect(await reminded(world, ticketId)).toEqual([['refused', 24]]);
    expect(await world.openTasks(ticketId)).toEqual(tasks);
  });

  it('GDPR 18: whose data are kept and not used is reminded of nothing until that ends', async () => {
    const { world, ticketId } = await bookedWorld();
    const reason = personal('office', 'cererea 12');
    await world.onTicket(ticketId, (state) => restrictProcessing({ ground: 'claims', reason, at: world.clock.now() }, state));
    await world.drainAt(dayBefore);
    expect(reminders(world)).toEqual([]);
    await world.onTicket(ticketId, (state) =>
      liftRestriction({ personToldOn: civilDateOf(world.clock.now()), reason, at: world.clock.now() }, state),
    );
    await world.drainAt(twoHoursBefore);
    expect(await reminded(world, ticketId)).toEqual([
      ['restricted', 24],
      ['sent', 2],
    ]);
  });

  it('a mail server that is away is asked again while the reminder is of use, and not at night', async () => {
    const { world, ticketId } = await bookedWorld();
    world.mail.behave = away;
    // until nine in the evening
    for (let minutes = 0; minutes <= 11 * 60; minutes += 5) await world.drainAt(plusMinutes(dayBefore, minutes));
    expect(await reminded(world, ticketId)).toEqual([['undelivered', 24]]);
    const { calls } = world.mail;
    await world.drainAt(plusHours(dayBefore, 12));
    expect(world.mail.calls).toBe(calls);
    world.mail.behave = () => ({ kind: 'accepted' });
    await world.drainAt(twoHoursBefore);
    expect(await reminded(world, ticketId)).toEqual([
      ['undelivered', 24],
      ['sent', 2],
    ]);
  });

  it('what left before the process ended, and is known to the outbox, does not leave again', async () => {
    const { world, ticketId } = await bookedWorld();
    const append = world.ports.store.append.bind(world.ports.store);
    const dying = { ...world.ports.store, append: () => Promise.reject(new Error('killed')) };
    Object.assign(world.ports, { store: dying });
    await world.drainAt(dayBefore);
    Object.assign(world.ports, { store: { ...dying, append } });
    expect(reminders(world)).toHaveLength(1);
    await world.drainAt(plusMinutes(dayBefore, 1));
    expect(reminders(world)).toHaveLength(1);
    expect(await reminded(world, ticketId)).toEqual([['sent', 24]]);
  });

  it('none where an installation wants none', async () => {
    const world = createWorld();
    Object.assign(world.ports, { policies: policiesWith({ reminders: { value: null, version: 2 } }) });
    await world.open();
    await world.book();
    for (const instant of [dayBefore, twoHoursBefore, startsAt]) await world.drainAt(instant);
    expect(reminders(world)).toEqual([]);
  });
});
