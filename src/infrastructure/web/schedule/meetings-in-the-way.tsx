import type { VNode } from 'preact';
import type { MeetingInTheWay } from '../../../application/staff/in-the-way';
import type { Locale } from '../../../domain/ticket/facts';
import { Article } from '../parts/article';
import { dayAndMonth, hour } from '../../phrasing/words/dates';
import { type Counted, sentences } from '../../phrasing/sentences';

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
  readonly how: Counted;
  readonly none: string;
  readonly locale: Locale;
}): VNode => {
  const words = sentences[locale].office.changes;
  if (meetings.length === 0) return <p class="notice">{none}</p>;
  return (
    <section class="notice notice-warn" aria-labelledby="cad">
      <h2 id="cad">
        {how({ count: meetings.length })} {(own ? words.own : words.others)({ count: meetings.length })}
      </h2>
      <ul>
        {meetings.map(({ ticketId, reference, slot, mode, applicant }) => (
          <li>
            <a href={`/programari/${ticketId}`}>
              {dayAndMonth(slot.startsAt, locale)}, {hour(slot.startsAt)}
              <span class="unseen">{`, ${words.ticket} ${reference}`}</span>
            </a>
            {`, ${sentences[locale].office.schedule.modes[mode]}: `}
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
