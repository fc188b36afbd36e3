import type { Forms } from '../words/counted';
import type { Words } from '../words/both';

/** The rows of a ticket's state, in their order. */
export const stateRowNames = [
  'status',
  'reference',
  'request',
  'ground',
  'mode',
  'slot',
  'staff',
  'contact',
  'locale',
  'recordingNotice',
  'requestedAt',
  'heldUntil',
  'codes',
  'verified',
  'meetingLink',
  'invitation',
  'startedAt',
  'held',
  'recording',
  'resolution',
  'noticeDuty',
  'notices',
  'left',
  'reschedules',
  'slotFreeFrom',
  'cause',
  'tasks',
  'erased',
  'sequence',
  'hold',
] as const;
export type StateRowName = (typeof stateRowNames)[number];

type StateWords = {
  readonly labels: Readonly<Record<StateRowName, string>>;
  readonly contact: Readonly<Record<'name' | 'email' | 'phone' | 'notes', string>>;
  readonly requestOf: readonly [number: string, filedOn: string];
  readonly inOperation: string;
  /** the answer, the day it was communicated, the last day of the window */
  readonly clarification: readonly [string, string, string];
  readonly lateAdmission: string;
  readonly locales: Readonly<Record<'ro' | 'en', string>>;
  readonly version: string;
  readonly accepted: string;
  readonly code: string;
  readonly codeIssued: string;
  readonly codeExpires: string;
  readonly triesLeft: Forms;
  readonly since: string;
  readonly until: string;
  readonly letters: Forms;
  readonly withLink: string;
  readonly withoutLink: string;
  readonly cameBack: Forms;
  readonly recordings: Forms;
  readonly seconds: Forms;
  readonly missingSince: string;
  readonly waivedAt: string;
  readonly written: string;
  readonly by: string;
  readonly document: string;
  readonly connected: string;
  readonly sent: string;
  readonly toVerified: string;
  readonly notToVerified: string;
  readonly handedOver: string;
  readonly target: string;
  readonly hardLimit: string;
  readonly recordingDue: string;
  readonly moves: Forms;
  readonly done: string;
  readonly open: string;
  readonly erased: string;
};

