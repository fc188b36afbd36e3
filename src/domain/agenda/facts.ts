import { acceptedNotice, agreement, askedThrough, changeReason, party } from '../kernel/change-reason';
import { meetingMode } from '../kernel/meeting-mode';
import type { CivilDate } from '../kernel/fact';
import {
  type FactOf,
  type FactsOf,
  factShape,
  flag,
  instant,
  object,
  optional,
  personalText,
  text,
  type ValueOf,
  word,
} from '../kernel/shape';
import { slotShape } from '../time/slot';

const moveShape = object({
  kind: word('reschedule', 'reassign'),
  by: party,
  reason: optional(changeReason),
  reasonText: optional(personalText('contact')),
  citizenAgreed: flag,
  agreement: optional(agreement),
  /** the mode that the meeting is to have there; left out, the one that it has */
  mode: optional(meetingMode),
  recordingNotice: optional(acceptedNotice),
  requestedAt: instant,
  askedThrough: optional(askedThrough),
  /** the offer that it accepts */
  offerId: optional(text),
});
/**
 * Why a meeting is to move here, kept with the hold so that the process that finds it after a crash can finish the move. The text is sealed
 * with the contact key of the ticket.
 */
export type Move = ValueOf<typeof moveShape>;

export const blockCause = word('absence', 'bridge-day', 'hours', 'departure', 'pause');
export type BlockCause = ValueOf<typeof blockCause>;

const hold = { holdId: text, ticketId: text, slot: slotShape };

/** One person’s day. */
export const agendaFactShapes = {
  SlotHeld: factShape(
    'Art. 3 c, A9',
    'Step 3: the slot is held for a ticket until `until`. Appended again, it holds longer. `from` and `move`: a meeting that stands on hold `from` would come here, and why.',
    { ...hold, heldAt: instant, until: instant, from: optional(text), move: optional(moveShape) },
  ),
  SlotConfirmed: factShape('Art. 3 c', 'Step 5: the slot is the ticket’s.', { ...hold, confirmedAt: instant }),
  SlotReleased: factShape('A30', 'The slot may be offered again from `freeFrom` on.', { ...hold, releasedAt: instant, freeFrom: instant }),
  TimeBlocked: factShape(
    'A16',
    'Nothing may be held or confirmed from `from` (inclusive) to `to` (exclusive). `cause`: `absence`, `bridge-day`, `hours`, `departure`, `pause`.',
    { blockId: text, from: instant, to: instant, cause: blockCause, blockedAt: instant },
  ),
  TimeUnblocked: factShape('A16', 'That block is gone.', { blockId: text, unblockedAt: instant }),
};

type Of<Type extends keyof typeof agendaFactShapes> = FactOf<typeof agendaFactShapes, Type>;
export type SlotHeld = Of<'SlotHeld'>;
export type SlotConfirmed = Of<'SlotConfirmed'>;
export type SlotReleased = Of<'SlotReleased'>;
export type TimeBlocked = Of<'TimeBlocked'>;
export type TimeUnblocked = Of<'TimeUnblocked'>;
export type AgendaFact = FactsOf<typeof agendaFactShapes>;

/** One person's day; the only authority on slots. */
export const agendaStream = (staffId: string, date: CivilDate): string => `agenda-${staffId}_${date}`;
