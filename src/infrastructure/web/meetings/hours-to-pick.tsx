import type { VNode } from 'preact';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate } from '../../../domain/kernel/fact';
import { addDays, civilDateOf } from '../../../domain/time/civil-time';
import type { Slot } from '../../../domain/time/slot';
import { dateAndHour, hour, longDate, shortDate, shortWeekday } from '../../phrasing/words/dates';
import { Pauses } from '../hours/hour-picker';
import { LeaveButton, useTyped } from '../forms/forms-view';
import { Fieldset } from '../parts/fields';
import { leadTimeInWords } from '../../phrasing/words/lead-time';
import { usePage, useWords } from '../page/page-context';
import { actPath } from './acts';
import { daysAtOnce, type HoursOffered, type Known } from './act-form';

/** Where the same form shows the hours of this person, from that day on. */
const hoursPath = ({ card }: Known, staffId: string, from?: CivilDate, day?: CivilDate): string => {
  const asked = defined({ cu: staffId === card.staffId ? undefined : staffId, de: from, zi: day });
  const query = new URLSearchParams(asked).toString();
  return `${actPath(card.ticketId, 'reschedule')}${query === '' ? '' : `?${query}`}`;
};

/** A3: a head gives the meeting to another official in the same step. */
export const PersonsToPick = ({ known, staffId }: { readonly known: Known; readonly staffId: string }): VNode | null => {
  const words = useWords().meetings.fields;
  if (known.colleagues.length < 2) return null;
  return (
    <nav class="pick-days" aria-label={words.persons}>
      <p class="hint">{words.persons}</p>
      <ul>
        {known.colleagues.map((colleague) => (
          <li>
            <LeaveButton to={hoursPath(known, colleague.staffId)} current={colleague.staffId === staffId}>
              <bdi>{colleague.name}</bdi>
            </LeaveButton>
          </li>
        ))}
      </ul>
    </nav>
  );
};

/** Days with how many times are free on each; those without any lead nowhere. */
export const DaysToPick = ({ hours: { slots, day, staffId }, known }: { readonly hours: HoursOffered; readonly known: Known }): VNode => {
  const { locale, at } = usePage();
  const { fields: words, freeHours } = useWords().meetings;
  const from = slots.days[0]?.date ?? day;
  return (
    <nav class="pick-days" aria-label={words.days}>
      <Pauses pauses={slots.pauses} />
      <ul>
        {slots.days
          .filter(({ free, closed }) => free > 0 || closed !== 'weekend')
          .map(({ date, free }) => {
            const text = (
              <>
                <b>
                  {shortWeekday(date, locale)} {shortDate(date, locale)}
                </b>
                <span>{free === 0 ? words.noHours : freeHours({ count: free })}</span>
              </>
            );
            return (
              <li>
                {free === 0 ? (
                  <span class="pick-none">{text}</span>
                ) : (
                  <LeaveButton to={hoursPath(known, staffId, from, date)} current={date === day}>
                    {text}
                  </LeaveButton>
                )}
              </li>
            );
          })}
      </ul>
      <p class="pick-more">
        {from > civilDateOf(at) ? (
          <LeaveButton to={hoursPath(known, staffId, addDays(from, -daysAtOnce))}>{words.earlierDays}</LeaveButton>
        ) : null}{' '}
        <LeaveButton to={hoursPath(known, staffId, addDays(from, daysAtOnce))}>{words.laterDays}</LeaveButton>
      </p>
    </nav>
  );
};

const Hours = ({ slots, first }: { readonly slots: readonly Slot[]; readonly first: boolean }): VNode => {
  const picked = useTyped('startsAt');
  return (
    <div class="hour-choices">
      {slots.map(({ startsAt }, index) => {
        const id = first && index === 0 ? 'startsAt' : `o-${startsAt}`;
        return (
          <div class="choice">
            <input type="radio" id={id} name="startsAt" value={startsAt} checked={startsAt === picked} />
            <label for={id}>{hour(startsAt)}</label>
          </div>
        );
      })}
    </div>
  );
};

export const HoursToPick = ({ slots, day, freelyFrom, now }: HoursOffered & { readonly now: Slot }): VNode => {
  const { locale, policies } = usePage();
  const picked = useTyped('startsAt');
  const leadTime = leadTimeInWords(policies['lead-time'].value);
  const words = useWords().meetings.fields;
  const ofDay = slots.slots.filter(({ startsAt }) => civilDateOf(startsAt) === day);
  const sooner = ofDay.filter(({ startsAt }) => startsAt < freelyFrom);
  const later = ofDay.filter(({ startsAt }) => startsAt >= freelyFrom);
  return (
    <Fieldset name="startsAt" label={`${words.hoursOn} ${longDate(day, locale)}`}>
      {ofDay.length === 0 ? (
        <p id="startsAt" tabIndex={-1}>
          {words.noHours}
        </p>
      ) : null}
      {sooner.length === 0 ? null : <p class="hint">{words.sooner(leadTime)}</p>}
      <Hours slots={sooner} first />
      {sooner.length === 0 || later.length === 0 ? null : <p class="hint">{words.later(leadTime)}</p>}
      <Hours slots={later} first={sooner.length === 0} />
      <div class="choice">
        <input type="radio" id="ora-de-acum" name="startsAt" value={now.startsAt} checked={now.startsAt === picked} />
        <label for="ora-de-acum">{words.sameHour({ when: dateAndHour(now.startsAt, locale) })}</label>
      </div>
    </Fieldset>
  );
};
