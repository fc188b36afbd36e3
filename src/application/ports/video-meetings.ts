import type { Slot } from '../../domain/time/slot';

/** `manual`: a civil servant creates the meeting and pastes the link, which is Art. 5 word for word. */
export type VideoMeetings = {
  readonly kind: 'manual' | 'automatic';
  /** @returns undefined when a person must do it. The same ticket and slot give the same meeting. */
  create(meeting: {
    readonly ticketId: string;
    readonly reference: string;
    readonly slot: Slot;
  }): Promise<{ readonly joinUrl: string; readonly meetingId: string } | undefined>;
};
