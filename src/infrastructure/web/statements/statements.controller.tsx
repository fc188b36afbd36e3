import { Get, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { PageDesk } from '../page/page-desk';
import type { Words } from '../../phrasing/words/both';
import { accessibilityStatement } from './accessibility';
import { personalDataInEnglish } from './personal-data-in-english';
import { personalDataInRomanian } from './personal-data-in-romanian';
import type { Operator, Statement } from './statement';
import { StatementPage } from './statement-page';
import { type Answer, view } from '../page/answer';

const personalDataStatement = { ro: personalDataInRomanian, en: personalDataInEnglish };

/** What the law asks of a public site: accessibility (O.U.G. 112/2018) and personal data (GDPR Art. 13). */
@Pages()
export class StatementsController {
  constructor(
    private readonly pages: PageDesk,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('accesibilitate')
  @ForAnybody()
  accessibility(@Req() request: FastifyRequest): Promise<Answer> {
    return this.#show(request, accessibilityStatement);
  }

  @Get('date-personale')
  @ForAnybody()
  personalData(@Req() request: FastifyRequest): Promise<Answer> {
    return this.#show(request, personalDataStatement);
  }

  async #show(request: FastifyRequest, statement: Words<(operator: Operator) => Statement>): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const { cityHall, policies } = this.ports;
    const operator: Operator = { address: cityHall.meetingPlace, site: cityHall.publicUrl, policies };
    return view(<StatementPage context={context} statement={statement[context.locale](operator)} />);
  }
}
