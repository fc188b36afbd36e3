import type { Instant } from '../../domain/kernel/fact';
import { type Refusal, refuse } from '../../domain/kernel/refusal';
import type { RequestedTicket } from '../../domain/ticket/ticket';
import type { Ports } from '../kernel/ports/ports';
import { currentRequest } from '../kernel/streams';
import { normalisedEmail } from './normalised-email';

/** The ticket's id comes last: a place is known by it wherever what is beside the log is brought in line with another log. */
const holderOf = (ticketId: string, startsAt: Instant): string => `hour/${startsAt}/${ticketId}`;

/**
 * A24: nobody is in two meetings at once. Meetings stand on one grid and are equally long, so those that overlap begin together: the hour is
 * taken under the address, once, as a ticket's place under it is (`tickets-per-email`), in the operational state and not in the log. Tickets
 * without an address take none. Refuses `same-hour`, unless a head has allowed this request that hour.
 */
export const takeHour = async (
  ports: Ports,
  ticketId: string,
  { contact, booking }: Pick<RequestedTicket, 'contact' | 'booking'>,
  startsAt: Instant,
): Promise<Refusal | undefined> => {
  const email = contact.email && (await ports.personalData.open(contact.email));
  if (email === undefined) return undefined;
  const tag = ports.personalData.tag('email-hour', `${normalisedEmail(email)}\u001f${startsAt}`);
  if (await ports.operations.places.claim(tag, holderOf(ticketId, startsAt), 1)) return undefined;
  const request = await currentRequest(ports, booking.request);
  const isAllowed = request.status !== 'unknown' && request.sharedHours?.includes(startsAt) === true;
  return isAllowed ? undefined : refuse('same-hour', { article: '3 c' });
};

/** The ticket is not, or no longer, at this hour. */
export const giveHourBack = ({ operations }: Pick<Ports, 'operations'>, ticketId: string, startsAt: Instant): Promise<void> =>
  operations.places.release(holderOf(ticketId, startsAt));
