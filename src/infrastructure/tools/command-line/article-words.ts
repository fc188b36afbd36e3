import type { Words } from './terminal';

/** `3 e` of the Annex, `D4` of the Order itself, `GDPR 17` of the law: as the pages say it. */
export const articleWords = (article: string): Words => {
  if (article.startsWith('GDPR ')) {
    const number = article.slice('GDPR '.length);
    return { ro: `RGPD, art. ${number}`, en: `GDPR, art. ${number}` };
  }
  if (article.startsWith('D')) return { ro: `Dispoziția, art. ${article.slice(1)}`, en: `Order, art. ${article.slice(1)}` };
  return { ro: `art. ${article}`, en: `art. ${article}` };
};
