import type { VNode } from 'preact';
import type { Eligibility, ExpiringView } from '../../../application/requests/eligibility';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { DoneNotice } from '../parts/done-notice';
import { ErrorSummary, type Fault, faultOf, LongTextField, TextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import { sentences } from '../../phrasing/sentences';
import { TypedForm } from '../forms/forms-view';
import type { Locale } from '../../../domain/ticket/facts';
import { referenceOf } from '../../../domain/ticket/ticket';
import { Article } from '../parts/article';
import { SummaryList, type SummaryRow } from '../parts/summary-list';
import { dateAndHour, longDate, plainDate } from '../../phrasing/words/dates';
import type { CivilDate } from '../../../domain/kernel/fact';
import { civilDateOf, daysBetween } from '../../../domain/time/civil-time';
import type { WindowTyped } from './typed-window';

type ExpiringParts = {
  readonly context: PageContext;
  readonly typed: WindowTyped;
  readonly faults: readonly Fault[];
  readonly before: CivilDate;
  readonly expiring: ExpiringView;
};

const requestHref = ({ number, filedOn }: Eligibility): string => `/termene?${new URLSearchParams({ number, filedOn }).toString()}`;

/** The windows that are about to close, the nearest end first, a page at a time. */
const ExpiringWindows = ({ context, typed, faults, before, expiring: { requests, parked, next } }: ExpiringParts): VNode => {
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

const reasonInWords = (reason: string, locale: Locale): string =>
  new Map(Object.entries(sentences[locale].office.windows.reasons)).get(reason) ?? sentences[locale].office.windows.otherReason;

/** A date, and under it what it means. */
const Explained = ({ date, how, locale }: { readonly date: string; readonly how: string; readonly locale: Locale }): VNode => (
  <>
    {longDate(date, locale)} <small class="explained">{how}</small>
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
    { label: words.advertised, value: <Explained date={advertisedUntil} how={words.advertisedHow} locale={locale} /> },
    {
      label: words.enforced,
      value: (
        <Explained date={enforcedUntil} how={enforcedUntil === advertisedUntil ? words.enforcedSame : words.enforcedHow} locale={locale} />
      ),
    },
    ...(lateAdmissionUntil === null ? [] : [{ label: words.late, value: `${longDate(lateAdmissionUntil, locale)} ${words.untilEnd}` }]),
    { label: words.policy, value: <code>{policy}</code> },
    { label: words.calendar, value: <code>{calendarVersion}</code> },
  ];
};

/** Art. 2: whether, why, until when. `ticketHref` where whoever looks may open the active ticket. */
const EligibilityView = ({
  found,
  ticketHref,
  locale,
}: {
  readonly found: Eligibility;
  readonly ticketHref: string | undefined;
  readonly locale: Locale;
}): VNode => {
  const words = sentences[locale].office.windows;
  const { eligible, reason, ground, activeTicket, number, filedOn, status, asOf } = found;
  const reference = activeTicket === null ? undefined : referenceOf(activeTicket);
  return (
    <section aria-labelledby="cererea">
      <h2 id="cererea">{`${words.request} ${number} / ${longDate(filedOn, locale)}`}</h2>
      <p class={eligible ? 'notice notice-good' : 'notice notice-warn'}>
        <strong>{eligible ? words.eligible : words.notEligible}.</strong> {reason === undefined ? null : reasonInWords(reason, locale)}{' '}
        <Article
          article={ground === 'in-operation' ? '2 a' : ground === 'clarification' || reason === 'window-expired' ? '2 b' : '2'}
          locale={locale}
        />
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

/** The form of a late admission (A27), as it was filled in so far. */
export type LateForm = { readonly until: string; readonly reason: string };

export type WindowPageParts = ExpiringParts & {
  readonly found: Eligibility | undefined;
  readonly ticketHref: string | undefined;
  /** where whoever looks may admit this request late, and there is a reason to */
  readonly late: LateForm | undefined;
  readonly done: boolean;
};

const Find = ({ context, typed, faults }: Pick<WindowPageParts, 'context' | 'typed' | 'faults'>): VNode => {
  const words = sentences[context.locale].office.windows;
  const fault = (field: string): string | undefined => faultOf(faults, field);
  return (
    <section class="card" aria-labelledby="cauta">
      <h2 id="cauta">{words.find}</h2>
      <form method="get" action="/termene" novalidate>
        <div class="parts">
          <TextField
            name="number"
            label={words.number}
            hint={words.numberHint}
            value={typed.number}
            width="middle"
            spellcheck={false}
            fault={fault('number')}
          />
          <TextField name="filedOn" type="date" label={words.filedOn} value={typed.filedOn} width="middle" fault={fault('filedOn')} />
        </div>
        <div class="parts">
          <TextField
            name="asOfDate"
            type="date"
            label={words.asOf}
            hint={words.asOfHint}
            value={typed.asOfDate}
            width="middle"
            fault={fault('asOfDate')}
          />
          <TextField
            name="asOfTime"
            type="time"
            label={words.time}
            hint={words.timeHint}
            value={typed.asOfTime}
            width="middle"
            fault={fault('asOfTime')}
          />
        </div>
        <button>{words.show}</button>
      </form>
    </section>
  );
};

const AdmitLate = ({
  found,
  late,
  context,
  faults,
}: {
  readonly found: Eligibility;
  readonly late: LateForm;
  readonly context: PageContext;
  readonly faults: readonly Fault[];
}): VNode => {
  const words = sentences[context.locale].office.windows;
  return (
    <section class="card" aria-labelledby="admite">
      <h2 id="admite">{words.admit}</h2>
      <p>{words.admitLead}</p>
      <TypedForm action={`/termene/${found.number}/${found.filedOn}/admitere`}>
        <TextField
          name="until"
          type="date"
          label={words.until}
          hint={words.untilHint}
          value={late.until}
          width="middle"
          fault={faultOf(faults, 'until')}
        />
        <LongTextField
          name="reason"
          rows={3}
          label={words.reason}
          hint={words.reasonHint}
          value={late.reason}
          fault={faultOf(faults, 'reason')}
        />
        <button>{words.admitButton}</button>
      </TypedForm>
    </section>
  );
};

/** The 30-day view (Art. 2 b): one request at a moment, and the windows that are about to close. */
export const WindowPage = ({ context, typed, faults, found, ticketHref, late, before, expiring, done }: WindowPageParts): VNode => {
  const words = sentences[context.locale].office.windows;
  return (
    <Document context={context} title={words.title} side="office" faulty={faults.length > 0}>
      <DoneNotice text={done ? words.admitted : undefined} />
      <ErrorSummary title={words.faulty} faults={faults} />
      <Heading lead={words.lead}>{words.title}</Heading>
      <div class="with-side">
        <div>
          <Find context={context} typed={typed} faults={faults} />
          {found === undefined ? null : <EligibilityView found={found} ticketHref={ticketHref} locale={context.locale} />}
          {found === undefined || late === undefined ? null : <AdmitLate found={found} late={late} context={context} faults={faults} />}
        </div>
        <ExpiringWindows context={context} typed={typed} faults={faults} before={before} expiring={expiring} />
      </div>
    </Document>
  );
};
