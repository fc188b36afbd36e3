import type { VNode } from 'preact';
import type { Figures } from '../../../application/reports/counted-tickets';
import type { ReportFigures } from '../../../application/reports/report-figures';
import type { Locale } from '../../../domain/ticket/facts';
import { counted, type Forms, numberInWords } from '../../phrasing/words/counted';
import { countsCompared, sharesCompared } from './comparison';
import { absentIn, hoursComeIn, recordingAwaitedIn, unrecordedIn } from './figures-of';
import { minutesShown, percentOf, percentShown } from './shares';
import { figuresWords } from './words';

type CardShown = {
  readonly label: string;
  readonly number: string;
  /** what the number is made of */
  readonly note: string;
  readonly compared: string | undefined;
};

/** `182 din 185 de întâlniri ținute` */
const partInWords = (part: number, whole: number, forms: Forms, locale: Locale): string =>
  counted(whole, forms, locale).replace('%', numberInWords(part, locale));

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
  const words = figuresWords[locale];
  const { total, before } = figures;
  const { held, heldOnline, recorded, resolutionsDelivered, medianResolutionMinutes } = total;
  const awaited = recordingAwaitedIn(total);
  const unrecorded = `${counted(unrecordedIn(total), words.unrecorded, locale)}${awaited === 0 ? '' : `, ${counted(awaited, words.awaited, locale)}`}`;
  const half = `${words.halfWithin} ${minutesShown(medianResolutionMinutes, locale)}`;
  const absences = `${counted(total.citizenAbsent, words.citizensAbsent, locale)}, ${counted(total.staffAbsent, words.staffAbsent, locale)}`;
  return [
    {
      label: words.cards.held,
      number: numberInWords(held, locale),
      note: counted(total.tickets, words.ofTickets, locale),
      compared: countsCompared(before.total.held, held, locale),
    },
    shareCard(
      words.cards.recorded,
      (one) => percentOf(one.recorded, one.heldOnline),
      heldOnline === 0 ? words.nothingToSay.recorded : `${partInWords(recorded, heldOnline, words.ofOnline, locale)}; ${unrecorded}`,
      figures,
      locale,
    ),
    shareCard(
      words.cards.delivered,
      (one) => percentOf(one.resolutionsDelivered, one.held),
      held === 0
        ? words.nothingToSay.delivered
        : `${partInWords(resolutionsDelivered, held, words.ofHeld, locale)}${medianResolutionMinutes === null ? '' : `; ${half}`}`,
      figures,
      locale,
    ),
    shareCard(
      words.cards.absent,
      (one) => percentOf(absentIn(one), hoursComeIn(one)),
      hoursComeIn(total) === 0
        ? words.nothingToSay.absent
        : `${partInWords(absentIn(total), hoursComeIn(total), words.ofHours, locale)}: ${absences}`,
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
