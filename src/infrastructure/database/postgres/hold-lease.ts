import { setTimeout as sleep } from 'node:timers/promises';
import type { LeaseRow } from './lease-row';
import { millisecondsSince, startNow, type Start } from './stretch';

/**
 * Stops soon after its signal is aborted.
 * @param isHeld to be asked before whatever must not be done by two: after a standstill of the process it knows before any signal does
 */
export type LeasedWork = (signal: AbortSignal, isHeld: () => boolean) => Promise<void>;

/** The work is told so much earlier, as a part of the lease's time, that it can stop before another begins. */
const forStopping = 0.1;
/** A renewal that was not answered is asked for again after so long, in milliseconds. */
const askAgainAfter = 200;

type Holding = {
  readonly row: LeaseRow;
  readonly milliseconds: number;
  /** when the lease was asked for: the database has counted from later on */
  readonly since: Start;
  readonly signal: AbortSignal;
  readonly work: LeasedWork;
};

/** Lets the work run with the lease in hand, renewed at a third of its time. @returns once the work has stopped */
export const holdLease = async ({ row, milliseconds, since, signal, work }: Holding): Promise<'done' | 'lost'> => {
  const longest = milliseconds * (1 - forStopping);
  const lost = new AbortController();
  const finished = new AbortController();
  const over = AbortSignal.any([lost.signal, finished.signal]);
  let renewed = since;
  let timer: NodeJS.Timeout | undefined;

  const isHeld = (): boolean => {
    if (millisecondsSince(renewed) >= longest) lost.abort();
    return !lost.signal.aborted;
  };
  const watch = (): void => {
    if (isHeld()) timer = setTimeout(watch, Math.max(1, longest - millisecondsSince(renewed)));
  };

  const renewOnce = async (): Promise<void> => {
    const asked = startNow();
    const answer = await row.renew();
    if (answer === 'no') lost.abort();
    if (answer === 'yes' && isHeld()) renewed = asked;
    await sleep(answer === 'unknown' ? askAgainAfter : milliseconds / 3, undefined, { signal: over }).catch(() => undefined);
  };
  const keepRenewing = async (): Promise<void> => {
    await sleep(milliseconds / 3, undefined, { signal: over }).catch(() => undefined);
    while (!over.aborted) await renewOnce();
  };

  watch();
  // An error that is no outage: without the lease nothing more is done, and who takes it again meets the error, too. Nobody waits for a
  // renewal that is on its way at the end: after the release it finds no row.
  keepRenewing().catch(() => {
    lost.abort();
  });
  try {
    await work(AbortSignal.any([signal, lost.signal]), isHeld);
    return isHeld() ? 'done' : 'lost';
  } finally {
    finished.abort();
    clearTimeout(timer);
    await row.release();
  }
};
