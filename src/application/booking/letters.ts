import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { notifyCitizen } from '../../domain/ticket/changes';
import type { Mode, NoticeSubject, TicketFact } from '../../domain/ticket/facts';
import { noteInvitationBounced, noteInvitationSent } from '../../domain/ticket/meeting';
import type { TicketState } from '../../domain/ticket/ticket';
import type { Slot } from '../../domain/time/slot';
import { codeOfTicket } from './codes';
import type { ChangeLetter, LetterHead, MeetingDetails } from '../kernel/ports/correspondence';
import type { Delivery } from '../kernel/ports/mailer';
import type { Ports } from '../kernel/ports/ports';
import { codeWaits, dueAfter } from '../kernel/processes/process';
import {
  causedBy,
  isAddress,
  letterHead,
  letterIdOf,
  letterProcess,
  meetingDetails,
  meetWithOf,
  noteOutcome,
  send,
  type TicketEvent,
  ticketProcess,
  type TicketTodo,
  type TicketWork,
} from '../kernel/processes/ticket-process';
import { currentCalendar } from '../kernel/streams';

/** The newest code of a ticket, until it is used or its time is over. */
type CodeTodo = TicketTodo & { readonly n: number; readonly expiresAt: Instant };

const codeAfter = (todo: CodeTodo | undefined, event: TicketEvent): CodeTodo | undefined => {
  const { fact } = event;
  switch (fact.type) {
    case 'VerificationCodeIssued': {
      const { n, issuedAt, expiresAt } = fact.data;
      return { ...causedBy(event), dueAt: issuedAt, countedFrom: event.recordedAt, n, expiresAt };
    }
    case 'EmailVerified':
    case 'Lapsed':
    case 'PersonalDataErased':
      return undefined;
    default:
      return todo;
  }
};

/** Art. 3 e: the validation code, as it was kept. One that was replaced, used or is too old is not sent any more. */
export const codeLetters = ticketProcess<CodeTodo>({
  name: 'process-code-letters',
  version: 2,
  attempts: Number.POSITIVE_INFINITY,
  waits: codeWaits,
  uselessAfter: ({ expiresAt }) => expiresAt,
  evolve: codeAfter,
  perform: async (ports, work) => {
    const { todo, ticketId, at } = work;
    const head = at < todo.expiresAt ? await letterHead(ports, work, todo.dueAt ?? at) : undefined;
    const code = await ports.operations.codes.get(codeOfTicket(ticketId, todo.n), at);
    if (head === undefined || code === undefined) return;
    // An address that refuses it is not verified: the ticket lapses, and there is no other person to tell.
    await send(ports, { ...head, kind: 'code', code, expiresAt: todo.expiresAt }, at);
  },
  // The page of the code has said all along that the letter does not leave, and offers another address.
  giveUp: () => Promise.resolve(),
});

/** `latest`: by then an official must have phoned a citizen who has no invitation: the hour of the link (C11), or else of the meeting. */
type InvitationTodo = TicketTodo & { readonly latest?: Instant };

const withoutDue = ({ dueAt: _, countedFrom: __, ...todo }: InvitationTodo): InvitationTodo => todo;

