import type { Instant } from '../../domain/kernel/fact';

/** A place that this software cannot erase, and what somebody has to do there. */
export type OutsidePlace = {
  readonly place: 'webex' | 'sent-mail' | 'infocet' | 'backups' | 'given-out' | 'journal' | 'integrators';
  readonly text: { readonly ro: string; readonly en: string };
};

/** A checkpoint that was signed: so many events, and the root over them, 64 hexadecimal digits. */
export type SealedThen = { readonly size: number; readonly root: string };
/** What the erasure left of the proof: everything. Left out of a report where the log is not sealed, or was not yet. */
export type SealAfterErasure = {
  /** what was signed last before the erasure; in a later report, what is signed now */
  readonly before: SealedThen;
  readonly after: SealedThen;
  /** events of the person in `before`, and how many of them still lead to its root, to the byte */
  readonly events: number;
  readonly stillProved: number;
};

/** What was erased here, and what lies outside. Nothing of it is personal. */
export type ErasureReport = {
  readonly subject: 'ticket' | 'request';
  readonly id: string;
  readonly erasedAt: Instant;
  /** names of the destroyed keys: what they sealed can never be read again, here or in a backup whose keys are destroyed at its next start */
  readonly destroyedKeys: readonly string[];
  /** letters deleted from the outbox */
  readonly deletedLetters: number;
  /** what stays readable, by design: the resolution is an archive document */
  readonly kept: readonly string[];
  /** of a request: its tickets, whose own personal data are erased ticket by ticket */
  readonly tickets: readonly string[];
  readonly outside: readonly OutsidePlace[];
  /** where copies may be, and whether anybody can still read them */
  readonly copies: readonly OutsidePlace[];
  /** looked up after the destroying: nobody can open what the key sealed */
  readonly keyDestroyed: boolean;
  /** kind and pseudonymous id of who erased, as the fact says */
  readonly erasedBy: string;
  readonly seal?: SealAfterErasure;
};

export const webexRecordings: OutsidePlace = {
  place: 'webex',
  text: {
    ro: 'Înregistrările întâlnirii de pe Webex se șterg de către serviciul IT, potrivit termenului lor de păstrare.',
    en: 'Recordings of the meeting on Webex are deleted by the IT service, according to their retention period.',
  },
};
export const sentMail: OutsidePlace = {
  place: 'sent-mail',
  text: {
    ro: 'Mesajele deja trimise rămân în căsuța poștală a destinatarului și, eventual, pe serverele de e-mail prin care au trecut.',
    en: 'Messages already sent remain in the recipient’s mailbox and possibly on the mail servers that they passed through.',
  },
};
export const infocet: OutsidePlace = {
  place: 'infocet',
  text: {
    ro: 'Cererea și rezoluția de tip „Tichetul albastru” rămân în INFOCET, ca documente de arhivă.',
    en: 'The request and the resolution of type “Tichetul albastru” remain in INFOCET as archive documents.',
  },
};
