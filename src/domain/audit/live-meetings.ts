import type { Evidence, LiveMeeting } from './case-file';
import type { KeptFact } from './kept-fact';

const closed = (meetings: readonly LiveMeeting[], ticketId: string, at: string): readonly LiveMeeting[] =>
  meetings.map((meeting) => (meeting.ticketId === ticketId && meeting.liveUntil === undefined ? { ...meeting, liveUntil: at } : meeting));

/**
 * The meetings after one fact of a ticket, each in its old place: scheduling opens one at the end, moving closes it and opens another, cancelling closes it.
 * Whoever keeps the list per person and day gives every ticket fact that names the former or the new place, and keeps what is his own.
 */
export const meetingsAfter = (
  meetings: readonly LiveMeeting[],
  ticketId: string,
  { fact, id, recordedAt }: Evidence<KeptFact>,
): readonly LiveMeeting[] => {
  if (fact.type === 'Cancelled') return closed(meetings, ticketId, recordedAt);
  if (fact.type !== 'Scheduled' && fact.type !== 'Rescheduled' && fact.type !== 'Reassigned') return meetings;
  const { staffId, slot } = fact.data;
  return [...closed(meetings, ticketId, recordedAt), { ticketId, staffId, slot, liveFrom: recordedAt, eventId: id }];
};

/** All the places that a ticket's meeting had, with the time in which it was live there. */
export const liveMeetings = (ticketId: string, events: readonly Evidence<KeptFact>[]): readonly LiveMeeting[] =>
  events.reduce<readonly LiveMeeting[]>((meetings, event) => meetingsAfter(meetings, ticketId, event), []);
