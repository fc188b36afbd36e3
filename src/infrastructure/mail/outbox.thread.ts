import { parentPort, workerData } from 'node:worker_threads';
import type { Letter } from '../../application/ports/mailer';
import { errorCode } from '../error-code';
import { outboxAsked, outboxTold, type OutboxAnswer } from '../serialization/outbox-messages.codec';
import { toMime } from './mime';
import { openOutboxFolder } from './outbox-folder';
import { senderFrom } from './sender';

// Putting a letter into MIME is work and keeping it waits for the disk: here nobody waits with it.
const port = parentPort;
if (!port) throw new Error('This module runs as a worker thread only.');
const told = outboxTold(workerData);
const folder = openOutboxFolder(told.folder);
const sender = senderFrom(told.from);

const attempt = (act: () => number): OutboxAnswer => {
  try {
    return { kind: 'done', deleted: act() };
  } catch (error) {
    return { kind: 'failed', code: errorCode(error) ?? (error instanceof Error ? error.name : 'unknown') };
  }
};

const keep = (letters: readonly Letter[]): OutboxAnswer =>
  attempt(() => {
    folder.keep(letters.map((letter) => ({ ...letter, content: toMime(letter, sender) })));
    return 0;
  });

const answer = (...answers: readonly OutboxAnswer[]): void => {
  for (const one of answers) port.postMessage(one);
};

/** Together: their folder is synced once. When that fails, each alone, so that a letter that cannot be kept keeps no other from it. */
const keepTogether = (letters: readonly Letter[]): void => {
  const together = keep(letters);
  if (together.kind === 'done' || letters.length === 1) answer(...letters.map(() => together));
  else for (const letter of letters) answer(keep([letter]));
};

/** Letters that came in this turn, or while the last ones were kept. */
let gathered: Letter[] = [];
const keepGathered = (): void => {
  const letters = gathered;
  gathered = [];
  if (letters.length > 0) keepTogether(letters);
};

// One thing after the other, as asked: forgetting finds every letter that was given before it.
port.on('message', (message: unknown) => {
  const asked = outboxAsked(message);
  if (asked !== undefined && 'keep' in asked) {
    if (gathered.push(asked.keep) === 1) setImmediate(keepGathered);
    return;
  }
  keepGathered();
  if (asked === undefined) port.close();
  else answer(attempt(() => folder.forget(asked.forget)));
});
