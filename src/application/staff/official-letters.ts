import type { DomainEvent } from '../../domain/facts';
import { dayKindByLaw, endOfWorkingDayAfter, nextWorkingDay } from '../../domain/calendar/working-days';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { hasLeft, type KnownStaff } from '../../domain/staff/staff-member';
import { meetingMode, type Mode, needsOf } from '../../domain/ticket/facts';
import { isRequested } from '../../domain/ticket/ticket';
import { addDays, atLocal, civilDateOf, mondayOf, plusHours, startOfDay, startOfNextDay } from '../../domain/time/civil-time';
import type { Slot } from '../../domain/time/slot';
import { allRows } from '../kernel/reading/all-rows';
import type { MeetingNews, NamedDuty, OfficialDayLetter, OfficialHead, OfficialLetter, WeekOfMode } from '../kernel/ports/correspondence';
import type { LetterKind, LetterRecord, OfficialLetterKind } from '../kernel/ports/operations';
import type { Ports } from '../kernel/ports/ports';
import type { Condition } from '@tichet-albastru/event-log/ports/read-models';
import {
  type MeetingRow,
  type StaffCalendarRow,
  type StaffDirectoryRow,
  tables,
  deadlineOf,
  type TaskRow,
  type TicketFactsRow,
} from '../kernel/ports/tables';
import { dueAfter, letterAttempts, letterWaits, type Process, type Todo, todoColumns } from '../kernel/processes/process';
import type { TicketEvent } from '../kernel/processes/ticket-process';
import { currentCalendar, currentStaff, currentTicket } from '../kernel/streams';
import { lettersOf } from './choose-letters';
import { isOpenStill } from './open-tasks';

/** When the letter of a day leaves: every usual working day ends later, the short Friday too. */
const dayLetterTime = '14:00';
/** When heads are told of the week. */
const weekLetterTime = '08:00';
/** What is overdue stands in the letters of so many working days; after them only in a letter that goes anyway, and in the head’s. */
const overdueLetters = 3;
/** What a letter lists at most, of each thing; everything stands on the pages. */
const mostListed = 200;

/** What a fact says of a meeting, before its reference is known. */
type News = {
  readonly eventId: string;
  readonly ticketId: string;
  readonly at: Instant;
  readonly what: MeetingNews['what'];
  readonly slot: Slot;
  readonly mode: Mode;
  readonly formerSlot?: Slot;
};

/**
 * A letter that may be owed. `prompt`: what happened since the last letter of a day, each a letter of its own where the person wants it so,
 * or where the hour comes before the next letter of a day. `day`: that letter. `week`: the head’s, one row a department.
 */
type OfficialTodo = Todo & {
  readonly kind: 'prompt' | 'day' | 'week';
  /** a person, or of `week` the code of a department */
  readonly whom: string;
  /** the working day on whose letter it would stand; of `week` the Monday */
  readonly date: CivilDate;
  readonly dueAt: Instant;
  /** afterwards the next letter says it: this one is not tried any more */
  readonly until: Instant;
  readonly news: readonly News[];
};

const isWorked = (date: CivilDate): boolean => dayKindByLaw(date) === 'working';
/** By the law alone: which day a letter belongs to must not change when the Government declares a day off. */
const workedFrom = (date: CivilDate): CivilDate => {
  let day = date;
  while (!isWorked(day)) day = addDays(day, 1);
  return day;
};
const workedAfter = (date: CivilDate): CivilDate => workedFrom(addDays(date, 1));
const workedBefore = (date: CivilDate): CivilDate => {
  let day = addDays(date, -1);
  while (!isWorked(day)) day = addDays(day, -1);
  return day;
};
const dayLetterAt = (date: CivilDate): Instant => atLocal(date, dayLetterTime);

/** The day whose letter is the first one after this instant. */
const letterDayAfter = (at: Instant): CivilDate => {
  const date = civilDateOf(at);
  return isWorked(date) && at < dayLetterAt(date) ? date : workedAfter(date);
};
/** The day whose letter is the last one before this instant. */
const letterDayBefore = (at: Instant): CivilDate => {
  const date = civilDateOf(at);
  return isWorked(date) && dayLetterAt(date) <= at ? date : workedBefore(date);
};

