import { cancelTicket } from '../../../../src/application/booking/cancel-ticket';
import { reassignTicket } from '../../../../src/application/booking/move-meeting';
import { currentCalendar, requests } from '../../../../src/application/kernel/streams';
import { admitTicket } from '../../../../src/domain/request/admission';
import { personal } from '../../../../src/domain/kernel/personal-text';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { accept } from '../../../../src/domain/kernel/decider';
import { liveBlocks } from '../../../../src/domain/agenda/agenda';
import { recordStaffAbsent } from '../../../../src/domain/ticket/meeting';
import { bookedWorld, openWorld, request, slot, staffId, startsAt, type World } from './world';

const nextWeek = '2026-03-12T08:00:00.000Z';
const notices = async (world: World, ticketId: string) =>
  (await world.facts(ticketId)).flatMap((fact) => (fact.type === 'CitizenNotified' ? [fact.data] : []));
const absence = (absenceId: string) =>
  ({
    type: 'AbsenceRecorded',
    data: {
      absenceId,
      from: '2026-03-05T06:00:00.000Z',
      to: '2026-03-05T12:00:00.000Z',
      reason: personal('staff', 'concediu medical'),
      recordedAt: '2026-03-02T08:00:00.000Z',
    },
  }) as const;
const withdrawn = (absenceId: string) =>
  ({ type: 'AbsenceWithdrawn', data: { absenceId, withdrawnAt: '2026-03-02T08:00:00.000Z' } }) as const;
const blocksOn = async (world: World, id: string, date: string) =>
  liveBlocks(await world.agendaOn(id, date)).map(({ cause, from, to }) => ({ cause, from, to }));

