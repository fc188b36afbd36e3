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
import { isRequested } from '../../../src/domain/ticket/ticket';
import { createTestService, startsAt, type TestService } from '../kernel/test-service';

const slot = { startsAt, endsAt: '2026-03-09T08:15:00.000Z' };
const afterwards = '2026-03-09T08:20:00.000Z';
const times = { startedAt: '2026-03-09T08:01:00.000Z', endedAt: '2026-03-09T08:16:00.000Z' };

const withTicket = async (mode: 'online' | 'phone' | 'in-person' = 'online'): Promise<{ service: TestService; ticketId: string }> => {
  const service = createTestService();
  await service.open();
  return { service, ticketId: await service.book(mode) };
};
const types = async (service: TestService, ticketId: string) => (await service.ticketFacts(ticketId)).map(({ type }) => type);
const active = async (service: TestService) => {
  const state = await service.request();
  return state.status === 'unknown' ? undefined : state.admission?.ticketId;
};

describe('an online meeting, as the staff member records it', () => {
  it('Art. 5–7: link, start, recording, end, resolution; the request is free again', async () => {
    const { service, ticketId } = await withTicket();
    await service.must(attachMeetingLink, { ticketId, joinUrl: 'https://primarie.webex.com/meet/1', meetingId: 'm1' });
    service.clock.set(afterwards);
    await service.must(startMeeting, { ticketId, startedAt: times.startedAt });
    await service.must(issueResolution, { ticketId, conclusions: 'S-au lămurit condițiile.' });
    expect(await active(service)).toBe(ticketId);
    await service.must(recordHeld, { ticketId, ...times });
    await service.must(recordRecording, {
      ticketId,
      recording: { kind: 'attached', recordingId: 'r1', url: 'https://w.ro/r1', startedAt: startsAt, durationSeconds: 880 },
    });
    expect((await types(service, ticketId)).slice(-6)).toEqual([
      'Scheduled',
      'MeetingLinkAttached',
      'MeetingStarted',
      'ResolutionIssued',
      'Held',
      'RecordingAttached',
    ]);
    expect(await service.ticket(ticketId)).toMatchObject({ status: 'resolved', resolution: { issued: { issuedBy: 's002' } } });
    expect(await active(service)).toBeUndefined();
    expect((await service.requestFacts()).at(-1)).toMatchObject({ type: 'AdmissionEnded', data: { ticketId } });
  });
  it('the link and the conclusions are stored sealed, and read with their keys', async () => {
    const { service, ticketId } = await withTicket();
    await service.must(attachMeetingLink, { ticketId, joinUrl: 'https://primarie.webex.com/meet/1' });
    const state = await service.ticket(ticketId);
    const link = isRequested(state) ? state.meetingLink?.joinUrl : undefined;
    expect(link).toMatchObject({ key: `contact:ticket-${ticketId}` });
    expect(link && (await service.read(link))).toBe('https://primarie.webex.com/meet/1');
  });
  it('said again in the same words, changes nothing; in other words, the resolution is refused', async () => {
    const { service, ticketId } = await withTicket();
    const link = { ticketId, joinUrl: 'https://primarie.webex.com/meet/1' };
    await service.must(attachMeetingLink, link);
    await service.must(attachMeetingLink, link);
    service.clock.set(afterwards);
    await service.must(recordHeld, { ticketId, ...times });
    await service.must(recordHeld, { ticketId, ...times });
    await service.must(issueResolution, { ticketId, conclusions: 'Lămurit.' });
    await service.must(issueResolution, { ticketId, conclusions: 'Lămurit.' });
    expect(await service.run(issueResolution, { ticketId, conclusions: 'Altceva.' })).toMatchObject({ code: 'wrong-state', article: '7' });
    const all = await types(service, ticketId);
    for (const type of ['MeetingLinkAttached', 'Held', 'ResolutionIssued']) expect(all.filter((each) => each === type)).toHaveLength(1);
  });
  it('the same command, however often it runs, writes once and answers the same', async () => {
    const { service, ticketId } = await withTicket('phone');
    service.clock.set(afterwards);
    const context = service.contextOf({ kind: 'staff', id: 's002' });
    const command = { ticketId, ...times };
    const answers = await Promise.all([1, 2, 3].map(() => service.run(recordHeld, command, context)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await types(service, ticketId)).filter((type) => type === 'Held')).toHaveLength(1);
  });
  it('an instant may come with any offset, and is kept canonically', async () => {
    const { service, ticketId } = await withTicket('phone');
    service.clock.set(afterwards);
    await service.must(startMeeting, { ticketId, startedAt: '2026-03-09T10:01:00+02:00' });
    expect((await service.ticketFacts(ticketId)).at(-1)).toMatchObject({ data: { startedAt: times.startedAt } });
    for (const endedAt of ['mâine', '2026-03-09', '2026-03-09T08:16']) {
      expect(await service.run(recordHeld, { ticketId, startedAt: times.startedAt, endedAt })).toMatchObject({
        code: 'invalid',
        details: { field: 'endedAt' },
      });
    }
  });
  it('A18: a start left out is now; before the slot it is refused', async () => {
    const { service, ticketId } = await withTicket('phone');
    expect(await service.run(startMeeting, { ticketId })).toMatchObject({ code: 'wrong-state' });
    service.clock.set(startsAt);
    await service.must(startMeeting, { ticketId });
    expect(await service.ticket(ticketId)).toMatchObject({ status: 'in-progress', startedAt: startsAt });
  });
  it('A13: missing, or waived with an alternative offered; the reason is sealed', async () => {
    const { service, ticketId } = await withTicket();
    service.clock.set(afterwards);
    await service.must(recordHeld, { ticketId, ...times });
    const waive = (offeredAlternative: boolean) => ({
      ticketId,
      recording: { kind: 'waived', reason: 'A refuzat', offeredAlternative } as const,
    });
    expect(await service.run(recordRecording, waive(false))).toMatchObject({ code: 'invalid', article: '5' });
    await service.must(recordRecording, waive(true));
    const waived = (await service.ticketFacts(ticketId)).find(({ type }) => type === 'RecordingWaived');
    expect(waived).toBeDefined();
    expect(JSON.stringify(waived)).not.toContain('A refuzat');
    const other = await withTicket();
    other.service.clock.set(afterwards);
    await other.service.must(recordHeld, { ticketId: other.ticketId, ...times });
    await other.service.must(recordRecording, { ticketId: other.ticketId, recording: { kind: 'missing', reason: 'Defecțiune' } });
    const missing = (await other.service.ticketFacts(other.ticketId)).find(({ type }) => type === 'RecordingMissing');
    expect(missing).toBeDefined();
    expect(JSON.stringify(missing)).not.toContain('Defecțiune');
    expect(await other.service.run(recordRecording, { ...waive(true), ticketId: other.ticketId })).toMatchObject({
      code: 'wrong-state',
      article: '5',
    });
  });
  it('A11: the resolution by post, with its proof', async () => {
    const { service, ticketId } = await withTicket('in-person');
    service.clock.set(afterwards);
    await service.must(recordHeld, { ticketId, ...times });
    await service.must(issueResolution, { ticketId, conclusions: 'Lămurit.' });
    service.clock.set('2026-03-10T09:00:00.000Z');
    await service.must(handOverResolution, { ticketId, channel: 'post', handedOverAt: '2026-03-10T08:00:00Z', proof: 'AR 12' });
    expect(await service.ticket(ticketId)).toMatchObject({ status: 'concluded' });
    expect(await service.run(handOverResolution, { ticketId, channel: 'post', handedOverAt: 'ieri', proof: 'x' })).toMatchObject({
      code: 'invalid',
      details: { field: 'at' },
    });
  });
  it('what nobody asked for is not found', async () => {
    const { service } = await withTicket();
    const ticketId = 'nobody';
    expect(await service.run(recordHeld, { ticketId, ...times })).toMatchObject({ code: 'not-found' });
    expect(await service.run(issueResolution, { ticketId, conclusions: 'x' })).toMatchObject({ code: 'not-found' });
    expect(await service.run(recordNotice, { ticketId, channel: 'phone', outcome: 'reached' })).toMatchObject({ code: 'not-found' });
  });
});

