import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/* What answers look like, for the document only: the answers themselves are plain objects of the queries. */

export class MeetWithShown {
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ enum: ['executive', 'head-of-office', 'head-of-service'] })
  readonly role!: string;
  @ApiProperty()
  readonly department!: string;
}
class RequestShown {
  @ApiProperty({ example: '154997' })
  readonly number!: string;
  @ApiProperty({ format: 'date' })
  readonly filedOn!: string;
  @ApiProperty({ enum: ['in-operation', 'clarification'] })
  readonly ground!: string;
  @ApiPropertyOptional({ format: 'date', description: 'The last day of the 30, whole.' })
  readonly clarificationUntil?: string;
}
class NoticeShown {
  @ApiProperty()
  readonly version!: string;
  @ApiProperty()
  readonly text!: string;
}
export class FoundShown {
  @ApiProperty({ description: 'Lives 30 minutes.' })
  readonly bookingToken!: string;
  @ApiProperty()
  readonly request!: RequestShown;
  @ApiProperty()
  readonly meetWith!: MeetWithShown;
  @ApiProperty({ type: [String] })
  readonly modes!: readonly string[];
  @ApiProperty()
  readonly recordingNotice!: NoticeShown;
}
class SlotShown {
  @ApiProperty({ format: 'date-time' })
  readonly startsAt!: string;
  @ApiProperty({ format: 'date-time' })
  readonly endsAt!: string;
}
class DayShown {
  @ApiProperty({ format: 'date' })
  readonly date!: string;
  @ApiProperty()
  readonly free!: number;
  @ApiPropertyOptional({
    enum: ['under-48-hours', 'holiday', 'bridge-day', 'weekend', 'absent', 'full', 'outside-hours', 'beyond-horizon'],
  })
  readonly closed?: string;
}
export class SlotsShown {
  @ApiProperty({ example: 'Europe/Bucharest' })
  readonly zone!: string;
  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'The first day with a free slot.' })
  readonly first!: string | null;
  @ApiProperty({ type: [DayShown] })
  readonly days!: readonly DayShown[];
  @ApiProperty({ type: [SlotShown] })
  readonly slots!: readonly SlotShown[];
}
export const ticketStatuses = [
  'awaiting-code',
  'scheduled',
  'in-progress',
  'held',
  'resolved',
  'concluded',
  'lapsed',
  'cancelled',
  'citizen-absent',
  'staff-absent',
] as const;
export class TicketMadeShown {
  @ApiProperty({ format: 'uuid' })
  readonly ticketId!: string;
  @ApiProperty({ example: 'TA-7K3Q9ZX2' })
  readonly reference!: string;
  @ApiProperty({ enum: ticketStatuses })
  readonly status!: string;
  @ApiPropertyOptional({ format: 'date-time' })
  readonly heldUntil?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  readonly codeExpiresAt?: string;
  @ApiProperty({ description: 'Bearer token of this ticket.' })
  readonly manageToken!: string;
}
class TicketSlotShown extends SlotShown {
  @ApiProperty({ example: 'Europe/Bucharest' })
  readonly zone!: string;
}
class ApplicantShown {
  @ApiProperty()
  readonly name!: string;
  @ApiPropertyOptional()
  readonly email?: string;
  @ApiPropertyOptional()
  readonly phone?: string;
}
export class TicketShown {
  @ApiProperty({ format: 'uuid' })
  readonly ticketId!: string;
  @ApiProperty()
  readonly reference!: string;
  @ApiProperty({ enum: ticketStatuses })
  readonly status!: string;
  @ApiProperty({ enum: ['online', 'phone', 'in-person'] })
  readonly mode!: string;
  @ApiProperty()
  readonly slot!: TicketSlotShown;
  @ApiProperty({ type: MeetWithShown, nullable: true })
  readonly meetWith!: MeetWithShown | null;
  @ApiPropertyOptional()
  readonly place?: string;
  @ApiPropertyOptional()
  readonly joinUrl?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  readonly heldUntil?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  readonly codeExpiresAt?: string;
  @ApiProperty({ type: [String], description: 'What may be done now.' })
  readonly allowed!: readonly string[];
  @ApiPropertyOptional({ description: 'For the civil servant and the head.' })
  readonly applicant?: ApplicantShown;
  @ApiPropertyOptional()
  readonly requestNumber?: string;
  @ApiPropertyOptional()
  readonly notes?: string;
}
/** Where a ticket stands after a command. */
export class StandingShown {
  @ApiProperty({ format: 'uuid' })
  readonly ticketId!: string;
  @ApiProperty()
  readonly reference!: string;
  @ApiProperty({ enum: ticketStatuses })
  readonly status!: string;
}
