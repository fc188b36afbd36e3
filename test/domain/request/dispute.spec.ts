import { accept } from '../../../src/domain/kernel/decider';
import { personal } from '../../../src/domain/kernel/personal-text';
import { admitTicket, endAdmission, groundAt } from '../../../src/domain/request/admission';
import { settleDispute, type SettleDispute } from '../../../src/domain/request/dispute';
import { registerAsReported, registerRequest, type RegisterRequest, registerWithAnswer } from '../../../src/domain/request/registering';
import { registeredRequest, type RequestState } from '../../../src/domain/request/request';
import { isSameApplicant } from '../../../src/domain/request/same-applicant';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { policiesWith } from '../../../src/domain/policies';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { at, line as usual } from './line';

const line: RegisterRequest = { ...usual, applicantName: personal('name', 'Popescu Ion'), sameApplicant: false };
const register = (change: Partial<RegisterRequest>) => (state: RequestState) => registerRequest({ ...line, ...change }, state);
const other = register({ applicantName: personal('name', 'Rusu Delia'), handlerStaffId: 's009', otherApplicant: 'new' });
const settle =
  (change: Partial<SettleDispute> = {}) =>
  (state: RequestState) =>
    settleDispute(
      {
        decision: 'kept',
        reason: personal('office', 'în dosar'),
        settledBy: 'r1',
        disputed: { applicantName: personal('name', 'Rusu Delia') },
        at,
        ...change,
      },
      state,
    );
const known = given(registeredRequest).after(register({}));
const disputed = known.after(other);
const typesOf = (decision: ReturnType<ReturnType<typeof register>>) =>
  decision.kind === 'accepted' ? decision.facts.map(({ type }) => type) : decision;

describe('A29: another applicant under the same number and date', () => {
  it('replaces nothing: neither the name nor the handler nor an answer goes in', () => {
    expect(typesOf(known.when(other))).toEqual(['ApplicantDisputed']);
    expect(disputed.state).toMatchObject({ applicantName: { clear: 'Popescu Ion' }, handlerStaffId: 's002' });
    const subject = personal('name', 'Autorizație');
    expect(known.when(register({ subject, otherApplicant: 'new' }))).toMatchObject({ facts: [{ data: { subject } }] });
    const answer = { documentNumber: '1', communicatedOn: '2026-02-01', channel: 'email', at } as const;
    const rules = { policies: policiesWith(), calendar: workingCalendar.initial };
    const told = known.when((state) => registerAsReported({ ...line, otherApplicant: 'new' }, [{ ...answer, ...rules }], state));
    expect(typesOf(told)).toEqual(['ApplicantDisputed']);
    const answered = { ...line, otherApplicant: 'new', status: 'answered' } as const;
    const answers = [
      { ...answer, ...rules },
      { ...answer, ...rules, documentNumber: '2' },
    ];
    for (const told of [answers.slice(0, 1), answers])
      expect(typesOf(known.when((state) => registerAsReported(answered, told, state)))).toEqual(['ApplicantDisputed']);
    const lineWithAnswer = (state: RequestState) => registerWithAnswer(answered, { ...answer, ...rules }, state);
    expect(typesOf(known.when(lineWithAnswer))).toEqual(['ApplicantDisputed']);
  });

  it('Art. 3 b: nobody is admitted until a person has decided, whoever knows the three data', () => {
    const refused = { code: 'not-eligible', article: '2', details: { reason: 'applicant-disputed' } };
    expect(groundAt(disputed.state, at)).toMatchObject(refused);
    const slot = { startsAt: '2026-03-09T08:00:00.000Z', endsAt: '2026-03-09T08:15:00.000Z' };
    const admission = { ticketId: 't1', holdId: 'h1', staffId: 's002', slot, at, until: at };
    expect(disputed.when((state) => admitTicket(admission, state))).toMatchObject(refused);
    expect(groundAt(disputed.after(settle()).state, at)).toEqual({ kind: 'in-operation' });
  });

  describe('with a new hour owed for a ticket that staff cancelled', () => {
    const slot = { startsAt: '2026-03-09T08:00:00.000Z', endsAt: '2026-03-09T08:15:00.000Z' };
    const admit = (state: RequestState) => admitTicket({ ticketId: 't1', holdId: 'h1', staffId: 's002', slot, at, until: at }, state);
    const cancelledByStaff = (state: RequestState) => endAdmission({ ticketId: 't1', newHour: 'owed', at }, state);
    const closed = (state: RequestState) => registerRequest({ ...line, sameApplicant: true, status: 'closed' }, state);
    const owed = known.after(admit).after(cancelledByStaff).after(closed);

    it('Art. 8, 3 b: the hour that is owed admits nobody while it is disputed', () => {
      expect(groundAt(owed.state, at)).toMatchObject({ kind: 'new-hour-owed' });
      expect(groundAt(owed.after(other).state, at)).toMatchObject({ code: 'not-eligible', details: { reason: 'applicant-disputed' } });
      expect(groundAt(owed.after(other).after(settle()).state, at)).toMatchObject({ kind: 'new-hour-owed' });
    });

    it('Art. 8: corrected, it is not owed to the other applicant, whenever staff cancelled', () => {
      const notEligible = { code: 'not-eligible', details: { reason: 'closed-without-answer' } };
      const corrected = settle({ decision: 'corrected' });
      expect(groundAt(owed.after(other).after(corrected).state, at)).toMatchObject(notEligible);
      const cancelledSince = known.after(admit).after(other).after(corrected).after(cancelledByStaff).after(closed);
      expect(groundAt(cancelledSince.state, at)).toMatchObject(notEligible);
    });
  });

  it('is told once; while it is open the registered one’s lines go on', () => {
    expect(typesOf(disputed.when(register({ otherApplicant: 'disputed' })))).toEqual([]);
    expect(typesOf(disputed.when(register({ sameApplicant: true, handlerStaffId: 's003' })))).toEqual(['HandlerAssigned']);
  });

  it('kept: the name stays, and the other one is remembered as another', () => {
    const settled = disputed.after(settle());
    expect(settled.state).toMatchObject({ applicantName: { clear: 'Popescu Ion' }, otherApplicants: [{ clear: 'Rusu Delia' }] });
    expect(settled.state).not.toHaveProperty('dispute');
    expect(typesOf(settled.when(register({ otherApplicant: 'settled' })))).toEqual([]);
  });

  it('corrected: the name that was told since takes its place, with its subject or without one', () => {
    const subject = { applicantName: personal('name', 'Rusu Delia'), subject: personal('name', 'Certificat') };
    const settled = disputed.after(settle({ decision: 'corrected', disputed: subject }));
    expect(settled.state).toMatchObject({
      applicantName: { clear: 'Rusu Delia' },
      subject: { clear: 'Certificat' },
      otherApplicants: [{ clear: 'Popescu Ion' }],
    });
    expect(disputed.after(settle({ decision: 'corrected' })).state).not.toHaveProperty('subject');
  });

  it('is decided once, with a reason, where there is one', () => {
    expect(known.when(settle())).toMatchObject({ code: 'wrong-state', details: { reason: 'not-disputed' } });
    expect(disputed.after(settle()).when(settle())).toMatchObject({ code: 'wrong-state' });
    expect(disputed.when(settle({ reason: personal('office', ' ') }))).toMatchObject({ code: 'invalid', details: { field: 'reason' } });
    expect(given(registeredRequest).when(settle())).toMatchObject({ code: 'request-not-found' });
  });

  it('of a name that was erased there is nothing to dispute, and nothing to put in its place', () => {
    const erasure = { type: 'PersonalDataErased', data: { erasedAt: at, reason: personal('office', 'cerere') } } as const;
    const erased = known.after(() => accept(erasure));
    expect(typesOf(erased.when(register({ otherApplicant: 'new', handlerStaffId: 's003' })))).toEqual(['HandlerAssigned']);
    const gone = disputed.after(() => accept(erasure));
    expect(typesOf(gone.when(settle({ decision: 'corrected' })))).toEqual(['ApplicantDisputeSettled']);
  });
});

