import fc from 'fast-check';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { fold } from '../../../src/domain/kernel/decider';
import { personal } from '../../../src/domain/kernel/personal-text';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { policiesWith } from '../../../src/domain/policies';
import {
  admitTicket,
  type AdmitTicket,
  endAdmission,
  grantLateAdmission,
  groundAt,
  responsibleFor,
  declineNewHour,
  type NewHourAfter,
} from '../../../src/domain/request/admission';
import {
  communicateAnswer,
  type CommunicateAnswer,
  eraseRequest,
  registerRequest,
  type RegisterRequest,
  registerWithAnswer,
} from '../../../src/domain/request/registering';
import type { RequestFact, RequestStatus } from '../../../src/domain/request/facts';
import { registeredRequest, type RequestState } from '../../../src/domain/request/request';
import { fakeEncrypt, given } from '../../../src/infrastructure/testing/given-when-then';
import { nothing, oneFact, oneFactWith, refused } from '../../support/decided';
import { at, line, registered } from './line';
import { holdsFor } from '../../support/holds-for';

const policies = policiesWith();
const calendar = workingCalendar.initial;
const slot = { startsAt: '2026-03-09T08:00:00.000Z', endsAt: '2026-03-09T08:15:00.000Z' };

const answer =
  (change: Partial<CommunicateAnswer> = {}) =>
  (state: RequestState) =>
    communicateAnswer(
      { documentNumber: '600001', communicatedOn: '2026-01-20', channel: 'email', at, policies, calendar, ...change },
      state,
    );
const changed = (status: RequestStatus): RequestFact => ({ type: 'StatusChanged', data: { status, changedAt: at } });
/** Communicated on 20 January: day 30 is Thursday, 19 February 2026. */
const answered = given(registeredRequest, registered()).after(answer());
const lastInstant = '2026-02-19T21:59:59.999Z';
const over = '2026-02-19T22:00:00.000Z';

describe('Art. 2: the ground', () => {
  it('Art. 2 a: a request in operation', () => {
    expect(groundAt(given(registeredRequest, registered()).state, at)).toEqual({ kind: 'in-operation' });
  });
  it('Art. 2 b (A5): an answered request, to the last instant of its day 30 in Bucharest', () => {
    expect(groundAt(answered.state, lastInstant)).toMatchObject({
      kind: 'clarification',
      documentNumber: '600001',
      communicatedOn: '2026-01-20',
      advertisedUntil: '2026-02-19',
      enforcedUntil: '2026-02-19',
      policy: 'clarification-window@1',
      lateAdmission: false,
    });
    expect(groundAt(answered.state, over)).toMatchObject(refused('window-expired', { article: '2 b', until: '2026-02-19' }));
  });
  it('A2: closed or archived since, it is still eligible for the 30 days', () => {
    for (const status of ['closed', 'archived'] as const) {
      const { state } = answered.after(() => ({ kind: 'accepted', facts: [changed(status)] }));
      expect(groundAt(state, lastInstant)).toMatchObject({ kind: 'clarification' });
      expect(groundAt(state, over)).toMatchObject(refused('window-expired'));
    }
  });
  it.each([
    ['closed', 'closed-without-answer'],
    ['archived', 'archived-without-answer'],
    ['redirected', 'redirected'],
  ] as const)('A2: %s without an answer is not eligible', (status, reason) => {
    expect(groundAt(given(registeredRequest, registered(status)).state, at)).toMatchObject(
      refused('not-eligible', { article: '2', reason }),
    );
  });
  it('A2: redirected is not eligible, not even after an answer', () => {
    const { state } = answered.after(() => ({ kind: 'accepted', facts: [changed('redirected')] }));
    expect(groundAt(state, lastInstant)).toMatchObject(refused('not-eligible', { reason: 'redirected' }));
  });
  it('A25: a new answer document counts with its later end, the one sent again does not', () => {
    const again = answered.when(answer({ communicatedOn: '2026-02-18' }));
    expect(again).toEqual(nothing);
    const { state } = answered.after(answer({ documentNumber: '600002', communicatedOn: '2026-02-10' }));
    expect(groundAt(state, over)).toMatchObject({ documentNumber: '600002', enforcedUntil: '2026-03-12' });
  });
  it('A25: an older document that becomes known later does not shorten the window', () => {
    const { state } = answered.after(answer({ documentNumber: '500001', communicatedOn: '2026-01-13' }));
    expect(groundAt(state, lastInstant)).toMatchObject({ documentNumber: '600001' });
  });
  it('an unknown request, and one whose applicant was erased', () => {
    expect(groundAt(registeredRequest.initial, at)).toMatchObject(refused('request-not-found'));
    const erased: RequestFact = { type: 'PersonalDataErased', data: { erasedAt: at, reason: fakeEncrypt('office', 'x') } };
    expect(groundAt(given(registeredRequest, registered(), erased).state, at)).toMatchObject(refused('not-eligible', { reason: 'erased' }));
  });
});

