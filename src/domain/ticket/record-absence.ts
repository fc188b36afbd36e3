import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import { minutesBetween, plusMinutes } from '../time/civil-time';
import { bookingOf } from './booking';
import { newSlotDueAt, noticeDueAt, type RulesInForce } from './deadlines';
import type { CitizenAbsent, StaffAbsent } from './facts';
import { isRequested, type TicketState } from './state';

export type RecordCitizenAbsent = {
  /** how long somebody waited; left out, since the slot's start */
  readonly waitedMinutes?: number;
  readonly at: Instant;
  readonly policies: Pick<Policies, 'absence-wait'>;
};

/**
 * A22. The citizen did not come; no recording and no resolution is due. Recorded already, it changes nothing.
 * Refuses `too-early` with `earliest` before the wait is over, `invalid` for a wait that was too short or longer than the time since the start,
 * `wrong-state` unless scheduled or in progress, and once a resolution is issued (Art. 7: then they met).
 */
export const recordCitizenAbsent = (command: RecordCitizenAbsent, state: TicketState): Decision<CitizenAbsent> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.status === 'citizen-absent') return nothing();
  if (state.status !== 'scheduled' && state.status !== 'in-progress') return refuse('wrong-state');
  if (state.resolution.issued !== undefined) return refuse('wrong-state', { article: '7', reason: 'resolution-issued' });
  const { at, policies } = command;
  const { startsAt } = state.booking.slot;
  const { minutes } = policies['absence-wait'].value;
  const earliest = plusMinutes(startsAt, minutes);
  if (at < earliest) return refuse('too-early', { article: '6', earliest });
  const sinceStart = Math.floor(minutesBetween(startsAt, at));
  const waitedMinutes = command.waitedMinutes ?? sinceStart;
  if (!Number.isInteger(waitedMinutes) || waitedMinutes < minutes || waitedMinutes > sinceStart) {
    return refuse('invalid', { article: '6', field: 'waitedMinutes', reason: 'out-of-range', minimum: minutes, maximum: sinceStart });
  }
  return accept({ type: 'CitizenAbsent', data: { ...bookingOf(state.booking), waitedMinutes, absentAt: at } });
};

/**
 * A23. The staff member did not come. It ends nothing: it opens the duty of Art. 8, to tell the citizen and find a new slot,
 * and the 30 days no longer matter. Recorded already, it changes nothing. Refuses `too-early` before the slot's start
 * (an absence known before is a rescheduling) and `wrong-state` unless scheduled.
 */
export const recordStaffAbsent = (command: RulesInForce & { readonly at: Instant }, state: TicketState): Decision<StaffAbsent> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.status === 'staff-absent') return nothing();
  if (state.status !== 'scheduled') return refuse('wrong-state');
  const { at } = command;
  const { startsAt } = state.booking.slot;
  if (at < startsAt) return refuse('too-early', { article: '8', earliest: startsAt });
  return accept({
    type: 'StaffAbsent',
    data: {
      ...bookingOf(state.booking),
      absentAt: at,
      noticeDueAt: noticeDueAt(command, at),
      newSlotDueAt: newSlotDueAt(command, at),
    },
  });
};
