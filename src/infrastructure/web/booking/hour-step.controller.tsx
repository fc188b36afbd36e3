import { Get, Injectable, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import { slotStarting } from '../../../domain/time/slot';
import { formOf } from '../../api/body/form';
import { sentences } from '../../phrasing/sentences';
import { ForAnybody, Pages } from '../access/page-access';
import { KeepsNothing } from '../forms/stored-form';
import { HourPicker } from '../hours/hour-picker';
import { HourService } from '../hours/hour-service';
import type { HoursView } from '../hours/hour-service';
import { type Answer, formView } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { BookingPage } from './booking-page';
import { BookingService } from './booking-service';
import { type Draft, type LostBecause, lostFaults, lostHourOf, pathOf, withHour, withLostHour } from './draft';

/** Step 2 (Art. 3 c): day and hour. */
const HourPage = ({
  hours,
  draft,
  back,
}: {
  readonly hours: HoursView;
  readonly draft: Draft;
  readonly back: string | undefined;
}): VNode => {
  const { hour, steps } = useWords().booking;
  return (
    <BookingPage step="ora" back={back} words={hour} draft={draft}>
      <HourPicker hours={hours} path={pathOf('ora')} submit={steps.next} chosen={draft.startsAt} />
    </BookingPage>
  );
};

type Asked = { readonly day?: unknown; readonly week?: unknown; readonly faults?: readonly Fault[]; readonly status?: number };

/** Where a visitor chooses an hour; a visitor whose hour is gone is brought here. */
@Injectable()
export class HourStep {
  constructor(
    private readonly hours: HourService,
    private readonly booking: BookingService,
  ) {}

  async show(request: FastifyRequest, draft: Draft, { day, week, faults, status = 200 }: Asked): Promise<Answer> {
    const wanted = { day, week, chosen: draft.startsAt, lost: lostHourOf(draft) };
    const hours = await this.hours.look({ request: draft.request, ...defined({ mode: draft.mode }) }, wanted);
    const page = <HourPage hours={hours} draft={draft} back={this.booking.backFrom(request)} />;
    return formView(page, faults ?? lostFaults(draft, localeOfPage(request)), status);
  }

  /** The hour is gone, everything else stays: another hour is all that is asked for. */
  async askAgain(request: FastifyRequest, draft: Draft, because: LostBecause, status: number): Promise<Answer> {
    const asked = withLostHour(draft, because);
    await this.booking.keep(request, asked);
    return this.show(request, asked, { status });
  }
}

/** Step 2 (Art. 3 c). Whether the hour is still free is decided when the ticket is asked for. */
@Pages('programare/ora')
export class HourStepController {
  constructor(
    private readonly booking: BookingService,
    private readonly step: HourStep,
  ) {}

  @Get()
  @ForAnybody()
  async hours(@Req() request: FastifyRequest, @Query('zi') day: unknown, @Query('sapt') week: unknown): Promise<Answer> {
    const draft = await this.booking.at(request, 'ora');
    return 'kind' in draft ? draft : this.step.show(request, draft, { day, week });
  }

  @Post()
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async choose(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.booking.at(request, 'ora');
    if ('kind' in draft) return draft;
    const form = formOf(request);
    const slot = slotStarting(form.text('startsAt'));
    if (!isRefusal(slot)) return this.booking.goOn(request, withHour(draft, slot.startsAt));
    const faults = [{ field: 'startsAt', message: sentences[localeOfPage(request)].hours.choose }];
    const { lost: _, ...asked } = draft;
    return this.step.show(request, asked, { day: form.optional('zi'), faults, status: 422 });
  }
}
