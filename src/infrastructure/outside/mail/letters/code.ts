import type { CodeLetter } from '../../../../application/kernel/ports/correspondence';
import type { LetterBody } from '../letter-body';
import { paragraph } from '../letter-body';
import { instantInWords } from '../local-time';
import type { Office } from './office';
import { closing, greeting, page } from './office';

/** Art. 3 e. The code stands alone on its line; no other line is made of digits alone. */
export const codeLetter = (request: CodeLetter, office: Office): LetterBody => {
  const until = instantInWords(request.expiresAt, request.locale);
  const code = { kind: 'code', digits: request.code } as const;
  if (request.locale === 'ro') {
    return {
      subject: `Tichetul albastru ${request.reference}: codul de validare`,
      title: 'Codul de validare pentru Tichetul albastru',
      blocks: [
        greeting(request),
        paragraph('Ați solicitat un Tichet albastru. Codul dumneavoastră de validare este:'),
        code,
        paragraph(
          `Introduceți codul în secțiunea dedicată a paginii pe care ați făcut programarea, până la ${until}. Fără acest cod programarea nu se finalizează și ora aleasă redevine liberă.`,
        ),
        paragraph(
          'Codul poate fi folosit o singură dată; dacă cereți un cod nou, acesta nu mai este valabil. Nu îl spuneți nimănui: personalul Primăriei nu vi-l cere niciodată.',
        ),
        paragraph('Nu ați solicitat dumneavoastră? Nu aveți nimic de făcut: fără cod nu se creează niciun tichet.'),
        ...page(request),
        ...closing(request, office),
      ],
    };
  }
  return {
    subject: `Blue ticket ${request.reference}: validation code`,
    title: 'The validation code for your blue ticket (Tichetul albastru)',
    blocks: [
      greeting(request),
      paragraph('You asked for a blue ticket. Your validation code is:'),
      code,
      paragraph(
        `Enter the code in its section of the page where you made the booking, until ${until}. Without this code the booking is not completed and the time you chose becomes free again.`,
      ),
      paragraph(
        'The code works once; if you ask for a new code, this one is no longer valid. Tell it to nobody: the staff of City Hall never ask you for it.',
      ),
      paragraph('It was not you who asked? There is nothing to do: without the code no ticket is created.'),
      ...page(request),
      ...closing(request, office),
    ],
  };
};
