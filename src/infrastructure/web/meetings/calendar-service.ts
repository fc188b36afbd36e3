import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { currentCalendar, currentRequest } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type ClosedTimeRow, type StaffCalendarRow, type StaffDirectoryRow, tables } from '../../../application/kernel/ports/tables';
import type { MeetingCard } from '../../../application/meeting/meeting-card';
import { type MeetingView, GetStaffCalendar } from '../../../application/staff/staff-calendar';
import type { Whose } from '../../../application/staff/whose';
import type { Instant } from '../../../domain/kernel/fact';
import type { Locale } from '../../../domain/ticket/facts';
import { civilDateOf, wholeDays } from '../../../domain/time/civil-time';
import { officialOf, whoseOf } from '../../api/access/viewer';
import { QueryService } from '../../api/commands/query-service';
import { portsToken } from '../../nest/tokens';
import { byName, type Colleague, withNames } from '../registry/request-parts';
import { type CalendarAddressQuery, type DayView, daysView } from './calendar-days';

export type CalendarFound = {
  readonly days: readonly DayView[];
  readonly meetings: number;
  /** rows that wait for an administrator and are not shown */
  readonly parked: number;
  /** for the head of a department: all people in it */
  readonly colleagues: readonly Colleague[];
  readonly wholeDepartment: boolean;
  /** where the table stood before it was read */
  readonly since: string;
};

/** A department, as it is chosen. */
export type Department = Pick<StaffDirectoryRow, 'departmentCode' | 'department'>;

const pageRows = 500;
const mostColleagues = 200;

/** Reads what the calendar shows: of oneself, of a named person, or of the department that one heads. */
@Injectable()
export class CalendarService {
  constructor(
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  async calendar(request: FastifyRequest, { from, to, staffId }: CalendarAddressQuery, locale: Locale): Promise<CalendarFound> {
    const since = await this.ports.readModels.position(tables.staffCalendar);
    const whose = whoseOf(request, staffId);
    const { from: start, before } = wholeDays({ from, to });
    const [{ meetings, parked }, people, colleagues, calendar] = await Promise.all([
      this.#meetings(whose, start, before),
      this.#directory(whose),
      this.colleaguesOf(request),
      currentCalendar(this.ports),
    ]);
    const ids = people.map((person) => person.staffId);
    const closed = await this.#closed(ids, start, before);
    const booked = meetings.filter(
      ({ status, closed: isClosed }) =>
        isClosed === undefined && status !== 'awaiting-code' && status !== 'cancelled' && status !== 'lapsed',
    );
    return {
      days: daysView(from, to, { meetings, closed, calendar, people: people.map(({ staff }) => staff) }, locale),
      meetings: booked.length,
      parked,
      colleagues,
      wholeDepartment: !('staffId' in whose),
      since,
    };
  }

  /** All people in the department that this person heads, by name; empty for a person who heads none. */
  async colleaguesOf(request: FastifyRequest): Promise<readonly Colleague[]> {
    const { role, departmentCode } = officialOf(request);
    return role === 'head' && departmentCode !== undefined ? this.#named(await this.#directory({ departmentCode })) : [];
  }

  /** A3: who may take a meeting over: the people of its department, and the official who has the file according to the register. */
  async successorsFor({ departmentCode, request }: Pick<MeetingCard, 'departmentCode' | 'request'>): Promise<readonly Colleague[]> {
    const colleagues = await this.#directory({ departmentCode });
    const file = await currentRequest(this.ports, request);
    const handler = file.status === 'unknown' ? [] : await this.#directory({ staffId: file.handlerStaffId });
    return this.#named([...colleagues, ...handler.filter((row) => row.departmentCode !== departmentCode)]);
  }

  /** Art. 8: the other departments whose head can accept a meeting, by name. */
  async otherDepartments({ departmentCode }: Pick<MeetingCard, 'departmentCode'>): Promise<readonly Department[]> {
    const { rows } = await this.ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, {
      where: [{ column: 'role', in: ['head-of-office', 'head-of-service'] }],
      limit: mostColleagues,
    });
    const today = civilDateOf(this.ports.clock.now());
    const headed = rows.filter((row) => row.departmentCode !== departmentCode && (row.leftOn === null || row.leftOn > today));
    const named = new Map(headed.map((row) => [row.departmentCode, { departmentCode: row.departmentCode, department: row.department }]));
    return [...named.values()].toSorted((one, other) => one.department.localeCompare(other.department, 'ro'));
  }

  async #named(rows: readonly StaffDirectoryRow[]): Promise<readonly Colleague[]> {
    return (await withNames(this.ports, rows)).toSorted(byName);
  }

  /** The people who still work here. */
  async #directory(whose: Whose): Promise<readonly StaffDirectoryRow[]> {
    if ('staffId' in whose) {
      const row = await this.ports.readModels.get<StaffDirectoryRow>(tables.staffDirectory, whose.staffId);
      return row === undefined ? [] : [row];
    }
    const { rows } = await this.ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, {
      where: [{ column: 'departmentCode', is: whose.departmentCode }],
      limit: mostColleagues,
    });
    const today = civilDateOf(this.ports.clock.now());
    return rows.filter(({ leftOn }) => leftOn === null || leftOn > today);
  }

  async #meetings(
    whose: Whose,
    from: Instant,
    before: Instant,
  ): Promise<{ readonly meetings: readonly MeetingView[]; readonly parked: number }> {
    const meetings: MeetingView[] = [];
    let page = await this.reads.ask(GetStaffCalendar, { whose, from, before, limit: pageRows });
    meetings.push(...page.meetings);
    while (page.next !== undefined) {
      page = await this.reads.ask(GetStaffCalendar, { whose, from, before, limit: pageRows, cursor: page.next });
      meetings.push(...page.meetings);
    }
    return { meetings, parked: page.parked };
  }

  async #closed(people: readonly string[], from: Instant, before: Instant): Promise<readonly ClosedTimeRow[]> {
    if (people.length === 0) return [];
    const { rows } = await this.ports.readModels.select<StaffCalendarRow>(tables.staffCalendar, {
      where: [
        { column: 'kind', is: 'closed' },
        { column: 'staffId', in: people },
        { column: 'endsAt', from },
        { column: 'startsAt', before },
      ],
      orderBy: [{ column: 'startsAt' }],
      limit: pageRows,
    });
    return rows.flatMap((row) => (row.kind === 'closed' ? [row] : []));
  }
}
