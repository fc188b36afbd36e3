import { Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Ports } from '../../../application/kernel/ports/ports';
import { enableWebhook, webhookList, type WebhookShown } from '../../../application/operation/webhook-list';
import { portsToken } from '../../nest/tokens';
import { Access } from '../access/access-decorator';
import { Api } from '../api-decorator';
import { WebhookPath, WebhooksShown } from '../dto/webhooks';
import { HttpProblem } from '../problem/problem';

/** Other teams' systems that are told of events: how far each is, and which wait for a person. */
@Api('webhooks', 'Administration')
export class WebhooksController {
  constructor(@Inject(portsToken) private readonly ports: Ports) {}

  @Get()
  @Access('webhooks.settle')
  @ApiOperation({ summary: 'The targets and how far they are; `disabled` ones wait for an administrator' })
  @ApiOkResponse({ type: WebhooksShown })
  async list(): Promise<{ readonly webhooks: readonly WebhookShown[] }> {
    return { webhooks: await webhookList(this.ports, this.ports.webhooks?.targets ?? []) };
  }

  /** No command: it changes no fact, and enabling twice is enabling once. */
  @Post(':name/enable')
  @HttpCode(200)
  @Access('webhooks.settle')
  @ApiOperation({ summary: 'Send again, from where it stopped' })
  @ApiOkResponse({ type: WebhooksShown })
  async enable(@Param() { name }: WebhookPath): Promise<{ readonly webhooks: readonly WebhookShown[] }> {
    const outcome = await enableWebhook(this.ports, this.ports.webhooks?.targets ?? [], name);
    if (outcome === 'not-found') throw new HttpProblem({ code: 'not-found' });
    return this.list();
  }
}
