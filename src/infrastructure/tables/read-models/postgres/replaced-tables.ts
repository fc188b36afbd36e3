import type { Pool } from 'pg';
import { databaseFault } from '../../../database/postgres/database-fault';
import { inTransaction } from '../../../database/postgres/in-transaction';
import { dropTable } from './schema';

/**
 * Drops the tables that were replaced, one in a transaction. Whoever reads one (a dump, a long report) is not waited for: readers that come
 * after would have to wait behind. The next switch tries again.
 */
export const dropReplacedTables = async (pool: Pool): Promise<void> => {
  const { rows } = await pool.query<{ readonly name: string }>('SELECT name FROM tichet.replaced_tables ORDER BY name');
  for (const { name } of rows) {
    try {
      await inTransaction(
        pool,
        async (client) => {
          const { rowCount } = await client.query('SELECT FROM tichet.replaced_tables WHERE name = $1 FOR UPDATE SKIP LOCKED', [name]);
          if (rowCount === 0) return;
          await client.query(dropTable(name));
          await client.query('DELETE FROM tichet.replaced_tables WHERE name = $1', [name]);
        },
        `BEGIN; SET LOCAL lock_timeout = '1s'`,
      );
    } catch (error) {
      if (databaseFault(error) === undefined) throw error;
    }
  }
};