const invitationAfter = (todo: InvitationTodo, event: TicketEvent): InvitationTodo | undefined => {
  const { fact, recordedAt } = event;
  switch (fact.type) {
    case 'Scheduled':
      return { ...causedBy(event), ...dueAfter(event), latest: fact.data.invitationDueAt ?? fact.data.slot.startsAt };
    case 'MeetingLinkAttached': {
      const { latest } = todo;
      const inTime = latest !== undefined && recordedAt < latest;
      return { ...causedBy(event), ...dueAfter(event), latest: inTime ? latest : fact.data.slot.startsAt };
    }
    // The letter about the change carries the new entry; the link of the new meeting asks for an invitation again.
    case 'Rescheduled':
    case 'ModeChanged':
      return { ...withoutDue(todo), latest: fact.data.invitationDueAt ?? fact.data.slot.startsAt };
    case 'Reassigned':
    case 'StaffAbsent':
      return withoutDue(todo);
    // The calendar entry of a meeting that is still to come goes to the new address, too.
    case 'ContactCorrected': {
      const { slot } = fact.data;
      return slot !== undefined && isAddress(event) ? { ...causedBy(event), ...dueAfter(event), latest: slot.startsAt } : todo;
    }
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
const invitationOutcome = async (
  ports: Ports,
  { todo, at }: TicketWork<TicketTodo>,
  delivery: Delivery,
  entry: { readonly slot: Slot; readonly sequence: number; readonly withLink: boolean },
) => {
  const letterId = letterIdOf(todo);
  if (delivery.kind === 'accepted') return (state: TicketState) => noteInvitationSent({ letterId, ...entry, acceptedAt: at }, state);
  const calendar = await currentCalendar(ports);
  return (state: TicketState) => noteInvitationBounced({ letterId, grade: 'observed', at, policies: ports.policies, calendar }, state);
};

/** Art. 3 e, 5: the invitation with its calendar entry at `Scheduled`, and again under a higher number once the link is there. */
export const invitationLetters = letterProcess<InvitationTodo>({
  kind: 'invitation',
  version: 3,
  begin: causedBy,
  uselessAfter: ({ latest }) => latest,
  evolve: invitationAfter,
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
});

/** Art. 8, A21: that the citizen was told by this letter, or that it came back. */
const noteTold = (ports: Ports, work: TicketWork<TicketTodo>, about: NoticeSubject, delivery: Delivery): Promise<void> => {
  const { todo, at } = work;
  const outcome = delivery.kind === 'accepted' ? 'accepted' : 'bounced';
  const notice = { about, channel: 'email', outcome, notifiedAt: at, grade: 'observed', at, letterId: letterIdOf(todo) } as const;
  return noteOutcome(ports, work, 'notice', (state) => notifyCitizen(notice, state));
};

/** A change that the citizen was not told of yet. `latest`: by then an official must have phoned a citizen who has no letter. */
type ChangeTodo = TicketTodo & Former & { readonly latest?: Instant };

/** What the citizen knows of the meeting, where it is otherwise now. */
type Former = { readonly formerSlot?: Slot; readonly formerMode?: Mode; readonly formerStaffId?: string };

type Change = Extract<TicketFact, { type: 'Rescheduled' | 'Reassigned' | 'ModeChanged' | 'StaffAbsent' }>;

const silent = ({ key, causeId, correlationId }: ChangeTodo): ChangeTodo => ({ key, causeId, correlationId });

/** Changed again before a letter was written: the citizen still knows what was before. */
const formerOf = (todo: ChangeTodo, { data }: Extract<Change, { type: 'Rescheduled' | 'ModeChanged' }>): Former => {
  const from = 'from' in data ? data.from : undefined;
  const handedOn = from === undefined || from.staffId === data.staffId ? undefined : from.staffId;
  return defined({
    formerSlot: todo.formerSlot ?? from?.slot,
    formerMode: todo.formerMode ?? data.formerMode,
    formerStaffId: todo.formerStaffId ?? handedOn,
  });
};

const changeAfter = (todo: ChangeTodo, event: TicketEvent): ChangeTodo | undefined => {
  const { fact } = event;
  switch (fact.type) {
    case 'Rescheduled':
    case 'ModeChanged':
      return {
        ...causedBy(event),
        ...dueAfter(event),
        ...formerOf(todo, fact),
        latest: fact.data.invitationDueAt ?? fact.data.slot.startsAt,
      };
    case 'Reassigned':
      return { ...causedBy(event), ...dueAfter(event), latest: fact.data.slot.startsAt };
    case 'StaffAbsent':
      return { ...causedBy(event), ...dueAfter(event) };
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
  fact.type === 'Rescheduled' || fact.type === 'Reassigned' || fact.type === 'ModeChanged' || fact.type === 'StaffAbsent';

/**
 * The meeting as the change made it. The change took the link away; a new link goes out in an invitation of its own under a higher number.
 * So the letter sent again has the same calendar entry, also when the meeting has changed since.
 */
const detailsAfter = (change: Change, { joinUrl: _, ...details }: MeetingDetails): MeetingDetails =>
  change.type === 'StaffAbsent' ? details : { ...details, sequence: change.data.sequence };

const letterAbout = async (
  ports: Ports,
  change: Change,
  head: LetterHead & MeetingDetails,
  { formerSlot, formerMode, formerStaffId }: Former,
): Promise<ChangeLetter> => {
  if (change.type === 'StaffAbsent') return { ...head, kind: 'change', about: 'staff-absent', by: 'staff' };
  if (change.type === 'Reassigned') {
    const reasonText = await ports.personalData.open(change.data.reason);
    return { ...head, kind: 'change', about: 'reassigned', by: 'staff', ...defined({ reasonText }) };
  }
  const { by, reason, reasonText: sealed, staffId } = change.data;
  const reasonText = sealed && (await ports.personalData.open(sealed));
  const hasAnother = formerStaffId !== undefined && formerStaffId !== staffId;
  const formerMeetWith = hasAnother ? await meetWithOf(ports, formerStaffId) : undefined;
  return {
    ...head,
    kind: 'change',
    about: subjects[change.type],
    by,
    ...defined({ formerSlot, formerMode, formerMeetWith, reason, reasonText }),
  };
};

const subjects = {
  Rescheduled: 'rescheduled',
  Reassigned: 'reassigned',
  ModeChanged: 'mode-changed',
  StaffAbsent: 'staff-absent',
} as const;

const tellOf = async (ports: Ports, work: TicketWork<ChangeTodo>, change: Change): Promise<void> => {
  const { todo, at } = work;
  const head = await letterHead(ports, work, todo.dueAt ?? at);
  if (head === undefined) return;
  const details = detailsAfter(change, await meetingDetails(ports, work));
  const delivery = await send(ports, await letterAbout(ports, change, { ...head, ...details }, todo), at);
  const { slot, sequence } = details;
  const byStaff = !('by' in change.data) || change.data.by === 'staff';
  // The notice is noted last: it is what removes this to-do, or the entry's fact where no notice is due.
  if (change.type !== 'StaffAbsent') {
    const outcome = await invitationOutcome(ports, work, delivery, { slot, sequence, withLink: false });
    if (!byStaff || delivery.kind === 'accepted') await noteOutcome(ports, work, 'entry', outcome);
  }
  if (byStaff) await noteTold(ports, work, subjects[change.type], delivery);
};

/** Art. 8, A3, A19, A23: the letter about a meeting that moved, has another person, or could not be held because of us. */
export const changeLetters = letterProcess<ChangeTodo>({
  kind: 'change',
  version: 3,
  begin: causedBy,
  uselessAfter: ({ latest }) => latest,
  evolve: changeAfter,
  perform: async (ports, work) => {
    if (isChange(work.cause)) await tellOf(ports, work, work.cause);
  },
});

/** `latest`: when the meeting would have begun; by then an official must have phoned a citizen who has no letter. */
type CancellationTodo = TicketTodo & { readonly latest?: Instant };

const cancellationAfter = (todo: CancellationTodo, event: TicketEvent): CancellationTodo | undefined => {
  const { fact } = event;
  switch (fact.type) {
    case 'Cancelled':
      return { ...causedBy(event), ...dueAfter(event), latest: fact.data.slot.startsAt };
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
export const cancellationLetters = letterProcess<CancellationTodo>({
  kind: 'cancellation',
  version: 3,
  begin: causedBy,
  uselessAfter: ({ latest }) => latest,
  evolve: cancellationAfter,
  perform: async (ports, work) => {
    const { todo, cause, at } = work;
    const head = await letterHead(ports, work, todo.dueAt ?? at);
    if (head === undefined || cause.type !== 'Cancelled') return;
    const { by, reason, reasonText: sealed } = cause.data;
    const reasonText = sealed && (await ports.personalData.open(sealed));
    const details = await meetingDetails(ports, work);
    const delivery = await send(ports, { ...head, ...details, kind: 'cancellation', by, ...defined({ reason, reasonText }) }, at);
    await noteTold(ports, work, 'cancelled', delivery);
  },
});
