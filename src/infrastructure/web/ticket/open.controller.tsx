import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { AskToOpen, OpenWithCode } from '../../../application/booking/opening';
import type { Ports } from '../../../application/kernel/ports/ports';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import { parseReference, referenceOf } from '../../../domain/ticket/ticket';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { HttpProblem, statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { sentences } from '../../phrasing/sentences';
import { ForAnybody, Pages } from '../access/page-access';
import { codeFaults, CodeField, digitsTyped, isCode, newCodeFaults } from '../booking/codes';
import { PlainForm } from '../forms/forms-view';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, formView, seeOther } from '../page/answer';
import { Document } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { ErrorSummary, type Fault, useFault } from '../parts/fields';
import { Heading } from '../parts/heading';
import { Sessions } from '../session/sessions';

type OpenParts = {
  readonly reference: string;
  /** a code was asked for: there is a field for it */
  readonly asked: boolean;
  readonly digits: number;
};

const SendCode = ({ reference, asked }: OpenParts): VNode => {
  const { locale } = usePage();
  const fault = useFault('trimite');
  return (
    <PlainForm action={`/tichet/${reference}/deschide/cod`}>
      {fault === undefined ? null : <p class="fault">{fault}</p>}
      <button id="trimite" class={asked ? 'second' : undefined}>
        {asked ? sentences[locale].booking.code.newCode : sentences[locale].ticket.open.send}
      </button>
    </PlainForm>
  );
};

const EnterCode = ({ reference, digits }: OpenParts): VNode => {
  const words = useWords().ticket.open;
  return (
    <>
      <p class="notice" role="status">
        {words.sent} {words.sentHint}
      </p>
      <PlainForm action={`/tichet/${reference}/deschide`} novalidate>
        <CodeField digits={digits} />
        <p class="actions">
          <button>{words.open}</button>
        </p>
      </PlainForm>
    </>
  );
};

/** The page of a ticket for a browser that may not see it yet. What it says is the same for every number. */
const OpenPage = (parts: OpenParts): VNode => {
  const { reference, asked } = parts;
  const words = useWords().ticket.open;
  return (
    <Document title={words.title({ reference })} side="public">
      <a class="back" href="/tichet">
        {words.otherTicket}
      </a>
      <ErrorSummary title={words.summary} />
      <Heading lead={words.lead}>{words.title({ reference })}</Heading>
      {asked ? <EnterCode {...parts} /> : null}
      {asked ? (
        <details open={useFault('trimite') !== undefined}>
          <summary>{words.again}</summary>
          <SendCode {...parts} />
        </details>
      ) : (
        <SendCode {...parts} />
      )}
      <h2>{words.withoutEmail}</h2>
      <p>{words.withoutEmailText}</p>
    </Document>
  );
};

/** As many as a browser of a booking keeps. */
const mostTickets = 20;

const faultsOfOpening = (refusal: Refusal, locale: Locale): readonly Fault[] =>
  refusal.code === 'code-expired' ? [{ field: 'code', message: sentences[locale].ticket.open.expired }] : codeFaults(refusal, locale);

/** Opening a ticket in a browser that has not booked it: with a code at its verified address. A visit alone sends nothing. */
@Pages('tichet/:reference/deschide')
export class OpenController {
  constructor(
    private readonly commands: CommandService,
    private readonly sessions: Sessions,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async form(@Req() request: FastifyRequest, @Param('reference') written: string, @Query('trimis') sent: unknown): Promise<Answer> {
    const reference = this.#reference(written);
    if (await this.#isOpen(request, reference)) return seeOther(`/tichet/${reference}`);
    if (reference !== written) return seeOther(`/tichet/${reference}/deschide`);
    return this.#show(reference, sent === '1');
  }

  /** Whoever comes back to where the form went. */
  @Get('cod')
  @ForAnybody()
  back(@Param('reference') written: string): Answer {
    return seeOther(`/tichet/${this.#reference(written)}/deschide?trimis=1`);
  }

  @Post('cod')
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async send(@Req() request: FastifyRequest, @Param('reference') written: string): Promise<Answer> {
    const reference = this.#reference(written);
    const command = () => ({ reference, address: request.ip });
    const sent = await this.commands.carryOut(request, { useCase: AskToOpen, command });
    if (!isRefusal(sent)) return seeOther(`/tichet/${reference}/deschide?trimis=1`);
    return this.#show(reference, true, newCodeFaults(sent, localeOfPage(request), 'trimite'), statusOf(sent.code));
  }

  @Post()
  @KeepsNothing('secret')
  @ForAnybody()
  async open(@Req() request: FastifyRequest, @Param('reference') written: string): Promise<Answer> {
    const reference = this.#reference(written);
    const locale = localeOfPage(request);
    const code = digitsTyped(formOf(request).text('code'));
    if (!isCode(code, this.#digits)) {
      const message = sentences[locale].booking.code.notDigits({ digits: this.#digits });
      return this.#show(reference, true, [{ field: 'code', message }]);
    }
    const opened = await this.commands.carryOut(request, { useCase: OpenWithCode, command: () => ({ reference, code }) });
    if (isRefusal(opened)) return this.#show(reference, true, faultsOfOpening(opened, locale), statusOf(opened.code));
    const { ticketId } = opened.value;
    const session = await this.sessions.of(request);
    const tickets = [ticketId, ...session.tickets.filter((id) => id !== ticketId)].slice(0, mostTickets);
    await this.sessions.keep(request, { ...session, tickets }, { renew: true });
    return seeOther(`/tichet/${reference}?facut=deschis`);
  }

  get #digits(): number {
    return this.ports.policies.verification.value.digits;
  }

  #reference(written: string): string {
    const reference = parseReference(written);
    if (reference === undefined) throw new HttpProblem({ code: 'not-found' });
    return reference;
  }

  async #isOpen(request: FastifyRequest, reference: string): Promise<boolean> {
    const { tickets } = await this.sessions.of(request);
    return tickets.some((ticketId) => referenceOf(ticketId) === reference);
  }

  #show(reference: string, asked: boolean, faults?: readonly Fault[], status?: number): Answer {
    return formView(<OpenPage reference={reference} asked={asked} digits={this.#digits} />, faults, status);
  }
}
