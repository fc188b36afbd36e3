import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { checkIds } from '../../../domain/audit/check';
import { dueFields } from '../../../domain/audit/explained';
import { verdicts } from './reading';

/* What an explained history looks like, for the document only: the answer itself is a plain object of the query. */

const instant = { format: 'date-time' } as const;
const actors = ['citizen', 'staff', 'system', 'auditor'] as const;

export class SentenceShown {
  @ApiProperty()
  readonly ro!: string;
  @ApiProperty()
  readonly en!: string;
}
class ActorShown {
  @ApiProperty({ enum: actors })
  readonly kind!: string;
  @ApiProperty({ description: 'Pseudonymous: of a staff member, a ticket, a process.' })
  readonly id!: string;
}
class CheckShown {
  @ApiProperty({ enum: checkIds })
  readonly id!: string;
  @ApiProperty({ enum: verdicts })
  readonly verdict!: string;
  @ApiProperty({ example: '3 e' })
  readonly article!: string;
  @ApiProperty({ type: [String], description: 'Ids of the events that prove it.' })
  readonly evidence!: readonly string[];
  @ApiProperty()
  readonly text!: SentenceShown;
  @ApiPropertyOptional(instant)
  readonly failsAt?: string;
  @ApiPropertyOptional(instant)
  readonly warnsAt?: string;
  @ApiPropertyOptional(instant)
  readonly appliesAt?: string;
}
class JudgementShown {
  @ApiProperty({ enum: ['pass', 'fail', 'pending'] })
  readonly overall!: string;
  @ApiProperty()
  readonly warnings!: number;
  @ApiProperty()
  readonly waived!: number;
  @ApiProperty({ type: [CheckShown], description: 'C01 to C21, as they stood.' })
  readonly checks!: readonly CheckShown[];
  @ApiPropertyOptional(instant)
  readonly nextChangeAt?: string;
}
class TurnedShown {
  @ApiProperty({ enum: checkIds })
  readonly id!: string;
  @ApiProperty()
  readonly article!: string;
  @ApiProperty()
  readonly text!: SentenceShown;
  @ApiPropertyOptional({ enum: verdicts, description: 'Left out where nothing was judged before.' })
  readonly before?: string;
  @ApiProperty({ enum: verdicts })
  readonly after!: string;
}
const oneValue = { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }], nullable: true };
class ChangeShown {
  @ApiProperty({ example: 'slot.startsAt' })
  readonly name!: string;
  @ApiPropertyOptional(oneValue)
  readonly before?: unknown;
  @ApiPropertyOptional({ ...oneValue, description: 'Personal text is […], once erased [șters].' })
  readonly after?: unknown;
}
class DueShown {
  @ApiProperty({ enum: dueFields })
  readonly name!: string;
  @ApiProperty(instant)
  readonly at!: string;
}
class OtherFactShown {
  @ApiProperty({ enum: ['request', 'staff', 'calendar', 'meeting'] })
  readonly of!: string;
  @ApiProperty(instant)
  readonly at!: string;
  @ApiProperty()
  readonly eventId!: string;
  @ApiPropertyOptional()
  readonly type?: string;
}
class EntryShown {
  @ApiProperty({ enum: ['step', 'time-passed', 'elsewhere', 'refused'] })
  readonly kind!: string;
  @ApiProperty({ ...instant, description: 'Of time-passed: the last moment before the verdict turned.' })
  readonly at!: string;
  @ApiPropertyOptional({ description: 'step' })
  readonly position?: string;
  @ApiPropertyOptional({ description: 'step' })
  readonly eventId?: string;
  @ApiPropertyOptional({ description: 'step: the fact' })
  readonly type?: string;
  @ApiPropertyOptional({ description: 'step, refused' })
  readonly actor?: ActorShown;
  @ApiPropertyOptional({ description: 'step: that allowed it; refused: that said no, where one did' })
  readonly article?: string;
  @ApiPropertyOptional({ description: 'step: public status after it' })
  readonly state?: string;
  @ApiPropertyOptional({ type: [ChangeShown], description: 'step' })
  readonly changes?: readonly ChangeShown[];
  @ApiPropertyOptional({ type: [DueShown], description: 'step' })
  readonly due?: readonly DueShown[];
  @ApiPropertyOptional({ type: [TurnedShown], description: 'all but refused: the checks that it turned' })
  readonly turned?: readonly TurnedShown[];
  @ApiPropertyOptional({ description: 'all but refused: on what was known then' })
  readonly judgement?: JudgementShown;
  @ApiPropertyOptional({ type: [OtherFactShown], description: 'elsewhere: facts of other streams' })
  readonly facts?: readonly OtherFactShown[];
  @ApiPropertyOptional({ enum: ['ticket', 'request'], description: 'refused' })
  readonly about?: string;
  @ApiPropertyOptional({ description: 'refused' })
  readonly commandId?: string;
  @ApiPropertyOptional({ description: 'refused: what was attempted' })
  readonly command?: string;
  @ApiPropertyOptional({ description: 'refused: as a problem says it' })
  readonly code?: string;
  @ApiPropertyOptional({ description: 'refused' })
  readonly sentence?: SentenceShown;
}
export class ExplainedShown {
  @ApiProperty()
  readonly ticketId!: string;
  @ApiProperty(instant)
  readonly asOf!: string;
  @ApiProperty({ description: 'The tables have not read the newest events of the log yet.' })
  readonly late!: boolean;
  @ApiProperty({ type: [EntryShown], description: 'In order of time.' })
  readonly entries!: readonly EntryShown[];
  @ApiPropertyOptional({ description: 'As of `asOf`.' })
  readonly judgement?: JudgementShown;
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(SentenceShown) },
    description: 'The words of each article that is named.',
  })
  readonly articles!: object;
}
class StepShown {
  @ApiProperty()
  readonly position!: string;
  @ApiProperty()
  readonly eventId!: string;
  @ApiProperty()
  readonly type!: string;
  @ApiProperty(instant)
  readonly at!: string;
  @ApiProperty()
  readonly actor!: ActorShown;
  @ApiProperty()
  readonly article!: string;
  @ApiProperty()
  readonly state!: string;
  @ApiProperty({ type: [String], description: 'Names of what it changed.' })
  readonly changed!: readonly string[];
}
export class HistoryShown {
  @ApiProperty()
  readonly ticketId!: string;
  @ApiProperty({ type: [StepShown] })
  readonly steps!: readonly StepShown[];
}
