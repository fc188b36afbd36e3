import type { VideoPlace } from '../../../../application/kernel/ports/video-meetings';
import { findMeetings } from './ticket-meetings';
import type { WebexCalls } from './webex-calls';

type Removed = 'removed' | 'not-there' | 'refused';

/** Whoever was invited hears of it from us, not from Webex. */
export const removeMeeting = async (ask: WebexCalls, meetingId: string, host: string): Promise<Removed> => {
  const { status } = await ask({
    operation: 'remove-meeting',
    method: 'DELETE',
    path: `/meetings/${encodeURIComponent(meetingId)}`,
    query: { hostEmail: host, sendEmail: 'false' },
    mayRepeat: true,
  });
  if (status < 300) return 'removed';
  return status === 404 ? 'not-there' : 'refused';
};

/**
 * Removes the known meeting and every other one of this ticket from these places. The known one is asked for under every host, because
 * only its own may remove it.
 */
export const removeMeetings = async (
  ask: WebexCalls,
  ticket: { readonly ticketId: string; readonly meetingId?: string; readonly places: readonly VideoPlace[] },
): Promise<'removed' | 'refused'> => {
  const { ticketId, meetingId, places } = ticket;
  const slots = places.map(({ slot }) => slot);
  const outcomes = new Map<string, readonly Removed[]>();
  for (const host of new Set(places.map(({ host: { email } }) => email))) {
    const found = await findMeetings(ask, { ticketId, host, slots });
    const ids = new Set([...(meetingId === undefined ? [] : [meetingId]), ...found.map(({ id }) => id)]);
    for (const id of ids) outcomes.set(id, [...(outcomes.get(id) ?? []), await removeMeeting(ask, id, host)]);
  }
  const isRefused = (each: readonly Removed[]): boolean => each.includes('refused') && !each.includes('removed');
  return [...outcomes.values()].some(isRefused) ? 'refused' : 'removed';
};
