import { defined } from '../../domain/kernel/defined';
import { maySendResolution, noteResolutionBounced, noteResolutionSent } from '../../domain/ticket/resolution';
import { currentCalendar } from '../kernel/streams';
import { letterAttempts, letterWaits } from '../kernel/processes/process';
import {
  askToSend,
  causedBy,
  letterHead,
  letterIdOf,
  meetWithOf,
  noteOutcome,
  send,
  type TicketEvent,
  ticketProcess,
  type TicketTodo,
} from '../kernel/processes/ticket-process';

/**
 * The resolution goes once it is written and the meeting is over, in whatever order the two came.
 * `givenUp`: a person was asked to see to it, so that a hand-over settles it.
 */
export type ResolutionTodo = TicketTodo & { readonly held: boolean; readonly issued: boolean; readonly givenUp?: true };

const evolve = (todo: ResolutionTodo | undefined, event: TicketEvent): ResolutionTodo | undefined => {
  const { fact, recordedAt } = event;
  if (fact.type === 'Requested') {
    return fact.data.contact.email === undefined ? undefined : { ...causedBy(event), held: false, issued: false };
  }
  if (todo === undefined) return undefined;
  switch (fact.type) {
    case 'Held':
      return { ...causedBy(event), held: true, issued: todo.issued, ...(todo.issued ? { dueAt: recordedAt } : {}) };
    case 'ResolutionIssued':
      return { ...causedBy(event), held: todo.held, issued: true, ...(todo.held ? { dueAt: recordedAt } : {}) };
    case 'TaskRaised':
      return fact.data.kind === 'send-letter' && fact.data.subjectId === letterIdOf(todo) ? { ...todo, givenUp: true } : todo;
    case 'ResolutionHandedOver':
      // Art. 7: a paper beside it does not stand for the e-mail, unless the e-mail cannot go (A11).
      return todo.givenUp ? undefined : todo;
    case 'ResolutionSent':
    case 'ResolutionBounced':
    case 'Cancelled':
    case 'CitizenAbsent':
    case 'Lapsed':
    case 'PersonalDataErased':
      return undefined;
    default:
      return todo;
  }
};

/** Art. 7, A18: the conclusions, by e-mail to the verified address, after the end of the meeting. */
export const resolutionLetters = ticketProcess<ResolutionTodo>({
  name: 'process-resolution-letters',
  version: 2,
  attempts: letterAttempts,
  waits: letterWaits,
  evolve,
  perform: async (ports, work) => {
    const { todo, ticket, at } = work;
    const { issued, filed } = ticket.resolution;
    if (!maySendResolution(ticket) || issued === undefined) return;
    const head = await letterHead(ports, work, issued.issuedAt);
    const conclusions = await ports.personalData.open(issued.conclusions);
    if (head === undefined || conclusions === undefined) return;
    const { request, slot, staffId } = ticket.booking;
    const documentNumber = filed?.documentNumber ?? issued.documentNumber;
    const delivery = await send(
      ports,
      {
        ...head,
        kind: 'resolution',
        conclusions,
        requestNumber: request.number,
        filedOn: request.filedOn,
        meetWith: await meetWithOf(ports, staffId),
        slot,
        ...defined({ documentNumber }),
      },
      at,
    );
    const letterId = letterIdOf(todo);
    const calendar = await currentCalendar(ports);
    await noteOutcome(ports, work, 'resolution', (state) =>
      delivery.kind === 'accepted'
        ? noteResolutionSent({ letterId, toVerifiedAddress: true, acceptedAt: at }, state)
        : noteResolutionBounced({ letterId, at, policies: ports.policies, calendar }, state),
    );
  },
  giveUp: askToSend('resolution'),
});
