import { pauseService as pauseDecision, resumeService as resumeDecision } from '../../domain/agenda/pauses';
import type { Pause } from '../../domain/calendar/calendar';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate } from '../../domain/kernel/fact';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import { stillStands } from '../../domain/ticket/ticket';
import { addDays, civilDateOf } from '../../domain/time/civil-time';
import type { Slot } from '../../domain/time/slot';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { Command, Query } from '../kernel/message';
import { erasedMark } from '../kernel/ports/personal-data';
import { allRows } from '../kernel/reading/all-rows';
import type { Ports } from '../kernel/ports/ports';
import { type AgendaDayRow, tables } from '../kernel/ports/tables';
import { calendars, currentCalendar, currentStaff, currentTicket } from '../kernel/streams';

/** Days are inclusive; `departmentCode` left out: the whole service. */
export type PauseServiceInput = {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly departmentCode?: string;
  readonly textRo: string;
  readonly textEn: string;
};
type PauseDone = Done<{ readonly pauseId: string }>;

export class PauseService extends Command<PauseServiceInput, PauseDone> {}

/** Whether any official is, or was, of it. */
const isDepartment = async ({ readModels }: Pick<Ports, 'readModels'>, departmentCode: string): Promise<boolean> =>
  (await readModels.count(tables.staffDirectory, [{ column: 'departmentCode', is: departmentCode }])) > 0;

/**
 * A16. No meeting is taken on these days; those that stand there become tasks (Art. 8). The same command is the same pause. Refuses
 * `invalid` for a department without officials, beside what the decision refuses.
 */
export const pauseService =
  (ports: Ports) =>
  async (context: CommandContext, { from, to, departmentCode, textRo, textEn }: PauseServiceInput): Promise<PauseDone | Refusal> => {
    if (departmentCode !== undefined && !(await isDepartment(ports, departmentCode)))
      return refuse('invalid', { field: 'departmentCode', reason: 'no-department' });
    const pauseId = ports.identifiers.derive(context.commandId, 'pause');
    const pause = { pauseId, from, to, ...defined({ departmentCode }), textRo, textEn, at: context.at };
    const paused = await calendars.of(ports).transact(context, 'pause', (state) => pauseDecision(pause, ports.policies, state));
    return isRefusal(paused) ? paused : done({ pauseId }, paused.position);
  };

export type ResumeServiceInput = { readonly pauseId: string };

export class ResumeService extends Command<ResumeServiceInput, PauseDone> {}

/** What of the pause is still ahead can be had again. */
export const resumeService =
  (ports: Ports) =>
  async (context: CommandContext, { pauseId }: ResumeServiceInput): Promise<PauseDone | Refusal> => {
    const resumed = await calendars.of(ports).transact(context, 'resume', (state) => resumeDecision({ pauseId, at: context.at }, state));
    return isRefusal(resumed) ? resumed : done({ pauseId }, resumed.position);
  };

/** `departmentCode` left out: those of the whole service and of every department. */
export type PausesQuery = { readonly departmentCode?: string };

export class GetPauses extends Query<PausesQuery, readonly Pause[]> {}

/** The pauses that are not over, the nearest first; of a department those of the whole service as well. */
export const pauses =
  (ports: Ports) =>
  async ({ departmentCode }: PausesQuery): Promise<readonly Pause[]> => {
    const today = civilDateOf(ports.clock.now());
    const { pauses: all = [] } = await currentCalendar(ports);
    return all
      .filter(({ to }) => to >= today)
      .filter((pause) => departmentCode === undefined || pause.departmentCode === undefined || pause.departmentCode === departmentCode)
      .toSorted((a, b) => (a.from < b.from ? -1 : 1));
  };

/** A meeting that stands on a day of a pause; of its citizen nothing is said. */
export type MeetingInPause = { readonly ticketId: string; readonly reference: string; readonly slot: Slot; readonly name: string };
export type MeetingsInPauseQuery = Pick<PauseServiceInput, 'from' | 'to' | 'departmentCode'>;

export class ListMeetingsInPause extends Query<MeetingsInPauseQuery, readonly MeetingInPause[]> {}

/**
 * Art. 8: the booked meetings that stand on these days, the earliest first: they stay until an official moves them. Nothing is changed by
 * asking.
 */
export const meetingsInPause =
  (ports: Ports) =>
  async ({ from, to, departmentCode }: MeetingsInPauseQuery): Promise<readonly MeetingInPause[]> => {
    const rows = await allRows<AgendaDayRow>(ports, tables.agendaDays, { where: [{ column: 'date', from, before: addDays(to, 1) }] });
    const people = new Map<string, string>();
    for (const staffId of new Set(rows.map((row) => row.staffId))) {
      const staff = await currentStaff(ports, staffId);
      if (staff.status === 'unknown' || (departmentCode !== undefined && staff.departmentCode !== departmentCode)) continue;
      people.set(staffId, (await ports.personalData.open(staff.name)) ?? erasedMark);
    }
    const holds = rows.flatMap(({ staffId, agenda }) => {
      const name = people.get(staffId);
      return name === undefined ? [] : Object.values(agenda.holds).map((hold) => ({ ...hold, name }));
    });
    const found = await Promise.all(
      holds
        .filter(({ standing }) => standing === 'confirmed')
        .map(async ({ ticketId, holdId, slot, name }): Promise<MeetingInPause | undefined> => {
          const ticket = await currentTicket(ports, ticketId);
          // what the table of the day says may be older than the ticket itself
          return stillStands(ticket) && ticket.booking.holdId === holdId
            ? { ticketId, reference: ticket.reference, slot, name }
            : undefined;
        }),
    );
    return found.filter((meeting) => meeting !== undefined).toSorted((a, b) => (a.slot.startsAt < b.slot.startsAt ? -1 : 1));
  };
