import type { VNode } from 'preact';
import type { HoursShown } from '../hours/hours-shown';
import { HourPicker } from '../hours/hour-picker';
import type { PageContext } from '../page/page-context';
import { type Fault, faultOf } from '../parts/fields';
import { BookingPage } from './booking-page';
import type { Draft } from './draft';
import { pathOf } from './steps';
import { sentences } from '../../phrasing/sentences';

/** Step 2 (Art. 3 c): day and hour. */
export const HourPage = ({
  context,
  hours,
  faults,
  draft,
  back,
}: {
  readonly context: PageContext;
  readonly hours: HoursShown;
  readonly faults: readonly Fault[];
  readonly draft: Draft;
  readonly back?: string | undefined;
}): VNode => {
  const words = sentences[context.locale].booking.hour;
  return (
    <BookingPage context={context} step="ora" back={back} title={words.title} lead={words.lead} faults={faults} draft={draft}>
      <HourPicker
        context={context}
        hours={hours}
        path={pathOf('ora')}
        submit={sentences[context.locale].booking.steps.next}
        chosen={draft.startsAt}
        fault={faultOf(faults, 'startsAt')}
      />
    </BookingPage>
  );
};
