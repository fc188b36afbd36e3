import { type Database, openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { noHash } from '@tichet-albastru/event-log/ports/event-store';
import { dataFiles, pathIn } from '../../src/infrastructure/database/data-folder/data-files';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import type { SealedLog } from './sealed-tickets';

/** From 0 on, below `most`. */
export type Chance = (most: number) => number;
type Row = { position: number; stream: string; revision: number; id: string; type: string; data: string; hash: Buffer };
export const inTheLog = (folder: string, change: (database: Database) => void): void => {
  const database = openSqlite(pathIn(folder, dataFiles.events));
  database.pragma('synchronous = OFF');
  database.exec('DROP TRIGGER IF EXISTS events_never_change; DROP TRIGGER IF EXISTS events_never_go;');
  database.transaction(() => {
    change(database);
  })();
  database.close();
};
export const rowAt = (database: Database, position: number): Row => {
  const row = database.prepare<[number], Row>('SELECT * FROM events WHERE position = ?').get(position);
  if (row === undefined) throw new Error(`There is no event ${position}.`);
  return row;
};
export const anyOf = (base: SealedLog, chance: Chance): number => 1 + chance(base.size);

/** One byte of it is another one. */
export const changedByte = (bytes: Buffer, chance: Chance): Buffer => {
  const changed = Buffer.from(bytes);
  const at = chance(changed.length);
  changed[at] = ((changed[at] ?? 0) + 1 + chance(255)) % 256;
  return changed;
};

/** Room for one more at this place. */
export const shiftFrom = (database: Database, position: number): void => {
  database.prepare('UPDATE events SET position = -position WHERE position >= ?').run(position);
  database.prepare('UPDATE events SET position = -position + 1 WHERE position < 0').run();
};

/** The events of a stream from a revision on, their chain made whole again with our own recipe. */
export const rechain = (database: Database, stream: string, from: number): void => {
  const before = database.prepare<[string, number], Row>('SELECT * FROM events WHERE stream = ? AND revision = ?').get(stream, from - 1);
  let previousHash = before?.hash.toString('hex') ?? noHash;
  for (const row of database
    .prepare<[string, number], Row>('SELECT * FROM events WHERE stream = ? AND revision >= ? ORDER BY revision')
    .all(stream, from)) {
    const body = JSON.parse(row.data);
    body.metadata.previousHash = previousHash;
    const data = JSON.stringify(body);
    previousHash = hashEvent({ stream, revision: row.revision, id: row.id, body: data });
    database.prepare('UPDATE events SET data = ?, hash = ? WHERE position = ?').run(data, Buffer.from(previousHash, 'hex'), row.position);
  }
};

export const forged = (chance: Chance, stream: string, revision: number, previousHash: string) => {
  const id = `${String(chance(1e8)).padStart(8, '0')}-0000-5000-8000-${String(chance(1e12)).padStart(12, '0')}`;
  const data = JSON.stringify({
    type: 'TaskDone',
    version: 1,
    data: { taskId: 'forged', doneAt: '2026-03-05T09:00:00.000Z' },
    metadata: {
      commandId: id,
      correlationId: id,
      causationId: id,
      actor: { kind: 'system', id: 'forger' },
      recordedAt: '2026-03-05T09:00:00.000Z',
      previousHash,
    },
  });
  return { stream, revision, id, type: 'TaskDone', data, hash: Buffer.from(hashEvent({ stream, revision, id, body: data }), 'hex') };
};
export const insert = (database: Database, position: number, row: Omit<Row, 'position'>): void => {
  database
    .prepare('INSERT INTO events (position, stream, revision, id, type, data, hash) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(position, row.stream, row.revision, row.id, row.type, row.data, row.hash);
};

/** An event says something else, and everything that follows from it in its stream was computed again. */
export const rewrite = (folder: string, base: SealedLog, chance: Chance): { readonly number: number; readonly hash: string } => {
  const number = anyOf(base, chance);
  let hash = '';
  inTheLog(folder, (database) => {
    const { stream, revision, data } = rowAt(database, number);
    database.prepare('UPDATE events SET data = ? WHERE position = ?').run(data.replace('"recordedAt":"2026', '"recordedAt":"2025'), number);
    rechain(database, stream, revision);
    hash = rowAt(database, number).hash.toString('hex');
  });
  return { number, hash };
};

export const tilesOf = (folder: string): readonly string[] => {
  const seal = join(pathIn(folder, dataFiles.seal), 'tile');
  return readdirSync(seal, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
};
/** Level, and the index of the tile. */
export const placeOfTile = (path: string): readonly [number, number] => {
  const [, level = '', index = ''] = /tile\/(\d+)\/(\d+)/.exec(path) ?? [];
  return [Number(level), Number(index)];
};
