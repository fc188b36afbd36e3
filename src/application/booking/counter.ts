import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import { isOfAnotherApplicant } from '../../domain/request/request';
import type { AskedThrough } from '../../domain/ticket/facts';
import type { Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { Command, Query } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { currentRequest } from '../kernel/streams';
import { type FindRequestInput, lookWithinBounds } from '../requests/find-request';
import { lookupRequest, matchRequest, type RequestData } from '../requests/lookup-request';
import { requestTicket, type RequestTicketInput } from './request-ticket';

export type BookAtCounterInput = Omit<RequestTicketInput, 'request' | 'address' | 'askedThrough'> &
  RequestData & { readonly askedThrough: AskedThrough };

export class BookAtCounter extends Command<BookAtCounterInput, Done<{ readonly ticketId: string }>> {}

/**
 * Art. 3 for a citizen without internet: a clerk types the three data of Art. 3 b that the citizen says, and books as the citizen would. An
 * e-mail that is given is verified by code all the same. Refuses as a lookup and as `requestTicket`.
 */
export const bookAtCounter = (ports: Ports) => {
  const [lookup, match] = [lookupRequest(ports), matchRequest(ports)];
  return async (
    context: CommandContext,
    { requestNumber, applicantName, filedOn, ...command }: BookAtCounterInput,
  ): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const data = { requestNumber, applicantName, filedOn };
    const found = await lookup({ ...data, at: context.at });
    if (!isRefusal(found)) return requestTicket(ports)(context, { ...command, request: found.request });
    // its own ticket, of the first time that this command ran
    if (found.code !== 'active-ticket-exists') return found;
    return requestTicket(ports)(context, { ...command, request: (await match(data)).identity });
  };
};

/** Art. 3 b: the ticket that is going on for the request which these three name, or the newest that there was; none of an applicant whose request it turned out not to be. */
export class FindTicketAtCounter extends Query<RequestData, { readonly ticketId: string } | Refusal> {}

/** Refuses `request-not-found` where the three do not agree, and where there is no ticket: which of it was so is not said. */
export const ticketAtCounter = (ports: Ports) => {
  const match = matchRequest(ports);
  return async (asked: RequestData): Promise<{ readonly ticketId: string } | Refusal> => {
    const { identity, matches } = await match(asked);
    const request = matches ? await currentRequest(ports, identity) : undefined;
    const known = request === undefined || request.status === 'unknown' ? undefined : request;
    const ticketId = known?.admittedTicketIds.filter((id) => !isOfAnotherApplicant(known, id)).at(-1);
    return ticketId === undefined ? refuse('request-not-found', { article: '3 b' }) : { ticketId };
  };
};

/**
 * The same for a citizen who no longer has the number of the ticket: bounded and slowed down as every lookup is (A28). What it leads to
 * opens with a code at the verified address, as with the number.
 */
export const ticketOfApplicant = (ports: Ports) => {
  const find = ticketAtCounter(ports);
  return async (asked: FindRequestInput): Promise<{ readonly ticketId: string } | Refusal> =>
    lookWithinBounds(ports, asked, ports.clock.now(), () => find(asked));
};
