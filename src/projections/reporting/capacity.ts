import type { ReportingRow, ReportingRows, ReportingTable, ReportingTableView } from '@tichet-albastru/event-log/ports/reporting';
import { tables, type StaffDirectoryRow, type WorkingCalendarRow } from '../../application/kernel/ports/tables';
import { dayPlan, slotsIn } from '../../domain/agenda/day-plan';
import type { CalendarState } from '../../domain/calendar/calendar';
import { dayKindByLaw } from '../../domain/calendar/working-days';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import type { Policies } from '../../domain/policies';
import { addDays, civilDateOf, isoWeekOf, mondayOf, startOfDay, startOfNextDay } from '../../domain/time/civil-time';
import { always, day, departmentCode, flag, staffId, text, whole } from './columns';
import { monthOf, turningAt } from './turns';

type Horizon = Policies['booking-horizon'];

const daysAWeek = 7;
/** As many weeks as a booking may reach ahead (A16), and the present one. */
const weeksAhead = ({ value: { days } }: Horizon): number => Math.ceil(days / daysAWeek) + 1;

/** Hours and absences alone: what closes the day for everybody stands in `closures`. */
const slotsOn = (date: CivilDate, staff: StaffDirectoryRow['staff']): number => {
  const [begins, ends] = [startOfDay(date), startOfNextDay(date)];
  // whoever was away a hundred times is still asked about one day
  const absences = staff.absences.filter(({ from, to }) => from < ends && begins < to);
  const calendar: CalendarState = { decisions: { [date]: { kind: 'working-day', decision: '' } }, revision: 0 };
  return slotsIn(dayPlan(date, { ...staff, absences }, calendar));
};

const departmentOn = ([first, ...later]: StaffDirectoryRow['departments'], date: CivilDate): string =>
  (later.findLast(({ from }) => from <= date) ?? first).departmentCode;

/** Who came back was gone all the same: the person of today knows nothing of it. */
const isGone = (gone: StaffDirectoryRow['gone'], date: CivilDate): boolean => gone.some(({ from, until }) => from <= date && date < until);

const staffDays = ({ staff, departments, gone }: StaffDirectoryRow, horizon: Horizon, key: string, at: Instant): ReportingRows => {
  const nextMonday = addDays(mondayOf(civilDateOf(at)), daysAWeek);
  const after = addDays(nextMonday, (weeksAhead(horizon) - 1) * daysAWeek);
  const rows: ReportingRow[] = [];
  for (let date = departments[0].from; date < after; date = addDays(date, 1)) {
    const slots = isGone(gone, date) ? 0 : slotsOn(date, staff);
    if (slots === 0) continue;
    rows.push({
      staff_id: key,
      department_code: departmentOn(departments, date),
      date,
      week: isoWeekOf(date),
      month: monthOf(date),
      slots,
      working_by_law: dayKindByLaw(date) === 'working',
    });
  }
  return { rows, ...turningAt([startOfDay(nextMonday)], at) };
};

/** One person's days from the first on which they were known to the last that can be booked, as far as hours and absences say. */
export const staffDaysTableUnder = (horizon: Horizon): ReportingTable<StaffDirectoryRow> => ({
  name: 'staff_days',
  told: 'a day on which a civil servant has hours in which to meet citizens, from the first on which they were known to the end of the last week that a booking made in this one may reach (A16), without those while they were gone (A3); what `closures` takes off is not yet taken off',
  version: 1,
  under: JSON.stringify(horizon),
  key: ['staff_id', 'date'],
  indexes: [['week', 'department_code'], ['date']],
  source: tables.staffDirectory,
  sourceKey: 'staff_id',
  department: 'department_code',
  columns: {
    staff_id: always(staffId),
    department_code: always(departmentCode),
    date: always(day('The day, in Bucharest.')),
    week: always(text('Its ISO week, `2026-W09`.')),
    month: always(text('Its month, `2026-03`.')),
    slots: always(whole('Quarters of an hour (Art. 6) within the weekly hours of that day and outside absences (A16).')),
    working_by_law: always(flag('By the law alone it is no weekend and no public holiday.')),
  },
  rowsOf: (row, key, at) => staffDays(row, horizon, key, at),
});

