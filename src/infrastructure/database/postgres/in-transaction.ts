import type { Pool, PoolClient } from 'pg';

const ignore = (): void => undefined;

/**
 * Begins, works and commits on one connection. Whatever is thrown on the way undoes all of it; thrown by the commit itself, it may
 * stand or not.
 * @param begin more than one statement saves a round trip
 */
export const inTransaction = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>, begin = 'BEGIN'): Promise<T> => {
  const client = await pool.connect();
  // A connection that dies is told to whoever waits for an answer; unheard, the event as such would end the process.
  client.on('error', ignore);
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('COMMIT');
    client.off('error', ignore);
    client.release();
    return result;
  } catch (error) {
    // closed and not given back: its transaction is undone by the server
    client.release(true);
    throw error;
  }
};
