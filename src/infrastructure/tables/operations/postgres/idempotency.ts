import type { KeptCommand, Operations } from '../../../../application/kernel/ports/operations';
import type { AskDatabase } from '../../../database/postgres/ask-database';
import { answerSeal } from '../answer-seal';

type Row = {
  readonly fingerprint: string;
  readonly commandId: string;
  readonly at: string;
  readonly ids: string[];
  readonly answer: string | null;
};

const commandOf = ({ commandId, at, ids }: Row): KeptCommand => ({ commandId, at, ids });

const statements = {
  // `command_at` is NULL where the command was refused: it is of whoever asks next
  remember: {
    name: 'tichet-remember',
    text: `INSERT INTO tichet.idempotency AS k (key, fingerprint, at, command_id, command_at, ids) VALUES ($1, $2, $3, $4, $3, $5)
      ON CONFLICT (key) DO UPDATE SET
        at = CASE WHEN k.command_at IS NULL AND k.fingerprint = excluded.fingerprint THEN excluded.at ELSE k.at END,
        command_at = CASE WHEN k.fingerprint = excluded.fingerprint THEN coalesce(k.command_at, excluded.command_at) ELSE k.command_at END
      RETURNING fingerprint, command_id AS "commandId", coalesce(command_at, '') AS at, ids, answer`,
  },
  settle: {
    name: 'tichet-settle',
    text: 'UPDATE tichet.idempotency SET answer = coalesce(answer, $2) WHERE key = $1 RETURNING answer',
  },
  refuse: {
    name: 'tichet-refuse',
    text: 'UPDATE tichet.idempotency SET command_at = NULL WHERE key = $1 AND answer IS NULL',
  },
  prune: { name: 'tichet-prune-keys', text: 'DELETE FROM tichet.idempotency WHERE at < $1' },
};

export const postgresIdempotency = (database: AskDatabase, answerKey: Buffer): Operations['idempotency'] => {
  const { seal, open } = answerSeal(answerKey);
  return {
    remember: async (key, fingerprint, { commandId, at, ids }) => {
      const { rows } = await database.write<Row>(statements.remember, key, fingerprint, at, commandId, ids);
      const [row] = rows;
      if (row?.fingerprint !== fingerprint) return { kind: 'other-body' };
      return { kind: 'kept', command: commandOf(row), ...(row.answer !== null && { answer: open(key, row.answer) }) };
    },
    settle: async (key, answer) => {
      const { rows } = await database.write<{ readonly answer: string }>(statements.settle, key, seal(key, answer));
      const [first] = rows;
      if (!first) throw new Error('An answer to a command that nobody remembers.');
      return open(key, first.answer);
    },
    refused: async (key) => {
      await database.write(statements.refuse, key);
    },
    prune: async (before) => (await database.write(statements.prune, before)).written,
  };
};
