import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath, PickType } from '@nestjs/swagger';
import type { AuditListed, AuditListView, OwedThen } from '../../../application/audit/audit-list';
import type { AuditedFacts, AuditedTicket } from '../../../application/audit/audit-ticket';
import type {
  RefusedEntry,
  ChangeView,
  EntryView,
  StepView,
  TicketExplained,
  TicketHistory,
} from '../../../application/audit/ticket-history';
import type { MeetingsView, MeetingWithoutNames } from '../../../application/staff/staff-calendar';
import type { LookedAt, WhoLooked } from '../../../application/audit/who-looked';
import { type Summary, type SummaryDimension, summaryDimensions, type SummaryRow } from '../../../application/reports/report-figures';
import type { Eligibility, EligibilityListed, EligibilityListView } from '../../../application/requests/eligibility';
import { type Observer, observers, type Verdict } from '../../../domain/audit/check';
import type { PlacedMeeting } from '../../../domain/audit/evidence';
import { type CheckId, checkIds, type CheckResult, type Judgement, type Overall } from '../../../domain/audit/judge';
import { type DueField, dueFields } from '../../../domain/audit/explained';
import type { HistoryStep } from '../../../domain/audit/history';
import type { ClockDispute } from '../../../domain/audit/log-clock';
import type { Actor } from '../../../domain/kernel/fact';
import { type Grade, gradeShape } from '../../../domain/kernel/grade';
import type { RefusalCode } from '../../../domain/kernel/refusal';
import { readingPurpose, type ReadingPurpose } from '../../../domain/reading/reading';
import { groundKinds, type RequestStatus } from '../../../domain/request/facts';
import { type Mode, recordKind, type RecordKind } from '../../../domain/ticket/facts';
import type { TicketStatus } from '../../../domain/ticket/ticket';
import type { PlacedEvent, ProofEvidence, ProvedEvent, TicketProof } from '../../proof/ticket-proof';
import { requestStatuses } from '../../validation/administration';
import { count, date, instant, next, parked, reference, RequestNamed, SentenceAnswer, SlotAnswer, ticketStatus, uuid } from './answers';
import { modes } from './citizen';
import { DutyAnswer } from './duties';
import { verdicts } from './reading';

/* Answers to auditors, and to readers of figures. */

const article = { type: String, description: 'Of the Annex, of the Order (`D4`) or `GDPR 17`.', example: '3 e' } as const;
const overall = { enum: ['pass', 'fail', 'pending'] };
const grade = {
  enum: [...gradeShape.words],
  description:
    'How it is known: `observed` by an outside system or our own form or clock, or `declared` by a person. The weakest of what it rests on.',
};
const canConfirm = 'outside systems that could confirm it, where an installation has them';
const orNull = <T extends object>(form: T) => ({ ...form, nullable: true });

