import type { ChangeReason } from '../../../domain/ticket/facts';
import type { Words } from '../../phrasing/words/both';

type ChangeWords = {
  readonly back: string;
  readonly summary: string;
  readonly moveTitle: string;
  readonly now: (when: string) => string;
  readonly moveHint: string;
  readonly moveButton: string;
  readonly cancelTitle: string;
  readonly cancelLead: (when: string) => string;
  readonly after: string;
  readonly why: string;
  readonly whyHint: string;
  readonly rather: string;
  readonly reasons: Readonly<Record<CitizenReason, string>>;
  readonly yes: string;
  readonly no: string;
};
/** What a citizen may give as a reason, out of A20's. */
export type CitizenReason = Extract<ChangeReason, 'illness' | 'leave' | 'technical' | 'other'>;
export const citizenReasons: readonly CitizenReason[] = ['illness', 'leave', 'technical', 'other'];

/** A19. */
export const changeWords: Words<ChangeWords> = {
  ro: {
    back: 'Înapoi la tichet',
    summary: 'Există o problemă',
    moveTitle: 'Mutați întâlnirea',
    now: (when) => `Acum este ${when}. Ora veche rămâne a dumneavoastră până când alegeți alta.`,
    moveHint: 'Noua oră trebuie să fie la cel puțin 48 de ore de acum.',
    moveButton: 'Mută întâlnirea la această oră',
    cancelTitle: 'Anulați întâlnirea?',
    cancelLead: (when) => `Este vorba de întâlnirea de ${when}.`,
    after:
      'După anulare ora redevine liberă pentru altcineva, iar anularea nu se mai poate întoarce. Cât timp cererea o permite, puteți face altă programare.',
    why: 'De ce anulați? (opțional)',
    whyHint: 'Nu sunteți obligat(ă) să spuneți. Ne ajută să îmbunătățim programările.',
    rather: 'Prefer să nu spun',
    reasons: { illness: 'Boală', leave: 'Sunt plecat(ă)', technical: 'Motive tehnice', other: 'Alt motiv' },
    yes: 'Da, anulează întâlnirea',
    no: 'Nu, păstrează întâlnirea',
  },
  en: {
    back: 'Back to the ticket',
    summary: 'There is a problem',
    moveTitle: 'Move the meeting',
    now: (when) => `It is now on ${when}. The old time stays yours until you choose another.`,
    moveHint: 'The new time must be at least 48 hours from now.',
    moveButton: 'Move the meeting to this time',
    cancelTitle: 'Cancel the meeting?',
    cancelLead: (when) => `This is about the meeting on ${when}.`,
    after:
      'After that the time is free for somebody else, and the cancellation cannot be undone. While the request allows it, you can make another booking.',
    why: 'Why do you cancel? (optional)',
    whyHint: 'You need not say. It helps us to improve appointments.',
    rather: 'I would rather not say',
    reasons: { illness: 'Illness', leave: 'I am away', technical: 'Technical reasons', other: 'Another reason' },
    yes: 'Yes, cancel the meeting',
    no: 'No, keep the meeting',
  },
};
