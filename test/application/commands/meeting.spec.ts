import { attachMeetingLink, recordAbsent, recordHeld, startMeeting } from '../../../src/application/meeting/hold-meeting';
import { handOverResolution, issueResolution } from '../../../src/application/resolution/issue-resolution';
import { letterBounced } from '../../../src/application/resolution/bounces';
import { recordNotice } from '../../../src/application/booking/record-notice';
import { recordRecording } from '../../../src/application/meeting/recordings';
import { cancelTicket } from '../../../src/application/booking/cancel-ticket';
import { decideOnTicket } from '../../../src/application/booking/on-ticket';
import { noteInvitationSent } from '../../../src/domain/ticket/meeting';
import { noteResolutionSent } from '../../../src/domain/ticket/resolution';
import { isTold, notifyCitizen } from '../../../src/domain/ticket/changes';
import { isRequested } from '../../../src/domain/ticket/state';
import { createTestService, startsAt, type TestService } from './test-service';

const slot = { startsAt, endsAt: '2026-03-09T08:15:00.000Z' };
const afterwards = '2026-03-09T08:20:00.000Z';
const times = { startedAt: '2026-03-09T08:01:00.000Z', endedAt: '2026-03-09T08:16:00.000Z' };

const withTicket = async (mode: 'online' | 'phone' | 'in-person' = 'online'): Promise<{ desk: TestService; ticketId: string }> => {
  const desk = createTestService();
  await desk.open();
  return { desk, ticketId: await desk.book(mode) };
};
const types = async (desk: TestService, ticketId: string) => (await desk.ticketFacts(ticketId)).map(({ type }) => type);
const active = async (desk: TestService) => {
  const state = await desk.request();
  return state.status === 'unknown' ? undefined : state.admission?.ticketId;
};

