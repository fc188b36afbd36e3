import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { MeetingOfAbsence } from '../../../application/booking/followed-meetings';
import type { MeetingLeft, WayOut } from '../../../application/booking/ways-out';
import type { AllowedAction, TicketView } from '../../../application/booking/ticket-view';
import type { MoveOfferView } from '../../../application/booking/move-offers';
import type { Slots } from '../../../application/booking/slots';
import type { DamagedStream } from '../../proof/damaged-streams';
import { type StreamDamage, streamDamages } from '@tichet-albastru/event-log/ports/event-store';
import type { ParkedKey } from '@tichet-albastru/event-log/ports/read-models';
import type { ClosedTimeRow, TaskRow } from '../../../application/kernel/ports/tables';
import type { WebhookView } from '../../../application/operation/webhooks';
import type { ErasureReport, OutsidePlace, SealAfterErasure, SealedThen } from '../../../application/privacy/erasure-report';
import type { DueSubject } from '../../../application/privacy/retention';
import type { RequestView } from '../../../application/requests/register-request';
import type { LettersView } from '../../../application/staff/choose-letters';
import type { DeputiesView, DeputyView } from '../../../application/staff/deputies';
import type { MeetingInPause } from '../../../application/staff/pauses';
import type { StaffMemberView } from '../../../application/staff/register-staff';
import type { StaffSchedule } from '../../../application/staff/staff-schedule';
import type { MeetWith } from '../../../application/staff/meet-with';
import type { TasksView } from '../../../application/staff/open-tasks';
import { type CalendarView, type ClosedRecord, closedRecords, type MeetingView } from '../../../application/staff/staff-calendar';
import type { DayAvailability } from '../../../domain/agenda/day-plan';
import { blockCause } from '../../../domain/agenda/facts';
import type { Sentence } from '../../../domain/audit/check';
import type { Pause } from '../../../domain/calendar/calendar';
import type { WithTexts } from '../../../domain/kernel/personal-text';
import { type Ground, groundKinds, type RequestIdentity, type RequestStatus } from '../../../domain/request/facts';
import { type PersonalClass, personalClasses } from '../../../domain/retention/retention';
import { type LetterChoice, letterChoice, type StaffRole, type WeeklyHours } from '../../../domain/staff/facts';
import {
  type Agreement,
  agreementChannel,
  type Companion,
  companionKind,
  letterLanguage,
  type Locale,
  type Mode,
  taskKind,
  type TaskKind,
} from '../../../domain/ticket/facts';
import type { SelectionMinute } from '../../../domain/ticket/erasure';
import type { TicketStatus } from '../../../domain/ticket/ticket';
import type { Slot } from '../../../domain/time/slot';
import { type Failing, type Place, places } from '@tichet-albastru/event-log/database/storage-health';
import type { CalendarStatus } from '../../outside/absences/calendar-read';
import type { ClassLook, RetentionLook } from '../../nest/look-at-retention';
import type { CalendarsOfPerson } from '../../nest/absence-calendars';
import type { ImportReport } from '../../outside/document-system/import/import-report';
import { requestStatuses, staffRoles } from '../../validation/administration';
import { modes } from './citizen';

/* What commands, and the questions of citizens and civil servants, answer. A class is the document's shape of what the query gives. */

export const instant = { type: String, format: 'date-time' } as const;
export const targetAt = { ...instant, description: 'The target: after it, it is late. Only where the procedure sets one (A17).' } as const;
export const limitAt = { ...instant, description: 'The limit: the last moment in time; after it the duty is missed.' } as const;
export const date = { type: String, format: 'date' } as const;
export const uuid = { type: String, format: 'uuid' } as const;
export const count = { type: 'integer', minimum: 0 } as const;
export const reference = { type: String, example: 'TA-7K3Q9ZX2' } as const;
const zone = { type: String, enum: ['Europe/Bucharest'] };
export const parked = {
  ...count,
  description: 'Rows that wait for an administrator: they are left out, or what is made of them is as it was before.',
} as const;
export const next = { type: String, description: 'Give it as `cursor` for the next page; left out on the last one.' } as const;
const statuses: Readonly<Record<TicketStatus, true>> = {
  'awaiting-code': true,
  scheduled: true,
  'in-progress': true,
  held: true,
  resolved: true,
  concluded: true,
  lapsed: true,
  cancelled: true,
  'citizen-absent': true,
  'staff-absent': true,
};
export const ticketStatus = { type: String, enum: Object.keys(statuses) };

export class SentenceAnswer implements Sentence {
  @ApiProperty() readonly ro!: string;
  @ApiProperty() readonly en!: string;
}

/* Commands that name what they were about. */

