import { keepsOthersOut } from '../../domain/agenda/agenda';
import type { Place } from '../../domain/booking/next-step';
import type { Instant } from '../../domain/kernel/fact';
import { type Refusal, refuse } from '../../domain/kernel/refusal';
import type { RequestIdentity } from '../../domain/request/facts';
import { type RequestedTicket, stillStands } from '../../domain/ticket/ticket';
import { civilDateOf } from '../../domain/time/civil-time';
import { unlessDamaged } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../kernel/ports/ports';
import { currentAgenda, currentRequest, currentTicket } from '../kernel/streams';
import { normalisedEmail } from './normalised-email';

/** The ticket's id comes last: a place is known by it wherever what is beside the log is brought in line with another log. */
const holderOf = (ticketId: string, startsAt: Instant): string => `hour/${startsAt}/${ticketId}`;

/**
 * A24: no citizen is in two meetings at once. Meetings stand on one grid and are equally long, so those that overlap begin together. The
 * hour is therefore taken once under the e-mail address, as a ticket's place under it is (`tickets-per-email`), in the operational state
 * and not in the log. Tickets without an address take none. Refuses `same-hour`, unless a head has allowed this request that hour.
 */
export const takeHour = async (
  ports: Ports,
  ticketId: string,
  { contact, booking }: Pick<RequestedTicket, 'contact' | 'booking'>,
  startsAt: Instant,
): Promise<Refusal | undefined> => {
  const email = contact.email && (await ports.personalData.open(contact.email));
  return email === undefined ? undefined : takeHourUnder(ports, ticketId, { email, request: booking.request }, startsAt);
};

/** The same under this address: a ticket that has the hour under another one has it under this one from here on. */
export const takeHourUnder = async (
  ports: Ports,
  ticketId: string,
  { email, request: identity }: { readonly email: string; readonly request: RequestIdentity },
  startsAt: Instant,
): Promise<Refusal | undefined> => {
  const tag = ports.personalData.tag('email-hour', `${normalisedEmail(email)}\u001f${startsAt}`);
  if (await ports.operations.places.claim(tag, holderOf(ticketId, startsAt), 1)) return undefined;
  const request = await currentRequest(ports, identity);
  const isAllowed = request.status !== 'unknown' && request.sharedHours?.includes(startsAt) === true;
  if (!isAllowed) return refuse('same-hour', { article: '3 c' });
  // it is beside another here, and no longer under the address that it had
  await giveHourBack(ports, ticketId, startsAt);
  return undefined;
};

/**
 * Whether the ticket stands at this hour, or another move of it holds it: of two at once the one that lost gives nothing back. Ask ports
 * that know nothing of this command.
 */
export const isAtHourOtherwise = async (
  ports: Ports,
  ticketId: string,
  { staffId, slot: { startsAt }, holdId }: Place,
  at: Instant,
): Promise<boolean> => {
  const ticket = await currentTicket(ports, ticketId);
  if (stillStands(ticket) && ticket.booking.slot.startsAt === startsAt) return true;
  // of a day that cannot be read only the ticket itself says where it stands
  const agenda = await unlessDamaged(currentAgenda(ports, staffId, civilDateOf(startsAt)));
  return Object.values(agenda?.holds ?? {}).some(
    (hold) =>
      hold.ticketId === ticketId &&
      hold.holdId !== holdId &&
      hold.slot.startsAt === startsAt &&
      hold.standing !== 'released' &&
      keepsOthersOut(hold, at),
  );
};

/** The ticket is not, or no longer, at this hour. */
export const giveHourBack = ({ operations }: Pick<Ports, 'operations'>, ticketId: string, startsAt: Instant): Promise<void> =>
  operations.places.release(holderOf(ticketId, startsAt));