describe('an online meeting, as the staff member records it', () => {
  it('Art. 5–7: link, start, recording, end, resolution; the request is free again', async () => {
    const { desk, ticketId } = await withTicket();
    await desk.must(attachMeetingLink, { ticketId, joinUrl: 'https://primarie.webex.com/meet/1', meetingId: 'm1' });
    desk.clock.set(afterwards);
    await desk.must(startMeeting, { ticketId, startedAt: times.startedAt });
    await desk.must(issueResolution, { ticketId, conclusions: 'S-au lămurit condițiile.' });
    expect(await active(desk)).toBe(ticketId);
    await desk.must(recordHeld, { ticketId, ...times });
    await desk.must(recordRecording, {
      ticketId,
      recording: { kind: 'attached', recordingId: 'r1', url: 'https://w.ro/r1', durationSeconds: 880 },
    });
    expect((await types(desk, ticketId)).slice(-6)).toEqual([
      'Scheduled',
      'MeetingLinkAttached',
      'MeetingStarted',
      'ResolutionIssued',
      'Held',
      'RecordingAttached',
    ]);
    expect(await desk.ticket(ticketId)).toMatchObject({ status: 'resolved', resolution: { issued: { issuedBy: 's002' } } });
    expect(await active(desk)).toBeUndefined();
    expect((await desk.requestFacts()).at(-1)).toMatchObject({ type: 'AdmissionEnded', data: { ticketId } });
  });
  it('the link and the conclusions are stored sealed, and read with their keys', async () => {
    const { desk, ticketId } = await withTicket();
    await desk.must(attachMeetingLink, { ticketId, joinUrl: 'https://primarie.webex.com/meet/1' });
    const state = await desk.ticket(ticketId);
    const link = isRequested(state) ? state.meetingLink?.joinUrl : undefined;
    expect(link).toMatchObject({ key: `contact:ticket-${ticketId}` });
    expect(link && (await desk.read(link))).toBe('https://primarie.webex.com/meet/1');
  });
  it('said again in the same words, changes nothing; in other words, the resolution is refused', async () => {
    const { desk, ticketId } = await withTicket();
    const link = { ticketId, joinUrl: 'https://primarie.webex.com/meet/1' };
    await desk.must(attachMeetingLink, link);
    await desk.must(attachMeetingLink, link);
    desk.clock.set(afterwards);
    await desk.must(recordHeld, { ticketId, ...times });
    await desk.must(recordHeld, { ticketId, ...times });
    await desk.must(issueResolution, { ticketId, conclusions: 'Lămurit.' });
    await desk.must(issueResolution, { ticketId, conclusions: 'Lămurit.' });
    expect(await desk.run(issueResolution, { ticketId, conclusions: 'Altceva.' })).toMatchObject({ code: 'wrong-state', article: '7' });
    const all = await types(desk, ticketId);
    for (const type of ['MeetingLinkAttached', 'Held', 'ResolutionIssued']) expect(all.filter((each) => each === type)).toHaveLength(1);
  });
  it('the same command, however often it runs, writes once and answers the same', async () => {
    const { desk, ticketId } = await withTicket('phone');
    desk.clock.set(afterwards);
    const context = desk.contextOf({ kind: 'staff', id: 's002' });
    const command = { ticketId, ...times };
    const answers = await Promise.all([1, 2, 3].map(() => desk.run(recordHeld, command, context)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await types(desk, ticketId)).filter((type) => type === 'Held')).toHaveLength(1);
  });
  it('an instant may come with any offset, and is kept canonically', async () => {
    const { desk, ticketId } = await withTicket('phone');
    desk.clock.set(afterwards);
    await desk.must(startMeeting, { ticketId, startedAt: '2026-03-09T10:01:00+02:00' });
    expect((await desk.ticketFacts(ticketId)).at(-1)).toMatchObject({ data: { startedAt: times.startedAt } });
    for (const endedAt of ['mâine', '2026-03-09', '2026-03-09T08:16']) {
      expect(await desk.run(recordHeld, { ticketId, startedAt: times.startedAt, endedAt })).toMatchObject({
        code: 'invalid',
        details: { field: 'endedAt' },
      });
    }
  });
  it('A18: a start left out is now; before the slot it is refused', async () => {
    const { desk, ticketId } = await withTicket('phone');
    expect(await desk.run(startMeeting, { ticketId })).toMatchObject({ code: 'wrong-state' });
    desk.clock.set(startsAt);
    await desk.must(startMeeting, { ticketId });
    expect(await desk.ticket(ticketId)).toMatchObject({ status: 'in-progress', startedAt: startsAt });
  });
  it('A13: missing, or waived with an alternative offered; the reason is sealed', async () => {
    const { desk, ticketId } = await withTicket();
    desk.clock.set(afterwards);
    await desk.must(recordHeld, { ticketId, ...times });
    const waive = (offeredAlternative: boolean) => ({
      ticketId,
      recording: { kind: 'waived', reason: 'A refuzat', offeredAlternative } as const,
    });
    expect(await desk.run(recordRecording, waive(false))).toMatchObject({ code: 'invalid', article: '5' });
    await desk.must(recordRecording, waive(true));
    const waived = (await desk.ticketFacts(ticketId)).find(({ type }) => type === 'RecordingWaived');
    expect(waived).toBeDefined();
    expect(JSON.stringify(waived)).not.toContain('A refuzat');
    const other = await withTicket();
    other.desk.clock.set(afterwards);
    await other.desk.must(recordHeld, { ticketId: other.ticketId, ...times });
    await other.desk.must(recordRecording, { ticketId: other.ticketId, recording: { kind: 'missing', reason: 'Defecțiune' } });
    const missing = (await other.desk.ticketFacts(other.ticketId)).find(({ type }) => type === 'RecordingMissing');
    expect(missing).toBeDefined();
    expect(JSON.stringify(missing)).not.toContain('Defecțiune');
    expect(await other.desk.run(recordRecording, { ...waive(true), ticketId: other.ticketId })).toMatchObject({
      code: 'wrong-state',
      article: '5',
    });
  });
  it('A11: the resolution by post, with its proof', async () => {
    const { desk, ticketId } = await withTicket('in-person');
    desk.clock.set(afterwards);
    await desk.must(recordHeld, { ticketId, ...times });
    await desk.must(issueResolution, { ticketId, conclusions: 'Lămurit.' });
    desk.clock.set('2026-03-10T09:00:00.000Z');
    await desk.must(handOverResolution, { ticketId, channel: 'post', handedOverAt: '2026-03-10T08:00:00Z', proof: 'AR 12' });
    expect(await desk.ticket(ticketId)).toMatchObject({ status: 'concluded' });
    expect(await desk.run(handOverResolution, { ticketId, channel: 'post', handedOverAt: 'ieri', proof: 'x' })).toMatchObject({
      code: 'invalid',
      details: { field: 'at' },
    });
  });
  it('what nobody asked for is not found', async () => {
    const { desk } = await withTicket();
    const ticketId = 'nobody';
    expect(await desk.run(recordHeld, { ticketId, ...times })).toMatchObject({ code: 'not-found' });
    expect(await desk.run(issueResolution, { ticketId, conclusions: 'x' })).toMatchObject({ code: 'not-found' });
    expect(await desk.run(recordNotice, { ticketId, channel: 'phone', outcome: 'reached' })).toMatchObject({ code: 'not-found' });
  });
});