describe('A3: whom they meet', () => {
  const responsible = (state: RequestState) => (state.status === 'unknown' ? undefined : responsibleFor(state));
  const handler: RequestFact = { type: 'HandlerAssigned', data: { handlerStaffId: 's005', assignedAt: at } };

  it('the current handler; once answered, whoever answered', () => {
    expect(responsible(given(registeredRequest, registered()).state)).toBe('s002');
    expect(responsible(given(registeredRequest, registered(), handler).state)).toBe('s005');
    const later = given(registeredRequest, registered()).after(answer({ answeredBy: 's009' }));
    expect(responsible(later.after(() => ({ kind: 'accepted', facts: [handler] })).state)).toBe('s009');
  });
  it('an answer that names nobody is the handler’s', () => {
    expect(responsible(answered.state)).toBe('s002');
  });
  it('taken back into operation, the handler again', () => {
    const back = answered.after(() => ({ kind: 'accepted', facts: [changed('in-operation'), handler] }));
    expect(responsible(back.state)).toBe('s005');
  });
});

describe('what the document register tells', () => {
  const tell =
    (change: Partial<RegisterRequest> = {}) =>
    (state: RequestState) =>
      registerRequest({ ...line, ...change }, state);
  const known = given(registeredRequest, registered());
  const types = (decision: ReturnType<typeof registerRequest>) =>
    isRefusal(decision) ? decision.code : decision.facts.map(({ type }) => type);

  it('for the first time', () => {
    expect(types(given(registeredRequest).when(tell()))).toEqual(['RequestRegistered']);
  });
  it('again: only what changed', () => {
    expect(known.when(tell())).toEqual(nothing);
    expect(types(known.when(tell({ handlerStaffId: 's003' })))).toEqual(['HandlerAssigned']);
    expect(types(known.when(tell({ departmentCode: '430' })))).toEqual(['HandlerAssigned']);
    expect(types(known.when(tell({ status: 'closed' })))).toEqual(['StatusChanged']);
    expect(types(known.when(tell({ sameApplicant: false })))).toEqual(['ApplicantCorrected']);
    expect(types(known.when(tell({ sameSubject: false, handlerStaffId: 's003', status: 'redirected' })))).toEqual([
      'ApplicantCorrected',
      'HandlerAssigned',
      'StatusChanged',
    ]);
  });
  it('Art. 3 b: filed today at the latest, by the calendar of Bucharest', () => {
    const lateEvening = '2026-03-02T22:30:00.000Z';
    const unknown = given(registeredRequest);
    expect(types(unknown.when(tell({ at: lateEvening, filedOn: '2026-03-03' })))).toEqual(['RequestRegistered']);
    for (const filedOn of ['2026-03-04', '2027-01-12']) {
      expect(unknown.when(tell({ at: lateEvening, filedOn }))).toMatchObject(
        refused('invalid', { field: 'filedOn', reason: 'in-the-future' }),
      );
    }
  });
  it('Art. 2 b: "answered" is reached through the answer only', () => {
    expect(known.when(tell({ status: 'answered' }))).toMatchObject(
      refused('invalid', { field: 'status', reason: 'answer-not-communicated' }),
    );
    expect(given(registeredRequest).when(tell({ status: 'answered' }))).toMatchObject(refused('invalid'));
    expect(answered.when(tell({ status: 'answered' }))).toEqual(nothing);
  });
  it('an erased name stays erased, the rest goes on', () => {
    const erased = known.after((state) => eraseRequest({ reason: personal('office', 'x'), restricted: false, at }, state));
    expect(types(erased.when(tell({ sameApplicant: false, status: 'closed' })))).toEqual(['StatusChanged']);
  });
  it.each([
    ['number', { number: '0154997' }],
    ['filedOn', { filedOn: '2026-02-30' }],
    ['applicantName', { applicantName: personal('name', ' ') }],
    ['handlerStaffId', { handlerStaffId: '' }],
  ])('refuses a wrong %s', (field, change) => {
    expect(known.when(tell(change))).toMatchObject(refused('invalid', { field }));
  });
  it('with its answer: both at once, and the line’s status holds afterwards', () => {
    const told =
      (status: RequestStatus, change: Partial<CommunicateAnswer> = {}) =>
      (state: RequestState) =>
        registerWithAnswer(
          { ...line, status },
          { documentNumber: '600001', communicatedOn: '2026-01-20', channel: 'post', at, policies, calendar, ...change },
          state,
        );
    expect(types(given(registeredRequest).when(told('answered')))).toEqual(['RequestRegistered', 'AnswerCommunicated']);
    expect(types(given(registeredRequest).when(told('closed')))).toEqual(['RequestRegistered', 'AnswerCommunicated', 'StatusChanged']);
    expect(given(registeredRequest).after(told('answered')).when(told('answered'))).toEqual(nothing);
    expect(types(known.when(told('answered')))).toEqual(['AnswerCommunicated']);
    const twice = given(registeredRequest)
      .after(told('answered'))
      .after(told('answered', { documentNumber: '600002', communicatedOn: '2026-02-01' }));
    expect(twice.state).toMatchObject({ status: 'answered', answers: [{ documentNumber: '600001' }, { documentNumber: '600002' }] });
    expect(given(registeredRequest).when(told('answered', { communicatedOn: '2026-01-11' }))).toMatchObject(
      refused('invalid', { reason: 'before-filing' }),
    );
  });
});

