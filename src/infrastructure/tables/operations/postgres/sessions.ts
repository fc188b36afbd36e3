import type { Operations } from '../../../../application/kernel/ports/operations';
import type { AskDatabase } from '../../../database/postgres/ask-database';

const statements = {
  put: {
    name: 'tichet-put-session',
    text: `INSERT INTO tichet.sessions (tag, sealed, expires_at) VALUES ($1, $2, $3)
      ON CONFLICT (tag) DO UPDATE SET sealed = excluded.sealed, expires_at = excluded.expires_at`,
  },
  replace: { name: 'tichet-replace-session', text: 'UPDATE tichet.sessions SET sealed = $2, expires_at = $3 WHERE tag = $1' },
  get: { name: 'tichet-session', text: 'SELECT sealed FROM tichet.sessions WHERE tag = $1 AND expires_at > $2' },
  remove: { name: 'tichet-remove-session', text: 'DELETE FROM tichet.sessions WHERE tag = $1' },
  prune: { name: 'tichet-prune-sessions', text: 'DELETE FROM tichet.sessions WHERE expires_at < $1' },
};

/** Sessions of browsers: a row under the tag of a cookie. */
export const postgresSessions = (database: AskDatabase): Operations['sessions'] => ({
  put: async (tag, sealed, expiresAt) => {
    await database.write(statements.put, tag, sealed, expiresAt);
  },
  replace: async (tag, sealed, expiresAt) => (await database.write(statements.replace, tag, sealed, expiresAt)).written > 0,
  get: async (tag, at) => (await database.read<{ readonly sealed: string }>(statements.get, tag, at)).rows[0]?.sealed,
  remove: async (tag) => {
    await database.write(statements.remove, tag);
  },
  prune: async (before) => (await database.write(statements.prune, before)).written,
});
