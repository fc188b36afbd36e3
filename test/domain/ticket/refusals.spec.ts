import {
  checkCancel,
  checkReassign,
  checkReschedule,
  reassign,
  reschedule,
  type RescheduleRequest,
} from '../../../src/domain/ticket/changes';
import { continueOtherwise, type ContinueOtherwise } from '../../../src/domain/ticket/continued';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { recordCitizenAbsent, recordHeld } from '../../../src/domain/ticket/meeting';
import { attachRecording, deleteRecording, noteRecordingWithdrawn, reportRecordingMissing } from '../../../src/domain/ticket/recording';
import { checkTicketRequest, lapse, schedule } from '../../../src/domain/ticket/request-ticket';
import { askToSendAgain, handOverResolution, isOwnNumber, mayRecordFiled, recordFiled } from '../../../src/domain/ticket/resolution';
import { type TicketState, ticket } from '../../../src/domain/ticket/ticket';
import { failVerification, issueCode, verifyEmail } from '../../../src/domain/ticket/verification';
import { plusHours, plusMinutes, plusSeconds } from '../../../src/domain/time/civil-time';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { nothing, refused } from '../../support/decided';
import * as story from './story';

const { rules, policies, slot, nextSlot, requestedAt, afterMeeting, standing, running, ended, resolved } = story;

describe('Art. 3 e: a code', () => {
  const waiting = given(ticket, story.requested(), story.codeIssued());
  const issue =
    (at: string, n?: number, change: object = {}) =>
    (state: TicketState) =>
      issueCode({ at, policies: { ...policies, ...change }, ...(n === undefined ? {} : { n }) }, state);

  it('A9: may be asked for again in so many seconds', () => {
    expect(waiting.when(issue(plusSeconds(requestedAt, 18.5)))).toEqual(
      refused('too-many-requests', { article: '3 e', retryAt: plusSeconds(requestedAt, 60), retryAfterSeconds: 42 }),
    );
    expect(waiting.when(issue(plusSeconds(requestedAt, 59.999)))).toMatchObject({ details: { retryAfterSeconds: 1 } });
  });
  it('is issued under the number that is asked for, when that was not issued', () => {
    const at = plusMinutes(requestedAt, 2);
    expect(waiting.when(issue(at, 1))).toEqual(nothing);
    expect(waiting.when(issue(at, 2))).toMatchObject({ facts: [{ data: { n: 2 } }] });
  });
  it('A9: never shortens how long the slot is held, also where the longest time was made shorter since', () => {
    const shorter = { verification: { ...policies.verification, value: { ...policies.verification.value, holdMinutesWithNewCode: 5 } } };
    expect(waiting.when(issue(plusMinutes(requestedAt, 2), undefined, shorter))).toMatchObject({
      facts: [{ data: { heldUntil: '2026-03-02T08:15:00.000Z' } }],
    });
  });
  it('A9: counts the codes of an hour to the millisecond, and those that a clock ahead of ours issued within one', () => {
    const codes = (...issuedAt: readonly string[]): readonly TicketFact[] =>
      issuedAt.map((at, place) => ({
        type: 'VerificationCodeIssued',
        data: { n: place + 1, issuedAt: at, expiresAt: at, heldUntil: '2026-03-03T08:00:00.000Z' },
      }));
    const three = given(ticket, story.requested(), ...codes(requestedAt, plusMinutes(requestedAt, 2), plusMinutes(requestedAt, 4)));
    const hour = plusHours(requestedAt, 1);
    expect(three.when(issue(plusSeconds(hour, -0.001)))).toMatchObject({ code: 'too-many-requests', details: { retryAt: hour } });
    expect(three.when(issue(hour))).toMatchObject({ facts: [{ data: { n: 4 } }] });
    const ahead = given(ticket, story.requested(), ...codes(hour, hour, hour));
    expect(ahead.when(issue(requestedAt))).toMatchObject({ code: 'too-many-requests', details: { retryAt: plusHours(hour, 1) } });
    expect(ahead.when(issue(plusSeconds(requestedAt, -0.001)))).toMatchObject({ facts: [{}] });
  });
  it('is refused with its article where none is awaited', () => {
    expect(given(ticket, story.requested(), story.lapsed).when(issue(requestedAt))).toEqual(
      refused('code-expired', { article: '3 e', reason: 'lapsed' }),
    );
    expect(standing.when(issue(requestedAt))).toEqual(refused('wrong-state', { article: '3 e' }));
    const withoutEmail = given(ticket, story.requested('phone', false));
    expect(withoutEmail.when((state) => verifyEmail({ n: 1, at: requestedAt }, state))).toEqual(refused('wrong-state', { article: '3 e' }));
  });
  it('is entered once, and none of a ticket that is not there', () => {
    const verify = (n: number) => (state: TicketState) => verifyEmail({ n, at: '2026-03-02T08:03:00.000Z' }, state);
    expect(standing.when(verify(1))).toEqual(nothing);
    expect(standing.when(verify(2))).toEqual(refused('code-expired', { article: '3 e', reason: 'replaced' }));
    expect(given(ticket).when(verify(1))).toEqual(refused('not-found'));
    expect(given(ticket).when((state) => failVerification({ n: 1, triesLeft: 4, at: requestedAt }, state))).toEqual(refused('not-found'));
  });
});

