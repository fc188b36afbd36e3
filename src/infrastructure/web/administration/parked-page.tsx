import { usePage, useWords } from '../page/page-context';
import type { VNode } from 'preact';
import type { ParkedKey } from '../../../application/kernel/ports/read-models';
import { Document } from '../page/document';
import { DoneNotice } from '../parts/heading';
import { ErrorSummary, type Fault, faultOf, LongTextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import { SummaryList } from '../parts/summary-list';
import { withLabels } from '../forms/checked';
import { NumberedPages, pageOf } from '../registry/numbered-pages';
import { dateAndHour } from '../../phrasing/words/dates';
import { TypedForm } from '../forms/forms-view';

const itemsPerPage = 20;
export const parkedPath = (id: string): string => `/administrare/oprite/${encodeURIComponent(id)}`;

const Item = ({ item, named = true }: { readonly item: ParkedKey; readonly named?: boolean }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.parked;
  return (
    <SummaryList
      rows={[
        ...(named
          ? [
              { label: words.table, value: <code>{item.projection}</code> },
              { label: words.row, value: <code>{item.key}</code> },
            ]
          : []),
        { label: words.error, value: item.error },
        { label: words.since, value: dateAndHour(item.parkedAt, locale) },
      ]}
    />
  );
};

/** What waits for a person, and why. */
export const ParkedPage = ({
  items,
  asked,
  done,
  fault,
}: {
  readonly items: readonly ParkedKey[];
  readonly asked: unknown;
  readonly done?: string | undefined;
  /** of the item that was tried again in vain */
  readonly fault?: Fault;
}): VNode => {
  const context = usePage();
  const words = useWords().administration.parked;
  const { shown, page, pages } = pageOf(items, asked, itemsPerPage);
  return (
    <Document title={words.title} side="office" faulty={fault !== undefined}>
      <ErrorSummary title={words.retry} faults={fault === undefined ? [] : [fault]} />
      <DoneNotice text={done} />
      <Heading back={{ href: '/administrare', text: words.back }} lead={words.lead}>
        {words.title}
      </Heading>
      {items.length === 0 ? <p>{words.none}</p> : null}
      {shown.map((item) => (
        <section class="card" id={`oprit-${item.id}`} aria-labelledby={`titlu-${item.id}`}>
          <h2 id={`titlu-${item.id}`}>
            {item.projection}: {item.key}
          </h2>
          <Item item={item} named={false} />
          {item.waiting === 0 ? null : <p>{words.waiting({ count: item.waiting })}</p>}
          {item.filling ? <p>{words.filling}</p> : null}
          <p class="hint">{words.retryHint}</p>
          <form method="post" action={`${parkedPath(item.id)}/reincercare`} class="actions">
            <button>
              {words.retry}
              <span class="unseen">
                : {item.projection}, {item.key}
              </span>
            </button>
            <a href={`${parkedPath(item.id)}/omitere`}>
              {words.skip}
              <span class="unseen">
                : {item.projection}, {item.key}
              </span>
            </a>
          </form>
        </section>
      ))}
      <NumberedPages context={context} path="/administrare/oprite" page={page} pages={pages} />
    </Document>
  );
};

/** Going on without an event needs a reason. */
export const SkipPage = ({
  item,
  typed,
  faults,
}: {
  readonly item: ParkedKey;
  readonly typed: string | undefined;
  readonly faults: readonly Fault[];
}): VNode => {
  const words = useWords().administration.parked;
  return (
    <Document title={words.skipTitle} side="office" faulty={faults.length > 0}>
      <ErrorSummary title={words.skipSummary} faults={withLabels(faults, { reason: words.reason })} />
      <Heading back={{ href: '/administrare/oprite', text: words.backToList }} lead={words.skipLead}>
        {words.skipTitle}
      </Heading>
      <Item item={item} />
      <TypedForm action={`${parkedPath(item.id)}/omitere`}>
        <LongTextField
          name="reason"
          label={words.reason}
          hint={words.reasonHint}
          value={typed}
          fault={faultOf(faults, 'reason')}
          rows={3}
        />
        <button class="grave">{words.skipDo}</button>
      </TypedForm>
    </Document>
  );
};
