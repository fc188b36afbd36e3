import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { type Action, may } from '../../../application/kernel/rights';
import type { Ports } from '../../../application/kernel/ports/ports';
import { currentTicket } from '../../../application/kernel/streams';
import { type Eligibility, type EligibilityListView, GetEligibility, ListEligibility } from '../../../application/requests/eligibility';
import { AllowSharedHour, GrantLateAdmission } from '../../../application/requests/register-request';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { isRefusal } from '../../../domain/kernel/refusal';
import { parseRegistrationNumber } from '../../../domain/request/registering';
import type { Locale } from '../../../domain/ticket/facts';
import { isRequested, referenceOf } from '../../../domain/ticket/ticket';
import { addDays, civilDateOf, daysBetween, plusSeconds } from '../../../domain/time/civil-time';
import { reachesSubject } from '../../api/access/subjects';
import { officialOf } from '../../api/access/viewer';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { registeredIdentity, RequestPath } from '../../api/dto/paths';
import { LateAdmissionBody } from '../../api/dto/staff';
import { portsToken } from '../../nest/tokens';
import { type Sentences, sentences } from '../../phrasing/sentences';
import { dateAndHour, longDate, plainDate } from '../../phrasing/words/dates';
import { ForOfficials, Pages } from '../access/page-access';
import { faultsOfBody, type Typed } from '../forms/checked';
import { faultsOfFields, FormFields, type FormPart, typedInto } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { type QueryParameters, queryParametersOf } from '../page/query-parameters';
import { Article } from '../parts/article';
import { type Fault, TextField } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { SummaryList, type SummaryRow } from '../parts/summary-list';
import { typedDate, wallMoment } from './wall-time';

/** The fields of the 30-day view as they were typed. */
type WindowTyped = {
  readonly number: string;
  readonly filedOn: string;
  readonly asOfDate: string;
  readonly asOfTime: string;
  readonly before: string;
};
/** `asOf` only when a moment was named. */
type WindowRead = { readonly number: string; readonly filedOn: CivilDate; readonly asOf?: Instant };

const shownDaysAhead = 14;

const windowTyped = (asked: QueryParameters): WindowTyped => ({
  number: asked('number'),
  filedOn: asked('filedOn'),
  asOfDate: asked('asOfDate'),
  asOfTime: asked('asOfTime'),
  before: asked('before'),
});

/** What is looked for, or what is wrong with it. A number that carries its filing date needs no other. */
const readWindow = (typed: WindowTyped, locale: Locale): WindowRead | readonly Fault[] => {
  const words = sentences[locale].office.windows;
  const faults: Fault[] = [];
  const parsed = parseRegistrationNumber(typed.number);
  if (parsed === undefined) faults.push({ field: 'number', message: typed.number === '' ? words.numberMissing : words.numberWrong });
  const filedOn = typed.filedOn === '' ? parsed?.filedOn : typedDate(typed.filedOn);
  if (filedOn === undefined) faults.push({ field: 'filedOn', message: typed.filedOn === '' ? words.dateMissing : words.dateWrong });
  const asOf = typed.asOfDate === '' && typed.asOfTime === '' ? undefined : wallMoment('to', typed.asOfDate, typed.asOfTime);
  if (typeof asOf === 'string') {
    faults.push(
      asOf.startsWith('date')
        ? { field: 'asOfDate', message: asOf === 'date-missing' ? words.dateMissing : words.dateWrong }
        : { field: 'asOfTime', message: words.timeWrong },
    );
  }
  if (parsed === undefined || filedOn === undefined || typeof asOf === 'string') return faults;
  if (asOf === undefined) return { number: parsed.number, filedOn };
  // 24:00 is the next day, on which a window that ended is over
  const moment = typed.asOfTime === '' ? plusSeconds(asOf.instant, -0.001) : asOf.instant;
  return { number: parsed.number, filedOn, asOf: moment };
};

/** The date before which windows are listed: the one asked for, else two weeks ahead. */
const readBefore = ({ before }: WindowTyped, at: Instant, locale: Locale): CivilDate | readonly Fault[] => {
  if (before === '') return addDays(civilDateOf(at), shownDaysAhead);
  return typedDate(before) ?? [{ field: 'before', message: sentences[locale].office.windows.dateWrong }];
};

