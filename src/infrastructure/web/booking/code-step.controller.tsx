import { Get, Inject, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { awaitedCode, GetTicket, type AwaitedCode } from '../../../application/booking/ticket-view';
import { SendNewCode, VerifyEmail } from '../../../application/booking/verify-email';
import { WithdrawTicket } from '../../../application/booking/cancel-ticket';
import { isRefusal } from '../../../domain/kernel/refusal';
import { QueryService } from '../../api/commands/query-service';
import { statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { FormService } from '../forms/form-service';
import { PageService } from '../page/page-service';
import { type Fault, faultOf, TextField } from '../parts/fields';
import { BookingService } from './booking-service';
import { codeFaults, newCodeFaults } from './code-faults';
import { type Draft, draftExpiry } from './draft';
import { HourStep } from './hour-step';
import { pathOf } from './steps';
import { digitsTyped, isCode } from './typed-code';
import { type Answer, seeOther, view } from '../page/answer';
import { sentences } from '../../phrasing/sentences';
import { KeepsNothing } from '../forms/stored-form';
import type { VNode } from 'preact';
import type { PageContext } from '../page/page-context';
import { DoneNotice } from '../parts/done-notice';
import { dayAndMonth, hour, hourWithSeconds } from '../../phrasing/words/dates';
import { BookingPage } from './booking-page';
import { OnceField } from '../forms/forms-view';

type CodeParts = {
  readonly context: PageContext;
  readonly awaited: AwaitedCode;
  readonly digits: number;
  readonly typed: string;
  readonly faults: readonly Fault[];
  /** another code was just sent */
  readonly another: boolean;
  readonly draft: Draft;
};

const NotArrived = ({ context, awaited: { newCodeFrom, usableUntil }, faults }: CodeParts): VNode => {
  const words = sentences[context.locale].booking.code;
  const fault = faultOf(faults, 'nou');
  const mayAsk = newCodeFrom !== undefined;
  return (
    <details open={fault !== undefined || usableUntil === undefined}>
      <summary>{words.notArrived}</summary>
      <p>{words.look}</p>
      <form method="post" action={`${pathOf('cod')}/nou`}>
        <OnceField />
        {fault === undefined ? null : <p class="fault">{fault}</p>}
        <p class="hint">{mayAsk ? words.newCodeFrom({ time: hourWithSeconds(newCodeFrom) }) : words.noMoreCodes}</p>
        {mayAsk ? (
          <button id="nou" class="second">
            {words.newCode}
          </button>
        ) : null}
      </form>
      <form method="post" action={`${pathOf('cod')}/adresa`}>
        <OnceField />
        <h2>{words.wrongAddress}</h2>
        <p class="hint">{words.changeHint}</p>
        <button class="second">{words.changeAddress}</button>
      </form>
    </details>
  );
};

/** After the steps (Art. 3 e): one field for the code. Until when the hour is kept is said as a time of day; nothing ticks. */
const CodePage = (parts: CodeParts): VNode => {
  const { context, awaited, digits, typed, faults, another, draft } = parts;
  const { locale } = context;
  const words = sentences[locale].booking.code;
  const { slot, heldUntil, usableUntil, letter } = awaited;
  const { before, behind } = words.letter[letter];
  const lead = (
    <>
      {before} <b class="address">{draft.email}</b>
      {behind}
    </>
  );
  return (
    <BookingPage context={context} step="verificare" back={null} title={words.title} lead={lead} faults={faults} draft={draft}>
      {another && faults.length === 0 && (letter === 'left' || letter === 'under-way') ? <DoneNotice text={words.newSent} /> : null}
      <p class="notice">
        {words.kept} <b>{`${dayAndMonth(slot.startsAt, locale)}, ${hour(slot.startsAt)}`}</b>
        {usableUntil === undefined ? (
          <>
            {' '}
            {words.until} <b>{hour(heldUntil)}</b>.
          </>
        ) : (
          <>
            . {words.valid} <b>{hour(usableUntil)}</b>; {words.keptUntil} <b>{hour(heldUntil)}</b>.
          </>
        )}
      </p>
      {usableUntil === undefined && faults.length === 0 ? <p class="notice notice-warn">{words.unusable}</p> : null}
      <form method="post" action={pathOf('cod')} novalidate>
        <OnceField />
        <TextField
          name="code"
          label={words.code({ digits })}
          hint={words.codeHint}
          value={typed}
          width="short"
          inputmode="numeric"
          autocomplete="one-time-code"
          spellcheck={false}
          fault={faultOf(faults, 'code')}
        />
        <p class="actions">
          <button>{words.confirm}</button>
        </p>
      </form>
      <NotArrived {...parts} />
    </BookingPage>
  );
};

type Asked = { readonly typed?: string; readonly faults?: readonly Fault[]; readonly status?: number; readonly another?: boolean };
type DraftOfTicket = Draft & { readonly ticketId: string };
const isOfTicket = (draft: Draft): draft is DraftOfTicket => draft.ticketId !== undefined;

/** Art. 3 e: without the code there is no ticket. */
@Pages('programare/cod')
export class CodeStepController {
  constructor(
    private readonly pages: PageService,
    private readonly forms: FormService,
    private readonly reads: QueryService,
    private readonly desk: BookingService,
    private readonly hours: HourStep,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async form(@Req() request: FastifyRequest, @Query('facut') done: unknown): Promise<Answer> {
    const draft = await this.#draft(request);
    return 'kind' in draft ? draft : this.#show(request, draft, { another: done === 'cod' });
  }

  @Post()
  @KeepsNothing('secret')
  @ForAnybody()
  async enter(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.#draft(request);
    if ('kind' in draft) return draft;
    const { locale } = await this.pages.contextOf(request);
    const { ticketId } = draft;
    const typed = formOf(request).text('code');
    const code = digitsTyped(typed);
    if (!isCode(code, this.#digits)) {
      const faults = [{ field: 'code', message: sentences[locale].booking.code.notDigits({ digits: this.#digits }) }];
      return this.#show(request, draft, { typed, faults, status: 422 });
    }
    const verified = await this.forms.carryOut(request, {
      useCase: VerifyEmail,
      command: () => ({ ticketId, code }),
      ticketId,
    });
    if (!isRefusal(verified)) return this.desk.finish(request, ticketId);
    if (verified.code === 'too-many-tickets') return this.hours.askAgain(request, draft, 'too-many', statusOf(verified.code));
    if (verified.code === 'slot-taken') return this.hours.askAgain(request, draft, 'hold-lost', statusOf(verified.code));
    return this.#show(request, draft, { typed, faults: codeFaults(verified, locale), status: statusOf(verified.code) });
  }

  /** Whoever comes back to where a form went. */
  @Get(['nou', 'adresa'])
  @ForAnybody()
  back(): Answer {
    return seeOther(pathOf('cod'));
  }

  @Post('nou')
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async another(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.#draft(request);
    if ('kind' in draft) return draft;
    const { ticketId } = draft;
    const command = () => ({ ticketId, address: request.ip });
    const sent = await this.forms.carryOut(request, { useCase: SendNewCode, command, ticketId });
    if (!isRefusal(sent)) {
      await this.desk.keep(request, { ...draft, expiresAt: draftExpiry(this.ports.clock.now()) });
      return seeOther(`${pathOf('cod')}?facut=cod`);
    }
    const { locale } = await this.pages.contextOf(request);
    return this.#show(request, draft, { faults: newCodeFaults(sent, locale), status: statusOf(sent.code) });
  }

  /** The ticket is given up, its hour and request are free at once, and another address may be given. */
  @Post('adresa')
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async otherAddress(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.#draft(request);
    if ('kind' in draft) return draft;
    const { ticketId, ...answers } = draft;
    const withdrawn = await this.forms.carryOut(request, {
      useCase: WithdrawTicket,
      command: () => ({ ticketId }),
      ticketId,
    });
    if (isRefusal(withdrawn)) return seeOther(pathOf('cod'));
    return this.desk.goOn(request, { ...answers, contactFor: '', expiresAt: draftExpiry(this.ports.clock.now()) });
  }

  async #draft(request: FastifyRequest): Promise<DraftOfTicket | Answer> {
    const draft = await this.desk.at(request, 'cod');
    return 'kind' in draft || isOfTicket(draft) ? draft : seeOther(pathOf('cerere'), { unfinished: true });
  }

  get #digits(): number {
    return this.ports.policies.verification.value.digits;
  }

  /** The code's page; where none is awaited any more, what became of the ticket instead. */
  async #show(request: FastifyRequest, draft: DraftOfTicket, asked: Asked = {}): Promise<Answer> {
    const { ticketId } = draft;
    const awaited = await awaitedCode(this.ports)({ ticketId });
    if (isRefusal(awaited)) {
      const { status } = await this.reads.ask(GetTicket, { ticketId, viewer: 'citizen' });
      const pending = status === 'awaiting-code' || status === 'lapsed';
      if (pending) return this.hours.askAgain(request, draft, 'hold-lost', request.method === 'POST' ? statusOf('code-expired') : 200);
      return this.desk.finish(request, ticketId);
    }
    const { typed = '', faults = [], status = 200, another = false } = asked;
    return view(
      <CodePage
        context={await this.pages.contextOf(request)}
        awaited={awaited}
        digits={this.#digits}
        typed={typed}
        faults={faults}
        another={another}
        draft={draft}
      />,
      status,
    );
  }
}
