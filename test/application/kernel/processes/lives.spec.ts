import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { attachMeetingLink } from '../../../../src/domain/ticket/meeting';
import { personal } from '../../../../src/domain/kernel/personal-text';
import { awaitedCodeOf } from '../../../support/codes';
import { bookedWorld, openWorld, slot, staffId } from './world';

const count = (types: readonly string[], type: string): number => types.filter((each) => each === type).length;

describe('whole lives of a ticket, with the processes at work', () => {
  it('Art. 3-7: an online ticket from the code to the resolution, each letter exactly once though the runner runs again and again', async () => {
    const world = await openWorld();
    const ticketId = await world.ask('online', { email: 'ion@example.org', phone: '0740123456' });
    await world.drain();
    await world.drain();
    expect(world.mail.letters).toHaveLength(1);
    expect(world.mail.letters[0]?.text).toContain(await awaitedCodeOf(world.ports, ticketId));

    await world.verify(ticketId);
    await world.drain();
    await world.drain();
    const sent = (await world.facts(ticketId)).flatMap((fact) => (fact.type === 'InvitationSent' ? [fact.data] : []));
    expect(sent.map(({ withLink }) => withLink)).toContain(true);
    expect(new Set(sent.map(({ sequence }) => sequence)).size).toBe(sent.length);
    expect(world.mail.letters.at(-1)?.text).toContain('https://webex.example/m/1');

    await world.conclude(ticketId);
    await world.drainLater();
    const letters = world.mail.letters.length;
    await world.drain();
    const types = await world.types(ticketId);
    expect(count(types, 'ResolutionSent')).toBe(1);
    expect(count(types, 'ResolutionFiled')).toBe(1);
    expect(world.mail.letters).toHaveLength(letters);
    expect(new Set(world.mail.letters.map(({ letterId }) => letterId)).size).toBe(letters);
    expect(world.mail.letters.at(-1)?.text).toContain('S-a lămurit situația parcelei.');
    expect((await world.state(ticketId)).status).toBe('concluded');
    expect(await world.openTasks(ticketId)).toEqual(['attach-recording']);
    const admission = await world.admission();
    expect('admission' in admission && admission.admission).toBeFalsy();
  });

  it('a rebuild of every table sends no letter, creates no meeting and files nothing, even where no attempt was kept', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.conclude(ticketId);
    await world.drainLater();
    const before = { letters: world.mail.calls, filed: world.documents.filed, end: await world.store.end() };
    world.tables.current = new MemoryReadModels();
    for (const { effectId } of await world.ports.operations.attempts.list()) await world.ports.operations.attempts.reset(effectId);
    await world.drain();
    expect({ letters: world.mail.calls, filed: world.documents.filed, end: await world.store.end() }).toEqual(before);
  });

  it('Art. 5: where a person creates the meetings, a task with the hour of the invitation, which the link ends', async () => {
    const world = await openWorld();
    world.video.create = () => Promise.resolve(undefined as never);
    const ticketId = await world.book();
    await world.drain();
    const raised = (await world.facts(ticketId)).find(({ type }) => type === 'TaskRaised');
    expect(raised?.data).toMatchObject({ kind: 'create-meeting', staffId, dueAt: '2026-03-05T07:00:00.000Z' });
    const joinUrl = personal('contact', 'https://webex.example/by-hand');
    await world.onTicket(ticketId, (state) => attachMeetingLink({ joinUrl, sameLink: false, at: world.clock.now() }, state));
    await world.drain();
    expect(await world.openTasks(ticketId)).toEqual([]);
    expect(world.mail.letters.at(-1)?.text).toContain('by-hand');
  });

  it('A13: a recording that nobody attached within 48 hours is missing, and the task for it ends', async () => {
    const world = await openWorld();
    const ticketId = await world.book();
    await world.hold(ticketId);
    await world.drain();
    expect(await world.openTasks(ticketId)).toContain('attach-recording');
    await world.drainAt('2026-03-07T08:13:59.999Z');
    expect(await world.types(ticketId)).not.toContain('RecordingMissing');
    await world.drainAt('2026-03-07T08:14:00.000Z');
    expect(await world.types(ticketId)).toContain('RecordingMissing');
    expect(await world.openTasks(ticketId)).not.toContain('attach-recording');
  });

  it('A17: the resolution is a task from the end of the meeting on, due at its target, until it is written', async () => {
    const world = await openWorld();
    const ticketId = await world.book();
    await world.hold(ticketId);
    await world.drain();
    const tasks = (await world.facts(ticketId)).flatMap((fact) => (fact.type === 'TaskRaised' ? [fact.data] : []));
    expect(tasks.find(({ kind }) => kind === 'write-resolution')).toMatchObject({ dueAt: '2026-03-05T10:14:00.000Z' });
    await world.issue(ticketId, '99/425/2026');
    await world.drain();
    expect(await world.openTasks(ticketId)).not.toContain('write-resolution');
    const filed = (await world.facts(ticketId)).find(({ type }) => type === 'ResolutionFiled');
    expect(filed?.data).toMatchObject({ documentNumber: '99/425/2026' });
    expect(world.documents.filed).toBe(0);
  });

  it('A11: without an e-mail nothing is mailed and the resolution is handed over by a person', async () => {
    const world = await openWorld();
    const ticketId = await world.ask('phone', { phone: '0740123456' });
    await world.conclude(ticketId);
    await world.drain();
    expect(world.mail.calls).toBe(0);
    expect(await world.openTasks(ticketId)).toEqual(['hand-over-resolution']);
  });

  it('C20: whoever tells no outcome is asked for it once the day is over', async () => {
    const world = await openWorld();
    const ticketId = await world.book();
    await world.drainAt('2026-03-05T21:59:59.999Z');
    expect(await world.openTasks(ticketId)).not.toContain('record-outcome');
    await world.drainAt('2026-03-05T22:00:00.000Z');
    expect(await world.openTasks(ticketId)).toContain('record-outcome');
  });

  it('A26: a request that is closed meanwhile leaves the ticket as it is and asks a person, once', async () => {
    const world = await openWorld();
    const ticketId = await world.book();
    await world.tellRequest({ type: 'StatusChanged', data: { status: 'closed', changedAt: world.clock.now() } });
    await world.drain();
    await world.drain();
    expect(await world.openTasks(ticketId)).toEqual(['request-changed']);
    expect((await world.state(ticketId)).status).toBe('scheduled');
  });

  it('A3: a request that somebody else handles now asks for another person, beside whatever else changed', async () => {
    const world = await openWorld();
    const ticketId = await world.book();
    const at = world.clock.now();
    await world.tellRequest(
      { type: 'StatusChanged', data: { status: 'redirected', changedAt: at } },
      { type: 'HandlerAssigned', data: { handlerStaffId: 'S-099', assignedAt: at } },
    );
    await world.drain();
    expect([...(await world.openTasks(ticketId))].sort()).toEqual(['assign-staff', 'request-changed']);
  });

  it('A9: a code that nobody enters frees the request and the slot when the hold is over', async () => {
    const world = await openWorld();
    const ticketId = await world.ask('online', { email: 'ion@example.org', phone: '0740123456' });
    await world.drain();
    await world.drainAfter({ minutes: 15 });
    await world.drainLater();
    expect((await world.state(ticketId)).status).toBe('lapsed');
    const admission = await world.admission();
    expect('admission' in admission && admission.admission).toBeFalsy();
    const day = await world.agendaOn(staffId, slot.startsAt.slice(0, 10));
    expect(Object.values(day.holds).map(({ standing }) => standing)).toEqual(['released']);
  });
});
