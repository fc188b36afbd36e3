import type { Sentence } from '../audit/check';
import { auditChecks, type CheckId } from '../audit/judge';

/** Who has to act: the person who is to hold the meeting, the head who was asked, or the service by itself. */
export const owers = ['staff', 'head', 'service'] as const;
export type Ower = (typeof owers)[number];

export type DutyKindShape = {
  /** of the Annex, as `3 e` */
  readonly article: string;
  /** the readings of the rulebook that say by when, as `A17` */
  readonly readings: readonly string[];
  readonly owedBy: readonly Ower[];
  /**
   * It cannot be done without the citizen's name or address, nor once they are erased. Left out: the same holds for what the service does
   * by letter.
   */
  readonly needsContact?: true;
  /** the check that fails where it is missed */
  readonly check?: CheckId;
  readonly name: Sentence;
  /** The numbers are those of the policies' first version. */
  readonly target?: Sentence;
  readonly limit: Sentence;
};

/** What a check judges has the article of the check. */
const judged = (check: CheckId, shape: Omit<DutyKindShape, 'article' | 'check'>): DutyKindShape => ({
  article: auditChecks[check].article,
  check,
  ...shape,
});

const immediately: Sentence = { ro: '2 ore de la încheierea întâlnirii', en: '2 hours after the end of the meeting' };
const nextWorkingDay: Sentence = {
  ro: 'sfârșitul zilei lucrătoare următoare întâlnirii',
  en: 'the end of the working day after the meeting',
};
const amendedAtOnce: Sentence = { ro: '2 ore de la rectificare', en: '2 hours after the amendment' };
const dayAfterAmendment: Sentence = {
  ro: 'sfârșitul zilei lucrătoare următoare rectificării',
  en: 'the end of the working day after the amendment',
};
const toldInTime: Sentence = {
  ro: '24 de ore de la schimbare, și înaintea noii ore',
  en: '24 hours after the change, and before the new start',
};

/** Everything that the procedure asks for by a time, in the order in which a ticket comes to it. */
export const dutyKinds = {
  'send-link': judged('C11', {
    readings: [],
    owedBy: ['staff', 'service'],
    name: { ro: 'Linkul întâlnirii, trimis cetățeanului', en: 'The link of the meeting, sent to the citizen' },
    target: {
      ro: 'cu o oră înainte, unde întâlnirea s-a mutat prea târziu ca limita să fie aceasta',
      en: 'one hour before the start, where the meeting was moved too late for that to be the limit',
    },
    limit: {
      ro: 'cu o oră înainte; unde s-a mutat prea târziu, sfârșitul orei',
      en: 'one hour before the start; where it was moved too late, the end of the hour',
    },
  }),
  'answer-offer': {
    article: '8',
    readings: ['A3'],
    owedBy: ['head'],
    name: { ro: 'Răspunsul la o întâlnire oferită altui serviciu', en: 'The answer to a meeting that was offered to another department' },
    limit: {
      ro: 'cu 24 de ore înaintea întâlnirii, sau mai devreme, de când ora oferită nu mai poate fi luată; răspunsul vine înainte',
      en: '24 hours before the meeting, or sooner, from when on the hour offered cannot be taken any more; the answer comes before it',
    },
  },
  'notify-citizen': judged('C19', {
    readings: ['A21'],
    owedBy: ['staff', 'service'],
    needsContact: true,
    name: { ro: 'Înștiințarea cetățeanului despre o schimbare', en: 'Telling the citizen about a change' },
    limit: toldInTime,
  }),
  'replace-invitation': judged('C19', {
    readings: ['A21'],
    owedBy: ['service'],
    name: { ro: 'Înlocuirea invitației vechi', en: 'Superseding the old invitation' },
    limit: toldInTime,
  }),
  'give-new-hour': judged('C19', {
    readings: ['A23'],
    owedBy: ['staff'],
    needsContact: true,
    name: { ro: 'O oră nouă, sau refuzul ei înscris', en: 'A new hour, or the citizen’s recorded refusal' },
    limit: {
      ro: 'sfârșitul celei de-a doua zile lucrătoare de la absență sau anulare',
      en: 'the end of the second working day after the absence or the cancelling',
    },
  }),
  'record-outcome': judged('C20', {
    readings: [],
    owedBy: ['staff'],
    name: { ro: 'Înscrierea a ce s-a întâmplat cu întâlnirea', en: 'Recording what came of the meeting' },
    limit: {
      ro: 'sfârșitul celei de-a doua zile lucrătoare de la ora întâlnirii',
      en: 'the end of the second working day after the start',
    },
  }),
  'attach-recording': judged('C13', {
    readings: ['A12', 'A13'],
    owedBy: ['staff'],
    name: { ro: 'Înregistrarea întâlnirii online', en: 'The recording of the online meeting' },
    limit: { ro: '48 de ore de la încheierea întâlnirii', en: '48 hours after the end of the meeting' },
  }),
  'write-resolution': judged('C14', {
    readings: ['A17'],
    owedBy: ['staff'],
    name: { ro: 'Scrierea rezoluției', en: 'Writing the resolution' },
    target: immediately,
    limit: nextWorkingDay,
  }),
  'file-resolution': judged('C14', {
    readings: ['A17'],
    owedBy: ['staff'],
    name: { ro: 'Conexarea rezoluției la cerere', en: 'Filing the resolution with the request' },
    limit: nextWorkingDay,
  }),
  'send-resolution': judged('C16', {
    readings: ['A11', 'A17'],
    owedBy: ['staff', 'service'],
    name: { ro: 'Trimiterea sau predarea rezoluției', en: 'Sending the resolution, or handing it over' },
    target: immediately,
    limit: nextWorkingDay,
  }),
  'follow-up-bounce': judged('C18', {
    readings: ['A21'],
    owedBy: ['staff'],
    needsContact: true,
    name: { ro: 'Altă cale pentru o scrisoare întoarsă', en: 'Another way for a letter that came back' },
    limit: {
      ro: 'sfârșitul celei de-a doua zile lucrătoare de la întoarcere',
      en: 'the end of the second working day after it came back',
    },
  }),
  'file-amendment': judged('C26', {
    readings: ['A17'],
    owedBy: ['staff'],
    name: { ro: 'Conexarea unei rectificări la cerere', en: 'Filing an amendment with the request' },
    limit: dayAfterAmendment,
  }),
  'send-amendment': judged('C26', {
    readings: ['A17'],
    owedBy: ['staff', 'service'],
    name: { ro: 'Trimiterea sau predarea unei rectificări', en: 'Sending an amendment, or handing it over' },
    target: amendedAtOnce,
    limit: {
      ro: 'sfârșitul zilei lucrătoare următoare rectificării; dacă scrisoarea plecată la timp s-a întors, al celei de-a doua de la întoarcere',
      en: 'the end of the working day after the amendment; where a letter that left in time came back, of the second one after that',
    },
  }),
} as const satisfies Readonly<Record<string, DutyKindShape>>;
export type DutyKind = keyof typeof dutyKinds;
const isDutyKind = (name: string): name is DutyKind => name in dutyKinds;
export const dutyKindNames: readonly DutyKind[] = Object.keys(dutyKinds).filter(isDutyKind);
export const shapeOfDuty = (kind: DutyKind): DutyKindShape => dutyKinds[kind];
