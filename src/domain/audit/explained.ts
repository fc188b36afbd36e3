import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant, RecordedFact } from '../kernel/fact';
import type { Grade } from '../kernel/grade';
import { isPersonalText, type PersonalText } from '../kernel/personal-text';
import type { TicketFact } from '../ticket/facts';
import { type TicketState, ticket } from '../ticket/ticket';
import { momentAfter } from '../time/civil-time';
import { type CaseFile, type Evidence, liveStamps, wasRequested } from './case-file';
import type { Verdict } from './check';
import { type CheckResult, judge, type Judgement } from './judge';
import { type HistoryStep, historySteps, partsOf } from './history';

/** The fields of a ticket's facts that say by when something must be, or until when it holds. */
export const dueFields = [
  'heldUntil',
  'expiresAt',
  'codeExpiresAt',
  'invitationDueAt',
  'outcomeDueAt',
  'noticeDueAt',
  'newSlotDueAt',
  'slotFreeFrom',
  'resolutionTargetAt',
  'resolutionHardLimitAt',
  'recordingDueAt',
  'followUpDueAt',
  'dueAt',
] as const;
export type DueField = (typeof dueFields)[number];
type DueInstant = { readonly name: DueField; readonly at: Instant };

/** The instants that a fact fixed when it was recorded; a later policy does not move them. */
const dueInstants = ({ data }: TicketFact): readonly DueInstant[] => {
  const given = new Map<string, unknown>(Object.entries(data));
  return dueFields.flatMap((name) => {
    const at = given.get(name);
    return typeof at === 'string' ? [{ name, at }] : [];
  });
};

export type Leaf = string | number | boolean | null | PersonalText;

/** One value of a ticket that a step changed. `name` is its way through the state, as `slot.startsAt`. Absent: there was, or is, none. */
export type StateChange<Value = Leaf> = { readonly name: string; readonly before?: Value; readonly after?: Value };

const leavesOf = (value: unknown, name: string): readonly (readonly [name: string, leaf: Leaf])[] => {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [[name, value]];
  if (isPersonalText(value)) return [[name, value]];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([inner, item]: readonly [string, unknown]) =>
    leavesOf(item, name === '' ? inner : `${name}.${inner}`),
  );
};

const leaves = (state: TicketState): ReadonlyMap<string, Leaf> => new Map(state.status === 'absent' ? [] : leavesOf(partsOf(state), ''));

/** What became of a ticket, value by value, in the order of the state; only what is not as it was. */
const stateChanges = (before: TicketState, after: TicketState): readonly StateChange[] => {
  const [was, is] = [leaves(before), leaves(after)];
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((name) => {
    const [old, now] = [was.get(name), is.get(name)];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    return [{ name, ...defined({ before: old, after: now }) }];
  });
};

/**
 * A check that says something else than before, or the same on better or worse grounds; without `before` nothing was judged yet. A grade
 * is left out where the verdict rests on nothing.
 */
type TurnedCheck = Pick<CheckResult, 'id' | 'article' | 'text'> & {
  readonly before?: Verdict;
  readonly after: Verdict;
  readonly gradeBefore?: Grade;
  readonly gradeAfter?: Grade;
};

/** In the order of the checks. At first everything is new, and what does not apply is no news. */
const turnedChecks = (before: Judgement | undefined, after: Judgement): readonly TurnedCheck[] => {
  const was = new Map(before?.checks.map((result) => [result.id, result]));
  return after.checks.flatMap(({ id, article, text, verdict, grade }) => {
    const old = was.get(id);
    if ((old?.verdict === verdict && old.grade === grade) || (old === undefined && verdict === 'not-applicable')) return [];
    return [{ id, article, text, after: verdict, ...defined({ before: old?.verdict, gradeBefore: old?.grade, gradeAfter: grade }) }];
  });
};

/** A fact of another stream that a judgement looks at. `meeting`: the other meeting of the same person begins or ends to stand there. */
type OtherFact = {
  readonly of: 'request' | 'staff' | 'calendar' | 'meeting';
  readonly at: Instant;
  readonly eventId: string;
  /** of the fact; a meeting is told by several */
  readonly type?: string;
};

type AnyEvidence = Pick<Evidence<{ readonly type: string; readonly data: object }>, 'id' | 'recordedAt' | 'fact'>;

const told = (of: Exclude<OtherFact['of'], 'meeting'>, events: readonly AnyEvidence[]): readonly OtherFact[] =>
  events.map(({ id, recordedAt, fact }) => ({ of, at: recordedAt, eventId: id, type: fact.type }));

/** All facts of other streams that can turn a verdict of this ticket. */
const otherFacts = ({ ticketId, request, staff, calendar, otherMeetings }: CaseFile): readonly OtherFact[] => [
  ...told('request', request),
  ...Object.values(staff).flatMap((events) => told('staff', events)),
  ...told('calendar', calendar),
  ...otherMeetings
    .filter((meeting) => meeting.ticketId !== ticketId)
    .flatMap((meeting) =>
      Object.values(liveStamps(meeting)).map(({ recordedAt: at }) => ({ of: 'meeting' as const, at, eventId: meeting.eventId })),
    ),
];

