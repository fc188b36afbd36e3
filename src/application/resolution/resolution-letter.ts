import { defined } from '@tichet-albastru/kernel/defined';
import { maySendResolution, noteResolutionBounced, noteResolutionSent } from '../../domain/ticket/resolution';
import type { AmendmentState } from '../../domain/ticket/ticket';
import type { AmendmentInLetter } from '../kernel/ports/correspondence';
import type { Ports } from '../kernel/ports/ports';
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
 * The resolution goes once it is written and the meeting is over, in either order. `givenUp`: an official was asked to see to it, so that a
 * hand-over settles it. `another`: not the first letter, so that later news about an earlier letter does not settle it.
 */
export type ResolutionTodo = TicketTodo & {
  readonly held: boolean;
  readonly issued: boolean;
  readonly givenUp?: true;
  readonly another?: true;
};

/**
 * Another letter, at once: the one before came back, and an official asked for it; the resolution was amended; or it has not reached the
 * citizen, and goes to the address that holds from here on, also when the letter to the address before still arrives.
 */
const anotherLetter = (event: TicketEvent): ResolutionTodo | undefined => {
  const { fact } = event;
  const isOwed =
    fact.type === 'ContactCorrected'
      ? fact.data.held === true && fact.data.issued === true
      : fact.type === 'ResolutionToBeSentAgain' || fact.type === 'ResolutionAmended';
  return isOwed ? { ...causedBy(event), ...dueAfter(event), held: true, issued: true, another: true } : undefined;
};

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
    case 'ResolutionAmended':
    case 'ResolutionToBeSentAgain':
      return anotherLetter(event);
    case 'ContactCorrected': {
      const { held = todo.held, issued = todo.issued } = fact.data;
      return anotherLetter(event) ?? { ...todo, held, issued };
    }
    case 'ResolutionSent':
    case 'ResolutionBounced':
      return todo.another && fact.data.letterId !== letterIdOf(todo) ? todo : undefined;
    case 'Cancelled':
    case 'CitizenAbsent':
    case 'Lapsed':
    case 'PersonalDataErased':
      return undefined;
    default:
      return todo;
  }
};

/** An amendment as the letter tells it. */
const amendmentOf = async (ports: Pick<Ports, 'personalData'>, { amended, filed }: AmendmentState): Promise<AmendmentInLetter> => {
  const { amendment, form, amendedAt, conclusions, reason, documentNumber } = amended;
  const texts = await opened(ports, { conclusions, reason });
  return { amendment, form, amendedAt, ...texts, ...defined({ documentNumber: filed?.documentNumber ?? documentNumber }) };
};

/** Art. 7, A18: the conclusions, by e-mail to the verified address, after the end of the meeting. */
export const resolutionLetters = letterProcess<ResolutionTodo>({
  kind: 'resolution',
  version: 5,
  begin: (event) => ({ ...causedBy(event), held: false, issued: false }),
  evolve,
  resume: anotherLetter,
  perform: async (ports, work) => {
    const { todo, ticket, at } = work;
    const { issued, filed, amendments } = ticket.resolution;
    if (!maySendResolution(ticket) || issued === undefined) return;
    const head = await letterHead(ports, work, amendments.at(-1)?.amended.amendedAt ?? issued.issuedAt);
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
        amendments: await Promise.all(amendments.map((one) => amendmentOf(ports, one))),
      },
      at,
    );
    const letterId = letterIdOf(todo);
    const held = amendments.length === 0 ? undefined : amendments.length;
    const calendar = await currentCalendar(ports);
    await noteOutcome(ports, work, 'resolution', (state) =>
      delivery.kind === 'accepted'
        ? noteResolutionSent({ letterId, toVerifiedAddress: true, acceptedAt: at, ...defined({ amendments: held }) }, state)
        : noteResolutionBounced({ letterId, grade: 'observed', at, policies: ports.policies, calendar }, state),
    );
  },
});
