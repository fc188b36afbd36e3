import type { NoticeSubject, TaskKind } from '../../../domain/ticket/facts';
import type { Words } from '../../phrasing/words/both';

type CardWords = {
  readonly back: string;
  readonly todo: string;
  readonly nothing: string;
  readonly waiting: string;
  readonly details: string;
  readonly others: string;
  readonly openMeeting: string;
  readonly pressRecord: string;
  readonly romanianTime: string;
  readonly until: string;
  readonly overdue: string;
  readonly done: string;
  readonly ticket: string;
  readonly request: string;
  readonly filedOn: string;
  readonly window: string;
  readonly mode: string;
  readonly place: string;
  readonly email: string;
  readonly phone: string;
  readonly notGiven: string;
  readonly notes: string;
  readonly withWhom: string;
  readonly letters: string;
  readonly languages: Readonly<Record<'ro' | 'en', string>>;
  readonly reschedules: string;
  readonly meetingId: string;
  readonly recording: string;
  readonly openRecording: string;
  readonly conclusions: string;
  readonly document: string;
  readonly erased: string;
  readonly notNow: string;
  readonly steps: {
    readonly link: string;
    readonly linkThere: string;
    readonly linkSent: string;
    readonly meeting: string;
    readonly started: string;
    readonly held: string;
    readonly recording: string;
    readonly recorded: string;
    readonly missing: string;
    readonly waived: string;
    readonly resolution: string;
    readonly issued: string;
    readonly filing: string;
    readonly send: string;
    readonly sends: string;
    readonly handOver: string;
    readonly sent: string;
    readonly bounced: string;
    readonly post: string;
    readonly pickup: string;
    readonly told: string;
    readonly tells: string;
  };
  readonly tell: Readonly<Record<NoticeSubject, string>>;
  readonly tasks: Readonly<Record<TaskKind, string>>;
};

