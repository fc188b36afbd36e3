import { acceptedNotice, agreement, askedThrough, changeReason, party } from '../kernel/change-reason';
import { meetingMode, otherMode } from '../kernel/meeting-mode';
import { graded, gradedByActor } from '../kernel/grade';
import {
  type DataOf,
  type FactOf,
  civilDate,
  type FactShape,
  type FactsOf,
  factShape,
  type Fields,
  flag,
  instant,
  list,
  number,
  object,
  optional,
  personalText,
  text,
  type Upcaster,
  type ValueOf,
  word,
  yes,
} from '../kernel/shape';
import { policyStamp } from '../policies';
import { groundShape, requestIdentity } from '../request/facts';
import { slotShape } from '../time/slot';

export {
  type Agreement,
  agreementChannel,
  type AskedThrough,
  changeReason,
  type ChangeReason,
  counterChannel,
} from '../kernel/change-reason';
export { isMode, meetingMode, type Mode, needsOf, otherMode } from '../kernel/meeting-mode';

export const letterLanguage = word('ro', 'en');
export type Locale = ValueOf<typeof letterLanguage>;
export const recordKind = word('webex-recording', 'written-record');
/** A12. */
export type RecordKind = ValueOf<typeof recordKind>;

const booking = {
  request: requestIdentity,
  staffId: text,
  department: text,
  departmentCode: text,
  mode: meetingMode,
  slot: slotShape,
  holdId: text,
};
/** What every scheduling and ending fact says again, so that no projection has to look it up. */
export type Booking = DataOf<typeof booking>;
/** The policies that the decision used, and the calendar. */
const stamped = { policies: list(policyStamp), calendarVersion: text };

/** Those that the deadlines of Art. 8 were computed with; left out in facts from before they were kept. */
const dutyPolicies = optional(list(policyStamp));

const formerPlace = object({ staffId: text, departmentCode: text, slot: slotShape, holdId: text });
/** The place that a rescheduling or reassigning leaves. */
export type FormerPlace = ValueOf<typeof formerPlace>;

/** Art. 3 b: what a citizen who wants a ticket is asked; `unrecorded` in tickets from before it was kept. */
export const matchedDatum = word('number', 'name', 'filed-on', 'unrecorded');
export type MatchedDatum = ValueOf<typeof matchedDatum>;

const ofContact = personalText('contact');
const contactShape = object({
  name: ofContact,
  email: optional(ofContact),
  phone: optional(ofContact),
  /** at the counter only */
  postalAddress: optional(ofContact),
  notes: optional(ofContact),
});
export type Contact = ValueOf<typeof contactShape>;

export const companionKind = word('representative', 'companion', 'interpreter', 'applicants');
/** Who comes for the applicant or with them; of several applicants, the others. `shown`: what was shown for it, a power of attorney say. */
const companionShape = object({ kind: companionKind, name: ofContact, shown: optional(ofContact) });
export type Companion = ValueOf<typeof companionShape>;

export type AcceptedNotice = ValueOf<typeof acceptedNotice>;

/** `withdrawn`: the citizen gave it up while the code was awaited, to ask again with another address. */
const lapseCause = word('not-verified', 'never-requested', 'slot-lost', 'too-many-tickets', 'withdrawn', 'same-hour');
export type LapseCause = ValueOf<typeof lapseCause>;
const noticeSubject = word('rescheduled', 'cancelled', 'staff-absent', 'reassigned', 'mode-changed');
export type NoticeSubject = ValueOf<typeof noticeSubject>;
const reminderChannel = word('text-message');
const reminderCause = word('too-late', 'refused', 'undelivered', 'restricted');
export const continuedCause = word('platform', 'connection', 'citizen-device', 'other');
/** Why an online meeting went on otherwise: Webex itself, the connection of one side, the citizen's device. */
export type ContinuedCause = ValueOf<typeof continuedCause>;
const noticeChannel = word('phone', 'email', 'text-message', 'post');
/**
 * How the citizen was told. A text message counts once the network has delivered it, a letter on paper with the day on which it was posted.
 */
