import type { Pool } from 'pg';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { databaseFault } from '../../database/postgres/database-fault';
import { inTransaction } from '../../database/postgres/in-transaction';
import { allOrNone, stands, type AppendInOrder } from '../append-in-order';
import type { AppendOutcome, AppendRequest } from '../append-rules';
import { append, neverAcceptable, outcomesOf, valuesOf, type DecidedRow, roundsInOrderOf } from './postgres-writer';

/** Undoes what was begun; it is no fault. */
class CannotStand extends Error {
  constructor(readonly outcomes: readonly AppendOutcome[]) {
    super('One of the appends cannot stand.');
  }
}

/** In a transaction of its own, so that it can be undone when one of them cannot stand. */
const writeAllOrNone = async (pool: Pool, requests: readonly AppendRequest[]): Promise<readonly AppendOutcome[]> => {
  try {
    return await inTransaction(pool, async (client) => {
      const { rows } = await client.query<DecidedRow>(append.text, [...valuesOf(requests, roundsInOrderOf(requests))]);
      const outcomes = outcomesOf(requests, rows);
      if (!outcomes.every(stands)) throw new CannotStand(outcomes);
      return outcomes;
    });
  } catch (error) {
    if (error instanceof CannotStand) return error.outcomes;
    throw error;
  }
};

/** For a single writer: one commit at a time, all of it or nothing. `unknown` when the answer was lost: the same call again tells. */
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
