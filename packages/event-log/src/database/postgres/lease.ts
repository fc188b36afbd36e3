import { pause } from '@tichet-albastru/kernel/pause';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { createWakeUp } from '@tichet-albastru/kernel/wake-up';
import type { Listener } from './listener';
import { askDatabase } from './ask-database';
import { DatabaseUnavailable } from './database-fault';
import { performance } from 'node:perf_hooks';

/** A moment from which this process measures. */
type Start = { readonly steady: number; readonly wall: number };

const startNow = (): Start => ({ steady: performance.now(), wall: Date.now() });

/**
 * Milliseconds since then, by the clock that says more. The steady clock cannot be set, but stands still while the machine is
 * suspended; the wall clock goes on then.
 */
const millisecondsSince = ({ steady, wall }: Start): number => Math.max(performance.now() - steady, Date.now() - wall);

/** Said when a lease is given back, with its name. */
const leaseChannel = 'tichet_lease';

/** A lease ends at most so many times its own length from now, or its end means nothing; other versions may give longer ones. */
const mostLeases = 10;

const statements = {
  // By the database's clock alone; nothing is written while another holds it. A lease that ends later than any is given for was given
  // before that clock was set back: its holder renews it to a time that can be, or is dead, and is not waited for until then.
  take: {
    name: 'tichet-take-lease',
    text: `INSERT INTO tichet.leases AS l (name, holder, token, until, since)
      SELECT $1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond', clock_timestamp()
      WHERE NOT EXISTS (SELECT FROM tichet.leases o WHERE o.name = $1 AND o.token <> $3
        AND o.until > clock_timestamp() AND o.until < clock_timestamp() + ${mostLeases} * $4 * interval '1 millisecond')
      ON CONFLICT (name) DO UPDATE SET
        holder = excluded.holder, token = excluded.token, until = clock_timestamp() + $4 * interval '1 millisecond',
        since = CASE WHEN l.token = excluded.token AND l.until > clock_timestamp() THEN l.since ELSE excluded.since END
      WHERE l.until <= clock_timestamp() OR l.until >= clock_timestamp() + ${mostLeases} * $4 * interval '1 millisecond'
        OR l.token = excluded.token`,
  },
  renew: {
    name: 'tichet-renew-lease',
    text: `UPDATE tichet.leases SET until = clock_timestamp() + $3 * interval '1 millisecond'
      WHERE name = $1 AND token = $2 AND until > clock_timestamp()`,
  },
  release: {
    name: 'tichet-release-lease',
    text: `WITH released AS (DELETE FROM tichet.leases WHERE name = $1 AND token = $2 RETURNING name)
      SELECT pg_notify('${leaseChannel}', name) FROM released`,
  },
};

/** `unknown`: the database did not answer. It may have been done. */
type LeaseAnswer = 'yes' | 'no' | 'unknown';

type LeaseRow = {
  readonly take: () => Promise<LeaseAnswer>;
  readonly renew: () => Promise<LeaseAnswer>;
  readonly release: () => Promise<LeaseAnswer>;
};

/** One holder's hand on the row of a lease. @param options.token his alone, so that a namesake is not taken for him */
export const leaseRow = (
  pool: Pool,
  {
    name,
    holder,
    token,
    milliseconds,
  }: { readonly name: string; readonly holder: string; readonly token: string; readonly milliseconds: number },
): LeaseRow => {
  const database = askDatabase(pool);
  const answerTo = async (...asked: Parameters<typeof database.write>): Promise<LeaseAnswer> => {
    try {
      return (await database.write(...asked)).written > 0 ? 'yes' : 'no';
    } catch (error) {
      if (error instanceof DatabaseUnavailable) return 'unknown';
      throw error;
    }
  };
  return {
    take: () => answerTo(statements.take, name, holder, token, milliseconds),
    renew: () => answerTo(statements.renew, name, token, milliseconds),
    release: () => answerTo(statements.release, name, token),
  };
};

/**
 * Stops soon after its signal is aborted.
 * @param isHeld to be asked before work that two processes must not do: after a standstill of the process it is right before any signal
 */
type LeasedWork = (signal: AbortSignal, isHeld: () => boolean) => Promise<void>;

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
const holdLease = async ({ row, milliseconds, since, signal, work }: Holding): Promise<'done' | 'lost'> => {
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
    await pause(answer === 'unknown' ? askAgainAfter : milliseconds / 3, over);
  };
  const keepRenewing = async (): Promise<void> => {
    await pause(milliseconds / 3, over);
    while (!over.aborted) await renewOnce();
  };

  watch();
  // An error that is no outage: without the lease nothing more is done, and the next taker meets the error, too. The end does not wait
  // for a renewal that is on its way: after the release the renewal finds no row.
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

/** Of all processes one at a time does the work of a name. */
export type Lease = {
  /**
   * Waits until the lease can be had and lets `work` run while it is held; gives it back when the work is done. Where it is lost (the
   * database was away, the process stood still) the work's signal is aborted, and when the work has stopped the waiting begins again.
   * Resolves when the work is done with the lease in hand, or has stopped because `signal` was aborted. Rejects with what `work` throws.
   */
  held(signal: AbortSignal, work: LeasedWork): Promise<void>;
};

export type LeaseOptions = {
  /** With a connection to spare: who waits long for one loses the lease. Best a small pool of its own. */
  readonly pool: Pool;
  /** tells of a lease that is given back; without it, a waiting process finds out at its next try */
  readonly listener?: Pick<Listener, 'on'>;
  /** of the work */
  readonly name: string;
  /** for people who look into the table; may be the same in two processes */
  readonly holder: string;
  /** how long a holder who is silent keeps it, in milliseconds */
  readonly milliseconds?: number;
  /** how often it is tried for, in milliseconds */
  readonly tryEvery?: number;
};

/** A dead holder is followed within `milliseconds` and `tryEvery`. */
const usualMilliseconds = 6000;
const usualTryEvery = 1000;

/**
 * A lease in the database, by the database's clock: who holds it is decided by one statement, and no process's idea of the time counts.
 * A process may still stop at any instruction and wake when its lease is another's: what it is about to do then must be harmless by
 * itself (compare and swap). The lease keeps such moments rare; it does not make the work correct.
 */
export const createLease = ({
  pool,
  listener,
  name,
  holder,
  milliseconds = usualMilliseconds,
  tryEvery = usualTryEvery,
}: LeaseOptions): Lease => ({
  held: async (signal, work) => {
    const row = leaseRow(pool, { name, holder, token: randomUUID(), milliseconds });
    const wakeUp = createWakeUp();
    const stopListening = listener?.on(leaseChannel, (released) => {
      if (released === undefined || released === name) wakeUp.wake();
    });
    try {
      while (!signal.aborted) {
        const turn = wakeUp.turn();
        const asked = startNow();
        if ((await row.take()) !== 'yes') await wakeUp.sleep(signal, turn, tryEvery);
        else if ((await holdLease({ row, milliseconds, since: asked, signal, work })) === 'done') return;
      }
    } finally {
      stopListening?.();
    }
  },
});