describe('somebody did not come', () => {
  it('A22: the citizen; the ticket ends and the request is free', async () => {
    const { service, ticketId } = await withTicket();
    service.clock.set('2026-03-09T08:09:00.000Z');
    expect(await service.run(recordAbsent, { ticketId, who: 'citizen' })).toMatchObject({ code: 'too-early' });
    service.clock.set('2026-03-09T08:12:00.000Z');
    await service.must(recordAbsent, { ticketId, who: 'citizen', waitedMinutes: 11 });
    expect(await service.ticket(ticketId)).toMatchObject({ status: 'citizen-absent' });
    expect(await active(service)).toBeUndefined();
  });
  it('A23: the staff member; nothing ends, and the citizen must be told', async () => {
    const { service, ticketId } = await withTicket();
    service.clock.set('2026-03-09T08:12:00.000Z');
    await service.must(recordAbsent, { ticketId, who: 'staff' });
    expect(await service.ticket(ticketId)).toMatchObject({ status: 'staff-absent', noticeDuty: { about: 'staff-absent' } });
    expect(await active(service)).toBe(ticketId);
    await service.must(recordNotice, { ticketId, channel: 'phone', outcome: 'voicemail' });
    await service.must(recordNotice, { ticketId, channel: 'phone', outcome: 'reached' });
    const state = await service.ticket(ticketId);
    expect(isRequested(state) && isTold(state)).toBe(true);
  });
});

