import type { Locale } from '../../../domain/ticket/facts';
import { sentences } from '../sentences';

/** `3 e` of the Annex, `D4` of the Order itself, `GDPR 17` of the law. */
export const articleInWords = (article: string, locale: Locale): string => {
  if (article.startsWith('GDPR ')) return sentences[locale].frame.lawArticle + article.slice('GDPR '.length);
  return article.startsWith('D') ? sentences[locale].frame.orderArticle + article.slice(1) : `Art. ${article}`;
};
