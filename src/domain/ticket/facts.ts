import type { Fact, Instant } from '../kernel/fact';
import type { PersonalText } from '../kernel/personal-text';
import type { PolicyStamp } from '../policies';
import type { Ground, RequestIdentity } from '../request/facts';
import type { ChangeReason } from '../agenda/facts';
import type { Slot } from '../time/slot';

export type { ChangeReason } from '../agenda/facts';

/** Art. 3 d. */
export type Mode = 'online' | 'phone' | 'in-person';
export type Locale = 'ro' | 'en';
/** A12. */
export type RecordKind = 'webex-recording' | 'written-record';

/** What every scheduling and ending fact says again, so that no projection has to look it up. */
export type Booking = {
  readonly request: RequestIdentity;
  readonly staffId: string;
  readonly department: string;
  readonly departmentCode: string;
  readonly mode: Mode;
  readonly slot: Slot;
  readonly holdId: string;
};
/** The place that a rescheduling or reassigning leaves. */
export type FormerPlace = { readonly staffId: string; readonly departmentCode: string; readonly slot: Slot; readonly holdId: string };

/** All of it under the key `contact`. */
export type Contact = {
  readonly name: PersonalText;
  readonly email?: PersonalText;
  readonly phone?: PersonalText;
  readonly notes?: PersonalText;
};

/** Art. 3. Step 2 of a booking. */
export type Requested = Fact<
  'Requested',
  Booking & {
    /** `TA-` and eight Crockford base-32 characters */
    readonly reference: string;
    readonly requestedAt: Instant;
    readonly heldUntil: Instant;
    readonly ground: Ground;
    readonly contact: Contact;
    /** A14: shown before `online` was chosen */
    readonly recordingNotice?: { readonly version: string; readonly acceptedAt: Instant };
    readonly locale: Locale;
    /** the policies that were used to accept it */
    readonly policies: readonly PolicyStamp[];
    readonly calendarVersion: string;
  }
>;
/** The n-th code of this ticket; it replaces the one before. */
export type VerificationCodeIssued = Fact<
  'VerificationCodeIssued',
  { readonly n: number; readonly issuedAt: Instant; readonly expiresAt: Instant; readonly heldUntil: Instant }
>;
export type VerificationFailed = Fact<'VerificationFailed', { readonly n: number; readonly failedAt: Instant; readonly triesLeft: number }>;
export type EmailVerified = Fact<'EmailVerified', { readonly n: number; readonly verifiedAt: Instant; readonly codeExpiresAt: Instant }>;
/** Step 6 of a booking: nobody is told "scheduled" earlier. `sequence` is the calendar entry's. */
export type Scheduled = Fact<
  'Scheduled',
  Booking & {
    readonly requestedAt: Instant;
    readonly scheduledAt: Instant;
    readonly sequence: number;
    /** online: when the invitation with its link must have been accepted (policy `invitation-lead`) */
    readonly invitationDueAt?: Instant;
    /** when the start passed and an outcome must be known (policy `outcome-deadline`) */
    readonly outcomeDueAt: Instant;
    readonly policies: readonly PolicyStamp[];
    readonly calendarVersion: string;
  }
>;
/** `withdrawn`: the citizen gave it up while the code was awaited, to ask again with another address. */
export type LapseCause = 'not-verified' | 'never-requested' | 'slot-lost' | 'too-many-tickets' | 'withdrawn';
/** The ticket ended before it was ever scheduled. */
export type Lapsed = Fact<
  'Lapsed',
  {
    readonly cause: LapseCause;
    readonly lapsedAt: Instant;
    readonly request: RequestIdentity;
    readonly staffId: string;
    readonly slot: Slot;
    readonly holdId: string;
    readonly department?: string;
    readonly departmentCode?: string;
    readonly mode?: Mode;
  }
