import type { TaskKind } from '../../../domain/ticket/facts';
import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';

type TaskWords = {
  readonly title: string;
  readonly lead: string;
  readonly department: string;
  readonly everybody: string;
  readonly none: string;
  readonly noneText: string;
  readonly meetings: string;
  readonly groups: Readonly<Record<'overdue' | 'today' | 'later' | 'open', string>>;
  readonly count: Forms;
  readonly ticket: string;
  readonly meetingOf: string;
  readonly until: string;
  readonly overdueBy: string;
  readonly left: string;
  readonly noDue: string;
  readonly rule: string;
  readonly more: string;
  readonly parked: Forms;
  /** while the machine is still trying */
  readonly waiting: { readonly what: string; readonly how: string };
  readonly kinds: Readonly<Record<TaskKind, { readonly what: string; readonly how: string }>>;
};

/** What each task asks, in the words of the procedure. */
export const tasksWords: Words<TaskWords> = {
  ro: {
    title: 'Sarcini',
    lead: 'Ce mai e de făcut, cu termene. Întâi ce a trecut de termen.',
    department: 'Sarcinile cui',
    everybody: 'Tot serviciul',
    none: 'Nimic de făcut acum',
    noneText: 'Nu aveți nicio sarcină deschisă. Întâlnirile care urmează sunt la Programări Webex.',
    meetings: 'Vezi programări Webex',
    groups: { overdue: 'Termen depășit', today: 'Până diseară', later: 'Mai târziu', open: 'Fără termen' },
    count: { one: 'o sarcină', few: '# sarcini', other: '# de sarcini' },
    ticket: 'Tichetul',
    meetingOf: 'întâlnirea de',
    until: 'Până',
    overdueBy: 'depășit cu',
    left: 'mai sunt',
    noDue: 'fără termen',
    rule: 'Cere',
    more: 'Următoarele sarcini',
    parked: {
      one: 'O sarcină nu se poate arăta acum: administratorul o are în lista elementelor oprite.',
      few: '# sarcini nu se pot arăta acum: administratorul le are în lista elementelor oprite.',
      other: '# de sarcini nu se pot arăta acum: administratorul le are în lista elementelor oprite.',
    },
    waiting: {
      what: 'Rezoluția așteaptă INFOCET',
      how: 'Registrul nu răspunde; se reîncearcă de la sine, până la o zi. Puteți crea chiar dumneavoastră documentul și scrie numărul lui.',
    },
    kinds: {
      'create-meeting': { what: 'Creați întâlnirea pe Webex', how: 'Adăugați linkul; solicitantul îl primește prin e-mail.' },
      'remove-meeting': { what: 'Ștergeți întâlnirea din Webex', how: 'S-a anulat, dar nu s-a putut șterge de la sine.' },
      'must-be-rescheduled': {
        what: 'Reprogramați întâlnirea',
        how: 'La ora stabilită nu se poate ține. Alegeți altă oră cu solicitantul.',
      },
      'notify-citizen': { what: 'Anunțați solicitantul', how: 'Telefonic sau prin e-mail; notați dacă ați dat de el.' },
      'request-changed': {
        what: 'Hotărâți despre întâlnire',
        how: 'Cererea s-a schimbat între timp: mutați, anulați sau păstrați programarea.',
      },
      'write-resolution': {
        what: 'Scrieți rezoluția Tichetului albastru',
        how: 'Concluziile întâlnirii; se transmit imediat prin e-mail.',
      },
      'record-outcome': { what: 'Spuneți cum a fost întâlnirea', how: 'S-a ținut, sau cine nu a venit.' },
      'attach-recording': { what: 'Adăugați înregistrarea', how: 'Sau notați de ce lipsește.' },
      'hand-over-resolution': { what: 'Predați rezoluția', how: 'Solicitantul nu are e-mail: prin poștă sau la ghișeu.' },
      'file-resolution': {
        what: 'Înregistrați rezoluția',
        how: 'Creați documentul conex în INFOCET, dacă nu este deja acolo, și scrieți numărul lui.',
      },
      'send-letter': { what: 'Trimiteți scrisoarea', how: 'Nu a plecat de la sine; dați de solicitant altfel.' },
      'follow-up-bounce': { what: 'Scrisoarea s-a întors', how: 'Adresa nu a primit-o; dați de solicitant altfel.' },
      'assign-staff': { what: 'Găsiți cine ține întâlnirea', how: 'Funcționarul nu mai este aici: repartizați tichetul sau reprogramați.' },
    },
  },
  en: {
    title: 'Tasks',
    lead: 'What is still to be done, with due times. What is overdue comes first.',
    department: 'Whose tasks',
    everybody: 'The whole department',
    none: 'Nothing to do now',
    noneText: 'You have no open task. The meetings ahead are under Webex appointments.',
    meetings: 'See Webex appointments',
    groups: { overdue: 'Overdue', today: 'By this evening', later: 'Later', open: 'Without a due time' },
    count: { one: '# task', other: '# tasks' },
    ticket: 'Ticket',
    meetingOf: 'meeting of',
    until: 'By',
    overdueBy: 'overdue by',
    left: 'left:',
    noDue: 'no due time',
    rule: 'Asked by',
    more: 'The next tasks',
    parked: {
      one: '# task cannot be shown now: the administrator has it among the parked items.',
      other: '# tasks cannot be shown now: the administrator has them among the parked items.',
    },
    waiting: {
      what: 'The resolution waits for INFOCET',
      how: 'The register does not answer; it is tried again by itself, for up to a day. You may create the document yourself and enter its number.',
    },
    kinds: {
      'create-meeting': { what: 'Create the meeting on Webex', how: 'Add the link; the applicant gets it by e-mail.' },
      'remove-meeting': { what: 'Delete the meeting on Webex', how: 'It was cancelled, but could not be deleted by itself.' },
      'must-be-rescheduled': {
        what: 'Reschedule the meeting',
        how: 'It cannot take place at its hour. Choose another with the applicant.',
      },
      'notify-citizen': { what: 'Tell the applicant', how: 'By phone or e-mail; note whether you reached them.' },
      'request-changed': {
        what: 'Decide about the meeting',
        how: 'The request has changed meanwhile: move, cancel or keep the appointment.',
      },
      'write-resolution': {
        what: 'Write the resolution of the blue ticket',
        how: 'The conclusions of the meeting; they are sent at once by e-mail.',
      },
      'record-outcome': { what: 'Say how the meeting went', how: 'It was held, or who did not come.' },
      'attach-recording': { what: 'Add the recording', how: 'Or note why there is none.' },
      'hand-over-resolution': { what: 'Hand over the resolution', how: 'The applicant has no e-mail: by post or at the counter.' },
      'file-resolution': {
        what: 'File the resolution',
        how: 'Create the connected document in INFOCET, unless it is there already, and enter its number.',
      },
      'send-letter': { what: 'Send the letter', how: 'It did not leave by itself; reach the applicant some other way.' },
      'follow-up-bounce': { what: 'The letter came back', how: 'The address did not take it; reach the applicant some other way.' },
      'assign-staff': {
        what: 'Find who holds the meeting',
        how: 'The civil servant is no longer here: reassign the ticket or reschedule.',
      },
    },
  },
};
