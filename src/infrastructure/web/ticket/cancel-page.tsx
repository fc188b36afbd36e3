import type { VNode } from 'preact';
import type { TicketView } from '../../../application/booking/ticket-view';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { ErrorSummary, type Fault, faultOf, Radios } from '../parts/fields';
import { Heading } from '../parts/heading';
import { dateAndHour } from '../../phrasing/words/dates';
import { citizenReasons } from './change-words';
import { TicketCard } from './ticket-card';
import { sentences } from '../../phrasing/sentences';
import { TypedForm } from '../forms/forms-shown';

export const CancelPage = ({
  context,
  ticket,
  faults,
}: {
  readonly context: PageContext;
  readonly ticket: TicketView;
  readonly faults: readonly Fault[];
}): VNode => {
  const words = sentences[context.locale].ticket.changes;
  const here = `/tichet/${ticket.reference}`;
  return (
    <Document context={context} title={`${words.cancelTitle} ${ticket.reference}`} side="public" faulty={faults.length > 0}>
      <div class="with-ticket">
        <div>
          <a class="back" href={here}>
            {words.back}
          </a>
          <ErrorSummary title={words.summary} faults={faults} />
          <Heading lead={words.cancelLead({ when: dateAndHour(ticket.slot.startsAt, context.locale) })}>{words.cancelTitle}</Heading>
          <p>{words.after}</p>
          <TypedForm action={`${here}/anulare`} novalidate={false}>
            <Radios
              name="reason"
              label={words.why}
              hint={words.whyHint}
              value=""
              fault={faultOf(faults, 'reason')}
              options={[
                { value: '', label: words.rather },
                ...citizenReasons.map((reason) => ({ value: reason, label: words.reasons[reason] })),
              ]}
            />
            <p class="actions">
              <button class="grave">{words.yes}</button>
              <a href={here}>{words.no}</a>
            </p>
          </TypedForm>
        </div>
        <TicketCard context={context} ticket={ticket} />
      </div>
    </Document>
  );
};
