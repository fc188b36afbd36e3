import { usePage, useWords } from '../page/page-context';
import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { AskToOpen, OpenWithCode } from '../../../application/booking/opening';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import { parseReference, referenceOf } from '../../../domain/ticket/ticket';
import { HttpProblem, statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { codeFaults, digitsTyped, isCode, newCodeFaults } from '../booking/codes';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { PageService } from '../page/page-service';
import { type Fault, ErrorSummary, faultOf, TextField } from '../parts/fields';
import { Sessions } from '../session/sessions';
import { type Answer, seeOther, view } from '../page/answer';
import { sentences } from '../../phrasing/sentences';
import { KeepsNothing } from '../forms/stored-form';
import type { VNode } from 'preact';
import { Document } from '../page/document';
import { Heading } from '../parts/heading';
import { OnceField } from '../forms/forms-view';

type OpenParts = {
  readonly reference: string;
  /** a code was asked for: there is a field for it */
  readonly asked: boolean;
  readonly digits: number;
  readonly typed: string;
  readonly faults: readonly Fault[];
};

const SendCode = ({ reference, asked, faults }: OpenParts): VNode => {
  const { locale } = usePage();
  const fault = faultOf(faults, 'trimite');
  return (
    <form method="post" action={`/tichet/${reference}/deschide/cod`}>
      <OnceField />
      {fault === undefined ? null : <p class="fault">{fault}</p>}
      <button id="trimite" class={asked ? 'second' : undefined}>
        {asked ? sentences[locale].booking.code.newCode : sentences[locale].ticket.open.send}
      </button>
    </form>
  );
};

const EnterCode = ({ reference, digits, typed, faults }: OpenParts): VNode => {
  const { locale } = usePage();
  const words = useWords().ticket.open;
  return (
    <>
      <p class="notice" role="status">
        {words.sent} {words.sentHint}
      </p>
      <form method="post" action={`/tichet/${reference}/deschide`} novalidate>
        <OnceField />
        <TextField
          name="code"
          label={sentences[locale].booking.code.code({ digits })}
          hint={sentences[locale].booking.code.codeHint}
          value={typed}
          width="short"
          inputmode="numeric"
          autocomplete="one-time-code"
          spellcheck={false}
          fault={faultOf(faults, 'code')}
        />
        <p class="actions">
          <button>{words.open}</button>
        </p>
      </form>
    </>
  );
};

/** The page of a ticket for a browser that may not see it yet. What it says is the same for every number. */
const OpenPage = (parts: OpenParts): VNode => {
  const { reference, asked, faults } = parts;
  const words = useWords().ticket.open;
  return (
    <Document title={words.title({ reference })} side="public" faulty={faults.length > 0}>
      <a class="back" href="/tichet">
        {words.otherTicket}
      </a>
      <ErrorSummary title={words.summary} faults={faults} />
      <Heading lead={words.lead}>{words.title({ reference })}</Heading>
      {asked ? <EnterCode {...parts} /> : null}
      {asked ? (
        <details open={faultOf(faults, 'trimite') !== undefined}>
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

type Asked = { readonly asked: boolean; readonly typed?: string; readonly faults?: readonly Fault[]; readonly status?: number };

/** As many as a browser of a booking keeps. */
const mostTickets = 20;

const faultsOfOpening = (refusal: Refusal, locale: Locale): readonly Fault[] =>
  refusal.code === 'code-expired' ? [{ field: 'code', message: sentences[locale].ticket.open.expired }] : codeFaults(refusal, locale);

/** Opening a ticket in a browser that has not booked it: with a code at its verified address. A visit alone sends nothing. */
@Pages('tichet/:reference/deschide')
export class OpenController {
  constructor(
    private readonly pages: PageService,
    private readonly forms: CommandService,
    private readonly sessions: Sessions,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async form(@Req() request: FastifyRequest, @Param('reference') written: string, @Query('trimis') sent: unknown): Promise<Answer> {
    const reference = this.#reference(written);
    if (await this.#isOpen(request, reference)) return seeOther(`/tichet/${reference}`);
    else if (reference !== written) return seeOther(`/tichet/${reference}/deschide`);
    else return this.#show(reference, { asked: sent === '1' });
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
    const sent = await this.forms.carryOut(request, {
      useCase: AskToOpen,
      command: () => ({ reference, address: request.ip }),
    });
    if (!isRefusal(sent)) {
      return seeOther(`/tichet/${reference}/deschide?trimis=1`);
    }
    const { locale } = await this.pages.contextOf(request);
    const faults = newCodeFaults(sent, locale, 'trimite');
    return this.#show(reference, { asked: true, faults, status: statusOf(sent.code) });
  }

  @Post()
  @KeepsNothing('secret')
  @ForAnybody()
  async open(@Req() request: FastifyRequest, @Param('reference') written: string): Promise<Answer> {
    const reference = this.#reference(written);
    const { locale } = await this.pages.contextOf(request);
    const typed = formOf(request).text('code');
    const code = digitsTyped(typed);
    if (!isCode(code, this.#digits)) {
      const faults = [{ field: 'code', message: sentences[locale].booking.code.notDigits({ digits: this.#digits }) }];
      return this.#show(reference, { asked: true, typed, faults, status: 422 });
    }
    const opened = await this.forms.carryOut(request, { useCase: OpenWithCode, command: () => ({ reference, code }) });
    if (isRefusal(opened)) {
      const faults = faultsOfOpening(opened, locale);
      return this.#show(reference, { asked: true, typed, faults, status: statusOf(opened.code) });
    }
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

  #show(reference: string, shown: Asked): Answer {
    const { asked, typed = '', faults = [], status = 200 } = shown;
    return view(<OpenPage reference={reference} asked={asked} digits={this.#digits} typed={typed} faults={faults} />, status);
  }
}