const keyOf = ({ kind, whom, date }: Pick<OfficialTodo, 'kind' | 'whom' | 'date'>): string => `${kind}/${whom}/${date}`;

const dayTodo = (whom: string, date: CivilDate): OfficialTodo => {
  const kind = 'day';
  const key = keyOf({ kind, whom, date });
  return { key, kind, whom, date, dueAt: dayLetterAt(date), until: dayLetterAt(workedAfter(date)), news: [] };
};
const weekTodo = (whom: string, date: CivilDate): OfficialTodo => {
  const kind = 'week';
  const dueAt = atLocal(workedFrom(date), weekLetterTime);
  return { key: keyOf({ kind, whom, date }), kind, whom, date, dueAt, until: plusHours(dueAt, 48), news: [] };
};

const toldOf = (event: TicketEvent, whom: string, news: Pick<News, 'what' | 'slot' | 'mode' | 'formerSlot'>): readonly OfficialTodo[] => {
  const date = letterDayAfter(event.recordedAt);
  const ticketId = event.stream.slice('ticket-'.length);
  const one: News = { eventId: event.id, ticketId, at: event.recordedAt, ...news };
  const kind = 'prompt';
  const prompt = { key: keyOf({ kind, whom, date }), kind, whom, date, ...dueAfter(event), until: dayLetterAt(date), news: [one] } as const;
  return [prompt, { ...dayTodo(whom, date), news: [one] }];
};

type Place = { readonly staffId: string; readonly departmentCode: string; readonly slot: Slot };

/** The day before it stands in the list; the Mondays around it count it. */
const standsAt = ({ staffId, departmentCode, slot }: Place): readonly OfficialTodo[] => {
  const monday = mondayOf(civilDateOf(slot.startsAt));
  return [
    dayTodo(staffId, workedBefore(civilDateOf(slot.startsAt))),
    weekTodo(departmentCode, monday),
    weekTodo(departmentCode, addDays(monday, 7)),
  ];
};

/** Told before it is due, and on the days after. */
const dutyOf = (staffId: string, dueAt: Instant | undefined, departmentCode?: string): readonly OfficialTodo[] => {
  if (dueAt === undefined) return [];
  const days = [letterDayBefore(dueAt), letterDayAfter(dueAt)];
  for (let count = 1; count < overdueLetters; count += 1) days.push(workedAfter(days.at(-1) ?? civilDateOf(dueAt)));
  const monday = addDays(mondayOf(civilDateOf(dueAt)), 7);
  return [...days.map((date) => dayTodo(staffId, date)), ...(departmentCode === undefined ? [] : [weekTodo(departmentCode, monday)])];
};

/** Everything that this fact of a ticket may make a letter of. */
const wanted = (event: TicketEvent): readonly OfficialTodo[] => {
  const { fact } = event;
  switch (fact.type) {
    case 'Scheduled': {
      const { staffId, slot, mode } = fact.data;
      return [...toldOf(event, staffId, { what: 'booked', slot, mode }), ...standsAt(fact.data)];
    }
    case 'Rescheduled':
    case 'Reassigned': {
      const { staffId, slot, mode, from } = fact.data;
      const elsewhen = slot.startsAt === from.slot.startsAt ? {} : { formerSlot: from.slot };
      const told =
        staffId === from.staffId
          ? toldOf(event, staffId, { what: 'moved', slot, mode, ...elsewhen })
          : [
              ...toldOf(event, staffId, { what: 'given', slot, mode, ...elsewhen }),
              ...toldOf(event, from.staffId, { what: 'taken', slot: from.slot, mode }),
            ];
      return [...told, ...standsAt(fact.data)];
    }
    case 'MoveOffered': {
      const { askedOf, slot, mode } = fact.data;
      return toldOf(event, askedOf, { what: 'offered', slot, mode });
    }
    case 'MoveOfferDeclined': {
      const { staffId, offeredBy, slot, mode } = fact.data;
      return [...new Set([staffId, offeredBy])].flatMap((whom) => toldOf(event, whom, { what: 'declined', slot, mode }));
    }
    case 'ModeChanged': {
      const { staffId, slot, mode } = fact.data;
      return toldOf(event, staffId, { what: 'mode', slot, mode });
    }
    case 'Cancelled': {
      const { staffId, departmentCode, slot, mode, newSlotDueAt } = fact.data;
      return [...toldOf(event, staffId, { what: 'cancelled', slot, mode }), ...dutyOf(staffId, newSlotDueAt, departmentCode)];
    }
    case 'Held': {
      const { staffId, departmentCode, resolutionHardLimitAt, recordingDueAt } = fact.data;
      return [...dutyOf(staffId, resolutionHardLimitAt, departmentCode), ...dutyOf(staffId, recordingDueAt)];
    }
    case 'StaffAbsent':
      return dutyOf(fact.data.staffId, fact.data.newSlotDueAt, fact.data.departmentCode);
    case 'TaskRaised': {
      const { staffId, raisedAt, dueAt = raisedAt } = fact.data;
      // one that is opened after its own day, or has none, is told from the day on which it was opened
      return dutyOf(staffId, dueAt > raisedAt ? dueAt : raisedAt);
    }
    default:
      return [];
  }
};

