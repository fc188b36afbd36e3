import type { VNode } from 'preact';
import type { Eligibility } from '../../../application/requests/eligibility';
import type { Locale } from '../../../domain/ticket/facts';
import { referenceOf } from '../../../domain/ticket/ticket';
import { Article } from '../parts/article';
import { SummaryList, type SummaryRow } from '../parts/summary-list';
import { dateAndHour, longDate } from '../../phrasing/words/dates';
import { sentences } from '../../phrasing/sentences';

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
export const EligibilityShown = ({
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