export class EligibilityAnswer extends RequestNamed implements Eligibility {
  @ApiProperty({ enum: requestStatuses }) readonly status!: RequestStatus;
  @ApiProperty(orNull({ enum: groundKinds })) readonly ground!: Eligibility['ground'];
  @ApiProperty(orNull(date)) readonly communicatedOn!: string | null;
  @ApiProperty(orNull(date)) readonly advertisedUntil!: string | null;
  @ApiProperty(orNull(date)) readonly enforcedUntil!: string | null;
  @ApiProperty(orNull(date)) readonly lateAdmissionUntil!: string | null;
  @ApiProperty(orNull({ type: String })) readonly policy!: string | null;
  @ApiProperty(orNull({ type: String })) readonly calendarVersion!: string | null;
  @ApiProperty(orNull(uuid)) readonly activeTicket!: string | null;
  @ApiProperty() readonly eligible!: boolean;
  @ApiPropertyOptional({ description: 'Why not.' }) readonly reason?: string;
  @ApiProperty(instant) readonly asOf!: string;
}
class EligibilityRowAnswer extends EligibilityAnswer implements EligibilityListed {
  @ApiProperty(orNull({ type: String, description: 'Null where the register does not say it.' })) readonly departmentCode!: string | null;
  @ApiProperty({ description: 'Who has the file.' }) readonly handlerStaffId!: string;
}
export class EligibilityListAnswer implements EligibilityListView {
  @ApiProperty({ type: [EligibilityRowAnswer] }) readonly requests!: readonly EligibilityRowAnswer[];
  @ApiProperty(parked) readonly parked!: number;
  @ApiPropertyOptional(next) readonly next?: string;
}
class OwedAnswer extends PickType(DutyAnswer, ['kind', 'targetAt', 'limitAt', 'overdue'] as const) implements OwedThen {}
class AuditedRow implements AuditListed {
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty(reference) readonly reference!: string;
  @ApiProperty() readonly staffId!: string;
  @ApiProperty() readonly department!: string;
  @ApiProperty() readonly departmentCode!: string;
  @ApiProperty({ enum: modes }) readonly mode!: Mode;
  @ApiProperty(instant) readonly startsAt!: string;
  @ApiProperty(instant) readonly requestedAt!: string;
  @ApiProperty(orNull({ enum: recordKind.words })) readonly recordKind!: RecordKind | null;
  @ApiProperty() readonly requestNumber!: string;
  @ApiProperty(date) readonly filedOn!: string;
  @ApiProperty({ enum: groundKinds }) readonly ground!: AuditListed['ground'];
  @ApiProperty(overall) readonly overall!: Overall;
  @ApiProperty(count) readonly warnings!: number;
  @ApiProperty(count) readonly waived!: number;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string', enum: [...verdicts] }, description: 'By check, as C01.' })
  readonly verdicts!: Readonly<Record<string, Verdict>>;
  @ApiProperty(orNull({ ...grade, description: 'The weakest of what was found kept; null where nothing was.' }))
  readonly grade!: Grade | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', enum: [...gradeShape.words] },
    description: 'By check, as C01: how it is known. None for what does not apply, or waits for what has not happened.',
  })
  readonly grades!: Readonly<Record<string, Grade>>;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string', enum: [...observers] } },
    description: `By check that is only declared: the ${canConfirm}.`,
  })
  readonly observable!: Readonly<Record<string, readonly Observer[]>>;
  @ApiPropertyOptional({
    type: OwedAnswer,
    nullable: true,
    description: 'What somebody still owed then, the most urgent; left out while the table that says it is being filled.',
  })
  readonly owed?: OwedAnswer | null;
  @ApiProperty(instant) readonly asOf!: string;
}
export class AuditListAnswer implements AuditListView {
  @ApiProperty({ type: [AuditedRow] }) readonly tickets!: readonly AuditedRow[];
  @ApiProperty(parked) readonly parked!: number;
  @ApiPropertyOptional(next) readonly next?: string;
  @ApiPropertyOptional({
    enum: [true],
    description: 'Nothing is put before the newest: with `asOf`, and while the table of a former version is read.',
  })
  readonly newestFirst?: true;
}
class CalendarMeetingAnswer implements MeetingWithoutNames {
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty(reference) readonly reference!: string;
  @ApiProperty() readonly requestNumber!: string;
  @ApiProperty(date) readonly filedOn!: string;
  @ApiProperty() readonly staffId!: string;
  @ApiProperty() readonly departmentCode!: string;
  @ApiProperty({ enum: modes }) readonly mode!: Mode;
  @ApiProperty(instant) readonly startsAt!: string;
  @ApiProperty(instant) readonly endsAt!: string;
  @ApiProperty(ticketStatus) readonly status!: TicketStatus;
  @ApiProperty({ enum: ['none', 'attached', 'missing', 'waived'] }) readonly recording!: MeetingWithoutNames['recording'];
  @ApiProperty({ enum: ['none', 'issued', 'sent', 'handed-over', 'bounced'] }) readonly resolution!: MeetingWithoutNames['resolution'];
  @ApiProperty(count) readonly reschedules!: number;
}
export class MeetingsAnswer implements MeetingsView {
  @ApiProperty({ type: [CalendarMeetingAnswer] }) readonly meetings!: readonly CalendarMeetingAnswer[];
  @ApiProperty(parked) readonly parked!: number;
  @ApiPropertyOptional(next) readonly next?: string;
}
class LookedAtAnswer implements LookedAt {
  @ApiProperty(instant) readonly readAt!: string;
  @ApiProperty(orNull({ type: String, description: 'Staff id or pseudonym; null once the period of `readings` is over.' }))
  readonly person!: string | null;
  @ApiProperty({ description: 'Role, or `command-line`.', example: 'head' }) readonly role!: string;
  @ApiProperty(orNull({ type: String })) readonly departmentCode!: string | null;
  @ApiProperty({ enum: readingPurpose.words }) readonly purpose!: ReadingPurpose;
  @ApiProperty({ description: 'Route, page or command.', example: 'GET /programari/:id' }) readonly page!: string;
  @ApiProperty({ type: [String], description: 'Ids of the tickets of which it showed something.' }) readonly tickets!: readonly string[];
  @ApiProperty({ type: [String], description: 'Requests, by `number_date`.' }) readonly requests!: readonly string[];
}
export class WhoLookedAnswer implements WhoLooked {
  @ApiProperty({ type: [LookedAtAnswer], description: 'The newest first.' }) readonly readings!: readonly LookedAtAnswer[];
  @ApiPropertyOptional(next) readonly next?: string;
}
class AuditedSlot extends SlotAnswer {}
class AuditedFactsAnswer implements AuditedFacts {
  @ApiProperty(reference) readonly reference!: string;
  @ApiProperty(ticketStatus) readonly status!: TicketStatus;
  @ApiProperty() readonly requestNumber!: string;
  @ApiProperty(date) readonly filedOn!: string;
  @ApiProperty({ example: 'in-operation' }) readonly ground!: string;
  @ApiProperty({ enum: modes }) readonly mode!: string;
  @ApiProperty() readonly staffId!: string;
  @ApiProperty() readonly department!: string;
  @ApiProperty() readonly slot!: AuditedSlot;
  @ApiProperty(instant) readonly requestedAt!: string;
  @ApiPropertyOptional(instant) readonly startedAt?: string;
  @ApiPropertyOptional(instant) readonly endedAt?: string;
  @ApiProperty({ enum: recordKind.words, description: 'A12.' }) readonly recordKind!: RecordKind;
}
class CheckAnswer implements CheckResult {
  @ApiProperty({ enum: checkIds }) readonly id!: CheckId;
  @ApiProperty({ enum: verdicts }) readonly verdict!: Verdict;
  @ApiProperty(article) readonly article!: string;
  @ApiProperty({ type: [String], description: 'Ids of the events that prove it.' }) readonly evidence!: readonly string[];
  @ApiPropertyOptional(grade) readonly grade?: Grade;
  @ApiPropertyOptional({ enum: observers, isArray: true, description: `Where it is only declared: the ${canConfirm}.` })
  readonly observable?: readonly Observer[];
  @ApiProperty() readonly text!: SentenceAnswer;
  @ApiPropertyOptional({ ...instant, description: 'After this moment it fails unless something happens.' }) readonly failsAt?: string;
  @ApiPropertyOptional({
    description:
      'What it rests on was recorded while a clock was wrong: by so many seconds the times in the log go back. The sentence says it too.',
  })
  readonly clockOffBySeconds?: number;
  @ApiPropertyOptional(instant) readonly warnsAt?: string;
  @ApiPropertyOptional(instant) readonly appliesAt?: string;
}
class JudgementAnswer implements Judgement {
  @ApiProperty(overall) readonly overall!: Overall;
  @ApiPropertyOptional({ ...grade, description: 'The weakest of what was found kept.' }) readonly grade?: Grade;
  @ApiProperty(count) readonly warnings!: number;
  @ApiProperty(count) readonly waived!: number;
  @ApiProperty({ type: [CheckAnswer], description: 'Every check, as it stood.' }) readonly checks!: readonly CheckAnswer[];
  @ApiPropertyOptional({ ...instant, description: 'After this moment a verdict turns by time alone.' }) readonly nextChangeAt?: string;
}
export class AuditedTicketAnswer extends JudgementAnswer implements AuditedTicket {
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty(instant) readonly asOf!: string;
  @ApiProperty() readonly facts!: AuditedFactsAnswer;
  @ApiProperty({ type: [DutyAnswer], description: 'What the procedure asks for by a time, as far as it had begun; the most urgent first.' })
  readonly duties!: readonly DutyAnswer[];
}

