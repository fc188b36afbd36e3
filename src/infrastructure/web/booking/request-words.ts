import type { Words } from '../../phrasing/words/both';

type RequestWords = {
  readonly title: string;
  readonly lead: string;
  readonly number: string;
  readonly numberHint: string;
  readonly name: string;
  readonly nameHint: string;
  readonly filedOn: string;
  readonly filedOnHint: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly why: string;
  readonly expired: string;
  readonly done: string;
  readonly opensTicket: string;
  readonly mine: string;
  readonly noNumber: string;
  readonly noName: string;
  readonly badNumber: string;
  readonly badName: string;
  readonly noDate: string;
  readonly notADate: string;
  readonly windowOver: (date: string) => string;
  readonly active: string;
  readonly tooMany: (time: string) => string;
};

/** Art. 3 b, in the words of the procedure. */
export const requestWords: Words<RequestWords> = {
  ro: {
    title: 'Despre ce cerere doriți să discutați?',
    lead: 'Introduceți cele trei date de pe dovada de înregistrare a cererii. Toată programarea durează cam trei minute.',
    number: 'Număr cerere',
    numberHint: 'Numărul de înregistrare, de exemplu 154997 sau 154997/425',
    name: 'Numele solicitantului',
    nameHint: 'Numele sub care a fost depusă cererea: al persoanei sau al firmei. Diacriticele nu contează.',
    filedOn: 'Data depunerii',
    filedOnHint: 'De exemplu, 4 3 2026',
    day: 'Ziua',
    month: 'Luna',
    year: 'Anul',
    why: 'Cerem aceste date numai ca să găsim cererea și funcționarul care se ocupă de ea (Art. 3 lit. b din procedură).',
    expired: 'Au trecut 30 de minute și am șters ce ați completat, ca să nu rămână la vederea altcuiva. Puteți începe din nou.',
    done: 'Deja programat: programarea de mai înainte este făcută.',
    opensTicket: 'Vedeți tichetul',
    mine: 'Am deja un tichet',
    noNumber: 'Introduceți numărul cererii.',
    noName: 'Introduceți numele solicitantului.',
    badNumber: 'Numărul cererii are cel mult 40 de caractere: cifre, eventual puncte și bare.',
    badName: 'Numele are cel mult 200 de caractere, pe un singur rând.',
    noDate: 'Introduceți ziua, luna și anul depunerii.',
    notADate: 'Data depunerii nu există în calendar. Scrieți anul cu patru cifre.',
    windowOver: (date) => `Termenul de 30 de zile pentru clarificări s-a încheiat pe ${date}. Puteți depune o cerere nouă.`,
    active: 'Cererea are deja un tichet albastru activ. Îl puteți deschide, muta sau anula de la „Am deja un tichet”.',
    tooMany: (time) => `Prea multe căutări fără rezultat de la această adresă. Încercați din nou după ora ${time}.`,
  },
  en: {
    title: 'Which request would you like to talk about?',
    lead: 'Enter the three details from the proof of registration of your request. The whole booking takes about three minutes.',
    number: 'Request number',
    numberHint: 'The registration number, for example 154997 or 154997/425',
    name: 'Name of the applicant',
    nameHint: 'The name under which the request was filed: a person’s or a company’s. Diacritics do not matter.',
    filedOn: 'Filing date',
    filedOnHint: 'For example, 4 3 2026 (day, month, year)',
    day: 'Day',
    month: 'Month',
    year: 'Year',
    why: 'We ask for these details only to find the request and the civil servant who handles it (Art. 3 b of the procedure).',
    expired: 'Thirty minutes have passed and we deleted what you had filled in, so that nobody else sees it. You can start again.',
    done: 'Already booked: your earlier appointment has been made.',
    opensTicket: 'See the ticket',
    mine: 'I already have a ticket',
    noNumber: 'Enter the number of the request.',
    noName: 'Enter the name of the applicant.',
    badNumber: 'The request number has at most 40 characters: digits, perhaps dots and slashes.',
    badName: 'The name has at most 200 characters, on one line.',
    noDate: 'Enter the day, the month and the year of filing.',
    notADate: 'There is no such filing date. Write the year with four digits.',
    windowOver: (date) => `The 30 days for clarifications ended on ${date}. You can file a new request.`,
    active: 'The request already has an active blue ticket. You can open, move or cancel it at “I already have a ticket”.',
    tooMany: (time) => `Too many searches without a result from this address. Please try again after ${time}.`,
  },
};
