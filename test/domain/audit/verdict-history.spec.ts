import fc from 'fast-check';
import { type CaseFile, type LiveMeeting, liveMeetings } from '../../../src/domain/audit/case-file';
import { judge, type Judgement, tableCheckIds } from '../../../src/domain/audit/judge';
import { type VerdictHistory, verdictHistory } from '../../../src/domain/audit/verdict-history';
import type { Instant } from '../../../src/domain/kernel/fact';
import { plusHours, plusSeconds, secondsBetween } from '../../../src/domain/time/civil-time';
import { lapsedHistory, onlineHistory } from '../../support/histories';
import { type History, inLog } from '../../support/history';
import { settled } from '../../support/judging';
import { historyOfLife, lifeOf } from '../../support/lives';
import { eventOf, without } from '../../support/retelling';
import { breaches } from './law/breaches';
import { variations } from './law/variations';
import { holdsFor } from '../../support/holds-for';

/** A life in which the procedure was kept, kept in an unusual way, or broken. */
const anyLife: fc.Arbitrary<History> = fc
  .tuple(fc.integer({ min: 1, max: 100_000 }), fc.constantFrom<'kept' | 'varied' | 'broken'>('kept', 'varied', 'broken'), fc.nat())
  .map(([seed, how, which]) => {
    const kept = historyOfLife(lifeOf(seed));
    if (how === 'varied') return variations[which % variations.length]?.varies(kept) ?? kept;
    return (how === 'broken' ? breaches[which % breaches.length]?.breaks(kept) : undefined) ?? kept;
  });

const timesOf = (history: History): readonly Instant[] =>
  [...history.ticket, ...history.request].map(({ recordedAt }) => recordedAt).sort();
const spanOf = (history: History): readonly [Instant, number] => {
  const times = timesOf(history);
  const first = plusHours(times[0] ?? '', -24);
  return [first, secondsBetween(first, plusHours(times.at(-1) ?? '', 40 * 24))];
};

/** Evenly from nought to one: doubles of fast-check are mostly next to nothing. */
const part = fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => millionths / 1_000_000);

/** The clocks that wrote the log: right, or for some hours behind or ahead by some. */
const clocks = fc.record({
  from: part,
  hours: fc.integer({ min: 1, max: 200 }),
  by: fc.integer({ min: -60, max: 60 }),
});
const anyFile: fc.Arbitrary<History> = fc
  .tuple(anyLife, fc.option(clocks), fc.option(fc.tuple(fc.integer({ min: -48, max: 48 }), fc.integer({ min: 1, max: 96 }))))
  .map(([life, clock, other]) => {
    const [first, seconds] = spanOf(life);
    const wrong = clock && ([plusSeconds(first, seconds * clock.from), clock.hours, clock.by] as const);
    const log = inLog(life, (at) =>
      wrong !== null && at >= wrong[0] && at < plusHours(wrong[0], wrong[1]) ? plusHours(at, wrong[2]) : at,
    );
    return { ...log, otherMeetings: other === null ? [] : besides(log, other) };
  });

/** Another ticket at the same hour with the same person, from before or after for some hours (C10). */
const besides = (history: History, [from, hours]: readonly [number, number]): readonly LiveMeeting[] =>
  liveMeetings('other', history.ticket)
    .slice(-1)
    .map(({ from: position = '', ...meeting }) => {
      const liveFrom = plusHours(meeting.liveFrom, from);
      const placed = { ...meeting, eventId: 'other', liveFrom, from: from < 0 ? '0' : `${position}1` };
      return hours % 2 === 0 ? placed : { ...placed, liveUntil: plusHours(liveFrom, hours), until: `${position}2` };
    });

const momentIn = (history: History, part: number): Instant => {
  const [first, seconds] = spanOf(history);
  return plusSeconds(first, Math.round(seconds * part));
};
const parts = (count: number) => fc.array(part, { minLength: count, maxLength: count });

