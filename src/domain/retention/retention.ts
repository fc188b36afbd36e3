import { DateTime } from 'luxon';
import type { Instant, RecordedFact } from '../kernel/fact';
import type { RequestFact } from '../request/facts';
import { countingAnswer, type RequestState } from '../request/request';
import type { TaskKind, TicketFact } from '../ticket/facts';
import { isActive, isRequested, type TicketState } from '../ticket/ticket';
import { civilDateOf, plusHours, startOfDay, startOfNextDay } from '../time/civil-time';

/** How long something is kept, as ISO 8601 writes it: whole years, months, weeks and days, or hours alone. */
export type Period = {
  /** as it was written */
  readonly text: string;
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
  readonly hours: number;
};

const ofDays = /^P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;
const ofHours = /^PT(\d{1,5})H$/;

/** @returns `undefined` for what is no such period, and for none at all (`P0D`): nothing is erased the moment it comes */
export const periodOf = (text: string): Period | undefined => {
  const [years = 0, months = 0, weeks = 0, days = 0] = (ofDays.exec(text)?.slice(1) ?? []).map((digits: string | undefined) =>
    Number(digits ?? 0),
  );
  const hours = Number(ofHours.exec(text)?.[1] ?? 0);
  const isNone = [years, months, weeks, days, hours].every((length) => length === 0);
  return isNone ? undefined : { text, years, months, weeks, days, hours };
};

/** From when on something that began at `instant` is kept no longer: whole days of Bucharest end at midnight, hours at the hour. */
export const endOfPeriod = (instant: Instant, { years, months, weeks, days, hours }: Period): Instant => {
  if (hours > 0) return plusHours(instant, hours);
  const last = DateTime.fromISO(civilDateOf(instant), { zone: 'utc' }).plus({ years, months, weeks, days });
  return startOfNextDay(last.toFormat('yyyy-MM-dd'));
};

/** What came before this has been kept for the period by `now`. */
export const keptSince = (now: Instant, { years, months, weeks, days, hours }: Period): Instant => {
  if (hours > 0) return plusHours(now, -hours);
  return startOfDay(DateTime.fromISO(civilDateOf(now), { zone: 'utc' }).minus({ years, months, weeks, days }).toFormat('yyyy-MM-dd'));
};

/**
 * What is kept, by why it is kept:
 * - `archive`: facts, verdicts, seals: never deleted by this software, and no period can be set
 * - `contact`: who the citizen of a ticket is and how to reach them, from the end of the ticket
 * - `names`: the applicant and the subject of a request, from when it can have no ticket any more and the last one has ended
 * - `conclusions`: the text of a resolution and its evidence, an archive document, from the end of the ticket
 * - `letters`: what became of letters, from the end of their ticket
 * - `outbox`: letters that lie as files in the outbox, from their writing, in any state of their ticket
 * - `readings`: which official was shown personal data, from the recording; the role stays
 * - `refused-attempts`: the journal of what was refused
 * - `operational`: idempotency keys and codes that open a ticket elsewhere
 */
export const retentionClasses = [
  'archive',
  'contact',
  'names',
  'conclusions',
  'letters',
  'outbox',
  'readings',
  'refused-attempts',
  'operational',
] as const;
export type RetentionClass = (typeof retentionClasses)[number];

/** Those for which an installation may choose a period; `null`: kept until a person erases it by hand. */
export type ChosenClass = Exclude<RetentionClass, 'archive'>;
export type RetentionPeriods = Readonly<Record<ChosenClass, Period | null>>;

/** Those of personal data, which are erased at night: ticket by ticket, request by request, the outbox file by file, and readings day by day. */
export const personalClasses = [
  'contact',
  'names',
  'conclusions',
  'letters',
  'outbox',
  'readings',
] as const satisfies readonly ChosenClass[];
export type PersonalClass = (typeof personalClasses)[number];

const period = (text: string, parts: Partial<Period>): Period => ({ text, years: 0, months: 0, weeks: 0, days: 0, hours: 0, ...parts });

/** The periods that are shipped. What was concluded is a document of the archive: that it stays for ever needs no reason. */
export const defaultRetention: RetentionPeriods = {
  contact: period('P2Y', { years: 2 }),
  names: period('P3Y', { years: 3 }),
  conclusions: null,
  letters: period('P6M', { months: 6 }),
  outbox: period('P30D', { days: 30 }),
  readings: period('P5Y', { years: 5 }),
  'refused-attempts': period('P1Y', { years: 1 }),
  operational: period('PT24H', { hours: 24 }),
};

