import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../kernel/fact';
import { type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import type { CalendarState, Pause, ServicePaused, ServiceResumed } from '../calendar/calendar';
import { isWorkingDay } from '../calendar/working-days';
import { addDays, civilDateOf, isCivilDate, plusMinutes, startOfNextDay } from '../time/civil-time';
import { earliestStart } from './lead-time';

export type PauseService = {
  readonly pauseId: string;
  /** the first day, whole */
  readonly from: CivilDate;
  /** the last day, whole */
  readonly to: CivilDate;
  /** left out: the whole service */
  readonly departmentCode?: string;
  /** what citizens read */
  readonly textRo: string;
  readonly textEn: string;
  readonly at: Instant;
};

type Bounds = Pick<Policies, 'booking-horizon' | 'lead-time'>;

/** Whether a citizen who asks that late on that day has a whole working day left that can be asked for, and on which meetings are held. */
const hasDayLeft = (askedOn: CivilDate, isPaused: (date: CivilDate) => boolean, policies: Bounds, calendar: CalendarState): boolean => {
  const earliest = earliestStart(startOfNextDay(askedOn), policies['lead-time'], calendar);
  const last = addDays(askedOn, policies['booking-horizon'].value.days);
  for (let date = addDays(civilDateOf(plusMinutes(earliest, -1)), 1); date <= last; date = addDays(date, 1)) {
    if (isWorkingDay(calendar, date) && !isPaused(date)) return true;
  }
  return false;
};

/**
 * Whether with this pause, those that stand and the free days, a citizen could at some time ask for no day at all: the 30 days of Art. 2 go
 * on. For a pause of the whole service it is checked for every department that has pauses of its own.
 */
const leavesNoDay = ({ from, to, departmentCode, at }: PauseService, policies: Bounds, calendar: CalendarState): boolean => {
  const standing = calendar.pauses ?? [];
  const concerned = departmentCode === undefined ? [undefined, ...standing.map((pause) => pause.departmentCode)] : [departmentCode];
  const today = civilDateOf(at);
  const firstConcerned = addDays(from, -policies['booking-horizon'].value.days);
  const first = firstConcerned < today ? today : firstConcerned;
  return [...new Set(concerned)].some((code) => {
    const pauses = [{ from, to }, ...standing.filter((pause) => pause.departmentCode === undefined || pause.departmentCode === code)];
    const isPaused = (date: CivilDate): boolean => pauses.some((pause) => pause.from <= date && date <= pause.to);
    for (let day = first; day <= to; day = addDays(day, 1)) if (!hasDayLeft(day, isPaused, policies, calendar)) return true;
    return false;
  });
};

const faultOf = (command: PauseService, policies: Bounds, calendar: CalendarState): Refusal | undefined => {
  const { from, to, textRo, textEn, at } = command;
  const invalid = (field: string, reason: string): Refusal => refuse('invalid', { field, reason });
  if (!isCivilDate(from)) return invalid('from', 'not-a-date');
  if (!isCivilDate(to)) return invalid('to', 'not-a-date');
  if (to < from) return invalid('to', 'before-from');
  if (from < civilDateOf(at)) return invalid('from', 'in-the-past');
  if (leavesNoDay(command, policies, calendar)) return invalid('to', 'pause-too-long');
  if (isBlank(textRo)) return invalid('textRo', 'empty');
  return isBlank(textEn) ? invalid('textEn', 'empty') : undefined;
};

/**
 * A16. On these days no meeting is taken, of the department or of any department. Refuses `invalid` naming the field: for days that end
 * before they begin, or that have begun already; where, with the other pauses and the free days, a citizen could ask for no day between
 * `lead-time` and `booking-horizon`; and for a text left empty.
 */
export const pauseService = (command: PauseService, policies: Bounds, state: CalendarState): Decision<ServicePaused> => {
  const { pauseId, from, to, departmentCode, textRo, textEn, at } = command;
  if (state.pauses?.some((pause) => pause.pauseId === pauseId) === true) return noChange();
  const fault = faultOf(command, policies, state);
  if (fault !== undefined) return fault;
  return accept({ type: 'ServicePaused', data: { pauseId, from, to, ...defined({ departmentCode }), textRo, textEn, pausedAt: at } });
};

/** The hours of the pause that are still ahead can be had again. Refuses `not-found` for one that never was or is taken back already. */
export const resumeService = (
  { pauseId, at }: { readonly pauseId: string; readonly at: Instant },
  state: CalendarState,
): Decision<ServiceResumed> => {
  const pause = state.pauses?.find((one) => one.pauseId === pauseId);
  if (pause === undefined) return refuse('not-found');
  const { from, to, departmentCode } = pause;
  return accept({ type: 'ServiceResumed', data: { pauseId, from, to, ...defined({ departmentCode }), resumedAt: at } });
};

/** What citizens read of a pause, in each language. */
export const textsOf = ({ textRo, textEn }: Pick<Pause, 'textRo' | 'textEn'>): { readonly ro: string; readonly en: string } => ({
  ro: textRo,
  en: textEn,
});

/** The pause in force on that day for the people of a department. */
export const pauseOn = ({ pauses }: CalendarState, date: CivilDate, departmentCode: string): Pause | undefined =>
  pauses?.find(
    (pause) => pause.from <= date && date <= pause.to && (pause.departmentCode === undefined || pause.departmentCode === departmentCode),
  );
