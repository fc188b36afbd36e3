import type { VNode } from 'preact';
import type { MeetingInTheWay } from '../../../application/staff/in-the-way';
import type { Locale } from '../../../domain/ticket/facts';
import { Article } from '../parts/article';
import { counted, type Forms } from '../../phrasing/words/counted';
import { dayAndMonth, hour } from '../../phrasing/words/dates';
import { changeWords } from './change-words';
import { scheduleWords } from './schedule-words';

/** Art. 8: what a change would put in the way, before it is confirmed. */
export const MeetingsInTheWay = ({
  meetings,
  own,
  how,
  none,
  locale,
}: {
  readonly meetings: readonly MeetingInTheWay[];
  /** whether the tasks come to whoever looks */
  readonly own: boolean;
  readonly how: Forms;
  readonly none: string;
  readonly locale: Locale;
}): VNode => {
  const words = changeWords[locale];
  if (meetings.length === 0) return <p class="notice">{none}</p>;
  return (
    <section class="notice notice-warn" aria-labelledby="cad">
      <h2 id="cad">
        {counted(meetings.length, how, locale)} {counted(meetings.length, own ? words.own : words.others, locale)}
      </h2>
      <ul>
        {meetings.map(({ ticketId, reference, slot, mode, applicant }) => (
          <li>
            <a href={`/programari/${ticketId}`}>
              {dayAndMonth(slot.startsAt, locale)}, {hour(slot.startsAt)}
              <span class="unseen">{`, ${words.ticket} ${reference}`}</span>
            </a>
            {`, ${scheduleWords[locale].modes[mode]}: `}
            <bdi>{applicant}</bdi>
          </li>
        ))}
      </ul>
      <p>
        <Article article="8" locale={locale} />
      </p>
    </section>
  );
};