describe('Art. 2 b: communicating an answer', () => {
  const known = given(registeredRequest, registered());
  it('keeps the window with the policy and calendar that computed it, and the request becomes answered', () => {
    expect(known.when(answer())).toMatchObject(
      oneFact('AnswerCommunicated', {
        advertisedUntil: '2026-02-19',
        enforcedUntil: '2026-02-19',
        policy: policies['clarification-window'],
        answeredBy: 's002',
      }),
    );
    expect(answered.state.status).toBe('answered');
  });
  it('A5: a day 30 that is not worked rolls to the next working day, and both days are kept', () => {
    expect(known.when(answer({ communicatedOn: '2026-01-22' }))).toMatchObject(
      oneFactWith({ advertisedUntil: '2026-02-21', enforcedUntil: '2026-02-23' }),
    );
  });
  it('refuses what cannot be', () => {
    expect(given(registeredRequest).when(answer())).toMatchObject(refused('request-not-found'));
    expect(known.when(answer({ documentNumber: ' ' }))).toMatchObject(refused('invalid', { field: 'documentNumber' }));
    expect(known.when(answer({ communicatedOn: '2026-03-03' }))).toMatchObject(refused('invalid', { reason: 'in-the-future' }));
    expect(known.when(answer({ communicatedOn: '20.01.2026' }))).toMatchObject(refused('invalid', { reason: 'not-a-date' }));
  });
});

