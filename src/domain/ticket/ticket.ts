import { type Aggregate, unreachable } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type {
  AcceptedNotice,
  Booking,
  ContinuedOtherwise,
  EarlierHourOffered,
  FormerPlace,
  Held,
  Lapsed,
  Requested,
  TicketFact,
  CitizenNotified,
  Companion,
  Contact,
  ContactCorrected,
  ContactCorrectionRequested,
  InvitationSent,
  LapseCause,
  Locale,
  MeetingLinkAttached,
  MoveOffered,
  NoticeSubject,
  Rescheduled,
  RecordingAttached,
  CorrectedThing,
  CorrectionDisputed,
  FilingDisproved,
  ObjectionAnswered,
  ResolutionAmended,
  ReminderSent,
  ResolutionFiled,
  ResolutionHandedOver,
  ResolutionIssued,
  ResolutionSent,
  TaskRaised,
  RestrictionGround,
} from './facts';
import type { Instant } from '../kernel/fact';
import type { Ground, RequestIdentity } from '../request/facts';
import type { Slot } from '../time/slot';

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

/** Since when the citizen would come sooner, and the hours they were told of. */
export type EarlierHourState = { readonly wantedAt?: Instant; readonly offered: readonly EarlierHourOffered['data'][] };

/** Art. 8: the newest offer to another official, and the ids of the offers that can no longer be accepted at any time. */
export type OffersState = { readonly newest?: MoveOffered['data']; readonly ended: readonly string[] };

/** A12, A13. A recording that comes late does not undo that it was missing. */
export type RecordingState = {
  /** those that are still there */
  readonly attached: readonly RecordingAttached['data'][];
  /** ids of those that were there, and are gone */
  readonly withdrawn: readonly string[];
  /** ids of those that were deleted once the time was over for which they are kept */
  readonly deleted: readonly string[];
  readonly missingSince?: Instant;
  /** the video service itself shows none */
  readonly missingSeen?: true;
  readonly waivedAt?: Instant;
};

/** Where a document of the resolution stands in the register. */
export type FilingState = {
  readonly filed?: Pick<ResolutionFiled['data'], 'documentNumber' | 'filedAt' | 'grade'>;
  /** what the register says against the number that was given last */
  readonly disproved?: Pick<FilingDisproved['data'], 'documentNumber' | 'finding'>;
};

/** A correction of the resolution, and where its own document stands. */
export type AmendmentState = FilingState & { readonly amended: ResolutionAmended['data'] };

/** Art. 7. Each part is independent of the others: they may come in any order. */
export type ResolutionState = FilingState & {
  readonly issued?: ResolutionIssued['data'];
  /** in the order of their numbers, from 1 on */
  readonly amendments: readonly AmendmentState[];
  readonly sent: readonly ResolutionSent['data'][];
  readonly bounced: readonly string[];
  /** how often a person asked for it to be sent again */
  readonly askedAgain: number;
  /** of how many letters the outcome was known when the newest one was asked for */
  readonly lettersBefore: number;
  readonly handedOver: readonly ResolutionHandedOver['data'][];
  /** it has left; not, once a hand-over was taken back and nothing else stood */
  readonly delivered?: true;
};

/** Art. 8: what the citizen must be told, and by when. The newest replaces the ones before. */
export type NoticeDuty = { readonly about: NoticeSubject; readonly since: Instant; readonly dueAt?: Instant };
export type Notice = CitizenNotified['data'];

/** The new hour that is owed for a cancelled ticket: open until another ticket has it, or the citizen wants none. */
export type NewHour =
  | { readonly stage: 'owed'; readonly dueAt?: Instant }
  | { readonly stage: 'declined' }
  | { readonly stage: 'given'; readonly ticketId: string; readonly slot: Slot };

export type TaskState = Omit<TaskRaised['data'], 'raisedAt'> & { readonly done: boolean };

/** When it was held, and the due instants that were computed then. */
export type HeldMeeting = Pick<Held['data'], 'startedAt' | 'endedAt' | 'resolutionTargetAt' | 'resolutionHardLimitAt' | 'recordingDueAt'>;

