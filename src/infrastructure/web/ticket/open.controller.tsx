import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { askingOver, AskToOpen, type AskToOpenInput, OpenWithCode } from '../../../application/booking/opening';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { Instant } from '../../../domain/kernel/fact';
import { isRefusal, type Refusal, refuse } from '../../../domain/kernel/refusal';
import type { PolicyValues } from '../../../domain/policies';
import type { Locale } from '../../../domain/ticket/facts';
import { parseReference } from '../../../domain/ticket/ticket';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { noteRefused } from '../../api/problem/note-refused';
import { HttpProblem, statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { sentences } from '../../phrasing/sentences';
import { hourOrDay } from '../../phrasing/words/dates';
import { ForAnybody, Pages } from '../access/page-access';
import { codeFaults, CodeField, digitsTyped, isCode, longestInSeconds, newCodeFaults } from '../booking/codes';
import { filedOnOf, lookupFaults, RequestFields, typedFaults, typedIn } from '../booking/request-step.controller';
import { PlainForm } from '../forms/forms-view';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, formView, seeOther } from '../page/answer';
import { Document } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { useWords } from '../page/page-context';
import { ErrorSummary, type Fault, useFault } from '../parts/fields';
import { Heading } from '../parts/heading';
import { Sessions } from '../session/sessions';

type OpenParts = {
  readonly reference: string;
  /** a code was asked for: there is a field for it */
  readonly asked: boolean;
  /** the citizen says which request the ticket is about */
  readonly saysRequest: boolean;
  readonly digits: number;
  /** how many letters one ticket gets */
  readonly bound: PolicyValues['openings'];
};

const SendCode = ({ reference, asked, saysRequest }: OpenParts): VNode => {
  const words = useWords();
  const fault = useFault('trimite');
  return (
    <PlainForm action={`/tichet/${reference}/deschide/cod`} novalidate>
      {fault === undefined ? null : <p class="fault">{fault}</p>}
      {saysRequest ? <RequestFields /> : null}
      <button id="trimite" class={asked ? 'second' : undefined}>
        {asked ? words.booking.code.newCode : words.ticket.open.send}
      </button>
      {asked && !saysRequest ? (
        <p>
          <a href={`/tichet/${reference}/deschide?trimis=1&cererea=1`}>{words.ticket.open.sayRequest}</a>
        </p>
      ) : null}
    </PlainForm>
  );
};

