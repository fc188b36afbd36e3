import { liveMeetings } from '../../../src/domain/audit/case-file';
import { auditChecks, judge } from '../../../src/domain/audit/judge';
import { personal } from '../../../src/domain/kernel/personal-text';
import { type Policies, policiesWith } from '../../../src/domain/policies';
import { plusSeconds } from '../../../src/domain/time/civil-time';
import {
  admissionEnded,
  admitted,
  bridgeDay,
  handedOver,
  handlerAssigned,
  lateAdmission,
  recordingMissing,
  recordingWaived,
  resolutionBounced,
  resolutionSent,
} from '../../support/entries';
import {
  clarification,
  clarificationHistory,
  onlineHistory,
  phoneHistory,
  rescheduledHistory,
  cancelledHistory,
  reassignedHistory,
} from '../../support/histories';
import type { History } from '../../support/history';
import { idsWith, resultOf, verdicts } from '../../support/judging';
import { addressHolds } from './law/addresses';
import { defaultPlot, slotAt, otherSlot } from '../../support/plot';
import { addingToRequest, changing, eventOf, moved, without, adding, withStaff } from '../../support/retelling';

const online = onlineHistory();

const verdictOf = (history: History, id: 'C11' | 'C13' | 'C14' | 'C16' | 'C18' | 'C19' | 'C20', asOf?: string) =>
  resultOf(history, id, asOf).verdict;

describe('C04, Art. 4: 48 hours of elapsed time', () => {
  const edges = [
    // name, slot, and how the wall clocks stand 48 hours before it
    ['in a plain week', '2026-03-05T08:00:00.000Z', '2026-03-03T08:00:00.000Z'],
    ['over the hour lost on 29 March 2026: 09:00 on Saturday to 10:00 on Monday', '2026-03-30T07:00:00.000Z', '2026-03-28T07:00:00.000Z'],
    ['over the hour won on 25 October 2026: 11:00 on Saturday to 10:00 on Monday', '2026-10-26T08:00:00.000Z', '2026-10-24T08:00:00.000Z'],
  ] as const;

  it.each(edges)('passes at exactly 48:00:00 and fails a millisecond later, %s', (_, startsAt, requestedAt) => {
    const slot = slotAt(startsAt);

    expect(verdicts(onlineHistory({ slot, requestedAt }), startsAt)['C04']).toBe('pass');
    expect(verdicts(onlineHistory({ slot, requestedAt: plusSeconds(requestedAt, 0.001) }), startsAt)['C04']).toBe('fail');
  });

  it('says how much was missing', () => {
    expect(resultOf(onlineHistory({ requestedAt: '2026-03-03T08:00:01.000Z' }), 'C04').text).toEqual({
      ro: 'Programat cu numai 47 h 59 min 59 s înainte; se cer 48 h de timp scurs.',
      en: 'Scheduled only 47 h 59 min 59 s ahead; 48 h of elapsed time are required.',
    });
  });

  it('says by which lead time it passed, how that is counted, and whether time or the citizen’s agreement carried it', () => {
    const counting = (value: Policies['lead-time']['value']): Policies['lead-time'] =>
      policiesWith({ 'lead-time': { value, version: 2 } })['lead-time'];
    const said = (history: History): readonly string[] => {
      const { verdict, text } = resultOf(history, 'C04');
      return [verdict, text.ro, text.en];
    };
    const under = (policy: Policies['lead-time']) => said(changing(onlineHistory(), 'Scheduled', { policies: [policy] }));

    expect(said(onlineHistory())).toEqual([
      'pass',
      'Termenul a fost respectat: 48 h de timp scurs.',
      'The lead time was kept: 48 h of elapsed time.',
    ]);
    expect(under(counting({ hours: 3, counted: 'working-hours' }))).toEqual([
      'pass',
      'Termenul a fost respectat: 3 h de program.',
      'The lead time was kept: 3 h of office time.',
    ]);
    expect(under(counting({ hours: 24, counted: 'from-next-midnight' }))[2]).toBe(
      'The lead time was kept: 24 h from the midnight after it was asked for.',
    );
    const closer = changing(rescheduledHistory({}, slotAt('2026-03-04T08:00:00.000Z')), 'Rescheduled', { citizenAgreed: true });
    expect(said(closer)).toEqual([
      'pass',
      'Termenul a fost respectat: 48 h de timp scurs. O oră mai apropiată de 48 h de timp scurs a avut acordul cetățeanului.',
      'The lead time was kept: 48 h of elapsed time. An hour sooner than 48 h of elapsed time had the citizen’s agreement.',
    ]);
    // whoever agreed to an hour that was far enough away had nothing to agree to
    const farEnough = changing(rescheduledHistory(), 'Rescheduled', { citizenAgreed: true, policies: [counting({ hours: 12 })] });
    expect(said(farEnough)[2]).toBe('The lead time was kept: 48 h of elapsed time and 12 h of elapsed time.');
    const { name, holds } = auditChecks.C04;
    expect([name.ro, name.en, holds.ro, holds.en].join(' ')).not.toMatch(/\d{2}/u);
  });

  it('A20: lets staff move a meeting closer when the citizen agreed', () => {
    const closer = rescheduledHistory({}, slotAt('2026-03-04T08:00:00.000Z'));

    expect(idsWith(closer, 'fail')).toEqual(['C04']);
    expect(idsWith(changing(closer, 'Rescheduled', { citizenAgreed: true }), 'fail')).toEqual([]);
  });

  it('uses the hours stamped in the facts, not those of today', () => {
    const dayBefore = onlineHistory({ requestedAt: '2026-03-04T08:00:00.000Z' });
    const oneDay = policiesWith({ 'lead-time': { value: { hours: 24 }, version: 2 } })['lead-time'];

    expect(idsWith(dayBefore, 'fail')).toEqual(['C04']);
    expect(idsWith(changing(dayBefore, 'Scheduled', { policies: [oneDay] }), 'fail')).toEqual([]);
  });
});

