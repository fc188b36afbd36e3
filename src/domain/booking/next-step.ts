import type { AgendaState, Hold } from '../agenda/agenda';
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/fact';
import type { RequestState } from '../request/request';
import type { FormerPlace, LapseCause } from '../ticket/facts';
import type { TicketState } from '../ticket/ticket';
import type { Slot } from '../time/slot';

/** Where a meeting is, or would be. */
export type Place = { readonly staffId: string; readonly slot: Slot; readonly holdId: string };

/** What is known of the three kinds of stream; each may be older than the others. */
export type BookingKnowledge = {
  readonly ticketId: string;
  readonly request: RequestState;
  readonly ticket: TicketState;
  readonly agendaOf: (place: Place) => AgendaState;
  /** a place that somebody began to move the meeting to */
  readonly moveTo?: Place;
  readonly at: Instant;
};

/** One append to one stream. It may run late, twice, or be made by somebody else. */
export type BookingStep =
  | { readonly kind: 'lapse'; readonly cause: LapseCause; readonly place: Place }
  | { readonly kind: 'hold'; readonly place: Place; readonly until: Instant }
  | { readonly kind: 'issue-code' }
  | { readonly kind: 'confirm'; readonly place: Place }
  | { readonly kind: 'schedule' }
  | { readonly kind: 'move'; readonly place: Place; readonly hold: Hold }
  | { readonly kind: 'end-admission' }
  | { readonly kind: 'release'; readonly place: Place; readonly freeFrom?: Instant }
  | { readonly kind: 'wait'; readonly until?: Instant }
  | { readonly kind: 'done' };

/**
 * The booking protocol: one slot, three streams, no transaction across them.
 * Whoever wants a booking to go on (a handler, the booking process, a timer) asks this one function.
 *
 * Every answer is safe on stale knowledge, because it rests only on facts that stay true:
 * a hold is confirmed by its own stream, an ending is always written to the ticket first, and a confirmed slot
 * is released only after its ticket holds a fact that makes the hold useless for ever.
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
      // Nobody was promised a meeting that was withdrawn: A30 is about cancelled ones, and the same hour may be asked for at once.
      return afterTheEnd(known, [ticket.place], ticket.cause === 'withdrawn' ? known.at : undefined);
    case 'cancelled':
      return afterTheEnd(known, [placeOf(ticket), ...ticket.left], ticket.slotFreeFrom);
    case 'held':
    case 'resolved':
    case 'concluded':
    case 'citizen-absent':
      return afterTheEnd(known, ticket.left, undefined);
    case 'scheduled':
    case 'staff-absent':
      return moving(known, ticket.booking.holdId, ticket.left, true);
    case 'in-progress':
      return moving(known, ticket.booking.holdId, ticket.left, false);
  }
};

const placeOf = ({ booking: { staffId, slot, holdId } }: { readonly booking: Place }): Place => ({ staffId, slot, holdId });

/** Admitted, and nobody has written `Requested`: only a fence on the ticket's own stream may end that. */
const beforeTheTicket = ({ request, ticketId, at }: BookingKnowledge): BookingStep => {
  const admission = request.status === 'unknown' ? undefined : request.admission;
  if (admission?.ticketId !== ticketId) return { kind: 'done' };
  return at < admission.until
    ? { kind: 'wait', until: admission.until }
    : { kind: 'lapse', cause: 'never-requested', place: { staffId: admission.staffId, slot: admission.slot, holdId: admission.holdId } };
};

const awaitingTheCode = (known: BookingKnowledge, place: Place, heldUntil: Instant, hasCode: boolean): BookingStep => {
  const hold = known.agendaOf(place).holds[place.holdId];
  if (isLost(hold)) return { kind: 'lapse', cause: 'slot-lost', place };
  if (known.at >= heldUntil) return { kind: 'lapse', cause: 'not-verified', place };
  if (!hold || (hold.standing === 'held' && hold.until < heldUntil)) return { kind: 'hold', place, until: heldUntil };
  return hasCode ? { kind: 'wait', until: heldUntil } : { kind: 'issue-code' };
};

/** Verified, or no e-mail to verify: from here only the agenda decides, however late. */
const towardsTheMeeting = (known: BookingKnowledge, place: Place, heldUntil: Instant): BookingStep => {
  const hold = known.agendaOf(place).holds[place.holdId];
  if (isLost(hold)) return { kind: 'lapse', cause: 'slot-lost', place };
  if (!hold) return { kind: 'hold', place, until: heldUntil };
  return hold.standing === 'confirmed' ? { kind: 'schedule' } : { kind: 'confirm', place };
};

/** The ticket has ended: its request is free again, and so is the slot if nobody met there. In either order, at least once. */
const afterTheEnd = (known: BookingKnowledge, places: readonly Place[], freeFrom: Instant | undefined): BookingStep => {
  const { request, ticketId } = known;
  if (request.status !== 'unknown' && request.admission?.ticketId === ticketId) return { kind: 'end-admission' };
  return releaseOneOf(known, [...places, ...(known.moveTo ? [known.moveTo] : [])], freeFrom) ?? { kind: 'done' };
};

const moving = (known: BookingKnowledge, standsOn: string, left: readonly FormerPlace[], movable: boolean): BookingStep => {
  const { moveTo, at } = known;
  const release = releaseOneOf(known, left, undefined);
  if (release) return release;
  if (!moveTo || moveTo.holdId === standsOn) return { kind: 'done' };
  const hold = known.agendaOf(moveTo).holds[moveTo.holdId];
  if (!hold || isLost(hold)) return { kind: 'done' };
  // The meeting has left `from` for another place, and never returns: this hold is useless for ever.
  if (left.some(({ holdId }) => holdId === hold.from)) return { kind: 'release', place: moveTo };
  // Standing on `from` never releases a confirmed slot; standing where `from` is not yet heard of means that we know too little.
  if (hold.from !== standsOn || !movable) return { kind: 'wait' };
  if (hold.standing === 'confirmed') return { kind: 'move', place: moveTo, hold };
  return hold.until > at ? { kind: 'confirm', place: moveTo } : { kind: 'done' };
};

const releaseOneOf = (known: BookingKnowledge, places: readonly Place[], freeFrom: Instant | undefined): BookingStep | undefined => {
  const place = places.find((candidate) => {
    const hold = known.agendaOf(candidate).holds[candidate.holdId];
    return hold !== undefined && hold.standing !== 'released';
  });
  return place && { kind: 'release', place, ...defined({ freeFrom }) };
};

const isLost = (hold: Hold | undefined): boolean => hold?.standing === 'released' || hold?.standing === 'overwritten';
