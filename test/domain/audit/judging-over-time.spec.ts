import fc from 'fast-check';
import { wasRequested } from '../../../src/domain/audit/case-file';
import type { Verdict } from '../../../src/domain/audit/check';
import { type CheckResult, judge } from '../../../src/domain/audit/judge';
import type { Instant } from '../../../src/domain/kernel/fact';
import { plusSeconds } from '../../../src/domain/time/civil-time';
import { everyHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { settled } from '../../support/judging';
import { without } from '../../support/retelling';
import { holdsFor } from '../../support/holds-for';

/** A story from which some things that had to happen are missing. */
const anyHistory: fc.Arbitrary<History> = fc
  .tuple(
    fc.constantFrom(...Object.values(everyHistory)),
    fc.subarray([
      'EmailVerified',
      'InvitationSent',
      'CitizenNotified',
      'MeetingStarted',
      'Held',
      'RecordingAttached',
      'ResolutionIssued',
      'ResolutionFiled',
      'ResolutionSent',
      'Rescheduled',
    ] as const),
  )
  .map(([history, missing]) => without(history, ...missing));

const anyMoment: fc.Arbitrary<Instant> = fc
  .integer({ min: 0, max: 30 * 24 * 3600 })
  .map((seconds) => plusSeconds('2026-03-01T00:00:00.000Z', seconds));

const knownBy = (history: History, asOf: Instant): History => ({
  ...history,
  ticket: history.ticket.filter(({ recordedAt }) => recordedAt <= asOf),
  request: history.request.filter(({ recordedAt }) => recordedAt <= asOf),
});

const verdictsOf = (checks: readonly CheckResult[]) => checks.map(({ verdict }) => verdict);

/** What the passing of time alone may do. */
const byTimeAlone: Readonly<Record<Verdict, readonly Verdict[]>> = {
  pending: ['warn', 'fail'],
  warn: ['fail'],
  // C11 and C20 begin to apply when the hour of the meeting passes.
  'not-applicable': ['pending', 'pass', 'fail'],
  // C20 only: the hour before the rescheduling had its outcome, the new one passes too.
  pass: ['pending', 'fail'],
  fail: [],
  waived: [],
};

/** A verdict that was given changes only so. */
const exceptions: readonly string[] = [
  // a rescheduled meeting is looked at again in its new hour
  'C11: pass → not-applicable',
  'C11: fail → not-applicable',
  'C11: pass → fail',
  'C11: fail → pass',
  'C20: pass → pending',
  'C20: pass → fail',
  // a new change of the schedule opens a new duty
  'C19: pass → pending',
  'C19: pass → fail',
  // what comes late, comes
  'C13: fail → pass',
  'C14: fail → pass',
  // after the target comes the hard limit
  'C16: warn → fail',
];

describe('Judging', () => {
  it('gives the same answer to the same question', () => {
    holdsFor(50, [anyHistory, anyMoment], (history, asOf) => {
      const again: History = structuredClone(history);

      expect(judge(again, asOf)).toEqual(judge(history, asOf));
    });
  });

  it('knows nothing of what was recorded later', () => {
    holdsFor(150, [anyHistory, anyMoment], (history, asOf) => {
      const known = knownBy(history, asOf);
      fc.pre(wasRequested(known));

      expect(judge(history, asOf)).toEqual(judge(known, asOf));
    });
  });

  it('turns only what time alone may turn, while nothing happens', () => {
    holdsFor(150, [anyHistory, anyMoment, anyMoment], (history, one, other) => {
      const [asOf, later] = one < other ? [one, other] : [other, one];
      const known = knownBy(history, asOf);
      fc.pre(wasRequested(known));
      const [before, after] = [judge(known, asOf).checks, judge(known, later).checks];

      before.forEach(({ id, verdict }, index) => {
        const next = after[index]?.verdict ?? verdict;
        if (next !== verdict) expect(byTimeAlone[verdict]).toContain(next);
        if (next !== verdict && verdict === 'pass') expect(id).toBe('C20');
        if (next !== verdict && verdict === 'not-applicable') expect(['C11', 'C20']).toContain(id);
      });
    });
  });

  it('moves from pending to a verdict, and back only where the rulebook says so', () => {
    holdsFor(200, [anyHistory, anyMoment, anyMoment], (history, one, other) => {
      const [asOf, later] = one < other ? [one, other] : [other, one];
      const [before, after] = [judge(history, asOf).checks, judge(history, later).checks];

      const moves = before.flatMap(({ id, verdict }, index) => {
        const next = after[index]?.verdict ?? verdict;
        return next === verdict || verdict === 'not-applicable' || verdict === 'pending' ? [] : [`${id}: ${verdict} → ${next}`];
      });
      for (const move of moves) expect(exceptions).toContain(move);
    });
  });

  it('says up to when its answer stands: not one verdict turns before, at least one does after', () => {
    holdsFor(150, [anyHistory, anyMoment], (history, asOf) => {
      const known = knownBy(history, asOf);
      fc.pre(wasRequested(known));
      const { checks, nextChangeAt } = judge(known, asOf);
      const until = nextChangeAt ?? settled;

      expect(verdictsOf(judge(known, until).checks)).toEqual(verdictsOf(checks));
      if (nextChangeAt !== undefined) {
        expect(verdictsOf(judge(known, plusSeconds(nextChangeAt, 0.001)).checks)).not.toEqual(verdictsOf(checks));
      }
    });
  });

  it('is fail if any fails, else pending if any is pending, else pass', () => {
    holdsFor(100, [anyHistory, anyMoment], (history, asOf) => {
      const { overall, warnings, waived, checks } = judge(history, asOf);
      const found = new Set(verdictsOf(checks));

      expect(overall).toBe(found.has('fail') ? 'fail' : found.has('pending') ? 'pending' : 'pass');
      expect(warnings).toBe(checks.filter(({ verdict }) => verdict === 'warn').length);
      expect(waived).toBe(checks.filter(({ verdict }) => verdict === 'waived').length);
    });
  });
});
