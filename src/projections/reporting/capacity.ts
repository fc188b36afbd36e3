import type { ReportingTable, ReportingTableView } from '../../application/kernel/ports/reporting';
import { tables, type StaffDirectoryRow } from '../../application/kernel/ports/tables';
import { always, day, departmentCode, flag, staffId, text, whole } from './columns';

/** One person's days from the first on which they were known to the last that can be booked, as far as hours and absences say. */
export const staffDaysTable: ReportingTable<StaffDirectoryRow> = {
  name: 'staff_days',
  told: 'a day on which a civil servant has hours in which to meet citizens, before closures of City Hall are taken off',
  version: 1,
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
  rowsOf: () => ({ rows: [] }),
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
      'Quarters of an hour (Art. 6) that could be booked if nothing were: within the weekly hours of the day, outside absences, holidays, bridge days and pauses (A16).',
    booked_slots:
      'Of tickets that have an hour on that day and keep it; cancelled ones gave theirs back. May exceed those offered where hours were closed later.',
    held_slots: 'Of those, the ones in which the meeting took place.',
  },
  sql: (table) =>
    `SELECT department_code, staff_id, date, week, month, 0 AS offered_slots, 0 AS booked_slots, 0 AS held_slots FROM ${table('staff_days')}`,
};
