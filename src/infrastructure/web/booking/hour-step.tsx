import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FormDesk } from '../forms/form-desk';
import { HourDesk } from '../hours/hour-desk';
import { PageDesk } from '../page/page-desk';
import type { Fault } from '../parts/fields';
import { BookingDesk } from './booking-desk';
import type { Draft } from './draft';
import { HourPage } from './hour-page';
import { type LostBecause, lostFaults, lostHourOf, withLostHour } from './lost-hour';

type Asked = { readonly day?: unknown; readonly week?: unknown; readonly faults?: readonly Fault[]; readonly status?: number };

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Where hours are chosen, and where everybody is brought whose hour is gone. */
@Injectable()
export class HourStep {
  constructor(
    private readonly pages: PageDesk,
    private readonly forms: FormDesk,
    private readonly hours: HourDesk,
    private readonly desk: BookingDesk,
  ) {}

  async show(request: FastifyRequest, reply: FastifyReply, draft: Draft, { day, week, faults, status = 200 }: Asked): Promise<void> {
    const context = await this.pages.contextOf(request);
    const hours = await this.hours.look(
      { request: draft.request },
      { day: textOf(day), week: textOf(week), chosen: draft.startsAt, lost: lostHourOf(draft) },
    );
    await this.pages.show(
      reply,
      <HourPage
        context={context}
        hours={hours}
        faults={faults ?? lostFaults(draft, context.locale)}
        once={this.forms.once()}
        draft={draft}
        back={this.desk.backFrom(request)}
      />,
      status,
    );
  }

  /** The hour is gone, everything else stays: another hour is all that is asked for. */
  async askAgain(request: FastifyRequest, reply: FastifyReply, draft: Draft, because: LostBecause, status: number): Promise<void> {
    const asked = withLostHour(draft, because);
    await this.desk.keep(request, reply, asked);
    await this.show(request, reply, asked, { status });
  }
}
