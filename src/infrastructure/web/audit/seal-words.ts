import type { Forms } from '../../phrasing/words/counted';
import type { Words } from '../../phrasing/words/both';

type SealWords = {
  readonly title: string;
  readonly sealed: string;
  readonly allOf: Forms;
  readonly firstOf: Forms;
  readonly inLog: Forms;
  readonly notYet: readonly [before: string, between: string, after: string];
  readonly notYetOne: readonly [before: string, after: string];
  readonly nothingYet: string;
  readonly notSealed: string;
  readonly differs: readonly [before: string, after: string];
  readonly broken: string;
  readonly whatToDo: string;
  readonly root: string;
  readonly whole: string;
  readonly proves: string;
  readonly provesNot: string;
  readonly about: string;
  readonly proof: string;
  readonly paper: string;
  readonly noProof: Readonly<Record<'not-sealed' | 'not-yet' | 'differs' | 'unreadable', string>>;
  readonly page: {
    readonly title: string;
    readonly lead: string;
    readonly back: string;
    readonly now: string;
    readonly size: string;
    readonly key: string;
    readonly compare: string;
    readonly checkpoint: string;
    readonly checkpointHint: string;
    readonly download: string;
    readonly none: string;
    readonly witness: string;
    readonly nobody: string;
    readonly cosigned: string;
    readonly ofSize: Forms;
    readonly old: string;
    readonly how: string;
    readonly steps: readonly string[];
    readonly withProgram: string;
    readonly withPython: string;
    readonly means: string;
    readonly meanings: readonly string[];
  };
};

