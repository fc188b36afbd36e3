import type { Words } from '../../phrasing/words/both';

type HourStepWords = {
  readonly title: string;
  readonly lead: string;
  readonly taken: (hour: string) => string;
  readonly holdLost: string;
  readonly tooMany: string;
};

/** Why an hour must be chosen (again). */
export const hourStepWords: Words<HourStepWords> = {
  ro: {
    title: 'Alegeți ziua și ora',
    lead: 'Discuția durează 15 minute, cu funcționarul care se ocupă de cererea dumneavoastră.',
    taken: (hour) => `Ora ${hour} tocmai a fost rezervată de altcineva. Alegeți altă oră.`,
    holdLost: 'Nu am mai putut păstra ora. Datele dumneavoastră sunt salvate, alegeți altă oră.',
    tooMany:
      'Această adresă de e-mail are deja numărul maxim de tichete active. Anulați unul, sau alegeți din nou ora și dați altă adresă.',
  },
  en: {
    title: 'Choose the day and the time',
    lead: 'The conversation lasts 15 minutes, with the civil servant who handles your request.',
    taken: (hour) => `${hour} has just been booked by somebody else. Choose another time.`,
    holdLost: 'We could not keep the time any longer. Your answers are saved; choose another time.',
    tooMany:
      'This e-mail address already has the greatest number of active tickets. Cancel one, or choose the time again and give another address.',
  },
};
