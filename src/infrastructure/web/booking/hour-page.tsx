import type { VNode } from 'preact';
import type { HoursShown } from '../hours/hours-shown';
import { HourPicker } from '../hours/hour-picker';
import type { PageContext } from '../page/page-context';
import { type Fault, faultOf } from '../parts/fields';
import { BookingPage } from './booking-page';
import type { Draft } from './draft';
import { hourStepWords } from './hour-words';
import { pathOf } from './steps';
import { bookingWords } from './words';

/** Step 2 (Art. 3 c): day and hour. */
export const HourPage = ({
  context,
  hours,
  faults,
  once,
  draft,
  back,
}: {
  readonly context: PageContext;
  readonly hours: HoursShown;
  readonly faults: readonly Fault[];
  readonly once: string;
  readonly draft: Draft;
  readonly back?: string | undefined;
}): VNode => {
  const words = hourStepWords[context.locale];
  return (
    <BookingPage context={context} step="ora" back={back} title={words.title} lead={words.lead} faults={faults} draft={draft}>
      <HourPicker
        context={context}
        hours={hours}
        path={pathOf('ora')}
        once={once}
        submit={bookingWords[context.locale].next}
        chosen={draft.startsAt}
        fault={faultOf(faults, 'startsAt')}
      />
    </BookingPage>
  );
};
