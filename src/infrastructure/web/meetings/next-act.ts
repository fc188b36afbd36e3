import type { MeetingCard } from '../../../application/meeting/meeting-card';
import type { Instant } from '../../../domain/kernel/fact';
import { type Act, allowedActs } from './acts';

/** Art. 8: nobody has told the citizen, and no letter will do it by itself. */
export const mustBeToldByAPerson = ({ notice, applicant, tasks }: MeetingCard): boolean =>
  notice !== undefined && !notice.told && (applicant.email === undefined || tasks.some(({ kind }) => kind === 'notify-citizen'));

export const isRecordingSettled = ({ mode, recordings, recordingMissing, recordingWaived }: MeetingCard): boolean =>
  mode !== 'online' || recordings.length > 0 || recordingMissing || recordingWaived;

/** Art. 7: the citizen has it, or a letter is on its way by itself. */
const mustBeHandedOver = ({ resolution, applicant }: MeetingCard): boolean =>
  resolution.issued !== undefined && resolution.handedOver === undefined && (applicant.email === undefined || resolution.bounced);

/** Art. 7: the register has given up, or everything is filed by hand here. */
const mustBeFiledByHand = ({ tasks }: MeetingCard): boolean =>
  tasks.some(({ kind, waiting }) => kind === 'file-resolution' && waiting !== true);

/** Art. 8: at its hour nobody can hold it, for an absence or a day that was closed since. */
const mustBeMoved = ({ tasks }: MeetingCard): boolean => tasks.some(({ kind }) => kind === 'must-be-rescheduled');

const wanted = (card: MeetingCard, at: Instant): readonly (Act | false)[] => {
  const { status, mode, slot, link, resolution } = card;
  const tell = mustBeToldByAPerson(card) && 'notice';
  const missesLink = mode === 'online' && link === undefined && 'link';
  switch (status) {
    case 'scheduled':
      if (at < slot.startsAt) return [tell, mustBeMoved(card) && 'reschedule', missesLink];
      return at < slot.endsAt ? [missesLink, 'start'] : ['held'];
    case 'in-progress':
      return ['held'];
    case 'staff-absent':
      return [tell, 'reschedule'];
    case 'held':
    case 'resolved':
    case 'concluded':
      return [
        !isRecordingSettled(card) && 'recording',
        resolution.issued === undefined && 'resolution',
        mustBeFiledByHand(card) && 'filed',
        mustBeHandedOver(card) && 'handed-over',
      ];
    case 'cancelled':
      return [tell];
    case 'awaiting-code':
    case 'lapsed':
    case 'citizen-absent':
      return [];
  }
};

/** The one thing to do next, among what may be done; nothing when the person can wait. */
export const nextAct = (card: MeetingCard, at: Instant): Act | undefined => {
  const may = allowedActs(card);
  return wanted(card, at).find((act): act is Act => act !== false && may.includes(act));
};
