import type { CivilDate, Instant } from '../../../domain/kernel/fact';

/** The register of the letters to the control department: the one of the newest day on which there was one. */
export type LetterOfTheDay = {
  readonly day: CivilDate;
  readonly size: number;
  /** word for word what it says: tried again, it is the same letter */
  readonly note: string;
  readonly issuedAt: Instant;
  readonly sent: boolean;
};

export const letterRegister = 'checkpoint-letter';

/** @returns `undefined` for what was never kept, or cannot be read */
export const letterOfTheDay = (text: string | undefined): LetterOfTheDay | undefined => {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('day' in kept) || !('size' in kept) || !('note' in kept)) return undefined;
    if (!('issuedAt' in kept) || !('sent' in kept)) return undefined;
    const { day, size, note, issuedAt, sent } = kept;
    return typeof day === 'string' &&
      typeof size === 'number' &&
      typeof note === 'string' &&
      typeof issuedAt === 'string' &&
      typeof sent === 'boolean'
      ? { day, size, note, issuedAt, sent }
      : undefined;
  } catch {
    return undefined;
  }
};
