import { communicateAnswer, grantLateAdmission, registerRequest } from '../../../src/application/requests/register-request';
import { declareBridgeDay, declareWorkingDay, restoreDay } from '../../../src/application/staff/declare-day';
import { recordAbsence, withdrawAbsence } from '../../../src/application/staff/record-absence';
import { registerStaff, setWorkingHours, staffLeft } from '../../../src/application/staff/register-staff';
import { isWorkingDay } from '../../../src/domain/calendar/working-days';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { groundAt } from '../../../src/domain/request/admission';
import { createTestService, request } from '../kernel/test-service';
import { refused } from '../../support/decided';

const answer = { documentNumber: '600001', communicatedOn: '2026-01-20', channel: 'email' } as const;

describe('what the document register tells', () => {
  it('is kept sealed; said again, nothing changes; a corrected name is a fact', async () => {
    const service = createTestService();
    await service.open();
    await service.must(registerRequest, service.registered);
    expect((await service.requestFacts()).map(({ type }) => type)).toEqual(['RequestRegistered']);
    await service.must(registerRequest, { ...service.registered, applicantName: 'Ana Popa', applicantChange: 'corrected' });
    const state = await service.request();
    expect(state.status !== 'unknown' && (await service.read(state.applicantName))).toBe('Ana Popa');
    expect(JSON.stringify(await service.requestFacts())).not.toContain('Popa');
    expect((await service.requestFacts()).map(({ type }) => type)).toEqual(['RequestRegistered', 'ApplicantCorrected']);
  });
  it('a subject that is told later, or no more, is a correction', async () => {
    const service = createTestService();
    await service.open();
    const { subject: _subject, ...withoutSubject } = service.registered;
    await service.must(registerRequest, withoutSubject);
    const state = await service.request();
    expect(state.status !== 'unknown' && state.subject).toBeUndefined();
    expect(_subject).toBe('Certificat de urbanism');
  });
  it('names the field that is wrong, and nothing is half done', async () => {
    const service = createTestService();
    await service.open();
    const wrong = { ...service.registered, number: '777', status: 'answered' } as const;
    expect(await service.run(registerRequest, wrong)).toMatchObject(refused('invalid', { field: 'status' }));
    expect(await service.run(registerRequest, { ...wrong, answer: { ...answer, communicatedOn: '2025-01-01' } })).toMatchObject(
      refused('invalid', { field: 'communicatedOn' }),
    );
    expect(await service.run(registerRequest, { ...service.registered, handlerStaffId: 's999' })).toMatchObject(
      refused('invalid', { field: 'handlerStaffId', reason: 'unknown-staff' }),
    );
    expect(await service.request()).toMatchObject({ status: 'in-operation', handlerStaffId: 's002' });
  });
  it('a line with its answer goes in as a whole', async () => {
    const service = createTestService();
    await service.staff('s002');
    await service.must(registerRequest, { ...service.registered, status: 'answered', answer });
    expect((await service.requestFacts()).map(({ type }) => type)).toEqual(['RequestRegistered', 'AnswerCommunicated']);
  });
});

describe('Art. 2 b: an answer', () => {
  it('opens the 30 days with the calendar then in force; a bridge day declared later does not move them', async () => {
    const service = createTestService();
    await service.open();
    await service.must(declareBridgeDay, { date: '2026-02-19', decision: 'HG 1/2026' });
    const told = await service.must(communicateAnswer, { request, answer });
    expect(told.value).toMatchObject({ documentNumber: '600001', known: false });
    await service.must(declareBridgeDay, { date: '2026-02-20', decision: 'HG 2/2026' });
    expect(groundAt(await service.request(), '2026-02-20T21:59:59.999Z')).toMatchObject({
      advertisedUntil: '2026-02-19',
      enforcedUntil: '2026-02-20',
    });
    expect(groundAt(await service.request(), '2026-02-20T22:00:00.000Z')).toMatchObject(refused('window-expired'));
  });
  it('A25: the same document is known, whoever sends it again; the same command is answered as the first time', async () => {
    const service = createTestService();
    await service.open();
    const context = service.contextOf({ kind: 'system', id: 'registry' });
    const first = await service.run(communicateAnswer, { request, answer }, context);
    const again = await service.run(communicateAnswer, { request, answer }, context);
    expect(again).toEqual(first);
    const other = await service.must(communicateAnswer, { request, answer: { ...answer, communicatedOn: '2026-02-02' } });
    expect(other.value.known).toBe(true);
    expect(await service.request()).toMatchObject({ answers: [{ communicatedOn: '2026-01-20' }] });
  });
  it('of a request that nobody registered, or by a stranger', async () => {
    const service = createTestService();
    await service.open();
    expect(await service.run(communicateAnswer, { request: { ...request, number: '1' }, answer })).toMatchObject(
      refused('request-not-found'),
    );
    expect(await service.run(communicateAnswer, { request, answer: { ...answer, answeredBy: 's999' } })).toMatchObject(
      refused('invalid', { field: 'answeredBy' }),
    );
  });
  it('A27: a head admits a late request; the reason is sealed', async () => {
    const service = createTestService();
    await service.open();
    await service.must(communicateAnswer, { request, answer });
    expect(groundAt(await service.request(), service.clock.now())).toMatchObject(refused('window-expired'));
    await service.must(grantLateAdmission, { request, reason: 'Spitalizare', until: '2026-03-10' });
    expect(groundAt(await service.request(), service.clock.now())).toMatchObject({ kind: 'clarification', lateAdmission: true });
    const granted = (await service.requestFacts()).at(-1);
    expect(granted).toMatchObject({ type: 'LateAdmissionGranted', data: { grantedBy: 's002' } });
    expect(JSON.stringify(granted)).not.toContain('Spitalizare');
  });
});