>;
/** Art. 8 (staff) and A19 (citizen). The clock of A20 and A21 starts here. */
export type Rescheduled = Fact<
  'Rescheduled',
  Booking & {
    readonly from: FormerPlace;
    readonly by: 'citizen' | 'staff';
    readonly reason?: ChangeReason;
    /** key `contact` */
    readonly reasonText?: PersonalText;
    readonly citizenAgreed: boolean;
    /** the instant of the request for the new slot: A20's 48 hours count from it */
    readonly requestedAt: Instant;
    readonly sequence: number;
    readonly invitationDueAt?: Instant;
    readonly outcomeDueAt: Instant;
    /** by staff only: when the citizen must have been told (policy `notice-deadline`) */
    readonly noticeDueAt?: Instant;
    readonly policies: readonly PolicyStamp[];
    readonly calendarVersion: string;
  }
>;
/** A3: the same hour with another person, never silently. */
export type Reassigned = Fact<
  'Reassigned',
  Booking & { readonly from: FormerPlace; readonly reason: PersonalText; readonly reassignedAt: Instant; readonly sequence: number }
>;
export type MeetingLinkAttached = Fact<
  'MeetingLinkAttached',
  { readonly joinUrl: PersonalText; readonly meetingId?: string; readonly slot: Slot; readonly attachedAt: Instant }
>;
/**
 * The meeting that the machine made for this ticket is no longer in the video service, or never was: nobody can wait in it in vain.
 * `meetingId` is left out where none was found.
 */
export type MeetingRemoved = Fact<'MeetingRemoved', { readonly meetingId?: string; readonly removedAt: Instant }>;
/** A letter with the calendar entry for this slot was accepted by the mail server. */
export type InvitationSent = Fact<
  'InvitationSent',
  { readonly letterId: string; readonly slot: Slot; readonly sequence: number; readonly withLink: boolean; readonly acceptedAt: Instant }
>;
export type InvitationBounced = Fact<
  'InvitationBounced',
  { readonly letterId: string; readonly bouncedAt: Instant; readonly followUpDueAt: Instant }
>;
/** A18: from the slot's start on. */
export type MeetingStarted = Fact<'MeetingStarted', { readonly startedAt: Instant; readonly slot: Slot; readonly staffId: string }>;
export type Held = Fact<
  'Held',
  Booking & {
    readonly startedAt: Instant;
    readonly endedAt: Instant;
    readonly recordKind: RecordKind;
    /** A17: 2 hours after the end */
    readonly resolutionTargetAt: Instant;
    /** A17: end of the next working day */
    readonly resolutionHardLimitAt: Instant;
    /** online: 48 hours after the end (policy `recording-deadline`) */
    readonly recordingDueAt?: Instant;
    readonly policies: readonly PolicyStamp[];
    readonly calendarVersion: string;
  }
>;
export type RecordingAttached = Fact<
  'RecordingAttached',
  {
    readonly recordingId: string;
    /** key `record` */
    readonly url?: PersonalText;
    readonly startedAt?: Instant;
    readonly durationSeconds: number;
    readonly attachedAt: Instant;
  }
>;
/** A12: the video service no longer has a recording that it had. `noticedAt` is when we looked, not when it was deleted. */
export type RecordingWithdrawn = Fact<'RecordingWithdrawn', { readonly recordingId: string; readonly noticedAt: Instant }>;
export type RecordingMissing = Fact<'RecordingMissing', { readonly reason: PersonalText; readonly reportedAt: Instant }>;
export type RecordingWaived = Fact<
  'RecordingWaived',
  { readonly reason: PersonalText; readonly offeredAlternative: true; readonly waivedAt: Instant }
>;
/** A22. */
export type CitizenAbsent = Fact<'CitizenAbsent', Booking & { readonly waitedMinutes: number; readonly absentAt: Instant }>;
/** A23: opens the duty of Art. 8. */
export type StaffAbsent = Fact<
  'StaffAbsent',
  Booking & { readonly absentAt: Instant; readonly noticeDueAt: Instant; readonly newSlotDueAt: Instant }
>;
export type Cancelled = Fact<
  'Cancelled',
  Booking & {
    readonly by: 'citizen' | 'staff';
    readonly reason?: ChangeReason;
    readonly reasonText?: PersonalText;
    readonly cancelledAt: Instant;
    /** A30 */
    readonly slotFreeFrom: Instant;
    readonly sequence: number;
    /** by staff only */
    readonly noticeDueAt?: Instant;
    /** by staff only: C19 asks for a new slot, or a recorded refusal, by then */
    readonly newSlotDueAt?: Instant;
  }
