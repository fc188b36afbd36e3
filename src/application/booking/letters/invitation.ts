import type { Instant } from '../../../domain/kernel/fact';
import type { Slot } from '../../../domain/time/slot';
import { noteInvitationBounced, noteInvitationSent } from '../../../domain/ticket/meeting';
import type { TicketState } from '../../../domain/ticket/state';
import { currentCalendar } from '../../kernel/streams';
import type { Delivery } from '../../kernel/ports/mailer';
import type { Ports } from '../../kernel/ports/ports';
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
  type TicketWork,
} from '../../kernel/processes/ticket-process';

/** `latest`: when whoever has no invitation by then must have been phoned: the hour of the link (C11), or else of the meeting. */
type InvitationTodo = TicketTodo & { readonly latest?: Instant };

const withoutDue = ({ dueAt: _, ...todo }: InvitationTodo): InvitationTodo => todo;

const evolve = (todo: InvitationTodo | undefined, event: TicketEvent): InvitationTodo | undefined => {
  const { fact, recordedAt } = event;
  if (fact.type === 'Requested') return fact.data.contact.email === undefined ? undefined : causedBy(event);
  if (todo === undefined) return undefined;
  switch (fact.type) {
    case 'Scheduled':
      return { ...causedBy(event), dueAt: recordedAt, latest: fact.data.invitationDueAt ?? fact.data.slot.startsAt };
    case 'MeetingLinkAttached': {
      const { latest } = todo;
      const inTime = latest !== undefined && recordedAt < latest;
      return { ...causedBy(event), dueAt: recordedAt, latest: inTime ? latest : fact.data.slot.startsAt };
    }
    // The letter about the change carries the new entry; the link of the new meeting asks for an invitation again.
    case 'Rescheduled':
      return { ...withoutDue(todo), latest: fact.data.invitationDueAt ?? fact.data.slot.startsAt };
    case 'Reassigned':
    case 'StaffAbsent':
      return withoutDue(todo);
    case 'InvitationSent':
    case 'InvitationBounced':
      return fact.data.letterId === letterIdOf(todo) ? withoutDue(todo) : todo;
    case 'MeetingStarted':
    case 'Held':
    case 'CitizenAbsent':
    case 'Cancelled':
    case 'Lapsed':
    case 'PersonalDataErased':
      return undefined;
    default:
      return todo;
  }
};

/** What became of a letter with the calendar entry, as a fact. */
export const invitationOutcome = async (
  ports: Ports,
  { todo, at }: TicketWork<TicketTodo>,
  delivery: Delivery,
  entry: { readonly slot: Slot; readonly sequence: number; readonly withLink: boolean },
) => {
  const letterId = letterIdOf(todo);
  const calendar = await currentCalendar(ports);
  return (state: TicketState) =>
    delivery.kind === 'accepted'
      ? noteInvitationSent({ letterId, ...entry, acceptedAt: at }, state)
      : noteInvitationBounced({ letterId, at, policies: ports.policies, calendar }, state);
};

/** Art. 3 e, 5: the invitation with its calendar entry at `Scheduled`, and again under a higher number once the link is there. */
export const invitationLetters = ticketProcess<InvitationTodo>({
  name: 'process-invitation-letters',
  version: 2,
  attempts: letterAttempts,
  waits: letterWaits,
  uselessAfter: ({ latest }) => latest,
  evolve,
  perform: async (ports, work) => {
    const { todo, at } = work;
    const details = await meetingDetails(ports, work);
    const head = at < details.slot.endsAt ? await letterHead(ports, work, todo.dueAt ?? at) : undefined;
    if (head === undefined) return;
    const delivery = await send(ports, { ...head, ...details, kind: 'invitation' }, at);
    const { slot, sequence, joinUrl } = details;
    const outcome = await invitationOutcome(ports, work, delivery, { slot, sequence, withLink: joinUrl !== undefined });
    await noteOutcome(ports, work, 'invitation', outcome);
  },
  giveUp: askToSend('invitation'),
});
