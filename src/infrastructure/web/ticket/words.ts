import type { LapseCause, Mode } from '../../../domain/ticket/facts';
import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';

/** Before the meeting, after it, and where there is none. */
export type Time = 'ahead' | 'held' | 'off';

type TicketWords = {
  readonly yours: string;
  readonly number: string;
  readonly when: string;
  readonly meets: Readonly<Record<Time, string>>;
  readonly mode: string;
  readonly place: string;
  readonly status: string;
  readonly booked: string;
  readonly keepNumber: string;
  readonly confirmationSent: string;
  readonly withoutEmail: string;
  /** what is wrong with the newest letter */
  readonly letter: Readonly<Record<'not-left' | 'returned', string>>;
  readonly enterCode: string;
  readonly next: string;
  readonly how: Readonly<Record<Mode, string>>;
  readonly noLinkYet: string;
  readonly join: string;
  readonly joinHint: (host: string) => string;
  readonly changedByUs: Readonly<Record<'rescheduled' | 'reassigned' | 'cancelled', (date: string) => string>>;
  readonly calendar: string;
  readonly move: string;
  readonly moveAfterAbsence: string;
  readonly cancel: string;
  readonly movesLeft: Forms;
  readonly noMoves: string;
  readonly changes: string;
  readonly anyTime: string;
  readonly recording: string;
  readonly acceptedOn: (date: string) => string;
  readonly notRecorded: string;
  readonly resolution: string;
  readonly resolutionLater: Readonly<Record<'email' | 'paper', string>>;
  readonly stages: {
    readonly awaited: (lastDay: string) => string;
    readonly overdue: (lastDay: string) => string;
    readonly issued: (date: string) => string;
    readonly sent: (date: string) => string;
    readonly 'handed-over': (date: string) => string;
    readonly bounced: (date: string) => string;
  };
  readonly document: (number: string) => string;
  readonly lapsed: Readonly<Record<LapseCause, string>>;
  readonly another: string;
  readonly done: Readonly<Record<'mutat' | 'deschis', string>>;
};

