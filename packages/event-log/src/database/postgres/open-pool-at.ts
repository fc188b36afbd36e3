import { Client, type Pool } from 'pg';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { addressOnly } from './address-only';
import { DatabaseUnusable } from './database-unusable';
import { ignoreCutConnection, openPool, type Behind, type PoolOptions, type Postgres, type Unheard } from './open-pool';

/** What a pooler says to a parameter of the connection that it does not know. */
const protocolViolation = '08P01';
/** How long, in milliseconds, a pooler may take to lend a connection. */
const answerTimeout = 15_000;
const connectTimeout = 5000;
/** Whether sessions are shared is looked at so often: each time a pool of transactions would have to do by chance what a session does. */
const looks = 5;

type Answering = { readonly pid: number; readonly limit: string };

/** The server says its own process both in its greeting and when it is asked, and obeys the limits that came with the connection. */
const isServerItself = async (pool: Pool): Promise<boolean> => {
  try {
    const client = await pool.connect();
    client.on('error', ignoreCutConnection);
    try {
      const { rows } = await client.query<Answering>(
        `SELECT pg_backend_pid() AS pid, current_setting('idle_in_transaction_session_timeout') AS limit`,
      );
      return rows.some(({ pid, limit }) => limit !== '0' && 'processID' in client && client.processID === pid);
    } finally {
      client.off('error', ignoreCutConnection);
      client.release();
    }
  } catch (error) {
    if (errorCode(error) === protocolViolation) return false;
    throw error;
  }
};

const pidOf = async (client: Client): Promise<number | undefined> =>
  (await client.query<Answering>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid;

/** @throws DatabaseUnusable for a pool of statements */
const allowsTransactions = async (client: Client): Promise<void> => {
  try {
    await client.query('BEGIN');
    await client.query('COMMIT');
  } catch (error) {
    if (error instanceof Error && error.message.includes('statement pooling')) throw new DatabaseUnusable('database.statementPool', {});
    throw error;
  }
};

/** Whether two clients were answered by one process of the server, or one client by two: then no client has its own session. */
const sharesSessions = async (one: Client, other: Client): Promise<boolean> => {
  for (let look = 0; look < looks; look += 1) {
    const before = await pidOf(one);
    if ((await pidOf(one)) !== before) return true;
    await other.query('BEGIN');
    const isBorrowed = (await pidOf(other)) === before;
    const isMoved = !isBorrowed && (await pidOf(one)) !== before;
    await other.query('COMMIT');
    if (isBorrowed || isMoved) return true;
  }
  return false;
};

/** What kind of pooler it is; nothing is set on the connections that it lends. @throws DatabaseUnusable for a pool of statements */
const poolerAt = async (url: string): Promise<Behind> => {
  const { connectionString } = addressOnly(url);
  const clients = ['one', 'other'].map(() => {
    const client = new Client({
      connectionString,
      application_name: 'tichet-probe',
      connectionTimeoutMillis: connectTimeout,
      query_timeout: answerTimeout,
    });
    client.on('error', ignoreCutConnection);
    return client;
  });
  try {
    for (const client of clients) await client.connect();
    const [one, other] = clients;
    if (one === undefined || other === undefined) return 'session-pool';
    await allowsTransactions(one);
    return (await sharesSessions(one, other)) ? 'transaction-pool' : 'session-pool';
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
};

/** Connects, finds out who answers there, and rests nothing on what that one does not keep. */
export const openPoolAt = async (options: PoolOptions): Promise<{ readonly pool: Pool; readonly behind: Behind }> => {
  const pool = openPool(options);
  try {
    if (await isServerItself(pool)) return { pool, behind: 'server' };
    const behind = await poolerAt(options.url);
    await pool.end();
    return { pool: openPool({ ...options, behind }), behind };
  } catch (error) {
    await pool.end();
    throw error;
  }
};

/** The answer is the same through a pooler and from the server itself. */
const whereItIs = 'SELECT current_database() AS name, extract(epoch FROM pg_postmaster_start_time())::text AS since';
type Place = { readonly name: string; readonly since: string };

/** Where a process would listen in vain. `undefined`: what is said at the address of the pool, it hears. */
export const unheardAt = async ({ pool, behind }: Pick<Postgres, 'pool' | 'behind'>, directUrl?: string): Promise<Unheard | undefined> => {
  if (directUrl === undefined) return behind === 'transaction-pool' ? 'no-direct-address' : undefined;
  const direct = await openPoolAt({ url: directUrl, purpose: 'listener', most: 1 }).catch(() => undefined);
  if (direct === undefined) return 'direct-address-silent';
  try {
    if (direct.behind === 'transaction-pool') return 'direct-address-pooled';
    const [there, here] = await Promise.all([direct.pool.query<Place>(whereItIs), pool.query<Place>(whereItIs)]);
    return JSON.stringify(there.rows) === JSON.stringify(here.rows) ? undefined : 'direct-address-elsewhere';
  } catch {
    return 'direct-address-silent';
  } finally {
    await direct.pool.end();
  }
};
