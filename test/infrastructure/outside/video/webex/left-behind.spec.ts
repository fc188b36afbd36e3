import { attachMeetingLink } from '../../../../../src/application/meeting/hold-meeting';
import { reassignTicket } from '../../../../../src/application/booking/move-meeting';
import type { AutomaticMeetings } from '../../../../../src/application/kernel/ports/video-meetings';
import { createWebexWorld, type WebexWorld } from '../../../../support/webex/webex-world';
import { bookedWithoutAnswer, cancel } from './support/booked';

const colleague = 'S-077';
const registerColleague = (world: WebexWorld) => world.registerStaff(colleague, 'Dan Pop', 'dan@primaria.example');
const reassign = (world: WebexWorld, ticketId: string) =>
  reassignTicket(world.ports)(world.context(), {
    ticketId,
    staffId: colleague,
    reason: 'concediu',
    holdId: world.ports.identifiers.next(),
  });
const byHand = 'https://webex.com/by-hand';
const paste = (world: WebexWorld, ticketId: string) => attachMeetingLink(world.ports)(world.context(), { ticketId, joinUrl: byHand });

/** Something happens after Webex has made the first meeting, and before the log knows of it. */
const betweenAnswerAndFact = (world: WebexWorld, happens: () => Promise<unknown>): void => {
  const video = world.ports.video as AutomaticMeetings;
  let times = 0;
  const create: AutomaticMeetings['create'] = async (meeting) => {
    const made = await video.create(meeting);
    times += 1;
    if (times === 1) await happens();
    return made;
  };
  Object.assign(world.ports, { video: { ...video, create } });
};

describe('between the answer of Webex and its fact', () => {
  it('a person pastes a link: it counts, and the citizen is told of no other', async () => {
    const world = await createWebexWorld();
    const ticketId = await world.book();
    betweenAnswerAndFact(world, () => paste(world, ticketId));
    await world.drain();
    expect((await world.types(ticketId)).filter((type) => type === 'MeetingLinkAttached')).toHaveLength(1);
    expect(world.mail.letters.filter(({ text }) => text.includes('/m/meeting'))).toEqual([]);
    expect(world.mail.letters.at(-1)?.text).toContain(byHand);
    await cancel(world, ticketId);
    await world.later({ minutes: 1 });
    expect(world.meetings()).toEqual([]);
  });

  it('the ticket goes to a colleague: the meeting of the first is not the colleague’s, and goes', async () => {
    const world = await createWebexWorld();
    await registerColleague(world);
    const ticketId = await world.book();
    betweenAnswerAndFact(world, () => reassign(world, ticketId));
    await world.drain();
    await world.later({ minutes: 1 });
    expect(world.meetings()).toMatchObject([{ hostEmail: 'dan@primaria.example' }]);
    expect(await world.state(ticketId)).toMatchObject({ meetingLink: { meetingId: world.meetings()[0]?.id } });
    expect((await world.types(ticketId)).filter((type) => type === 'MeetingLinkAttached')).toHaveLength(1);
  });

  it('the ticket is cancelled: the meeting goes, too', async () => {
    const world = await createWebexWorld();
    const ticketId = await world.book();
    betweenAnswerAndFact(world, () => cancel(world, ticketId));
    await world.drain();
    await world.later({ minutes: 1 });
    expect(world.meetings()).toEqual([]);
    expect(await world.types(ticketId)).not.toContain('MeetingLinkAttached');
  });
});

describe('what Webex still has', () => {
  it('of the person before, and does not let go, is a task for that person', async () => {
    const world = await createWebexWorld();
    await registerColleague(world);
    const ticketId = await world.book();
    await world.drain();
    const refused = { kind: 'status', status: 403 } as const;
    world.webex.next('remove-meeting', refused, refused, refused, refused);
    await reassign(world, ticketId);
    await world.drain();
    await world.later({ minutes: 1 });
    expect(world.meetings()).toHaveLength(2);
    expect(await world.openTasks(ticketId)).toEqual(['remove-meeting']);
    const state = await world.state(ticketId);
    expect('tasks' in state && Object.values(state.tasks).find(({ kind }) => kind === 'remove-meeting')?.staffId).toBe('S-012');
    expect(state).toMatchObject({ meetingLink: { meetingId: expect.any(String) } });
  });

  it('after the machine gave up and a person made another meeting goes with a cancelled ticket', async () => {
    const { world, ticketId } = await bookedWithoutAnswer();
    world.webex.next('find-meetings', ...Array.from({ length: 5 }, () => ({ kind: 'status', status: 500 }) as const));
    for (let n = 0; n < 20; n += 1) await world.later({ minutes: 1 });
    expect(await world.openTasks(ticketId)).toEqual(['create-meeting']);
    await paste(world, ticketId);
    await cancel(world, ticketId);
    await world.later({ minutes: 1 });
    expect(world.meetings()).toEqual([]);
  });
});

describe('a meeting that is made after the hour of the invitation', () => {
  it('and whose answer was lost is looked for, and no second one is asked of a person', async () => {
    const world = await createWebexWorld();
    await registerColleague(world);
    const ticketId = await world.book();
    await world.drain();
    world.clock.set('2026-03-05T07:00:00.000Z');
    world.webex.next('create-meeting', { kind: 'cut-after' });
    await reassign(world, ticketId);
    await world.drain();
    await world.later({ minutes: 1 });
    expect(await world.types(ticketId)).not.toContain('TaskRaised');
    expect(await world.state(ticketId)).toMatchObject({ meetingLink: { meetingId: world.meetings()[0]?.id } });
    expect(world.meetings()).toHaveLength(1);
  });
});

describe('a meeting whose answer was lost just before the ticket was cancelled', () => {
  it('goes although Webex does not show it at once', async () => {
    const { world, ticketId } = await bookedWithoutAnswer();
    await cancel(world, ticketId);
    for (let second = 0; second < 90; second += 1) {
      // for half a minute nobody finds it
      if (second < 30) world.webex.next('find-meetings', { kind: 'lies', change: () => ({ items: [] }) });
      await world.later({ seconds: 1 });
      if (second < 30) world.webex.plansNothing();
    }
    expect(world.meetings()).toEqual([]);
    expect(await world.types(ticketId)).toContain('MeetingRemoved');
  });
});

describe('a renewal of the token that Webex cannot answer now', () => {
  it.each([500, 429])('with %d is no reason to authorise anew, and is tried again', async (status) => {
    const world = await createWebexWorld();
    world.webex.next('renew-token', { kind: 'status', status, retryAfter: '900' });
    const ticketId = await world.book();
    await world.drain();
    expect(world.logger.lines.map(({ event }) => event)).not.toContain('webex.not-authorised');
    if (status === 429) {
      for (let n = 0; n < 14; n += 1) await world.later({ minutes: 1 });
      expect(world.webex.times('renew-token')).toBe(1);
    }
    await world.later({ minutes: 2 });
    expect(await world.types(ticketId)).toContain('MeetingLinkAttached');
  });
});
