import { Body, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { lookupsOver, FindRequest } from '../../../application/requests/find-request';
import { recordingNoticeOf } from '../../../domain/ticket/request-ticket';
import type { Tokens } from '../../outside/identity/officials-tokens';
import { portsToken } from '../../nest/tokens';
import { ForEverybody } from '../access/access-decorator';
import { tokensToken } from '../access/access-guard';
import { Api, CommandOperation } from '../api-decorator';
import { FoundAnswer } from '../dto/answers';
import { order, type Order } from '../commands/command-interceptor';
import { LookupBody } from '../dto/citizen';
import { localeOf } from '../problem/language';

@Api('requests', 'Citizen')
export class LookupController {
  constructor(
    @Inject(tokensToken) private readonly tokens: Tokens,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Post('lookup')
  @ForEverybody()
  @CommandOperation('Art. 3 b: find the registered request by its number, the applicant’s name and the filing date', { 200: FoundAnswer }, [
    'request-not-found',
    'active-ticket-exists',
    'window-expired',
    'not-eligible',
    'too-many-requests',
  ])
  findRequest(@Req() request: FastifyRequest, @Body() { ...body }: LookupBody): Order {
    const { version, text } = recordingNoticeOf(this.ports.policies, this.ports.cityHall.recordingNotice);
    return order(
      FindRequest,
      { ...body, address: request.ip },
      {
        // Any client may ask: an address that is over its bound must not fill the store with keys.
        atTheDoor: () => lookupsOver(this.ports, request.ip, this.ports.clock.now()),
        answer: async ({ request: { number, filedOn }, ground, meetWith, modes }) => ({
          body: {
            bookingToken: await this.tokens.booking({ request: { number, filedOn }, ground: ground.kind }),
            request: {
              number,
              filedOn,
              ground: ground.kind,
              ...(ground.kind === 'clarification' ? { clarificationUntil: ground.enforcedUntil } : {}),
            },
            meetWith,
            modes,
            recordingNotice: { version, text: text[localeOf(request.headers['accept-language'])] },
          },
        }),
      },
    );
  }
}
