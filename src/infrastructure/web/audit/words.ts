import type { Forms } from '../../phrasing/words/counted';
import type { Words } from '../../phrasing/words/both';

type AuditWords = {
  readonly title: string;
  readonly lead: string;
  readonly filter: string;
  readonly verdict: string;
  readonly anyVerdict: string;
  readonly check: string;
  readonly checkHint: string;
  readonly anyCheck: string;
  readonly from: string;
  readonly to: string;
  readonly staffId: string;
  readonly noStaffId: string;
  readonly noDay: string;
  readonly endsFirst: string;
  readonly faulty: string;
  readonly show: string;
  readonly clear: string;
  readonly counts: string;
  readonly atLeast: string;
  readonly tickets: string;
  readonly ticket: string;
  readonly meeting: string;
  readonly who: string;
  readonly overall: string;
  readonly remarks: string;
  readonly none: string;
  readonly next: string;
  readonly first: string;
  readonly parked: Forms;
  readonly staleTickets: string;
  readonly staleEvidence: Forms;
  readonly meanings: string;
  readonly overallMeans: string;
  readonly toChecks: string;
  readonly find: string;
  readonly findHint: string;
  readonly findNow: string;
  readonly notFound: string;
  readonly download: string;
  readonly export: string;
  readonly toList: string;
  readonly checksTitle: string;
  readonly checksLead: string;
  readonly failing: string;
};

/** The list of tickets with their verdicts. */
export const auditWords: Words<AuditWords> = {
  ro: {
    title: 'Audit',
    lead: 'Fiecare tichet, cu verdictul lui de acum: s-a făcut ce cere procedura, și la timp?',
    filter: 'Alege tichetele',
    verdict: 'Verdict',
    anyVerdict: 'oricare',
    check: 'Verificare',
    checkHint: 'Cu un verdict, îl caută la această verificare; singură, îi arată verdictul la fiecare tichet.',
    anyCheck: 'toate',
    from: 'Întâlniri de la',
    to: 'până la, inclusiv',
    staffId: 'Funcționar (identificator)',
    noStaffId: 'Scrieți identificatorul funcționarului: litere, cifre, puncte, liniuțe.',
    noDay: 'Scrieți o zi din calendar.',
    endsFirst: 'Ultima zi este înaintea primeia.',
    faulty: 'Verificați ce ați scris',
    show: 'Arată',
    clear: 'Renunță la filtre',
    counts: 'Tichetele perioadei',
    atLeast: 'Numere aproximative: multe verdicte se schimbă chiar acum.',
    tickets: 'Tichete',
    ticket: 'Tichet',
    meeting: 'Întâlnirea',
    who: 'Funcționar',
    overall: 'Verdict',
    remarks: 'De ce',
    none: 'Niciun tichet nu se potrivește.',
    next: 'Următoarele',
    first: 'De la început',
    parked: {
      one: '# tichet este oprit și lipsește de aici; administratorul îl vede la elementele oprite.',
      few: '# tichete sunt oprite și lipsesc de aici; administratorul le vede la elementele oprite.',
      other: '# de tichete sunt oprite și lipsesc de aici; administratorul le vede la elementele oprite.',
    },
    staleTickets: 'Verdictele acestor tichete pot fi vechi, căci un eveniment al lor este oprit:',
    staleEvidence: {
      one: '# element al evidenței este oprit: verdictele care țin de el pot fi vechi.',
      few: '# elemente ale evidenței sunt oprite: verdictele care țin de ele pot fi vechi.',
      other: '# de elemente ale evidenței sunt oprite: verdictele care țin de ele pot fi vechi.',
    },
    meanings: 'Ce înseamnă fiecare verdict',
    overallMeans:
      'Tichetul întreg este „nerespectat” dacă o verificare este nerespectată, altfel „în așteptare” dacă una este în așteptare, altfel „respectat”; atenționările și renunțările se văd separat.',
    toChecks: 'Ce cere fiecare verificare',
    find: 'Numărul tichetului',
    findHint: 'De exemplu TA-7D3E8F40.',
    findNow: 'Deschide',
    notFound: 'Nu există un tichet cu acest număr.',
    download: 'Lista aleasă, întreagă, cu sigiliile verificate:',
    export: 'Toate tichetele acestor zile, cu evenimentele, dovezile și un manifest semnat:',
    toList: 'Toate tichetele',
    checksTitle: 'Ce cere fiecare verificare',
    checksLead:
      'Fiecare se răspunde din fapte: aceleași fapte și același moment dau mereu același verdict. Numerele sunt ale primei versiuni a regulilor; la un tichet se aplică cele de atunci.',
    failing: 'tichetele la care nu e respectată',
  },
  en: {
    title: 'Audit',
    lead: 'Each ticket with its verdict of now: was it done as the procedure asks, and in time?',
    filter: 'Choose tickets',
    verdict: 'Verdict',
    anyVerdict: 'any',
    check: 'Check',
    checkHint: 'With a verdict, looks for it in this check; alone, shows the verdict of this check for each ticket.',
    anyCheck: 'all',
    from: 'Meetings from',
    to: 'up to and including',
    staffId: 'Civil servant (id)',
    noStaffId: 'Write the id of the civil servant: letters, digits, dots, dashes.',
    noDay: 'Write a day of the calendar.',
    endsFirst: 'The last day is before the first.',
    faulty: 'Check what you wrote',
    show: 'Show',
    clear: 'Clear the filters',
    counts: 'Tickets of the period',
    atLeast: 'Approximate numbers: many verdicts are turning right now.',
    tickets: 'Tickets',
    ticket: 'Ticket',
    meeting: 'Meeting',
    who: 'Civil servant',
    overall: 'Verdict',
    remarks: 'Why',
    none: 'No ticket matches.',
    next: 'Next',
    first: 'From the start',
    parked: {
      one: '# ticket is parked and missing here; the administrator sees it among the parked items.',
      other: '# tickets are parked and missing here; the administrator sees them among the parked items.',
    },
    staleTickets: 'The verdicts of these tickets may be old, for an event of theirs is parked:',
    staleEvidence: {
      one: '# item of the evidence is parked: verdicts that rest on it may be old.',
      other: '# items of the evidence are parked: verdicts that rest on them may be old.',
    },
    meanings: 'What each verdict means',
    overallMeans:
      'The whole ticket is “not kept” if a check is not kept, else “pending” if one is pending, else “kept”; warnings and waivers are shown beside it.',
    toChecks: 'What each check asks',
    find: 'Number of the ticket',
    findHint: 'For example TA-7D3E8F40.',
    findNow: 'Open',
    notFound: 'There is no ticket with this number.',
    download: 'The list that was chosen, whole, with its seals verified:',
    export: 'All tickets of these days, with their events, proofs and a signed manifest:',
    toList: 'All tickets',
    checksTitle: 'What each check asks',
    checksLead:
      'Each is answered from facts: the same facts and the same moment always give the same verdict. The numbers are those of the first version of the policies; a ticket is judged by those in force then.',
    failing: 'the tickets where it is not kept',
  },
};
