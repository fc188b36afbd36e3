import { Get, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { currentCalendar } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { tables } from '../../../application/kernel/ports/tables';
import { webhookList } from '../../../application/operation/webhooks';
import { requestsLeftBehind } from '../../../application/requests/registered-requests';
import { addDays, civilDateOf } from '../../../domain/time/civil-time';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { PageDesk } from '../page/page-desk';
import { nextDayOff } from './days-of-year';
import { StartPage } from './start-page';
import { type Answer, view } from '../page/answer';

/** The first page of an administrator. */
@Pages('administrare')
export class AdministrationStartController {
  constructor(
    private readonly pages: PageDesk,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('staff.administer')
  async start(@Req() request: FastifyRequest): Promise<Answer> {
    const { readModels, operations } = this.ports;
    const context = await this.pages.contextOf(request);
    const today = civilDateOf(context.at);
    const gone = await readModels.count(tables.staffDirectory, [{ column: 'leftOn', from: '', before: addDays(today, 1) }]);
    const shown = {
      parked: (await readModels.parked()).length,
      leftBehind: await requestsLeftBehind(this.ports)(),
      failedLetters: (await operations.outbox.list()).filter(({ state }) => state === 'failed').length,
      disabledWebhooks: (await webhookList(this.ports, this.ports.webhooks?.targets ?? [])).filter(({ state }) => state === 'disabled')
        .length,
      people: (await readModels.count(tables.staffDirectory)) - gone,
      nextDay: nextDayOff(await currentCalendar(this.ports), today),
    };
    return view(<StartPage context={context} shown={shown} />);
  }
}
