import type { Observer, Verdict } from '../../../domain/audit/check';
import type { Judgement } from '../../../domain/audit/judge';
import type { Grade } from '../../../domain/kernel/grade';
import type { Locale } from '../../../domain/ticket/facts';
import { sentences } from '../sentences';

/** Never the verdict alone where something is known of how it is known: `Respectată, observat`. */
export const verdictInWords = (verdict: Verdict, grade: Grade | null | undefined, locale: Locale): string => {
  const { verdicts, grades } = sentences[locale].audit;
  const { name } = verdicts[verdict];
  return grade === undefined || grade === null ? name : `${name}, ${grades[grade].name}`;
};

/** A ticket's grade is that of what was found kept: it says nothing of how it is known that something was not. */
export const gradeOfOverall = ({
  overall,
  grade,
}: {
  readonly overall: Judgement['overall'];
  readonly grade?: Grade | null;
}): Grade | null => (overall === 'pass' ? (grade ?? null) : null);

/** On what the whole rests: everything was seen, or these checks stand by what somebody declared. */
export const basisInWords = ({ grade, checks }: Pick<Judgement, 'grade' | 'checks'>, locale: Locale): string | undefined => {
  if (grade === undefined) return undefined;
  const { basis } = sentences[locale].audit.ticket;
  const kept = checks.filter((check) => check.grade === 'declared' && check.verdict !== 'fail' && check.verdict !== 'pending');
  return grade === 'observed' ? basis.observed : basis.declared({ checks: kept.map(({ id }) => id).join(', ') });
};

/** `Webex sau registratura` */
export const observersInWords = (observable: readonly Observer[], locale: Locale): string =>
  new Intl.ListFormat(locale, { type: 'disjunction' }).format(observable.map((one) => sentences[locale].audit.observers[one]));
