import { HttpCode, HttpStatus, Inject, Post, Req } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { wakeRecordings } from '../../../application/meeting/recording-watch';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { ForEverybody } from '../access/access-decorator';
import { Api, Operation } from '../api-decorator';
import { rawBodyOf } from '../body/raw-body';
import { answered, HttpProblem } from '../problem/problem';

/** What systems outside send by themselves. Any client may send; only a message with a right signature is used. */
@Api('webhooks', 'Integrations')
export class WebexHintsController {
  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) private readonly opened: OpenedPorts,
  ) {}

  /** A hint: the process that waits for the meeting's recording asks Webex now. Without a hint, it asks from time to time. */
  @Post('webex')
  @ForEverybody()
  @HttpCode(HttpStatus.NO_CONTENT)
  @Operation('A hint from Webex that there is news of a meeting; its state is asked of Webex itself', { 204: 'no-body' }, [
    'unauthenticated',
    'too-large',
    'unsupported-media-type',
  ])
  @ApiHeader({ name: 'X-Spark-Signature', required: true, description: 'HMAC-SHA1 of the body, in hexadecimal digits' })
  async hintFromWebex(@Req() request: FastifyRequest): Promise<void> {
    const signature = request.headers['x-spark-signature'];
    const body = rawBodyOf(request);
    const hint = body !== undefined && typeof signature === 'string' ? this.opened.webexHints?.(body, signature) : undefined;
    if (hint === undefined || hint === 'refused') throw new HttpProblem({ code: 'unauthenticated' });
    if (hint.meetingId !== undefined) answered(await wakeRecordings(this.ports, { kind: 'provider', name: 'webex' }, hint.meetingId));
  }
}
