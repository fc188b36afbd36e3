import type { Ports } from '../../../application/kernel/ports/ports';
import { letterAttempts, letterWaits, never, nextAttemptAt } from '../../../application/kernel/processes/back-off';
import { civilDateOf } from '../../../domain/time/civil-time';
import { newestOutside } from '../note/newest-outside';
import { verifiedCheckpoint } from '../note/checkpoint';
import { type NoteVerifier, verifierLine } from '../note/signed-note';
import type { SealShelf } from '../shelf/seal-shelf';
import { readOutsideStanding, writeOutsideStanding } from '../witness/outside-standing';
import { publicationName } from './publication-name';
import { checkpointLetter, checkpointLetters } from './checkpoint-letter';
import { letterOfTheDay, type LetterOfTheDay, letterRegister } from './letter-of-the-day';

export type Publishing = Pick<Ports, 'operations' | 'mailer' | 'clock' | 'identifiers' | 'journal'> & {
  readonly shelf: SealShelf;
  /** the key of our log */
  readonly log: NoteVerifier;
  /** the address of whoever keeps the letters */
  readonly to: string;
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'not-an-error');

const put = ({ operations }: Publishing, letter: LetterOfTheDay): Promise<void> =>
  operations.registers.put(letterRegister, JSON.stringify(letter));

/** Today's, begun at its first call; `undefined` while the log has not grown since the last one that was sent. */
const todays = async (publishing: Publishing): Promise<LetterOfTheDay | undefined> => {
  const { operations, clock, shelf, log } = publishing;
  const now = clock.now();
  const day = civilDateOf(now);
  const last = letterOfTheDay(await operations.registers.get(letterRegister));
  if (last !== undefined && last.day >= day) return last;
  const sentSize = last === undefined ? 0 : last.sent ? last.size : (await standingOf(publishing)).size;
  const checkpoint = await newestOutside(shelf, log, sentSize);
  if (checkpoint === undefined) return undefined;
  // yesterday's, that nobody took, would say less
  if (last !== undefined && !last.sent) await operations.attempts.done(effectOf(publishing, last));
  const letter: LetterOfTheDay = { day, size: checkpoint.size, note: checkpoint.note, issuedAt: now, sent: false };
  await put(publishing, letter);
  return letter;
};

/** Whose address it is, is nobody's matter here. */
const place = 'address';
const standingOf = ({ operations }: Publishing) => readOutsideStanding(operations.registers, publicationName, place);

const settle = async ({ operations }: Publishing, { size, issuedAt }: LetterOfTheDay): Promise<void> =>
  writeOutsideStanding(operations.registers, publicationName, { place, size, at: issuedAt });

const letterIdOf = ({ identifiers, log }: Publishing, { day }: LetterOfTheDay): string =>
  identifiers.derive(checkpointLetters, log.name, day);

/** Under a name like those of the other letters: `letters retry` finds it. */
const effectOf = (publishing: Publishing, letter: LetterOfTheDay): string =>
  `checkpoint-letters:${checkpointLetters}:${letterIdOf(publishing, letter)}:${letter.issuedAt}`;

/** One letter a day when the log has grown, tried as other letters are. The same letter has the same id, and the same bytes. */
export const publishNewest = async (publishing: Publishing): Promise<'nothing-due' | 'sent' | 'failed'> => {
  const { operations, mailer, clock, identifiers, journal, log, shelf, to } = publishing;
  const letter = await todays(publishing);
  if (letter === undefined) return 'nothing-due';
  const standing = await standingOf(publishing);
  if (letter.sent) {
    if (standing.waitingSince !== undefined) await settle(publishing, letter);
    return 'nothing-due';
  }
  const [effectId, letterId] = [effectOf(publishing, letter), letterIdOf(publishing, letter)];
  const checkpoint = verifiedCheckpoint(letter.note, log);
  if (checkpoint === undefined) return 'nothing-due';
  const at = clock.now();
  const earlier = await operations.attempts.get(effectId);
  if (earlier?.nextAt !== undefined && earlier.nextAt > at) return 'nothing-due';
  if (standing.waitingSince === undefined)
    await writeOutsideStanding(operations.registers, publicationName, { ...standing, waitingSince: at });
  const attempt = await operations.attempts.begin(effectId, at);
  const { day, issuedAt } = letter;
  try {
    const delivery = await mailer.send(checkpointLetter({ checkpoint, day, verifier: verifierLine(log) }, { letterId, to, issuedAt }));
    if (delivery.kind === 'refused') {
      journal.error('checkpoint-letter.refused', { letterId, reason: delivery.reason });
      await operations.attempts.failed(effectId, never, 'refused');
      return 'failed';
    }
  } catch (error) {
    const isLast = attempt >= letterAttempts;
    journal.warn(isLast ? 'checkpoint-letter.given-up' : 'effect-failed', {
      process: 'checkpoint-letters',
      letterId,
      attempt,
      error: nameOf(error),
    });
    await operations.attempts.failed(effectId, isLast ? never : nextAttemptAt(identifiers, at, attempt, letterWaits), nameOf(error));
    return 'failed';
  }
  await shelf.put('published', letter.note);
  await put(publishing, { ...letter, sent: true });
  await operations.attempts.done(effectId);
  await settle(publishing, letter);
  journal.info('checkpoint-letter.sent', { letterId, size: letter.size });
  return 'sent';
};
