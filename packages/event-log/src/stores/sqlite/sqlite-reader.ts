import { EventLogCorrupt, type Position, type Recorded } from '../../ports/event-store';
import { openReading } from '../../database/sqlite/open-database';
import { numberOf, positionOf } from '../append-rules';
import { logWithoutGaps, streamWithoutGaps } from '../reading';

/** A column of texts takes bytes as well, if another program than the service writes them. */
type Text = string | Buffer;
type StoredRow = [position: number, stream: Text, revision: number, id: Text, type: Text, body: Text, hash: string];

/** Few enough to be small in memory, many enough that a query costs nothing against its rows. */
export const batchSize = 1000;
const columns = 'position, stream, revision, id, type, data, lower(hex(hash))';

// by index: taking a row apart by pattern goes through an iterator, a million times
const recordedOf = (row: StoredRow): Recorded => {
  const stream = row[1];
  const id = row[3];
  const type = row[4];
  const body = row[5];
  if (typeof stream !== 'string' || typeof id !== 'string' || typeof type !== 'string' || typeof body !== 'string')
    throw new EventLogCorrupt(`Position ${row[0]} of the log is kept as bytes, and was written as text.`);
  return { id, type, body, hash: row[6], stream, revision: row[2], position: positionOf(row[0]) };
};

export type SqliteReader = {
  /** At most `batchSize`, and at most `most`, events of the stream from `from` on. @throws EventLogCorrupt when a revision is missing */
  ofStream(stream: string, from: number, most?: number): readonly Recorded[];
  /** At most `most` events after the position. @throws EventLogCorrupt when a position is missing: this log has no holes */
  after(position: Position, most: number): readonly Recorded[];
  end(): Position;
  close(): void;
};

/** Short reads on a connection of its own: readers never wait for the writer. */
export const openSqliteReader = (path: string): SqliteReader => {
  const database = openReading(path);
  const ofStream = database
    .prepare<[string, number, number], StoredRow>(
      `SELECT ${columns} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
    )
    .raw();
  const after = database
    .prepare<[number, number], StoredRow>(`SELECT ${columns} FROM events WHERE position > ? ORDER BY position LIMIT ?`)
    .raw();
  const end = database.prepare<[], number | null>('SELECT max(position) FROM events').pluck();
  return {
    ofStream: (stream, from, most = batchSize) =>
      streamWithoutGaps(stream, from, ofStream.all(stream, from, Math.min(most, batchSize)).map(recordedOf)),
    after: (position, most) => {
      const before = numberOf(position);
      return logWithoutGaps(before, after.all(before, Math.min(most, batchSize)).map(recordedOf));
    },
    end: () => {
      const newest = end.get();
      return typeof newest === 'number' ? positionOf(newest) : '';
    },
    close: () => {
      database.close();
    },
  };
};