const inWords = (check: string, verdict: string, grade = ''): string => `${check} ${verdict} ${grade}`.trim();
const judged = ({ checks, overall, grade }: Judgement): readonly string[] => [
  ...checks.filter(({ id }) => id !== 'C21').map((check) => inWords(check.id, check.verdict, check.grade)),
  inWords('overall', overall, grade),
];
const at = ({ intervals }: VerdictHistory, moment: Instant): readonly string[] =>
  intervals
    .filter(({ validFrom, validUntil }) => validFrom <= moment && (validUntil === undefined || moment < validUntil))
    .map(({ check, verdict, grade }) => inWords(check, verdict, grade));
const open = ({ intervals }: VerdictHistory): readonly string[] =>
  intervals.filter(({ validUntil }) => validUntil === undefined).map(({ check, verdict, grade }) => inWords(check, verdict, grade));
const historyOf = (caseFile: CaseFile, moment: Instant): VerdictHistory => {
  const found = verdictHistory(caseFile, moment);
  if (found === undefined) throw new Error('It was asked for.');
  return found;
};
const wasAskedFor = (caseFile: CaseFile, moment: Instant): boolean => {
  const requested = caseFile.ticket.find(({ fact }) => fact.type === 'Requested');
  return requested !== undefined && judge(caseFile, moment).checks.find(({ id }) => id === 'C01')?.verdict !== 'not-applicable';
};

