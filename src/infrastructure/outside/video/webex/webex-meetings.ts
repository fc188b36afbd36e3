import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type {
  AutomaticMeetings,
  MadeMeeting,
  VideoPlace,
  WantedMeeting,
  FoundRecording,
} from '../../../../application/kernel/ports/video-meetings';
import { AnswerUnreadable } from './answer-unreadable';
import { meetingOf, type WebexMeeting, recordingOf, recordingsOf, type WebexRecording, meetingsOf } from './webex-answers';
import type { WebexCalls } from './webex-calls';
import { AskedToWait } from '../../../../application/kernel/ports/asked-to-wait';
import { plusSeconds, plusHours } from '../../../../domain/time/civil-time';
import type { Slot } from '../../../../domain/time/slot';
import { Unreachable } from '../../http-client/unreachable';
import { WebexFailing } from './webex-failing';
import { defined } from '@tichet-albastru/kernel/defined';
import { WebexNotAuthorised } from './access-tokens';

/**
 * Under which address a civil servant is known to Webex: the one of the directory when nothing is set; `@domain`, the same name at that
 * domain; an address, the same host for all.
 */
const hostAddress = (email: string, setting: string | undefined): string => {
  if (setting === undefined) return email;
  return setting.startsWith('@') ? `${email.slice(0, email.lastIndexOf('@'))}${setting}` : setting;
};

const isSameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** An external key by which only our integration finds the meeting again; at most 64 characters. */
const tagOf = (ticketId: string): string => `ta:${ticketId}`;
/** Names no citizen: it is shown in calendars and in lobbies. At most 128 characters. */
const titleOf = (reference: string): string => `Tichet albastru ${reference}`;

const dayHours = 24;

/** Without a window Webex shows seven days only. */
const around = (slots: readonly Slot[]): { readonly from: string; readonly to: string } => {
  const starts = slots.map(({ startsAt }) => startsAt).toSorted();
  return { from: plusHours(starts[0] ?? '', -dayHours), to: plusHours(starts.at(-1) ?? '', dayHours) };
};

/** What Webex answers is looked at once more: another one's meeting, under another host or with another tag, is none of ours. */
const isOurs = ({ tags, title, hostEmail }: WebexMeeting, tag: string, host: string, reference: string | undefined): boolean => {
  const isTagged = tags === undefined ? reference !== undefined && title === titleOf(reference) : tags.includes(tag);
  return isTagged && (hostEmail === undefined || isSameAddress(hostEmail, host));
};

