import type { Forms } from '../../phrasing/words/counted';
import type { Words } from '../../phrasing/words/both';

type TicketWords = {
  readonly title: string;
  readonly back: string;
  readonly request: string;
  readonly overallNow: string;
  readonly warnings: Forms;
  readonly waived: Forms;
  readonly steps: string;
  readonly stepOf: readonly [before: string, between: string];
  readonly atStep: readonly [before: string, between: string];
  readonly previous: string;
  readonly next: string;
  readonly changedHere: string;
  readonly rest: string;
  readonly was: string;
  readonly noMore: string;
  readonly says: string;
  readonly asKept: string;
  readonly notYet: string;
  readonly later: Forms;
  readonly momentTitle: string;
  readonly momentField: string;
  readonly momentHint: string;
  readonly momentFault: string;
  readonly faulty: string;
  readonly show: string;
  readonly toNow: string;
  readonly looksBack: string;
  readonly looksAhead: string;
  readonly checks: string;
  readonly checksAt: string;
  readonly checksNow: string;
  readonly groups: Readonly<Record<'telling' | 'pass' | 'not-applicable', string>>;
  readonly nowIs: string;
  readonly becomes: string;
  readonly evidence: string;
  readonly step: string;
  readonly otherTicket: string;
  readonly streams: Readonly<Record<'request' | 'staff' | 'calendar', string>>;
  readonly unknownEvent: string;
  readonly parked: string;
  readonly parkedWhere: string;
  readonly late: string;
  readonly nothing: string;
  readonly chain: string;
  readonly chainWhole: Forms;
  readonly chainBroken: string;
  readonly chainReasons: Readonly<
    Record<'revision-gap' | 'hash-differs' | 'previous-differs' | 'not-an-envelope' | 'not-as-sealed', string>
  >;
  readonly sealUnreadable: string;
  readonly lastHash: string;
  readonly chainMeans: string;
  readonly downloads: string;
  readonly files: Readonly<Record<'history' | 'audit' | 'events', string>>;
  readonly sealedStay: string;
  readonly unreadable: string;
  readonly unreadableLead: string;
};

