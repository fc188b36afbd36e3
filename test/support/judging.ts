import type { Verdict } from '../../src/domain/audit/check';
import { type CheckId, judge } from '../../src/domain/audit/judge';
import type { Instant } from '../../src/domain/kernel/fact';
import type { History } from './history';

/** Long after every deadline of the stories of March 2026. */
export const settled: Instant = '2026-05-01T00:00:00.000Z';

/** The verdicts by check. */
export const verdicts = (history: History, asOf: Instant = settled): Readonly<Record<string, Verdict>> =>
  Object.fromEntries(judge(history, asOf).checks.map(({ id, verdict }) => [id, verdict]));

export const idsWith = (history: History, verdict: Verdict, asOf: Instant = settled): readonly CheckId[] =>
  judge(history, asOf)
    .checks.filter((check) => check.verdict === verdict)
    .map(({ id }) => id);

export const resultOf = (history: History, id: CheckId, asOf: Instant = settled) => {
  const result = judge(history, asOf).checks.find((check) => check.id === id);
  if (result === undefined) throw new Error(`${id} is not judged.`);
  return result;
};

/** How a check ends and the facts that it names, by type; of another ticket its event. */
export const foundOn = (
  { ticket, request, ...history }: History,
  id: CheckId,
  asOf: Instant = settled,
): readonly [Verdict, ...string[]] => {
  const types = new Map([...ticket, ...request].map((event) => [event.id, event.fact.type]));
  const { verdict, evidence } = resultOf({ ticket, request, ...history }, id, asOf);
  return [verdict, ...evidence.map((event) => types.get(event) ?? event)];
};
