import fc from 'fast-check';
import { type CaseFile, liveMeetings } from '../../../src/domain/audit/case-file';
import { type CheckId, judge } from '../../../src/domain/audit/judge';
import { clockAfter, disputeAbout, type LogClock, noClock } from '../../../src/domain/audit/log-clock';
import type { Instant } from '../../../src/domain/kernel/fact';
import { plusHours, plusMinutes, plusSeconds } from '../../../src/domain/time/civil-time';
import { everyHistory, onlineHistory } from '../../support/histories';
import { type History, inLog } from '../../support/history';
import { idsWith, settled, verdicts } from '../../support/judging';
import { holdsFor } from '../../support/holds-for';

const clockOf = (history: History): LogClock =>
  [...history.ticket, ...history.request, ...history.calendar, ...Object.values(history.staff).flat()]
    .toSorted((a, b) => (a.position < b.position ? -1 : 1))
    .reduce(clockAfter, noClock);
const withClock = (history: History): CaseFile => ({ ...history, disputes: clockOf(history).disputes });
const scheduledAt = (history: History): Instant => history.ticket.find(({ fact }) => fact.type === 'Scheduled')?.recordedAt ?? '';

/** People and calendar were entered; then the clock went back, and everything about the ticket was done by a clock that shows less. */
const setBack = (history: History, hours = 24 * 60): History => {
  const first = history.ticket[0]?.recordedAt ?? '';
  return inLog(history, (at) => (at < first ? plusHours(at, hours) : at));
};

describe('The order of the log tells what was known when', () => {
  it.each(Object.entries<History>(everyHistory))(
    'Art. 4: a booking by a clock that went back is judged like one by a right clock: %s',
    (_, history) => {
      expect(verdicts(setBack(history))).toEqual(verdicts(history));
      const at = scheduledAt(history);
      if (at !== '') expect(verdicts(setBack(history), at)).toEqual(verdicts(history, at));
    },
  );

  it('Art. 3 e: a code that was entered by a clock that had gone back was there before; without such a clock it was not', () => {
    const history = inLog(onlineHistory());
    const before = plusMinutes(history.ticket.find(({ fact }) => fact.type === 'VerificationCodeIssued')?.recordedAt ?? '', -10);
    const entered: History = {
      ...history,
      ticket: history.ticket.map((event) =>
        event.fact.type === 'EmailVerified'
          ? { ...event, clockAt: before, fact: { ...event.fact, data: { ...event.fact.data, verifiedAt: before } } }
          : event,
      ),
    };
    const disputed = { ...entered, disputes: clockOf(entered).disputes };
    expect(idsWith(disputed, 'fail')).toEqual([]);
    expect(idsWith(entered, 'fail')).toEqual(['C06']);
  });

  it('would fail C09, and more, by the times alone', () => {
    const { ticket, request, calendar, staff, ...rest } = setBack(onlineHistory());
    const unplaced = <E extends { readonly position: string }>(events: readonly E[]): readonly E[] =>
      events.map((event) => ({ ...event, position: '' }));
    const byTime = {
      ...rest,
      ticket: unplaced(ticket),
      request: unplaced(request),
      calendar: unplaced(calendar),
      staff: Object.fromEntries(Object.entries(staff).map(([id, events]) => [id, unplaced(events)])),
    };
    expect(idsWith(byTime, 'fail')).toContain('C09');
  });

  it('a fact that came later in the log was not known, however early its time', () => {
    const history = inLog(onlineHistory());
    const late = Object.fromEntries(
      Object.entries(history.staff).map(([id, events]) => [id, events.map((event) => ({ ...event, position: `9${event.position}` }))]),
    );
    expect(idsWith({ ...history, staff: late }, 'fail')).toContain('C09');
  });

  it('judges a log of a right clock as without places, at every moment', () => {
    const moments = fc.integer({ min: 0, max: 40 * 24 * 60 }).map((minutes) => plusMinutes('2026-02-20T00:00:00.000Z', minutes));
    holdsFor(100, [fc.constantFrom(...Object.values(everyHistory)), moments], (history, asOf) => {
      expect(judge(inLog(history), asOf)).toEqual(judge(history, asOf));
    });
  });

  it('C10: two meetings are there together only if the log says so', () => {
    const history = inLog(onlineHistory());
    const [own] = liveMeetings(history.ticketId, history.ticket);
    if (own === undefined) throw new Error('no meeting');
    const other = { ...own, ticketId: 'other', eventId: 'other', from: '00000000000000000000' };
    const before = { ...other, liveUntil: plusHours(own.liveFrom, 2), until: '00000000000000000001' };
    expect(verdicts({ ...history, otherMeetings: [before] })['C10']).toBe('pass');
    expect(verdicts({ ...history, otherMeetings: [other] })['C10']).toBe('fail');
  });
});

