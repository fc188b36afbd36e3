import { reassignTicket, rescheduleTicket } from '../../../../../src/application/booking/move-meeting';
import { type WebexWorld } from '../../../../support/webex/webex-world';
import { booked, bookedWithoutAnswer, cancel } from './support/booked';
import { shortPauses } from '../../../../support/short-pauses';

shortPauses();

const nextWeek = '2026-03-12T08:00:00.000Z';
const reschedule = (world: WebexWorld, ticketId: string, startsAt = nextWeek) =>
  rescheduleTicket(world.ports)(world.context('citizen'), { ticketId, by: 'citizen', startsAt, holdId: world.ports.identifiers.next() });
const there = async (world: WebexWorld, ticketId: string): Promise<string> => {
  const state = await world.state(ticketId);
  return 'booking' in state ? state.booking.slot.startsAt : '';
};
const changeMode = async (world: WebexWorld, ticketId: string, mode: 'online' | 'phone') =>
  rescheduleTicket(world.ports)(world.context('citizen'), {
    ticketId,
    by: 'citizen',
    startsAt: await there(world, ticketId),
    mode,
    holdId: world.ports.identifiers.next(),
  });

describe('a meeting on Webex whose ticket changes', () => {
  it('Art. 8: moves with it: the same meeting, the same link', async () => {
    const { world, ticketId } = await booked();
    const [before] = world.meetings().map(({ id }) => id);
    expect(await reschedule(world, ticketId)).toMatchObject({ kind: 'done' });
    await world.drain();
    expect(world.meetings()).toMatchObject([{ id: before, start: nextWeek, end: '2026-03-12T08:15:00.000Z' }]);
    expect(world.webex.times('create-meeting')).toBe(1);
    const state = await world.state(ticketId);
    expect(state).toMatchObject({ meetingLink: { meetingId: before, slot: { startsAt: nextWeek } } });
    expect(world.mail.letters.at(-1)?.text).toContain(`/m/${before ?? ''}`);
  });

  it('moves once, however often the answer is lost', async () => {
    const { world, ticketId } = await booked({ isImpatient: true });
    world.webex.next('move-meeting', { kind: 'cut-after' }, { kind: 'half' });
    await reschedule(world, ticketId);
    await world.drain();
    await world.later({ minutes: 1 });
    expect(world.meetings()).toMatchObject([{ start: nextWeek }]);
    expect((await world.types(ticketId)).filter((type) => type === 'MeetingLinkAttached')).toHaveLength(2);
  });

  it('is made anew when it is not there any more', async () => {
    const { world, ticketId } = await booked();
    world.webex.state.meetings.clear();
    await reschedule(world, ticketId);
    await world.drain();
    expect(world.meetings()).toMatchObject([{ start: nextWeek }]);
    expect(await world.state(ticketId)).toMatchObject({ meetingLink: { meetingId: world.meetings()[0]?.id } });
  });

  it('that may have been made for the old hour is found and moved to the new one', async () => {
    const { world, ticketId } = await bookedWithoutAnswer();
    expect(world.meetings()).toHaveLength(1);
    await reschedule(world, ticketId);
    await world.later({ minutes: 1 });
    expect(world.meetings()).toMatchObject([{ start: nextWeek }]);
    expect(await world.state(ticketId)).toMatchObject({ meetingLink: { meetingId: world.meetings()[0]?.id } });
  });

  it('A3: with another person is another meeting, and the old one is gone', async () => {
    const { world, ticketId } = await booked();
    const [before] = world.meetings().map(({ id }) => id);
    await world.registerStaff('S-077', 'Dan Pop', 'dan@primaria.example');
    const holdId = world.ports.identifiers.next();
    expect(await reassignTicket(world.ports)(world.context(), { ticketId, staffId: 'S-077', reason: 'concediu', holdId })).toMatchObject({
      kind: 'done',
    });
    await world.drain();
    expect(world.meetings()).toMatchObject([{ hostEmail: 'dan@primaria.example' }]);
    expect(world.meetings()[0]?.id).not.toBe(before);
    expect(await world.state(ticketId)).toMatchObject({ meetingLink: { meetingId: world.meetings()[0]?.id } });
  });

  it('A3, Art. 8: moved to another hour with another person in one step, it is one meeting there, and none is left', async () => {
    const { world, ticketId } = await booked();
    await world.registerStaff('S-077', 'Dan Pop', 'dan@primaria.example');
    const move = { by: 'staff', reason: 'leave', reasonText: 'concediu', staffId: 'S-077', startsAt: nextWeek } as const;
    const holdId = world.ports.identifiers.next();
    expect(await rescheduleTicket(world.ports)(world.context(), { ...move, ticketId, holdId })).toMatchObject({ kind: 'done' });
    await world.drain();
    expect(world.meetings()).toMatchObject([{ hostEmail: 'dan@primaria.example', start: nextWeek }]);
    expect(await world.state(ticketId)).toMatchObject({ meetingLink: { meetingId: world.meetings()[0]?.id } });
    expect(world.mail.letters.at(-1)?.text).toContain(`/m/${world.meetings()[0]?.id ?? ''}`);
  });

  it('Art. 3 d: goes when the meeting is by phone from now on, and is made anew when it is online again', async () => {
    const { world, ticketId } = await booked();
    const [before] = world.meetings().map(({ id }) => id);
    expect(await changeMode(world, ticketId, 'phone')).toMatchObject({ kind: 'done' });
    await world.drain();
    expect(world.meetings()).toEqual([]);
    expect((await world.types(ticketId)).filter((type) => type === 'MeetingRemoved')).toHaveLength(1);
    expect(await world.state(ticketId)).not.toHaveProperty('meetingLink');
    expect(await world.openTasks(ticketId)).toEqual([]);
    await changeMode(world, ticketId, 'online');
    await world.drain();
    expect(world.meetings()).toHaveLength(1);
    expect(world.meetings()[0]?.id).not.toBe(before);
    expect(await world.state(ticketId)).toMatchObject({ status: 'scheduled', meetingLink: { meetingId: world.meetings()[0]?.id } });
  });

  it('A19: goes with a cancelled ticket, once', async () => {
    const { world, ticketId } = await booked();
    world.webex.next('remove-meeting', { kind: 'cut-after' });
    await cancel(world, ticketId);
    await world.drain();
    await world.later({ minutes: 1 });
    await world.later({ hours: 1 });
    expect(world.meetings()).toEqual([]);
    expect((await world.types(ticketId)).filter((type) => type === 'MeetingRemoved')).toHaveLength(1);
  });

  it('that was perhaps made goes with a cancelled ticket, too', async () => {
    const { world, ticketId } = await bookedWithoutAnswer();
    await cancel(world, ticketId);
    await world.later({ minutes: 1 });
    expect(world.meetings()).toEqual([]);
    expect(await world.types(ticketId)).toContain('MeetingRemoved');
  });

  it('that Webex does not let go becomes a task, which ends nothing else', async () => {
    const { world, ticketId } = await booked();
    world.webex.next('remove-meeting', { kind: 'status', status: 403 }, { kind: 'status', status: 403 });
    await cancel(world, ticketId);
    await world.drain();
    expect(await world.openTasks(ticketId)).toEqual(['remove-meeting']);
    expect(await world.state(ticketId)).toMatchObject({ status: 'cancelled' });
  });
});
