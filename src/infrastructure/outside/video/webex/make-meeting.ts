import { AskedToWait } from '../../../../application/kernel/ports/asked-to-wait';
import type { Clock } from '../../../../application/kernel/ports/clock';
import type { MadeMeeting, WantedMeeting } from '../../../../application/kernel/ports/video-meetings';
import { plusSeconds } from '../../../../domain/time/civil-time';
import type { Slot } from '../../../../domain/time/slot';
import { PeerSilent } from '../../http-client/peer-silent';
import { AnswerUnreadable } from './answer-unreadable';
import { isSameAddress } from './host-address';
import { tagOf, titleOf } from './ticket-meetings';
import { meetingOf, type WebexMeeting } from './webex-answers';
import type { WebexCalls } from './webex-calls';
import { WebexFailing } from './webex-failing';

const zone = 'Europe/Bucharest';
/** What was perhaps made can be found only after a moment. */
const findableAfterSeconds = 30;

/** The slot as Webex takes it: to the minute. */
export const timesOf = ({ startsAt, endsAt }: Slot) => ({ start: startsAt, end: endsAt, timezone: zone });

export const standsAt = ({ start, end }: WebexMeeting, slot: Slot): boolean =>
  (start === undefined || start === slot.startsAt) && (end === undefined || end === slot.endsAt);

/** What contradicts the question is the answer to another one. */
const isAnswerTo = (meeting: WebexMeeting, { ticketId, host, slot }: WantedMeeting): boolean =>
  (meeting.tags === undefined || meeting.tags.includes(tagOf(ticketId))) &&
  (meeting.hostEmail === undefined || isSameAddress(meeting.hostEmail, host.email)) &&
  standsAt(meeting, slot);

/** The link, from the meeting's own page where the answer at hand left it out. @throws AnswerUnreadable where it is nowhere */
export const withJoinUrl = async (ask: WebexCalls, { id, joinUrl }: WebexMeeting, host: string): Promise<MadeMeeting> => {
  if (joinUrl !== undefined) return { meetingId: id, joinUrl };
  const operation = 'read-meeting';
  const path = `/meetings/${encodeURIComponent(id)}`;
  const answer = await ask({ operation, method: 'GET', path, query: { hostEmail: host }, mayRepeat: true });
  const meeting = meetingOf(operation, answer.body);
  if (meeting.id !== id || meeting.joinUrl === undefined) throw new AnswerUnreadable(operation);
  return { meetingId: id, joinUrl: meeting.joinUrl };
};

/** Whether this may have made a meeting all the same. */
const mayHaveMade = (error: unknown): boolean =>
  error instanceof AnswerUnreadable || error instanceof WebexFailing || (error instanceof PeerSilent && error.mayHaveHappened);

/**
 * One POST. Nothing says to Webex that it is the same as the last one: whoever calls has looked for what is there already.
 * @returns undefined when Webex refuses this meeting: asked again it would refuse it again, and count it
 * @throws AskedToWait when a meeting may have been made that cannot be seen yet
 */
export const makeMeeting = async (ask: WebexCalls, clock: Clock, wanted: WantedMeeting, autoRecord: boolean) => {
  const { ticketId, reference, slot, host, invitee } = wanted;
  const operation = 'create-meeting';
  try {
    const answer = await ask({
      operation,
      method: 'POST',
      path: '/meetings',
      body: {
        title: titleOf(reference),
        ...timesOf(slot),
        hostEmail: host.email,
        sendEmail: false,
        publicMeeting: false,
        invitees: invitee === undefined ? [] : [{ email: invitee }],
        unlockedMeetingJoinSecurity: 'allowJoinWithLobby',
        enabledAutoRecordMeeting: autoRecord,
        integrationTags: [tagOf(ticketId)],
      },
      mayRepeat: false,
    });
    if (answer.status >= 400) return undefined;
    const meeting = meetingOf(operation, answer.body);
    if (!isAnswerTo(meeting, wanted)) throw new AnswerUnreadable(operation);
    return await withJoinUrl(ask, meeting, host.email);
  } catch (error) {
    if (!mayHaveMade(error)) throw error;
    throw new AskedToWait(plusSeconds(clock.now(), findableAfterSeconds));
  }
};
