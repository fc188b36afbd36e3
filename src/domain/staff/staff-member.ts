import { isEmailAddress } from '../kernel/email-address';
import { isBlank } from '../kernel/blank';
import { defined } from '@tichet-albastru/kernel/defined';
import { accept, type Aggregate, type Decision, noChange, unreachable } from '../kernel/decider';
import type { CivilDate, Instant } from '../kernel/fact';
import type { ClearText, PersonalText } from '../kernel/personal-text';
import { type Refusal, refuse } from '../kernel/refusal';
import { atLocal, civilDateOf, isCivilDate, isInstant, weekdayNumber } from '../time/civil-time';
import type {
  AbsenceRecorded,
  AbsenceWithdrawn,
  LettersChosen,
  StaffFact,
  StaffLeft,
  StaffRegistered,
  StaffRole,
  Weekday,
  WeeklyHours,
  WorkingHoursSet,
} from './facts';

export type Absence = { readonly absenceId: string; readonly from: Instant; readonly to: Instant; readonly reason: PersonalText };
/** From when to when, both days whole. */
export type Days = { readonly from: CivilDate; readonly to: CivilDate };
/** Who stands in for a staff member. */
export type Deputyship = Days & { readonly deputyshipId: string; readonly deputy: string };
/** For a department: by the person who is its deputy. */
export type DepartmentDeputyship = Days & { readonly deputyshipId: string; readonly departmentCode: string };
/** A week and the day from which it holds. */
export type HoursFrom = { readonly from: CivilDate; readonly week: WeeklyHours };

export type KnownStaff = {
  readonly status: 'known';
  readonly staffId: string;
  readonly name: PersonalText;
  readonly email: PersonalText;
  readonly role: StaffRole;
  readonly department: string;
  readonly departmentCode: string;
  /** in the order in which they were set */
  readonly hours: readonly HoursFrom[];
  /** those not withdrawn */
  readonly absences: readonly Absence[];
  readonly withdrawnAbsences: readonly string[];
  /** the first day on which the person is no longer there */
  readonly leftOn?: CivilDate;
  /** who stands in for the person, those not withdrawn */
  readonly deputies?: readonly Deputyship[];
  /** when the person stands in for a department, those not withdrawn */
  readonly standsInFor?: readonly DepartmentDeputyship[];
  /** of both */
  readonly withdrawnDeputies?: readonly string[];
  /** nothing until the person has chosen: then the installation's way holds */
  readonly letters?: ChosenLetters;
};
export type ChosenLetters = Pick<LettersChosen['data'], 'choice' | 'locale'>;
export type StaffState = { readonly status: 'unknown' } | KnownStaff;

/** A16, where no other hours are set. */
export const defaultWeek: WeeklyHours = {
  mon: [['08:00', '16:00']],
  tue: [['08:00', '16:00']],
  wed: [['08:00', '16:00']],
  thu: [['08:00', '17:30']],
  fri: [['08:00', '14:30']],
};

const registered = (state: StaffState, data: Extract<StaffFact, { type: 'StaffRegistered' }>['data']): KnownStaff => {
  const { staffId, name, email, role, department, departmentCode, registeredAt } = data;
  const person = { status: 'known', staffId, name, email, role, department, departmentCode } as const;
  if (state.status === 'unknown') return { ...person, hours: [], absences: [], withdrawnAbsences: [] };
  const { hours, absences, withdrawnAbsences, leftOn, letters, deputies, standsInFor, withdrawnDeputies } = state;
  const chosen = defined({ letters, deputies, standsInFor, withdrawnDeputies });
  const kept = { ...person, hours, absences, withdrawnAbsences, ...chosen };
  // Registered anew after leaving means being back; a leaving that is only announced stays announced.
  return leftOn === undefined || leftOn <= civilDateOf(registeredAt) ? kept : { ...kept, leftOn };
};

const withoutDeputyship = (state: KnownStaff, withdrawn: string): KnownStaff => ({
  ...state,
  ...defined({
    deputies: state.deputies?.filter(({ deputyshipId }) => deputyshipId !== withdrawn),
    standsInFor: state.standsInFor?.filter(({ deputyshipId }) => deputyshipId !== withdrawn),
  }),
  withdrawnDeputies: [...(state.withdrawnDeputies ?? []), withdrawn],
});

