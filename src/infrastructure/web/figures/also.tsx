import type { VNode } from 'preact';
import type { Figures } from '../../../application/reports/counted-tickets';
import type { Locale } from '../../../domain/ticket/facts';
import { numberInWords } from '../../phrasing/words/counted';
import { averageDaysAhead } from './columns';
import { minutesShown, nothing } from './shares';
import { sentences } from '../../phrasing/sentences';

/** What else was counted, in a row of small numbers. */
export const AlsoCounted = ({ total, locale }: { readonly total: Figures; readonly locale: Locale }): VNode => {
  const words = sentences[locale].figures;
  const days = averageDaysAhead(total);
  const count = (value: number): string => numberInWords(value, locale);
  const rows: readonly (readonly [string, string])[] = [
    [words.also.byCitizen, count(total.rescheduledByCitizen)],
    [words.also.byStaff, count(total.rescheduledByStaff)],
    [words.also.cancelled, count(total.cancelled)],
    [words.also.waived, count(total.recordingWaived)],
    [words.also.lead, days === null ? nothing : words.days({ count: days })],
    [words.also.minutes, minutesShown(total.averageMinutes, locale)],
  ];
  return (
    <dl class="also">
      {rows.map(([label, value]) => (
        <div>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};
