import type { ResolutionLetter } from '../../../../application/kernel/ports/correspondence';
import { sentences } from '../../../phrasing/sentences';
import { cleanLine, cleanLines } from '../clean-text';
import type { LetterBody } from '../letter-body';
import { paragraph } from '../letter-body';
import { dateInWords, slotInWords } from '../local-time';
import { personInWords } from './meeting';
import type { Office } from './contact';
import { closing, greeting, page } from './contact';

/** Art. 7. The conclusions as they were written, and the document that holds them. */
export const resolutionLetter = (request: ResolutionLetter, office: Office): LetterBody => {
  const { locale, reference } = request;
  const words = sentences[locale].letters.resolution;
  const filed = `${cleanLine(request.requestNumber)} / ${dateInWords(request.filedOn, locale)}`;
  const document = request.documentNumber === undefined ? '' : cleanLine(request.documentNumber);
  return {
    subject: words.subject({ reference }),
    title: words.title,
    blocks: [
      greeting(request),
      paragraph(words.intro),
      {
        kind: 'details',
        rows: [
          [words.request, filed],
          [words.meeting, slotInWords(request.slot, locale)],
          [words.with, personInWords(request.meetWith, locale)],
          ...(document === '' ? [] : [[words.document, document] as const]),
        ],
      },
      { kind: 'quotation', title: words.conclusions, text: cleanLines(request.conclusions) },
      paragraph(words.unclear),
      ...page(request),
      ...closing(request, office),
    ],
  };
};
