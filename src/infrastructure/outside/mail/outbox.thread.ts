import { parentPort, workerData } from 'node:worker_threads';
import type { Letter } from '../../../application/kernel/ports/mailer';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { outboxRequest, outboxOptions, type OutboxAnswer } from './outbox-messages.codec';
import { toMime } from './mime';
import { openOutboxFolder } from './outbox-folder';
import { senderFrom } from './sender';

// Putting a letter into MIME is work and keeping it waits for the disk: here no request waits with it.
const port = parentPort;
if (!port) throw new Error('This module runs as a worker thread only.');
const options = outboxOptions(workerData);
const folder = openOutboxFolder(options.folder);
const sender = senderFrom(options.from);

const attempt = (act: () => number): OutboxAnswer => {
  try {
    return { kind: 'done', deleted: act() };
  } catch (error) {
    return { kind: 'failed', code: errorCode(error) ?? (error instanceof Error ? error.name : 'unknown') };
  }
};

const keep = (letters: readonly Letter[]): OutboxAnswer =>
  attempt(() => {
    folder.keep(letters.map((letter) => ({ ...letter, content: toMime(letter, sender, options.crest) })));
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

/** While many letters leave, each waits so long for others, in milliseconds: most of the work of syncing is the same for one and for ten. */
const gathering = 25;

/** Letters that came in this turn, while the last ones were kept, or while more were waited for. */
let gathered: Letter[] = [];
let many = false;
const keepGathered = (): void => {
  const letters = gathered;
  gathered = [];
  many = letters.length > 1;
  if (letters.length > 0) keepTogether(letters);
};

// One thing after the other, as asked: forgetting finds every letter that was given before it.
port.on('message', (message: unknown) => {
  const asked = outboxRequest(message);
  if (asked !== undefined && 'keep' in asked) {
    if (gathered.push(asked.keep) > 1) return;
    if (many) setTimeout(keepGathered, gathering);
    else setImmediate(keepGathered);
    return;
  }
  keepGathered();
  if (asked === undefined) port.close();
  else answer(attempt(() => folder.forget(asked.forget)));
});
