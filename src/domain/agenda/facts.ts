import type { CivilDate, Fact, Instant } from '../kernel/fact';
import type { PersonalText } from '../kernel/personal-text';
import type { Slot } from '../time/slot';

/** A20. */
export type ChangeReason = 'illness' | 'leave' | 'bridge-day' | 'technical' | 'citizen-request' | 'other';

/**
 * Why a meeting is to move here, kept with the hold so that whoever finds it after a crash can finish the move.
 * The text is sealed with the contact key of the ticket.
 */
export type Move = {
  readonly kind: 'reschedule' | 'reassign';
  readonly by: 'citizen' | 'staff';
  readonly reason?: ChangeReason;
  readonly reasonText?: PersonalText;
  readonly citizenAgreed: boolean;
  readonly requestedAt: Instant;
};

/** A hold of a slot for a ticket, good until `until` (extended by appending it again). `from`: the meeting stands on that hold and would come here, for the reasons of `move`. */
export type SlotHeld = Fact<
  'SlotHeld',
  {
    readonly holdId: string;
    readonly ticketId: string;
    readonly slot: Slot;
    readonly heldAt: Instant;
    readonly until: Instant;
    readonly from?: string;
    readonly move?: Move;
  }
>;
export type SlotConfirmed = Fact<
  'SlotConfirmed',
  { readonly holdId: string; readonly ticketId: string; readonly slot: Slot; readonly confirmedAt: Instant }
>;
/** The slot may be offered again from `freeFrom` on (A30). */
export type SlotReleased = Fact<
  'SlotReleased',
  { readonly holdId: string; readonly ticketId: string; readonly slot: Slot; readonly releasedAt: Instant; readonly freeFrom: Instant }
>;
export type BlockCause = 'absence' | 'bridge-day' | 'hours' | 'departure';
/** Time in which nothing may be held or confirmed: `from` inclusive, `to` exclusive. */
export type TimeBlocked = Fact<
  'TimeBlocked',
  { readonly blockId: string; readonly from: Instant; readonly to: Instant; readonly cause: BlockCause; readonly blockedAt: Instant }
>;
export type TimeUnblocked = Fact<'TimeUnblocked', { readonly blockId: string; readonly unblockedAt: Instant }>;

export type AgendaFact = SlotHeld | SlotConfirmed | SlotReleased | TimeBlocked | TimeUnblocked;

/** One person's day; the only authority on slots. */
export const agendaStream = (staffId: string, date: CivilDate): string => `agenda-${staffId}_${date}`;