describe('changes and what must be told', () => {
  it('Art. 8, A21: a rescheduling by staff is told by letter once, with the new entry, and that is a notice', async () => {
    const { world, ticketId } = await bookedWorld();
    const before = world.mail.letters.length;
    await world.move(ticketId, nextWeek);
    await world.drain();
    await world.drain();
    expect(await notices(world, ticketId)).toEqual([
      expect.objectContaining({ about: 'rescheduled', channel: 'email', outcome: 'accepted' }),
    ]);
    const sent = world.mail.letters.slice(before);
    expect(sent.map(({ calendar }) => calendar?.content.match(/SEQUENCE:(\d+)/)?.[1])).toEqual([
      ...new Set(sent.map((each) => each.calendar?.content.match(/SEQUENCE:(\d+)/)?.[1])),
    ]);
    const state = await world.state(ticketId);
    expect('invitation' in state && state.invitation.sent.some((each) => each.withLink && each.slot.startsAt === nextWeek)).toBe(true);
    await world.drainAfter({ hours: 25 });
    expect(await world.openTasks(ticketId)).not.toContain('notify-citizen');
    const day = await world.agendaOn(staffId, '2026-03-05');
    expect(Object.values(day.holds).map(({ standing }) => standing)).toEqual(['released']);
  });

  it('A21: without an e-mail a person is asked at once to tell of a rescheduling, due within 24 hours', async () => {
    const world = await openWorld();
    const ticketId = await world.ask('phone', { phone: '0740123456' });
    await world.move(ticketId, nextWeek);
    await world.drain();
    const state = await world.state(ticketId);
    const tasks = 'tasks' in state ? Object.values(state.tasks) : [];
    expect(tasks).toEqual([expect.objectContaining({ kind: 'notify-citizen', dueAt: '2026-03-03T08:00:00.000Z', done: false })]);
  });

  it('A21: an address that refuses the notice makes a task for a person', async () => {
    const { world, ticketId } = await bookedWorld();
    world.mail.behave = () => ({ kind: 'refused', reason: 'mailbox-gone' });
    await world.move(ticketId, nextWeek);
    await world.drain();
    expect((await notices(world, ticketId)).map(({ outcome }) => outcome)).toEqual(['bounced']);
    expect(await world.openTasks(ticketId)).toEqual(expect.arrayContaining(['notify-citizen']));
  });

  it('A19: a citizen who moves the meeting gets the new entry and no notice is counted', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.move(ticketId, nextWeek, 'citizen');
    await world.drain();
    expect(await notices(world, ticketId)).toEqual([]);
    const state = await world.state(ticketId);
    expect('invitation' in state && state.invitation.sent.filter((each) => each.slot.startsAt === nextWeek).length).toBe(2);
  });

  it('A19: a cancellation is confirmed once, and a rebuild does not confirm it again', async () => {
    const { world, ticketId } = await bookedWorld();
    const outcome = await cancelTicket(world.ports)(world.context('citizen'), { ticketId, by: 'citizen' });
    expect(isRefusal(outcome)).toBe(false);
    await world.drain();
    const calls = world.mail.calls;
    expect(world.mail.letters.at(-1)?.calendar?.method).toBe('CANCEL');
    for (const { effectId } of await world.ports.operations.attempts.list()) await world.ports.operations.attempts.reset(effectId);
    await world.drain();
    expect(world.mail.calls).toBe(calls);
  });

  it('A3: another person is told to the citizen, and the other person gets a meeting of their own', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.registerStaff('S-099');
    const command = { ticketId, holdId: world.ports.identifiers.next(), staffId: 'S-099', reason: 'Dosarul a fost preluat.' };
    const outcome = await reassignTicket(world.ports)(world.context(), command);
    expect(isRefusal(outcome)).toBe(false);
    await world.drain();
    expect((await notices(world, ticketId)).map(({ about }) => about)).toEqual(['reassigned']);
    expect((await world.types(ticketId)).filter((type) => type === 'MeetingLinkAttached')).toHaveLength(2);
  });

  it('A23: a staff member who did not come owes a new slot and the news of it', async () => {
    const { world, ticketId } = await bookedWorld();
    world.clock.set('2026-03-05T08:10:00.000Z');
    const rules = { policies: world.ports.policies, calendar: await currentCalendar(world.ports), at: world.clock.now() };
    await world.onTicket(ticketId, (state) => recordStaffAbsent(rules, state));
    await world.drain();
    expect((await notices(world, ticketId)).map(({ about }) => about)).toEqual(['staff-absent']);
    expect(await world.openTasks(ticketId)).toEqual(['must-be-rescheduled']);
    await world.move(ticketId, nextWeek);
    await world.drain();
    expect(await world.openTasks(ticketId)).toEqual([]);
  });

  it('an erased person gets no letter', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.hold(ticketId);
    await world.onTicket(ticketId, () =>
      accept({ type: 'PersonalDataErased', data: { erasedAt: world.clock.now(), reason: personal('office', 'la cerere') } }),
    );
    const calls = world.mail.calls;
    await world.issue(ticketId);
    await world.drain();
    expect(world.mail.calls).toBe(calls);
  });

  it('C18: a resolution that is refused is noted and followed up by a person', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.conclude(ticketId);
    world.mail.behave = () => ({ kind: 'refused', reason: 'mailbox-gone' });
    await world.drain();
    await world.drain();
    expect((await world.types(ticketId)).filter((type) => type === 'ResolutionBounced')).toHaveLength(1);
    expect(await world.openTasks(ticketId)).toContain('follow-up-bounce');
  });
});

