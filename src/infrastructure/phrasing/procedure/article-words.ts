import type { Locale } from '../../../domain/ticket/facts';

const order = { ro: 'Dispoziția, Art. ', en: 'Order, Art. ' } as const;
const law = { ro: 'RGPD, Art. ', en: 'GDPR, Art. ' } as const;

/** `3 e` of the Annex, `D4` of the Order itself, `GDPR 17` of the law. */
export const articleInWords = (article: string, locale: Locale): string => {
  if (article.startsWith('GDPR ')) return law[locale] + article.slice('GDPR '.length);
  return article.startsWith('D') ? order[locale] + article.slice(1) : `Art. ${article}`;
};
