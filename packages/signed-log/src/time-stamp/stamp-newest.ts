import { defined } from '@tichet-albastru/kernel/defined';
import { join } from 'node:path';
import { type Exchange, NoAnswer } from '../exchange';
import type { Clock } from '../witness/witness';
import type { SignedCheckpoint } from '../checkpoint';
import { newestOutside, type CheckpointStore } from '../checkpoint-store';
import type { NoteVerifier } from '../signed-note';
import { writeWhole } from '@tichet-albastru/kernel/whole-file';
import { type KeyValues, readOutsideStatus, writeOutsideStatus } from '../outside-status';
import {
  certificatesIn,
  readTimeStamp,
  timeStampName,
  timeStampOf,
  timeStampRequest,
  type NotBelieved,
  type StoredTimeStamp,
} from './time-stamp';

/** A time-stamping authority gave no answer over HTTP. `reason` is a code. */
export class AuthorityUnavailable extends Error {
  override readonly name = 'AuthorityUnavailable';
  constructor(readonly reason: string) {
    super(`The time-stamping authority does not answer: ${reason}.`);
  }
}

/** Asked as RFC 3161, 3.4 has it. */
export type Authority = {
  /** @returns TimeStampResp in DER, not looked at @throws AuthorityUnavailable */
  ask(request: Buffer, signal?: AbortSignal): Promise<Buffer>;
};

/** @param exchange with the very address of the authority */
export const createAuthority = (exchange: Exchange): Authority => ({
  ask: async (request, signal) => {
    try {
      const { status, body } = await exchange({
        operation: 'stamp',
        method: 'POST',
        path: '',
        headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
        body: request,
        mayRepeat: true,
        ...defined({ signal }),
      });
      if (status !== 200) throw new AuthorityUnavailable(String(status));
      return body;
    } catch (error) {
      if (error instanceof NoAnswer) throw new AuthorityUnavailable(error.reason);
      throw error;
    }
  },
});

const millisecondsOfAnHour = 3_600_000;
const hoursAfter = (at: string, hours: number): string => new Date(Date.parse(at) + hours * millisecondsOfAnHour).toISOString();

export type Stamping = {
  readonly checkpoints: CheckpointStore;
  /** the key of our log */
  readonly log: NoteVerifier;
  readonly keyValues: KeyValues;
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

const keep = async (
  { checkpoints, folder }: Stamping,
  { size }: SignedCheckpoint,
  kept: StoredTimeStamp,
  answer: Buffer,
): Promise<void> => {
  await writeWhole(join(folder, `${size}.note`), kept.note, true);
  await writeWhole(join(folder, `${size}.tsr`), answer, true);
  await checkpoints.put('time-stamped', JSON.stringify(kept));
};

/**
 * Has the newest checkpoint stamped, when it is time and there is one.
 * @throws AuthorityUnavailable, TimeStampNotBelieved; then nothing was kept
 */
export const stampNewest = async (stamping: Stamping, signal?: AbortSignal): Promise<'nothing-due' | 'stamped'> => {
  const { checkpoints, log, keyValues, authority, url, ca, hours, clock, chance } = stamping;
  const standing = await readOutsideStatus(keyValues, timeStampName, url);
  if (standing.at !== undefined && clock.now() < hoursAfter(standing.at, hours)) return 'nothing-due';
  const checkpoint = await newestOutside(checkpoints, log, standing.size);
  if (checkpoint === undefined) return 'nothing-due';
  if (standing.waitingSince === undefined) await writeOutsideStatus(keyValues, timeStampName, { ...standing, waitingSince: clock.now() });
  const trusted = ca === undefined ? undefined : await certificatesIn(ca);
  if (ca !== undefined && trusted === undefined) throw new TimeStampNotBelieved('ca-not-readable');
  const { note: text, size } = checkpoint;
  const asked = timeStampOf(text, chance(8));
  const answer = await authority.ask(await timeStampRequest(asked), signal);
  const read = await readTimeStamp(answer, asked, { text, ...defined({ trusted }) });
  if (read.kind === 'not-believed') throw new TimeStampNotBelieved(read.reason);
  await keep(stamping, checkpoint, { note: text, token: read.token.toString('base64'), at: read.at }, answer);
  await writeOutsideStatus(keyValues, timeStampName, { place: url, size, at: clock.now() });
  return 'stamped';
};
