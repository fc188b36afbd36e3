import type { Words } from './terminal';
import { inBoth } from '../../phrasing/sentences';

/** `3 e` of the Annex, `D4` of the Order itself, `GDPR 17` of the law: as the pages say it. */
export const articleWords = (article: string): Words => {
  if (article.startsWith('GDPR ')) {
    const number = article.slice('GDPR '.length);
    return inBoth.cli.article.gdprArt({ number });
  }
  if (article.startsWith('D')) return inBoth.cli.article.orderArt({ article: article.slice(1) });
  return inBoth.cli.article.art({ article });
};
