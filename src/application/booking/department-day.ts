import { keepsOthersOut } from '../../domain/agenda/agenda';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { addDays } from '../../domain/time/civil-time';
import type { Ports } from '../kernel/ports/ports';
import { type AgendaDayRow, type StaffDirectoryRow, tables } from '../kernel/ports/tables';

const meetingsIn = ({ agenda }: AgendaDayRow, at: Instant, except: string | undefined): number =>
  Object.values(agenda.holds).filter((hold) => hold.holdId !== except && hold.standing !== 'released' && keepsOthersOut(hold, at)).length;

/**
 * The days, from the first to the last, on which a department has as many meetings as `department-daily-cap` allows. Counted in the tables,
 * for no stream has a department's day: of several bookings at the same moment more than one may be the last.
 *
 * @param except a hold that is not counted: the one that is asked for, which a command that is repeated finds there
 */
export const fullDays = async (
  ports: Ports,
  departmentCode: string,
  [from, to]: readonly [CivilDate, CivilDate],
  at: Instant,
  except?: string,
): Promise<ReadonlySet<CivilDate>> => {
  const cap = ports.policies['department-daily-cap'].value;
  if (cap === null) return new Set();
  const people = await ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, {
    where: [{ column: 'departmentCode', is: departmentCode }],
  });
  const days = await Promise.all(
    people.rows.map(({ staffId }) =>
      ports.readModels.select<AgendaDayRow>(tables.agendaDays, {
        where: [
          { column: 'staffId', is: staffId },
          { column: 'date', from, before: addDays(to, 1) },
        ],
      }),
    ),
  );
  const meetings = new Map<CivilDate, number>();
  for (const row of days.flatMap(({ rows }) => rows)) meetings.set(row.date, (meetings.get(row.date) ?? 0) + meetingsIn(row, at, except));
  return new Set([...meetings].flatMap(([date, count]) => (count >= cap.meetings ? [date] : [])));
};
