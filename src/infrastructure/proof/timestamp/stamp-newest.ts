import { join } from 'node:path';
import type { Clock } from '../../../application/kernel/ports/clock';
import type { Operations } from '../../../application/kernel/ports/operations';
import { defined } from '../../../domain/kernel/defined';
import { plusHours } from '../../../domain/time/civil-time';
import type { SignedCheckpoint } from '../note/checkpoint';
import { newestOutside } from '../note/newest-outside';
import type { NoteVerifier } from '../note/signed-note';
import type { SealShelf } from '../shelf/seal-shelf';
import { writeWhole } from '../shelf/whole-file';
import { readOutsideStanding, writeOutsideStanding } from '../witness/outside-standing';
import type { Authority } from './authority';
import { certificatesIn, type NotBelieved, readTimeStamp } from './time-stamp-answer';
import { type TimeStampKept, timeStampName } from './time-stamp-kept';
import { timeStampOf, timeStampRequest } from './time-stamp-request';

export type Stamping = {
  readonly shelf: SealShelf;
  /** the key of our log */
  readonly log: NoteVerifier;
  readonly registers: Operations['registers'];
  readonly authority: Authority;
  readonly url: string;
  /** certificates in PEM; left out, only what came with the answer is checked */
  readonly ca?: string;
  /** hours between two stamps */
  readonly hours: number;
  /** where each stamp is kept for good, as files that openssl reads */
  readonly folder: string;
  readonly clock: Clock;
  readonly chance: (bytes: number) => Uint8Array;
};

/** An answer of the authority that is no time stamp of what was asked. */
export class TimeStampNotBelieved extends Error {
  override readonly name = 'TimeStampNotBelieved';
  constructor(readonly reason: NotBelieved | 'ca-not-readable') {
    super(`The answer of the time-stamping authority is not believed: ${reason}.`);
  }
}

const keep = async ({ shelf, folder }: Stamping, { size }: SignedCheckpoint, kept: TimeStampKept, answer: Buffer): Promise<void> => {
  await writeWhole(join(folder, `${size}.note`), kept.note, true);
  await writeWhole(join(folder, `${size}.tsr`), answer, true);
  await shelf.put('time-stamped', JSON.stringify(kept));
};

/**
 * Has the newest checkpoint stamped, when it is time and there is one.
 * @throws AuthorityUnavailable, TimeStampNotBelieved; then nothing was kept
 */
export const stampNewest = async (stamping: Stamping, signal?: AbortSignal): Promise<'nothing-due' | 'stamped'> => {
  const { shelf, log, registers, authority, url, ca, hours, clock, chance } = stamping;
  const standing = await readOutsideStanding(registers, timeStampName, url);
  if (standing.at !== undefined && clock.now() < plusHours(standing.at, hours)) return 'nothing-due';
  const checkpoint = await newestOutside(shelf, log, standing.size);
  if (checkpoint === undefined) return 'nothing-due';
  if (standing.waitingSince === undefined) await writeOutsideStanding(registers, timeStampName, { ...standing, waitingSince: clock.now() });
  const trusted = ca === undefined ? undefined : await certificatesIn(ca);
  if (ca !== undefined && trusted === undefined) throw new TimeStampNotBelieved('ca-not-readable');
  const { note: text, size } = checkpoint;
  const asked = timeStampOf(text, chance(8));
  const answer = await authority.ask(await timeStampRequest(asked), signal);
  const read = await readTimeStamp(answer, asked, { text, ...defined({ trusted }) });
  if (read.kind === 'not-believed') throw new TimeStampNotBelieved(read.reason);
  await keep(stamping, checkpoint, { note: text, token: read.token.toString('base64'), at: read.at }, answer);
  await writeOutsideStanding(registers, timeStampName, { place: url, size, at: clock.now() });
  return 'stamped';
};