describe('Art. 3: what was asked for', () => {
  const place = { staffId: 's002', slot, holdId: 'hold-1' };
  const end = (cause: Parameters<typeof lapse>[0]['cause']) => (state: TicketState) =>
    lapse({ cause, at: requestedAt, request: story.request, place }, state);
  it('is not scheduled once it has lapsed', () => {
    expect(given(ticket, story.requested(), story.lapsed).when((state) => schedule({ ...rules, at: requestedAt }, state))).toEqual(
      refused('code-expired', { article: '3 e', reason: 'lapsed' }),
    );
  });
  it('does not lapse once it is scheduled, nor as if it had never been asked for, nor withdrawn where no code is awaited', () => {
    expect(standing.when(end('slot-lost'))).toEqual(refused('wrong-state', { article: '3 e' }));
    expect(given(ticket, story.requested()).when(end('never-requested'))).toEqual(refused('wrong-state', { article: '3 e' }));
    expect(given(ticket, story.requested('phone', false)).when(end('withdrawn'))).toEqual(refused('wrong-state', { article: '3 e' }));
  });
  it('Art. 3 d: a telephone number has six to fifteen digits and nothing beside what one is written with', () => {
    const malformed = (phone: string) =>
      checkTicketRequest(
        { mode: 'phone', slot, phone, requestedAt },
        { policies, noticeVersion: '', plan: { date: '', kind: 'working', windows: [] }, calendar: story.calendar },
      );
    const none = refused('invalid', { field: 'phone', reason: 'malformed' });
    for (const phone of ['12345', '1234567890123456', 'tel 0740000000', '0740000000 int', ''])
      expect([phone, malformed(phone)]).toEqual([phone, none]);
    for (const phone of ['123456', '123456789012345', '+40 (740) 000-000', '0740.000.000']) expect(malformed(phone)).not.toEqual(none);
  });
});

describe('Art. 8: a change', () => {
  const asked: RescheduleRequest = { ...rules, slot: nextSlot, by: 'citizen', citizenAgreed: false, at: '2026-03-04T08:00:00.000Z' };
  const whole = { staffId: 's002', department: 'D', departmentCode: '425', holdId: 'hold-2', from: 'hold-1' };

  it('A19: is refused to the citizen from the start on', () => {
    expect(checkCancel('citizen', slot.startsAt, standing.state)).toEqual(refused('wrong-state', { reason: 'already-started' }));
  });
  it('is refused with its article of what does not stand, or is not there', () => {
    expect(checkReschedule(asked, given(ticket).state)).toEqual(refused('not-found'));
    expect(checkReschedule(asked, ended.state)).toEqual(refused('wrong-state', { article: '8' }));
    expect(checkReassign({ staffId: 's003', reason: story.text('x'), at: asked.at }, ended.state)).toEqual(
      refused('wrong-state', { article: '1' }),
    );
    expect(ended.when((state) => reschedule({ ...asked, ...whole }, state))).toEqual(refused('wrong-state', { article: '8' }));
    expect(ended.when((state) => reassign({ ...whole, policies, slot, reason: story.text('x'), at: asked.at }, state))).toEqual(
      refused('wrong-state', { article: '1', reason: 'moved-elsewhere' }),
    );
  });
  it('A20: to an hour under 48 hours away needs the consent that staff record, and to one that is over nothing helps', () => {
    const byStaff: RescheduleRequest = { ...asked, by: 'staff', reason: 'illness', at: plusHours(nextSlot.startsAt, -47) };
    expect(checkReschedule(byStaff, standing.state)).toMatchObject({ code: 'too-soon', article: '4' });
    const agreed = { citizenAgreed: true, agreement: { channel: 'phone', agreedAt: asked.at } } as const;
    expect(checkReschedule({ ...byStaff, ...agreed }, standing.state)).toBeUndefined();
    expect(
      checkReschedule(
        {
          ...byStaff,
          by: 'citizen',
          citizenAgreed: true,
          at: '2026-03-09T07:00:00.000Z',
          slot: { startsAt: '2026-03-10T08:00:00.000Z', endsAt: '2026-03-10T08:15:00.000Z' },
        },
        standing.state,
      ),
    ).toMatchObject({ code: 'too-soon' });
    expect(checkReschedule({ ...byStaff, ...agreed, at: nextSlot.startsAt }, standing.state)).toEqual(
      refused('too-soon', { article: '4', earliest: nextSlot.startsAt, hours: 48 }),
    );
  });
});

