import { defined } from '../../domain/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { plusMinutes } from '../../domain/time/civil-time';
import { opened } from '../kernel/typed-values';
import type { Ports } from '../kernel/ports/ports';
import type { Condition, Page, Selection } from '../kernel/ports/read-models';
import { type ClosedTimeRow, type MeetingRow, tables } from '../kernel/ports/tables';
import type { Whose } from './whose';
import { whoseRows } from './whose';
import { Query } from '../kernel/message';

/** Art. 4, VEZI PROGRAMĂRI WEBEX. Meetings and closed times that touch `from` (inclusive) to `before`. */
export type CalendarQuery = { readonly whose: Whose; readonly from: Instant; readonly before: Instant } & Pick<
  Selection,
  'limit' | 'cursor'
>;

export type MeetingView = Omit<MeetingRow, 'applicant' | 'joinUrl'> & {
  readonly applicant: { readonly name: string; readonly email?: string; readonly phone?: string };
  readonly joinUrl?: string;
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
      meetings: await Promise.all(rows.map((row) => shown(ports, row))),
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

const shown = async (ports: Ports, { applicant, joinUrl, ...row }: MeetingRow): Promise<MeetingView> => ({
  ...row,
  applicant: await opened(ports, applicant),
  ...(await opened(ports, defined({ joinUrl }))),
});

/** How many rows of this table a list leaves out because they wait for a person. */
export const parkedIn = async (ports: Pick<Ports, 'readModels'>, table: string): Promise<number> =>
  (await ports.readModels.parked()).filter(({ projection, filling }) => projection === table && !filling).length;
