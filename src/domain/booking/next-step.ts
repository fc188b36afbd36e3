import type { AgendaState, Hold } from '../agenda/agenda';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import type { RequestState } from '../request/request';
import type { LapseCause } from '../ticket/facts';
import type { LeftPlace, TicketParts, TicketState } from '../ticket/ticket';
import type { Slot } from '../time/slot';

/** Where a meeting is, or would be. */
export type Place = { readonly staffId: string; readonly slot: Slot; readonly holdId: string };

/** What is known of the three kinds of stream; each may be older than the others. */
export type BookingKnowledge = {
  readonly ticketId: string;
  /** nothing of it is known where its stream cannot be read */
  readonly request: RequestState | undefined;
  readonly ticket: TicketState;
  /** nothing of it is known where its stream cannot be read */
  readonly agendaOf: (place: Place) => AgendaState | undefined;
  /** a place to which a move of the meeting was begun */
  readonly moveTo?: Place;
  readonly at: Instant;
};

/** One append to one stream. It may run late, twice, or be made by another process. */
export type BookingStep =
  | { readonly kind: 'lapse'; readonly cause: LapseCause; readonly place: Place }
  | { readonly kind: 'hold'; readonly place: Place; readonly until: Instant }
  | { readonly kind: 'issue-code' }
  | { readonly kind: 'confirm'; readonly place: Place }
  | { readonly kind: 'schedule' }
  /** what it held was given away while its stream could not be read: no citizen can be met at that hour */
  | { readonly kind: 'cancel'; readonly place: Place }
  | { readonly kind: 'move'; readonly place: Place; readonly hold: Hold }
  | { readonly kind: 'end-admission' }
  | { readonly kind: 'release'; readonly place: Place; readonly freeFrom?: Instant }
  | { readonly kind: 'wait'; readonly until?: Instant }
  /** what is left to do rests on a stream that cannot be read: once it can, there may be more */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'done' };

/**
 * The booking protocol: one slot, three streams, no transaction across them. All callers that continue a booking (a handler, the booking
 * process, a timer) ask this one function.
 *
 * Every answer is safe on stale knowledge, because it rests only on facts that stay true: a hold is confirmed by its own stream, an ending
 * is always written to the ticket first, and a confirmed slot is released only after its ticket holds a fact that makes the hold useless
 * for ever.
 *
 * Nothing is presumed about a stream that cannot be read: steps that do not rest on it go on, the others wait for it.
 */
export const nextStep = (known: BookingKnowledge): BookingStep => {
  const { ticket } = known;
  switch (ticket.status) {
    case 'absent':
      return beforeTheTicket(known);
    case 'awaiting-code':
      return awaitingTheCode(known, placeOf(ticket), ticket.heldUntil, ticket.codes.length > 0);
    case 'requested':
    case 'verified':
      return towardsTheMeeting(known, placeOf(ticket), ticket.heldUntil);
    case 'lapsed':
      // No citizen was promised a meeting there: A30 is about cancelled ones. The hour was free when its hold ended, and stays so (A9).
      return afterTheEnd(known, [{ ...ticket.place, freeFrom: known.at }]);
    case 'cancelled':
      return afterTheEnd(known, [{ ...placeOf(ticket), freeFrom: ticket.slotFreeFrom }, ...leftPlaces(known, ticket.left)]);
    case 'held':
    case 'resolved':
    case 'concluded':
    case 'citizen-absent':
      return afterTheEnd(known, leftPlaces(known, ticket.left));
    case 'scheduled':
    case 'staff-absent':
      return wasGivenAway(known, placeOf(ticket)) ? { kind: 'cancel', place: placeOf(ticket) } : moving(known, ticket, true);
    case 'in-progress':
      return moving(known, ticket, false);
  }
};

/** A place whose hold is useless for ever. `freeFrom`: when it may be offered again; left out once it cannot be traded (A30). */
type UselessPlace = Place & { readonly freeFrom?: Instant };

/** A30 is about who gives up an hour for a friend: one that staff moved a meeting away from is free at once (Art. 8). */
const leftPlaces = ({ at }: BookingKnowledge, left: readonly LeftPlace[]): readonly UselessPlace[] =>
  left.map(({ by, ...place }) => (by === 'staff' ? { ...place, freeFrom: at } : place));

const placeOf = ({ booking: { staffId, slot, holdId } }: { readonly booking: Place }): Place => ({ staffId, slot, holdId });

/** Admitted, and `Requested` is not written: only a fence on the ticket's own stream may end that. */
const beforeTheTicket = ({ request, ticketId, at }: BookingKnowledge): BookingStep => {
  if (request === undefined) return { kind: 'unreadable' };
  const admission = request.status === 'unknown' ? undefined : request.admission;
  if (admission?.ticketId !== ticketId) return { kind: 'done' };
  return at < admission.until
    ? { kind: 'wait', until: admission.until }
    : { kind: 'lapse', cause: 'never-requested', place: { staffId: admission.staffId, slot: admission.slot, holdId: admission.holdId } };
};

