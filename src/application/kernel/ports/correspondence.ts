import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { WithTexts } from '../../../domain/kernel/personal-text';
import type { StaffRole } from '../../../domain/staff/facts';
import type { AmendmentForm, ChangeReason, Locale, Mode, NoticeSubject, TaskKind, WrittenResolution } from '../../../domain/ticket/facts';
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
/** Art. 3 e: the code that verifies another address of a ticket that stands; it goes to that address. */
export type NewAddressLetter = LetterHead & { readonly kind: 'new-address'; readonly code: string; readonly expiresAt: Instant };
/** To the address that letters went to before: that they go to another one, which is not named. */
export type AddressChangedLetter = LetterHead & { readonly kind: 'address-changed' };
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
/** The meeting is near. */
export type ReminderLetter = LetterHead & MeetingDetails & { readonly kind: 'reminder' };
/** An hour before `booked` became free; the letter does not promise that it is still free when the citizen comes. */
export type EarlierHourLetter = LetterHead &
  Pick<MeetingDetails, 'slot' | 'mode' | 'meetWith'> & { readonly kind: 'earlier-hour'; readonly booked: Slot };
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
export type CitizenLetter =
  | CodeLetter
  | OpeningLetter
  | NewAddressLetter
  | AddressChangedLetter
  | InvitationLetter
  | ChangeLetter
  | CancellationLetter
  | ReminderLetter
  | EarlierHourLetter
  | ResolutionLetter;

/**
 * Letters to civil servants. They name a ticket by its reference, its hour and its mode, and lead to its card; of the applicant and the
 * request they say nothing, since a mailbox is read on telephones and by deputies.
 */
export type OfficialHead = Omit<LetterHead, 'reference'>;
/** A meeting as a letter to a civil servant names it. */
export type NamedMeeting = { readonly ticketId: string; readonly reference: string; readonly slot: Slot; readonly mode: Mode };
/**
 * What happened to a meeting of theirs. `mode`: it is held in another way, at the same hour. `given`: it was another's before; `taken`: it is another's now. `formerSlot`: where it stood,
 * if its hour is another.
 */
export type MeetingNews = NamedMeeting & {
  readonly what: 'booked' | 'moved' | 'mode' | 'given' | 'taken' | 'cancelled' | 'offered' | 'declined';
  readonly formerSlot?: Slot;
};
/** One thing that happened. */
export type OfficialNewsLetter = OfficialHead & { readonly kind: 'official-news'; readonly news: MeetingNews };
/** A duty with its target and limit, if it has them; `overdue`: the letter was made after the limit. */
export type NamedDuty = {
  readonly ticketId: string;
  readonly reference: string;
  readonly kind: TaskKind;
  readonly targetAt?: Instant;
  readonly limitAt?: Instant;
  readonly overdue: boolean;
};
/** The letter of a day: what happened, what is due, and the meetings until the end of the next working day. */
export type OfficialDayLetter = OfficialHead & {
  readonly kind: 'official-day';
  readonly date: CivilDate;
  readonly news: readonly MeetingNews[];
  readonly duties: readonly NamedDuty[];
  readonly until: CivilDate;
  readonly meetings: readonly (NamedMeeting & { readonly linkMissing: boolean })[];
};
/** Of one mode: how many meetings stood in the week, were held, and were missed by whom. */
export type WeekOfMode = {
  readonly mode: Mode;
  readonly planned: number;
  readonly held: number;
  readonly citizenAbsent: number;
  readonly staffAbsent: number;
  readonly withoutOutcome: number;
};
/** The letter of a Monday to a head: the department's last week, what is late, and the week that begins. */
export type OfficialWeekLetter = OfficialHead & {
  readonly kind: 'official-week';
  readonly department: string;
  /** the Monday of the week that begins */
  readonly monday: CivilDate;
  readonly lastWeek: readonly WeekOfMode[];
  readonly cancelled: number;
  /** of last week’s meetings: resolutions that were late, or are and still not there */
  readonly resolutionsLate: number;
  readonly dutiesOverdue: number;
  readonly ahead: readonly { readonly mode: Mode; readonly count: number }[];
};
export type OfficialLetter = OfficialNewsLetter | OfficialDayLetter | OfficialWeekLetter;
export type LetterRequest = CitizenLetter | OfficialLetter;

/** `to` and `name` are left out where no letter is sent: the entry is then one to keep (PUBLISH), not an invitation (REQUEST). */
export type CalendarEntryRequest = Omit<LetterHead, 'letterId' | 'to' | 'name'> &
  Omit<MeetingDetails, 'movesLeft'> & { readonly to?: string; readonly name?: string; readonly cancelled: boolean };
/** An iCalendar object (RFC 5545) of one meeting, with the time zone it speaks of. */
export type CalendarEntry = { readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; readonly content: string };

/** Names the meeting by reference and hour, and no person. */
export type TextMessageRequest = {
  readonly about: NoticeSubject | 'reminder';
  readonly reference: string;
  readonly locale: Locale;
  /** where the meeting stands now; of one that is over or called off, where it stood */
  readonly slot: Slot;
  readonly mode: Mode;
};

/** Puts the procedure's facts into words, Romanian or English. Pure: the same request gives the same letter. */
export type Correspondence = {
  compose(request: LetterRequest): Letter;
  /** Art. 8: what a text message says, of a change or to remind of the meeting. Left out by a host whose correspondence sends none. */
  textMessage?(request: TextMessageRequest): string;
  /** For `GET /tickets/:id/invitation.ics`; the same UID as in the letters. */
  calendarEntry(request: CalendarEntryRequest): CalendarEntry;
};