describe('C18: a letter that came back', () => {
  const letter = async (service: TestService, ticketId: string, kind: 'invitation' | 'cancellation' | 'resolution' | 'code') =>
    service.ports.operations.outbox.note({ letterId: 'l1', ticketId, kind, state: 'accepted', at: service.clock.now(), attempts: 1 });
  const last = async (service: TestService, ticketId: string) => (await service.ticketFacts(ticketId)).at(-1);

  it('an invitation, with the day by which somebody follows it up; once', async () => {
    const { service, ticketId } = await withTicket();
    await letter(service, ticketId, 'invitation');
    await decideOnTicket(service.ports, service.contextOf({ kind: 'system', id: 'letters' }), {
      ticketId,
      step: 'sent',
      decide: (state) => noteInvitationSent({ letterId: 'l1', slot, sequence: 0, withLink: false, acceptedAt: service.clock.now() }, state),
    });
    await service.must(letterBounced, { letterId: 'l1' });
    await service.must(letterBounced, { letterId: 'l1' });
    expect((await types(service, ticketId)).filter((type) => type === 'InvitationBounced')).toHaveLength(1);
    expect(await last(service, ticketId)).toMatchObject({ data: { letterId: 'l1', followUpDueAt: '2026-03-04T22:00:00.000Z' } });
    expect(await service.ports.operations.outbox.get('l1')).toMatchObject({ state: 'bounced' });
  });
  it('a resolution, also before anybody knew that it had left', async () => {
    const { service, ticketId } = await withTicket();
    await letter(service, ticketId, 'resolution');
    await service.must(letterBounced, { letterId: 'l1' });
    expect(await last(service, ticketId)).toMatchObject({ type: 'ResolutionBounced' });
    await decideOnTicket(service.ports, service.contextOf({ kind: 'system', id: 'letters' }), {
      ticketId,
      step: 'sent',
      decide: (state) => noteResolutionSent({ letterId: 'l1', toVerifiedAddress: true, acceptedAt: service.clock.now() }, state),
    });
    expect(await last(service, ticketId)).toMatchObject({ type: 'ResolutionSent' });
  });
  it('A21: a notice that came back told nobody', async () => {
    const { service, ticketId } = await withTicket();
    await service.must(cancelTicket, { ticketId, by: 'staff', reason: 'technical' });
    await letter(service, ticketId, 'cancellation');
    const at = service.clock.now();
    await decideOnTicket(service.ports, service.contextOf({ kind: 'system', id: 'letters' }), {
      ticketId,
      step: 'told',
      decide: (state) => notifyCitizen({ channel: 'email', outcome: 'accepted', notifiedAt: at, at, letterId: 'l1' }, state),
    });
    const told = async () => {
      const state = await service.ticket(ticketId);
      return isRequested(state) && isTold(state);
    };
    expect(await told()).toBe(true);
    await service.must(letterBounced, { letterId: 'l1' });
    expect(await last(service, ticketId)).toMatchObject({
      type: 'CitizenNotified',
      data: { outcome: 'bounced', about: 'cancelled', letterId: 'l1' },
    });
    expect(await told()).toBe(false);
  });
  it('a letter that we never made is not found', async () => {
    const { service } = await withTicket();
    expect(await service.run(letterBounced, { letterId: 'other' })).toMatchObject({ code: 'not-found' });
  });
});
