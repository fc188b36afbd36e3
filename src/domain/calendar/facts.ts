import type { Fact } from '../kernel/fact';
import type { CivilDate, Instant } from '../kernel/instant';

/** A day declared free for public staff by a dated government decision. */
export type BridgeDayDeclared = Fact<
  'BridgeDayDeclared',
  { readonly date: CivilDate; readonly decision: string; readonly declaredAt: Instant }
>;
/** A Saturday, Sunday or holiday declared a working day. */
export type WorkingDayDeclared = Fact<
  'WorkingDayDeclared',
  { readonly date: CivilDate; readonly decision: string; readonly declaredAt: Instant }
>;
/** The day is again what the rules say. */
export type DayRestored = Fact<'DayRestored', { readonly date: CivilDate; readonly restoredAt: Instant }>;

export type CalendarFact = BridgeDayDeclared | WorkingDayDeclared | DayRestored;

export const calendarStream = 'calendar-ro';
