import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { Ports } from '../../../application/kernel/ports/ports';
import { letterAttempts, letterWaits, never, nextAttemptAt } from '../../../application/kernel/processes/process';
import { civilDateOf } from '../../../domain/time/civil-time';
import {
  type CheckpointStore,
  newestOutside,
  type NoteVerifier,
  readOutsideStatus,
  type SignedCheckpoint,
  verifiedCheckpoint,
  verifierLine,
  writeOutsideStatus,
} from '@tichet-albastru/signed-log';
import { fieldsOf, parsedJson } from '@tichet-albastru/kernel/json.codec';
import { inEveryLanguage, sentences } from '../../phrasing/sentences';
import { publicationName } from './publication-name';
import type { Letter } from '../../../application/kernel/ports/mailer';
import { paragraph, type LetterBody } from '../../outside/mail/letter-body';
import { renderHtml } from '../../outside/mail/render-html';
import { renderText } from '../../outside/mail/render-text';

/** In the place of a ticket's id: the letter is about none. */
const checkpointLetters = 'checkpoint';

type Published = { readonly checkpoint: SignedCheckpoint; readonly day: CivilDate; readonly verifier: string };

/** In both languages: its holder may show it to all. Nothing in it is personal. */
const bodyOf = ({ checkpoint: { origin, size, root, note }, day, verifier }: Published): LetterBody => {
  const { ro, en } = inEveryLanguage((locale) => sentences[locale].proof.letter);
  const both = (name: 'title' | 'log' | 'day' | 'events' | 'root' | 'key' | 'signed'): string => `${ro[name]} / ${en[name]}`;
  return {
    subject: `Tichetul albastru: ${ro.subject} / ${en.subject}, ${day}`,
    title: both('title'),
    blocks: [
      paragraph(ro.keep),
      paragraph(en.keep),
      {
        kind: 'details',
        rows: [
          [both('log'), origin],
          [both('day'), day],
          [both('events'), String(size)],
          [`${both('root')} (SHA-256, RFC 6962)`, root.toString('hex')],
          [both('key'), verifier],
        ],
      },
      paragraph(`${both('signed')}:`),
      paragraph(note.trimEnd()),
      { kind: 'list', title: ro.howTitle, items: ro.how },
      { kind: 'list', title: en.howTitle, items: en.how },
    ],
  };
};

/** The same day and checkpoint give the same letter, to the byte. @param letterId letters, digits and hyphens */
const checkpointLetter = (
  published: Published,
  { letterId, to, issuedAt }: { readonly letterId: string; readonly to: string; readonly issuedAt: Instant },
): Letter => {
  const body = bodyOf(published);
  return {
    letterId,
    ticketId: checkpointLetters,
    to,
    subject: body.subject,
    text: renderText(body),
    html: renderHtml(body, 'ro'),
    locale: 'ro',
    issuedAt,
  };
};

/** The register of the letters to the control department: the one of the newest day on which there was one. */
export type LetterOfTheDay = {
  readonly day: CivilDate;
  readonly size: number;
  /** word for word what it says: tried again, it is the same letter */
  readonly note: string;
  readonly issuedAt: Instant;
  readonly sent: boolean;
};

export const letterKey = 'checkpoint-letter';

/** @returns `undefined` for what was never kept, or cannot be read */
export const letterOfTheDay = (text: string | undefined): LetterOfTheDay | undefined =>
  fieldsOf(parsedJson(text), { day: 'text', size: 'number', note: 'text', issuedAt: 'text', sent: 'flag' });

export type Publishing = Pick<Ports, 'operations' | 'mailer' | 'clock' | 'identifiers' | 'logger'> & {
  readonly checkpoints: CheckpointStore;
  /** the key of our log */
  readonly log: NoteVerifier;
  /** the address of the person who keeps the letters */
  readonly to: string;
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'not-an-error');

const put = ({ operations }: Publishing, letter: LetterOfTheDay): Promise<void> =>
  operations.keyValues.put(letterKey, JSON.stringify(letter));

/** Today's, begun at its first call; `undefined` while the log has not grown since the last one that was sent. */
const todays = async (publishing: Publishing): Promise<LetterOfTheDay | undefined> => {
  const { operations, clock, checkpoints, log } = publishing;
  const now = clock.now();
  const day = civilDateOf(now);
  const last = letterOfTheDay(await operations.keyValues.get(letterKey));
  if (last !== undefined && last.day >= day) return last;
  const sentSize = last === undefined ? 0 : last.sent ? last.size : (await statusOf(publishing)).size;
  const checkpoint = await newestOutside(checkpoints, log, sentSize);
  if (checkpoint === undefined) return undefined;
  // yesterday's, which was not taken, would say less
  if (last !== undefined && !last.sent) await operations.attempts.done(effectOf(publishing, last));
  const letter: LetterOfTheDay = { day, size: checkpoint.size, note: checkpoint.note, issuedAt: now, sent: false };
  await put(publishing, letter);
  return letter;
};

/** The status does not say whose address it is. */
const place = 'address';
const statusOf = ({ operations }: Publishing) => readOutsideStatus(operations.keyValues, publicationName, place);

const settle = async ({ operations }: Publishing, { size, issuedAt }: LetterOfTheDay): Promise<void> =>
  writeOutsideStatus(operations.keyValues, publicationName, { place, size, at: issuedAt });

const letterIdOf = ({ identifiers, log }: Publishing, { day }: LetterOfTheDay): string =>
  identifiers.derive(checkpointLetters, log.name, day);

/** Under a name like those of the other letters: `letters retry` finds it. */
const effectOf = (publishing: Publishing, letter: LetterOfTheDay): string =>
  `checkpoint-letters:${checkpointLetters}:${letterIdOf(publishing, letter)}:${letter.issuedAt}`;

/** One letter a day when the log has grown, tried as other letters are. The same letter has the same id, and the same bytes. */
export const publishNewest = async (publishing: Publishing): Promise<'nothing-due' | 'sent' | 'failed'> => {
  const { operations, mailer, clock, identifiers, logger, log, checkpoints, to } = publishing;
  const letter = await todays(publishing);
  if (letter === undefined) return 'nothing-due';
  const standing = await statusOf(publishing);
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
    await writeOutsideStatus(operations.keyValues, publicationName, { ...standing, waitingSince: at });
  const attempt = await operations.attempts.begin(effectId, at);
  const { day, issuedAt } = letter;
  try {
    const delivery = await mailer.send(checkpointLetter({ checkpoint, day, verifier: verifierLine(log) }, { letterId, to, issuedAt }));
    if (delivery.kind === 'refused') {
      logger.error('checkpoint-letter.refused', { letterId, reason: delivery.reason });
      await operations.attempts.failed(effectId, never, 'refused');
      return 'failed';
    }
  } catch (error) {
    const isLast = attempt >= letterAttempts;
    logger.warn(isLast ? 'checkpoint-letter.given-up' : 'effect-failed', {
      process: 'checkpoint-letters',
      letterId,
      attempt,
      error: nameOf(error),
    });
    await operations.attempts.failed(effectId, isLast ? never : nextAttemptAt(identifiers, at, attempt, letterWaits), nameOf(error));
    return 'failed';
  }
  await checkpoints.put('published', letter.note);
  await put(publishing, { ...letter, sent: true });
  await operations.attempts.done(effectId);
  await settle(publishing, letter);
  logger.info('checkpoint-letter.sent', { letterId, size: letter.size });
  return 'sent';
};
