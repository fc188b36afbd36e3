import type { NoteVerifier } from '../signed-note';
import { bytesOfAHash, type NodeHash } from '../merkle-tree';

/** @returns now, ISO 8601 in UTC */
export type Clock = { now(): string };

/** What C2SP tlog-witness hands to a witness: a signed checkpoint, and that it continues the one of `oldSize` leaves (RFC 6962, 2.1.2). */
export type Submission = {
  readonly note: string;
  /** leaves of the checkpoint that the witness is thought to have cosigned last; 0 for none */
  readonly oldSize: number;
  readonly proof: readonly NodeHash[];
};

/**
 * What a witness says to a checkpoint.
 * - `cosigned`: signature lines of C2SP cosignature/v1
 * - `knows`: it has cosigned another size than was thought, or another tree of the same size; 0 when it has cosigned none
 * - `inconsistent`: the proof does not lead from what it cosigned to this checkpoint
 * - `log-not-known`, `key-not-known`: it was told of another log, or of another key of this log
 * - `malformed`: what was handed over is no submission
 * - `forgot`: it can no longer say what it cosigned, and therefore cosigns nothing more
 */
export type Answer =
  | { readonly kind: 'cosigned'; readonly lines: string }
  | { readonly kind: 'knows'; readonly size: number }
  | { readonly kind: 'inconsistent' | 'log-not-known' | 'key-not-known' | 'malformed' | 'forgot' };

/** A party elsewhere that remembers the state of our log. */
export type Witness = {
  /** a name of ours, for numbers and the journal */
  readonly name: string;
  /** where it is, as it was set: at another place it is another witness, of whom nothing is expected to be remembered */
  readonly place: string;
  /**
   * Whose line counts.
   * @param known the line of the key that it had here, when it has cosigned before
   * @returns `forgot` when it is no longer the one that it was
   * @throws WitnessUnavailable
   */
  verifier(known: string | undefined): Promise<NoteVerifier | 'forgot'>;
  /** @throws WitnessUnavailable when it cannot be reached, or gives no answer that could be understood */
  cosign(submission: Submission, signal?: AbortSignal): Promise<Answer>;
  /**
   * The note of this log that it cosigned last, where it shows one. Nothing of it is verified.
   * @throws WitnessUnavailable
   */
  shown(log: NoteVerifier, signal?: AbortSignal): Promise<string | undefined>;
};

/** A witness gave no answer. `reason` is a short word of ours, or a code of the system. */
export class WitnessUnavailable extends Error {
  override readonly name = 'WitnessUnavailable';
  constructor(readonly reason: string) {
    super(`The witness does not answer: ${reason}.`);
  }
}

/** C2SP tlog-witness: no tree needs more. */
const mostHashes = 63;

/** The body of `POST /add-checkpoint`. */
export const submissionText = ({ note, oldSize, proof }: Submission): string =>
  `old ${oldSize}\n${proof.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${note}`;

/** @returns `undefined` for a body that is none */
export const submissionOf = (body: string): Submission | undefined => {
  const [, digits = '', lines = '', note = ''] = /^old (0|[1-9]\d{0,15})\n((?:[A-Za-z0-9+/=]+\n)*)\n([^]*)$/u.exec(body) ?? [];
  const encoded = lines === '' ? [] : lines.slice(0, -1).split('\n');
  const proof: readonly NodeHash[] = encoded.map((line) => Buffer.from(line, 'base64'));
  const isProof = proof.every((hash, place) => hash.length === bytesOfAHash && hash.toString('base64') === encoded[place]);
  const oldSize = Number(digits);
  if (note === '' || !Number.isSafeInteger(oldSize) || !isProof || proof.length > mostHashes) return undefined;
  return { note, oldSize, proof };
};
