import type { VNode } from 'preact';
import { checkIds } from '../../../domain/audit/check';
import { checkMeanings } from '../../../domain/audit/meanings';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Article } from '../parts/article';
import { Heading } from '../parts/heading';
import { VerdictLegend } from './verdict-legend';
import { sentences } from '../../phrasing/sentences';

/** What each of the 21 checks asks, with the article that it is about. */
export const ChecksPage = ({ context }: { readonly context: PageContext }): VNode => {
  const { locale } = context;
  const words = sentences[locale].audit.list;
  return (
    <Document context={context} title={words.checksTitle} side="office">
      <Heading back={{ href: '/audit', text: words.toList }} lead={words.checksLead}>
        {words.checksTitle}
      </Heading>
      <ol class="meanings">
        {checkIds.map((id) => {
          const { name, article, holds } = checkMeanings[id];
          return (
            <li id={id} class="card">
              <h2>
                {id} · {name[locale]}
              </h2>
              <p>{holds[locale]}</p>
              <p>
                <Article article={article} locale={locale} /> · <a href={`/audit?verificare=${id}&verdict=fail`}>{words.failing}</a>
              </p>
            </li>
          );
        })}
      </ol>
      <VerdictLegend locale={locale} />
    </Document>
  );
};