export class RequestNamed implements RequestIdentity {
  @ApiProperty({ example: '154997' }) readonly number!: string;
  @ApiProperty(date) readonly filedOn!: string;
}
export class RequestRegisteredAnswer extends RequestNamed {
  @ApiPropertyOptional({ description: 'Another applicant under the same number and date: nothing else of it went in (A29).' })
  readonly disputed?: true;
}
export class AnswerNamed extends RequestNamed {
  @ApiProperty() readonly documentNumber!: string;
}
export class StaffNamed {
  @ApiProperty({ example: 's002' }) readonly staffId!: string;
}
export class AbsenceNamed extends StaffNamed {
  @ApiProperty(uuid) readonly absenceId!: string;
}
export class DeputyNamedAnswer extends StaffNamed {
  @ApiProperty(uuid) readonly deputyshipId!: string;
}
class MeetingLeftAnswer implements MeetingLeft {
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty({ type: String, example: 'slot-taken', description: 'Why it was not moved: a code of a problem.' })
  readonly code!: MeetingLeft['code'];
}
export class DepartureArrangedAnswer extends StaffNamed {
  @ApiProperty({ ...count, description: 'How many meetings were moved.' }) readonly moved!: number;
  @ApiProperty({ type: [MeetingLeftAnswer], description: 'Those that stay where they are, as tasks.' })
  readonly left!: readonly MeetingLeftAnswer[];
}
export class AbsenceArrangedAnswer extends DepartureArrangedAnswer {
  @ApiProperty(uuid) readonly absenceId!: string;
}
export class DayNamed {
  @ApiProperty(date) readonly date!: string;
}
export class LetterNamed {
  @ApiProperty(uuid) readonly letterId!: string;
}
export class FollowedAnswer {
  @ApiProperty({ description: 'Whether a private address is read from now on.' }) readonly followed!: boolean;
}
export class FeedAnswer {
  @ApiProperty({ format: 'uri', description: 'Secret: whoever has it reads the feed.' }) readonly url!: string;
}

/* Of citizens. */

