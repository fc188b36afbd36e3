import type { VNode } from 'preact';
import { Document } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { longDate, dayAndMonth, hour } from '../../phrasing/words/dates';
import {
  type CalendarAddressQuery,
  calendarPath,
  quarterOf,
  spanOf,
  worthShowing,
  type ClosedView,
  type DayView,
  neighbours,
  type Quarters,
  type View,
} from './calendar-days';
import type { Colleague } from '../registry/request-parts';
import type { CalendarFound } from './calendar-service';
import { Icon, IconSheet, LiveFoot, livePath } from './icons';
import { meetingStates, lacksLink, iconOf, stateView, toneOf } from './state-view';
import { inEveryLanguage, sentences } from '../../phrasing/sentences';
import type { CivilDate } from '../../../domain/kernel/fact';
import type { Locale } from '../../../domain/ticket/facts';
import { closedRecords, type MeetingView } from '../../../application/staff/staff-calendar';

/** One meeting in the calendar: when, how, with whom, and what it has come to, in words and with an icon. */
const MeetingLink = ({
  meeting,
  staffName,
  detailed,
}: {
  readonly meeting: MeetingView;
  /** where several people's meetings stand together */
  readonly staffName?: string | undefined;
  readonly detailed: boolean;
}): VNode => {
  const {
    meetings: { list: words },
    modes,
  } = useWords();
  const { ticketId, mode, startsAt, applicant, requestNumber } = meeting;
  const state = stateView(meeting);
  const unlinked = lacksLink(meeting);
  return (
    <a id={`m-${ticketId}`} class={`meeting tone-${toneOf[state]}`} href={`/programari/${ticketId}`}>
      <span class="meeting-who">
        <Icon name={iconOf(mode)} />
        <b>{hour(startsAt)}</b> <span class="meeting-name">{applicant.name}</span>
        <span class="unseen">, {modes.list[mode]}</span>
      </span>
      {detailed ? (
        <span class="meeting-more">
          {modes.list[mode]} · {words.request} {requestNumber}
        </span>
      ) : null}
      {staffName === undefined ? null : <span class="meeting-more">{staffName}</span>}
      {meeting.closed === undefined || !detailed ? null : <span class="meeting-more">{words.closedRecord[meeting.closed]}</span>}
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

type DayParts = {
  readonly day: DayView;
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

const hoursText = ({ wholeDay, startsAt, endsAt }: ClosedView, wholeDayText: string): string =>
  wholeDay ? wholeDayText : `${hour(startsAt)}–${hour(endsAt)}`;

/** What is said of a day under its name: a holiday, and whose time is closed. */
const Notes = ({ day, colleagues, wholeDepartment, closed }: DayParts & { readonly closed: readonly ClosedView[] }): VNode => {
  const words = useWords().meetings.list;
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
const DaySection = (parts: DayParts): VNode => {
  const { locale } = usePage();
  const { day, today, nowQuarter, staffId, colleagues, wholeDepartment, span, detailed } = parts;
  const words = useWords().meetings.list;
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

const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' };
const formatters = inEveryLanguage((locale) => new Intl.DateTimeFormat(sentences[locale].frame.languageTag, options));
const noon = (date: CivilDate): Date => new Date(`${date}T12:00:00Z`);

/** `8–14 martie 2027` */
const periodView = (from: CivilDate, to: CivilDate, locale: Locale): string => formatters[locale].formatRange(noon(from), noon(to));

type Parts = { readonly asked: CalendarAddressQuery; readonly found: CalendarFound };

/** What is to be done about meetings that cannot be relied upon. */
const Closed = ({ found }: Pick<Parts, 'found'>): VNode => {
  const words = useWords().meetings.list.closedRecord;
  const closed = new Set(found.days.flatMap(({ hours }) => hours.flatMap(({ meetings }) => meetings.map((meeting) => meeting.closed))));
  return <>{closedRecords.map((record) => (closed.has(record) ? <p class="notice notice-bad">{words[record]}</p> : null))}</>;
};

const Switches = ({ asked }: Parts): VNode => {
  const words = useWords().meetings.list;
  const { view, from, to, staffId, today } = asked;
  const { before, after } = neighbours(asked);
  const current = from <= today && today <= to;
  return (
    <div class="switches">
      <nav class="switch" aria-label={words.period}>
        <a href={calendarPath(view, before, staffId)} rel="prev">
          <span aria-hidden="true">‹</span>
          <span class="unseen">{words.earlier[view]}</span>
        </a>
        <a href={calendarPath(view, undefined, staffId)} aria-current={current ? 'date' : undefined}>
          {words.now[view]}
        </a>
        <a href={calendarPath(view, after, staffId)} rel="next">
          <span aria-hidden="true">›</span>
          <span class="unseen">{words.later[view]}</span>
        </a>
      </nav>
      <nav class="switch" aria-label={words.viewsLabel}>
        {(['week', 'day', 'list'] as const).map((other: View) => (
          <a href={calendarPath(other, current ? undefined : from, staffId)} aria-current={other === view ? 'page' : undefined}>
            {words.views[other]}
          </a>
        ))}
      </nav>
    </div>
  );
};

/** For the head of a department: the meetings of all its people, or of one person. */
const Filter = ({ asked, found }: Parts): VNode | null => {
  const words = useWords().meetings.list;
  if (found.colleagues.length === 0) return null;
  return (
    <form method="get" action={calendarPath(asked.view, undefined, undefined)} class="calendar-filter">
      <input type="hidden" name="data" value={asked.from} />
      <label for="staffId">{words.who}</label>
      <select id="staffId" name="staffId">
        <option value="">{words.everybody}</option>
        {found.colleagues.map(({ staffId, name }) => (
          <option value={staffId} selected={staffId === asked.staffId}>
            {name}
          </option>
        ))}
      </select>
      <button class="second">{words.show}</button>
    </form>
  );
};

const Days = ({ asked, found }: Parts): VNode => {
  const words = useWords().meetings.list;
  const days = asked.view === 'list' ? found.days.filter(({ hours }) => hours.length > 0) : found.days.filter(worthShowing);
  const shown = asked.view === 'day' ? found.days : days;
  const span = asked.view === 'week' ? spanOf(shown) : undefined;
  const hours = span === undefined ? [] : Array.from({ length: (span.to - span.from) / 4 }, (_, index) => span.from / 4 + index);
  if (shown.length === 0) return <p class="notice">{words.nothing}</p>;
  return (
    <div class={span === undefined ? 'agenda' : `week week-${shown.length} f${span.from / 4} n${(span.to - span.from) / 4}`}>
      {hours.length === 0 ? null : (
        <div class="hours" aria-hidden="true">
          {hours.map((one) => (
            <span class={`h${one} m0`}>{`${String(one).padStart(2, '0')}:00`}</span>
          ))}
        </div>
      )}
      {shown.map((day) => (
        <DaySection
          day={day}
          today={asked.today}
          nowQuarter={quarterOf(usePage().at)}
          staffId={asked.staffId}
          colleagues={found.colleagues}
          wholeDepartment={found.wholeDepartment}
          span={span}
          detailed={asked.view !== 'week'}
        />
      ))}
    </div>
  );
};

/** Art. 4, VEZI PROGRAMĂRI WEBEX: week, day or list. On a phone the week is an agenda, from the same markup. */
export const CalendarPage = ({ asked, found }: Parts): VNode => {
  const { locale, url } = usePage();
  const words = useWords().meetings.list;
  const period = asked.view === 'day' ? longDate(asked.from, locale) : periodView(asked.from, asked.to, locale);
  return (
    <Document title={`${words.title}, ${words.views[asked.view].toLowerCase()}, ${period}`} side="office">
      <IconSheet />
      <div class="calendar-head">
        <div>
          <h1>{words.title}</h1>
          <p class="lead">
            {period} · <span data-live-part="count">{words.meetings({ count: found.meetings })}</span>
          </p>
        </div>
        <Switches asked={asked} found={found} />
      </div>
      <Filter asked={asked} found={found} />
      <ul class="state-legend" aria-label={words.legend}>
        {meetingStates.map((state) => (
          <li>
            <Icon name={state} /> {words.states[state]}
          </li>
        ))}
        <li>
          <Icon name="unlinked" /> {words.withoutLink}
        </li>
      </ul>
      {found.parked === 0 ? null : <p class="notice notice-warn">{words.parked}</p>}
      <div data-live={livePath(found.since)} data-live-part="calendar">
        <Closed found={found} />
        <Days asked={asked} found={found} />
      </div>
      <LiveFoot here={url} />
    </Document>
  );
};
