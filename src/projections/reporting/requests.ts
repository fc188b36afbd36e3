import type { ReportingTable } from '../../application/kernel/ports/reporting';
import { tables, type EligibilityRow } from '../../application/kernel/ports/tables';
import { always, day, departmentCode, flag, moment, staffId, text, whole } from './columns';

/** Art. 2: whether a request may have a ticket, and how long still. It turns at midnights, by itself. */
export const requestsTable: ReportingTable<EligibilityRow> = {
  name: 'requests',
  told: 'a registered request, with its 30 days and whether it may have a ticket (Art. 2)',
  version: 1,
  key: ['request_id'],
  indexes: [['state', 'days_left'], ['department_code', 'state'], ['handler_staff_id', 'state'], ['filed_on']],
  source: tables.clarificationEligibility,
  sourceKey: 'request_id',
  department: 'department_code',
  columns: {
    request_id: always(
      text('Number and filing date, `154997_2026-02-16` (A29): whoever has the document register finds the person by it.'),
    ),
    department_code: departmentCode,
    handler_staff_id: always(staffId),
    filed_on: always(day('When it was filed.')),
    filed_week: always(text('The ISO week of that day, `2026-W09`.')),
    register_status: always(text('As the register says: `in-operation`, `answered`, `closed`, `redirected` or `archived`.')),
    state: always(
      text(
        'Whether it may have a ticket now: `in-operation` (Art. 2 a), `clarification` (the 30 days run, Art. 2 b), `late-admission` (A27), `new-hour-owed` (Art. 8), `expired` (they are over), `disputed` (A29) or `not-eligible`.',
      ),
    ),
    eligible: always(flag('It may have a ticket now, if it has none that is going on (Art. 2).')),
    communicated_on: day('When the answer that counts reached the citizen (A25).'),
    advertised_until: day('Day 30 (Art. 2 b).'),
    enforced_until: day('The last day on which a ticket is given, whole: day 30, or the working day after it (A5).'),
    late_admission_until: day('The last day of a late admission, whole (A27).'),
    days_left: whole(
      'Days from today to `enforced_until`, today not counted: 0 on the last day; empty where no 30 days run. Today is the day in Bucharest.',
    ),
    active_ticket_id: text('The ticket of it that is going on (A24).'),
    disputed_since: moment('Since when two applicants claim it (A29).'),
  },
  rowsOf: () => ({ rows: [] }),
};
