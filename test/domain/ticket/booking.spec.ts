import { dayPlan } from '../../../src/domain/agenda/day-plan';
import {
  checkTicketRequest,
  lapse,
  requestTicket,
  type RequestTicket,
  schedule,
  type TicketRequest,
} from '../../../src/domain/ticket/request-ticket';
import { failVerification, issueCode, verifyEmail } from '../../../src/domain/ticket/verification';
import { publicStatus, type TicketState, ticket } from '../../../src/domain/ticket/ticket';
import { plusHours, plusMinutes, plusSeconds } from '../../../src/domain/time/civil-time';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { staffWith } from '../../support/staff-and-calendar';
import { nothing, oneFact, oneFactWith, refused } from '../../support/decided';
import * as story from './story';

const { policies, calendar, rules, requestedAt, slot, request, standing, ended } = story;
const place = { staffId: 's002', slot, holdId: 'hold-1' };

const staff = staffWith();

describe('what the arguments of a booking alone refuse', () => {
  const asked: TicketRequest = {
    mode: 'online',
    slot,
    email: 'ana@example.ro',
    phone: '0740 000 000',
    recordingNoticeVersion: '2026-1',
    requestedAt,
  };
  const check = (change: Partial<TicketRequest>, date = '2026-03-09') =>
    checkTicketRequest({ ...asked, ...change }, { policies, noticeVersion: '2026-1', plan: dayPlan(date, staff, calendar), calendar });
  const at = (startsAt: string) => ({ startsAt, endsAt: plusMinutes(startsAt, 15) });

  it('Art. 3 e: an online request with e-mail, phone and the notice accepted is not refused', () => {
    expect(check({})).toBeUndefined();
  });
  it('Art. 3 e: online needs an e-mail and a phone number', () => {
    const bare = { mode: 'online', slot, requestedAt, recordingNoticeVersion: '2026-1' } as const;
    const against = { policies, noticeVersion: '2026-1', plan: dayPlan('2026-03-09', staff, calendar), calendar };
    const missing = (field: string) => ({ code: 'invalid', article: '3 e', details: { field, reason: 'required' } });
    expect(checkTicketRequest({ ...bare, phone: '0740 000 000' }, against)).toMatchObject(missing('email'));
    expect(checkTicketRequest({ ...bare, email: 'ana@example.ro' }, against)).toMatchObject(missing('phone'));
  });
  it('Art. 3 d (A10): by phone needs a phone number', () => {
    const plan = dayPlan('2026-03-09', staff, calendar);
    const bare = { slot, requestedAt };
    expect(checkTicketRequest({ ...bare, mode: 'phone' }, { policies, noticeVersion: '2026-1', plan, calendar })).toMatchObject(
      refused('invalid', { field: 'phone' }),
    );
  });
  it('Art. 8 (A10): in person a phone number or an e-mail address will do, and without either nobody could be told of a change', () => {
    const bare = { slot, requestedAt, mode: 'in-person' } as const;
    const against = { policies, noticeVersion: '2026-1', plan: dayPlan('2026-03-09', staff, calendar), calendar };
    expect(checkTicketRequest(bare, against)).toMatchObject(refused('invalid', { article: '8', field: 'phone', reason: 'no-contact' }));
    expect(checkTicketRequest({ ...bare, phone: '0740 000 000' }, against)).toBeUndefined();
    expect(checkTicketRequest({ ...bare, email: 'ana@example.ro' }, against)).toBeUndefined();
  });
  it.each(['ana', 'ana@', 'a b@c.ro', `${'a'.repeat(250)}@x.ro`])('refuses the e-mail %s', (email) => {
    expect(check({ email })).toMatchObject(refused('invalid', { field: 'email', reason: 'malformed' }));
  });
  it.each(['12', 'telefon', '+', '1234567890123456'])('refuses the phone number %s', (phone) => {
    expect(check({ phone })).toMatchObject(refused('invalid', { field: 'phone', reason: 'malformed' }));
  });
  it('Art. 5 (A14): online needs the newest notice accepted; the other modes need none', () => {
    expect(check({ recordingNoticeVersion: '2025-1' })).toMatchObject(refused('notice-not-accepted', { article: '5' }));
    expect(check({ mode: 'phone', recordingNoticeVersion: '2025-1' })).toBeUndefined();
  });
  it('Art. 6: refuses what is no slot of the grid', () => {
    expect(check({ slot: at('2026-03-09T08:05:00.000Z') })).toMatchObject(refused('invalid', { article: '6' }));
    expect(check({ slot: { startsAt: slot.startsAt, endsAt: plusMinutes(slot.startsAt, 30) } })).toMatchObject(
      refused('invalid', { article: '6' }),
    );
  });
  it('Art. 4: accepts at exactly 48 hours, refuses a slot 47 h 59 min 59.999 s away', () => {
    expect(check({ requestedAt: '2026-03-07T08:00:00.000Z' })).toBeUndefined();
    expect(check({ requestedAt: '2026-03-07T08:00:00.001Z' })).toMatchObject(refused('too-soon', { article: '4' }));
  });
  it('A16: refuses a slot beyond the horizon', () => {
    expect(check({ requestedAt: '2026-01-07T08:00:00.000Z' })).toMatchObject(refused('beyond-horizon'));
  });
  it('Art. 4 (A16): refuses outside the working hours and on a free day', () => {
    expect(check({ slot: at('2026-03-09T15:00:00.000Z') })).toMatchObject(refused('not-working-time', { article: '4' }));
    expect(check({ slot: at('2026-03-08T08:00:00.000Z') }, '2026-03-08')).toMatchObject(refused('not-working-time'));
  });
});

