import type { ComponentChildren, VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import type { CivilDate } from '../../../domain/kernel/fact';
import { numberInWords } from '../../phrasing/words/dates';
import { dayAboveMonth } from './days';
import type { Scale } from './scale';

/**
 * Charts have no view box: what is to the right is in percent of the width, what is up in pixels, and so letters keep their size on
 * every screen and lines never thicken.
 */
export const top = 26;
export const bottom = 266;
const height = 312;
/** percent of the width, where the numbers of the axis stand */
const left = 12;
const lineHeight = 17;
/** below the ground line, clear of the axis's own 0 */
const labelsBelow = 24;

const hundredths = (value: number): number => Math.round(value * 100) / 100;
export const percent = (value: number): string => `${String(hundredths(value))}%`;

/** Where a value is, in pixels from above. */
export const heightOf = (value: number, { greatest }: Scale): number => hundredths(bottom - (value / greatest) * (bottom - top));
/** The share of the width that each of so many weeks has. */
export const widthOfWeek = (weeks: number): number => (100 - left) / weeks;
/** The middle of the week with this index, in percent of the width. */
export const middleOf = (index: number, weeks: number): number => left + widthOfWeek(weeks) * (index + 0.5);

const fitNarrow = 7;
const fitWide = 14;

/** Of so many labels in a row all, or each second, third … are shown; where there is less room, fewer of the same. */
export const labelClass = (index: number, weeks: number): 'shown' | 'shown-wide' | 'left-out' => {
  const wide = Math.ceil(weeks / fitWide);
  const narrow = wide * Math.ceil(weeks / (wide * fitNarrow));
  return index % narrow === 0 ? 'shown' : index % wide === 0 ? 'shown-wide' : 'left-out';
};

/** Of many weeks the shape is seen, and the numbers are in the table. */
export const isDense = (weeks: number): boolean => weeks > fitWide;

const Axis = ({ scale, locale }: { readonly scale: Scale; readonly locale: Locale }): VNode => (
  <>
    {scale.ticks.map((tick) => {
      const y = heightOf(tick, scale);
      return (
        <>
          <line class={tick === 0 ? 'ground' : 'grid'} x1={percent(left)} x2="100%" y1={y} y2={y} />
          <text class="quiet" x={percent(left - 2)} y={y + 5} text-anchor="end">
            {numberInWords(tick, locale)}
          </text>
        </>
      );
    })}
  </>
);

/** The frame of a chart by weeks: its axis, the first day of each week below, and who reads it out. */
export const Chart = ({
  id,
  title,
  describedBy,
  scale,
  weeks,
  locale,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly describedBy: string;
  readonly scale: Scale;
  readonly weeks: readonly { readonly from: CivilDate }[];
  readonly locale: Locale;
  readonly children: ComponentChildren;
}): VNode => (
  <svg class="chart" width="100%" height={height} role="img" aria-labelledby={id} aria-describedby={describedBy}>
    <title id={id}>{title}</title>
    <Axis scale={scale} locale={locale} />
    {weeks.map(({ from }, index) => {
      const shown = labelClass(index, weeks.length);
      if (shown === 'left-out') return null;
      const [day, month] = dayAboveMonth(from, locale);
      const x = percent(middleOf(index, weeks.length));
      return (
        <text class={`quiet ${shown}`} text-anchor="middle" y={bottom + labelsBelow}>
          <tspan x={x}>{day}</tspan>
          <tspan x={x} dy={lineHeight}>
            {month}
          </tspan>
        </text>
      );
    })}
    {children}
  </svg>
);
