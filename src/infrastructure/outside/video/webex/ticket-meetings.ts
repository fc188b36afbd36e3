import type { Slot } from '../../../../domain/time/slot';
import { plusHours } from '../../../../domain/time/civil-time';
import { WebexNotAuthorised } from './access-tokens';
import { isSameAddress } from './host-address';
import { meetingsOf, type WebexMeeting } from './webex-answers';
import type { WebexCalls } from './webex-calls';

/** An external key by which only our integration finds the meeting again; at most 64 characters. */
export const tagOf = (ticketId: string): string => `ta:${ticketId}`;
/** Names no citizen: it is shown in calendars and in lobbies. At most 128 characters. */
export const titleOf = (reference: string): string => `Tichet albastru ${reference}`;

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
export const findMeetings = async (
  ask: WebexCalls,
  { ticketId, reference, host, slots }: TicketMeetings,
): Promise<readonly WebexMeeting[]> => {
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

export type TicketMeetings = {
  readonly ticketId: string;
  readonly reference?: string;
  /** as Webex knows them */
  readonly host: string;
  /** hours at which it may stand */
  readonly slots: readonly Slot[];
};
