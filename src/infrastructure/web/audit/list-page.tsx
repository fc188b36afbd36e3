import type { VNode } from 'preact';
import type { AuditListed, AuditListShown } from '../../../application/queries/audit-list';
import { checkIds, type CheckId, type Verdict } from '../../../domain/audit/check';
import { checkMeanings } from '../../../domain/audit/meanings';
import type { Locale } from '../../../domain/ticket/facts';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { ErrorSummary } from '../parts/fields';
import { Heading } from '../parts/heading';
import { counted } from '../words/counted';
import { dateAndHour } from '../words/dates';
import type { OverallCounts } from './counts';
import { FindForm, type Searched } from './find-form';
import { ListFilter } from './list-filter';
import { listPath, type ListAsked } from './list-asked';
import type { ParkedEvidence } from './parked-evidence';
import { ParkedNotice } from './parked-notice';
import { stepWords } from './step-words';
import { VerdictLegend } from './verdict-legend';
import { VerdictTag } from './verdict-tag';
import { verdictWords } from './verdict-words';
import { auditWords } from './words';

export type ListParts = {
  readonly context: PageContext;
  readonly asked: ListAsked;
  readonly shown: AuditListShown;
  readonly counts: OverallCounts;
  readonly searched: Searched;
  readonly evidence: ParkedEvidence;
};

const overalls = ['fail', 'pending', 'pass'] as const;

/** How many tickets have which verdict; each leads to them. */
const Counts = ({
  counts,
  asked,
  locale,
}: {
  readonly counts: OverallCounts;
  readonly asked: ListAsked;
  readonly locale: Locale;
}): VNode => (
  <section aria-labelledby="numere">
    <h2 id="numere" class="unseen">
      {auditWords[locale].counts}
    </h2>
    <ul class="verdict-counts">
      {overalls.map((overall) => (
        <li>
          <a class="card" href={listPath(asked.fields, { verdict: overall, check: '' })}>
            <VerdictTag verdict={overall} locale={locale} text={counted(counts[overall], verdictWords[locale][overall].many, locale)} />
          </a>
        </li>
      ))}
    </ul>
    {counts.exact ? null : <p>{auditWords[locale].atLeast}</p>}
  </section>
);

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

const Tickets = ({
  shown,
  asked,
  locale,
}: {
  readonly shown: AuditListShown;
  readonly asked: ListAsked;
  readonly locale: Locale;
}): VNode => {
  const words = auditWords[locale];
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
              {dateAndHour(row.startsAt, locale)} <small>{stepWords[locale].modes[row.mode]}</small>
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

/** One row a ticket, with what the procedure says of it. */
export const AuditListPage = ({ context, asked, shown, counts, searched, evidence }: ListParts): VNode => {
  const { locale } = context;
  const words = auditWords[locale];
  const faults = [...searched.faults, ...asked.faults];
  return (
    <Document context={context} title={words.title} side="office" faulty={faults.length > 0}>
      <ErrorSummary title={words.faulty} faults={faults} />
      <Heading lead={words.lead}>{words.title}</Heading>
      <Counts counts={counts} asked={asked} locale={locale} />
      <FindForm searched={searched} locale={locale} />
      <ListFilter asked={asked} locale={locale} />
      <section aria-labelledby="tichete">
        <h2 id="tichete">{words.tickets}</h2>
        <Tickets shown={shown} asked={asked} locale={locale} />
        <ParkedNotice missing={shown.parked} evidence={evidence} locale={locale} />
        <p class="actions">
          {asked.fields.cursor === '' ? null : <a href={listPath(asked.fields, {})}>{words.first}</a>}
          {shown.next === undefined ? null : (
            <a class="button second" href={listPath(asked.fields, { cursor: shown.next })}>
              {words.next}
            </a>
          )}
        </p>
      </section>
      <p>
        {words.download} <a href={listPath(asked.fields, {}, '/audit/lista.csv')}>CSV</a> ·{' '}
        <a href={listPath(asked.fields, {}, '/audit/lista.json')}>JSON</a>
      </p>
      <VerdictLegend locale={locale} />
      <p>
        <a href="/audit/verificari">{words.toChecks}</a>
      </p>
    </Document>
  );
};
