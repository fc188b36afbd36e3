import type { VNode } from 'preact';
import type { Figures } from '../../../application/reports/counted-tickets';
import type { ReportFigures } from '../../../application/reports/report-figures';
import type { Locale } from '../../../domain/ticket/facts';
import { numberInWords } from '../../phrasing/words/dates';
import { absentIn, hoursComeIn, recordingAwaitedIn, unrecordedIn } from './figures-of';
import { minutesShown, percentOf, percentShown, pointsBetween } from './shares';
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

type CardShown = {
  readonly label: string;
  readonly number: string;
  /** what the number is made of */
  readonly note: string;
  readonly compared: string | undefined;
};

const shareCard = (
  label: string,
  share: (figures: Figures) => number | undefined,
  note: string,
  { total, before }: ReportFigures,
  locale: Locale,
): CardShown => ({
  label,
  number: percentShown(share(total), locale),
  note,
  compared: sharesCompared(share(before.total), share(total), locale),
});

/** The four numbers that a manager looks at first. */
export const cardsOf = (figures: ReportFigures, locale: Locale): readonly CardShown[] => {
  const words = sentences[locale].figures;
  const { total, before } = figures;
  const { held, heldOnline, recorded, resolutionsDelivered, medianResolutionMinutes } = total;
  const awaited = recordingAwaitedIn(total);
  const unrecorded = `${words.unrecorded({ count: unrecordedIn(total) })}${awaited === 0 ? '' : `, ${words.awaited({ count: awaited })}`}`;
  const half = `${words.halfWithin} ${minutesShown(medianResolutionMinutes, locale)}`;
  const absences = `${words.citizensAbsent({ count: total.citizenAbsent })}, ${words.staffAbsent({ count: total.staffAbsent })}`;
  return [
    {
      label: words.cards.held,
      number: numberInWords(held, locale),
      note: words.ofTickets({ count: total.tickets }),
      compared: countsCompared(before.total.held, held, locale),
    },
    shareCard(
      words.cards.recorded,
      (one) => percentOf(one.recorded, one.heldOnline),
      heldOnline === 0
        ? words.nothingToSay.recorded
        : `${words.ofOnline({ part: numberInWords(recorded, locale), count: heldOnline })}; ${unrecorded}`,
      figures,
      locale,
    ),
    shareCard(
      words.cards.delivered,
      (one) => percentOf(one.resolutionsDelivered, one.held),
      held === 0
        ? words.nothingToSay.delivered
        : `${words.ofHeld({ part: numberInWords(resolutionsDelivered, locale), count: held })}${medianResolutionMinutes === null ? '' : `; ${half}`}`,
      figures,
      locale,
    ),
    shareCard(
      words.cards.absent,
      (one) => percentOf(absentIn(one), hoursComeIn(one)),
      hoursComeIn(total) === 0
        ? words.nothingToSay.absent
        : `${words.ofHours({ part: numberInWords(absentIn(total), locale), count: hoursComeIn(total) })}: ${absences}`,
      figures,
      locale,
    ),
  ];
};

export const Cards = ({ cards }: { readonly cards: readonly CardShown[] }): VNode => (
  <dl class="figures">
    {cards.map(({ label, number, note, compared }) => (
      <div class="card">
        <dt>{label}</dt>
        <dd class="figure">{number}</dd>
        <dd>{note}</dd>
        {compared === undefined ? null : <dd class="compared">{compared}</dd>}
      </div>
    ))}
  </dl>
);
