import type { CancellationLetter } from '../../../../application/kernel/ports/correspondence';
import { sentences } from '../../../phrasing/sentences';
import type { LetterBody } from '../letter-body';
import { paragraph } from '../letter-body';
import { meetingRows, reasonInWords } from './meeting';
import type { Office } from './contact';
import { closing, greeting, page } from './contact';

/** A19 (by the citizen) and Art. 8 (by staff, who then owe a new slot). */
export const cancellationLetter = (request: CancellationLetter, office: Office): LetterBody => {
  const { locale, reference, by } = request;
  const { cancellation: words, change } = sentences[locale].letters;
  const reason = by === 'staff' ? reasonInWords(request.reason, request.reasonText, locale) : undefined;
  return {
    subject: words.subject({ reference }),
    title: words.title,
    blocks: [
      greeting(request),
      paragraph(words.intro[by]),
      {
        kind: 'details',
        rows: [...meetingRows(request, locale), ...(reason === undefined ? [] : [[change.reason, reason] as const])],
      },
      paragraph(words.next[by]),
      paragraph(words.calendar),
      ...page(request),
      ...closing(request, office),
    ],
  };
};
