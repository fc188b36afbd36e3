import type { VNode } from 'preact';
import type { ParkedKey } from '../../../application/kernel/ports/read-models';
import type { Sentences } from '../../phrasing/sentences';
import { dateAndHour } from '../../phrasing/words/dates';
import { FormFields, type FormPart } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { SummaryList } from '../parts/summary-list';
import { NumberedPages, pageOf } from '../registry/numbered-pages';

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
export const ParkedPage = ({ items, asked }: { readonly items: readonly ParkedKey[]; readonly asked?: unknown }): VNode => {
  const words = useWords().administration.parked;
  const { shown, page, pages } = pageOf(items, asked, itemsPerPage);
  return (
    <HeadedPage
      title={words.title}
      summary={words.retry}
      done={words.done}
      back={{ href: '/administrare', text: words.back }}
      lead={words.lead}
    >
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
      <NumberedPages path="/administrare/oprite" page={page} pages={pages} />
    </HeadedPage>
  );
};

export const skipFields = (words: Sentences['administration']['parked']): readonly FormPart[] => [
  { kind: 'long', name: 'reason', label: words.reason, hint: words.reasonHint, rows: 3 },
];

/** Going on without an event needs a reason. */
export const SkipPage = ({ item }: { readonly item: ParkedKey }): VNode => {
  const words = useWords().administration.parked;
  return (
    <HeadedPage
      title={words.skipTitle}
      summary={words.skipSummary}
      labels={{ reason: words.reason }}
      back={{ href: '/administrare/oprite', text: words.backToList }}
      lead={words.skipLead}
    >
      <Item item={item} />
      <TypedForm action={`${parkedPath(item.id)}/omitere`}>
        <FormFields parts={skipFields(words)} />
        <button class="grave">{words.skipDo}</button>
      </TypedForm>
    </HeadedPage>
  );
};
