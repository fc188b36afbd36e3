import { Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseReference } from '../../../domain/ticket/ticket';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { PageDesk } from '../page/page-desk';
import { FindPage } from './find-page';

/** The number of a ticket leads to its page; whether there is one, and who may see it, is decided there. */
@Pages('tichet')
export class FindController {
  constructor(private readonly pages: PageDesk) {}

  @Get()
  @ForAnybody()
  async form(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.pages.show(reply, <FindPage context={await this.pages.contextOf(request)} typed="" faulty={false} />);
  }

  @Post()
  @ForAnybody()
  async find(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const typed = formOf(request).text('reference');
    const reference = parseReference(typed);
    if (reference !== undefined) {
      await reply.redirect(`/tichet/${reference}`, 303);
      return;
    }
    await this.pages.show(reply, <FindPage context={await this.pages.contextOf(request)} typed={typed} faulty />, 422);
  }
}
