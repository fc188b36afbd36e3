import type { ProofFault } from './check-ticket-proof';

type Words = { readonly ro: string; readonly en: string };

const sentences: Readonly<Record<ProofFault['reason'], readonly [ro: string, en: string]>> = {
  'key-unusable': ['Cheia publică din fișier nu este una.', 'The public key in the file is none.'],
  'other-key': ['Fișierul este semnat cu altă cheie decât cea dată.', 'The file is signed with another key than the one given.'],
  'signature-differs': [
    'Sigiliul din fișier nu poartă semnătura acestei chei.',
    'The checkpoint in the file does not bear the signature of this key.',
  ],
  'no-events': ['Fișierul nu cuprinde niciun eveniment.', 'The file has no events.'],
  'other-stream': ['nu este al acestui tichet.', 'is not of this ticket.'],
  'revision-gap': [
    'nu urmează după cel dinaintea lui: unul lipsește, sau este de două ori.',
    'does not follow the one before it: one is missing, or stands twice.',
  ],
  'hash-differs': ['a fost modificat: conținutul nu are amprenta lui.', 'was changed: its text does not have its hash.'],
  'not-an-envelope': ['nu are forma în care scrie serviciul.', 'does not have the form in which the service writes.'],
  'previous-differs': ['numește alt eveniment ca precedent.', 'names another event as the one before it.'],
  'out-of-order': ['stă în jurnal înaintea celui precedent.', 'stands in the log before the one that precedes it.'],
  'not-included': [
    'nu duce la rădăcina semnată: nu este în jurnalul sigilat.',
    'does not lead to the root that was signed: it is not in the sealed log.',
  ],
};

/** Why a file proves nothing, in a sentence that names the event. */
export const proofFaultWords = ({ reason, event, eventId }: ProofFault): Words => {
  const [ro, en] = sentences[reason];
  if (event === undefined) return { ro, en };
  return { ro: `Evenimentul ${event} (${eventId ?? ''}) ${ro}`, en: `Event ${event} (${eventId ?? ''}) ${en}` };
};
