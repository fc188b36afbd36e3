import type { VNode } from 'preact';
import type { Policies } from '../../../domain/policies';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { annexIds, type ArticleId, orderIds } from './act';
import { actInEnglish } from './act-in-english';
import { actInRomanian } from './act-in-romanian';
import { readingsInEnglish } from './readings-in-english';
import { readingsInRomanian } from './readings-in-romanian';
import { procedureWords } from './words';

const readings = { ro: readingsInRomanian, en: readingsInEnglish } as const;
/** Where letters stand within an article: `art-3-e`. */
const letterOf = (text: string): string | undefined => /^([a-e])\) /.exec(text)?.[1];

const ArticleOfAct = ({ id, context }: { readonly id: ArticleId; readonly context: PageContext }): VNode => {
  const words = procedureWords[context.locale];
  const { label, texts } = actInRomanian.articles[id];
  const translated = actInEnglish.articles[id];
  return (
    <section class="article" id={`art-${id}`}>
      <div lang="ro" class="act-text">
        <h3>{label}</h3>
        {texts.map((text) => {
          const letter = letterOf(text);
          return <p id={letter === undefined ? undefined : `art-${id}-${letter}`}>{text}</p>;
        })}
      </div>
      {context.locale === 'ro' ? null : (
        <div class="translation">
          <p class="translation-mark">{words.translation}</p>
          {translated.texts.map((text) => (
            <p>{text}</p>
          ))}
        </div>
      )}
      <p class="places">
        {words.where}{' '}
        {words.places[id].map(({ href, text, officials }, index) => (
          <>
            {index === 0 ? '' : ' · '}
            <a href={href}>{text}</a>
            {officials === true ? ` (${words.officials})` : ''}
          </>
        ))}
      </p>
    </section>
  );
};

/** What stands before the articles: Romanian, and under it the translation for whoever reads English. */
const Lines = ({
  of,
  context,
  strong = false,
}: {
  readonly of: (act: typeof actInRomanian) => readonly string[];
  readonly context: PageContext;
  readonly strong?: boolean;
}): VNode => (
  <>
    {of(actInRomanian).map((text) => (
      <p lang="ro" class="act-text">
        {strong ? <strong>{text}</strong> : text}
      </p>
    ))}
    {context.locale === 'ro' ? null : (
      <div class="translation">
        <p class="translation-mark">{procedureWords.en.translation}</p>
        {of(actInEnglish).map((text) => (
          <p>{text}</p>
        ))}
      </div>
    )}
  </>
);

const Contents = ({ context }: { readonly context: PageContext }): VNode => {
  const words = procedureWords[context.locale];
  const list = (ids: readonly ArticleId[]): VNode => (
    <ul class="article-links">
      {ids.map((id) => (
        <li>
          <a href={`#art-${id}`}>{actInRomanian.articles[id].label.replace(/\.$/, '')}</a>
        </li>
      ))}
    </ul>
  );
  return (
    <nav class="card contents" aria-label={words.contents}>
      <p>
        <a href="#dispozitia">{words.order}</a>
      </p>
      {list(orderIds)}
      <p>
        <a href="#anexa">{words.annex}</a>
      </p>
      {list(annexIds)}
      <p>
        <a href="#citiri">{words.readings}</a>
      </p>
    </nav>
  );
};

/** Order, Art. 3: the act, published; and how the service reads what it leaves open. */
export const ProcedurePage = ({ context, policies }: { readonly context: PageContext; readonly policies: Policies }): VNode => {
  const words = procedureWords[context.locale];
  const { order, annex } = actInRomanian;
  return (
    <Document context={context} title={words.title} side="public">
      <Heading lead={words.lead}>{words.title}</Heading>
      <Contents context={context} />
      <section aria-labelledby="dispozitia" class="act">
        <Lines of={({ title, head }) => [title, ...head]} context={context} />
        <h2 id="dispozitia" lang="ro" class="act-text">
          {order.title}
        </h2>
        <Lines of={(act) => [act.order.about]} context={context} strong />
        <Lines of={(act) => [...act.order.preamble, act.order.orders]} context={context} />
        {orderIds.map((id) => (
          <ArticleOfAct id={id} context={context} />
        ))}
        <Lines of={({ signature }) => signature} context={context} />
      </section>
      <section aria-labelledby="anexa" class="act">
        <h2 id="anexa" lang="ro" class="act-text">
          {annex.title}
        </h2>
        <Lines of={(act) => [act.annex.about]} context={context} strong />
        {annexIds.map((id) => (
          <ArticleOfAct id={id} context={context} />
        ))}
      </section>
      <section aria-labelledby="despre">
        <h2 id="despre">{words.about}</h2>
        {(context.locale === 'ro' ? actInRomanian : actInEnglish).editorial.map((text) => (
          <p>{text}</p>
        ))}
      </section>
      <section aria-labelledby="citiri">
        <h2 id="citiri">{words.readings}</h2>
        <p>{words.readingsLead}</p>
        {readings[context.locale](policies).map(({ title, readings: ofGroup }) => (
          <>
            <h3>{title}</h3>
            <dl class="readings">
              {ofGroup.map(({ id, text }) => (
                <div id={id}>
                  <dt>{id}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </>
        ))}
      </section>
    </Document>
  );
};
