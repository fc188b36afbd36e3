import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ParkedGroup } from '../../../application/operation/parked-groups';
import type { RebuildRequest, RebuildOutcome } from '../../../application/operation/table-rebuilds';
import { type EffectState, effectStates, type WaitingEffects, type WaitingLetter } from '../../../application/operation/waiting-effects';
import type { HeldLease } from '@tichet-albastru/event-log/database/postgres/held-leases';
import {
  type Behind,
  type FillingStatus,
  type ReportingStatus,
  type ServiceStatusView,
  type SignedStatus,
  type TableState,
  type TableStatus,
  tableStates,
  type TargetStatus,
} from '../../nest/service-status';
import type { RetriedAll } from '../../nest/tables';
import { Form } from '../../validation/fields';
import { inBoth } from '../../phrasing/sentences';
import { count, FailingPlace, instant, WebhookAnswer } from './answers';

/* What runs and how far it is, as programs read it. Nothing personal is in it. */

const rebuildOutcomes: Readonly<Record<RebuildOutcome, true>> = { switched: true, 'parks-more': true, 'log-lacks': true, failed: true };

class BehindAnswer implements Behind {
  @ApiProperty({ ...count, description: 'Events of the log that are not read yet.' }) readonly events!: number;
  @ApiPropertyOptional({ enum: [true], description: 'So many were counted, and there are more.' }) readonly more?: true;
  @ApiProperty({ ...count, description: 'Since the oldest of them was recorded.' }) readonly seconds!: number;
}
class FillingAnswer implements FillingStatus {
  @ApiProperty(count) readonly version!: number;
  @ApiProperty() readonly position!: string;
  @ApiProperty({ type: BehindAnswer }) readonly behind!: BehindAnswer;
  @ApiProperty({ ...count, maximum: 100, description: 'Of the log, in whole per cent.' }) readonly percent!: number;
  @ApiProperty({ ...count, description: 'Rows of it that wait for a person.' }) readonly parked!: number;
}
class RebuildRequestAnswer implements RebuildRequest {
  @ApiProperty(instant) readonly at!: string;
  @ApiProperty({ description: 'Who, as facts name them.' }) readonly by!: string;
  @ApiPropertyOptional(instant) readonly endedAt?: string;
  @ApiPropertyOptional({
    enum: Object.keys(rebuildOutcomes),
    description:
      'Left out until it is done. `parks-more`: the new table could not take events that the old one took. `log-lacks`: the log does not hold what the tables have read.',
  })
  readonly outcome?: RebuildOutcome;
}
class TableStatusAnswer implements TableStatus {
  @ApiProperty({ example: 'staff-calendar' }) readonly name!: string;
  @ApiPropertyOptional({ description: 'Is computed from it, and filled with it.' }) readonly derived?: string;
  @ApiPropertyOptional({ enum: [true], description: 'Holds what a process has to do.' }) readonly process?: true;
  @ApiProperty({ ...count, description: 'Of the rows that are read.' }) readonly version!: number;
  @ApiProperty({
    enum: [...tableStates],
    description: '`refused`: a new one that fills beside it could not take events that this one took, and waits for a person.',
  })
  readonly state!: TableState;
  @ApiProperty({ description: 'Up to here it has read the log; empty before the first event.' }) readonly position!: string;
  @ApiProperty({ type: BehindAnswer }) readonly behind!: BehindAnswer;
  @ApiProperty({ ...count, description: 'Rows that wait for a person.' }) readonly parked!: number;
  @ApiPropertyOptional({
    ...count,
    description: 'Of a process: rows whose time has come, also those that were done or given up and that no fact has removed yet.',
  })
  readonly due?: number;
  @ApiPropertyOptional({ type: FillingAnswer }) readonly filling?: FillingAnswer;
  @ApiPropertyOptional({ type: RebuildRequestAnswer }) readonly asked?: RebuildRequestAnswer;
}
class ParkedGroupAnswer implements ParkedGroup {
  @ApiProperty() readonly projection!: string;
  @ApiProperty({ description: 'The class of the error, and the sentence where JavaScript itself says it, without values.' })
  readonly error!: string;
  @ApiProperty(count) readonly rows!: number;
  @ApiProperty({ description: 'Id of the row that was parked last.', example: '198' }) readonly newest!: string;
  @ApiProperty({ ...count, description: 'Events that wait behind those that could not be applied.' }) readonly waiting!: number;
  @ApiProperty(instant) readonly oldest!: string;
  @ApiProperty({ type: [String], description: 'Types of the events that could not be applied.' }) readonly types!: readonly string[];
  @ApiProperty({ ...count, description: 'Of these rows, those of a table that fills and is not yet read.' }) readonly filling!: number;
}
class WaitingLetterAnswer implements WaitingLetter {
  @ApiProperty() readonly letterId!: string;
  @ApiProperty({ description: 'Of a letter to a civil servant: `staff-` and their id.' }) readonly ticketId!: string;
  @ApiProperty(count) readonly attempts!: number;
  @ApiProperty(instant) readonly lastAt!: string;
  @ApiPropertyOptional(instant) readonly nextAt?: string;
}
class WaitingEffectsAnswer implements WaitingEffects {
  @ApiProperty({ example: 'process-invitation-letters' }) readonly process!: string;
  @ApiProperty({
    enum: [...effectStates],
    description:
      '`given-up`: a person has the task. `retrying`: it failed and is tried again by itself. `awaited`: nothing failed, something is still to come.',
  })
  readonly state!: EffectState;
  @ApiPropertyOptional({ description: 'The class of the error.' }) readonly error?: string;
  @ApiProperty(count) readonly count!: number;
  @ApiProperty({ ...count, description: 'The most that any of them was tried.' }) readonly attempts!: number;
  @ApiProperty(instant) readonly oldest!: string;
  @ApiPropertyOptional(instant) readonly nextAt?: string;
  @ApiProperty({ type: [WaitingLetterAnswer], description: 'Where they are letters that are sent again by hand: the first hundred.' })
  readonly letters!: readonly WaitingLetterAnswer[];
}
class TargetStatusAnswer extends WebhookAnswer implements TargetStatus {
  @ApiPropertyOptional({ type: BehindAnswer }) readonly behind?: BehindAnswer;
}
class LeaseAnswer implements HeldLease {
  @ApiProperty({ example: 'projections' }) readonly name!: string;
  @ApiProperty({ description: 'Host and number of the process.' }) readonly holder!: string;
  @ApiPropertyOptional(instant) readonly since?: string;
  @ApiProperty(instant) readonly until!: string;
}
class SignedAlarmAnswer {
  @ApiProperty(instant) readonly at!: string;
  @ApiProperty({ example: 'hash-differs' }) readonly reason!: string;
}
class SignedStatusAnswer implements Omit<SignedStatus, 'alarm'> {
  @ApiPropertyOptional({ ...count, description: 'Events under the newest checkpoint.' }) readonly size?: number;
  @ApiPropertyOptional() readonly root?: string;
  @ApiPropertyOptional(instant) readonly signedAt?: string;
  @ApiPropertyOptional({ ...count, description: 'Newer events.' }) readonly waiting?: number;
  @ApiPropertyOptional({ ...count, description: 'Events under the newest checkpoint that a witness has cosigned.' })
  readonly witnessed?: number;
  @ApiPropertyOptional() readonly verifier?: string;
  @ApiPropertyOptional({ type: SignedAlarmAnswer, description: 'The log is not what was signed, and nothing is written.' })
  readonly alarm?: SignedAlarmAnswer;
}
class ReportingStatusAnswer implements ReportingStatus {
  @ApiProperty({ example: 'tickets' }) readonly table!: string;
  @ApiProperty(count) readonly version!: number;
  @ApiProperty({ example: 'ticket-facts', description: 'The table whose rows make its rows.' }) readonly source!: string;
  @ApiProperty({ description: 'Up to here its source has read the log.' }) readonly position!: string;
  @ApiPropertyOptional(instant) readonly filledAt?: string;
  @ApiProperty({ ...count, description: 'Rows of the tables that it is made from that have changed and are not in it yet as they are.' })
  readonly behindRows!: number;
  @ApiProperty(count) readonly behindSeconds!: number;
  @ApiProperty({ ...count, description: 'Rows of its source from which it could not be filled.' }) readonly parked!: number;
  @ApiProperty({ ...count, description: 'Rows of the tables that it is made from that wait: they are in it as before, or not at all.' })
  readonly sourceParked!: number;
  @ApiProperty({ type: [String], description: 'Why: the class, and the sentence where it is of fixed words, without values.' })
  readonly errors!: readonly string[];
  @ApiPropertyOptional({ ...instant, description: 'Nothing in it turns by itself up to this moment; left out: nothing ever does.' })
  readonly judgedUntil?: string;
}
class ThisProcessAnswer {
  @ApiProperty({ description: 'Host and number of the process that answers.' }) readonly name!: string;
  @ApiProperty({ type: [FailingPlace], description: 'What it does not reach.' }) readonly failing!: readonly FailingPlace[];
}

