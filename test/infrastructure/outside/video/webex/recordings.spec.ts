import { attachRecording } from '../../../../../src/domain/ticket/recording';
import { judgeTicket } from '../../../../support/webex/judge-ticket';
import { type WebexWorld } from '../../../../support/webex/webex-world';
import { type Booked, booked } from './support/booked';

/** An online meeting that was held from 08:00 to 08:14; it is 08:16. */
const held = async (): Promise<Booked & { readonly meetingId: string }> => {
  const { world, ticketId } = await booked();
  await world.hold(ticketId);
  await world.drain();
  return { world, ticketId, meetingId: world.meetings()[0]?.id ?? '' };
};

const record = (world: WebexWorld, meetingId: string, id = 'rec-1'): void => {
  const timeRecorded = '2026-03-05T08:01:00.000Z';
  const recording = {
    id,
    meetingId,
    hostEmail: 'ioana@primaria.example',
    timeRecorded,
    durationSeconds: 760,
    status: 'available' as const,
  };
  world.webex.state.recordings.set(id, recording);
};
const c13 = async (world: WebexWorld, ticketId: string) => judgeTicket(world.ports, ticketId, 'C13');

describe('the recording of a meeting on Webex', () => {
  it('Art. 5: is looked for from a quarter of an hour after the end on, and not earlier', async () => {
    const { world } = await held();
    world.clock.set('2026-03-05T08:28:59.000Z');
    await world.drain();
    expect(world.webex.times('find-recordings')).toBe(0);
    await world.later({ seconds: 1 });
    expect(world.webex.times('find-recordings')).toBe(1);
  });

  it('C13: that appears twenty hours later turns pending into pass', async () => {
    const { world, ticketId, meetingId } = await held();
    for (let n = 0; n < 20; n += 1) await world.later({ hours: 1 });
    expect(await c13(world, ticketId)).toMatchObject({ verdict: 'pending' });
    record(world, meetingId);
    await world.later({ minutes: 16 });
    expect(await c13(world, ticketId)).toMatchObject({ verdict: 'pass' });
    expect(await world.facts(ticketId)).toContainEqual({
      type: 'RecordingAttached',
      data: expect.objectContaining({ recordingId: 'rec-1', durationSeconds: 760, startedAt: '2026-03-05T08:01:00.000Z' }),
    });
    expect(await world.openTasks(ticketId)).not.toContain('attach-recording');
  });

  it('that a person had attached is confirmed when Webex shows it: both facts stand, and what Webex says counts', async () => {
    const { world, ticketId, meetingId } = await held();
    record(world, meetingId);
    const declare = { recordingId: 'rec-1', durationSeconds: 900, startedAt: '2026-03-05T08:00:00.000Z' };
    await world.onTicket(ticketId, (state) => attachRecording({ ...declare, at: world.clock.now() }, state));
    for (let n = 0; n < 3; n += 1) await world.later({ hours: 1 });
    const attached = (await world.facts(ticketId)).filter(({ type }) => type === 'RecordingAttached');
    expect(attached).toMatchObject([
      { data: { durationSeconds: 900, grade: 'declared' } },
      { data: { durationSeconds: 760, grade: 'observed' } },
    ]);
  });

  it('C13: that is deleted later is reported, with both facts shown, and a person is asked', async () => {
    const { world, ticketId, meetingId } = await held();
    record(world, meetingId);
    await world.later({ minutes: 20 });
    expect(await c13(world, ticketId)).toMatchObject({ verdict: 'pass' });
    await world.later({ days: 3 });
    const recording = world.webex.state.recordings.get('rec-1');
    if (recording === undefined) throw new Error('no recording');
    recording.status = 'deleted';
    await world.later({ days: 1 });
    const types = await world.types(ticketId);
    expect(types.filter((type) => type.startsWith('Recording'))).toEqual(['RecordingAttached', 'RecordingWithdrawn']);
    const judged = await c13(world, ticketId);
    expect(judged).toMatchObject({ verdict: 'fail' });
    expect(judged.types).toEqual(['Held', 'RecordingAttached', 'RecordingWithdrawn']);
    expect(await world.openTasks(ticketId)).toContain('attach-recording');

    recording.status = 'available';
    await world.later({ hours: 2 });
    expect(await c13(world, ticketId)).toMatchObject({ verdict: 'pass' });
    expect(await world.openTasks(ticketId)).not.toContain('attach-recording');
  });

  it('A13: that never comes is missing after 48 hours, with a reason; found later, it still counts', async () => {
    const { world, ticketId, meetingId } = await held();
    await world.later({ hours: 47 });
    expect(await world.types(ticketId)).not.toContain('RecordingMissing');
    world.clock.set('2026-03-07T08:14:00.000Z');
    await world.drain();
    const missing = (await world.facts(ticketId)).flatMap((fact) => (fact.type === 'RecordingMissing' ? [fact.data.reason] : []));
    expect(missing).toHaveLength(1);
    expect(missing[0] && (await world.ports.personalData.open(missing[0]))).toContain('Webex has no recording');
    record(world, meetingId);
    await world.later({ hours: 26 });
    expect(await c13(world, ticketId)).toMatchObject({ verdict: 'pass' });
  });

  it('A13: that Webex could not be asked for is missing all the same, and the reason says so', async () => {
    const { world, ticketId } = await held();
    await world.webex.stop();
    world.clock.set('2026-03-07T08:14:00.000Z');
    await world.drain();
    const [reason] = (await world.facts(ticketId)).flatMap((fact) => (fact.type === 'RecordingMissing' ? [fact.data.reason] : []));
    expect(reason && (await world.ports.personalData.open(reason))).toContain('could not be asked');
  });

  it('of another meeting, without an id, or still being made is none', async () => {
    const { world, ticketId, meetingId } = await held();
    world.webex.next('find-recordings', {
      kind: 'lies',
      change: () => ({
        items: [
          { id: 'foreign', meetingSeriesId: 'meeting9999', durationSeconds: 900 },
          { id: 'nobody-knows', durationSeconds: 900 },
          { id: 'prefix', meetingSeriesId: `${meetingId}9`, durationSeconds: 900 },
          { meetingSeriesId: meetingId, durationSeconds: 900 },
          { id: 'unfinished', meetingSeriesId: meetingId },
          { id: 'deleted', meetingSeriesId: meetingId, durationSeconds: 900, status: 'deleted' },
        ],
      }),
    });
    await world.later({ minutes: 20 });
    expect(world.webex.times('find-recordings')).toBe(1);
    expect(await world.types(ticketId)).not.toContain('RecordingAttached');
  });

  it('that a failing Webex does not show is not reported as gone', async () => {
    const { world, ticketId, meetingId } = await held();
    record(world, meetingId);
    await world.later({ minutes: 20 });
    const none = { kind: 'lies', change: () => ({ items: [] }) } as const;
    world.webex.next('find-recordings', { kind: 'garbage' }, none, none);
    world.webex.next(
      'read-recording',
      { kind: 'status', status: 403 },
      { kind: 'lies', change: () => ({ id: 'other', status: 'deleted' }) },
    );
    for (let n = 0; n < 4; n += 1) await world.later({ days: 1 });
    expect(world.webex.times('read-recording')).toBe(2);
    expect(await world.types(ticketId)).not.toContain('RecordingWithdrawn');
  });

  it('is not looked at any more once the thirty days are over', async () => {
    const { world, meetingId } = await held();
    record(world, meetingId);
    await world.later({ minutes: 20 });
    await world.later({ days: 31 });
    const asked = world.webex.times('find-recordings');
    await world.later({ days: 2 });
    await world.later({ days: 2 });
    expect(world.webex.times('find-recordings')).toBe(asked);
  });
});
