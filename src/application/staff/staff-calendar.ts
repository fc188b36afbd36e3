import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { plusMinutes } from '../../domain/time/civil-time';
import { ticketStream } from '../../domain/ticket/facts';
import type { TicketStatus } from '../../domain/ticket/ticket';
import { opened } from '../kernel/typed-values';
import { namesOfDamaged } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../kernel/ports/ports';
import type { Condition, Page, Selection } from '@tichet-albastru/event-log/ports/read-models';
import { type ClosedDayRow, type ClosedTimeRow, type MeetingRow, tables } from '../kernel/ports/tables';
import { parkedIn } from '../kernel/reading/parked-in';
import type { Whose } from './whose';
import { whoseRows } from './whose';
import { Query } from '../kernel/message';

/** Art. 4, VEZI PROGRAMĂRI WEBEX. Meetings and closed times that touch `from` (inclusive) to `before`. */
export type CalendarQuery = { readonly whose: Whose; readonly from: Instant; readonly before: Instant } & Pick<
  Selection,
  'limit' | 'cursor'
>;

export type MeetingView = Omit<MeetingRow, 'applicant' | 'joinUrl' | 'closed'> & {
  readonly applicant: { readonly name: string; readonly email?: string; readonly phone?: string };
  readonly joinUrl?: string;
  /** it cannot be relied upon: an administrator has closed the stream of this ticket or of this day, which is not whole */
  readonly closed?: ClosedRecord;
};
export type CalendarView = {
  readonly meetings: readonly MeetingView[];
  /** all of it with the first page; pages are of meetings */
  readonly closed: readonly ClosedTimeRow[];
  readonly parked: number;
  readonly next?: string;
};

/** None goes on into another day. */
const longestMeetingMinutes = 24 * 60;
const mostClosed = 1000;

export const closedRecords = ['ticket', 'day'] as const;
export type ClosedRecord = (typeof closedRecords)[number];

export class GetStaffCalendar extends Query<CalendarQuery, CalendarView> {}

export const staffCalendar =
  (ports: Ports) =>
  async ({ whose, from, before, ...page }: CalendarQuery): Promise<CalendarView> => {
    const touching = { column: 'endsAt', from } as const;
    const { rows, next }: Page<MeetingRow> = await ports.readModels.select<MeetingRow>(tables.staffCalendar, {
      where: [
        ...whoseRows(whose),
        { column: 'kind', is: 'meeting' },
        // so that the whole past of a long log is not looked at
        { column: 'startsAt', from: plusMinutes(from, -longestMeetingMinutes), before },
        touching,
      ],
      orderBy: [{ column: 'startsAt' }],
      ...page,
    });
    return {
      meetings: await meetingsIn(ports, rows),
      closed: page.cursor === undefined ? await closedTimes(ports, [...whoseRows(whose), touching], before) : [],
      parked: await parkedIn(ports, tables.staffCalendar),
      ...defined({ next }),
    };
  };

const closedTimes = async (ports: Ports, where: readonly Condition[], before: Instant): Promise<readonly ClosedTimeRow[]> => {
  const { rows } = await ports.readModels.select<ClosedTimeRow>(tables.staffCalendar, {
    where: [...where, { column: 'kind', is: 'closed' }, { column: 'startsAt', before }],
    orderBy: [{ column: 'startsAt' }],
    limit: mostClosed,
  });
  return rows;
};

/**
 * By the ids of the tickets: which of these meetings cannot be relied upon, and whose stream that is about. What is whole again is as it was,
 * also where nothing was written to it since.
 */
