import type { AutomaticMeetings } from '../../../../../src/application/kernel/ports/video-meetings';
import { personal } from '../../../../../src/domain/kernel/personal-text';
import { attachMeetingLink } from '../../../../../src/domain/ticket/meeting';
import type { Misbehaviour } from '../../../../support/webex/fake-webex';
import { createWebexWorld, type WebexWorld } from '../../../../support/webex/webex-world';
import { secretsInAnswers } from '../../../../support/webex/webex-state';
import { slot } from '../../../../application/kernel/processes/world';
import { closing } from '../../../../support/closing';
import { booked } from './support/booked';

const links = async (world: WebexWorld, ticketId: string) =>
  (await world.facts(ticketId)).flatMap((fact) => (fact.type === 'MeetingLinkAttached' ? [fact.data] : []));

/** Until the link is there, or so many minutes have passed. */
const untilLinked = async (world: WebexWorld, ticketId: string, minutes = 5): Promise<void> => {
  await world.drain();
  for (let n = 0; n < minutes && (await links(world, ticketId)).length === 0; n += 1) await world.later({ minutes: 1 });
};

describe('a meeting on Webex', () => {
  it('Art. 5: is made by the service itself, with the citizen as invitee and nothing else about them', async () => {
    const { world, ticketId } = await booked();
    const [meeting, ...others] = world.meetings();
    expect(others).toEqual([]);
    const state = await world.state(ticketId);
    if (!('reference' in state)) throw new Error('no ticket');
    expect(meeting).toMatchObject({
      title: `Tichet albastru ${state.reference}`,
      start: slot.startsAt,
      end: slot.endsAt,
      hostEmail: 'ioana@primaria.example',
      invitees: ['ion@example.org'],
      tags: [`ta:${ticketId}`],
      autoRecord: false,
    });
    expect(await links(world, ticketId)).toMatchObject([{ meetingId: meeting?.id, slot }]);
    expect(world.mail.letters.at(-1)?.text).toContain(`https://primaria.webex.example/m/${meeting?.id ?? ''}`);
    expect(world.webex.addresses.join()).not.toMatch(/ion(%40|@)example/);
  });

  it('keeps no password and no host key of it, nowhere', async () => {
    const { world, ticketId } = await booked();
    const bodies: string[] = [];
    for await (const { body } of world.store.read(`ticket-${ticketId}`, 0)) bodies.push(body);
    const everything = JSON.stringify([bodies, world.logger.lines, world.mail.letters, await world.facts(ticketId)]);
    expect(bodies.length).toBeGreaterThan(3);
    for (const secret of [...Object.values(secretsInAnswers), 'client-secret', 'first-token', 'access-1']) {
      expect(everything).not.toContain(secret);
    }
  });

  it.each([
    ['@webex.example', 'ioana@webex.example'],
    ['camera@webex.example', 'camera@webex.example'],
  ])('has the host that the setting %s says', async (hostEmail, host) => {
    const { world } = await booked({ hostEmail });
    expect(world.meetings().map((meeting) => meeting.hostEmail)).toEqual([host]);
  });

  const ambiguous: readonly (readonly [string, Misbehaviour])[] = [
    ['the connection is cut after it was made', { kind: 'cut-after' }],
    ['the answer stops in the middle', { kind: 'half' }],
    ['a proxy answers instead', { kind: 'garbage' }],
    ['Webex says 500 after it was made', { kind: 'fails-after' }],
    ['the answer names another meeting', { kind: 'lies', change: (body) => ({ ...(body as object), integrationTags: ['ta:another'] }) }],
    ['the answer names another host', { kind: 'lies', change: (body) => ({ ...(body as object), hostEmail: 'other@primaria.example' }) }],
    ['the answer has no id', { kind: 'lies', change: () => ({ title: 'x' }) }],
  ];
  it.each(ambiguous)('is not made twice when %s', async (_, misbehaviour) => {
    const world = await createWebexWorld({ isImpatient: misbehaviour.kind === 'half' });
    world.webex.next('create-meeting', misbehaviour);
    const ticketId = await world.book();
    await untilLinked(world, ticketId);
    expect(world.meetings()).toHaveLength(1);
    expect(await links(world, ticketId)).toMatchObject([{ meetingId: world.meetings()[0]?.id }]);
    expect(world.webex.times('create-meeting')).toBe(1);
  });

  it('would be made twice by an adapter that does not look first (so that the test can see it)', async () => {
    const world = await createWebexWorld();
    const careful = world.ports.video as AutomaticMeetings;
    const careless: AutomaticMeetings = {
      ...careful,
      create: (meeting) => careful.create({ ...meeting, ticketId: `${meeting.ticketId}-${String(Math.random())}` }),
    };
    Object.assign(world.ports, { video: careless });
    world.webex.next('create-meeting', { kind: 'cut-after' });
    const ticketId = await world.book();
    await untilLinked(world, ticketId);
    expect(world.meetings()).toHaveLength(2);
  });

  it('that was made before a crash is found by whoever comes after, and its twin is removed', async () => {
    const { world, ticketId } = await booked();
    const [meeting] = world.meetings();
    if (meeting === undefined) throw new Error('no meeting');
    world.webex.state.meetings.set('twin', { ...meeting, id: 'twin' });
    const other = closing(world.open());
    const place = { slot, host: { email: 'ioana@primaria.example' } };
    const found = await other.meetings.create({ ...place, ticketId, reference: 'TA-X', before: [] });
    expect(found).toMatchObject({ meetingId: meeting.id });
    expect(world.meetings().map(({ id }) => id)).toEqual([meeting.id]);
  });

  it('is not made a second time by an integration that may not look whether it is there', async () => {
    const world = await createWebexWorld();
    const forbidden = { kind: 'status', status: 403 } as const;
    world.webex.next('create-meeting', { kind: 'cut-after' });
    const ticketId = await world.book();
    await world.drain();
    world.webex.next('find-meetings', forbidden, forbidden);
    await untilLinked(world, ticketId, 10);
    expect(world.meetings()).toHaveLength(1);
    expect(await links(world, ticketId)).toHaveLength(1);
  });

  it('of somebody else that Webex names in its list is left alone', async () => {
    const world = await createWebexWorld();
    const foreign = { id: 'foreign', webLink: 'https://primaria.webex.example/m/foreign', start: slot.startsAt, end: slot.endsAt };
    world.webex.next('find-meetings', {
      kind: 'lies',
      change: () => ({
        items: [
          { ...foreign, integrationTags: ['ta:other'], hostEmail: 'ioana@primaria.example' },
          { ...foreign, title: 'Ședință', hostEmail: 'ioana@primaria.example' },
          { ...foreign, integrationTags: [], hostEmail: 'ioana@primaria.example' },
          'nonsense',
          { title: 'no id' },
        ],
      }),
    });
    const ticketId = await world.book();
    await world.drain();
    expect((await links(world, ticketId)).map(({ meetingId }) => meetingId)).toEqual(['meeting0002']);
  });

  it('without a link in the answer is read once more', async () => {
    const { world, ticketId } = await booked(
      {},
      { kind: 'lies', change: (body) => ({ ...(body as object), webLink: 'http://insecure.example' }) },
    );
    expect(await links(world, ticketId)).toHaveLength(1);
    expect(world.webex.times('read-meeting')).toBe(1);
  });
});

