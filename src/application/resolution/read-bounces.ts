import type { BounceMailbox } from '../kernel/ports/bounce-mailbox';
import type { Ports } from '../kernel/ports/ports';
import { noteReport, type ReportOutcome } from './note-report';

/** What was found, for numbers: a message that is no report of ours is `unknown`, a mailbox that is not read `not-read`. */
export type BounceFound = ReportOutcome | 'not-read';

export type BounceReading = {
  readonly mailbox: BounceMailbox;
  readonly watch: (found: BounceFound) => void;
  /** milliseconds from one reading to the next (60 000) */
  readonly pause?: number;
};

const usualPause = 60_000;
/** A mailbox that does not answer is asked less and less often, up to so many pauses apart. */
const longestPauses = 15;

/** Resolves when the time is up, or at once when the signal aborts. */
const rest = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'not-an-error');

/** Reads the mailbox once. Messages that are no report about a letter of ours are left alone, and counted when they are first seen. */
export const readBouncesOnce = async (ports: Ports, { mailbox, watch }: BounceReading, signal: AbortSignal): Promise<void> => {
  const note = noteReport(ports);
  await mailbox.read(async ({ report, again }) => {
    const outcome = report === undefined ? 'unknown' : await note(report);
    if (outcome !== 'unknown') {
      watch(outcome);
      ports.journal.info('bounce.read', { letterId: report?.letterId, kind: outcome });
      return 'done';
    }
    if (!again) {
      watch('unknown');
      ports.journal.warn('bounce.unknown', {});
    }
    return 'left';
  }, signal);
};

/**
 * Reads it again and again until the signal aborts. A mailbox that cannot be read loses nothing, since the reports wait in it; it is told
 * in the log and in the numbers each time.
 */
export const readBounces = async (ports: Ports, reading: BounceReading, signal: AbortSignal): Promise<void> => {
  const pause = reading.pause ?? usualPause;
  let failures = 0;
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    try {
      await readBouncesOnce(ports, reading, signal);
      failures = 0;
    } catch (error) {
      if (isOver()) return;
      failures += 1;
      reading.watch('not-read');
      ports.journal.error('bounces.not-read', { attempt: failures, error: nameOf(error) });
    }
    const pauses = Math.min(longestPauses, 2 ** Math.max(0, failures - 1));
    await rest(pause * pauses, signal);
  }
};
