import { workingCalendar, type CalendarState } from '../calendar/working-calendar';
import { fold } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { staffMember, type StaffState } from '../staff/staff-member';
import type { Dossier } from './dossier';

/** The working calendar as it was known at a moment: what was recorded by then. */
export const calendarThen = (dossier: Dossier, at: Instant): CalendarState =>
  fold(
    workingCalendar,
    dossier.calendar.filter(({ recordedAt }) => recordedAt <= at).map(({ fact }) => fact),
  );

/** A staff member as known at a moment; `unknown` when nothing was recorded by then. */
export const staffThen = (dossier: Dossier, staffId: string, at: Instant): StaffState =>
  fold(
    staffMember,
    (dossier.staff[staffId] ?? []).filter(({ recordedAt }) => recordedAt <= at).map(({ fact }) => fact),
  );