type ExpiringParts = {
  readonly typed: WindowTyped;
  readonly before: CivilDate;
  readonly expiring: EligibilityListView;
};

const requestHref = ({ number, filedOn }: Eligibility): string => `/termene?${new URLSearchParams({ number, filedOn }).toString()}`;

/** The windows that are about to close, the nearest end first, a page at a time. */
const ExpiringWindows = ({ typed, before, expiring: { requests, parked, next } }: ExpiringParts): VNode => {
  const { locale, at } = usePage();
  const words = useWords().office.windows;
  const today = civilDateOf(at);
  const left = (until: CivilDate): string => (until <= today ? words.today : words.daysLeft({ count: daysBetween(today, until) }));
  return (
    <section aria-labelledby="expira">
      <h2 id="expira">{words.expiring}</h2>
      <p>{words.expiringLead}</p>
      <form method="get" action="/termene" class="parts in-line" novalidate>
        <TextField name="before" type="date" label={words.before} value={typed.before === '' ? before : typed.before} width="middle" />
        <button class="second">{words.list}</button>
      </form>
      {requests.length === 0 ? (
        <p>{words.noneExpiring}</p>
      ) : (
        <ul class="windows">
          {requests.map((request) => (
            <li>
              <a href={requestHref(request)}>
                {request.number} / {plainDate(request.filedOn, locale)}
              </a>
              <span>
                {words.enforced.toLowerCase()}: {plainDate(request.enforcedUntil ?? '', locale)}
              </span>
              <span class={request.enforcedUntil === today ? 'tag tag-warn' : 'tag tag-quiet'}>{left(request.enforcedUntil ?? today)}</span>
              <span>{request.eligible ? words.eligible : words.notEligible}</span>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href="/termene/cereri">{words.requests.listLink}</a>
      </p>
      {parked === 0 ? null : <p class="notice notice-warn">{words.parked({ count: parked })}</p>}
      {next === undefined ? null : (
        <p>
          <a class="button second" href={`/termene?${new URLSearchParams({ before, cursor: next }).toString()}`}>
            {words.more}
          </a>
        </p>
      )}
    </section>
  );
};

const reasonInWords = (reason: string, locale: Locale): string =>
  new Map(Object.entries(sentences[locale].office.windows.reasons)).get(reason) ?? sentences[locale].office.windows.otherReason;

/** A date, and under it what it means. */
const Explained = ({ date, how }: { readonly date: string; readonly how: string }): VNode => (
  <>
    {longDate(date, usePage().locale)} <small class="explained">{how}</small>
  </>
);

const windowRows = (found: Eligibility, locale: Locale): readonly SummaryRow[] => {
  const words = sentences[locale].office.windows;
  const { communicatedOn, advertisedUntil, enforcedUntil, lateAdmissionUntil, policy, calendarVersion } = found;
  if (communicatedOn === null || advertisedUntil === null || enforcedUntil === null) {
    return [{ label: words.communicated, value: words.notCommunicated }];
  }
  return [
    { label: words.communicated, value: longDate(communicatedOn, locale) },
    { label: words.advertised, value: <Explained date={advertisedUntil} how={words.advertisedHow} /> },
    {
      label: words.enforced,
      value: <Explained date={enforcedUntil} how={enforcedUntil === advertisedUntil ? words.enforcedSame : words.enforcedHow} />,
    },
    ...(lateAdmissionUntil === null ? [] : [{ label: words.late, value: `${longDate(lateAdmissionUntil, locale)} ${words.untilEnd}` }]),
    { label: words.policy, value: <code>{policy}</code> },
    { label: words.calendar, value: <code>{calendarVersion}</code> },
  ];
};

const articleOfGround = (ground: Eligibility['ground'], reason: string | undefined): string => {
  if (ground === 'new-hour-owed') return '8';
  if (ground === 'in-operation') return '2 a';
  return ground === 'clarification' || reason === 'window-expired' ? '2 b' : '2';
};

/** Art. 2: whether, why, until when. `ticketHref` where the reader may open the active ticket. */
const EligibilityView = ({ found, ticketHref }: { readonly found: Eligibility; readonly ticketHref: string | undefined }): VNode => {
  const { locale } = usePage();
  const words = useWords().office.windows;
  const { eligible, reason, ground, activeTicket, number, filedOn, status, asOf } = found;
  const reference = activeTicket === null ? undefined : referenceOf(activeTicket);
  return (
    <section aria-labelledby="cererea">
      <h2 id="cererea">{`${words.request} ${number} / ${longDate(filedOn, locale)}`}</h2>
      <p class={eligible ? 'notice notice-good' : 'notice notice-warn'}>
        <strong>{eligible ? words.eligible : words.notEligible}.</strong> {reason === undefined ? null : reasonInWords(reason, locale)}{' '}
        <Article article={articleOfGround(ground, reason)} locale={locale} />
      </p>
      <SummaryList
        rows={[
          { label: words.standsAt, value: dateAndHour(asOf, locale) },
          { label: words.status, value: words.statuses[status] },
          { label: words.ground, value: ground === null ? words.noGround : words.grounds[ground] },
          ...windowRows(found, locale),
          {
            label: words.ticket,
            value: reference === undefined ? words.noTicket : ticketHref === undefined ? reference : <a href={ticketHref}>{reference}</a>,
          },
        ]}
      />
    </section>
  );
};

type WindowPageParts = ExpiringParts & {
  readonly found: Eligibility | undefined;
  readonly ticketHref: string | undefined;
  /** the reader may admit this request late, and there is a reason to (A27) */
  readonly mayAdmit: boolean;
  /** the reader may let the applicant be in two meetings at once (A24) */
  readonly mayShare: boolean;
  readonly done: string;
};

const findFields = (words: Sentences['office']['windows'], { number, filedOn, asOfDate, asOfTime }: WindowTyped): readonly FormPart[] => [
  {
    kind: 'beside',
    fields: [
      { name: 'number', label: words.number, hint: words.numberHint, value: number, width: 'middle', spellcheck: false },
      { name: 'filedOn', type: 'date', label: words.filedOn, value: filedOn, width: 'middle' },
    ],
  },
  {
    kind: 'beside',
    fields: [
      { name: 'asOfDate', type: 'date', label: words.asOf, hint: words.asOfHint, value: asOfDate, width: 'middle' },
      { name: 'asOfTime', type: 'time', label: words.time, hint: words.timeHint, value: asOfTime, width: 'middle' },
    ],
  },
];

const Find = ({ typed }: Pick<WindowPageParts, 'typed'>): VNode => {
  const words = useWords().office.windows;
  return (
    <section class="card" aria-labelledby="cauta">
      <h2 id="cauta">{words.find}</h2>
      <form method="get" action="/termene" novalidate>
        <FormFields parts={findFields(words, typed)} />
        <button>{words.show}</button>
      </form>
    </section>
  );
};

/** Of a late admission (A27). */
const lateFields = (words: Sentences['office']['windows']): readonly FormPart[] => [
  {
    name: 'until',
    type: 'date',
    label: words.until,
    hint: words.untilHint,
    width: 'middle',
    missing: words.dateMissing,
    wrong: (text) => (typedDate(text) === undefined ? words.dateWrong : undefined),
  },
  { kind: 'long', name: 'reason', rows: 3, label: words.reason, hint: words.reasonHint, missing: words.reasonMissing },
];

const AdmitLate = ({ number, filedOn }: Eligibility): VNode => {
  const words = useWords().office.windows;
  return (
    <section class="card" aria-labelledby="admite">
      <h2 id="admite">{words.admit}</h2>
      <p>{words.admitLead}</p>
      <TypedForm action={`/termene/${number}/${filedOn}/admitere`}>
        <FormFields parts={lateFields(words)} />
        <button>{words.admitButton}</button>
      </TypedForm>
    </section>
  );
};

/** A24: an hour at which the applicant may be in two meetings. */
const sharedFields = ({ share: words }: Sentences['office']['windows']): readonly FormPart[] => [
  { name: 'sharedDate', type: 'date', label: words.date, width: 'middle', missing: words.wrong },
  { name: 'sharedTime', type: 'time', label: words.time, hint: words.timeHint, width: 'middle', missing: words.wrong },
  { kind: 'long', name: 'sharedReason', rows: 3, label: words.reason, missing: words.reasonMissing },
];

const ShareHour = ({ number, filedOn }: Eligibility): VNode => {
  const { windows } = useWords().office;
  const { share: words } = windows;
  return (
    <section class="card" aria-labelledby="aceeasi-ora">
      <h2 id="aceeasi-ora">{words.title}</h2>
      <p>{words.lead}</p>
      <TypedForm action={`/termene/${number}/${filedOn}/aceeasi-ora`}>
        <FormFields parts={sharedFields(windows)} />
        <button>{words.button}</button>
      </TypedForm>
    </section>
  );
};

/** The 30-day view (Art. 2 b): one request at a moment, and the windows that are about to close. */
const WindowPage = ({ typed, found, ticketHref, mayAdmit, mayShare, before, expiring, done }: WindowPageParts): VNode => {
  const words = useWords().office.windows;
  return (
    <HeadedPage
      title={words.title}
      summary={words.faulty}
      done={done === 'admisa' ? words.admitted : done === 'permisa' ? words.share.done : undefined}
      lead={words.lead}
    >
      <div class="with-side">
        <div>
          <Find typed={typed} />
          {found === undefined ? null : <EligibilityView found={found} ticketHref={ticketHref} />}
          {found === undefined || !mayAdmit ? null : <AdmitLate {...found} />}
          {found === undefined || !mayShare ? null : <ShareHour {...found} />}
        </div>
        <ExpiringWindows typed={typed} before={before} expiring={expiring} />
      </div>
    </HeadedPage>
  );
};

const requestsOnAPage = 25;
const done = 'admisa';

/** The 30-day view (Art. 2 b, A5, A27). Its addresses hold a number and dates, never a name. */
@Pages('termene')
export class WindowPages {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
    private readonly queries: QueryBus,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('eligibility.read')
  async look(@Req() request: FastifyRequest, @Query() query: unknown): Promise<Answer> {
    return this.#show(request, queryParametersOf(query));
  }

  @Post(':number/:filedOn/admitere')
  @KeepsTyped(({ number = '', filedOn = '' }) => `/termene?${new URLSearchParams({ number, filedOn }).toString()}`)
  @ForOfficials('request.admit-late', 'request')
  async admitLate(@Req() request: FastifyRequest, @Param() path: RequestPath): Promise<Answer> {
    const identity = registeredIdentity(path);
    const locale = localeOfPage(request);
    const parts = lateFields(sentences[locale].office.windows);
    const typed: Typed = typedInto(parts, formOf(request));
    const again = (faults: readonly Fault[]): Promise<Answer> => {
      const asked = new Map(Object.entries(identity));
      return this.#show(request, (name) => asked.get(name) ?? '', faults);
    };
    const missing = faultsOfFields(parts, typed);
    if (missing.length > 0) return again(missing);
    const { reason = '' } = typed;
    const until = typedDate(typed['until'] ?? '') ?? '';
    const faults = faultsOfBody(Object.assign(new LateAdmissionBody(), { until, reason }), locale);
    if (faults.length > 0) return again(faults);
    const command = () => ({ request: identity, until, reason });
    const outcome = await this.commands.carryOut(request, { useCase: GrantLateAdmission, command });
    if (isRefusal(outcome)) return again(faultsOf(outcome, locale, 'until'));
    return seeOther(`/termene?${new URLSearchParams({ ...identity, facut: done }).toString()}`);
  }

  @Post(':number/:filedOn/aceeasi-ora')
  @KeepsTyped(({ number = '', filedOn = '' }) => `/termene?${new URLSearchParams({ number, filedOn }).toString()}`)
  @ForOfficials('request.share-hour', 'request')
  async shareHour(@Req() request: FastifyRequest, @Param() path: RequestPath): Promise<Answer> {
    const identity = registeredIdentity(path);
    const { windows: words } = sentences[localeOfPage(request)].office;
    const typed = typedInto(sharedFields(words), formOf(request));
    const asked = new Map(Object.entries(identity));
    const again = (faults: readonly Fault[]): Promise<Answer> => this.#show(request, (name) => asked.get(name) ?? '', faults);
    const missing = faultsOfFields(sharedFields(words), typed);
    if (missing.length > 0) return again(missing);
    const start = wallMoment('from', typed['sharedDate'] ?? '', typed['sharedTime'] ?? '');
    if (typeof start === 'string')
      return again([{ field: start.startsWith('date') ? 'sharedDate' : 'sharedTime', message: words.share.wrong }]);
    const command = () => ({ request: identity, startsAt: start.instant, reason: typed['sharedReason'] ?? '' });
    const outcome = await this.commands.carryOut(request, { useCase: AllowSharedHour, command });
    if (isRefusal(outcome)) return again([{ field: 'sharedTime', message: words.share.wrong }]);
    return seeOther(`/termene?${new URLSearchParams({ ...identity, facut: 'permisa' }).toString()}`);
  }

  /** @param tried what is wrong with a late admission that was asked for */
  async #show(request: FastifyRequest, asked: QueryParameters, tried?: readonly Fault[]): Promise<Answer> {
    const locale = localeOfPage(request);
    const typed = windowTyped(asked);
    const { found, faults: wrong } = await this.#find(typed, locale);
    const limit = readBefore(typed, this.ports.clock.now(), locale);
    const before = typeof limit === 'string' ? limit : '';
    const cursor = asked('cursor');
    const expiring = await this.reads.ask(ListEligibility, {
      expiringBefore: before,
      limit: requestsOnAPage,
      ...(cursor === '' ? {} : { cursor }),
    });
    const mayShare = found !== undefined && typed.asOfDate === '' && (await this.#mayAct(request, 'request.share-hour', found));
    const mayAdmit =
      (tried !== undefined && found?.reason === 'window-expired') ||
      (found !== undefined &&
        typed.asOfDate === '' &&
        found.reason === 'window-expired' &&
        (await this.#mayAct(request, 'request.admit-late', found)));
    const ticketHref = found === undefined ? undefined : await this.#ticketHref(request, found);
    const isAdmitted = asked('facut') === done && typeof found?.lateAdmissionUntil === 'string';
    const said = isAdmitted || asked('facut') === 'permisa' ? asked('facut') : '';
    return formView(<WindowPage {...{ typed, found, ticketHref, mayAdmit, mayShare, before, expiring, done: said }} />, [
      ...wrong,
      ...(typeof limit === 'string' ? [] : limit),
      ...(tried ?? []),
    ]);
  }

  async #find(
    typed: ReturnType<typeof windowTyped>,
    locale: Locale,
  ): Promise<{ readonly found: Eligibility | undefined; readonly faults: readonly Fault[] }> {
    if ([typed.number, typed.filedOn, typed.asOfDate, typed.asOfTime].every((text) => text === '')) return { found: undefined, faults: [] };
    const read = readWindow(typed, locale);
    if (!('number' in read)) return { found: undefined, faults: read };
    const found = await this.queries.execute(new GetEligibility(read));
    if (!isRefusal(found)) return { found, faults: [] };
    const faults =
      found.code === 'not-found'
        ? [{ field: 'number', message: sentences[locale].office.windows.notFound }]
        : faultsOf(found, locale, 'number');
    return { found: undefined, faults };
  }

  /** A head, of a request of the department: A24, and A27 where its 30 days are over. */
  #mayAct(request: FastifyRequest, action: Action, { number, filedOn }: Eligibility): Promise<boolean> {
    return reachesSubject(this.ports, officialOf(request), { action, subject: 'request' }, { number, filedOn });
  }

  /** A link only for those whom the page behind it lets in. */
  async #ticketHref(request: FastifyRequest, { activeTicket }: Eligibility): Promise<string | undefined> {
    if (activeTicket === null) return undefined;
    const official = officialOf(request);
    if (may(official, 'audit.read', { kind: 'none' })) return `/audit/${activeTicket}`;
    if (official.role !== 'staff' && official.role !== 'head') return undefined;
    const ticket = await currentTicket(this.ports, activeTicket);
    // admitted, and not yet written: nothing to open
    if (!isRequested(ticket)) return undefined;
    const { staffId, departmentCode } = ticket.booking;
    return may(official, 'ticket.read', { kind: 'ticket', ticketId: activeTicket, staffId, departmentCode })
      ? `/programari/${activeTicket}`
      : undefined;
  }
}
