import { personal } from '../../../src/domain/kernel/personal-text';
import { policiesWith } from '../../../src/domain/policies';
import { plusSeconds } from '../../../src/domain/time/civil-time';
import { clarification, clarificationHistory, onlineHistory, phoneHistory, rescheduledHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { idsWith, resultOf, verdicts } from '../../support/judging';
import { defaultPlot, slotAt } from '../../support/plot';
import { addingToRequest, changing, eventOf, moved, without } from '../../support/retelling';

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
      ro: 'Programat cu numai 47 h 59 min 59 s înainte; se cer 48 h.',
      en: 'Scheduled only 47 h 59 min 59 s ahead; 48 h are required.',
    });
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
    const grantedUntil = (until: string, at = '2026-03-23T10:00:00.000Z') =>
      addingToRequest(late, [
        at,
        { type: 'LateAdmissionGranted', data: { grantedBy: 'S-001', reason: personal('office', 'spitalizare'), until, grantedAt: at } },
      ]);

    expect(idsWith(grantedUntil('2026-03-24'), 'fail')).toEqual([]);
    expect(idsWith(grantedUntil('2026-03-23'), 'fail')).toEqual(['C03']);
    expect(idsWith(grantedUntil('2026-03-31', '2026-03-24T10:00:00.000Z'), 'fail')).toEqual(['C03']);
  });
});

describe('C05, Art. 3 e: an address that was given', () => {
  it('does not apply to a phone ticket without e-mail', () => {
    expect(resultOf(phoneHistory(), 'C05')).toMatchObject({ verdict: 'not-applicable', text: { en: 'No e-mail address was given.' } });
  });

  it('applies to a phone ticket with one', () => {
    expect(idsWith(without(phoneHistory({ withEmail: true }), 'EmailVerified'), 'fail')).toEqual(['C05']);
  });

  it('waits for the code', () => {
    expect(resultOf(online, 'C05', '2026-03-02T07:02:00.000Z').verdict).toBe('pending');
  });
});

describe('C09, Art. 4: the calendar and the hours then in force', () => {
  const bridge = (recordedAt: string) =>
    onlineHistory({
      calendar: [[recordedAt, { type: 'BridgeDayDeclared', data: { date: '2026-03-05', decision: 'HG 1/2026', declaredAt: recordedAt } }]],
    });

  it('does not hold a later decision against an earlier appointment', () => {
    expect(idsWith(bridge('2026-03-02T07:03:00.000Z'), 'fail')).toEqual(['C09']);
    expect(idsWith(bridge('2026-03-02T07:03:00.001Z'), 'fail')).toEqual([]);
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
    expect(resultOf(overlap, 'C10').evidence).toEqual([eventOf(online, 'Scheduled').id, 'scheduled-another']);
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