class ActorAnswer implements Actor {
  @ApiProperty({ enum: ['citizen', 'staff', 'system', 'auditor'] }) readonly kind!: string;
  @ApiProperty({ description: 'Pseudonymous: of a staff member, a ticket, a process.' }) readonly id!: string;
}
class StepTaken implements Omit<HistoryStep, 'changed'> {
  @ApiProperty({ example: '00000000000000000042' }) readonly position!: string;
  @ApiProperty(uuid) readonly eventId!: string;
  @ApiProperty({ type: String, description: 'The event’s name.', example: 'Scheduled' }) readonly type!: HistoryStep['type'];
  @ApiProperty(instant) readonly at!: string;
  @ApiProperty() readonly actor!: ActorAnswer;
  @ApiProperty(article) readonly article!: string;
  @ApiProperty({ ...ticketStatus, description: 'After it.' }) readonly state!: TicketStatus;
}
class HistoryStepAnswer extends StepTaken implements HistoryStep {
  @ApiProperty({ type: [String], description: 'Names of what it changed.' }) readonly changed!: readonly string[];
}
export class HistoryAnswer implements TicketHistory {
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty({ type: [HistoryStepAnswer] }) readonly steps!: readonly HistoryStepAnswer[];
}
class TurnedCheckAnswer {
  @ApiProperty({ enum: checkIds }) readonly id!: CheckId;
  @ApiProperty(article) readonly article!: string;
  @ApiProperty() readonly text!: SentenceAnswer;
  @ApiPropertyOptional({ enum: verdicts, description: 'Left out where nothing was judged before.' }) readonly before?: Verdict;
  @ApiProperty({ enum: verdicts }) readonly after!: Verdict;
  @ApiPropertyOptional({ ...grade, description: 'Left out where the verdict rested on nothing.' }) readonly gradeBefore?: Grade;
  @ApiPropertyOptional({ ...grade, description: 'A verdict that stays may come to rest on better grounds.' }) readonly gradeAfter?: Grade;
}
const oneValue = { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }], nullable: true };
class ChangeAnswer implements ChangeView {
  @ApiProperty({ example: 'slot.startsAt' }) readonly name!: string;
  @ApiPropertyOptional(oneValue) readonly before?: string | number | boolean | null;
  @ApiPropertyOptional({ ...oneValue, description: 'Personal text is […], once erased [șters].' })
  readonly after?: string | number | boolean | null;
}
type Due = StepView['due'][number];
class DueAnswer implements Due {
  @ApiProperty({ enum: dueFields }) readonly name!: DueField;
  @ApiProperty(instant) readonly at!: string;
}
class OtherFactAnswer {
  @ApiProperty({ enum: ['request', 'staff', 'calendar', 'meeting'] }) readonly of!: 'request' | 'staff' | 'calendar' | 'meeting';
  @ApiProperty(instant) readonly at!: string;
  @ApiProperty() readonly eventId!: string;
  @ApiPropertyOptional() readonly type?: string;
}
class ExplainedStepAnswer extends StepTaken implements StepView {
  @ApiProperty({ type: String, enum: ['step'] }) readonly kind!: 'step';
  @ApiProperty({ type: [ChangeAnswer] }) readonly changes!: readonly ChangeAnswer[];
  @ApiProperty({ type: [DueAnswer], description: 'What fell due by it.' }) readonly due!: readonly DueAnswer[];
  @ApiProperty({ type: [TurnedCheckAnswer], description: 'The checks that it turned.' }) readonly turned!: readonly TurnedCheckAnswer[];
  @ApiPropertyOptional({ description: 'On what was known then.' }) readonly judgement?: JudgementAnswer;
}
type TimePassed = Extract<EntryView, { readonly kind: 'time-passed' }>;
class TimePassedAnswer implements TimePassed {
  @ApiProperty({ type: String, enum: ['time-passed'] }) readonly kind!: 'time-passed';
  @ApiProperty({ ...instant, description: 'The last moment before the verdict turned.' }) readonly at!: string;
  @ApiProperty({ type: [TurnedCheckAnswer] }) readonly turned!: readonly TurnedCheckAnswer[];
  @ApiProperty() readonly judgement!: JudgementAnswer;
}
type HappenedElsewhere = Extract<EntryView, { readonly kind: 'elsewhere' }>;
class ElsewhereAnswer implements HappenedElsewhere {
  @ApiProperty({ type: String, enum: ['elsewhere'] }) readonly kind!: 'elsewhere';
  @ApiProperty(instant) readonly at!: string;
  @ApiProperty({ type: [TurnedCheckAnswer] }) readonly turned!: readonly TurnedCheckAnswer[];
  @ApiProperty() readonly judgement!: JudgementAnswer;
  @ApiProperty({ type: [OtherFactAnswer], description: 'Facts of other streams.' }) readonly facts!: readonly OtherFactAnswer[];
}
class RefusedAnswer implements RefusedEntry {
  @ApiProperty({ type: String, enum: ['refused'] }) readonly kind!: 'refused';
  @ApiProperty(instant) readonly at!: string;
  @ApiProperty({ enum: ['ticket', 'request'] }) readonly about!: 'ticket' | 'request';
  @ApiProperty() readonly actor!: ActorAnswer;
  @ApiProperty(uuid) readonly commandId!: string;
  @ApiProperty({ description: 'What was attempted.', example: 'rescheduleTicket' }) readonly command!: string;
  @ApiProperty({ type: String, description: 'As a problem says it.', example: 'too-soon' }) readonly code!: RefusalCode;
  @ApiPropertyOptional(article) readonly article?: string;
  @ApiProperty() readonly sentence!: SentenceAnswer;
}
const entries = [ExplainedStepAnswer, TimePassedAnswer, ElsewhereAnswer, RefusedAnswer];
@ApiExtraModels(...entries)
export class ExplainedAnswer implements TicketExplained {
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty(instant) readonly asOf!: string;
  @ApiProperty({ description: 'The tables have not read the newest events of the log yet.' }) readonly late!: boolean;
  @ApiProperty({
    type: 'array',
    items: { oneOf: entries.map((entry) => ({ $ref: getSchemaPath(entry) })) },
    description: 'In order of time.',
  })
  readonly entries!: readonly EntryView[];
  @ApiPropertyOptional({ description: 'As of `asOf`.' }) readonly judgement?: JudgementAnswer;
  @ApiProperty({ type: 'object', additionalProperties: { $ref: getSchemaPath(SentenceAnswer) }, description: 'The words of each article.' })
  readonly articles!: Readonly<Record<string, SentenceAnswer>>;
}

