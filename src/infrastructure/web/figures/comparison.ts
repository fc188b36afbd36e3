import type { Locale } from '../../../domain/ticket/facts';
import { numberInWords } from '../../phrasing/words/counted';
import { percentShown, pointsBetween } from './shares';
import { sentences } from '../../phrasing/sentences';

const sentence = (of: 'counts' | 'shares', change: number, by: string, before: string, locale: Locale): string => {
  const words = sentences[locale].figures;
  if (change === 0) return `${words.same} (${before})`;
  return words[of][change > 0 ? 'more' : 'less']({ by, before });
};

/** `cu 18 mai multe decât înainte (229)` */
export const countsCompared = (before: number, now: number, locale: Locale): string =>
  sentence('counts', now - before, numberInWords(Math.abs(now - before), locale), numberInWords(before, locale), locale);

/** `cu 1,2 puncte procentuale mai mult decât înainte (97,2 %)`; percents with nothing under them compare with nothing. */
export const sharesCompared = (before: number | undefined, now: number | undefined, locale: Locale): string | undefined => {
  if (now === undefined) return undefined;
  if (before === undefined) return sentences[locale].figures.nothingBefore;
  const points = pointsBetween(before, now);
  return sentence('shares', points, sentences[locale].figures.points({ count: Math.abs(points) }), percentShown(before, locale), locale);
};
