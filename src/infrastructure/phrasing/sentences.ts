import MessageFormat from '@messageformat/core';
import { areas, catalogues, inEveryLanguage, languages, type Catalogue, type Language } from './locales/catalogue';
import { asCatalogue } from './locales/catalogue.codec';

export type Sentences = Catalogue<string, string | number>;
/** The same sentence in every language. */
export type Sentence = Readonly<Record<Language, string>>;
/** A sentence about a number of things. */
export type Counted = (values: { readonly count: number }) => string;

export { inEveryLanguage, languages };

type Values = Readonly<Record<string, unknown>>;
/** What is put into a sentence that goes out in every language may itself be one. */
type SentencesOfAll = Catalogue<Sentence, string | number | Sentence>;
type PageModule = (typeof areas)[number];

/** A sentence in every language, one after the other, for whoever cannot be asked for a language. */
export const inOneLine = (words: Sentence): string => Object.values(words).join(' / ');

/** What is wrong and what to do about it, said to whoever runs the service, in every language. */
export class SaidError extends Error {
  constructor(readonly words: Sentence) {
    super(inOneLine(words));
  }
}

/** Whether all languages are there. */
export const isSentence = (value: object): value is Sentence =>
  Object.values(inEveryLanguage((locale) => typeof childOf(value, locale) === 'string')).every(Boolean);

/** Lists and groups keep their shape; a message with arguments becomes a function that is compiled when it is first called. */
const spoken = (node: unknown, locale: Language): unknown => {
  if (Array.isArray(node)) return node.map((item) => spoken(item, locale));
  if (typeof node === 'object' && node !== null)
    return Object.fromEntries(Object.entries(node).map(([name, item]) => [name, spoken(item, locale)]));
  if (typeof node !== 'string' || !node.includes('{')) return node;
  let compiled: ((values: Values) => string) | undefined;
  // a message that is one number comes back as a number, whatever the types of the library say
  return (values: Values) => ''.concat((compiled ??= new MessageFormat(locale).compile(node))(values));
};

/** One tree whose sentences are in all languages at once. */
const together = (nodes: Readonly<Record<Language, unknown>>): unknown => {
  const { ro } = nodes;
  if (typeof ro === 'string') return nodes;
  if (typeof ro === 'function') return (values: Values) => inEveryLanguage((locale) => said(nodes[locale], inLanguage(values, locale)));
  const child = (name: string): unknown => together(inEveryLanguage((locale) => childOf(nodes[locale], name)));
  if (Array.isArray(ro)) return ro.map((_, index) => child(String(index)));
  return Object.fromEntries(Object.keys(ro ?? {}).map((name) => [name, child(name)]));
};
const isSaying = (node: unknown): node is (values: Values) => string => typeof node === 'function';
const said = (node: unknown, values: Values): unknown => (isSaying(node) ? node(values) : node);
const inLanguage = (values: Values, locale: Language): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, childOf(value, locale) ?? value]));
export const childOf = (node: unknown, name: string): unknown =>
  typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined;

/** Each area is read when something of it is first said. */
const byArea = <Text, Value>(load: (area: PageModule) => unknown): Catalogue<Text, Value> => {
  const read: Record<string, unknown> = {};
  for (const area of areas) {
    const get = (): unknown => {
      const value = load(area);
      Object.defineProperty(read, area, { value });
      return value;
    };
    Object.defineProperty(read, area, { configurable: true, enumerable: true, get });
  }
  return asCatalogue<Text, Value>(read);
};

/** What people read, in their language: `sentences[locale].ticket.card.number`. */
export const sentences: Readonly<Record<Language, Sentences>> = inEveryLanguage((locale) =>
  byArea<string, string | number>((area) => spoken(catalogues[locale][area](), locale)),
);

/** What goes out in every language at once: `inBoth.problems.page.start` is `{ ro, en }`. */
export const inBoth: SentencesOfAll = byArea<Sentence, string | number | Sentence>((area) =>
  together(inEveryLanguage((locale) => sentences[locale][area])),
);

/** What is said about a name that comes from outside, where something is. */
export const saidOf = (group: Readonly<Record<string, unknown>>, name: unknown): string | undefined => {
  const said = typeof name === 'string' && Object.hasOwn(group, name) ? group[name] : undefined;
  return typeof said === 'string' ? said : undefined;
};
