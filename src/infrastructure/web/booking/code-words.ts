import type { LetterStanding } from '../../../application/kernel/letter-standing';
import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';

type CodeWords = {
  readonly title: string;
  /** what became of the letter with the code, around the address */
  readonly letter: Readonly<Record<LetterStanding, { readonly before: string; readonly behind: string }>>;
  readonly kept: string;
  readonly until: string;
  readonly valid: string;
  readonly keptUntil: string;
  readonly code: (digits: number) => string;
  readonly codeHint: string;
  readonly confirm: string;
  readonly notArrived: string;
  readonly look: string;
  readonly newCode: string;
  readonly newCodeFrom: (time: string) => string;
  readonly noMoreCodes: string;
  readonly wrongAddress: string;
  readonly changeAddress: string;
  readonly changeHint: string;
  readonly newSent: string;
  readonly notDigits: (digits: number) => string;
  readonly wrong: string;
  readonly triesLeft: Forms;
  readonly expired: string;
  readonly unusable: string;
  readonly wait: Forms;
};

/** Art. 3 e. */
export const codeWords: Words<CodeWords> = {
  ro: {
    title: 'Introduceți codul primit pe e-mail',
    letter: {
      'under-way': { before: 'Trimitem un cod la', behind: '. De obicei ajunge într-un minut.' },
      left: { before: 'Am trimis un cod la', behind: '. De obicei ajunge într-un minut.' },
      'not-left': {
        before: 'Codul pentru',
        behind: ' nu a plecat încă: serverul de e-mail nu îl primește acum. Încercăm din nou; reîncărcați pagina peste un minut.',
      },
      returned: { before: 'Scrisoarea cu codul nu a putut fi livrată la', behind: '. Verificați adresa; mai jos o puteți schimba.' },
    },
    kept: 'Vă păstrăm ora de',
    until: 'până la',
    valid: 'Codul este valabil până la',
    keptUntil: 'ora vă este păstrată până la',
    code: (digits) => `Codul de ${digits} cifre`,
    codeHint: 'De exemplu, 482 913. Puteți lipi codul cu sau fără spații.',
    confirm: 'Confirmă programarea',
    notArrived: 'Nu am primit codul',
    look: 'Uitați-vă și în „Spam” sau „Nedorite”. Mesajul este despre „Tichetul albastru”.',
    newCode: 'Trimite un cod nou',
    newCodeFrom: (time) => `Un cod nou se poate cere după ora ${time}. El îl înlocuiește pe cel de dinainte.`,
    noMoreCodes: 'Pentru această programare nu se mai pot cere coduri.',
    wrongAddress: 'Adresa este greșită?',
    changeAddress: 'Schimbă adresa de e-mail',
    changeHint: 'Celelalte răspunsuri rămân. După ce le verificați, trimitem un cod la adresa nouă.',
    newSent: 'Am trimis un cod nou. Codul de dinainte nu mai este valabil.',
    notDigits: (digits) => `Introduceți cele ${digits} cifre ale codului din e-mail.`,
    wrong: 'Codul nu este corect.',
    triesLeft: { one: 'Mai aveți o încercare.', few: 'Mai aveți # încercări.', other: 'Mai aveți # de încercări.' },
    expired: 'Codul a expirat. Cereți un cod nou.',
    unusable: 'Codul trimis nu mai poate fi folosit. Cereți un cod nou.',
    wait: {
      one: 'Puteți cere un cod nou peste o secundă.',
      few: 'Puteți cere un cod nou peste # secunde.',
      other: 'Puteți cere un cod nou peste # de secunde.',
    },
  },
  en: {
    title: 'Enter the code from the e-mail',
    letter: {
      'under-way': { before: 'We are sending a code to', behind: '. It usually arrives within a minute.' },
      left: { before: 'We sent a code to', behind: '. It usually arrives within a minute.' },
      'not-left': {
        before: 'The code for',
        behind: ' has not left yet: the mail server does not take it now. We keep trying; load this page again in a minute.',
      },
      returned: { before: 'The letter with the code could not be delivered to', behind: '. Check the address; you can change it below.' },
    },
    kept: 'We keep the time of',
    until: 'for you until',
    valid: 'The code is valid until',
    keptUntil: 'the time is kept for you until',
    code: (digits) => `The ${digits}-digit code`,
    codeHint: 'For example, 482 913. You can paste it with or without spaces.',
    confirm: 'Confirm the booking',
    notArrived: 'I have not received the code',
    look: 'Look in your spam folder too. The message is about the “Tichetul albastru”.',
    newCode: 'Send a new code',
    newCodeFrom: (time) => `A new code can be asked for after ${time}. It replaces the one before.`,
    noMoreCodes: 'No more codes can be asked for with this booking.',
    wrongAddress: 'Is the address wrong?',
    changeAddress: 'Change the e-mail address',
    changeHint: 'Your other answers stay. Once you have checked them, we send a code to the new address.',
    newSent: 'We sent a new code. The one before is no longer valid.',
    notDigits: (digits) => `Enter the ${digits} digits of the code from the e-mail.`,
    wrong: 'The code is not correct.',
    triesLeft: { one: 'You have one more try.', other: 'You have # more tries.' },
    expired: 'The code has expired. Ask for a new one.',
    unusable: 'The code that was sent can no longer be used. Ask for a new one.',
    wait: { one: 'You can ask for a new code in one second.', other: 'You can ask for a new code in # seconds.' },
  },
};
