import type { Pool } from 'pg';
import { columns, recordedOf, type StoredRow } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { firstRow, lastRow, type StoredLog } from './stored-log';

const rowsOfAPage = 1000;

/** Straight from the table of events, in short statements on any connection. */
export const logInPostgres = (pool: Pool): StoredLog => ({
  counts: true,
  pages: async function* () {
    for (let next = firstRow; next <= lastRow;) {
      const { rows } = await pool.query<StoredRow>({
        text: `SELECT ${columns} FROM tichet.events WHERE position >= $1 ORDER BY position LIMIT ${rowsOfAPage}`,
        values: [String(next)],
        rowMode: 'array',
      });
      const end = rows.at(-1);
      if (end === undefined) return;
      next = BigInt(end[0]) + 1n;
      yield rows.map(recordedOf);
    }
  },
  total: async () => {
    const { rows } = await pool.query<{ readonly newest: string }>('SELECT coalesce(max(position), 0) AS newest FROM tichet.events');
    return Number(rows[0]?.newest ?? 0);
  },
});
