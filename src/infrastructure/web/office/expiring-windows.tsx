import type { VNode } from 'preact';
import type { Eligibility, ExpiringShown } from '../../../application/requests/eligibility';
import type { CivilDate } from '../../../domain/kernel/fact';
import { civilDateOf, daysBetween } from '../../../domain/time/civil-time';
import type { PageContext } from '../page/page-context';
import { type Fault, faultOf, TextField } from '../parts/fields';
import { plainDate } from '../../phrasing/words/dates';
import type { WindowTyped } from './typed-window';
import { sentences } from '../../phrasing/sentences';

export type ExpiringParts = {
  readonly context: PageContext;
  readonly typed: WindowTyped;
  readonly faults: readonly Fault[];
  readonly before: CivilDate;
  readonly expiring: ExpiringShown;
};

const requestHref = ({ number, filedOn }: Eligibility): string => `/termene?${new URLSearchParams({ number, filedOn }).toString()}`;

/** The windows that are about to close, the nearest end first, a page at a time. */
export const ExpiringWindows = ({ context, typed, faults, before, expiring: { requests, parked, next } }: ExpiringParts): VNode => {
  const words = sentences[context.locale].office.windows;
  const today = civilDateOf(context.at);
  const left = (until: CivilDate): string => (until <= today ? words.today : words.daysLeft({ count: daysBetween(today, until) }));
  return (
    <section aria-labelledby="expira">
      <h2 id="expira">{words.expiring}</h2>
      <p>{words.expiringLead}</p>
      <form method="get" action="/termene" class="parts in-line" novalidate>
        <TextField
          name="before"
          type="date"
          label={words.before}
          value={typed.before === '' ? before : typed.before}
          width="middle"
          fault={faultOf(faults, 'before')}
        />
        <button class="second">{words.list}</button>
      </form>
      {requests.length === 0 ? (
        <p>{words.noneExpiring}</p>
      ) : (
        <ul class="windows">
          {requests.map((request) => (
            <li>
              <a href={requestHref(request)}>
                {request.number} / {plainDate(request.filedOn, context.locale)}
              </a>
              <span>
                {words.enforced.toLowerCase()}: {plainDate(request.enforcedUntil ?? '', context.locale)}
              </span>
              <span class={request.enforcedUntil === today ? 'tag tag-warn' : 'tag tag-quiet'}>{left(request.enforcedUntil ?? today)}</span>
              <span>{request.eligible ? words.eligible : words.notEligible}</span>
            </li>
          ))}
        </ul>
      )}
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
