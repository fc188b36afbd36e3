import type { VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { longDate } from '../../phrasing/words/dates';
import { type CalendarAskedFor, calendarPath, neighbours, type View } from './calendar-asked';
import { quarterOf, spanOf, worthShowing } from './calendar-days';
import type { CalendarFound } from './calendar-desk';
import { DaySection } from './day-section';
import { Icon, IconSheet } from './icons';
import { LiveFoot, livePath } from './live-foot';
import { meetingStates } from './state-shown';
import { sentences } from '../../phrasing/sentences';
import type { CivilDate } from '../../../domain/kernel/fact';
import type { Locale } from '../../../domain/ticket/facts';

const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' };
const formatters: Readonly<Record<Locale, Intl.DateTimeFormat>> = {
  ro: new Intl.DateTimeFormat('ro-RO', options),
  en: new Intl.DateTimeFormat('en-GB', options),
};
const noon = (date: CivilDate): Date => new Date(`${date}T12:00:00Z`);

/** `8–14 martie 2027` */
const periodShown = (from: CivilDate, to: CivilDate, locale: Locale): string => formatters[locale].formatRange(noon(from), noon(to));

type Parts = { readonly context: PageContext; readonly asked: CalendarAskedFor; readonly found: CalendarFound };

const Switches = ({ context: { locale }, asked }: Parts): VNode => {
  const words = sentences[locale].meetings.list;
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

/** For whoever heads a department: everybody's meetings, or one person's. */
const Filter = ({ context: { locale }, asked, found }: Parts): VNode | null => {
  const words = sentences[locale].meetings.list;
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

const Days = ({ context: { locale, at }, asked, found }: Parts): VNode => {
  const words = sentences[locale].meetings.list;
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
          locale={locale}
          today={asked.today}
          nowQuarter={quarterOf(at)}
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
export const CalendarPage = ({ context, asked, found }: Parts): VNode => {
  const { locale } = context;
  const words = sentences[locale].meetings.list;
  const period = asked.view === 'day' ? longDate(asked.from, locale) : periodShown(asked.from, asked.to, locale);
  return (
    <Document context={context} title={`${words.title}, ${words.views[asked.view].toLowerCase()}, ${period}`} side="office">
      <IconSheet />
      <div class="calendar-head">
        <div>
          <h1>{words.title}</h1>
          <p class="lead">
            {period} · <span data-live-part="count">{words.meetings({ count: found.meetings })}</span>
          </p>
        </div>
        <Switches context={context} asked={asked} found={found} />
      </div>
      <Filter context={context} asked={asked} found={found} />
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
        <Days context={context} asked={asked} found={found} />
      </div>
      <LiveFoot context={context} here={context.url} />
    </Document>
  );
};