export type NoticeChannel = ValueOf<typeof noticeChannel>;
const noticeOutcome = word('accepted', 'bounced', 'reached', 'voicemail', 'no-answer', 'declined-new-slot', 'posted');
/** A21: only `accepted`, `reached`, `posted` and `declined-new-slot` count as told. */
export type NoticeOutcome = ValueOf<typeof noticeOutcome>;
export const taskKind = word(
  'create-meeting',
  'remove-meeting',
  'must-be-rescheduled',
  'notify-citizen',
  'request-changed',
  'write-resolution',
  'record-outcome',
  'attach-recording',
  'hand-over-resolution',
  'file-resolution',
  'correct-filing',
  'send-letter',
  'follow-up-bounce',
  'assign-staff',
  'facts-lost',
  'correction-disputed',
  'accept-move',
);
export type TaskKind = ValueOf<typeof taskKind>;

export const filingFinding = word('unknown', 'other-type', 'other-request', 'before-the-meeting');
/** What the register shows instead of a resolution under the number that a person gave. */
export type FilingFinding = ValueOf<typeof filingFinding>;

/** Art. 7: what its author says in a resolution. */
export const writtenResolution = { conclusions: personalText('record'), documentNumber: optional(text) };
export type WrittenResolution = DataOf<typeof writtenResolution>;

export const amendmentForm = word('erratum', 'replacement');
/** How a resolution is put right: some of it is, or another text stands in its place. The former text stays as it was written. */
export type AmendmentForm = ValueOf<typeof amendmentForm>;

export const recordingSaid = word('attached', 'missing', 'waived');
/** What a person can have said of the recording (A13). */
export type RecordingSaid = ValueOf<typeof recordingSaid>;

export const correctedThing = word('resolution', 'recording', 'hand-over', 'answer');
/** What is corrected by a fact of its own; an answer by one of the request. */
export type CorrectedThing = ValueOf<typeof correctedThing>;

/** `policies`: `bounce-follow-up`, since a due day is held to it. */
const cameBack = { letterId: text, bouncedAt: instant, followUpDueAt: instant, policies: optional(list(policyStamp)) };
const change = { by: party, reason: optional(changeReason), reasonText: optional(ofContact), askedThrough: optional(askedThrough) };
const agreed = {
  citizenAgreed: flag,
  /** by staff, with the citizen's consent: how and when it was given; left out in facts from before that was asked for */
  agreement: optional(agreement),
  /** where the meeting becomes one online (A14); left out where the notice in force had been accepted before */
  recordingNotice: optional(acceptedNotice),
};
/** GDPR 18 (1) a to d: their accuracy is contested, the use is unlawful, the person needs them for a claim, the person has objected. */
export const restrictionGround = word('accuracy', 'unlawful', 'claims', 'objection');
export type RestrictionGround = ValueOf<typeof restrictionGround>;

const erased = { erasedAt: instant, reason: personalText('office') };

/** @param article that allowed it, as a history names it: `3 e`; `D4` of the Order, `GDPR 17` for an erasure */
const ticketFact = <F extends Fields>(
  article: string,
  why: string,
  told: string,
  fields: F,
  upcasters: readonly Upcaster[] = [],
): FactShape<F> & { readonly article: string } => ({
  ...factShape(why, told, fields, upcasters),
  article,
});

/** The same of a fact that an outside system may have seen, or a person only said: it tells which. */
const gradedFact = <F extends Fields>(
  article: string,
  why: string,
  told: string,
  fields: F,
): FactShape<F & typeof graded> & { readonly article: string } => ticketFact(article, why, told, { ...fields, ...graded }, [gradedByActor]);

/** Version 2 keeps what was matched. Without all three there was no ticket before, either, but no fact says so. */
const matchUnrecorded: Upcaster = (data) => ({ ...data, matched: ['unrecorded'] });

