import type { Opening, Operations } from '../../../../application/kernel/ports/operations';
import type { AskDatabase } from '../../../database/postgres/ask-database';
import { openingTry } from '../take-try';

type Row = Opening & { readonly tries: number; readonly spentBy: string | null };
const columns = 'reference, n, asked_at AS "askedAt", expires_at AS "expiresAt"';

const statements = {
  ask: {
    name: 'tichet-ask-opening',
    text: `INSERT INTO tichet.openings AS o (reference, n, asked_at, expires_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (reference) DO UPDATE SET
        n = excluded.n, asked_at = excluded.asked_at, expires_at = excluded.expires_at, tries = 0, spent_by = NULL, sent = false
      WHERE o.n <> excluded.n AND o.asked_at <= $5`,
  },
  look: {
    name: 'tichet-look-at-opening',
    text: `SELECT ${columns}, tries, spent_by AS "spentBy" FROM tichet.openings WHERE reference = $1`,
  },
  count: {
    name: 'tichet-count-opening-try',
    text: `UPDATE tichet.openings SET tries = tries + 1
      WHERE reference = $1 AND expires_at > $2 AND spent_by IS NULL AND tries < $3 RETURNING n, tries`,
  },
  spend: { name: 'tichet-spend-opening', text: 'UPDATE tichet.openings SET spent_by = $3 WHERE reference = $1 AND n = $2' },
  unsent: { name: 'tichet-unsent-openings', text: `SELECT ${columns} FROM tichet.openings WHERE NOT sent ORDER BY asked_at, reference` },
  settle: { name: 'tichet-settle-opening', text: 'UPDATE tichet.openings SET sent = true WHERE reference = $1 AND n = $2' },
  prune: { name: 'tichet-prune-openings', text: 'DELETE FROM tichet.openings WHERE expires_at < $1' },
};

/** The newest code of each reference; the code itself is computed, never kept. */
export const postgresOpenings = (database: AskDatabase): Operations['openings'] => {
  const look = async (reference: string): Promise<Row | undefined> => (await database.read<Row>(statements.look, reference)).rows[0];
  return {
    ask: async ({ reference, n, askedAt, expiresAt }, notBefore) => {
      for (;;) {
        const { written } = await database.write(statements.ask, reference, n, askedAt, expiresAt, notBefore);
        if (written > 0) return { kind: 'asked' };
        const before = await look(reference);
        if (before?.n === n) return { kind: 'again' };
        if (before !== undefined && before.askedAt > notBefore) return { kind: 'too-soon', askedAt: before.askedAt };
        // forgotten between the two: it is asked for anew
      }
    },
    takeTry: async (reference, at, triesPerCode) => {
      for (;;) {
        const { rows } = await database.write<Pick<Row, 'n' | 'tries'>>(statements.count, reference, at, triesPerCode);
        const [counted] = rows;
        if (counted) return { kind: 'compare', n: counted.n, triesLeft: triesPerCode - counted.tries };
        const why = openingTry(await look(reference), at, triesPerCode);
        // a new code was asked for between the two: it is tried
        if (why.kind !== 'compare') return why;
      }
    },
    spend: async (reference, n, commandId) => {
      await database.write(statements.spend, reference, n, commandId);
    },
    unsent: async () => (await database.read<Opening>(statements.unsent)).rows,
    settle: async (reference, n) => {
      await database.write(statements.settle, reference, n);
    },
    prune: async (before) => (await database.write(statements.prune, before)).written,
  };
};
