import type { Instant } from '../../../domain/kernel/fact';
import { signedNoteOf } from './signed-note';

/** Who has put his name under a note, and when, as the line itself says it: C2SP tlog-cosignature. */
export type Cosignature = { readonly name: string; readonly at: Instant };

const timeBytes = 8;
const cosignatureBytes = timeBytes + 64;
/** The last second that a date of ours can have, 9999-12-31T23:59:59Z. */
const lastSecond = 253_402_300_799n;

/** Of lines that bear a time, in their order. Nothing is verified: whoever keeps cosigned notes has looked at them before. */
export const cosignaturesIn = (note: string): readonly Cosignature[] =>
  (signedNoteOf(note)?.signatures ?? []).flatMap(({ name, signature }): readonly Cosignature[] => {
    if (signature.length !== cosignatureBytes) return [];
    const seconds = signature.readBigUInt64BE();
    return seconds > lastSecond ? [] : [{ name, at: new Date(Number(seconds) * 1000).toISOString() }];
  });
