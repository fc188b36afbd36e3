import type Database from 'better-sqlite3';
import type { Attempt, LetterKind, LetterRecord, Operations } from '../../../../application/kernel/ports/operations';
import type { CommitQueue } from '../../../database/sqlite/commit-queue';
import { attemptOf, type AttemptRow } from '../attempt-row';

type StoredAttempt = Omit<AttemptRow, 'done'> & { readonly done: number };
const toldAttempt = (row: StoredAttempt): Attempt => attemptOf({ ...row, done: row.done !== 0 });
const attemptColumns = 'effect_id AS effectId, attempts, last_at AS lastAt, next_at AS nextAt, error, done';

export const sqliteAttempts = (database: Database.Database, queue: CommitQueue): Operations['attempts'] => {
  const begin = database.prepare<[string, string]>(
    `INSERT INTO attempts (effect_id, attempts, last_at, done) VALUES (?, 1, ?, 0)
     ON CONFLICT (effect_id) DO UPDATE SET attempts = attempts + 1, last_at = excluded.last_at, next_at = NULL, error = NULL, done = 0`,
  );
  const failed = database.prepare<[string, string, string]>('UPDATE attempts SET next_at = ?, error = ? WHERE effect_id = ?');
  const done = database.prepare<[string]>('UPDATE attempts SET next_at = NULL, error = NULL, done = 1 WHERE effect_id = ?');
  const select = database.prepare<[string], StoredAttempt>(`SELECT ${attemptColumns} FROM attempts WHERE effect_id = ?`);
  const list = database.prepare<[], StoredAttempt>(`SELECT ${attemptColumns} FROM attempts ORDER BY effect_id`);
  const remove = database.prepare<[string]>('DELETE FROM attempts WHERE effect_id = ?');
  return {
    begin: (effectId, at) =>
      queue.run(() => {
        begin.run(effectId, at);
        return select.get(effectId)?.attempts ?? 1;
      }),
    failed: (effectId, nextAt, error) =>
      queue.run(() => {
        failed.run(nextAt, error, effectId);
      }),
    done: (effectId) =>
      queue.run(() => {
        done.run(effectId);
      }),
    get: (effectId) => {
      const row = select.get(effectId);
      return Promise.resolve(row && toldAttempt(row));
    },
    list: () => Promise.resolve(list.all().map(toldAttempt)),
    reset: (effectId) => queue.run(() => remove.run(effectId).changes > 0),
  };
};

const letterColumns = 'letter_id AS letterId, ticket_id AS ticketId, kind, state, at, attempts';

export const sqliteOutbox = (database: Database.Database, queue: CommitQueue): Operations['outbox'] => {
  const note = database.prepare<[string, string, LetterKind, LetterRecord['state'], string, number]>(
    'INSERT OR REPLACE INTO outbox (letter_id, ticket_id, kind, state, at, attempts) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const select = database.prepare<[string], LetterRecord>(`SELECT ${letterColumns} FROM outbox WHERE letter_id = ?`);
  const list = database.prepare<[], LetterRecord>(`SELECT ${letterColumns} FROM outbox ORDER BY at, letter_id`);
  const ofTicket = database.prepare<[string], LetterRecord>(
    `SELECT ${letterColumns} FROM outbox WHERE ticket_id = ? ORDER BY at, letter_id`,
  );
  const forget = database.prepare<[string]>('DELETE FROM outbox WHERE ticket_id = ?');
  return {
    note: ({ letterId, ticketId, kind, state, at, attempts }) =>
      queue.run(() => {
        note.run(letterId, ticketId, kind, state, at, attempts);
      }),
    get: (letterId) => Promise.resolve(select.get(letterId)),
    list: () => Promise.resolve(list.all()),
    ofTicket: (ticketId) => Promise.resolve(ofTicket.all(ticketId)),
    forget: (ticketId) => queue.run(() => forget.run(ticketId).changes),
  };
};

export const sqliteRegisters = (database: Database.Database, queue: CommitQueue): Operations['registers'] => {
  const select = database.prepare<[string], string>('SELECT value FROM registers WHERE name = ?').pluck();
  const put = database.prepare<[string, string]>('INSERT OR REPLACE INTO registers (name, value) VALUES (?, ?)');
  const remove = database.prepare<[string]>('DELETE FROM registers WHERE name = ?');
  return {
    get: async (name) => {
      await queue.durable();
      return select.get(name);
    },
    put: (name, value) =>
      queue.run(() => {
        put.run(name, value);
      }),
    remove: (name) =>
      queue.run(() => {
        remove.run(name);
      }),
  };
};
