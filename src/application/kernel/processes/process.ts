import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import { momentAfter, plusSeconds } from '../../../domain/time/civil-time';
import { isAhead, toleratedSeconds } from '@tichet-albastru/kernel/clock-tolerance';
import { AskedToWait } from '../ports/asked-to-wait';
import type { Attempt } from '../ports/operations';
import type { Identifiers } from '@tichet-albastru/event-log/ports/identifiers';
import type { Ports } from '../ports/ports';
import type { Projection } from '../ports/projection';
import type { Condition, Row } from '@tichet-albastru/event-log/ports/read-models';

/** How long an effect waits after it failed for the n-th time; the last wait holds from then on. */
export type Waits = {
  readonly seconds: readonly number[];
  /** at most this share of the wait is added, so that a thousand letters do not come back together */
  readonly jitterPercent: number;
};

/** Of effects on what is ours, or answers at once. */
const usualWaits: Waits = { seconds: [1, 5, 30, 120, 600], jitterPercent: 20 };

/**
 * Of letters: a server that says "later" (greylisting) means minutes, one that is away comes back within hours. Ten attempts, after 1, 5,
 * 15, 60 and then every 240 minutes, the last one within 24 hours even with the largest random addition.
 */
export const letterWaits: Waits = { seconds: [60, 300, 900, 3600, 14_400], jitterPercent: 10 };
export const letterAttempts = 10;

/** Of a letter with a code: it is tried while the code lives, which is minutes (A9). */
export const codeWaits: Waits = { seconds: [1, 5, 30, 60], jitterPercent: 20 };

/** Kept with an effect that waits for something to come: nothing failed. */
export const awaited = 'awaited';

/** When an effect that failed for the n-th time is tried again. */
export const nextAttemptAt = (
  identifiers: Identifiers,
  at: Instant,
  attempt: number,
  { seconds, jitterPercent }: Waits = usualWaits,
): Instant => {
  const wait = seconds[attempt - 1] ?? seconds.at(-1) ?? 1;
  return plusSeconds(at, wait * (1 + identifiers.between(0, jitterPercent) / 100));
};

/** Given up: a person has the task, and only `attempts.reset` brings the machine back to it. */
export const never: Instant = '9999-12-31T23:59:59.999Z';

/** A row that waits to be acted upon. `dueAt` is an indexed column; a row without it waits for another fact. */
export type Todo = Row & {
  /** the row's own key */
  readonly key: string;
  readonly dueAt?: Instant;
  /** when the event was recorded from which `dueAt` is counted; without it `dueAt` is an appointed time */
  readonly countedFrom?: Instant;
};

/** Due so long after its cause was recorded: at once, unless something is to be left alone for a while. */
export const dueAfter = (
  { recordedAt }: { readonly recordedAt: Instant },
  seconds = 0,
): { readonly dueAt: Instant; readonly countedFrom: Instant } => ({
  dueAt: seconds === 0 ? recordedAt : plusSeconds(recordedAt, seconds),
  countedFrom: recordedAt,
});

/**
 * Due at this instant or before, the instant itself included. Of what is counted from an event that is later than now, the wait cannot be
 * told: it is due as well, or a clock that went back two hours would keep a letter waiting for two hours.
 */
export const isDue = ({ dueAt, countedFrom }: Todo, at: Instant): boolean =>
  dueAt !== undefined && (dueAt <= at || (countedFrom !== undefined && isAhead(countedFrom, at)));

/**
 * A process is a projection whose rows are to-dos. A fact puts a row there, the runner performs it when it is due,
 * the outcome is a fact with a derived id, and that fact removes the row. So a rebuild has no effect on the world.
 */
export type Process<T extends Todo = Todo> = Projection<T> & {
  /** Names this effect for ever: attempts are counted under it and the ids of its facts derive from it. */
  effectId(todo: T): string;
  /** Performs the effect and appends its outcome. A throw is tried again later, with back-off. */
  perform(ports: Ports, todo: T, at: Instant): Promise<void>;
  /** After the last attempt: the task for a person. Appends `TaskRaised`. */
  giveUp(ports: Ports, todo: T, at: Instant): Promise<void>;
  /**
   * Of an effect that ended well without its outcome, because the outcome is still to come: when to look again.
   * Nothing, and it is done.
   */
  again?(todo: T, at: Instant): Instant | undefined;
  /** Which due rows are still worth a look, where rows stay although nothing more is to come of them. */
  among?(at: Instant): readonly Condition[];
  /** How many attempts before a person is asked; infinite where only the machine can do it. */
  readonly attempts: number;
  /** how long it waits after a failure; the usual seconds and minutes when left out */
  readonly waits?: Waits;
  /** After this instant the effect is of little use: where the next attempt would come later, a person is asked at once. */
  uselessAfter?(todo: T): Instant | undefined;
};

/** Every process keeps its due instants in these indexed columns. */
export const todoColumns = { dueAt: 'text', countedFrom: 'text' } as const;

type PerformOptions = {
  /** effects of one process under way at a time */
  readonly concurrency: number;
  readonly signal?: AbortSignal;
};

/** How many effects were tried. Those that wait for their back-off are not counted. */
export type Performed = { readonly done: number; readonly failed: number };

const pageSize = 200;

/** The two by which rows are looked for: by the clock, and by the event from which they are counted. */
const looksAt = (at: Instant): readonly [Condition, Condition] => [
  { column: 'dueAt', before: momentAfter(at) },
  { column: 'countedFrom', from: plusSeconds(at, toleratedSeconds) },
];

