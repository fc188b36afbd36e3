import { Get, Inject, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { awaitedCode, GetTicket } from '../../../application/booking/ticket-view';
import { SendNewCode, VerifyEmail } from '../../../application/booking/verify-email';
import { WithdrawTicket } from '../../../application/booking/cancel-ticket';
import { isRefusal } from '../../../domain/kernel/refusal';
import { ReadDesk } from '../../api/commands/read-desk';
import { statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { FormDesk } from '../forms/form-desk';
import { PageDesk } from '../page/page-desk';
import type { Fault } from '../parts/fields';
import { BookingDesk } from './booking-desk';
import { codeFaults, newCodeFaults } from './code-faults';
import { CodePage } from './code-page';
import { type Draft, draftExpiry } from './draft';
import { HourStep } from './hour-step';
import { pathOf } from './steps';
import { digitsTyped, isCode } from './typed-code';
import { type Answer, seeOther, view } from '../page/answer';
import { sentences } from '../../phrasing/sentences';
import { KeepsNothing } from '../forms/kept-form';

type Asked = { readonly typed?: string; readonly faults?: readonly Fault[]; readonly status?: number; readonly another?: boolean };
type DraftOfTicket = Draft & { readonly ticketId: string };
const isOfTicket = (draft: Draft): draft is DraftOfTicket => draft.ticketId !== undefined;

/** Art. 3 e: without the code there is no ticket. */
@Pages('programare/cod')
export class CodeStepController {
  constructor(
    private readonly pages: PageDesk,
    private readonly forms: FormDesk,
    private readonly reads: ReadDesk,
    private readonly desk: BookingDesk,
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
