import { Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { registeredRequests, requestsLeftBehind } from '../../../application/requests/registered-requests';
import { defined } from '../../../domain/kernel/defined';
import { parseRegistrationNumber } from '../../../domain/request/registering';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { PageDesk } from '../page/page-desk';
import { namesOfStaff } from './names-of-staff';
import { RegistryPage } from './registry-page';
import { type Answer, view } from '../page/answer';

const requestsPerPage = 25;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined);

/** The first page of the registry. */
@Pages('registratura')
export class RegistryPagesController {
  constructor(
    private readonly pages: PageDesk,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('request.register')
  async start(
    @Req() request: FastifyRequest,
    @Query('numar') asked: unknown,
    @Query('ramase') behind: unknown,
    @Query('dupa') after: unknown,
  ): Promise<Answer> {
    const [typed, cursor] = [textOf(asked), textOf(after)];
    const leftBehind = behind === 'da';
    const { requests, total, next } = await registeredRequests(this.ports)({
      // a number that is none finds nothing
      ...(typed === undefined ? {} : { number: parseRegistrationNumber(typed)?.number ?? '' }),
      leftBehind,
      limit: requestsPerPage,
      ...defined({ cursor }),
    });
    const names = await namesOfStaff(
      this.ports,
      requests.map(({ handlerStaffId }) => handlerStaffId),
    );
    const shown = {
      requests: requests.map((row) => ({ ...row, handler: names.get(row.handlerStaffId) ?? row.handlerStaffId })),
      total,
      leftBehind: await requestsLeftBehind(this.ports)(),
      asked: { leftBehind, further: cursor !== undefined, ...defined({ typed: typed?.slice(0, 60) }) },
      ...defined({ next }),
    };
    return view(<RegistryPage context={await this.pages.contextOf(request)} shown={shown} />);
  }
}
