import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { personal } from '../../../src/domain/kernel/personal-text';
import { policiesWith } from '../../../src/domain/policies';
import { groundAt, responsibleFor } from '../../../src/domain/request/admission';
import { correctAnswer, withdrawAnswer } from '../../../src/domain/request/corrections';
import { communicateAnswer, registerAsReported, registerWithAnswer } from '../../../src/domain/request/registering';
import { type MistakenAnswer, registerWithMistakes } from '../../../src/domain/request/reported';
import { registeredRequest, type RequestState } from '../../../src/domain/request/request';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { nothing, oneFact, refused } from '../../support/decided';
import { at, line, registered } from './line';

const policies = policiesWith();
const calendar = workingCalendar.initial;
const told = { documentNumber: '600001', communicatedOn: '2026-01-20', channel: 'email', answeredBy: 's003' } as const;
const communicate = (state: RequestState) => communicateAnswer({ ...told, at, policies, calendar }, state);
/** Communicated on 20 January: day 30 is 19 February, which is over. */
const answered = given(registeredRequest, registered()).after(communicate);
/** The request as the register tells of it again. */
const register = { ...line, status: 'answered' } as const;
const reason = personal('office', 'Ziua a fost scrisă greșit.');
const correct =
  (changes: Partial<Parameters<typeof correctAnswer>[0]> = {}) =>
  (state: RequestState) =>
    correctAnswer({ ofDocument: '600001', ...told, reason, by: 'r1', at, policies, calendar, ...changes }, state);
const withdraw =
  (changes: Partial<Parameters<typeof withdrawAnswer>[0]> = {}) =>
  (state: RequestState) =>
    withdrawAnswer({ ofDocument: '600001', reason, by: 'r1', at, ...changes }, state);

describe('Art. 2 b (A25): an answer that was recorded with a mistake', () => {
  it('has the 30 days of the right day, and the person who answered', () => {
    expect(groundAt(answered.state, at)).toMatchObject(refused('window-expired'));
    const corrected = answered.after(correct({ communicatedOn: '2026-02-20', answeredBy: 's004' }));
    expect(answered.when(correct({ communicatedOn: '2026-02-20' }))).toMatchObject(
      oneFact('AnswerCorrected', { ofDocument: '600001', advertisedUntil: '2026-03-22', enforcedUntil: '2026-03-23', correctedBy: 'r1' }),
    );
    expect(groundAt(corrected.state, at)).toMatchObject({ kind: 'clarification', communicatedOn: '2026-02-20' });
    expect(corrected.state.status === 'unknown' ? '' : responsibleFor(corrected.state)).toBe('s004');
  });
  it('changes nothing where it says what stands', () => {
    expect(answered.when(correct())).toEqual(nothing);
    expect(answered.when(correct({ documentNumber: ' 600001 ' }))).toEqual(nothing);
  });
  it('under another number the register’s former one opens nothing again', () => {
    const corrected = answered.after(correct({ documentNumber: '600002' }));
    const line = (state: RequestState) => registerWithAnswer(register, { ...told, at, policies, calendar }, state);
    expect(corrected.when(line)).toEqual(nothing);
    const withdrawn = answered.after(withdraw());
    expect(withdrawn.when(line)).toEqual(nothing);
    const toldAll = (change: object) => (state: RequestState) =>
      registerAsReported({ ...register, ...change }, [{ ...told, at, policies, calendar }], state);
    expect(withdrawn.when(toldAll({}))).toEqual(nothing);
    expect(withdrawn.when(toldAll({ handlerStaffId: 's004' }))).toMatchObject(oneFact('HandlerAssigned'));
    expect(withdrawn.when(toldAll({ status: 'closed' }))).toMatchObject(oneFact('StatusChanged', { status: 'closed' }));
    // answered by no document at all is still no word of the register
    expect(withdrawn.when((state) => registerAsReported(register, [], state))).toMatchObject({
      details: { reason: 'answer-not-communicated' },
    });
  });
  it.each([
    ['an answer that there is not', { ofDocument: '9' }, 'ofDocument', 'unknown-answer'],
    ['a day ahead', { communicatedOn: '2026-03-03' }, 'communicatedOn', 'in-the-future'],
    ['a day before the request', { communicatedOn: '2026-01-11' }, 'communicatedOn', 'before-filing'],
    ['no number', { documentNumber: ' ' }, 'documentNumber', 'empty'],
    ['no reason', { communicatedOn: '2026-02-20', reason: personal('office', ' ') }, 'reason', 'required'],
  ] as const)('is refused with %s', (_, changes, field, why) => {
    expect(answered.when(correct(changes))).toMatchObject(refused('invalid', { field, reason: why }));
  });
  it('is refused under another answer’s number, and of a request that nobody knows', () => {
    const two = answered.after((state) => communicateAnswer({ ...told, documentNumber: '600002', at, policies, calendar }, state));
    expect(two.when(correct({ documentNumber: '600002' }))).toMatchObject({ details: { reason: 'another-answer' } });
    expect(given(registeredRequest).when(correct())).toMatchObject(refused('request-not-found'));
    expect(given(registeredRequest).when(withdraw())).toMatchObject(refused('request-not-found'));
  });
});

