import { reminderDue, type ReminderPlan, remindersAfter } from '../../../src/domain/ticket/reminders';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { aLife, chances, factOf, instantOf, type Life, slotAt } from './lives-of-meetings';
import { expectedOutcomes } from './expected-reminders';

/** The pure process, or one that was broken on purpose. */
export type ReminderRules = { readonly after: typeof remindersAfter; readonly due: typeof reminderDue };
export const ownRules: ReminderRules = { after: remindersAfter, due: reminderDue };

const isAway = (stretches: Life['mailAway'], at: number): boolean => stretches.some(([begins, ends]) => at >= begins && at < ends);

/** The next instant at which the runner looks and somebody is there, at this one or after it. */
const lookFrom = ({ ticks: { offset, period }, serviceAway }: Life, from: number): number => {
  let at = Math.ceil((from - offset) / period) * period + offset;
  while (isAway(serviceAway, at)) at += period;
  return at;
};

const mostLooks = 5_000;
const mostAtOnce = 20;

/** What the process does in this life. Now and then it ends between the letter and the fact, and begins again. */
export const outcomesOf = (life: Life, rules: ReminderRules, crashes: () => boolean): readonly string[] => {
  const outcomes: string[] = [];
  const letters = new Set<string>();
  let plan: ReminderPlan | undefined;
  let next = 0;
  let now = -Infinity;
  const tell = (fact: TicketFact, at: number): void => {
    plan = rules.after(plan, { fact, at: instantOf(at) });
  };
  const { happenings } = life;
  for (let looked = 0; looked < mostLooks; looked += 1) {
    const dueAt = plan?.open[0]?.dueAt;
    const look = dueAt === undefined ? Infinity : lookFrom(life, Math.max(now + 1, Date.parse(dueAt)));
    const happening = happenings[next];
    if (happening !== undefined && happening.at <= look) {
      next += 1;
      tell(factOf(happening, life), happening.at);
      continue;
    }
    if (look === Infinity) break;
    now = look;
    for (let round = 0; round < mostAtOnce; round += 1) {
      const due = plan && rules.due(plan, instantOf(now));
      if (!due || plan?.slot === undefined) break;
      // only rules that are broken come to this
      if (round === mostAtOnce - 1) return [...outcomes, 'it never ends'];
      const start = Date.parse(plan.slot.startsAt);
      const { hoursBefore } = due.reminder;
      const name = `${String(start)} ${String(hoursBefore)}`;
      const about = { hoursBefore, slot: slotAt(start) };
      if (due.kind === 'too-late' && !letters.has(name)) {
        outcomes.push(`left out ${name} at ${String(now)}`);
        tell({ type: 'ReminderLeftOut', data: { ...about, cause: 'too-late', leftOutAt: instantOf(now) } }, now);
        continue;
      }
      if (!letters.has(name)) {
        if (isAway(life.mailAway, now)) break;
        letters.add(name);
        outcomes.push(`sent ${name} at ${String(now)}`);
        // the outbox has it, the ticket does not: the next look finds it there
        if (crashes()) break;
      }
      tell({ type: 'ReminderSent', data: { ...about, letterId: name, acceptedAt: instantOf(now) } }, now);
    }
  }
  return outcomes.sort();
};

export type Simulated = { readonly meetings: number; readonly sent: number; readonly leftOut: number; readonly wrong: readonly string[] };

/** So many lives, each held against what is expected of it; `wrong` names the first of those that are not as expected. */
export const simulate = (meetings: number, seed: number, rules: ReminderRules = ownRules, mostWrong = 3): Simulated => {
  const chance = chances(seed);
  const wrong: string[] = [];
  let sent = 0;
  let leftOut = 0;
  for (let meeting = 0; meeting < meetings && wrong.length < mostWrong; meeting += 1) {
    const life = aLife(chance);
    const outcomes = outcomesOf(life, rules, () => chance.next() < 0.05);
    const expected = expectedOutcomes(life);
    if (outcomes.join('\n') !== expected.join('\n')) wrong.push(JSON.stringify({ meeting, life, outcomes, expected }));
    sent += outcomes.filter((outcome) => outcome.startsWith('sent')).length;
    leftOut += outcomes.length;
  }
  return { meetings, sent, leftOut: leftOut - sent, wrong };
};
