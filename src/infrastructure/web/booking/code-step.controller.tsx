import { Get, Inject, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { WithdrawTicket } from '../../../application/booking/cancel-ticket';
import { awaitedCode, type AwaitedCode, GetTicket } from '../../../application/booking/ticket-view';
import { SendNewCode, VerifyEmail } from '../../../application/booking/verify-email';
import type { Ports } from '../../../application/kernel/ports/ports';
import { isRefusal } from '../../../domain/kernel/refusal';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { sentences } from '../../phrasing/sentences';
import { dayAndMonth, hour, hourWithSeconds } from '../../phrasing/words/dates';
import { ForAnybody, Pages } from '../access/page-access';
import { PlainForm } from '../forms/forms-view';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, formView, seeOther } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { type Fault, useFault, useFaults } from '../parts/fields';
import { DoneNotice } from '../parts/heading';
import { BookingPage } from './booking-page';
import { BookingService } from './booking-service';
import { codeFaults, CodeField, digitsTyped, isCode, newCodeFaults } from './codes';
import { type Draft, draftExpiry, pathOf } from './draft';
import { HourStep } from './hour-step.controller';

type CodeParts = {
  readonly awaited: AwaitedCode;
  readonly digits: number;
  /** another code was just sent */
  readonly another: boolean;
  readonly draft: Draft;
};

const NotArrived = ({ awaited: { newCodeFrom, usableUntil } }: CodeParts): VNode => {
  const words = useWords().booking.code;
  const fault = useFault('nou');
  const mayAsk = newCodeFrom !== undefined;
  return (
    <details open={fault !== undefined || usableUntil === undefined}>
      <summary>{words.notArrived}</summary>
      <p>{words.look}</p>
      <PlainForm action={`${pathOf('cod')}/nou`}>
        {fault === undefined ? null : <p class="fault">{fault}</p>}
        <p class="hint">{mayAsk ? words.newCodeFrom({ time: hourWithSeconds(newCodeFrom) }) : words.noMoreCodes}</p>
        {mayAsk ? (
          <button id="nou" class="second">
            {words.newCode}
          </button>
        ) : null}
      </PlainForm>
      <PlainForm action={`${pathOf('cod')}/adresa`}>
        <h2>{words.wrongAddress}</h2>
        <p class="hint">{words.changeHint}</p>
        <button class="second">{words.changeAddress}</button>
      </PlainForm>
    </details>
  );
};

/** After the steps (Art. 3 e): one field for the code. Until when the hour is kept is said as a time of day; nothing ticks. */
const CodePage = (parts: CodeParts): VNode => {
  const { awaited, digits, another, draft } = parts;
  const { locale } = usePage();
  const words = useWords().booking.code;
  const isNew = useFaults().length === 0;
  const { slot, heldUntil, usableUntil, letter } = awaited;
  const { before, behind } = words.letter[letter];
  const lead = (
    <>
      {before} <b class="address">{draft.email}</b>
      {behind}
    </>
  );
  return (
    <BookingPage step="verificare" back={null} words={{ title: words.title, lead }} draft={draft}>
      {another && isNew && (letter === 'left' || letter === 'under-way') ? <DoneNotice text={words.newSent} /> : null}
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
      {usableUntil === undefined && isNew ? <p class="notice notice-warn">{words.unusable}</p> : null}
      <PlainForm action={pathOf('cod')} novalidate>
        <CodeField digits={digits} />
        <p class="actions">
          <button>{words.confirm}</button>
        </p>
      </PlainForm>
      <NotArrived {...parts} />
    </BookingPage>
  );
};

type Asked = { readonly faults?: readonly Fault[]; readonly status?: number; readonly another?: boolean };
type DraftOfTicket = Draft & { readonly ticketId: string };
const isOfTicket = (draft: Draft): draft is DraftOfTicket => draft.ticketId !== undefined;

/** Art. 3 e: without the code there is no ticket. */
@Pages('programare/cod')
export class CodeStepController {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
    private readonly booking: BookingService,
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
    const locale = localeOfPage(request);
    const { ticketId } = draft;
    const code = digitsTyped(formOf(request).text('code'));
    if (!isCode(code, this.#digits)) {
      const faults = [{ field: 'code', message: sentences[locale].booking.code.notDigits({ digits: this.#digits }) }];
      return this.#show(request, draft, { faults, status: 422 });
    }
    const verified = await this.commands.carryOut(request, {
      useCase: VerifyEmail,
      command: () => ({ ticketId, code }),
      ticketId,
      asker: (await this.booking.clerkOf(request)) ?? { kind: 'citizen', ticketId },
    });
    if (!isRefusal(verified)) return this.booking.finish(request, ticketId);
    if (verified.code === 'too-many-tickets') return this.hours.askAgain(request, draft, 'too-many', statusOf(verified.code));
    if (verified.code === 'same-hour') return this.hours.askAgain(request, draft, 'same-hour', statusOf(verified.code));
    if (verified.code === 'slot-taken') return this.hours.askAgain(request, draft, 'hold-lost', statusOf(verified.code));
    return this.#show(request, draft, { faults: codeFaults(verified, locale), status: statusOf(verified.code) });
  }

  /** For a visitor who comes back to the address that a form went to. */
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
    const asker = (await this.booking.clerkOf(request)) ?? ({ kind: 'citizen', ticketId } as const);
    const sent = await this.commands.carryOut(request, { useCase: SendNewCode, command, ticketId, asker });
    if (!isRefusal(sent)) {
      await this.booking.keep(request, { ...draft, expiresAt: draftExpiry(this.ports.clock.now()) });
      return seeOther(`${pathOf('cod')}?facut=cod`);
    }
    const locale = localeOfPage(request);
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
    const withdrawn = await this.commands.carryOut(request, {
      useCase: WithdrawTicket,
      command: () => ({ ticketId }),
      ticketId,
      asker: (await this.booking.clerkOf(request)) ?? { kind: 'citizen', ticketId },
    });
    if (isRefusal(withdrawn)) return seeOther(pathOf('cod'));
    return this.booking.goOn(request, { ...answers, contactFor: '', expiresAt: draftExpiry(this.ports.clock.now()) });
  }

  async #draft(request: FastifyRequest): Promise<DraftOfTicket | Answer> {
    const draft = await this.booking.at(request, 'cod');
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
      return this.booking.finish(request, ticketId);
    }
    const { faults, status, another = false } = asked;
    return formView(<CodePage awaited={awaited} digits={this.#digits} another={another} draft={draft} />, faults, status);
  }
}
