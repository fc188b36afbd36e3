import { defined } from '../../domain/kernel/defined';
import {
  type AbsenceWay,
  allowedAbsences,
  allowedActions,
  allowedRecordings,
  citizenAbsentFrom,
  type RecordingWay,
  type TicketAction,
} from '../../domain/ticket/allowed';
import type { Instant } from '../../domain/kernel/fact';
import { refuse, type Refusal } from '../../domain/kernel/refusal';
import type { RequestIdentity } from '../../domain/request/facts';
import type { Locale, Mode } from '../../domain/ticket/facts';
import { isTold } from '../../domain/ticket/changes';
import { type HeldMeeting, isHeld, isRequested, type NoticeDuty, publicStatus, type TicketStatus } from '../../domain/ticket/state';
import { plusSeconds } from '../../domain/time/civil-time';
import type { Slot } from '../../domain/time/slot';
import { currentCalendar, currentStaff, currentTicket } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { type TaskRow, tables } from '../kernel/ports/tables';
import { meetingTexts, type MeetingTexts } from './meeting-texts';
import { meetWith, type MeetWith } from '../staff/meet-with';
import { Query } from '../kernel/message';

export type MeetingCardAsked = { readonly ticketId: string; readonly viewer: 'staff' | 'head' };

/** Everything that a civil servant needs around one meeting (Art. 5–8), and what may be done now. */
export type MeetingCard = MeetingTexts & {
  readonly ticketId: string;
  readonly reference: string;
  readonly status: TicketStatus;
  readonly mode: Mode;
  readonly slot: Slot;
  readonly staffId: string;
  readonly departmentCode: string;
  readonly meetWith: MeetWith | null;
  readonly request: RequestIdentity;
  /** the language in which the citizen reads letters */
  readonly locale: Locale;
  readonly startedAt?: Instant;
  readonly held?: HeldMeeting;
  readonly recordingMissing: boolean;
  readonly recordingWaived: boolean;
  /** Art. 8, what the citizen must be told */
  readonly notice?: NoticeDuty & { readonly told: boolean };
  readonly reschedules: number;
  readonly erased: boolean;
  readonly allowed: readonly TicketAction[];
  readonly recordingWays: readonly RecordingWay[];
  readonly absenceWays: readonly AbsenceWay[];
  /** A22 */
  readonly citizenAbsentFrom?: Instant;
  readonly tasks: readonly TaskRow[];
};

const mostTasks = 50;

export class GetMeetingCard extends Query<MeetingCardAsked, MeetingCard | Refusal> {}

/** The meeting from the log itself, its tasks from their table. */
export const meetingCard =
  (ports: Ports) =>
  async ({ ticketId, viewer }: MeetingCardAsked): Promise<MeetingCard | Refusal> => {
    const ticket = await currentTicket(ports, ticketId);
    const status = publicStatus(ticket);
    if (!isRequested(ticket) || status === undefined) return refuse('not-found');
    const { booking, reference, locale, recording, noticeDuty, left, erased } = ticket;
    const at = ports.clock.now();
    const [staff, calendar, tasks, texts] = await Promise.all([
      currentStaff(ports, booking.staffId),
      currentCalendar(ports),
      tasksOf(ports, ticketId, at),
      meetingTexts(ports, ticket),
    ]);
    const rules = { policies: ports.policies, calendar };
    const absentFrom = citizenAbsentFrom(ticket, rules);
    return {
      ticketId,
      reference,
      status,
      mode: booking.mode,
      slot: booking.slot,
      staffId: booking.staffId,
      departmentCode: booking.departmentCode,
      meetWith: staff.status === 'unknown' ? null : await meetWith(ports, staff),
      request: booking.request,
      locale,
      ...texts,
      ...(ticket.status === 'in-progress' ? { startedAt: ticket.startedAt } : {}),
      ...(isHeld(ticket) ? { held: ticket.held } : {}),
      recordingMissing: recording.missingSince !== undefined,
      recordingWaived: recording.waivedAt !== undefined,
      ...(noticeDuty === undefined ? {} : { notice: { ...noticeDuty, told: isTold(ticket) } }),
      reschedules: left.length,
      erased,
      allowed: allowedActions(ticket, at, viewer, ports.policies),
      recordingWays: allowedRecordings(ticket, at),
      absenceWays: allowedAbsences(ticket, at, rules),
      ...defined({ citizenAbsentFrom: absentFrom }),
      tasks,
    };
  };

const tasksOf = async (ports: Ports, ticketId: string, at: Instant): Promise<readonly TaskRow[]> => {
  const { rows } = await ports.readModels.select<TaskRow>(tables.tasks, {
    where: [
      { column: 'ticketId', is: ticketId },
      { column: 'from', before: plusSeconds(at, 0.001) },
    ],
    orderBy: [{ column: 'dueAt' }],
    limit: mostTasks,
  });
  return rows;
};