describe('C03, Art. 2 b: the 30 days', () => {
  const lastMoment = { requestedAt: '2026-03-23T21:59:00.000Z', slot: slotAt('2026-03-26T08:00:00.000Z') };
  const tooLate = { requestedAt: '2026-03-23T22:00:00.000Z', slot: slotAt('2026-03-26T08:00:00.000Z') };

  it('A5: counts the last day whole, in Bucharest, after rolling over the Sunday', () => {
    expect(resultOf(clarificationHistory(lastMoment), 'C03').verdict).toBe('pass');
    expect(resultOf(clarificationHistory(tooLate), 'C03').verdict).toBe('fail');
  });

  it('A27: takes a late admission that was granted before, and only until its last day', () => {
    const late = clarificationHistory({ ...tooLate, ground: clarification({ lateAdmission: true }) });
    const grantedUntil = (until: string, at = '2026-03-23T10:00:00.000Z') => addingToRequest(late, lateAdmission(until, at));

    expect(idsWith(grantedUntil('2026-03-24'), 'fail')).toEqual([]);
    expect(idsWith(grantedUntil('2026-03-23'), 'fail')).toEqual(['C03']);
    expect(idsWith(grantedUntil('2026-03-31', '2026-03-24T10:00:00.000Z'), 'fail')).toEqual(['C03']);
  });

  it('A5: a free day that is declared after the answer moves day 30 for nobody, in either direction', () => {
    const declaredAt = (at: string, plot: Parameters<typeof clarificationHistory>[0] = {}) =>
      clarificationHistory({
        ...plot,
        calendar: [bridgeDay('2026-03-23', at)],
      });
    const [before, after] = ['2026-02-20T09:59:59.999Z', '2026-02-20T10:00:00.001Z'];
    const moved = clarification({ enforcedUntil: '2026-03-24' });

    // the window as it was told stands, and so does whoever kept it
    expect(['C02', 'C03'].map((id) => resultOf(declaredAt(after, lastMoment), id as 'C02').verdict)).toEqual(['pass', 'pass']);
    expect(idsWith(declaredAt(after, { ...tooLate }), 'fail')).toEqual(['C03']);
    // a day more that nobody could have told when the answer came is not borne out; one that was declared before it is
    expect(idsWith(declaredAt(after, { ...tooLate, ground: moved }), 'fail')).toEqual(['C02']);
    expect(idsWith(declaredAt(before, { ...tooLate, ground: moved }), 'fail')).toEqual([]);
    expect(idsWith(declaredAt(before, lastMoment), 'fail')).toEqual(['C02']);
  });
});

describe('C05, Art. 3 e: an address that was given', () => {
  it('does not apply to a phone ticket without e-mail', () => {
    expect(resultOf(phoneHistory(), 'C05')).toMatchObject({ verdict: 'not-applicable', text: { en: 'No e-mail address was given.' } });
  });

  it('applies to a phone ticket with one, whose resolution then went to an address that nobody verified', () => {
    expect(idsWith(without(phoneHistory({ withEmail: true }), 'EmailVerified'), 'fail')).toEqual(['C05', 'C17']);
  });

  it('waits for the code', () => {
    expect(resultOf(online, 'C05', '2026-03-02T07:02:00.000Z').verdict).toBe('pending');
  });
});