const facts = [
  'Scheduled',
  'Rescheduled',
  'Reassigned',
  'MoveOffered',
  'MoveOfferDeclined',
  'ModeChanged',
  'Cancelled',
  'Held',
  'StaffAbsent',
  'TaskRaised',
] as const;

/** What a letter of a day or of a week could not know when it left is no reason for another one: the news of it are told by themselves. */
const owed = (event: DomainEvent): readonly OfficialTodo[] =>
  event.category === 'ticket' ? wanted(event).filter(({ kind, dueAt }) => kind === 'prompt' || dueAt > event.recordedAt) : [];

const name = 'process-official-letters';

type Recipient = { readonly staff: KnownStaff; readonly choice: 'digest' | 'single'; readonly head: Omit<OfficialHead, 'letterId'> };

/** To whom; `undefined` for an official who has left, was erased, or wants no letters. */
const recipientOf = async (ports: Ports, staff: KnownStaff, issuedAt: Instant, at: Instant): Promise<Recipient | undefined> => {
  const { choice, locale } = lettersOf(ports, staff);
  if (choice === 'none' || hasLeft(staff, civilDateOf(at))) return undefined;
  const [to, shown] = [await ports.personalData.open(staff.email), await ports.personalData.open(staff.name)];
  if (to === undefined || shown === undefined) return undefined;
  const ticketId = officialTag(staff.staffId);
  return { staff, choice, head: { ticketId, to, name: shown, locale, publicUrl: ports.cityHall.publicUrl, issuedAt } };
};

/** Whose letter it is, where letters to citizens have the ticket. */
const tagBegins = 'staff-';
const officialTag = (staffId: string): string => `${tagBegins}${staffId}`;

/** Not now; the cause is in the log of the mailer. Says nothing of whom. */
class OfficialLetterRefused extends Error {
  override readonly name = 'OfficialLetterRefused';
}

const wasTaken = async (ports: Ports, letterId: string): Promise<boolean> => {
  const earlier = await ports.operations.outbox.get(letterId);
  return earlier !== undefined && earlier.state !== 'failed';
};

/** Sends it, unless it was sent. A refusal is worth another attempt as well: the address may be corrected meanwhile, and no citizen waits. */
const sendOnce = async (ports: Ports, request: OfficialLetter, at: Instant): Promise<void> => {
  const { letterId, ticketId, kind } = request;
  const { outbox } = ports.operations;
  if (await wasTaken(ports, letterId)) return;
  const attempts = ((await outbox.get(letterId))?.attempts ?? 0) + 1;
  const note = (state: 'accepted' | 'failed'): Promise<void> => outbox.note({ letterId, ticketId, kind, state, at, attempts });
  try {
    const delivery = await ports.mailer.send(ports.correspondence.compose(request));
    if (delivery.kind === 'refused') throw new OfficialLetterRefused(`The letter was refused: ${delivery.reason}.`);
    ports.logger.info('letter.accepted', { letterId, kind, queueId: delivery.queueId });
  } catch (error) {
    await note('failed');
    throw error;
  }
  await note('accepted');
};

