import type { VNode } from 'preact';
import type { WeeklyHours } from '../../../domain/staff/facts';
import { weekdays } from '../../../domain/staff/staff-member';
import type { Locale } from '../../../domain/ticket/facts';
import { SummaryList } from '../parts/summary-list';
import { hoursInText } from './hours-text';
import { sentences } from '../../phrasing/sentences';

/** The hours of a week, a day a row. */
export const WeekList = ({ week, locale }: { readonly week: WeeklyHours; readonly locale: Locale }): VNode => {
  const words = sentences[locale].office.schedule;
  return (
    <SummaryList
      rows={weekdays.map((day) => {
        const hours = hoursInText(week[day]);
        return { label: words.days[day], value: hours === '' ? <span class="not-worked">{words.notWorked}</span> : hours };
      })}
    />
  );
};
