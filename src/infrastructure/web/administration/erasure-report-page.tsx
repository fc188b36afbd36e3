import type { VNode } from 'preact';
import type { ErasureReport } from '../../../application/commands/erasure-report';
import { referenceOf } from '../../../domain/ticket/reference';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { DoneNotice } from '../parts/done-notice';
import { Heading } from '../parts/heading';
import { SummaryList } from '../parts/summary-list';
import { numberInWords } from '../words/counted';
import { dateAndHour } from '../words/dates';
import { erasureWords } from './erasure-words';

const Codes = ({ names }: { readonly names: readonly string[] }): VNode => (
  <>
    {names.map((name) => (
      <div>
        <code>{name}</code>
      </div>
    ))}
  </>
);

/** What was erased, what stays, and what somebody must still do elsewhere. */
export const ErasureReportPage = ({ context, report }: { readonly context: PageContext; readonly report: ErasureReport }): VNode => {
  const { locale } = context;
  const words = erasureWords[locale];
  const { subject, id, erasedAt, destroyedKeys, deletedLetters, kept, tickets, outside } = report;
  return (
    <Document context={context} title={words.reportTitle} side="office">
      <DoneNotice text={words.reportLead} />
      <Heading back={{ href: '/administrare', text: words.back }}>{words.reportTitle}</Heading>
      <SummaryList
        rows={[
          { label: words.what, value: <code>{subject === 'ticket' ? referenceOf(id) : id}</code> },
          { label: words.erasedAt, value: dateAndHour(erasedAt, locale) },
          { label: words.keys, value: <Codes names={destroyedKeys} /> },
          { label: words.deletedLetters, value: numberInWords(deletedLetters, locale) },
          { label: words.kept, value: kept.length === 0 ? words.keptNothing : <Codes names={kept} /> },
        ]}
      />
      {tickets.length === 0 ? null : (
        <>
          <h2>{words.tickets}</h2>
          <p>{words.ticketsHint}</p>
          <ul>
            {tickets.map((ticketId) => (
              <li>
                <a href={`/administrare/stergere/tichet/${referenceOf(ticketId)}`}>{referenceOf(ticketId)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {outside.length === 0 ? null : (
        <>
          <h2>{words.outside}</h2>
          <ul>
            {outside.map(({ text }) => (
              <li>{text[locale]}</li>
            ))}
          </ul>
        </>
      )}
      <p class="actions">
        <a class="button second" href="/administrare/stergere">
          {words.another}
        </a>
      </p>
    </Document>
  );
};
