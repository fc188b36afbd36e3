import { Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/ports/ports';
import { type StaffDirectoryRow, tables } from '../../../application/ports/tables';
import type { OpenedPorts } from '../../nest/open-ports';
import { openedToken } from '../../nest/options';
import { portsToken } from '../../nest/use-case';
import { ForAnybody, Pages } from '../access/page-access';
import { PageDesk } from '../page/page-desk';
import { HomePage, type PersonToTry } from './home-page';

/** The first page: what the blue ticket is and where it begins; where people try it out, who can do what. */
@Pages()
export class HomeController {
  constructor(
    private readonly pages: PageDesk,
    @Inject(openedToken) private readonly opened: OpenedPorts,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async home(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const context = await this.pages.contextOf(request);
    const { development } = this.opened;
    const people = development === undefined ? [] : await this.#people();
    await this.pages.show(reply, <HomePage context={context} people={people} toTry={development?.toTry ?? []} />);
  }

  async #people(): Promise<readonly PersonToTry[]> {
    const { rows } = await this.ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, { limit: 50 });
    const here = rows.filter(({ leftOn }) => leftOn === null);
    return Promise.all(
      here.map(async ({ staffId, role, department, staff }) => ({
        staffId,
        role: role === 'executive' ? ('staff' as const) : ('head' as const),
        name: (await this.ports.personalData.open(staff.name)) ?? staffId,
        department,
      })),
    );
  }
}
