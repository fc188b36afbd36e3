import { defined } from '../../domain/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { plusSeconds } from '../../domain/time/civil-time';
import type { Attempt } from '../kernel/ports/operations';
import { awaited, never } from '../kernel/processes/process';

/**
 * `under-way`: begun, and not ended yet. `awaited`: nothing failed, something is still to come. `retrying`: it failed and is tried again by
 * itself. `given-up`: a person has the task, and it is tried again only when somebody asks for it.
 */
export const effectStates = ['given-up', 'retrying', 'awaited', 'under-way'] as const;
export type EffectState = (typeof effectStates)[number];

/** A letter among the effects; nothing of whom it is to. */
export type WaitingLetter = {
  readonly letterId: string;
  /** of a letter to a civil servant: whose it is, as `staff-<staffId>` */
  readonly ticketId: string;
  readonly attempts: number;
  readonly lastAt: Instant;
  readonly nextAt?: Instant;
};

/** What one process has not ended, for the same reason. */
export type WaitingEffects = {
  readonly process: string;
  readonly state: EffectState;
  /** the class of the error, and nothing of its message */
  readonly error?: string;
  readonly count: number;
  /** the most that any of them was tried */
  readonly attempts: number;
  readonly oldest: Instant;
  /** when the first of them is tried again */
  readonly nextAt?: Instant;
  /** where they are letters */
  readonly letters: readonly WaitingLetter[];
};

const stateOf = ({ error, nextAt }: Attempt): EffectState => {
  if (nextAt === never) return 'given-up';
  if (error === awaited) return 'awaited';
  return error === undefined ? 'under-way' : 'retrying';
};

/** An effect's attempts are counted under `<process>:<ticket>:…`; a letter's under `<process>:<ticket>:<letter>:<instant>`. */
const letterOf = ({ effectId, attempts, lastAt, nextAt }: Attempt): readonly WaitingLetter[] => {
  const [process = '', ticketId = '', letterId = ''] = effectId.split(':');
  if (!process.endsWith('-letters') || letterId === '') return [];
  return [{ letterId, ticketId, attempts, lastAt, ...(nextAt === never ? {} : defined({ nextAt })) }];
};

/** Nobody has taken it up for so long after its time, where its process has nothing due: what it was for is over, and it waits no more. */
const overAfterSeconds = 600;

/**
 * By process, state and error; what was given up first.
 * @param hasDue whether a process of this name has something due: left out, what is over is told as well
 */
export const waitingEffects = (
  attempts: readonly Attempt[],
  at: Instant = never,
  hasDue: (process: string) => boolean = () => true,
): readonly WaitingEffects[] => {
  const groups = new Map<string, WaitingEffects>();
  for (const attempt of attempts) {
    if (attempt.done) continue;
    const [process = ''] = attempt.effectId.split(':');
    const since = attempt.nextAt ?? attempt.lastAt;
    if (since < at && plusSeconds(since, overAfterSeconds) < at && !hasDue(process)) continue;
    const state = stateOf(attempt);
    const error = state === 'awaited' ? undefined : attempt.error;
    const name = JSON.stringify([process, state, error]);
    const before = groups.get(name);
    const next = [before?.nextAt, attempt.nextAt].filter((at) => at !== undefined && at !== never).sort()[0];
    groups.set(name, {
      ...{ process, state, ...defined({ error, nextAt: next }) },
      count: (before?.count ?? 0) + 1,
      attempts: Math.max(before?.attempts ?? 0, attempt.attempts),
      oldest: before === undefined || attempt.lastAt < before.oldest ? attempt.lastAt : before.oldest,
      letters: [...(before?.letters ?? []), ...letterOf(attempt)],
    });
  }
  const rank = ({ state }: WaitingEffects): number => effectStates.indexOf(state);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count || (a.process < b.process ? -1 : 1));
};