describe('time that is closed', () => {
  it('Art. 8: an absence closes the hour and its meeting becomes a task; withdrawn, both are over', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.tellStaff(staffId, absence('a-1'));
    await world.drain();
    expect(await blocksOn(world, staffId, '2026-03-05')).toEqual([
      { cause: 'absence', from: '2026-03-05T06:00:00.000Z', to: '2026-03-05T12:00:00.000Z' },
    ]);
    expect(await world.openTasks(ticketId)).toEqual(['must-be-rescheduled']);
    const asked = (await world.facts(ticketId)).find(({ type }) => type === 'TaskRaised');
    expect(asked).toMatchObject({ data: { kind: 'must-be-rescheduled', dueAt: '2026-03-05T08:00:00.000Z' } });
    await world.tellStaff(staffId, withdrawn('a-1'));
    await world.drain();
    expect(await blocksOn(world, staffId, '2026-03-05')).toEqual([]);
    expect(await world.openTasks(ticketId)).toEqual([]);
    await world.tellStaff(staffId, absence('a-2'));
    await world.drain();
    expect(await blocksOn(world, staffId, '2026-03-05')).toHaveLength(1);
    expect(await world.openTasks(ticketId)).toEqual(['must-be-rescheduled']);
    await world.move(ticketId, nextWeek);
    await world.drain();
    expect(await world.openTasks(ticketId)).toEqual([]);
  });

  it('leaves no block behind when the absence is withdrawn before anybody worked it off', async () => {
    const { world } = await bookedWorld();
    await world.tellStaff(staffId, absence('a-1'));
    await world.tellStaff(staffId, withdrawn('a-1'));
    await world.drain();
    expect(await blocksOn(world, staffId, '2026-03-05')).toEqual([]);
  });

  it('A16: a bridge day closes everybody’s day', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.registerStaff('S-099');
    await world.drain();
    await world.tellCalendar({
      type: 'BridgeDayDeclared',
      data: { date: '2026-03-05', decision: 'HG 1/2026', declaredAt: world.clock.now() },
    });
    await world.drain();
    for (const id of [staffId, 'S-099']) {
      expect((await blocksOn(world, id, '2026-03-05')).map(({ cause }) => cause)).toEqual(['bridge-day']);
    }
    expect(await world.openTasks(ticketId)).toEqual(['must-be-rescheduled']);
    await world.tellCalendar({ type: 'DayRestored', data: { date: '2026-03-05', restoredAt: world.clock.now() } });
    await world.drain();
    expect(await blocksOn(world, staffId, '2026-03-05')).toEqual([]);
  });

  it('A16: changed hours close what they leave out, and hours changed back open it again', async () => {
    const { world, ticketId } = await bookedWorld();
    const hours = (from: string, to: string) =>
      ({ type: 'WorkingHoursSet', data: { from: '2026-03-03', week: { thu: [[from, to]] }, setAt: world.clock.now() } }) as const;
    await world.tellStaff(staffId, hours('12:00', '16:00'));
    await world.drain();
    expect((await blocksOn(world, staffId, '2026-03-05')).map(({ cause }) => cause)).toEqual(['hours', 'hours']);
    expect(await world.openTasks(ticketId)).toEqual(['must-be-rescheduled']);
    await world.tellStaff(staffId, hours('08:00', '16:00'));
    await world.drain();
    expect(await world.openTasks(ticketId)).toEqual([]);
  });

  it('A3: of a person who has left every later meeting needs another person and perhaps another hour', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.tellStaff(staffId, { type: 'StaffLeft', data: { on: '2026-03-04', recordedAt: world.clock.now() } });
    await world.drain();
    expect([...(await world.openTasks(ticketId))].sort()).toEqual(['assign-staff', 'must-be-rescheduled']);
    expect(await blocksOn(world, staffId, '2026-03-03')).toEqual([]);
  });
});

describe('bookings that somebody left half done', () => {
  it('ends an admission whose ticket was never written, so that the request is free again', async () => {
    const world = await openWorld();
    const until = '2026-03-02T08:15:00.000Z';
    const ticketId = world.ports.identifiers.next();
    await requests
      .of(world.ports, request)
      .transact(world.context('citizen'), 'admit', (state) =>
        admitTicket({ ticketId, holdId: 'h-1', staffId, slot, at: world.clock.now(), until }, state),
      );
    await world.drain();
    expect((await world.state(ticketId)).status).toBe('absent');
    await world.drainAt(until);
    expect((await world.state(ticketId)).status).toBe('lapsed');
    await world.book();
  });

  it('finishes a verified booking whose server died between two steps', async () => {
    const world = await openWorld();
    const ticketId = await world.ask('online', { email: 'ion@example.org', phone: '0740123456' });
    await world.drain();
    await world.onTicket(ticketId, () =>
      accept({ type: 'EmailVerified', data: { n: 1, verifiedAt: world.clock.now(), codeExpiresAt: '2026-03-02T08:10:00.000Z' } }),
    );
    await world.drainLater();
    expect((await world.state(ticketId)).status).toBe('scheduled');
    const day = await world.agendaOn(staffId, startsAt.slice(0, 10));
    expect(Object.values(day.holds).map(({ standing }) => standing)).toEqual(['confirmed']);
  });
});