describe('a Webex that has enough', () => {
  it.each([
    [429, '900'],
    [423, '900'],
  ])('and says %d is asked again when it says, and not earlier', async (status, retryAfter) => {
    const { world, ticketId } = await booked({}, { kind: 'status', status, retryAfter });
    expect(world.webex.times('create-meeting')).toBe(1);
    for (let n = 0; n < 14; n += 1) await world.later({ minutes: 1 });
    expect(world.webex.asked).toHaveLength(3);
    await world.later({ minutes: 1, seconds: 1 });
    expect(world.webex.times('create-meeting')).toBe(2);
    expect(await links(world, ticketId)).toHaveLength(1);
  });

  it('for longer than the invitation can wait is not waited for: a person is asked at once', async () => {
    const world = await createWebexWorld();
    const tomorrow = { kind: 'status', status: 429, retryAfter: '86400' } as const;
    world.webex.next('create-meeting', tomorrow, tomorrow, tomorrow);
    const ticketId = await world.book();
    await world.drain();
    expect(await world.openTasks(ticketId)).toEqual([]);
    await world.later({ days: 1, seconds: 1 });
    await world.later({ days: 1, seconds: 1 });
    expect(await world.openTasks(ticketId)).toContain('create-meeting');
  });

  it('and refuses the meeting itself is not asked again: a person is', async () => {
    const { world, ticketId } = await booked({}, { kind: 'status', status: 403 });
    await world.later({ hours: 1 });
    expect(world.webex.times('create-meeting')).toBe(1);
    expect(await world.openTasks(ticketId)).toEqual(['create-meeting']);
    expect(world.logger.lines).toContainEqual({
      event: 'webex.refused',
      values: { step: 'create-meeting', status: 403, trackingId: 'ROUTER_fake-2' },
    });
  });
});

describe('a Webex that is not there', () => {
  it('Art. 5: leaves a task to a person, and the citizen is told the truth: booked, the link comes later', async () => {
    const world = await createWebexWorld();
    await world.webex.stop();
    const ticketId = await world.book();
    await world.drain();
    for (let n = 0; n < 30; n += 1) await world.later({ minutes: 1 });
    expect(await world.openTasks(ticketId)).toEqual(['create-meeting']);
    const state = await world.state(ticketId);
    expect(state).toMatchObject({ status: 'scheduled' });
    expect('meetingLink' in state && state.meetingLink).toBeFalsy();
    const invitation = world.mail.letters.at(-1);
    expect(invitation?.text).not.toContain('webex.example');
    const before = world.mail.letters.length;

    await world.webex.start();
    await world.later({ hours: 2 });
    expect(world.meetings()).toEqual([]);
    const joinUrl = personal('contact', 'https://webex.example/by-hand');
    await world.onTicket(ticketId, (ticket) => attachMeetingLink({ joinUrl, sameLink: false, at: world.clock.now() }, ticket));
    await world.drain();
    expect(await world.openTasks(ticketId)).toEqual([]);
    expect(world.mail.letters).toHaveLength(before + 1);
    expect(world.mail.letters.at(-1)?.text).toContain('by-hand');
    expect(world.meetings()).toEqual([]);
  });

  it.each<readonly [string, Misbehaviour]>([
    ['silent', { kind: 'silent' }],
    ['cut off before', { kind: 'cut-before' }],
    ['failing', { kind: 'status', status: 503 }],
  ])('only for a while (%s) loses nothing', async (_, misbehaviour) => {
    const world = await createWebexWorld({ isImpatient: misbehaviour.kind === 'silent' });
    world.webex.next('create-meeting', misbehaviour);
    const ticketId = await world.book();
    await untilLinked(world, ticketId);
    expect(await links(world, ticketId)).toHaveLength(1);
    expect(world.meetings()).toHaveLength(1);
  });
});
