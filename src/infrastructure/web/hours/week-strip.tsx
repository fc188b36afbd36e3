import type { VNode } from 'preact';
import type { DayAvailability } from '../../../domain/agenda/day-plan';
import type { PageContext } from '../page/page-context';
import { dayAndMonth, shortWeekday } from '../../phrasing/words/dates';
import type { HoursShown } from './hours-shown';
import { sentences } from '../../phrasing/sentences';

/** A Romanian weekday is written small, but not at the beginning. */
export const withCapital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type StripParts = { readonly context: PageContext; readonly hours: HoursShown; readonly path: string };

const Day = ({ context: { locale }, hours, path, day }: StripParts & { readonly day: DayAvailability }): VNode => {
  const words = sentences[locale].hours;
  const { date, free, closed } = day;
  const about = free > 0 ? words.free({ count: free }) : date < hours.today ? words.past : closed === undefined ? '' : words.closed[closed];
  const parts = (
    <>
      <span class="weekday" aria-hidden="true">
        {withCapital(shortWeekday(date, locale).replace('.', ''))}
      </span>
      <b aria-hidden="true">{Number(date.slice(8))}</b>
      <span class="unseen">{dayAndMonth(date, locale)}: </span>
      <span class="about">{about}</span>
    </>
  );
  return (
    <li>
      {free > 0 ? (
        <a href={`${path}?zi=${date}#ore`} aria-current={date === hours.day?.date ? 'date' : undefined}>
          {parts}
        </a>
      ) : (
        <span class="day-closed">{parts}</span>
      )}
    </li>
  );
};

/** The days of one week, each with its free hours or why there are none; and the ways to the weeks beside it. */
export const WeekStrip = ({ context, hours, path }: StripParts): VNode => {
  const words = sentences[context.locale].hours;
  const { days, previous, next } = hours;
  return (
    <nav aria-label={words.days}>
      <ol class="day-choice">
        {days.map((day) => (
          <Day context={context} hours={hours} path={path} day={day} />
        ))}
      </ol>
      <p class="hint">{words.fortyEight}</p>
      {previous === undefined && next === undefined ? null : (
        <p class="week-ways">
          {previous === undefined ? null : <a href={`${path}?sapt=${previous}`}>{words.previous}</a>}
          {next === undefined ? null : <a href={`${path}?sapt=${next}`}>{words.next}</a>}
        </p>
      )}
    </nav>
  );
};
