import type { VNode } from 'preact';
import type { CivilDate } from '../../../../domain/kernel/fact';
import type { Locale } from '../../../../domain/ticket/facts';
import { addDays } from '../../../../domain/time/civil-time';
import { shortDate, shortWeekday } from '../../../phrasing/words/dates';
import type { HoursOffered } from '../act-form';
import { actPath } from '../acts';
import { sentences } from '../../../phrasing/sentences';
import { LeaveButton } from '../../forms/forms-view';

/** How many days are shown at once. */
export const daysAtOnce = 14;

/** Days with how many times are free on each; those without any lead nowhere. */
export const DaysToPick = ({
  hours: { slots, day },
  locale,
  ticketId,
  today,
}: {
  readonly hours: HoursOffered;
  readonly locale: Locale;
  readonly ticketId: string;
  readonly today: CivilDate;
}): VNode => {
  const words = sentences[locale].meetings.fields;
  const from = slots.days[0]?.date ?? day;
  const here = actPath(ticketId, 'reschedule');
  return (
    <nav class="pick-days" aria-label={words.days}>
      <ul>
        {slots.days
          .filter(({ free: count, closed }) => count > 0 || closed !== 'weekend')
          .map(({ date, free: count }) => {
            const text = (
              <>
                <b>
                  {shortWeekday(date, locale)} {shortDate(date, locale)}
                </b>
                <span>{count === 0 ? words.noHours : sentences[locale].meetings.freeHours({ count })}</span>
              </>
            );
            return (
              <li>
                {count === 0 ? (
                  <span class="pick-none">{text}</span>
                ) : (
                  <LeaveButton to={`${here}?de=${from}&zi=${date}`} current={date === day}>
                    {text}
                  </LeaveButton>
                )}
              </li>
            );
          })}
      </ul>
      <p class="pick-more">
        {from > today ? <LeaveButton to={`${here}?de=${addDays(from, -daysAtOnce)}`}>{words.earlierDays}</LeaveButton> : null}{' '}
        <LeaveButton to={`${here}?de=${addDays(from, daysAtOnce)}`}>{words.laterDays}</LeaveButton>
      </p>
    </nav>
  );
};
