import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { plusSeconds } from '../../domain/time/civil-time';
import type { Attempt } from '../kernel/ports/operations';
import { columnValue, meets, RowParked, type ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import { awaited, never, type Process, type Todo } from '../kernel/processes/process';
import { earlierHourLetters } from '../booking/earlier-hours';
import { reminderLetters } from '../booking/reminders';
import { textMessages } from '../booking/text-messages';
import { officialLetters } from '../staff/official-letters';
import { allProcesses } from './all-processes';

/**
 * `under-way`: begun, and not ended yet. `awaited`: nothing failed, something is still to come. `retrying`: it failed and is tried again by
 * itself. `given-up`: a person has the task, and it is tried again only when an operator asks for it.
 */
export const effectStates = ['given-up', 'retrying', 'awaited', 'under-way'] as const;
export type EffectState = (typeof effectStates)[number];

/** A letter among the effects; nothing of whom it is to. */
export type WaitingLetter = {
  readonly letterId: string;
  readonly ticketId: string;
  readonly attempts: number;
  readonly lastAt: Instant;
  readonly nextAt?: Instant;
};

/** Which effects are meant: those of one process that wait for the same reason. */
export type EffectGroup = {
  readonly process: string;
  readonly state: EffectState;
  /** the class of the error, and nothing of its message */
  readonly error?: string;
};

/** What one process has not ended, for the same reason. */
export type WaitingEffects = EffectGroup & {
  readonly count: number;
  /** the most that any of them was tried */
  readonly attempts: number;
  readonly oldest: Instant;
  /** when the first of them is tried again */
  readonly nextAt?: Instant;
  /** where they are letters that are sent again by hand */
  readonly letters: readonly WaitingLetter[];
};

const stateOf = ({ error, nextAt }: Attempt): EffectState => {
  if (nextAt === never) return 'given-up';
  if (error === awaited) return 'awaited';
  return error === undefined ? 'under-way' : 'retrying';
};

/** An effect's attempts are counted under `<process>:<row>:…`; a citizen's letter's under `<process>:<ticket>:<letter>:<instant>`. */
const partsOf = (effectId: string): readonly [process: string, row: string, third: string] => {
  const [process = '', row = '', third = ''] = effectId.split(':');
  return [process, row, third];
};

/** Some name their effects without what every process's name begins with. */
const processOf = (effectId: string): Process | undefined => {
  const [named] = partsOf(effectId);
  return allProcesses.find(({ name }) => name === named || name === `process-${named}`);
};

/** What they did not say the next one says, or the page: these are not sent again by hand. */
const notByHand: readonly string[] = [reminderLetters, earlierHourLetters, officialLetters, textMessages].map(({ name }) => name);

export const mayBeTriedByHand = (effectId: string): boolean => !notByHand.includes(partsOf(effectId)[0]);

/** The letter that this effect sends, where it is one that is sent again by hand. */
export const letterIdOfEffect = (effectId: string): string | undefined => {
  const [process, , letterId] = partsOf(effectId);
  return process.endsWith('-letters') && mayBeTriedByHand(effectId) && letterId !== '' ? letterId : undefined;
};

const letterOf = ({ effectId, attempts, lastAt, nextAt }: Attempt): readonly WaitingLetter[] => {
  const letterId = letterIdOfEffect(effectId);
  if (letterId === undefined) return [];
  return [{ letterId, ticketId: partsOf(effectId)[1], attempts, lastAt, ...(nextAt === never ? {} : defined({ nextAt })) }];
};

/** The process, the state and the error by which effects stand together. */
const groupOf = (attempt: Attempt): EffectGroup => {
  const state = stateOf(attempt);
  return { process: partsOf(attempt.effectId)[0], state, ...defined({ error: state === 'awaited' ? undefined : attempt.error }) };
};

export const isOfGroup = ({ process, state, error }: EffectGroup, attempt: Attempt): boolean => {
  const group = groupOf(attempt);
  return group.process === process && group.state === state && group.error === error;
};

/**
 * Does the row stand that asks for it? Else no process takes it up, also when an operator asks. An effect that belongs to no process has no
 * row: it is wanted only where it is never due again.
 */
const isWanted = async (readModels: Pick<ReadModels, 'get'>, { effectId, nextAt }: Attempt, at: Instant): Promise<boolean> => {
  const process = processOf(effectId);
  if (process === undefined) return nextAt === never;
  try {
    const row = await readModels.get<Todo>(process.name, partsOf(effectId)[1]);
    return (
      row !== undefined &&
      process.effectId(row) === effectId &&
      (process.among?.(at) ?? []).every((one) => meets(columnValue(row[one.column]), one))
    );
  } catch (error) {
    if (error instanceof RowParked) return true;
    throw error;
  }
};

/** So many rows are asked for at a time. */
const askedTogether = 50;

/** A process needs a moment to take it up after its time: only then is it asked whether its row still stands. */
const takenUpWithinSeconds = 600;

const isDoubtful = ({ nextAt, lastAt }: Attempt, at: Instant): boolean =>
  nextAt === never || plusSeconds(nextAt ?? lastAt, takenUpWithinSeconds) < at;

/** Without those that no process takes up any more: what they were for has happened in another way, or is over. */
export const wantedAttempts = async (
  readModels: Pick<ReadModels, 'get'>,
  attempts: readonly Attempt[],
  at: Instant,
): Promise<readonly Attempt[]> => {
  const unwanted = new Set<string>();
  const doubtful = attempts.filter((attempt) => isDoubtful(attempt, at));
  for (let from = 0; from < doubtful.length; from += askedTogether)
    await Promise.all(
      doubtful.slice(from, from + askedTogether).map(async (attempt) => {
        if (!(await isWanted(readModels, attempt, at))) unwanted.add(attempt.effectId);
      }),
    );
  return attempts.filter(({ effectId }) => !unwanted.has(effectId));
};

/** By process, state and error; what was given up first. */
export const waitingEffects = (attempts: readonly Attempt[]): readonly WaitingEffects[] => {
  const groups = new Map<string, WaitingEffects>();
  for (const attempt of attempts) {
    const group = groupOf(attempt);
    const name = JSON.stringify([group.process, group.state, group.error]);
    const before = groups.get(name);
    const next = [before?.nextAt, attempt.nextAt].filter((at) => at !== undefined && at !== never).sort()[0];
    groups.set(name, {
      ...group,
      ...defined({ nextAt: next }),
      count: (before?.count ?? 0) + 1,
      attempts: Math.max(before?.attempts ?? 0, attempt.attempts),
      oldest: before === undefined || attempt.lastAt < before.oldest ? attempt.lastAt : before.oldest,
      letters: [...(before?.letters ?? []), ...letterOf(attempt)],
    });
  }
  const rank = ({ state }: WaitingEffects): number => effectStates.indexOf(state);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count || (a.process < b.process ? -1 : 1));
};
