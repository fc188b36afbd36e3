import { workingCalendar } from '../../../src/domain/calendar/calendar';
import type { Decision } from '../../../src/domain/kernel/decider';
import { personal } from '../../../src/domain/kernel/personal-text';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { policiesWith } from '../../../src/domain/policies';
import { admitTicket, grantLateAdmission, groundAt } from '../../../src/domain/request/admission';
import type { RequestFact } from '../../../src/domain/request/facts';
import { secondsToWait } from '../../../src/domain/request/guessing';
import {
  communicateAnswer,
  type CommunicateAnswer,
  eraseRequest,
  registerAsReported,
  registerRequest,
  type RegisterRequest,
  registerWithAnswer,
  requestNamed,
} from '../../../src/domain/request/registering';
import { registeredRequest, type RequestState } from '../../../src/domain/request/request';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { nothing, refused } from '../../support/decided';
import { at, line } from './line';

const register: RegisterRequest = { ...line, subject: personal('name', 'Autorizație'), department: 'Urbanism' };
const answer = (documentNumber = '600001', communicatedOn = '2026-01-20', change: Partial<CommunicateAnswer> = {}): CommunicateAnswer => ({
  documentNumber,
  communicatedOn,
  channel: 'email',
  at,
  policies: policiesWith(),
  calendar: workingCalendar.initial,
  ...change,
});
const known = given(registeredRequest).after((state) => registerRequest(register, state));
const told = (decision: Decision<RequestFact>): readonly string[] => {
  if (isRefusal(decision)) return [decision.code];
  return decision.facts.map(({ type, data }) =>
    'documentNumber' in data ? `${type} ${data.documentNumber}` : 'status' in data ? `${type} ${data.status}` : type,
  );
};

describe('a request named in a text (A29)', () => {
  it.each([
    ['154997_2026-02-10', '2026-02-10'],
    ['  154.997_2026-02-10 ', '2026-02-10'],
    ['154997/425/10.02.2026', '2026-02-10'],
    ['154997/425/10.02.2026_2025-01-02', '2025-01-02'],
  ])('%j is its number and day', (text, filedOn) => {
    expect(requestNamed(text)).toEqual({ number: '154997', filedOn });
  });
  it.each(['', '154997', '154997/425', '154997_', '154997_10.02.2026', '154997_2026-02-30', '_2026-02-10', 'x_2026-02-10'])(
    '%j is none',
    (text) => {
      expect(requestNamed(text)).toBeUndefined();
    },
  );
});

describe('what is registered', () => {
  it('is kept to the letter: who, what, where and with whom', () => {
    expect(known.state).toEqual({
      number: '154997',
      filedOn: '2026-01-12',
      applicantName: register.applicantName,
      subject: register.subject,
      department: 'Urbanism',
      departmentCode: '425',
      handlerStaffId: 's002',
      status: 'in-operation',
      grade: 'declared',
      answers: [],
      mistakenDocuments: [],
      admittedTicketIds: [],
      erased: false,
    });
  });
  it('nothing is told twice', () => {
    expect(known.when((state) => registerRequest(register, state))).toEqual(nothing);
    const noLonger = known.after((state) => registerRequest({ ...register, sameApplicant: false }, state));
    expect(noLonger.state).toMatchObject({ applicantName: register.applicantName, subject: register.subject });
  });
  it.each([
    ['department', { department: 'Taxe' }],
    ['department code', { departmentCode: '430' }],
    ['handler', { handlerStaffId: 's005' }],
  ])('another %s alone is told, and holds from then on', (_, change) => {
    const moved = known.after((state) => registerRequest({ ...register, ...change }, state));
    expect(moved.state).toMatchObject({ department: 'Urbanism', departmentCode: '425', handlerStaffId: 's002', ...change });
  });
  it('what is no longer said of department and subject is no longer kept', () => {
    const { department: _, departmentCode: __, subject: ___, ...less } = register;
    const { state } = known.after((before) => registerRequest({ ...less, sameSubject: false }, before));
    expect(state).not.toHaveProperty('department');
    expect(state).not.toHaveProperty('departmentCode');
    expect(state).not.toHaveProperty('subject');
  });
  it.each(['0154997', '154997x', '1234567890123', 'x154997', ''])('A29: %j is no number', (number) => {
    expect(registerRequest({ ...register, number }, registeredRequest.initial)).toMatchObject(refused('invalid', { field: 'number' }));
  });
});

