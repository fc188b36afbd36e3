import { Get, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ComponentChildren, VNode } from 'preact';
import { RequestTicket, type RequestTicketInput } from '../../../application/booking/request-ticket';
import { GetTicket } from '../../../application/booking/ticket-view';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import { companionKind, counterChannel, type Locale, needsOf } from '../../../domain/ticket/facts';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { sentences } from '../../phrasing/sentences';
import { dateAndHour, hour, plainDate } from '../../phrasing/words/dates';
import { ForAnybody, Pages } from '../access/page-access';
import { PlainForm } from '../forms/forms-view';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, formView, seeOther } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { SummaryList, type SummaryRow } from '../parts/summary-list';
import { BookingPage } from './booking-page';
import { BookingService } from './booking-service';
import { ContactStep } from './contact-step.controller';
import { changing, type Draft, draftExpiry, nextStepOf, pathOf, type Step, storedDraft, withLostHour } from './draft';
import { HourStep } from './hour-step.controller';
import { lookupFaults } from './request-step.controller';

/** Names the answers as they were shown: others are not sent in their place. */
const answersField = 'raspunsuri';

const rowsOf = (locale: Locale, draft: Draft): readonly SummaryRow[] => {
  const words = sentences[locale].booking.check;
  const shared = sentences[locale].booking.steps;
  const row = (label: string, value: ComponentChildren, step?: Step): SummaryRow => ({
    label,
    value,
    ...(step === undefined ? {} : { change: { href: `${pathOf(step)}${changing}`, text: words.change, about: label } }),
  });
  const { request, mode, startsAt, email, phone, postalAddress, notes } = draft;
  return [
    row(shared.request, `${draft.requestNumber}, ${plainDate(request.filedOn, locale)}`, 'cerere'),
    row(words.name, draft.applicantName),
    row(shared.meets, `${draft.person}, ${draft.department}`),
    row(words.when, startsAt === undefined ? shared.notYet : dateAndHour(startsAt, locale), 'ora'),
    row(shared.mode, mode === undefined ? shared.notYet : sentences[locale].modes.names[mode], 'mod'),
    ...(mode !== undefined && needsOf(mode).recording ? [row(words.notice, words.accepted)] : []),
    row(words.email, email ?? words.none, 'contact'),
    row(words.phone, phone ?? words.none, 'contact'),
    ...(postalAddress === undefined ? [] : [row(words.postalAddress, <span class="as-typed">{postalAddress}</span>, 'contact')]),
    ...(companionIn(draft).companion === undefined
      ? []
      : [row(words.companion, [draft.companionName, draft.companionShown].filter((part) => part !== undefined).join(', '), 'contact')]),
    row(words.notes, notes === undefined ? words.none : <span class="as-typed">{notes}</span>, 'contact'),
  ];
};

/** Who comes with the applicant, as it was answered. */
const companionIn = ({
  companionKind: typed,
  companionName: name,
  companionShown: shown,
}: Draft): Pick<RequestTicketInput, 'companion'> => {
  const kind = companionKind.words.find((word) => word === typed);
  return kind === undefined || name === undefined ? {} : { companion: { kind, name, ...defined({ shown }) } };
};

/** Step 5: everything once more, each with a way to change it. */
const CheckPage = ({ draft, answers }: { readonly draft: Draft; readonly answers: string }): VNode => {
  const words = useWords().booking.check;
  const { email } = draft;
  return (
    <BookingPage step="verificare" words={words} draft={draft}>
      <div id={answersField} tabIndex={-1}>
        <SummaryList rows={rowsOf(usePage().locale, draft)} />
      </div>
      <PlainForm action={pathOf('verificare')}>
        <input type="hidden" name={answersField} value={answers} />
        <p>
          {email === undefined ? words.atOnce : words.codeGoes({ email })} {words.rights}
        </p>
        <p class="actions">
          <button>{email === undefined ? words.book : words.sendCode}</button>
        </p>
      </PlainForm>
    </BookingPage>
  );
};

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
    private readonly commands: CommandService,
    private readonly reads: QueryService,
    private readonly booking: BookingService,
    private readonly hours: HourStep,
    private readonly contact: ContactStep,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async check(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.booking.at(request, 'verificare');
    return 'kind' in draft ? draft : this.#show(draft);
  }

  @Post()
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async ask(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.booking.at(request, 'verificare');
    if ('kind' in draft) return draft;
    if (draft.startsAt === undefined || draft.mode === undefined) return seeOther(pathOf(nextStepOf(draft)));
    // changed in another window since: what was not looked at is not sent
    if (formOf(request).text(answersField) !== this.#answers(draft)) return seeOther(pathOf('verificare'));
    const { startsAt, mode, noticeVersion, email, phone, postalAddress, notes } = draft;
    const clerk = await this.booking.clerkOf(request);
    const channel = counterChannel.words.find((word) => word === draft.channel);
    // a person who signed in as a clerk on the way is asked how the citizen asks
    if (clerk !== undefined && channel === undefined) return this.contact.show(request, draft);
    const askedThrough = clerk && channel && { channel, clerk: clerk.person };
    const locale = localeOfPage(request);
    const asked = await this.commands.carryOut(request, {
      useCase: RequestTicket,
      command: ({ commandId, ids: [ticketId = commandId, holdId = commandId] }) => ({
        ticketId,
        holdId,
        request: draft.request,
        startsAt,
        mode,
        ...defined({ email, phone, notes, recordingNoticeVersion: noticeVersion }),
        ...(draft.earlierHour === 'da' ? { earlierHour: true } : {}),
        ...companionIn(draft),
        ...(askedThrough && { askedThrough, ...defined({ postalAddress }) }),
        locale,
        address: request.ip,
      }),
      asker: clerk ?? { kind: 'booking', request: draft.request },
    });
    if (isRefusal(asked)) return this.#refused(request, draft, asked);
    const { ticketId } = asked.value;
    const { status } = await this.reads.ask(GetTicket, { ticketId, viewer: 'citizen' });
    if (status !== 'awaiting-code') return this.booking.finish(request, ticketId);
    await this.booking.own(request, ticketId, { ...draft, ticketId, expiresAt: draftExpiry(this.ports.clock.now()) });
    return seeOther(pathOf('cod'));
  }

  async #refused(request: FastifyRequest, draft: Draft, refusal: Refusal): Promise<Answer> {
    const locale = localeOfPage(request);
    const status = statusOf(refusal.code);
    switch (refusal.code) {
      case 'slot-taken':
        return this.hours.askAgain(request, draft, 'taken', status);
      case 'too-soon':
      case 'beyond-horizon':
      case 'not-working-time':
      case 'paused':
      case 'no-time-for-link': {
        const { lost: _, ...asked } = withLostHour(draft, 'taken');
        await this.booking.keep(request, asked);
        return this.hours.show(request, asked, { faults: faultsOf(refusal, locale, 'startsAt'), status });
      }
      case 'notice-not-accepted': {
        const { noticeVersion: _, ...asked } = draft;
        return this.booking.goOn(request, asked);
      }
      case 'invalid':
        return this.contact.show(request, draft, faultsOf(refusal, locale, 'email'), status);
      default:
        return this.#show(draft, submissionFaults(refusal, locale), status);
    }
  }

  #answers(draft: Draft): string {
    const { expiresAt: _, ...answers } = storedDraft(draft);
    return this.ports.personalData.tag('web-answers', JSON.stringify(answers));
  }

  #show(draft: Draft, faults?: readonly Fault[], status?: number): Answer {
    return formView(<CheckPage draft={draft} answers={this.#answers(draft)} />, faults, status);
  }
}
