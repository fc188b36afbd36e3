import type { Instant } from '../kernel/instant';
import type { PersonalText } from '../kernel/personal-text';
import type { Ground } from '../request/facts';
import type { Slot } from '../time/slot';
import type {
  Booking,
  Contact,
  FormerPlace,
  LapseCause,
  Lapsed,
  Locale,
  MeetingLinkAttached,
  NoticeOutcome,
  NoticeSubject,
  RecordingAttached,
  ResolutionHandedOver,
  TaskKind,
} from './facts';

/** The validation codes of a ticket (A9). */
export type CodeState = {
  /** number of the newest code; 0 before the first */
  readonly n: number;
  /** when each was issued, the first one first */
  readonly issuedAt: readonly Instant[];
  /** of the newest; empty before the first */
  readonly expiresAt: Instant;
  /** tries left of the newest, once one was wrong */
  readonly triesLeft?: number;
  /** the code that was entered rightly */
  readonly spent?: { readonly n: number; readonly verifiedAt: Instant };
};

/** Letters with the calendar entry. */
export type InvitationState = {
  readonly sent: readonly {
    readonly letterId: string;
    readonly slot: Slot;
    readonly sequence: number;
    readonly withLink: boolean;
    readonly acceptedAt: Instant;
  }[];
  readonly bounced: readonly string[];
};

/** A12, A13. A recording that comes late does not undo that it was missing. */
export type RecordingState = {
  readonly attached: readonly RecordingAttached['data'][];
  readonly missingSince?: Instant;
  readonly waivedAt?: Instant;
};

/** Art. 7. Each part is independent of the others: they may come in any order. */
export type ResolutionState = {
  readonly issued?: {
    readonly conclusions: PersonalText;
    readonly documentNumber?: string;
    readonly issuedBy: string;
    readonly issuedAt: Instant;
  };
  readonly filed?: { readonly documentNumber: string; readonly filedAt: Instant };
  readonly sent: readonly { readonly letterId: string; readonly toVerifiedAddress: boolean; readonly acceptedAt: Instant }[];
  readonly bounced: readonly string[];
  readonly handedOver: readonly ResolutionHandedOver['data'][];
};

/** Art. 8: what the citizen must be told, and by when. The newest replaces the ones before. */
export type NoticeDuty = { readonly about: NoticeSubject; readonly since: Instant; readonly dueAt?: Instant };
export type Notice = {
  readonly about: NoticeSubject;
  readonly channel: 'phone' | 'email';
  readonly outcome: NoticeOutcome;
  readonly notifiedAt: Instant;
  readonly letterId?: string;
};

export type TaskState = {
  readonly taskId: string;
  readonly kind: TaskKind;
  readonly staffId: string;
  readonly done: boolean;
  readonly dueAt?: Instant;
  readonly subjectId?: string;
};

/** When it was held, and the due instants that were computed then. */
export type HeldMeeting = {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly resolutionTargetAt: Instant;
  readonly resolutionHardLimitAt: Instant;
  readonly recordingDueAt?: Instant;
};

/** What every ticket has once it was requested, whatever became of it. */
export type TicketParts = {
  readonly reference: string;
  /** where the meeting stands now: person, slot, hold */
  readonly booking: Booking;
  /** the places that were moved away from, the first one first: their slots are given back */
  readonly left: readonly FormerPlace[];
  /** once cancelled: from when the slot may be offered again (A30) */
  readonly slotFreeFrom?: Instant;
  /** of the submission; the 48 hours of the first slot count from it */
  readonly requestedAt: Instant;
  /** until when the slot is held for the code */
  readonly heldUntil: Instant;
  readonly ground: Ground;
  readonly contact: Contact;
  readonly recordingNotice?: { readonly version: string; readonly acceptedAt: Instant };
  readonly locale: Locale;
  readonly code: CodeState;
  /** of the newest calendar entry (RFC 5545 SEQUENCE); -1 before the first */
  readonly sequence: number;
  /** A19: how often the citizen moved the meeting, moves after the staff member's absence not counted */
  readonly reschedulesByCitizen: number;
  /** for where the meeting stands now */
  readonly meetingLink?: MeetingLinkAttached['data'];
  readonly invitation: InvitationState;
  readonly recording: RecordingState;
  readonly resolution: ResolutionState;
  readonly noticeDuty?: NoticeDuty;
  readonly notices: readonly Notice[];
  readonly tasks: { readonly [taskId: string]: TaskState };
  readonly erased: boolean;
};

