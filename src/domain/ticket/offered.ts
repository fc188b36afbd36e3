import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import type { ClearText, PersonalText } from '../kernel/personal-text';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import { instantAt, millisecondsOf, plusHours } from '../time/civil-time';
import type { Slot } from '../time/slot';
import { checkReschedule } from './changes';
import type { Agreement, MoveOffered, MoveOfferDeclined, MoveOfferWithdrawn } from './facts';
import type { LinkMaker } from './link-by-hand';
import type { RulesInForce } from './meeting';
import { bookingOf, isRequested, type RequestedTicket, type TicketState } from './ticket';

type Offer = MoveOffered['data'];

/** The offer that can be accepted at this instant. That its time has passed is known by the clock alone: no fact says so. */
export const openOffer = ({ status, offers: { newest, ended } }: RequestedTicket, at: Instant): Offer | undefined =>
  status === 'scheduled' && newest !== undefined && !ended.includes(newest.offerId) && at < newest.validUntil ? newest : undefined;

export type OfferMove = RulesInForce & {
  readonly offerId: string;
  readonly to: Offer['to'];
  /** who heads that department */
  readonly askedOf: string;
  /** key `contact` */
  readonly reason: ClearText;
  readonly agreement?: Agreement;
  readonly by: string;
  /**
   * left out: a machine makes the links of online meetings, or the offer names no person who would make it. The maker is asked for
   * when an official accepts
   */
  readonly linkMaker?: LinkMaker;
  readonly at: Instant;
};

/** Whether a meeting stands, there is still time for an answer, and no other offer is open. */
const checkTime = ({ at, policies }: Pick<OfferMove, 'at' | 'policies'>, state: RequestedTicket): Refusal | undefined => {
  if (state.status !== 'scheduled') return refuse('wrong-state', { article: '8' });
  const { hoursBefore } = policies['offer-validity'].value;
  if (at >= plusHours(state.booking.slot.startsAt, -hoursBefore)) {
    return refuse('wrong-state', { article: '8', reason: 'offer-too-late', hours: hoursBefore });
  }
  return openOffer(state, at) === undefined ? undefined : refuse('wrong-state', { article: '8', reason: 'already-offered' });
};

/** Whether it can be offered to another official now. */
export const mayOffer = (state: RequestedTicket, at: Instant, policies: Policies): boolean =>
  checkTime({ at, policies }, state) === undefined;

/** A3: to another official, for a reason in words. The citizen agreed to an hour, and not to any hour. */
const checkTerms = ({ to, reason, agreement }: OfferMove, { booking }: RequestedTicket): Refusal | undefined => {
  if (to.staffId === booking.staffId) return refuse('invalid', { article: '1', field: 'staffId', reason: 'same-person' });
  if (to.staffId === undefined && to.departmentCode === booking.departmentCode) {
    return refuse('invalid', { article: '1', field: 'staffId', reason: 'required' });
  }
  if (isBlank(reason)) return refuse('invalid', { article: '1', field: 'reason', reason: 'required' });
  return agreement !== undefined && to.slot === undefined
    ? refuse('invalid', { article: '4', field: 'startsAt', reason: 'required' })
    : undefined;
};

/** What is said of it by the minute. */
const minuteMilliseconds = 60_000;

/**
 * Until when it can be accepted: so long before the hour at which it stands as the policy says, and no longer than the hour that it names can be
 * taken: it comes too soon at some point (Art. 4), its link can be made in time no more (Art. 5), or it has come itself.
 */
const validUntilOf = (command: OfferMove, state: RequestedTicket): Instant => {
  const standing = plusHours(state.booking.slot.startsAt, -command.policies['offer-validity'].value.hoursBefore);
  const isRefusedAt = (at: Instant): boolean => checkHour({ ...command, at }, state) !== undefined;
  if (!isRefusedAt(standing)) return standing;
  // refused once, it is refused from then on
  let [taken, refused] = [millisecondsOf(command.at), millisecondsOf(standing)];
  while (refused - taken > 1) {
    const between = Math.floor((taken + refused) / 2);
    if (isRefusedAt(instantAt(between))) refused = between;
    else taken = between;
  }
  return instantAt(refused - (refused % minuteMilliseconds));
};

/**
 * Art. 8, A3. The meeting is offered to another department, or to a person of the same one. It stays where it stands, and no hour is held,
 * until the head there accepts: what the offer names is checked now, and once more then. Offered already, it changes nothing.
 *
 * Refuses `wrong-state` where no meeting is scheduled, another offer is open, or no time is left for an answer (policy `offer-validity`);
 * `invalid` for the same person, without a reason (Art. 1); and what refuses a move to the hour that it names (`checkReschedule`).
 */