/** The todos that `isDue` names: those due by the clock, and those counted from an instant later than now. */
async function* dueTodos(
  ports: Pick<Ports, 'readModels'>,
  process: Process,
  at: Instant,
  looks: readonly Condition[] = looksAt(at),
): AsyncIterable<Todo> {
  const among = process.among?.(at) ?? [];
  for (const look of looks) {
    let cursor: string | undefined;
    do {
      const page = await ports.readModels.select<Todo>(process.name, {
        where: [look, ...among],
        orderBy: [{ column: look.column }],
        limit: pageSize,
        ...defined({ cursor }),
      });
      for (const row of page.rows) if (isDue(row, at)) yield row;
      cursor = page.next;
    } while (cursor !== undefined);
  }
}

/**
 * Asks its table by every column by which the process reads it.
 * @throws UnknownColumn where the table lacks one
 */
export const tryToRead = async ({ readModels }: Pick<Ports, 'readModels'>, process: Process, at: Instant): Promise<void> => {
  await readModels.select(process.name, { where: [...looksAt(at), ...(process.among?.(at) ?? [])], limit: 1 });
};

/** For how many seconds the oldest effect has been due that is neither done nor given up, whether it was tried or not. */
export const secondsWaited = async (ports: Pick<Ports, 'readModels' | 'operations'>, process: Process, at: Instant): Promise<number> => {
  const [byTheClock] = looksAt(at);
  for await (const todo of dueTodos(ports, process, at, [byTheClock])) {
    const { done = false, nextAt, error } = (await ports.operations.attempts.get(process.effectId(todo))) ?? {};
    if (!done && nextAt !== never && error !== awaited) return (Date.parse(at) - Date.parse(todo.dueAt ?? at)) / 1000;
  }
  return 0;
};

/** An error's class and nothing else: its message may quote an address. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'not-an-error');

/** Its turn by the back-off, unless the system outside has asked for a longer rest. */
const nextAfter = (ports: Ports, { waits }: Process, at: Instant, attempt: number, error: unknown): Instant => {
  const next = nextAttemptAt(ports.identifiers, at, attempt, waits);
  return error instanceof AskedToWait && error.notBefore > next ? error.notBefore : next;
};

/** When it is tried again; `undefined` when that would be too often, or too late. */
const againAt = (ports: Ports, process: Process, todo: Todo, at: Instant, attempt: number, error: unknown): Instant | undefined => {
  if (attempt >= process.attempts) return undefined;
  const next = nextAfter(ports, process, at, attempt, error);
  const latest = process.uselessAfter?.(todo);
  return latest !== undefined && next > latest ? undefined : next;
};

const giveUp = async (ports: Ports, process: Process, todo: Todo, at: Instant, attempt: number): Promise<void> => {
  const effectId = process.effectId(todo);
  try {
    await process.giveUp(ports, todo, at);
    await ports.operations.attempts.failed(effectId, never, 'given-up');
    ports.logger.error('effect-given-up', { process: process.name, attempts: attempt });
  } catch (error) {
    await ports.operations.attempts.failed(effectId, nextAfter(ports, process, at, attempt, error), nameOf(error));
  }
};

/** Its back-off is not over. One that was noted later than now counts as noted now, and is over: how long it has rested cannot be known. */
const isResting = ({ lastAt, nextAt }: Pick<Attempt, 'lastAt' | 'nextAt'>, at: Instant): boolean =>
  nextAt !== undefined && nextAt > at && (nextAt === never || !isAhead(lastAt, at));

/**
 * One effect, at least once. The attempt is noted before the call, so that an effect that kills the server is counted too;
 * the outcome is a fact that the effect itself appends, and only then is the attempt done.
 */
const performOne = async (ports: Ports, process: Process, todo: Todo, at: Instant): Promise<'done' | 'failed' | 'not-now'> => {
  const effectId = process.effectId(todo);
  const { attempts } = ports.operations;
  const earlier = await attempts.get(effectId);
  if (earlier && (earlier.done || isResting(earlier, at))) return 'not-now';
  const attempt = await attempts.begin(effectId, at);
  if (attempt > process.attempts) {
    await giveUp(ports, process, todo, at, attempt);
    return 'failed';
  }
  try {
    await process.perform(ports, todo, at);
    const again = process.again?.(todo, at);
    await (again === undefined ? attempts.done(effectId) : attempts.failed(effectId, again, awaited));
    return 'done';
  } catch (error) {
    ports.logger.warn('effect-failed', { process: process.name, attempt, error: nameOf(error) });
    const next = againAt(ports, process, todo, at, attempt, error);
    if (next === undefined) await giveUp(ports, process, todo, at, attempt);
    else await attempts.failed(effectId, next, nameOf(error));
    return 'failed';
  }
};

/**
 * Everything of one process that is due now, a few at a time; one that fails stops nothing else.
 * Once the signal aborts nothing new is begun, and what is under way is waited for.
 */
export const performDue = async (ports: Ports, process: Process, at: Instant, options: PerformOptions): Promise<Performed> => {
  let done = 0;
  let failed = 0;
  const underWay = new Set<Promise<void>>();
  for await (const todo of dueTodos(ports, process, at)) {
    if (options.signal?.aborted) break;
    const work = performOne(ports, process, todo, at)
      .then((outcome) => {
        if (outcome === 'done') done += 1;
        if (outcome === 'failed') failed += 1;
      })
      .catch((error: unknown) => {
        // The operations store could not say: the row is still due and is found again.
        failed += 1;
        ports.logger.error('attempt-not-noted', { process: process.name, error: nameOf(error) });
      })
      .finally(() => underWay.delete(work));
    underWay.add(work);
    if (underWay.size >= options.concurrency) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  return { done, failed };
};
