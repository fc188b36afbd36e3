import type { IneligibleReason } from '../../../domain/request/eligibility';
import type { RequestStatus } from '../../../domain/request/facts';
import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';

type WindowWords = {
  readonly title: string;
  readonly lead: string;
  readonly faulty: string;
  readonly find: string;
  readonly number: string;
  readonly numberHint: string;
  readonly filedOn: string;
  readonly asOf: string;
  readonly asOfHint: string;
  readonly time: string;
  readonly timeHint: string;
  readonly show: string;
  readonly numberMissing: string;
  readonly numberWrong: string;
  readonly notFound: string;
  readonly request: string;
  readonly eligible: string;
  readonly notEligible: string;
  readonly standsAt: string;
  readonly status: string;
  readonly statuses: Readonly<Record<RequestStatus, string>>;
  readonly ground: string;
  readonly grounds: Readonly<Record<'in-operation' | 'clarification', string>>;
  readonly noGround: string;
  readonly communicated: string;
  readonly notCommunicated: string;
  readonly advertised: string;
  readonly advertisedHow: string;
  readonly enforced: string;
  readonly enforcedHow: string;
  readonly enforcedSame: string;
  readonly late: string;
  readonly untilEnd: string;
  readonly policy: string;
  readonly calendar: string;
  readonly ticket: string;
  readonly noTicket: string;
  readonly reasons: Readonly<Record<IneligibleReason | 'window-expired' | 'active-ticket-exists', string>>;
  readonly otherReason: string;
  readonly expiring: string;
  readonly expiringLead: string;
  readonly before: string;
  readonly list: string;
  readonly noneExpiring: string;
  readonly count: Forms;
  readonly daysLeft: Forms;
  readonly today: string;
  readonly more: string;
  readonly parked: Forms;
  readonly admit: string;
  readonly admitLead: string;
  readonly until: string;
  readonly untilHint: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly reasonMissing: string;
  readonly dateMissing: string;
  readonly dateWrong: string;
  readonly timeWrong: string;
  readonly admitButton: string;
  readonly admitted: string;
};

