import type { Instant } from '../../../domain/kernel/fact';
import type { Ports } from '../ports/ports';
import { performDue, type Performed, type Process } from './process';

export type RunnerOptions = {
  readonly signal: AbortSignal;
  /** effects of one process under way at a time (4) */
  readonly concurrency?: number;
  /** how often the clock is looked at, in milliseconds (1000) */
  readonly intervalMilliseconds?: number;
  /** how long an effect under way is waited for at the end, in milliseconds (3000); it is repeated at the next start */
  readonly graceMilliseconds?: number;
  /** whether the table of a process is filled by this version of the code: the process waits until it is; without this no process waits */
  readonly isFilled?: (process: Process) => Promise<boolean>;
};

/** Sleeps until it is rung, or until the time is up. A ring that comes while it does not sleep is not lost. */
class Alarm {
  private rung = false;
  private wake: (() => void) | undefined;

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  async sleep(milliseconds: number): Promise<void> {
    if (!this.rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.wake = undefined;
    this.rung = false;
  }
}

const errorName = (error: unknown): string => (error instanceof Error ? error.name : 'not-an-error');

/** Rings the alarm of each process with a new row that is due, until the signal aborts. What is due later is found by the clock. */
const listen = async (
  ports: Ports,
  alarms: ReadonlyMap<string, Alarm>,
  signal: AbortSignal,
  pause: Alarm,
  interval: number,
): Promise<void> => {
  while (!signal.aborted) {
    try {
      for await (const { projection, dueAt } of ports.readModels.changes(signal)) {
        if (dueAt !== undefined && dueAt <= ports.clock.now()) alarms.get(projection)?.ring();
      }
    } catch (error) {
      ports.logger.warn('changes-not-heard', { error: errorName(error) });
    }
    // A reader that was too slow begins anew; what it missed is found by the clock.
    for (const alarm of alarms.values()) alarm.ring();
    await pause.sleep(interval);
  }
};

const loop = async (ports: Ports, process: Process, alarm: Alarm, options: RunnerOptions): Promise<void> => {
  const { signal, concurrency = 4, intervalMilliseconds = 1000, isFilled = () => Promise.resolve(true) } = options;
  let filled = false;
  while (!signal.aborted) {
    try {
      filled ||= await isFilled(process);
      if (filled) await performDue(ports, process, ports.clock.now(), { concurrency, signal });
    } catch (error) {
      // another version may have put its table in the place of ours
      filled = false;
      ports.logger.error('process-cannot-read', { process: process.name, error: errorName(error) });
    }
    // If the signal aborted meanwhile, the alarm has rung, and this does not sleep.
    await alarm.sleep(intervalMilliseconds);
  }
};

/**
 * Runs every process until the signal aborts, each in its own loop, so that a mail server that hangs delays no booking.
 * Two runners on one log are safe: the ids of outcomes are derived and an outcome that stands is not written again.
 */
export const runProcesses = async (ports: Ports, processes: readonly Process[], options: RunnerOptions): Promise<void> => {
  const { signal, intervalMilliseconds = 1000, graceMilliseconds = 3000 } = options;
  const alarms = new Map(processes.map((process) => [process.name, new Alarm()]));
  const pause = new Alarm();
  const stopped = new Promise<void>((resolve) => {
    const stop = (): void => {
      pause.ring();
      for (const alarm of alarms.values()) alarm.ring();
      resolve();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  const work = Promise.all([
    listen(ports, alarms, signal, pause, intervalMilliseconds),
    ...processes.map((process) => loop(ports, process, alarms.get(process.name) ?? new Alarm(), options)),
  ]);
  await Promise.race([work, stopped]);
  const grace = new Alarm();
  await Promise.race([work, grace.sleep(graceMilliseconds)]);
  grace.ring();
};

const projectionTimeoutMilliseconds = 10_000;
const mostRounds = 1000;

/**
 * Performs until nothing is due at this instant and the tables have reached the end of the log. For tests, the demonstration
 * and the command line; effects that failed wait for their next instant.
 * @throws when the tables do not reach the end of the log, or when it never ends
 */
export const drain = async (
  ports: Ports,
  processes: readonly Process[],
  at: Instant,
  { concurrency = 1 }: { readonly concurrency?: number } = {},
): Promise<Performed> => {
  let done = 0;
  let failed = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    if (!(await ports.readModels.reached(await ports.store.end(), projectionTimeoutMilliseconds))) {
      throw new Error('The tables do not reach the end of the log.');
    }
    const before = done + failed;
    for (const process of processes) {
      const performed = await performDue(ports, process, at, { concurrency });
      done += performed.done;
      failed += performed.failed;
    }
    if (done + failed === before) return { done, failed };
  }
  throw new Error('The processes always find more to do.');
};
