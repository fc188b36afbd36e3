import { defined } from '../../domain/kernel/defined';
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
 * The resolution goes once it is written and the meeting is over, in whatever order the two came.
 * `givenUp`: a person was asked to see to it, so that a hand-over settles it. `amended`: the letter is to hold an amendment, so that no
 * letter but this one settles it.
 */
export type ResolutionTodo = TicketTodo & {
  readonly held: boolean;
  readonly issued: boolean;
  readonly givenUp?: true;
  readonly amended?: true;
};

/** Another letter, at once. */
const anew = (event: TicketEvent) => ({ ...causedBy(event), ...dueAfter(event) });

/** The letter came back, and a person asked for another one; or the resolution was amended. */
const anotherLetter = (event: TicketEvent): ResolutionTodo | undefined => {
  const { type } = event.fact;
  if (type !== 'ResolutionToBeSentAgain' && type !== 'ResolutionAmended') return undefined;
  return { ...anew(event), held: true, issued: true, ...(type === 'ResolutionAmended' ? { amended: true } : {}) };
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
    // What has not reached the citizen goes to the address that holds from here on, whatever became of the letter to the one before.
    case 'ContactCorrected': {
      const { held = todo.held, issued = todo.issued } = fact.data;
      const isOwed = fact.data.held === true && fact.data.issued === true;
      return { ...todo, held, issued, ...(isOwed ? anew(event) : {}) };
    }
    case 'ResolutionSent':
    case 'ResolutionBounced':
      return todo.amended && fact.data.letterId !== letterIdOf(todo) ? todo : undefined;
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
