import type { Locale } from '../../../domain/ticket/facts';
import { languages } from '../../phrasing/sentences';

/** The language of an answer: the best liked of ours in `Accept-Language`, Romanian when it says nothing. */
export const localeOf = (acceptLanguage: string | undefined): Locale => {
  const liked = (acceptLanguage ?? '')
    .split(',')
    .map((range, index) => {
      const [tag, quality] = range
        .trim()
        .toLowerCase()
        .split(/\s*;\s*q\s*=\s*/);
      const language = languages.find((known) => known === tag?.split('-')[0]);
      return { language, weight: quality === undefined ? 1 : Number(quality) || 0, index };
    })
    .filter(({ language, weight }) => weight > 0 && language !== undefined)
    .sort((a, b) => b.weight - a.weight || a.index - b.index);
  return liked[0]?.language ?? 'ro';
};
