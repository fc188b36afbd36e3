import type { ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import type { ReportingRows, ReportingTable } from '@tichet-albastru/event-log/ports/reporting';
import { tables, type EligibilityRow, type WorkingCalendarRow } from '../../application/kernel/ports/tables';
import { calendarStream, workingCalendar } from '../../domain/calendar/calendar';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { isRefusal } from '../../domain/kernel/refusal';
import { groundAt } from '../../domain/request/admission';
import type { Policies } from '../../domain/policies';
import { withLaterFreeDays } from '../../domain/request/later-free-days';
import { countingAnswer, type RegisteredRequest } from '../../domain/request/request';
import { civilDateOf, daysBetween, isoWeekOf, startOfDay, startOfNextDay } from '../../domain/time/civil-time';
import { calendarIdOf } from '../kernel/streams';
import { always, day, departmentCode, flag, moment, staffId, text, whole } from './columns';
import { turningAt } from './turns';

type Standing = { readonly state: string; readonly eligible: boolean; readonly lastDay?: CivilDate };

const standingAt = (request: RegisteredRequest, at: Instant): Standing => {
  const ground = groundAt(request, at);
  if (isRefusal(ground)) {
    if (ground.code === 'window-expired') return { state: 'expired', eligible: false };
    return { state: request.dispute === undefined || request.erased ? 'not-eligible' : 'disputed', eligible: false };
  }
  if (ground.kind !== 'clarification') return { state: ground.kind, eligible: true };
  const late = ground.lateAdmission ? request.lateAdmission?.until : undefined;
  return late === undefined
    ? { state: 'clarification', eligible: true, lastDay: ground.enforcedUntil }
    : { state: 'late-admission', eligible: true, lastDay: late };
};

type Moving = Policies['days-declared-later'];

/** As the domain asks it: with the calendar of today where days declared since the answer move the end. */
const asItStands = async ({ request }: EligibilityRow, policy: Moving, readModels: Pick<ReadModels, 'get'>): Promise<RegisteredRequest> => {
  if (policy.value === 'as-then') return request;
  const row = await readModels.get<WorkingCalendarRow>(tables.workingCalendar, calendarIdOf(calendarStream));
  return withLaterFreeDays(request, policy, row?.calendar ?? workingCalendar.initial);
};

const requestRows = (row: EligibilityRow, request: RegisteredRequest, key: string, at: Instant): ReportingRows => {
  const { communicatedOn } = row;
  const { state, eligible, lastDay } = standingAt(request, at);
  const today = civilDateOf(at);
  // a window that is open turns every midnight, also when it ends
  const midnights = [
    ...(communicatedOn === null ? [] : [startOfDay(communicatedOn)]),
    ...(lastDay === undefined ? [] : [startOfNextDay(today)]),
  ];
  return {
    rows: [
      {
        request_id: key,
        department_code: row.departmentCode,
        handler_staff_id: row.handlerStaffId,
        filed_on: row.filedOn,
        filed_week: isoWeekOf(row.filedOn),
        register_status: row.status,
        state,
        eligible,
        communicated_on: communicatedOn,
        advertised_until: row.advertisedUntil,
        enforced_until: countingAnswer(request)?.enforcedUntil ?? null,
        late_admission_until: row.lateAdmissionUntil,
        days_left: lastDay === undefined ? null : daysBetween(today, lastDay),
        active_ticket_id: row.activeTicket,
        disputed_since: row.disputedSince,
      },
    ],
    ...turningAt(midnights, at),
  };
};

/** Art. 2: whether a request may have a ticket, and how long still. It turns at midnights, by itself. */
export const requestsTableUnder = (policy: Moving): ReportingTable<EligibilityRow> => ({
  name: 'requests',
  told: 'a registered request, with its 30 days and whether it may have a ticket (Art. 2)',
  version: 1,
  under: JSON.stringify(policy),
  key: ['request_id'],
  indexes: [['state', 'days_left'], ['department_code', 'state'], ['handler_staff_id', 'state'], ['filed_on']],
  source: tables.clarificationEligibility,
  sourceKey: 'request_id',
  ...(policy.value === 'as-then' ? {} : { restsOn: [tables.workingCalendar] }),
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
    eligible: always(
      flag(
        'By its state alone it may have a ticket now (Art. 2), also where one is going on; the API calls eligible only what has none: `eligible AND active_ticket_id IS NULL`.',
      ),
    ),
    communicated_on: day('When the answer that counts reached the citizen (A25).'),
    advertised_until: day('Day 30 (Art. 2 b).'),
    enforced_until: day(
      'The last day on which a ticket is given, whole: day 30, or the working day after it (A5), also where that was declared free since and the city hall lets it move the end.',
    ),
    late_admission_until: day('The last day of a late admission, whole (A27).'),
    days_left: whole(
      'Days from today, in Bucharest, to the last day on which a ticket is given: `enforced_until`, of a late admission `late_admission_until`; 0 on that day, empty where no such days run.',
    ),
    active_ticket_id: text('The ticket of it that is going on (A24).'),
    disputed_since: moment('Since when two applicants claim it (A29).'),
  },
  rowsOf: async (row, key, at, readModels) => requestRows(row, await asItStands(row, policy, readModels), key, at),
});
