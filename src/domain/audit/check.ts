import type { CivilDate, Instant } from '../kernel/fact';
import { civilDateOf, dayOfDue, endsItsDay, localTimeOf } from '../time/civil-time';
import type { Dossier } from './case-file';

/** `waived` is never `pass`: the citizen gave the demand up. `warn` is in time for the law but not for the target. */
export type Verdict = 'pass' | 'fail' | 'warn' | 'waived' | 'pending' | 'not-applicable';

/** A sentence that a person reads; no personal data. */
export type Sentence = { readonly ro: string; readonly en: string };

export type Found = {
  readonly verdict: Verdict;
  /** ids of the events that prove the verdict, in the order in which they happened */
  readonly evidence: readonly string[];
  /**
   * ids of those among them whose grade the verdict has, where that is not all of them. None: the verdict rests on nothing but what the
   * log itself shows, and is observed.
   */
  readonly restsOn?: readonly string[];
  readonly text: Sentence;
};
/** When time alone turns a verdict. */
export type Turns = {
  /** After this moment (it is the last in time) the verdict becomes `fail` unless something happens. */
  readonly failsAt?: Instant;
  /** After this moment the verdict becomes `warn` unless something happens. */
  readonly warnsAt?: Instant;
  /** After this moment the check applies, or (C20, after a rescheduling) applies again, unless something happens. */
  readonly appliesAt?: Instant;
};

/** What could confirm, or have seen, a fact that a person declares. A register that is asked about requests need not show their documents. */
export const observers = ['webex', 'register', 'register-documents', 'mail'] as const;
export type Observer = (typeof observers)[number];

/** A check of the rulebook's section 5: what it is called, when it holds, and a pure function of what was known at a moment. */
export type Check = {
  /** article of the Annex, as `3 e`; of the Order itself, as `D4` */
  readonly article: string;
  readonly name: Sentence;
  /** The numbers are those of the policies' first version. */
  readonly holds: Sentence;
  /** which outside systems could confirm what it rests on, where an installation has them */
  readonly observable: readonly Observer[];
  readonly find: (dossier: Dossier) => Found & { readonly turns?: Turns };
};

type Seen = { readonly id: string } | undefined;

/** Each once, in order; there are never more than a few. */
const idsOf = (events: readonly Seen[]): readonly string[] => {
  const ids: string[] = [];
  for (const event of events) if (event !== undefined && !ids.includes(event.id)) ids.push(event.id);
  return ids;
};

const finding =
  (verdict: Verdict) =>
  (text: Sentence, events: readonly Seen[] = [], turns?: Turns): ReturnType<Check['find']> => {
    const evidence = idsOf(events);
    // twenty for every ticket of a rebuild: spreading what may be missing costs more than the check
    return turns === undefined ? { verdict, evidence, text } : { verdict, evidence, text, turns };
  };

export const pass = finding('pass');
export const fail = finding('fail');
export const warn = finding('warn');
export const waived = finding('waived');
export const pending = finding('pending');
export const notApplicable = finding('not-applicable');

/** The same finding, resting on some of its events alone: its grade is theirs. */
export const restingOn = (found: ReturnType<Check['find']>, events: readonly Seen[]): ReturnType<Check['find']> => ({
  ...found,
  restsOn: idsOf(events),
});

/** A check: the article that demands it, its name and when it holds in both languages, how it is found, and who could confirm it. */
export const check = (
  article: string,
  { ro, en }: { readonly ro: readonly [name: string, holds: string]; readonly en: readonly [name: string, holds: string] },
  find: Check['find'],
  ...observable: readonly Observer[]
): Check => ({ article, name: { ro: ro[0], en: en[0] }, holds: { ro: ro[1], en: en[1] }, observable, find });

/** A local moment as both languages write it here: `25.11.2026, 10:15`; with seconds where a minute would hide the point. */
export const moment = (instant: Instant): string => {
  const seconds = instant.slice(17, 19);
  return `${day(civilDateOf(instant))}, ${localTimeOf(instant)}${seconds === '00' ? '' : `:${seconds}`}`;
};

/** The same of a target or a limit: `25.11.2026, 24:00` where it is the end of a day. */
export const dueMoment = (due: Instant): string => (endsItsDay(due) ? `${day(dayOfDue(due))}, 24:00` : moment(due));

export const day = (date: CivilDate): string => date.split('-').toReversed().join('.');

/** A length of time, cut down to whole seconds: `47 h 59 min 30 s`. */
export const lengthOf = (seconds: number): string => {
  const whole = Math.trunc(Math.abs(seconds));
  const parts = [
    [Math.trunc(whole / 3600), 'h'],
    [Math.trunc((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ] as const;
  const told = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return `${seconds < 0 ? '−' : ''}${told.length === 0 ? '0 s' : told.join(' ')}`;
};

export const neverScheduled: Sentence = { ro: 'Întâlnirea nu a fost programată.', en: 'The meeting was not scheduled.' };
export const notHeld: Sentence = { ro: 'Întâlnirea nu a avut loc.', en: 'The meeting has not taken place.' };
export const notOnline: Sentence = { ro: 'Întâlnirea nu este online.', en: 'The meeting is not online.' };
