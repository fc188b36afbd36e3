import type { Pool } from 'pg';
import { errorCode } from '../../error-code';
import { databaseFault } from '../../postgres/database-fault';
import { allOrNone, stands, type AppendInOrder } from '../append-in-order';
import type { AppendOutcome, AppendRequest } from '../append-request';
import { append, neverAcceptable, outcomesOf, valuesOf, type DecidedRow } from './postgres-writer';
import { roundsInOrderOf } from './rounds';

/** In a transaction of its own, so that it can be undone when one of them cannot stand. */
const writeAllOrNone = async (pool: Pool, requests: readonly AppendRequest[]): Promise<readonly AppendOutcome[]> => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query<DecidedRow>({ ...append, values: [...valuesOf(requests, roundsInOrderOf(requests))] });
    const outcomes = outcomesOf(requests, rows);
    await client.query(outcomes.every(stands) ? 'COMMIT' : 'ROLLBACK');
    client.release();
    return outcomes;
  } catch (error) {
    // closed and not given back: its transaction is undone by the server
    client.release(true);
    throw error;
  }
};

/** For whoever writes alone: one commit at a time, all of it or nothing. `unknown` when the answer was lost: the same again tells. */
export const appendInOrderTo =
  (pool: Pool): AppendInOrder =>
  async (requests) => {
    try {
      return allOrNone(await writeAllOrNone(pool, requests));
    } catch (error) {
      const fault = databaseFault(error);
      if (fault !== undefined) return { written: 0, because: { kind: 'unknown', reason: fault } };
      const code = errorCode(error);
      if (code === undefined || !neverAcceptable.test(code)) throw error;
      return { written: 0, because: { kind: 'refused', reason: `The database does not keep what an event holds (${code}).` } };
    }
  };
