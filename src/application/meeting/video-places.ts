import type { RequestedTicket } from '../../domain/ticket/state';
import { currentStaff } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import type { VideoHost, VideoPlace } from '../kernel/ports/video-meetings';

/** The address of a civil servant, from the directory; `undefined` when nobody knows it any more. */
export const hostOf = async (ports: Ports, staffId: string): Promise<VideoHost | undefined> => {
  const staff = await currentStaff(ports, staffId);
  const email = staff.status === 'unknown' ? undefined : await ports.personalData.open(staff.email);
  return email === undefined ? undefined : { email };
};

/**
 * Where the ticket's meeting is to be, then where it was to be before, the first place first. None at all when the host of the place
 * where it stands is not known; former hosts that are not known are left out.
 */
export const placesOf = async (ports: Ports, { booking, left }: RequestedTicket): Promise<readonly VideoPlace[]> => {
  const host = await hostOf(ports, booking.staffId);
  if (host === undefined) return [];
  const places: VideoPlace[] = [{ slot: booking.slot, host }];
  for (const { slot, staffId } of left) {
    const former = await hostOf(ports, staffId);
    if (former !== undefined) places.push({ slot, host: former });
  }
  return places;
};
