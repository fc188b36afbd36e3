import type { Clock } from '../../../../application/kernel/ports/clock';
import type { AutomaticMeetings, MadeMeeting, VideoPlace, WantedMeeting } from '../../../../application/kernel/ports/video-meetings';
import { AnswerUnreadable } from './answer-unreadable';
import { hostAddress, isSameAddress } from './host-address';
import { makeMeeting, standsAt, timesOf, withJoinUrl } from './make-meeting';
import { findRecordings, recordingStands } from './recordings';
import { removeMeeting, removeMeetings } from './remove-meetings';
import { findMeetings } from './ticket-meetings';
import { meetingOf } from './webex-answers';
import type { WebexCalls } from './webex-calls';

export type WebexMeetingsOptions = {
  readonly ask: WebexCalls;
  readonly clock: Clock;
  /** see hostAddress */
  readonly hostEmail?: string;
  /** Art. 5 has the civil servant press the button; where the city wants it, Webex does */
  readonly autoRecord: boolean;
};

const moveMeeting = async (ask: WebexCalls, wanted: WantedMeeting, meetingId: string): Promise<MadeMeeting | 'gone'> => {
  const operation = 'move-meeting';
  const { slot, host } = wanted;
  const answer = await ask({
    operation,
    method: 'PATCH',
    path: `/meetings/${encodeURIComponent(meetingId)}`,
    body: { ...timesOf(slot), hostEmail: host.email, sendEmail: false },
    mayRepeat: true,
  });
  if (answer.status >= 400) return 'gone';
  const moved = meetingOf(operation, answer.body);
  if (moved.id !== meetingId || !standsAt(moved, slot)) throw new AnswerUnreadable(operation);
  return withJoinUrl(ask, moved, host.email);
};

/** Meetings of the same ticket with somebody else: that person must not wait in them. */
const removeFromFormerHosts = async (ask: WebexCalls, { ticketId, host, before }: WantedMeeting): Promise<void> => {
  const places = before.filter((place) => !isSameAddress(place.host.email, host.email));
  if (places.length > 0) await removeMeetings(ask, { ticketId, places });
};

/** The meeting that is there already, at its hour; twins of it are removed. */
const adoptMeeting = async (ask: WebexCalls, wanted: WantedMeeting): Promise<MadeMeeting | undefined> => {
  const { ticketId, reference, slot, before } = wanted;
  const host = wanted.host.email;
  const slots = [slot, ...before.map((place) => place.slot)];
  const [kept, ...twins] = await findMeetings(ask, { ticketId, reference, host, slots });
  if (kept === undefined) return undefined;
  for (const { id } of twins) await removeMeeting(ask, id, host);
  if (kept.start === slot.startsAt && kept.end === slot.endsAt) return withJoinUrl(ask, kept, host);
  const moved = await moveMeeting(ask, wanted, kept.id);
  if (moved !== 'gone') return moved;
  await removeMeeting(ask, kept.id, host);
  return undefined;
};

/** Meetings on Webex, by its REST interface. The description of what is used of it: docs/webex.md. */
export const createWebexMeetings = ({ ask, clock, hostEmail, autoRecord }: WebexMeetingsOptions): AutomaticMeetings => {
  const there = <P extends VideoPlace>(place: P): P => ({ ...place, host: { email: hostAddress(place.host.email, hostEmail) } });
  const known = <W extends WantedMeeting>(wanted: W): W => ({ ...there(wanted), before: wanted.before.map(there) });
  return {
    kind: 'automatic',
    create: async (meeting) => {
      const wanted = known(meeting);
      await removeFromFormerHosts(ask, wanted);
      return (await adoptMeeting(ask, wanted)) ?? makeMeeting(ask, clock, wanted, autoRecord);
    },
    move: ({ meetingId, ...meeting }) => moveMeeting(ask, known(meeting), meetingId),
    cancel: ({ places, ...ticket }) => removeMeetings(ask, { ...ticket, places: places.map(there) }),
    recordings: ({ meetingId, ...place }) => findRecordings(ask, there(place), meetingId),
    recordingStands: ({ recordingId, host }) => recordingStands(ask, recordingId, hostAddress(host.email, hostEmail)),
  };
};
