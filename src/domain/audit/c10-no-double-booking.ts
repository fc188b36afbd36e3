import { overlaps } from '../time/slot';
import type { LiveMeeting } from './case-file';
import { check, fail, notApplicable, pass } from './check';
import { liveMeetings } from './live-meetings';
import { moment, neverScheduled } from './wording';

const liveTogether = (one: LiveMeeting, other: LiveMeeting): boolean =>
  (other.liveUntil === undefined || one.liveFrom < other.liveUntil) && (one.liveUntil === undefined || other.liveFrom < one.liveUntil);

const clash = (one: LiveMeeting, other: LiveMeeting): boolean =>
  one.staffId === other.staffId && overlaps(one.slot, other.slot) && liveTogether(one, other);

/** C10, Art. 4 and 6: at no moment of the history had the same person another live meeting at the same time. */
export const c10NoDoubleBooking = check('C10', '4', (dossier) => {
  const own = liveMeetings(dossier.ticketId, dossier.ticket);
  if (own.length === 0) return notApplicable(neverScheduled);
  for (const meeting of own) {
    const other = dossier.otherMeetings.find((candidate) => clash(meeting, candidate));
    if (other !== undefined) {
      const at = moment(meeting.slot.startsAt);
      return fail(
        { ro: `Altă întâlnire a aceleiași persoane se suprapune la ${at}.`, en: `Another meeting of the same person overlaps at ${at}.` },
        [{ id: meeting.eventId }, { id: other.eventId }],
      );
    }
  }
  return pass(
    { ro: 'Nicio suprapunere cu altă întâlnire a aceleiași persoane.', en: 'No overlap with another meeting of the same person.' },
    own.map(({ eventId }) => ({ id: eventId })),
  );
});
