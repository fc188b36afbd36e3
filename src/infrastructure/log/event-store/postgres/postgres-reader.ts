import type { Pool } from 'pg';
import { EventStoreUnavailable, type Position, type Recorded } from '../../../../application/kernel/ports/event-store';
import { databaseFault } from '../../../database/postgres/database-fault';
import { isKeepable } from '../../../database/postgres/keepable';
import { numberOf, positionOf } from '../append-rules';
import { logWithoutGaps, streamWithoutGaps } from '../without-gaps';

type StoredRow = [position: string, stream: string, revision: number, id: string, type: string, body: string, hash: string];

/** Few enough to be small in memory, many enough that a query costs nothing against its rows. */
export const batchSize = 1000;
const columns = `position, stream, revision, id, type, body, encode(hash, 'hex')`;
const statements = {
  ofStream: {
    name: 'tichet-read-stream',
    text: `SELECT ${columns} FROM tichet.events WHERE stream = $1 AND revision >= $2 ORDER BY revision LIMIT ${batchSize}`,
  },
  after: {
    name: 'tichet-read-log',
    text: `SELECT ${columns} FROM tichet.events WHERE position > $1 ORDER BY position LIMIT $2`,
  },
  missing: {
    name: 'tichet-missing-positions',
    text: 'SELECT (SELECT position FROM tichet.head) - (SELECT count(*) FROM tichet.events)',
  },
  end: { name: 'tichet-read-end', text: 'SELECT position FROM tichet.events ORDER BY position DESC LIMIT 1' },
};

const recordedOf = (row: StoredRow): Recorded => ({
  id: row[3],
  type: row[4],
  body: row[5],
  hash: row[6],
  stream: row[1],
  revision: row[2],
  position: positionOf(Number(row[0])),
});

export type PostgresReader = {
  /** At most `batchSize` events of the stream from `from` on. @throws EventLogCorrupt when a revision is missing */
  ofStream(stream: string, from: number): Promise<readonly Recorded[]>;
  /** At most `most` events after the position. @throws EventLogCorrupt when a position is missing: this log has no holes */
  after(position: Position, most: number): Promise<readonly Recorded[]>;
  end(): Promise<Position>;
  /** How many positions that were given have no event. */
  missing(): Promise<number>;
};

/** Short statements on any connection: nobody who reads slowly keeps one, or a cursor, or a snapshot. */
export const createPostgresReader = (pool: Pool): PostgresReader => {
  const rowsOf = async (statement: { readonly name: string; readonly text: string }, values: unknown[]): Promise<readonly StoredRow[]> => {
    try {
      return (await pool.query<StoredRow>({ ...statement, values, rowMode: 'array' })).rows;
    } catch (error) {
      const fault = databaseFault(error);
      if (fault === undefined) throw error;
      throw new EventStoreUnavailable(`The event store cannot be read (${fault}).`, fault);
    }
  };
  return {
    ofStream: async (stream, from) =>
      isKeepable(stream) ? streamWithoutGaps(stream, from, (await rowsOf(statements.ofStream, [stream, from])).map(recordedOf)) : [],
    after: async (position, most) => {
      const before = numberOf(position);
      return logWithoutGaps(before, (await rowsOf(statements.after, [before, Math.min(most, batchSize)])).map(recordedOf));
    },
    end: async () => {
      const [newest] = await rowsOf(statements.end, []);
      return newest ? positionOf(Number(newest[0])) : '';
    },
    missing: async () => {
      const [counted] = await rowsOf(statements.missing, []);
      return Number(counted?.[0] ?? 0);
    },
  };
};