export const closedAmong = async (
  { readModels, store }: Pick<Ports, 'readModels' | 'store'>,
  rows: readonly MeetingRow[],
): Promise<ReadonlyMap<string, ClosedRecord>> => {
  const [first] = rows;
  if (first === undefined) return new Map();
  const { rows: days }: Page<ClosedDayRow> = await readModels.select<ClosedDayRow>(tables.staffCalendar, {
    where: [
      { column: 'staffId', in: [...new Set(rows.map(({ staffId }) => staffId))] },
      { column: 'kind', is: 'closed-day' },
    ],
    limit: mostClosed,
  });
  const toBeHeld = rows.filter(({ status }) => isToBeHeld.has(status));
  if (days.length === 0 && !toBeHeld.some(({ closed }) => closed)) return new Map();
  const damaged = await namesOfDamaged(store);
  const isOn = (row: MeetingRow, day: ClosedDayRow): boolean =>
    day.staffId === row.staffId && day.startsAt <= row.startsAt && row.startsAt < day.endsAt && damaged.has(day.stream);
  return new Map(
    toBeHeld.flatMap((row): (readonly [string, ClosedRecord])[] => {
      if (row.closed && damaged.has(ticketStream(row.ticketId))) return [[row.ticketId, 'ticket']];
      return days.some((day) => isOn(row, day)) ? [[row.ticketId, 'day']] : [];
    }),
  );
};

const isToBeHeld: ReadonlySet<TicketStatus> = new Set(['awaiting-code', 'scheduled', 'in-progress', 'staff-absent']);

const meetingsIn = async (ports: Ports, rows: readonly MeetingRow[]): Promise<readonly MeetingView[]> => {
  const closed = await closedAmong(ports, rows);
  return Promise.all(rows.map(async (row) => ({ ...(await shown(ports, row)), ...defined({ closed: closed.get(row.ticketId) }) })));
};

const shown = async (ports: Ports, { applicant, joinUrl, closed: _, ...row }: MeetingRow): Promise<MeetingView> => ({
  ...row,
  applicant: await opened(ports, applicant),
  ...(await opened(ports, defined({ joinUrl }))),
});

/** A booked meeting where it stands now, with nothing of the citizen: neither name, address and number, nor the link. */
export type MeetingWithoutNames = Pick<
  MeetingRow,
  | 'ticketId'
  | 'reference'
  | 'requestNumber'
  | 'filedOn'
  | 'staffId'
  | 'departmentCode'
  | 'mode'
  | 'startsAt'
  | 'endsAt'
  | 'status'
  | 'recording'
  | 'resolution'
  | 'reschedules'
>;
/** Meetings that begin from `from` (inclusive) to `before`; of all officials, where neither a person nor a department is named. */
export type MeetingsQuery = {
  readonly from: Instant;
  readonly before: Instant;
  readonly staffId?: string;
  readonly departmentCode?: string;
} & Pick<Selection, 'limit' | 'cursor'>;
export type MeetingsView = { readonly meetings: readonly MeetingWithoutNames[]; readonly parked: number; readonly next?: string };

/** For auditors: the calendar of the staff, the earliest meeting first. No seal is opened for it. */
export class ListMeetingsWithoutNames extends Query<MeetingsQuery, MeetingsView> {}

export const meetingsWithoutNames =
  (ports: Pick<Ports, 'readModels'>) =>
  async ({ from, before, staffId, departmentCode, ...page }: MeetingsQuery): Promise<MeetingsView> => {
    const { rows, next } = await ports.readModels.select<MeetingRow>(tables.staffCalendar, {
      where: [
        ...(staffId === undefined ? [] : whoseRows({ staffId })),
        ...(departmentCode === undefined ? [] : whoseRows({ departmentCode })),
        { column: 'kind', is: 'meeting' },
        { column: 'startsAt', from, before },
      ],
      orderBy: [{ column: 'startsAt' }],
      ...page,
    });
    return { meetings: rows.map(withoutNames), parked: await parkedIn(ports, tables.staffCalendar), ...defined({ next }) };
  };

const withoutNames = (row: MeetingRow): MeetingWithoutNames => {
  const { ticketId, reference, requestNumber, filedOn, staffId, departmentCode, mode, startsAt, endsAt, status } = row;
  const { recording, resolution, reschedules } = row;
  return {
    ticketId,
    reference,
    requestNumber,
    filedOn,
    staffId,
    departmentCode,
    mode,
    startsAt,
    endsAt,
    status,
    recording,
    resolution,
    reschedules,
  };
};
