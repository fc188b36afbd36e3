import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { may } from '../../../application/kernel/access';
import { currentTicket } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type Eligibility, ListExpiringRequests, GetEligibility } from '../../../application/requests/eligibility';
import { GrantLateAdmission } from '../../../application/requests/register-request';
import { isRefusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import { isRequested } from '../../../domain/ticket/state';
import { QueryService } from '../../api/commands/query-service';
import { officialOf } from '../../api/access/viewer';
import { subjectOf } from '../../api/access/subjects';
import { LateAdmissionBody } from '../../api/dto/staff';
import { registeredIdentity } from '../../api/dto/identity';
import { RequestPath } from '../../api/dto/paths';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { FormService } from '../forms/form-service';
import { PageService } from '../page/page-service';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { type QueryParameters, queryParametersOf } from './query';
import { faultsOfBody } from '../forms/checked';
import { readBefore, readWindow, windowTyped } from './typed-window';
import { typedDate } from './wall-time';
import { WindowPage } from './window-page';
import { type Answer, seeOther, view } from '../page/answer';
import { sentences } from '../../phrasing/sentences';
import { KeepsTyped } from '../forms/stored-form';

const faulty = 422;
const requestsOnAPage = 25;
const done = 'admisa';

/** What was filled in of a late admission that came back. */
type LateTried = { readonly until: string; readonly reason: string; readonly faults: readonly Fault[] };

/** The 30-day view (Art. 2 b, A5, A27). Its addresses hold a number and dates, never a name. */
@Pages('termene')
export class WindowPages {
  constructor(
    private readonly pages: PageService,
    private readonly forms: FormService,
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
    const form = formOf(request);
    const { locale } = await this.pages.contextOf(request);
    const words = sentences[locale].office.windows;
    const [typed, reason] = [form.text('until'), form.text('reason')];
    const until = typedDate(typed);
    const missing: readonly Fault[] = [
      ...(until === undefined ? [{ field: 'until', message: typed === '' ? words.dateMissing : words.dateWrong }] : []),
      ...(reason === '' ? [{ field: 'reason', message: words.reasonMissing }] : []),
    ];
    const again = (faults: readonly Fault[]): Promise<Answer> => {
      const asked = new Map(Object.entries(identity));
      return this.#show(request, (name) => asked.get(name) ?? '', { until: typed, reason, faults });
    };
    if (until === undefined || missing.length > 0) return again(missing);
    const faults = faultsOfBody(Object.assign(new LateAdmissionBody(), { until, reason }), locale);
    if (faults.length > 0) return again(faults);
    const command = () => ({ request: identity, until, reason });
    const outcome = await this.forms.carryOut(request, { useCase: GrantLateAdmission, command });
    if (isRefusal(outcome)) return again(faultsOf(outcome, locale, 'until'));
    return seeOther(`/termene?${new URLSearchParams({ ...identity, facut: done }).toString()}`);
  }

  async #show(request: FastifyRequest, asked: QueryParameters, tried?: LateTried): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const { locale } = context;
    const typed = windowTyped(asked);
    const { found, faults: wrong } = await this.#find(typed, locale);
    const limit = readBefore(typed, context.at, locale);
    const before = typeof limit === 'string' ? limit : '';
    const cursor = asked('cursor');
    const expiring = await this.reads.ask(ListExpiringRequests, {
      expiringBefore: before,
      limit: requestsOnAPage,
      ...(cursor === '' ? {} : { cursor }),
    });
    const faults = [...wrong, ...(typeof limit === 'string' ? [] : limit), ...(tried?.faults ?? [])];
    const mayAdmit = tried !== undefined || (found !== undefined && typed.asOfDate === '' && (await this.#mayAdmit(request, found)));
    const late = mayAdmit ? { until: tried?.until ?? '', reason: tried?.reason ?? '' } : undefined;
    const ticketHref = found === undefined ? undefined : await this.#ticketHref(request, found);
    const parts = {
      context,
      typed,
      faults,
      found,
      ticketHref,
      late,
      before,
      expiring,
      done: asked('facut') === done && typeof found?.lateAdmissionUntil === 'string',
    };
    return view(<WindowPage {...parts} />, faults.length > 0 ? faulty : 200);
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

  /** A27: a head, of a request of the department, whose 30 days are over. */
  async #mayAdmit(request: FastifyRequest, found: Eligibility): Promise<boolean> {
    if (found.reason !== 'window-expired') return false;
    const subject = await subjectOf(this.ports, 'request', { number: found.number, filedOn: found.filedOn }, {});
    return may(officialOf(request), 'request.admit-late', subject);
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
