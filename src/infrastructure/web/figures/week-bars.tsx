import type { VNode } from 'preact';
import type { WeekFigures } from '../../../application/reports/report-figures';
import type { Locale } from '../../../domain/ticket/facts';
import { numberInWords } from '../../phrasing/words/dates';
import { bottom, Chart, heightOf, isDense, labelClass, middleOf, percent, widthOfWeek } from './chart';
import { unrecordedIn } from './figures-of';
import { type Scale, scaleFor } from './scale';

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
 * Two bars a week: all meetings held, and those held online, of which the part without a recording is an empty frame. Only online
 * meetings are recorded (A12): beside the first bar alone, a recorded one would look as if the rest had been forgotten.
 */
export const WeekBars = ({
  weeks,
  title,
  describedBy,
  locale,
}: {
  readonly weeks: readonly WeekFigures[];
  readonly title: string;
  readonly describedBy: string;
  readonly locale: Locale;
}): VNode => {
  const scale = scaleFor(weeks.flatMap(({ figures }) => [figures.held, figures.recorded]));
  const width = Math.min(widestBar, widthOfWeek(weeks.length) * shareOfWeek);
  return (
    <Chart id="intalniri-titlu" title={title} describedBy={describedBy} scale={scale} weeks={weeks} locale={locale}>
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
