import type Database from 'better-sqlite3';
import type { Operations } from '../../../../application/kernel/ports/operations';
import { commandOf, commandText } from '../../../log/codec/kept-rows.codec';
import type { CommitQueue } from '../../../database/sqlite/commit-queue';
import { answerSeal } from '../answer-seal';

type Row = { readonly fingerprint: string; readonly command: string; readonly answer: string | null };

export const sqliteIdempotency = (
  database: Database.Database,
  queue: CommitQueue,
  answerKey: Buffer | undefined,
): Operations['idempotency'] => {
  const { seal, open } = answerSeal(answerKey);
  const insert = database.prepare<[string, string, string, string]>(
    'INSERT INTO idempotency (key, fingerprint, at, command) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const select = database.prepare<[string], Row>('SELECT fingerprint, command, answer FROM idempotency WHERE key = ?');
  const settle = database.prepare<[string, string]>('UPDATE idempotency SET answer = ? WHERE key = ? AND answer IS NULL');
  const refuse = database.prepare<[string]>(
    "UPDATE idempotency SET command = json_set(command, '$.at', '') WHERE key = ? AND answer IS NULL",
  );
  const askAnew = database.prepare<[string, string, string]>(
    "UPDATE idempotency SET at = ?, command = json_set(command, '$.at', ?) WHERE key = ? AND json_extract(command, '$.at') = ''",
  );
  const prune = database.prepare<[string]>('DELETE FROM idempotency WHERE at < ?');
  const kept = (key: string): Row => {
    const row = select.get(key);
    if (!row) throw new Error('An answer to a command that nobody remembers.');
    return row;
  };
  return {
    remember: (key, fingerprint, proposal) =>
      queue.run(() => {
        insert.run(key, fingerprint, proposal.at, commandText(proposal));
        if (kept(key).fingerprint !== fingerprint) return { kind: 'other-body' };
        askAnew.run(proposal.at, proposal.at, key);
        const row = kept(key);
        return { kind: 'kept', command: commandOf(row.command), ...(row.answer !== null && { answer: open(key, row.answer) }) };
      }),
    settle: (key, answer) =>
      queue.run(() => {
        settle.run(seal(key, answer), key);
        const { answer: first } = kept(key);
        return first === null ? answer : open(key, first);
      }),
    refused: (key) =>
      queue.run(() => {
        refuse.run(key);
      }),
    prune: (before) => queue.run(() => prune.run(before).changes),
  };
};
