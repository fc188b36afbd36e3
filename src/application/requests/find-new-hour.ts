import { defined } from '@tichet-albastru/kernel/defined';
import type { PersonalText } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import { meetingMode, type Mode } from '../../domain/ticket/facts';
import { owesNewHour } from '../../domain/request/admission';
import { isOnlyKept } from '../../domain/ticket/restriction';
import { isRequested } from '../../domain/ticket/ticket';
import type { Ports } from '../kernel/ports/ports';
import { currentRequest, currentTicket } from '../kernel/streams';
import { meetWith } from '../staff/meet-with';
import type { FoundRequest } from './find-request';
import { mayBeAskedFor } from './lookup-request';

/** The request of a cancelled ticket, and what its citizen had answered before, to be answered again with fewer words. */
export type NewHourFound = FoundRequest & {
  readonly applicantName: string;
  readonly mode: Mode;
  readonly email?: string;
  readonly phone?: string;
  readonly postalAddress?: string;
};

/**
 * Art. 8. A citizen who holds a ticket that staff cancelled has shown which request it is: the new hour is asked for without the three
 * data. Refuses `wrong-state` where none is owed (any more), or where the request turned out to be another applicant’s (A29), and as a
 * lookup does (`active-ticket-exists`, `not-eligible`). A clerk is refused it where what was given is kept and shown to no official (GDPR
 * 18): there the citizen says the three data.
 */
export const findNewHour =
  (ports: Ports) =>
  async (ticketId: string, by: 'citizen' | 'clerk'): Promise<NewHourFound | Refusal> => {
    const ticket = await currentTicket(ports, ticketId);
    if (!isRequested(ticket)) return refuse('not-found');
    if (ticket.newHour?.stage !== 'owed') return refuse('wrong-state', { article: '8', reason: 'nothing-owed' });
    const request = await currentRequest(ports, ticket.booking.request);
    if (request.status === 'unknown') return refuse('request-not-found', { article: '3 b' });
    if (!owesNewHour(request, ticketId)) return refuse('wrong-state', { article: '8', reason: 'nothing-owed' });
    if (by === 'clerk' && isOnlyKept(ticket)) return refuse('wrong-state', { article: 'GDPR 18', reason: 'restricted' });
    const found = await mayBeAskedFor(ports, request, ports.clock.now());
    if (isRefusal(found)) return found;
    const opened = async (text: PersonalText | undefined) => text && (await ports.personalData.open(text));
    const { email, phone, postalAddress } = ticket.contact;
    return {
      request: found.request,
      ground: found.ground,
      meetWith: await meetWith(ports, found.staff),
      modes: meetingMode.words,
      applicantName: (await opened(request.applicantName)) ?? '',
      mode: ticket.booking.mode,
      ...defined({ email: await opened(email), phone: await opened(phone), postalAddress: await opened(postalAddress) }),
    };
  };