const average = { type: Number, nullable: true };
class SummaryRowAnswer implements SummaryRow {
  @ApiProperty({ description: 'The department by its newest name, the mode, ISO week or person.' }) readonly key!: string;
  @ApiPropertyOptional({ description: 'Of a department: its code, under which all its tickets are counted, whatever its name was.' })
  readonly departmentCode?: string;
  @ApiProperty(count) readonly tickets!: number;
  @ApiProperty(count) readonly held!: number;
  @ApiProperty(count) readonly heldOnline!: number;
  @ApiProperty(count) readonly cancelled!: number;
  @ApiProperty(count) readonly citizenAbsent!: number;
  @ApiProperty(count) readonly staffAbsent!: number;
  @ApiProperty(count) readonly rescheduledByCitizen!: number;
  @ApiProperty(count) readonly rescheduledByStaff!: number;
  @ApiProperty(count) readonly recorded!: number;
  @ApiProperty(count) readonly recordingMissing!: number;
  @ApiProperty(count) readonly recordingWaived!: number;
  @ApiProperty(count) readonly resolutionsIssued!: number;
  @ApiProperty(count) readonly resolutionsDelivered!: number;
  @ApiProperty(average) readonly averageLeadHours!: number | null;
  @ApiProperty(average) readonly averageMinutes!: number | null;
  @ApiProperty(average) readonly averageResolutionMinutes!: number | null;
  @ApiProperty(average) readonly medianResolutionMinutes!: number | null;
  @ApiProperty({ ...count, description: 'Of `recorded`: only declared.' }) readonly recordedDeclared!: number;
  @ApiProperty({ ...count, description: 'Of `resolutionsDelivered`: only declared.' }) readonly resolutionsDeclared!: number;
}
export class SummaryAnswer implements Summary {
  @ApiProperty(date) readonly from!: string;
  @ApiProperty(date) readonly to!: string;
  @ApiProperty({ enum: summaryDimensions }) readonly by!: SummaryDimension;
  @ApiProperty({ type: [SummaryRowAnswer] }) readonly rows!: readonly SummaryRowAnswer[];
  @ApiProperty({
    ...count,
    description: 'Tickets of all departments and days that wait for an administrator: they are counted as they were before, or not at all.',
  })
  readonly parked!: number;
}

