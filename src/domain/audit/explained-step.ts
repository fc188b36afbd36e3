import { defined } from '../kernel/defined';
import type { RecordedFact } from '../kernel/fact';
import type { Instant } from '../kernel/instant';
import type { TicketFact } from '../ticket/facts';
import { ticket } from '../ticket/ticket';
import { plusSeconds } from '../time/civil-time';
import type { CaseFile } from './case-file';
import { type DueInstant, dueInstants } from './due-instants';
import { type HistoryStep, historySteps } from './history-steps';
import { judge, type Judgement } from './judge';
import { otherFacts, type OtherFact } from './other-facts';
import { type StateChange, stateChanges } from './state-changes';
import { type TurnedCheck, turnedChecks } from './turned-checks';

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
export type TimePassed = {
  readonly kind: 'time-passed';
  readonly at: Instant;
  readonly turned: readonly TurnedCheck[];
  readonly judgement: Judgement;
};
/** Something was recorded elsewhere, and a verdict turned. */
export type HappenedElsewhere = Omit<TimePassed, 'kind'> & { readonly kind: 'elsewhere'; readonly facts: readonly OtherFact[] };
export type ExplainedEntry = ExplainedStep | TimePassed | HappenedElsewhere;

const aMillisecond = 0.001;

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
      const next = judge(caseFile, plusSeconds(at, aMillisecond));
      const turned = turnedChecks(judgement, next);
      if (turned.length > 0) entries.push({ kind: 'time-passed', at, turned, judgement: next });
      judgement = next;
    }
  };
  for (const instant of new Set(others.map(({ at }) => at))) {
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
 * A ticket's life with what the procedure said of it at each moment, never with what is known today: each step is judged on the events
 * up to it, and on what other streams had recorded by its instant. Between the steps stand the verdicts that turned by themselves.
 * @param events the ticket's stream, from its first event on
 * @param caseFile its evidence; without it nothing is judged. Its ticket's facts are taken from `events`
 * @param asOf what is recorded later is not known; verdicts are followed up to it
 */
export const explainedHistory = (
  events: readonly RecordedFact<TicketFact>[],
  caseFile: CaseFile | undefined,
  asOf: Instant,
): readonly ExplainedEntry[] => {
  const steps = new Map(historySteps(events, asOf).map((step) => [step.eventId, step]));
  const known = events.filter(({ recordedAt }) => recordedAt <= asOf);
  const whole = caseFile && { ...caseFile, ticket: events };
  const others = whole === undefined ? [] : otherFacts(whole);
  const entries: ExplainedEntry[] = [];
  let before = ticket.initial;
  let judgement: Judgement | undefined;
  known.forEach((event, index) => {
    const after = ticket.evolve(before, event.fact);
    const step = steps.get(event.id);
    if (step !== undefined) {
      const then = whole && caseAfter(whole, index + 1);
      const judged = then && judge(then, event.recordedAt);
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
