import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { RequestIdentity } from '../../../domain/request/facts';
import { atLocal, plusHours, plusMinutes } from '../../../domain/time/civil-time';
import type { DemoTicket } from './cast';
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
  type PlayedTicket,
  playedTicket,
  sendLink,
  start,
  tellByPhone,
  writeResolution,
} from './plays';
import { workingDayAround } from './working-days-around';

/** Something that happens at an instant of the story. */
export type Scene = { readonly at: Instant; readonly play: Play };

/** The scenes of one ticket, from the form to the resolution; those after now are simply not played yet. */
export const ticketStory = (
  { mode, email, staffId, day, time, outcome, locale }: DemoTicket,
  request: RequestIdentity,
  today: CivilDate,
  place: number,
  ticketId: string,
): readonly Scene[] => {
  const ticket = playedTicket(ticketId, staffId);
  const wasMoved = outcome === 'moved-by-staff' || outcome === 'moved-by-citizen';
  const startsAt = atLocal(workingDayAround(today, day), time);
  const finalDay = wasMoved ? day + 3 : day;
  const finalStart = atLocal(workingDayAround(today, finalDay), wasMoved ? '10:45' : time);
  // a working week or so before, at an hour of its own
  const bookedAt = plusMinutes(atLocal(workingDayAround(today, day - 6), '18:00'), place * 7);
  const form = {
    request,
    startsAt,
    mode,
    locale,
    phone: `+40 700 000 ${String(100 + place)}`,
    ...(email ? { email: `cetatean.${place}@posta.example` } : {}),
  };
  const booked: Scene = { at: bookedAt, play: book(ticket, form) };
  if (outcome === 'not-verified') return [booked, { at: plusMinutes(bookedAt, 30), play: () => Promise.resolve() }];
  const linkAt = (at: Instant): readonly Scene[] => (mode === 'online' ? [{ at, play: sendLink(ticket) }] : []);
  const scenes: readonly Scene[] = [
    booked,
    ...(email ? [{ at: plusMinutes(bookedAt, 3), play: enterCode(ticket) }] : []),
    ...linkAt(plusHours(bookedAt, 15)),
  ];
  const changedAt = plusHours(bookedAt, 40);
  if (outcome === 'cancelled') return [...scenes, { at: changedAt, play: cancel(ticket) }];
  const meeting = meetingStory(ticket, { startsAt: finalStart, mode, email, outcome });
  if (!wasMoved) return [...scenes, ...meeting];
  const by = outcome === 'moved-by-staff' ? 'staff' : 'citizen';
  return [
    ...scenes,
    { at: changedAt, play: move(ticket, by, finalStart) },
    ...(by === 'staff' ? [{ at: plusHours(changedAt, 1), play: tellByPhone(ticket) }] : []),
    ...linkAt(plusHours(changedAt, 2)),
    ...meeting,
  ];
};

const meetingStory = (
  ticket: PlayedTicket,
  { startsAt, mode, email, outcome }: Pick<DemoTicket, 'mode' | 'email' | 'outcome'> & { readonly startsAt: Instant },
): readonly Scene[] => {
  const after = (minutes: number, play: Play): Scene => ({ at: plusMinutes(startsAt, minutes), play });
  if (outcome === 'citizen-absent') return [after(11, citizenStaysAway(ticket))];
  const scenes = [after(1, start(ticket)), after(15, hold(ticket, startsAt))];
  if (mode === 'online') {
    scenes.push(outcome === 'no-recording' ? after(20, keepRecording(ticket, 'missing')) : after(25, keepRecording(ticket, 'attached')));
  }
  if (outcome === 'overdue-resolution') return scenes;
  scenes.push(after(50, writeResolution(ticket)));
  if (!email) scenes.push(after(90, handOver(ticket, plusMinutes(startsAt, 85))));
  return scenes;
};
