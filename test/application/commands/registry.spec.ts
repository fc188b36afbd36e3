import { communicateAnswer, grantLateAdmission, registerRequest } from '../../../src/application/requests/register-request';
import { declareBridgeDay, declareWorkingDay, restoreDay } from '../../../src/application/staff/declare-day';
import { recordAbsence, withdrawAbsence } from '../../../src/application/staff/record-absence';
import { registerStaff, setWorkingHours, staffLeft } from '../../../src/application/staff/register-staff';
import { isWorkingDay } from '../../../src/domain/calendar/working-days';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { groundAt } from '../../../src/domain/request/admission';
import { createTestService, request } from './test-service';

const answer = { documentNumber: '600001', communicatedOn: '2026-01-20', channel: 'email' } as const;

describe('what the document register tells', () => {
  it('is kept sealed; said again, nothing changes; a corrected name is a fact', async () => {
    const desk = createTestService();
    await desk.open();
    await desk.must(registerRequest, desk.registered);
    expect((await desk.requestFacts()).map(({ type }) => type)).toEqual(['RequestRegistered']);
    await desk.must(registerRequest, { ...desk.registered, applicantName: 'Ana Popa' });
    const state = await desk.request();
    expect(state.status !== 'unknown' && (await desk.read(state.applicantName))).toBe('Ana Popa');
    expect(JSON.stringify(await desk.requestFacts())).not.toContain('Popa');
    expect((await desk.requestFacts()).map(({ type }) => type)).toEqual(['RequestRegistered', 'ApplicantCorrected']);
  });
  it('a subject that is told later, or no more, is a correction', async () => {
    const desk = createTestService();
    await desk.open();
    const { subject: _subject, ...withoutSubject } = desk.registered;
    await desk.must(registerRequest, withoutSubject);
    const state = await desk.request();
    expect(state.status !== 'unknown' && state.subject).toBeUndefined();
    expect(_subject).toBe('Certificat de urbanism');
  });
  it('names the field that is wrong, and nothing is half done', async () => {
    const desk = createTestService();
    await desk.open();
    const wrong = { ...desk.registered, number: '777', status: 'answered' } as const;
    expect(await desk.run(registerRequest, wrong)).toMatchObject({ code: 'invalid', details: { field: 'status' } });
    expect(await desk.run(registerRequest, { ...wrong, answer: { ...answer, communicatedOn: '2025-01-01' } })).toMatchObject({
      code: 'invalid',
      details: { field: 'communicatedOn' },
    });
    expect(await desk.run(registerRequest, { ...desk.registered, handlerStaffId: 's999' })).toMatchObject({
      code: 'invalid',
      details: { field: 'handlerStaffId', reason: 'unknown-staff' },
    });
    expect(await desk.request()).toMatchObject({ status: 'in-operation', handlerStaffId: 's002' });
  });
  it('a line with its answer goes in as a whole', async () => {
    const desk = createTestService();
    await desk.staff('s002');
    await desk.must(registerRequest, { ...desk.registered, status: 'answered', answer });
    expect((await desk.requestFacts()).map(({ type }) => type)).toEqual(['RequestRegistered', 'AnswerCommunicated']);
  });
});

describe('Art. 2 b: an answer', () => {
  it('opens the 30 days with the calendar then in force; a bridge day declared later does not move them', async () => {
    const desk = createTestService();
    await desk.open();
    await desk.must(declareBridgeDay, { date: '2026-02-19', decision: 'HG 1/2026' });
    const told = await desk.must(communicateAnswer, { request, answer });
    expect(told.value).toMatchObject({ documentNumber: '600001', known: false });
    await desk.must(declareBridgeDay, { date: '2026-02-20', decision: 'HG 2/2026' });
    expect(groundAt(await desk.request(), '2026-02-20T21:59:59.999Z')).toMatchObject({
      advertisedUntil: '2026-02-19',
      enforcedUntil: '2026-02-20',
    });
    expect(groundAt(await desk.request(), '2026-02-20T22:00:00.000Z')).toMatchObject({ code: 'window-expired' });
  });
  it('A25: the same document is known, whoever sends it again; the same command is answered as the first time', async () => {
    const desk = createTestService();
    await desk.open();
    const context = desk.contextOf({ kind: 'system', id: 'registry' });
    const first = await desk.run(communicateAnswer, { request, answer }, context);
    const again = await desk.run(communicateAnswer, { request, answer }, context);
    expect(again).toEqual(first);
    const other = await desk.must(communicateAnswer, { request, answer: { ...answer, communicatedOn: '2026-02-02' } });
    expect(other.value.known).toBe(true);
    expect(await desk.request()).toMatchObject({ answers: [{ communicatedOn: '2026-01-20' }] });
  });
  it('of a request that nobody registered, or by a stranger', async () => {
    const desk = createTestService();
    await desk.open();
    expect(await desk.run(communicateAnswer, { request: { ...request, number: '1' }, answer })).toMatchObject({
      code: 'request-not-found',
    });
    expect(await desk.run(communicateAnswer, { request, answer: { ...answer, answeredBy: 's999' } })).toMatchObject({
      code: 'invalid',
      details: { field: 'answeredBy' },
    });
  });
  it('A27: a head admits a late request; the reason is sealed', async () => {
    const desk = createTestService();
    await desk.open();
    await desk.must(communicateAnswer, { request, answer });
    expect(groundAt(await desk.request(), desk.clock.now())).toMatchObject({ code: 'window-expired' });
    await desk.must(grantLateAdmission, { request, reason: 'Spitalizare', until: '2026-03-10' });
    expect(groundAt(await desk.request(), desk.clock.now())).toMatchObject({ kind: 'clarification', lateAdmission: true });
    const granted = (await desk.requestFacts()).at(-1);
    expect(granted).toMatchObject({ type: 'LateAdmissionGranted', data: { grantedBy: 's002' } });
    expect(JSON.stringify(granted)).not.toContain('Spitalizare');
  });
});