describe('C09, Art. 4: the calendar and the hours then in force', () => {
  const bridge = (recordedAt: string) =>
    onlineHistory({
      calendar: [bridgeDay('2026-03-05', recordedAt)],
    });

  it('does not hold a later decision against an earlier appointment', () => {
    expect(idsWith(bridge('2026-03-02T07:03:00.000Z'), 'fail')).toEqual(['C09']);
    expect(idsWith(bridge('2026-03-02T07:03:00.001Z'), 'fail')).toEqual([]);
  });

  it('A16: fails what was booked into a pause that was known; a later one, one taken back before, and another department’s change nothing', () => {
    const [before, after] = ['2026-03-01T07:00:00.000Z', '2026-03-02T07:03:00.001Z'];
    const days = { pauseId: 'p-1', from: '2026-03-05', to: '2026-03-06' };
    const paused = (pausedAt: string, departmentCode?: string) => {
      const data = { ...days, textRo: 'Mutăm.', textEn: 'We move.', pausedAt, ...(departmentCode === undefined ? {} : { departmentCode }) };
      return [pausedAt, { type: 'ServicePaused', data }] as const;
    };
    const resumed = [before, { type: 'ServiceResumed', data: { ...days, resumedAt: before } }] as const;
    expect(idsWith(onlineHistory({ calendar: [paused(before)] }), 'fail')).toEqual(['C09']);
    expect(idsWith(onlineHistory({ calendar: [paused(after)] }), 'fail')).toEqual([]);
    expect(idsWith(onlineHistory({ calendar: [paused(before), resumed] }), 'fail')).toEqual([]);
    expect(idsWith(onlineHistory({ calendar: [paused(before, 'another')] }), 'fail')).toEqual([]);
  });

  it('plans a day anew for the same person under another calendar', () => {
    const closed = bridge('2026-03-02T07:03:00.000Z');
    const open = { ...closed, calendar: [] };
    expect([open, closed, open].map((history) => resultOf(history, 'C09').verdict)).toEqual(['pass', 'fail', 'pass']);
  });
});

describe('C10: other meetings', () => {
  const other = {
    ticketId: 'another',
    holdId: 'hold-x',
    staffId: defaultPlot.staffId,
    mode: 'phone',
    slot: defaultPlot.slot,
    liveFrom: '2026-03-01T06:00:00.000Z',
    eventId: 'scheduled-another',
  } as const;
  const beside = (changes: object): History => ({ ...online, otherMeetings: [{ ...other, ...changes }] });

  it.each([
    ['moved away at the very instant', { liveUntil: '2026-03-02T07:03:00.000Z' }],
    ['with another person', { staffId: 'S-042' }],
    ['in the next quarter of an hour', { slot: slotAt('2026-03-05T08:15:00.000Z') }],
    ['of this very ticket', { ticketId: online.ticketId }],
  ])('does not mind one %s', (_, changes) => {
    expect(idsWith(beside(changes), 'fail')).toEqual([]);
  });

  it('remembers an overlap after it was undone, and knows nothing of it before', () => {
    const overlap = beside({ liveFrom: '2026-03-02T08:00:00.000Z', liveUntil: '2026-03-02T09:00:00.000Z' });

    expect(idsWith(overlap, 'fail', '2026-03-02T07:59:59.999Z')).toEqual([]);
    expect(idsWith(overlap, 'fail')).toEqual(['C10']);
    // the other meeting’s booking was seen by our form, as this one’s was
    expect(resultOf(overlap, 'C10')).toMatchObject({
      grade: 'observed',
      evidence: [eventOf(online, 'Scheduled').id, 'scheduled-another'],
    });
  });
});

describe('C11, Art. 5: the link', () => {
  const start = defaultPlot.slot.startsAt;

  it('applies once the start has passed, and says when that will be', () => {
    expect(resultOf(online, 'C11', start)).toMatchObject({ verdict: 'not-applicable', appliesAt: start });
    expect(verdictOf(online, 'C11', plusSeconds(start, 0.001))).toBe('pass');
  });

  it('passes one hour ahead to the millisecond', () => {
    const sent = (at: string) => moved(online, 'InvitationSent', 1, at, { acceptedAt: at });

    expect(verdictOf(sent('2026-03-05T07:00:00.000Z'), 'C11')).toBe('pass');
    expect(verdictOf(sent('2026-03-05T07:00:00.001Z'), 'C11')).toBe('fail');
  });
});