/** The life of one blue ticket. */
export const ticketFactShapes = {
  Requested: ticketFact(
    '3',
    'Art. 3',
    'Step 2: the ticket is asked for.',
    {
      ...booking,
      ...stamped,
      /** `TA-` and eight Crockford base-32 characters */
      reference: text,
      requestedAt: instant,
      heldUntil: instant,
      ground: groundShape,
      /** Art. 3 b: what of it agreed with the register */
      matched: optional(list(matchedDatum)),
      contact: contactShape,
      companion: optional(companionShape),
      /** A14: shown before `online` was chosen */
      recordingNotice: optional(acceptedNotice),
      locale: letterLanguage,
      askedThrough: optional(askedThrough),
    },
    [matchUnrecorded],
  ),
  VerificationCodeIssued: ticketFact('3 e', 'Art. 3 e, A9', 'Code `n` replaces every code before it. The code itself is stored nowhere.', {
    n: number,
    issuedAt: instant,
    expiresAt: instant,
    heldUntil: instant,
  }),
  VerificationFailed: ticketFact('3 e', 'Art. 3 e, A9', 'A wrong code was entered.', { n: number, failedAt: instant, triesLeft: number }),
  EmailVerified: ticketFact('3 e', 'Art. 3 e', 'Step 4: the right code was entered; code `n` is spent.', {
    n: number,
    verifiedAt: instant,
    codeExpiresAt: instant,
  }),
  /** `n` goes on from the codes that came before. What a clerk wrote down says how they were asked, and what was shown for it. */
  ContactCorrectionRequested: ticketFact(
    '3 e',
    'Art. 3 e, GDPR 16',
    'Another e-mail address was given for a ticket that stands, and code `n` goes to it: until it is entered, nothing else is written to it.',
    {
      n: number,
      email: ofContact,
      issuedAt: instant,
      expiresAt: instant,
      askedThrough: optional(askedThrough),
      shown: optional(ofContact),
      /** by which the code is made, and asked for no more often */
      policies: list(policyStamp),
    },
  ),
  /** Of an e-mail address, which code verified it; of a phone number that a clerk wrote down, how they were asked and what was shown. */
  ContactCorrected: ticketFact(
    'GDPR 16',
    'Art. 3 e, Art. 8, GDPR 16',
    'Another e-mail address or phone number holds from here on; an e-mail address once it was verified.',
    {
      email: optional(ofContact),
      phone: optional(ofContact),
      n: optional(number),
      codeExpiresAt: optional(instant),
      correctedAt: instant,
      askedThrough: optional(askedThrough),
      shown: optional(ofContact),
      /** where the meeting is still to come: its hour, and the policy that says when a citizen who had no address is reminded of it */
      slot: optional(slotShape),
      policies: optional(list(policyStamp)),
      /** where the resolution has not left as it stands, or came back: that the meeting is over, that it is written */
      held: optional(yes),
      issued: optional(yes),
    },
  ),
  /** The ticket is not "scheduled" earlier. */
  Scheduled: ticketFact('4', 'Art. 3, 4', 'Step 6: the meeting is booked. `sequence` is the calendar entry’s.', {
    ...booking,
    ...stamped,
    requestedAt: instant,
    scheduledAt: instant,
    sequence: number,
    /** online: when the invitation with its link must have been accepted (policy `invitation-lead`) */
    invitationDueAt: optional(instant),
    /** when the start passed and an outcome must be known (policy `outcome-deadline`) */
    outcomeDueAt: instant,
  }),
  Lapsed: ticketFact(
    '3 e',
    'A9, A24',
    'The ticket ended before it was ever scheduled. `cause`: `not-verified`, `never-requested`, `slot-lost`, `too-many-tickets`, `same-hour` (the address has another meeting then), `withdrawn` (the citizen corrected the address, or began anew, before a code was entered; the hour is free at once, as after every lapse).',
    {
      cause: lapseCause,
      lapsedAt: instant,
      request: requestIdentity,
      staffId: text,
      slot: slotShape,
      holdId: text,
      department: optional(text),
      departmentCode: optional(text),
      mode: optional(meetingMode),
    },
  ),
  /** Art. 8 (staff) and A19 (citizen). The clock of A20 and A21 starts here. */
  Rescheduled: ticketFact(
    '8',
    'Art. 8, A19, A20',
    'The meeting moved to another slot, in the same step perhaps to another person (A3) and mode. A staff rescheduling starts the clock of the notice.',
    {
      ...booking,
      ...stamped,
      from: formerPlace,
      /** where the mode changed as well */
      formerMode: optional(meetingMode),
      ...change,
      ...agreed,
      /** the instant of the request for the new slot: A20's 48 hours count from it */
      requestedAt: instant,
      sequence: number,
      invitationDueAt: optional(instant),
      outcomeDueAt: instant,
      /** by staff only: when the citizen must have been told (policy `notice-deadline`) */
      noticeDueAt: optional(instant),
      /** where it was offered first (`MoveOffered`) and its head accepted */
      offerId: optional(text),
    },
  ),
  /** Never silently. */
  Reassigned: ticketFact('1', 'Art. 1, A3', 'The same hour with another person.', {
    ...booking,
    from: formerPlace,
    reason: ofContact,
    reassignedAt: instant,
    sequence: number,
    /** when the citizen must have been told (policy `notice-deadline`); left out in facts from before that was owed */
    noticeDueAt: optional(instant),
    policies: dutyPolicies,
    /** where it was offered first (`MoveOffered`) and its head accepted */
    offerId: optional(text),
  }),
  /** It holds no slot. After `validUntil` it can no longer be accepted: no fact says so. */
  MoveOffered: ticketFact(
    '8',
    'Art. 8, A3',
    'Somebody else is to have the meeting: `askedOf`, who heads their department, is asked. Until that is accepted, it stands where it stood.',
    {
      ...booking,
      offerId: text,
      /** the person, the hour: where left out, the official who accepts names them */
      to: object({ departmentCode: text, department: text, staffId: optional(text), slot: optional(slotShape) }),
      askedOf: text,
      reason: ofContact,
      /** how and when the citizen agreed to the hour that is named */
      agreement: optional(agreement),
      offeredBy: text,
      offeredAt: instant,
      /** so long before the hour at which it stands (policy `offer-validity`), or when the hour that it names can be taken no more */
      validUntil: instant,
      policies: list(policyStamp),
    },
  ),
  /** The meeting stays where it stands. */
  MoveOfferDeclined: ticketFact('8', 'Art. 8, A3', 'The head of the department that was asked does not take the meeting.', {
    ...booking,
    offerId: text,
    offeredBy: text,
    reason: ofContact,
    declinedBy: text,
    declinedAt: instant,
  }),
  MoveOfferWithdrawn: ticketFact('8', 'Art. 8, A3', 'Whoever offered the meeting, or heads them, offers it no more.', {
    offerId: text,
    withdrawnBy: text,
    withdrawnAt: instant,
  }),
  /** The hour, the person and the hold stay as they are. */
  ModeChanged: ticketFact('3 d', 'Art. 3 d, Art. 8, A19', 'The same hour with the same person is held in another way.', {
    ...booking,
    ...stamped,
    formerMode: meetingMode,
    ...change,
    ...agreed,
    requestedAt: instant,
    sequence: number,
    invitationDueAt: optional(instant),
    /** by staff only: when the citizen must have been told (policy `notice-deadline`) */
    noticeDueAt: optional(instant),
  }),
  MeetingLinkAttached: gradedFact('5', 'Art. 5', 'The Webex link for this slot is known.', {
    joinUrl: ofContact,
    meetingId: optional(text),
    slot: slotShape,
    attachedAt: instant,
  }),
  /** Or it never was there: so that no citizen waits in it in vain. `meetingId` is left out where none was found. */
  MeetingRemoved: ticketFact('5', 'Art. 5', 'The meeting that the machine had made is no longer on Webex.', {
    meetingId: optional(text),
    removedAt: instant,
  }),
  InvitationSent: ticketFact('5', 'Art. 3 e, 5', 'A letter with the calendar entry was accepted by the mail server.', {
    letterId: text,
    slot: slotShape,
    sequence: number,
    withLink: flag,
    acceptedAt: instant,
  }),
  InvitationBounced: gradedFact('5', 'Art. 5', 'That letter came back.', cameBack),
  /** `hoursBefore` of the policy `reminders`; the letter itself may have left before, where that would have been at night. */
  ReminderSent: ticketFact(
    '4',
    '—',
    'A letter that reminds of the meeting was accepted by the mail server, or a text message by the gateway.',
    {
      letterId: text,
      hoursBefore: number,
      slot: slotShape,
      acceptedAt: instant,
      /** left out: by e-mail */
      channel: optional(reminderChannel),
    },
  ),
  /**
   * `too-late`: the service did not run to send it in time; `refused`: the address does not take it; `undelivered`: the mail server or the
   * gateway was away; `restricted`: their data are kept and not used (GDPR 18).
   */
  ReminderLeftOut: ticketFact(
    '4',
    '—',
    'A letter or text message that was to remind of the meeting did not leave, and does not any more.',
    {
      hoursBefore: number,
      slot: slotShape,
      cause: reminderCause,
      leftOutAt: instant,
    },
  ),
  EarlierHourWanted: ticketFact('8', 'A19', 'The citizen would come sooner, and wants to know when an earlier hour becomes free.', {
    request: requestIdentity,
    wantedAt: instant,
  }),
  EarlierHourNoLongerWanted: ticketFact('8', 'A19', 'The citizen keeps the hour.', { endedAt: instant }),
  /** It promises nothing: the first citizen who takes the hour has it. */
  EarlierHourOffered: ticketFact('8', 'A19', 'A letter about an earlier hour that had become free was accepted by the mail server.', {
    letterId: text,
    slot: slotShape,
    acceptedAt: instant,
  }),
  MeetingStarted: gradedFact('6', 'A18', 'The meeting began; never before the slot’s start.', {
    startedAt: instant,
    slot: slotShape,
    staffId: text,
  }),
  /** `mode` of the ticket stays what the citizen chose; `wasOnline`: some of the meeting was held on Webex before. */
  ContinuedOtherwise: ticketFact(
    '5',
    'Art. 3 d, 5',
    'Webex could not be used, or not to the end: the meeting went on by phone or face to face, from when on, and why.',
    {
      mode: otherMode,
      cause: continuedCause,
      reasonText: optional(ofContact),
      staffId: text,
      continuedAt: instant,
      wasOnline: flag,
    },
  ),
  Held: gradedFact('6', 'Art. 5, 6, 7', 'The meeting took place. The deadlines of the resolution and the recording are kept here.', {
    ...booking,
    ...stamped,
    startedAt: instant,
    endedAt: instant,
    recordKind,
    /** A17: 2 hours after the end */
    resolutionTargetAt: instant,
    /** A17: end of the next working day */
    resolutionHardLimitAt: instant,
    /** online: 48 hours after the end (policy `recording-deadline`) */
    recordingDueAt: optional(instant),
  }),
  RecordingAttached: gradedFact('5', 'Art. 5, A12', 'A recording of this length exists.', {
    recordingId: text,
    url: optional(personalText('record')),
    startedAt: optional(instant),
    durationSeconds: number,
    attachedAt: instant,
  }),
  /** `noticedAt` is when we looked, not when it was deleted. */
  RecordingWithdrawn: ticketFact('5', 'Art. 5, A12', 'A recording that was there is gone from Webex.', {
    recordingId: text,
    noticedAt: instant,
  }),
  /** Never before the period is over that the notice named. */
  RecordingDeleted: ticketFact('5', 'A13', 'A recording was deleted after the time for which it is kept.', {
    recordingId: text,
    deletedAt: instant,
  }),
  RecordingMissing: gradedFact('5', 'A13', 'There is no recording, and why.', {
    reason: personalText('contact', 'record'),
    reportedAt: instant,
  }),
  RecordingWaived: ticketFact('5', 'A13', 'The citizen objected; an alternative was offered.', {
    reason: ofContact,
    offeredAlternative: yes,
    waivedAt: instant,
  }),
  /**
   * Only of what a person had declared: what an outside system has seen is not taken back. `owed`: nothing else is said of the recording,
   * so that the duty is open again, until `recordingDueAt` as before.
   */
  RecordingTakenBack: ticketFact('5', 'Art. 5, A13', 'What a person had said of the recording was a mistake.', {
    what: recordingSaid,
    recordingId: optional(text),
    owed: flag,
    recordingDueAt: optional(instant),
    reason: personalText('record'),
    takenBackBy: text,
    takenBackAt: instant,
  }),
  CitizenAbsent: ticketFact('6', 'A22', 'The citizen did not come.', {
    ...booking,
    waitedMinutes: number,
    absentAt: instant,
    /** of the wait; left out in facts from before it was kept */
    policies: optional(list(policyStamp)),
  }),
  StaffAbsent: ticketFact('8', 'Art. 8, A23', 'The staff member did not come: the duty of Art. 8 begins.', {
    ...booking,
    absentAt: instant,
    noticeDueAt: instant,
    newSlotDueAt: instant,
    policies: dutyPolicies,
  }),
  Cancelled: ticketFact('8', 'Art. 8, A19', 'The meeting is called off, by the citizen or by staff.', {
    ...booking,
    ...change,
    cancelledAt: instant,
    /** A30 */
    slotFreeFrom: instant,
    sequence: number,
    /** by staff only */
    noticeDueAt: optional(instant),
    /** by staff only: C19 asks for a new slot, or a recorded refusal, by then */
    newSlotDueAt: optional(instant),
    /** by staff only: the right to a new hour stays until one is given or declined; left out in facts from before it did */
    newHourOwed: optional(yes),
    policies: dutyPolicies,
  }),
  NewHourGiven: ticketFact('8', 'Art. 8', 'In place of this ticket, which staff cancelled, another one of its request was scheduled.', {
    request: requestIdentity,
    /** the ticket that stands in its place, and its hour */
    newTicketId: text,
    slot: slotShape,
    givenAt: instant,
  }),
  CitizenNotified: gradedFact('8', 'Art. 8, A21', 'Somebody told the citizen of a change, or tried to.', {
    about: noticeSubject,
    channel: noticeChannel,
    outcome: noticeOutcome,
    notifiedAt: instant,
    letterId: optional(text),
    /** by post only: the day on which it was posted, which also names the letter that came back; the number that the post gave it */
    postedOn: optional(civilDate),
    dispatchNumber: optional(personalText('record')),
  }),
  ResolutionIssued: ticketFact('7', 'Art. 7', 'The conclusions are written.', {
    ...writtenResolution,
    issuedBy: text,
    issuedAt: instant,
  }),
  /** `amendment` counts from 1. It is a document of its own, filed and sent by the deadlines that it carries (A17), from its own instant on. */
  ResolutionAmended: ticketFact('7', 'Art. 7, A17', 'An error in the resolution is put right; what was written before is kept.', {
    amendment: number,
    form: amendmentForm,
    ...writtenResolution,
    reason: personalText('record'),
    amendedBy: text,
    amendedAt: instant,
    resolutionTargetAt: instant,
    resolutionHardLimitAt: instant,
    ...stamped,
  }),
  ResolutionFiled: gradedFact('7', 'Art. 7', 'The document of type “Tichetul albastru” is connected to the request.', {
    documentNumber: text,
    documentType: word('Tichetul albastru'),
    connectedTo: requestIdentity,
    filedAt: instant,
    /** of this amendment; left out, of the resolution itself */
    amendment: optional(number),
  }),
  /** What was said to be filed is not, as far as the register goes. Only the register itself, or another number, mends it. */
  FilingDisproved: ticketFact(
    '7',
    'Art. 7',
    'The register was asked for the document whose number a person gave, and shows no such resolution.',
    {
      documentNumber: text,
      finding: filingFinding,
      disprovedAt: instant,
      amendment: optional(number),
      policies: list(policyStamp),
    },
  ),
  /** `toVerifiedAddress`: whether the address had been verified by code (C17). */
  ResolutionSent: ticketFact('7', 'Art. 7', 'The resolution was accepted by the mail server.', {
    letterId: text,
    toVerifiedAddress: flag,
    acceptedAt: instant,
    /** so many amendments stand in it; left out, none */
    amendments: optional(number),
  }),
  /** The proof is a receipt number, a signature. */
  ResolutionHandedOver: ticketFact('7', 'Art. 7, A11', 'The resolution went by post or over the counter, with proof.', {
    channel: word('post', 'pickup'),
    handedOverAt: instant,
    proof: personalText('record'),
    /** so many amendments are in it; left out, none */
    amendments: optional(number),
  }),
  /** `stands`: in what else the resolution has reached the citizen; left out, in nothing: it is owed again. */
  HandOverTakenBack: ticketFact('7', 'Art. 7, A11', 'A hand-over of the resolution had been recorded by mistake.', {
    channel: word('post', 'pickup'),
    handedOverAt: instant,
    stands: optional(object({ by: word('email', 'paper'), at: instant })),
    reason: personalText('record'),
    takenBackBy: text,
    takenBackAt: instant,
  }),
  ResolutionBounced: gradedFact('7', 'Art. 7', 'The letter with the resolution came back.', cameBack),
  /** What comes of it is another `ResolutionSent` or `ResolutionBounced`, of a letter of its own. */
  ResolutionToBeSentAgain: ticketFact(
    '7',
    'Art. 7, A21',
    'The letter came back; a person asked for it to be sent again to the same address.',
    {
      afterLetterId: text,
      askedAt: instant,
    },
  ),
  /** Of the newest correction of this kind. What comes of it is `ObjectionAnswered`. */
  CorrectionDisputed: ticketFact('7', 'Art. 7', 'The citizen objects to a correction: a person has to look and to answer.', {
    correctionOf: correctedThing,
    objection: ofContact,
    disputedAt: instant,
    /** of an answer: when it was corrected or taken back, as the request says */
    correctedAt: optional(instant),
  }),
  ObjectionAnswered: ticketFact('7', 'Art. 7', 'What a person answered to the citizen’s objection.', {
    correctionOf: correctedThing,
    answer: ofContact,
    answeredBy: text,
    answeredAt: instant,
  }),
  TaskRaised: ticketFact('D4', '—', 'Something that only a person can do. `subjectId` names the letter, block or effect it is about.', {
    taskId: text,
    kind: taskKind,
    staffId: text,
    raisedAt: instant,
    dueAt: optional(instant),
    subjectId: optional(text),
  }),
  TaskDone: ticketFact('D4', '—', 'That task is done.', { taskId: text, doneAt: instant }),
  PersonalDataErased: ticketFact('GDPR 17', '—', 'The key `contact` of this ticket is destroyed; the key `record` stays.', erased),
  /** GDPR 5 (1) e. */
  ConclusionsErased: ticketFact(
    'GDPR 5',
    '—',
    'The key `record` of this ticket is destroyed, under a minute of the selection commission ([erasure.md](erasure.md)).',
    {
      ...erased,
      /** of the minute (proces-verbal de selecționare, Legea 16/1996 art. 9–12); left out in facts from before it was asked for */
      minuteNumber: optional(text),
      minuteDate: optional(civilDate),
    },
  ),
  /** What is kept of the person is only stored from here on, and used for what the procedure and the law ask. */
  ProcessingRestricted: ticketFact('GDPR 18', '—', 'The person asked that their data be kept and not used otherwise.', {
    restrictedAt: instant,
    restrictionGround,
    reason: personalText('office'),
  }),
  /** The person is told before it ends (GDPR 18 (3)). */
  RestrictionLifted: ticketFact('GDPR 18', '—', 'The restriction ended, after the person was told.', {
    liftedAt: instant,
    personToldOn: civilDate,
    reason: personalText('office'),
  }),
};