>;
export type NoticeSubject = 'rescheduled' | 'cancelled' | 'staff-absent' | 'reassigned';
export type NoticeOutcome = 'accepted' | 'bounced' | 'reached' | 'voicemail' | 'no-answer' | 'declined-new-slot';
/** A21: only `accepted`, `reached` and `declined-new-slot` count as told. */
export type CitizenNotified = Fact<
  'CitizenNotified',
  {
    readonly about: NoticeSubject;
    readonly channel: 'phone' | 'email';
    readonly outcome: NoticeOutcome;
    readonly notifiedAt: Instant;
    readonly letterId?: string;
  }
>;
/** Art. 7: the document of type "Tichetul albastru" is written; conclusions under the key `record`. */
export type ResolutionIssued = Fact<
  'ResolutionIssued',
  { readonly conclusions: PersonalText; readonly documentNumber?: string; readonly issuedBy: string; readonly issuedAt: Instant }
>;
export type ResolutionFiled = Fact<
  'ResolutionFiled',
  {
    readonly documentNumber: string;
    readonly documentType: 'Tichetul albastru';
    readonly connectedTo: RequestIdentity;
    readonly filedAt: Instant;
  }
>;
/** Accepted by the mail server. `letterId` says which letter; `toVerifiedAddress` whether the address had been verified by code (C17). */
export type ResolutionSent = Fact<
  'ResolutionSent',
  { readonly letterId: string; readonly toVerifiedAddress: boolean; readonly acceptedAt: Instant }
>;
/** A11. The proof (receipt number, signature) under the key `record`. */
export type ResolutionHandedOver = Fact<
  'ResolutionHandedOver',
  { readonly channel: 'post' | 'pickup'; readonly handedOverAt: Instant; readonly proof: PersonalText }
>;
export type ResolutionBounced = Fact<
  'ResolutionBounced',
  { readonly letterId: string; readonly bouncedAt: Instant; readonly followUpDueAt: Instant }
>;
export type TaskKind =
  | 'create-meeting'
  | 'remove-meeting'
  | 'must-be-rescheduled'
  | 'notify-citizen'
  | 'request-changed'
  | 'write-resolution'
  | 'record-outcome'
  | 'attach-recording'
  | 'hand-over-resolution'
  | 'file-resolution'
  | 'send-letter'
  | 'follow-up-bounce'
  | 'assign-staff';
/** Something that only a person can do. `subjectId` is what it is about: a letter, a block, an effect. */
export type TaskRaised = Fact<
  'TaskRaised',
  {
    readonly taskId: string;
    readonly kind: TaskKind;
    readonly staffId: string;
    readonly raisedAt: Instant;
    readonly dueAt?: Instant;
    readonly subjectId?: string;
  }
>;
export type TaskDone = Fact<'TaskDone', { readonly taskId: string; readonly doneAt: Instant }>;
/** The contact key of this ticket is destroyed; the resolution's record key stays until its retention ends (`ConclusionsErased`). */
export type TicketPersonalDataErased = Fact<'PersonalDataErased', { readonly erasedAt: Instant; readonly reason: PersonalText }>;
/** GDPR 5 (1) e: the record key of this ticket is destroyed, at the end of the retention that an installation has set. */
export type ConclusionsErased = Fact<'ConclusionsErased', { readonly erasedAt: Instant; readonly reason: PersonalText }>;

export type TicketFact =
  | Requested
  | VerificationCodeIssued
  | VerificationFailed
  | EmailVerified
  | Scheduled
  | Lapsed
  | Rescheduled
  | Reassigned
  | MeetingLinkAttached
  | MeetingRemoved
  | InvitationSent
  | InvitationBounced
  | MeetingStarted
  | Held
  | RecordingAttached
  | RecordingWithdrawn
  | RecordingMissing
  | RecordingWaived
  | CitizenAbsent
  | StaffAbsent
  | Cancelled
  | CitizenNotified
  | ResolutionIssued
  | ResolutionFiled
  | ResolutionSent
  | ResolutionHandedOver
  | ResolutionBounced
  | TaskRaised
  | TaskDone
  | TicketPersonalDataErased
  | ConclusionsErased;

export const ticketStream = (ticketId: string): string => `ticket-${ticketId}`;
