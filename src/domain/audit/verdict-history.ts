import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import type { Grade } from '../kernel/grade';
import { momentAfter, momentBefore } from '../time/civil-time';
import { type CaseFile, liveStamps } from './case-file';
import type { Verdict } from './check';
import { type CheckId, judge, type Judgement } from './judge';
import type { Stamp } from './log-clock';

/** A check, or what the checks come to together. */
export type JudgedId = CheckId | 'overall';

/** How long one verdict, known in one way, was the answer. */
export type VerdictInterval = {
  readonly check: JudgedId;
  readonly verdict: Verdict;
  /** none where nothing is found yet; of `overall` the weakest of what was found kept */
  readonly grade?: Grade;
  /** the first moment at which it is so */
  readonly validFrom: Instant;
  /** the first moment at which it is so no more; absent: it is the answer now */
  readonly validUntil?: Instant;
};

export type VerdictHistory = {
  /** by check in the order of the checks, `overall` last; of each in the order of time and without a gap */
  readonly intervals: readonly VerdictInterval[];
  /** what is the answer now, with the moment at which it became so, or was asked */
  readonly newest: Judgement & { readonly asOf: Instant };
  /** It stands up to and including this moment while nothing new is recorded. Absent: for ever. */
  readonly nextChangeAt?: Instant;
};

/**
 * From when on each was known: since it was recorded, or since something was that stands in the log behind it, where a clock
 * went back. It is what `knownIn` says, asked for every moment at once.
 */
const knownFrom = (caseFile: CaseFile): ((stamp: Stamp) => Instant) => {
  const meetings = caseFile.otherMeetings.flatMap((meeting) => Object.values(liveStamps(meeting)));
  const stamps: readonly Stamp[] = [
    ...caseFile.ticket,
    ...caseFile.request,
    ...Object.values(caseFile.staff).flat(),
    ...caseFile.calendar,
    ...meetings,
  ];
  const earliest = new Map<string, Instant>();
  let sinceThen: Instant | undefined;
  for (const { position, recordedAt } of stamps.toSorted((one, other) => ((one.position ?? '') > (other.position ?? '') ? -1 : 1))) {
    if (position === undefined || position === '') break;
    sinceThen = sinceThen === undefined || recordedAt < sinceThen ? recordedAt : sinceThen;
    earliest.set(position, sinceThen);
  }
  return ({ position = '', recordedAt }) => earliest.get(position) ?? recordedAt;
};

/**
 * The moments at which a judgement may learn something, in order. What is known of people and of the calendar is looked at as it stood
 * when something was done, and is known whenever that is: it makes no moment of its own.
 */
const momentsOf = (caseFile: CaseFile): readonly Instant[] => {
  const known = knownFrom(caseFile);
  const requested = caseFile.ticket.find(({ fact }) => fact.type === 'Requested');
  if (requested === undefined) return [];
  const begins = known(requested);
  const meetings = caseFile.otherMeetings.flatMap((meeting) => Object.values(liveStamps(meeting)));
  const moments = [...caseFile.ticket, ...caseFile.request, ...meetings].map(known).sort();
  return [...new Set(moments)].filter((moment) => moment >= begins);
};

type Answer = Pick<VerdictInterval, 'verdict' | 'grade'>;

/** What each check says, and all together; without C21, the seal, which is about the bytes of the log and of no moment. */
const answersOf = ({ overall, grade, checks }: Judgement): ReadonlyMap<JudgedId, Answer> => {
  const answers = new Map<JudgedId, Answer>();
  for (const { id, ...found } of checks) {
    if (id !== 'C21') answers.set(id, { verdict: found.verdict, ...defined({ grade: found.grade }) });
  }
  return answers.set('overall', { verdict: overall, ...defined({ grade }) });
};

/** Of one check, one answer behind the other. */
type Told = VerdictInterval[];

/** One more judgement, of a later moment: what is answered otherwise ends there. */
const tell = (told: Map<JudgedId, Told>, judgement: Judgement, at: Instant): void => {
  for (const [check, answer] of answersOf(judgement)) {
    const intervals = told.get(check) ?? [];
    const last = intervals.at(-1);
    if (last?.verdict === answer.verdict && last.grade === answer.grade) continue;
    if (last !== undefined) intervals.splice(-1, 1, { ...last, validUntil: at });
    intervals.push({ check, ...answer, validFrom: at });
    told.set(check, intervals);
  }
};

/**
 * Every verdict of a ticket that was asked for, from its first moment up to this one (Art. 9): at any moment t before `at` the intervals with
 * `validFrom <= t` and t before `validUntil` are those of `judge(caseFile, t)`, which knows what was known then. C21 is in none.
 * What is open is the answer now, `judge(caseFile, at, true)`. While a clock is behind the log, that knows of facts whose time has not come:
 * then it begins at `at`, and stands until the next of them has come, when the moments from there on are judged as every other.
 * @returns `undefined` where the ticket was never asked for
 */
export const verdictHistory = (caseFile: CaseFile, at: Instant): VerdictHistory | undefined => {
  const moments = momentsOf(caseFile);
  if (moments.length === 0) return undefined;
  const told = new Map<JudgedId, Told>();
  /** The next moment in which something is learnt, or turns by itself. */
  const next = (moment: Instant, { nextChangeAt }: Judgement): Instant | undefined => {
    const learnt = moments.find((one) => one > moment);
    const turn = nextChangeAt && momentAfter(nextChangeAt);
    return turn === undefined || (learnt !== undefined && learnt < turn) ? learnt : turn;
  };
  let newest: VerdictHistory['newest'] | undefined;
  let moment = moments[0];
  while (moment !== undefined && moment <= at) {
    newest = { ...judge(caseFile, moment), asOf: moment };
    tell(told, newest, moment);
    moment = next(moment, newest);
  }
  const isAhead = moments.some((one) => one > at);
  if (newest === undefined || isAhead) {
    newest = { ...judge(caseFile, at, true), asOf: at };
    tell(told, newest, at);
    moment = next(at, newest);
  }
  return { intervals: [...told.values()].flat(), newest, ...defined({ nextChangeAt: moment && momentBefore(moment) }) };
};
