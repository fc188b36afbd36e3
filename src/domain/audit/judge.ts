import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/instant';
import type { CaseFile } from './case-file';
import type { CheckResult } from './check';
import { checks } from './checks';
import { dossierAt } from './dossier';

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
