import type { AgendaState } from '../../../domain/agenda/agenda';
import type { Verdicts } from '../../../domain/audit/judge';
import type { Duty } from '../../../domain/duties/duties';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Deadline } from '../../../domain/ticket/deadlines';
import type { BlockCause } from '../../../domain/agenda/facts';
import type { CalendarState } from '../../../domain/calendar/calendar';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { Grade } from '../../../domain/kernel/grade';
import type { PersonalText } from '../../../domain/kernel/personal-text';
import type { ReadingPurpose } from '../../../domain/reading/reading';
import type { Ground, RequestIdentity, RequestStatus } from '../../../domain/request/facts';
import type { RegisteredRequest } from '../../../domain/request/request';
import type { StaffRole } from '../../../domain/staff/facts';
import type { KnownStaff } from '../../../domain/staff/staff-member';
import type {
  ChangeReason,
  LapseCause,
  Mode,
  NoticeChannel,
  NoticeOutcome,
  NoticeSubject,
  RecordKind,
  TaskKind,
} from '../../../domain/ticket/facts';
import type { TicketStatus } from '../../../domain/ticket/ticket';
import type { Position } from '@tichet-albastru/event-log/ports/event-store';

/** The names of the tables, as `ReadModels` takes them. */
export const tables = {
  staffCalendar: 'staff-calendar',
  clarificationEligibility: 'clarification-eligibility',
  applicants: 'applicants',
  auditTrail: 'audit-trail',
  auditEvidence: 'audit-evidence',
  ticketStatus: 'ticket-status',
  ticketFacts: 'ticket-facts',
  ticketDuties: 'ticket-duties',
  tasks: 'tasks',
  agendaDays: 'agenda-days',
  staffDirectory: 'staff-directory',
  readings: 'readings',
  workingCalendar: 'working-calendar',
} as const;

/** Tables whose rows are derived from those of another one. */
export const derivedFrom: ReadonlyMap<string, string> = new Map([
  [tables.auditTrail, tables.auditEvidence],
  [tables.tasks, tables.ticketDuties],
]);

/** This table, and the one that its rows are derived from: where a row of that one waits for a person, what is made of it is as it was before. */
export const madeOf = (table: string): readonly string[] => {
  const source = derivedFrom.get(table);
  return source === undefined ? [table] : [table, source];
};

/** `staff-calendar`, key: the ticket's id. Art. 4, VEZI PROGRAMĂRI WEBEX: where a meeting stands now. */
export type MeetingRow = {
  readonly kind: 'meeting';
  readonly ticketId: string;
  readonly reference: string;
  readonly requestNumber: string;
  readonly filedOn: CivilDate;
  readonly staffId: string;
  readonly departmentCode: string;
  readonly mode: Mode;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** `awaiting-code` is a hold and no booked meeting yet */
  readonly status: TicketStatus;
  readonly applicant: { readonly name: PersonalText; readonly email?: PersonalText; readonly phone?: PersonalText };
  /** for the slot where it stands now */
  readonly joinUrl?: PersonalText;
  readonly hasLink: boolean;
  readonly hasRecording: boolean;
  /** ids of those that are still there */
  readonly recordings: readonly string[];
  readonly recording: 'none' | 'attached' | 'missing' | 'waived';
  readonly resolution: 'none' | 'issued' | 'sent' | 'handed-over' | 'bounced';
  readonly reschedules: number;
  /** the ticket's own stream, which is not whole, was closed, and nothing was written to it since */
  readonly closed?: true;
};
/** `staff-calendar`, key: `closed/<staffId>/<staffId>_<date>`. The stream of that day, which is not whole, was closed. */
export type ClosedDayRow = {
  readonly kind: 'closed-day';
  readonly staffId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly stream: string;
};
/** `staff-calendar`, key: `closed/<staffId>/<id>`. Time in which the person is not met. */
export type ClosedTimeRow = {
  readonly kind: 'closed';
  readonly staffId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly cause: BlockCause;
  /** of an absence */
  readonly absenceId?: string;
};
export type StaffCalendarRow = MeetingRow | ClosedTimeRow | ClosedDayRow;

/** `clarification-eligibility`, key: `<number>_<filedOn>`. Whether it is eligible is asked of `request` at a moment. */
export type EligibilityRow = RequestIdentity & {
  readonly status: RequestStatus;
  readonly departmentCode: string | null;
  readonly handlerStaffId: string;
  /** of the answer that counts (A25) */
  readonly communicatedOn: CivilDate | null;
  readonly advertisedUntil: CivilDate | null;
  readonly enforcedUntil: CivilDate | null;
  readonly policy: string | null;
  readonly calendarVersion: string | null;
  /** A27, the last day, whole */
  readonly lateAdmissionUntil: CivilDate | null;
  readonly activeTicket: string | null;
  /** since when two applicants claim it (A29) */
  readonly disputedSince: Instant | null;
  /** the request as its facts make it, for asking the domain at a moment */
  readonly request: RegisteredRequest;
};

export type ClarificationEligibilityRow = EligibilityRow;