describe('Art. 2 b: an answer', () => {
  const when = (...parameters: Parameters<typeof answer>) => known.when((state) => communicateAnswer(answer(...parameters), state));
  it('reaches the applicant between the day of filing and today, both included', () => {
    expect(told(when('1', '2026-01-12'))).toEqual(['AnswerCommunicated 1']);
    expect(when('1', '2026-01-11')).toMatchObject(refused('invalid', { field: 'communicatedOn', reason: 'before-filing' }));
    expect(told(when('1', '2026-03-02'))).toEqual(['AnswerCommunicated 1']);
    expect(when('1', '2026-03-03')).toMatchObject(refused('invalid', { field: 'communicatedOn', reason: 'in-the-future' }));
  });
  it('A25: is the same document whatever blanks stand around its number', () => {
    expect(told(when('  600001 '))).toEqual(['AnswerCommunicated 600001']);
    const once = known.after((state) => communicateAnswer(answer(), state));
    expect(once.when((state) => communicateAnswer(answer(' 600001 '), state))).toEqual(nothing);
    expect(once.when((state) => registerWithAnswer({ ...register, status: 'answered' }, answer(' 600001 ', '2026-02-10'), state))).toEqual(
      nothing,
    );
  });
  it('A25: told again in the log opens nothing again, another one does', () => {
    const factsOf = (decision: Decision<RequestFact>): readonly RequestFact[] => (isRefusal(decision) ? [] : decision.facts);
    const registered = factsOf(registerRequest(register, registeredRequest.initial));
    const [first, second] = [factsOf(when('1')), factsOf(when('2', '2026-01-21'))];
    expect(given(registeredRequest, ...registered, ...first, ...first, ...second).state).toMatchObject({
      answers: [{ documentNumber: '1' }, { documentNumber: '2' }],
    });
  });
});

describe('A25: of several answers', () => {
  const ground = (...answers: readonly CommunicateAnswer[]) =>
    groundAt(answers.reduce((history, each) => history.after((state) => communicateAnswer(each, state)), known).state, at);
  // day 30 of both is rolled to Monday, 23 February 2026
  const friday = answer('friday', '2026-01-22');
  const saturday = answer('saturday', '2026-01-23');
  it('the one whose 30 days end last counts, in whatever order they became known', () => {
    const late = answer('late', '2026-02-10');
    expect(ground(answer('early', '2026-02-02'), late)).toMatchObject({ documentNumber: 'late' });
    expect(ground(late, answer('early', '2026-02-02'))).toMatchObject({ documentNumber: 'late' });
  });
  it('the one whose 30 days end last counts, also where a stricter reading holds since', () => {
    const strict = { policies: policiesWith({ 'clarification-window': { value: 'strict-30', version: 2 } }) };
    const free = { policies: policiesWith({ 'clarification-window': { value: 'civil-code-free-days', version: 3 } }) };
    const [older, newer] = [answer('older', '2026-02-04', free), answer('newer', '2026-02-05', strict)];
    expect(ground(older, newer)).toMatchObject({ documentNumber: 'older', enforcedUntil: '2026-03-09' });
    expect(ground(newer, older)).toMatchObject({ documentNumber: 'older', enforcedUntil: '2026-03-09' });
  });
  it('of those that end together the one communicated last counts, in whatever order', () => {
    const state = [friday, saturday].map((each) => known.after((before) => communicateAnswer(each, before)).state);
    expect(state.map((each) => ('answers' in each ? each.answers[0]?.enforcedUntil : undefined))).toEqual(['2026-02-23', '2026-02-23']);
    const inTime = (first: CommunicateAnswer, second: CommunicateAnswer) =>
      groundAt(
        known.after((before) => communicateAnswer(first, before)).after((before) => communicateAnswer(second, before)).state,
        '2026-02-20T08:00:00.000Z',
      );
    expect(inTime(friday, saturday)).toMatchObject({ documentNumber: 'saturday' });
    expect(inTime(saturday, friday)).toMatchObject({ documentNumber: 'saturday' });
    expect(inTime(friday, answer('same day', '2026-01-22'))).toMatchObject({ documentNumber: 'same day' });
  });
});

describe('the ground of a request whose answer', () => {
  const closed: RequestState = known.after((state) =>
    registerWithAnswer({ ...register, status: 'closed' }, answer('1', '2026-02-10'), state),
  ).state;
  it('A27: was communicated on this very day holds, and before that day there is none', () => {
    expect(groundAt(closed, '2026-02-10T10:00:00.000Z')).toMatchObject({ kind: 'clarification' });
    expect(groundAt(closed, '2026-02-09T10:00:00.000Z')).toMatchObject(refused('not-eligible', { reason: 'closed-without-answer' }));
  });
  it('is not known to have been communicated is none', () => {
    const answered: RequestFact = { type: 'StatusChanged', data: { status: 'answered', changedAt: at } };
    expect(groundAt(known.after(() => ({ kind: 'accepted', facts: [answered] })).state, at)).toEqual(
      refused('not-eligible', { article: '2', reason: 'answer-not-communicated' }),
    );
  });
});

