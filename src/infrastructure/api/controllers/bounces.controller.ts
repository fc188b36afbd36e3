import { Body, HttpStatus, Inject, Post, Res, UseGuards } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { noteReport } from '../../../application/resolution/bounces';
import type { Ports } from '../../../application/kernel/ports/ports';
import { letterIdOfMessageId } from '../../outside/mail/bounces/read-report';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { ForEverybody } from '../access/access-decorator';
import { BounceSignature } from '../access/bounce-signature';
import { Api, Operation } from '../api-decorator';
import { BounceBody } from '../dto/staff';

/** C18: providers tell here of letters that came back. */
@Api('webhooks', 'Webhooks')
export class BouncesController {
  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) private readonly opened: OpenedPorts,
  ) {}

  @Post('bounces')
  @ForEverybody()
  @UseGuards(BounceSignature)
  @Operation('C18: a provider saw a letter come back; signed by Standard Webhooks', { 202: 'no-body' }, ['unauthenticated'])
  @ApiHeader({ name: 'webhook-id', required: true })
  @ApiHeader({ name: 'webhook-timestamp', required: true })
  @ApiHeader({ name: 'webhook-signature', required: true })
  async reportBounce(@Res() reply: FastifyReply, @Body() { messageId, recipient, action }: BounceBody): Promise<void> {
    const letterId = letterIdOfMessageId(messageId.includes('@') ? messageId : `${messageId}@here`);
    const outcome =
      letterId === undefined ? 'unknown' : await noteReport(this.ports)({ letterId, recipients: [{ action, addresses: [recipient] }] });
    this.opened.metrics.watchBounces(outcome);
    this.ports.logger.info('bounce.told', { letterId, kind: outcome });
    void reply.code(HttpStatus.ACCEPTED).send();
  }
}
