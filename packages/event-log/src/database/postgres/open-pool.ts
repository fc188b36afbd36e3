import { Pool, type PoolConfig, type QueryConfig } from 'pg';
import { addressOnly } from './address-only';
import type { Listener } from './listener';
import { heedBrokenOffWaits } from './standbys';

/** Who answers at an address: the server, or a pooler that lends its connections for a session or for each transaction. */
export type Behind = 'server' | 'session-pool' | 'transaction-pool';

/** Why a process does not hear of what others write, and looks for it instead. */
export type Unheard = 'no-direct-address' | 'direct-address-pooled' | 'direct-address-elsewhere' | 'direct-address-silent';

/** One database for everything that a process keeps in it. */
export type Postgres = {
  readonly pool: Pool;
  readonly listener: Listener;
  readonly behind: Behind;
  readonly unheard?: Unheard;
  readonly close: () => Promise<void>;
};

/** How long, in milliseconds, a statement may take on the server, and how long its answer may take to arrive. */
const statementTimeout = 10_000;
const answerTimeout = 15_000;
const connectTimeout = 5000;
/** A transaction whose program has stopped in the middle holds its locks so long, in milliseconds: shorter than a lease lasts. */
const idleInTransactionTimeout = 5000;

const limits = { statement_timeout: statementTimeout, idle_in_transaction_session_timeout: idleInTransactionTimeout };
const setting = (how: 'SET' | 'SET LOCAL', values: object): string =>
  Object.entries(values)
    .map(([name, value]) => `${how} ${name} = ${String(value)}`)
    .join('; ');

export type PostgresAddress = {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** the server's own, or that of a pool of sessions, where `url` leads to a pool of transactions */
  readonly directUrl?: string;
};

export type PoolOptions = PostgresAddress & {
  /** what the server shows for these connections; ends up behind `tichet-` */
  readonly purpose?: string;
  /** connections at most */
  readonly most?: number;
  /** the server refuses every write of these connections */
  readonly readOnly?: boolean;
  /** who answers at `url`; see `openPoolAt` for who does not know */
  readonly behind?: Behind;
};

/** Nothing rests on the session: each transaction sets its own limits, no statement has a name, and a statement by itself is a transaction. */
class PoolOfTransactions extends Pool {
  begin = 'BEGIN';
}

/** How a transaction begins on a connection of this pool. */
export const beginOn = (pool: Pool): string => (pool instanceof PoolOfTransactions ? pool.begin : 'BEGIN');

/** Whether what was prepared on one of its connections is there for the next who gets it. */
export const keepsPrepared = (pool: Pool): boolean => !(pool instanceof PoolOfTransactions);

/** A caller that waits for an answer is told of a dead connection; without a listener, the event would end the process. */
export const ignoreCutConnection = (): void => undefined;

/** The three are written at once and take one round trip. It is answered when it is committed. */
const inItsOwnTransaction = (pool: Pool) => async (asked: string | QueryConfig, values?: unknown[]) => {
  const client = await pool.connect();
  client.on('error', ignoreCutConnection);
  try {
    const statement = typeof asked === 'string' ? asked : { ...asked, name: undefined };
    const [, answer] = await Promise.all([client.query(beginOn(pool)), client.query(statement, values), client.query('COMMIT')]);
    client.off('error', ignoreCutConnection);
    client.release();
    return answer;
  } catch (error) {
    client.release(true);
    throw error;
  }
};

/** Connects at the first query, and no sooner. */
export const openPool = ({ url, purpose = 'service', most = 10, readOnly = false, behind = 'server' }: PoolOptions): Pool => {
  const { connectionString, options } = addressOnly(url);
  const common = {
    connectionString,
    application_name: `tichet-${purpose}`,
    max: most,
    connectionTimeoutMillis: connectTimeout,
    query_timeout: answerTimeout,
    keepAlive: true,
  };
  const pool = opened[behind](common, readOnly, options);
  // An idle connection that dies is replaced by the next one; without a listener, the event would end the process.
  pool.on('error', ignoreCutConnection);
  heedBrokenOffWaits(pool);
  return pool;
};

type Open = (common: PoolConfig, readOnly: boolean, options: string) => Pool;

/** A pooler lets no parameter in with the connection but the name, or believes it without a word to the server. */
const opened: Readonly<Record<Behind, Open>> = {
  server: (common, readOnly, options) =>
    new Pool({
      ...common,
      ...limits,
      options: [options, ...(readOnly ? ['-c default_transaction_read_only=on'] : [])].join(' ').trim(),
    }),
  'session-pool': (common, readOnly) => {
    const set = setting('SET', { ...limits, ...(readOnly && { default_transaction_read_only: 'on' }) });
    return new Pool({
      ...common,
      verify: (client, done) => {
        client.query(set, done);
      },
    });
  },
  'transaction-pool': (common, readOnly) => {
    const pool = new PoolOfTransactions({ ...common, pipeline: true });
    pool.begin = `BEGIN${readOnly ? ' READ ONLY' : ''}; ${setting('SET LOCAL', limits)}`;
    return Object.assign(pool, { query: inItsOwnTransaction(pool) });
  },
};