describe('Art. 5: a meeting that goes on otherwise', () => {
  const at = '2026-03-09T08:06:00.000Z';
  const startedAt = '2026-03-09T08:01:00.000Z';
  const go =
    (change: Partial<ContinueOtherwise> = {}) =>
    (state: TicketState) =>
      continueOtherwise({ mode: 'phone', cause: 'platform', continuedAt: at, at, ...change }, state);
  const recording =
    (recordingId: string, grade: 'observed' | 'declared' = 'observed') =>
    (state: TicketState) =>
      attachRecording({ recordingId, startedAt, durationSeconds: 60, grade, at: afterMeeting }, state);

  it('from its very start was never on Webex; a moment later it was', () => {
    expect(running.when(go({ continuedAt: startedAt }))).toMatchObject({ facts: [{ data: { wasOnline: false } }] });
    expect(running.when(go({ continuedAt: plusSeconds(startedAt, 0.001) }))).toMatchObject({ facts: [{ data: { wasOnline: true } }] });
    expect(running.when(go({ continuedAt: plusSeconds(startedAt, -0.001) }))).toEqual(
      refused('invalid', { article: '5', field: 'at', reason: 'before-the-start' }),
    );
    expect(ended.when(go({ continuedAt: startedAt, at: afterMeeting }))).toMatchObject({ facts: [{ data: { wasOnline: false } }] });
  });
  it('not from the start where something was recorded, whether it is still there or not', () => {
    const both = ended
      .after(recording('r1'))
      .after(recording('r2'))
      .after((state) => noteRecordingWithdrawn({ recordingId: 'r1', at }, state));
    expect(both.when(go({ continuedAt: startedAt, at: afterMeeting }))).toEqual(
      refused('invalid', { article: '5', field: 'at', reason: 'begun-on-webex' }),
    );
  });
  it('once, in one way, from one moment on', () => {
    expect(running.after(go()).when(go())).toEqual(nothing);
    expect(running.after(go()).when(go({ continuedAt: startedAt }))).toEqual(
      refused('wrong-state', { article: '5', reason: 'already-continued' }),
    );
  });
  it('only of a meeting that is online and stands', () => {
    expect(given(ticket, ...story.booked('phone')).when(go())).toEqual(refused('wrong-state', { article: '5', reason: 'not-online' }));
    expect(given(ticket, ...story.booked(), story.cancelled).when(go())).toEqual(refused('wrong-state', { article: '5' }));
  });
  it('for another cause with words, which are kept', () => {
    const reasonText = story.text('A căzut curentul');
    expect(running.when(go({ cause: 'other' }))).toEqual(refused('invalid', { article: '5', field: 'reasonText', reason: 'required' }));
    expect(running.when(go({ cause: 'other', reasonText }))).toMatchObject({ facts: [{ data: { cause: 'other', reasonText } }] });
  });
  it('ends when it went on at the earliest, and nobody was absent from it', () => {
    const went = running.after(go());
    const hold = (endedAt: string) => (state: TicketState) => recordHeld({ ...rules, startedAt, endedAt, at: afterMeeting }, state);
    expect(went.when(hold(at))).toMatchObject({ facts: [{ type: 'Held' }] });
    expect(given(ticket, story.fence).when(hold(at))).toEqual(refused('not-found'));
    expect(went.when((state) => recordCitizenAbsent({ policies, at: afterMeeting }, state))).toEqual(
      refused('wrong-state', { article: '5', reason: 'already-continued' }),
    );
  });
  it('A22: nobody is absent from a ticket that nobody asked for, or for another time than somebody can have waited', () => {
    const missing = (waitedMinutes: number) => (state: TicketState) =>
      recordCitizenAbsent({ waitedMinutes, policies, at: afterMeeting }, state);
    expect(given(ticket, story.fence).when(missing(10))).toEqual(refused('not-found'));
    expect(standing.when(missing(21))).toEqual(
      refused('invalid', { article: '6', field: 'waitedMinutes', reason: 'out-of-range', minimum: 10, maximum: 20 }),
    );
  });
});

