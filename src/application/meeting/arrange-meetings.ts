import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { plusMinutes } from '../../domain/time/civil-time';
import { arrangeMeeting, askForLink, askToRemove, removeMeeting } from './meeting-effects';
import type { MeetingTodo } from './meeting-todo';
import { dueAfter } from '../kernel/processes/process';
import { causedBy, type TicketEvent, ticketProcess } from '../kernel/processes/ticket-process';
import { needsOf } from '../../domain/ticket/facts';

const withoutDue = ({ dueAt: _, countedFrom: __, ...todo }: MeetingTodo): MeetingTodo => todo;

const placed = (todo: MeetingTodo | undefined, event: TicketEvent, invitationDueAt: Instant | undefined): MeetingTodo | undefined => {
  const { fact } = event;
  if (!('holdId' in fact.data && 'staffId' in fact.data && 'mode' in fact.data)) return todo;
  const { mode, holdId, staffId } = fact.data;
  if (!needsOf(mode).link) return todo && noLongerWanted({ ...todo, holdId }, event);
  return {
    ...causedBy(event),
    ...dueAfter(event),
    step: 'arrange',
    holdId,
    staffId,
    ...defined({ invitationDueAt }),
    ...(todo?.made === undefined ? {} : { made: todo.made }),
    ...(todo?.unsure === undefined ? {} : { unsure: todo.unsure }),
  };
};

const withLink = (todo: MeetingTodo, event: TicketEvent): MeetingTodo => {
  if (event.fact.type !== 'MeetingLinkAttached') return todo;
  const { meetingId } = event.fact.data;
  if (event.actor.kind !== 'system') return withoutDue(todo.dueAt === undefined ? todo : { ...todo, unsure: true });
  return withoutDue(meetingId === undefined ? todo : { ...todo, made: { meetingId, staffId: todo.staffId } });
};

/** Where the machine makes no meetings, or Webex wants none, a person is asked at once; later, only after the machine has tried. */
const askedAtOnceMinutes = 5;

/** A person was asked, and the machine waits for another fact. What it tried may have worked all the same. */
const asked = (todo: MeetingTodo, { recordedAt }: TicketEvent): MeetingTodo => {
  const { dueAt } = todo;
  const hasTried = dueAt !== undefined && todo.step === 'arrange' && recordedAt > plusMinutes(dueAt, askedAtOnceMinutes);
  return withoutDue(hasTried ? { ...todo, unsure: true } : todo);
};

/** Before this the service may not yet show what it was asked to make, whether it is being asked still or the answer was lost. */
const findableAfterSeconds = 60;

/**
 * A meeting that the service made, or is about to make, must be removed, so that no citizen waits in it. One that a person made is theirs
 * to remove.
 */
const noLongerWanted = (todo: MeetingTodo, event: TicketEvent): MeetingTodo | undefined => {
  const { made, unsure, dueAt } = todo;
  const mayBeThere = made !== undefined || unsure === true || dueAt !== undefined;
  const due = dueAfter(event, made === undefined ? findableAfterSeconds : 0);
  return mayBeThere ? { ...todo, ...causedBy(event), ...due, step: 'remove' } : undefined;
};

const evolve = (todo: MeetingTodo | undefined, event: TicketEvent): MeetingTodo | undefined => {
  const { fact } = event;
  switch (fact.type) {
    case 'Scheduled':
    case 'Rescheduled':
    case 'ModeChanged':
      return placed(todo, event, fact.data.invitationDueAt);
    case 'Reassigned':
      // Another person, another meeting; the hour, and so the invitation's, stays.
      return todo && placed(todo, event, todo.invitationDueAt);
    case 'MeetingLinkAttached':
      return todo && withLink(todo, event);
    case 'TaskRaised': {
      const { kind, subjectId } = fact.data;
      const isOurs = kind === 'create-meeting' || kind === 'remove-meeting';
      return todo && isOurs && subjectId === todo.holdId ? asked(todo, event) : todo;
    }
    case 'StaffAbsent':
      // The hour has passed; a new one moves the same meeting.
      return todo && withoutDue(todo);
    case 'Cancelled':
      return todo && noLongerWanted(todo, event);
    case 'MeetingRemoved':
    case 'Held':
    case 'CitizenAbsent':
    case 'Lapsed':
      return undefined;
    default:
      return todo;
  }
};

/**
 * Art. 5: creates the online meeting, moves it with the ticket and removes it with the ticket; or asks the civil servant to create it
 * and to paste the link.
 */
export const meetingsProcess = ticketProcess<MeetingTodo>({
  name: 'process-meetings',
  version: 4,
  attempts: 6,
  evolve,
  perform: (ports, work) => (work.todo.step === 'remove' ? removeMeeting(ports, work) : arrangeMeeting(ports, work)),
  giveUp: (ports, work) => (work.todo.step === 'remove' ? askToRemove(ports, work) : askForLink(ports, work)),
});
