import type { Slot } from '../../../domain/time/slot';
import { noteInvitationBounced, noteInvitationSent } from '../../../domain/ticket/note-invitation';
import type { TicketState } from '../../../domain/ticket/state';
import { currentCalendar } from '../../load';
import type { Delivery } from '../../ports/mailer';
import type { Ports } from '../../ports/ports';
import { causedBy, noteOutcome, ticketProcess, type TicketEvent, type TicketTodo, type TicketWork } from '../ticket-process';
import { askToSend, letterHead, letterIdOf, meetingDetails, send } from './letter';

const withoutDue = ({ dueAt: _, ...todo }: TicketTodo): TicketTodo => todo;

const evolve = (todo: TicketTodo | undefined, event: TicketEvent): TicketTodo | undefined => {
  const { fact, recordedAt } = event;
  if (fact.type === 'Requested') return fact.data.contact.email === undefined ? undefined : causedBy(event);
  if (todo === undefined) return undefined;
  switch (fact.type) {
    case 'Scheduled':
    case 'MeetingLinkAttached':
      return { ...causedBy(event), dueAt: recordedAt };
    case 'Rescheduled':
    case 'Reassigned':
    case 'StaffAbsent':
      // The letter about the change carries the new entry; the link of the new meeting asks for an invitation again.
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
export const invitationLetters = ticketProcess({
  name: 'process-invitation-letters',
  version: 1,
  attempts: 8,
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
