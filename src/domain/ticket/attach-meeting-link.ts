import { accept, nothing, type Decision } from '../kernel/decider';
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/instant';
import type { ClearText } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import type { Slot } from '../time/slot';
import type { MeetingLinkAttached } from './facts';
import { isRequested, type TicketState } from './state';

export type AttachMeetingLink = {
  readonly joinUrl: ClearText;
  readonly meetingId?: string;
  /** whether it is the link on record: the state holds it sealed, so the use case compares */
  readonly sameLink: boolean;
  /** the hour for which the meeting was created; left out, the hour that now stands */
  readonly slot?: Slot;
  readonly at: Instant;
};

const linkForm = /^https:\/\/[^\s/]+\S*$/;

/**
 * Art. 5. The link of the Webex meeting, for the invitation. The link on record, or one for an hour that no longer stands, changes nothing.
 * Refuses `invalid` for what is no https address, `wrong-state` unless the meeting is online and still to end.
 */
export const attachMeetingLink = (command: AttachMeetingLink, state: TicketState): Decision<MeetingLinkAttached> => {
  if (!isRequested(state)) return refuse('not-found');
  const { joinUrl, meetingId, sameLink, at } = command;
  const { mode, slot } = state.booking;
  if (mode !== 'online') return refuse('wrong-state', { article: '5', reason: 'not-online' });
  if (!linkForm.test(joinUrl.clear)) return refuse('invalid', { field: 'joinUrl', reason: 'malformed' });
  if (state.status !== 'scheduled' && state.status !== 'in-progress') return refuse('wrong-state', { article: '5' });
  if (command.slot !== undefined && command.slot.startsAt !== slot.startsAt) return nothing();
  if (state.meetingLink !== undefined && sameLink) return nothing();
  return accept({
    type: 'MeetingLinkAttached',
    data: { joinUrl, ...defined({ meetingId }), slot, attachedAt: at },
  });
};
