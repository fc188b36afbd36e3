import type { ReportingRows, ReportingTable, ReportingTableView } from '@tichet-albastru/event-log/ports/reporting';
import { tables, type StaffDirectoryRow } from '../../application/kernel/ports/tables';
import type { Instant } from '../../domain/kernel/fact';
import { civilDateOf, startOfDay } from '../../domain/time/civil-time';
import { always, day, departmentCode, flag, moment, text } from './columns';
import { turningAt } from './turns';

const staffRows = (
  { departmentCode, department, role, leftOn, departments }: StaffDirectoryRow,
  key: string,
  at: Instant,
): ReportingRows => ({
  rows: [
    {
      staff_id: key,
      department_code: departmentCode,
      department,
      role,
      known_since: departments[0].from,
      left_on: leftOn,
      active: leftOn === null || civilDateOf(at) < leftOn,
      department_since: (departments.at(-1) ?? departments[0]).since,
    },
  ],
  ...turningAt(leftOn === null ? [] : [startOfDay(leftOn)], at),
});

/** A dimension to join: who works where. Nobody's name is in it. */
export const staffTable: ReportingTable<StaffDirectoryRow> = {
  name: 'staff',
  told: 'a civil servant, by pseudonym',
  version: 2,
  key: ['staff_id'],
  indexes: [['department_code']],
  source: tables.staffDirectory,
  sourceKey: 'staff_id',
  department: 'department_code',
  columns: {
    staff_id: always(text('The pseudonym that facts name the person with; never a name.')),
    department_code: always(departmentCode),
    department: always(text('The name of that department.')),
    role: always(text('`executive`, `head-of-office` or `head-of-service`.')),
    known_since: always(day('The day on which the service first knew the person, in Bucharest.')),
    left_on: day('The first day on which the person is no longer there (A3).'),
    active: always(flag('The person is there today.')),
    department_since: always(moment('Since when the department stands with the person under that name.')),
  },
  rowsOf: (row, key, at) => staffRows(row, key, at),
};

/** A dimension to join: what a department is called. */
export const departmentsView: ReportingTableView = {
  name: 'departments',
  told: 'a department in which civil servants are registered, also if all of them have left; one that all have left for another is not in it',
  columns: {
    department_code: 'The code that it has in the document register.',
    department:
      'Its name, as it stands with those who are registered there; of several the newest, by `department_since`. The figures of the service show it, too.',
    staff: 'How many civil servants it has today.',
  },
  sql: (table) => `SELECT s.department_code,
    (SELECT n.department FROM ${table('staff')} n WHERE n.department_code = s.department_code
      ORDER BY n.department_since DESC, n.department DESC LIMIT 1) AS department,
    CAST(count(*) FILTER (WHERE s.active) AS integer) AS staff
    FROM ${table('staff')} s GROUP BY s.department_code`,
};
