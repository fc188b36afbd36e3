import type { InvitationLetter } from '../../../../application/kernel/ports/correspondence';
import { webAddress } from '../clean-text';
import type { LetterBody } from '../letter-body';
import { paragraph } from '../letter-body';
import { citizenRights, meetingRows, preparation } from './meeting';
import type { Office } from './office';
import { closing, greeting, page } from './office';

/** Art. 3 e, 5. Sent when the meeting is scheduled and, online, again once its link is there. */
export const invitationLetter = (request: InvitationLetter, office: Office): LetterBody => {
  const { locale, reference } = request;
  const withLink = request.mode === 'online' && webAddress(request.joinUrl) !== undefined;
  const words =
    locale === 'ro'
      ? {
          subject: `Tichetul albastru ${reference}: ${withLink ? 'linkul întâlnirii online' : 'invitația la întâlnire'}`,
          title: 'Întâlnirea dumneavoastră prin Tichetul albastru este programată',
          intro: withLink ? 'Iată linkul pentru întâlnirea dumneavoastră:' : 'V-am programat întâlnirea:',
          calendar: 'Întâlnirea este atașată și ca înregistrare de calendar.',
        }
      : {
          subject: `Blue ticket ${reference}: ${withLink ? 'the link of your online meeting' : 'invitation to your meeting'}`,
          title: 'Your blue ticket meeting (Tichetul albastru) is scheduled',
          intro: withLink ? 'Here is the link of your meeting:' : 'Your meeting is scheduled:',
          calendar: 'The meeting is also attached as a calendar entry.',
        };
  return {
    subject: words.subject,
    title: words.title,
    blocks: [
      greeting(request),
      paragraph(words.intro),
      { kind: 'details', rows: meetingRows(request, locale) },
      ...preparation(request, locale),
      paragraph(words.calendar),
      citizenRights(locale, office),
      ...page(request),
      ...closing(request, office),
    ],
  };
};
