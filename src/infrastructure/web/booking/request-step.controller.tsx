import { Get, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { RegisterUnavailable } from '../../../application/kernel/ports/document-register';
import type { Ports } from '../../../application/kernel/ports/ports';
import { FindRequest, type FoundRequest, lookupsOver } from '../../../application/requests/find-request';
import type { CivilDate } from '../../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import type { RequestIdentity } from '../../../domain/request/facts';
import type { Locale } from '../../../domain/ticket/facts';
import { referenceOf } from '../../../domain/ticket/ticket';
import { isCivilDate } from '../../../domain/time/civil-time';
import { type Form, formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { LookupBody } from '../../api/dto/citizen';
import { noteRefused } from '../../api/problem/note-refused';
import { statusOf, registerAway, registerAwaySeconds } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { sentences } from '../../phrasing/sentences';
import { hour, plainDate } from '../../phrasing/words/dates';
import { ForAnybody, Pages } from '../access/page-access';
import { faultsOfBody } from '../forms/checked';
import { PlainForm, useTyped } from '../forms/forms-view';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, formView, type Page, seeOther } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { useWords } from '../page/page-context';
import { type Fault, Fieldset, TextField, useFault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { BookingPage } from './booking-page';
import { BookingService } from './booking-service';
import { type Draft, draftExpiry, type DraftStatus, nextStepOf, pathOf } from './draft';

const dateParts = ['day', 'month', 'year'] as const;
export type RequestTyped = Readonly<Record<'requestNumber' | 'applicantName' | (typeof dateParts)[number], string>>;

export const typedIn = (form: Form): RequestTyped => ({
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

const twoDigits = (text: string): string => text.padStart(2, '0');

/** The date that three fields make; whether there is such a day is for others to say. */
export const filedOnOf = ({ day, month, year }: RequestTyped): CivilDate => `${year}-${twoDigits(month)}-${twoDigits(day)}`;

/** What is wrong with the three, before anything is looked up. */
export const typedFaults = (typed: RequestTyped, locale: Locale): readonly Fault[] => {
  const words = sentences[locale].booking.request;
  const { requestNumber, applicantName, day, month, year } = typed;
  const empty = [day, month, year].some((part) => part === '');
  const filedOn = filedOnOf(typed);
  const missing: readonly Fault[] = [
    ...(requestNumber === '' ? [{ field: 'requestNumber', message: words.noNumber }] : []),
    ...(applicantName === '' ? [{ field: 'applicantName', message: words.noName }] : []),
    ...(empty ? [{ field: 'day', message: words.noDate }] : isCivilDate(filedOn) ? [] : [{ field: 'day', message: words.notADate }]),
  ];
  if (missing.length > 0) return missing;
  const wrong = faultsOfBody(Object.assign(new LookupBody(), { requestNumber, applicantName, filedOn }), locale);
  return wrong.map(({ field }) =>
    field === 'requestNumber' ? { field, message: words.badNumber } : { field: 'applicantName', message: words.badName },
  );
};

/** What is to be waited for less than this is said in seconds. */
const aMinute = 60;

/** A lookup that was refused, in words. Which of the three was wrong is never said (A28). */
export const lookupFaults = (refusal: Refusal, locale: Locale): readonly Fault[] => {
  const words = sentences[locale].booking.request;
  const { code, details } = refusal;
  const about = (message: string): readonly Fault[] => [{ field: 'requestNumber', message }];
  const until = details?.['until'];
  const retryAt = details?.['retryAt'];
  const seconds = details?.['retryAfterSeconds'];
  if (code === 'window-expired' && typeof until === 'string') return about(words.windowOver({ date: plainDate(until, locale) }));
  if (code === 'active-ticket-exists') return about(words.active);
  if (code === 'too-many-requests' && typeof seconds === 'number' && seconds < aMinute) return about(words.slowed({ seconds }));
  if (code === 'too-many-requests' && typeof retryAt === 'string') return about(words.tooMany({ time: hour(retryAt) }));
  return faultsOf(refusal, locale, 'requestNumber');
};

const FiledOn = ({ typed }: { readonly typed: RequestTyped | undefined }): VNode => {
  const words = useWords().booking.request;
  const isFaulty = useFault('day') !== undefined;
  return (
    <Fieldset name="day" label={words.filedOn} hint={words.filedOnHint}>
      <div class="parts">
        {dateParts.map((part) => (
          <div>
            <label for={part}>{words[part]}</label>
            <input
              type="text"
              id={part}
              name={part}
              value={useTyped(part) ?? typed?.[part] ?? ''}
              inputMode="numeric"
              autocomplete="off"
              class={part === 'year' ? 'date-year' : 'date-part'}
              aria-invalid={isFaulty ? 'true' : undefined}
            />
          </div>
        ))}
      </div>
    </Fieldset>
  );
};

/** The three data that name a request (Art. 3 b). */
export const RequestFields = ({ typed }: { readonly typed?: RequestTyped | undefined }): VNode => {
  const words = useWords().booking.request;
  return (
    <>
      <TextField
        name="requestNumber"
        label={words.number}
        hint={words.numberHint}
        value={typed?.requestNumber}
        width="middle"
        autocomplete="off"
        spellcheck={false}
      />
      <TextField
        name="applicantName"
        label={words.name}
        hint={words.nameHint}
        value={typed?.applicantName}
        autocomplete="name"
        spellcheck={false}
      />
      <FiledOn typed={typed} />
    </>
  );
};

type RequestPageParts = {
  readonly typed: RequestTyped | undefined;
  readonly draft: Draft | undefined;
  readonly expired: boolean;
  /** reference of the ticket that was just booked here */
  readonly done: string | undefined;
};

/** Step 1 (Art. 3 b): the number of the request, the applicant's name and the filing date. */
const RequestPage = ({ typed, draft, expired, done }: RequestPageParts): VNode => {
  const { request: words, steps } = useWords().booking;
  return (
    <BookingPage step="cerere" words={words} draft={draft}>
      {expired ? <p class="notice notice-warn">{words.expired}</p> : null}
      {done === undefined ? null : (
        <p class="notice notice-good">
          {words.done} <a href={`/tichet/${done}`}>{`${words.opensTicket} ${done}`}</a>
        </p>
      )}
      <PlainForm action={pathOf('cerere')} novalidate>
        <RequestFields typed={typed} />
        <p class="hint">{words.why}</p>
        <p class="actions">
          <button>{steps.next}</button>
          <a href="/tichet">{words.mine}</a>
        </p>
      </PlainForm>
    </BookingPage>
  );
};

/** What was typed is kept on the page: the citizen only has to try again. */
const whileRegisterIsAway = (error: unknown): RegisterUnavailable => {
  if (error instanceof RegisterUnavailable) return error;
  throw error;
};

const isSame = (one: RequestIdentity, other: RequestIdentity): boolean => one.number === other.number && one.filedOn === other.filedOn;

/** Solicitare Tichet albastru, step 1 (Art. 3 b): the registered request. */
@Pages('programare')
export class RequestStepController {
  constructor(
    private readonly commands: CommandService,
    private readonly booking: BookingService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async start(@Req() request: FastifyRequest): Promise<Answer> {
    const standing = await this.booking.standing(request);
    const { draft } = standing.kind === 'open' ? standing : {};
    return seeOther(pathOf(draft === undefined ? 'cerere' : draft.ticketId === undefined ? nextStepOf(draft) : 'cod'));
  }

  @Get('cerere')
  @ForAnybody()
  async form(@Req() request: FastifyRequest): Promise<Answer> {
    const standing = await this.booking.standing(request);
    if (standing.kind === 'open' && standing.draft.ticketId !== undefined) return seeOther(pathOf('cod'));
    if (standing.kind === 'expired') await this.booking.forget(request);
    return this.#show(standing);
  }

  @Post('cerere')
  @KeepsNothing('asked-anew')
  @ForAnybody()
  async find(@Req() request: FastifyRequest): Promise<Answer> {
    const typed = typedIn(formOf(request));
    const standing = await this.booking.standing(request);
    // a window that was open before: what awaits its code is not put aside for another request
    if (standing.kind === 'open' && standing.draft.ticketId !== undefined) return seeOther(pathOf('cod'), { unfinished: true });
    const locale = localeOfPage(request);
    const wrong = typedFaults(typed, locale);
    if (wrong.length > 0) return this.#show(standing, wrong);
    const { requestNumber, applicantName } = typed;
    // Any visitor may ask: an address that is over its bound must not fill the store with keys.
    const over = await lookupsOver(this.ports, request.ip, this.ports.clock.now());
    if (over !== undefined) noteRefused(this.ports.logger, request, over.code);
    const found =
      over ??
      (await this.commands
        .carryOut(request, {
          useCase: FindRequest,
          command: () => ({ requestNumber, applicantName, filedOn: filedOnOf(typed), address: request.ip }),
        })
        .catch(whileRegisterIsAway));
    if (found instanceof RegisterUnavailable) {
      this.ports.logger.warn('register.silent', { step: found.operation, reason: found.reason });
      const away = [{ field: 'requestNumber', message: registerAway[locale] }];
      const headers = { 'retry-after': String(found.retryAfterSeconds ?? registerAwaySeconds) };
      return { ...this.#show(standing, away, statusOf('unavailable')), headers };
    }
    if (isRefusal(found)) return this.#show(standing, lookupFaults(found, locale), statusOf(found.code));
    const before = standing.kind === 'open' && isSame(standing.draft.request, found.value.request) ? standing.draft : undefined;
    const draft = this.#draftOf(found.value, typed, before);
    return before === undefined ? this.booking.begin(request, draft) : this.booking.goOn(request, draft);
  }

  /** The same request found again keeps what was answered about it; another one begins anew. */
  #draftOf({ request: { number, filedOn }, ground, meetWith, modes }: FoundRequest, typed: RequestTyped, before: Draft | undefined): Draft {
    return {
      ...before,
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

  #show(standing: DraftStatus, faults: readonly Fault[] = [], status?: number): Page {
    const isNew = faults.length === 0;
    const draft = standing.kind === 'open' ? standing.draft : undefined;
    return formView(
      <RequestPage
        typed={draft && typedBefore(draft)}
        draft={isNew ? draft : undefined}
        expired={standing.kind === 'expired' && isNew}
        done={standing.kind === 'done' ? referenceOf(standing.ticketId) : undefined}
      />,
      faults,
      status,
    );
  }
}
