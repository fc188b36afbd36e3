import type { Fact } from '../kernel/fact';
import type { TicketFact } from '../ticket/facts';

/** What the audit leaves out of a fact: no check can look at it, for it is not there to be looked at. */
type LeftOut = {
  readonly Requested: 'holdId' | 'heldUntil' | 'locale' | 'contact';
  readonly VerificationCodeIssued: 'heldUntil';
  readonly EmailVerified: 'codeExpiresAt';
  readonly Scheduled:
    'request' | 'department' | 'departmentCode' | 'holdId' | 'scheduledAt' | 'sequence' | 'invitationDueAt' | 'calendarVersion';
  readonly Rescheduled: 'request' | 'holdId' | 'reasonText' | 'calendarVersion';
  readonly MeetingLinkAttached: 'joinUrl';
  readonly Held: 'department' | 'departmentCode' | 'slot' | 'holdId' | 'calendarVersion';
  readonly RecordingAttached: 'url';
  readonly ResolutionIssued: 'conclusions' | 'documentNumber' | 'issuedBy';
};

/** Of a text that no check opens, that it was given. */
type Instead = { readonly Requested: { readonly contact: { readonly email?: object } } };

type FactOf<T extends TicketFact['type']> = Extract<TicketFact, { readonly type: T }>;
type Kept<T extends TicketFact['type']> = T extends keyof LeftOut
  ? Fact<T, Omit<FactOf<T>['data'], LeftOut[T]> & (T extends keyof Instead ? Instead[T] : unknown)>
  : FactOf<T>;

/** A ticket's fact as the audit looks at it. The whole fact is one as well. */
export type KeptFact = { readonly [T in TicketFact['type']]: Kept<T> }[TicketFact['type']];
/** The kept fact of one type. */
export type KeptOf<T extends KeptFact['type']> = Extract<KeptFact, { readonly type: T }>;
