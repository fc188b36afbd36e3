import { defined } from '../../../domain/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import { notifyCitizen } from '../../../domain/ticket/changes';
import { letterAttempts, letterWaits } from '../../kernel/processes/process';
import {
  askToSend,
  causedBy,
  letterHead,
  letterIdOf,
  meetingDetails,
  noteOutcome,
  send,
  type TicketEvent,
  ticketProcess,
  type TicketTodo,
} from '../../kernel/processes/ticket-process';

/** `latest`: when the meeting would have begun; whoever has no letter by then must have been phoned. */
type CancellationTodo = TicketTodo & { readonly latest?: Instant };

const evolve = (todo: CancellationTodo | undefined, event: TicketEvent): CancellationTodo | undefined => {
  const { fact, recordedAt } = event;
  if (fact.type === 'Requested') return fact.data.contact.email === undefined ? undefined : causedBy(event);
  if (todo === undefined) return undefined;
  switch (fact.type) {
    case 'Cancelled':
      return { ...causedBy(event), dueAt: recordedAt, latest: fact.data.slot.startsAt };
    case 'CitizenNotified':
      return fact.data.letterId === letterIdOf(todo) ? undefined : todo;
    case 'Held':
    case 'CitizenAbsent':
    case 'Lapsed':
    case 'PersonalDataErased':
      return undefined;
    default:
      return todo;
  }
};

/** A19, Art. 8: the letter that withdraws the meeting, and its calendar entry. */
export const cancellationLetters = ticketProcess<CancellationTodo>({
  name: 'process-cancellation-letters',
  version: 2,
  attempts: letterAttempts,
  waits: letterWaits,
  uselessAfter: ({ latest }) => latest,
  evolve,
  perform: async (ports, work) => {
    const { todo, cause, at } = work;
    const head = await letterHead(ports, work, todo.dueAt ?? at);
    if (head === undefined || cause.type !== 'Cancelled') return;
    const { by, reason, reasonText: sealed } = cause.data;
    const reasonText = sealed && (await ports.personalData.open(sealed));
    const details = await meetingDetails(ports, work);
    const delivery = await send(
      ports,
      {
        ...head,
        ...details,
        kind: 'cancellation',
        by,
        ...defined({ reason, reasonText }),
      },
      at,
    );
    const outcome = delivery.kind === 'accepted' ? 'accepted' : 'bounced';
    const notice = { about: 'cancelled', channel: 'email', outcome, notifiedAt: at, at, letterId: letterIdOf(todo) } as const;
    await noteOutcome(ports, work, 'notice', (state) => notifyCitizen(notice, state));
  },
  giveUp: askToSend('cancellation'),
});