describe('people and days', () => {
  it('A16: hours, absences and leaving', async () => {
    const service = createTestService();
    await service.open();
    await service.must(setWorkingHours, { staffId: 's002', from: '2026-03-02', week: { mon: [['10:00', '12:00']] } });
    const absent = await service.must(recordAbsence, {
      staffId: 's002',
      from: '2026-03-09T08:00:00+02:00',
      to: '2026-03-09T12:00:00+02:00',
      reason: 'concediu',
    });
    expect(await service.staffMember('s002')).toMatchObject({
      hours: [{ from: '2026-03-02' }],
      absences: [{ absenceId: absent.value.absenceId, from: '2026-03-09T06:00:00.000Z' }],
    });
    await service.must(withdrawAbsence, { staffId: 's002', absenceId: absent.value.absenceId });
    await service.must(staffLeft, { staffId: 's002', on: '2026-04-01' });
    expect(await service.staffMember('s002')).toMatchObject({ absences: [], leftOn: '2026-04-01' });
  });
  it('the same command is the same absence, another one is another', async () => {
    const service = createTestService();
    await service.open();
    const command = { staffId: 's002', from: '2026-03-09T08:00:00Z', to: '2026-03-09T09:00:00Z', reason: 'x' };
    const context = service.contextOf({ kind: 'staff', id: 's002' });
    expect(await service.run(recordAbsence, command, context)).toEqual(await service.run(recordAbsence, command, context));
    await service.must(recordAbsence, command);
    const state = await service.staffMember('s002');
    expect(state.status === 'known' && state.absences.length).toBe(2);
  });
  it('a civil servant registered again in the same words is no fact', async () => {
    const service = createTestService();
    const first = await service.staff('s002');
    const second = await service.staff('s002');
    expect(second.position).toBe(first.position);
    expect(
      await service.run(registerStaff, {
        staffId: 's_1',
        name: 'X',
        role: 'executive',
        department: 'D',
        departmentCode: '1',
        email: 'x@y.ro',
      }),
    ).toMatchObject(refused('invalid', { field: 'staffId' }));
  });
  it('of a stranger nothing is recorded', async () => {
    const service = createTestService();
    for (const outcome of [
      await service.run(setWorkingHours, { staffId: 's9', from: '2026-03-02', week: {} }),
      await service.run(recordAbsence, { staffId: 's9', from: '2026-03-09T08:00:00Z', to: '2026-03-09T09:00:00Z', reason: 'x' }),
      await service.run(withdrawAbsence, { staffId: 's9', absenceId: 'a' }),
      await service.run(staffLeft, { staffId: 's9', on: '2026-04-01' }),
    ]) {
      expect(isRefusal(outcome) && outcome.code).toBe('not-found');
    }
  });
  it('bridge days, working days, and back to the law', async () => {
    const service = createTestService();
    await service.must(declareBridgeDay, { date: '2026-06-05', decision: 'HG 3/2026' });
    await service.must(declareWorkingDay, { date: '2026-06-13', decision: 'HG 3/2026' });
    expect(isWorkingDay(await service.calendar(), '2026-06-05')).toBe(false);
    expect(isWorkingDay(await service.calendar(), '2026-06-13')).toBe(true);
    await service.must(restoreDay, { date: '2026-06-05' });
    expect(isWorkingDay(await service.calendar(), '2026-06-05')).toBe(true);
    expect(await service.run(declareBridgeDay, { date: '2026-06-06', decision: 'HG' })).toMatchObject(refused('invalid'));
    expect(await service.run(declareWorkingDay, { date: '2026-06-30', decision: 'HG' })).toMatchObject(refused('invalid'));
    expect(await service.run(restoreDay, { date: '30.06.2026' })).toMatchObject(refused('invalid'));
  });
});
