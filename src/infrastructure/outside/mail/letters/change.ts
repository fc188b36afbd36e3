import type { ChangeLetter } from '../../../../application/kernel/ports/correspondence';
import type { Block, LetterBody } from '../letter-body';
import { paragraph } from '../letter-body';
import { slotInWords } from '../local-time';
import { citizenRights, meetingRows, preparation, reasonInWords } from './meeting';
import type { Office } from './contact';
import { closing, greeting, page } from './contact';
import { sentences } from '../../../phrasing/sentences';

const wordsOf = (request: ChangeLetter) => {
  const words = sentences[request.locale].letters.change;
  switch (request.about) {
    case 'rescheduled':
      return request.by === 'citizen' ? words.rescheduledByCitizen : words.rescheduledByStaff;
    case 'reassigned':
      return words.reassigned;
    case 'staff-absent':
      return words.staffAbsent;
  }
};

/** Art. 8, A19, A3, A23. What was, what is now and why. */
export const changeLetter = (request: ChangeLetter, office: Office): LetterBody => {
  const { locale } = request;
  const { subject, title, intro } = wordsOf(request);
  const reason = request.by === 'staff' ? reasonInWords(request.reason, request.reasonText, locale) : undefined;
  const rows: (readonly [string, string])[] = [...meetingRows(request, locale)];
  if (request.about === 'rescheduled') rows.push([sentences[locale].letters.change.former, slotInWords(request.formerSlot, locale)]);
  if (reason !== undefined) rows.push([sentences[locale].letters.change.reason, reason]);
  const stillToCome: readonly Block[] =
    request.about === 'staff-absent'
      ? []
      : [...preparation(request, locale), paragraph(sentences[locale].letters.change.calendar), citizenRights(locale, office)];
  return {
    subject: subject({ reference: request.reference }),
    title,
    blocks: [greeting(request), paragraph(intro), { kind: 'details', rows }, ...stillToCome, ...page(request), ...closing(request, office)],
  };
};
