import type { Instant } from '../kernel/fact';
import type { Ground, RequestIdentity } from '../request/facts';
import type {
  Booking,
  CitizenNotified,
  Contact,
  FormerPlace,
  Held,
  InvitationSent,
  LapseCause,
  Locale,
  MeetingLinkAttached,
  NoticeSubject,
  RecordingAttached,
  ResolutionFiled,
  ResolutionHandedOver,
  ResolutionIssued,
  ResolutionSent,
  TaskRaised,
} from './facts';

/** One validation code of a ticket (A9). The newest replaces the ones before. */
export type CodeState = {
  readonly n: number;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  /** once one try was wrong */
  readonly triesLeft?: number;
};

/** Letters with the calendar entry. */
export type InvitationState = {
  readonly sent: readonly InvitationSent['data'][];
  readonly bounced: readonly string[];
};

/** A12, A13. A recording that comes late does not undo that it was missing. */
export type RecordingState = {
  /** those that are still there */
  readonly attached: readonly RecordingAttached['data'][];
  /** ids of those that were there, and are gone */
  readonly withdrawn: readonly string[];
  readonly missingSince?: Instant;
  readonly waivedAt?: Instant;
};

/** Art. 7. Each part is independent of the others: they may come in any order. */
export type ResolutionState = {
  readonly issued?: ResolutionIssued['data'];
  readonly filed?: Pick<ResolutionFiled['data'], 'documentNumber' | 'filedAt'>;
  readonly sent: readonly ResolutionSent['data'][];
  readonly bounced: readonly string[];
  readonly handedOver: readonly ResolutionHandedOver['data'][];
};

/** Art. 8: what the citizen must be told, and by when. The newest replaces the ones before. */
export type NoticeDuty = { readonly about: NoticeSubject; readonly since: Instant; readonly dueAt?: Instant };
export type Notice = CitizenNotified['data'];

export type TaskState = Omit<TaskRaised['data'], 'raisedAt'> & { readonly done: boolean };

/** When it was held, and the due instants that were computed then. */
export type HeldMeeting = Pick<Held['data'], 'startedAt' | 'endedAt' | 'resolutionTargetAt' | 'resolutionHardLimitAt' | 'recordingDueAt'>;

/** What every ticket has once it was requested, whatever became of it. */
export type TicketParts = {
  readonly reference: string;
  /** where the meeting stands now: person, slot, hold */
  readonly booking: Booking;
  /** the places that were moved away from, the first one first: their slots are given back */
  readonly left: readonly FormerPlace[];
  /** of the submission; the 48 hours of the first slot count from it */
  readonly requestedAt: Instant;
  /** until when the slot is held for the code */
  readonly heldUntil: Instant;
  readonly ground: Ground;
  readonly contact: Contact;
  readonly recordingNotice?: { readonly version: string; readonly acceptedAt: Instant };
  readonly locale: Locale;
  /** in the order in which they were issued */
  readonly codes: readonly CodeState[];
  /** the code that was entered rightly */
  readonly verified?: { readonly n: number; readonly verifiedAt: Instant };
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
  readonly tasks: Readonly<Record<string, TaskState>>;
  readonly erased: boolean;
  readonly conclusionsErased: boolean;
};

/** Asked for, not yet scheduled. `requested`: no e-mail was given, so no code is awaited; `verified`: only the agenda decides now. */
export type PendingTicket = TicketParts & { readonly status: 'awaiting-code' | 'requested' | 'verified' };
/** It has a confirmed slot. `staff-absent` waits for a new one (A23). */
export type CurrentTicket = TicketParts & { readonly status: 'scheduled' | 'staff-absent' };
/** From the start until `Held` is recorded, even when the resolution is already issued. */
export type MeetingTicket = TicketParts & { readonly status: 'in-progress'; readonly startedAt: Instant };
export type HeldTicket = TicketParts & { readonly status: 'held' | 'resolved' | 'concluded'; readonly held: HeldMeeting };
/** `slotFreeFrom`: when the slot may be offered again (A30). */
export type CancelledTicket = TicketParts & { readonly status: 'cancelled'; readonly slotFreeFrom: Instant };
/** A22. */
export type MissedTicket = TicketParts & { readonly status: 'citizen-absent' };
/** Ended before it was ever scheduled; `place` is what it was to have. */
export type LapsedTicket = TicketParts & {
  readonly status: 'lapsed';
  readonly cause: Exclude<LapseCause, 'never-requested'>;
  readonly place: Pick<Booking, 'staffId' | 'slot' | 'holdId'>;
};
/** The fence that keeps a late step 2 out: `Lapsed` on an empty stream. */
export type FencedTicket = {
  readonly status: 'lapsed';
  readonly cause: 'never-requested';
  readonly request: RequestIdentity;
  readonly place: Pick<Booking, 'staffId' | 'slot' | 'holdId'>;
};
/** Everything that was ever asked for. */
export type RequestedTicket = PendingTicket | CurrentTicket | MeetingTicket | HeldTicket | CancelledTicket | MissedTicket | LapsedTicket;

/** `absent`: the stream is empty. */
export type TicketState = { readonly status: 'absent' } | FencedTicket | RequestedTicket;

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
export const publicStatus = ({ status }: TicketState): TicketStatus | undefined => {
  if (status === 'absent') return undefined;
  return status === 'requested' || status === 'verified' ? 'awaiting-code' : status;
};

export const isRequested = (state: TicketState): state is RequestedTicket =>
  state.status !== 'absent' && !(state.status === 'lapsed' && state.cause === 'never-requested');
export const isPending = (state: TicketState): state is PendingTicket =>
  state.status === 'awaiting-code' || state.status === 'requested' || state.status === 'verified';
export const stillStands = (state: TicketState): state is CurrentTicket => state.status === 'scheduled' || state.status === 'staff-absent';
/** The newest code, the only one that can still work. */
export const newestCode = ({ codes }: TicketParts): CodeState | undefined => codes.at(-1);
export const isHeld = (state: TicketState): state is HeldTicket =>
  state.status === 'held' || state.status === 'resolved' || state.status === 'concluded';
/** A24: an active ticket keeps its request from another one. */
export const isActive = (state: TicketState): state is PendingTicket | CurrentTicket | MeetingTicket =>
  isPending(state) || stillStands(state) || state.status === 'in-progress';
/** Ended in the sense of the booking protocol: its request is free for another ticket. */
export const hasEnded = (state: TicketState): boolean => state.status !== 'absent' && !isActive(state);
/** Ended before the meeting took place: its slot is given back. */
export const gaveSlotBack = (state: TicketState): boolean => state.status === 'lapsed' || state.status === 'cancelled';