/** What the card of one meeting says. */
export const cardWords: Words<CardWords> = {
  ro: {
    back: 'Programări Webex',
    todo: 'Ce mai e de făcut',
    nothing: 'Nimic: tot ce cere procedura este făcut.',
    waiting: 'Deocamdată nimic.',
    details: 'Datele întâlnirii',
    others: 'Alte situații',
    openMeeting: 'Deschide întâlnirea Webex',
    pressRecord: 'În Webex, apăsați butonul record la începutul discuției.',
    romanianTime: 'ora României',
    until: 'până',
    overdue: 'termen depășit:',
    done: 'făcut',
    ticket: 'Tichet',
    request: 'Cererea',
    filedOn: 'din',
    window: 'Vezi termenul de 30 de zile',
    mode: 'Modalitatea',
    place: 'Unde',
    email: 'E-mail',
    phone: 'Telefon',
    notGiven: 'nu a fost dat',
    notes: 'Ce dorește să clarifice',
    withWhom: 'Funcționarul',
    letters: 'Limba scrisorilor',
    languages: { ro: 'română', en: 'engleză' },
    reschedules: 'Mutată',
    meetingId: 'Numărul întâlnirii pe Webex',
    recording: 'Înregistrarea',
    openRecording: 'Deschide înregistrarea',
    conclusions: 'Rezoluția Tichetului albastru',
    document: 'Documentul',
    erased: 'Datele personale ale solicitantului au fost șterse.',
    notNow: 'Acum nu se poate:',
    steps: {
      link: 'Linkul întâlnirii Webex',
      linkThere: 'Linkul Webex este salvat; scrisoarea către solicitant pleacă de la sine',
      linkSent: 'Linkul Webex a plecat către solicitant,',
      meeting: 'Întâlnirea,',
      started: 'Întâlnirea a început la',
      held: 'Întâlnirea a avut loc,',
      recording: 'Înregistrarea discuției',
      recorded: 'Înregistrarea este notată:',
      missing: 'Nu există înregistrare; motivul este notat',
      waived: 'Solicitantul nu a vrut să fie înregistrat; este notat',
      resolution: 'Rezoluția Tichetului albastru',
      issued: 'Rezoluția este emisă,',
      filing: 'Rezoluția așteaptă să fie înregistrată în INFOCET, care nu răspunde; se reîncearcă de la sine',
      send: 'Transmiterea rezoluției prin e-mail, de la sine',
      sends: 'Rezoluția pleacă prin e-mail de la sine, după încheierea întâlnirii',
      handOver: 'Predarea rezoluției prin poștă sau la sediu',
      sent: 'Rezoluția a plecat prin e-mail,',
      bounced: 'Rezoluția trimisă prin e-mail s-a întors: predați-o prin poștă sau la sediu',
      post: 'Rezoluția a plecat prin poștă,',
      pickup: 'Rezoluția a fost ridicată de la sediu,',
      told: 'Solicitantul a fost anunțat',
      tells: 'Solicitantul este anunțat prin e-mail, de la sine',
    },
    tell: {
      rescheduled: 'Anunțați solicitantul că întâlnirea s-a mutat',
      cancelled: 'Anunțați solicitantul că întâlnirea s-a anulat și propuneți-i altă oră',
      'staff-absent': 'Anunțați solicitantul și propuneți-i altă oră',
      reassigned: 'Anunțați solicitantul cu cine se întâlnește',
    },
    tasks: {
      'create-meeting': 'Creați întâlnirea pe Webex și adăugați linkul',
      'remove-meeting': 'Ștergeți din Webex întâlnirea anulată: nu s-a putut șterge de la sine',
      'must-be-rescheduled': 'Reprogramați întâlnirea: la ora ei nu se poate ține',
      'notify-citizen': 'Anunțați solicitantul',
      'request-changed': 'Cererea s-a schimbat între timp: păstrați, mutați sau anulați întâlnirea',
      'write-resolution': 'Scrieți rezoluția',
      'record-outcome': 'Notați ce s-a întâmplat la întâlnire',
      'attach-recording': 'Notați înregistrarea',
      'hand-over-resolution': 'Predați rezoluția prin poștă sau la sediu',
      'file-resolution': 'Creați în INFOCET documentul conex al rezoluției și scrieți numărul lui',
      'send-letter': 'O scrisoare nu a plecat de la sine: dați de solicitant altfel',
      'follow-up-bounce': 'O scrisoare s-a întors: dați de solicitant altfel',
      'assign-staff': 'Funcționarul nu mai este aici: repartizați sau reprogramați întâlnirea',
    },
  },
  en: {
    back: 'Webex appointments',
    todo: 'What is still to be done',
    nothing: 'Nothing: all that the procedure asks is done.',
    waiting: 'Nothing for the time being.',
    details: 'About the meeting',
    others: 'If something else happened',
    openMeeting: 'Open the Webex meeting',
    pressRecord: 'In Webex, press record when the talk begins.',
    romanianTime: 'time of Romania',
    until: 'by',
    overdue: 'overdue:',
    done: 'done',
    ticket: 'Ticket',
    request: 'Request',
    filedOn: 'of',
    window: 'See the 30-day window',
    mode: 'Mode',
    place: 'Where',
    email: 'E-mail',
    phone: 'Phone',
    notGiven: 'not given',
    notes: 'What they want to clarify',
    withWhom: 'Civil servant',
    letters: 'Language of the letters',
    languages: { ro: 'Romanian', en: 'English' },
    reschedules: 'Moved',
    meetingId: 'Number of the meeting on Webex',
    recording: 'Recording',
    openRecording: 'Open the recording',
    conclusions: 'The resolution of the blue ticket',
    document: 'Document',
    erased: 'The applicant’s personal data have been erased.',
    notNow: 'Not possible now:',
    steps: {
      link: 'The link of the Webex meeting',
      linkThere: 'The Webex link is saved; the letter to the applicant leaves by itself',
      linkSent: 'The Webex link has gone to the applicant,',
      meeting: 'The meeting,',
      started: 'The meeting began at',
      held: 'The meeting took place,',
      recording: 'The recording of the talk',
      recorded: 'The recording is noted:',
      missing: 'There is no recording; the reason is noted',
      waived: 'The applicant did not want to be recorded; it is noted',
      resolution: 'The resolution of the blue ticket',
      issued: 'The resolution is issued,',
      filing: 'The resolution waits to be filed in INFOCET, which does not answer; it is tried again by itself',
      send: 'Sending the resolution by e-mail, by itself',
      sends: 'The resolution leaves by e-mail by itself, once the meeting has ended',
      handOver: 'Handing over the resolution by post or at City Hall',
      sent: 'The resolution has gone by e-mail,',
      bounced: 'The e-mailed resolution came back: hand it over by post or at City Hall',
      post: 'The resolution has gone by post,',
      pickup: 'The resolution was picked up at City Hall,',
      told: 'The applicant has been told',
      tells: 'The applicant is told by e-mail, by itself',
    },
    tell: {
      rescheduled: 'Tell the applicant that the meeting has moved',
      cancelled: 'Tell the applicant that the meeting is cancelled, and offer another hour',
      'staff-absent': 'Tell the applicant, and offer another hour',
      reassigned: 'Tell the applicant whom they meet',
    },
    tasks: {
      'create-meeting': 'Create the meeting on Webex and add its link',
      'remove-meeting': 'Delete the cancelled meeting on Webex: it could not be deleted by itself',
      'must-be-rescheduled': 'Reschedule the meeting: it cannot take place at its hour',
      'notify-citizen': 'Tell the applicant',
      'request-changed': 'The request has changed meanwhile: keep, move or cancel the meeting',
      'write-resolution': 'Write the resolution',
      'record-outcome': 'Note what became of the meeting',
      'attach-recording': 'Note the recording',
      'hand-over-resolution': 'Hand over the resolution by post or at City Hall',
      'file-resolution': 'Create the connected document of the resolution in INFOCET and enter its number',
      'send-letter': 'A letter did not leave by itself: reach the applicant some other way',
      'follow-up-bounce': 'A letter came back: reach the applicant some other way',
      'assign-staff': 'The civil servant is here no more: give the meeting to another, or reschedule it',
    },
  },
};
