import { usePage, useWords } from '../page/page-context';
import type { VNode } from 'preact';
import type { Instant } from '../../../domain/kernel/fact';
import { dayAndMonth, hour, longDate, shortWeekday } from '../../phrasing/words/dates';
import { filled } from '../../phrasing/locales/catalogue.codec';
import { leadTimeInWords } from '../../phrasing/words/lead-time';
import { sentences } from '../../phrasing/sentences';
import type { HoursView } from './hour-service';
import { PlainForm } from '../forms/forms-view';
import { useFault } from '../parts/fields';
import { textsOf } from '../../../domain/agenda/pauses';
import type { PausedDays } from '../../../application/booking/slots';
import type { DayAvailability } from '../../../domain/agenda/day-plan';

/** A Romanian weekday is written small, but not at the beginning. */
const withCapital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What was chosen on the page before an hour: it stays in its addresses, and goes with its forms. */
type Carried = Readonly<Record<string, string>>;

type StripParts = { readonly hours: HoursView; readonly path: string; readonly carried?: Carried | undefined };

const addressWith = (path: string, carried: Carried = {}, asked: Carried = {}): string => {
  const query = new URLSearchParams({ ...carried, ...asked }).toString();
  return query === '' ? path : `${path}?${query}`;
};

/** The same as hidden fields. */
export const CarriedFields = ({ carried = {} }: { readonly carried?: Carried | undefined }): VNode => (
  <>
    {Object.entries(carried).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
);

const Day = ({ hours, path, carried, day }: StripParts & { readonly day: DayAvailability }): VNode => {
  const { locale, policies } = usePage();
  const words = useWords().hours;
  const { date, free, closed } = day;
  const about =
    free > 0
      ? words.free({ count: free })
      : date < hours.today
        ? words.past
        : closed === undefined
          ? ''
          : filled(words.closed, leadTimeInWords(policies['lead-time'].value))[closed];
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
        <a href={`${addressWith(path, carried, { zi: date })}#ore`} aria-current={date === hours.day?.date ? 'date' : undefined}>
          {parts}
        </a>
      ) : (
        <span class="day-closed">{parts}</span>
      )}
    </li>
  );
};

/** The days of one week, each with its free hours or why there are none; and the ways to the weeks beside it. */
const WeekStrip = ({ hours, path, carried }: StripParts): VNode => {
  const words = useWords().hours;
  const { days, previous, next } = hours;
  return (
    <nav aria-label={words.days}>
      <ol class="day-choice">
        {days.map((day) => (
          <Day hours={hours} path={path} carried={carried} day={day} />
        ))}
      </ol>
      <p class="hint">{words.leadTime(leadTimeInWords(usePage().policies['lead-time'].value))}</p>
      {previous === undefined && next === undefined ? null : (
        <p class="week-ways">
          {previous === undefined ? null : <a href={addressWith(path, carried, { sapt: previous })}>{words.previous}</a>}
          {next === undefined ? null : <a href={addressWith(path, carried, { sapt: next })}>{words.next}</a>}
        </p>
      )}
    </nav>
  );
};

type PickerParts = {
  readonly hours: HoursView;
  /** of the page, and where its forms go */
  readonly path: string;
  readonly submit: string;
  readonly carried?: Carried | undefined;
  readonly chosen?: Instant | undefined;
};

/** One hour with a button of its own. */
const OneHour = ({
  path,
  carried,
  start,
  text,
}: Pick<PickerParts, 'path' | 'carried'> & { readonly start: Instant; readonly text: string }): VNode => (
  <PlainForm action={path}>
    <CarriedFields carried={carried} />
    <input type="hidden" name="startsAt" value={start} />
    <button class="second">{text}</button>
  </PlainForm>
);

/** The first hour of all. */
const FirstHour = ({ hours: { first }, path, carried }: PickerParts): VNode | null => {
  const { locale } = usePage();
  const words = useWords().hours;
  if (first === undefined) return <p class="notice notice-warn">{words.noneAtAll(usePage().policies['booking-horizon'].value)}</p>;
  return (
    <div class="first-hour">
      <p>
        <b>{words.first}</b>
        <br />
        {`${withCapital(dayAndMonth(first, locale))}, ${words.hour} ${hour(first)}`}
      </p>
      <OneHour path={path} carried={carried} start={first} text={words.takeFirst} />
    </div>
  );
};