/** Art. 2, for those who answer for it. */
export const windowWords: Words<WindowWords> = {
  ro: {
    title: 'Termene de 30 de zile',
    lead: 'Dacă o cerere poate primi un tichet albastru, din ce temei și până când. Fără niciun nume: doar numărul și datele ei.',
    faulty: 'Mai este ceva de corectat',
    find: 'Caută o cerere',
    number: 'Număr cerere',
    numberHint: 'De exemplu 154997 sau 154.997/425.',
    filedOn: 'Data depunerii',
    asOf: 'Situația la data de (opțional)',
    asOfHint: 'Goală: cum stă acum.',
    time: 'Ora',
    timeHint: 'Goală: sfârșitul acelei zile.',
    show: 'Arată',
    numberMissing: 'Scrieți numărul cererii.',
    numberWrong: 'Acesta nu este un număr de înregistrare.',
    notFound: 'Nu există o cerere cu acest număr și această dată a depunerii, cunoscută la momentul cerut.',
    request: 'Cererea',
    eligible: 'Poate primi un tichet',
    notEligible: 'Nu poate primi un tichet',
    standsAt: 'Cum stă la',
    status: 'Starea în registru',
    statuses: {
      'in-operation': 'în operare',
      answered: 'cu răspuns',
      closed: 'închisă',
      redirected: 'redirecționată',
      archived: 'arhivată',
    },
    ground: 'Temeiul',
    grounds: { 'in-operation': 'cerere în operare', clarification: 'clarificări după răspuns' },
    noGround: 'niciunul',
    communicated: 'Răspuns comunicat la',
    notCommunicated: 'niciun răspuns comunicat',
    advertised: 'Termen anunțat',
    advertisedHow: 'A 30-a zi după comunicare; ziua comunicării nu se numără.',
    enforced: 'Termen aplicat',
    enforcedHow:
      'Ultima zi, întreagă, în care se acceptă: termenul anunțat, mutat cum cere politica de mai jos (de obicei pe următoarea zi lucrătoare).',
    enforcedSame: 'Ziua întreagă, până la ora 24:00.',
    late: 'Admisă târziu până la',
    untilEnd: 'inclusiv',
    policy: 'Politica și versiunea ei',
    calendar: 'Versiunea calendarului',
    ticket: 'Tichet activ',
    noTicket: 'niciunul',
    reasons: {
      redirected: 'Cererea a fost redirecționată altei instituții sau altui serviciu.',
      'closed-without-answer': 'Cererea a fost închisă fără un răspuns comunicat.',
      'archived-without-answer': 'Cererea a fost arhivată fără un răspuns comunicat.',
      'answer-not-communicated': 'Răspunsul nu era comunicat solicitantului.',
      erased: 'Datele personale ale cererii au fost șterse.',
      'window-expired': 'Termenul aplicat pentru clarificări a trecut.',
      'active-ticket-exists': 'Cererea are deja un tichet activ; după întâlnire se poate cere altul.',
    },
    otherReason: 'Procedura nu permite.',
    expiring: 'Termene care expiră',
    expiringLead: 'Cereri cu răspuns al căror termen aplicat este încă deschis, întâi cele care expiră mai devreme.',
    before: 'Expiră înainte de',
    list: 'Arată lista',
    noneExpiring: 'Niciun termen deschis nu expiră înainte de această dată.',
    count: { one: 'o cerere', few: '# cereri', other: '# de cereri' },
    daysLeft: { one: 'mai este o zi', few: 'mai sunt # zile', other: 'mai sunt # de zile' },
    today: 'ultima zi',
    more: 'Următoarele cereri',
    parked: {
      one: 'O cerere nu se poate arăta acum: administratorul o are în lista elementelor oprite.',
      few: '# cereri nu se pot arăta acum: administratorul le are în lista elementelor oprite.',
      other: '# de cereri nu se pot arăta acum: administratorul le are în lista elementelor oprite.',
    },
    admit: 'Admite cererea târziu',
    admitLead: 'Ca șef puteți admite o cerere după termen, cu un motiv. Temeiul rămâne clarificarea; admiterea rămâne în istoria cererii.',
    until: 'Până la data de',
    untilHint: 'Ultima zi, întreagă, în care se mai poate cere un tichet.',
    reason: 'Motivul',
    reasonHint: 'Se păstrează sigilat, ca justificare pentru audit.',
    reasonMissing: 'Scrieți motivul admiterii.',
    dateMissing: 'Alegeți data.',
    dateWrong: 'Data nu există în calendar. Scrieți-o ca 15.3.2027.',
    timeWrong: 'Ora nu există. Scrieți-o ca 08:30.',
    admitButton: 'Admite cererea',
    admitted: 'Cererea este admisă târziu, până la data de mai jos.',
  },
  en: {
    title: '30-day windows',
    lead: 'Whether a request may have a blue ticket, on which ground and until when. Without any name: its number and dates only.',
    faulty: 'Something is still to be corrected',
    find: 'Find a request',
    number: 'Request number',
    numberHint: 'For example 154997 or 154.997/425.',
    filedOn: 'Filing date',
    asOf: 'As it stood on (optional)',
    asOfHint: 'Empty: as it stands now.',
    time: 'Time',
    timeHint: 'Empty: the end of that day.',
    show: 'Show',
    numberMissing: 'Write the number of the request.',
    numberWrong: 'This is not a registration number.',
    notFound: 'No request with this number and filing date was known at the moment asked for.',
    request: 'Request',
    eligible: 'May have a ticket',
    notEligible: 'May not have a ticket',
    standsAt: 'As it stands at',
    status: 'Status in the register',
    statuses: {
      'in-operation': 'in operation',
      answered: 'answered',
      closed: 'closed',
      redirected: 'redirected',
      archived: 'archived',
    },
    ground: 'Ground',
    grounds: { 'in-operation': 'request in operation', clarification: 'clarifications after the answer' },
    noGround: 'none',
    communicated: 'Answer communicated on',
    notCommunicated: 'no answer communicated',
    advertised: 'Advertised limit',
    advertisedHow: 'Day 30 after the communication, whose own day does not count.',
    enforced: 'Enforced limit',
    enforcedHow:
      'The last day, whole, on which requests are accepted: the advertised limit, moved as the policy below asks (usually to the next working day).',
    enforcedSame: 'The whole day, until 24:00.',
    late: 'Admitted late until',
    untilEnd: 'inclusive',
    policy: 'Policy and its version',
    calendar: 'Version of the calendar',
    ticket: 'Active ticket',
    noTicket: 'none',
    reasons: {
      redirected: 'The request was redirected to another institution or department.',
      'closed-without-answer': 'The request was closed without a communicated answer.',
      'archived-without-answer': 'The request was archived without a communicated answer.',
      'answer-not-communicated': 'The answer had not been communicated to the applicant.',
      erased: 'The personal data of the request were erased.',
      'window-expired': 'The enforced limit for clarifications has passed.',
      'active-ticket-exists': 'The request has an active ticket already; after the meeting another may be asked for.',
    },
    otherReason: 'The procedure does not allow it.',
    expiring: 'Windows that expire',
    expiringLead: 'Answered requests whose enforced limit is still open, those that expire first at the top.',
    before: 'Expires before',
    list: 'Show the list',
    noneExpiring: 'No open window expires before this date.',
    count: { one: '# request', other: '# requests' },
    daysLeft: { one: '# day left', other: '# days left' },
    today: 'last day',
    more: 'The next requests',
    parked: {
      one: '# request cannot be shown now: the administrator has it among the parked items.',
      other: '# requests cannot be shown now: the administrator has them among the parked items.',
    },
    admit: 'Admit the request late',
    admitLead:
      'As a head you may admit a request after the limit, with a reason. The ground stays the clarification; the admission stays in the request’s history.',
    until: 'Until',
    untilHint: 'The last day, whole, on which a ticket may still be asked for.',
    reason: 'Reason',
    reasonHint: 'It is kept sealed, as justification for the audit.',
    reasonMissing: 'Write the reason of the admission.',
    dateMissing: 'Choose the date.',
    dateWrong: 'There is no such date in the calendar. Write it as 15.3.2027.',
    timeWrong: 'There is no such time. Write it as 08:30.',
    admitButton: 'Admit the request',
    admitted: 'The request is admitted late, until the date below.',
  },
};
