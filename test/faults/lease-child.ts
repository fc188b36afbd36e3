// Wants a lease and says on its output when it does something with it, by the machine's steady clock: `lease-child URL NAME [trusting]`.
// `trusting` is the broken variant: it holds what it has until the database says otherwise, however long it stood still.
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLease, type Lease } from '@tichet-albastru/event-log/database/postgres/lease';
import { leaseRow } from '@tichet-albastru/event-log/database/postgres/lease';
import { openPostgres } from '../../src/infrastructure/nest/postgres';

const [url = '', holder = '', variant] = process.argv.slice(2);
const milliseconds = 1500;
const tryEvery = 100;
const stop = new AbortController();
process.once('SIGTERM', () => {
  stop.abort();
});

const main = async (): Promise<void> => {
  const { pool, listener, close } = await openPostgres({ url, most: 3 });
  const trusting: Lease = {
    held: async (signal, work) => {
      const row = leaseRow(pool, { name: 'deeds', holder, token: crypto.randomUUID(), milliseconds });
      while ((await row.take()) !== 'yes') await sleep(tryEvery);
      const lost = new AbortController();
      let isOver = false;
      const renewing = setInterval(() => {
        void row.renew().then((answer) => {
          isOver = answer === 'no';
        });
      }, milliseconds / 3);
      // wherever it was stopped, one deed of it is decided after it has woken
      const trusts = (): boolean => {
        if (isOver) lost.abort();
        return true;
      };
      await work(AbortSignal.any([signal, lost.signal]), trusts);
      clearInterval(renewing);
    },
  };
  const lease = variant === 'trusting' ? trusting : createLease({ pool, listener, name: 'deeds', holder, milliseconds, tryEvery });
  await lease.held(stop.signal, async (signal, isHeld) => {
    for (;;) {
      // before it asks: where it is stopped between asking and doing, it decided before it was stopped
      const decided = process.hrtime.bigint();
      if (signal.aborted || !isHeld()) break;
      writeSync(1, `${holder} does ${decided}\n`);
      await sleep(10);
    }
    writeSync(1, `${holder} ends ${process.hrtime.bigint()}\n`);
  });
  await close();
};

void main();
