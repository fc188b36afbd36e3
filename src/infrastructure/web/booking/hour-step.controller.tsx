import { Get, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isRefusal } from '../../../domain/kernel/refusal';
import { slotStarting } from '../../../domain/time/slot';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { PageService } from '../page/page-service';
import { BookingService } from './booking-service';
import { HourStep } from './hour-step';
import { withHour } from './lost-hour';
import type { Answer } from '../page/answer';
import { sentences } from '../../phrasing/sentences';
import { KeepsNothing } from '../forms/stored-form';

/** Step 2 (Art. 3 c). Whether the hour is still free is decided when the ticket is asked for. */
@Pages('programare/ora')
export class HourStepController {
  constructor(
    private readonly pages: PageService,
    private readonly desk: BookingService,
    private readonly step: HourStep,
  ) {}

  @Get()
  @ForAnybody()
  async hours(@Req() request: FastifyRequest, @Query('zi') day: unknown, @Query('sapt') week: unknown): Promise<Answer> {
    const draft = await this.desk.at(request, 'ora');
    return 'kind' in draft ? draft : this.step.show(request, draft, { day, week });
  }

  @Post()
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async choose(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.desk.at(request, 'ora');
    if ('kind' in draft) return draft;
    const form = formOf(request);
    const slot = slotStarting(form.text('startsAt'));
    if (!isRefusal(slot)) {
      return this.desk.goOn(request, withHour(draft, slot.startsAt));
    }
    const { locale } = await this.pages.contextOf(request);
    const { lost: _, ...asked } = draft;
    return this.step.show(request, asked, {
      day: form.optional('zi'),
      faults: [{ field: 'startsAt', message: sentences[locale].hours.choose }],
      status: 422,
    });
  }
}
