import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import { TextField } from '../parts/fields';
import type { TicketShown } from './ticket-shown';
import { sentences } from '../../phrasing/sentences';

/** Asks for the ticket at a moment. A plain text field: what is a moment is said by the server, in every browser alike. */
export const MomentForm = ({ shown, locale }: { readonly shown: TicketShown; readonly locale: Locale }): VNode => {
  const words = sentences[locale].audit.ticket;
  const { typed, faulty } = shown.asked;
  return (
    <form method="get" action={`/audit/${shown.ticketId}`} class="card" novalidate aria-labelledby="moment">
      <h2 id="moment">{words.momentTitle}</h2>
      <TextField
        name="la"
        label={words.momentField}
        hint={words.momentHint}
        value={typed}
        autocomplete="off"
        fault={faulty ? words.momentFault : undefined}
      />
      <p class="actions">
        <button>{words.show}</button>
        {typed === '' ? null : <a href={`/audit/${shown.ticketId}`}>{words.toNow}</a>}
      </p>
    </form>
  );
};
