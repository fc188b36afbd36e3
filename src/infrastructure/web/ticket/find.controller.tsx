import { Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { parseReference } from '../../../domain/ticket/ticket';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { PageDesk } from '../page/page-desk';
import { FindPage } from './find-page';
import { type Answer, seeOther, view } from '../page/answer';
import { KeepsNothing } from '../forms/kept-form';

/** The number of a ticket leads to its page; whether there is one, and who may see it, is decided there. */
@Pages('tichet')
export class FindController {
  constructor(private readonly pages: PageDesk) {}

  @Get()
  @ForAnybody()
  async form(@Req() request: FastifyRequest): Promise<Answer> {
    return view(<FindPage context={await this.pages.contextOf(request)} typed="" faulty={false} />);
  }

  @Post()
  @KeepsNothing('asked-anew')
  @ForAnybody()
  async find(@Req() request: FastifyRequest): Promise<Answer> {
    const typed = formOf(request).text('reference');
    const reference = parseReference(typed);
    if (reference !== undefined) {
      return seeOther(`/tichet/${reference}`);
    }
    return view(<FindPage context={await this.pages.contextOf(request)} typed={typed} faulty />, 422);
  }
}
