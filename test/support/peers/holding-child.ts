// Takes the head of the log in a transaction, says so, and stops itself there: `holding-child URL [former]`. `former` is the broken variant:
// the limits travel with the connection, and a pooler that is told to ignore them tells nobody.
import { writeSync } from 'node:fs';
import { inTransaction } from '@tichet-albastru/event-log/database/postgres/in-transaction';
import { openPool } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { openPoolAt } from '@tichet-albastru/event-log/database/postgres/open-pool-at';

const [url = '', variant] = process.argv.slice(2);

const main = async (): Promise<void> => {
  const pool = variant === 'former' ? openPool({ url }) : (await openPoolAt({ url })).pool;
  await inTransaction(pool, async (client) => {
    await client.query('SELECT FROM tichet.head FOR UPDATE');
    writeSync(1, 'holds\n');
    process.kill(process.pid, 'SIGSTOP');
  });
};

void main();
