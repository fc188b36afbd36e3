import { Get, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { PageDesk } from '../page/page-desk';
import { ProcedurePage } from './procedure-page';
import { ReadingsPage } from './readings-page';
import { type Answer, view } from '../page/answer';

/** The procedure, published for everybody (Order, Art. 3). */
@Pages('procedura')
export class ProcedureController {
  constructor(
    private readonly pages: PageDesk,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async procedure(@Req() request: FastifyRequest): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    return view(<ProcedurePage context={context} />);
  }

  @Get('citiri')
  @ForAnybody()
  async readings(@Req() request: FastifyRequest): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    return view(<ReadingsPage context={context} policies={this.ports.policies} />);
  }
}
