import type { Sentence } from '../../../domain/audit/check';
import { type Act, type ArticleId, annexIds, orderIds } from './act';
import { inBoth, inEveryLanguage, sentences } from '../sentences';

const erasure: Sentence = inBoth.procedure.articleText.erasure;

const isArticle = (id: string): id is ArticleId => [...orderIds, ...annexIds].some((known) => known === id);

/** Of an article with letters, its first sentence and the text of the letter. */
const textIn = ({ articles }: Act, id: ArticleId, letter: string | undefined): string => {
  const { texts } = articles[id];
  const [first = '', ...others] = texts;
  if (letter !== undefined) return texts.find((text) => text.startsWith(`${letter})`)) ?? first;
  return others.length === 0 ? first : first.replace(/:$/, ' …');
};

/** What an article of the procedure says, word for word: `3 e` of the Annex, `D4` of the Order, `GDPR 17` of the law. */
export const articleText = (article: string): Sentence => {
  if (article.startsWith('GDPR ')) return erasure;
  const [id = '', letter] = article.split(' ');
  if (!isArticle(id)) return inEveryLanguage(() => article);
  return inEveryLanguage((locale) => textIn(sentences[locale].act, id, letter));
};