/**
 * Whether something is to be erased now, or why not:
 * `nothing`: there is none, or it is gone; `never`: no period is set; `active`: the ticket is going on, or the request may still have one;
 * `unfinished`: the resolution is not written, filed or in the citizen's hands; `open-task`: a person still has a task;
 * `unread`: what others know of it cannot be read now; `pending-check`: a check of the audit waits for something;
 * `not-yet`: the period has not passed; `awaits-minute`: it has passed, and the selection commission has not decided yet;
 * `restricted`: the person asked that their data be kept (GDPR 18)
 */
export type DueStatus =
  | 'due'
  | 'nothing'
  | 'never'
  | 'active'
  | 'unfinished'
  | 'open-task'
  | 'unread'
  | 'pending-check'
  | 'not-yet'
  | 'awaits-minute'
  | 'restricted';

/** A ticket, and what is known beside its facts. */
export type TicketThen = {
  readonly state: TicketState;
  readonly events: readonly RecordedFact<TicketFact>[];
  /** of a ticket that was cancelled, without the new hour that is owed */
  readonly openTasks: number;
  /** checks of the audit whose verdict is `pending` */
  readonly pendingChecks: number;
  /** the tables have not read the log, or a row of it is parked: it is not known whether a person still has a task */
  readonly unread?: boolean;
  /** letters with a noted outcome */
  readonly letters: number;
};

const ending: readonly TicketFact['type'][] = [
  'Lapsed',
  'Cancelled',
  'CitizenAbsent',
  'Held',
  'ResolutionIssued',
  'ResolutionAmended',
  'ResolutionFiled',
  'ResolutionSent',
  'ResolutionHandedOver',
];

const latest = (instants: readonly Instant[]): Instant => instants.toSorted().at(-1) ?? '';

/** When the last fact that ended the ticket was recorded; empty when there is none. */
const endOfTicket = (events: TicketThen['events']): Instant =>
  latest(events.filter(({ fact }) => ending.includes(fact.type)).map(({ recordedAt }) => recordedAt));

/** Why nothing of this ticket may be erased, regardless of the period. */
const heldBack = ({ state, openTasks, unread = false, pendingChecks }: TicketThen): DueStatus | undefined => {
  if (isActive(state)) return 'active';
  if (isRequested(state) && state.restriction !== undefined) return 'restricted';
  if (state.status === 'held' || state.status === 'resolved') return 'unfinished';
  // a right that the citizen may never use: it ends with their data (A23)
  const isHeldBy = (kind: TaskKind): boolean => state.status !== 'cancelled' || kind !== 'must-be-rescheduled';
  const raised = isRequested(state) && Object.values(state.tasks).some(({ done, kind }) => !done && isHeldBy(kind));
  if (raised || openTasks > 0) return 'open-task';
  if (unread) return 'unread';
  return pendingChecks > 0 ? 'pending-check' : undefined;
};

const after = (end: Instant, period: Period, now: Instant): DueStatus => (endOfPeriod(end, period) <= now ? 'due' : 'not-yet');

/** GDPR 5 (1) e: what of a ticket has been kept long enough. A ticket with an open task is never due. */
export const ticketDue = (
  then: TicketThen,
  kind: 'contact' | 'conclusions' | 'letters',
  period: Period | null,
  now: Instant,
): DueStatus => {
  const { state, events, letters } = then;
  if (!isRequested(state)) return 'nothing';
  const gone = {
    contact: state.erased,
    conclusions: state.conclusionsErased || state.resolution.issued === undefined,
    letters: letters === 0,
  };
  if (gone[kind]) return 'nothing';
  if (period === null) return 'never';
  const held = heldBack(then);
  if (held !== undefined) return held;
  // what is not filed yet would be filed without its text
  if (kind === 'conclusions' && state.resolution.filed === undefined) return 'unfinished';
  return after(endOfTicket(events), period, now);
};

/** The same of the applicant's name: from when the request can have no ticket any more, and each that it had has ended. */
export const requestDue = (
  {
    state,
    events,
    tickets,
  }: { readonly state: RequestState; readonly events: readonly RecordedFact<RequestFact>[]; readonly tickets: readonly TicketThen[] },
  period: Period | null,
  now: Instant,
): DueStatus => {
  if (state.status === 'unknown' || state.erased) return 'nothing';
  if (period === null) return 'never';
  if (state.admission !== undefined || state.status === 'in-operation') return 'active';
  for (const then of tickets) {
    const held = heldBack(then);
    if (held !== undefined) return held;
  }
  const windows = [countingAnswer(state)?.enforcedUntil, state.lateAdmission?.until].flatMap((date) =>
    date === undefined ? [] : [startOfNextDay(date)],
  );
  const told = events.map(({ recordedAt }) => recordedAt);
  return after(latest([...windows, ...told, ...tickets.map((then) => endOfTicket(then.events))]), period, now);
};
