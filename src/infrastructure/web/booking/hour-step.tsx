import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FormService } from '../forms/form-service';
import { HourService, type HoursView } from '../hours/hour-service';
import { PageService } from '../page/page-service';
import { type Fault, faultOf } from '../parts/fields';
import { BookingService } from './booking-service';
import type { Draft } from './draft';
import { type LostBecause, lostFaults, lostHourOf, withLostHour } from './lost-hour';
import { type Answer, view } from '../page/answer';
import type { VNode } from 'preact';
import { HourPicker } from '../hours/hour-picker';
import type { PageContext } from '../page/page-context';
import { BookingPage } from './booking-page';
import { pathOf } from './steps';
import { sentences } from '../../phrasing/sentences';

/** Step 2 (Art. 3 c): day and hour. */
const HourPage = ({
  context,
  hours,
  faults,
  draft,
  back,
}: {
  readonly context: PageContext;
  readonly hours: HoursView;
  readonly faults: readonly Fault[];
  readonly draft: Draft;
  readonly back?: string | undefined;
}): VNode => {
  const words = sentences[context.locale].booking.hour;
  return (
    <BookingPage context={context} step="ora" back={back} title={words.title} lead={words.lead} faults={faults} draft={draft}>
      <HourPicker
        context={context}
        hours={hours}
        path={pathOf('ora')}
        submit={sentences[context.locale].booking.steps.next}
        chosen={draft.startsAt}
        fault={faultOf(faults, 'startsAt')}
      />
    </BookingPage>
  );
};

type Asked = { readonly day?: unknown; readonly week?: unknown; readonly faults?: readonly Fault[]; readonly status?: number };

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Where hours are chosen, and where everybody is brought whose hour is gone. */
@Injectable()
export class HourStep {
  constructor(
    private readonly pages: PageService,
    private readonly forms: FormService,
    private readonly hours: HourService,
    private readonly desk: BookingService,
  ) {}

  async show(request: FastifyRequest, draft: Draft, { day, week, faults, status = 200 }: Asked): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const hours = await this.hours.look(
      { request: draft.request },
      { day: textOf(day), week: textOf(week), chosen: draft.startsAt, lost: lostHourOf(draft) },
    );
    return view(
      <HourPage
        context={context}
        hours={hours}
        faults={faults ?? lostFaults(draft, context.locale)}
        draft={draft}
        back={this.desk.backFrom(request)}
      />,
      status,
    );
  }

  /** The hour is gone, everything else stays: another hour is all that is asked for. */
  async askAgain(request: FastifyRequest, draft: Draft, because: LostBecause, status: number): Promise<Answer> {
    const asked = withLostHour(draft, because);
    await this.desk.keep(request, asked);
    return this.show(request, asked, { status });
  }
}
