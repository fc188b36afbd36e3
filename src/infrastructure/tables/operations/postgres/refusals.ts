import { mostRefusalsOfSubject, type Refusals } from '../../../../application/kernel/ports/refusals';
import type { AskDatabase } from '../../../database/postgres/ask-database';
import { entryOf, refusalColumns, refusalOf, type RefusalRow } from '../refusal-row';

const statements = {
  note: { name: 'tichet-note-refusal', text: 'SELECT tichet.note_refusal($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)' },
  of: { name: 'tichet-refusals-of', text: `SELECT ${refusalColumns} FROM tichet.refusals WHERE subject = $1 ORDER BY at, entry` },
  prune: { name: 'tichet-prune-refusals', text: 'DELETE FROM tichet.refusals WHERE at < $1' },
};

/** The journal of refused attempts. The bound is kept under a lock on the subject, whichever process writes. */
export const postgresRefusals = (database: AskDatabase): Refusals => ({
  note: async (refusal) => {
    const { subject, commandId, at, command, code, article, actor } = refusal;
    const row = [entryOf(refusal), subject, commandId, at, command, code, article ?? null, actor.kind, actor.id] as const;
    await database.write(statements.note, ...row, mostRefusalsOfSubject);
  },
  of: async (subject) => (await database.read<RefusalRow>(statements.of, subject)).rows.map(refusalOf),
  prune: async (before) => (await database.write(statements.prune, before)).written,
});