/** `applicants`, key: `<number>_<filedOn>`. A long history makes no row longer: the time of a lookup tells the caller nothing about it. */
export type ApplicantRow = RequestIdentity & { readonly applicantName: PersonalText };

/** `ticket-status`, key: the ticket's id. */
export type TicketStatusRow = {
  readonly ticketId: string;
  readonly reference: string | null;
  readonly status: TicketStatus;
  readonly requestNumber: string;
  readonly filedOn: CivilDate;
  readonly staffId: string;
  readonly mode: Mode | null;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** A9, while a code is awaited */
  readonly heldUntil?: Instant;
  readonly lapseCause?: LapseCause;
  readonly issued: boolean;
  readonly delivered: boolean;
  /** when the newest fact that changed this row was recorded */
  readonly updatedAt: Instant;
};

/** Who entered something: `service` is a process of the service, or another program. */
export type ActingParty = 'citizen' | 'staff' | 'service';
type Acted = {
  readonly actedBy: ActingParty;
  /** the pseudonym of the civil servant who entered it */
  readonly actor: string | null;
};
/** Where a ticket stands, or stood: `startsAt` is null while it has no hour. */
export type TicketPlace = { readonly staffId: string; readonly mode: Mode; readonly startsAt: Instant | null };
/** What became of the hour of a ticket. */
export type TicketChange = Acted & {
  readonly kind: 'moved' | 'reassigned' | 'mode-changed' | 'cancelled' | 'lapsed' | 'citizen-absent' | 'staff-absent';
  readonly askedBy: 'citizen' | 'staff' | null;
  /** of a lapse its cause */
  readonly reason: ChangeReason | LapseCause | null;
  readonly at: Instant;
  readonly from: TicketPlace;
  /** null where the ticket has no hour any more, or no meeting took place in it */
  readonly to: TicketPlace | null;
  /** A20: staff changed it, and the citizen agreed on record */
  readonly agreed: boolean;
};
/** What was told to the citizen of a change (A21); of an invitation and a resolution only that the letter came back. */
export type TicketNotice = Acted & {
  readonly about: NoticeSubject | 'invitation' | 'resolution';
  readonly channel: NoticeChannel;
  readonly outcome: NoticeOutcome;
  readonly grade: Grade;
  readonly at: Instant;
  readonly letterId?: string;
  readonly postedOn?: CivilDate;
};

/** `ticket-facts`, key: the ticket's id. Numbers for reports: no verdict, no person of the public. */
export type TicketFactsRow = {
  readonly ticketId: string;
  readonly department: string;
  readonly departmentCode: string;
  readonly mode: Mode;
  readonly staffId: string;
  readonly ground: Ground['kind'];
  readonly lateAdmission: boolean;
  readonly status: TicketStatus;
  readonly requestedAt: Instant;
  /** of the first `Scheduled` */
  readonly scheduledAt: Instant | null;
  /** start of the slot where it stands, once scheduled */
  readonly scheduledFor: Instant | null;
  /** ISO week of `scheduledFor` in Europe/Bucharest, `2026-W09` */
  readonly week: string | null;
  /** Art. 4, elapsed hours between request and start of the first slot */
  readonly leadHours: number | null;
  readonly held: boolean;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** real length of the meeting */
  readonly minutes: number | null;
  readonly recordKind: RecordKind | null;
  readonly recorded: boolean;
  /** ids of those that are still there */
  readonly recordings: readonly string[];
  /** ids of those among them that only a person has seen */
  readonly declaredRecordings: readonly string[];
  /** the weakest of the recordings that are still there */
  readonly recordedGrade: Grade | null;
  readonly recordingMissing: boolean;
  readonly recordingWaived: boolean;
  readonly resolutionIssued: boolean;
  /** when it was written first */
  readonly resolutionIssuedAt: Instant | null;
  /** since when it is connected in the register, as far as is known; an amendment is a document of its own and does not count */
  readonly resolutionFiledAt: Instant | null;
  readonly resolutionFiledGrade: Grade | null;
  /** when the mail server first took it */
  readonly resolutionSentAt: Instant | null;
  /** once held: until when the resolution goes out immediately, by the policy of then (A17) */
  readonly resolutionTargetAt: Instant | null;
  /** the first sending or handing over */
  readonly resolutionAt: Instant | null;
  /** how that one is known: a mail server took the letter, or a person says that it was handed over */
  readonly resolutionGrade: Grade | null;
  /** minutes from the end of the meeting to the first sending or handing over */
  readonly resolutionAfterMinutes: number | null;
  readonly rescheduledByCitizen: number;
  readonly rescheduledByStaff: number;
  readonly reassigned: number;
  readonly cancelledBy: 'citizen' | 'staff' | null;
  readonly citizenAbsent: boolean;
  readonly staffAbsent: boolean;
  readonly wrongCodes: number;
  /** in the order in which they were entered */
  readonly changes: readonly TicketChange[];
  readonly notices: readonly TicketNotice[];
};

