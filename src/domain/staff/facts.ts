import {
  civilDate,
  type FactOf,
  type FactsOf,
  factShape,
  instant,
  list,
  object,
  optional,
  personalText,
  text,
  typed,
  type ValueOf,
  word,
} from '../kernel/shape';

export const staffRole = word('executive', 'head-of-office', 'head-of-service');
export type StaffRole = ValueOf<typeof staffRole>;
export const letterChoice = word('digest', 'single', 'none');
/**
 * How a staff member wants to be told of their own meetings. `digest`: one letter a working day; `single`: one letter for each thing, and
 * one a day with the duties and the next day's list; `none`: none.
 */
export type LetterChoice = ValueOf<typeof letterChoice>;
const spokenLanguage = word('ro', 'en');
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
/** Local wall times `HH:mm`, from–to; a day that is not named is not worked. */
export type WeeklyHours = Readonly<Partial<Record<Weekday, readonly (readonly [string, string])[]>>>;

const ofDay = optional(list(list(text)));
const weekShape = typed<WeeklyHours>(object({ mon: ofDay, tue: ofDay, wed: ofDay, thu: ofDay, fri: ofDay, sat: ofDay, sun: ofDay }));

/** A staff member: role, department, weekly hours, absences. */
export const staffFactShapes = {
  StaffRegistered: factShape('Art. 1', 'A person is known, or known anew: the newest says who and where.', {
    staffId: text,
    name: personalText('staff'),
    email: personalText('staff'),
    role: staffRole,
    department: text,
    departmentCode: text,
    registeredAt: instant,
  }),
  WorkingHoursSet: factShape('A16', 'The week in force from day `from` on, until another is set.', {
    from: civilDate,
    week: weekShape,
    setAt: instant,
  }),
  AbsenceRecorded: factShape('A16', 'The person is away from `from` (inclusive) to `to` (exclusive).', {
    absenceId: text,
    from: instant,
    to: instant,
    reason: personalText('staff'),
    recordedAt: instant,
  }),
  AbsenceWithdrawn: factShape('A16', 'That absence does not happen.', { absenceId: text, withdrawnAt: instant }),
  DeputyNamed: factShape(
    'A3',
    'From day `from` to day `to`, both whole, this colleague stands in for the person: their meetings are proposed to the colleague first.',
    { deputyshipId: text, deputy: text, from: civilDate, to: civilDate, namedAt: instant },
  ),
  DeputyWithdrawn: factShape('A3', 'That colleague does not stand in for the person, or no longer.', {
    deputyshipId: text,
    withdrawnAt: instant,
  }),
  DepartmentDeputyNamed: factShape('A3', 'From day `from` to day `to`, both whole, the person stands in for everybody of the department.', {
    deputyshipId: text,
    departmentCode: text,
    from: civilDate,
    to: civilDate,
    namedAt: instant,
  }),
  DepartmentDeputyWithdrawn: factShape('A3', 'The person does not stand in for the department, or no longer.', {
    deputyshipId: text,
    withdrawnAt: instant,
  }),
  LettersChosen: factShape('—', 'How the person wants to be told by e-mail of their own meetings and duties, and in which language.', {
    choice: letterChoice,
    locale: spokenLanguage,
    chosenAt: instant,
  }),
  StaffLeft: factShape('A3', '`on` is the first day on which the person is no longer there.', { on: civilDate, recordedAt: instant }),
};

type Of<Type extends keyof typeof staffFactShapes> = FactOf<typeof staffFactShapes, Type>;
export type StaffRegistered = Of<'StaffRegistered'>;
export type WorkingHoursSet = Of<'WorkingHoursSet'>;
export type AbsenceRecorded = Of<'AbsenceRecorded'>;
export type AbsenceWithdrawn = Of<'AbsenceWithdrawn'>;
export type DeputyNamed = Of<'DeputyNamed'>;
export type DeputyWithdrawn = Of<'DeputyWithdrawn'>;
export type DepartmentDeputyNamed = Of<'DepartmentDeputyNamed'>;
export type DepartmentDeputyWithdrawn = Of<'DepartmentDeputyWithdrawn'>;
export type LettersChosen = Of<'LettersChosen'>;
export type StaffLeft = Of<'StaffLeft'>;
export type StaffFact = FactsOf<typeof staffFactShapes>;

export const staffStream = (staffId: string): string => `staff-${staffId}`;
