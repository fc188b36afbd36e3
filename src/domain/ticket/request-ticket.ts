import { accept, nothing, type Decision } from '../kernel/decider';
import { calendarVersion, type CalendarState } from '../calendar/working-calendar';
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/instant';
import { refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import type { Ground } from '../request/facts';
import { bookingOf } from './booking';
import type { Booking, Contact, Locale, Requested } from './facts';
import { isRequested, type TicketState } from './state';

export type RequestTicket = Booking & {
  readonly reference: string;
  /** the instant at which the form was accepted */
  readonly requestedAt: Instant;
  /** until when step 1 admitted it */
  readonly heldUntil: Instant;
  readonly ground: Ground;
  readonly contact: Contact;
  /** A14, `online` only */
  readonly recordingNotice?: { readonly version: string; readonly acceptedAt: Instant };
  readonly locale: Locale;
  readonly policies: Policies;
  readonly calendar: CalendarState;
};

/**
 * Art. 3, step 2 of a booking. What the arguments alone refuse was refused before (`checkTicketRequest`).
 * The same again changes nothing. Refuses `code-expired` (the hold was lost: somebody fenced this ticket)
 * and `notice-not-accepted` (Art. 5) for an online ticket without the notice.
 */
export const requestTicket = (command: RequestTicket, state: TicketState): Decision<Requested> => {
  if (isRequested(state)) return nothing();
  if (state.status === 'lapsed') return refuse('code-expired', { article: '3 e', reason: 'hold-lost' });
  const { reference, requestedAt, heldUntil, ground, contact, recordingNotice, locale, policies, calendar } = command;
  if (command.mode === 'online' && recordingNotice === undefined) return refuse('notice-not-accepted', { article: '5' });
  return accept({
    type: 'Requested',
    data: {
      ...bookingOf(command),
      reference,
      requestedAt,
      heldUntil,
      ground,
      contact,
      ...defined({ recordingNotice }),
      locale,
      policies: [
        policies['clarification-window'],
        policies['lead-time'],
        policies['booking-horizon'],
        policies.verification,
        policies['code-interval'],
        policies['tickets-per-email'],
        policies['daily-cap'],
        policies['invitation-lead'],
        policies['outcome-deadline'],
      ],
      calendarVersion: calendarVersion(calendar),
    },
  });
};