/** How the state of a ticket reads. */
export const stateWords: Words<StateWords> = {
  ro: {
    labels: {
      status: 'Stare',
      reference: 'Tichet',
      request: 'Cererea',
      ground: 'Temei',
      mode: 'Mod',
      slot: 'Ora',
      staff: 'Funcționar',
      contact: 'Cetățeanul',
      locale: 'Limba scrisorilor',
      recordingNotice: 'Nota despre înregistrare',
      requestedAt: 'Cerut la',
      heldUntil: 'Ora păstrată până la',
      codes: 'Coduri de validare',
      verified: 'E-mail validat',
      meetingLink: 'Linkul întâlnirii',
      invitation: 'Invitații',
      startedAt: 'Începută la',
      held: 'Ținută',
      recording: 'Înregistrare',
      resolution: 'Rezoluția Tichetului albastru',
      noticeDuty: 'De anunțat cetățeanul',
      notices: 'Înștiințări',
      left: 'Ore părăsite',
      reschedules: 'Mutată de cetățean',
      slotFreeFrom: 'Ora se dă din nou de la',
      cause: 'Cauza',
      tasks: 'Sarcini',
      erased: 'Date personale',
      sequence: 'Ediția intrării din calendar',
      hold: 'Rezervarea orei',
    },
    contact: { name: 'nume', email: 'e-mail', phone: 'telefon', notes: 'ce a scris' },
    requestOf: ['', ' din '],
    inOperation: 'cerere în operare',
    clarification: ['clarificări la răspunsul ', ', comunicat la ', '; termen până la '],
    lateAdmission: 'admisă după termen, de șef',
    locales: { ro: 'română', en: 'engleză' },
    version: 'versiunea',
    accepted: 'acceptată la',
    code: 'codul',
    codeIssued: 'emis la',
    codeExpires: 'expiră la',
    triesLeft: { one: 'mai este # încercare', few: 'mai sunt # încercări', other: 'mai sunt # de încercări' },
    since: 'din',
    until: 'până la',
    letters: { one: '# trimisă', few: '# trimise', other: '# de trimise' },
    withLink: 'ultima cu link',
    withoutLink: 'ultima fără link',
    cameBack: { one: '# întoarsă', few: '# întoarse', other: '# de întoarse' },
    recordings: { one: '# înregistrare', few: '# înregistrări', other: '# de înregistrări' },
    seconds: { one: '# secundă', few: '# secunde', other: '# de secunde' },
    missingSince: 'semnalată lipsă la',
    waivedAt: 'cetățeanul a renunțat la ea la',
    written: 'scrisă la',
    by: 'de',
    document: 'documentul',
    connected: 'conexat la cerere la',
    sent: 'trimisă la',
    toVerified: 'la adresa validată',
    notToVerified: 'la o adresă nevalidată',
    handedOver: 'predată',
    target: 'rezoluția: țintă',
    hardLimit: 'rezoluția: cel târziu',
    recordingDue: 'înregistrarea: până la',
    moves: { one: 'o dată', few: 'de # ori', other: 'de # de ori' },
    done: 'îndeplinită',
    open: 'de făcut',
    erased: 'șterse la cerere; faptele și verdictele au rămas',
  },
  en: {
    labels: {
      status: 'State',
      reference: 'Ticket',
      request: 'Request',
      ground: 'Ground',
      mode: 'Mode',
      slot: 'Slot',
      staff: 'Civil servant',
      contact: 'Citizen',
      locale: 'Language of letters',
      recordingNotice: 'Recording notice',
      requestedAt: 'Asked for at',
      heldUntil: 'Slot kept until',
      codes: 'Validation codes',
      verified: 'E-mail validated',
      meetingLink: 'Link of the meeting',
      invitation: 'Invitations',
      startedAt: 'Started at',
      held: 'Held',
      recording: 'Recording',
      resolution: 'Resolution of the blue ticket',
      noticeDuty: 'Citizen to be told',
      notices: 'Notices',
      left: 'Slots left',
      reschedules: 'Moved by the citizen',
      slotFreeFrom: 'Slot offered again from',
      cause: 'Cause',
      tasks: 'Tasks',
      erased: 'Personal data',
      sequence: 'Edition of the calendar entry',
      hold: 'Hold on the slot',
    },
    contact: { name: 'name', email: 'e-mail', phone: 'phone', notes: 'what was written' },
    requestOf: ['', ' of '],
    inOperation: 'request in operation',
    clarification: ['clarifications of answer ', ', communicated on ', '; window until '],
    lateAdmission: 'admitted late, by a head',
    locales: { ro: 'Romanian', en: 'English' },
    version: 'version',
    accepted: 'accepted at',
    code: 'code',
    codeIssued: 'issued at',
    codeExpires: 'expires at',
    triesLeft: { one: '# try left', other: '# tries left' },
    since: 'since',
    until: 'until',
    letters: { one: '# sent', other: '# sent' },
    withLink: 'the last with link',
    withoutLink: 'the last without link',
    cameBack: { one: '# came back', other: '# came back' },
    recordings: { one: '# recording', other: '# recordings' },
    seconds: { one: '# second', other: '# seconds' },
    missingSince: 'reported missing at',
    waivedAt: 'the citizen objected to it at',
    written: 'written at',
    by: 'by',
    document: 'document',
    connected: 'connected to the request at',
    sent: 'sent at',
    toVerified: 'to the validated address',
    notToVerified: 'to an address that was not validated',
    handedOver: 'handed over',
    target: 'resolution: target',
    hardLimit: 'resolution: at the latest',
    recordingDue: 'recording: by',
    moves: { one: 'once', other: '# times' },
    done: 'done',
    open: 'to be done',
    erased: 'erased on request; the facts and verdicts stay',
  },
};
