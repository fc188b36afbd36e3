import type { VNode } from 'preact';
import type { TicketView } from '../../../application/booking/ticket-view';
import { HourPicker } from '../hours/hour-picker';
import type { HoursShown } from '../hours/hours-shown';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { ErrorSummary, type Fault, faultOf } from '../parts/fields';
import { Heading } from '../parts/heading';
import { dateAndHour } from '../../phrasing/words/dates';
import { TicketCard } from './ticket-card';
import { sentences } from '../../phrasing/sentences';

/** A19: the hours of the person whom the citizen meets, as in the booking. */
export const MovePage = ({
  context,
  ticket,
  hours,
  faults,
}: {
  readonly context: PageContext;
  readonly ticket: TicketView;
  readonly hours: HoursShown;
  readonly faults: readonly Fault[];
}): VNode => {
  const words = sentences[context.locale].ticket.changes;
  const here = `/tichet/${ticket.reference}`;
  return (
    <Document context={context} title={`${words.moveTitle}: ${ticket.reference}`} side="public" faulty={faults.length > 0}>
      <div class="with-ticket">
        <div>
          <a class="back" href={here}>
            {words.back}
          </a>
          <ErrorSummary title={words.summary} faults={faults} />
          <Heading lead={words.now({ when: dateAndHour(ticket.slot.startsAt, context.locale) })}>{words.moveTitle}</Heading>
          <HourPicker context={context} hours={hours} path={`${here}/muta`} submit={words.moveButton} fault={faultOf(faults, 'startsAt')} />
        </div>
        <TicketCard context={context} ticket={ticket} />
      </div>
    </Document>
  );
};