describe('A1, A29: one applicant under two names', () => {
  it.each([
    ['Popescu Ion', 'ION POPESCU'],
    ['Popescu Ion', 'Popescu Ion Marian'],
    ['Popescu Ion Marian', 'Popescu Ion'],
    ['Popescu Ion', 'Popesu Ion'],
    ['Popescu Ion', 'Poepscu Ion'],
    ['Popescu Ion', 'Popescuu Ion'],
    ['Țurcanu Ștefan', 'Turcanu Stefam'],
    ['Popescu Dana', 'Popescu Dane'],
    ['Popescu Daniela', 'Popescu Danela'],
    ['Popesc Ion', 'Popescu Ion'],
    ['Popescu Ion', 'Popeescu Ion'],
    ['Asociația de proprietari bl. 5 sc. 2', 'Asociatia de propietari sc. 2 bl. 5'],
    // names nobody by its words (A28), and is itself all the same
    ['Asociația de Proprietari', 'ASOCIATIA DE PROPRIETARI'],
  ])('%s is %s', (registered, told) => {
    expect(isSameApplicant(registered, told)).toBe(true);
  });
  it.each([
    ['Popescu Ion', 'Popescu Maria'],
    ['Popescu Maria', 'Ionescu Maria'],
    ['Popescu Ana', 'Popescu Ina'],
    ['Popescu Ion', 'Popesku Iom'],
    ['Popescu Ion', 'Poepscuu Ion'],
    ['Popescu Ion', 'SC Instal SRL'],
    ['Popescu Ioan', 'Popescu Ion'],
    ['Asociația de proprietari nr. 5', 'Asociația de proprietari nr. 7'],
    ['Asociația de proprietari nr. 5', 'Asociația de propietari nr. 7'],
    ['Asociația de proprietari nr. 12', 'Asociația de propietari nr. 21'],
    ['Instal 2000 SRL', 'Instal 3000 SRL'],
    ['Asociația de proprietari nr. 5', 'Asociația de proprietari'],
    ['Popescu Marin', 'Popescu Marim Ioana'],
    ['Popescu Ion', 'Popescuan Ion'],
    ['Popescu Ion', 'Opepscu Ion'],
    ['Popescu Ion', 'Popseca Ion'],
    ['Popescu Mariana', 'Popescu Marta'],
    ['Popescu Aurelia', 'Popescu Aurora'],
    ['Popescu', 'Popesku'],
  ])('%s is not %s', (registered, told) => {
    expect(isSameApplicant(registered, told)).toBe(false);
  });
});
