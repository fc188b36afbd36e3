import { Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { PageDesk } from '../page/page-desk';
import { ProcedurePage } from './procedure-page';
import { ReadingsPage } from './readings-page';

/** The procedure, published for everybody (Order, Art. 3). */
@Pages('procedura')
export class ProcedureController {
  constructor(
    private readonly pages: PageDesk,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async procedure(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const context = await this.pages.contextOf(request);
    await this.pages.show(reply, <ProcedurePage context={context} />);
  }

  @Get('citiri')
  @ForAnybody()
  async readings(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const context = await this.pages.contextOf(request);
    await this.pages.show(reply, <ReadingsPage context={context} policies={this.ports.policies} />);
  }
}
