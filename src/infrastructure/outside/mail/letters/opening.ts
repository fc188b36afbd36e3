import type { OpeningLetter } from '../../../../application/kernel/ports/correspondence';
import type { LetterBody } from '../letter-body';
import { paragraph } from '../letter-body';
import { instantInWords } from '../local-time';
import type { Office } from './office';
import { closing, greeting, page } from './office';

/** The code alone on its line, as in the letter with which the ticket was booked. */
export const openingLetter = (request: OpeningLetter, office: Office): LetterBody => {
  const { reference, locale } = request;
  const until = instantInWords(request.expiresAt, locale);
  const code = { kind: 'code', digits: request.code } as const;
  const words =
    locale === 'ro'
      ? {
          subject: `Tichetul albastru ${reference}: codul cu care se deschide`,
          title: 'Codul cu care se deschide Tichetul albastru',
          asked: 'Cineva a cerut să deschidă tichetul dumneavoastră într-un alt browser. Codul este:',
          enter: `Introduceți-l în pagina tichetului, până la ${until}. Cine îl are poate vedea, muta sau anula întâlnirea: nu îl spuneți nimănui, personalul Primăriei nu vi-l cere niciodată.`,
          other: 'Nu ați cerut dumneavoastră? Nu aveți nimic de făcut: fără cod tichetul rămâne închis.',
        }
      : {
          subject: `Blue ticket ${reference}: the code that opens it`,
          title: 'The code that opens your blue ticket (Tichetul albastru)',
          asked: 'Somebody asked to open your ticket in another browser. The code is:',
          enter: `Enter it on the page of the ticket, until ${until}. Whoever has it can see, move or cancel the meeting: tell it to nobody; the staff of City Hall never ask you for it.`,
          other: 'It was not you who asked? There is nothing to do: without the code the ticket stays closed.',
        };
  return {
    subject: words.subject,
    title: words.title,
    blocks: [
      greeting(request),
      paragraph(words.asked),
      code,
      paragraph(words.enter),
      paragraph(words.other),
      ...page(request),
      ...closing(request, office),
    ],
  };
};
