import type { VNode } from 'preact';
import type { ParkedKey } from '../../../application/kernel/ports/read-models';
import { cleanedError } from '../../../application/operation/cleaned-error';
import { isChosen, type ParkedChoice } from '../../../application/operation/parked-groups';
import type { Sentences } from '../../phrasing/sentences';
import { dateAndHour } from '../../phrasing/words/dates';
import { FormFields, type FormPart } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { SummaryList } from '../parts/summary-list';
import { NumberedPages, pageOf } from '../registry/numbered-pages';
import { parkedRowsPath, servicePath } from './service-parts';

const itemsPerPage = 20;
export const parkedPath = (id: string): string => `/administrare/oprite/${encodeURIComponent(id)}`;

const Item = ({ item, named = true }: { readonly item: ParkedKey; readonly named?: boolean }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.parked;
  const { stream, position } = item;
  return (
    <SummaryList
      rows={[
        ...(named
          ? [
              { label: words.table, value: <code>{item.projection}</code> },
              { label: words.row, value: <code>{item.key}</code> },
            ]
          : []),
        { label: words.error, value: <code>{cleanedError(item.error)}</code> },
        { label: words.event, value: <code>{item.type}</code> },
        { label: words.place, value: words.eventAt({ stream, position: position.replace(/^0+(?=\d)/, '') }) },
        { label: words.since, value: dateAndHour(item.parkedAt, locale) },
      ]}
    />
  );
};

const ParkedCard = ({ item }: { readonly item: ParkedKey }): VNode => {
  const words = useWords().administration.parked;
  const about = `${item.projection}, ${item.key}`;
  return (
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
          <span class="unseen">: {about}</span>
        </button>
        <a href={`${parkedPath(item.id)}/omitere`}>
          {words.skip}
          <span class="unseen">: {about}</span>
        </a>
      </form>
    </section>
  );
};

/** What waits for a person, and why: all rows, or those of one table, or of one error there. */
export const ParkedPage = ({
  items,
  chosen = {},
  asked,
}: {
  readonly items: readonly ParkedKey[];
  readonly chosen?: ParkedChoice;
  readonly asked?: unknown;
}): VNode => {
  const words = useWords().administration.parked;
  const { shown, page, pages } = pageOf(
    items.filter((item) => isChosen(chosen, item)),
    asked,
    itemsPerPage,
  );
  const { projection: table, error } = chosen;
  return (
    <HeadedPage
      title={words.title}
      summary={words.retry}
      done={words.done}
      back={{ href: `${servicePath}#oprite`, text: words.back }}
      lead={words.lead}
    >
      {table === undefined && error === undefined ? null : (
        <p>
          {table === undefined ? null : words.chosen({ table })} {error === undefined ? null : <code>{error}</code>}{' '}
          <a href={parkedRowsPath()}>{words.all}</a>
        </p>
      )}
      {shown.length === 0 ? <p>{words.none}</p> : null}
      {shown.map((item) => (
        <ParkedCard item={item} />
      ))}
      <NumberedPages path={parkedRowsPath(chosen)} page={page} pages={pages} />
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
