import { Get, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { RegisterUnavailable } from '../../../application/kernel/ports/document-register';
import { type FoundRequest, lookupsOver, FindRequest } from '../../../application/requests/find-request';
import { isRefusal } from '../../../domain/kernel/refusal';
import { referenceOf } from '../../../domain/ticket/ticket';
import { statusOf } from '../../api/problem/problem';
import { registerAway, registerAwaySeconds } from '../../api/problem/register-away';
import { portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { type Form, formOf } from '../forms/form';
import { FormService } from '../forms/form-service';
import { PageService } from '../page/page-service';
import type { Fault } from '../parts/fields';
import { BookingService } from './booking-service';
import { type Draft, draftExpiry, type DraftStatus } from './draft';
import { filedOnOf, lookupFaults, typedFaults } from './request-faults';
import { RequestPage, type RequestTyped } from './request-page';
import { nextStepOf, pathOf } from './steps';
import { type Answer, type Page, seeOther, view } from '../page/answer';
import { KeepsNothing } from '../forms/stored-form';

const typedIn = (form: Form): RequestTyped => ({
  requestNumber: form.text('requestNumber'),
  applicantName: form.text('applicantName'),
  day: form.text('day'),
  month: form.text('month'),
  year: form.text('year'),
});

const typedBefore = ({ requestNumber, applicantName, request: { filedOn } }: Draft): RequestTyped => ({
  requestNumber,
  applicantName,
  day: String(Number(filedOn.slice(8))),
  month: String(Number(filedOn.slice(5, 7))),
  year: filedOn.slice(0, 4),
});
const nothingTyped: RequestTyped = { requestNumber: '', applicantName: '', day: '', month: '', year: '' };

/** What was typed is kept on the page: the citizen only has to try again. */
const whileRegisterIsAway = (error: unknown): RegisterUnavailable => {
  if (error instanceof RegisterUnavailable) return error;
  throw error;
};

/** Solicitare Tichet albastru, step 1 (Art. 3 b): the registered request. */
@Pages('programare')
export class RequestStepController {
  constructor(
    private readonly pages: PageService,
    private readonly forms: FormService,
    private readonly desk: BookingService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async start(@Req() request: FastifyRequest): Promise<Answer> {
    const standing = await this.desk.standing(request);
    const { draft } = standing.kind === 'open' ? standing : {};
    return seeOther(pathOf(draft === undefined ? 'cerere' : draft.ticketId === undefined ? nextStepOf(draft) : 'cod'));
  }

  @Get('cerere')
  @ForAnybody()
  async form(@Req() request: FastifyRequest): Promise<Answer> {
    const standing = await this.desk.standing(request);
    if (standing.kind === 'open' && standing.draft.ticketId !== undefined) {
      return seeOther(pathOf('cod'));
    }
    if (standing.kind === 'expired') await this.desk.forget(request);
    return this.#show(request, standing, standing.kind === 'open' ? typedBefore(standing.draft) : nothingTyped);
  }

  @Post('cerere')
  @KeepsNothing('asked-anew')
  @ForAnybody()
  async find(@Req() request: FastifyRequest): Promise<Answer> {
    const typed = typedIn(formOf(request));
    const standing = await this.desk.standing(request);
    const { locale } = await this.pages.contextOf(request);
    const wrong = await typedFaults(typed, locale);
    if (wrong.length > 0) {
      return this.#show(request, standing, typed, wrong, 422);
    }
    const { requestNumber, applicantName } = typed;
    // Anybody may ask: an address that is over its bound must not fill the store with keys.
    const found =
      (await lookupsOver(this.ports, request.ip, this.ports.clock.now())) ??
      (await this.forms
        .carryOut(request, {
          useCase: FindRequest,
          command: () => ({ requestNumber, applicantName, filedOn: filedOnOf(typed), address: request.ip }),
        })
        .catch(whileRegisterIsAway));
    if (found instanceof RegisterUnavailable) {
      this.ports.logger.warn('register.silent', { step: found.operation, reason: found.reason });
      const away = [{ field: 'requestNumber', message: registerAway[locale] }];
      const headers = { 'retry-after': String(found.retryAfterSeconds ?? registerAwaySeconds) };
      return { ...(await this.#show(request, standing, typed, away, statusOf('unavailable'))), headers };
    }
    if (isRefusal(found)) {
      return this.#show(request, standing, typed, lookupFaults(found, locale), statusOf(found.code));
    }
    return this.desk.goOn(request, this.#draftOf(found.value, typed, standing));
  }

  /** The same request found again keeps what was answered about it; another one begins anew. */
  #draftOf({ request, ground, meetWith, modes }: FoundRequest, typed: RequestTyped, standing: DraftStatus): Draft {
    const before = standing.kind === 'open' && standing.draft.ticketId === undefined ? standing.draft : undefined;
    const { number, filedOn } = request;
    const same = before?.request.number === number && before.request.filedOn === filedOn;
    return {
      ...(same ? before : {}),
      request: { number, filedOn },
      requestNumber: typed.requestNumber,
      applicantName: typed.applicantName,
      ground: ground.kind,
      ...(ground.kind === 'clarification' ? { until: ground.enforcedUntil } : {}),
      person: meetWith.name,
      department: meetWith.department,
      modes,
      expiresAt: draftExpiry(this.ports.clock.now()),
    };
  }

  async #show(
    request: FastifyRequest,
    standing: DraftStatus,
    typed: RequestTyped,
    faults: readonly Fault[] = [],
    status = 200,
  ): Promise<Page> {
    return view(
      <RequestPage
        context={await this.pages.contextOf(request)}
        typed={typed}
        faults={faults}
        draft={standing.kind === 'open' && faults.length === 0 ? standing.draft : undefined}
        expired={standing.kind === 'expired' && faults.length === 0}
        done={standing.kind === 'done' ? referenceOf(standing.ticketId) : undefined}
      />,
      status,
    );
  }
}