describe('Art. 9: the verdicts of a ticket over time', () => {
  it('at every moment of its life are those of a judgement of what was known then', () => {
    holdsFor(60, [anyFile, parts(100)], (caseFile, moments) => {
      const history = historyOf(caseFile, momentIn(caseFile, 2));
      for (const moment of [...moments.map((part) => momentIn(caseFile, part)), ...timesOf(caseFile)]) {
        const expected = wasAskedFor(caseFile, moment) ? judged(judge(caseFile, moment)) : [];
        expect([moment, at(history, moment)]).toEqual([moment, expected]);
      }
    });
  });

  it('end with the answer now, also while a clock is behind the log, and then begin anew when it has come', () => {
    holdsFor(60, [anyFile, parts(6)], (caseFile, moments) => {
      const times = timesOf(caseFile);
      const exact = moments.flatMap((part) => times[Math.floor(part * times.length)] ?? []);
      for (const now of [...moments.map((part) => momentIn(caseFile, part)), ...exact]) {
        const history = historyOf(caseFile, now);
        expect(open(history)).toEqual(judged(judge(caseFile, now, true)));
        const later = history.nextChangeAt ?? momentIn(caseFile, 3);
        expect(later >= now).toBe(true);
        expect(open(historyOf(caseFile, later))).toEqual(open(history));
      }
    });
  });

  it('never change what was told of a past moment, whenever they are asked for', () => {
    holdsFor(40, [anyFile, parts(12)], (caseFile, moments) => {
      const whole = historyOf(caseFile, momentIn(caseFile, 2));
      const [first = '', ...others] = moments.map((part) => momentIn(caseFile, part)).sort();
      for (const now of others)
        expect(at(historyOf(caseFile, now), first)).toEqual(now === first ? open(historyOf(caseFile, now)) : at(whole, first));
    });
  });

  it('follow one another without a gap, and each is another answer than the one before', () => {
    holdsFor(40, [anyFile], (caseFile) => {
      const { intervals, newest } = historyOf(caseFile, momentIn(caseFile, 2));
      expect(newest.asOf <= momentIn(caseFile, 2)).toBe(true);
      for (const check of [...tableCheckIds, 'overall']) {
        const own = intervals.filter((interval) => interval.check === check);
        own.slice(1).forEach((interval, index) => {
          const before = own[index];
          expect([before?.validUntil, before?.validFrom === interval.validFrom]).toEqual([interval.validFrom, false]);
          expect([before?.verdict, before?.grade]).not.toEqual([interval.verdict, interval.grade]);
        });
        expect(own.at(-1)?.validUntil).toBeUndefined();
      }
      expect(intervals.some(({ check }) => check === 'C21')).toBe(false);
    });
  });

  it('A8: turn by themselves a millisecond after the last moment in time, from pending to a warning to a failure', () => {
    const unresolved = without(onlineHistory(), 'ResolutionIssued', 'ResolutionFiled', 'ResolutionSent');
    const { resolutionTargetAt, resolutionHardLimitAt } = eventOf(unresolved, 'Held').fact.data;
    const [pending, warned, failed] = [
      eventOf(unresolved, 'Held').recordedAt,
      ...[resolutionTargetAt, resolutionHardLimitAt].map((last) => plusSeconds(last, 0.001)),
    ];
    expect(
      historyOf(unresolved, settled)
        .intervals.filter(({ check }) => check === 'C16')
        .slice(1),
    ).toEqual([
      { check: 'C16', verdict: 'pending', validFrom: pending, validUntil: warned },
      { check: 'C16', verdict: 'warn', grade: 'declared', validFrom: warned, validUntil: failed },
      { check: 'C16', verdict: 'fail', grade: 'declared', validFrom: failed },
    ]);
    // and say before it when they will
    expect(historyOf(unresolved, resolutionTargetAt).nextChangeAt).toBe(resolutionTargetAt);
    expect(historyOf(unresolved, settled)).toMatchObject({
      newest: {
        asOf: historyOf(unresolved, settled)
          .intervals.map(({ validFrom }) => validFrom)
          .sort()
          .at(-1),
        overall: 'fail',
      },
    });
    expect(historyOf(unresolved, settled)).not.toHaveProperty('nextChangeAt');
  });

  it('while a clock is behind the log: stand until the next fact’s time has come, and tell then what was known then', () => {
    const history = inLog(onlineHistory());
    const { recordedAt } = eventOf(history, 'MeetingStarted');
    const now = plusSeconds(recordedAt, -10);
    const behind = historyOf(history, now);
    expect(behind.newest.asOf).toBe(now);
    expect(behind.nextChangeAt).toBe(plusSeconds(recordedAt, -0.001));
    expect(at(behind, plusHours(now, -2))).toEqual(judged(judge(history, plusHours(now, -2))));
    expect(
      historyOf(history, '2020-01-01T00:00:00.000Z').intervals.every(({ validFrom }) => validFrom === '2020-01-01T00:00:00.000Z'),
    ).toBe(true);
  });

  it('C10: tell since when another meeting stood at the same hour, also one that came later in the log and was known by its place', () => {
    const history = inLog(onlineHistory());
    const [own] = liveMeetings(history.ticketId, history.ticket);
    if (own === undefined) throw new Error('no meeting');
    const known = plusHours(own.liveFrom, 1);
    const other: LiveMeeting = { ...own, ticketId: 'other', eventId: 'other', from: `${own.from ?? ''}1`, liveFrom: known };
    const failing = (...otherMeetings: readonly LiveMeeting[]) =>
      historyOf({ ...history, otherMeetings }, settled)
        .intervals.filter(({ check, verdict }) => check === 'C10' && verdict === 'fail')
        .map(({ validFrom }) => validFrom);
    expect(failing({ ...other, from: '9' })).toEqual([known]);
    expect(failing(other)).toEqual([timesOf(history).find((time) => time > own.liveFrom)]);
    expect(failing({ ...other, ticketId: history.ticketId })).toEqual([]);
  });

  it('are none of what was never asked for', () => {
    const lapsed = lapsedHistory();
    expect(
      verdictHistory({ ...lapsed, ticket: lapsed.ticket.filter(({ fact }) => fact.type === 'Lapsed') }, '2027-01-01T00:00:00.000Z'),
    ).toBeUndefined();
  });
});
