import type { Words } from '../../phrasing/words/both';

type EventWords = {
  readonly title: readonly [before: string, between: string];
  readonly lead: string;
  readonly back: string;
  readonly previous: string;
  readonly next: string;
  readonly place: string;
  readonly rows: Readonly<Record<'type' | 'id' | 'stream' | 'revision' | 'position' | 'hash' | 'previousHash' | 'seal', string>>;
  readonly fits: string;
  readonly differs: string;
  readonly body: string;
  readonly bodyHint: string;
};

/** One event as the log keeps it. */
export const eventWords: Words<EventWords> = {
  ro: {
    title: ['Evenimentul ', ' al tichetului '],
    lead: 'Așa cum este păstrat în jurnal; datele personale sunt sigilate.',
    back: 'Înapoi la pas',
    previous: 'Evenimentul anterior',
    next: 'Evenimentul următor',
    place: 'Locul în jurnal',
    rows: {
      type: 'Fapt',
      id: 'Identificator',
      stream: 'Flux',
      revision: 'Al câtelea, de la 0',
      position: 'Poziție în jurnal',
      hash: 'Amprentă (SHA-256)',
      previousHash: 'Amprenta celui dinainte',
      seal: 'Amprenta, calculată acum',
    },
    fits: 'aceeași: conținutul este cel scris',
    differs: 'alta: conținutul nu mai este cel scris',
    body: 'Conținutul',
    bodyHint: 'Cu rânduri noi, ca să se citească; octeții după care se calculează amprenta sunt în fișierul NDJSON.',
  },
  en: {
    title: ['Event ', ' of ticket '],
    lead: 'As it is kept in the log; personal data are sealed.',
    back: 'Back to the step',
    previous: 'Previous event',
    next: 'Next event',
    place: 'Place in the log',
    rows: {
      type: 'Fact',
      id: 'Id',
      stream: 'Stream',
      revision: 'Revision, from 0 on',
      position: 'Position in the log',
      hash: 'Hash (SHA-256)',
      previousHash: 'Hash of the one before',
      seal: 'Hash, computed now',
    },
    fits: 'the same: the content is what was written',
    differs: 'another: the content is no longer what was written',
    body: 'Content',
    bodyHint: 'With line breaks, to be read; the bytes that are hashed are in the NDJSON file.',
  },
};
