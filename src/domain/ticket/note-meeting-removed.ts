import { accept, nothing, type Decision } from '../kernel/decider';
import { refuse } from '../kernel/refusal';
import type { MeetingRemoved } from './facts';
import { isRequested, isStanding, type TicketState } from './state';

/** Art. 5. The meeting that the machine made is gone from the video service. Of a ticket that still stands it says nothing. */
export const noteMeetingRemoved = (removed: MeetingRemoved['data'], state: TicketState): Decision<MeetingRemoved> => {
  if (!isRequested(state)) return refuse('not-found');
  return isStanding(state) || state.status === 'in-progress' ? nothing() : accept({ type: 'MeetingRemoved', data: removed });
};
