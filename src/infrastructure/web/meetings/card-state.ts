import type { MeetingRow } from '../../../application/kernel/ports/tables';
import type { MeetingCard, ResolutionShown } from '../../../application/meeting/meeting-card';
import { type MeetingState, stateShown } from './state-shown';

const resolutionOf = ({ issued, sentAt, bounced, handedOver }: ResolutionShown): MeetingRow['resolution'] => {
  if (handedOver !== undefined) return 'handed-over';
  if (bounced) return 'bounced';
  if (sentAt !== undefined) return 'sent';
  return issued === undefined ? 'none' : 'issued';
};

/** The same word and icon as in the calendar. */
export const cardState = (card: MeetingCard): MeetingState =>
  stateShown({
    status: card.status,
    mode: card.mode,
    hasLink: card.link !== undefined,
    reschedules: card.reschedules,
    resolution: resolutionOf(card.resolution),
  });
