import { Body, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cleanedError } from '@tichet-albastru/event-log/projector/cleaned-error';
import { SkipParked } from '../../../application/operation/skip-parked';
import { Tables } from '../../nest/tables';
import { Access } from '../access/access-decorator';
import { Api, CommandOperation, Operation, type Plain } from '../api-decorator';
import { ParkedAnswer, ParkedNamed, ParkedRetried } from '../dto/answers';
import { order, type Order } from '../commands/command-interceptor';
import { ReasonBody } from '../../validation/administration';
import { ParkedPath } from '../dto/paths';
import { officialOf } from '../access/viewer';
import { answered, HttpProblem } from '../problem/problem';

/** Rows that wait for a person because an event of theirs could not be applied. */
@Api('parked', 'Administration')
export class ParkedController {
  constructor(private readonly tables: Tables) {}

  @Get()
  @Access('parked.settle')
  @Operation('What waits, and why', { 200: ParkedAnswer })
  async listParked(): Promise<Plain<ParkedAnswer>> {
    return { parked: (await this.tables.parked()).map((row) => ({ ...row, error: cleanedError(row.error) })) };
  }

  @Post(':id/retry')
  @Access('parked.settle')
  @Operation('Apply its events again, with the program as it is now', { 200: ParkedRetried }, ['not-found', 'wrong-state'])
  async retryParked(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param() { id }: ParkedPath): Promise<void> {
    const result = answered(await this.tables.retryFor(officialOf(request), id));
    if (result === 'not-found') throw new HttpProblem({ code: 'not-found' });
    if (result === 'needs-rebuild' || result === 'of-another-program')
      throw new HttpProblem({ code: 'wrong-state', details: { reason: result } });
    void reply.code(200).send({ id, result });
  }

  @Post(':id/skip')
  @Access('parked.settle')
  @CommandOperation('Go on without the event, with a reason that is itself a fact', { 200: ParkedNamed }, ['not-found'])
  skipParked(@Param() { id }: ParkedPath, @Body() { reason }: ReasonBody): Order {
    return order(SkipParked, { id, reason });
  }
}
