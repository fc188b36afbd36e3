import type { VNode } from 'preact';
import type { AuditListShown } from '../../../application/audit/audit-list';
import type { Locale } from '../../../domain/ticket/facts';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { ErrorSummary } from '../parts/fields';
import { Heading } from '../parts/heading';
import type { OverallCounts } from './counts';
import { FindForm, type Searched } from './find-form';
import { ListFilter } from './list-filter';
import { ListTable } from './list-table';
import { listPath, type ListAsked } from './list-asked';
import type { ParkedEvidence } from './parked-evidence';
import { ParkedNotice } from './parked-notice';
import { VerdictLegend } from './verdict-legend';
import { VerdictTag } from './verdict-tag';
import { sentences } from '../../phrasing/sentences';

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
      {sentences[locale].audit.list.counts}
    </h2>
    <ul class="verdict-counts">
      {overalls.map((overall) => (
        <li>
          <a class="card" href={listPath(asked.fields, { verdict: overall, check: '' })}>
            <VerdictTag
              verdict={overall}
              locale={locale}
              text={sentences[locale].audit.verdicts[overall].many({ count: counts[overall] })}
            />
          </a>
        </li>
      ))}
    </ul>
    {counts.exact ? null : <p>{sentences[locale].audit.list.atLeast}</p>}
  </section>
);

/** One row a ticket, with what the procedure says of it. */
export const AuditListPage = ({ context, asked, shown, counts, searched, evidence }: ListParts): VNode => {
  const { locale } = context;
  const words = sentences[locale].audit.list;
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
        <ListTable shown={shown} asked={asked} locale={locale} />
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
      <p>
        {words.export} <a href={listPath(asked.fields, { verdict: '', check: '', staff: '' }, '/audit/export.jsonl')}>JSONL</a>
      </p>
      <VerdictLegend locale={locale} />
      <p>
        <a href="/audit/verificari">{words.toChecks}</a> · <a href="/audit/sigiliu">{sentences[locale].audit.seal.about}</a>
      </p>
    </Document>
  );
};