/** One civil servant: who and where, weekly hours, absences, leaving. */
export const staffMember: Aggregate<StaffState, StaffFact> & { readonly category: 'staff' } = {
  category: 'staff',
  initial: { status: 'unknown' },
  evolve: (state, fact) => {
    if (fact.type === 'StaffRegistered') return registered(state, fact.data);
    if (state.status === 'unknown') return state;
    switch (fact.type) {
      case 'WorkingHoursSet':
        return { ...state, hours: [...state.hours, { from: fact.data.from, week: fact.data.week }] };
      case 'AbsenceRecorded': {
        const { absenceId, from, to, reason } = fact.data;
        return { ...state, absences: [...state.absences, { absenceId, from, to, reason }] };
      }
      case 'AbsenceWithdrawn':
        return {
          ...state,
          absences: state.absences.filter(({ absenceId }) => absenceId !== fact.data.absenceId),
          withdrawnAbsences: [...state.withdrawnAbsences, fact.data.absenceId],
        };
      case 'DeputyNamed': {
        const { deputyshipId, deputy, from, to } = fact.data;
        return { ...state, deputies: [...(state.deputies ?? []), { deputyshipId, deputy, from, to }] };
      }
      case 'DepartmentDeputyNamed': {
        const { deputyshipId, departmentCode, from, to } = fact.data;
        return { ...state, standsInFor: [...(state.standsInFor ?? []), { deputyshipId, departmentCode, from, to }] };
      }
      case 'DeputyWithdrawn':
      case 'DepartmentDeputyWithdrawn':
        return withoutDeputyship(state, fact.data.deputyshipId);
      case 'LettersChosen':
        return { ...state, letters: { choice: fact.data.choice, locale: fact.data.locale } };
      case 'StaffLeft':
        return { ...state, leftOn: fact.data.on };
      default:
        return unreachable(state, fact);
    }
  },
};

/** In the order of the ISO week. */
export const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The week in force on a date: the one with the latest first day, of two with the same the one set last (A16). */
export const weekOn = (state: StaffState, date: CivilDate): WeeklyHours => {
  if (state.status === 'unknown') return {};
  let inForce: { readonly from: CivilDate; readonly week: WeeklyHours } | undefined;
  for (const hours of state.hours) {
    if (hours.from <= date && (inForce === undefined || hours.from >= inForce.from)) inForce = hours;
  }
  return inForce?.week ?? defaultWeek;
};

/** The weekly hours of a date as instants, in order; absences, holidays and leaving are not looked at. */
export const hoursOn = (state: StaffState, date: CivilDate): readonly (readonly [Instant, Instant])[] => {
  return hoursOfWeekOn(weekOn(state, date), date);
};

/** The hours that a week has on a date, as instants, in order. */
export const hoursOfWeekOn = (week: WeeklyHours, date: CivilDate): readonly (readonly [Instant, Instant])[] => {
  const weekday = weekdays[weekdayNumber(date) - 1];
  if (weekday === undefined) return [];
  return (week[weekday] ?? [])
    .map(([from, to]) => [atLocal(date, from), atLocal(date, to)] as const)
    .filter(([from, to]) => from < to)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
};

/** Whether the person no longer works here on this date. */
export const hasLeft = (state: StaffState, date: CivilDate): boolean =>
  state.status === 'known' && state.leftOn !== undefined && state.leftOn <= date;

/** Whether the person is away at this instant: a recorded absence, or gone for good. */
export const isAbsent = (state: StaffState, at: Instant): boolean =>
  state.status === 'known' && (hasLeft(state, civilDateOf(at)) || state.absences.some(({ from, to }) => from <= at && at < to));

export type RegisterStaff = {
  readonly staffId: string;
  readonly name: ClearText;
  readonly email: ClearText;
  readonly role: StaffRole;
  readonly department: string;
  readonly departmentCode: string;
  /** whether the name is the one on record: the state holds it sealed, so the use case compares */
  readonly sameName: boolean;
  readonly sameEmail: boolean;
  /** whether it brings back a person who has left: a list of all staff that is sent again does not mean that */
  readonly bringsBack: boolean;
  readonly at: Instant;
};

// An id stands in stream names such as `agenda-<staffId>_<date>`, so it has no underscore and no blank.
const staffIdForm = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;
/** Whether this could stand for a person in facts and stream names: those are for ever, and an address or a name has no place there. */
export const isStaffId = (text: string): boolean => staffIdForm.test(text);
const departmentCodeForm = /^[A-Za-z0-9]{1,16}$/;

const fault = (command: RegisterStaff): Refusal | undefined => {
  const invalid = (field: string, reason: string): Refusal => refuse('invalid', { field, reason });
  if (!isStaffId(command.staffId)) return invalid('staffId', 'malformed');
  if (isBlank(command.name)) return invalid('name', 'empty');
  if (!isEmailAddress(command.email.clear)) return invalid('email', 'malformed');
  if (isBlank(command.department)) return invalid('department', 'empty');
  if (!departmentCodeForm.test(command.departmentCode)) return invalid('departmentCode', 'malformed');
  return undefined;
};

const isUnchanged = (command: RegisterStaff, state: StaffState): boolean =>
  state.status === 'known' &&
  command.sameName &&
  command.sameEmail &&
  command.role === state.role &&
  command.department === state.department &&
  command.departmentCode === state.departmentCode &&
  !hasLeft(state, civilDateOf(command.at));

