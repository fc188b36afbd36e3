import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { RequestIdentity } from '../../../domain/request/facts';
import { atLocal, plusHours, plusMinutes } from '../../../domain/time/civil-time';
import type { EarlierTicket } from './months-before';
import {
  book,
  cancel,
  citizenStaysAway,
  enterCode,
  handOver,
  hold,
  keepRecording,
  move,
  type Play,
  playedTicket,
  sendLink,
  tellByPhone,
  writeResolution,
} from './plays';
import { workingDayAround } from './working-days-around';

/**
 * What happens at an instant of the months before. Letters and deadlines wait for it only where it says so: nobody looks at the
 * minutes of these months, and the demonstration is to begin soon.
 */
export type EarlierScene = { readonly at: Instant; readonly play: Play; readonly lettersFollow: boolean };

const daysBooked = 3;
const movedDays = 2;
const movedTo = '08:15';

/** Whole evenings book at once, and their codes, links and letters go together. */
export const earlierStory = (
  ticket: EarlierTicket,
  firstDay: number,
  request: RequestIdentity,
  today: CivilDate,
  place: number,
  ticketId: string,
): readonly EarlierScene[] => {
  const { mode, email, staffId, day, time, outcome } = ticket;
  const played = playedTicket(ticketId, staffId);
  const bookedAt = atLocal(workingDayAround(today, firstDay - daysBooked), '17:00');
  const morningAfter = atLocal(workingDayAround(today, firstDay - daysBooked + 1), '08:10');
  const by = outcome === 'moved-by-citizen' ? 'citizen' : outcome === 'moved-by-staff' ? 'staff' : undefined;
  const startsAt = atLocal(workingDayAround(today, day), time);
  const heldAt = by === undefined ? startsAt : atLocal(workingDayAround(today, day + movedDays), movedTo);
  const scene = (at: Instant, play: Play, lettersFollow = true): EarlierScene => ({ at, play, lettersFollow });
  const linkAt = (at: Instant): readonly EarlierScene[] => (mode === 'online' ? [scene(at, sendLink(played))] : []);
  const form = {
    request,
    startsAt,
    mode,
    locale: 'ro' as const,
    phone: `+40 700 001 ${String(100 + place)}`,
    ...(email ? { email: `cetatean.din.trecut.${place}@posta.example` } : {}),
  };
  return [
    scene(bookedAt, book(played, form)),
    ...(email ? [scene(plusMinutes(bookedAt, 4), enterCode(played))] : []),
    ...linkAt(morningAfter),
    ...(by === undefined ? [] : [scene(plusHours(morningAfter, 2), move(played, by, heldAt))]),
    ...(by === 'staff' ? [scene(plusHours(morningAfter, 3), tellByPhone(played))] : []),
    ...(by === undefined ? [] : linkAt(plusHours(morningAfter, 4))),
    ...(outcome === 'cancelled' ? [scene(plusHours(morningAfter, 2), cancel(played))] : meetingOf(ticket, played, heldAt)),
  ];
};

const meetingOf = (
  { mode, email, outcome, delayMinutes }: EarlierTicket,
  played: ReturnType<typeof playedTicket>,
  startsAt: Instant,
): readonly EarlierScene[] => {
  const endedMinutes = 14;
  const after = (minutes: number, play: Play, lettersFollow = false): EarlierScene => ({
    at: plusMinutes(startsAt, minutes),
    play,
    lettersFollow,
  });
  if (outcome === 'citizen-absent') return [after(11, citizenStaysAway(played), true)];
  const written = endedMinutes + delayMinutes;
  return [
    after(15, hold(played, startsAt)),
    ...(mode === 'online' ? [after(16, keepRecording(played, outcome === 'waived' ? 'waived' : 'attached'))] : []),
    after(written, writeResolution(played), true),
    ...(email ? [] : [after(written + 10, handOver(played, plusMinutes(startsAt, written + 5)))]),
  ];
};
