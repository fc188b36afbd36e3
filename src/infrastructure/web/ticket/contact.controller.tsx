import { Get, Inject, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { type CitizenTicket, GetCitizenTicket } from '../../../application/booking/citizen-ticket';
import { CorrectContact, VerifyContact } from '../../../application/booking/correct-contact';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { ContactBody } from '../../api/dto/citizen';
import { statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { sentences } from '../../phrasing/sentences';
import { ForTicketHolder, Pages } from '../access/page-access';
import { digitsTyped, isCode } from '../booking/codes';
import { FormFields, readForm } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsNothing, KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { DoneNotice } from '../parts/heading';
import { ContactCode, contactCodeFaults, contactFaults, contactParts, correctionDone, nothingFaults } from './contact-form';
import { ticketIdOf } from './holder';
import { ChangePage } from './ticket-parts';

type PageParts = { readonly ticket: CitizenTicket; readonly digits: number; readonly sent: boolean };

const ContactPage = ({ ticket, digits, sent }: PageParts): VNode => {
  const { locale } = usePage();
  const words = useWords().ticket.contact;
  const { reference, awaitedAddress } = ticket;
  const here = `/tichet/${reference}/contact`;
  return (
    <ChangePage ticket={ticket} title={`${words.title}: ${reference}`} heading={words.title} lead={words.lead}>
      <DoneNotice text={sent && awaitedAddress !== undefined ? words.sent : undefined} />
      {awaitedAddress === undefined ? null : <ContactCode action={`${here}/cod`} digits={digits} {...awaitedAddress} />}
      <TypedForm action={here}>
        <FormFields parts={contactParts(locale)} />
        <button class={awaitedAddress === undefined ? undefined : 'second'}>{words.send}</button>
      </TypedForm>
    </ChangePage>
  );
};

/** Art. 3 e, 8 (GDPR 16): another e-mail address or phone number, on the ticket's page. */
@Pages('tichet/:reference/contact')
export class ContactController {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForTicketHolder('ticket.contact')
  async form(@Req() request: FastifyRequest, @Query('facut') done: unknown): Promise<Answer> {
    const ticket = await this.#ticket(request);
    if (!ticket.allowed.includes('contact')) return seeOther(`/tichet/${ticket.reference}`);
    return view(<ContactPage ticket={ticket} digits={this.#digits} sent={done === 'cod'} />);
  }

  @Post()
  @KeepsTyped()
  @ForTicketHolder('ticket.contact')
  async correct(@Req() request: FastifyRequest): Promise<Answer> {
    const ticketId = ticketIdOf(request);
    const locale = localeOfPage(request);
    const { value, typed, faults } = readForm(ContactBody, contactParts(locale), formOf(request), locale);
    const wrong = [...faults, ...nothingFaults(typed, locale)];
    if (wrong.length > 0) return this.#show(request, wrong, 422);
    const { email, phone } = value;
    const corrected = await this.commands.carryOut(request, {
      useCase: CorrectContact,
      command: () => ({ ticketId, address: request.ip, ...defined({ email, phone }) }),
      ticketId,
    });
    if (isRefusal(corrected)) return this.#show(request, contactFaults(corrected, locale), statusOf(corrected.code));
    const here = `/tichet/${(await this.#ticket(request)).reference}`;
    return seeOther(corrected.value.codeSent ? `${here}/contact?facut=cod` : `${here}?facut=${correctionDone(corrected.value)}`);
  }

  /** For a citizen who comes back to the address that the form went to. */
  @Get('cod')
  @ForTicketHolder('ticket.contact')
  async back(@Req() request: FastifyRequest): Promise<Answer> {
    return seeOther(`/tichet/${(await this.#ticket(request)).reference}/contact`);
  }

  @Post('cod')
  @KeepsNothing('secret')
  @ForTicketHolder('ticket.contact')
  async verify(@Req() request: FastifyRequest): Promise<Answer> {
    const ticketId = ticketIdOf(request);
    const locale = localeOfPage(request);
    const code = digitsTyped(formOf(request).text('code'));
    if (!isCode(code, this.#digits))
      return this.#show(request, [{ field: 'code', message: sentences[locale].booking.code.notDigits({ digits: this.#digits }) }], 422);
    const verified = await this.commands.carryOut(request, { useCase: VerifyContact, command: () => ({ ticketId, code }), ticketId });
    if (isRefusal(verified)) return this.#show(request, contactCodeFaults(verified, locale), statusOf(verified.code));
    return seeOther(`/tichet/${(await this.#ticket(request)).reference}?facut=contact`);
  }

  #ticket(request: FastifyRequest): Promise<CitizenTicket> {
    return this.reads.ask(GetCitizenTicket, { ticketId: ticketIdOf(request) });
  }

  get #digits(): number {
    return this.ports.policies.verification.value.digits;
  }

  async #show(request: FastifyRequest, faults: readonly Fault[], status: number): Promise<Answer> {
    return formView(<ContactPage ticket={await this.#ticket(request)} digits={this.#digits} sent={false} />, faults, status);
  }
}