const EnterCode = ({ reference, digits, bound }: OpenParts): VNode => {
  const words = useWords().ticket.open;
  return (
    <>
      <p class="notice" role="status">
        {words.sent} {words.sentHint}
      </p>
      <p class="hint">{words.sentBound(bound)}</p>
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
  const { reference, asked, saysRequest } = parts;
  const words = useWords().ticket.open;
  const fault = useFault('trimite');
  return (
    <Document title={words.title({ reference })} side="public">
      <a class="back" href="/tichet">
        {words.otherTicket}
      </a>
      <ErrorSummary title={words.summary} />
      <Heading lead={words.lead}>{words.title({ reference })}</Heading>
      {asked ? <EnterCode {...parts} /> : null}
      {asked ? (
        <details open={saysRequest || fault !== undefined}>
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

type Shown = { readonly asked?: boolean; readonly saysRequest?: boolean; readonly faults?: readonly Fault[]; readonly status?: number };

const faultsOfOpening = (refusal: Refusal, locale: Locale): readonly Fault[] =>
  refusal.code === 'code-expired' ? [{ field: 'code', message: sentences[locale].ticket.open.expired }] : codeFaults(refusal, locale);

const isNeeded = ({ details }: Refusal): boolean => details?.['reason'] === 'request-needed';

const faultsOfAsking = (refusal: Refusal, locale: Locale, at: Instant): readonly Fault[] => {
  const { requestNeeded, tooMany } = sentences[locale].ticket.open;
  if (isNeeded(refusal)) return [{ field: 'trimite', message: requestNeeded }];
  if (refusal.code === 'request-not-found') return lookupFaults(refusal, locale);
  const { retryAt, retryAfterSeconds } = refusal.details ?? {};
  if (typeof retryAt !== 'string' || typeof retryAfterSeconds !== 'number' || retryAfterSeconds <= longestInSeconds)
    return newCodeFaults(refusal, locale, 'trimite');
  return [{ field: 'trimite', message: tooMany({ when: hourOrDay(retryAt, at, locale) }) }];
};

/**
 * Opening a ticket in a browser that has not booked it: with a code at its verified address, good in this browser alone. A visit alone
 * sends nothing.
 */
@Pages('tichet/:reference/deschide')
export class OpenController {
  constructor(
    private readonly commands: CommandService,
    private readonly sessions: Sessions,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async form(
    @Req() request: FastifyRequest,
    @Param('reference') written: string,
    @Query('trimis') sent: unknown,
    @Query('cererea') saysRequest: unknown,
  ): Promise<Answer> {
    const reference = this.#reference(written);
    if ((await this.sessions.ticketOf(request, reference)) !== undefined) return seeOther(`/tichet/${reference}`);
    if (reference !== written) return seeOther(`/tichet/${reference}/deschide`);
    return this.#show(reference, { asked: sent === '1', saysRequest: saysRequest === '1' });
  }

  /** For a citizen who comes back to the address that the form went to. */
  @Get('cod')
  @ForAnybody()
  back(@Param('reference') written: string): Answer {
    return seeOther(`/tichet/${this.#reference(written)}/deschide?trimis=1`);
  }

  @Post('cod')
  @KeepsNothing('asked-anew')
  @ForAnybody()
  async send(@Req() request: FastifyRequest, @Param('reference') written: string): Promise<Answer> {
    const reference = this.#reference(written);
    const locale = localeOfPage(request);
    const form = formOf(request);
    const saysRequest = form.fields.has('requestNumber');
    const typed = typedIn(form);
    const wrong = saysRequest ? typedFaults(typed, locale) : [];
    if (wrong.length > 0) return this.#show(reference, { saysRequest, faults: wrong });
    const { requestNumber, applicantName } = typed;
    const said = saysRequest ? { request: { requestNumber, applicantName, filedOn: filedOnOf(typed) } } : {};
    const asking = { reference, address: request.ip, ...said };
    const { browser: known } = await this.sessions.of(request);
    const over = await askingOver(this.ports, { ...asking, browser: known }, this.ports.clock.now());
    if (over !== undefined) noteRefused(this.ports.logger, request, over.code);
    const sent = over ?? (await this.#ask(request, asking));
    if (!isRefusal(sent)) return seeOther(`/tichet/${reference}/deschide?trimis=1`);
    const [faults, status] = [faultsOfAsking(sent, locale, this.ports.clock.now()), statusOf(sent.code)];
    return this.#show(reference, { saysRequest: saysRequest || isNeeded(sent), faults, status });
  }

  async #ask(request: FastifyRequest, asking: Omit<AskToOpenInput, 'browser'>) {
    const browser = await this.sessions.browserOf(request);
    return this.commands.carryOut(request, { useCase: AskToOpen, command: () => ({ ...asking, browser }) });
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
      return this.#show(reference, { faults: [{ field: 'code', message }] });
    }
    const { browser } = await this.sessions.of(request);
    // where nothing was ever asked for, nothing is kept of it either
    const opened =
      browser === undefined
        ? refuse('code-expired')
        : await this.commands.carryOut(request, { useCase: OpenWithCode, command: () => ({ reference, browser, code }) });
    if (isRefusal(opened)) return this.#show(reference, { faults: faultsOfOpening(opened, locale), status: statusOf(opened.code) });
    const session = await this.sessions.withTicket(await this.sessions.of(request), opened.value.ticketId);
    await this.sessions.keep(request, session, { renew: true });
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

  #show(reference: string, { asked = true, saysRequest = false, faults, status }: Shown): Answer {
    const bound = this.ports.policies.openings.value;
    return formView(
      <OpenPage reference={reference} asked={asked} saysRequest={saysRequest} digits={this.#digits} bound={bound} />,
      faults,
      status,
    );
  }
}
