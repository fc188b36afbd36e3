import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';

const order = { ro: 'Dispoziția, Art. ', en: 'Order, Art. ' } as const;
const law = { ro: 'RGPD, Art. ', en: 'GDPR, Art. ' } as const;

/** `3 e` of the Annex, `D4` of the Order itself, `GDPR 17` of the law. */
export const articleInWords = (article: string, locale: Locale): string => {
  if (article.startsWith('GDPR ')) return law[locale] + article.slice('GDPR '.length);
  return article.startsWith('D') ? order[locale] + article.slice(1) : `Art. ${article}`;
};

/** The article, with the way to its text where the procedure has it. */
export const Article = ({ article, locale }: { readonly article: string; readonly locale: Locale }): VNode =>
  article.startsWith('GDPR ') ? (
    <span>{articleInWords(article, locale)}</span>
  ) : (
    <a href={`/procedura#art-${article.split(' ')[0] ?? article}`}>{articleInWords(article, locale)}</a>
  );
