import { usePage } from '../page/page-context';
import type { ComponentChildren, VNode } from 'preact';
import type { Period } from '../../../application/reports/counted-tickets';
import type { WeekFigures } from '../../../application/reports/report-figures';
import type { CivilDate } from '../../../domain/kernel/fact';
import type { Locale } from '../../../domain/ticket/facts';
import { numberInWords, plainDate, shortDate } from '../../phrasing/words/dates';
import { unrecordedIn } from './columns';

const mostSteps = 5;

/** The axis of a chart: round numbers from 0 to one that is not below the greatest value. */
type Scale = { readonly ticks: readonly number[]; readonly greatest: number };

/** Steps of 1, 2 or 5 times a power of ten: whole numbers, for whole things are counted. */
export const scaleFor = (values: readonly number[]): Scale => {
  const wanted = values.reduce((greatest, value) => Math.max(greatest, value), 1);
  const power = 10 ** Math.floor(Math.log10(wanted / mostSteps));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((one) => one * mostSteps >= wanted) ?? wanted);
  const ticks: number[] = [];
  for (let tick = 0; tick < wanted + step; tick += step) ticks.push(Math.round(tick));
  return { ticks, greatest: ticks.at(-1) ?? step };
};

const monthOf = (date: string): string => date.slice(0, 7);
const dayOf = (date: string): string => String(Number(date.slice(8)));

/** `9–15 mar.`, `28 feb. – 6 mar.` */
export const shortDays = ({ from, to }: Period, locale: Locale): string => {
  if (from === to) return shortDate(from, locale);
  return monthOf(from) === monthOf(to)
    ? `${dayOf(from)}–${shortDate(to, locale)}`
    : `${shortDate(from, locale)} – ${shortDate(to, locale)}`;
};

/** `8 februarie 2027 – 10 martie 2027` */
export const plainDays = ({ from, to }: Period, locale: Locale): string => `${plainDate(from, locale)} – ${plainDate(to, locale)}`;

/** The day and the month of a date, one above the other where there is little room. */
const dayAboveMonth = (date: string, locale: Locale): readonly [string, string] => {
  const [day = '', ...month] = shortDate(date, locale).split(' ');
  return [day, month.join(' ')];
};

/**
 * Charts have no view box: what is to the right is in percent of the width, what is up in pixels, and so letters keep their size on
 * every screen and lines never thicken.
 */
const top = 26;
const bottom = 266;
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
const widthOfWeek = (weeks: number): number => (100 - left) / weeks;
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

const Axis = ({ scale }: { readonly scale: Scale }): VNode => {
  const { locale } = usePage();
  return (
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
};

/** The frame of a chart by weeks: its axis, the first day of each week below, and who reads it out. */
export const Chart = ({
  id,
  title,
  describedBy,
  scale,
  weeks,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly describedBy: string;
  readonly scale: Scale;
  readonly weeks: readonly { readonly from: CivilDate }[];
  readonly children: ComponentChildren;
}): VNode => {
  const { locale } = usePage();
  return (
    <svg class="chart" width="100%" height={height} role="img" aria-labelledby={id} aria-describedby={describedBy}>
      <title id={id}>{title}</title>
      <Axis scale={scale} />
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
};

const widestBar = 7;
const shareOfWeek = 0.38;

const Bar = ({ kind, x, width, from, to, scale }: BarParts): VNode | null => {
  const y = heightOf(to, scale);
  return to <= from ? null : <rect class={kind} x={percent(x)} width={percent(width)} y={y} height={heightOf(from, scale) - y} />;
};
type BarParts = {
  readonly kind: 'held' | 'recorded' | 'unrecorded';
  readonly x: number;
  readonly width: number;
  /** values of its lower and its upper end */
  readonly from: number;
  readonly to: number;
  readonly scale: Scale;
};

/**
 * Two bars a week: all meetings held, and those held online. In the second, the part without a recording is an empty frame. Only online
 * meetings are recorded (A12): a bar of recorded ones beside the first bar alone would look as if the rest had been forgotten.
 */
export const WeekBars = ({
  weeks,
  title,
  describedBy,
}: {
  readonly weeks: readonly WeekFigures[];
  readonly title: string;
  readonly describedBy: string;
}): VNode => {
  const { locale } = usePage();
  const scale = scaleFor(weeks.flatMap(({ figures }) => [figures.held, figures.recorded]));
  const width = Math.min(widestBar, widthOfWeek(weeks.length) * shareOfWeek);
  return (
    <Chart id="intalniri-titlu" title={title} describedBy={describedBy} scale={scale} weeks={weeks}>
      {weeks.map(({ figures }, index) => {
        const { held, recorded } = figures;
        const middle = middleOf(index, weeks.length);
        const shown = labelClass(index, weeks.length);
        return (
          <>
            <Bar kind="held" x={middle - width} width={width * 0.94} from={0} to={held} scale={scale} />
            <Bar kind="recorded" x={middle + width * 0.06} width={width * 0.94} from={0} to={recorded} scale={scale} />
            <Bar
              kind="unrecorded"
              x={middle + width * 0.06}
              width={width * 0.94}
              from={recorded}
              to={recorded + unrecordedIn(figures)}
              scale={scale}
            />
            {held === 0 || isDense(weeks.length) ? null : (
              <text
                class={`value ${shown}`}
                x={percent(middle - width / 2)}
                y={Math.min(bottom, heightOf(held, scale)) - 6}
                text-anchor="middle"
              >
                {numberInWords(held, locale)}
              </text>
            )}
          </>
        );
      })}
    </Chart>
  );
};
