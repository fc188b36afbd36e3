import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { refuse, type Refusal } from '../../domain/kernel/refusal';
import type { WeeklyHours } from '../../domain/staff/facts';
import { type KnownStaff, weekOn } from '../../domain/staff/staff-member';
import { civilDateOf } from '../../domain/time/civil-time';
import { currentStaff } from '../kernel/streams';
import { opened } from '../kernel/typed-values';
import type { Ports } from '../kernel/ports/ports';
import { Query } from '../kernel/message';

export type ScheduleQuery = { readonly staffId: string };
export type AbsenceView = { readonly absenceId: string; readonly from: Instant; readonly to: Instant; readonly reason: string };

/** Hours and absences of one person (A16), as the log has them now. */
export type StaffSchedule = {
  readonly staffId: string;
  readonly name: string;
  readonly department: string;
  readonly leftOn?: CivilDate;
  /** the week in force today; without `since` it is the one that was never changed */
  readonly week: WeeklyHours;
  readonly since?: CivilDate;
  /** weeks that will hold from a later day on, the nearest first */
  readonly coming: readonly { readonly from: CivilDate; readonly week: WeeklyHours }[];
  /** not over yet, the nearest first */
  readonly absences: readonly AbsenceView[];
  /** over, the newest first */
  readonly past: readonly AbsenceView[];
};

const weeksOf = (staff: KnownStaff, today: CivilDate): Pick<StaffSchedule, 'week' | 'since' | 'coming'> => {
  const firstDays = [...new Set(staff.hours.map(({ from }) => from))].toSorted();
  const since = firstDays.findLast((from) => from <= today);
  return {
    week: weekOn(staff, today),
    ...defined({ since }),
    coming: firstDays.filter((from) => from > today).map((from) => ({ from, week: weekOn(staff, from) })),
  };
};

export class GetStaffSchedule extends Query<ScheduleQuery, StaffSchedule | Refusal> {}

export const staffSchedule =
  (ports: Ports) =>
  async ({ staffId }: ScheduleQuery): Promise<StaffSchedule | Refusal> => {
    const staff = await currentStaff(ports, staffId);
    if (staff.status === 'unknown') return refuse('not-found');
    const now = ports.clock.now();
    const views: readonly AbsenceView[] = await Promise.all(staff.absences.map((absence) => opened(ports, absence)));
    const absences = views.toSorted((a, b) => (a.from < b.from ? -1 : 1));
    return {
      staffId,
      ...(await opened(ports, { name: staff.name })),
      department: staff.department,
      ...defined({ leftOn: staff.leftOn }),
      ...weeksOf(staff, civilDateOf(now)),
      absences: absences.filter(({ to }) => to > now),
      past: absences.filter(({ to }) => to <= now).toReversed(),
    };
  };
