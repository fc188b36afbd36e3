import { isRefusal } from '../../domain/kernel/refusal';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { countsAsTold, notifyCitizen } from '../../domain/ticket/changes';
import type { NoticeSubject, TicketFact } from '../../domain/ticket/facts';
import { nightEndsAt } from '../../domain/ticket/reminders';
import { plusHours } from '../../domain/time/civil-time';
import { commandOf } from '../kernel/execute';
import { unlessContended } from '@tichet-albastru/event-log/execute/execute';
import { AskedToWait } from '../kernel/ports/asked-to-wait';
import type { Ports } from '../kernel/ports/ports';
import type { TextReport } from '../kernel/ports/text-messages';
import { dueAfter, letterAttempts, letterWaits } from '../kernel/processes/process';
import { causedBy, letterIdOf, type TicketEvent, ticketProcess, type TicketTodo } from '../kernel/processes/ticket-process';
import { tickets } from '../kernel/streams';
import { decideOnTicket } from './on-ticket';
import { textFor } from './send-text';

/**
 * A change by staff that the citizen was not told of yet. `latest`: afterwards a text message comes too late. `until`: afterwards the
 * process no longer looks at it, also when no report of its outcome has come. `isLast`: the citizen gave an address since; letters tell of
 * what comes next.
 */
type TextTodo = TicketTodo & { readonly latest?: Instant; readonly until?: Instant; readonly isLast?: true };

/** Longer than the last attempt may take. */
const hoursLookedAt = 48;

/** What Art. 8 has the citizen told of. */
const subjectOf = (fact: TicketFact): NoticeSubject | undefined => {
  switch (fact.type) {
    case 'Rescheduled':
      return fact.data.by === 'staff' ? 'rescheduled' : undefined;
    case 'Cancelled':
      return fact.data.by === 'staff' ? 'cancelled' : undefined;
    case 'ModeChanged':
      return fact.data.by === 'staff' ? 'mode-changed' : undefined;
    case 'Reassigned':
      return 'reassigned';
    case 'StaffAbsent':
      return 'staff-absent';
    default:
      return undefined;
  }
};

const evolve = (todo: TextTodo | undefined, event: TicketEvent): TextTodo | undefined => {
  const { fact } = event;
  if (fact.type === 'Requested') {
    const { phone, email } = fact.data.contact;
    return phone !== undefined && email === undefined ? causedBy(event) : undefined;
  }
  if (fact.type === 'ContactCorrected') {
    // a number that is given later is written to where there is no address
    if (fact.data.email === undefined) return todo ?? causedBy(event);
    // of a change from before there was an address no letter goes: it is told to the number still
    return todo?.dueAt === undefined ? undefined : { ...todo, isLast: true };
  }
  if (todo === undefined) return undefined;
  const next = afterNext(todo, event);
  return todo.isLast && next !== todo ? undefined : next;
};

const afterNext = (todo: TextTodo, event: TicketEvent): TextTodo | undefined => {
  const { fact } = event;
  if (subjectOf(fact) !== undefined) {
    // an hour that has passed is told of all the same, as long as a person has not
    const latest = fact.type === 'StaffAbsent' || !('slot' in fact.data) ? {} : { latest: fact.data.slot.startsAt };
    return { ...causedBy(event), ...dueAfter(event), until: plusHours(event.recordedAt, hoursLookedAt), ...latest };
  }
  switch (fact.type) {
    case 'CitizenNotified':
      // a report of an earlier message says nothing of this change
      return countsAsTold(fact.data.outcome) && (fact.data.letterId === undefined || fact.data.letterId === todo.causeId)
        ? causedBy(event)
        : todo;
    case 'Rescheduled':
    case 'ModeChanged':
    case 'MeetingStarted':
      return causedBy(event);
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

/**
 * Art. 8, "by phone or e-mail": a text message to a citizen who gave a mobile number and no e-mail. That the gateway has taken it does not
 * mean that the citizen knows: an official has the duty to tell until the network reports that the message was delivered.
 */
export const textMessages = ticketProcess<TextTodo>({
  name: 'process-text-messages',
  version: 2,
  attempts: letterAttempts,
  waits: letterWaits,
  uselessAfter: ({ latest }) => latest,
  columns: { until: 'text' },
  indexes: [['until']],
  among: (at) => [{ column: 'until', from: at }],
  evolve,
  perform: async (ports, { todo, ticket, ticketId, cause, at }) => {
    const about = subjectOf(cause);
    if (about === undefined) return;
    const text = await textFor(ports, {
      ticketId,
      ticket,
      messageId: letterIdOf(todo),
      about,
      at,
      ...defined({ alsoWithEmail: todo.isLast }),
    });
    // what is noted to be the gateway’s does not leave again; between its answer and the note a process that ends leaves nothing to know it by
    if (text === undefined || (text.earlier !== undefined && text.earlier.state !== 'failed')) return;
    const morning = nightEndsAt(ports.policies, at);
    if (morning !== undefined && (todo.latest === undefined || morning < todo.latest)) throw new AskedToWait(morning);
    await text.send();
  },
  // an official has to tell a citizen without e-mail from the change on: that task stands, also when the message is given up
  giveUp: () => Promise.resolve(),
});

const source = 'text-messages';

/**
 * What the network says of a message in the end. Delivered, the citizen was told (Art. 8, A21); undelivered, a person is asked to. A report
 * that comes twice, or after the next change, changes nothing. `unknown`: of no message of ours.
 */
export const noteTextReport =
  (ports: Ports) =>
  async (messageId: string, report: TextReport): Promise<'noted' | 'unknown'> => {
    const message = await ports.operations.outbox.get(messageId);
    if (message?.kind !== 'text-message') return 'unknown';
    const { ticketId } = message;
    const { events } = await tickets.of(ports, ticketId).load();
    const changes = events.filter(({ fact }) => subjectOf(fact) !== undefined);
    const cause = changes.find(({ id }) => id === messageId);
    const about = cause && subjectOf(cause.fact);
    const settle = async (): Promise<'noted'> => {
      if (report === 'undelivered') await ports.operations.outbox.note({ ...message, state: 'bounced' });
      ports.logger.info('text-message.reported', { letterId: messageId, kind: report });
      return 'noted';
    };
    if (about === undefined) {
      // of a reminder nothing follows: what it says has been said before
      const reminded = events.some(({ fact }) => fact.type === 'ReminderSent' && fact.data.letterId === messageId);
      return reminded ? settle() : 'unknown';
    }
    // what has changed since was not in this message: its report does not say that the citizen knows of that
    if (changes.at(-1)?.id !== messageId) return settle();
    const context = commandOf({ kind: 'provider', name: source }, ports.identifiers.derive(source, messageId, report), ports.clock.now());
    const { at } = context;
    const outcome = report === 'delivered' ? 'accepted' : 'bounced';
    const notice = { about, channel: 'text-message', outcome, notifiedAt: at, grade: 'observed', at, letterId: messageId } as const;
    const noted = await decideOnTicket(ports, context, { ticketId, step: 'notice', decide: (state) => notifyCitizen(notice, state) });
    if (isRefusal(unlessContended(noted))) return 'unknown';
    return settle();
  };
