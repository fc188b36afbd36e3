import type { Instant } from '../../../domain/kernel/fact';

/** Of the authority, among those who keep checkpoints elsewhere. */
export const timeStampName = 'time-stamp';

/** The record `time-stamped`: the newest checkpoint that an authority has stamped. */
export type TimeStampKept = {
  /** word for word what was stamped */
  readonly note: string;
  /** TimeStampToken of RFC 3161, DER in base64 */
  readonly token: string;
  /** the moment that the authority claims */
  readonly at: Instant;
};

/** @returns `undefined` for what was never kept, or cannot be read */
export const timeStampKept = (text: string | undefined): TimeStampKept | undefined => {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('note' in kept) || !('token' in kept) || !('at' in kept)) return undefined;
    const { note, token, at } = kept;
    return typeof note === 'string' && typeof token === 'string' && typeof at === 'string' ? { note, token, at } : undefined;
  } catch {
    return undefined;
  }
};
