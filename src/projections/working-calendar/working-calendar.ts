import type { Projection } from '../../application/kernel/ports/projection';
import { tables, type WorkingCalendarRow } from '../../application/kernel/ports/tables';
import { workingCalendar as calendar } from '../../domain/calendar/calendar';
import { calendarIdOf } from '../kernel/streams';

/** One row: what the government decided of days, and the pauses. The law's own days need none. */
export const workingCalendar: Projection<WorkingCalendarRow> = {
  name: tables.workingCalendar,
  keyedBy: '`ro`',
  told: 'the days that differ from the law, and the pauses (A16)',
  version: 1,
  columns: {},
  looksAt: { calendar: 'all' },
  keysOf: (event) => (event.category === 'calendar' ? [calendarIdOf(event.stream)] : []),
  apply: (row, event) =>
    event.category === 'calendar' ? { calendar: calendar.evolve(row?.calendar ?? calendar.initial, event.fact) } : row,
};
