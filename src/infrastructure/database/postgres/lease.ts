import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { createWakeUp } from '../../runtime/wake-up';
import { holdLease, type LeasedWork } from './hold-lease';
import { leaseChannel, leaseRow } from './lease-row';
import type { Listener } from './listener';
import { startNow } from './stretch';

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
  /** tells of a lease that is given back; without it, whoever waits finds out with his next try */
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
