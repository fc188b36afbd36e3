import { Get, Inject, Query } from '@nestjs/common';
import type { VNode } from 'preact';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { EligibilityRow } from '../../../application/kernel/ports/tables';
import { registeredRequests, requestsDisputed, requestsLeftBehind } from '../../../application/requests/registered-requests';
import { defined } from '@tichet-albastru/kernel/defined';
import { parseRegistrationNumber } from '../../../domain/request/registering';
import { portsToken } from '../../nest/tokens';
import { plainDate } from '../../phrasing/words/dates';
import { ForOfficials, Pages } from '../access/page-access';
import { type Answer, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { queryParametersOf } from '../page/query-parameters';
import { TextField } from '../parts/fields';
import { FollowingPages } from './numbered-pages';
import { namesOfStaff, requestPath, StatusTag } from './request-parts';

/** Requests that wait for an official to do something, by the word in the address. */
const only = { ramase: 'leftBehind', disputate: 'disputed' } as const;
type Only = keyof typeof only;

type RegistryView = {
  readonly requests: readonly (EligibilityRow & { readonly handler: string })[];
  readonly total: number;
  readonly leftBehind: number;
  readonly disputed: number;
  /** what was looked for */
  readonly asked: { readonly typed?: string; readonly only?: Only; readonly further: boolean };
  readonly next?: string;
};

const Ways = (): VNode => {
  const words = useWords().registry.list;
  return (
    <div class="cards">
      <section class="card">
        <h2>{words.importTitle}</h2>
        <p>{words.importText}</p>
        <a class="button" href="/registratura/import">
          {words.importDo}
        </a>
      </section>
      <section class="card">
        <h2>{words.newTitle}</h2>
        <p>{words.newText}</p>
        <a class="button second" href="/registratura/cerere">
          {words.newDo}
        </a>
      </section>
    </div>
  );
};

/** Where the registry begins: two ways in, and what is registered. Names stand on the pages of the requests only. */
const RegistryPage = (shown: RegistryView): VNode => {
  const { locale } = usePage();
  const words = useWords().registry.list;
  const { requests, total, leftBehind, disputed, asked, next } = shown;
  const first = `/registratura${asked.only === undefined ? '' : `?${asked.only}=da`}`;
  const after = next && `${first}${asked.only === undefined ? '?' : '&'}dupa=${encodeURIComponent(next)}`;
  return (
    <HeadedPage title={words.title} lead={words.lead}>
      {disputed === 0 || asked.only === 'disputate' ? null : (
        <div class="notice notice-warn">
          <p>
            {words.disputed({ count: disputed })} <a href="/registratura?disputate=da">{words.disputedShow}</a>
          </p>
        </div>
      )}
      {leftBehind === 0 || asked.only === 'ramase' ? null : (
        <div class="notice notice-warn">
          <p>
            {words.leftBehind({ count: leftBehind })} <a href="/registratura?ramase=da">{words.leftBehindShow}</a>
          </p>
        </div>
      )}
      <Ways />
      <h2>{asked.only === undefined ? words.requests : words[`${only[asked.only]}Title`]}</h2>
      <form method="get" action="/registratura" role="search" class="search">
        <TextField name="numar" label={words.find} hint={words.findHint} value={asked.typed} width="middle" inputmode="text" />
        <button class="second">{words.findDo}</button>
      </form>
      {asked.typed !== undefined || asked.only !== undefined ? (
        <p>
          <a href="/registratura">{words.all}</a>
        </p>
      ) : null}
      <p role="status">
        {total > 0
          ? words.requestsCount({ count: total })
          : asked.typed === undefined
            ? words.none
            : words.notFound({ number: asked.typed })}
      </p>
      <ol class="entries entries-5">
        {requests.map(({ number, filedOn, status, handler, enforcedUntil }) => (
          <li>
            <a class="entry-name" href={requestPath({ number, filedOn })}>
              {number}
              <span class="unseen">
                , {words.filedOn} {plainDate(filedOn, locale)}
              </span>
            </a>
            <span>
              {words.filedOn} <time dateTime={filedOn}>{plainDate(filedOn, locale)}</time>
            </span>
            <span>{handler}</span>
            <StatusTag status={status} />
            {enforcedUntil === null ? null : (
              <span>
                {words.until} {plainDate(enforcedUntil, locale)}
              </span>
            )}
          </li>
        ))}
      </ol>
      <FollowingPages first={asked.further ? first : undefined} next={after} words={words} />
    </HeadedPage>
  );
};

const requestsPerPage = 25;

/** The first page of the registry. */
@Pages('registratura')
export class RegistryPagesController {
  constructor(@Inject(portsToken) private readonly ports: Ports) {}

  @Get()
  @ForOfficials('request.register')
  async start(@Query() query: unknown): Promise<Answer> {
    const asked = queryParametersOf(query);
    const [typed, cursor] = [asked('numar') || undefined, asked('dupa') || undefined];
    const chosen = (['ramase', 'disputate'] as const).find((name) => asked(name) === 'da');
    const { requests, total, next } = await registeredRequests(this.ports)({
      // a number that is none finds nothing
      ...(typed === undefined ? {} : { number: parseRegistrationNumber(typed)?.number ?? '' }),
      ...(chosen === undefined ? {} : { [only[chosen]]: true }),
      limit: requestsPerPage,
      ...defined({ cursor }),
    });
    const names = await namesOfStaff(
      this.ports,
      requests.map(({ handlerStaffId }) => handlerStaffId),
    );
    const shown = {
      requests: requests.map((row) => ({ ...row, handler: names.get(row.handlerStaffId) ?? row.handlerStaffId })),
      total,
      leftBehind: await requestsLeftBehind(this.ports)(),
      disputed: await requestsDisputed(this.ports)(),
      asked: { further: cursor !== undefined, ...defined({ only: chosen, typed: typed?.slice(0, 60) }) },
      ...defined({ next }),
    };
    return view(<RegistryPage {...shown} />);
  }
}