/** One ticket, replayed. */
export const ticketWords: Words<TicketWords> = {
  ro: {
    title: 'Tichet',
    back: 'Toate tichetele',
    request: 'Cererea',
    overallNow: 'Verdictul de acum',
    warnings: { one: '# atenționare', few: '# atenționări', other: '# de atenționări' },
    waived: { one: '# renunțare', few: '# renunțări', other: '# de renunțări' },
    steps: 'Ce s-a întâmplat',
    stepOf: ['pasul ', ' din '],
    atStep: ['Cum arăta la pasul ', ' din '],
    previous: 'Pasul anterior',
    next: 'Pasul următor',
    changedHere: 'Schimbat la acest pas',
    rest: 'Neschimbat',
    was: 'înainte',
    noMore: 'nu mai este',
    says: 'Ce spune acest pas',
    asKept: 'Evenimentul, așa cum e păstrat',
    notYet: 'La acest moment tichetul nu exista încă.',
    later: {
      one: 'Încă # pas a urmat după acest moment.',
      few: 'Încă # pași au urmat după acest moment.',
      other: 'Încă # de pași au urmat după acest moment.',
    },
    momentTitle: 'La un moment anume',
    momentField: 'Data și ora, în România',
    momentHint:
      'Arată istoricul și verdictele așa cum se știau la sfârșitul minutului sau al secundei scrise, de exemplu 2027-03-09 10:15.',
    momentFault: 'Scrieți o dată și o oră, de exemplu 2027-03-09 10:15.',
    faulty: 'Momentul nu poate fi citit',
    show: 'Arată',
    toNow: 'Cum stă acum',
    looksBack: 'Priviți tichetul așa cum se știa la',
    looksAhead: 'Momentul este în viitor: așa ar sta tichetul dacă nu s-ar mai întâmpla nimic până la',
    checks: 'Respectarea procedurii',
    checksAt: 'la',
    checksNow: 'acum',
    groups: { telling: 'De văzut', pass: 'Respectate', 'not-applicable': 'Nu se aplică' },
    nowIs: 'acum',
    becomes: 'Dacă nu se întâmplă nimic, nerespectată după',
    evidence: 'Dovezi:',
    step: 'pasul',
    otherTicket: 'alt tichet',
    streams: { request: 'cererea', staff: 'funcționarul', calendar: 'calendarul' },
    unknownEvent: 'evenimentul',
    parked: 'Tichet oprit: verdictele lui nu se pot spune acum.',
    parkedWhere:
      'Un eveniment nu a putut fi aplicat în tabel; administratorul îl vede la elementele oprite. Istoricul de mai jos vine din jurnal și este întreg.',
    late: 'Tabelele nu au citit încă ultimele evenimente ale acestui tichet; verdictele pot lipsi din urmă. Reîncărcați pagina.',
    nothing: 'La acest moment nu este nimic de verificat: tichetul nu fusese cerut.',
    chain: 'Lanțul de sigilii',
    chainWhole: {
      one: 'Întreg: # eveniment, verificat acum.',
      few: 'Întreg: # evenimente, verificate acum.',
      other: 'Întreg: # de evenimente, verificate acum.',
    },
    chainBroken: 'Rupt la evenimentul',
    chainReasons: {
      'revision-gap': 'un eveniment lipsește',
      'hash-differs': 'conținutul nu mai are amprenta cu care a fost scris',
      'previous-differs': 'nu urmează după evenimentul dinaintea lui',
      'not-an-envelope': 'nu se mai poate citi',
      'not-as-sealed': 'nu este cel care a fost sigilat în acest loc al jurnalului',
    },
    sealUnreadable: 'Lanțul este întreg, dar sigiliul jurnalului nu poate fi citit.',
    lastHash: 'Amprenta ultimului eveniment',
    chainMeans: 'Fiecare eveniment poartă amprenta celui dinainte: dacă unul s-ar schimba, amprenta de aici ar fi alta.',
    downloads: 'De descărcat',
    files: { history: 'Istoricul', audit: 'Dosarul de audit', events: 'Evenimentele, așa cum sunt păstrate' },
    sealedStay: 'Datele personale rămân sigilate în toate fișierele.',
    unreadable: 'Istoricul nu poate fi citit',
    unreadableLead:
      'Un eveniment al acestui tichet nu mai este cel scris și nu se poate citi. Evenimentele, așa cum sunt păstrate, se pot descărca.',
  },
  en: {
    title: 'Ticket',
    back: 'All tickets',
    request: 'Request',
    overallNow: 'Verdict of now',
    warnings: { one: '# warning', other: '# warnings' },
    waived: { one: '# waiver', other: '# waivers' },
    steps: 'What happened',
    stepOf: ['step ', ' of '],
    atStep: ['How it stood at step ', ' of '],
    previous: 'Previous step',
    next: 'Next step',
    changedHere: 'Changed at this step',
    rest: 'Unchanged',
    was: 'before',
    noMore: 'no more',
    says: 'What this step says',
    asKept: 'The event as it is kept',
    notYet: 'At this moment the ticket did not exist yet.',
    later: { one: '# more step came after this moment.', other: '# more steps came after this moment.' },
    momentTitle: 'At a moment',
    momentField: 'Date and time, in Romania',
    momentHint:
      'Shows the history and the verdicts as they were known at the end of the minute or second written, for example 2027-03-09 10:15.',
    momentFault: 'Write a date and a time, for example 2027-03-09 10:15.',
    faulty: 'The moment cannot be read',
    show: 'Show',
    toNow: 'How it stands now',
    looksBack: 'You see the ticket as it was known at',
    looksAhead: 'The moment lies ahead: so the ticket would stand if nothing more happened until',
    checks: 'Was the procedure kept',
    checksAt: 'at',
    checksNow: 'now',
    groups: { telling: 'To be looked at', pass: 'Kept', 'not-applicable': 'Not applicable' },
    nowIs: 'now',
    becomes: 'If nothing happens, not kept after',
    evidence: 'Evidence:',
    step: 'step',
    otherTicket: 'another ticket',
    streams: { request: 'the request', staff: 'the civil servant', calendar: 'the calendar' },
    unknownEvent: 'event',
    parked: 'Parked ticket: its verdicts cannot be said now.',
    parkedWhere:
      'An event could not be applied to the table; the administrator sees it among the parked items. The history below comes from the log and is whole.',
    late: 'The tables have not read the newest events of this ticket yet; its verdicts may lag behind. Load the page again.',
    nothing: 'At this moment there is nothing to check: the ticket had not been asked for.',
    chain: 'The chain of seals',
    chainWhole: { one: 'Whole: # event, verified now.', other: 'Whole: # events, verified now.' },
    chainBroken: 'Broken at event',
    chainReasons: {
      'revision-gap': 'an event is missing',
      'hash-differs': 'its content no longer has the hash it was written with',
      'previous-differs': 'it does not follow the event before it',
      'not-an-envelope': 'it cannot be read any more',
      'not-as-sealed': 'it is not the one that was sealed in this place of the log',
    },
    sealUnreadable: 'The chain is whole, but the seal of the log cannot be read.',
    lastHash: 'Hash of the last event',
    chainMeans: 'Each event carries the hash of the one before it: had one been changed, the hash here would be another.',
    downloads: 'Downloads',
    files: { history: 'The history', audit: 'The audit file', events: 'The events as they are kept' },
    sealedStay: 'Personal data stay sealed in every file.',
    unreadable: 'The history cannot be read',
    unreadableLead:
      'An event of this ticket is no longer the one that was written, and cannot be read. The events can be downloaded as they are kept.',
  },
};
