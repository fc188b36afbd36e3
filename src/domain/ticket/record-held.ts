import { calendarVersion } from '../calendar/working-calendar';
import { endOfWorkingDayAfter } from '../calendar/working-days';
import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { refuse, type Refusal } from '../kernel/refusal';
import { plusHours } from '../time/civil-time';
import { bookingOf } from './booking';
import type { RulesInForce } from './deadlines';
import type { Held, MeetingStarted } from './facts';
import { checkStart } from './start-meeting';
import { isHeld, isRequested, type MeetingTicket, type StandingTicket, type TicketState } from './state';

export type RecordHeld = RulesInForce & { readonly startedAt: Instant; readonly endedAt: Instant; readonly at: Instant };

const checkTimes = ({ startedAt, endedAt, at }: RecordHeld, state: MeetingTicket | StandingTicket): Refusal | undefined => {
  const early = checkStart(startedAt, at, state);
  if (early !== undefined) return early;
  if (endedAt <= startedAt) return refuse('invalid', { field: 'endedAt', reason: 'not-after-start' });
  if (endedAt > at) return refuse('invalid', { field: 'endedAt', reason: 'in-the-future' });
  const issuedAt = state.resolution.issued?.issuedAt;
  return issuedAt !== undefined && issuedAt < startedAt
    ? refuse('wrong-state', { article: '7', reason: 'resolution-before-start' })
    : undefined;
};

/** What follows from the end of a meeting, by when, and by which rules (A12, A17). */
const heldFact = (command: RecordHeld, { booking }: MeetingTicket | StandingTicket): Held => {
  const { startedAt, endedAt, policies, calendar } = command;
  const { targetHours, hardLimitWorkingDays } = policies['resolution-deadline'].value;
  const online = booking.mode === 'online';
  return {
    type: 'Held',
    data: {
      ...bookingOf(booking),
      startedAt,
      endedAt,
      recordKind: online ? 'webex-recording' : 'written-record',
      resolutionTargetAt: plusHours(endedAt, targetHours),
      resolutionHardLimitAt: endOfWorkingDayAfter(calendar, endedAt, hardLimitWorkingDays),
      ...(online ? { recordingDueAt: plusHours(endedAt, policies['recording-deadline'].value.hours) } : {}),
      policies: [policies['resolution-deadline'], policies['recording-deadline'], policies['recording-coverage']],
      calendarVersion: calendarVersion(calendar),
    },
  };
};

/**
 * The meeting took place (Art. 6: planned for 15 minutes; the real length is what is recorded, A15). A start that nobody recorded
 * is recorded with it. Held already, it changes nothing. Refuses `wrong-state` unless scheduled or in progress,
 * `invalid` for an end before the start or ahead of the clock.
 */
export const recordHeld = (command: RecordHeld, state: TicketState): Decision<MeetingStarted | Held> => {
  if (!isRequested(state)) return refuse('not-found');
  if (isHeld(state)) return nothing();
  if (state.status !== 'in-progress' && state.status !== 'scheduled') return refuse('wrong-state');
  const refusal = checkTimes(command, state);
  if (refusal !== undefined) return refusal;
  const held = heldFact(command, state);
  if (state.status === 'in-progress') return accept(held);
  const { slot, staffId } = state.booking;
  return accept<MeetingStarted | Held>({ type: 'MeetingStarted', data: { startedAt: command.startedAt, slot, staffId } }, held);
};
