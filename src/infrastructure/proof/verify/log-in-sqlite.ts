import { isUtf8 } from 'node:buffer';
import type { Database } from 'better-sqlite3';
import { EventLogCorrupt, type Recorded } from '../../../application/ports/event-store';
import { positionOf } from '../../event-store/append-rules';
import { errorCode } from '../../error-code';
import { openReading } from '../../sqlite/open-database';
import type { LogAsKept, StreamHead } from './log-as-kept';

const text = (column: string): string => `coalesce(CAST(${column} AS TEXT), '')`;

type Row = [position: number, stream: string, revision: number, id: string, type: string, body: string, hash: string];

const rowsOfAPage = 1000;
/** Positions at or before 0 are none that the service gives, and must be seen all the same. */
const beforeAll = Number.MIN_SAFE_INTEGER;
/** Whatever somebody has put there, as text. */
const columns = ['position', text('stream'), 'revision', text('id'), text('type'), text('data'), 'lower(hex(hash))'].join(', ');
/** What reading puts in the place of bytes that are no text. */
const noText = '\uFFFD';

const recordedOf = (row: Row): Recorded => ({
  position: positionOf(row[0]),
  stream: row[1],
  revision: row[2],
  id: row[3],
  type: row[4],
  body: row[5],
  hash: row[6],
});

/** A file that is no whole database any more is a log that cannot be read, and no outage. */
const reading = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && /^SQLITE_(CORRUPT|NOTADB)/.test(errorCode(error) ?? '')) throw new EventLogCorrupt(error.message);
    throw error;
  }
};

type LogInSqlite = LogAsKept & { readonly close: () => void };

/** Straight from the table of events, beside whoever writes it. @param path of `events.db` @throws EventLogCorrupt when it is no database */
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
  const after = database
    .prepare<[number], Row>(`SELECT ${columns} FROM events WHERE position > ? ORDER BY position LIMIT ${rowsOfAPage}`)
    .raw();
  const bytes = database.prepare<[number], Buffer>('SELECT CAST(data AS BLOB) FROM events WHERE position = ?').pluck();
  /** Bytes that are no text must not be taken for the text that they are read as. */
  const exact = (event: Recorded): Recorded => {
    if (!event.body.includes(noText)) return event;
    const kept = bytes.get(Number(event.position));
    return kept === undefined || isUtf8(kept) ? event : { ...event, body: kept.toString('latin1') };
  };
  const head = database.prepare<[string, number], StreamHead>(
    'SELECT revision, lower(hex(hash)) AS hash FROM events WHERE stream = ? AND position < ? ORDER BY revision DESC LIMIT 1',
  );
  const count = database.prepare<[], number>('SELECT coalesce(max(position), 0) FROM events').pluck();
  return {
    counts: true,
    pages: async function* () {
      for (let last = beforeAll; ;) {
        const from = last;
        const rows = reading(() => after.all(from));
        const end = rows.at(-1);
        if (end === undefined) return;
        last = end[0];
        yield rows.map((row) => exact(recordedOf(row)));
        // whoever waits for a signal or a bar has a turn
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    before: ({ stream, position }) => Promise.resolve(reading(() => head.get(stream, Number(position)))),
    total: () => Promise.resolve(reading(() => count.get() ?? 0)),
    close: () => {
      database.close();
    },
  };
};