describe('a request told with all its answers', () => {
  const tells = (
    answers: readonly CommunicateAnswer[],
    change: Partial<RegisterRequest> = {},
    from: RequestState = registeredRequest.initial,
  ) => registerAsReported({ ...register, ...change }, answers, from);
  it('is told whole, and its status holds afterwards', () => {
    expect(told(tells([], {}))).toEqual(['RequestRegistered in-operation']);
    expect(told(tells([answer('1')], { status: 'closed' }))).toEqual([
      'RequestRegistered in-operation',
      'AnswerCommunicated 1',
      'StatusChanged closed',
    ]);
    expect(told(tells([answer('1'), answer('2', '2026-02-01')], { status: 'archived' }))).toEqual([
      'RequestRegistered in-operation',
      'AnswerCommunicated 1',
      'AnswerCommunicated 2',
      'StatusChanged archived',
    ]);
    expect(told(tells([answer('1'), answer('2', '2026-02-01')], { status: 'in-operation' }))).toEqual([
      'RequestRegistered in-operation',
      'AnswerCommunicated 1',
      'AnswerCommunicated 2',
      'StatusChanged in-operation',
    ]);
  });
  it('a changed name comes in once, with the first answer that is new', () => {
    expect(told(tells([answer('1'), answer('2', '2026-02-01')], { sameApplicant: false, status: 'answered' }, known.state))).toEqual([
      'ApplicantCorrected',
      'AnswerCommunicated 1',
      'AnswerCommunicated 2',
    ]);
    expect(told(tells([answer('1'), answer('2', '2026-02-01')], { sameSubject: false, status: 'answered' }, known.state))).toEqual([
      'ApplicantCorrected',
      'AnswerCommunicated 1',
      'AnswerCommunicated 2',
    ]);
  });
  it('A25: tells of an answer that is known no more than of one', () => {
    const once = known.after((state) => communicateAnswer(answer('1'), state)).state;
    expect(tells([answer(' 1 ')], { status: 'answered' }, once)).toEqual(nothing);
    expect(told(tells([answer('1'), answer('2', '2026-02-01')], { status: 'answered' }, once))).toEqual(['AnswerCommunicated 2']);
    expect(told(tells([answer('1')], { status: 'answered', handlerStaffId: 's005' }, once))).toEqual(['HandlerAssigned']);
    expect(told(tells([answer('1'), answer('1', '2026-02-01')], { status: 'answered' }, known.state))).toEqual(['AnswerCommunicated 1']);
  });
  it('A25: of an answer that is known nothing is looked at again, and no status is told on the way', () => {
    const both = [answer('1'), answer('2', '2026-02-01')];
    const closed = known.after((state) => registerAsReported({ ...register, status: 'closed' }, both, state)).state;
    expect(tells([answer(' 1 '), answer(' 2 ', '2026-02-01')], { status: 'closed' }, closed)).toEqual(nothing);
    const impossible = answer('1', '2027-01-01');
    expect(told(tells([impossible], { status: 'archived' }, closed))).toEqual(['StatusChanged archived']);
    expect(told(registerWithAnswer({ ...register, status: 'archived' }, { ...impossible, documentNumber: ' 1 ' }, closed))).toEqual([
      'StatusChanged archived',
    ]);
    expect(registerWithAnswer({ ...register, status: 'archived' }, answer('3', '2027-01-01'), closed)).toMatchObject(refused('invalid'));
  });
  it('or nothing of it, where one answer cannot be', () => {
    expect(tells([answer('1'), answer('2', '2027-01-01')])).toMatchObject(refused('invalid', { field: 'communicatedOn' }));
    expect(tells([answer('1')], { number: 'x' })).toMatchObject(refused('invalid', { field: 'number' }));
  });
});

describe('what is refused says why', () => {
  it('an id that was admitted before, an erasure without a reason', () => {
    const slot = { startsAt: '2026-03-09T08:00:00.000Z', endsAt: '2026-03-09T08:15:00.000Z' };
    const admit = (holdId: string) => (state: RequestState) =>
      admitTicket({ ticketId: 't1', holdId, staffId: 's002', slot, at, until: at }, state);
    expect(known.after(admit('h1')).when(admit('h2'))).toEqual(refused('wrong-state', { reason: 'admitted-before' }));
    expect(known.when((state) => eraseRequest({ reason: personal('office', ' '), restricted: false, at }, state))).toEqual(
      refused('invalid', { field: 'reason', reason: 'empty' }),
    );
  });
  it('A27: a late admission lasts until today at least', () => {
    const old = known.after((state) => communicateAnswer(answer('1', '2026-01-13'), state));
    const grant = (until: string) =>
      old.when((state) => grantLateAdmission({ grantedBy: 's009', reason: personal('office', 'boală'), until, at }, state));
    expect(grant('2026-03-02')).toMatchObject({ kind: 'accepted' });
    expect(grant('2026-03-01')).toMatchObject(refused('invalid', { field: 'until', reason: 'in-the-past' }));
  });
});

describe('guessing at one number and date', () => {
  it.each([
    [19, 0],
    [20, 1],
    [21, 2],
    [24, 16],
    [25, 30],
    [5000, 30],
  ])('after %i guesses whoever asks waits %i seconds', (guesses, seconds) => {
    expect(secondsToWait(guesses, 10)).toBe(seconds);
  });
  it('more guesses are free where an address may make more', () => {
    expect(secondsToWait(20, 11)).toBe(0);
    expect(secondsToWait(22, 11)).toBe(1);
  });
});
