import { inBoth, type Sentence } from '../../phrasing/sentences';

/** `3 e` of the Annex, `D4` of the Order itself, `GDPR 17` of the law: as the pages say it. */
export const articleWords = (article: string): Sentence => {
  const { gdprArt, orderArt, art } = inBoth.cli.article;
  if (article.startsWith('GDPR ')) return gdprArt({ number: article.slice('GDPR '.length) });
  return article.startsWith('D') ? orderArt({ article: article.slice(1) }) : art({ article });
};
