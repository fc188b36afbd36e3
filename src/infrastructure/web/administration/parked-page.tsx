import type { VNode } from 'preact';
import type { ParkedKey } from '@tichet-albastru/event-log/ports/read-models';
import { defined } from '@tichet-albastru/kernel/defined';
import { cleanedError } from '@tichet-albastru/event-log/projector/cleaned-error';
import { isChosen, type ParkedGroup } from '../../../application/operation/parked-groups';
import type { Sentences } from '../../phrasing/sentences';
import { dateAndHour } from '../../phrasing/words/dates';
import { FormFields, type FormPart } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { SummaryList } from '../parts/summary-list';
import { NumberedPages, pageOf } from '../registry/numbered-pages';
import {
  fieldsOfPlace,
  ParkedGroupSummary,
  parkedRowsPath,
  type ParkedPlace,
  positionView,
  servicePath,
  skipGroupPath,
} from './service-parts';

const itemsPerPage = 20;
export const parkedPath = (id: string): string => `/administrare/oprite/${encodeURIComponent(id)}`;

/** Where an operator who comes from this place of the list skips the row. */
const skipPath = (id: string, place: ParkedPlace): string => {
  const from = new URLSearchParams(fieldsOfPlace(place)).toString();
  return `${parkedPath(id)}/omitere${from === '' ? '' : `?${from}`}`;
};

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
        { label: words.place, value: words.eventAt({ stream, position: positionView(position) }) },
        { label: words.since, value: dateAndHour(item.parkedAt, locale) },
      ]}
    />
  );
};

const ParkedCard = ({ item, place }: { readonly item: ParkedKey; readonly place: ParkedPlace }): VNode => {
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
        {Object.entries(fieldsOfPlace(place)).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button>
          {words.retry}
          <span class="unseen">: {about}</span>
        </button>
        <a href={skipPath(item.id, place)}>
          {words.skip}
          <span class="unseen">: {about}</span>
        </a>
      </form>
    </section>
  );
};

/** Where this row is shown now: on its page of the list that the operator came from, or else in the list of its error. */
export const placeOf = (items: readonly ParkedKey[], from: ParkedPlace, item: ParkedKey | undefined): ParkedPlace => {
  if (item === undefined) return from;
  const { projection, error } = from;
  const chosen = defined({ projection, error });
  const there = isChosen(chosen, item) ? chosen : { projection: item.projection, error: cleanedError(item.error) };
  const before = items.filter((other) => isChosen(there, other)).findIndex(({ id }) => id === item.id);
  return { ...there, page: String(Math.floor(before / itemsPerPage) + 1) };
};

/** What waits for a person, and why: all rows, or those of one table, or of one error there. */
export const ParkedPage = ({ items, place }: { readonly items: readonly ParkedKey[]; readonly place: ParkedPlace }): VNode => {
  const words = useWords().administration.parked;
  const { projection: table, error, page: asked } = place;
  const chosen = defined({ projection: table, error });
  const { shown, page, pages } = pageOf(
    items.filter((item) => isChosen(chosen, item)),
    asked,
    itemsPerPage,
  );
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
        <ParkedCard item={item} place={{ ...chosen, ...(page > 1 && { page: String(page) }) }} />
      ))}
      <NumberedPages path={parkedRowsPath(chosen)} page={page} pages={pages} />
    </HeadedPage>
  );
};

export const skipFields = (words: Sentences['administration']['parked']): readonly FormPart[] => [
  { kind: 'long', name: 'reason', label: words.reason, hint: words.reasonHint, rows: 3 },
];

/** Going on without an event needs a reason. */
export const SkipPage = ({ item, place }: { readonly item: ParkedKey; readonly place: ParkedPlace }): VNode => {
  const words = useWords().administration.parked;
  return (
    <HeadedPage
      title={words.skipTitle}
      summary={words.skipSummary}
      labels={{ reason: words.reason }}
      back={{ href: parkedRowsPath(place), text: words.backToList }}
      lead={words.skipLead}
    >
      <Item item={item} />
      <TypedForm action={skipPath(item.id, place)}>
        <FormFields parts={skipFields(words)} />
        <button class="grave">{words.skipDo}</button>
      </TypedForm>
    </HeadedPage>
  );
};

/** The same of all rows of a group, up to the newest that is counted here. */
export const SkipGroupPage = ({ group }: { readonly group: ParkedGroup }): VNode => {
  const words = useWords().administration.parked;
  return (
    <HeadedPage
      title={words.skipAllTitle}
      summary={words.skipAllSummary}
      labels={{ reason: words.reason }}
      back={{ href: `${servicePath}#oprite`, text: words.back }}
      lead={words.skipAllLead}
    >
      <div id="randuri">
        <p>
          <code>{group.error}</code>
        </p>
        <ParkedGroupSummary group={group} />
      </div>
      <TypedForm action={`${skipGroupPath(group)}?pana=${group.newest}`}>
        <FormFields parts={skipFields(words)} />
        <button class="grave">{words.skipAllDo({ rows: group.rows })}</button>
      </TypedForm>
    </HeadedPage>
  );
};