/** An event of the ticket: what it made of it, what it fixed, and what it made of the checks. */
export type ExplainedStep = Omit<HistoryStep, 'changed'> & {
  readonly kind: 'step';
  readonly changes: readonly StateChange[];
  readonly due: readonly DueInstant[];
  readonly turned: readonly TurnedCheck[];
  /** the checks as they stood after it, on what was known then; absent where no ticket was asked for, or its evidence is missing */
  readonly judgement?: Judgement;
};
/** Nothing happened, and a verdict turned: after `at`, the last moment in time. */
type TimePassed = {
  readonly kind: 'time-passed';
  readonly at: Instant;
  readonly turned: readonly TurnedCheck[];
  readonly judgement: Judgement;
};
/** Something was recorded elsewhere, and a verdict turned. */
type HappenedElsewhere = Omit<TimePassed, 'kind'> & { readonly kind: 'elsewhere'; readonly facts: readonly OtherFact[] };
export type ExplainedEntry = ExplainedStep | TimePassed | HappenedElsewhere;

/** The case as it stood after the first events of the ticket: several may bear the same instant, so time alone does not cut it. */
const caseAfter = (caseFile: CaseFile, count: number): CaseFile => {
  const [known, later] = [caseFile.ticket.slice(0, count), caseFile.ticket.slice(count)];
  const brokenLater = later.some(({ id }) => id === caseFile.chain.firstBroken);
  return { ...caseFile, ticket: known, chain: brokenLater ? { intact: true } : caseFile.chain };
};

/** Verdicts that turn without an event of the ticket, after the judgement `from` and up to `until`, inclusive. */
const turnsUntil = (
  caseFile: CaseFile,
  from: Judgement,
  others: readonly OtherFact[],
  until: Instant,
): { readonly entries: readonly (TimePassed | HappenedElsewhere)[]; readonly judgement: Judgement } => {
  const entries: (TimePassed | HappenedElsewhere)[] = [];
  let judgement = from;
  const passTo = (instant: Instant): void => {
    for (let at = judgement.nextChangeAt; at !== undefined && at < instant; at = judgement.nextChangeAt) {
      const next = judge(caseFile, momentAfter(at));
      entries.push({ kind: 'time-passed', at, turned: turnedChecks(judgement, next), judgement: next });
      judgement = next;
    }
  };
  for (const instant of [...new Set(others.map(({ at }) => at))].toSorted()) {
    passTo(instant);
    const next = judge(caseFile, instant);
    const turned = turnedChecks(judgement, next);
    const facts = others.filter(({ at }) => at === instant);
    if (turned.length > 0) entries.push({ kind: 'elsewhere', at: instant, facts, turned, judgement: next });
    judgement = next;
  }
  passTo(until);
  return { entries, judgement };
};

/**
 * A ticket's life with what the procedure said of it at each moment, never with what is known today: each step is judged on the events up
 * to it, and on what other streams had recorded by its instant. Between the steps stand the verdicts that turned by themselves.
 * @param events the ticket's stream, from its first event on
 * @param caseFile its evidence; without it nothing is judged. Its ticket's facts are taken from `events`
 * @param asOf what is recorded later is not known; verdicts are followed up to it
 * @param whole everything is known, regardless of recorded times: now, where a clock may be behind the log
 */
export const explainedHistory = (
  events: readonly RecordedFact<TicketFact>[],
  caseFile: CaseFile | undefined,
  asOf: Instant,
  whole = false,
): readonly ExplainedEntry[] => {
  const steps = new Map(historySteps(events, whole ? undefined : asOf).map((step) => [step.eventId, step]));
  const known = whole ? events : events.filter(({ recordedAt }) => recordedAt <= asOf);
  const all = caseFile && { ...caseFile, ticket: events };
  const others = all === undefined ? [] : otherFacts(all);
  const entries: ExplainedEntry[] = [];
  let before = ticket.initial;
  let judgement: Judgement | undefined;
  known.forEach((event, index) => {
    const after = ticket.evolve(before, event.fact);
    const step = steps.get(event.id);
    if (step !== undefined) {
      const then = all && caseAfter(all, index + 1);
      const judged = then && wasRequested(then) ? judge(then, event.recordedAt) : undefined;
      const { changed: _, ...told } = step;
      entries.push({
        kind: 'step',
        ...told,
        changes: stateChanges(before, after),
        due: dueInstants(event.fact),
        turned: judged === undefined ? [] : turnedChecks(judgement, judged),
        ...defined({ judgement: judged }),
      });
      if (then !== undefined && judged !== undefined) {
        const next = known[index + 1]?.recordedAt;
        const between = others.filter(({ at }) => at > event.recordedAt && (next === undefined ? at <= asOf : at < next));
        const turns = turnsUntil(then, judged, between, next ?? asOf);
        entries.push(...turns.entries);
        judgement = turns.judgement;
      }
    }
    before = after;
  });
  return entries;
};
