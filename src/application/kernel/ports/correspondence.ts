import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { WithTexts } from '../../../domain/kernel/personal-text';
import type { StaffRole } from '../../../domain/staff/facts';
import type { AmendmentForm, ChangeReason, Locale, Mode, WrittenResolution } from '../../../domain/ticket/facts';
import type { Slot } from '../../../domain/time/slot';
import type { Letter } from './mailer';

/** What every letter to a citizen says. All of it in clear: it exists in memory only, while the letter is made. */
export type LetterHead = {
  /** stable: the same letter made again has the same id */
  readonly letterId: string;
  readonly ticketId: string;
  /** `TA-…` */
  readonly reference: string;
  /** one e-mail address */
  readonly to: string;
  readonly name: string;
  readonly locale: Locale;
  /** where the pages are; a letter never holds a link that acts, nor a token */
  readonly publicUrl: string;
  /** when the fact happened that the letter speaks of: its date, and the calendar entry's DTSTAMP */
  readonly issuedAt: Instant;
};

/** A person's name is a civil servant's here. */
export type MeetWith = { readonly name: string; readonly role: StaffRole; readonly department: string };

/** The meeting as it now stands. `sequence` rises with every calendar entry of the ticket. */
export type MeetingDetails = {
  readonly slot: Slot;
  readonly mode: Mode;
  readonly meetWith: MeetWith;
  readonly sequence: number;
  /** how often the citizen may still move it */
  readonly movesLeft: number;
  /** in person: where */
  readonly place?: string;
  /** online: the Webex link, once there is one */
  readonly joinUrl?: string;
  /** for how long the notice that the citizen accepted says that the recording is kept */
  readonly recordingKeptDays?: number;
};

/** Art. 3 e: the validation code. */
export type CodeLetter = LetterHead & { readonly kind: 'code'; readonly code: string; readonly expiresAt: Instant };
/** The code that opens the ticket's page in another browser. */
export type OpeningLetter = LetterHead & { readonly kind: 'opening'; readonly code: string; readonly expiresAt: Instant };
/** Art. 3 e, 5: at `Scheduled`, and again with a higher sequence once the link is there. */
export type InvitationLetter = LetterHead & MeetingDetails & { readonly kind: 'invitation' };
/** Art. 8, A19, A3, Art. 3 d: the meeting has moved, has another person or mode, or could not be held because of us. */
export type ChangeLetter = LetterHead &
  MeetingDetails & {
    readonly kind: 'change';
    readonly by: 'citizen' | 'staff';
    readonly reason?: ChangeReason;
    readonly reasonText?: string;
  } &
  /** what the citizen knows, where it is otherwise now */
  (
    | {
        readonly about: 'rescheduled' | 'mode-changed';
        readonly formerSlot?: Slot;
        readonly formerMode?: Mode;
        readonly formerMeetWith?: MeetWith;
      }
    /** the same hour with another person */
    | { readonly about: 'reassigned' }
    /** the slot has passed and a new one is still to be found */
    | { readonly about: 'staff-absent' }
  );
/** A19, Art. 8. */
export type CancellationLetter = LetterHead &
  MeetingDetails & {
    readonly kind: 'cancellation';
    readonly by: 'citizen' | 'staff';
    readonly reason?: ChangeReason;
    readonly reasonText?: string;
  };
/** A correction of the resolution, with its own text. */
export type AmendmentInLetter = {
  readonly amendment: number;
  readonly form: AmendmentForm;
  readonly amendedAt: Instant;
  readonly conclusions: string;
  readonly reason: string;
  /** of its own document, once it is filed */
  readonly documentNumber?: string;
};
/** Art. 7: the resolution, with the conclusions of the meeting, and every correction of it. */
export type ResolutionLetter = LetterHead &
  /** its document’s number is that of the one connected to the request, once it is filed */
  WithTexts<WrittenResolution, string> & {
    readonly kind: 'resolution';
    readonly requestNumber: string;
    readonly filedOn: CivilDate;
    readonly meetWith: MeetWith;
    readonly slot: Slot;
    /** in the order of their numbers; the first text is told all the same */
    readonly amendments: readonly AmendmentInLetter[];
  };
export type LetterRequest = CodeLetter | OpeningLetter | InvitationLetter | ChangeLetter | CancellationLetter | ResolutionLetter;

/** `to` and `name` are left out of what nobody is sent: the entry is then one to keep (PUBLISH), not an invitation (REQUEST). */
export type CalendarEntryRequest = Omit<LetterHead, 'letterId' | 'to' | 'name'> &
  Omit<MeetingDetails, 'movesLeft'> & { readonly to?: string; readonly name?: string; readonly cancelled: boolean };
/** An iCalendar object (RFC 5545) of one meeting, with the time zone it speaks of. */
export type CalendarEntry = { readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; readonly content: string };

/** Puts the procedure's facts into words, Romanian or English. Pure: the same request gives the same letter. */
export type Correspondence = {
  compose(request: LetterRequest): Letter;
  /** For `GET /tickets/:id/invitation.ics`; the same UID as in the letters. */
  calendarEntry(request: CalendarEntryRequest): CalendarEntry;
};