describe('step 1: admitting a ticket', () => {
  const command: AdmitTicket = { ticketId: 't1', holdId: 'h1', staffId: 's002', slot, at, until: '2026-03-02T08:15:00.000Z' };
  const admit =
    (change: Partial<AdmitTicket> = {}) =>
    (state: RequestState) =>
      admitTicket({ ...command, ...change }, state);
  const end =
    (ticketId: string, newHour: NewHourAfter = 'met') =>
    (state: RequestState) =>
      endAdmission({ ticketId, newHour, at }, state);
  const known = given(registeredRequest, registered());

  it('Art. 2: keeps the ground of that instant', () => {
    expect(known.when(admit())).toMatchObject(
      oneFact('TicketAdmitted', { ticketId: 't1', holdId: 'h1', ground: { kind: 'in-operation' } }),
    );
    expect(answered.when(admit({ at: lastInstant }))).toMatchObject(oneFactWith({ ground: { kind: 'clarification' } }));
    expect(answered.when(admit({ at: over }))).toMatchObject(refused('window-expired', { article: '2 b' }));
    expect(given(registeredRequest).when(admit())).toMatchObject(refused('request-not-found'));
  });
  it('A24: one active ticket a request', () => {
    expect(known.after(admit()).when(admit({ ticketId: 't2', holdId: 'h2' }))).toMatchObject(refused('active-ticket-exists'));
    expect(
      known
        .after(admit())
        .after(end('t1'))
        .when(admit({ ticketId: 't2', holdId: 'h2' })),
    ).toMatchObject({ kind: 'accepted' });
  });
  it('the very same admission again changes nothing, also when it would no longer be eligible', () => {
    expect(known.after(admit()).when(admit())).toEqual(nothing);
    expect(answered.after(admit({ at: lastInstant })).when(admit({ at: over }))).toEqual(nothing);
  });
  it('Art. 8: a new hour that is owed is a ground of its own, whatever day it is, until a ticket has met it', () => {
    const cancelled = answered.after(admit({ at: lastInstant })).after(end('t1', 'owed'));
    const again = admit({ ticketId: 't2', holdId: 'h2', at: over });
    expect(cancelled.when(again)).toMatchObject(
      oneFact('TicketAdmitted', { ground: { kind: 'new-hour-owed', ticketId: 't1', owedSince: at } }),
    );
    // within the 30 days the ground is the plain one
    expect(cancelled.when(admit({ ticketId: 't2', holdId: 'h2', at: lastInstant }))).toMatchObject(
      oneFactWith({ ground: { kind: 'clarification' } }),
    );
    const third = admit({ ticketId: 't3', holdId: 'h3', at: over });
    expect(cancelled.after(again).when(third)).toMatchObject(refused('active-ticket-exists'));
    const lapsed = cancelled.after(again).after(end('t2', 'unmet'));
    expect(lapsed.when(third)).toMatchObject(oneFactWith({ ground: { kind: 'new-hour-owed', ticketId: 't1', owedSince: at } }));
    expect(cancelled.after(again).after(end('t2')).when(third)).toMatchObject(refused('window-expired'));
    const cancelledAgain = cancelled.after(again).after(end('t2', 'owed'));
    expect(cancelledAgain.when(third)).toMatchObject(oneFactWith({ ground: { kind: 'new-hour-owed', ticketId: 't2' } }));
  });
  it('Art. 8: declined, it is owed no more; nothing is declined that is not owed', () => {
    const decline = (ticketId: string) => (state: RequestState) => declineNewHour({ ticketId, at: over }, state);
    const cancelled = answered.after(admit({ at: lastInstant })).after(end('t1', 'owed'));
    expect(cancelled.when(decline('t1'))).toMatchObject(oneFact('NewHourDeclined', { ticketId: 't1', declinedAt: over }));
    for (const other of [cancelled.when(decline('t9')), cancelled.after(decline('t1')).when(decline('t1')), answered.when(decline('t1'))])
      expect(other).toEqual(nothing);
    expect(cancelled.after(decline('t1')).when(admit({ ticketId: 't2', holdId: 'h2', at: over }))).toMatchObject(refused('window-expired'));
    expect(given(registeredRequest).when(decline('t1'))).toEqual(nothing);
  });
  it('no id is admitted twice', () => {
    expect(known.after(admit()).after(end('t1')).when(admit())).toMatchObject(refused('wrong-state'));
    expect(known.after(admit()).when(admit({ holdId: 'h2' }))).toMatchObject(refused('wrong-state'));
  });
  it('Art. 1 (A3): only with the responsible person, or with the head who stands in for that person', () => {
    expect(known.when(admit({ staffId: 's009' }))).toMatchObject(refused('wrong-state', { article: '1' }));
    expect(known.when(admit({ staffId: 's009', standsInFor: 's002' }))).toMatchObject(oneFactWith({ staffId: 's009' }));
    expect(known.when(admit({ staffId: 's009', standsInFor: 's003' }))).toMatchObject(refused('wrong-state'));
  });
  it('an end has no effect unless that ticket is the active one', () => {
    expect(known.after(admit()).when(end('t0'))).toEqual(nothing);
    expect(known.when(end('t1'))).toEqual(nothing);
    expect(given(registeredRequest).when(end('t1'))).toEqual(nothing);
    expect(known.after(admit()).after(end('t1')).when(end('t1'))).toEqual(nothing);
  });
  it('folding an end of another ticket leaves the active one going', () => {
    const { state } = known
      .after(admit())
      .after(() => ({ kind: 'accepted', facts: [{ type: 'AdmissionEnded', data: { ticketId: 't0', endedAt: at } }] }));
    expect(state).toMatchObject({ admission: { ticketId: 't1' } });
  });
  it('whatever the order of admissions and ends, one ticket at most is going on, and none twice', () => {
    const step = fc.record({ end: fc.boolean(), id: fc.constantFrom('t1', 't2', 't3'), hold: fc.constantFrom('h1', 'h2') });
    holdsFor(100, [fc.array(step, { maxLength: 20 })], (steps) => {
      const facts: RequestFact[] = [registered()];
      for (const { end: ends, id, hold } of steps) {
        const state = fold(registeredRequest, facts);
        const decision = ends ? end(id)(state) : admit({ ticketId: id, holdId: hold })(state);
        if (!isRefusal(decision)) facts.push(...decision.facts);
      }
      const going = new Set<string>();
      const ever: string[] = [];
      for (const fact of facts) {
        if (fact.type === 'TicketAdmitted') {
          going.add(fact.data.ticketId);
          ever.push(fact.data.ticketId);
        }
        if (fact.type === 'AdmissionEnded') going.delete(fact.data.ticketId);
        expect(going.size).toBeLessThanOrEqual(1);
      }
      expect(new Set(ever).size).toBe(ever.length);
    });
  });
});

