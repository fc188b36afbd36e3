import { EventLogCorrupt, type Position, type Recorded } from '../ports/event-store';
import type { Statement } from '../database/sqlite/driver';
import { openSetAside } from '../database/sqlite/open-database';

type Row = [number: number, position: string, stream: string, revision: number, id: string, type: string, body: string, hash: string];

const columns = 'number, position, stream, revision, id, type, body, hash';
const rowsAtOnce = 1000;

const recordedOf = ([, position, stream, revision, id, type, body, hash]: Row): Recorded => ({
  position,
  stream,
  revision,
  id,
  type,
  body,
  hash,
});

/** A log as it was read once, from its beginning to its end. Little of it is in memory, however long it is. */
export type LogReadOnce = {
  /** Every event in global order, some at a time. @throws EventLogCorrupt behind the last that could be read */
  pages(): AsyncIterable<readonly Recorded[]>;
  /** Every event, stream by stream. @throws EventLogCorrupt behind the last that could be read */
  streams(): AsyncIterable<readonly Recorded[]>;
  /** The events of one stream with their numbers in the log, from 1 on; `undefined` where the log could not be read to its end. */
  ofStream(stream: string): Promise<readonly NumberedEvent[] | undefined>;
  /** Reads what has come since. */
  readOn(): Promise<void>;
  close(): void;
};

export type NumberedEvent = { readonly number: number; readonly event: Recorded };

/**
 * Reads a log at the first request, and never again: the events are set aside, and ordered by streams there.
 * @param source all of the log behind a position, some events at a time
 */
export const readOnce = (source: (after: Position) => AsyncIterable<readonly Recorded[]>): LogReadOnce => {
  const database = openSetAside();
  database.exec(
    `CREATE TABLE events (number INTEGER PRIMARY KEY, position TEXT NOT NULL, stream TEXT NOT NULL, revision INTEGER NOT NULL,
       id TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL)`,
  );
  const insert = database.prepare<Row>(`INSERT INTO events (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  let [count, end]: [number, Position] = [0, ''];
  let fault: EventLogCorrupt | undefined;
  const keep = database.transaction((page: readonly Recorded[]) => {
    for (const { position, stream, revision, id, type, body, hash } of page)
      insert.run((count += 1), position, stream, revision, id, type, body, hash);
    end = page.at(-1)?.position ?? end;
  });
  const read = async (): Promise<void> => {
    try {
      for await (const page of source(end)) keep(page);
    } catch (error) {
      if (!(error instanceof EventLogCorrupt)) throw error;
      fault = error;
    }
    database.exec('CREATE INDEX IF NOT EXISTS by_stream ON events (stream, revision)');
  };
  let reading: Promise<void> | undefined;
  const wasRead = (): Promise<void> => (reading ??= read());
  let ofStream: Statement<[string], Row> | undefined;

  /** @param place of a row in the order in which they come */
  async function* inOrder(order: string, place: (row: Row) => readonly unknown[]): AsyncGenerator<readonly Recorded[]> {
    await wasRead();
    const first: Row = [0, '', '', -1, '', '', '', ''];
    const places = place(first).map(() => '?');
    const next = database
      .prepare<unknown[], Row>(`SELECT ${columns} FROM events WHERE (${order}) > (${places.join()}) ORDER BY ${order} LIMIT ${rowsAtOnce}`)
      .raw();
    for (let last: Row | undefined = first; last !== undefined;) {
      const rows: readonly Row[] = next.all(...place(last));
      last = rows.at(-1);
      yield rows.map(recordedOf);
      // signals and a progress bar have their turn
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  const told = (): void => {
    if (fault !== undefined) throw fault;
  };
  return {
    pages: async function* () {
      yield* inOrder('number', ([number]) => [number]);
      told();
    },
    streams: async function* () {
      let stream: Recorded[] = [];
      for await (const events of inOrder('stream, revision, number', ([number, , name, revision]) => [name, revision, number]))
        for (const event of events) {
          if (stream[0] !== undefined && stream[0].stream !== event.stream) {
            yield stream;
            stream = [];
          }
          stream.push(event);
        }
      if (stream.length > 0) yield stream;
      told();
    },
    ofStream: async (stream) => {
      await wasRead();
      if (fault !== undefined) return undefined;
      ofStream ??= database.prepare<[string], Row>(`SELECT ${columns} FROM events WHERE stream = ? ORDER BY revision, number`).raw();
      return ofStream.all(stream).map((row) => ({ number: row[0], event: recordedOf(row) }));
    },
    readOn: async () => {
      await wasRead();
      await (reading = read());
    },
    close: () => {
      database.close();
    },
  };
};