describe('somebody did not come', () => {
  it('A22: the citizen; the ticket ends and the request is free', async () => {
    const { desk, ticketId } = await withTicket();
    desk.clock.set('2026-03-09T08:09:00.000Z');
    expect(await desk.run(recordAbsent, { ticketId, who: 'citizen' })).toMatchObject({ code: 'too-early' });
    desk.clock.set('2026-03-09T08:12:00.000Z');
    await desk.must(recordAbsent, { ticketId, who: 'citizen', waitedMinutes: 11 });
    expect(await desk.ticket(ticketId)).toMatchObject({ status: 'citizen-absent' });
    expect(await active(desk)).toBeUndefined();
  });
  it('A23: the staff member; nothing ends, and the citizen must be told', async () => {
    const { desk, ticketId } = await withTicket();
    desk.clock.set('2026-03-09T08:12:00.000Z');
    await desk.must(recordAbsent, { ticketId, who: 'staff' });
    expect(await desk.ticket(ticketId)).toMatchObject({ status: 'staff-absent', noticeDuty: { about: 'staff-absent' } });
    expect(await active(desk)).toBe(ticketId);
    await desk.must(recordNotice, { ticketId, channel: 'phone', outcome: 'voicemail' });
    await desk.must(recordNotice, { ticketId, channel: 'phone', outcome: 'reached' });
    const state = await desk.ticket(ticketId);
    expect(isRequested(state) && isTold(state)).toBe(true);
  });
});

describe('C18: a letter that came back', () => {
  const letter = async (desk: TestService, ticketId: string, kind: 'invitation' | 'cancellation' | 'resolution' | 'code') =>
    desk.ports.operations.outbox.note({ letterId: 'l1', ticketId, kind, state: 'accepted', at: desk.clock.now(), attempts: 1 });
  const last = async (desk: TestService, ticketId: string) => (await desk.ticketFacts(ticketId)).at(-1);

  it('an invitation, with the day by which somebody follows it up; once', async () => {
    const { desk, ticketId } = await withTicket();
    await letter(desk, ticketId, 'invitation');
    await decideOnTicket(desk.ports, desk.contextOf({ kind: 'system', id: 'letters' }), {
      ticketId,
      step: 'sent',
      decide: (state) => noteInvitationSent({ letterId: 'l1', slot, sequence: 0, withLink: false, acceptedAt: desk.clock.now() }, state),
    });
    await desk.must(letterBounced, { letterId: 'l1' });
    await desk.must(letterBounced, { letterId: 'l1' });
    expect((await types(desk, ticketId)).filter((type) => type === 'InvitationBounced')).toHaveLength(1);
    expect(await last(desk, ticketId)).toMatchObject({ data: { letterId: 'l1', followUpDueAt: '2026-03-04T22:00:00.000Z' } });
    expect(await desk.ports.operations.outbox.get('l1')).toMatchObject({ state: 'bounced' });
  });
  it('a resolution, also before anybody knew that it had left', async () => {
    const { desk, ticketId } = await withTicket();
    await letter(desk, ticketId, 'resolution');
    await desk.must(letterBounced, { letterId: 'l1' });
    expect(await last(desk, ticketId)).toMatchObject({ type: 'ResolutionBounced' });
    await decideOnTicket(desk.ports, desk.contextOf({ kind: 'system', id: 'letters' }), {
      ticketId,
      step: 'sent',
      decide: (state) => noteResolutionSent({ letterId: 'l1', toVerifiedAddress: true, acceptedAt: desk.clock.now() }, state),
    });
    expect(await last(desk, ticketId)).toMatchObject({ type: 'ResolutionSent' });
  });
  it('A21: a notice that came back told nobody', async () => {
    const { desk, ticketId } = await withTicket();
    await desk.must(cancelTicket, { ticketId, by: 'staff', reason: 'technical' });
    await letter(desk, ticketId, 'cancellation');
    const at = desk.clock.now();
    await decideOnTicket(desk.ports, desk.contextOf({ kind: 'system', id: 'letters' }), {
      ticketId,
      step: 'told',
      decide: (state) => notifyCitizen({ channel: 'email', outcome: 'accepted', notifiedAt: at, at, letterId: 'l1' }, state),
    });
    const told = async () => {
      const state = await desk.ticket(ticketId);
      return isRequested(state) && isTold(state);
    };
    expect(await told()).toBe(true);
    await desk.must(letterBounced, { letterId: 'l1' });
    expect(await last(desk, ticketId)).toMatchObject({
      type: 'CitizenNotified',
      data: { outcome: 'bounced', about: 'cancelled', letterId: 'l1' },
    });
    expect(await told()).toBe(false);
  });
  it('a letter that we never made is not found', async () => {
    const { desk } = await withTicket();
    expect(await desk.run(letterBounced, { letterId: 'other' })).toMatchObject({ code: 'not-found' });
  });
});
