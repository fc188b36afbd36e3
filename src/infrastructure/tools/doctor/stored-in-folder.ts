import { refusedReadingsIn, refusedReadingsRegister } from '../../../application/requests/readings';
import { existsSync } from 'node:fs';
import type { Hash, Position, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { ComparedLog } from '@tichet-albastru/event-log/ports/stands-at';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { openSqliteReader } from '@tichet-albastru/event-log/stores/sqlite/sqlite-reader';
import { defined } from '@tichet-albastru/kernel/defined';
import { followedTables } from '../../nest/tables';
import { hashAt } from '@tichet-albastru/event-log/read-models/standing-place';
import { sqliteReportingLooked } from '@tichet-albastru/event-log/reporting/sqlite-reporting';
import { openReading } from '@tichet-albastru/event-log/database/sqlite/open-database';
import type { KeptLog, StoredElsewhere } from './finding';
import { type HandledUntil, lackingColumns, tablesAhead } from './stored-behind-ports';

type EventRow = Omit<Recorded, 'position'> & { readonly place: number };

const columns = 'position AS place, stream, revision, id, type, data AS body, lower(hex(hash)) AS hash';

const textsOf = (path: string, sql: string, ...values: readonly string[]): readonly string[] => {
  const database = openReading(path);
  try {
    const rows: unknown[] = database
      .prepare<string[]>(sql)
      .pluck()
      .all(...values);
    return rows.map(String);
  } finally {
    database.close();
  }
};

/** Straight from the table of events: the store would refuse to read a broken one. */
export const logInFolder = (folder: string): KeptLog => {
  const path = pathIn(folder, dataFiles.events);
  return {
    streams: async function* () {
      await Promise.resolve();
      if (!existsSync(path)) return;
      const database = openReading(path);
      try {
        let stream: Recorded[] = [];
        const rows = database.prepare<[], EventRow>(`SELECT ${columns} FROM events ORDER BY stream, revision`).iterate();
        for (const { place, ...event } of rows) {
          if (stream[0] !== undefined && stream[0].stream !== event.stream) {
            yield stream;
            stream = [];
          }
          stream.push({ ...event, position: String(place) });
        }
        if (stream.length > 0) yield stream;
      } finally {
        database.close();
      }
    },
    missingPositions: () => {
      if (!existsSync(path)) return Promise.resolve(0);
      const [missing = '0'] = textsOf(path, 'SELECT coalesce(max(position), 0) - count(*) FROM events');
      return Promise.resolve(Number(missing));
    },
  };
};

/** As it lies there, whether it can be read by the store or not. */
const placesInFolder = (folder: string): ComparedLog => {
  const path = pathIn(folder, dataFiles.events);
  return {
    end: () => {
      if (!existsSync(path)) return Promise.resolve('');
      const reader = openSqliteReader(path);
      const end = reader.end();
      reader.close();
      return Promise.resolve(end);
    },
    at: (position) => {
      const hashes = existsSync(path)
        ? textsOf(path, 'SELECT lower(hex(hash)) FROM events WHERE position = CAST(? AS INTEGER)', position)
        : [];
      return Promise.resolve(hashes.map((hash: Hash) => ({ hash }))[0]);
    },
  };
};

type LiveBuild = { readonly projection: string; readonly checkpoint: Position; readonly stands?: unknown };

/** How much of the log the tables of a folder have handled, and which event last, where that is kept. */
export const handledIn = (folder: string): readonly HandledUntil[] => {
  const path = pathIn(folder, dataFiles.readModels);
  if (!existsSync(path)) return [];
  const database = openReading(path);
  try {
    // reads all columns that there are: a command may look before the service of its version has made them
    const live = database.prepare<[], LiveBuild>("SELECT * FROM builds WHERE state = 'live' ORDER BY projection").all();
    return live.map(({ projection, checkpoint, stands }) => ({ projection, checkpoint, ...defined({ hash: hashAt(checkpoint, stands) }) }));
  } finally {
    database.close();
  }
};

/** @param log when it is kept elsewhere */
export const checksInFolder = (folder: string, log: ComparedLog = placesInFolder(folder)): StoredElsewhere => {
  const textsIn = (file: (typeof dataFiles)['readModels' | 'operations'], sql: string, ...values: readonly string[]) =>
    existsSync(pathIn(folder, file)) ? textsOf(pathIn(folder, file), sql, ...values) : [];
  return {
    keys: (names) => {
      if (!existsSync(pathIn(folder, dataFiles.keys))) return Promise.resolve(undefined);
      const database = openReading(pathIn(folder, dataFiles.keys));
      const rows = database
        .prepare<[], { readonly name: string; readonly alive: number }>('SELECT name, wrapped IS NOT NULL AS alive FROM keys')
        .all();
      database.close();
      return Promise.resolve(new Map(rows.flatMap(({ name, alive }) => (names.has(name) ? [[name, alive !== 0]] : []))));
    },
    tablesBehind: async () =>
      textsIn(
        dataFiles.readModels,
        "SELECT projection FROM builds WHERE state = 'live' AND checkpoint < ? ORDER BY projection",
        await log.end(),
      ),
    tablesAhead: () => tablesAhead(log, handledIn(folder)),
    unreadableProcesses: () => {
      const live = "SELECT t.columns FROM tables t JOIN builds b ON b.build = t.build WHERE b.state = 'live' AND t.name = ?";
      const { processes } = followedTables();
      const columns = ({ name }: (typeof processes)[number]) =>
        textsIn(dataFiles.readModels, live, name).map((text) => ({ name, columns: text }));
      return Promise.resolve(lackingColumns(processes.flatMap(columns), processes));
    },
    parkedTables: () =>
      Promise.resolve(textsIn(dataFiles.readModels, 'SELECT DISTINCT name FROM parked WHERE error IS NOT NULL ORDER BY name')),
    parkedReporting: () => sqliteReportingLooked(pathIn(folder, dataFiles.reporting)).parked(),
    register: (name) => Promise.resolve(textsIn(dataFiles.operations, 'SELECT value FROM registers WHERE name = ?', name)[0]),
    failedLetters: () => Promise.resolve(textsIn(dataFiles.operations, "SELECT letter_id FROM outbox WHERE state = 'failed' ORDER BY at")),
    refusedReadings: () =>
      Promise.resolve(
        refusedReadingsIn(textsIn(dataFiles.operations, 'SELECT value FROM registers WHERE name = ?', refusedReadingsRegister)[0]),
      ),
  };
};
