import { confirmSlot, holdSlot } from '../../../src/domain/agenda/agenda';
import { type BookingStep, type Place, nextStep } from '../../../src/domain/booking/next-step';
import { admitTicket, endAdmission } from '../../../src/domain/request/admission';
import { reschedule } from '../../../src/domain/ticket/changes';
import type { Mode } from '../../../src/domain/ticket/facts';
import { plusMinutes } from '../../../src/domain/time/civil-time';

/** The rules that are searched: those of the house, or a broken variant of them. */
export type Protocol = {
  readonly nextStep: typeof nextStep;
  readonly admitTicket: typeof admitTicket;
  readonly endAdmission: typeof endAdmission;
  readonly holdSlot: typeof holdSlot;
  readonly confirmSlot: typeof confirmSlot;
  readonly reschedule: typeof reschedule;
  /** what else somebody might do who knows a step and sees that the stream has moved on */
  readonly onConflict?: (step: BookingStep) => BookingStep | undefined;
  /**
   * Whether somebody who remembers a stream, and it has grown since, looks at it anew: when the store does not take what they decided,
   * when they would be refused, or would have nothing to do; and when they see no next step (`rest`).
   */
  readonly loadsAnew: (when: 'conflict' | 'refusal' | 'rest') => boolean;
};
export const theProtocol: Protocol = { nextStep, admitTicket, endAdmission, holdSlot, confirmSlot, reschedule, loadsAnew: () => true };

export type Wish =
  | { readonly kind: 'book'; readonly ticketId: string; readonly request: string; readonly place: Place; readonly email: boolean }
  /** to another hour, and in the same step perhaps to another person and mode */
  | { readonly kind: 'move'; readonly ticketId: string; readonly to: Place; readonly mode?: Mode; readonly offerId?: string }
  /** offered to whoever heads another department, who accepts by a move with that id */
  | { readonly kind: 'offer' | 'withdraw-offer'; readonly ticketId: string; readonly offerId: string }
  | { readonly kind: 'change-mode'; readonly ticketId: string; readonly mode: Mode }
  | { readonly kind: 'cancel'; readonly ticketId: string }
  | { readonly kind: 'withdraw'; readonly ticketId: string; readonly request: string; readonly place: Place }
  | { readonly kind: 'block'; readonly staffId: string };
export type Scenario = { readonly name: string; readonly wishes: readonly Wish[] };

export const slotAt = (hour: string) => {
  const startsAt = `2026-03-09T${hour}:00.000Z`;
  return { startsAt, endsAt: plusMinutes(startsAt, 15) };
};
export const place = (staffId: string, hour: string, holdId: string): Place => ({ staffId, slot: slotAt(hour), holdId });