export class MeetWithAnswer implements MeetWith {
  @ApiProperty({ description: 'In clear: a civil servant’s.' }) readonly name!: string;
  @ApiProperty({ enum: staffRoles }) readonly role!: StaffRole;
  @ApiProperty() readonly department!: string;
}
class FoundRequest extends RequestNamed {
  @ApiProperty({
    enum: groundKinds,
    description: '`new-hour-owed`: in place of a ticket that staff cancelled (Art. 8), whatever the 30 days say.',
  })
  readonly ground!: Ground['kind'];
  @ApiPropertyOptional({ ...date, description: 'The last day of the 30, whole.' }) readonly clarificationUntil?: string;
}
class RecordingNotice {
  @ApiProperty({ description: 'Sent back as `recordingNoticeVersion`, it says that the notice was accepted.' }) readonly version!: string;
  @ApiProperty() readonly text!: string;
}
export class FoundAnswer {
  @ApiProperty({ description: 'Lives 30 minutes.' }) readonly bookingToken!: string;
  @ApiProperty() readonly request!: FoundRequest;
  @ApiProperty() readonly meetWith!: MeetWithAnswer;
  @ApiProperty({ enum: modes, isArray: true }) readonly modes!: readonly Mode[];
  @ApiProperty() readonly recordingNotice!: RecordingNotice;
}
export class SlotAnswer implements Slot {
  @ApiProperty(instant) readonly startsAt!: string;
  @ApiProperty(instant) readonly endsAt!: string;
}
const closedBecause = [
  'under-48-hours',
  'no-time-for-link',
  'holiday',
  'bridge-day',
  'weekend',
  'paused',
  'absent',
  'full',
  'outside-hours',
  'beyond-horizon',
];
class DayAnswer implements DayAvailability {
  @ApiProperty(date) readonly date!: string;
  @ApiProperty(count) readonly free!: number;
  @ApiPropertyOptional({ enum: closedBecause }) readonly closed?: NonNullable<DayAvailability['closed']>;
}
class PausedAnswer {
  @ApiProperty({ ...date, description: 'The first day, whole.' }) readonly from!: string;
  @ApiProperty({ ...date, description: 'The last day, whole.' }) readonly to!: string;
  @ApiProperty() readonly textRo!: string;
  @ApiProperty() readonly textEn!: string;
}
export class SlotsAnswer implements Slots {
  @ApiProperty(zone) readonly zone!: 'Europe/Bucharest';
  @ApiProperty({ ...date, nullable: true, description: 'The first day with a free slot.' }) readonly first!: string | null;
  @ApiProperty({ type: [DayAnswer] }) readonly days!: readonly DayAnswer[];
  @ApiProperty({ type: [SlotAnswer] }) readonly slots!: readonly SlotAnswer[];
  @ApiProperty({ ...instant, description: 'The first start that needs no consent of the citizen (Art. 4; online Art. 5).' })
  readonly freelyFrom!: string;
  @ApiPropertyOptional({
    ...instant,
    description: 'Where a person makes the links: the first start for which an online meeting’s can be made in time (Art. 5).',
  })
  readonly onlineFrom?: string;
  @ApiPropertyOptional({ type: [PausedAnswer], description: 'The pauses (A16) among these days, and what is said of them.' })
  readonly pauses?: readonly PausedAnswer[];
}
/** Where a ticket stands after a command. */
export class TicketNamed {
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty(reference) readonly reference!: string;
  @ApiProperty(ticketStatus) readonly status!: TicketStatus;
}
export class TicketAtCounter extends TicketNamed {
  @ApiPropertyOptional(instant) readonly heldUntil?: string;
  @ApiPropertyOptional(instant) readonly codeExpiresAt?: string;
}
export class TicketRequested extends TicketNamed {
  @ApiPropertyOptional(instant) readonly heldUntil?: string;
  @ApiPropertyOptional(instant) readonly codeExpiresAt?: string;
  @ApiProperty({ description: 'Bearer token of this ticket.' }) readonly manageToken!: string;
}
class TicketSlot extends SlotAnswer {
  @ApiProperty(zone) readonly zone!: 'Europe/Bucharest';
}
class CompanionAnswer implements WithTexts<Companion, string> {
  @ApiProperty({ enum: companionKind.words }) readonly kind!: Companion['kind'];
  @ApiProperty() readonly name!: string;
  @ApiPropertyOptional({ description: 'What was shown for it.' }) readonly shown?: string;
}
class ApplicantAnswer {
  @ApiProperty() readonly name!: string;
  @ApiPropertyOptional() readonly postalAddress?: string;
  @ApiPropertyOptional() readonly email?: string;
  @ApiPropertyOptional() readonly phone?: string;
}
class AwaitedAddress {
  @ApiProperty({ ...instant, description: 'Until when its code can be entered.' }) readonly until!: string;
  @ApiPropertyOptional({ format: 'email', description: 'Which one: at the counter.' }) readonly email?: string;
}
export class TicketAnswer extends TicketNamed implements TicketView {
  @ApiProperty({ enum: modes }) readonly mode!: Mode;
  @ApiProperty() readonly slot!: TicketSlot;
  @ApiProperty({ type: MeetWithAnswer, nullable: true }) readonly meetWith!: MeetWithAnswer | null;
  @ApiPropertyOptional({ description: 'In person.' }) readonly place?: string;
  @ApiPropertyOptional({ description: 'Online, once there is a link for this slot.' }) readonly joinUrl?: string;
  @ApiPropertyOptional({ ...instant, description: 'While a code is awaited.' }) readonly heldUntil?: string;
  @ApiPropertyOptional(instant) readonly codeExpiresAt?: string;
  @ApiPropertyOptional({ description: 'Another e-mail address, to which a code has gone; for the citizen, and at the counter.' })
  readonly awaitedAddress?: AwaitedAddress;
  @ApiProperty({
    enum: ['verify', 'new-code', 'reschedule', 'cancel', 'contact', 'verify-contact'],
    isArray: true,
    description: 'What may be done now.',
  })
  readonly allowed!: readonly AllowedAction[];
  @ApiPropertyOptional({ type: Boolean, enum: [true], description: 'Art. 8: staff cancelled it, and a new hour is owed for it.' })
  readonly newHourOwed?: true;
  @ApiPropertyOptional({ description: 'For the civil servant and the head.' }) readonly applicant?: ApplicantAnswer;
  @ApiPropertyOptional({ description: 'Who comes for the applicant or with them.' }) readonly companion?: CompanionAnswer;
  @ApiPropertyOptional({ description: 'For the civil servant and the head.' }) readonly requestNumber?: string;
  @ApiPropertyOptional({ description: 'For the civil servant and the head.' }) readonly notes?: string;
  @ApiPropertyOptional({
    type: Boolean,
    description: 'Something that was acknowledged about it is gone from the log: this is how it stood before.',
  })
  readonly incomplete?: true;
}

/* Of civil servants. */

