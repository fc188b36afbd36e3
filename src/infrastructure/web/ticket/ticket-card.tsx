import { usePage, useWords } from '../page/page-context';
import type { VNode } from 'preact';
import type { TicketView } from '../../../application/booking/ticket-view';
import { longDate, hour } from '../../phrasing/words/dates';
import { sentences } from '../../phrasing/sentences';
import type { TicketStatus } from '../../../domain/ticket/ticket';

/** Before the meeting, after it, and where there is none. */
type Time = 'ahead' | 'held' | 'off';

const held: readonly TicketStatus[] = ['held', 'resolved', 'concluded'];
/** Ended without a meeting: another can be asked for. */
export const endedWithout: readonly TicketStatus[] = ['lapsed', 'cancelled', 'citizen-absent'];

export const timeOf = (status: TicketStatus): Time => (held.includes(status) ? 'held' : endedWithout.includes(status) ? 'off' : 'ahead');

/** The blue ticket, filled in. */
export const TicketCard = ({ ticket }: { readonly ticket: TicketView }): VNode => {
  const { locale } = usePage();
  const words = useWords().ticket.card;
  const { reference, status, mode, slot, meetWith, place } = ticket;
  return (
    <aside class="ticket" aria-labelledby="tichet">
      <h2 id="tichet">{words.yours}</h2>
      <dl>
        <div>
          <dt>{words.number}</dt>
          <dd class="reference">{reference}</dd>
        </div>
        <div>
          <dt>{words.status}</dt>
          <dd>{sentences[locale].ticket.statuses[status].tag}</dd>
        </div>
        {meetWith === null ? null : (
          <div>
            <dt>{words.meets[timeOf(status)]}</dt>
            <dd>
              {meetWith.name} <span class="of">{meetWith.department}</span>
            </dd>
          </div>
        )}
        <div>
          <dt>{words.mode}</dt>
          <dd>{sentences[locale].modes.names[mode]}</dd>
        </div>
        {place === undefined ? null : (
          <div>
            <dt>{words.place}</dt>
            <dd>{place}</dd>
          </div>
        )}
      </dl>
      <dl class="tear">
        <div>
          <dt>{words.when}</dt>
          <dd class="when">
            {longDate(slot.startsAt, locale)}
            <br />
            {`${hour(slot.startsAt)}–${hour(slot.endsAt)}`} <span class="of">{sentences[locale].booking.steps.romanianTime}</span>
          </dd>
        </div>
      </dl>
    </aside>
  );
};
