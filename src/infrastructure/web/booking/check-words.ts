import type { Words } from '../../phrasing/words/both';

type CheckWords = {
  readonly title: string;
  readonly lead: string;
  readonly change: string;
  readonly name: string;
  readonly when: string;
  readonly notice: string;
  readonly accepted: string;
  readonly email: string;
  readonly phone: string;
  readonly notes: string;
  readonly none: string;
  readonly codeGoes: (email: string) => string;
  readonly atOnce: string;
  readonly sendCode: string;
  readonly book: string;
  readonly tooManyCodes: (time: string) => string;
  readonly rights: string;
};

export const checkWords: Words<CheckWords> = {
  ro: {
    title: 'Verificați răspunsurile',
    lead: 'Nimic nu este încă programat. Uitați-vă mai ales la adresa de e-mail și la oră.',
    change: 'Schimbă',
    name: 'Numele solicitantului',
    when: 'Ziua și ora',
    notice: 'Înregistrarea',
    accepted: 'Sunteți de acord cu înregistrarea întâlnirii online',
    email: 'E-mail',
    phone: 'Telefon',
    notes: 'Ce doriți să clarificați',
    none: 'nu ați completat',
    codeGoes: (email) => `Trimitem un cod la ${email}. Programarea se face când introduceți codul; până atunci vă păstrăm ora.`,
    atOnce: 'Programarea se face îndată ce apăsați butonul.',
    sendCode: 'Trimite codul de validare',
    book: 'Programează întâlnirea',
    tooManyCodes: (time) => `S-au cerut prea multe coduri. Încercați din nou după ora ${time}.`,
    rights: 'Puteți anula oricând până la începerea întâlnirii.',
  },
  en: {
    title: 'Check your answers',
    lead: 'Nothing is booked yet. Look above all at the e-mail address and at the time.',
    change: 'Change',
    name: 'Name of the applicant',
    when: 'Day and time',
    notice: 'Recording',
    accepted: 'You agree that the online meeting is recorded',
    email: 'E-mail',
    phone: 'Phone',
    notes: 'What you would like to clarify',
    none: 'not given',
    codeGoes: (email) => `We send a code to ${email}. The meeting is booked when you enter the code; until then we keep the time for you.`,
    atOnce: 'The meeting is booked as soon as you press the button.',
    sendCode: 'Send the validation code',
    book: 'Book the meeting',
    tooManyCodes: (time) => `Too many codes were asked for. Please try again after ${time}.`,
    rights: 'You may cancel at any time until the meeting starts.',
  },
};