class ProvedEventAnswer implements ProvedEvent {
  @ApiProperty({ ...count, description: 'Events of the log before it.' }) readonly leaf!: number;
  @ApiProperty() readonly stream!: string;
  @ApiProperty(count) readonly revision!: number;
  @ApiProperty() readonly id!: string;
  @ApiProperty({ description: 'The text that was hashed, to the byte.' }) readonly body!: string;
  @ApiProperty() readonly hash!: string;
  @ApiProperty({ type: [String], description: 'RFC 6962 inclusion proof, lowest first.' }) readonly proof!: readonly string[];
  @ApiPropertyOptional({ description: 'Its place in the log, compared as a text. There with `evidence`.' }) readonly position?: string;
}
class PlacedEventAnswer extends ProvedEventAnswer implements PlacedEvent {
  @ApiProperty({ description: 'Its place in the log, compared as a text.' }) override readonly position!: string;
}
class MeetingAnswer implements PlacedMeeting {
  @ApiProperty() readonly ticketId!: string;
  @ApiProperty() readonly staffId!: string;
  @ApiProperty() readonly slot!: SlotAnswer;
  @ApiProperty({ ...instant, description: 'When it was put there.' }) readonly liveFrom!: string;
  @ApiPropertyOptional({ ...instant, description: 'When it was moved or cancelled.' }) readonly liveUntil?: string;
  @ApiPropertyOptional({ description: 'Where in the log it was put there.' }) readonly from?: string;
  @ApiPropertyOptional({ description: 'Where in the log it was moved or cancelled.' }) readonly until?: string;
  @ApiProperty({ description: 'The event that put it there.' }) readonly eventId!: string;
  @ApiProperty({ description: 'Of the last event that changed it.' }) readonly position!: string;
}
class ClockDisputeAnswer implements ClockDispute {
  @ApiProperty() readonly from!: string;
  @ApiProperty() readonly to!: string;
  @ApiProperty(instant) readonly earliest!: string;
  @ApiProperty(instant) readonly newest!: string;
  @ApiProperty() readonly seconds!: number;
  @ApiProperty(count) readonly facts!: number;
  @ApiProperty() readonly open!: boolean;
}
type ProvedStream = ProofEvidence['streams'][number];
class ProvedStreamAnswer implements ProvedStream {
  @ApiProperty() readonly stream!: string;
  @ApiProperty({ type: [PlacedEventAnswer] }) readonly events!: readonly PlacedEventAnswer[];
}
class JudgedAnswer extends JudgementAnswer {
  @ApiProperty(instant) readonly asOf!: string;
}
class ProofEvidenceAnswer implements ProofEvidence {
  @ApiProperty({ type: [PlacedEventAnswer], description: 'Of the request that the ticket is about.' })
  readonly request!: readonly PlacedEventAnswer[];
  @ApiProperty({ type: [ProvedStreamAnswer], description: 'Of people and of the calendar.' })
  readonly streams!: readonly ProvedStreamAnswer[];
  @ApiProperty({
    type: [MeetingAnswer],
    description: 'Of other tickets, at the same time with the same person; nothing of what they are about.',
  })
  readonly meetings!: readonly MeetingAnswer[];
  @ApiProperty({ type: [ClockDisputeAnswer], description: 'Where the times of the log go back.' })
  readonly clock!: readonly ClockDisputeAnswer[];
  @ApiProperty({ description: 'The verdicts, on what the file holds.' }) readonly judged!: JudgedAnswer;
}
export class ProofAnswer implements TicketProof {
  @ApiProperty({ type: String }) readonly format!: TicketProof['format'];
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty({ description: 'The public key in one line.' }) readonly verifier!: string;
  @ApiProperty({ description: 'C2SP tlog-checkpoint in a signed note.' }) readonly checkpoint!: string;
  @ApiPropertyOptional({ description: 'TimeStampToken of RFC 3161 over `checkpoint`, DER in base64.' }) readonly timeStamp?: string;
  @ApiProperty({ type: [ProvedEventAnswer] }) readonly events!: readonly ProvedEventAnswer[];
  @ApiProperty({ ...count, description: 'Events of the ticket that are newer than the checkpoint.' }) readonly notYetSealed!: number;
  @ApiPropertyOptional({
    description: 'All that the verdicts rest on, as it stood under the checkpoint; left out where nobody can sign it.',
  })
  readonly evidence?: ProofEvidenceAnswer;
  @ApiPropertyOptional({
    description: 'C2SP signed-note over the whole of it and the event with which the ticket ends. There with `evidence`.',
  })
  readonly manifest?: string;
}
class SealedUpToAnswer {
  @ApiProperty({ ...count, description: 'Events, counted from the first of the log.' }) readonly size!: number;
  @ApiProperty({ description: 'Of the RFC 6962 tree over their hashes.' }) readonly root!: string;
  @ApiProperty({ description: 'C2SP tlog-checkpoint in a signed note, word for word.' }) readonly note!: string;
}
export class CheckpointAnswer extends SealedUpToAnswer {
  @ApiProperty({ description: 'The public key in one line.' }) readonly verifier!: string;
  @ApiPropertyOptional({ description: 'The newest one that a witness has cosigned.' }) readonly witnessed?: SealedUpToAnswer;
}
