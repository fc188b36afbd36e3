import type { VNode } from 'preact';
import type { Instant } from '../../../domain/kernel/fact';
import type { PageContext } from '../page/page-context';
import { dayAndMonth, hour } from '../../phrasing/words/dates';
import { FirstHour, Nearest, type PickerParts } from './quick-hours';
import { WeekStrip, withCapital } from './week-strip';
import { sentences } from '../../phrasing/sentences';
import { OnceField } from '../forms/forms-shown';

const noon = '12:00';

const Times = ({ legend, starts, chosen, firstId, locale }: TimesParts): VNode | null =>
  starts.length === 0 ? null : (
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
type TimesParts = {
  readonly legend: string;
  readonly starts: readonly Instant[];
  readonly chosen: Instant | undefined;
  readonly firstId: boolean;
  readonly locale: PageContext['locale'];
};

const HoursOfDay = ({ context: { locale }, hours, path, submit, chosen, fault }: PickerParts): VNode => {
  const words = sentences[locale].hours;
  const { day, starts, first } = hours;
  if (day === undefined || starts.length === 0) {
    const why = day?.closed === undefined ? undefined : words.why[day.closed];
    return (
      <div id="ore">
        {day === undefined ? null : <h2>{withCapital(dayAndMonth(day.date, locale))}</h2>}
        <p id="startsAt" tabIndex={-1}>
          {day === undefined ? words.noneThatWeek : `${words.noneThatDay} ${why ?? ''}`}
        </p>
        {first === undefined ? null : (
          <p>
            <a href={path}>{words.toFirst}</a>
          </p>
        )}
      </div>
    );
  }
  const morning = starts.filter((start) => hour(start) < noon);
  const afternoon = starts.filter((start) => hour(start) >= noon);
  return (
    <form method="post" action={path} id="ore">
      <OnceField />
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
        <Times legend={words.morning} starts={morning} chosen={chosen} firstId locale={locale} />
        <Times legend={words.afternoon} starts={afternoon} chosen={chosen} firstId={morning.length === 0} locale={locale} />
      </fieldset>
      <p class="actions">
        <button>{submit}</button>
      </p>
    </form>
  );
};

/** Art. 3 c: the first free hour, the week, and the hours of one day as native radios. */
export const HourPicker = (parts: PickerParts): VNode => (
  <>
    {parts.hours.nearest.length > 0 ? <Nearest {...parts} /> : <FirstHour {...parts} />}
    {parts.hours.first === undefined ? null : (
      <>
        <WeekStrip {...parts} />
        <HoursOfDay {...parts} />
      </>
    )}
  </>
);