/** Registers a person, or anew when something changed or the person is back. Refuses `invalid` naming the field, and `has-left`. */
export const registerStaff = (command: RegisterStaff, state: StaffState): Decision<StaffRegistered> => {
  const refusal = fault(command);
  if (refusal !== undefined) return refusal;
  if (!command.bringsBack && hasLeft(state, civilDateOf(command.at))) return refuse('invalid', { field: 'staffId', reason: 'has-left' });
  if (isUnchanged(command, state)) return noChange();
  const { staffId, name, email, role, department, departmentCode, at } = command;
  return accept({ type: 'StaffRegistered', data: { staffId, name, email, role, department, departmentCode, registeredAt: at } });
};

/** The person is no longer there from `on`. Refuses `not-found` for a stranger; another date replaces the one announced. */
export const leave = (command: { readonly on: CivilDate; readonly at: Instant }, state: StaffState): Decision<StaffLeft> => {
  if (state.status === 'unknown') return refuse('not-found');
  if (!isCivilDate(command.on)) return refuse('invalid', { field: 'on', reason: 'not-a-date' });
  if (state.leftOn === command.on) return noChange();
  return accept({ type: 'StaffLeft', data: { on: command.on, recordedAt: command.at } });
};

/** How the person is told from now on. Refuses `not-found` for a stranger. */
export const chooseLetters = (
  { choice, locale, at }: ChosenLetters & { readonly at: Instant },
  state: StaffState,
): Decision<LettersChosen> => {
  if (state.status === 'unknown') return refuse('not-found');
  if (state.letters?.choice === choice && state.letters.locale === locale) return noChange();
  return accept({ type: 'LettersChosen', data: { choice, locale, chosenAt: at } });
};

export type SetWorkingHours = { readonly from: CivilDate; readonly week: WeeklyHours; readonly at: Instant };

export type HoursFault = 'not-on-grid' | 'empty-interval' | 'overlap';

// Quarters of an hour only: hours that begin elsewhere could not hold a slot (A15).
const gridTime = /^(?:[01]\d|2[0-3]):(?:00|15|30|45)$/;

const faultOfDay = (intervals: readonly (readonly [string, string])[]): HoursFault | undefined => {
  if (intervals.some(([from, to]) => !gridTime.test(from) || !gridTime.test(to))) return 'not-on-grid';
  if (intervals.some(([from, to]) => from >= to)) return 'empty-interval';
  const ordered = intervals.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const runsInto = ordered.some(([, to], index) => {
    const next = ordered[index + 1];
    return next !== undefined && next[0] < to;
  });
  return runsInto ? 'overlap' : undefined;
};

const sameWeek = (a: WeeklyHours, b: WeeklyHours): boolean =>
  weekdays.every((day) => JSON.stringify(a[day] ?? []) === JSON.stringify(b[day] ?? []));

/** A16. Refuses `not-found` for a stranger and `invalid` saying which `day` has which `reason`. */
export const setWorkingHours = (command: SetWorkingHours, state: StaffState): Decision<WorkingHoursSet> => {
  if (state.status === 'unknown') return refuse('not-found');
  if (!isCivilDate(command.from)) return refuse('invalid', { field: 'from', reason: 'not-a-date' });
  for (const day of weekdays) {
    const reason = faultOfDay(command.week[day] ?? []);
    if (reason !== undefined) return refuse('invalid', { field: `week.${day}`, day, reason });
  }
  const newest = state.hours.findLast(({ from }) => from === command.from);
  if (newest !== undefined && sameWeek(newest.week, command.week)) return noChange();
  return accept({ type: 'WorkingHoursSet', data: { from: command.from, week: command.week, setAt: command.at } });
};

export type RecordAbsence = {
  readonly absenceId: string;
  /** inclusive */
  readonly from: Instant;
  /** exclusive */
  readonly to: Instant;
  readonly reason: ClearText;
  readonly at: Instant;
};

/** Refuses `not-found` for a stranger and `invalid` naming the field. The same absence again changes nothing. */
export const recordAbsence = (command: RecordAbsence, state: StaffState): Decision<AbsenceRecorded> => {
  if (state.status === 'unknown') return refuse('not-found');
  const { absenceId, from, to, reason, at } = command;
  if (!isInstant(from)) return refuse('invalid', { field: 'from', reason: 'not-an-instant' });
  if (!isInstant(to)) return refuse('invalid', { field: 'to', reason: 'not-an-instant' });
  if (from >= to) return refuse('invalid', { field: 'to', reason: 'not-after-from' });
  if (state.withdrawnAbsences.includes(absenceId) || state.absences.some((absence) => absence.absenceId === absenceId)) return noChange();
  return accept({ type: 'AbsenceRecorded', data: { absenceId, from, to, reason, recordedAt: at } });
};

/** Refuses `not-found` for an absence that was never recorded. */
export const withdrawAbsence = (
  { absenceId, at }: { readonly absenceId: string; readonly at: Instant },
  state: StaffState,
): Decision<AbsenceWithdrawn> => {
  if (state.status === 'unknown') return refuse('not-found');
  if (state.withdrawnAbsences.includes(absenceId)) return noChange();
  if (!state.absences.some((absence) => absence.absenceId === absenceId)) return refuse('not-found');
  return accept({ type: 'AbsenceWithdrawn', data: { absenceId, withdrawnAt: at } });
};