const closureRows = ({ calendar: { decisions, pauses = [] } }: WorkingCalendarRow, key: string): ReportingRows => ({
  rows: [
    ...Object.entries(decisions).map(([date, { kind }]) => ({ closure_id: date, calendar: key, kind, from_date: date, to_date: date })),
    ...pauses.map(({ pauseId, from, to, departmentCode }) => ({
      closure_id: pauseId,
      calendar: key,
      kind: 'pause',
      from_date: from,
      to_date: to,
      department_code: departmentCode ?? null,
    })),
  ],
});

/** What the government decided of days, and the pauses of the service: everybody may read it. */
export const closuresTable: ReportingTable<WorkingCalendarRow> = {
  name: 'closures',
  told: 'days that are not what the law makes of them, and pauses of the service or of a department (A16)',
  version: 1,
  key: ['closure_id'],
  source: tables.workingCalendar,
  sourceKey: 'calendar',
  columns: {
    closure_id: always(text('Of a decision its day, of a pause its id.')),
    calendar: always(text('The calendar in which it stands: `ro`.')),
    kind: always(text('`bridge-day` (free for public staff), `working-day` (a weekend or holiday that is worked) or `pause`.')),
    from_date: always(day('The first day, whole.')),
    to_date: always(day('The last day, whole.')),
    department_code: text('Of a pause the department that takes no meetings; empty where it is all of them.'),
  },
  rowsOf: (row, key) => closureRows(row, key),
};

export const capacityView: ReportingTableView = {
  name: 'capacity',
  told: 'a civil servant’s day: the quarters of an hour that were offered, taken and used',
  columns: {
    department_code: 'The department: of hours offered the one in which the person worked that day, of those taken the one of the ticket.',
    staff_id: 'The civil servant, by pseudonym.',
    date: 'The day, in Bucharest.',
    week: 'Its ISO week, `2026-W09`.',
    month: 'Its month, `2026-03`.',
    offered_slots:
      'Quarters of an hour (Art. 6) that could be booked if nothing were: within the weekly hours of the day, outside absences, holidays, bridge days and pauses (A16), as those are known now.',
    booked_slots:
      'Those of tickets that have an hour on that day and keep it; cancelled ones gave theirs back. More than offered where hours were closed after the booking.',
    held_slots: 'Of those, the ones in which the meeting took place.',
  },
  sql: (table) => `SELECT department_code, staff_id, date, week, month, CAST(sum(offered) AS integer) AS offered_slots,
    CAST(sum(booked) AS integer) AS booked_slots, CAST(sum(held) AS integer) AS held_slots
    FROM (SELECT days.department_code, days.staff_id, days.date, days.week, days.month,
        CASE WHEN (days.working_by_law AND NOT EXISTS (SELECT 1 FROM ${table('closures')} AS free
              WHERE free.kind = 'bridge-day' AND free.from_date = days.date)
            OR EXISTS (SELECT 1 FROM ${table('closures')} AS worked WHERE worked.kind = 'working-day' AND worked.from_date = days.date))
          AND NOT EXISTS (SELECT 1 FROM ${table('closures')} AS pause WHERE pause.kind = 'pause'
            AND days.date BETWEEN pause.from_date AND pause.to_date
            AND (pause.department_code IS NULL OR pause.department_code = days.department_code))
          THEN days.slots ELSE 0 END AS offered, 0 AS booked, 0 AS held
      FROM ${table('staff_days')} AS days
      UNION ALL
      SELECT department_code, staff_id, meeting_date, week, month, 0, 1, CASE WHEN held THEN 1 ELSE 0 END
      FROM ${table('tickets')} WHERE booked) AS slots
    GROUP BY department_code, staff_id, date, week, month`,
};