class SaidAnswer {
  @ApiProperty() readonly ro!: string;
  @ApiProperty() readonly en!: string;
}
class ClosedRecordAnswer {
  @ApiProperty({ enum: closedRecords, description: 'Whose stream an administrator has closed, as it is not whole.' })
  readonly of!: ClosedRecord;
  @ApiProperty({ description: 'What that means, and what is to be done.' }) readonly text!: SaidAnswer;
}
class MeetingAnswer implements Omit<MeetingView, 'closed'> {
  @ApiProperty({ type: String, enum: ['meeting'] }) readonly kind!: 'meeting';
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty(reference) readonly reference!: string;
  @ApiProperty() readonly requestNumber!: string;
  @ApiProperty(date) readonly filedOn!: string;
  @ApiProperty() readonly staffId!: string;
  @ApiProperty() readonly departmentCode!: string;
  @ApiProperty({ enum: modes }) readonly mode!: Mode;
  @ApiProperty(instant) readonly startsAt!: string;
  @ApiProperty(instant) readonly endsAt!: string;
  @ApiProperty({ ...ticketStatus, description: '`awaiting-code` is a hold and no booked meeting yet.' }) readonly status!: TicketStatus;
  @ApiProperty() readonly applicant!: ApplicantAnswer;
  @ApiPropertyOptional() readonly joinUrl?: string;
  @ApiProperty() readonly hasLink!: boolean;
  @ApiProperty() readonly hasRecording!: boolean;
  @ApiProperty({ type: [String] }) readonly recordings!: readonly string[];
  @ApiProperty({ enum: ['none', 'attached', 'missing', 'waived'] }) readonly recording!: MeetingView['recording'];
  @ApiProperty({ enum: ['none', 'issued', 'sent', 'handed-over', 'bounced'] }) readonly resolution!: MeetingView['resolution'];
  @ApiProperty(count) readonly reschedules!: number;
  @ApiPropertyOptional({ description: 'The meeting cannot be relied upon.' }) readonly closed?: ClosedRecordAnswer;
}
class ClosedTimeAnswer implements ClosedTimeRow {
  @ApiProperty({ type: String, enum: ['closed'] }) readonly kind!: 'closed';
  @ApiProperty() readonly staffId!: string;
  @ApiProperty(instant) readonly startsAt!: string;
  @ApiProperty(instant) readonly endsAt!: string;
  @ApiProperty({ enum: blockCause.words }) readonly cause!: ClosedTimeRow['cause'];
  @ApiPropertyOptional(uuid) readonly absenceId?: string;
}
export class CalendarAnswer implements Omit<CalendarView, 'meetings'> {
  @ApiProperty({ type: [MeetingAnswer] }) readonly meetings!: readonly MeetingAnswer[];
  @ApiProperty({ type: [ClosedTimeAnswer], description: 'On the first page.' }) readonly closed!: readonly ClosedTimeAnswer[];
  @ApiProperty(parked) readonly parked!: number;
  @ApiPropertyOptional(next) readonly next?: string;
}
class OfferedTo {
  @ApiProperty() readonly departmentCode!: string;
  @ApiProperty() readonly department!: string;
  @ApiPropertyOptional({ description: 'The person, where one is named.' }) readonly staffId?: string;
  @ApiPropertyOptional() readonly name?: string;
  @ApiPropertyOptional({ description: 'The hour, where one is named.' }) readonly slot?: SlotAnswer;
}
class AgreementAnswer implements Agreement {
  @ApiProperty({ enum: agreementChannel.words }) readonly channel!: Agreement['channel'];
  @ApiProperty(instant) readonly agreedAt!: string;
}
export class MoveOfferAnswer implements MoveOfferView {
  @ApiProperty() readonly offerId!: string;
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty() readonly request!: RequestNamed;
  @ApiProperty({ description: 'The hour at which the meeting stands meanwhile.' }) readonly slot!: SlotAnswer;
  @ApiProperty({ enum: modes }) readonly mode!: Mode;
  @ApiProperty({ type: MeetWithAnswer, nullable: true }) readonly meetWith!: MeetWithAnswer | null;
  @ApiProperty() readonly to!: OfferedTo;
  @ApiProperty() readonly reason!: string;
  @ApiPropertyOptional({ description: 'Of the citizen, to the hour that is named.' }) readonly agreement?: AgreementAnswer;
  @ApiProperty(instant) readonly offeredAt!: string;
  @ApiProperty({ ...instant, description: 'Until then it can be accepted.' }) readonly validUntil!: string;
}
class TaskAnswer implements TaskRow {
  @ApiProperty() readonly taskId!: string;
  @ApiProperty({ enum: taskKind.words }) readonly kind!: TaskKind;
  @ApiProperty() readonly staffId!: string;
  @ApiProperty({ ...instant, description: 'From then on it can be done.' }) readonly from!: string;
  @ApiPropertyOptional({
    ...instant,
    description: 'By it a list is ordered, as before there were two dates: the limit, of a resolution that is to be written the target.',
  })
  readonly dueAt?: string;
  @ApiPropertyOptional(targetAt) readonly targetAt?: string;
  @ApiPropertyOptional(limitAt) readonly limitAt?: string;
  @ApiPropertyOptional({ description: 'What it is about: a letter, a block, an effect.' }) readonly subjectId?: string;
  @ApiPropertyOptional({ type: Boolean, enum: [true] }) readonly waiting?: true;
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty({ ...reference, nullable: true }) readonly reference!: string | null;
  @ApiProperty({ type: String, description: 'Of the meeting; empty where it has none.' }) readonly startsAt!: string;
  @ApiProperty({ type: String, nullable: true }) readonly departmentCode!: string | null;
}
class PauseAnswer implements Pause {
  @ApiProperty(uuid) readonly pauseId!: string;
  @ApiProperty({ ...date, description: 'The first day, whole.' }) readonly from!: string;
  @ApiProperty({ ...date, description: 'The last day, whole.' }) readonly to!: string;
  @ApiPropertyOptional({ description: 'Left out: the whole service.' }) readonly departmentCode?: string;
  @ApiProperty({ description: 'What citizens read.' }) readonly textRo!: string;
  @ApiProperty() readonly textEn!: string;
}
export class PausesAnswer {
  @ApiProperty({ type: [PauseAnswer] }) readonly pauses!: readonly PauseAnswer[];
}
export class PauseNamedAnswer {
  @ApiProperty(uuid) readonly pauseId!: string;
}
class MeetingInPauseAnswer implements MeetingInPause {
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty(reference) readonly reference!: string;
  @ApiProperty({ type: SlotAnswer }) readonly slot!: SlotAnswer;
  @ApiProperty({ description: 'Of the civil servant.' }) readonly name!: string;
}
export class MeetingsInPauseAnswer {
  @ApiProperty({ type: [MeetingInPauseAnswer] }) readonly meetings!: readonly MeetingInPauseAnswer[];
}
class PersonAnswer extends StaffNamed {
  @ApiProperty() readonly name!: string;
}
class DeputyAnswer extends PersonAnswer implements DeputyView {
  @ApiProperty(uuid) readonly deputyshipId!: string;
  @ApiProperty({ ...date, description: 'The first day, whole.' }) readonly from!: string;
  @ApiProperty({ ...date, description: 'The last day, whole.' }) readonly to!: string;
}
export class DeputiesAnswer extends StaffNamed implements DeputiesView {
  @ApiProperty({ type: [DeputyAnswer], description: 'For this person.' }) readonly own!: readonly DeputyAnswer[];
  @ApiProperty({ type: [DeputyAnswer], description: 'For everybody of the department.' }) readonly department!: readonly DeputyAnswer[];
  @ApiProperty({ type: [PersonAnswer], description: 'Who may be named.' }) readonly colleagues!: readonly PersonAnswer[];
}
class WayOutAnswer {
  @ApiProperty({ enum: ['deputy', 'hour'], description: '`deputy`: this colleague, at the same hour; `hour`: another hour.' })
  readonly kind!: WayOut['kind'];
  @ApiPropertyOptional({ example: 's004', description: 'Of a deputy.' }) readonly staffId?: string;
  @ApiPropertyOptional({ description: 'Of a deputy.' }) readonly name?: string;
  @ApiPropertyOptional({ enum: ['person', 'department'], description: 'Of a deputy: named for the person, or for the department (A3).' })
  readonly named?: 'person' | 'department';
  @ApiPropertyOptional({ ...instant, description: 'Of another hour.' }) readonly startsAt?: string;
  @ApiPropertyOptional({ type: PersonAnswer, description: 'With whom; left out: with the same person.' }) readonly with?: PersonAnswer;
}
class MeetingToMoveAnswer {
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty(reference) readonly reference!: string;
  @ApiProperty({ type: SlotAnswer }) readonly slot!: SlotAnswer;
  @ApiProperty({ enum: modes }) readonly mode!: Mode;
  @ApiProperty({ description: 'In clear.' }) readonly applicant!: string;
  @ApiProperty({ type: [WayOutAnswer], description: 'Where it may go; the first is the one proposed.' })
  readonly ways!: readonly WayOutAnswer[];
}
export class MeetingsToMoveAnswer {
  @ApiProperty({ type: [MeetingToMoveAnswer] }) readonly meetings!: readonly MeetingToMoveAnswer[];
}
export class DeparturePlanAnswer extends MeetingsToMoveAnswer {
  @ApiProperty({ ...date, description: 'The first day on which the person is no longer there.' }) readonly on!: string;
}
class FollowedMeetingAnswer implements MeetingOfAbsence {
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty(reference) readonly reference!: string;
  @ApiProperty({ description: 'In clear.' }) readonly applicant!: string;
  @ApiProperty({ type: SlotAnswer }) readonly slot!: SlotAnswer;
  @ApiProperty({ description: 'Whom the citizen meets now.' }) readonly meets!: string;
  @ApiProperty({ description: 'It still stands where nobody will be.' }) readonly waits!: boolean;
  @ApiProperty({ enum: ['told', 'letter', 'call'], description: 'Whether the citizen knows (A21).' })
  readonly telling!: MeetingOfAbsence['telling'];
  @ApiPropertyOptional({ description: 'In clear, where somebody has to call.' }) readonly phone?: string;
  @ApiPropertyOptional({ description: 'In clear, where somebody has to write: there is no phone number (A21).' })
  readonly postalAddress?: string;
}
export class FollowedMeetingsAnswer {
  @ApiProperty({ type: [FollowedMeetingAnswer] }) readonly meetings!: readonly FollowedMeetingAnswer[];
}
export class TasksAnswer implements TasksView {
  @ApiProperty({ type: [TaskAnswer] }) readonly tasks!: readonly TaskAnswer[];
  @ApiProperty(parked) readonly parked!: number;
  @ApiPropertyOptional(next) readonly next?: string;
}
class CalendarFault {
  @ApiProperty({ type: 'integer', minimum: 1, description: 'Where the event begins in the file.' }) readonly line!: number;
  @ApiProperty() readonly message!: string;
}
export class CalendarTakenAnswer {
  @ApiProperty({ ...count, description: 'Absences that were not there before.' }) readonly recorded!: number;
  @ApiProperty({ ...count, description: 'Absences that are in the calendar no more.' }) readonly withdrawn!: number;
  @ApiProperty(count) readonly unchanged!: number;
  @ApiProperty({ ...count, description: 'Left as they were, because an event could not be read.' }) readonly kept!: number;
  @ApiProperty({ type: [CalendarFault] }) readonly faults!: readonly CalendarFault[];
}
type Read = NonNullable<CalendarStatus['read']>;
class CalendarReadAnswer implements Omit<Read, 'unreadable'> {
  @ApiProperty(instant) readonly at!: string;
  @ApiProperty(count) readonly recorded!: number;
  @ApiProperty(count) readonly withdrawn!: number;
  @ApiProperty(count) readonly unchanged!: number;
  @ApiProperty(count) readonly kept!: number;
  @ApiProperty({ type: [CalendarFault] }) readonly unreadable!: readonly CalendarFault[];
}
class CalendarFailedAnswer {
  @ApiProperty(count) readonly times!: number;
  @ApiProperty(instant) readonly since!: string;
  @ApiProperty(instant) readonly last!: string;
  @ApiProperty({ type: String, example: 'not-reached' }) readonly why!: NonNullable<CalendarStatus['failed']>['why'];
  @ApiProperty() readonly message!: string;
}
export class CalendarStatusAnswer {
  @ApiPropertyOptional({ description: 'When it was last read to its end, and what that changed.' }) readonly read?: CalendarReadAnswer;
  @ApiPropertyOptional({ description: 'Since it was last read: that it could not be.' }) readonly failed?: CalendarFailedAnswer;
}
export class CalendarsAnswer implements Pick<CalendarsOfPerson, 'followed' | 'asksForAPerson'> {
  @ApiProperty({ description: 'Whether a private address is read; the address itself is never told.' }) readonly followed!: boolean;
  @ApiProperty({ description: 'For a day the address could not be read.' }) readonly asksForAPerson!: boolean;
  @ApiProperty() readonly address!: CalendarStatusAnswer;
  @ApiProperty() readonly file!: CalendarStatusAnswer;
}

