import { defined } from '@tichet-albastru/kernel/defined';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import type { Instant } from '../../domain/kernel/fact';
import { eraseRequest } from '../../domain/request/registering';
import type { RequestIdentity } from '../../domain/request/facts';
import type { RequestState } from '../../domain/request/request';
import { eraseTicket } from '../../domain/ticket/erasure';
import { isRequested } from '../../domain/ticket/ticket';
import { infocet, outsideOf, type OutsidePlace } from './erasure-report';
import { currentRequest, currentTicket } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';

/** What an erasure would do, before an official decides it. */
export type ErasurePreview = {
  readonly request: RequestIdentity;
  /** the person, so that the wrong person is not erased; nothing when already erased */
  readonly name?: string;
  readonly erased: boolean;
  /** why it cannot be done now: the domain was asked */
  readonly refused?: Refusal;
  readonly outside: readonly OutsidePlace[];
} & (
  | { readonly subject: 'request'; readonly tickets: readonly string[] }
  | {
      readonly subject: 'ticket';
      readonly ticketId: string;
      readonly startsAt: Instant;
      /** letters of it that were sent */
      readonly letters: number;
      /** the resolution, an archive document, stays */
      readonly resolutionStays: boolean;
      /** its text can be erased under a minute of the selection commission */
      readonly conclusionsKept: boolean;
      /** GDPR 18: since when the person’s data are only kept */
      readonly restrictedAt?: Instant;
    }
);

/** Stands for the reason that is not yet written: the domain looks only whether there is one. */
const someReason = personal('office', '…');

export const ticketErasure =
  (ports: Ports) =>
  async (ticketId: string): Promise<ErasurePreview | Refusal> => {
    const state = await currentTicket(ports, ticketId);
    if (!isRequested(state)) return refuse('not-found');
    const decision = eraseTicket({ reason: someReason, at: ports.clock.now() }, state);
    const name = await ports.personalData.open(state.contact.name);
    const letters = (await ports.operations.outbox.ofTicket(ticketId)).length;
    const { request, slot } = state.booking;
    return {
      subject: 'ticket',
      ticketId,
      request: { number: request.number, filedOn: request.filedOn },
      startsAt: slot.startsAt,
      erased: state.erased,
      letters,
      resolutionStays: state.resolution.issued !== undefined,
      conclusionsKept: state.resolution.issued !== undefined && !state.conclusionsErased,
      outside: outsideOf(state, letters > 0),
      ...defined({ name, restrictedAt: state.restriction?.restrictedAt }),
      ...(isRefusal(decision) ? { refused: decision } : {}),
    };
  };

/** GDPR 18: whether the data of a ticket of this request are only kept. */
export const hasRestrictedTicket = async (ports: Ports, state: RequestState): Promise<boolean> => {
  const admitted = state.status === 'unknown' ? [] : state.admittedTicketIds;
  const tickets = await Promise.all(admitted.map((ticketId) => currentTicket(ports, ticketId)));
  return tickets.some((ticket) => isRequested(ticket) && ticket.restriction !== undefined);
};

export const requestErasure =
  (ports: Ports) =>
  async (identity: RequestIdentity): Promise<ErasurePreview | Refusal> => {
    const state = await currentRequest(ports, identity);
    if (state.status === 'unknown') return refuse('request-not-found');
    const restricted = await hasRestrictedTicket(ports, state);
    const decision = eraseRequest({ reason: someReason, restricted, at: ports.clock.now() }, state);
    const name = await ports.personalData.open(state.applicantName);
    return {
      subject: 'request',
      request: { number: state.number, filedOn: state.filedOn },
      erased: state.erased,
      tickets: state.admittedTicketIds,
      outside: [infocet],
      ...defined({ name }),
      ...(isRefusal(decision) ? { refused: decision } : {}),
    };
  };