/** Near the hour that is gone: each with one press. */
const Nearest = ({ hours: { nearest }, path, carried }: PickerParts): VNode | null => {
  const { locale } = usePage();
  return nearest.length === 0 ? null : (
    <div class="first-hour">
      <p>
        <b>{sentences[locale].hours.nearest}</b>
      </p>
      <div class="near">
        {nearest.map((start) => (
          <OneHour path={path} carried={carried} start={start} text={`${withCapital(dayAndMonth(start, locale))}, ${hour(start)}`} />
        ))}
      </div>
    </div>
  );
};

const noon = '12:00';

const Times = ({ legend, starts, chosen, firstId }: TimesParts): VNode | null => {
  const { locale } = usePage();
  return starts.length === 0 ? null : (
    <fieldset class="part-of-day">
      <legend>{legend}</legend>
      <div class="times">
        {starts.map((start, index) => {
          const id = firstId && index === 0 ? 'startsAt' : `ora-${hour(start)}`;
          return (
            <div class="time">
              <input
                type="radio"
                id={id}
                name="startsAt"
                value={start}
                checked={start === chosen}
                data-shows={`${dayAndMonth(start, locale)}, ${hour(start)}`}
              />
              <label for={id}>{hour(start)}</label>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
};
type TimesParts = {
  readonly legend: string;
  readonly starts: readonly Instant[];
  readonly chosen: Instant | undefined;
  readonly firstId: boolean;
};

const HoursOfDay = ({ hours, path, submit, carried, chosen }: PickerParts): VNode => {
  const { locale, policies } = usePage();
  const fault = useFault('startsAt');
  const words = useWords().hours;
  const { day, starts, first } = hours;
  if (day === undefined || starts.length === 0) {
    const why = day?.closed === undefined ? undefined : filled(words.why, leadTimeInWords(policies['lead-time'].value))[day.closed];
    return (
      <div id="ore">
        {day === undefined ? null : <h2>{withCapital(dayAndMonth(day.date, locale))}</h2>}
        <p id="startsAt" tabIndex={-1}>
          {day === undefined ? words.noneThatWeek : `${words.noneThatDay} ${why ?? ''}`}
        </p>
        {first === undefined ? null : (
          <p>
            <a href={addressWith(path, carried)}>{words.toFirst}</a>
          </p>
        )}
      </div>
    );
  }
  const morning = starts.filter((start) => hour(start) < noon);
  const afternoon = starts.filter((start) => hour(start) >= noon);
  return (
    <PlainForm action={path} id="ore">
      <CarriedFields carried={carried} />
      <input type="hidden" name="zi" value={day.date} />
      <fieldset
        class={fault === undefined ? 'field hour-choice' : 'field field-faulty hour-choice'}
        aria-describedby={fault === undefined ? 'ore-hint' : 'ore-hint ore-fault'}
      >
        <legend>
          <h2>{withCapital(dayAndMonth(day.date, locale))}</h2>
        </legend>
        <p class="hint" id="ore-hint">
          {words.freeOfDay({ count: starts.length })} {words.zone}
        </p>
        {fault === undefined ? null : (
          <p class="fault" id="ore-fault">
            {fault}
          </p>
        )}
        <Times legend={words.morning} starts={morning} chosen={chosen} firstId />
        <Times legend={words.afternoon} starts={afternoon} chosen={chosen} firstId={morning.length === 0} />
      </fieldset>
      <p class="actions">
        <button>{submit}</button>
      </p>
    </PlainForm>
  );
};

/** A16: when no meetings are held, and why. */
export const Pauses = ({ pauses = [] }: { readonly pauses: readonly PausedDays[] | undefined }): VNode => {
  const { locale } = usePage();
  return (
    <>
      {pauses.map(({ from, to, ...texts }) => (
        <p class="notice notice-warn">
          <b>{sentences[locale].hours.paused({ from: longDate(from, locale), to: longDate(to, locale) })}</b> {textsOf(texts)[locale]}
        </p>
      ))}
    </>
  );
};

/** Art. 3 c: the first free hour, the week, and the hours of one day as native radios. */
export const HourPicker = (parts: PickerParts): VNode => (
  <>
    <Pauses pauses={parts.hours.pauses} />
    {parts.hours.nearest.length > 0 ? <Nearest {...parts} /> : <FirstHour {...parts} />}
    {parts.hours.first === undefined ? null : (
      <>
        <WeekStrip {...parts} />
        <HoursOfDay {...parts} />
      </>
    )}
  </>
);