/** Every meeting of this ticket under this host, the one to keep first: always the same one, however often it is looked. */
const findMeetings = async (ask: WebexCalls, { ticketId, reference, host, slots }: TicketMeetings): Promise<readonly WebexMeeting[]> => {
  const tag = tagOf(ticketId);
  const operation = 'find-meetings';
  const query = { meetingType: 'meetingSeries', integrationTag: tag, ...around(slots), max: '100', hostEmail: host };
  const answer = await ask({ operation, method: 'GET', path: '/meetings', query, mayRepeat: true });
  // who may not look does not know that there is none
  if (answer.status === 403) throw new WebexNotAuthorised('The integration may not look for meetings.');
  // a host whom Webex does not know has no meetings
  if (answer.status >= 400) return [];
  return meetingsOf(operation, answer.body)
    .filter((meeting) => isOurs(meeting, tag, host, reference))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

type TicketMeetings = {
  readonly ticketId: string;
  readonly reference?: string;
  /** as Webex knows them */
  readonly host: string;
  /** hours at which it may stand */
  readonly slots: readonly Slot[];
};

type Removed = 'removed' | 'not-there' | 'refused';

/** We tell the invited person of it, not Webex. */
const removeMeeting = async (ask: WebexCalls, meetingId: string, host: string): Promise<Removed> => {
  const { status } = await ask({
    operation: 'remove-meeting',
    method: 'DELETE',
    path: `/meetings/${encodeURIComponent(meetingId)}`,
    query: { hostEmail: host, sendEmail: 'false' },
    mayRepeat: true,
  });
  if (status < 300) return 'removed';
  return status === 404 ? 'not-there' : 'refused';
};

/**
 * Removes the known meeting and every other one of this ticket from these places. The known one is asked for under every host, because
 * only its own may remove it.
 */
const removeMeetings = async (
  ask: WebexCalls,
  ticket: { readonly ticketId: string; readonly meetingId?: string; readonly places: readonly VideoPlace[] },
): Promise<'removed' | 'refused'> => {
  const { ticketId, meetingId, places } = ticket;
  const slots = places.map(({ slot }) => slot);
  const outcomes = new Map<string, readonly Removed[]>();
  for (const host of new Set(places.map(({ host: { email } }) => email))) {
    const found = await findMeetings(ask, { ticketId, host, slots });
    const ids = new Set([...(meetingId === undefined ? [] : [meetingId]), ...found.map(({ id }) => id)]);
    for (const id of ids) outcomes.set(id, [...(outcomes.get(id) ?? []), await removeMeeting(ask, id, host)]);
  }
  const isRefused = (each: readonly Removed[]): boolean => each.includes('refused') && !each.includes('removed');
  return [...outcomes.values()].some(isRefused) ? 'refused' : 'removed';
};

/** Webex looks back seven days when it is told nothing, and takes a window of thirty. */
const windowHours = { before: 24, after: 29 * 24 } as const;

/** An instance of the meeting has the meeting's id, and `_I_…` or a date behind it. */
const isOf =
  (meetingId: string) =>
  ({ ofMeetings }: WebexRecording): boolean =>
    ofMeetings.some((id) => id === meetingId || id.startsWith(`${meetingId}_`));

const found = ({ id, isAvailable, durationSeconds, url, startedAt }: WebexRecording): readonly FoundRecording[] =>
  // one without a length is still being made
  !isAvailable || durationSeconds === undefined
    ? []
    : [
        {
          recordingId: id,
          durationSeconds,
          ...defined({ url, startedAt }),
        },
      ];

/** @throws WebexFailing also for a refusal: "none" is only what Webex itself lists as none */
const findRecordings = async (ask: WebexCalls, { slot, host }: VideoPlace, meetingId: string): Promise<readonly FoundRecording[]> => {
  const operation = 'find-recordings';
  const from = plusHours(slot.startsAt, -windowHours.before);
  const query = { meetingId, from, to: plusHours(slot.startsAt, windowHours.after), max: '100', hostEmail: host.email };
  const answer = await ask({ operation, method: 'GET', path: '/recordings', query, mayRepeat: true });
  // a number that a person typed as the meeting's id may be no id at all
  if (answer.status === 404 || answer.status === 400) return [];
  if (answer.status >= 400) throw new WebexFailing(operation, answer.status);
  return recordingsOf(operation, answer.body).filter(isOf(meetingId)).flatMap(found);
};

const recordingStands = async (ask: WebexCalls, recordingId: string, host: string): Promise<'there' | 'gone'> => {
  const operation = 'read-recording';
  const path = `/recordings/${encodeURIComponent(recordingId)}`;
  const answer = await ask({ operation, method: 'GET', path, query: { hostEmail: host }, mayRepeat: true });
  if (answer.status === 404) return 'gone';
  if (answer.status >= 400) throw new WebexFailing(operation, answer.status);
  const recording = recordingOf(operation, answer.body);
  if (recording.id !== recordingId) throw new AnswerUnreadable(operation);
  return recording.isAvailable ? 'there' : 'gone';
};

const zone = 'Europe/Bucharest';
/** What was perhaps made can be found only after a moment. */
const findableAfterSeconds = 30;

/** The slot as Webex takes it: to the minute. */
const timesOf = ({ startsAt, endsAt }: Slot) => ({ start: startsAt, end: endsAt, timezone: zone });

const standsAt = ({ start, end }: WebexMeeting, slot: Slot): boolean =>
  (start === undefined || start === slot.startsAt) && (end === undefined || end === slot.endsAt);

/** What contradicts the question is the answer to another one. */
const isAnswerTo = (meeting: WebexMeeting, { ticketId, host, slot }: WantedMeeting): boolean =>
  (meeting.tags === undefined || meeting.tags.includes(tagOf(ticketId))) &&
  (meeting.hostEmail === undefined || isSameAddress(meeting.hostEmail, host.email)) &&
  standsAt(meeting, slot);

/** The link, from the meeting's own page where the answer at hand left it out. @throws AnswerUnreadable where it is nowhere */
const withJoinUrl = async (ask: WebexCalls, { id, joinUrl }: WebexMeeting, host: string): Promise<MadeMeeting> => {
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
  error instanceof AnswerUnreadable || error instanceof WebexFailing || (error instanceof Unreachable && error.mayHaveHappened);

/**
 * One POST. Nothing says to Webex that it is the same as the last one: the caller has looked for what is there already.
 * @returns undefined when Webex refuses this meeting: asked again it would refuse it again, and count it
 * @throws AskedToWait when a meeting may have been made that cannot be seen yet
 */
const makeMeeting = async (ask: WebexCalls, clock: Clock, wanted: WantedMeeting, autoRecord: boolean) => {
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

/** Meetings of the same ticket with another person: that person must not wait in them. */
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
