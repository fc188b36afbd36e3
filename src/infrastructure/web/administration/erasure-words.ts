import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';

type ErasureWords = {
  readonly back: string;
  readonly backToStart: string;
  readonly title: string;
  readonly lead: string;
  readonly subject: string;
  readonly subjectHint: string;
  readonly subjectWrong: string;
  readonly subjectUnknown: string;
  readonly summaryFind: string;
  readonly goOn: string;
  readonly ticketTitle: (reference: string) => string;
  readonly requestTitle: (number: string) => string;
  readonly person: string;
  readonly ofRequest: string;
  readonly meeting: string;
  readonly goes: string;
  readonly goesOfTicket: readonly string[];
  readonly goesOfRequest: readonly string[];
  readonly letters: Forms;
  readonly stays: string;
  readonly staysAlways: readonly string[];
  readonly resolutionStays: string;
  readonly ticketsStay: string;
  readonly outside: string;
  readonly refused: Readonly<Record<'ticket' | 'request', string>>;
  readonly erasedAlready: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly confirm: string;
  readonly confirmLabel: string;
  readonly confirmMissing: string;
  readonly erase: string;
  readonly summary: string;
  readonly reportTitle: string;
  readonly reportLead: string;
  readonly what: string;
  readonly erasedAt: string;
  readonly keys: string;
  readonly deletedLetters: string;
  readonly kept: string;
  readonly keptNothing: string;
  readonly tickets: string;
  readonly ticketsHint: string;
  readonly another: string;
  readonly copies: string;
  readonly by: string;
  readonly keyState: string;
  readonly keyGone: string;
  readonly keyThere: string;
  readonly seal: string;
  /** `proved` of `events` lead to the root of before; the log had `size` events then */
  readonly sealed: (proved: number, events: number, size: number) => string;
  readonly notSealed: string;
};