export const offerMove = (command: OfferMove, state: TicketState): Decision<MoveOffered> => {
  if (!isRequested(state)) return refuse('not-found');
  const { offerId, to, askedOf, reason, agreement, by, at, policies } = command;
  if (state.offers.newest?.offerId === offerId) return noChange();
  const { booking } = state;
  const refused = checkTime(command, state) ?? checkTerms(command, state) ?? checkHour(command, state);
  if (refused !== undefined) return refused;
  const validUntil = validUntilOf(command, state);
  const { hoursBefore } = policies['offer-validity'].value;
  if (at >= validUntil) return refuse('wrong-state', { article: '8', reason: 'offer-too-late', hours: hoursBefore });
  return accept({
    type: 'MoveOffered',
    data: {
      ...bookingOf(booking),
      offerId,
      to,
      askedOf,
      reason,
      ...defined({ agreement }),
      offeredBy: by,
      offeredAt: at,
      validUntil,
      policies: [policies['offer-validity'], ...(to.slot === undefined || agreement !== undefined ? [] : [policies['lead-time']])],
    },
  });
};

const checkHour = (command: OfferMove, state: RequestedTicket): Refusal | undefined => {
  const { to, reason, agreement, linkMaker, at, policies, calendar } = command;
  if (to.slot === undefined) return undefined;
  const asked = { by: 'staff', reason: 'other', reasonText: reason, citizenAgreed: agreement !== undefined } as const;
  // where no person is named yet, it is any person but the one who has it: no id of a person is that of a department
  const { staffId = to.departmentCode, slot } = to;
  return checkReschedule({ ...asked, ...defined({ agreement, linkMaker }), slot, staffId, at, policies, calendar }, state);
};

/** The offer of that id, while it can be answered. Refuses `not-found`, and `wrong-state`, Art. 8. */
const answerable = (offerId: string | undefined, at: Instant, state: TicketState): Offer | Refusal => {
  if (!isRequested(state)) return refuse('not-found');
  const { newest, ended } = state.offers;
  if (newest === undefined) return refuse('wrong-state', { article: '8', reason: 'no-offer' });
  if (newest.offerId !== offerId || ended.includes(offerId)) return refuse('wrong-state', { article: '8', reason: 'offer-over' });
  return openOffer(state, at) ?? refuse('wrong-state', { article: '8', reason: 'offer-lapsed', until: newest.validUntil });
};

export type AcceptedMove = {
  readonly staffId: string;
  readonly departmentCode: string;
  readonly slot: Slot;
  readonly agreement?: Agreement;
};

export type AcceptMove = {
  readonly offerId: string;
  /** both where the offer leaves them open */
  readonly staffId?: string;
  readonly slot?: Slot;
  /** what the citizen reads; key `contact` */
  readonly because: PersonalText;
  readonly at: Instant;
};

/**
 * The move that accepts an offer: the terms of the offer, and for what it leaves open, the choice of the official who accepts. The move
 * itself is checked as every other move. Its reason is not that of the offer, which one official wrote to another: the official who accepts
 * writes what the citizen reads. Refuses `wrong-state` for an offer that can no longer be accepted; `invalid` for a person or an hour that
 * was not offered, and without a reason.
 */
export const acceptedMove = ({ offerId, staffId, slot, because, at }: AcceptMove, state: TicketState): AcceptedMove | Refusal => {
  const offer = answerable(offerId, at, state);
  if (isRefusal(offer)) return offer;
  const { to, agreement } = offer;
  const person = to.staffId ?? staffId;
  if (person === undefined) return refuse('invalid', { article: '1', field: 'staffId', reason: 'required' });
  if (staffId !== undefined && staffId !== person) return refuse('invalid', { article: '8', field: 'staffId', reason: 'not-as-offered' });
  if (to.slot !== undefined && slot !== undefined && slot.startsAt !== to.slot.startsAt) {
    return refuse('invalid', { article: '8', field: 'startsAt', reason: 'not-as-offered' });
  }
  if (isBlank(because)) return refuse('invalid', { article: '8', field: 'because', reason: 'required' });
  return {
    staffId: person,
    departmentCode: to.departmentCode,
    slot: to.slot ?? slot ?? offer.slot,
    ...defined({ agreement }),
  };
};

export type DeclineOffer = {
  readonly offerId: string;
  /** key `contact` */
  readonly reason: ClearText;
  readonly by: string;
  readonly at: Instant;
};

/**
 * Art. 8. The meeting stays where it stands. Refuses `wrong-state` for an offer that can no longer be answered, `invalid` without a reason.
 */
export const declineOffer = ({ offerId, reason, by, at }: DeclineOffer, state: TicketState): Decision<MoveOfferDeclined> => {
  if (!isRequested(state)) return refuse('not-found');
  const offer = answerable(offerId, at, state);
  if (isRefusal(offer)) return offer;
  if (isBlank(reason)) return refuse('invalid', { article: '8', field: 'reason', reason: 'required' });
  const { offeredBy } = offer;
  return accept({
    type: 'MoveOfferDeclined',
    data: { ...bookingOf(state.booking), offerId, offeredBy, reason, declinedBy: by, declinedAt: at },
  });
};

/** Art. 8. The offer ends: one meeting has at most one open offer. Refuses `wrong-state` for an offer that can no longer be answered. */
export const withdrawOffer = (
  { by, at }: { readonly by: string; readonly at: Instant },
  state: TicketState,
): Decision<MoveOfferWithdrawn> => {
  const offer = answerable(isRequested(state) ? state.offers.newest?.offerId : undefined, at, state);
  if (isRefusal(offer)) return offer;
  return accept({ type: 'MoveOfferWithdrawn', data: { offerId: offer.offerId, withdrawnBy: by, withdrawnAt: at } });
};
