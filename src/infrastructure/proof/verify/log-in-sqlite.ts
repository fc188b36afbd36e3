import { isUtf8 } from 'node:buffer';
import type { Database } from '@tichet-albastru/event-log/database/sqlite/driver';
import { EventLogCorrupt, type Position, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { positionOf } from '@tichet-albastru/event-log/stores/append-rules';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { openReading } from '@tichet-albastru/event-log/database/sqlite/open-database';
import { firstRow, lastRow, type StoredLog } from './stored-log';

const text = (column: string): string => `coalesce(CAST(${column} AS TEXT), '')`;

/** `asWritten`: 1 where the row is kept as the service keeps it */
type Row = [position: string, stream: string, revision: number, id: string, type: string, body: string, hash: string, asWritten: number];

const rowsOfAPage = 1000;
/**
 * A text that is kept as bytes reads the same, and no question of the service for that text finds it: the event would be in the log and in
 * no history. The same of an event that the index of the streams does not have.
 */
const asWritten = `(${['stream', 'id', 'type', 'data'].map((column) => `typeof(${column}) = 'text'`).join(' AND ')}
  AND typeof(revision) = 'integer' AND typeof(hash) = 'blob'
  AND position IS (SELECT found.position FROM events AS found INDEXED BY sqlite_autoindex_events_2
    WHERE found.stream = events.stream AND found.revision = events.revision))`;
/** Any value that was put there, as text. */
const columns = [
  'CAST(position AS TEXT)',
  text('stream'),
  'revision',
  text('id'),
  text('type'),
  text('data'),
  'lower(hex(hash))',
  asWritten,
].join(', ');
/** In the place of the hash of an event that is not kept as it was written. */
const noHashThere = '';
/** What reading puts in the place of bytes that are no text. */
const noText = '\uFFFD';

/** The number in the column: digits with zeros before them, and a sign between where a number below 0 was put there. */
const rowOf = (position: Position): bigint => BigInt(position.replace(/^0+(?=.)/u, ''));

const recordedOf = (row: Row): Recorded => ({
  position: positionOf(BigInt(row[0])),
  stream: row[1],
  revision: row[2],
  id: row[3],
  type: row[4],
  body: row[5],
  hash: row[7] === 1 ? row[6] : noHashThere,
});

/** A file that is no whole database any more, or not with the table of the service, is a log that cannot be read, and no outage. */
const reading = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (/^SQLITE_(CORRUPT|NOTADB|ERROR$)/.test(code)) throw new EventLogCorrupt(`The database of events cannot be read: ${code}.`);
    throw error;
  }
};

type LogInSqlite = StoredLog & { readonly close: () => void };

/** Straight from the table of events, beside its writer. @param path of `events.db` @throws EventLogCorrupt when it is no database */
export const logInSqlite = (path: string): LogInSqlite => {
  const database = reading(() => openReading(path));
  try {
    return reading(() => logIn(database));
  } catch (error) {
    database.close();
    throw error;
  }
};

const logIn = (database: Database): LogInSqlite => {
  const from = database
    .prepare<[bigint], Row>(`SELECT ${columns} FROM events WHERE position >= ? ORDER BY position LIMIT ${rowsOfAPage}`)
    .raw();
  const bytes = database.prepare<[bigint], Buffer>('SELECT CAST(data AS BLOB) FROM events WHERE position = ?').pluck();
  /** Bytes that are no text must not be taken for the text that they are read as. */
  const exact = (event: Recorded): Recorded => {
    if (!event.body.includes(noText)) return event;
    const kept = bytes.get(rowOf(event.position));
    return kept === undefined || isUtf8(kept) ? event : { ...event, body: kept.toString('latin1') };
  };
  const count = database.prepare<[], number>('SELECT coalesce(max(position), 0) FROM events').pluck();
  return {
    counts: true,
    pages: async function* () {
      for (let next = firstRow; next <= lastRow;) {
        const asked = next;
        const rows = reading(() => from.all(asked));
        const end = rows.at(-1);
        if (end === undefined) return;
        next = BigInt(end[0]) + 1n;
        yield rows.map((row) => exact(recordedOf(row)));
        // waiting work (a signal, a progress bar) has a turn
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    total: () => Promise.resolve(reading(() => count.get() ?? 0)),
    close: () => {
      database.close();
    },
  };
};