/** This letter, or the pages, say what could not be sent before: no operator has to look after the earlier letter any more. */
const supersede = async (ports: Ports, { letterId, ticketId }: OfficialHead, kinds: readonly LetterKind[]): Promise<void> => {
  const { outbox } = ports.operations;
  for (const letter of await outbox.ofTicket(ticketId))
    if (letter.state === 'failed' && letter.letterId !== letterId && kinds.includes(letter.kind))
      await outbox.note({ ...letter, state: 'bounced' });
};

/** The news with the reference of the ticket; left out for a ticket that was never requested. */
const named = async (ports: Ports, news: readonly News[]): Promise<readonly MeetingNews[]> => {
  const all: MeetingNews[] = [];
  for (const { eventId: _, at: __, ...one } of news) {
    const ticket = await currentTicket(ports, one.ticketId);
    if (isRequested(ticket)) all.push({ ...one, reference: ticket.reference });
  }
  return all;
};

const newsLetterId = (ports: Ports, staffId: string, { eventId }: News): string =>
  ports.identifiers.derive('official-news', eventId, staffId);

/** Whether the hour, or the one that is no more, comes before the letter of that day would be read. */
const cannotWait = ({ date }: OfficialTodo, { slot, formerSlot = slot }: News): boolean =>
  (slot.startsAt < formerSlot.startsAt ? slot : formerSlot).startsAt < startOfNextDay(date);

const tellAtOnce = async (ports: Ports, todo: OfficialTodo, { staff, choice, head }: Recipient, at: Instant): Promise<void> => {
  for (const news of todo.news) {
    if (choice !== 'single' && !cannotWait(todo, news)) continue;
    const [told] = await named(ports, [news]);
    const letterId = newsLetterId(ports, staff.staffId, news);
    if (told !== undefined) await sendOnce(ports, { ...head, letterId, issuedAt: news.at, kind: 'official-news', news: told }, at);
  }
};

const isMeeting = (row: StaffCalendarRow): row is MeetingRow => row.kind === 'meeting' && row.status !== 'awaiting-code';

const meetingsOf = async (ports: Ports, whose: Condition, from: Instant, before: Instant): Promise<readonly MeetingRow[]> =>
  (
    await allRows<StaffCalendarRow>(ports, tables.staffCalendar, {
      where: [whose, { column: 'kind', is: 'meeting' }, { column: 'startsAt', from, before }],
      orderBy: [{ column: 'startsAt' }],
    })
  ).filter(isMeeting);

/** Open duties that are due before then. What a process still tries is no official's duty yet. */
const dutiesOf = async (ports: Ports, whose: Condition, before: Instant): Promise<readonly TaskRow[]> =>
  (
    await allRows<TaskRow>(ports, tables.tasks, { where: [whose, { column: 'dueAt', from: '', before }], orderBy: [{ column: 'dueAt' }] })
  ).filter((row) => !row.waiting && isOpenStill(row, ports.clock.now()));

/** Open tasks that have no day. */
const dutiesWithoutDay = async (ports: Ports, whose: Condition): Promise<readonly TaskRow[]> =>
  (await allRows<TaskRow>(ports, tables.tasks, { where: [whose, { column: 'dueAt', is: null }], orderBy: [{ column: 'from' }] })).filter(
    ({ waiting }) => !waiting,
  );

/** Its limit is over: past its target alone it is late (A17). */
const isOverdue = (task: TaskRow, at: Instant): boolean => {
  const deadline = deadlineOf(task);
  return deadline !== undefined && deadline.limitAt < at;
};

const namedDuty = (at: Instant, task: TaskRow): readonly NamedDuty[] => {
  const { ticketId, reference, kind } = task;
  return reference === null ? [] : [{ ticketId, reference, kind, ...deadlineOf(task), overdue: isOverdue(task, at) }];
};

