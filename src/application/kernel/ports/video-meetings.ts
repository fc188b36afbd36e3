import type { Instant } from '../../../domain/kernel/fact';
import type { Slot } from '../../../domain/time/slot';

/** Whose meeting it is there. In memory only: an address is personal. */
export type VideoHost = { readonly email: string };
/** Where a meeting of the ticket is or was to be. */
export type VideoPlace = { readonly slot: Slot; readonly host: VideoHost };

/** A meeting as it is to be. */
export type WantedMeeting = VideoPlace & {
  readonly ticketId: string;
  readonly reference: string;
  /** the citizen's address, from which they mean to join (Art. 3 e) */
  readonly invitee?: string;
  /** where it was to be before, the first place first: a meeting of this ticket may still be there */
  readonly before: readonly VideoPlace[];
};
export type MadeMeeting = { readonly joinUrl: string; readonly meetingId: string };

/** A recording that can be watched now. */
export type FoundRecording = {
  readonly recordingId: string;
  readonly url?: string;
  /** when the button was pressed */
  readonly startedAt?: Instant;
  readonly durationSeconds: number;
};

/**
 * Art. 5. `manual`: a civil servant creates the meeting and pastes the link, which is the article word for word.
 * Every method throws when the service does not say, AskedToWait when it wants to be left alone until an instant.
 */
export type VideoMeetings = ManualMeetings | AutomaticMeetings;
export type ManualMeetings = { readonly kind: 'manual' };
export type AutomaticMeetings = {
  readonly kind: 'automatic';
  /**
   * The meeting of this ticket: the one that is there, moved if it must be, or a new one. Asked again it makes no second one.
   * @returns undefined when a person must do it
   */
  create(meeting: WantedMeeting): Promise<MadeMeeting | undefined>;
  /** The same meeting at another hour; `gone` when it is not there any more or cannot be moved. */
  move(meeting: WantedMeeting & { readonly meetingId: string }): Promise<MadeMeeting | 'gone'>;
  /** Removes every meeting of this ticket from these places; what is not there is no error. `refused`: a person must do it. */
  cancel(meeting: {
    readonly ticketId: string;
    readonly meetingId?: string;
    readonly places: readonly VideoPlace[];
  }): Promise<'removed' | 'refused'>;
  /** Of this meeting, and of no other. */
  recordings(meeting: VideoPlace & { readonly meetingId: string }): Promise<readonly FoundRecording[]>;
  /** `gone` only when the service itself says so: deleted, or not known. */
  recordingStands(recording: { readonly recordingId: string; readonly host: VideoHost }): Promise<'there' | 'gone'>;
};
