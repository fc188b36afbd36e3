import type { VNode } from 'preact';
import type { WeekFigures } from '../../../application/reports/report-figures';
import type { Locale } from '../../../domain/ticket/facts';
import { numberInWords } from '../../phrasing/words/counted';
import { Chart, heightOf, isDense, labelClass, middleOf, percent } from './chart';
import { scaleFor } from './scale';

type Point = { readonly index: number; readonly minutes: number };

/** Weeks that follow one another and have a number: between others there is no line, for nothing is known there. */
const pairsOf = (points: readonly Point[]): readonly (readonly [Point, Point])[] =>
  points.flatMap((point, place): readonly (readonly [Point, Point])[] => {
    const next = points[place + 1];
    return next?.index === point.index + 1 ? [[point, next]] : [];
  });

/** Half of each week's resolutions left sooner than the point; the broken line is the target of A17. */
export const DelayLine = ({
  weeks,
  title,
  describedBy,
  target,
  locale,
}: {
  readonly weeks: readonly WeekFigures[];
  readonly title: string;
  readonly describedBy: string;
  /** in minutes, and in words */
  readonly target: { readonly minutes: number; readonly text: string };
  readonly locale: Locale;
}): VNode => {
  const points = weeks.flatMap(({ figures: { medianResolutionMinutes: minutes } }, index) =>
    minutes === null ? [] : [{ index, minutes }],
  );
  const scale = scaleFor([target.minutes, ...points.map(({ minutes }) => minutes)]);
  const xOf = ({ index }: Point): string => percent(middleOf(index, weeks.length));
  const dense = isDense(weeks.length);
  const targetY = heightOf(target.minutes, scale);
  return (
    <Chart id="rezolutii-titlu" title={title} describedBy={describedBy} scale={scale} weeks={weeks} locale={locale}>
      <line class="target" x1="12%" x2="100%" y1={targetY} y2={targetY} />
      {pairsOf(points).map(([from, to]) => (
        <line class="course" x1={xOf(from)} x2={xOf(to)} y1={heightOf(from.minutes, scale)} y2={heightOf(to.minutes, scale)} />
      ))}
      {points.map((point) => {
        const y = heightOf(point.minutes, scale);
        const shown = labelClass(point.index, weeks.length);
        return (
          <>
            <circle class="point" cx={xOf(point)} cy={y} r={dense ? 3.5 : 5} />
            {dense ? null : (
              <text class={`value ${shown}`} x={xOf(point)} y={y - 12} text-anchor="middle">
                {numberInWords(Math.round(point.minutes), locale)}
              </text>
            )}
          </>
        );
      })}
      <text class="target-text" x="100%" y={targetY - 7} text-anchor="end">
        {target.text}
      </text>
    </Chart>
  );
};