/** The letter of a day holds what was not told singly: all of it, or for an official who is told singly, what could not be sent so. */
const untold = async (ports: Ports, todo: OfficialTodo, { staff, choice }: Recipient): Promise<readonly News[]> => {
  if (choice === 'digest') return todo.news;
  const left: News[] = [];
  for (const news of todo.news) if (!(await wasTaken(ports, newsLetterId(ports, staff.staffId, news)))) left.push(news);
  return left;
};

const tellOfDay = async (ports: Ports, todo: OfficialTodo, recipient: Recipient, at: Instant): Promise<void> => {
  const { whom: staffId, date } = todo;
  const until = nextWorkingDay(await currentCalendar(ports), date);
  const own: Condition = { column: 'staffId', is: staffId };
  const meetings = await meetingsOf(ports, own, startOfNextDay(date), startOfNextDay(until));
  const due = [...(await dutiesOf(ports, own, startOfNextDay(until))), ...(await dutiesWithoutDay(ports, own))];
  const letter: OfficialDayLetter = {
    ...recipient.head,
    letterId: ports.identifiers.derive('official-day', staffId, date),
    kind: 'official-day',
    date,
    until,
    news: await named(ports, (await untold(ports, todo, recipient)).slice(0, mostListed)),
    duties: due
      .filter(({ from }) => from <= at)
      .flatMap((task) => namedDuty(at, task))
      .slice(0, mostListed),
    meetings: meetings
      .filter(({ status }) => status === 'scheduled')
      .slice(0, mostListed)
      .map(({ ticketId, reference, mode, startsAt, endsAt, hasLink }) => {
        const linkMissing = needsOf(mode).link && !hasLink;
        return { ticketId, reference, mode, slot: { startsAt, endsAt }, linkMissing };
      }),
  };
  if (letter.news.length + letter.duties.length + letter.meetings.length === 0) return;
  await sendOnce(ports, letter, at);
  await supersede(ports, letter, ['official-news', 'official-day']);
};

const weekOfMode = (mode: Mode, all: readonly MeetingRow[]): WeekOfMode => {
  const rows = all.filter((row) => row.mode === mode);
  const count = (...statuses: readonly MeetingRow['status'][]): number => rows.filter(({ status }) => statuses.includes(status)).length;
  return {
    mode,
    planned: rows.length - count('cancelled', 'lapsed'),
    held: count('held', 'resolved', 'concluded'),
    citizenAbsent: count('citizen-absent'),
    staffAbsent: count('staff-absent'),
    withoutOutcome: count('scheduled', 'in-progress'),
  };
};

/** A17, of these meetings: delivered after the end of the working day that was its limit, or not delivered and over it. */
const lateResolutions = async (ports: Ports, department: Condition, from: Instant, before: Instant, at: Instant): Promise<number> => {
  const calendar = await currentCalendar(ports);
  const { hardLimitWorkingDays } = ports.policies['resolution-deadline'].value;
  const rows = await allRows<TicketFactsRow>(ports, tables.ticketFacts, {
    where: [department, { column: 'scheduledFor', from, before }],
    orderBy: [{ column: 'scheduledFor' }],
  });
  return rows.filter(
    ({ held, endedAt, resolutionAt }) =>
      held && endedAt !== null && (resolutionAt ?? at) >= endOfWorkingDayAfter(calendar, endedAt, hardLimitWorkingDays),
  ).length;
};

const weekOf = async (ports: Ports, { whom, date: monday }: OfficialTodo, at: Instant) => {
  const department: Condition = { column: 'departmentCode', is: whom };
  const [from, begins, ends] = [startOfDay(addDays(monday, -7)), startOfDay(monday), startOfDay(addDays(monday, 7))];
  const last = await meetingsOf(ports, department, from, begins);
  const ahead = (await meetingsOf(ports, department, begins, ends)).filter(({ status }) => status === 'scheduled');
  // none is due later than its limit
  const overdue = (await dutiesOf(ports, department, at)).filter((task) => isOverdue(task, at));
  return {
    monday,
    lastWeek: meetingMode.words.map((mode) => weekOfMode(mode, last)),
    cancelled: last.filter(({ status }) => status === 'cancelled').length,
    resolutionsLate: await lateResolutions(ports, department, from, begins, at),
    dutiesOverdue: overdue.length,
    ahead: meetingMode.words.map((mode) => ({ mode, count: ahead.filter((row) => row.mode === mode).length })),
  };
};

