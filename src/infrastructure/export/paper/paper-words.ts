import type { Words } from '../../phrasing/words/both';

type PaperWords = {
  readonly city: string;
  readonly title: string;
  readonly asOf: string;
  readonly page: readonly [before: string, between: string];
  readonly withoutPersons: string;
  readonly withPersons: string;
  readonly about: string;
  readonly rows: Readonly<Record<'ticketId' | 'request' | 'ground' | 'mode' | 'slot' | 'staff' | 'status' | 'verdict', string>>;
  readonly grounds: Readonly<Record<string, string>>;
  readonly steps: string;
  readonly step: string;
  readonly after: string;
  readonly was: string;
  readonly noMore: string;
  readonly verdicts: string;
  readonly notJudged: string;
  readonly failsAt: string;
  readonly seal: string;
  readonly notSealed: string;
  readonly notYet: string;
  readonly unreadable: string;
  readonly differs: string;
  readonly size: string;
  readonly root: string;
  readonly key: string;
  readonly checkpoint: string;
  readonly newer: string;
  readonly hashes: string;
  readonly hashesLead: string;
  readonly leaf: string;
  readonly unsealed: string;
  readonly how: string;
  readonly howLines: readonly string[];
  /** the line of the public key, as the guide for auditors calls its file */
  readonly keyFile: string;
};

/** The paper for a file, word by word. */
export const paperWords: Words<PaperWords> = {
  ro: {
    city: 'Primăria Municipiului Cluj-Napoca · Tichet albastru',
    title: 'Istoricul tichetului',
    asOf: 'Așa cum se știa la',
    page: ['pagina ', ' din '],
    withoutPersons: 'Fără date personale: cetățeanul nu este numit, iar ce este sigilat rămâne sigilat.',
    withPersons: 'CONȚINE DATE PERSONALE. Fiecare este însemnată cu [date personale].',
    about: 'Pe scurt',
    rows: {
      ticketId: 'Identificator',
      request: 'Cererea',
      ground: 'Temeiul (Art. 2)',
      mode: 'Cum se ține',
      slot: 'Întâlnirea',
      staff: 'Funcționar',
      status: 'Starea',
      verdict: 'Verdictul procedurii',
    },
    grounds: { 'in-operation': 'cererea era în operare', clarification: 'lămurirea unui răspuns' },
    steps: 'Ce s-a întâmplat, pas cu pas',
    step: 'Pasul',
    after: 'Starea după el',
    was: 'înainte',
    noMore: 'nu mai este',
    verdicts: 'Respectarea procedurii: verificările C01–C21',
    notJudged: 'Dovezile acestui tichet sunt oprite; verdictele lui nu se pot spune acum.',
    failsAt: 'Dacă nu se întâmplă nimic, nerespectată după',
    seal: 'Sigiliul jurnalului',
    notSealed: 'Jurnalul nu este sigilat aici: amprentele de mai jos dovedesc numai că evenimentele se leagă între ele.',
    unreadable: 'Sigiliile nu pot fi citite acum; tichet verify spune de ce.',
    notYet: 'Niciun eveniment al acestui tichet nu este sigilat încă; sigiliul vine în cel mult un minut după fapt.',
    differs: 'ATENȚIE: un eveniment nu este cel care a fost sigilat în locul lui:',
    size: 'Evenimente sigilate ale jurnalului',
    root: 'Rădăcina arborelui (SHA-256)',
    key: 'Cheia publică',
    checkpoint: 'Punctul de control, semnat',
    newer: 'Evenimente ale tichetului mai noi decât punctul de control',
    hashes: 'Amprentele evenimentelor',
    hashesLead: 'Fiecare amprentă (SHA-256) cuprinde evenimentul întreg și amprenta celui dinaintea lui.',
    leaf: 'al câtelea în jurnal',
    unsealed: 'nesigilat încă',
    how: 'Cum se verifică',
    howLines: [
      'Hârtia singură nu dovedește nimic: dovada este fișierul tichetului, verificat cu cheia publică primită pe altă cale.',
      'Amprentele din fișierul verificat trebuie să fie cele de mai sus.',
    ],
    keyFile: 'cheia.txt',
  },
  en: {
    city: 'Cluj-Napoca City Hall · Blue ticket',
    title: 'History of ticket',
    asOf: 'As it was known at',
    page: ['page ', ' of '],
    withoutPersons: 'Without personal data: the citizen is not named, and what is sealed stays sealed.',
    withPersons: 'CONTAINS PERSONAL DATA. Each is marked [personal data].',
    about: 'In short',
    rows: {
      ticketId: 'Id',
      request: 'Request',
      ground: 'Ground (Art. 2)',
      mode: 'How it is held',
      slot: 'Meeting',
      staff: 'Civil servant',
      status: 'State',
      verdict: 'Verdict of the procedure',
    },
    grounds: { 'in-operation': 'the request was in operation', clarification: 'clarification of an answer' },
    steps: 'What happened, step by step',
    step: 'Step',
    after: 'State after it',
    was: 'before',
    noMore: 'no more',
    verdicts: 'Was the procedure kept: checks C01–C21',
    notJudged: 'The evidence of this ticket is parked; its verdicts cannot be said now.',
    failsAt: 'If nothing happens, not kept after',
    seal: 'The seal of the log',
    notSealed: 'The log is not sealed here: the hashes below prove only that the events hang together.',
    unreadable: 'The seals cannot be read now; tichet verify says why.',
    notYet: 'No event of this ticket is sealed yet; the seal comes at most a minute after the fact.',
    differs: 'WARNING: an event is not the one that was sealed in its place:',
    size: 'Events of the log that are sealed',
    root: 'Root of the tree (SHA-256)',
    key: 'Public key',
    checkpoint: 'Checkpoint, signed',
    newer: 'Events of the ticket newer than the checkpoint',
    hashes: 'Hashes of the events',
    hashesLead: 'Each hash (SHA-256) covers the whole event and the hash of the one before it.',
    leaf: 'place in the log',
    unsealed: 'not sealed yet',
    how: 'How to verify',
    howLines: [
      'The paper alone proves nothing: the proof is the file of the ticket, verified with the public key received by another way.',
      'The hashes in the verified file must be those above.',
    ],
    keyFile: 'key.txt',
  },
};
