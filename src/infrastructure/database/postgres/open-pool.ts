import { Pool } from 'pg';
import { addressOnly } from './address-only';
import type { Listener } from './listener';

/** One database for everything that a process keeps in it. */
export type Postgres = { readonly pool: Pool; readonly listener: Listener; readonly close: () => Promise<void> };

/** How long, in milliseconds, a statement may take on the server, and how long its answer may take to arrive. */
const statementTimeout = 10_000;
const answerTimeout = 15_000;
const connectTimeout = 5000;
/** A transaction whose program has stopped in the middle holds its locks so long, in milliseconds: shorter than a lease lasts. */
const idleInTransactionTimeout = 5000;

export type PoolOptions = {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** what the server shows for these connections; ends up behind `tichet-` */
  readonly purpose?: string;
  /** connections at most */
  readonly most?: number;
  /** the server refuses every write of these connections */
  readonly readOnly?: boolean;
};

/** Connects when somebody asks, and no sooner. */
export const openPool = ({ url, purpose = 'service', most = 10, readOnly = false }: PoolOptions): Pool => {
  const { connectionString, options } = addressOnly(url);
  const pool = new Pool({
    connectionString,
    application_name: `tichet-${purpose}`,
    max: most,
    connectionTimeoutMillis: connectTimeout,
    statement_timeout: statementTimeout,
    query_timeout: answerTimeout,
    idle_in_transaction_session_timeout: idleInTransactionTimeout,
    keepAlive: true,
    options: [options, ...(readOnly ? ['-c default_transaction_read_only=on'] : [])].join(' ').trim(),
  });
  // A connection that dies while nobody uses it is replaced by the next one; unheard, the event would end the process.
  pool.on('error', () => undefined);
  return pool;
};
