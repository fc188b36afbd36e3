import { pause } from '@tichet-albastru/kernel/pause';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '@tichet-albastru/event-log/database/postgres/in-transaction';
import type { Behind } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { isMasterKeyOf, keyEpoch, WrongMasterKey } from '@tichet-albastru/event-log/keys/key-epoch';
import { epochIn, insertKeysInto, type KeyRow } from '@tichet-albastru/event-log/keys/postgres-key-store';
import { type MasterKeyChange, purposeKeysAfter, replacedNames, type RewrappedStore, rewrapping } from './rewrap';

/** Names of the parts of the table, quoted by the server. */
const partsOf = async (client: PoolClient): Promise<readonly string[]> => {
  const { rows } = await client.query<{ readonly part: string }>(
    "SELECT inhrelid::regclass::text AS part FROM pg_inherits WHERE inhparent = 'tichet.keys'::regclass ORDER BY inhrelid",
  );
  return rows.map(({ part }) => part);
};

const rewrapAll = async (client: PoolClient, change: MasterKeyChange, onKeys: (done: number, total: number) => void): Promise<number> => {
  const { rows: counted } = await client.query<{ readonly living: string }>('SELECT count(wrapped) AS living FROM tichet.keys');
  const total = Number(counted[0]?.living ?? 0);
  const rewrap = rewrapping(change);
  const { rows: standing } = await client.query<KeyRow>('SELECT name, wrapped FROM tichet.keys WHERE name = ANY ($1)', [replacedNames]);
  const after = purposeKeysAfter(
    change,
    new Map(standing.flatMap(({ name, wrapped }) => (wrapped === null ? [] : [[name, wrapped] as const]))),
  );
  let done = 0;
  for (const part of await partsOf(client)) {
    const { rows } = await client.query<KeyRow>(`SELECT name, wrapped FROM ${part} WHERE name <> ALL ($1)`, [replacedNames]);
    // a file of its own for what stands now: that of the old wrapped keys goes when this is committed
    await client.query(`TRUNCATE TABLE ${part}`);
    await client.query(insertKeysInto(part), [
      rows.map(({ name }) => name),
      rows.map(({ name, wrapped }) => (wrapped === null ? null : rewrap(name, wrapped))),
    ]);
    done += rows.filter(({ wrapped }) => wrapped !== null).length;
    onKeys(done, total);
  }
  const added = await client.query(insertKeysInto('tichet.keys'), [after.map(({ name }) => name), after.map(({ wrapped }) => wrapped)]);
  const { number, sealed } = keyEpoch(change.to, change.epoch);
  await client.query('UPDATE tichet.key_check SET epoch = $1, sealed = $2', [number, sealed]);
  return done + (added.rowCount ?? 0);
};

/** The table in PostgreSQL: nobody reads or writes keys meanwhile, and whoever still has the old master key makes none afterwards. */
export const rewrappedPostgres = (pool: Pool): RewrappedStore => ({
  epoch: () => epochIn(pool),
  rewrap: (change, onKeys) =>
    inTransaction(pool, async (client) => {
      await client.query('SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0');
      await client.query('LOCK TABLE tichet.key_check, tichet.keys IN ACCESS EXCLUSIVE MODE');
      const standing = await epochIn(client);
      if (standing === undefined || !isMasterKeyOf(standing, change.from)) throw new WrongMasterKey(standing?.number ?? 1);
      return rewrapAll(client, change, onKeys);
    }),
  sweep: () => Promise.resolve(),
});

const connected = `SELECT DISTINCT application_name AS name FROM pg_stat_activity
  WHERE datname = current_database() AND application_name LIKE 'tichet-%' AND application_name <> current_setting('application_name')
  ORDER BY name`;
const leased = 'SELECT DISTINCT holder AS name FROM tichet.leases WHERE until > clock_timestamp() ORDER BY name';

/**
 * The service's processes and commands that have this database open: connections by their name, of which a role that may not see them is told of
 * none. The connections of a pooler keep a name that somebody had; there it tells who holds a lease, as one of the service's processes does.
 */
export const processesOn = async (pool: Pool, behind: Behind = 'server'): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ readonly name: string }>(behind === 'server' ? connected : leased);
  return rows.map(({ name }) => name);
};

/** What has just ended may still be seen by the server for a moment. */
const looks = 10;
const lookEach = 500;

/** The same, looked for again while there is any: those that do not end within five seconds. */
export const processesStillOn = async (pool: Pool, behind: Behind = 'server'): Promise<readonly string[]> => {
  let processes = await processesOn(pool, behind);
  for (let looked = 1; processes.length > 0 && looked < looks; looked += 1) {
    await pause(lookEach);
    processes = await processesOn(pool, behind);
  }
  return processes;
};
