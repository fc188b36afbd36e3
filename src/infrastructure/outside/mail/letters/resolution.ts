import type { ResolutionLetter } from '../../../../application/kernel/ports/correspondence';
import { cleanLine, cleanLines } from '../clean-text';
import type { LetterBody } from '../letter-body';
import { paragraph } from '../letter-body';
import { dateInWords, slotInWords } from '../local-time';
import { personInWords } from './meeting';
import type { Office } from './office';
import { closing, greeting, page } from './office';

/** Art. 7. The conclusions as they were written, and the document that holds them. */
export const resolutionLetter = (request: ResolutionLetter, office: Office): LetterBody => {
  const { locale, reference } = request;
  const romanian = locale === 'ro';
  const filed = `${cleanLine(request.requestNumber)} / ${dateInWords(request.filedOn, locale)}`;
  const document = request.documentNumber === undefined ? '' : cleanLine(request.documentNumber);
  return {
    subject: romanian ? `Rezoluția Tichetului albastru ${reference}` : `The resolution of blue ticket ${reference}`,
    title: romanian ? 'Rezoluția Tichetului albastru' : 'The resolution of your blue ticket (Rezoluția Tichetului albastru)',
    blocks: [
      greeting(request),
      paragraph(
        romanian
          ? 'Vă mulțumim pentru întâlnire. Iată rezoluția, cu concluziile întâlnirii (art. 7 din procedură).'
          : 'Thank you for the meeting. Here is the resolution, with the conclusions of the meeting (Art. 7 of the procedure).',
      ),
      {
        kind: 'details',
        rows: [
          [romanian ? 'Cererea' : 'Request', filed],
          [romanian ? 'Întâlnirea' : 'Meeting', slotInWords(request.slot, locale)],
          [romanian ? 'Cu cine' : 'With', personInWords(request.meetWith, locale)],
          ...(document === ''
            ? []
            : [
                [
                  romanian ? 'Documentul „Tichetul albastru”, conex cu cererea' : 'Document “Tichetul albastru”, connected to the request',
                  document,
                ] as const,
              ]),
        ],
      },
      {
        kind: 'quotation',
        title: romanian ? 'Concluziile întâlnirii' : 'Conclusions of the meeting',
        text: cleanLines(request.conclusions),
      },
      paragraph(
        romanian
          ? 'Mai aveți nelămuriri? Puteți solicita un alt Tichet albastru cât timp cererea dumneavoastră îndeplinește condițiile procedurii (art. 2).'
          : 'Is something still unclear? You may ask for another blue ticket as long as your request meets the conditions of the procedure (Art. 2).',
      ),
      ...page(request),
      ...closing(request, office),
    ],
  };
};