const tellOfWeek = async (ports: Ports, todo: OfficialTodo, at: Instant): Promise<void> => {
  const directory = await allRows<StaffDirectoryRow>(ports, tables.staffDirectory, {
    where: [
      { column: 'departmentCode', is: todo.whom },
      { column: 'role', in: ['head-of-office', 'head-of-service'] },
    ],
    orderBy: [{ column: 'role' }],
  });
  const heads = await Promise.all(directory.map(({ staff }) => recipientOf(ports, staff, todo.dueAt, at)));
  const recipients = heads.filter((head) => head !== undefined);
  if (recipients.length === 0) return;
  const week = await weekOf(ports, todo, at);
  for (const { staff, head } of recipients) {
    const letterId = ports.identifiers.derive('official-week', staff.staffId, todo.date);
    await sendOnce(ports, { ...head, letterId, kind: 'official-week', department: staff.department, ...week }, at);
    await supersede(ports, { ...head, letterId }, ['official-week']);
  }
};

const perform = async (ports: Ports, todo: OfficialTodo, at: Instant): Promise<void> => {
  if (todo.kind === 'week') return tellOfWeek(ports, todo, at);
  const staff = await currentStaff(ports, todo.whom);
  const recipient = staff.status === 'unknown' ? undefined : await recipientOf(ports, staff, todo.dueAt, at);
  if (recipient === undefined) return;
  return todo.kind === 'prompt' ? tellAtOnce(ports, todo, recipient, at) : tellOfDay(ports, todo, recipient, at);
};

/**
 * What civil servants are told of their own meetings and duties by e-mail, as each has chosen (`LettersChosen`), and heads of their
 * department’s week. No fact says that a letter went: what was sent is kept beside the log (`attempts`, `letters list`), as of codes. Rows
 * stay when their day is over, and are not looked at any more: what a letter could not say the next one says.
 */
export const officialLetters: Process<OfficialTodo> = {
  name,
  version: 1,
  attempts: letterAttempts,
  waits: letterWaits,
  uselessAfter: ({ until }) => until,
  columns: { ...todoColumns, until: 'text' },
  indexes: [['until']],
  looksAt: { ticket: facts },
  among: (at) => [{ column: 'until', from: at }],
  keysOf: (event) => [...new Set(owed(event).map(({ key }) => key))],
  apply: (row, event, key) => {
    let next = row;
    for (const one of owed(event)) if (one.key === key) next = next === undefined ? one : { ...next, news: [...next.news, ...one.news] };
    return next;
  },
  /** What happened since is another letter; what was sent is not sent again. */
  effectId: ({ key, news }) => `${name}:${key}:${news.length}`,
  perform,
  // the doctor and the page of administration show a letter that could not be sent, and the runner has said it in the log; what it would have
  // said stands on the pages, and in the next letter
  giveUp: () => Promise.resolve(),
};

/** A letter to a civil servant, and not about a ticket to its citizen. */
export const isToOfficial = (kind: LetterKind): kind is OfficialLetterKind => kind.startsWith('official-');

/**
 * A mail server reports that a letter to a civil servant did not arrive: it is shown as one that could not be sent, until the next letter to
 * that person goes. `unknown` where the report is about another address.
 */
export const officialLetterReturned = async (
  ports: Ports,
  letter: LetterRecord,
  isAddressed: (email: string) => boolean,
): Promise<'noted' | 'unknown'> => {
  const staff = await currentStaff(ports, letter.ticketId.slice(tagBegins.length));
  const email = staff.status === 'known' ? await ports.personalData.open(staff.email) : undefined;
  if (email === undefined || !isAddressed(email)) return 'unknown';
  await ports.operations.outbox.note({ ...letter, state: 'failed' });
  ports.logger.error('official-letter.returned', { letterId: letter.letterId, kind: letter.kind });
  return 'noted';
};
