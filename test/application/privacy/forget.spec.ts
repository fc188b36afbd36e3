import { cancelTicket } from '../../../src/application/booking/cancel-ticket';
import { forgetRequest, forgetTicket } from '../../../src/application/privacy/forget';
import { issueResolution } from '../../../src/application/resolution/issue-resolution';
import { recordHeld } from '../../../src/application/meeting/hold-meeting';
import { recordRecording } from '../../../src/application/meeting/recordings';
import { registerRequest } from '../../../src/application/requests/register-request';
import { isRequested } from '../../../src/domain/ticket/ticket';
import { createTestService, request } from '../kernel/test-service';

const reason = 'Cerere GDPR art. 17';

describe('forgetting a ticket', () => {
  const met = async () => {
    const service = createTestService();
    await service.open();
    const ticketId = await service.book();
    service.clock.set('2026-03-09T08:20:00.000Z');
    await service.must(recordHeld, { ticketId, startedAt: '2026-03-09T08:01:00Z', endedAt: '2026-03-09T08:16:00Z' });
    await service.must(recordRecording, {
      ticketId,
      recording: { kind: 'attached', recordingId: 'r1', startedAt: '2026-03-09T08:01:00Z', durationSeconds: 900 },
    });
    await service.must(issueResolution, { ticketId, conclusions: 'Lămurit.' });
    return { service, ticketId };
  };
  const letter = { letterId: 'l1', to: 'ana.pop@example.ro', subject: 'x', text: 'x', html: 'x', locale: 'ro' } as const;

  it('destroys who the citizen is, keeps the resolution, and says what lies outside', async () => {
    const { service, ticketId } = await met();
    await service.ports.mailer.send({ ...letter, ticketId });
    await service.ports.operations.outbox.note({
      letterId: 'l1',
      ticketId,
      kind: 'invitation',
      state: 'accepted',
      at: service.clock.now(),
      attempts: 1,
    });
    const before = (await service.ticketFacts(ticketId)).map(({ type }) => type);
    const { value: report } = await service.must(forgetTicket, { ticketId, reason });
    expect(report).toMatchObject({
      subject: 'ticket',
      id: ticketId,
      destroyedKeys: [`contact:ticket-${ticketId}`],
      deletedLetters: 1,
      kept: [`record:ticket-${ticketId}`],
    });
    expect(report.outside.map(({ place }) => place)).toEqual(['webex', 'sent-mail', 'infocet']);
    const state = await service.ticket(ticketId);
    if (!isRequested(state) || state.resolution.issued === undefined || state.contact.email === undefined) throw new Error('not there');
    expect(await service.read(state.contact.name)).toBeUndefined();
    expect(await service.read(state.contact.email)).toBeUndefined();
    expect(await service.read(state.resolution.issued.conclusions)).toBe('Lămurit.');
    expect((await service.ticketFacts(ticketId)).map(({ type }) => type)).toEqual([...before, 'PersonalDataErased']);
    expect(service.ports.mailer.letters).toEqual([]);
  });
  it('again, after a crash in between, it does the rest', async () => {
    const { service, ticketId } = await met();
    await service.must(forgetTicket, { ticketId, reason });
    await service.ports.mailer.send({ ...letter, ticketId });
    const again = await service.must(forgetTicket, { ticketId, reason });
    expect(again.value).toMatchObject({ deletedLetters: 1, destroyedKeys: [`contact:ticket-${ticketId}`] });
    expect((await service.ticketFacts(ticketId)).filter(({ type }) => type === 'PersonalDataErased')).toHaveLength(1);
  });
  it('life goes on: facts with free text still come, and nobody reads it', async () => {
    const { service, ticketId } = await met();
    await service.must(forgetTicket, { ticketId, reason });
    const outcome = await service.run(recordRecording, {
      ticketId,
      recording: { kind: 'attached', recordingId: 'r2', url: 'https://w.ro/2', startedAt: '2026-03-09T08:01:00Z', durationSeconds: 1 },
    });
    expect(outcome).toMatchObject({ kind: 'done' });
  });
  it('A24: is refused while the ticket is active, and then nothing is destroyed', async () => {
    const service = createTestService();
    await service.open();
    const ticketId = await service.book();
    expect(await service.run(forgetTicket, { ticketId, reason })).toMatchObject({ code: 'wrong-state' });
    const state = await service.ticket(ticketId);
    expect(isRequested(state) && (await service.read(state.contact.name))).toBe('Ana Pop');
    await service.must(cancelTicket, { ticketId, by: 'citizen' });
    const { value: report } = await service.must(forgetTicket, { ticketId, reason });
    expect(report).toMatchObject({ kept: [], outside: [] });
    expect(await service.run(forgetTicket, { ticketId: 'nobody', reason })).toMatchObject({ code: 'not-found' });
  });
});

describe('forgetting a request', () => {
  it('destroys the applicant’s name and the subject, and names the tickets that hold more', async () => {
    const service = createTestService();
    await service.open();
    const ticketId = await service.book('phone');
    expect(await service.run(forgetRequest, { request, reason })).toMatchObject({ code: 'active-ticket-exists' });
    await service.must(cancelTicket, { ticketId, by: 'citizen' });
    const { value: report } = await service.must(forgetRequest, { request, reason });
    expect(report).toMatchObject({ subject: 'request', destroyedKeys: ['name:request-154997_2026-01-12'], tickets: [ticketId] });
    const state = await service.request();
    if (state.status === 'unknown' || state.subject === undefined) throw new Error('not there');
    expect(await service.read(state.applicantName)).toBeUndefined();
    expect(await service.read(state.subject)).toBeUndefined();
  });
  it('the register may tell of it again: the name stays erased', async () => {
    const service = createTestService();
    await service.open();
    await service.must(forgetRequest, { request, reason });
    await service.must(registerRequest, { ...service.registered, status: 'closed' });
    const facts = await service.requestFacts();
    expect(facts.map(({ type }) => type)).toEqual(['RequestRegistered', 'PersonalDataErased', 'StatusChanged']);
    expect(await service.run(forgetRequest, { request: { ...request, number: '1' }, reason })).toMatchObject({ code: 'request-not-found' });
  });
});
