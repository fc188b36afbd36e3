import type { Instant } from '../kernel/instant';
import type { TicketFact } from '../ticket/facts';

/** The fields of a ticket's facts that say by when something must be, or until when it holds. */
export const dueFields = [
  'heldUntil',
  'expiresAt',
  'codeExpiresAt',
  'invitationDueAt',
  'outcomeDueAt',
  'noticeDueAt',
  'newSlotDueAt',
  'slotFreeFrom',
  'resolutionTargetAt',
  'resolutionHardLimitAt',
  'recordingDueAt',
  'followUpDueAt',
  'dueAt',
] as const;
export type DueField = (typeof dueFields)[number];
export type DueInstant = { readonly name: DueField; readonly at: Instant };

/** The instants that a fact fixed when it was recorded; a later policy does not move them. */
export const dueInstants = ({ data }: TicketFact): readonly DueInstant[] => {
  const given = new Map<string, unknown>(Object.entries(data));
  return dueFields.flatMap((name) => {
    const at = given.get(name);
    return typeof at === 'string' ? [{ name, at }] : [];
  });
};
