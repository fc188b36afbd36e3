import { agenda, type AgendaState, type Hold } from '../../domain/agenda/agenda';
import { meetingsInOpenTime, meetingsInTheWay, settleBlocks, wantedBlocks, type MeetingInTheWay } from '../../domain/agenda/wanted-blocks';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { isRefusal } from '../../domain/kernel/refusal';
import { moveDue } from '../../domain/tasks/tasks';
import { addDays } from '../../domain/time/civil-time';
import { unlessContended } from '../kernel/execute';
import { agendas, calendars, staffMembers } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { endTaskOn, raiseTaskOn } from '../kernel/processes/raise-task-on';
import { effectContext } from '../kernel/processes/ticket-process';

type Closing = {
  readonly staffId: string;
  /** both ends included */
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly causeId: string;
  readonly correlationId: string;
  readonly at: Instant;
};

/** What person and calendar say now, and a mark that changes whenever they do. */
const whatIsKnown = async (ports: Ports, staffId: string) => {
  const staff = await staffMembers.of(ports, staffId).load();
  const calendar = await calendars.of(ports).load();
  return { staff: staff.state, calendar: calendar.state, mark: `${staff.revision} ${calendar.revision}` };
};

/**
 * Makes the blocks of these days what person and calendar ask for, whatever order the facts are worked off in:
 * if either changed meanwhile, all of it is looked at again, so that no block stays which somebody has just withdrawn.
 */
export const closeDays = async (ports: Ports, closing: Closing): Promise<void> => {
  for (;;) {
    const known = await whatIsKnown(ports, closing.staffId);
    for (let date = closing.from; date <= closing.to; date = addDays(date, 1)) {
      const day = await settleDay(ports, closing, date, known);
      for (const meeting of meetingsInTheWay(day)) await askToMove(ports, closing, meeting);
      for (const hold of meetingsInOpenTime(day)) await letItStand(ports, closing, hold);
    }
    if ((await whatIsKnown(ports, closing.staffId)).mark === known.mark) return;
  }
};

const settleDay = async (
  ports: Ports,
  { staffId, causeId, correlationId, at }: Closing,
  date: CivilDate,
  { staff, calendar, mark }: Awaited<ReturnType<typeof whatIsKnown>>,
): Promise<AgendaState> => {
  const context = effectContext(ports, { process: 'process-blocking', causeId, correlationId, at });
  const stream = agendas.of(ports, staffId, date);
  const wanted = wantedBlocks(date, staff, calendar);
  const executed = unlessContended(
    await stream.transact(context, `settle ${mark}`, (state) =>
      settleBlocks(
        { wanted, at, blockIdOf: ({ cause, from, to }) => ports.identifiers.derive(causeId, stream.name, mark, cause, from, to) },
        state,
      ),
    ),
  );
  return isRefusal(executed) ? agenda.initial : executed.state;
};

/** Whoever cannot be met at that hour must be given another, or be met by somebody else. */
const askToMove = async (ports: Ports, closing: Closing, { hold, cause }: MeetingInTheWay): Promise<void> => {
  const { causeId, correlationId, staffId, at } = closing;
  const context = effectContext(ports, { process: 'process-blocking', causeId, correlationId, at });
  const kinds = cause === 'departure' ? (['must-be-rescheduled', 'assign-staff'] as const) : (['must-be-rescheduled'] as const);
  for (const kind of kinds) {
    await raiseTaskOn(
      ports,
      { ticketId: hold.ticketId, context },
      { kind, staffId, subjectId: hold.holdId, dueAt: moveDue(hold.slot) },
      (ticket) => ticket.booking.holdId === hold.holdId && (ticket.status === 'scheduled' || ticket.status === 'staff-absent'),
    );
  }
};

/** What closed this hour was withdrawn: the meeting takes place after all. */
const letItStand = async (ports: Ports, closing: Closing, { ticketId, holdId }: Hold): Promise<void> => {
  const { causeId, correlationId, at } = closing;
  const context = effectContext(ports, { process: 'process-blocking', causeId, correlationId, at });
  for (const kind of ['must-be-rescheduled', 'assign-staff'] as const) {
    await endTaskOn(ports, { ticketId, context }, { kind, subjectId: holdId });
  }
};
