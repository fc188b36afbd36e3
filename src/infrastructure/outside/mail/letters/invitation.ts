import type { InvitationLetter } from '../../../../application/kernel/ports/correspondence';
import { sentences } from '../../../phrasing/sentences';
import { webAddress } from '../clean-text';
import type { LetterBody } from '../letter-body';
import { paragraph } from '../letter-body';
import { citizenRights, meetingRows, preparation } from './meeting';
import type { Office } from './contact';
import { closing, greeting, page } from './contact';

/** Art. 3 e, 5. Sent when the meeting is scheduled and, online, again once its link is there. */
export const invitationLetter = (request: InvitationLetter, office: Office): LetterBody => {
  const { locale, reference } = request;
  const words = sentences[locale].letters.invitation;
  const { subject, intro } = request.mode === 'online' && webAddress(request.joinUrl) !== undefined ? words.withLink : words.withoutLink;
  return {
    subject: subject({ reference }),
    title: words.title,
    blocks: [
      greeting(request),
      paragraph(intro),
      { kind: 'details', rows: meetingRows(request, locale) },
      ...preparation(request, locale),
      paragraph(words.calendar),
      citizenRights(locale, office),
      ...page(request),
      ...closing(request, office),
    ],
  };
};
