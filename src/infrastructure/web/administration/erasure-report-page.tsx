import type { VNode } from 'preact';
import type { ErasureReport, OutsidePlace, SealAfterErasure } from '../../../application/privacy/erasure-report';
import type { Locale } from '../../../domain/ticket/facts';
import { referenceOf } from '../../../domain/ticket/ticket';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { DoneNotice } from '../parts/heading';
import { Heading } from '../parts/heading';
import { SummaryList } from '../parts/summary-list';
import { dateAndHour, numberInWords } from '../../phrasing/words/dates';
import { sentences } from '../../phrasing/sentences';

const Codes = ({ names }: { readonly names: readonly string[] }): VNode => (
  <>
    {names.map((name) => (
      <div>
        <code>{name}</code>
      </div>
    ))}
  </>
);

const SealLeft = ({ locale, seal }: { readonly locale: Locale; readonly seal: SealAfterErasure }): VNode => (
  <>
    <div>{sentences[locale].administration.erasure.sealed({ proved: seal.stillProved, events: seal.events, size: seal.before.size })}</div>
    <div>
      <code>{seal.before.root}</code>
    </div>
  </>
);

/** Places with what stands there; nothing at all where there are none. */
export const Places = ({
  title,
  places,
  locale,
}: {
  readonly title: string;
  readonly places: readonly OutsidePlace[];
  readonly locale: Locale;
}): VNode | null =>
  places.length === 0 ? null : (
    <>
      <h2>{title}</h2>
      <ul>
        {places.map(({ text }) => (
          <li>{text[locale]}</li>
        ))}
      </ul>
    </>
  );

/** What was erased, what stays, and what somebody must still do elsewhere. */
export const ErasureReportPage = ({ context, report }: { readonly context: PageContext; readonly report: ErasureReport }): VNode => {
  const { locale } = context;
  const words = sentences[locale].administration.erasure;
  const { subject, id, erasedAt, erasedBy, destroyedKeys, keyDestroyed, deletedLetters, kept, seal, tickets, outside, copies } = report;
  return (
    <Document context={context} title={words.reportTitle} side="office">
      <DoneNotice text={words.reportLead} />
      <Heading back={{ href: '/administrare', text: words.back }}>{words.reportTitle}</Heading>
      <SummaryList
        rows={[
          { label: words.what, value: <code>{subject === 'ticket' ? referenceOf(id) : id}</code> },
          { label: words.erasedAt, value: dateAndHour(erasedAt, locale) },
          ...(erasedBy === '' ? [] : [{ label: words.by, value: <code>{erasedBy}</code> }]),
          { label: words.keys, value: <Codes names={destroyedKeys} /> },
          { label: words.keyState, value: keyDestroyed ? words.keyGone : words.keyThere },
          { label: words.deletedLetters, value: numberInWords(deletedLetters, locale) },
          { label: words.kept, value: kept.length === 0 ? words.keptNothing : <Codes names={kept} /> },
          { label: words.seal, value: seal === undefined ? words.notSealed : <SealLeft locale={locale} seal={seal} /> },
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
      <Places title={words.outside} places={outside} locale={locale} />
      <Places title={words.copies} places={copies} locale={locale} />
      <p class="actions">
        <a class="button second" href="/administrare/stergere">
          {words.another}
        </a>
      </p>
    </Document>
  );
};