/* Of the registry and administrators. */

export class RequestAnswer extends RequestNamed implements RequestView {
  @ApiProperty({ description: 'The applicant, in clear; [șters] once erased.' }) readonly applicantName!: string;
  @ApiPropertyOptional({ description: 'Another applicant under the same number and date, until a person has decided (A29).' })
  readonly disputedBy?: string;
  @ApiPropertyOptional() readonly department?: string;
  @ApiPropertyOptional() readonly departmentCode?: string;
  @ApiPropertyOptional() readonly subject?: string;
  @ApiProperty() readonly handlerStaffId!: string;
  @ApiProperty({ enum: requestStatuses }) readonly status!: RequestStatus;
}
export class StaffMemberAnswer extends StaffNamed implements StaffMemberView {
  @ApiProperty() readonly name!: string;
  @ApiProperty({ enum: staffRoles }) readonly role!: StaffRole;
  @ApiProperty() readonly department!: string;
  @ApiProperty() readonly departmentCode!: string;
  @ApiProperty() readonly email!: string;
  @ApiPropertyOptional({ ...date, description: 'The first day on which the person is no longer there.' }) readonly leftOn?: string;
}
const week = {
  type: 'object',
  additionalProperties: { type: 'array', items: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 } },
  description: 'Local wall times, `mon` to `sun`; a day that is not named is not worked.',
} as const;
class ComingWeek {
  @ApiProperty(date) readonly from!: string;
  @ApiProperty(week) readonly week!: WeeklyHours;
}
export class HoursAnswer extends StaffNamed implements Pick<StaffSchedule, 'week' | 'since' | 'coming'> {
  @ApiProperty(week) readonly week!: WeeklyHours;
  @ApiPropertyOptional({ ...date, description: 'Left out where nobody ever set another week.' }) readonly since?: string;
  @ApiProperty({ type: [ComingWeek], description: 'The nearest first.' }) readonly coming!: readonly ComingWeek[];
}