describe('people and days', () => {
  it('A16: hours, absences and leaving', async () => {
    const desk = createTestService();
    await desk.open();
    await desk.must(setWorkingHours, { staffId: 's002', from: '2026-03-02', week: { mon: [['10:00', '12:00']] } });
    const absent = await desk.must(recordAbsence, {
      staffId: 's002',
      from: '2026-03-09T08:00:00+02:00',
      to: '2026-03-09T12:00:00+02:00',
      reason: 'concediu',
    });
    expect(await desk.staffMember('s002')).toMatchObject({
      hours: [{ from: '2026-03-02' }],
      absences: [{ absenceId: absent.value.absenceId, from: '2026-03-09T06:00:00.000Z' }],
    });
    await desk.must(withdrawAbsence, { staffId: 's002', absenceId: absent.value.absenceId });
    await desk.must(staffLeft, { staffId: 's002', on: '2026-04-01' });
    expect(await desk.staffMember('s002')).toMatchObject({ absences: [], leftOn: '2026-04-01' });
  });
  it('the same command is the same absence, another one is another', async () => {
    const desk = createTestService();
    await desk.open();
    const command = { staffId: 's002', from: '2026-03-09T08:00:00Z', to: '2026-03-09T09:00:00Z', reason: 'x' };
    const context = desk.contextOf({ kind: 'staff', id: 's002' });
    expect(await desk.run(recordAbsence, command, context)).toEqual(await desk.run(recordAbsence, command, context));
    await desk.must(recordAbsence, command);
    const state = await desk.staffMember('s002');
    expect(state.status === 'known' && state.absences.length).toBe(2);
  });
  it('a civil servant registered again in the same words is no fact', async () => {
    const desk = createTestService();
    const first = await desk.staff('s002');
    const second = await desk.staff('s002');
    expect(second.position).toBe(first.position);
    expect(
      await desk.run(registerStaff, {
        staffId: 's_1',
        name: 'X',
        role: 'executive',
        department: 'D',
        departmentCode: '1',
        email: 'x@y.ro',
      }),
    ).toMatchObject({
      code: 'invalid',
      details: { field: 'staffId' },
    });
  });
  it('of a stranger nothing is recorded', async () => {
    const desk = createTestService();
    for (const outcome of [
      await desk.run(setWorkingHours, { staffId: 's9', from: '2026-03-02', week: {} }),
      await desk.run(recordAbsence, { staffId: 's9', from: '2026-03-09T08:00:00Z', to: '2026-03-09T09:00:00Z', reason: 'x' }),
      await desk.run(withdrawAbsence, { staffId: 's9', absenceId: 'a' }),
      await desk.run(staffLeft, { staffId: 's9', on: '2026-04-01' }),
    ]) {
      expect(isRefusal(outcome) && outcome.code).toBe('not-found');
    }
  });
  it('bridge days, working days, and back to the law', async () => {
    const desk = createTestService();
    await desk.must(declareBridgeDay, { date: '2026-06-05', decision: 'HG 3/2026' });
    await desk.must(declareWorkingDay, { date: '2026-06-13', decision: 'HG 3/2026' });
    expect(isWorkingDay(await desk.calendar(), '2026-06-05')).toBe(false);
    expect(isWorkingDay(await desk.calendar(), '2026-06-13')).toBe(true);
    await desk.must(restoreDay, { date: '2026-06-05' });
    expect(isWorkingDay(await desk.calendar(), '2026-06-05')).toBe(true);
    expect(await desk.run(declareBridgeDay, { date: '2026-06-06', decision: 'HG' })).toMatchObject({ code: 'invalid' });
    expect(await desk.run(declareWorkingDay, { date: '2026-06-30', decision: 'HG' })).toMatchObject({ code: 'invalid' });
    expect(await desk.run(restoreDay, { date: '30.06.2026' })).toMatchObject({ code: 'invalid' });
  });
});
