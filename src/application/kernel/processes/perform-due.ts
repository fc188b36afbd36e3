import { defined } from '../../../domain/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import { plusSeconds } from '../../../domain/time/civil-time';
import type { Ports } from '../ports/ports';
import { AskedToWait } from '../ports/asked-to-wait';
import { awaited, never, nextAttemptAt } from './back-off';
import type { Process, Todo } from './process';

export type PerformOptions = {
  /** effects of one process under way at a time */
  readonly concurrency: number;
  readonly signal?: AbortSignal;
};

/** How many effects were tried. Those that wait for their back-off are not counted. */
export type Performed = { readonly done: number; readonly failed: number };

const pageSize = 200;

/** Due at this instant or before; the instant itself included. */
async function* dueTodos(ports: Ports, process: Process, at: Instant): AsyncIterable<Todo> {
  let cursor: string | undefined;
  do {
    const page = await ports.readModels.select<Todo>(process.name, {
      where: [{ column: 'dueAt', before: plusSeconds(at, 0.001) }, ...(process.among?.(at) ?? [])],
      orderBy: [{ column: 'dueAt' }],
      limit: pageSize,
      ...defined({ cursor }),
    });
    yield* page.rows;
    cursor = page.next;
  } while (cursor !== undefined);
}

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
    ports.journal.error('effect-given-up', { process: process.name, attempts: attempt });
  } catch (error) {
    await ports.operations.attempts.failed(effectId, nextAfter(ports, process, at, attempt, error), nameOf(error));
  }
};

/**
 * One effect, at least once. The attempt is noted before the call, so that an effect that kills the server is counted too;
 * the outcome is a fact that the effect itself appends, and only then is the attempt done.
 */
const performOne = async (ports: Ports, process: Process, todo: Todo, at: Instant): Promise<'done' | 'failed' | 'not-now'> => {
  const effectId = process.effectId(todo);
  const { attempts } = ports.operations;
  const earlier = await attempts.get(effectId);
  if (earlier && (earlier.done || (earlier.nextAt !== undefined && earlier.nextAt > at))) return 'not-now';
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
    ports.journal.warn('effect-failed', { process: process.name, attempt, error: nameOf(error) });
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
        ports.journal.error('attempt-not-noted', { process: process.name, error: nameOf(error) });
      })
      .finally(() => underWay.delete(work));
    underWay.add(work);
    if (underWay.size >= options.concurrency) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  return { done, failed };
};