/** A place that the meeting was moved away from, and who moved it. */
export type LeftPlace = FormerPlace & { readonly by: Rescheduled['data']['by'] };

/** A correction, the objection to it and what was answered. */
export type CorrectionState = {
  readonly of: CorrectedThing;
  readonly at: Instant;
  readonly disputed?: CorrectionDisputed['data'];
  readonly answered?: ObjectionAnswered['data'];
};

/** An e-mail address to which letters went until then. */
export type FormerAddress = { readonly email: NonNullable<Contact['email']>; readonly until: Instant };

/** Another e-mail address for a ticket that stands. */
export type NewAddress = {
  /** those that went to one, in the order in which they were issued */
  readonly codes: readonly CodeState[];
  /** the newest that was given, until its code is entered */
  readonly awaited?: ContactCorrectionRequested['data'];
  /** where letters went before, the oldest first */
  readonly former: readonly FormerAddress[];
};

/** What every ticket has once it was requested, in any later state. */
export type TicketParts = {
  readonly reference: string;
  /** where the meeting stands now: person, slot, hold */
  readonly booking: Booking;
  /** the places that were moved away from, the first one first: their slots are given back */
  readonly left: readonly LeftPlace[];
  /** of the submission; the 48 hours of the first slot count from it */
  readonly requestedAt: Instant;
  /** until when the slot is held for the code */
  readonly heldUntil: Instant;
  readonly ground: Ground;
  /** as it holds now */
  readonly contact: Contact;
  /** once another e-mail address was given */
  readonly newAddress?: NewAddress;
  /** who comes for the applicant or with them */
  readonly companion?: Companion;
  readonly recordingNotice?: AcceptedNotice;
  readonly locale: Locale;
  /** in the order in which they were issued */
  readonly codes: readonly CodeState[];
  /** the code that was entered rightly */
  readonly verified?: { readonly n: number; readonly verifiedAt: Instant };
  /** of the newest calendar entry (RFC 5545 SEQUENCE); -1 before the first */
  readonly sequence: number;
  /** A19: how often the citizen moved the meeting or changed its mode, moves after the staff member's absence not counted */
  readonly reschedulesByCitizen: number;
  /** for where the meeting stands now */
  readonly meetingLink?: MeetingLinkAttached['data'];
  readonly invitation: InvitationState;
  /** those that were sent */
  readonly reminders: readonly ReminderSent['data'][];
  readonly earlierHour: EarlierHourState;
  readonly offers: OffersState;
  /** Webex could not be used, or not to the end */
  readonly continued?: Pick<ContinuedOtherwise['data'], 'mode' | 'cause' | 'continuedAt' | 'wasOnline'>;
  readonly recording: RecordingState;
  readonly resolution: ResolutionState;
  /** Art. 7: what was corrected by a fact of its own, the oldest first */
  readonly corrections: readonly CorrectionState[];
  readonly noticeDuty?: NoticeDuty;
  readonly notices: readonly Notice[];
  /** Art. 8: once staff cancelled it */
  readonly newHour?: NewHour;
  readonly tasks: Readonly<Record<string, TaskState>>;
  readonly erased: boolean;
  readonly conclusionsErased: boolean;
  /** GDPR 18: while it is there */
  readonly restriction?: { readonly restrictedAt: Instant; readonly ground: RestrictionGround };
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

/** What the outside is told; `undefined` when there is no such ticket. It is not "scheduled" before the fact `Scheduled`. */
export const publicStatus = ({ status }: TicketState): TicketStatus | undefined => {
  if (status === 'absent') return undefined;
  return status === 'requested' || status === 'verified' ? 'awaiting-code' : status;
};

export const isRequested = (state: TicketState): state is RequestedTicket =>
  state.status !== 'absent' && !(state.status === 'lapsed' && state.cause === 'never-requested');
export const isPending = (state: TicketState): state is PendingTicket =>
  state.status === 'awaiting-code' || state.status === 'requested' || state.status === 'verified';
export const stillStands = (state: TicketState): state is CurrentTicket => state.status === 'scheduled' || state.status === 'staff-absent';
/** Codes go on being counted where an address is verified that was given later. */
export const newestCodeNumber = ({ codes, newAddress }: TicketParts): number => newAddress?.codes.at(-1)?.n ?? codes.at(-1)?.n ?? 0;
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

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const digits = 8;

const mistaken: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** `TA-` and eight Crockford base-32 characters: the last 40 bits of the ticket's id, which are its random part. */
export const referenceOf = (ticketId: string): string => {
  let bits = BigInt(`0x${ticketId.replaceAll('-', '')}`);
  let text = '';
  for (let digit = 0; digit < digits; digit += 1) {
    text = (crockford[Number(bits & 31n)] ?? '') + text;
    bits >>= 5n;
  }
  return `TA-${text}`;
};

/** A reference as a person writes it down or reads it out: in small letters, with blanks, without `TA-`, an O for a 0. */
export const parseReference = (text: string): string | undefined => {
  const written = text.toUpperCase().replace(/[^\dA-Z]/g, '');
  const body = written.length === digits + 2 && written.startsWith('TA') ? written.slice(2) : written;
  const meant = body.replace(/[OIL]/g, (letter) => mistaken[letter] ?? letter);
  return /^[\dA-HJKMNP-TV-Z]{8}$/.test(meant) ? `TA-${meant}` : undefined;
};

/** The booking alone, out of any value that contains its fields. */
export const bookingOf = ({ request, staffId, department, departmentCode, mode, slot, holdId }: Booking): Booking => ({
  request: { number: request.number, filedOn: request.filedOn },
  staffId,
  department,
  departmentCode,
  mode,
  slot: { startsAt: slot.startsAt, endsAt: slot.endsAt },
  holdId,
});

/** The place that a rescheduling or reassigning leaves. */
export const formerPlaceOf = ({ staffId, departmentCode, slot, holdId }: Booking): FormerPlace => ({
  staffId,
  departmentCode,
  slot,
  holdId,
});

/** Another address: code n goes to it. */
const addressAsked = ({ codes = [], former = [] }: Partial<NewAddress>, data: ContactCorrectionRequested['data']): NewAddress => {
  const { n, issuedAt, expiresAt } = data;
  return { codes: [...codes, { n, issuedAt, expiresAt }], awaited: data, former };
};

const withContact = (state: RequestedTicket, { email, phone, n, correctedAt, held, issued }: ContactCorrected['data']): RequestedTicket => {
  const contact: Contact = { ...state.contact, ...defined({ email, phone }) };
  if (email === undefined) return { ...state, contact };
  const { codes = [], former = [] } = state.newAddress ?? {};
  const { verified: _, ...rest } = state;
  const before = state.contact.email;
  const { resolution } = state;
  return {
    ...rest,
    contact,
    // Art. 7: it is on its way to the new address
    resolution: held && issued ? { ...resolution, lettersBefore: lettersKnown(resolution) } : resolution,
    // an address for which no fact says that it was verified is none that was
    ...(n === undefined ? {} : { verified: { n, verifiedAt: correctedAt } }),
    newAddress: { codes, former: before === undefined ? former : [...former, { email: before, until: correctedAt }] },
  };
};

type CodeFact = Extract<TicketFact, { type: 'VerificationCodeIssued' | 'VerificationFailed' }>;
type RecordingFact = Extract<
  TicketFact,
  { type: 'RecordingAttached' | 'RecordingWithdrawn' | 'RecordingDeleted' | 'RecordingMissing' | 'RecordingWaived' | 'RecordingTakenBack' }
>;
type ResolutionFact = Extract<
  TicketFact,
  {
    type:
      | 'ResolutionIssued'
      | 'ResolutionAmended'
      | 'ResolutionFiled'
      | 'FilingDisproved'
      | 'ResolutionSent'
      | 'ResolutionBounced'
      | 'ResolutionToBeSentAgain'
      | 'ResolutionHandedOver'
      | 'HandOverTakenBack';
  }
>;
type TaskFact = Extract<TicketFact, { type: 'TaskRaised' | 'TaskDone' }>;

const evolveCodes = (codes: TicketParts['codes'], fact: CodeFact): TicketParts['codes'] => {
  const { n } = fact.data;
  if (fact.type === 'VerificationCodeIssued') {
    const { issuedAt, expiresAt } = fact.data;
    return [...codes, { n, issuedAt, expiresAt }];
  }
  const { triesLeft } = fact.data;
  return codes.map((code) => (code.n === n ? { ...code, triesLeft: Math.min(triesLeft, code.triesLeft ?? triesLeft) } : code));
};

const evolveRecording = (recording: RecordingState, fact: RecordingFact): RecordingState => {
  switch (fact.type) {
    case 'RecordingAttached': {
      const { recordingId } = fact.data;
      const withdrawn = recording.withdrawn.filter((gone) => gone !== recordingId);
      const others = recording.attached.filter((known) => known.recordingId !== recordingId);
      return { ...recording, attached: [...others, fact.data], withdrawn };
    }
    case 'RecordingWithdrawn': {
      const { recordingId } = fact.data;
      const attached = recording.attached.filter((known) => known.recordingId !== recordingId);
      return { ...recording, attached, withdrawn: [...recording.withdrawn, recordingId] };
    }
    case 'RecordingDeleted': {
      const { recordingId } = fact.data;
      const attached = recording.attached.filter((known) => known.recordingId !== recordingId);
      return { ...recording, attached, deleted: [...recording.deleted, recordingId] };
    }
    case 'RecordingMissing':
      return { ...recording, missingSince: fact.data.reportedAt, ...(fact.data.grade === 'observed' ? { missingSeen: true } : {}) };
    case 'RecordingWaived':
      return { ...recording, waivedAt: fact.data.waivedAt };
    case 'RecordingTakenBack': {
      const { what, recordingId } = fact.data;
      const { missingSince, missingSeen, waivedAt, ...rest } = recording;
      return {
        ...rest,
        attached: what === 'attached' ? rest.attached.filter((known) => known.recordingId !== recordingId) : rest.attached,
        ...(what === 'missing' ? {} : defined({ missingSince, missingSeen })),
        ...(what === 'waived' ? {} : defined({ waivedAt })),
      };
    }
    default:
      return unreachable(recording, fact);
  }
};

/** Of how many letters with the resolution it is known what became of them. */
export const lettersKnown = ({ sent, bounced }: Pick<ResolutionState, 'sent' | 'bounced'>): number =>
  new Set([...sent.map(({ letterId }) => letterId), ...bounced]).size;

const filingAfter = (fact: Extract<TicketFact, { type: 'ResolutionFiled' | 'FilingDisproved' }>): FilingState => {
  if (fact.type === 'FilingDisproved') {
    const { documentNumber, finding } = fact.data;
    return { disproved: { documentNumber, finding } };
  }
  const { documentNumber, filedAt, grade } = fact.data;
  return { filed: { documentNumber, filedAt, ...defined({ grade }) } };
};

const evolveResolution = (resolution: ResolutionState, fact: ResolutionFact): ResolutionState => {
  switch (fact.type) {
    case 'ResolutionIssued':
      return { ...resolution, issued: fact.data };
    case 'ResolutionAmended': {
      const known = resolution.amendments.some(({ amended }) => amended.amendment === fact.data.amendment);
      const amendments = [...resolution.amendments, { amended: fact.data }];
      return known ? resolution : { ...resolution, amendments, lettersBefore: lettersKnown(resolution) };
    }
    case 'ResolutionFiled':
    case 'FilingDisproved': {
      const { amendment: n } = fact.data;
      const { filed: _, disproved: __, ...rest } = resolution;
      if (n === undefined) return { ...rest, ...filingAfter(fact) };
      const amendments = resolution.amendments.map((one) =>
        one.amended.amendment === n ? { amended: one.amended, ...filingAfter(fact) } : one,
      );
      return { ...resolution, amendments };
    }
    case 'ResolutionSent':
      return { ...resolution, sent: [...resolution.sent, fact.data], delivered: true };
    case 'ResolutionBounced':
      return { ...resolution, bounced: [...resolution.bounced, fact.data.letterId] };
    case 'ResolutionToBeSentAgain':
      return { ...resolution, askedAgain: resolution.askedAgain + 1, lettersBefore: lettersKnown(resolution) };
    case 'ResolutionHandedOver':
      return { ...resolution, handedOver: [...resolution.handedOver, fact.data], delivered: true };
    case 'HandOverTakenBack': {
      const { channel, handedOverAt, stands } = fact.data;
      const isIt = (done: ResolutionHandedOver['data']): boolean => done.channel === channel && done.handedOverAt === handedOverAt;
      const { delivered, ...rest } = resolution;
      const handedOver = resolution.handedOver.filter((done) => !isIt(done));
      return { ...rest, handedOver, ...(stands === undefined ? {} : defined({ delivered })) };
    }
    default:
      return unreachable(resolution, fact);
  }
};

const evolveTasks = (tasks: TicketParts['tasks'], fact: TaskFact): TicketParts['tasks'] => {
  const { taskId } = fact.data;
  const known = tasks[taskId];
  if (fact.type === 'TaskDone') return known ? { ...tasks, [taskId]: { ...known, done: true } } : tasks;
  const { kind, staffId, dueAt, subjectId } = fact.data;
  const raised: TaskState = {
    taskId,
    kind,
    staffId,
    done: known?.done ?? false,
    ...defined({ dueAt, subjectId }),
  };
  return { ...tasks, [taskId]: raised };
};

const requested = ({ data }: Requested): RequestedTicket => {
  const { reference, requestedAt, heldUntil, ground, contact, companion, recordingNotice, locale } = data;
  return {
    status: contact.email === undefined ? 'requested' : 'awaiting-code',
    reference,
    booking: bookingOf(data),
    left: [],
    requestedAt,
    heldUntil,
    ground,
    contact,
    ...defined({ companion, recordingNotice }),
    locale,
    codes: [],
    sequence: -1,
    reschedulesByCitizen: 0,
    invitation: { sent: [], bounced: [] },
    reminders: [],
    earlierHour: { offered: [] },
    offers: { ended: [] },
    recording: { attached: [], withdrawn: [], deleted: [] },
    resolution: { amendments: [], sent: [], bounced: [], askedAgain: 0, lettersBefore: 0, handedOver: [] },
    corrections: [],
    notices: [],
    tasks: {},
    erased: false,
    conclusionsErased: false,
  };
};

const fenced = ({ data: { request, staffId, slot, holdId } }: Lapsed): TicketState => ({
  status: 'lapsed',
  cause: 'never-requested',
  request,
  place: { staffId, slot, holdId },
});

/** The parts alone: what belongs to the former status is left behind. */
const partsOf = (state: RequestedTicket): TicketParts => {
  if (state.status === 'in-progress') {
    const { status: _, startedAt: __, ...parts } = state;
    return parts;
  }
  if (state.status === 'lapsed') {
    const { status: _, cause: __, place: ___, ...parts } = state;
    return parts;
  }
  if (state.status === 'cancelled') {
    const { status: _, slotFreeFrom: __, ...parts } = state;
    return parts;
  }
  if (isHeld(state)) {
    const { status: _, held: __, ...parts } = state;
    return parts;
  }
  const { status: _, ...parts } = state;
  return parts;
};

/** The hour that was to be left is none any more, or another one was chosen: who still would come sooner says so again. */
const withoutWish = ({ earlierHour: { offered } }: TicketParts): Pick<TicketParts, 'earlierHour'> => ({ earlierHour: { offered } });

/** Where the meeting stands otherwise now, or no more, the offer is none any longer. */
const withoutOffer = ({ offers: { newest, ended } }: TicketParts, offerId = newest?.offerId): Pick<TicketParts, 'offers'> => ({
  offers: { ...defined({ newest }), ended: offerId === undefined || ended.includes(offerId) ? ended : [...ended, offerId] },
});

const withoutLink = (parts: TicketParts): TicketParts => {
  const { meetingLink: _, ...rest } = parts;
  return rest;
};

/** One more correction, without an objection yet. */
const withCorrection = (state: RequestedTicket, of: CorrectedThing, at: Instant): RequestedTicket => ({
  ...state,
  corrections: [...state.corrections, { of, at }],
});

/** The newest correction of this kind with an unanswered objection. */
export const objectedTo = ({ corrections }: TicketParts, of: CorrectedThing): CorrectionState | undefined =>
  corrections.findLast(({ of: thing, disputed, answered }) => thing === of && disputed !== undefined && answered === undefined);

const withSaid = (
  state: RequestedTicket,
  correction: CorrectionState | undefined,
  said: Pick<CorrectionState, 'disputed'> | Pick<CorrectionState, 'answered'>,
): RequestedTicket => ({ ...state, corrections: state.corrections.map((one) => (one === correction ? { ...one, ...said } : one)) });

/** `concluded` needs the end of the meeting and the resolution, in any order. */
const statusOnceHeld = ({ issued, delivered }: TicketParts['resolution']): 'held' | 'resolved' | 'concluded' => {
  if (issued === undefined) return 'held';
  return delivered ? 'concluded' : 'resolved';
};

const held = (parts: TicketParts, { data }: Held): RequestedTicket => {
  const { startedAt, endedAt, resolutionTargetAt, resolutionHardLimitAt, recordingDueAt } = data;
  return {
    ...parts,
    status: statusOnceHeld(parts.resolution),
    held: { startedAt, endedAt, resolutionTargetAt, resolutionHardLimitAt, ...defined({ recordingDueAt }) },
  };
};

const lapsed = (parts: TicketParts, { data }: Lapsed): RequestedTicket => {
  const { cause, staffId, slot, holdId } = data;
  // Of a ticket that was requested the stream is not empty: that cause cannot be its own.
  return { ...parts, status: 'lapsed', cause: cause === 'never-requested' ? 'slot-lost' : cause, place: { staffId, slot, holdId } };
};

const withResolution = (state: RequestedTicket, resolution: TicketParts['resolution']): RequestedTicket =>
  isHeld(state) ? { ...state, resolution, status: statusOnceHeld(resolution) } : { ...state, resolution };

const evolveRequested = (state: RequestedTicket, fact: Exclude<TicketFact, Requested>): RequestedTicket => {
  switch (fact.type) {
    case 'VerificationCodeIssued':
      return { ...state, codes: evolveCodes(state.codes, fact), heldUntil: fact.data.heldUntil };
    case 'VerificationFailed': {
      const { newAddress } = state;
      const ofAddress = newAddress && { newAddress: { ...newAddress, codes: evolveCodes(newAddress.codes, fact) } };
      return { ...state, codes: evolveCodes(state.codes, fact), ...ofAddress };
    }
    case 'ContactCorrectionRequested':
      return { ...state, newAddress: addressAsked(state.newAddress ?? {}, fact.data) };
    case 'ContactCorrected':
      return withContact(state, fact.data);
    case 'EmailVerified': {
      const { n, verifiedAt } = fact.data;
      return isPending(state) ? { ...state, verified: { n, verifiedAt }, status: 'verified' } : { ...state, verified: { n, verifiedAt } };
    }
    case 'Scheduled':
      return { ...partsOf(state), booking: bookingOf(fact.data), sequence: fact.data.sequence, status: 'scheduled' };
    case 'Lapsed':
      return lapsed(partsOf(state), fact);
    case 'Rescheduled': {
      const { by, requestedAt, sequence, noticeDueAt } = fact.data;
      const counts = by === 'citizen' && state.status !== 'staff-absent';
      return {
        ...withoutLink(partsOf(state)),
        ...defined({ recordingNotice: fact.data.recordingNotice }),
        booking: bookingOf(fact.data),
        left: [...state.left, { ...fact.data.from, by }],
        sequence,
        reschedulesByCitizen: state.reschedulesByCitizen + (counts ? 1 : 0),
        // a citizen who chose another hour has answered
        ...(by === 'citizen' ? withoutWish(state) : {}),
        ...withoutOffer(state),
        ...(by === 'citizen' ? {} : { noticeDuty: { about: 'rescheduled', since: requestedAt, ...defined({ dueAt: noticeDueAt }) } }),
        status: 'scheduled',
      };
    }
    case 'Reassigned': {
      const { reassignedAt, sequence, noticeDueAt } = fact.data;
      const noticeDuty = { about: 'reassigned', since: reassignedAt, ...defined({ dueAt: noticeDueAt }) } as const;
      return {
        ...withoutLink(partsOf(state)),
        booking: bookingOf(fact.data),
        left: [...state.left, { ...fact.data.from, by: 'staff' }],
        sequence,
        ...withoutOffer(state),
        noticeDuty,
        status: 'scheduled',
      };
    }
    case 'MoveOffered':
      return { ...state, offers: { ...withoutOffer(state).offers, newest: fact.data } };
    case 'MoveOfferDeclined':
    case 'MoveOfferWithdrawn':
      return { ...state, ...withoutOffer(state, fact.data.offerId) };
    case 'ModeChanged': {
      const { by, mode, recordingNotice, requestedAt, sequence, noticeDueAt } = fact.data;
      return {
        ...withoutLink(partsOf(state)),
        ...defined({ recordingNotice }),
        booking: { ...state.booking, mode },
        sequence,
        reschedulesByCitizen: state.reschedulesByCitizen + (by === 'citizen' ? 1 : 0),
        ...(by === 'citizen' ? {} : { noticeDuty: { about: 'mode-changed', since: requestedAt, ...defined({ dueAt: noticeDueAt }) } }),
        status: 'scheduled',
      };
    }
    case 'MeetingLinkAttached':
      // The invitation goes out again with the link, under the next sequence number.
      return { ...state, meetingLink: fact.data, sequence: state.sequence + 1 };
    case 'MeetingRemoved':
      return state;
    case 'InvitationSent': {
      const invitation = { ...state.invitation, sent: [...state.invitation.sent, fact.data] };
      return { ...state, invitation, sequence: Math.max(state.sequence, fact.data.sequence) };
    }
    case 'InvitationBounced':
      return { ...state, invitation: { ...state.invitation, bounced: [...state.invitation.bounced, fact.data.letterId] } };
    case 'ReminderSent':
      return { ...state, reminders: [...state.reminders, fact.data] };
    case 'ReminderLeftOut':
      return state;
    case 'EarlierHourWanted':
      return { ...state, earlierHour: { ...state.earlierHour, wantedAt: fact.data.wantedAt } };
    case 'EarlierHourNoLongerWanted':
      return { ...state, earlierHour: { offered: state.earlierHour.offered } };
    case 'EarlierHourOffered':
      return { ...state, earlierHour: { ...state.earlierHour, offered: [...state.earlierHour.offered, fact.data] } };
    case 'MeetingStarted':
      return stillStands(state) ? { ...partsOf(state), status: 'in-progress', startedAt: fact.data.startedAt } : state;
    case 'ContinuedOtherwise': {
      const { mode, cause, continuedAt, wasOnline } = fact.data;
      return { ...state, continued: { mode, cause, continuedAt, wasOnline } };
    }
    case 'Held':
      return held(partsOf(state), fact);
    case 'RecordingAttached':
    case 'RecordingWithdrawn':
    case 'RecordingDeleted':
    case 'RecordingMissing':
    case 'RecordingWaived':
      return { ...state, recording: evolveRecording(state.recording, fact) };
    case 'RecordingTakenBack':
      return { ...withCorrection(state, 'recording', fact.data.takenBackAt), recording: evolveRecording(state.recording, fact) };
    case 'CorrectionDisputed': {
      const { correctionOf, disputedAt, correctedAt = disputedAt } = fact.data;
      // the correction of an answer is a fact of the request: the ticket knows of it by the objection
      const known = correctionOf === 'answer' ? withCorrection(state, correctionOf, correctedAt) : state;
      const newest = known.corrections.findLast(({ of }) => of === correctionOf);
      return withSaid(known, newest, { disputed: fact.data });
    }
    case 'ObjectionAnswered':
      return withSaid(state, objectedTo(state, fact.data.correctionOf), { answered: fact.data });
    case 'CitizenAbsent':
      return { ...partsOf(state), status: 'citizen-absent' };
    case 'StaffAbsent': {
      const { absentAt, noticeDueAt } = fact.data;
      return {
        ...partsOf(state),
        ...withoutWish(state),
        noticeDuty: { about: 'staff-absent', since: absentAt, dueAt: noticeDueAt },
        status: 'staff-absent',
      };
    }
    case 'Cancelled': {
      const { by, cancelledAt, slotFreeFrom, sequence, noticeDueAt, newSlotDueAt, newHourOwed } = fact.data;
      return {
        ...partsOf(state),
        ...withoutWish(state),
        ...withoutOffer(state),
        ...(newHourOwed ? { newHour: { stage: 'owed', ...defined({ dueAt: newSlotDueAt }) } } : {}),
        sequence,
        ...(by === 'citizen' ? {} : { noticeDuty: { about: 'cancelled', since: cancelledAt, ...defined({ dueAt: noticeDueAt }) } }),
        status: 'cancelled',
        slotFreeFrom,
      };
    }
    case 'NewHourGiven': {
      const { newTicketId: ticketId, slot } = fact.data;
      return { ...state, newHour: { stage: 'given', ticketId, slot } };
    }
    case 'CitizenNotified': {
      const declined = state.newHour?.stage === 'owed' && fact.data.outcome === 'declined-new-slot';
      return { ...state, ...(declined ? { newHour: { stage: 'declined' } } : {}), notices: [...state.notices, fact.data] };
    }
    case 'ResolutionIssued':
    case 'ResolutionFiled':
    case 'FilingDisproved':
    case 'ResolutionSent':
    case 'ResolutionBounced':
    case 'ResolutionToBeSentAgain':
    case 'ResolutionHandedOver':
      return withResolution(state, evolveResolution(state.resolution, fact));
    case 'ResolutionAmended': {
      const amended = withCorrection(state, 'resolution', fact.data.amendedAt);
      return withResolution(amended, evolveResolution(state.resolution, fact));
    }
    case 'HandOverTakenBack': {
      const corrected = withCorrection(state, 'hand-over', fact.data.takenBackAt);
      return withResolution(corrected, evolveResolution(state.resolution, fact));
    }
    case 'TaskRaised':
    case 'TaskDone':
      return { ...state, tasks: evolveTasks(state.tasks, fact) };
    case 'PersonalDataErased':
      return { ...state, erased: true };
    case 'ConclusionsErased':
      return { ...state, conclusionsErased: true };
    case 'ProcessingRestricted':
      return { ...state, restriction: { restrictedAt: fact.data.restrictedAt, ground: fact.data.restrictionGround } };
    case 'RestrictionLifted': {
      const { restriction: _, ...free } = state;
      return free;
    }
    default:
      return unreachable(state, fact);
  }
};

/** The life of one blue ticket, from the request to the resolution (Art. 3–8). */
export const ticket: Aggregate<TicketState, TicketFact> & { readonly category: 'ticket' } = {
  category: 'ticket',
  initial: { status: 'absent' },
  evolve: (state, fact) => {
    if (isRequested(state)) return fact.type === 'Requested' ? state : evolveRequested(state, fact);
    if (state.status !== 'absent') return state;
    if (fact.type === 'Requested') return requested(fact);
    return fact.type === 'Lapsed' ? fenced(fact) : state;
  },
};
