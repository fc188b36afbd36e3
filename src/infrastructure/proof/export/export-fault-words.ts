import type { ExportFault, ExportFinding } from './export-verify';

type Words = { readonly ro: string; readonly en: string };

const sentences: Readonly<Record<ExportFault, readonly [ro: string, en: string]>> = {
  'not-an-export': ['nu este începutul unui export.', 'is not the beginning of an export.'],
  'not-sealed': [
    'spune că jurnalul nu este sigilat acolo unde a fost scris fișierul: nimic nu este semnat.',
    'says that the log is not sealed where the file was written: nothing is signed.',
  ],
  'key-unreadable': ['cheia publică din fișier nu este una.', 'the public key in the file is none.'],
  'key-differs': ['fișierul este semnat cu altă cheie decât cea dată.', 'the file is signed with another key than the one given.'],
  'checkpoint-wrong': ['punctul de control nu poartă semnătura acestei chei.', 'the checkpoint does not bear the signature of this key.'],
  'line-unreadable': ['nu este un rând al unui export.', 'is no line of an export.'],
  'chain-broken': [
    'un eveniment lipsește, a fost modificat sau nu urmează după cel dinaintea lui.',
    'an event is missing, was changed, or does not follow the one before it.',
  ],
  'not-in-the-tree': [
    'evenimentul nu duce la rădăcina semnată: nu este în jurnalul sigilat.',
    'the event does not lead to the root that was signed: it is not in the sealed log.',
  ],
  'order-broken': ['evenimentele nu stau în ordinea jurnalului.', 'the events do not stand in the order of the log.'],
  'differs-there': [
    'deja la scriere, evenimentul nu era cel care a fost sigilat în locul lui.',
    'already when it was written, the event was not the one that was sealed in its place.',
  ],
  'unreadable-there': [
    'deja la scriere, evenimentele sau sigiliile tichetului nu se puteau citi până la capăt.',
    'already when it was written, events or seals of the ticket could not be read to their end.',
  ],
  'manifest-missing': [
    'lipsește rândul semnat de la sfârșit: fișierul este tăiat.',
    'the signed last line is missing: the file was cut off.',
  ],
  'behind-the-manifest': ['stă după rândul semnat de la sfârșit.', 'stands behind the signed last line.'],
  'manifest-unsigned': ['rândul de la sfârșit nu poartă semnătura acestei chei.', 'the last line does not bear the signature of this key.'],
  'manifest-differs': [
    'ce numără și însumează rândul semnat nu este ce stă înaintea lui: fișierul a fost modificat.',
    'what the signed line counts and sums up is not what stands before it: the file was changed.',
  ],
};

/** What is wrong with an export, in a sentence that names the line and, where it is about one, the ticket and its event. */
export const exportFaultWords = ({ fault, line, ticketId, revision }: ExportFinding): Words => {
  const [ro, en] = sentences[fault];
  const ticket = ticketId === undefined ? '' : `, ticket-${ticketId}`;
  const event = revision === undefined ? '' : `, ${revision}`;
  return { ro: `Rândul ${line}${ticket}${event}: ${ro}`, en: `Line ${line}${ticket}${event}: ${en}` };
};