/** The seal, for a person of the control department. */
export const sealWords: Words<SealWords> = {
  ro: {
    title: 'Sigiliu',
    sealed: 'Sigilat:',
    allOf: { one: 'singurul lui eveniment.', few: 'toate cele # evenimente.', other: 'toate cele # de evenimente.' },
    firstOf: { one: 'primul lui eveniment.', few: 'primele lui # evenimente.', other: 'primele lui # de evenimente.' },
    inLog: {
      one: 'Punctul de control cuprinde # eveniment al jurnalului.',
      few: 'Punctul de control cuprinde # evenimente ale jurnalului.',
      other: 'Punctul de control cuprinde # de evenimente ale jurnalului.',
    },
    notYet: ['Nesigilate încă: evenimentele de la ', ' la ', '. Sigiliul vine în cel mult un minut.'],
    notYetOne: ['Nesigilat încă: evenimentul ', '. Sigiliul vine în cel mult un minut.'],
    nothingYet: 'Nimic din acest tichet nu este sigilat încă. Sigiliul vine în cel mult un minut după fapt.',
    notSealed: 'Jurnalul nu este sigilat în această instalare: nu există nicio dovadă de descărcat.',
    differs: ['Pasul ', ' nu este cel care a fost sigilat în locul lui.'],
    broken: 'Sigiliul nu se poate citi: punctul de control nu este al cheii noastre, sau un eveniment lipsește.',
    whatToDo:
      'Nu mai folosiți acest tichet ca dovadă până nu a cercetat cineva. Anunțați administratorul și păstrați ce ați descărcat înainte.',
    root: 'Rădăcina',
    whole: 'Rădăcina întreagă',
    proves:
      'Dovada arată că aceste evenimente stau în jurnalul pe care l-am semnat, fiecare exact așa cum a fost scris. Cine păstrează cheia publică și un punct de control vede dacă s-a schimbat pe urmă ceva din ce cuprinde el.',
    provesNot: 'Nu arată că ceea ce s-a înscris este și adevărat.',
    about: 'Ce este sigiliul și cum se verifică',
    proof: 'Descarcă dovada',
    paper: 'Descarcă PDF',
    noProof: {
      'not-sealed': 'Jurnalul nu este sigilat în această instalare; nu există dovadă.',
      'not-yet': 'Nimic din acest tichet nu este sigilat încă; încercați peste un minut.',
      unreadable: 'Sigiliile nu pot fi citite; dovada nu se poate face. Administratorul vede de ce cu tichet verify.',
      differs: 'Un eveniment al acestui tichet nu este cel care a fost sigilat; dovada nu se poate face. Pagina tichetului spune care.',
    },
    page: {
      title: 'Sigiliul jurnalului',
      lead: 'Un rezumat semnat al faptelor de până la el. Cu el se vede, fără să trebuiască să ne credeți, dacă printre ele a fost schimbat, scos sau adăugat ceva pe urmă.',
      back: 'Toate tichetele',
      now: 'Cum stă acum',
      size: 'Evenimente sigilate',
      key: 'Cheia publică',
      compare:
        'Comparați acest rând cu cel primit în scris la punerea în funcțiune. Dacă nu este același, nu verificați mai departe: întrebați.',
      checkpoint: 'Cel mai nou punct de control',
      checkpointHint:
        'Păstrați câte unul din când în când, în afara primăriei: cu el se vede dacă jurnalul a fost întors la o stare mai veche.',
      download: 'Descarcă punctul de control',
      none: 'Nu s-a semnat încă niciun punct de control. Primul vine în cel mult un minut după primul fapt.',
      witness: 'Martor',
      nobody:
        'Nimeni din afară nu cosemnează punctele de control. O întoarcere a jurnalului la o stare mai veche se vede atunci numai cu un punct de control păstrat de dumneavoastră.',
      cosigned: 'a cosemnat la',
      ofSize: {
        one: 'punctul de control cu # eveniment.',
        few: 'punctul de control cu # evenimente.',
        other: 'punctul de control cu # de evenimente.',
      },
      old: 'De atunci a trecut mai mult de o zi: martorul sau legătura cu el s-a oprit.',
      how: 'Cum se verifică un tichet',
      steps: [
        'Deschideți tichetul în audit și apăsați „Descarcă dovada”.',
        'Luați cheia publică primită în scris, nu pe cea din fișier.',
        'Verificați fișierul pe un calculator al dumneavoastră, și fără rețea, cu unul dintre programele de mai jos; mai bine cu amândouă.',
        'Primul program spune „Dovedit”, al doilea „se potrivește”; altfel numesc primul eveniment care nu se potrivește.',
      ],
      withProgram: 'Cu programul acestui serviciu:',
      withPython: 'Cu al doilea program, scris separat, care cere numai Python și openssl:',
      means: 'Ce înseamnă',
      meanings: [
        'Fiecare fapt are o amprentă (SHA-256) care cuprinde și amprenta celui dinaintea lui. Toate amprentele, în ordinea jurnalului, dau o singură rădăcină.',
        'Rădăcina este semnată la fiecare o sută de evenimente sau la un minut. Un singur octet schimbat într-un fapt mai vechi dă altă rădăcină, iar dovada nu mai iese.',
        'Datele personale stau criptate în fapte: cine este șters nu mai poate fi citit, iar dovezile rămân aceleași.',
        'Sigiliul nu spune că un fapt este adevărat, ci că a fost înscris atunci și nu a fost schimbat de atunci.',
      ],
    },
  },
  en: {
    title: 'Seal',
    sealed: 'Sealed:',
    allOf: { one: 'its only event.', other: 'all of its # events.' },
    firstOf: { one: 'its first event.', other: 'its first # events.' },
    inLog: { one: 'The checkpoint covers # event of the log.', other: 'The checkpoint covers # events of the log.' },
    notYet: ['Not sealed yet: events ', ' to ', '. The seal comes at most a minute later.'],
    notYetOne: ['Not sealed yet: event ', '. The seal comes at most a minute later.'],
    nothingYet: 'Nothing of this ticket is sealed yet. The seal comes at most a minute after the fact.',
    notSealed: 'The log is not sealed in this installation: there is no proof to download.',
    differs: ['Step ', ' is not the one that was sealed in its place.'],
    broken: 'The seal cannot be read: the checkpoint is not of our key, or an event is missing.',
    whatToDo: 'Do not use this ticket as evidence until somebody has looked. Tell the administrator, and keep what you downloaded before.',
    root: 'Root',
    whole: 'The whole root',
    proves:
      'The proof shows that these events stand in the log that we signed, each exactly as it was written. Whoever keeps the public key and a checkpoint sees whether anything that it covers was changed later.',
    provesNot: 'It does not show that what was recorded is true.',
    about: 'What the seal is, and how to verify it',
    proof: 'Download the proof',
    paper: 'Download PDF',
    noProof: {
      'not-sealed': 'The log is not sealed in this installation; there is no proof.',
      'not-yet': 'Nothing of this ticket is sealed yet; try again in a minute.',
      unreadable: 'The seals cannot be read; no proof can be made. The administrator sees why with tichet verify.',
      differs: 'An event of this ticket is not the one that was sealed; no proof can be made. The page of the ticket says which.',
    },
    page: {
      title: 'The seal of the log',
      lead: 'A signed summary of the facts up to it. With it one sees, without having to believe us, whether among them anything was changed, taken out or put in later.',
      back: 'All tickets',
      now: 'How it stands now',
      size: 'Events sealed',
      key: 'Public key',
      compare: 'Compare this line with the one you were given in writing at the start. If it is not the same, verify no further: ask.',
      checkpoint: 'The newest checkpoint',
      checkpointHint: 'Keep one from time to time, outside City Hall: with it one sees whether the log was put back to an older state.',
      download: 'Download the checkpoint',
      none: 'No checkpoint was signed yet. The first comes at most a minute after the first fact.',
      witness: 'Witness',
      nobody:
        'Nobody outside cosigns the checkpoints. That the log was put back to an older state is then seen only with a checkpoint that you have kept.',
      cosigned: 'cosigned at',
      ofSize: { one: 'the checkpoint with # event.', other: 'the checkpoint with # events.' },
      old: 'That is more than a day ago: the witness, or the way to it, has stopped.',
      how: 'How to verify a ticket',
      steps: [
        'Open the ticket in the audit and press “Download the proof”.',
        'Take the public key that you were given in writing, not the one in the file.',
        'Verify the file on a computer of your own, offline too, with one of the programs below; better with both.',
        'The first program says “Proved”, the second “holds”; otherwise they name the first event that does not fit.',
      ],
      withProgram: 'With the program of this service:',
      withPython: 'With the second program, written apart, which needs nothing but Python and openssl:',
      means: 'What it means',
      meanings: [
        'Each fact has a hash (SHA-256) that covers the hash of the one before it, too. All hashes, in the order of the log, give one root.',
        'The root is signed every hundred events or every minute. A single byte changed in an older fact gives another root, and the proof fails.',
        'Personal data stand encrypted in the facts: whoever is erased can be read no more, and the proofs stay the same.',
        'The seal does not say that a fact is true, but that it was recorded then and was not changed since.',
      ],
    },
  },
};