describe('C13, Art. 5: the recording', () => {
  const ended = '2026-03-05T08:14:30.000Z';
  const due = '2026-03-07T08:14:30.000Z';
  const late = moved(online, 'RecordingAttached', 0, '2026-03-09T10:00:00.000Z', { attachedAt: '2026-03-09T10:00:00.000Z' });

  it('is pending for 48 hours, then fails, and passes when the recording comes after all, with both facts shown', () => {
    const missing = adding(late, recordingMissing('2026-03-08T10:00:00.000Z'));

    expect(resultOf(missing, 'C13', ended)).toMatchObject({ verdict: 'pending', failsAt: due });
    expect(verdictOf(missing, 'C13', due)).toBe('pending');
    expect(verdictOf(missing, 'C13', plusSeconds(due, 0.001))).toBe('fail');
    expect(verdictOf(missing, 'C13', '2026-03-08T10:00:00.000Z')).toBe('fail');
    expect(resultOf(missing, 'C13')).toMatchObject({
      verdict: 'pass',
      evidence: [eventOf(missing, 'Held').id, eventOf(missing, 'RecordingMissing').id, eventOf(missing, 'RecordingAttached').id],
    });
  });

  it('A13: fails as soon as it is reported missing', () => {
    const reported = adding(without(online, 'RecordingAttached'), recordingMissing('2026-03-05T08:30:00.000Z'));

    expect(verdictOf(reported, 'C13', '2026-03-05T08:30:00.000Z')).toBe('fail');
  });

  it('A13: is waived, never passed, when the citizen objected', () => {
    const objected = adding(online, recordingWaived(ended));

    expect(verdictOf(objected, 'C13')).toBe('waived');
    expect(judge(objected, '2026-05-01T00:00:00.000Z')).toMatchObject({ overall: 'pass', waived: 1 });
  });

  it('A13: fails where an old history says missing and waived, with both facts shown', () => {
    const both = adding(
      without(online, 'RecordingAttached'),
      recordingMissing('2026-03-05T08:30:00.000Z'),
      recordingWaived('2026-03-08T08:00:00.000Z'),
    );

    expect(resultOf(both, 'C13')).toMatchObject({
      verdict: 'fail',
      evidence: [eventOf(both, 'Held').id, eventOf(both, 'RecordingMissing').id, eventOf(both, 'RecordingWaived').id],
    });
  });

  it('A12: fails when the recording is gone, passes when it is back or another one is enough, with all facts shown', () => {
    const noticedAt = '2026-03-20T10:00:00.000Z';
    const { recordingId } = eventOf(online, 'RecordingAttached').fact.data;
    const { startedAt } = eventOf(online, 'Held').fact.data;
    const gone = adding(online, [noticedAt, { type: 'RecordingWithdrawn', data: { recordingId, noticedAt } }]);
    const another = (id: string) =>
      adding(gone, [
        noticedAt,
        { type: 'RecordingAttached', data: { recordingId: id, startedAt, durationSeconds: 880, attachedAt: noticedAt } },
      ]);

    expect(verdictOf(gone, 'C13', '2026-03-20T09:59:59.999Z')).toBe('pass');
    expect(resultOf(gone, 'C13')).toMatchObject({
      verdict: 'fail',
      evidence: [eventOf(gone, 'Held').id, eventOf(gone, 'RecordingAttached').id, eventOf(gone, 'RecordingWithdrawn').id],
    });
    expect(verdictOf(another('other'), 'C13')).toBe('pass');
    expect(resultOf(another(recordingId), 'C13')).toMatchObject({ verdict: 'pass' });
    expect(resultOf(another(recordingId), 'C13').evidence).toHaveLength(4);
  });

  const begun = eventOf(online, 'Held').fact.data.startedAt;
  type Piece = readonly [from: number, seconds: number, recordingId?: string];
  /** Recordings in the place of the one that was there: how many seconds after the start each begins, and how long it is. */
  const recordings = (...pieces: readonly Piece[]) =>
    pieces.reduce<History>(
      (history, [from, durationSeconds, recordingId = `P-${from}`]) =>
        adding(history, [
          ended,
          { type: 'RecordingAttached', data: { recordingId, startedAt: plusSeconds(begun, from), durationSeconds, attachedAt: ended } },
        ]),
      without(online, 'RecordingAttached'),
    );

  it('takes 80 % and not a second less, in parts too, each counted once', () => {
    expect(verdictOf(recordings([0, 672]), 'C13')).toBe('pass');
    expect(verdictOf(recordings([0, 671]), 'C13')).toBe('fail');
    expect(verdictOf(recordings([0, 300], [300, 372]), 'C13')).toBe('pass');
    expect(verdictOf(recordings([0, 400, 'P'], [0, 400, 'P']), 'C13')).toBe('fail');
    expect(verdictOf(recordings([0, 400, 'P'], [0, 400, 'Q']), 'C13')).toBe('fail');
  });

  it('takes what lies within the meeting, and what two recordings share once', () => {
    expect(verdictOf(recordings([-600, 1272]), 'C13')).toBe('pass');
    expect(verdictOf(recordings([-600, 1271]), 'C13')).toBe('fail');
    expect(verdictOf(recordings([168, 2000]), 'C13')).toBe('pass');
    expect(verdictOf(recordings([169, 2000]), 'C13')).toBe('fail');
    expect(verdictOf(recordings([0, 500], [328, 344]), 'C13')).toBe('pass');
    expect(verdictOf(recordings([0, 500], [328, 343]), 'C13')).toBe('fail');
    // a short one within a long one hides nothing of it
    expect(verdictOf(recordings([0, 600], [100, 100], [560, 112]), 'C13')).toBe('pass');
  });

  it('warns of an old one that does not say when it began', () => {
    const unknown = (durationSeconds: number) =>
      adding(without(online, 'RecordingAttached'), [
        ended,
        { type: 'RecordingAttached', data: { recordingId: 'old', durationSeconds, attachedAt: ended } },
      ]);

    expect(resultOf(unknown(672), 'C13')).toMatchObject({ verdict: 'warn', grade: 'declared' });
    expect(verdictOf(unknown(671), 'C13')).toBe('fail');
  });

  const continued = (seconds: number) => {
    const continuedAt = plusSeconds(begun, seconds);
    const data = { mode: 'phone', cause: 'platform', staffId: 'S-042', continuedAt, wasOnline: seconds > 0 } as const;
    return (history: History) => adding(history, [ended, { type: 'ContinuedOtherwise', data }]);
  };

  it('asks for what was on Webex where it went on by phone, and for nothing where nothing was', () => {
    expect(resultOf(continued(300)(recordings([0, 240])), 'C13')).toMatchObject({ verdict: 'pass', grade: 'declared' });
    expect(verdictOf(continued(300)(recordings([0, 239])), 'C13')).toBe('fail');
    expect(verdictOf(continued(300)(recordings([300, 500])), 'C13')).toBe('fail');
    expect(resultOf(continued(0)(recordings()), 'C13')).toMatchObject({ verdict: 'pass', grade: 'declared', observable: ['webex'] });
    expect(idsWith(continued(0)(recordings()), 'fail')).toEqual([]);
  });

  it('A13: takes a recording that is gone after its time, and none that is gone a moment earlier or was never promised one', () => {
    const { recordingNotice } = eventOf(online, 'Requested').fact.data;
    const kept = (keptDays?: number) =>
      changing(online, 'Requested', {
        recordingNotice: { version: '1', acceptedAt: '', ...recordingNotice, ...(keptDays === undefined ? {} : { keptDays }) },
      });
    const over = '2026-04-04T21:00:00.000Z';
    const deleted = (history: History, deletedAt: string) =>
      adding(history, [over, { type: 'RecordingDeleted', data: { recordingId: 'R-1', deletedAt } }]);
    const seenGone = (history: History, noticedAt: string) =>
      adding(history, [over, { type: 'RecordingWithdrawn', data: { recordingId: 'R-1', noticedAt } }]);

    for (const gone of [deleted, seenGone]) {
      expect(verdictOf(gone(kept(30), over), 'C13')).toBe('pass');
      expect(verdictOf(gone(kept(30), '2026-04-04T20:59:59.999Z'), 'C13')).toBe('fail');
      expect(verdictOf(gone(kept(), over), 'C13')).toBe('fail');
    }
  });

  it('fails where it is recorded as held in another way than was asked for, and nobody says why', () => {
    expect(verdictOf(changing(online, 'Held', { mode: 'phone', recordKind: 'written-record' }), 'C13')).toBe('fail');
  });
});

