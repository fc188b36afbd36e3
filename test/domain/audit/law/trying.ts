import { dossierAt } from '../../../../src/domain/audit/case-file';
import type { Verdict } from '../../../../src/domain/audit/check';
import { auditChecks, type CheckResult, judge } from '../../../../src/domain/audit/judge';
import { historyOfLife, type Life, lifeInWords, longAfter } from '../../../support/lives';
import type { History } from '../../../support/history';
import type { Breach } from './breaking';
import type { Variation } from './variations';

export type ToldLife = { readonly life: Life; readonly history: History };

/** Each life told once, when it is first asked for, in an order in which neighbours have little in common. */
export const toldLives = (lives: readonly Life[]): Iterable<ToldLife> => {
  const told = new Map<number, ToldLife>();
  const step = 211;
  return {
    *[Symbol.iterator]() {
      for (let index = 0; index < lives.length; index += 1) {
        const place = (index * step) % lives.length;
        const life = lives[place];
        if (life === undefined) continue;
        const known = told.get(place) ?? { life, history: historyOfLife(life) };
        told.set(place, known);
        yield known;
      }
    },
  };
};

const foundIn = (history: History, id: Breach['check']): Verdict => auditChecks[id].find(dossierAt(history, longAfter)).verdict;

const noticed: readonly Verdict[] = ['fail', 'warn', 'pending'];

/** How the check ended, and how well that is known. */
const gradedIn = (history: History, id: Breach['check']): Pick<CheckResult, 'verdict' | 'grade'> | undefined =>
  judge(history, longAfter).checks.find((check) => check.id === id);

/** Where only the origin is broken, a lower grade is notice. */
const originNoticed = (broken: History, id: Breach['check']): boolean => gradedIn(broken, id)?.grade === 'declared';

/** What was given up already, or only said before, cannot be broken. */
const isBreakable = ({ check, origin }: Breach, history: History): boolean =>
  origin ? gradedIn(history, check)?.grade === 'observed' : foundIn(history, check) !== 'waived';

export type Tried = {
  readonly lives: number;
  /** how the check ended, each once */
  readonly ends: readonly Verdict[];
  /** the lives whose breach nobody noticed, in words */
  readonly survived: readonly string[];
};

/** A breach in as many lives as there are, or as are wanted. Where the sentence was given up already, there is nothing to break. */
export const tryBreach = (breach: Breach, lives: Iterable<ToldLife>, wanted = Infinity): Tried => {
  const ends = new Set<Verdict>();
  const survived: string[] = [];
  let tried = 0;
  for (const { life, history } of lives) {
    if (tried === wanted) break;
    const broken = breach.breaks(history);
    if (broken === undefined || !isBreakable(breach, history)) continue;
    tried += 1;
    const verdict = foundIn(broken, breach.check);
    ends.add(verdict);
    if (!noticed.includes(verdict) && !(breach.origin && originNoticed(broken, breach.check)))
      survived.push(`${lifeInWords(life)}: ${verdict}`);
  }
  return { lives: tried, ends: [...ends].sort(), survived };
};

/** A way of keeping the procedure, in as many lives: who is accused, and of what. */
export const tryVariation = ({ varies }: Variation, lives: Iterable<ToldLife>, wanted = Infinity): Tried => {
  const ends = new Set<Verdict>();
  const survived: string[] = [];
  let tried = 0;
  for (const { life, history } of lives) {
    if (tried === wanted) break;
    const varied = varies(history);
    if (varied === undefined) continue;
    tried += 1;
    const accused = judge(varied, longAfter).checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'pending');
    for (const { verdict } of accused) ends.add(verdict);
    if (accused.length > 0) survived.push(`${lifeInWords(life)}: ${accused.map(inWords).join(' ')}`);
  }
  return { lives: tried, ends: [...ends].sort(), survived };
};

const inWords = ({ id, verdict, text }: CheckResult): string => `${id} ${verdict}, ${text.en}`;
