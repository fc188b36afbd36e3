import { Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRefusal } from '../../../domain/kernel/refusal';
import { slotStarting } from '../../../domain/time/slot';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { PageDesk } from '../page/page-desk';
import { BookingDesk } from './booking-desk';
import { HourStep } from './hour-step';
import { withHour } from './lost-hour';
import { sentences } from '../../phrasing/sentences';

/** Step 2 (Art. 3 c). Whether the hour is still free is decided when the ticket is asked for. */
@Pages('programare/ora')
export class HourStepController {
  constructor(
    private readonly pages: PageDesk,
    private readonly desk: BookingDesk,
    private readonly step: HourStep,
  ) {}

  @Get()
  @ForAnybody()
  async hours(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('zi') day: unknown,
    @Query('sapt') week: unknown,
  ): Promise<void> {
    const draft = await this.desk.at(request, reply, 'ora');
    if (draft !== undefined) await this.step.show(request, reply, draft, { day, week });
  }

  @Post()
  @ForAnybody()
  async choose(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const draft = await this.desk.at(request, reply, 'ora');
    if (draft === undefined) return;
    const form = formOf(request);
    const slot = slotStarting(form.text('startsAt'));
    if (!isRefusal(slot)) {
      await this.desk.goOn(request, reply, withHour(draft, slot.startsAt));
      return;
    }
    const { locale } = await this.pages.contextOf(request);
    const { lost: _, ...asked } = draft;
    await this.step.show(request, reply, asked, {
      day: form.optional('zi'),
      faults: [{ field: 'startsAt', message: sentences[locale].hours.choose }],
      status: 422,
    });
  }
}