describe('A27: late admission', () => {
  const grant =
    (change: Partial<Parameters<typeof grantLateAdmission>[0]> = {}) =>
    (state: RequestState) =>
      grantLateAdmission({ grantedBy: 's001', reason: personal('office', 'Spitalizare'), until: '2026-03-10', at, ...change }, state);

  it('a head admits a request whose 30 days are over; the ground stays clarification, to the end of that day', () => {
    const late = answered.after(grant());
    expect(groundAt(late.state, '2026-03-10T21:59:59.999Z')).toMatchObject({
      kind: 'clarification',
      lateAdmission: true,
      enforcedUntil: '2026-02-19',
    });
    expect(groundAt(late.state, '2026-03-10T22:00:00.000Z')).toMatchObject(refused('window-expired'));
    expect(groundAt(late.state, lastInstant)).toMatchObject({ lateAdmission: false });
  });
  it('twice for the same day, changes nothing', () => {
    expect(answered.after(grant()).when(grant())).toEqual(nothing);
  });
  it('refuses without a reason, a day that is past or within the window, a request without an answer', () => {
    expect(answered.when(grant({ reason: personal('office', '') }))).toMatchObject(refused('invalid', { field: 'reason' }));
    expect(answered.when(grant({ until: '2026-03-01' }))).toMatchObject(refused('invalid', { reason: 'in-the-past' }));
    expect(answered.when(grant({ until: 'mâine' }))).toMatchObject(refused('invalid', { reason: 'not-a-date' }));
    expect(answered.when(grant({ at: '2026-02-01T08:00:00.000Z', until: '2026-02-19' }))).toMatchObject(
      refused('invalid', { article: '2 b' }),
    );
    expect(given(registeredRequest, registered('closed')).when(grant())).toMatchObject(refused('not-eligible', { article: '2' }));
    expect(given(registeredRequest).when(grant())).toMatchObject(refused('request-not-found'));
  });
});

describe('erasing the applicant', () => {
  const erase =
    (reason = 'Cerere', restricted = false) =>
    (state: RequestState) =>
      eraseRequest({ reason: personal('office', reason), restricted, at }, state);
  const known = given(registeredRequest, registered());
  it('once, with a reason, while no ticket is going on', () => {
    expect(known.when(erase())).toMatchObject(oneFact('PersonalDataErased'));
    expect(known.after(erase()).when(erase())).toEqual(nothing);
    expect(known.when(erase(' '))).toMatchObject(refused('invalid'));
    expect(given(registeredRequest).when(erase())).toMatchObject(refused('request-not-found'));
    const active = known.after((state) => admitTicket({ ticketId: 't1', holdId: 'h1', staffId: 's002', slot, at, until: at }, state));
    expect(active.when(erase())).toMatchObject(refused('active-ticket-exists'));
    // GDPR 18: a ticket of it is restricted
    expect(known.when(erase('Cerere', true))).toMatchObject(refused('wrong-state', { reason: 'restricted' }));
  });
});

describe('folding', () => {
  it('never throws, on any order of facts', () => {
    const fact = fc.constantFrom<RequestFact>(
      registered(),
      registered('closed'),
      changed('redirected'),
      { type: 'HandlerAssigned', data: { handlerStaffId: 's9', assignedAt: at } },
      { type: 'ApplicantCorrected', data: { applicantName: fakeEncrypt('name', 'x'), correctedAt: at } },
      { type: 'AdmissionEnded', data: { ticketId: 't1', endedAt: at } },
      {
        type: 'TicketAdmitted',
        data: { ticketId: 't1', holdId: 'h1', staffId: 's2', slot, ground: { kind: 'in-operation' }, admittedAt: at, until: at },
      },
      { type: 'LateAdmissionGranted', data: { grantedBy: 's1', reason: fakeEncrypt('office', 'x'), until: '2026-04-01', grantedAt: at } },
      { type: 'PersonalDataErased', data: { erasedAt: at, reason: fakeEncrypt('office', 'x') } },
    );
    holdsFor(100, [fc.array(fact, { maxLength: 15 })], (facts) => {
      const state = fold(registeredRequest, facts);
      expect(state.status === 'unknown').toBe(!facts.some(({ type }) => type === 'RequestRegistered'));
      groundAt(state, at);
    });
  });
});