describe('step 2: Requested', () => {
  const { data } = story.requested();
  const command: RequestTicket = { ...data, matched: ['number', 'name', 'filed-on'], policies, calendar };

  it('Art. 3: is written on an empty stream, with ground, notice and the policies used', () => {
    const decision = given(ticket).when((state) => requestTicket(command, state));
    expect(decision).toMatchObject(
      oneFact('Requested', {
        request,
        mode: 'online',
        ground: { kind: 'in-operation' },
        recordingNotice: { version: '2026-1' },
        policies: expect.arrayContaining([policies['lead-time'], policies.verification]),
      }),
    );
  });
  it('written twice, changes nothing', () => {
    expect(given(ticket, story.requested()).when((state) => requestTicket(command, state))).toEqual(nothing);
  });
  it('Art. 3 e: comes too late once the fence stands', () => {
    expect(given(ticket, story.fence).when((state) => requestTicket(command, state))).toMatchObject(
      refused('code-expired', { reason: 'hold-lost' }),
    );
  });
  it('Art. 3 b: keeps what was matched, and is refused without all three', () => {
    const asked = (matched: RequestTicket['matched']) => given(ticket).when((state) => requestTicket({ ...command, matched }, state));

    expect(asked(['number', 'name', 'filed-on'])).toMatchObject(oneFactWith({ matched: ['number', 'name', 'filed-on'] }));
    expect(asked(['number', 'filed-on'])).toMatchObject(refused('invalid', { article: '3 b', field: 'matched' }));
  });
  it('Art. 5: an online ticket without the notice is refused', () => {
    const { recordingNotice: __, ...withoutNotice } = command;
    expect(given(ticket).when((state) => requestTicket(withoutNotice, state))).toMatchObject(
      refused('notice-not-accepted', { article: '5' }),
    );
  });
});

