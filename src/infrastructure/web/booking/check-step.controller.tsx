import { Get, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { RequestTicket } from '../../../application/booking/request-ticket';
import { GetTicket } from '../../../application/booking/ticket-view';
import { defined } from '../../../domain/kernel/defined';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import { ReadDesk } from '../../api/commands/read-desk';
import { statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { FormDesk } from '../forms/form-desk';
import { PageDesk } from '../page/page-desk';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-shown';
import { BookingDesk } from './booking-desk';
import { answersField, CheckPage } from './check-page';
import { ContactStep } from './contact-step';
import { type Draft, draftExpiry, keptDraft } from './draft';
import { HourStep } from './hour-step';
import { withLostHour } from './lost-hour';
import { nextStepOf, pathOf } from './steps';
import { type Answer, seeOther, view } from '../page/answer';
import { KeepsNothing } from '../forms/kept-form';
import type { Locale } from '../../../domain/ticket/facts';
import { hour } from '../../phrasing/words/dates';
import { lookupFaults } from './request-faults';
import { sentences } from '../../phrasing/sentences';

/** Why no ticket can be had for this request any more, or not now: said over all the answers. */
const submissionFaults = (refusal: Refusal, locale: Locale): readonly Fault[] => {
  const retryAt = refusal.details?.['retryAt'];
  if (refusal.code === 'too-many-requests' && typeof retryAt === 'string') {
    return [{ field: answersField, message: sentences[locale].booking.check.tooManyCodes({ time: hour(retryAt) }) }];
  }
  return lookupFaults(refusal, locale).map(({ message }) => ({ field: answersField, message }));
};

/** Step 5: the answers once more; sent, they ask for the ticket. */
@Pages('programare/verificare')
export class CheckStepController {
  constructor(
    private readonly pages: PageDesk,
    private readonly forms: FormDesk,
    private readonly reads: ReadDesk,
    private readonly desk: BookingDesk,
    private readonly hours: HourStep,
    private readonly contact: ContactStep,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async check(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.desk.at(request, 'verificare');
    return 'kind' in draft ? draft : this.#show(request, draft);
  }

  @Post()
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async ask(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.desk.at(request, 'verificare');
    if ('kind' in draft) return draft;
    if (draft.startsAt === undefined || draft.mode === undefined) return seeOther(pathOf(nextStepOf(draft)));
    // changed in another window since: what was not looked at is not sent
    if (formOf(request).text(answersField) !== this.#answers(draft)) {
      return seeOther(pathOf('verificare'));
    }
    const { startsAt, mode, noticeVersion, email, phone, notes } = draft;
    const { locale } = await this.pages.contextOf(request);
    const asked = await this.forms.carryOut(request, {
      useCase: RequestTicket,
      command: ({ commandId, ids: [ticketId = commandId, holdId = commandId] }) => ({
        ticketId,
        holdId,
        request: draft.request,
        startsAt,
        mode,
        ...defined({ email, phone, notes, recordingNoticeVersion: noticeVersion }),
        locale,
        address: request.ip,
      }),
    });
    if (isRefusal(asked)) {
      return this.#refused(request, draft, asked);
    }
    const { ticketId } = asked.value;
    const { status } = await this.reads.ask(GetTicket, { ticketId, viewer: 'citizen' });
    if (status !== 'awaiting-code') {
      return this.desk.finish(request, ticketId);
    }
    await this.desk.own(request, ticketId, { ...draft, ticketId, expiresAt: draftExpiry(this.ports.clock.now()) });
    return seeOther(pathOf('cod'));
  }

  async #refused(request: FastifyRequest, draft: Draft, refusal: Refusal): Promise<Answer> {
    const { locale } = await this.pages.contextOf(request);
    const status = statusOf(refusal.code);
    switch (refusal.code) {
      case 'slot-taken':
        return this.hours.askAgain(request, draft, 'taken', status);
      case 'too-soon':
      case 'beyond-horizon':
      case 'not-working-time': {
        const { lost: _, ...asked } = withLostHour(draft, 'taken');
        await this.desk.keep(request, asked);
        return this.hours.show(request, asked, { faults: faultsOf(refusal, locale, 'startsAt'), status });
      }
      case 'notice-not-accepted': {
        const { noticeVersion: _, ...asked } = draft;
        return this.desk.goOn(request, asked);
      }
      case 'invalid':
        return this.contact.show(request, draft, { faults: faultsOf(refusal, locale, 'email'), status });
      default:
        return this.#show(request, draft, submissionFaults(refusal, locale), status);
    }
  }

  #answers(draft: Draft): string {
    const { expiresAt: _, ...answers } = keptDraft(draft);
    return this.ports.personalData.tag('web-answers', JSON.stringify(answers));
  }

  async #show(request: FastifyRequest, draft: Draft, faults: readonly Fault[] = [], status = 200): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    return view(<CheckPage context={context} faults={faults} draft={draft} answers={this.#answers(draft)} />, status);
  }
}