export const erasureWords: Words<ErasureWords> = {
  ro: {
    back: 'Administrare',
    backToStart: 'Ștergerea datelor personale',
    title: 'Ștergerea datelor personale',
    lead: 'La cererea persoanei (RGPD, Art. 17). Înainte de ștergere vedeți ce dispare și ce rămâne.',
    subject: 'Tichetul sau cererea',
    subjectHint: 'Referința tichetului, de exemplu TA-7K2M9QXD, sau cererea cu data ei, de exemplu 154997/425/10.02.2026.',
    subjectWrong: 'Scrieți o referință TA-… sau o cerere cu data depunerii, de exemplu 154997/425/10.02.2026.',
    subjectUnknown: 'Nu există un tichet sau o cerere cu aceste date.',
    summaryFind: 'Nu am găsit ce ați cerut',
    goOn: 'Continuă',
    ticketTitle: (reference) => `Șterge datele personale ale tichetului ${reference}`,
    requestTitle: (number) => `Șterge datele personale ale cererii ${number}`,
    person: 'Persoana',
    ofRequest: 'La cererea',
    meeting: 'Întâlnirea',
    goes: 'Ce dispare pentru totdeauna',
    goesOfTicket: ['numele, adresa de e-mail, telefonul și mesajul date la programare'],
    goesOfRequest: ['numele solicitantului și obiectul cererii: cererea nu va mai putea fi găsită după nume'],
    letters: {
      one: 'textul scrisorii trimise, dacă este păstrat aici',
      few: 'textul celor # scrisori trimise, dacă sunt păstrate aici',
      other: 'textul celor # de scrisori trimise, dacă sunt păstrate aici',
    },
    stays: 'Ce rămâne',
    staysAlways: ['faptele, ordinea lor și verdictele auditului, fără nume'],
    resolutionStays: 'Rezoluția Tichetului albastru, document de arhivă',
    ticketsStay: 'datele date la tichetele acestei cereri: se șterg tichet cu tichet',
    outside: 'Ce nu poate șterge acest program',
    refused: {
      ticket: 'Tichetul este încă activ: datele se pot șterge după ce se încheie sau este anulat.',
      request: 'Cererea are un tichet activ: datele se pot șterge după ce acesta se încheie sau este anulat.',
    },
    erasedAlready: 'Datele personale au fost deja șterse. Dacă ștergerea s-a întrerupt, se poate duce la capăt aici.',
    reason: 'De ce',
    reasonHint: 'Numărul solicitării, fără nume. Rămâne în istoric, sigilat.',
    confirm: 'Confirmare',
    confirmLabel: 'Am verificat că aceasta este persoana care cere ștergerea. Știu că nu se poate reveni.',
    confirmMissing: 'Bifați că ați verificat.',
    erase: 'Șterge definitiv',
    summary: 'Nu s-a șters nimic',
    reportTitle: 'Raportul ștergerii',
    reportLead:
      'Datele personale au fost șterse. Raportul se păstrează aici 12 ore, iar mai târziu îl arată din nou „tichet forget --report-of”; nu conține date personale.',
    what: 'Ce s-a șters',
    erasedAt: 'Șters la',
    keys: 'Chei distruse',
    deletedLetters: 'Scrisori șterse',
    kept: 'Rămâne citibil',
    keptNothing: 'nimic',
    tickets: 'Tichetele acestei cereri',
    ticketsHint: 'Datele date la programare se șterg pentru fiecare tichet în parte:',
    another: 'Altă ștergere',
    copies: 'Unde mai pot fi copii',
    by: 'Șters de',
    keyState: 'Verificat după ștergere',
    keyGone: 'cu ce este aici nimeni nu mai poate citi ce era sigilat cu aceste chei',
    keyThere: 'ATENȚIE: cheia mai există; repetați ștergerea',
    seal: 'Sigiliul dinaintea ștergerii',
    sealed: (proved, events, size) => `neschimbat: ${proved} din ${events} evenimente se dovedesc în continuare (jurnalul avea ${size})`,
    notSealed: 'jurnalul nu era încă sigilat; ordinea și hash-urile rămân',
  },
  en: {
    back: 'Administration',
    backToStart: 'Erasure of personal data',
    title: 'Erasure of personal data',
    lead: 'When the person asks for it (GDPR, Art. 17). Before anything is erased you see what goes and what stays.',
    subject: 'The ticket or the request',
    subjectHint: 'The reference of the ticket, for example TA-7K2M9QXD, or the request with its date, for example 154997/425/10.02.2026.',
    subjectWrong: 'Write a reference TA-… or a request with its filing date, for example 154997/425/10.02.2026.',
    subjectUnknown: 'There is no ticket or request with these data.',
    summaryFind: 'What you asked for was not found',
    goOn: 'Continue',
    ticketTitle: (reference) => `Erase the personal data of ticket ${reference}`,
    requestTitle: (number) => `Erase the personal data of request ${number}`,
    person: 'Person',
    ofRequest: 'Of request',
    meeting: 'Meeting',
    goes: 'What goes for ever',
    goesOfTicket: ['name, e-mail address, phone and message given at the booking'],
    goesOfRequest: ['name of the applicant and subject of the request: it will no longer be found by name'],
    letters: {
      one: 'the text of the letter that was sent, if it is kept here',
      other: 'the text of the # letters that were sent, if they are kept here',
    },
    stays: 'What stays',
    staysAlways: ['the facts, their order and the verdicts of the audit, without a name'],
    resolutionStays: 'the resolution of the blue ticket, an archive document',
    ticketsStay: 'what was given for the tickets of this request: it is erased ticket by ticket',
    outside: 'What this program cannot erase',
    refused: {
      ticket: 'The ticket is still active: its data can be erased once it has ended or was cancelled.',
      request: 'The request has an active ticket: its data can be erased once that has ended or was cancelled.',
    },
    erasedAlready: 'The personal data were erased already. If that was interrupted, it can be completed here.',
    reason: 'Why',
    reasonHint: 'The number of the demand, without a name. It stays in the history, sealed.',
    confirm: 'Confirmation',
    confirmLabel: 'I have checked that this is the person who asks for it. I know that there is no way back.',
    confirmMissing: 'Tick that you have checked.',
    erase: 'Erase for ever',
    summary: 'Nothing was erased',
    reportTitle: 'Report of the erasure',
    reportLead:
      'The personal data were erased. The report is kept here for 12 hours, and later “tichet forget --report-of” shows it again; nothing in it is personal.',
    what: 'What was erased',
    erasedAt: 'Erased at',
    keys: 'Keys destroyed',
    deletedLetters: 'Letters deleted',
    kept: 'Stays readable',
    keptNothing: 'nothing',
    tickets: 'The tickets of this request',
    ticketsHint: 'What was given at the booking is erased for each ticket:',
    another: 'Another erasure',
    copies: 'Where copies may still be',
    by: 'Erased by',
    keyState: 'Verified after the erasure',
    keyGone: 'with what is here nobody can read any more what these keys sealed',
    keyThere: 'ATTENTION: the key still exists; repeat the erasure',
    seal: 'The seal of before the erasure',
    sealed: (proved, events, size) => `unchanged: ${proved} of ${events} events are still proved (the log had ${size})`,
    notSealed: 'the log was not sealed yet; order and hashes stay',
  },
};
