import { Body, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { allProcesses } from '../../../application/operation/all-processes';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { ParkedKey } from '../../../application/kernel/ports/read-models';
import { SkipParked } from '../../../application/operation/skip-parked';
import { allProjections } from '../../../projections/all-projections';
import { retryParked } from '../../../projections/kernel/parked';
import type { OpenedPorts } from '../../nest/open-ports';
import { openedToken, portsToken } from '../../nest/tokens';
import { Access } from '../access/access-decorator';
import { Api, TakesKey } from '../api-decorator';
import { CommandDesk } from '../commands/command-desk';
import { ReasonBody } from '../../validation/administration';
import { ParkedPath } from '../dto/paths';
import { HttpProblem } from '../problem/problem';

/** Rows that wait for a person because an event of theirs could not be applied. */
@Api('parked', 'Administration')
export class ParkedController {
  constructor(
    private readonly desk: CommandDesk,
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) private readonly opened: OpenedPorts,
  ) {}

  @Get()
  @Access('parked.settle')
  @ApiOperation({ summary: 'What waits, and why' })
  @ApiOkResponse()
  async list(): Promise<{ readonly parked: readonly ParkedKey[] }> {
    return { parked: await this.ports.readModels.parked() };
  }

  @Post(':id/retry')
  @Access('parked.settle')
  @ApiOperation({ summary: 'Apply its events again, with the program as it is now' })
  @ApiOkResponse()
  async retry(@Res() reply: FastifyReply, @Param() { id }: ParkedPath): Promise<void> {
    const result = await retryParked({ ...this.ports, rows: this.opened.rows }, [...allProjections, ...allProcesses], id);
    if (result === 'not-found') throw new HttpProblem({ code: 'not-found' });
    if (result === 'needs-rebuild') throw new HttpProblem({ code: 'wrong-state', details: { reason: 'needs-rebuild' } });
    void reply.code(200).send({ id, result });
  }

  @Post(':id/skip')
  @Access('parked.settle')
  @TakesKey()
  @ApiOperation({ summary: 'Go on without the event, with a reason that is itself a fact' })
  @ApiOkResponse()
  skip(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: ParkedPath,
    @Body() { reason }: ReasonBody,
  ): Promise<void> {
    const command = () => ({ id, reason });
    return this.desk.take(request, reply, { useCase: SkipParked, command, answer: (skipped) => ({ body: skipped }) });
  }
}