const awaitingTheCode = (known: BookingKnowledge, place: Place, heldUntil: Instant, hasCode: boolean): BookingStep => {
  const agenda = known.agendaOf(place);
  const hold = agenda?.holds[place.holdId];
  if (isLost(hold) || wasFreed(known)) return { kind: 'lapse', cause: 'slot-lost', place };
  if (known.at >= heldUntil) return { kind: 'lapse', cause: 'not-verified', place };
  if (!agenda) return { kind: 'unreadable' };
  if (!hold || (hold.standing === 'held' && hold.until < heldUntil)) return { kind: 'hold', place, until: heldUntil };
  return hasCode ? { kind: 'wait', until: heldUntil } : { kind: 'issue-code' };
};

/** Verified, or no e-mail to verify: from here only the agenda decides, however late. */
const towardsTheMeeting = (known: BookingKnowledge, place: Place, heldUntil: Instant): BookingStep => {
  const agenda = known.agendaOf(place);
  if (wasFreed(known)) return { kind: 'lapse', cause: 'slot-lost', place };
  // that hour can be promised no more, and the request would wait for it for ever
  if (!agenda) return known.at >= heldUntil ? { kind: 'lapse', cause: 'slot-lost', place } : { kind: 'unreadable' };
  const hold = agenda.holds[place.holdId];
  if (isLost(hold)) return { kind: 'lapse', cause: 'slot-lost', place };
  if (!hold) return { kind: 'hold', place, until: heldUntil };
  return hold.standing === 'confirmed' ? { kind: 'schedule' } : { kind: 'confirm', place };
};

/** The ticket has ended: its request is free again, and so is the slot if no meeting took place there. In either order, at least once. */
const afterTheEnd = (known: BookingKnowledge, places: readonly UselessPlace[]): BookingStep => {
  const { request, ticketId } = known;
  if (request !== undefined && request.status !== 'unknown' && request.admission?.ticketId === ticketId) return { kind: 'end-admission' };
  const all = [...places, ...(known.moveTo ? [known.moveTo] : [])];
  return releaseOneOf(known, all) ?? (request === undefined ? { kind: 'unreadable' } : unlessUnread(known, all, { kind: 'done' }));
};

/** The same step, unless nothing is to be done now but for what may stand in an agenda that cannot be read. */
const unlessUnread = (known: BookingKnowledge, places: readonly Place[], step: BookingStep): BookingStep =>
  (step.kind === 'done' || step.kind === 'wait') && places.some((place) => known.agendaOf(place) === undefined)
    ? { kind: 'unreadable' }
    : step;

/** Where a meeting stands, where it stood, and the offers of it that have ended. */
type Standing = Pick<TicketParts, 'booking' | 'left' | 'offers'>;

const moving = (known: BookingKnowledge, standing: Standing, movable: boolean): BookingStep => {
  const { moveTo } = known;
  const { left } = standing;
  const step = releaseOneOf(known, leftPlaces(known, left)) ?? movingOn(known, standing, movable);
  return unlessUnread(known, moveTo ? [...left, moveTo] : left, step);
};

const movingOn = (known: BookingKnowledge, { booking: { holdId: standsOn }, left, offers }: Standing, movable: boolean): BookingStep => {
  const { moveTo, at } = known;
  if (!moveTo || moveTo.holdId === standsOn) return { kind: 'done' };
  const hold = known.agendaOf(moveTo)?.holds[moveTo.holdId];
  if (!hold || isLost(hold)) return { kind: 'done' };
  // The meeting has left `from` for another place, and never returns: this hold is useless for ever.
  if (left.some(({ holdId }) => holdId === hold.from)) return { kind: 'release', place: moveTo };
  // So is one that accepts an offer which has ended: the ticket never moves there.
  if (hold.move?.offerId !== undefined && offers.ended.includes(hold.move.offerId)) return { kind: 'release', place: moveTo };
  // Standing on `from` never releases a confirmed slot; standing where `from` is not yet heard of means that we know too little.
  if (hold.from !== standsOn || !movable) return { kind: 'wait' };
  if (hold.standing === 'confirmed') return { kind: 'move', place: moveTo, hold };
  return hold.until > at ? { kind: 'confirm', place: moveTo } : { kind: 'done' };
};

const releaseOneOf = (known: BookingKnowledge, places: readonly UselessPlace[]): BookingStep | undefined => {
  const useless = places.find((candidate) => {
    const hold = known.agendaOf(candidate)?.holds[candidate.holdId];
    return hold !== undefined && hold.standing !== 'released';
  });
  if (useless === undefined) return undefined;
  const { staffId, slot, holdId, freeFrom } = useless;
  return { kind: 'release', place: { staffId, slot, holdId }, ...defined({ freeFrom }) };
};

/**
 * The request has admitted this ticket and counts it no longer. For a ticket that has not ended, that happens only where its stream was
 * closed while it could not be read, and was mended afterwards. An official who may have met the citizen records it as usual.
 */
const wasFreed = ({ request, ticketId }: BookingKnowledge): boolean =>
  request !== undefined &&
  request.status !== 'unknown' &&
  request.admission?.ticketId !== ticketId &&
  request.admittedTicketIds.includes(ticketId);

const wasGivenAway = (known: BookingKnowledge, place: Place): boolean =>
  known.agendaOf(place)?.holds[place.holdId]?.standing === 'released' || (wasFreed(known) && place.slot.startsAt > known.at);

const isLost = (hold: Hold | undefined): boolean => hold?.standing === 'released' || hold?.standing === 'overwritten';
