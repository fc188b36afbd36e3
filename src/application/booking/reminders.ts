import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import type { ReminderLeftOut } from '../../domain/ticket/facts';
import { noteReminderLeftOut, noteReminderSent, reminderDue, type ReminderPlan, remindersAfter } from '../../domain/ticket/reminders';
import type { Ports } from '../kernel/ports/ports';
import type { Waits } from '../kernel/processes/process';
import {
  causedBy,
  letterHeadOf,
  meetingDetails,
  noteOutcome,
  send,
  type TicketEvent,
  ticketProcess,
  type TicketTodo,
  type TicketWork,
} from '../kernel/processes/ticket-process';
import { textFor } from './send-text';

/** Due when the next reminder is. */
type ReminderTodo = TicketTodo & { readonly plan: ReminderPlan };

/** The shortest is of use for half an hour or more: the mail server is asked again while it is. */
const reminderWaits: Waits = { seconds: [60, 300, 600], jitterPercent: 10 };

const evolve = (todo: ReminderTodo | undefined, event: TicketEvent): ReminderTodo | undefined => {
  const plan = remindersAfter(todo?.plan, { fact: event.fact, at: event.recordedAt });
  if (plan === undefined || plan === todo?.plan) return plan && todo;
  return { ...causedBy(event), ...defined({ dueAt: plan.open[0]?.dueAt }), plan };
};

const leaveOut = async (
  ports: Ports,
  work: TicketWork<ReminderTodo>,
  hoursBefore: number,
  cause: ReminderLeftOut['data']['cause'],
): Promise<void> => {
  const { slot } = work.todo.plan;
  if (slot === undefined) return;
  await noteOutcome(ports, work, `left out ${String(hoursBefore)}`, (state) =>
    noteReminderLeftOut({ hoursBefore, slot, cause, leftOutAt: work.at }, state),
  );
};

type Due = NonNullable<ReturnType<typeof reminderDue>>;

/** `undefined`: there is no citizen to write to any more. */
const sendLetter = async (ports: Ports, work: TicketWork<ReminderTodo>, letterId: string, issuedAt: Instant) => {
  const { ticket, ticketId, at } = work;
  const head = await letterHeadOf(ports, { ticket, ticketId, letterId, issuedAt });
  return head && send(ports, { ...head, ...(await meetingDetails(ports, work)), kind: 'reminder' }, at);
};

/** `undefined`: no text messages are sent here, or none reaches that number. One that the gateway would not take is not tried again. */
const sendMessage = async (ports: Ports, { ticket, ticketId, at }: TicketWork<ReminderTodo>, messageId: string) => {
  const text = await textFor(ports, { ticketId, ticket, messageId, about: 'reminder', at });
  return text?.earlier?.state === 'bounced' ? ({ kind: 'refused' } as const) : text?.send();
};

/** One that left a moment before the process ended is known to the outbox, and does not leave again. */
const settle = async (ports: Ports, work: TicketWork<ReminderTodo>, { kind, reminder: { hoursBefore, dueAt } }: Due): Promise<void> => {
  const { ticket, ticketId, at } = work;
  const { slot } = ticket.booking;
  const letterId = ports.identifiers.derive('reminder', ticketId, slot.startsAt, String(hoursBefore));
  const { channel } = work.todo.plan;
  const noteSent = (acceptedAt: Instant): Promise<void> =>
    noteOutcome(ports, work, `sent ${String(hoursBefore)}`, (state) =>
      noteReminderSent({ letterId, hoursBefore, slot, acceptedAt, ...defined({ channel }) }, state),
    );
  const earlier = await ports.operations.outbox.get(letterId);
  if (earlier?.state === 'accepted') return noteSent(earlier.at);
  // no article asks for it, so that it is no use for which their data are still there
  if (ticket.restriction !== undefined) return leaveOut(ports, work, hoursBefore, 'restricted');
  if (kind === 'too-late') return leaveOut(ports, work, hoursBefore, earlier === undefined ? 'too-late' : 'undelivered');
  const delivery = await (channel === undefined ? sendLetter(ports, work, letterId, dueAt) : sendMessage(ports, work, letterId));
  if (delivery === undefined) return;
  await (delivery.kind === 'accepted' ? noteSent(at) : leaveOut(ports, work, hoursBefore, 'refused'));
};

/**
 * The letters and text messages that remind of a meeting. One that does not leave makes no task: what the citizen has to know was said
 * before.
 */
export const reminderLetters = ticketProcess<ReminderTodo>({
  name: 'process-reminder-letters',
  version: 3,
  attempts: Number.POSITIVE_INFINITY,
  waits: reminderWaits,
  uselessAfter: ({ plan }) => plan.open[0]?.uselessAt,
  evolve,
  perform: async (ports, work) => {
    const due = reminderDue(work.todo.plan, work.at);
    if (due !== undefined) await settle(ports, work, due);
  },
  giveUp: async (ports, work) => {
    const due = reminderDue(work.todo.plan, work.at);
    if (due !== undefined) await leaveOut(ports, work, due.reminder.hoursBefore, 'undelivered');
  },
});
