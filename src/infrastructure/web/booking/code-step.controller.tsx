import { Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { awaitedCode } from '../../../application/booking/awaited-code';
import { VerifyEmail } from '../../../application/booking/verify-email';
import { SendNewCode } from '../../../application/booking/new-code';
import { WithdrawTicket } from '../../../application/booking/withdraw-ticket';
import { GetTicket } from '../../../application/booking/ticket-view';
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
import { sentences } from '../../phrasing/sentences';

type Asked = { readonly typed?: string; readonly faults?: readonly Fault[]; readonly status?: number; readonly another?: boolean };
type DraftOfTicket = Draft & { readonly ticketId: string };
const isOfTicket = (draft: Draft | undefined): draft is DraftOfTicket => draft?.ticketId !== undefined;

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
  async form(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query('facut') done: unknown): Promise<void> {
    const draft = await this.desk.at(request, reply, 'cod');
    if (isOfTicket(draft)) await this.#show(request, reply, draft, { another: done === 'cod' });
  }

  @Post()
  @ForAnybody()
  async enter(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const draft = await this.desk.at(request, reply, 'cod');
    if (!isOfTicket(draft)) return;
    const { locale } = await this.pages.contextOf(request);
    const { ticketId } = draft;
    const typed = formOf(request).text('code');
    const code = digitsTyped(typed);
    if (!isCode(code, this.#digits)) {
      const faults = [{ field: 'code', message: sentences[locale].booking.code.notDigits({ digits: this.#digits }) }];
      await this.#show(request, reply, draft, { typed, faults, status: 422 });
      return;
    }
    const verified = await this.forms.carryOut(request, {
      useCase: VerifyEmail,
      command: () => ({ ticketId, code }),
      ticketId,
    });
    if (!isRefusal(verified)) await this.desk.finish(request, reply, ticketId);
    else if (verified.code === 'too-many-tickets') await this.hours.askAgain(request, reply, draft, 'too-many', statusOf(verified.code));
    else if (verified.code === 'slot-taken') await this.hours.askAgain(request, reply, draft, 'hold-lost', statusOf(verified.code));
    else await this.#show(request, reply, draft, { typed, faults: codeFaults(verified, locale), status: statusOf(verified.code) });
  }

  /** Whoever comes back to where a form went. */
  @Get(['nou', 'adresa'])
  @ForAnybody()
  async back(@Res() reply: FastifyReply): Promise<void> {
    await reply.redirect(pathOf('cod'), 303);
  }

  @Post('nou')
  @ForAnybody()
  async another(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const draft = await this.desk.at(request, reply, 'cod');
    if (!isOfTicket(draft)) return;
    const { ticketId } = draft;
    const command = () => ({ ticketId, address: request.ip });
    const sent = await this.forms.carryOut(request, { useCase: SendNewCode, command, ticketId });
    if (!isRefusal(sent)) {
      await this.desk.keep(request, reply, { ...draft, expiresAt: draftExpiry(this.ports.clock.now()) });
      await reply.redirect(`${pathOf('cod')}?facut=cod`, 303);
      return;
    }
    const { locale } = await this.pages.contextOf(request);
    await this.#show(request, reply, draft, { faults: newCodeFaults(sent, locale), status: statusOf(sent.code) });
  }

  /** The ticket is given up, its hour and request are free at once, and another address may be given. */
  @Post('adresa')
  @ForAnybody()
  async otherAddress(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const draft = await this.desk.at(request, reply, 'cod');
    if (!isOfTicket(draft)) return;
    const { ticketId, ...answers } = draft;
    const withdrawn = await this.forms.carryOut(request, {
      useCase: WithdrawTicket,
      command: () => ({ ticketId }),
      ticketId,
    });
    if (isRefusal(withdrawn)) await reply.redirect(pathOf('cod'), 303);
    else await this.desk.goOn(request, reply, { ...answers, contactFor: '', expiresAt: draftExpiry(this.ports.clock.now()) });
  }

  get #digits(): number {
    return this.ports.policies.verification.value.digits;
  }

  /** The code's page; where none is awaited any more, what became of the ticket instead. */
  async #show(request: FastifyRequest, reply: FastifyReply, draft: DraftOfTicket, asked: Asked = {}): Promise<void> {
    const { ticketId } = draft;
    const awaited = await awaitedCode(this.ports)({ ticketId });
    if (isRefusal(awaited)) {
      const { status } = await this.reads.ask(GetTicket, { ticketId, viewer: 'citizen' });
      const pending = status === 'awaiting-code' || status === 'lapsed';
      if (pending)
        await this.hours.askAgain(request, reply, draft, 'hold-lost', request.method === 'POST' ? statusOf('code-expired') : 200);
      else await this.desk.finish(request, reply, ticketId);
      return;
    }
    const { typed = '', faults = [], status = 200, another = false } = asked;
    await this.pages.show(
      reply,
      <CodePage
        context={await this.pages.contextOf(request)}
        awaited={awaited}
        digits={this.#digits}
        typed={typed}
        faults={faults}
        another={another}
        once={this.forms.once()}
        draft={draft}
      />,
      status,
    );
  }
}