describe('Art. 5: a recording', () => {
  const attach =
    (recordingId = 'r1') =>
    (state: TicketState) =>
      attachRecording(
        { recordingId, url: story.text('https://x.ro/r'), startedAt: slot.startsAt, durationSeconds: 900, at: afterMeeting },
        state,
      );
  it('keeps where it is and when it began', () => {
    expect(ended.when(attach())).toMatchObject({ facts: [{ data: { startedAt: slot.startsAt, url: story.text('https://x.ro/r') } }] });
  });
  it('is refused with its article before the meeting, and without a name', () => {
    expect(standing.when(attach())).toEqual(refused('wrong-state', { article: '5' }));
    expect(ended.when(attach(' '))).toEqual(refused('invalid', { field: 'recordingId', reason: 'required' }));
  });
  it('A12: is gone only where that very one was there', () => {
    const gone = (recordingId: string) => (state: TicketState) => noteRecordingWithdrawn({ recordingId, at: afterMeeting }, state);
    expect(ended.after(attach()).when(gone('r1'))).toMatchObject({ facts: [{ data: { recordingId: 'r1' } }] });
    expect(ended.after(attach()).when(gone('r2'))).toEqual(nothing);
  });
  it('A13: is not missing where one is there', () => {
    const reason = story.text('Defecțiune');
    expect(ended.after(attach()).when((state) => reportRecordingMissing({ reason, at: afterMeeting }, state))).toEqual(
      refused('wrong-state', { article: '5', reason: 'recording-attached' }),
    );
  });
  it('A13: is deleted of a meeting that was held, one of several, at that very moment', () => {
    const [, ...others] = story.met();
    const first = story.requested();
    const notice = { version: 'v', acceptedAt: requestedAt, keptDays: 30 };
    const noticed = given(ticket, { ...first, data: { ...first.data, recordingNotice: notice } }, ...others);
    const remove =
      (deletedAt: string, at = deletedAt) =>
      (state: TicketState) =>
        deleteRecording({ recordingId: 'r1', deletedAt, at }, state);
    const end = '2026-04-08T21:00:00.000Z';
    expect(noticed.after(attach()).after(attach('r2')).when(remove(end))).toMatchObject({ facts: [{ data: { deletedAt: end } }] });
    expect(standing.when(remove(end))).toEqual(refused('wrong-state', { article: '5', reason: 'not-held' }));
  });
});

describe('Art. 7: the resolution', () => {
  const file = (documentNumber: string) => (state: TicketState) => recordFiled({ documentNumber, at: afterMeeting }, state);

  it('stands in the register under one number, without blanks around it', () => {
    expect(resolved.when(file(' 600001 '))).toMatchObject({ facts: [{ type: 'ResolutionFiled', data: { documentNumber: '600001' } }] });
    expect(resolved.after(file('600001')).when(file(' 600001'))).toEqual(nothing);
    expect(resolved.after(file('600001')).when(file('600002'))).toEqual(refused('wrong-state', { article: '7', reason: 'already-filed' }));
  });
  it('has no number before it is written, none that is blank, and none where nobody asked for the ticket', () => {
    expect(ended.when(file('600001'))).toEqual(refused('wrong-state', { article: '7', reason: 'not-issued' }));
    expect(resolved.when(file(' '))).toEqual(refused('invalid', { article: '7', field: 'documentNumber', reason: 'required' }));
    // said first, so that nobody learns anything else before it
    expect(ended.when(file(' '))).toEqual(refused('invalid', { article: '7', field: 'documentNumber', reason: 'required' }));
    expect(given(ticket, story.fence).when(file('600001'))).toEqual(refused('not-found'));
    expect(given(ticket).when((state) => askToSendAgain({ at: afterMeeting }, state))).toEqual(refused('not-found'));
  });
  it('may be given its number once it is written, as long as none is known', () => {
    expect([ended, resolved, resolved.after(file('600001')), given(ticket, story.fence)].map(({ state }) => mayRecordFiled(state))).toEqual(
      [false, true, false, false],
    );
  });
  it('has the request’s own number only where both are one', () => {
    expect(isOwnNumber('154.997/425', story.request)).toBe(true);
    expect(isOwnNumber('fără număr', { ...story.request, number: 'fără număr' })).toBe(false);
  });
  it('A11: is handed over at that moment at the latest, by post once it is written, once in each way', () => {
    const { issuedAt } = story.issued.data;
    const handOver =
      (channel: 'post' | 'pickup', handedOverAt: string, at = afterMeeting) =>
      (state: TicketState) =>
        handOverResolution({ channel, handedOverAt, proof: story.text('AR 1'), at }, state);
    expect(resolved.when(handOver('post', issuedAt))).toMatchObject({ facts: [{}] });
    expect(resolved.when(handOver('post', afterMeeting))).toMatchObject({ facts: [{}] });
    const posted = resolved.after(handOver('post', issuedAt));
    expect(posted.when(handOver('post', issuedAt))).toEqual(nothing);
    expect(posted.when(handOver('pickup', issuedAt))).toMatchObject({ facts: [{ data: { channel: 'pickup' } }] });
    expect(posted.when(handOver('post', afterMeeting))).toMatchObject({ facts: [{ data: { handedOverAt: afterMeeting } }] });
  });
});
