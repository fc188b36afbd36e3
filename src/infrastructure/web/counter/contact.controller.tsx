import { Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { CorrectContact, VerifyContact } from '../../../application/booking/correct-contact';
import { GetTicket, type TicketView } from '../../../application/booking/ticket-view';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import { counterChannel, type Locale } from '../../../domain/ticket/facts';
import { throughClerk } from '../../api/access/viewer';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { ContactBody } from '../../api/dto/citizen';
import { statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { sentences } from '../../phrasing/sentences';
import { ForOfficials, Pages } from '../access/page-access';
import { digitsTyped, isCode } from '../booking/codes';
import { FormFields, type FormPart, readForm } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsNothing, KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { SummaryList } from '../parts/summary-list';
import { ContactCode, contactCodeFaults, contactFaults, contactParts, correctionDone, nothingFaults } from '../ticket/contact-form';

/** What a clerk fills in: what has changed, how they were asked, and what was shown for it. */
const clerkParts = (locale: Locale): readonly FormPart[] => {
  const { channel, channels, chooseChannel, contact } = sentences[locale].counter;
  return [
    ...contactParts(locale),
    {
      kind: 'radios',
      name: 'channel',
      label: channel,
      value: undefined,
      missing: chooseChannel,
      options: counterChannel.words.map((word) => ({ value: word, label: channels[word] })),
    },
    { name: 'shown', label: contact.shown, hint: contact.shownHint, missing: contact.noShown, autocomplete: 'off' },
  ];
};

const pathOf = ({ ticketId }: Pick<TicketView, 'ticketId'>): string => `/ghiseu/tichete/${ticketId}`;

const ContactPage = ({ ticket, digits }: { readonly ticket: TicketView; readonly digits: number }): VNode => {
  const { locale } = usePage();
  const { counter, ticket: ofTicket } = useWords();
  const { reference, applicant, awaitedAddress } = ticket;
  const here = `${pathOf(ticket)}/contact`;
  return (
    <HeadedPage
      title={counter.contact.change}
      summary={counter.summary}
      done={counter.done}
      back={{ href: pathOf(ticket), text: counter.ticketTitle({ reference }) }}
      lead={counter.contact.lead}
    >
      <SummaryList
        rows={[
          { label: counter.name, value: <bdi>{applicant?.name}</bdi> },
          { label: counter.email, value: applicant?.email ?? counter.none },
          { label: counter.phone, value: applicant?.phone ?? counter.none },
        ]}
      />
      {awaitedAddress === undefined ? null : <ContactCode action={`${here}/cod`} digits={digits} {...awaitedAddress} />}
      <TypedForm action={here}>
        <FormFields parts={clerkParts(locale)} />
        <button class={awaitedAddress === undefined ? undefined : 'second'}>{ofTicket.contact.send}</button>
      </TypedForm>
    </HeadedPage>
  );
};

/** Art. 3 e, 8 (GDPR 16): another e-mail address or phone number for a citizen at the counter or on the phone. */
@Pages('ghiseu/tichete/:id/contact')
export class CounterContactController {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('counter.book')
  async form(@Param('id') ticketId: string): Promise<Answer> {
    const ticket = await this.#ticket(ticketId);
    return ticket.allowed.includes('contact') ? view(<ContactPage ticket={ticket} digits={this.#digits} />) : seeOther(pathOf(ticket));
  }

  @Post()
  @KeepsTyped()
  @ForOfficials('counter.book')
  async correct(@Req() request: FastifyRequest, @Param('id') ticketId: string): Promise<Answer> {
    const locale = localeOfPage(request);
    const { value, typed, faults } = readForm(ContactBody, clerkParts(locale), formOf(request), locale);
    const wrong = [...nothingFaults(typed, locale), ...faults];
    if (wrong.length > 0) return this.#show(ticketId, wrong, 422);
    const { email, phone, channel, shown } = value;
    const askedThrough = throughClerk(request, channel);
    const corrected = await this.commands.carryOut(request, {
      useCase: CorrectContact,
      command: () => ({ ticketId, askedThrough, ...defined({ email, phone, shown }) }),
      ticketId,
    });
    if (isRefusal(corrected)) return this.#show(ticketId, contactFaults(corrected, locale), statusOf(corrected.code));
    const here = pathOf({ ticketId });
    return seeOther(corrected.value.codeSent ? `${here}/contact?facut=cod` : `${here}?facut=${correctionDone(corrected.value)}`);
  }

  /** For an official who comes back to the address that the form went to. */
  @Get('cod')
  @ForOfficials('counter.book')
  back(@Param('id') ticketId: string): Answer {
    return seeOther(`${pathOf({ ticketId })}/contact`);
  }

  @Post('cod')
  @KeepsNothing('secret')
  @ForOfficials('counter.book')
  async verify(@Req() request: FastifyRequest, @Param('id') ticketId: string): Promise<Answer> {
    const locale = localeOfPage(request);
    const code = digitsTyped(formOf(request).text('code'));
    if (!isCode(code, this.#digits))
      return this.#show(ticketId, [{ field: 'code', message: sentences[locale].booking.code.notDigits({ digits: this.#digits }) }], 422);
    const verified = await this.commands.carryOut(request, { useCase: VerifyContact, command: () => ({ ticketId, code }), ticketId });
    if (isRefusal(verified)) return this.#show(ticketId, contactCodeFaults(verified, locale), statusOf(verified.code));
    return seeOther(`${pathOf({ ticketId })}?facut=contact`);
  }

  #ticket(ticketId: string): Promise<TicketView> {
    return this.reads.ask(GetTicket, { ticketId, viewer: 'clerk' });
  }

  get #digits(): number {
    return this.ports.policies.verification.value.digits;
  }

  async #show(ticketId: string, faults: readonly Fault[], status: number): Promise<Answer> {
    return formView(<ContactPage ticket={await this.#ticket(ticketId)} digits={this.#digits} />, faults, status);
  }
}