describe('C14 and C16, Art. 7: immediately', () => {
  const target = '2026-03-05T10:14:30.000Z';
  const limit = '2026-03-06T22:00:00.000Z';
  const unsent = without(online, 'ResolutionSent');

  it('A17: is pending until the target, warns until the hard limit, then fails', () => {
    expect(resultOf(unsent, 'C16', target)).toMatchObject({ verdict: 'pending', warnsAt: target, failsAt: limit });
    expect(resultOf(unsent, 'C16', plusSeconds(target, 0.001))).toMatchObject({ verdict: 'warn', failsAt: limit });
    expect(verdictOf(unsent, 'C16', limit)).toBe('warn');
    expect(verdictOf(unsent, 'C16', plusSeconds(limit, 0.001))).toBe('fail');
  });

  it('A17: is measured on what the mail server accepted', () => {
    const acceptedAt = (at: string) => moved(online, 'ResolutionSent', 0, at, { acceptedAt: at });

    expect(verdictOf(acceptedAt(target), 'C16')).toBe('pass');
    expect(verdictOf(acceptedAt(plusSeconds(target, 0.001)), 'C16')).toBe('warn');
    expect(verdictOf(acceptedAt(limit), 'C16')).toBe('warn');
    expect(verdictOf(acceptedAt(plusSeconds(limit, 0.001)), 'C16')).toBe('fail');
    expect(judge(acceptedAt(limit), limit)).toMatchObject({ overall: 'pass', warnings: 1 });
  });

  it('A11: takes the handing over where there is no address', () => {
    expect(verdictOf(phoneHistory(), 'C16')).toBe('pass');
  });

  it('A11: takes no paper for the e-mail that a verified address is owed, unless it failed', () => {
    const at = '2026-03-05T09:00:00.000Z';
    const onPaper = adding(unsent, handedOver(at));
    const bounced = adding(onPaper, resolutionBounced(at, 'l', limit));
    const askedAbout = (subjectId: string) =>
      adding(onPaper, [at, { type: 'TaskRaised', data: { taskId: 't', kind: 'send-letter', staffId: 'S-042', subjectId, raisedAt: at } }]);

    // a signed paper taken at once meets the target, which therefore warns of nothing any more; the e-mail is owed by the limit
    expect(resultOf(onPaper, 'C16', at)).toMatchObject({ verdict: 'pending', failsAt: limit });
    expect(resultOf(onPaper, 'C16', limit).verdict).toBe('pending');
    expect(verdictOf(onPaper, 'C16')).toBe('fail');
    expect(resultOf(onPaper, 'C17').verdict).toBe('not-applicable');
    expect(verdictOf(adding(onPaper, ['2026-03-05T09:30:00.000Z', eventOf(online, 'ResolutionSent').fact]), 'C16')).toBe('pass');
    for (const failed of [bounced, askedAbout(eventOf(onPaper, 'ResolutionIssued').id)]) {
      expect(verdictOf(failed, 'C16')).toBe('pass');
      expect(resultOf(failed, 'C17').verdict).toBe('pass');
    }
    expect(verdictOf(askedAbout('invitation'), 'C16')).toBe('fail');
    // it was asked for again, to an address that was given while it was owed; one that was given before got the calendar entry
    const givenAt = (when: string) => {
      const given = adding(onPaper, addressHolds(when, 2));
      const subjectId = eventOf(given, 'ContactCorrected').id;
      return adding(given, [
        at,
        { type: 'TaskRaised', data: { taskId: 't', kind: 'send-letter', staffId: 'S-042', subjectId, raisedAt: at } },
      ]);
    };
    expect(verdictOf(givenAt(plusSeconds(at, -1)), 'C16')).toBe('pass');
    expect(verdictOf(givenAt(plusSeconds(eventOf(onPaper, 'Scheduled').recordedAt, 1)), 'C16')).toBe('fail');
  });

  it('A17: takes a signed paper that the citizen took at once for immediate, and asks for the e-mail by the limit', () => {
    const paperAt = (handedOverAt: string, channel: 'pickup' | 'post' = 'pickup') => adding(unsent, handedOver(handedOverAt, channel));
    const withMail = (history: History, acceptedAt: string) => adding(history, resolutionSent(acceptedAt, 'l'));

    expect(verdictOf(withMail(paperAt(target), limit), 'C16')).toBe('pass');
    expect(verdictOf(withMail(paperAt(plusSeconds(target, 0.001)), limit), 'C16')).toBe('warn');
    expect(verdictOf(withMail(paperAt(target, 'post'), limit), 'C16')).toBe('warn');
    expect(verdictOf(withMail(paperAt(target), plusSeconds(limit, 0.001)), 'C16')).toBe('fail');
  });

  it('C15: takes a paper that was signed on the spot before it was typed in, by the limit', () => {
    const { endedAt } = eventOf(online, 'Held').fact.data;
    const paper = (channel: 'pickup' | 'post', issuedAt: string) =>
      changing(
        adding(unsent, [limit, { type: 'ResolutionHandedOver', data: { channel, handedOverAt: endedAt, proof: personal('record', 's') } }]),
        'ResolutionIssued',
        { issuedAt },
      );

    expect(resultOf(paper('pickup', limit), 'C15').verdict).toBe('pass');
    expect(resultOf(paper('post', limit), 'C15').verdict).toBe('fail');
    expect(resultOf(paper('pickup', plusSeconds(limit, 0.001)), 'C15').verdict).toBe('fail');
    expect(resultOf(paper('pickup', limit), 'C15').text).toEqual({
      ro: 'Predată la ghișeu, pe hârtie semnată, după întâlnire; a fost înscrisă apoi, în termen.',
      en: 'Handed over at the counter, on signed paper, after the meeting; it was recorded then, in time.',
    });
  });

  it('C15, C16: say how the resolution left, and that it was sent only where it was', () => {
    const { endedAt } = eventOf(online, 'Held').fact.data;
    const { issuedAt } = eventOf(online, 'ResolutionIssued').fact.data;
    const without = phoneHistory();
    const onPaper = (channel: 'pickup' | 'post', handedOverAt: string) =>
      changing(without, 'ResolutionHandedOver', { channel, handedOverAt });
    const said = (history: History) => [resultOf(history, 'C15').text.en, resultOf(history, 'C16').text.en];

    expect(said(online)).toEqual(['Started, written and sent in this order.', 'Sent immediately after the meeting.']);
    expect(said(onPaper('pickup', issuedAt))).toEqual([
      'Started, written and handed over at the counter in this order.',
      'Handed over at the counter immediately after the meeting.',
    ]);
    expect(said(onPaper('post', issuedAt))).toEqual([
      'Started, written and sent by post in this order.',
      'Sent by post immediately after the meeting.',
    ]);
    for (const [at, verdict] of [
      [limit, 'warn'],
      [plusSeconds(limit, 0.001), 'fail'],
    ] as const)
      expect(resultOf(onPaper('pickup', at), 'C16')).toMatchObject({
        verdict,
        text: { ro: expect.stringMatching(/^Predată la ghișeu la /) },
      });
    expect(resultOf(onPaper('pickup', plusSeconds(endedAt, -1)), 'C15').text.en).toMatch(
      /^Handed over at the counter (at .*, before the meeting ended|before it was written)\.$/,
    );
  });

  it('C07: takes no notice without a version, and none that was accepted after the form', () => {
    const { requestedAt, recordingNotice } = eventOf(online, 'Requested').fact.data;
    const accepted = (changes: object) =>
      changing(online, 'Requested', { recordingNotice: { version: '1', acceptedAt: requestedAt, ...recordingNotice, ...changes } });

    expect(resultOf(accepted({}), 'C07').verdict).toBe('pass');
    expect(resultOf(accepted({ version: ' ' }), 'C07').verdict).toBe('fail');
    expect(resultOf(accepted({ acceptedAt: plusSeconds(requestedAt, 1) }), 'C07').verdict).toBe('fail');
  });

  it('C14 waits for the filing until the hard limit; a late one fails (before 0.2.0 it was taken)', () => {
    const filed = (at: string) => moved(online, 'ResolutionFiled', 0, at, { filedAt: at });
    const late = filed('2026-03-09T08:00:00.000Z');

    expect(resultOf(late, 'C14', limit)).toMatchObject({ verdict: 'pending', failsAt: limit });
    expect(verdictOf(late, 'C14', plusSeconds(limit, 0.001))).toBe('fail');
    expect(verdictOf(late, 'C14')).toBe('fail');
    expect(verdictOf(filed(limit), 'C14')).toBe('pass');
  });
});

