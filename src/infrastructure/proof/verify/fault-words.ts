import type { LogFault } from './log-fault';

type Words = { readonly ro: string; readonly en: string };
type Sentence = (fault: LogFault) => Words;

const words = (ro: string, en: string): Words => ({ ro, en });
const range = ({ number, upTo }: LogFault, and: string): string =>
  upTo === undefined || upTo === number ? String(number) : `${number} ${and} ${upTo}`;
const knownLeaf = ({ leaf }: LogFault): Words =>
  leaf === undefined ? words('', '') : words(` Frunza sigilată acolo: ${leaf}.`, ` The leaf that was sealed there: ${leaf}.`);

const sentences: Readonly<Record<LogFault['reason'], Sentence>> = {
  'event-missing': (fault) =>
    words(
      `lipsește din jurnal (numerele ${range(fault, 'până la')}).${knownLeaf(fault).ro}`,
      `is missing in the log (numbers ${range(fault, 'to')}).${knownLeaf(fault).en}`,
    ),
  'hash-differs': () =>
    words('a fost modificat: conținutul nu mai are amprenta lui.', 'was changed: its bytes do not have its hash any more.'),
  'other-event': (fault) =>
    words(
      `nu este cel care a fost sigilat în acest loc.${knownLeaf(fault).ro}`,
      `is not the one that was sealed in this place.${knownLeaf(fault).en}`,
    ),
  'not-an-envelope': () => words('nu are forma în care scrie serviciul.', 'does not have the form in which the service writes.'),
  'type-differs': () => words('este trecut sub alt tip decât cel din conținut.', 'is filed under another type than its content has.'),
  'revision-gap': () =>
    words(
      'nu urmează după precedentul din fluxul lui: unul lipsește sau este de două ori.',
      'does not follow the one before it in its stream: one is missing, or stands twice.',
    ),
  'previous-differs': () =>
    words('numește alt eveniment ca precedent în fluxul lui.', 'names another event as the one before it in its stream.'),
  unreadable: () => words('și cele de după el nu pot fi citite.', 'and those behind it cannot be read.'),
  'log-shorter': (fault) =>
    words(
      `lipsește: jurnalul se termină înaintea lui, iar sigiliile merg până la ${fault.upTo ?? fault.number}.${knownLeaf(fault).ro}`,
      `is missing: the log ends before it, and the seals go up to ${fault.upTo ?? fault.number}.${knownLeaf(fault).en}`,
    ),
  'tree-differs': (fault) =>
    words(
      `este primul care poate fi altul decât cel sigilat (între ${range(fault, 'și')}); arborele nu mai spune care.`,
      `is the first that may be another than was sealed (between ${range(fault, 'and')}); the tree does not tell which any more.`,
    ),
  'checkpoint-not-ours': () =>
    words('este sub un sigiliu care nu poartă semnătura acestei chei.', 'is under a seal that does not bear the signature of this key.'),
  'checkpoint-out-of-order': () =>
    words('este sub un sigiliu care stă după unul mai nou.', 'is under a seal that stands behind a newer one.'),
  'checkpoint-missing': (fault) =>
    words(
      `era deja sub un sigiliu semnat care lipsește acum (până la ${fault.upTo ?? fault.number}).`,
      `was under a signed seal already, which is gone now (up to ${fault.upTo ?? fault.number}).`,
    ),
  'signer-refuses': () => words('este primul pe care cheia a refuzat să îl sigileze.', 'is the first that the signer refused to seal.'),
  'witness-contradicts': () =>
    words(
      'este ultimul dintr-un sigiliu al acestei chei, arătat de un martor, cu care jurnalul nu începe.',
      'is the last of a checkpoint of this key, shown by a witness, with which the log does not begin.',
    ),
  'tile-differs': () =>
    words(
      'este cel sigilat, dar arborele păstrat lângă jurnal a fost modificat (dosarul tile).',
      'is the one that was sealed, but the tree kept beside the log was changed (folder tile).',
    ),
  'tile-missing': () =>
    words(
      'nu se mai află în arborele păstrat lângă jurnal (dosarul tile).',
      'is not in the tree kept beside the log any more (folder tile).',
    ),
  'rolled-back': (fault) =>
    words(
      `lipsește: un sigiliu păstrat în altă parte merge până la ${fault.upTo ?? fault.number}. Jurnalul a fost dus înapoi.`,
      `is missing: a checkpoint kept elsewhere goes up to ${fault.upTo ?? fault.number}. The log was rolled back.`,
    ),
  rewritten: (fault) =>
    words(
      `este primul care poate fi altul decât cel dintr-un sigiliu păstrat în altă parte (între ${range(fault, 'și')}).`,
      `is the first that may be another than in a checkpoint kept elsewhere (between ${range(fault, 'and')}).`,
    ),
  'outside-not-ours': () =>
    words(
      'este într-un sigiliu păstrat în altă parte care nu poartă semnătura acestei chei: nu este al acestui jurnal, sau cheia a fost schimbată.',
      'is in a checkpoint kept elsewhere that does not bear the signature of this key: it is not of this log, or the key was exchanged.',
    ),
};

/** Which event it is about, and what is wrong: a sentence each, nothing personal. */
export const faultWords = (fault: LogFault): Words => {
  const { number, eventId, stream, revision } = fault;
  const place = eventId === undefined ? '' : ` (${eventId}; ${stream ?? ''}, ${revision ?? ''})`;
  const { ro, en } = sentences[fault.reason](fault);
  return words(`Evenimentul nr. ${number}${place} ${ro}`, `Event no. ${number}${place} ${en}`);
};