export class LettersAnswer extends StaffNamed implements LettersView {
  @ApiProperty({ enum: letterChoice.words }) readonly choice!: LetterChoice;
  @ApiProperty({ enum: letterLanguage.words }) readonly locale!: Locale;
  @ApiProperty({ description: 'Whether the person has chosen; otherwise it is the installation’s way.' }) readonly chosen!: boolean;
}

class LineFaultAnswer {
  @ApiProperty({ type: 'integer', minimum: 1 }) readonly line!: number;
  @ApiPropertyOptional() readonly field?: string;
  @ApiProperty() readonly message!: string;
}
export class ImportAnswer implements Omit<ImportReport, 'faults' | 'position'> {
  @ApiProperty(count) readonly lines!: number;
  @ApiProperty({ ...count, description: 'Good lines: they went in, however many others did not.' }) readonly imported!: number;
  @ApiProperty({ type: [LineFaultAnswer] }) readonly faults!: readonly LineFaultAnswer[];
  @ApiProperty({ ...count, description: 'More faults than are listed.' }) readonly faultsLeftOut!: number;
}
class ParkedRow implements ParkedKey {
  @ApiProperty() readonly id!: string;
  @ApiProperty() readonly projection!: string;
  @ApiProperty() readonly key!: string;
  @ApiProperty() readonly position!: string;
  @ApiProperty({ description: 'In which stream the event stands that could not be applied.' }) readonly stream!: string;
  @ApiProperty({ example: 'Scheduled' }) readonly type!: string;
  @ApiProperty() readonly eventId!: string;
  @ApiProperty({ description: 'The class of the error, and the sentence where JavaScript itself says it, without values.' })
  readonly error!: string;
  @ApiProperty(instant) readonly parkedAt!: string;
  @ApiProperty({ ...count, description: 'Events of this key that wait behind it.' }) readonly waiting!: number;
  @ApiProperty({ description: 'The table that has it is being filled and not yet read.' }) readonly filling!: boolean;
}
export class ParkedAnswer {
  @ApiProperty({ type: [ParkedRow] }) readonly parked!: readonly ParkedRow[];
}
export class ParkedNamed {
  @ApiProperty({ example: '12' }) readonly id!: string;
}
export class ParkedRetried extends ParkedNamed {
  @ApiProperty({ example: 'settled' }) readonly result!: string;
}
export class StreamClosedAnswer implements StreamDamage {
  @ApiProperty({ example: 'calendar-ro' }) readonly stream!: string;
  @ApiProperty({ ...count, description: 'The first that cannot be read.' }) readonly revision!: number;
  @ApiProperty({ enum: [...streamDamages] }) readonly how!: StreamDamage['how'];
  @ApiPropertyOptional({ description: 'The position at which the log says what was done, of what may be taken back and done again.' })
  readonly since?: string;
}
class DamagedStreamRow extends StreamClosedAnswer implements DamagedStream {
  @ApiPropertyOptional({ ...instant, description: 'Since then all others go on without it.' }) readonly closedAt?: string;
  @ApiProperty({ description: 'What was done to it, and the act that mends it.' }) readonly text!: SaidAnswer;
}
export class DamagedStreamsAnswer {
  @ApiProperty({ type: [DamagedStreamRow] }) readonly damaged!: readonly DamagedStreamRow[];
}
class ClassLookAnswer implements ClassLook {
  @ApiProperty({ enum: [...personalClasses] }) readonly class!: PersonalClass;
  @ApiProperty({ type: String, nullable: true, description: 'ISO 8601; null where it is kept for ever.', example: 'P2Y' })
  readonly period!: string | null;
  @ApiProperty(count) readonly due!: number;
  @ApiProperty({ type: 'object', additionalProperties: count, description: 'Why the others are not due.' })
  readonly others!: Readonly<Record<string, number>>;
}
class DueSubjectAnswer implements DueSubject {
  @ApiProperty({ enum: [...personalClasses] }) readonly class!: PersonalClass;
  @ApiProperty({ description: 'A ticket’s id, or a request’s `number_date`.' }) readonly subject!: string;
}
export class RetentionAnswer implements Omit<RetentionLook, 'outcome'> {
  @ApiProperty({ enum: ['off', 'waiting', 'in-force'], description: '`waiting`: nothing is erased until an administrator confirms.' })
  readonly state!: RetentionLook['state'];
  @ApiProperty({ type: [ClassLookAnswer] }) readonly classes!: readonly ClassLookAnswer[];
  @ApiProperty({ type: [DueSubjectAnswer], description: 'The first thousand.' }) readonly due!: readonly DueSubjectAnswer[];
  @ApiProperty({ ...count, description: 'Everything that is due, files and who looked with it.' }) readonly total!: number;
}
export class WebhookAnswer implements WebhookView {
  @ApiProperty() readonly name!: string;
  @ApiProperty({ enum: ['new', 'active', 'failing', 'disabled'] }) readonly state!: WebhookView['state'];
  @ApiPropertyOptional({ description: 'Everything up to here is done with.' }) readonly position?: string;
  @ApiPropertyOptional(count) readonly attempts?: number;
  @ApiPropertyOptional(instant) readonly failingSince?: string;
  @ApiPropertyOptional(instant) readonly nextAt?: string;
  @ApiPropertyOptional(instant) readonly disabledAt?: string;
  @ApiPropertyOptional({ description: 'A status, or what happened to the connection.', example: '503' }) readonly reason?: string;
}
export class WebhooksAnswer {
  @ApiProperty({ type: [WebhookAnswer] }) readonly webhooks!: readonly WebhookAnswer[];
}
class OutsidePlaceAnswer implements OutsidePlace {
  @ApiProperty({ enum: ['webex', 'sent-mail', 'infocet', 'backups', 'given-out', 'journal', 'integrators'] })
  readonly place!: OutsidePlace['place'];
  @ApiProperty() readonly text!: SentenceAnswer;
}
class SealedThenAnswer implements SealedThen {
  @ApiProperty(count) readonly size!: number;
  @ApiProperty() readonly root!: string;
}
class SealAfterErasureAnswer implements SealAfterErasure {
  @ApiProperty({ description: 'What was signed last before the erasure.' }) readonly before!: SealedThenAnswer;
  @ApiProperty() readonly after!: SealedThenAnswer;
  @ApiProperty({ ...count, description: 'Events of the person in `before`.' }) readonly events!: number;
  @ApiProperty({ ...count, description: 'How many of them still lead to its root, to the byte.' }) readonly stillProved!: number;
}
class SelectionMinuteAnswer implements SelectionMinute {
  @ApiProperty({ example: '3' }) readonly number!: string;
  @ApiProperty(date) readonly date!: string;
}
export class ErasureAnswer implements ErasureReport {
  @ApiProperty({ enum: ['ticket', 'request'] }) readonly subject!: 'ticket' | 'request';
  @ApiProperty() readonly id!: string;
  @ApiProperty(instant) readonly erasedAt!: string;
  @ApiProperty({ type: [String], description: 'Names of the destroyed keys.' }) readonly destroyedKeys!: readonly string[];
  @ApiProperty({ ...count, description: 'Letters deleted from the outbox.' }) readonly deletedLetters!: number;
  @ApiProperty({ type: [String], description: 'What stays readable, by design.' }) readonly kept!: readonly string[];
  @ApiProperty({ type: [String], description: 'Of a request: its tickets.' }) readonly tickets!: readonly string[];
  @ApiProperty({ type: [OutsidePlaceAnswer] }) readonly outside!: readonly OutsidePlaceAnswer[];
  @ApiProperty({ type: [OutsidePlaceAnswer] }) readonly copies!: readonly OutsidePlaceAnswer[];
  @ApiProperty({ description: 'Looked up afterwards: nobody can open what the key sealed.' }) readonly keyDestroyed!: boolean;
  @ApiProperty() readonly erasedBy!: string;
  @ApiPropertyOptional() readonly seal?: SealAfterErasureAnswer;
  @ApiPropertyOptional({ description: 'Of the text of a resolution: the minute of the selection commission.' })
  readonly minute?: SelectionMinuteAnswer;
}
export class FailingPlace implements Failing {
  @ApiProperty({ type: String, enum: places }) readonly place!: Place;
  @ApiProperty({ example: 'SQLITE_FULL', description: 'What keeps it from what it is asked for.' }) readonly code!: string;
}

export class HealthAnswer {
  @ApiProperty({ example: 'ready' }) readonly status!: string;
  @ApiPropertyOptional({ type: [FailingPlace], description: 'What is not there, where the status is `storage-failing`.' })
  readonly failing?: readonly FailingPlace[];
  @ApiPropertyOptional({
    type: [String],
    example: ['process-recordings'],
    description:
      'Tables that are filled anew, after an upgrade. Their old rows are read until then, and what processes have to do by them waits.',
  })
  readonly filling?: readonly string[];
}