describe('C18, Art. 7: a letter that came back', () => {
  const due = '2026-03-09T22:00:00.000Z';
  const bounced = adding(online, resolutionBounced('2026-03-05T09:00:00.000Z', eventOf(online, 'ResolutionSent').fact.data.letterId, due));
  const followedUp = (at: string) => adding(bounced, handedOver(at, 'post', 'AR 1'));

  it('passes on acceptance, waits after the bounce, and passes when another channel took over in time', () => {
    expect(verdictOf(bounced, 'C18', '2026-03-05T08:59:00.000Z')).toBe('pass');
    expect(resultOf(bounced, 'C18', '2026-03-05T09:00:00.000Z')).toMatchObject({ verdict: 'pending', failsAt: due });
    expect(verdictOf(bounced, 'C18', due)).toBe('pending');
    expect(idsWith(followedUp(due), 'fail')).toEqual([]);
    expect(verdictOf(followedUp(due), 'C18')).toBe('pass');
    expect(verdictOf(followedUp(plusSeconds(due, 0.001)), 'C18')).toBe('fail');
  });

  it('passes when it was sent again, and that letter still stood at the limit', () => {
    const again = (at: string) => adding(bounced, resolutionSent(at, 'again'));
    const sameMorning = again('2026-03-05T09:20:00.000Z');
    const bouncedAgain = (bouncedAt: string) => adding(sameMorning, resolutionBounced(bouncedAt, 'again', '2026-03-20T22:00:00.000Z'));

    expect(resultOf(sameMorning, 'C18')).toMatchObject({
      verdict: 'pass',
      text: { en: 'The letter bounced; it was sent again and did not come back.' },
    });
    expect(idsWith(sameMorning, 'fail')).toEqual([]);
    expect(verdictOf(again(plusSeconds(due, 0.001)), 'C18')).toBe('fail');
    // one that came back before the first limit followed nothing up; one that came back later begins anew
    expect(verdictOf(bouncedAgain(due), 'C18', plusSeconds(due, 0.001))).toBe('fail');
    expect(resultOf(bouncedAgain(plusSeconds(due, 0.001)), 'C18', plusSeconds(due, 1))).toMatchObject({
      verdict: 'pending',
      failsAt: '2026-03-20T22:00:00.000Z',
    });
  });

  it('asks for a follow-up of a letter that was refused at once, too', () => {
    const refused = adding(without(online, 'ResolutionSent'), resolutionBounced('2026-03-05T09:00:00.000Z', 'l', due));

    expect(resultOf(refused, 'C18', due)).toMatchObject({ verdict: 'pending', failsAt: due });
    expect(verdictOf(refused, 'C18')).toBe('fail');
  });

  it('does not mind the bounce of another letter', () => {
    expect(verdictOf(changing(bounced, 'ResolutionBounced', { letterId: 'invitation-0' }), 'C18')).toBe('pass');
  });
});

