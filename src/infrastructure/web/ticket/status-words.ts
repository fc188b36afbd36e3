import type { TicketStatus } from '../../../domain/ticket/state';
import type { Words } from '../../phrasing/words/both';
import type { Time } from './words';

const held: readonly TicketStatus[] = ['held', 'resolved', 'concluded'];
/** Ended without a meeting: another can be asked for. */
export const endedWithout: readonly TicketStatus[] = ['lapsed', 'cancelled', 'citizen-absent'];

export const timeOf = (status: TicketStatus): Time => (held.includes(status) ? 'held' : endedWithout.includes(status) ? 'off' : 'ahead');

type StatusWords = Readonly<Record<TicketStatus, { readonly title: string; readonly tag: string; readonly lead: string }>>;

/** Where a ticket stands, in words for the person whose it is. */
export const statusWords: Words<StatusWords> = {
  ro: {
    'awaiting-code': {
      title: 'Programarea nu este încă făcută',
      tag: 'se așteaptă codul',
      lead: 'Mai trebuie introdus codul trimis pe e-mail. Fără el ora redevine liberă.',
    },
    scheduled: { title: 'Întâlnirea este programată', tag: 'programată', lead: 'Pregătiți-vă întrebările: aveți 15 minute.' },
    'in-progress': { title: 'Întâlnirea a început', tag: 'în desfășurare', lead: 'Funcționarul a deschis întâlnirea.' },
    held: {
      title: 'Întâlnirea a avut loc',
      tag: 'a avut loc',
      lead: 'Funcționarul scrie concluziile în Rezoluția Tichetului albastru (Art. 7).',
    },
    resolved: {
      title: 'Rezoluția este scrisă',
      tag: 'rezoluție scrisă',
      lead: 'Întâlnirea a avut loc, iar Rezoluția Tichetului albastru urmează să ajungă la dumneavoastră.',
    },
    concluded: {
      title: 'Tichetul este încheiat',
      tag: 'încheiat',
      lead: 'Întâlnirea a avut loc și Rezoluția Tichetului albastru v-a fost trimisă sau predată.',
    },
    lapsed: {
      title: 'Programarea nu s\u2011a făcut',
      tag: 'nefăcută',
      lead: 'Pentru această cerere puteți face altă programare.',
    },
    cancelled: { title: 'Întâlnirea a fost anulată', tag: 'ANULAT', lead: 'Cât timp cererea o permite, puteți face altă programare.' },
    'citizen-absent': {
      title: 'Întâlnirea nu a avut loc',
      tag: 'neprezentare',
      lead: 'Funcționarul v-a așteptat 10 minute. Cât timp cererea o permite, puteți face altă programare.',
    },
    'staff-absent': {
      title: 'Întâlnirea nu a putut avea loc, din partea noastră',
      tag: 'de reprogramat',
      lead: 'Ne cerem scuze. Dreptul la întâlnire rămâne, indiferent de termenul de 30 de zile (Art. 8): alegeți altă oră sau vă căutăm noi.',
    },
  },
  en: {
    'awaiting-code': {
      title: 'The meeting is not booked yet',
      tag: 'code awaited',
      lead: 'The code sent by e-mail must still be entered. Without it the time becomes free again.',
    },
    scheduled: { title: 'The meeting is booked', tag: 'booked', lead: 'Have your questions ready: you have 15 minutes.' },
    'in-progress': { title: 'The meeting has started', tag: 'going on', lead: 'The civil servant has opened the meeting.' },
    held: {
      title: 'The meeting took place',
      tag: 'took place',
      lead: 'The civil servant writes the conclusions in the resolution of the blue ticket (Art. 7).',
    },
    resolved: {
      title: 'The resolution is written',
      tag: 'resolution written',
      lead: 'The meeting took place, and the resolution of the blue ticket is on its way to you.',
    },
    concluded: {
      title: 'The ticket is concluded',
      tag: 'concluded',
      lead: 'The meeting took place, and the resolution of the blue ticket was sent or handed to you.',
    },
    lapsed: { title: 'The meeting was not booked', tag: 'not booked', lead: 'You can make another booking for this request.' },
    cancelled: { title: 'The meeting was cancelled', tag: 'CANCELLED', lead: 'While the request allows it, you can make another booking.' },
    'citizen-absent': {
      title: 'The meeting did not take place',
      tag: 'did not come',
      lead: 'The civil servant waited 10 minutes for you. While the request allows it, you can make another booking.',
    },
    'staff-absent': {
      title: 'The meeting could not take place, because of us',
      tag: 'to be rescheduled',
      lead: 'We apologise. You keep your right to the meeting, whatever the 30 days say (Art. 8): choose another time, or we will contact you.',
    },
  },
};
