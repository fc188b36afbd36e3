import type { CivilDate, Fact, Instant } from '../kernel/fact';
import type { PersonalText } from '../kernel/personal-text';

export type StaffRole = 'executive' | 'head-of-office' | 'head-of-service';
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
/** Local wall times `HH:mm`, from–to; a day that is not named is not worked. */
export type WeeklyHours = Readonly<Partial<Record<Weekday, readonly (readonly [string, string])[]>>>;

/** Registered, or registered anew: the newest says who and where. Name and e-mail: key `staff`. */
export type StaffRegistered = Fact<
  'StaffRegistered',
  {
    readonly staffId: string;
    readonly name: PersonalText;
    readonly email: PersonalText;
    readonly role: StaffRole;
    readonly department: string;
    readonly departmentCode: string;
    readonly registeredAt: Instant;
  }
>;
/** The week in force from that day on (A16). */
export type WorkingHoursSet = Fact<'WorkingHoursSet', { readonly from: CivilDate; readonly week: WeeklyHours; readonly setAt: Instant }>;
export type AbsenceRecorded = Fact<
  'AbsenceRecorded',
  { readonly absenceId: string; readonly from: Instant; readonly to: Instant; readonly reason: PersonalText; readonly recordedAt: Instant }
>;
export type AbsenceWithdrawn = Fact<'AbsenceWithdrawn', { readonly absenceId: string; readonly withdrawnAt: Instant }>;
/** `on` is the first day on which the person is no longer there. */
export type StaffLeft = Fact<'StaffLeft', { readonly on: CivilDate; readonly recordedAt: Instant }>;

export type StaffFact = StaffRegistered | WorkingHoursSet | AbsenceRecorded | AbsenceWithdrawn | StaffLeft;

export const staffStream = (staffId: string): string => `staff-${staffId}`;