describe('C19, Art. 8', () => {
  const told = '2026-03-04T08:00:00.000Z';
  const untold = without(rescheduledHistory(), 'CitizenNotified');

  it('A21: is pending for 24 hours and passes at the last of them', () => {
    expect(resultOf(untold, 'C19', '2026-03-03T09:00:00.000Z')).toMatchObject({ verdict: 'pending', failsAt: told });
    expect(verdictOf(untold, 'C19', plusSeconds(told, 0.001))).toBe('fail');
    expect(verdictOf(changing(rescheduledHistory(), 'CitizenNotified', { notifiedAt: told }), 'C19')).toBe('pass');
  });

  it('takes another ticket for the same request as the new slot of a cancelled one, while it stands', () => {
    const cancelled = changing(cancelledHistory(), 'CitizenNotified', { outcome: 'accepted', channel: 'email' });
    const again = addingToRequest(cancelled, admitted('another', '2026-03-04T08:00:00.000Z'));
    const lapsed = addingToRequest(again, admissionEnded('another', '2026-03-04T08:15:00.000Z'));

    expect(idsWith(cancelled, 'fail')).toEqual(['C19']);
    expect(idsWith(again, 'fail')).toEqual([]);
    expect(idsWith(lapsed, 'fail')).toEqual(['C19']);
  });
});

