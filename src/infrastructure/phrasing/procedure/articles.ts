import type { Sentence } from '../../../domain/audit/check';
import type { Locale } from '../../../domain/ticket/facts';
import { inBoth, inEveryLanguage, sentences } from '../sentences';

/** `D1` to `D4` of the Order, `1` to `8` of its Annex. */
export const orderIds = ['D1', 'D2', 'D3', 'D4'] as const;
export const annexIds = ['1', '2', '3', '4', '5', '6', '7', '8'] as const;
export type ArticleId = (typeof orderIds)[number] | (typeof annexIds)[number];

/** `label` as the act writes it. Of an article with letters, each is a text of its own and begins with it: `a) …`. */
type ArticleText = { readonly label: string; readonly texts: readonly string[] };

/** The act as it stands, part by part. */
export type Act = {
  readonly title: string;
  /** by whoever cleaned the scanned source; no part of the act */
  readonly editorial: readonly string[];
  readonly head: readonly string[];
  readonly order: { readonly title: string; readonly about: string; readonly preamble: readonly string[]; readonly orders: string };
  readonly signature: readonly string[];
  readonly annex: { readonly title: string; readonly about: string };
  readonly articles: Readonly<Record<ArticleId, ArticleText>>;
};

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

/** `3 e` of the Annex, `D4` of the Order itself, `GDPR 17` of the law. */
export const articleInWords = (article: string, locale: Locale): string => {
  if (article.startsWith('GDPR ')) return sentences[locale].frame.lawArticle + article.slice('GDPR '.length);
  return article.startsWith('D') ? sentences[locale].frame.orderArticle + article.slice(1) : `Art. ${article}`;
};
