import type { LetterRecord, Operations } from '../../../../application/kernel/ports/operations';
import type { AskDatabase } from '../../../database/postgres/ask-database';
import { attemptOf, type AttemptRow } from '../attempt-row';

const attemptColumns = 'effect_id AS "effectId", attempts, last_at AS "lastAt", next_at AS "nextAt", error, done';
const letterColumns = 'letter_id AS "letterId", ticket_id AS "ticketId", kind, state, at, attempts';

const ofAttempts = {
  begin: {
    name: 'tichet-begin-attempt',
    text: `INSERT INTO tichet.attempts AS a (effect_id, attempts, last_at, done) VALUES ($1, 1, $2, false)
      ON CONFLICT (effect_id) DO UPDATE SET
        attempts = a.attempts + 1, last_at = excluded.last_at, next_at = NULL, error = NULL, done = false
      RETURNING attempts`,
  },
  failed: { name: 'tichet-attempt-failed', text: 'UPDATE tichet.attempts SET next_at = $2, error = $3 WHERE effect_id = $1' },
  done: { name: 'tichet-attempt-done', text: 'UPDATE tichet.attempts SET next_at = NULL, error = NULL, done = true WHERE effect_id = $1' },
  get: { name: 'tichet-attempt', text: `SELECT ${attemptColumns} FROM tichet.attempts WHERE effect_id = $1` },
  list: { name: 'tichet-attempts', text: `SELECT ${attemptColumns} FROM tichet.attempts ORDER BY effect_id` },
  reset: { name: 'tichet-reset-attempt', text: 'DELETE FROM tichet.attempts WHERE effect_id = $1' },
};

export const postgresAttempts = (database: AskDatabase): Operations['attempts'] => ({
  begin: async (effectId, at) => {
    const { rows } = await database.write<{ readonly attempts: number }>(ofAttempts.begin, effectId, at);
    return rows[0]?.attempts ?? 1;
  },
  failed: async (effectId, nextAt, error) => {
    await database.write(ofAttempts.failed, effectId, nextAt, error);
  },
  done: async (effectId) => {
    await database.write(ofAttempts.done, effectId);
  },
  get: async (effectId) => {
    const { rows } = await database.read<AttemptRow>(ofAttempts.get, effectId);
    const [row] = rows;
    return row && attemptOf(row);
  },
  list: async () => (await database.read<AttemptRow>(ofAttempts.list)).rows.map(attemptOf),
  reset: async (effectId) => (await database.write(ofAttempts.reset, effectId)).written > 0,
});

const ofLetters = {
  note: {
    name: 'tichet-note-letter',
    text: `INSERT INTO tichet.outbox (letter_id, ticket_id, kind, state, at, attempts) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (letter_id) DO UPDATE SET
        ticket_id = excluded.ticket_id, kind = excluded.kind, state = excluded.state, at = excluded.at, attempts = excluded.attempts`,
  },
  get: { name: 'tichet-letter', text: `SELECT ${letterColumns} FROM tichet.outbox WHERE letter_id = $1` },
  list: { name: 'tichet-letters', text: `SELECT ${letterColumns} FROM tichet.outbox ORDER BY at, letter_id` },
  ofTicket: {
    name: 'tichet-letters-of-ticket',
    text: `SELECT ${letterColumns} FROM tichet.outbox WHERE ticket_id = $1 ORDER BY at, letter_id`,
  },
  forget: { name: 'tichet-forget-letters', text: 'DELETE FROM tichet.outbox WHERE ticket_id = $1' },
};

export const postgresOutbox = (database: AskDatabase): Operations['outbox'] => ({
  note: async ({ letterId, ticketId, kind, state, at, attempts }) => {
    await database.write(ofLetters.note, letterId, ticketId, kind, state, at, attempts);
  },
  get: async (letterId) => (await database.read<LetterRecord>(ofLetters.get, letterId)).rows[0],
  list: async () => (await database.read<LetterRecord>(ofLetters.list)).rows,
  ofTicket: async (ticketId) => (await database.read<LetterRecord>(ofLetters.ofTicket, ticketId)).rows,
  forget: async (ticketId) => (await database.write(ofLetters.forget, ticketId)).written,
});

const ofRegisters = {
  get: { name: 'tichet-register', text: 'SELECT value FROM tichet.registers WHERE name = $1' },
  put: {
    name: 'tichet-put-register',
    text: 'INSERT INTO tichet.registers (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  },
  remove: { name: 'tichet-remove-register', text: 'DELETE FROM tichet.registers WHERE name = $1' },
};

export const postgresRegisters = (database: AskDatabase): Operations['registers'] => ({
  get: async (name) => (await database.read<{ readonly value: string }>(ofRegisters.get, name)).rows[0]?.value,
  put: async (name, value) => {
    await database.write(ofRegisters.put, name, value);
  },
  remove: async (name) => {
    await database.write(ofRegisters.remove, name);
  },
});
