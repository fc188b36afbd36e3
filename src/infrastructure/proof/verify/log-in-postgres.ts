import type { Pool } from 'pg';
import { positionOf } from '../../log/event-store/append-rules';
import { firstRow, lastRow, rowOf, type StoredLog, type StreamHead } from './stored-log';

type Row = [position: string, stream: string, revision: number, id: string, type: string, body: string, hash: string];

const rowsOfAPage = 1000;
const columns = `position, stream, revision, id, type, body, encode(hash, 'hex')`;

/** Straight from the table of events, in short statements on any connection. */
export const logInPostgres = (pool: Pool): StoredLog => ({
  counts: true,
  pages: async function* () {
    for (let next = firstRow; next <= lastRow;) {
      const { rows } = await pool.query<Row>({
        text: `SELECT ${columns} FROM tichet.events WHERE position >= $1 ORDER BY position LIMIT ${rowsOfAPage}`,
        values: [String(next)],
        rowMode: 'array',
      });
      const end = rows.at(-1);
      if (end === undefined) return;
      next = BigInt(end[0]) + 1n;
      yield rows.map(([position, stream, revision, id, type, body, hash]) => ({
        position: positionOf(BigInt(position)),
        stream,
        revision,
        id,
        type,
        body,
        hash,
      }));
    }
  },
  before: async ({ stream, position }) => {
    const { rows } = await pool.query<StreamHead>(
      `SELECT revision, encode(hash, 'hex') AS hash FROM tichet.events WHERE stream = $1 AND position < $2 ORDER BY revision DESC LIMIT 1`,
      [stream, String(rowOf(position))],
    );
    return rows[0];
  },
  total: async () => {
    const { rows } = await pool.query<{ readonly newest: string }>('SELECT coalesce(max(position), 0) AS newest FROM tichet.events');
    return Number(rows[0]?.newest ?? 0);
  },
});
