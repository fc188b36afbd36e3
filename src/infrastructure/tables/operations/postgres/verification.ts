import type { Operations } from '../../../../application/kernel/ports/operations';
import type { AskDatabase } from '../../../database/postgres/ask-database';
import { verificationTry } from '../take-try';

type Row = { readonly n: number; readonly expiresAt: string; readonly tries: number; readonly spent: boolean };

const statements = {
  open: {
    name: 'tichet-open-code',
    text: `INSERT INTO tichet.verification AS v (ticket_id, n, expires_at) VALUES ($1, $2, $3)
      ON CONFLICT (ticket_id) DO UPDATE SET n = excluded.n, expires_at = excluded.expires_at, tries = 0, spent = false
      WHERE excluded.n > v.n`,
  },
  // the row's lock is what tries of several processes wait for: each sees what the one before has counted
  count: {
    name: 'tichet-count-try',
    text: `UPDATE tichet.verification SET tries = tries + 1
      WHERE ticket_id = $1 AND NOT spent AND expires_at > $2 AND tries < $3 RETURNING n, tries`,
  },
  look: {
    name: 'tichet-look-at-code',
    text: 'SELECT n, expires_at AS "expiresAt", tries, spent FROM tichet.verification WHERE ticket_id = $1',
  },
  spend: { name: 'tichet-spend-code', text: 'UPDATE tichet.verification SET spent = true WHERE ticket_id = $1 AND n = $2' },
};

/** Tries, number and expiry of the newest code of each ticket; the code itself is computed, never kept. */
export const postgresVerification = (database: AskDatabase): Operations['verification'] => ({
  open: async (ticketId, n, expiresAt) => {
    await database.write(statements.open, ticketId, n, expiresAt);
  },
  takeTry: async (ticketId, at, triesPerCode) => {
    for (;;) {
      const { rows } = await database.write<Pick<Row, 'n' | 'tries'>>(statements.count, ticketId, at, triesPerCode);
      const [counted] = rows;
      if (counted) return { kind: 'compare', n: counted.n, triesLeft: triesPerCode - counted.tries };
      const standing = await database.read<Row>(statements.look, ticketId);
      const why = verificationTry(standing.rows[0], at, triesPerCode);
      // a new code was opened between the two: it is tried
      if (why.kind !== 'compare') return why;
    }
  },
  spend: async (ticketId, n) => {
    await database.write(statements.spend, ticketId, n);
  },
});
