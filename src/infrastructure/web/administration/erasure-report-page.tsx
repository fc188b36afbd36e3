import { usePage, useWords } from '../page/page-context';
import type { VNode } from 'preact';
import type { ErasureReport, OutsidePlace, SealAfterErasure } from '../../../application/privacy/erasure-report';
import { referenceOf } from '../../../domain/ticket/ticket';
import { HeadedPage } from '../page/document';
import { SummaryList } from '../parts/summary-list';
import { dateAndHour, numberInWords, plainDate } from '../../phrasing/words/dates';

const Codes = ({ names }: { readonly names: readonly string[] }): VNode => (
  <>
    {names.map((name) => (
      <div>
        <code>{name}</code>
      </div>
    ))}
  </>
);

const SealLeft = ({ seal }: { readonly seal: SealAfterErasure }): VNode => (
  <>
    <div>{useWords().administration.erasure.sealed({ proved: seal.stillProved, events: seal.events, size: seal.before.size })}</div>
    <div>
      <code>{seal.before.root}</code>
    </div>
  </>
);

/** Places with what stands there; nothing at all where there are none. */
export const Places = ({ title, places }: { readonly title: string; readonly places: readonly OutsidePlace[] }): VNode | null => {
  const { locale } = usePage();
  return places.length === 0 ? null : (
    <>
      <h2>{title}</h2>
      <ul>
        {places.map(({ text }) => (
          <li>{text[locale]}</li>
        ))}
      </ul>
    </>
  );
};

/** What was erased, what stays, and what a person must still do elsewhere. */
export const ErasureReportPage = ({ report }: { readonly report: ErasureReport }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.erasure;
  const { subject, id, erasedAt, erasedBy, destroyedKeys, keyDestroyed, deletedLetters, kept, seal, tickets, outside, copies, minute } =
    report;
  return (
    <HeadedPage title={words.reportTitle} done={words.reportLead} back={{ href: '/administrare', text: words.back }}>
      <SummaryList
        rows={[
          { label: words.what, value: <code>{subject === 'ticket' ? referenceOf(id) : id}</code> },
          { label: words.erasedAt, value: dateAndHour(erasedAt, locale) },
          ...(erasedBy === '' ? [] : [{ label: words.by, value: <code>{erasedBy}</code> }]),
          ...(minute === undefined
            ? []
            : [{ label: words.minute, value: words.minuteOf({ number: minute.number, date: plainDate(minute.date, locale) }) }]),
          { label: words.keys, value: <Codes names={destroyedKeys} /> },
          { label: words.keyState, value: keyDestroyed ? words.keyGone : words.keyThere },
          { label: words.deletedLetters, value: numberInWords(deletedLetters, locale) },
          { label: words.kept, value: kept.length === 0 ? words.keptNothing : <Codes names={kept} /> },
          { label: words.seal, value: seal === undefined ? words.notSealed : <SealLeft seal={seal} /> },
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
      <Places title={words.outside} places={outside} />
      <Places title={words.copies} places={copies} />
      <p class="actions">
        <a class="button second" href="/administrare/stergere">
          {words.another}
        </a>
      </p>
    </HeadedPage>
  );
};
