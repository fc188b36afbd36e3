import { defined } from '../../../domain/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import type { Slot } from '../../../domain/time/slot';
import type { TicketFact } from '../../../domain/ticket/facts';
import { notifyCitizen } from '../../../domain/ticket/changes';
import type { ChangeLetter, LetterHead, MeetingDetails } from '../../kernel/ports/correspondence';
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
import { invitationOutcome } from './invitation';

/** A change that the citizen was not told of yet. `latest`: when whoever has no letter by then must have been phoned. */
export type ChangeTodo = TicketTodo & { readonly formerSlot?: Slot; readonly latest?: Instant };

type Change = Extract<TicketFact, { type: 'Rescheduled' | 'Reassigned' | 'StaffAbsent' }>;

const silent = ({ key, causeId, correlationId }: ChangeTodo): ChangeTodo => ({ key, causeId, correlationId });

const evolve = (todo: ChangeTodo | undefined, event: TicketEvent): ChangeTodo | undefined => {
  const { fact, recordedAt } = event;
  if (fact.type === 'Requested') return fact.data.contact.email === undefined ? undefined : causedBy(event);
  if (todo === undefined) return undefined;
  switch (fact.type) {
    case 'Rescheduled':
      // Moved again before anybody wrote: the citizen still knows the hour before.
      return {
        ...causedBy(event),
        dueAt: recordedAt,
        formerSlot: todo.formerSlot ?? fact.data.from.slot,
        latest: fact.data.invitationDueAt ?? fact.data.slot.startsAt,
      };
    case 'Reassigned':
      return { ...causedBy(event), dueAt: recordedAt, latest: fact.data.slot.startsAt };
    case 'StaffAbsent':
      return { ...causedBy(event), dueAt: recordedAt };
    case 'InvitationSent':
    case 'InvitationBounced':
    case 'CitizenNotified':
      return fact.data.letterId === letterIdOf(todo) ? silent(todo) : todo;
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

const isChange = (fact: TicketFact): fact is Change =>
  fact.type === 'Rescheduled' || fact.type === 'Reassigned' || fact.type === 'StaffAbsent';

/**
 * The meeting as the change made it: it took the link away, and a new link goes out in an invitation of its own under a higher number.
 * So the letter sent again, whatever has happened since, has the same calendar entry.
 */
const detailsAfter = (change: Change, { joinUrl: _, ...details }: MeetingDetails): MeetingDetails =>
  change.type === 'StaffAbsent' ? details : { ...details, sequence: change.data.sequence };

const letterAbout = async (
  ports: Ports,
  change: Change,
  head: LetterHead & MeetingDetails,
  formerSlot: Slot | undefined,
): Promise<ChangeLetter> => {
  if (change.type === 'StaffAbsent') return { ...head, kind: 'change', about: 'staff-absent', by: 'staff' };
  if (change.type === 'Reassigned') {
    const reasonText = await ports.personalData.open(change.data.reason);
    return { ...head, kind: 'change', about: 'reassigned', by: 'staff', ...defined({ reasonText }) };
  }
  const { by, reason, reasonText: sealed, from } = change.data;
  const reasonText = sealed && (await ports.personalData.open(sealed));
  return {
    ...head,
    kind: 'change',
    about: 'rescheduled',
    by,
    formerSlot: formerSlot ?? from.slot,
    ...defined({ reason, reasonText }),
  };
};

const subjects = { Rescheduled: 'rescheduled', Reassigned: 'reassigned', StaffAbsent: 'staff-absent' } as const;

const tellOf = async (ports: Ports, work: TicketWork<ChangeTodo>, change: Change): Promise<void> => {
  const { todo, at } = work;
  const head = await letterHead(ports, work, todo.dueAt ?? at);
  if (head === undefined) return;
  const details = detailsAfter(change, await meetingDetails(ports, work));
  const delivery = await send(ports, await letterAbout(ports, change, { ...head, ...details }, todo.formerSlot), at);
  const { slot, sequence } = details;
  const byStaff = change.type !== 'Rescheduled' || change.data.by === 'staff';
  // The notice is noted last: it is what removes this to-do, or the entry's fact where no notice is due.
  if (change.type !== 'StaffAbsent') {
    const outcome = await invitationOutcome(ports, work, delivery, { slot, sequence, withLink: false });
    if (!byStaff || delivery.kind === 'accepted') await noteOutcome(ports, work, 'entry', outcome);
  }
  if (byStaff) {
    const outcome = delivery.kind === 'accepted' ? 'accepted' : 'bounced';
    const notice = { about: subjects[change.type], channel: 'email', outcome, notifiedAt: at, at, letterId: letterIdOf(todo) } as const;
    await noteOutcome(ports, work, 'notice', (state) => notifyCitizen(notice, state));
  }
};

/** Art. 8, A3, A19, A23: the letter about a meeting that moved, has another person, or could not be held because of us. */
export const changeLetters = ticketProcess<ChangeTodo>({
  name: 'process-change-letters',
  version: 2,
  attempts: letterAttempts,
  waits: letterWaits,
  uselessAfter: ({ latest }) => latest,
  evolve,
  perform: async (ports, work) => {
    if (isChange(work.cause)) await tellOf(ports, work, work.cause);
  },
  giveUp: askToSend('change'),
});
