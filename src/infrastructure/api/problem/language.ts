import type { Locale } from '../../../domain/ticket/facts';

/** The language of an answer: the better liked of Romanian and English in `Accept-Language`, Romanian when it says nothing. */
export const localeOf = (acceptLanguage: string | undefined): Locale => {
  const liked = (acceptLanguage ?? '')
    .split(',')
    .map((range, index) => {
      const [tag, quality] = range
        .trim()
        .toLowerCase()
        .split(/\s*;\s*q\s*=\s*/);
      return { language: tag?.split('-')[0] ?? '', weight: quality === undefined ? 1 : Number(quality) || 0, index };
    })
    .filter(({ language, weight }) => weight > 0 && (language === 'ro' || language === 'en'))
    .sort((a, b) => b.weight - a.weight || a.index - b.index);
  return liked[0]?.language === 'en' ? 'en' : 'ro';
};
