import { Body, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { lookAtRetention, type RetentionLook } from '../../nest/look-at-retention';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken } from '../../nest/tokens';
import { RetentionBody } from '../../validation/administration';
import { Access } from '../access/access-decorator';
import { contextOf } from '../access/viewer';
import { Api, Operation, type Plain } from '../api-decorator';
import { RetentionAnswer } from '../dto/answers';
import { answered, HttpProblem } from '../problem/problem';

/** What is kept for how long, what is due, and the confirmation of it in a folder that is older than the shipped periods. */
@Api('retention', 'Administration')
export class RetentionController {
  constructor(@Inject(openedToken) private readonly opened: OpenedPorts) {}

  @Get()
  @Access('ticket.forget')
  @Operation('Periods, what is due (nobody by name), and whether the nights erase it', { 200: RetentionAnswer })
  async readRetention(@Req() request: FastifyRequest): Promise<Plain<RetentionAnswer>> {
    return told(await this.#look(request));
  }

  /** No command: it changes no fact, and confirming twice is confirming once. */
  @Post('confirmation')
  @HttpCode(200)
  @Access('ticket.forget')
  @Operation('Let the nights erase what is due: as many as were seen, or nothing is confirmed', { 200: RetentionAnswer }, [
    'precondition-failed',
    'wrong-state',
  ])
  async confirmRetention(@Req() request: FastifyRequest, @Body() { due }: RetentionBody): Promise<Plain<RetentionAnswer>> {
    const look = await this.#look(request, due);
    if (look.outcome === 'changed') throw new HttpProblem({ code: 'precondition-failed' });
    if (look.outcome === 'unread') throw new HttpProblem({ code: 'wrong-state', details: { reason: 'unread' } });
    return told(look);
  }

  async #look(request: FastifyRequest, seen?: number): Promise<RetentionLook> {
    return answered(await lookAtRetention(this.opened, contextOf(request, this.opened.ports), seen));
  }
}

const told = ({ state, classes, due, total }: RetentionLook): Plain<RetentionAnswer> => ({ state, classes, due, total });
