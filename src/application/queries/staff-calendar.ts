import type { Instant } from '../../domain/kernel/instant';
import type { PersonalText } from '../../domain/kernel/personal-text';
import { erasedMark } from '../ports/personal-data';
import type { Ports } from '../ports/ports';
import type { Page, Selection } from '../ports/read-models';
import { type ClosedTimeRow, type MeetingRow, type StaffCalendarRow, tables } from '../ports/tables';
import type { Whose } from './whose';
import { whoseRows } from './whose';

/** Art. 4, VEZI PROGRAMĂRI WEBEX. Meetings and closed times that touch `from` (inclusive) to `before`. */
export type CalendarAsked = { readonly whose: Whose; readonly from: Instant; readonly before: Instant } & Pick<
  Selection,
  'limit' | 'cursor'
>;

export type MeetingShown = Omit<MeetingRow, 'applicant' | 'joinUrl'> & {
  readonly applicant: { readonly name: string; readonly email?: string; readonly phone?: string };
  readonly joinUrl?: string;
};
export type CalendarShown = {
  readonly meetings: readonly MeetingShown[];
  readonly closed: readonly ClosedTimeRow[];
  readonly parked: number;
  readonly next?: string;
};

export const staffCalendar =
  (ports: Ports) =>
  async ({ whose, from, before, ...page }: CalendarAsked): Promise<CalendarShown> => {
    const { rows, next }: Page<StaffCalendarRow> = await ports.readModels.select<StaffCalendarRow>(tables.staffCalendar, {
      where: [...whoseRows(whose), { column: 'endsAt', from }, { column: 'startsAt', before }],
      orderBy: [{ column: 'startsAt' }],
      ...page,
    });
    const meetings = rows.filter((row) => row.kind === 'meeting');
    return {
      meetings: await Promise.all(meetings.map((row) => shown(ports, row))),
      closed: rows.filter((row) => row.kind === 'closed'),
      parked: await parkedIn(ports, tables.staffCalendar),
      ...(next === undefined ? {} : { next }),
    };
  };

const shown = async (ports: Ports, { applicant, joinUrl, ...row }: MeetingRow): Promise<MeetingShown> => {
  const opened = async (text: PersonalText): Promise<string> => (await ports.personalData.open(text)) ?? erasedMark;
  return {
    ...row,
    applicant: {
      name: await opened(applicant.name),
      ...(applicant.email === undefined ? {} : { email: await opened(applicant.email) }),
      ...(applicant.phone === undefined ? {} : { phone: await opened(applicant.phone) }),
    },
    ...(joinUrl === undefined ? {} : { joinUrl: await opened(joinUrl) }),
  };
};

/** How many rows of this table a list leaves out because they wait for a person. */
export const parkedIn = async (ports: Pick<Ports, 'readModels'>, table: string): Promise<number> =>
  (await ports.readModels.parked()).filter(({ projection, filling }) => projection === table && !filling).length;
