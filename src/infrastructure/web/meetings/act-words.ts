import type { MeetingCard } from '../../../application/meeting/meeting-card';
import type { Locale } from '../../../domain/ticket/facts';
import type { Words } from '../../phrasing/words/both';
import type { Act } from './acts';

export type ActWords = {
  /** on the card: a button or a link */
  readonly short: string;
  /** of its page */
  readonly title: string;
  readonly lead: string;
  readonly button: string;
  /** on the card, afterwards */
  readonly done: string;
};

/** What each act is called, in the words of the procedure. */
export const actWords: Words<Readonly<Record<Act, ActWords>>> = {
  ro: {
    link: {
      short: 'Adaugă linkul Webex',
      title: 'Linkul întâlnirii Webex',
      lead: 'Creați întâlnirea pe Webex, apoi lipiți aici linkul. Solicitantul îl primește prin e-mail.',
      button: 'Salvează linkul',
      done: 'Linkul a fost salvat. Solicitantul îl primește prin e-mail.',
    },
    start: {
      short: 'Începe întâlnirea',
      title: 'Începe întâlnirea',
      lead: 'Ora de început este ora la care apăsați butonul.',
      button: 'Începe întâlnirea',
      done: 'Întâlnirea a început.',
    },
    held: {
      short: 'Întâlnirea a avut loc',
      title: 'Când a avut loc întâlnirea',
      lead: 'Notați începutul și sfârșitul ei real. Este planificată pentru 15 minute.',
      button: 'Notează întâlnirea',
      done: 'Întâlnirea a fost notată ca ținută.',
    },
    recording: {
      short: 'Notează înregistrarea',
      title: 'Înregistrarea întâlnirii',
      lead: 'Cum se numește înregistrarea pe Webex și cât durează.',
      button: 'Salvează înregistrarea',
      done: 'Înregistrarea a fost notată.',
    },
    'no-recording': {
      short: 'Nu există înregistrare',
      title: 'De ce nu există înregistrare',
      lead: 'Întâlnirea rămâne ținută; lipsa înregistrării se vede la audit, cu motivul ei.',
      button: 'Notează lipsa înregistrării',
      done: 'Lipsa înregistrării a fost notată.',
    },
    'recording-waived': {
      short: 'Solicitantul nu a vrut să fie înregistrat',
      title: 'Solicitantul nu a vrut să fie înregistrat',
      lead: 'Se notează numai dacă i s-a oferit altă modalitate, în care nu se înregistrează.',
      button: 'Notează refuzul înregistrării',
      done: 'Refuzul înregistrării a fost notat.',
    },
    resolution: {
      short: 'Scrie rezoluția',
      title: 'Rezoluția Tichetului albastru',
      lead: 'Notați concluziile întâlnirii. Documentul este conex cu cererea inițială.',
      button: 'Emite rezoluția',
      done: 'Rezoluția Tichetului albastru a fost emisă.',
    },
    filed: {
      short: 'Scrie numărul documentului din INFOCET',
      title: 'Documentul conex din INFOCET',
      lead: 'Când creați chiar dumneavoastră documentul „Tichetul albastru”, conex cu cererea. De atunci nu se mai înregistrează nimic de la sine.',
      button: 'Salvează numărul',
      done: 'Numărul documentului a fost salvat.',
    },
    'handed-over': {
      short: 'Notează predarea rezoluției',
      title: 'Predarea rezoluției',
      lead: 'Când nu se poate trimite prin e-mail, rezoluția se trimite prin poștă sau se ridică de la sediu.',
      button: 'Notează predarea',
      done: 'Predarea rezoluției a fost notată.',
    },
    notice: {
      short: 'Notează înștiințarea solicitantului',
      title: 'Înștiințarea solicitantului',
      lead: 'Ce s-a întâmplat când ați încercat, chiar acum, să îl anunțați.',
      button: 'Notează înștiințarea',
      done: 'Înștiințarea a fost notată.',
    },
    reschedule: {
      short: 'Reprogramează',
      title: 'Reprogramează întâlnirea',
      lead: 'Alegeți altă oră din programul funcționarului. Solicitantul trebuie anunțat.',
      button: 'Reprogramează',
      done: 'Întâlnirea a fost reprogramată.',
    },
    'citizen-absent': {
      short: 'Solicitantul nu s-a prezentat',
      title: 'Solicitantul nu s-a prezentat',
      lead: 'Tichetul se încheie, fără înregistrare și fără rezoluție. Solicitantul poate face altă programare cât timp cererea o permite.',
      button: 'Notează neprezentarea',
      done: 'Neprezentarea solicitantului a fost notată.',
    },
    'staff-absent': {
      short: 'Funcționarul nu s-a prezentat',
      title: 'Funcționarul nu s-a prezentat',
      lead: 'Tichetul rămâne deschis: solicitantul trebuie anunțat și reprogramat.',
      button: 'Notează absența',
      done: 'Absența a fost notată. Anunțați solicitantul și reprogramați întâlnirea.',
    },
    reassign: {
      short: 'Repartizează altui funcționar',
      title: 'Repartizează altui funcționar',
      lead: 'Ora rămâne aceeași. Solicitantul află cu cine se întâlnește.',
      button: 'Repartizează',
      done: 'Întâlnirea a fost repartizată altui funcționar.',
    },
    cancel: {
      short: 'Anulează întâlnirea',
      title: 'Anulează întâlnirea',
      lead: 'Numai din motive obiective. Solicitantul trebuie anunțat și i se propune altă oră; dacă se poate, reprogramați.',
      button: 'Anulează întâlnirea',
      done: 'Întâlnirea a fost anulată.',
    },
  },
  en: {
    link: {
      short: 'Add the Webex link',
      title: 'The link of the Webex meeting',
      lead: 'Create the meeting on Webex, then paste its link here. The applicant gets it by e-mail.',
      button: 'Save the link',
      done: 'The link has been saved. The applicant gets it by e-mail.',
    },
    start: {
      short: 'Start the meeting',
      title: 'Start the meeting',
      lead: 'It starts at the time at which you press the button.',
      button: 'Start the meeting',
      done: 'The meeting has started.',
    },
    held: {
      short: 'The meeting took place',
      title: 'When the meeting took place',
      lead: 'Note when it really began and ended. It is planned for 15 minutes.',
      button: 'Note the meeting',
      done: 'The meeting has been noted as held.',
    },
    recording: {
      short: 'Note the recording',
      title: 'The recording of the meeting',
      lead: 'What the recording is called on Webex, and how long it is.',
      button: 'Save the recording',
      done: 'The recording has been noted.',
    },
    'no-recording': {
      short: 'There is no recording',
      title: 'Why there is no recording',
      lead: 'The meeting is held all the same; an audit sees that the recording is missing, and why.',
      button: 'Note that it is missing',
      done: 'It has been noted that there is no recording.',
    },
    'recording-waived': {
      short: 'The applicant did not want to be recorded',
      title: 'The applicant did not want to be recorded',
      lead: 'Only if another mode was offered, which is not recorded.',
      button: 'Note the refusal of the recording',
      done: 'The refusal of the recording has been noted.',
    },
    resolution: {
      short: 'Write the resolution',
      title: 'The resolution of the blue ticket',
      lead: 'Write down the conclusions of the meeting. The document is connected to the original request.',
      button: 'Issue the resolution',
      done: 'The resolution of the blue ticket has been issued.',
    },
    filed: {
      short: 'Enter the number of the document in INFOCET',
      title: 'The connected document in INFOCET',
      lead: 'When you create the document “Tichetul albastru”, connected to the request, yourself. From then on nothing is filed by itself.',
      button: 'Save the number',
      done: 'The number of the document has been saved.',
    },
    'handed-over': {
      short: 'Note how the resolution was handed over',
      title: 'Handing over the resolution',
      lead: 'Where it cannot be e-mailed, the resolution goes by post or is picked up at City Hall.',
      button: 'Note the handing over',
      done: 'The handing over of the resolution has been noted.',
    },
    notice: {
      short: 'Note how the applicant was told',
      title: 'Telling the applicant',
      lead: 'What happened when you tried, just now, to tell them.',
      button: 'Note it',
      done: 'It has been noted how the applicant was told.',
    },
    reschedule: {
      short: 'Reschedule',
      title: 'Reschedule the meeting',
      lead: 'Choose another hour of the civil servant. The applicant must be told.',
      button: 'Reschedule',
      done: 'The meeting has been rescheduled.',
    },
    'citizen-absent': {
      short: 'The applicant did not come',
      title: 'The applicant did not come',
      lead: 'The ticket ends, without a recording and without a resolution. The applicant may book again while the request allows it.',
      button: 'Note that nobody came',
      done: 'It has been noted that the applicant did not come.',
    },
    'staff-absent': {
      short: 'The civil servant did not come',
      title: 'The civil servant did not come',
      lead: 'The ticket stays open: the applicant must be told and given another hour.',
      button: 'Note the absence',
      done: 'The absence has been noted. Tell the applicant and reschedule the meeting.',
    },
    reassign: {
      short: 'Give it to another civil servant',
      title: 'Give it to another civil servant',
      lead: 'The hour stays the same. The applicant is told whom they meet.',
      button: 'Give it to them',
      done: 'The meeting has been given to another civil servant.',
    },
    cancel: {
      short: 'Cancel the meeting',
      title: 'Cancel the meeting',
      lead: 'For objective reasons only. The applicant must be told and offered another hour; where possible, reschedule.',
      button: 'Cancel the meeting',
      done: 'The meeting has been cancelled.',
    },
  },
};

const otherLink: Readonly<Record<Locale, string>> = { ro: 'Schimbă linkul Webex', en: 'Change the Webex link' };

/** What the card calls it: a link that is there can only be changed. */
export const actShown = (act: Act, { link }: Pick<MeetingCard, 'link'>, locale: Locale): string =>
  act === 'link' && link !== undefined ? otherLink[locale] : actWords[locale][act].short;