describe('Art. 3 e (A9): validation codes', () => {
  const issue = (at: string, n?: number) => (state: TicketState) => issueCode({ at, policies, ...(n === undefined ? {} : { n }) }, state);
  const awaiting = given(ticket, story.requested()).after(issue(requestedAt));

  it('the first is valid 10 minutes and leaves the hold as it is', () => {
    expect(given(ticket, story.requested()).when(issue(requestedAt))).toEqual(
      oneFact('VerificationCodeIssued', {
        n: 1,
        issuedAt: requestedAt,
        expiresAt: plusMinutes(requestedAt, 10),
        heldUntil: plusMinutes(requestedAt, 15),
      }),
    );
  });
  it('a second holds the slot longer, 25 minutes after the request at most, and no code outlives the hold', () => {
    const at = plusMinutes(requestedAt, 14);
    expect(awaiting.when(issue(at))).toMatchObject(
      oneFactWith({ n: 2, expiresAt: plusMinutes(at, 10), heldUntil: plusMinutes(requestedAt, 25) }),
    );
    const late = plusMinutes(requestedAt, 20);
    expect(awaiting.after(issue(at)).when(issue(late))).toMatchObject(
      oneFactWith({ n: 3, expiresAt: plusMinutes(requestedAt, 25), heldUntil: plusMinutes(requestedAt, 25) }),
    );
  });
  it('not one right after the other: 60 seconds', () => {
    expect(awaiting.when(issue(plusSeconds(requestedAt, 59)))).toMatchObject(
      refused('too-many-requests', { retryAt: plusSeconds(requestedAt, 60), retryAfterSeconds: 1 }),
    );
    expect(awaiting.when(issue(plusSeconds(requestedAt, 60)))).toMatchObject({ kind: 'accepted' });
  });
  it('three an hour', () => {
    const three = awaiting.after(issue(plusMinutes(requestedAt, 5))).after(issue(plusMinutes(requestedAt, 10)));
    expect(three.when(issue(plusMinutes(requestedAt, 15)))).toMatchObject(
      refused('too-many-requests', { retryAt: plusMinutes(requestedAt, 60) }),
    );
  });
  it('what a clock ahead has issued holds back none once the clock is back, but for what is as near as the hour and the minute', () => {
    const ahead = plusHours(requestedAt, 48);
    const three = given(ticket, story.requested(), story.codeIssued(1, ahead), story.codeIssued(2, ahead), story.codeIssued(3, ahead));
    expect(three.when(issue(requestedAt))).toMatchObject(oneFactWith({ n: 4, issuedAt: requestedAt }));
    const [near, tooNear] = [plusSeconds(requestedAt, 61), plusSeconds(requestedAt, 60)];
    const of = (at: string) => given(ticket, story.requested(), story.codeIssued(1, at)).when(issue(requestedAt));
    expect([of(near), of(tooNear)]).toMatchObject([oneFactWith({ n: 2 }), refused('too-many-requests')]);
  });
  it('a number that was issued is not issued again', () => {
    expect(awaiting.when(issue(plusMinutes(requestedAt, 2), 1))).toEqual(nothing);
  });
  it('none once the hold is over, the ticket lapsed or was never there, or no code is awaited', () => {
    expect(awaiting.when(issue(plusMinutes(requestedAt, 15)))).toMatchObject(refused('code-expired', { article: '3 e' }));
    expect(given(ticket, story.requested(), story.lapsed).when(issue(requestedAt))).toMatchObject(refused('code-expired'));
    expect(given(ticket).when(issue(requestedAt))).toMatchObject(refused('not-found'));
    expect(standing.when(issue(requestedAt))).toMatchObject(refused('wrong-state'));
    expect(given(ticket, story.requested('phone', false)).when(issue(requestedAt))).toMatchObject(refused('wrong-state'));
  });
});

