import { Get, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { Locale } from '../../../domain/ticket/facts';
import { portsToken } from '../../nest/tokens';
import { filled } from '../../phrasing/locales/catalogue.codec';
import { sentences } from '../../phrasing/sentences';
import { plainDate } from '../../phrasing/words/dates';
import { ForAnybody, Pages } from '../access/page-access';
import { PageDesk } from '../page/page-desk';
import { statementDate, StatementPage } from './statement-page';
import { type Answer, view } from '../page/answer';

/** What the law asks of a public site: accessibility (O.U.G. 112/2018) and personal data (GDPR Art. 13 and 14), true to what this software does. */
@Pages()
export class StatementsController {
  constructor(
    private readonly pages: PageDesk,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('accesibilitate')
  @ForAnybody()
  accessibility(@Req() request: FastifyRequest): Promise<Answer> {
    return this.#show(request, 'accessibility');
  }

  @Get('date-personale')
  @ForAnybody()
  personalData(@Req() request: FastifyRequest): Promise<Answer> {
    return this.#show(request, 'personalData');
  }

  async #show(request: FastifyRequest, about: 'accessibility' | 'personalData'): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    return view(<StatementPage context={context} statement={this.#filled(context.locale)[about]} />);
  }

  #filled(locale: Locale) {
    const { cityHall, policies } = this.ports;
    return filled(sentences[locale].statements, {
      address: cityHall.meetingPlace,
      site: cityHall.publicUrl,
      lookupMinutes: policies['lookup-throttle'].value.minutes,
      date: plainDate(statementDate, locale),
    });
  }
}