/** Every process of several answers the same, but for `process`. */
export class OperationsAnswer implements Omit<ServiceStatusView, 'signed'> {
  @ApiProperty(instant) readonly at!: string;
  @ApiProperty({ description: 'The position of the newest event.' }) readonly end!: string;
  @ApiProperty({ type: [TableStatusAnswer] }) readonly tables!: readonly TableStatusAnswer[];
  @ApiProperty({ type: [ParkedGroupAnswer], description: 'By table and error, the largest first.' })
  readonly parked!: readonly ParkedGroupAnswer[];
  @ApiProperty({ type: [WaitingEffectsAnswer], description: 'By process, state and error.' })
  readonly effects!: readonly WaitingEffectsAnswer[];
  @ApiProperty({ ...count, description: 'Letters with a code for opening a ticket that have not left.' }) readonly unsentOpenings!: number;
  @ApiProperty({ type: [TargetStatusAnswer] }) readonly targets!: readonly TargetStatusAnswer[];
  @ApiPropertyOptional({ type: [LeaseAnswer], description: 'Left out where one process does everything.' })
  readonly leases?: readonly LeaseAnswer[];
  @ApiPropertyOptional({ type: SignedStatusAnswer }) readonly signed?: SignedStatusAnswer;
  @ApiPropertyOptional({ type: [ReportingStatusAnswer], description: 'Left out where none are filled.' })
  readonly reporting?: readonly ReportingStatusAnswer[];
  @ApiProperty({ type: ThisProcessAnswer, description: 'What the process that answers alone knows.' }) readonly process!: ThisProcessAnswer;
}

