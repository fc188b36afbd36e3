import { Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { enableWebhookFor, webhookList } from '../../../application/operation/webhooks';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken } from '../../nest/tokens';
import { Access } from '../access/access-decorator';
import { Api, Operation, type Plain } from '../api-decorator';
import { WebhooksAnswer } from '../dto/answers';
import { WebhookPath } from '../dto/paths';
import { officialOf } from '../access/viewer';
import { answered, HttpProblem } from '../problem/problem';

/** Other teams' systems and the host's own subscriptions that are told of events: how far each is, and which wait for a person. */
@Api('webhooks', 'Administration')
export class WebhooksController {
  constructor(@Inject(openedToken) private readonly opened: OpenedPorts) {}

  @Get()
  @Access('webhooks.settle')
  @Operation('The targets and how far they are; `disabled` ones wait for an administrator', { 200: WebhooksAnswer })
  async listWebhooks(): Promise<Plain<WebhooksAnswer>> {
    return { webhooks: await webhookList(this.opened.ports, this.opened.eventTargets) };
  }

  /** No command: it changes no fact, and enabling twice is enabling once. */
  @Post(':name/enable')
  @HttpCode(200)
  @Access('webhooks.settle')
  @Operation('Send again, from where it stopped', { 200: WebhooksAnswer }, ['not-found'])
  async enableWebhook(@Req() request: FastifyRequest, @Param() { name }: WebhookPath): Promise<Plain<WebhooksAnswer>> {
    const outcome = answered(await enableWebhookFor(officialOf(request), this.opened.ports, this.opened.eventTargets, name));
    if (outcome === 'not-found') throw new HttpProblem({ code: 'not-found' });
    return this.listWebhooks();
  }
}
