import type { Database } from '../../database/sqlite/driver';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { openDurable } from '../../database/sqlite/open-database';
import { keepLogShort } from '../../database/sqlite/short-log';
import { stands } from '../append-in-order';
import { type AppendOutcome, type AppendRequest, expectedRevision, positionOf } from '../append-rules';

export type SqliteWriter = {
  /** One transaction for all of them, one outcome each, in order. Answers after COMMIT. */
  write(requests: readonly AppendRequest[]): readonly AppendOutcome[];
  /** The same, but where one of them cannot stand none is written. */
  writeAllOrNone(requests: readonly AppendRequest[]): readonly AppendOutcome[];
  /** Asks the disk whether it takes a write. @throws what SQLite throws */
  tryDisk(): void;
  close(): void;
};

const schema = `
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (stream, revision)
  );
  CREATE TRIGGER IF NOT EXISTS events_never_change BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
  CREATE TRIGGER IF NOT EXISTS events_never_go BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
`;

type Standing = { readonly stream: string; readonly revision: number; readonly position: number };
const attempts = 3;

/**
 * Writes batches of appends, a savepoint each. A commit that failed may or may not have happened: the identical batch is
 * written again, and the ids tell which of it stands already.
 * @param commit ends a transaction; a test's way to let it fail
 */
export const openSqliteWriter = (
  path: string,
  commit: (database: Database) => void = (database) => database.exec('COMMIT'),
): SqliteWriter => {
  const database = openDurable(path);
  const log = keepLogShort(database);
  database.exec(schema);
  const head = database.prepare<[string], { readonly revision: number; readonly hash: Buffer }>(
    'SELECT revision, hash FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1',
  );
  const byId = database.prepare<[string], Standing>('SELECT stream, revision, position FROM events WHERE id = ?');
  const insert = database.prepare<[string, number, string, string, string, Buffer]>(
    'INSERT INTO events (stream, revision, id, type, data, hash) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const statement = (sql: string): (() => void) => {
    const prepared = database.prepare(sql);
    return () => prepared.run();
  };
  const begin = statement('BEGIN IMMEDIATE');
  const savepoint = statement('SAVEPOINT one_append');
  const release = statement('RELEASE one_append');
  const undo = statement('ROLLBACK TO one_append');

  const repeated = (first: Standing, { stream, events }: AppendRequest): AppendOutcome => {
    if (first.stream !== stream) return { kind: 'refused', reason: `An event for ${stream} has the id of an event of another stream.` };
    let last = first;
    for (const { id } of events.slice(1)) {
      const next = byId.get(id);
      if (next?.stream !== stream || next.revision !== last.revision + 1) break;
      last = next;
    }
    return { kind: 'already-appended', revision: last.revision, position: positionOf(last.position) };
  };

  const writeOne = (request: AppendRequest): AppendOutcome => {
    const { stream, expected, events } = request;
    const [firstEvent] = events;
    const standing = firstEvent && byId.get(firstEvent.id);
    if (standing) return repeated(standing, request);
    const last = head.get(stream);
    let revision = last?.revision ?? -1;
    if (revision !== expectedRevision(expected) || (expected.kind === 'at' && last?.hash.toString('hex') !== expected.hash)) {
      return { kind: 'conflict', revision };
    }
    let position: number | bigint = 0;
    for (const { id, type, body, hash } of events) {
      revision += 1;
      position = insert.run(stream, revision, id, type, body, Buffer.from(hash, 'hex')).lastInsertRowid;
    }
    return { kind: 'appended', revision, position: positionOf(Number(position)) };
  };

  const writeSafely = (request: AppendRequest): AppendOutcome => {
    savepoint();
    try {
      return writeOne(request);
    } catch (error) {
      if (errorCode(error) !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
      undo();
      return { kind: 'refused', reason: `An event for ${request.stream} has the id of another event.` };
    } finally {
      if (database.inTransaction) release();
    }
  };

  const writeOnce = (requests: readonly AppendRequest[], allOrNone: boolean): readonly AppendOutcome[] => {
    begin();
    try {
      const outcomes = requests.map(writeSafely);
      if (allOrNone && !outcomes.every(stands)) database.exec('ROLLBACK');
      else commit(database);
      return outcomes;
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };

  const writeRepeatedly = (requests: readonly AppendRequest[], allOrNone: boolean): readonly AppendOutcome[] => {
    let reason = '';
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      try {
        const outcomes = writeOnce(requests, allOrNone);
        log.wrote();
        return outcomes;
      } catch (error) {
        reason = errorCode(error) ?? 'the write failed';
        // the wait for the lock was long enough: nothing was written, and the caller may ask again
        if (reason === 'SQLITE_BUSY') break;
      }
    }
    return requests.map(() => ({ kind: 'unknown', reason }));
  };

  return {
    write: (requests) => writeRepeatedly(requests, false),
    writeAllOrNone: (requests) => writeRepeatedly(requests, true),
    tryDisk: () => {
      // no code reads this number; its page is written although the number stays the same
      database.pragma('user_version = 0');
    },
    close: () => {
      log.close();
      database.close();
    },
  };
};
