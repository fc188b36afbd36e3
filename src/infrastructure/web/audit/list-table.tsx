import type { VNode } from 'preact';
import type { AuditListed, AuditListShown } from '../../../application/audit/audit-list';
import { type CheckId, checkIds, type Verdict } from '../../../domain/audit/check';
import { checkMeanings } from '../../../domain/audit/meanings';
import type { Locale } from '../../../domain/ticket/facts';
import { dateAndHour } from '../../phrasing/words/dates';
import type { ListAsked } from './list-asked';
import { VerdictTag } from './verdict-tag';
import { sentences } from '../../phrasing/sentences';

const telling: readonly Verdict[] = ['fail', 'warn', 'pending', 'waived'];

/** The checks that make the verdict what it is; the one that was asked about in any case. */
const Remarks = ({
  row,
  check,
  locale,
}: {
  readonly row: AuditListed;
  readonly check: CheckId | undefined;
  readonly locale: Locale;
}): VNode => (
  <ul class="remarks">
    {checkIds.map((id) => {
      const verdict = row.verdicts[id];
      if (verdict === undefined || (check === undefined ? !telling.includes(verdict) : check !== id)) return null;
      return (
        <li>
          <VerdictTag verdict={verdict} locale={locale} /> {id}
          {check === undefined ? ` · ${checkMeanings[id].name[locale]}` : null}
        </li>
      );
    })}
  </ul>
);

/** The tickets of one page of the list; on a phone each is a card. */
export const ListTable = ({
  shown,
  asked,
  locale,
}: {
  readonly shown: AuditListShown;
  readonly asked: ListAsked;
  readonly locale: Locale;
}): VNode => {
  const words = sentences[locale].audit.list;
  if (shown.tickets.length === 0) return <p>{words.none}</p>;
  return (
    // Roles said again: on a phone the rows are laid out as cards, and some browsers then forget that they were a table.
    <table class="audit-list" role="table">
      <caption class="unseen">{words.tickets}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {[words.ticket, words.overall, words.remarks, words.meeting, words.who].map((name) => (
            <th scope="col" role="columnheader">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {shown.tickets.map((row) => (
          <tr role="row">
            <th scope="row" role="rowheader">
              <a href={`/audit/${row.ticketId}`}>{row.reference}</a>
            </th>
            <td role="cell">
              <VerdictTag verdict={row.overall} locale={locale} />
            </td>
            <td role="cell">
              <Remarks row={row} check={asked.check} locale={locale} />
            </td>
            <td role="cell">
              {dateAndHour(row.startsAt, locale)} <small>{sentences[locale].audit.steps.modes[row.mode]}</small>
            </td>
            <td role="cell">
              <bdi>{row.staffId}</bdi>{' '}
              <small>
                <bdi>{row.department}</bdi>
              </small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
