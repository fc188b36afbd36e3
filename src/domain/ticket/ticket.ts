import { type Aggregate, unreachable } from '../kernel/decider';
import { defined } from '../kernel/defined';
import type { Booking, FormerPlace, Held, Lapsed, Requested, TicketFact } from './facts';
import {
  isHeld,
  isPending,
  isRequested,
  stillStands,
  type RecordingState,
  type RequestedTicket,
  type ResolutionState,
  type TaskState,
  type TicketParts,
  type TicketState,
} from './state';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const digits = 8;

const mistaken: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** `TA-` and eight Crockford base-32 characters: the last 40 bits of the ticket's id, which are its random part. */
export const referenceOf = (ticketId: string): string => {
  let bits = BigInt(`0x${ticketId.replaceAll('-', '').slice(-10)}`);
  let text = '';
  for (let digit = 0; digit < digits; digit += 1) {
    text = (crockford[Number(bits & 31n)] ?? '') + text;
    bits >>= 5n;
  }
  return `TA-${text}`;
};

/** A reference as somebody writes it down or reads it out: in small letters, with blanks, without `TA-`, an O for a 0. */
export const parseReference = (text: string): string | undefined => {
  const written = text.toUpperCase().replace(/[^\dA-Z]/g, '');
  const body = written.length === digits + 2 && written.startsWith('TA') ? written.slice(2) : written;
  const meant = body.replace(/[OIL]/g, (letter) => mistaken[letter] ?? letter);
  return /^[\dA-HJKMNP-TV-Z]{8}$/.test(meant) ? `TA-${meant}` : undefined;
};

/** The booking alone, out of whatever says it again. */
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

type CodeFact = Extract<TicketFact, { type: 'VerificationCodeIssued' | 'VerificationFailed' }>;
type RecordingFact = Extract<TicketFact, { type: 'RecordingAttached' | 'RecordingWithdrawn' | 'RecordingMissing' | 'RecordingWaived' }>;
type ResolutionFact = Extract<
  TicketFact,
  { type: 'ResolutionIssued' | 'ResolutionFiled' | 'ResolutionSent' | 'ResolutionBounced' | 'ResolutionHandedOver' }
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
      return { ...recording, attached: [...recording.attached, fact.data], withdrawn };
    }
    case 'RecordingWithdrawn': {
      const { recordingId } = fact.data;
      const attached = recording.attached.filter((known) => known.recordingId !== recordingId);
      return { ...recording, attached, withdrawn: [...recording.withdrawn, recordingId] };
    }
    case 'RecordingMissing':
      return { ...recording, missingSince: fact.data.reportedAt };
    case 'RecordingWaived':
      return { ...recording, waivedAt: fact.data.waivedAt };
    default:
      return unreachable(recording, fact);
  }
};

const evolveResolution = (resolution: ResolutionState, fact: ResolutionFact): ResolutionState => {
  switch (fact.type) {
    case 'ResolutionIssued':
      return { ...resolution, issued: fact.data };
    case 'ResolutionFiled':
      return { ...resolution, filed: { documentNumber: fact.data.documentNumber, filedAt: fact.data.filedAt } };
    case 'ResolutionSent':
      return { ...resolution, sent: [...resolution.sent, fact.data] };
    case 'ResolutionBounced':
      return { ...resolution, bounced: [...resolution.bounced, fact.data.letterId] };
    case 'ResolutionHandedOver':
      return { ...resolution, handedOver: [...resolution.handedOver, fact.data] };
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
  const { reference, requestedAt, heldUntil, ground, contact, recordingNotice, locale } = data;
  return {
    status: contact.email === undefined ? 'requested' : 'awaiting-code',
    reference,
    booking: bookingOf(data),
    left: [],
    requestedAt,
    heldUntil,
    ground,
    contact,
    ...defined({ recordingNotice }),
    locale,
    codes: [],
    sequence: -1,
    reschedulesByCitizen: 0,
    invitation: { sent: [], bounced: [] },
    recording: { attached: [], withdrawn: [] },
    resolution: { sent: [], bounced: [], handedOver: [] },
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

const withoutLink = (parts: TicketParts): TicketParts => {
  const { meetingLink: _, ...rest } = parts;
  return rest;
};

/** `concluded` needs the end of the meeting and the resolution, in whatever order they became known. */
const statusOnceHeld = ({ issued, sent, handedOver }: TicketParts['resolution']): 'held' | 'resolved' | 'concluded' => {
  if (issued === undefined) return 'held';
  return sent.length > 0 || handedOver.length > 0 ? 'concluded' : 'resolved';
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
    case 'VerificationFailed':
      return { ...state, codes: evolveCodes(state.codes, fact) };
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
        booking: bookingOf(fact.data),
        left: [...state.left, fact.data.from],
        sequence,
        reschedulesByCitizen: state.reschedulesByCitizen + (counts ? 1 : 0),
        ...(by === 'citizen' ? {} : { noticeDuty: { about: 'rescheduled', since: requestedAt, ...defined({ dueAt: noticeDueAt }) } }),
        status: 'scheduled',
      };
    }
    case 'Reassigned': {
      const { reassignedAt, sequence } = fact.data;
      const noticeDuty = { about: 'reassigned', since: reassignedAt } as const;
      return {
        ...withoutLink(partsOf(state)),
        booking: bookingOf(fact.data),
        left: [...state.left, fact.data.from],
        sequence,
        noticeDuty,
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
    case 'MeetingStarted':
      return stillStands(state) ? { ...partsOf(state), status: 'in-progress', startedAt: fact.data.startedAt } : state;
    case 'Held':
      return held(partsOf(state), fact);
    case 'RecordingAttached':
    case 'RecordingWithdrawn':
    case 'RecordingMissing':
    case 'RecordingWaived':
      return { ...state, recording: evolveRecording(state.recording, fact) };
    case 'CitizenAbsent':
      return { ...partsOf(state), status: 'citizen-absent' };
    case 'StaffAbsent': {
      const { absentAt, noticeDueAt } = fact.data;
      return { ...partsOf(state), noticeDuty: { about: 'staff-absent', since: absentAt, dueAt: noticeDueAt }, status: 'staff-absent' };
    }
    case 'Cancelled': {
      const { by, cancelledAt, slotFreeFrom, sequence, noticeDueAt } = fact.data;
      return {
        ...partsOf(state),
        sequence,
        ...(by === 'citizen' ? {} : { noticeDuty: { about: 'cancelled', since: cancelledAt, ...defined({ dueAt: noticeDueAt }) } }),
        status: 'cancelled',
        slotFreeFrom,
      };
    }
    case 'CitizenNotified':
      return { ...state, notices: [...state.notices, fact.data] };
    case 'ResolutionIssued':
    case 'ResolutionFiled':
    case 'ResolutionSent':
    case 'ResolutionBounced':
    case 'ResolutionHandedOver':
      return withResolution(state, evolveResolution(state.resolution, fact));
    case 'TaskRaised':
    case 'TaskDone':
      return { ...state, tasks: evolveTasks(state.tasks, fact) };
    case 'PersonalDataErased':
      return { ...state, erased: true };
    case 'ConclusionsErased':
      return { ...state, conclusionsErased: true };
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
