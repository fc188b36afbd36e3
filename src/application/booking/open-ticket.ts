import { refuse, type Refusal } from '../../domain/kernel/refusal';
import type { Booking } from '../../domain/ticket/facts';
import { isRequested, type TicketState } from '../../domain/ticket/state';

/** The booking of a ticket that was really asked for; there is nothing to find behind any other id. */
export const openTicket = (state: TicketState): Booking | Refusal => (isRequested(state) ? state.booking : refuse('not-found'));