export const ticketWords: Words<TicketWords> = {
  ro: {
    yours: 'Tichetul albastru',
    number: 'Numărul tichetului',
    when: 'Ziua și ora',
    meets: { ahead: 'Vă întâlniți cu', held: 'V-ați întâlnit cu', off: 'Urma să vă întâlniți cu' },
    mode: 'Modul',
    place: 'Unde',
    status: 'Stare',
    booked: 'Programarea este făcută',
    keepNumber: 'Păstrați numărul tichetului:',
    confirmationSent: 'Confirmarea, cu tot ce scrie aici, ajunge și pe e-mail.',
    withoutEmail:
      'Nu ați completat o adresă de e-mail: notați numărul sau tipăriți această pagină. Numai acest browser deschide tichetul, timp de 12 ore; apoi, pentru schimbări sunați la Centrul de informare pentru cetățeni și spuneți numărul.',
    letter: {
      'not-left':
        'Ultimul e-mail despre acest tichet nu a plecat încă: serverul de e-mail nu îl primește acum. Încercăm din nou, iar dacă nu reușim, vă caută un funcționar. Ce scrie pe această pagină este valabil.',
      returned:
        'Ultimul e-mail despre acest tichet nu a putut fi livrat la adresa dumneavoastră. Ce scrie pe această pagină este valabil; dacă trebuie să aflați ceva, vă caută un funcționar.',
    },
    enterCode: 'Introduceți codul',
    next: 'Ce aveți de făcut',
    how: {
      online: 'La ora stabilită deschideți linkul Webex și intrați cu adresa de e-mail pe care ați completat-o.',
      phone: 'La ora stabilită vă sună funcționarul, la numărul pe care l-ați completat.',
      'in-person': 'Veniți la sediul Primăriei cu câteva minute înainte și spuneți numărul tichetului.',
    },
    noLinkYet: 'Linkul Webex îl face funcționarul. Îl trimitem pe e-mail înainte de întâlnire și apare și aici.',
    join: 'Intră în întâlnirea Webex',
    joinHint: (host) => `Se deschide ${host}.`,
    changedByUs: {
      rescheduled: (date) => `Întâlnirea a fost mutată de Primărie ${date}, din motive obiective (Art. 8). Ne cerem scuze.`,
      reassigned: (date) => `Întâlnirea a trecut ${date} la altă persoană: cea de pe tichet.`,
      cancelled: (date) => `Anulată de Primărie ${date}, din motive obiective. Ne cerem scuze; vă căutăm pentru o altă oră (Art. 8).`,
    },
    calendar: 'Adaugă în calendar',
    move: 'Mută la altă oră',
    moveAfterAbsence: 'Alege altă oră',
    cancel: 'Anulează întâlnirea',
    movesLeft: { one: 'O mai puteți muta o dată.', few: 'O mai puteți muta de # ori.', other: 'O mai puteți muta de # de ori.' },
    noMoves: 'Ați mutat-o de numărul maxim de ori. Pentru altă oră adresați-vă funcționarului.',
    changes: 'Schimbări',
    anyTime: 'Puteți anula oricând până la începerea întâlnirii.',
    recording: 'Înregistrarea',
    acceptedOn: (date) => `V-ați dat acordul pentru înregistrare ${date}.`,
    notRecorded: 'Această întâlnire nu se înregistrează. Concluziile sunt notate în Rezoluția Tichetului albastru.',
    resolution: 'Rezoluția Tichetului albastru',
    resolutionLater: {
      email: 'După întâlnire primiți pe e-mail concluziile, în scris (Art. 7).',
      paper: 'După întâlnire primiți concluziile în scris, prin poștă sau de la sediu (Art. 7).',
    },
    stages: {
      awaited: (lastDay) => `Se scrie. O primiți cel târziu ${lastDay}.`,
      overdue: (lastDay) =>
        `Trebuia să o primiți cel târziu ${lastDay}. Ne cerem scuze; întrebați la Centrul de informare pentru cetățeni și spuneți numărul tichetului.`,
      issued: (date) => `Scrisă ${date}. Urmează să fie trimisă.`,
      sent: (date) => `Trimisă pe e-mail ${date}.`,
      'handed-over': (date) => `Predată ${date}.`,
      bounced: (date) => `Scrisă ${date}. E-mailul s-a întors; vă căutăm pe altă cale.`,
    },
    document: (number) => `Documentul ${number}, conex cu cererea.`,
    lapsed: {
      'not-verified': 'Codul nu a fost introdus la timp, iar ora a redevenit liberă.',
      'never-requested': 'Programarea nu a fost dusă la capăt.',
      'slot-lost': 'Ora a fost rezervată de altcineva înainte de confirmare.',
      'too-many-tickets': 'Adresa de e-mail avea deja numărul maxim de tichete active.',
      withdrawn: 'Ați renunțat înainte de a introduce codul, de exemplu pentru a da altă adresă.',
    },
    another: 'Faceți altă programare',
    done: {
      mutat: 'Întâlnirea a fost mutată. Ora veche nu mai este valabilă.',
      deschis: 'Tichetul este deschis în acest browser.',
    },
  },
  en: {
    yours: 'Blue ticket',
    number: 'Ticket number',
    when: 'Day and time',
    meets: { ahead: 'You meet', held: 'You met', off: 'You were to meet' },
    mode: 'Mode',
    place: 'Where',
    status: 'Status',
    booked: 'The meeting is booked',
    keepNumber: 'Keep the ticket number:',
    confirmationSent: 'The confirmation, with all that is written here, comes by e-mail too.',
    withoutEmail:
      'You gave no e-mail address: note the number or print this page. Only this browser opens the ticket, for 12 hours; after that, for changes call the citizen information centre and give the number.',
    letter: {
      'not-left':
        'The newest e-mail about this ticket has not left yet: the mail server does not take it now. We keep trying, and if that fails a civil servant will reach you. What this page says is valid.',
      returned:
        'The newest e-mail about this ticket could not be delivered to your address. What this page says is valid; if there is something that you must know, a civil servant will reach you.',
    },
    enterCode: 'Enter the code',
    next: 'What to do next',
    how: {
      online: 'At the time agreed open the Webex link and join with the e-mail address that you gave.',
      phone: 'At the time agreed the civil servant calls the number that you gave.',
      'in-person': 'Come to City Hall a few minutes early and give the ticket number.',
    },
    noLinkYet: 'The civil servant makes the Webex link. We send it by e-mail before the meeting, and it appears here too.',
    join: 'Join the Webex meeting',
    joinHint: (host) => `This opens ${host}.`,
    changedByUs: {
      rescheduled: (date) => `City Hall moved the meeting on ${date}, for objective reasons (Art. 8). We apologise.`,
      reassigned: (date) => `On ${date} the meeting passed to another person: the one on the ticket.`,
      cancelled: (date) =>
        `Cancelled by City Hall on ${date}, for objective reasons. We apologise; we will contact you about another time (Art. 8).`,
    },
    calendar: 'Add to calendar',
    move: 'Move to another time',
    moveAfterAbsence: 'Choose another time',
    cancel: 'Cancel the meeting',
    movesLeft: { one: 'You can move it once more.', other: 'You can move it # more times.' },
    noMoves: 'You have moved it as often as possible. For another time ask the civil servant.',
    changes: 'Changes',
    anyTime: 'You may cancel at any time until the meeting starts.',
    recording: 'Recording',
    acceptedOn: (date) => `You agreed to the recording on ${date}.`,
    notRecorded: 'This meeting is not recorded. The conclusions are written in the resolution of the blue ticket.',
    resolution: 'Resolution of the blue ticket',
    resolutionLater: {
      email: 'After the meeting you get the conclusions in writing, by e-mail (Art. 7).',
      paper: 'After the meeting you get the conclusions in writing, by post or at City Hall (Art. 7).',
    },
    stages: {
      awaited: (lastDay) => `Being written. You get it at the latest on ${lastDay}.`,
      overdue: (lastDay) =>
        `You should have had it at the latest on ${lastDay}. We apologise; ask the citizen information centre and give the ticket number.`,
      issued: (date) => `Written on ${date}. It will be sent next.`,
      sent: (date) => `Sent by e-mail on ${date}.`,
      'handed-over': (date) => `Handed over on ${date}.`,
      bounced: (date) => `Written on ${date}. The e-mail came back; we will reach you another way.`,
    },
    document: (number) => `Document ${number}, connected to the request.`,
    lapsed: {
      'not-verified': 'The code was not entered in time, and the time became free again.',
      'never-requested': 'The booking was not completed.',
      'slot-lost': 'The time was booked by somebody else before it was confirmed.',
      'too-many-tickets': 'The e-mail address already had the greatest number of active tickets.',
      withdrawn: 'You gave it up before entering the code, for example to give another address.',
    },
    another: 'Make another booking',
    done: {
      mutat: 'The meeting was moved. The old time is no longer valid.',
      deschis: 'The ticket is open in this browser.',
    },
  },
};
