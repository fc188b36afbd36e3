import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '../kernel/defined';
import type { CivilDate, Instant } from '../kernel/fact';
import { type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import { civilDateOf, daysBetween, isCivilDate } from '../time/civil-time';
import type { CalendarState, Pause, ServicePaused, ServiceResumed } from './calendar';

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

const faultOf = ({ from, to, textRo, textEn, at }: PauseService, horizon: Policies['booking-horizon']): Refusal | undefined => {
  const invalid = (field: string, reason: string): Refusal => refuse('invalid', { field, reason });
  if (!isCivilDate(from)) return invalid('from', 'not-a-date');
  if (!isCivilDate(to)) return invalid('to', 'not-a-date');
  if (to < from) return invalid('to', 'before-from');
  if (from < civilDateOf(at)) return invalid('from', 'in-the-past');
  // there must always be an hour behind it that can be asked for: the 30 days of Art. 2 go on
  const { days } = horizon.value;
  if (daysBetween(from, to) + 1 >= days) return refuse('invalid', { field: 'to', reason: 'pause-too-long', maximum: days - 1 });
  if (isBlank(textRo)) return invalid('textRo', 'empty');
  return isBlank(textEn) ? invalid('textEn', 'empty') : undefined;
};

/**
 * A16. On these days no meeting is taken, of the department or of anybody. Refuses `invalid` naming the field: for days that end before they
 * begin, that have begun already, or that reach from end to end of the horizon (with the `maximum` of days), and for a text left empty.
 */
export const pauseService = (
  command: PauseService,
  horizon: Policies['booking-horizon'],
  state: CalendarState,
): Decision<ServicePaused> => {
  const { pauseId, from, to, departmentCode, textRo, textEn, at } = command;
  if (state.pauses?.some((pause) => pause.pauseId === pauseId) === true) return noChange();
  const fault = faultOf(command, horizon);
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
