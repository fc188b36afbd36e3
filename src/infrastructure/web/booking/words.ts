import type { Mode } from '../../../domain/ticket/facts';
import type { Words } from '../../phrasing/words/both';

type BookingWords = {
  readonly back: string;
  readonly step: (n: number) => string;
  readonly next: string;
  readonly summary: string;
  readonly ticket: string;
  readonly request: string;
  readonly filedOn: string;
  readonly until: string;
  readonly meets: string;
  readonly lasts: string;
  readonly minutes: string;
  readonly romanianTime: string;
  readonly mode: string;
  readonly dayAndHour: string;
  readonly notYet: string;
  readonly modes: Readonly<Record<Mode, string>>;
  readonly already: string;
  readonly alreadyLead: string;
  readonly toTicket: string;
  readonly another: string;
  readonly newRequest: string;
};

/** What all steps of „Solicitare Tichet albastru” say. */
export const bookingWords: Words<BookingWords> = {
  ro: {
    back: 'Înapoi',
    step: (n) => `Pasul ${n} din 5`,
    next: 'Continuă',
    summary: 'Există o problemă',
    ticket: 'Tichetul dumneavoastră',
    request: 'Cererea',
    filedOn: 'Depusă la',
    until: 'Clarificări până la',
    meets: 'Se ocupă',
    lasts: 'Durată',
    minutes: '15 minute',
    romanianTime: 'ora României',
    mode: 'Modul',
    dayAndHour: 'Ziua și ora',
    notYet: 'nealeasă încă',
    modes: { online: 'Online, pe Webex', phone: 'La telefon', 'in-person': 'La sediul Primăriei' },
    already: 'Deja programat',
    alreadyLead: 'Această programare a fost făcută. Nu s-a trimis nimic a doua oară.',
    toTicket: 'Vedeți tichetul',
    another: 'Aveți și altă cerere?',
    newRequest: 'Programați o întâlnire pentru altă cerere',
  },
  en: {
    back: 'Back',
    step: (n) => `Step ${n} of 5`,
    next: 'Continue',
    summary: 'There is a problem',
    ticket: 'Your ticket',
    request: 'Request',
    filedOn: 'Filed on',
    until: 'Clarifications until',
    meets: 'Handled by',
    lasts: 'Length',
    minutes: '15 minutes',
    romanianTime: 'Romanian time',
    mode: 'Mode',
    dayAndHour: 'Day and time',
    notYet: 'not chosen yet',
    modes: { online: 'Online, on Webex', phone: 'By phone', 'in-person': 'In person, at City Hall' },
    already: 'Already booked',
    alreadyLead: 'This appointment has been made. Nothing was sent a second time.',
    toTicket: 'See the ticket',
    another: 'Do you have another request?',
    newRequest: 'Book a meeting about another request',
  },
};