describe('Art. 2 b (A25): an answer that never was', () => {
  it('opens no 30 days: the request is in operation again, where it alone had answered it', () => {
    const withdrawn = answered.after(withdraw());
    expect(groundAt(withdrawn.state, at)).toEqual({ kind: 'in-operation' });
    expect(withdrawn.when(withdraw())).toEqual(nothing);
    const two = answered.after((state) =>
      communicateAnswer({ ...told, documentNumber: '600002', communicatedOn: '2026-02-20', at, policies, calendar }, state),
    );
    expect(two.after(withdraw({ ofDocument: '600002' })).state).toMatchObject({
      status: 'answered',
      answers: [{ documentNumber: '600001' }],
    });
    const closed = given(registeredRequest, registered())
      .after(communicate)
      .after(() => ({ kind: 'accepted', facts: [{ type: 'StatusChanged', data: { status: 'closed', changedAt: at } }] }));
    expect(closed.after(withdraw()).state).toMatchObject({ status: 'closed', answers: [] });
  });
  it('may be communicated after all, by a person', () => {
    expect(answered.after(withdraw()).when(communicate)).toMatchObject(oneFact('AnswerCommunicated'));
  });
  it('is refused without a reason, and where there is none', () => {
    expect(answered.when(withdraw({ reason: personal('office', '') }))).toMatchObject({ details: { field: 'reason' } });
    expect(answered.when(withdraw({ ofDocument: '9' }))).toMatchObject({ details: { reason: 'unknown-answer' } });
  });
});

describe('A25: what of an answer was mistaken', () => {
  const answers = given(registeredRequest, registered())
    .after(communicate)
    .after((state) => communicateAnswer({ ...told, documentNumber: '600002', at, policies, calendar }, state));
  it.each([
    ['its number, which no other answer has', { documentNumber: ' 600003 ' }, { documentNumber: '600003' }],
    ['its channel', { channel: 'post' }, { channel: 'post' }],
    ['its person', { answeredBy: 's004' }, { answeredBy: 's004' }],
    [
      'its day, of the answer that is named',
      { ofDocument: ' 600002 ', documentNumber: '600002', communicatedOn: '2026-01-21' },
      { ofDocument: '600002' },
    ],
  ] as const)('is put right by itself: %s', (_, changes, said) => {
    expect(answers.when(correct(changes))).toMatchObject(oneFact('AnswerCorrected', said));
  });
  it('is taken back once, however its number is typed', () => {
    expect(answered.after(withdraw({ ofDocument: ' 600001 ' })).when(withdraw({ ofDocument: ' 600001 ' }))).toEqual(nothing);
  });
  it('the register that tells of a known answer again brings its status in', () => {
    const closed = answered.after(() => ({
      kind: 'accepted',
      facts: [{ type: 'StatusChanged', data: { status: 'closed', changedAt: at } }],
    }));
    const line = (state: RequestState) => registerWithAnswer(register, { ...told, at, policies, calendar }, state);
    expect(closed.when(line)).toMatchObject(oneFact('StatusChanged', { status: 'answered' }));
  });
});

