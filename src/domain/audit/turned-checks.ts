import { defined } from '../kernel/defined';
import type { CheckResult, Verdict } from './check';
import type { Judgement } from './judge';

/** A check that says something else than before; without `before` nothing was judged yet. */
export type TurnedCheck = Pick<CheckResult, 'id' | 'article' | 'text'> & { readonly before?: Verdict; readonly after: Verdict };

/** In the order of the checks. At first everything is new, and what does not apply is no news. */
export const turnedChecks = (before: Judgement | undefined, after: Judgement): readonly TurnedCheck[] => {
  const was = new Map(before?.checks.map(({ id, verdict }) => [id, verdict]));
  return after.checks.flatMap(({ id, article, text, verdict }) => {
    const old = was.get(id);
    if (old === verdict || (old === undefined && verdict === 'not-applicable')) return [];
    return [{ id, article, text, ...defined({ before: old }), after: verdict }];
  });
};
