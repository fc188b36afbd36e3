import type { CancellationLetter } from '../../../../application/kernel/ports/correspondence';
import type { LetterBody } from '../letter-body';
import { paragraph } from '../letter-body';
import { meetingRows, reasonInWords } from './meeting';
import type { Office } from './office';
import { closing, greeting, page } from './office';

/** A19 (by the citizen) and Art. 8 (by staff, who then owe a new slot). */
export const cancellationLetter = (request: CancellationLetter, office: Office): LetterBody => {
  const { locale, reference, by } = request;
  const romanian = locale === 'ro';
  const reason = by === 'staff' ? reasonInWords(request.reason, request.reasonText, locale) : undefined;
  const intro = romanian
    ? by === 'citizen'
      ? 'La cererea dumneavoastră, întâlnirea de mai jos a fost anulată.'
      : 'Din motive obiective, întâlnirea de mai jos nu poate avea loc și a fost anulată. Ne cerem scuze.'
    : by === 'citizen'
      ? 'As you asked, the meeting below was cancelled.'
      : 'For objective reasons the meeting below cannot take place and was cancelled. We apologise.';
  const next = romanian
    ? by === 'citizen'
      ? 'Puteți solicita un alt Tichet albastru cât timp cererea dumneavoastră îndeplinește condițiile procedurii (art. 2).'
      : 'Veți fi anunțat(ă), telefonic sau prin e-mail, pentru reprogramare (art. 8 din procedură). Nu aveți nimic de făcut până atunci.'
    : by === 'citizen'
      ? 'You may ask for another blue ticket as long as your request meets the conditions of the procedure (Art. 2).'
      : 'You will be told by phone or e-mail about a new time (Art. 8 of the procedure). There is nothing to do until then.';
  return {
    subject: romanian
      ? `Tichetul albastru ${reference}: întâlnirea a fost anulată`
      : `Blue ticket ${reference}: your meeting was cancelled`,
    title: romanian ? 'Întâlnirea dumneavoastră a fost anulată' : 'Your meeting was cancelled',
    blocks: [
      greeting(request),
      paragraph(intro),
      {
        kind: 'details',
        rows: [...meetingRows(request, locale), ...(reason === undefined ? [] : [[romanian ? 'Motivul' : 'Reason', reason] as const])],
      },
      paragraph(next),
      paragraph(
        romanian
          ? 'Înregistrarea de calendar atașată o anulează pe cea primită înainte.'
          : 'The attached calendar entry cancels the one you received before.',
      ),
      ...page(request),
      ...closing(request, office),
    ],
  };
};