type Of<Type extends keyof typeof ticketFactShapes> = FactOf<typeof ticketFactShapes, Type>;
export type Requested = Of<'Requested'>;
export type VerificationCodeIssued = Of<'VerificationCodeIssued'>;
export type VerificationFailed = Of<'VerificationFailed'>;
export type EmailVerified = Of<'EmailVerified'>;
export type ContactCorrectionRequested = Of<'ContactCorrectionRequested'>;
export type ContactCorrected = Of<'ContactCorrected'>;
export type Scheduled = Of<'Scheduled'>;
export type Lapsed = Of<'Lapsed'>;
export type Rescheduled = Of<'Rescheduled'>;
export type Reassigned = Of<'Reassigned'>;
export type MoveOffered = Of<'MoveOffered'>;
export type MoveOfferDeclined = Of<'MoveOfferDeclined'>;
export type MoveOfferWithdrawn = Of<'MoveOfferWithdrawn'>;
export type ModeChanged = Of<'ModeChanged'>;
export type MeetingLinkAttached = Of<'MeetingLinkAttached'>;
export type MeetingRemoved = Of<'MeetingRemoved'>;
export type InvitationSent = Of<'InvitationSent'>;
export type InvitationBounced = Of<'InvitationBounced'>;
export type ReminderSent = Of<'ReminderSent'>;
export type ReminderLeftOut = Of<'ReminderLeftOut'>;
export type EarlierHourWanted = Of<'EarlierHourWanted'>;
export type EarlierHourNoLongerWanted = Of<'EarlierHourNoLongerWanted'>;
export type EarlierHourOffered = Of<'EarlierHourOffered'>;
export type MeetingStarted = Of<'MeetingStarted'>;
export type ContinuedOtherwise = Of<'ContinuedOtherwise'>;
export type Held = Of<'Held'>;
export type RecordingAttached = Of<'RecordingAttached'>;
export type RecordingWithdrawn = Of<'RecordingWithdrawn'>;
export type RecordingDeleted = Of<'RecordingDeleted'>;
export type RecordingMissing = Of<'RecordingMissing'>;
export type RecordingWaived = Of<'RecordingWaived'>;
export type RecordingTakenBack = Of<'RecordingTakenBack'>;
export type CitizenAbsent = Of<'CitizenAbsent'>;
export type StaffAbsent = Of<'StaffAbsent'>;
export type Cancelled = Of<'Cancelled'>;
export type NewHourGiven = Of<'NewHourGiven'>;
export type CitizenNotified = Of<'CitizenNotified'>;
export type ResolutionIssued = Of<'ResolutionIssued'>;
export type ResolutionAmended = Of<'ResolutionAmended'>;
export type ResolutionFiled = Of<'ResolutionFiled'>;
export type FilingDisproved = Of<'FilingDisproved'>;
export type ResolutionSent = Of<'ResolutionSent'>;
export type ResolutionHandedOver = Of<'ResolutionHandedOver'>;
export type HandOverTakenBack = Of<'HandOverTakenBack'>;
export type ResolutionBounced = Of<'ResolutionBounced'>;
export type ResolutionToBeSentAgain = Of<'ResolutionToBeSentAgain'>;
export type CorrectionDisputed = Of<'CorrectionDisputed'>;
export type ObjectionAnswered = Of<'ObjectionAnswered'>;
export type TaskRaised = Of<'TaskRaised'>;
export type TaskDone = Of<'TaskDone'>;
export type TicketPersonalDataErased = Of<'PersonalDataErased'>;
export type ConclusionsErased = Of<'ConclusionsErased'>;
export type ProcessingRestricted = Of<'ProcessingRestricted'>;
export type RestrictionLifted = Of<'RestrictionLifted'>;
export type TicketFact = FactsOf<typeof ticketFactShapes>;

export const ticketStream = (ticketId: string): string => `ticket-${ticketId}`;
