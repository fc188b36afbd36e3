import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import { dayAndMonth, hour, longDate } from '../../phrasing/words/dates';
import { calendarPath } from './calendar-asked';
import type { ClosedShown, DayShown, Quarters } from './calendar-days';
import type { Colleague } from './calendar-desk';
import { sentences } from '../../phrasing/sentences';
import type { MeetingShown } from '../../../application/staff/staff-calendar';
import { Icon } from './icons';
import { lacksLink, modeIcon, stateShown, toneOf } from './state-shown';

/** One meeting in the calendar: when, how, with whom, and what it has come to, in words and with an icon. */
const MeetingLink = ({
  meeting,
  locale,
  staffName,
  detailed,
}: {
  readonly meeting: MeetingShown;
  readonly locale: Locale;
  /** where several people's meetings stand together */
  readonly staffName?: string | undefined;
  readonly detailed: boolean;
}): VNode => {
  const words = sentences[locale].meetings.list;
  const { ticketId, mode, startsAt, applicant, requestNumber } = meeting;
  const state = stateShown(meeting);
  const unlinked = lacksLink(meeting);
  return (
    <a id={`m-${ticketId}`} class={`meeting tone-${toneOf[state]}`} href={`/programari/${ticketId}`}>
      <span class="meeting-who">
        <Icon name={modeIcon[mode]} />
        <b>{hour(startsAt)}</b> <span class="meeting-name">{applicant.name}</span>
        <span class="unseen">, {words.modes[mode]}</span>
      </span>
      {detailed ? (
        <span class="meeting-more">
          {words.modes[mode]} · {words.request} {requestNumber}
        </span>
      ) : null}
      {staffName === undefined ? null : <span class="meeting-more">{staffName}</span>}
      <span class="meeting-state">
        <Icon name={state} /> {words.states[state]}
        {unlinked ? (
          <span class="meeting-lacks">
            <Icon name="unlinked" /> {words.withoutLink}
          </span>
        ) : null}
      </span>
    </a>
  );
};

/** Where something stands in the grid of the week, through classes: the page's policy allows no inline style. */
const rowOf = (quarter: number): string => `h${Math.floor(quarter / 4)} m${quarter % 4}`;
const rowsOf = ({ from, to }: Quarters): string => `${rowOf(from)} u${Math.floor(to / 4)} v${to % 4}`;

const clipped = ({ from, to }: Quarters, span: Quarters): Quarters => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) });

export type DayParts = {
  readonly day: DayShown;
  readonly locale: Locale;
  readonly today: string;
  /** the quarter of an hour that it is now */
  readonly nowQuarter: number;
  readonly staffId: string | undefined;
  readonly colleagues: readonly Colleague[];
  readonly wholeDepartment: boolean;
  /** the hours of a grid; without it, days follow each other as in an agenda */
  readonly span: Quarters | undefined;
  readonly detailed: boolean;
};

const hoursText = ({ wholeDay, startsAt, endsAt }: ClosedShown, wholeDayText: string): string =>
  wholeDay ? wholeDayText : `${hour(startsAt)}–${hour(endsAt)}`;

/** What is said of a day under its name: a holiday, and whose time is closed. */
const Notes = ({ day, locale, colleagues, wholeDepartment, closed }: DayParts & { readonly closed: readonly ClosedShown[] }): VNode => {
  const words = sentences[locale].meetings.list;
  const free = { working: undefined, weekend: words.weekend, holiday: words.holiday, 'bridge-day': words.bridgeDay }[day.kind];
  const nameOf = (staffId: string): string => colleagues.find((one) => one.staffId === staffId)?.name ?? staffId;
  return (
    <>
      {free === undefined ? null : <p class="day-note">{day.holiday === undefined ? free : `${free}: ${day.holiday}`}</p>}
      {closed.map((row) => (
        <p class="day-note">
          {words.closed[row.cause]}
          {wholeDepartment ? `, ${nameOf(row.staffId)}` : ''}, {hoursText(row, words.wholeDay)}
        </p>
      ))}
    </>
  );
};

/** One day: its name leads to the day, then what is on it in the order of the hours. */
export const DaySection = (parts: DayParts): VNode => {
  const { day, locale, today, nowQuarter, staffId, colleagues, wholeDepartment, span, detailed } = parts;
  const words = sentences[locale].meetings.list;
  const { date, kind, hours, closed } = day;
  const inGrid =
    span === undefined || wholeDepartment ? [] : closed.filter((row) => !row.wholeDay && row.from < span.to && row.to > span.from);
  const noted = closed.filter((row) => !inGrid.includes(row));
  const shut = kind !== 'working' || (!wholeDepartment && noted.some(({ wholeDay }) => wholeDay));
  const isNow = date === today && span !== undefined && nowQuarter >= span.from && nowQuarter < span.to;
  return (
    <section
      class={['day', date === today ? 'day-now' : '', shut ? 'day-shut' : ''].filter(Boolean).join(' ')}
      aria-labelledby={`d-${date}`}
    >
      <h2 id={`d-${date}`}>
        <a id={`z-${date}`} href={calendarPath('day', date, staffId)}>
          {detailed ? longDate(date, locale) : dayAndMonth(date, locale)}
        </a>
        {date === today ? <span class="day-today"> {words.today}</span> : null}
      </h2>
      <div class="day-notes">
        <Notes {...parts} closed={noted} />
        {hours.length === 0 && noted.length === 0 && kind === 'working' ? <p class="day-none">{words.nothingToday}</p> : null}
      </div>
      {hours.length + inGrid.length === 0 ? null : (
        <ol>
          {inGrid.map((row) => (
            <li class={`closed ${span === undefined ? '' : rowsOf(clipped(row, span))}`}>
              {words.closed[row.cause]}, {hoursText(row, words.wholeDay)}
            </li>
          ))}
          {hours.map(({ quarter, meetings }) => (
            <li class={span === undefined ? undefined : rowOf(quarter)}>
              {meetings.map((meeting) => (
                <MeetingLink
                  meeting={meeting}
                  locale={locale}
                  detailed={detailed}
                  staffName={wholeDepartment ? colleagues.find((one) => one.staffId === meeting.staffId)?.name : undefined}
                />
              ))}
            </li>
          ))}
        </ol>
      )}
      {isNow ? <span class={`now ${rowOf(nowQuarter)}`} aria-hidden="true" /> : null}
    </section>
  );
};
