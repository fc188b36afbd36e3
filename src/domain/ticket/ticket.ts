import { unreachable, type Aggregate } from '../kernel/decider';
import { bookingOf } from './booking';
import { evolveCode, evolveRecording, evolveResolution, evolveTasks } from './evolve-parts';
import type { Held, Requested, TicketFact } from './facts';
import { isHeld, isPending, isRequested, isStanding, type RequestedTicket, type TicketParts, type TicketState } from './state';

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
    ...(recordingNotice === undefined ? {} : { recordingNotice }),
    locale,
    code: { n: 0, issuedAt: [], expiresAt: '' },
    sequence: -1,
    reschedulesByCitizen: 0,
    invitation: { sent: [], bounced: [] },
    recording: { attached: [] },
    resolution: { sent: [], bounced: [], handedOver: [] },
    notices: [],
    tasks: {},
    erased: false,
  };
};

/** The parts alone: what belongs to the former status is left behind. */
const partsOf = (state: RequestedTicket): TicketParts => {
  switch (state.status) {
    case 'in-progress': {
      const { status: _, startedAt: __, ...parts } = state;
      return parts;
    }
    case 'held':
    case 'resolved':
    case 'concluded': {
      const { status: _, held: __, ...parts } = state;
      return parts;
    }
    case 'lapsed': {
      const { status: _, cause: __, ...parts } = state;
      return parts;
    }
    default: {
      const { status: _, ...parts } = state;
      return parts;
    }
  }
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
    held: { startedAt, endedAt, resolutionTargetAt, resolutionHardLimitAt, ...(recordingDueAt === undefined ? {} : { recordingDueAt }) },
  };
};

const withResolution = (state: RequestedTicket, resolution: TicketParts['resolution']): RequestedTicket =>
  isHeld(state) ? { ...state, resolution, status: statusOnceHeld(resolution) } : { ...state, resolution };

const evolveRequested = (state: RequestedTicket, fact: Exclude<TicketFact, Requested>): RequestedTicket => {
  switch (fact.type) {
    case 'VerificationCodeIssued':
      return { ...state, code: evolveCode(state.code, fact), heldUntil: fact.data.heldUntil };
    case 'VerificationFailed':
      return { ...state, code: evolveCode(state.code, fact) };
    case 'EmailVerified': {
      const code = evolveCode(state.code, fact);
      return isPending(state) ? { ...state, code, status: 'verified' } : { ...state, code };
    }
    case 'Scheduled':
      return { ...partsOf(state), booking: bookingOf(fact.data), sequence: fact.data.sequence, status: 'scheduled' };
    case 'Lapsed':
      return { ...partsOf(state), status: 'lapsed', cause: fact.data.cause };
    case 'Rescheduled': {
      const { by, requestedAt, sequence, noticeDueAt } = fact.data;
      const counts = by === 'citizen' && state.status !== 'staff-absent';
      return {
        ...withoutLink(partsOf(state)),
        booking: bookingOf(fact.data),
        left: [...state.left, fact.data.from],
        sequence,
        reschedulesByCitizen: state.reschedulesByCitizen + (counts ? 1 : 0),
        ...(by === 'citizen'
          ? {}
          : { noticeDuty: { about: 'rescheduled', since: requestedAt, ...(noticeDueAt === undefined ? {} : { dueAt: noticeDueAt }) } }),
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
    case 'InvitationSent': {
      const invitation = { ...state.invitation, sent: [...state.invitation.sent, fact.data] };
      return { ...state, invitation, sequence: Math.max(state.sequence, fact.data.sequence) };
    }
    case 'InvitationBounced':
      return { ...state, invitation: { ...state.invitation, bounced: [...state.invitation.bounced, fact.data.letterId] } };
    case 'MeetingStarted':
      return isStanding(state) ? { ...partsOf(state), status: 'in-progress', startedAt: fact.data.startedAt } : state;
    case 'Held':
      return held(partsOf(state), fact);
    case 'RecordingAttached':
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
        slotFreeFrom,
        sequence,
        ...(by === 'citizen'
          ? {}
          : { noticeDuty: { about: 'cancelled', since: cancelledAt, ...(noticeDueAt === undefined ? {} : { dueAt: noticeDueAt }) } }),
        status: 'cancelled',
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
    if (state.status === 'never-requested') return state;
    if (fact.type === 'Requested') return requested(fact);
    return fact.type === 'Lapsed' ? { status: 'never-requested', lapsed: fact.data } : state;
  },
};