/** Asked for, not yet scheduled. `requested`: no e-mail was given, so no code is awaited; `verified`: only the agenda decides now. */
export type PendingTicket = TicketParts & { readonly status: 'awaiting-code' | 'requested' | 'verified' };
/** It has a confirmed slot. `staff-absent` waits for a new one (A23). */
export type StandingTicket = TicketParts & { readonly status: 'scheduled' | 'staff-absent' };
/** From the start until `Held` is recorded, even when the resolution is already issued. */
export type MeetingTicket = TicketParts & { readonly status: 'in-progress'; readonly startedAt: Instant };
export type HeldTicket = TicketParts & { readonly status: 'held' | 'resolved' | 'concluded'; readonly held: HeldMeeting };
export type ClosedTicket = TicketParts & { readonly status: 'cancelled' | 'citizen-absent' };
export type LapsedTicket = TicketParts & { readonly status: 'lapsed'; readonly cause: LapseCause };
/** Everything that was ever asked for. */
export type RequestedTicket = PendingTicket | StandingTicket | MeetingTicket | HeldTicket | ClosedTicket | LapsedTicket;

/**
 * `absent`: the stream is empty. `never-requested`: the fence that keeps a late step 2 out (`Lapsed` on an empty stream);
 * shown outside as lapsed.
 */
export type TicketState =
  { readonly status: 'absent' } | { readonly status: 'never-requested'; readonly lapsed: Lapsed['data'] } | RequestedTicket;

/** The words of the API. */
export type TicketStatus =
  | 'awaiting-code'
  | 'scheduled'
  | 'in-progress'
  | 'held'
  | 'resolved'
  | 'concluded'
  | 'lapsed'
  | 'cancelled'
  | 'citizen-absent'
  | 'staff-absent';

/** What the outside is told; `undefined` when there is no such ticket. Nobody is told "scheduled" before `Scheduled`. */
export const publicStatus = (state: TicketState): TicketStatus | undefined => {
  switch (state.status) {
    case 'absent':
      return undefined;
    case 'never-requested':
      return 'lapsed';
    case 'requested':
    case 'verified':
      return 'awaiting-code';
    default:
      return state.status;
  }
};

export const isRequested = (state: TicketState): state is RequestedTicket =>
  state.status !== 'absent' && state.status !== 'never-requested';
export const isPending = (state: TicketState): state is PendingTicket =>
  state.status === 'awaiting-code' || state.status === 'requested' || state.status === 'verified';
export const isStanding = (state: TicketState): state is StandingTicket => state.status === 'scheduled' || state.status === 'staff-absent';
export const isHeld = (state: TicketState): state is HeldTicket =>
  state.status === 'held' || state.status === 'resolved' || state.status === 'concluded';
/** Never scheduled, and never will be. */
export const isLapsed = (state: TicketState): boolean => state.status === 'lapsed' || state.status === 'never-requested';
/** A24: an active ticket keeps its request from another one. */
export const isActive = (state: TicketState): state is PendingTicket | StandingTicket | MeetingTicket =>
  isPending(state) || isStanding(state) || state.status === 'in-progress';
/** Ended in the sense of the booking protocol: its request is free for another ticket. */
export const hasEnded = (state: TicketState): boolean => state.status !== 'absent' && !isActive(state);
/** Ended before the meeting took place: its slot is given back. */
export const gaveSlotBack = (state: TicketState): boolean => isLapsed(state) || state.status === 'cancelled';