describe('Art. 2 b (A25): the register says itself what was wrong', () => {
  const mistaken = (change: Partial<MistakenAnswer> = {}): MistakenAnswer => ({
    mistake: 'corrected',
    ...told,
    ofDocument: '600001',
    reason,
    by: 'registry',
    grade: 'observed',
    at,
    policies,
    calendar,
    ...change,
  });
  const tell =
    (answer: MistakenAnswer, change: Partial<Parameters<typeof registerWithMistakes>[0]> = {}) =>
    (state: RequestState) =>
      registerWithMistakes({ ...register, ...change }, [], [answer], state);
  const right = { documentNumber: '600002', communicatedOn: '2026-02-20' };

  it('an answer that is known is corrected, once; told again it changes nothing', () => {
    const corrected = answered.after(tell(mistaken(right)));
    expect(answered.when(tell(mistaken(right)))).toMatchObject(
      oneFact('AnswerCorrected', { ofDocument: '600001', ...right, correctedBy: 'registry', grade: 'observed' }),
    );
    expect(corrected.when(tell(mistaken(right)))).toEqual(nothing);
    expect(corrected.when(tell(mistaken({ ...right, communicatedOn: '2026-02-21' })))).toMatchObject(
      oneFact('AnswerCorrected', { ofDocument: '600002', communicatedOn: '2026-02-21' }),
    );
  });
  it('one that is not known comes in as it is right', () => {
    expect(given(registeredRequest, registered()).when(tell(mistaken(right)))).toMatchObject(
      oneFact('AnswerCommunicated', { documentNumber: '600002', communicatedOn: '2026-02-20' }),
    );
    expect(given(registeredRequest).when(tell(mistaken(right), { sameApplicant: false, sameSubject: false }))).toMatchObject({
      facts: [{ type: 'RequestRegistered' }, { type: 'AnswerCommunicated' }],
    });
  });
  it('one that was taken back goes, once, and stays out where it was never known', () => {
    const gone = tell(mistaken({ mistake: 'withdrawn' }), { status: 'in-operation' });
    expect(answered.when(gone)).toMatchObject(oneFact('AnswerWithdrawn', { documentNumber: '600001' }));
    expect(answered.after(gone).when(gone)).toEqual(nothing);
    expect(given(registeredRequest, registered()).when(gone)).toEqual(nothing);
    // answered by nothing else is no word of the register
    expect(answered.when(tell(mistaken({ mistake: 'withdrawn' })))).toMatchObject({ details: { reason: 'answer-not-communicated' } });
  });
  it('told again it leaves what a person has corrected since, and takes what the register says anew', () => {
    const taken = answered.after(tell(mistaken({ communicatedOn: '2026-02-20' })));
    const byPerson = taken.after(correct({ communicatedOn: '2026-02-18' }));
    expect(byPerson.when(tell(mistaken({ communicatedOn: '2026-02-20' })))).toEqual(nothing);
    expect(byPerson.when(tell(mistaken({ communicatedOn: '2026-02-21' })))).toMatchObject(
      oneFact('AnswerCorrected', { communicatedOn: '2026-02-21' }),
    );
    // the register itself said something else since
    const anew = taken.after(tell(mistaken({ communicatedOn: '2026-02-21' })));
    expect(anew.when(tell(mistaken({ communicatedOn: '2026-02-20' })))).toMatchObject(
      oneFact('AnswerCorrected', { communicatedOn: '2026-02-20' }),
    );
    // nor under the number that a person found to be right
    const renamed = answered.after(tell(mistaken(right))).after(correct({ ofDocument: '600002', communicatedOn: '2026-02-20' }));
    expect(renamed.when(tell(mistaken(right)))).toEqual(nothing);
  });
  describe('told again with the answer that came in as it is right', () => {
    const whole = tell(mistaken(right));
    const cameIn = given(registeredRequest, registered()).after(whole);
    const byPerson = cameIn.after(correct({ ...right, ofDocument: '600002', communicatedOn: '2026-02-27' }));
    it('it leaves what a person has corrected since', () => {
      expect(byPerson.when(whole)).toEqual(nothing);
      // neither under the number that was told as mistaken, nor with an answer that a person has recorded under it
      expect(cameIn.after(correct({ ...right, ofDocument: '600002', documentNumber: '600001' })).when(whole)).toEqual(nothing);
      expect(cameIn.after(communicate).when(whole)).toEqual(nothing);
    });
    it('it takes what the register says anew, also if that is what came in at first', () => {
      const anew = tell(mistaken({ ...right, communicatedOn: '2026-02-21' }));
      expect(byPerson.when(anew)).toMatchObject(oneFact('AnswerCorrected', { ofDocument: '600002', communicatedOn: '2026-02-21' }));
      expect(byPerson.after(anew).when(whole)).toMatchObject(
        oneFact('AnswerCorrected', { ofDocument: '600002', communicatedOn: '2026-02-20' }),
      );
    });
    it('what a person first wrote of it is no word of the register', () => {
      const written = given(registeredRequest, registered())
        .after((state) => communicateAnswer({ ...told, ...right, at, policies, calendar }, state))
        .after(correct({ ...right, ofDocument: '600002', communicatedOn: '2026-02-27' }));
      expect(written.when(whole)).toMatchObject(oneFact('AnswerCorrected', { communicatedOn: '2026-02-20' }));
    });
  });
  it('taken back and recorded anew by a person, the answer stands', () => {
    const gone = tell(mistaken({ mistake: 'withdrawn' }), { status: 'in-operation' });
    const again = answered.after(gone).after(communicate);
    expect(again.state).toMatchObject({ answers: [{ documentNumber: '600001' }] });
    const told = again.when(gone);
    expect(told.kind === 'accepted' ? told.facts.map(({ type }) => type) : told).toEqual(['StatusChanged']);
  });
  describe('where both of its numbers stand', () => {
    const numbers = (state: RequestState) =>
      state.status === 'unknown'
        ? []
        : state.answers.map(({ documentNumber, communicatedOn }) => `${documentNumber} ${communicatedOn}`).toSorted();
    const tellAll =
      (...answers: readonly MistakenAnswer[]) =>
      (state: RequestState) =>
        registerWithMistakes(register, [], answers, state);
    const twoKnown = answered.after((state) =>
      communicateAnswer({ ...told, documentNumber: '600002', communicatedOn: '2026-02-10', at, policies, calendar }, state),
    );
    it('the mistaken one goes, the other is as it is told', () => {
      const whole = tellAll(mistaken(right));
      expect(twoKnown.when(whole)).toMatchObject({
        facts: [
          { type: 'AnswerCorrected', data: { ofDocument: '600002', documentNumber: '600002', communicatedOn: '2026-02-20' } },
          { type: 'AnswerWithdrawn', data: { documentNumber: '600001' } },
        ],
      });
      expect(numbers(twoKnown.after(whole).state)).toEqual(['600002 2026-02-20']);
      expect(twoKnown.after(whole).when(whole)).toEqual(nothing);
    });
    it('the mistaken one goes, where the register had told the other as it is; what a person has corrected of that one since stands', () => {
      const whole = tellAll(mistaken(right));
      const bothTold = answered.after((state) =>
        communicateAnswer({ ...told, ...right, grade: 'observed', at, policies, calendar }, state),
      );
      const facts = [{ type: 'AnswerWithdrawn', data: { documentNumber: '600001' } }];
      expect(bothTold.when(whole)).toMatchObject({ facts });
      const gone = bothTold.after(whole);
      const dayOf = correct({ ...right, ofDocument: '600002', communicatedOn: '2026-02-27' });
      expect(gone.when(whole)).toEqual(nothing);
      expect(gone.after(dayOf).when(whole)).toEqual(nothing);
      expect(gone.after(communicate).when(whole)).toEqual(nothing);
      // corrected before the register says which number was mistaken: that alone is new
      expect(bothTold.after(dayOf).when(whole)).toMatchObject({ facts });
      expect(numbers(bothTold.after(dayOf).after(whole).state)).toEqual(['600002 2026-02-27']);
    });
    it('numbers that moved on by one each have their own answer, in whatever order they are told', () => {
      const shifted = [
        mistaken({ documentNumber: '600002' }),
        mistaken({ ofDocument: '600002', documentNumber: '600003', communicatedOn: '2026-02-10' }),
      ];
      for (const whole of [tellAll(...shifted), tellAll(...shifted.toReversed())]) {
        expect(numbers(twoKnown.after(whole).state)).toEqual(['600002 2026-01-20', '600003 2026-02-10']);
        expect(twoKnown.after(whole).when(whole)).toEqual(nothing);
      }
    });
    it('numbers that were exchanged are exchanged', () => {
      const whole = tellAll(
        mistaken({ documentNumber: '600002' }),
        mistaken({ ofDocument: '600002', documentNumber: '600001', communicatedOn: '2026-02-10' }),
      );
      expect(numbers(twoKnown.after(whole).state)).toEqual(['600001 2026-02-10', '600002 2026-01-20']);
      expect(twoKnown.after(whole).when(whole)).toEqual(nothing);
    });
  });
  it('by the rules that hold for a clerk, and not of another applicant’s request (A29)', () => {
    expect(answered.when(tell(mistaken({ ...right, communicatedOn: '2026-03-03' })))).toMatchObject({
      details: { reason: 'in-the-future' },
    });
    expect(answered.when(tell(mistaken({ ...right, reason: personal('office', ' ') })))).toMatchObject({ details: { field: 'reason' } });
    const other = { otherApplicant: 'new', sameApplicant: false } as const;
    expect(answered.when(tell(mistaken(right), other))).toMatchObject(oneFact('ApplicantDisputed'));
  });
});