/** What a person still has to do. The implicit ones are duties of the procedure; the others were raised by a process. */
export type OpenTask = {
  readonly taskId: string;
  readonly kind: TaskKind;
  readonly staffId: string;
  /** when it can be done first; a list shows it from then on */
  readonly from: Instant;
  /**
   * A list puts the most urgent first by it: what the task was raised for, the target or the limit; where no task was raised, the limit.
   */
  readonly dueAt?: Instant;
  /** After it, it is late; only where the procedure sets a target (A17). */
  readonly targetAt?: Instant;
  /** After it, the duty is missed. */
  readonly limitAt?: Instant;
  readonly subjectId?: string;
  /** whose task it is, where that is not the department of the meeting */
  readonly departmentCode?: string;
  /** the machine is still trying; a person may do it first, and is asked once it has given up */
  readonly waiting?: true;
};
/**
 * `tasks`, key: `<ticketId>/<task>`; a person's list is `staffId` with `from` up to now, by `dueAt`.
 * `<task>` is the raised task's id, or the duty's kind.
 */
export type TaskRow = Omit<OpenTask, 'departmentCode'> & {
  readonly ticketId: string;
  readonly reference: string | null;
  readonly startsAt: Instant;
  readonly departmentCode: string | null;
};

/** By when; a row of before there were two dates has one, which is its limit. */
export const deadlineOf = ({ targetAt, limitAt, dueAt }: Pick<OpenTask, 'targetAt' | 'limitAt' | 'dueAt'>): Deadline | undefined => {
  const limit = limitAt ?? dueAt;
  return limit === undefined ? undefined : { ...defined({ targetAt }), limitAt: limit };
};

/**
 * `readings`, key: `<subject>/<day>/<role>/<department>/<purpose>`. That a user in this role was shown what is personal in `subject`:
 * `ticket-<id>`, `request-<number>_<filedOn>`, or anything at all on that day, `day-<date>`. Who it was stands in no table.
 */
export type ReadingRow = {
  readonly subject: string;
  readonly role: string;
  readonly departmentCode: string | null;
  readonly purpose: ReadingPurpose;
  readonly lastAt: Instant;
  /** on that day */
  readonly times: number;
  /** where the facts stand */
  readonly streams: readonly string[];
};

/** `agenda-days`, key: `<staffId>_<date>`. The day as `takenTimes` of the agenda asks for it. */
export type AgendaDayRow = { readonly staffId: string; readonly date: CivilDate; readonly agenda: AgendaState };

/** `staff-directory`, key: the staff member's id. */
export type StaffDirectoryRow = {
  readonly staffId: string;
  readonly role: StaffRole;
  readonly department: string;
  readonly departmentCode: string;
  readonly leftOn: CivilDate | null;
  /** where the person has worked, under which name of it, and from which day on; the first since the service knows them, the last is the present one */
  readonly departments: readonly [WorkedIn, ...WorkedIn[]];
  /** when the person had left and was not back yet (A3), in order; if the person is gone now, that leaving is `leftOn` */
  readonly gone: readonly Gone[];
  readonly staff: KnownStaff;
};
/** From a day, to before another. */
export type Gone = { readonly from: CivilDate; readonly until: CivilDate };
/** @property since the moment itself: of two names that a department got on one day, the later is the newer */
export type WorkedIn = {
  readonly from: CivilDate;
  readonly since: Instant;
  readonly departmentCode: string;
  readonly department: string;
};

/** `working-calendar`, key: `ro`. The days that differ from the law, and the pauses (A16). */
export type WorkingCalendarRow = { readonly calendar: CalendarState };

/**
 * `audit-trail`, key: the ticket's id. The judgement stands from `asOf` to `nextChangeAt`; for a moment after that,
 * or before `asOf`, the ticket is judged again from its evidence. Sentences are made when read.
 */
export type AuditRow = Verdicts & {
  readonly ticketId: string;
  readonly reference: string;
  readonly staffId: string;
  readonly department: string;
  readonly departmentCode: string;
  readonly mode: Mode;
  readonly startsAt: Instant;
  readonly requestedAt: Instant;
  readonly recordKind: RecordKind | null;
  readonly requestNumber: string;
  readonly filedOn: CivilDate;
  readonly ground: Ground['kind'];
  /** the moment of the newest fact that was judged */
  readonly asOf: Instant;
  readonly nextChangeAt: Instant | null;
  /** who could have confirmed what is only declared, as `confirmableBy` writes it; whether such a system is here the table does not know */
  readonly confirmableBy: string | null;
  /** all that the procedure asks for by a time, as known at `asOf`; what time makes of it is told when it is read */
  readonly duties: readonly Duty[];
  /** the earliest limit of what is still owed, and the latest of all; null where there is none */
  readonly owedUntil: Instant | null;
  readonly lastLimitAt: Instant | null;
  /** the other department that the newest offer asked; null where none did, or the meeting is its own now */
  readonly offeredTo: string | null;
  /** where a list shows it: `fail`; of the others `confirmableBy`, or `none` where no system could have confirmed anything */
  readonly attention: string;
  /** from after this moment on it may be one that fails: empty where it does, `never` (which is later than any moment) where time changes nothing */
  readonly failsAfter: string;
  /** position of the newest fact that was judged */
  readonly position: Position;
};