describe('The clock of the log', () => {
  it('says beside every verdict on what was done then that a clock was wrong, and beside no other', () => {
    const history = withClock(setBack(onlineHistory()));
    for (const { text, clockOffBySeconds } of judge(history, settled).checks) {
      expect(clockOffBySeconds).toBeGreaterThan(3600);
      expect(text.ro).toContain('un ceas era greșit');
      expect(text.en).toContain('a clock was wrong');
    }
    expect(judge(withClock(inLog(onlineHistory())), settled).checks.some((check) => 'clockOffBySeconds' in check)).toBe(false);
  });

  it('a step while the meeting was arranged is said of what rests on it', () => {
    const history = onlineHistory();
    const at = scheduledAt(history);
    const stepped = withClock(
      inLog(history, (time, position) =>
        time === at && position.endsWith('1') ? time : time > at && time < plusHours(at, 2) ? plusHours(time, -3) : time,
      ),
    );
    const named = judge(stepped, settled).checks.flatMap(({ id, clockOffBySeconds }): readonly CheckId[] =>
      clockOffBySeconds === undefined ? [] : [id],
    );
    expect(named).toContain('C04');
    expect(named).not.toContain('C16');
  });

  it('leaves alone what commands side by side make: a fact a little older than one before it', () => {
    const times = ['10:00:00', '10:00:20', '09:59:50', '10:00:21', '09:59:52'].map((time) => `2026-03-02T${time}.000Z`);
    const clock = times.map((recordedAt, index) => ({ recordedAt, position: String(index) })).reduce(clockAfter, noClock);
    expect(clock).toMatchObject({ newest: '2026-03-02T10:00:21.000Z', disputes: [] });
  });

  it('finds every fact that was recorded while the clock was wrong, also where that took longer than its error, and no other day', () => {
    const step = fc.record({
      at: fc.integer({ min: 200, max: 400 }),
      lasts: fc.integer({ min: 3, max: 200 }),
      by: fc.constantFrom(-120, 15, 2 * 24 * 60, -10, 10),
    });
    const aDay = 24 * 60;
    holdsFor(100, [step], ({ at, lasts, by }) => {
      // one fact a minute, of which some are shown another time; before and behind, quiet nights
      const isWrong = (minute: number): boolean => minute >= at && minute < at + lasts;
      const facts = Array.from({ length: 6 * aDay }, (_, minute) => minute - 2 * aDay)
        .filter((minute) => (minute + 2 * aDay) % aDay < 800)
        .map((minute, index) => ({
          minute,
          position: String(index).padStart(6, '0'),
          recordedAt: plusMinutes('2026-03-02T06:00:00.000Z', minute + (isWrong(minute) ? by : 0)),
        }));
      const { disputes, leaps } = facts.reduce(clockAfter, noClock);
      const named = new Set(facts.filter((fact) => disputeAbout(disputes, fact) !== undefined));
      expect(facts.filter((fact) => isWrong(fact.minute) && !named.has(fact))).toEqual([]);
      const far = [...named].filter(({ minute }) => minute < at - 800 || minute > at + Math.max(by, 0) + aDay + lasts);
      expect(far).toEqual([]);
      expect(disputes).toHaveLength(1);
      expect(leaps.length).toBeLessThan(10);
    });
  });

  it('two clocks that disagree all day are one dispute, and those of another day another', () => {
    const day = (start: Instant, from: number) =>
      Array.from({ length: 600 }, (_, minute) => ({
        position: String(from + minute).padStart(6, '0'),
        recordedAt: plusSeconds(start, minute * 60 + (minute % 2 === 0 ? 600 : 0)),
      }));
    const facts = [...day('2026-03-02T06:00:00.000Z', 0), ...day('2026-03-04T06:00:00.000Z', 1000)];
    const { disputes } = facts.reduce(clockAfter, noClock);
    expect(disputes.map(({ seconds, facts: count }) => [seconds, count])).toEqual([
      [540, 300],
      [540, 300],
    ]);
  });
});
