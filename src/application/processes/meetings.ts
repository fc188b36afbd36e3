import { nothing } from '../../domain/kernel/decider';
import type { Instant } from '../../domain/kernel/instant';
import { personal } from '../../domain/kernel/personal-text';
import { attachMeetingLink } from '../../domain/ticket/attach-meeting-link';
import { isStanding } from '../../domain/ticket/state';
import type { Ports } from '../ports/ports';
import { raiseTaskOn } from './raise-task-on';
import { causedBy, noteOutcome, ticketProcess, type TicketEvent, type TicketTodo, type TicketWork } from './ticket-process';

/** An online meeting that has no link for the place where it stands. */
export type MeetingTodo = TicketTodo & { readonly holdId: string; readonly invitationDueAt?: Instant };

const withoutDue = ({ dueAt: _, ...todo }: MeetingTodo): MeetingTodo => todo;

const evolve = (todo: MeetingTodo | undefined, event: TicketEvent): MeetingTodo | undefined => {
  const { fact, recordedAt } = event;
  switch (fact.type) {
    case 'Scheduled':
    case 'Rescheduled': {
      const { mode, holdId, invitationDueAt } = fact.data;
      if (mode !== 'online') return undefined;
      return { ...causedBy(event), dueAt: recordedAt, holdId, ...(invitationDueAt === undefined ? {} : { invitationDueAt }) };
    }
    case 'Reassigned':
      // Another person, another meeting; the hour, and so the invitation's, stays.
      return todo && { ...todo, ...causedBy(event), dueAt: recordedAt, holdId: fact.data.holdId };
    case 'MeetingLinkAttached':
      return todo && withoutDue(todo);
    case 'TaskRaised':
      return todo && fact.data.kind === 'create-meeting' && fact.data.subjectId === todo.holdId ? withoutDue(todo) : todo;
    case 'Cancelled':
    case 'Held':
    case 'CitizenAbsent':
    case 'StaffAbsent':
    case 'Lapsed':
      return undefined;
    default:
      return todo;
  }
};

const askPerson = async (ports: Ports, work: TicketWork<MeetingTodo>): Promise<void> => {
  const { holdId, invitationDueAt } = work.todo;
  const { staffId } = work.ticket.booking;
  await raiseTaskOn(ports, work, {
    kind: 'create-meeting',
    staffId,
    subjectId: holdId,
    ...(invitationDueAt === undefined ? {} : { dueAt: invitationDueAt }),
  });
};

/** Art. 5: creates the online meeting, or asks the civil servant to create it and to paste the link. */
export const meetingsProcess = ticketProcess<MeetingTodo>({
  name: 'process-meetings',
  version: 1,
  attempts: 6,
  evolve,
  perform: async (ports, work) => {
    const { ticket, ticketId, at } = work;
    if (!isStanding(ticket)) return;
    const { slot } = ticket.booking;
    const created = await ports.video.create({ ticketId, reference: ticket.reference, slot });
    if (created === undefined) {
      await askPerson(ports, work);
      return;
    }
    const { joinUrl, meetingId } = created;
    await noteOutcome(ports, work, 'attach', (state) =>
      state.status === 'scheduled'
        ? attachMeetingLink({ joinUrl: personal('contact', joinUrl), meetingId, sameLink: false, slot, at }, state)
        : nothing(),
    );
  },
  giveUp: askPerson,
});
