import { ApiProperty } from '@nestjs/swagger';
import type { KeptRequest, KeptStep, KeptText, KeptTicket, SubjectAccess } from '../../../application/privacy/subject-access';
import { readingPurpose, type ReadingPurpose } from '../../../domain/reading/reading';
import type { TicketStatus } from '../../../domain/ticket/ticket';
import { ADate, AnEmail, AnId, Text } from '../../validation/fields';

/** Whose data are asked for: a ticket, or a request with the applicant’s name, or a verified address. */
export class SubjectAccessBody {
  @AnId({ optional: true, description: 'Of a ticket.' })
  readonly ticketId?: string;
  @Text({ max: 100, optional: true, description: 'Of a request, with `filedOn` and `applicantName`.' })
  readonly requestNumber?: string;
  @ADate({ optional: true, notInExample: true })
  readonly filedOn?: string;
  @Text({ max: 200, optional: true })
  readonly applicantName?: string;
  @AnEmail({ optional: true, description: 'Of tickets at which a code has verified it.' })
  readonly email?: string;
}

const instant = { type: String, format: 'date-time' } as const;

class KeptTextAnswer implements KeptText {
  @ApiProperty(instant) readonly at!: string;
  @ApiProperty({ example: 'Requested', description: 'The fact in which it stands.' }) readonly fact!: string;
  @ApiProperty({ example: 'phone' }) readonly field!: string;
  @ApiProperty() readonly text!: string;
}
class KeptStepAnswer implements KeptStep {
  @ApiProperty(instant) readonly at!: string;
  @ApiProperty({ example: 'Scheduled' }) readonly fact!: string;
  @ApiProperty({ example: 'citizen', description: 'The kind of actor; nobody by name.' }) readonly by!: string;
}
class KeptLetterAnswer {
  @ApiProperty({ type: String, example: 'invitation' }) readonly kind!: KeptTicket['letters'][number]['kind'];
  @ApiProperty({ type: String, example: 'accepted' }) readonly state!: KeptTicket['letters'][number]['state'];
  @ApiProperty(instant) readonly at!: string;
}
class LooksAnswer {
  @ApiProperty({ example: 'staff' }) readonly role!: string;
  @ApiProperty({ type: String, nullable: true }) readonly departmentCode!: string | null;
  @ApiProperty({ type: String, enum: readingPurpose.words }) readonly purpose!: ReadingPurpose;
  @ApiProperty(instant) readonly lastAt!: string;
  @ApiProperty({ type: 'integer', description: 'On that day.' }) readonly times!: number;
}
class KeptIdentity {
  @ApiProperty({ example: '154997' }) readonly number!: string;
  @ApiProperty({ type: String, format: 'date' }) readonly filedOn!: string;
}
class KeptTicketAnswer implements KeptTicket {
  @ApiProperty() readonly ticketId!: string;
  @ApiProperty({ example: 'TA-7K2M9QXD' }) readonly reference!: string;
  @ApiProperty() readonly request!: KeptIdentity;
  @ApiProperty({ type: String }) readonly status!: TicketStatus;
  @ApiProperty({ example: 'phone' }) readonly mode!: string;
  @ApiProperty(instant) readonly startsAt!: string;
  @ApiProperty({ type: [KeptTextAnswer] }) readonly texts!: readonly KeptTextAnswer[];
  @ApiProperty({ type: [KeptStepAnswer] }) readonly steps!: readonly KeptStepAnswer[];
  @ApiProperty({ type: [KeptLetterAnswer] }) readonly letters!: readonly KeptLetterAnswer[];
  @ApiProperty({ type: [LooksAnswer] }) readonly lookedAt!: readonly LooksAnswer[];
}
class KeptRequestAnswer extends KeptIdentity implements KeptRequest {
  @ApiProperty({ example: 'answered' }) readonly status!: string;
  @ApiProperty({ type: [KeptTextAnswer] }) readonly texts!: readonly KeptTextAnswer[];
  @ApiProperty({ type: [KeptStepAnswer] }) readonly steps!: readonly KeptStepAnswer[];
  @ApiProperty({ type: [LooksAnswer] }) readonly lookedAt!: readonly LooksAnswer[];
}
export class SubjectAccessAnswer implements SubjectAccess {
  @ApiProperty(instant) readonly madeAt!: string;
  @ApiProperty({ type: [KeptTicketAnswer] }) readonly tickets!: readonly KeptTicketAnswer[];
  @ApiProperty({ type: [KeptRequestAnswer] }) readonly requests!: readonly KeptRequestAnswer[];
}
