import type { ChangeLetter } from '../../../../application/kernel/ports/correspondence';
import type { Block, LetterBody } from '../letter-body';
import { paragraph } from '../letter-body';
import { slotInWords } from '../local-time';
import { citizenRights, meetingRows, preparation, reasonInWords } from './meeting';
import type { Office } from './office';
import { closing, greeting, page } from './office';
import { sentences } from '../../../phrasing/sentences';

type Words = { readonly subject: string; readonly title: string; readonly intro: string };

const wordsOf = (request: ChangeLetter): Words => {
  const { reference, locale } = request;
  const romanian = locale === 'ro';
  switch (request.about) {
    case 'rescheduled':
      return romanian
        ? {
            subject: `Tichetul albastru ${reference}: întâlnirea are altă oră`,
            title: 'Întâlnirea dumneavoastră a fost reprogramată',
            intro:
              request.by === 'citizen'
                ? 'La cererea dumneavoastră, întâlnirea a fost reprogramată.'
                : 'Din motive obiective, programul stabilit nu poate fi respectat. Ne cerem scuze; întâlnirea a fost reprogramată (art. 8 din procedură).',
          }
        : {
            subject: `Blue ticket ${reference}: your meeting has a new time`,
            title: 'Your meeting was rescheduled',
            intro:
              request.by === 'citizen'
                ? 'As you asked, the meeting was rescheduled.'
                : 'For objective reasons the schedule cannot be kept. We apologise; the meeting was rescheduled (Art. 8 of the procedure).',
          };
    case 'reassigned':
      return romanian
        ? {
            subject: `Tichetul albastru ${reference}: vă întâlniți cu altă persoană`,
            title: 'Vă întâlniți cu altă persoană, la aceeași oră',
            intro: 'Întâlnirea rămâne la ora stabilită, dar cu persoana de mai jos.',
          }
        : {
            subject: `Blue ticket ${reference}: you will meet another person`,
            title: 'You will meet another person, at the same time',
            intro: 'The meeting stays at the time agreed, with the person below.',
          };
    case 'staff-absent':
      return romanian
        ? {
            subject: `Tichetul albastru ${reference}: întâlnirea nu a putut avea loc`,
            title: 'Întâlnirea nu a putut avea loc, din partea noastră',
            intro:
              'Persoana cu care aveați întâlnirea a lipsit. Ne cerem scuze. Vă reprogramăm și vă anunțăm telefonic sau prin e-mail (art. 8 din procedură); dreptul dumneavoastră la întâlnire nu se pierde, indiferent de termenul de 30 de zile.',
          }
        : {
            subject: `Blue ticket ${reference}: the meeting could not take place`,
            title: 'The meeting could not take place, because of us',
            intro:
              'The person you were to meet was absent. We apologise. We will reschedule the meeting and tell you by phone or e-mail (Art. 8 of the procedure); you do not lose your right to it, whatever the 30 days say.',
          };
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
    subject,
    title,
    blocks: [greeting(request), paragraph(intro), { kind: 'details', rows }, ...stillToCome, ...page(request), ...closing(request, office)],
  };
};
