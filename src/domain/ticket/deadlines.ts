import { calendarVersion, type CalendarState } from '../calendar/working-calendar';
import { endOfWorkingDayAfter } from '../calendar/working-days';
import type { Instant } from '../kernel/instant';
import type { Policies } from '../policies';
import { plusHours } from '../time/civil-time';
import type { Slot } from '../time/slot';
import type { Mode } from './facts';

/** What a deadline is computed with: the policies and the calendar in force now, kept in the fact for ever. */
export type RulesInForce = { readonly policies: Policies; readonly calendar: CalendarState };

/** The part of a fact that gives a meeting its hour: what follows from it, by when, and by which rules. */
export const meetingDeadlines = ({ policies, calendar }: RulesInForce, mode: Mode, slot: Slot) => ({
  ...(mode === 'online' ? { invitationDueAt: plusHours(slot.startsAt, -policies['invitation-lead'].value.hours) } : {}),
  outcomeDueAt: endOfWorkingDayAfter(calendar, slot.startsAt, policies['outcome-deadline'].value.workingDays),
  policies: [policies['lead-time'], policies['booking-horizon'], policies['invitation-lead'], policies['outcome-deadline']],
  calendarVersion: calendarVersion(calendar),
});

/** A21. Told within so many hours, and in any case before the new start. */
export const noticeDueAt = ({ policies }: RulesInForce, at: Instant, newStart?: Instant): Instant => {
  const due = plusHours(at, policies['notice-deadline'].value.hours);
  return newStart !== undefined && newStart < due ? newStart : due;
};

/** C19: a new slot, or the citizen's recorded refusal, within so many working days. */
export const newSlotDueAt = ({ policies, calendar }: RulesInForce, at: Instant): Instant =>
  endOfWorkingDayAfter(calendar, at, policies['outcome-deadline'].value.workingDays);

/** C18: a letter that came back is followed up within so many working days. */
export const followUpDueAt = ({ policies, calendar }: RulesInForce, bouncedAt: Instant): Instant =>
  endOfWorkingDayAfter(calendar, bouncedAt, policies['bounce-follow-up'].value.workingDays);