describe('Art. 3 e: entering the code', () => {
  const history = [story.requested(), story.codeIssued()] as const;
  const at = plusMinutes(requestedAt, 2);
  const enter =
    (n: number, when = at) =>
    (state: TicketState) =>
      verifyEmail({ n, at: when }, state);
  const fail = (n: number, triesLeft: number) => (state: TicketState) => failVerification({ n, triesLeft, at }, state);

  it('the right digits in time verify the e-mail', () => {
    expect(given(ticket, ...history).when(enter(1))).toEqual(
      oneFact('EmailVerified', { n: 1, verifiedAt: at, codeExpiresAt: plusMinutes(requestedAt, 10) }),
    );
  });
  it('entered twice, changes nothing, whatever came later', () => {
    expect(given(ticket, ...history, story.emailVerified).when(enter(1))).toEqual(nothing);
    expect(ended.when(enter(1))).toEqual(nothing);
  });
  it('after the 10 minutes it works no more', () => {
    expect(given(ticket, ...history).when(enter(1, '2026-03-02T08:09:59.999Z'))).toMatchObject({ kind: 'accepted' });
    expect(given(ticket, ...history).when(enter(1, '2026-03-02T08:10:00.000Z'))).toMatchObject(refused('code-expired', { article: '3 e' }));
  });
  it('a replaced code works no more, one that was never issued does not either', () => {
    expect(given(ticket, ...history, story.codeIssued(2)).when(enter(1))).toMatchObject({ details: { reason: 'replaced' } });
    expect(given(ticket, ...history).when(enter(2))).toMatchObject(refused('code-expired'));
  });
  it('after five wrong tries it works no more', () => {
    const tried = [4, 3, 2, 1, 0].reduce((story_, left) => story_.after(fail(1, left)), given(ticket, ...history));
    expect(tried.when(enter(1))).toMatchObject(refused('code-expired', { reason: 'tries-used-up' }));
  });
  it('a wrong try is noted once', () => {
    const once = given(ticket, ...history).after(fail(1, 4));
    expect(once.when(fail(1, 4))).toEqual(nothing);
    expect(once.when(fail(1, 3))).toMatchObject(oneFact('VerificationFailed', { n: 1, triesLeft: 3 }));
  });
  it('a wrong try that lost the race changes nothing', () => {
    expect(standing.when(fail(1, 4))).toEqual(nothing);
    expect(given(ticket, ...history).when(fail(7, 4))).toEqual(nothing);
  });
  it('a new code has its own tries', () => {
    const tried = given(ticket, ...history).after(fail(1, 0));
    expect(
      given(ticket, ...history, story.codeIssued(2))
        .after(fail(1, 0))
        .when(enter(2)),
    ).toMatchObject({ kind: 'accepted' });
    expect(tried.when(enter(1))).toMatchObject(refused('code-expired'));
  });
  it('a lapsed ticket is not verified, one without e-mail needs no code', () => {
    expect(given(ticket, ...history, story.lapsed).when(enter(1))).toMatchObject(refused('code-expired', { reason: 'lapsed' }));
    expect(given(ticket, story.fence).when(enter(1))).toMatchObject(refused('code-expired'));
    expect(given(ticket, story.requested('phone', false)).when(enter(1))).toMatchObject(refused('wrong-state'));
  });
});

describe('step 6: Scheduled', () => {
  const at = '2026-03-02T08:02:01.000Z';
  const decide = (state: TicketState) => schedule({ ...rules, at }, state);

  it('Art. 3 e: only after the right code; nobody is told "scheduled" earlier', () => {
    const verified = given(ticket, story.requested(), story.codeIssued(), story.emailVerified);
    expect(publicStatus(verified.state)).toBe('awaiting-code');
    expect(verified.when(decide)).toMatchObject(
      oneFact('Scheduled', {
        ...story.bookingFor('online'),
        requestedAt,
        scheduledAt: at,
        sequence: 0,
        invitationDueAt: '2026-03-09T07:00:00.000Z',
      }),
    );
    expect(given(ticket, story.requested(), story.codeIssued()).when(decide)).toMatchObject(refused('wrong-state', { article: '3 e' }));
  });
  it('A10: a mode without e-mail needs no code, and no invitation with a link', () => {
    const decision = given(ticket, story.requested('in-person', false)).when(decide);
    expect(decision).toMatchObject(oneFact('Scheduled', { mode: 'in-person' }));
    expect(JSON.stringify(decision)).not.toContain('invitationDueAt');
  });
  it('C20: keeps when an outcome must be known, two working days after the start', () => {
    expect(given(ticket, story.requested('phone', false)).when(decide)).toMatchObject(
      oneFactWith({ outcomeDueAt: '2026-03-11T22:00:00.000Z' }),
    );
  });
  it('twice, changes nothing, whatever came later', () => {
    expect(standing.when(decide)).toEqual(nothing);
    expect(given(ticket, ...story.booked(), story.cancelled).when(decide)).toEqual(nothing);
    expect(ended.when(decide)).toEqual(nothing);
  });
  it('never once lapsed', () => {
    expect(given(ticket, story.requested(), story.lapsed).when(decide)).toMatchObject(refused('code-expired'));
    expect(given(ticket, story.fence).when(decide)).toMatchObject(refused('code-expired'));
    expect(given(ticket).when(decide)).toMatchObject(refused('not-found'));
  });
});