describe('C20: nothing forgotten', () => {
  it('waits for two working days over Easter and 1 May 2026, and not a moment longer', () => {
    // Thursday 9 April; Good Friday, the weekend and Easter Monday do not count; 14 and 15 April do.
    const slot = slotAt('2026-04-09T08:00:00.000Z');
    const forgotten = without(
      onlineHistory({ slot, requestedAt: '2026-04-06T07:00:00.000Z' }),
      'MeetingStarted',
      'Held',
      'RecordingAttached',
      'ResolutionIssued',
      'ResolutionFiled',
      'ResolutionSent',
    );
    const due = '2026-04-15T21:00:00.000Z';

    expect(resultOf(forgotten, 'C20', slot.startsAt)).toMatchObject({ verdict: 'not-applicable', appliesAt: slot.startsAt });
    expect(resultOf(forgotten, 'C20', plusSeconds(slot.startsAt, 1))).toMatchObject({ verdict: 'pending', failsAt: due });
    expect(verdictOf(forgotten, 'C20', due)).toBe('pending');
    expect(verdictOf(forgotten, 'C20', plusSeconds(due, 0.001))).toBe('fail');
  });

  it('sees a ticket that never lapsed although nobody entered the code', () => {
    const stuck = without(
      online,
      ...([
        'EmailVerified',
        'Scheduled',
        'InvitationSent',
        'MeetingLinkAttached',
        'MeetingStarted',
        'Held',
        'RecordingAttached',
        'ResolutionIssued',
        'ResolutionFiled',
        'ResolutionSent',
      ] as const),
    );

    expect(resultOf(stuck, 'C20', '2026-03-06T08:00:00.000Z')).toMatchObject({ verdict: 'pending', failsAt: '2026-03-09T22:00:00.000Z' });
    expect(idsWith(stuck, 'fail')).toEqual(['C20']);
  });
});

describe('C21: untouched', () => {
  it('knows nothing of a break in an event that was not yet written', () => {
    const broken: History = { ...online, chain: { intact: false, firstBroken: eventOf(online, 'Held').id } };

    expect(idsWith(broken, 'fail', '2026-03-04T00:00:00.000Z')).toEqual([]);
    expect(idsWith(broken, 'fail')).toEqual(['C21']);
  });
});

describe('C12, Art. 1 (A3): whom the citizen meets', () => {
  const handedOn = addingToRequest(withStaff(onlineHistory(), 'S-042'), handlerAssigned('S-042', '2026-02-25T08:00:00.000Z'));
  const left = (on: string) =>
    withStaff(handedOn, 'S-042', ['2026-02-26T08:00:00.000Z', { type: 'StaffLeft', data: { on, recordedAt: '2026-02-26T08:00:00.000Z' } }]);

  it('is the handler of that moment', () => {
    expect(idsWith(handedOn, 'fail')).toEqual(['C12']);
  });

  it('lets somebody stand in once the handler has left', () => {
    expect(idsWith(left('2026-03-02'), 'fail')).toEqual([]);
    expect(idsWith(left('2026-03-03'), 'fail')).toEqual(['C12']);
  });

  it('is whoever answered, once answered', () => {
    const answered = withStaff(addingToRequest(clarificationHistory(), handlerAssigned('S-042', '2026-02-25T08:00:00.000Z')), 'S-042');

    expect(idsWith(answered, 'fail')).toEqual([]);
  });

  it('takes the person from the ticket, not from whoever pressed the button', () => {
    expect(idsWith(changing(onlineHistory(), 'MeetingStarted', { staffId: 'S-099' }), 'fail')).toEqual(['C12']);
  });
});

const placesOf = (history: History) =>
  liveMeetings(history.ticketId, history.ticket).map(({ staffId, slot, liveFrom, liveUntil }) => [
    staffId,
    slot.startsAt,
    liveFrom,
    liveUntil,
  ]);
const scheduledAt = eventOf(onlineHistory(), 'Scheduled').recordedAt;
const { startsAt } = defaultPlot.slot;

describe('Where a meeting was, and when (C10)', () => {
  it('stays where it was held', () => {
    expect(placesOf(onlineHistory())).toEqual([['S-017', startsAt, scheduledAt, undefined]]);
  });

  it('moves with a rescheduling', () => {
    const movedAt = eventOf(rescheduledHistory(), 'Rescheduled').recordedAt;

    expect(placesOf(rescheduledHistory())).toEqual([
      ['S-017', startsAt, scheduledAt, movedAt],
      ['S-017', otherSlot.startsAt, movedAt, undefined],
    ]);
  });

  it('moves to another person', () => {
    const movedAt = eventOf(reassignedHistory(), 'Reassigned').recordedAt;

    expect(placesOf(reassignedHistory())).toEqual([
      ['S-017', startsAt, scheduledAt, movedAt],
      ['S-042', startsAt, movedAt, undefined],
    ]);
  });

  it('ends with a cancellation', () => {
    expect(placesOf(cancelledHistory())).toEqual([['S-017', startsAt, scheduledAt, eventOf(cancelledHistory(), 'Cancelled').recordedAt]]);
  });
});
