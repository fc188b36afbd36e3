import { Body, Get, HttpCode, HttpStatus, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { retryLetterFor } from '../../../application/operation/retry-letter';
import { SkipParkedGroup } from '../../../application/operation/skip-parked';
import { ServiceStatus } from '../../nest/service-status';
import { Tables } from '../../nest/tables';
import { portsToken } from '../../nest/tokens';
import { ParkedChoiceBody, SkipParkedBody } from '../../validation/administration';
import { Access } from '../access/access-decorator';
import { officialOf } from '../access/viewer';
import { Api, CommandOperation, Operation, type Plain } from '../api-decorator';
import { order, type Order } from '../commands/command-interceptor';
import {
  FillRequested,
  LetterRetried,
  OperationsAnswer,
  RebuildRequested,
  ReportingPath,
  ReportingRetried,
  RetriedAllAnswer,
  SkippedAllAnswer,
  TablePath,
} from '../dto/operations';
import { LetterPath } from '../dto/paths';
import { answered, HttpProblem } from '../problem/problem';

/** Letters that are named one by one in a group. */
const mostLetters = 100;

/** What runs, how far it is and what waits, for the operator; and what the operator may order to be done about it. */
@Api('operations', 'Administration')
export class ServiceStatusController {
  constructor(
    private readonly status: ServiceStatus,
    private readonly tables: Tables,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @Access('operations.read')
  @Operation('How far everything that follows the log is, and what waits for a person', { 200: OperationsAnswer })
  async readOperations(): Promise<Plain<OperationsAnswer>> {
    const { signed, effects, ...shown } = await this.status.look();
    const { alarm, ...state } = signed ?? {};
    return {
      ...shown,
      effects: effects.map((group) => ({ ...group, letters: group.letters.slice(0, mostLetters) })),
      ...(signed !== undefined && { signed: { ...state, ...(alarm && { alarm: { at: alarm.at, reason: alarm.fault.reason } }) } }),
    };
  }

  /** No command: it changes no fact, and asking twice is asking once. */
  @Post('tables/:name/rebuild')
  @HttpCode(HttpStatus.ACCEPTED)
  @Access('tables.rebuild')
  @Operation('Fill a table anew beside the one that is read; `readOperations` tells how far it is', { 202: RebuildRequested }, [
    'not-found',
  ])
  async rebuildTable(@Req() request: FastifyRequest, @Param() { name }: TablePath): Promise<Plain<RebuildRequested>> {
    const result = answered(await this.status.rebuildFor(officialOf(request), name));
    if (result === 'not-found') throw new HttpProblem({ code: 'not-found' });
    return { table: name, result };
  }

  @Post('parked/retry')
  @HttpCode(HttpStatus.OK)
  @Access('parked.settle')
  @Operation('Apply the events of all rows of a table again, or of one error there', { 200: RetriedAllAnswer })
  async retryAllParked(@Req() request: FastifyRequest, @Body() choice: ParkedChoiceBody): Promise<Plain<RetriedAllAnswer>> {
    return answered(await this.tables.retryAllFor(officialOf(request), choice));
  }

  @Post('parked/skip')
  @Access('parked.settle')
  @CommandOperation(
    'Have each row of a table, or of one error there, go on without the event at which it stopped, with one reason: a fact each',
    { 200: SkippedAllAnswer },
    ['not-found', 'precondition-failed'],
  )
  skipAllParked(@Body() chosen: SkipParkedBody): Order {
    return order(SkipParkedGroup, chosen);
  }

  @Post('reporting/:name/fill')
  @HttpCode(HttpStatus.ACCEPTED)
  @Access('tables.rebuild')
  @Operation('Fill a reporting table anew, in place', { 202: FillRequested }, ['not-found'])
  async fillReporting(@Req() request: FastifyRequest, @Param() { name }: ReportingPath): Promise<Plain<FillRequested>> {
    const result = answered(await this.status.fillReportingFor(officialOf(request), name));
    if (result === 'not-found') throw new HttpProblem({ code: 'not-found' });
    return { table: name };
  }

  @Post('reporting/:name/retry')
  @HttpCode(HttpStatus.OK)
  @Access('parked.settle')
  @Operation('Ask the rows again from which a reporting table could not be filled', { 200: ReportingRetried }, ['not-found'])
  async retryReporting(@Req() request: FastifyRequest, @Param() { name }: ReportingPath): Promise<Plain<ReportingRetried>> {
    const rows = answered(await this.status.retryReportingFor(officialOf(request), name));
    if (rows === 'not-found') throw new HttpProblem({ code: 'not-found' });
    return { table: name, rows };
  }

  @Post('letters/:id/retry')
  @HttpCode(HttpStatus.OK)
  @Access('letters.try-again')
  @Operation('Have a letter that failed, or was given up, sent at once', { 200: LetterRetried }, ['not-found'])
  async retryLetter(@Req() request: FastifyRequest, @Param() { id }: LetterPath): Promise<Plain<LetterRetried>> {
    const { again, underWay } = answered(await retryLetterFor(officialOf(request), this.ports, id));
    if (again + underWay === 0) throw new HttpProblem({ code: 'not-found' });
    return { id, result: again > 0 ? 'asked' : 'under-way' };
  }
}
