import type { Figures } from '../../../application/reports/counted-tickets';

/** Whoever was expected did not come: the citizen (A22) or the civil servant (A23). */
export const absentIn = ({ citizenAbsent, staffAbsent }: Figures): number => citizenAbsent + staffAbsent;
/** Hours at which somebody waited: each was held, or one of the two was absent. */
export const hoursComeIn = (figures: Figures): number => figures.held + absentIn(figures);
/** A13: held online, and no recording of it, whatever the reason. */
export const unrecordedIn = ({ heldOnline, recorded }: Figures): number => Math.max(0, heldOnline - recorded);
/** Of those, the ones that may still come: nobody has said yet that there is none, or why (A13, within 48 hours). */
export const recordingAwaitedIn = (figures: Figures): number =>
  Math.max(0, unrecordedIn(figures) - figures.recordingMissing - figures.recordingWaived);
export const rescheduledIn = ({ rescheduledByCitizen, rescheduledByStaff }: Figures): number => rescheduledByCitizen + rescheduledByStaff;
