import { Get, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { FormDesk } from '../forms/form-desk';
import { PageDesk } from '../page/page-desk';
import { HomePage } from './home-page';
import { peopleToTry } from './people-to-try';
import { stillOpen } from './still-open';
import { type Answer, view } from '../page/answer';

/** The first page: what the blue ticket is and where it begins; where people try it out, who can do what. */
@Pages()
export class HomeController {
  constructor(
    private readonly pages: PageDesk,
    private readonly forms: FormDesk,
    @Inject(openedToken) private readonly opened: OpenedPorts,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async home(@Req() request: FastifyRequest): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const development = context.development ? this.opened.development : undefined;
    const people = development === undefined ? [] : await peopleToTry(this.ports);
    const open = await stillOpen(this.ports, development?.toTry ?? []);
    const toTry = open.map((one) => ({ ...one }));
    return view(<HomePage context={context} people={people} toTry={toTry} />);
  }
}
