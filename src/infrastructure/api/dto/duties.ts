import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { DutiesView, ListedDuty } from '../../../application/reports/list-duties';
import { type DutyAt, dutyStates, type DutyState } from '../../../domain/duties/duties';
import { type DutyKind, dutyKindNames, owers, type Ower } from '../../../domain/duties/duty-kinds';
import { ADate, AName, OneOf, Text } from '../../validation/fields';
import { instant, limitAt, next, parked, reference, targetAt, uuid } from './answers';
import { listFormats, type ListFormat } from '../file-answers';
import { PageQuery } from './staff';

const filters = [...dutyStates, 'overdue'] as const;

export class DutiesListQuery extends PageQuery {
  @Text({
    max: 50,
    optional: true,
    description:
      'Code of the department whose duty it is: of the meeting as it stands; of an offer, the one that was asked. A head’s own where it is left out.',
  })
  readonly department?: string;
  @AName({ optional: true, description: 'Who owes it, or owed it.' })
  readonly staffId?: string;
  @OneOf(filters, { optional: true, description: '`overdue`: missed, and still owed.' })
  readonly state?: (typeof filters)[number];
  @OneOf(dutyKindNames, { optional: true })
  readonly kind?: DutyKind;
  @ADate({ optional: true, description: 'Limits from this day on; the end of a day is of the day that ends.' })
  readonly from?: string;
  @ADate({ optional: true, description: 'Limits up to this day, the day included.' })
  readonly to?: string;
  @OneOf(listFormats, { optional: true, description: '`csv-ro`: for an Excel set up in Romanian. Left out: by `Accept`.' })
  readonly format?: ListFormat;
}

export class DutyAnswer implements DutyAt {
  @ApiProperty({ description: 'Names it among the duties of its ticket.', example: 'send-resolution' }) readonly dutyId!: string;
  @ApiProperty({ enum: dutyKindNames }) readonly kind!: DutyKind;
  @ApiProperty({ type: String, description: 'Of the Annex.', example: '7' }) readonly article!: string;
  @ApiProperty({ enum: owers }) readonly owedBy!: Ower;
  @ApiProperty({
    description:
      'Whoever was to hold the meeting when it was done in time, or when its limit was over; of an offer, the head who was asked.',
  })
  readonly staffId!: string;
  @ApiPropertyOptional({
    description: 'Whose duty it is, where that is not the department of the meeting: of an offer, the one that was asked.',
  })
  readonly departmentCode?: string;
  @ApiProperty(instant) readonly since!: string;
  @ApiPropertyOptional(targetAt) readonly targetAt?: string;
  @ApiProperty(limitAt) readonly limitAt!: string;
  @ApiProperty({ enum: dutyStates, description: '`missed`: not done by its limit, whether or not it was done later.' })
  readonly state!: DutyState;
  @ApiPropertyOptional({ ...instant, description: 'When it was done, in time or not.' }) readonly metAt?: string;
  @ApiProperty({ description: 'Its limit is over, and it is still owed.' }) readonly overdue!: boolean;
}

class ListedDutyAnswer extends DutyAnswer implements ListedDuty {
  @ApiProperty(uuid) readonly ticketId!: string;
  @ApiProperty(reference) readonly reference!: string;
  @ApiProperty({ description: 'Whose duty it is.' }) override readonly departmentCode!: string;
  @ApiProperty({ ...instant, description: 'Of the meeting.' }) readonly startsAt!: string;
}

export class DutiesAnswer implements DutiesView {
  @ApiProperty({ ...instant, description: 'The moment at which the states are told.' }) readonly at!: string;
  @ApiProperty({ type: [ListedDutyAnswer] }) readonly duties!: readonly ListedDutyAnswer[];
  @ApiProperty(parked) readonly parked!: number;
  @ApiPropertyOptional(next) readonly next?: string;
}
