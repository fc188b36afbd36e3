import type { CodeLetter, OpeningLetter } from '../../../../application/kernel/ports/correspondence';
import { sentences } from '../../../phrasing/sentences';
import type { LetterBody } from '../letter-body';
import { paragraph } from '../letter-body';
import { instantInWords } from '../local-time';
import type { Office } from './contact';
import { closing, greeting, page } from './contact';

/** Art. 3 e. The code stands alone on its line; no other line is made of digits alone. */
export const codeLetter = (request: CodeLetter, office: Office): LetterBody => {
  const words = sentences[request.locale].letters.code;
  return {
    subject: words.subject({ reference: request.reference }),
    title: words.title,
    blocks: [
      greeting(request),
      paragraph(words.asked),
      { kind: 'code', digits: request.code },
      paragraph(words.enter({ until: instantInWords(request.expiresAt, request.locale) })),
      paragraph(words.once),
      paragraph(words.other),
      ...page(request),
      ...closing(request, office),
    ],
  };
};

/** The code with which a ticket opens in another browser. */
export const openingLetter = (request: OpeningLetter, office: Office): LetterBody => {
  const words = sentences[request.locale].letters.opening;
  return {
    subject: words.subject({ reference: request.reference }),
    title: words.title,
    blocks: [
      greeting(request),
      paragraph(words.asked),
      { kind: 'code', digits: request.code },
      paragraph(words.enter({ until: instantInWords(request.expiresAt, request.locale) })),
      paragraph(words.other),
      ...page(request),
      ...closing(request, office),
    ],
  };
};
