import { accept, type Decision, noChange } from '../kernel/decider';
import type { Instant } from '../kernel/fact';
import { type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import { civilDateOf } from '../time/civil-time';
import type { Slot } from '../time/slot';
import { movesLeft } from './changes';
import type { EarlierHourNoLongerWanted, EarlierHourOffered, EarlierHourWanted } from './facts';
import { nightEndsAt } from './reminders';
import { isRequested, type RequestedTicket, type TicketState } from './ticket';

type When = { readonly at: Instant; readonly policies: Policies };

/** A citizen who takes an earlier hour moves the meeting alone (A19), after a letter: both must be possible. */
const checkWanted = ({ at, policies }: When, state: RequestedTicket): Refusal | undefined => {
  if (state.status !== 'scheduled' || at >= state.booking.slot.startsAt) return refuse('wrong-state', { article: '8' });
  if (state.contact.email === undefined || state.erased) return refuse('wrong-state', { article: '8', reason: 'no-email' });
  return movesLeft(state, policies) === 0
    ? refuse('reschedule-limit', { article: '8', limit: policies['reschedule-limit'].value.times })
    : undefined;
};

/** Whether the citizen can be told of an earlier hour, and take it. */
export const mayWantEarlierHour = (when: When, state: TicketState): boolean => isRequested(state) && checkWanted(when, state) === undefined;

/**
 * The citizen would come sooner. Wanted already, it changes nothing. Refuses `wrong-state` where no meeting stands, or there is no address
 * to write to; `reschedule-limit` where the citizen moves it no more alone (A19).
 */
export const wantEarlierHour = (when: When, state: TicketState): Decision<EarlierHourWanted> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.earlierHour.wantedAt !== undefined) return noChange();
  return checkWanted(when, state) ?? accept({ type: 'EarlierHourWanted', data: { request: state.booking.request, wantedAt: when.at } });
};

/** The citizen keeps the hour, and is written to no more about others. */
export const wantNoEarlierHour = ({ at }: Pick<When, 'at'>, state: TicketState): Decision<EarlierHourNoLongerWanted> => {
  if (!isRequested(state)) return refuse('not-found');
  return state.earlierHour.wantedAt === undefined ? noChange() : accept({ type: 'EarlierHourNoLongerWanted', data: { endedAt: at } });
};

/** Since when hours that become free are of interest to this citizen now: at most one letter a day, and none at night. */
export const earlierHourWantedSince = (when: When, state: RequestedTicket): Instant | undefined => {
  const { wantedAt, offered } = state.earlierHour;
  // no article asks for it, so that it is no use for which their data are still there (GDPR 18)
  if (state.restriction !== undefined) return undefined;
  if (checkWanted(when, state) !== undefined || nightEndsAt(when.policies, when.at) !== undefined) return undefined;
  const today = civilDateOf(when.at);
  return offered.some(({ acceptedAt }) => civilDateOf(acceptedAt) === today) ? undefined : wantedAt;
};

/** The first of these free hours, in order, that the citizen has not been told of. */
export const hourToOffer = (free: readonly Slot[], { earlierHour, booking }: RequestedTicket): Slot | undefined =>
  free.find(({ startsAt }) => startsAt < booking.slot.startsAt && !earlierHour.offered.some(({ slot }) => slot.startsAt === startsAt));

/** The mail server accepted the letter about that hour. Noted once, in any state of the ticket. Refuses `not-found`. */
export const noteEarlierHourOffered = (offered: EarlierHourOffered['data'], state: TicketState): Decision<EarlierHourOffered> => {
  if (!isRequested(state)) return refuse('not-found');
  return state.earlierHour.offered.some(({ letterId }) => letterId === offered.letterId)
    ? noChange()
    : accept({ type: 'EarlierHourOffered', data: offered });
};
