import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/fact';
import {
  c04FortyEightHours,
  c05VerifiedFirst,
  c06CodeHygiene,
  c08FifteenMinutes,
  c09WorkingTime,
  c10NoDoubleBooking,
  c12RightPerson,
} from './booking-checks';
import { type CaseFile, type ChainState, dossierAt } from './case-file';
import { c19ReschedulingDuties } from './change-checks';
import { check, type Check, type CheckResult, fail, pass, type Sentence } from './check';
import { c01EligibilityRecorded, c02GroundWasTrue, c03WithinThirtyDays } from './eligibility-checks';
import { c07ToldAboutRecording, c11LinkInTime, c13Recorded, c20NothingForgotten } from './meeting-checks';
import { c14WrittenRecord, c15Order, c16Immediately, c17RightAddress, c18Delivered } from './resolution-checks';

const sentences: Readonly<Record<NonNullable<ChainState['because']> | 'changed', Sentence>> = {
  changed: { ro: 'Un eveniment a fost modificat după scriere.', en: 'An event was changed after it was written.' },
  'not-as-sealed': {
    ro: 'Un eveniment nu este cel care a fost sigilat în acest loc al jurnalului.',
    en: 'An event is not the one that was sealed in this place of the log.',
  },
  'seal-unreadable': {
    ro: 'Lanțul de sigilii este întreg, dar sigiliul jurnalului nu poate fi citit.',
    en: 'The chain of seals is whole, but the seal of the log cannot be read.',
  },
};

/** C21, Order 4: the hash chain holds over this ticket's events, and they are those of the sealed log. What is not sealed yet never delays it. */
export const c21Untouched = check('C21', 'D4', (dossier) => {
  const { intact, firstBroken, because = 'changed' } = dossier.chain;
  if (intact) return pass({ ro: 'Lanțul de sigilii este întreg.', en: 'The chain of seals is whole.' }, dossier.ticket);
  const broken = firstBroken === undefined ? [] : [{ id: firstBroken }];
  return fail(sentences[because], broken);
});

/** C01 to C21, in order. */
const checks: readonly Check[] = [
  c01EligibilityRecorded,
  c02GroundWasTrue,
  c03WithinThirtyDays,
  c04FortyEightHours,
  c05VerifiedFirst,
  c06CodeHygiene,
  c07ToldAboutRecording,
  c08FifteenMinutes,
  c09WorkingTime,
  c10NoDoubleBooking,
  c11LinkInTime,
  c12RightPerson,
  c13Recorded,
  c14WrittenRecord,
  c15Order,
  c16Immediately,
  c17RightAddress,
  c18Delivered,
  c19ReschedulingDuties,
  c20NothingForgotten,
  c21Untouched,
];

export type Overall = 'pass' | 'fail' | 'pending';

export type Judgement = {
  /** `fail` if any check fails, else `pending` if any is pending, else `pass` */
  readonly overall: Overall;
  /** number of checks that warn */
  readonly warnings: number;
  /** number of checks that were waived */
  readonly waived: number;
  /** C01 to C21, in order */
  readonly checks: readonly CheckResult[];
  /**
   * The judgement stands up to and including this moment while no new fact is recorded; after it at least one verdict turns.
   * Absent: time alone changes nothing any more.
   */
  readonly nextChangeAt?: Instant;
};

const overallOf = (results: readonly CheckResult[]): Overall =>
  results.some(({ verdict }) => verdict === 'fail') ? 'fail' : results.some(({ verdict }) => verdict === 'pending') ? 'pending' : 'pass';

const count = (results: readonly CheckResult[], verdict: CheckResult['verdict']): number =>
  results.filter((result) => result.verdict === verdict).length;

const nextTurn = (results: readonly CheckResult[], asOf: Instant): Instant | undefined => {
  let next: Instant | undefined;
  for (const { failsAt, warnsAt, appliesAt } of results) {
    for (const turn of [failsAt, warnsAt, appliesAt]) {
      if (turn !== undefined && turn >= asOf && (next === undefined || turn < next)) next = turn;
    }
  }
  return next;
};

/** What an auditor asks of a ticket (rulebook, section 5), as the answer was at `asOf`. The same facts give the same answer for ever. */
export const judge = (caseFile: CaseFile, asOf: Instant): Judgement => {
  const dossier = dossierAt(caseFile, asOf);
  const results = checks.map((check) => check(dossier));
  const nextChangeAt = nextTurn(results, asOf);
  return {
    overall: overallOf(results),
    warnings: count(results, 'warn'),
    waived: count(results, 'waived'),
    checks: results,
    ...defined({ nextChangeAt }),
  };
};
