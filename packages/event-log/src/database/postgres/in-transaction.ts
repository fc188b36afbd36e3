import type { Pool, PoolClient } from 'pg';
import { beginOn, ignoreCutConnection } from './open-pool';

/**
 * Begins, works and commits on one connection. An error before the commit undoes all of it. After an error of the commit itself, the
 * work may stand or not.
 * @param settings statements that set something for this transaction, in the round trip that begins it
 */
export const inTransaction = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>, settings = ''): Promise<T> => {
  const client = await pool.connect();
  client.on('error', ignoreCutConnection);
  try {
    await client.query(`${beginOn(pool)}; ${settings}`);
    const result = await work(client);
    await client.query('COMMIT');
    client.off('error', ignoreCutConnection);
    client.release();
    return result;
  } catch (error) {
    // closed and not given back: its transaction is undone by the server
    client.release(true);
    throw error;
  }
};
