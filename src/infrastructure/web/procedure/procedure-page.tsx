import type { ComponentChildren, VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { type Act, annexIds, type ArticleId, orderIds } from '../../phrasing/procedure/act';
import { sentences } from '../../phrasing/sentences';

/** Where in the service an article happens, and only officials get in. */
const forOfficials: readonly string[] = ['/audit', '/termene', '/programari', '/sarcini', '/program'];

/** Where letters stand within an article: `art-3-e`. */
const letterOf = (text: string): string | undefined => /^([a-e])\) /.exec(text)?.[1];

/** The Romanian text, which governs; for whoever reads English a translation beside it, marked as one. */
const Bilingual = ({
  context,
  of,
  tight = false,
  children,
}: {
  readonly context: PageContext;
  readonly of: (act: Act) => readonly string[];
  /** lines that belong together */
  readonly tight?: boolean;
  readonly children: ComponentChildren;
}): VNode => (
  <div class={tight ? 'bilingual tight' : 'bilingual'}>
    <div lang="ro" class="act-text">
      {children}
    </div>
    {context.locale === 'ro' ? null : (
      <div class="translation">
        <p class="translation-mark">{sentences.en.procedure.translation}</p>
        {of(sentences.en.act).map((text) => (
          <p>{text}</p>
        ))}
      </div>
    )}
  </div>
);

const Lines = ({
  context,
  of,
  tight = false,
}: {
  readonly context: PageContext;
  readonly of: (act: Act) => readonly string[];
  readonly tight?: boolean;
}): VNode => (
  <Bilingual context={context} of={of} tight={tight}>
    {of(sentences.ro.act).map((text) => (
      <p>{text}</p>
    ))}
  </Bilingual>
);

const ArticleOfAct = ({ id, context }: { readonly id: ArticleId; readonly context: PageContext }): VNode => {
  const words = sentences[context.locale].procedure;
  const { label, texts } = sentences.ro.act.articles[id];
  return (
    <section class="article" id={`art-${id}`}>
      <Bilingual context={context} of={({ articles }) => articles[id].texts}>
        <h3>{label}</h3>
        {texts.map((text) => {
          const letter = letterOf(text);
          return <p id={letter === undefined ? undefined : `art-${id}-${letter}`}>{text}</p>;
        })}
      </Bilingual>
      <p class="places">
        {words.where}{' '}
        {Object.entries(words.places[id]).map(([href, text], index) => (
          <>
            {index === 0 ? '' : ' · '}
            <a href={href}>{text}</a>
            {forOfficials.includes(href) ? ` (${words.officials})` : ''}
          </>
        ))}
      </p>
    </section>
  );
};

const Contents = ({ context }: { readonly context: PageContext }): VNode => {
  const words = sentences[context.locale].procedure;
  const list = (ids: readonly ArticleId[]): VNode => (
    <ul class="article-links">
      {ids.map((id) => (
        <li>
          <a href={`#art-${id}`}>{sentences.ro.act.articles[id].label.replace(/\.$/, '')}</a>
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
        <a href="/procedura/citiri">{words.readings}</a>
      </p>
    </nav>
  );
};

/** Order, Art. 3: the act, published word for word. */
export const ProcedurePage = ({ context }: { readonly context: PageContext }): VNode => {
  const words = sentences[context.locale].procedure;
  const { order, annex, editorial } = sentences.ro.act;
  return (
    <Document context={context} title={words.title} side="public">
      <Heading lead={words.lead}>{words.title}</Heading>
      <Contents context={context} />
      <section aria-labelledby="dispozitia">
        <Lines context={context} of={({ title }) => [title]} />
        <Lines context={context} of={({ head }) => head} tight />
        <h2 id="dispozitia" lang="ro" class="act-text">
          {order.title}
        </h2>
        <Lines context={context} of={({ order: { about, preamble, orders } }) => [about, ...preamble, orders]} />
        {orderIds.map((id) => (
          <ArticleOfAct id={id} context={context} />
        ))}
        <Lines context={context} of={({ signature }) => signature} tight />
      </section>
      <section aria-labelledby="anexa">
        <h2 id="anexa" lang="ro" class="act-text">
          {annex.title}
        </h2>
        <Lines context={context} of={(act) => [act.annex.about]} />
        {annexIds.map((id) => (
          <ArticleOfAct id={id} context={context} />
        ))}
      </section>
      <section aria-labelledby="despre">
        <h2 id="despre">{words.about}</h2>
        {(context.locale === 'ro' ? editorial : sentences.en.act.editorial).map((text) => (
          <p>{text}</p>
        ))}
      </section>
    </Document>
  );
};