describe('lapsing', () => {
  const decide =
    (cause: Parameters<typeof lapse>[0]['cause'], at = '2026-03-02T08:15:00.000Z') =>
    (state: TicketState) =>
      lapse({ cause, at, request, place }, state);

  it('on an empty stream only the fence is written', () => {
    expect(given(ticket).when(decide('never-requested'))).toMatchObject(oneFact('Lapsed', { cause: 'never-requested', holdId: 'hold-1' }));
    expect(given(ticket).when(decide('slot-lost'))).toMatchObject(refused('wrong-state'));
  });
  it('Art. 3 e (A9): without the code, once the hold is over and not before', () => {
    const awaiting = given(ticket, story.requested(), story.codeIssued());
    expect(awaiting.when(decide('not-verified'))).toMatchObject(oneFact('Lapsed', { cause: 'not-verified', mode: 'online' }));
    expect(awaiting.when(decide('not-verified', '2026-03-02T08:14:59.999Z'))).toMatchObject(
      refused('wrong-state', { article: '3 e', heldUntil: '2026-03-02T08:15:00.000Z' }),
    );
  });
  it('after the right code only the agenda decides', () => {
    const verified = given(ticket, story.requested(), story.codeIssued(), story.emailVerified);
    expect(verified.when(decide('not-verified', '2026-03-03T08:00:00.000Z'))).toMatchObject(refused('wrong-state'));
    expect(verified.when(decide('slot-lost'))).toMatchObject(oneFactWith({ cause: 'slot-lost' }));
  });
  it('Art. 3 e: a citizen withdraws it while the code is awaited, and only then', () => {
    expect(given(ticket, story.requested(), story.codeIssued()).when(decide('withdrawn', requestedAt))).toMatchObject(
      oneFact('Lapsed', { cause: 'withdrawn' }),
    );
    for (const history of [[story.requested(), story.codeIssued(), story.emailVerified], story.booked()]) {
      expect(given(ticket, ...history).when(decide('withdrawn'))).toMatchObject(refused('wrong-state'));
    }
  });
  it('A24: too many tickets of one address end this one', () => {
    expect(given(ticket, story.requested(), story.codeIssued()).when(decide('too-many-tickets', requestedAt))).toMatchObject(
      oneFactWith({ cause: 'too-many-tickets' }),
    );
  });
  it('never once scheduled, and the fence never on a ticket that was requested', () => {
    for (const history of [story.booked(), story.inProgress, story.met(), [...story.booked(), story.cancelled]]) {
      expect(given(ticket, ...history).when(decide('slot-lost'))).toMatchObject(refused('wrong-state'));
    }
    expect(given(ticket, story.requested()).when(decide('never-requested'))).toMatchObject(refused('wrong-state'));
  });
  it('twice, changes nothing', () => {
    expect(given(ticket, story.fence).when(decide('never-requested'))).toEqual(nothing);
    expect(given(ticket, story.requested(), story.lapsed).when(decide('slot-lost'))).toEqual(nothing);
    expect(publicStatus(given(ticket, story.fence).state)).toBe('lapsed');
    expect(publicStatus(given(ticket).state)).toBeUndefined();
  });
});