export class TablePath {
  @Form({ pattern: /^[a-z][a-z0-9-]{0,60}$/, words: inBoth.api.paths.table, example: 'staff-calendar' })
  readonly name!: string;
}
export class ReportingPath {
  @Form({ pattern: /^[a-z][a-z0-9_]{0,60}$/, words: inBoth.api.paths.table, example: 'tickets' })
  readonly name!: string;
}
export class FillRequested {
  @ApiProperty({ example: 'tickets' }) readonly table!: string;
}
export class ReportingRetried {
  @ApiProperty({ example: 'tickets' }) readonly table!: string;
  @ApiProperty({ ...count, description: 'Rows of the source that are asked again.' }) readonly rows!: number;
}
export class RebuildRequested {
  @ApiProperty({ example: 'staff-calendar' }) readonly table!: string;
  @ApiProperty({ enum: ['asked', 'already'], description: '`already`: somebody has asked for it, and it is not done yet.' })
  readonly result!: 'asked' | 'already';
}
export class LetterRetried {
  @ApiProperty() readonly id!: string;
  @ApiProperty({
    enum: ['asked', 'under-way'],
    description: '`asked`: it is sent at once. `under-way`: it was leaving just then, and is not sent twice.',
  })
  readonly result!: 'asked' | 'under-way';
}
export class RetriedAllAnswer implements RetriedAll {
  @ApiProperty({ ...count, description: 'Rows that are up to date again.' }) readonly applied!: number;
  @ApiProperty({ ...count, description: 'Rows of which an event still cannot be applied.' }) readonly still!: number;
  @ApiProperty({ ...count, description: 'Rows whose table has to be filled anew, or is another program’s.' })
  readonly needsRebuild!: number;
  @ApiProperty({ ...count, description: 'Rows that were not tried, for want of time: ask again.' }) readonly left!: number;
}
export class SkippedAllAnswer {
  @ApiProperty({ ...count, description: 'Rows whose event the table goes on without.' }) readonly rows!: number;
}
