import { type CalendarFact, workingCalendar } from '../../src/domain/calendar/calendar';
import { endOfWorkingDayAfter } from '../../src/domain/calendar/working-days';
import type { Actor, Fact, Instant } from '../../src/domain/kernel/fact';
import { type PolicyName, type PolicyStamp, policiesWith } from '../../src/domain/policies';
import type { Ground } from '../../src/domain/request/facts';
import type { Booking, Mode, TicketFact } from '../../src/domain/ticket/facts';
import { plusMinutes } from '../../src/domain/time/civil-time';
import type { Slot } from '../../src/domain/time/slot';

/** What a story is about; everything has a default, a quiet week of March 2026 before the clocks change. */
export type Plot = {
  readonly ticketId: string;
  readonly mode: Mode;
  /** an address was given, and verified by code */
  readonly withEmail: boolean;
  readonly staffId: string;
  readonly requestedAt: Instant;
  readonly slot: Slot;
  readonly ground: Ground;
  /** facts of the working calendar, with the moment in which they were recorded */
  readonly calendar: readonly (readonly [Instant, CalendarFact])[];
};
/** Something that happened, and when it was recorded. */
export type Entry<F extends Fact> = readonly [Instant, F, Actor?];
export type TicketEntry = Entry<TicketFact>;

export const policies = policiesWith();
export const stamps = (...names: readonly PolicyName[]): readonly PolicyStamp[] => names.map((name) => policies[name]);

export const slotAt = (startsAt: Instant): Slot => ({ startsAt, endsAt: plusMinutes(startsAt, 15) });
export const otherSlot = slotAt('2026-03-10T09:30:00.000Z');

export const defaultPlot: Plot = {
  ticketId: '0195a3c0-1b2c-7d3e-8f40-5a6b7c8d9e0f',
  mode: 'online',
  withEmail: true,
  staffId: 'S-017',
  // Monday 09:00 in Cluj, for Thursday 10:00
  requestedAt: '2026-03-02T07:00:00.000Z',
  slot: slotAt('2026-03-05T08:00:00.000Z'),
  ground: { kind: 'in-operation' },
  calendar: [],
};

export const requestIdentity = { number: '154997', filedOn: '2026-02-16' } as const;
export const citizen = (ticketId: string): Actor => ({ kind: 'citizen', id: ticketId });
export const clerk = (staffId: string): Actor => ({ kind: 'staff', id: staffId });
export const letters: Actor = { kind: 'system', id: 'letters' };

export const calendarOf = (plot: Plot) =>
  plot.calendar.reduce((state, [, fact]) => workingCalendar.evolve(state, fact), workingCalendar.initial);
export const workingDaysAfter = (plot: Plot, instant: Instant, days: number): Instant =>
  endOfWorkingDayAfter(calendarOf(plot), instant, days);

export const bookingFor = (plot: Plot, slot = plot.slot, holdId = `hold-1-${plot.ticketId}`): Booking => ({
  request: requestIdentity,
  staffId: plot.staffId,
  department: 'Serviciul Urbanism',
  departmentCode: '425',
  mode: plot.mode,
  slot,
  holdId,
});
