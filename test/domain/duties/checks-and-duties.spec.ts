import fc from 'fast-check';
import type { Verdict } from '../../../src/domain/audit/check';
import { type CheckId, judge } from '../../../src/domain/audit/judge';
import { isMissed } from '../../../src/domain/audit/owed';
import { dossierAt } from '../../../src/domain/audit/case-file';
import { changesOwed } from '../../../src/domain/audit/change-checks';
import { dutiesIn, type Duty, dutyStandsUntil, isOverdue, isOwed, stateOfDuty } from '../../../src/domain/duties/duties';
import { dutyKindNames, shapeOfDuty } from '../../../src/domain/duties/duty-kinds';
import type { DutyKind } from '../../../src/domain/duties/duty-kinds';
import type { Instant } from '../../../src/domain/kernel/fact';
import { endsWithErasure } from '../../../src/domain/tasks/tasks';
import { taskKind, type TaskKind, type TicketFact } from '../../../src/domain/ticket/facts';
import { plusSeconds, secondsBetween } from '../../../src/domain/time/civil-time';
import { everyHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { everyLife, historyOfLife } from '../../support/lives';
import { without } from '../../support/retelling';
import { holdsFor } from '../../support/holds-for';

/** What somebody forgot: the later steps of a life stand, and this one does not. */
const forgettable = [
  'InvitationSent',
  'CitizenNotified',
  'Held',
  'RecordingAttached',
  'ResolutionIssued',
  'ResolutionFiled',
  'ResolutionSent',
  'ResolutionHandedOver',
  'Rescheduled',
  'CitizenAbsent',
] as const satisfies readonly TicketFact['type'][];

const anyLife: fc.Arbitrary<History> = fc
  .tuple(
    fc.oneof(fc.constantFrom(...everyLife).map(historyOfLife), fc.constantFrom(...Object.values(everyHistory))),
    fc.subarray([...forgettable], { maxLength: 3 }),
  )
  .map(([history, missing]) => without(history, ...missing));

/** From a little before the first fact to two weeks after the last one. */
const anyMomentOf = (history: History): fc.Arbitrary<Instant> => {
  const from = history.ticket[0]?.recordedAt ?? '2026-03-01T00:00:00.000Z';
  const until = history.ticket.at(-1)?.recordedAt ?? from;
  return fc.oneof(
    fc.integer({ min: -60, max: Math.floor(secondsBetween(from, until)) + 14 * 24 * 3600 }).map((seconds) => plusSeconds(from, seconds)),
    fc.constantFrom(...dutiesIn(history, plusSeconds(until, 1)).map(({ limitAt }) => limitAt), until),
  );
};
const anyLifeAtAnyMoment = anyLife.chain((history) => anyMomentOf(history).map((asOf) => [history, asOf] as const));

const verdictIn = (history: History, asOf: Instant, id: CheckId): Verdict | undefined =>
  judge(history, asOf).checks.find((check) => check.id === id)?.verdict;

const missedOf = (history: History, asOf: Instant, ...kinds: readonly DutyKind[]): readonly Duty[] =>
  dutiesIn(history, asOf).filter((duty) => kinds.includes(duty.kind) && stateOfDuty(duty, asOf) === 'missed');

/** The check fails if, and only if, one of these duties is missed. */
const pairs: readonly (readonly [CheckId, readonly DutyKind[]])[] = [
  ['C14', ['file-resolution']],
  ['C16', ['send-resolution']],
  ['C18', ['follow-up-bounce']],
  ['C20', ['record-outcome']],
  ['C26', ['file-amendment', 'send-amendment']],
];

describe('A duty and the check of it', () => {
  it.each(pairs)('agree at any moment: %s', (id, kinds) => {
    holdsFor(300, [anyLifeAtAnyMoment], ([history, asOf]) => {
      const found = judge(history, asOf).checks.find((check) => check.id === id);
      // C20 also fails what was recorded in time and cannot be true; it is not asked for again
      if (found?.text.en.startsWith('What was recorded cannot be true') === true) return;

      expect(found?.verdict === 'fail').toBe(missedOf(history, asOf, ...kinds).length > 0);
    });
  });

  it('agree about Art. 8, but that C19 also asks for a reason, which has no time of its own', () => {
    holdsFor(300, [anyLifeAtAnyMoment], ([history, asOf]) => {
      const hasNoReason = changesOwed(dossierAt(history, asOf)).some((owed) => owed.what === 'reason' && isMissed(owed, asOf));
      const missed = missedOf(history, asOf, 'notify-citizen', 'give-new-hour', 'replace-invitation').length > 0;

      expect(verdictIn(history, asOf, 'C19') === 'fail').toBe(missed || hasNoReason);
    });
  });

  it('agree about the link (C11), which is looked at from the start of the meeting on', () => {
    holdsFor(300, [anyLifeAtAnyMoment], ([history, asOf]) => {
      const verdict = verdictIn(history, asOf, 'C11');
      const link = dutiesIn(history, asOf).find(({ kind }) => kind === 'send-link');
      if (verdict === 'not-applicable' || link === undefined) return;
      // where it may come late it is waited for until the end of the hour, while C11 says at once that it is not there
      if (link.targetAt !== undefined && link.doneAt === undefined && asOf <= link.limitAt) return;

      expect(verdict === 'fail').toBe(stateOfDuty(link, asOf) === 'missed');
    });
  });

  it('agree about the recording (C13), but that one that comes late still counts there (A13)', () => {
    holdsFor(300, [anyLifeAtAnyMoment], ([history, asOf]) => {
      const [missed] = missedOf(history, asOf, 'attach-recording');

      expect(verdictIn(history, asOf, 'C13') === 'fail').toBe(missed !== undefined && missed.doneAt === undefined);
    });
  });

  it('a resolution that was not written in time fails one of the checks of Art. 7', () => {
    holdsFor(300, [anyLifeAtAnyMoment], ([history, asOf]) => {
      if (missedOf(history, asOf, 'write-resolution').length === 0) return;

      expect(['C14', 'C15', 'C16'].map((id) => verdictIn(history, asOf, id as CheckId))).toContain('fail');
    });
  });

  it('has the two dates of its check: of the resolution, the target of A17 and its limit', () => {
    holdsFor(200, [anyLifeAtAnyMoment], ([history, asOf]) => {
      const sending = dutiesIn(history, asOf).find(({ kind }) => kind === 'send-resolution');
      const check = judge(history, asOf).checks.find(({ id }) => id === 'C16');
      if (check?.warnsAt === undefined) return;

      expect([sending?.targetAt, sending?.limitAt]).toEqual([check.warnsAt, check.failsAt]);
    });
  });
});

/** The task that asks a person for it; for what the service does by letter, the one that is raised where the letter is given up. */
const taskOf: Readonly<Record<DutyKind, TaskKind>> = {
  'send-link': 'create-meeting',
  'answer-offer': 'accept-move',
  'notify-citizen': 'notify-citizen',
  'replace-invitation': 'send-letter',
  'give-new-hour': 'must-be-rescheduled',
  'record-outcome': 'record-outcome',
  'attach-recording': 'attach-recording',
  'write-resolution': 'write-resolution',
  'file-resolution': 'file-resolution',
  'send-resolution': 'hand-over-resolution',
  'follow-up-bounce': 'follow-up-bounce',
  'file-amendment': 'file-resolution',
  'send-amendment': 'hand-over-resolution',
};

describe('A duty and the task that asks for it', () => {
  it.each(dutyKindNames)('%s ends with the citizen’s data for both, or for neither (A24)', (kind) => {
    const { owedBy, needsContact = owedBy.every((ower) => ower === 'service') } = shapeOfDuty(kind);
    expect(endsWithErasure(taskOf[kind])).toBe(needsContact);
  });

  it('what else ends with it is the answer to an objection, for which no time is set', () => {
    const without = taskKind.words.filter((task) => endsWithErasure(task) && !Object.values(taskOf).includes(task));
    expect(without).toEqual(['correction-disputed']);
  });
});

describe('The duties of a ticket', () => {
  it('stand as they are up to the moment that they name, and turn after it', () => {
    holdsFor(200, [anyLifeAtAnyMoment], ([history, asOf]) => {
      for (const duty of dutiesIn(history, asOf)) {
        const at = (moment: Instant) => [stateOfDuty(duty, moment), isOwed(duty, moment), isOverdue(duty, moment)];
        const until = dutyStandsUntil(duty, asOf);

        expect(at(until ?? plusSeconds(asOf, 3_000_000))).toEqual(at(asOf));
        if (until !== undefined) expect(at(plusSeconds(until, 0.001))).not.toEqual(at(asOf));
      }
    });
  });

  it('are each owed by one of those whom their kind names', () => {
    holdsFor(200, [anyLifeAtAnyMoment], ([history, asOf]) => {
      for (const { kind, owedBy } of dutiesIn(history, asOf)) expect(shapeOfDuty(kind).owedBy).toContain(owedBy);
    });
  });

  it('are each named once, and met in a life that keeps the procedure', () => {
    for (const life of everyLife.filter(({ ending }) => ending !== 'held, the recording late')) {
      const duties = dutiesIn(historyOfLife(life), '2028-01-01T00:00:00.000Z', true);

      expect(new Set(duties.map(({ dutyId }) => dutyId)).size).toBe(duties.length);
      expect(duties.filter((duty) => stateOfDuty(duty, '2028-01-01T00:00:00.000Z') !== 'met')).toEqual([]);
    }
  });
});
