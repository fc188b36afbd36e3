import { defined } from '../../domain/kernel/defined';
import { maySendResolution, noteResolutionBounced, noteResolutionSent } from '../../domain/ticket/resolution';
import { currentCalendar } from '../kernel/streams';
import { opened } from '../kernel/typed-values';
import { dueAfter } from '../kernel/processes/process';
import {
  causedBy,
  letterHead,
  letterIdOf,
  letterProcess,
  meetWithOf,
  noteOutcome,
  send,
  type TicketEvent,
  type TicketTodo,
} from '../kernel/processes/ticket-process';

/**
 * The resolution goes once it is written and the meeting is over, in whatever order the two came.
 * `givenUp`: a person was asked to see to it, so that a hand-over settles it.
 */
export type ResolutionTodo = TicketTodo & { readonly held: boolean; readonly issued: boolean; readonly givenUp?: true };

const evolve = (todo: ResolutionTodo, event: TicketEvent): ResolutionTodo | undefined => {
  const { fact } = event;
  switch (fact.type) {
    case 'Held':
      return { ...causedBy(event), held: true, issued: todo.issued, ...(todo.issued ? dueAfter(event) : {}) };
    case 'ResolutionIssued':
      return { ...causedBy(event), held: todo.held, issued: true, ...(todo.held ? dueAfter(event) : {}) };
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

/** The letter came back, and a person asked for another one. */
const askedAgain = (event: TicketEvent): ResolutionTodo | undefined =>
  event.fact.type === 'ResolutionToBeSentAgain' ? { ...causedBy(event), held: true, issued: true, ...dueAfter(event) } : undefined;

/** Art. 7, A18: the conclusions, by e-mail to the verified address, after the end of the meeting. */
export const resolutionLetters = letterProcess<ResolutionTodo>({
  kind: 'resolution',
  version: 3,
  begin: (event) => ({ ...causedBy(event), held: false, issued: false }),
  evolve,
  resume: askedAgain,
  perform: async (ports, work) => {
    const { todo, ticket, at } = work;
    const { issued, filed } = ticket.resolution;
    if (!maySendResolution(ticket) || issued === undefined) return;
    const head = await letterHead(ports, work, issued.issuedAt);
    // one key seals them all
    if (head === undefined || (await ports.personalData.open(issued.conclusions)) === undefined) return;
    const { issuedBy: _, issuedAt: __, ...written } = await opened(ports, issued);
    const { request, slot, staffId } = ticket.booking;
    const delivery = await send(
      ports,
      {
        ...head,
        kind: 'resolution',
        ...written,
        ...defined({ documentNumber: filed?.documentNumber }),
        requestNumber: request.number,
        filedOn: request.filedOn,
        meetWith: await meetWithOf(ports, staffId),
        slot,
      },
      at,
    );
    const letterId = letterIdOf(todo);
    const calendar = await currentCalendar(ports);
    await noteOutcome(ports, work, 'resolution', (state) =>
      delivery.kind === 'accepted'
        ? noteResolutionSent({ letterId, toVerifiedAddress: true, acceptedAt: at }, state)
        : noteResolutionBounced({ letterId, grade: 'observed', at, policies: ports.policies, calendar }, state),
    );
  },
});
