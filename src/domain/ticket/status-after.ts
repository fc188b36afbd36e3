import type { TicketFact } from './facts';
import type { TicketStatus } from './ticket';

/** What the public status of a ticket depends on, for tables that keep nothing else of it. */
export type StatusParts = { readonly status: TicketStatus; readonly issued: boolean; readonly delivered: boolean };

const onceHeld = ({ issued, delivered }: Pick<StatusParts, 'issued' | 'delivered'>): TicketStatus => {
  if (!issued) return 'held';
  return delivered ? 'concluded' : 'resolved';
};

/** A concluded ticket has all its documents. */
const awaitsDocuments = (status: TicketStatus): boolean => status === 'held' || status === 'resolved';

const withDocument = (parts: StatusParts, change: Partial<StatusParts>): StatusParts => {
  const changed = { ...parts, ...change };
  return awaitsDocuments(parts.status) ? { ...changed, status: onceHeld(changed) } : changed;
};

/** The status after one fact: the same as that of the whole ticket, folded. The parts themselves when it changes nothing. */
export const statusAfter = (parts: StatusParts, fact: TicketFact): StatusParts => {
  switch (fact.type) {
    case 'Scheduled':
    case 'Rescheduled':
    case 'Reassigned':
      return { ...parts, status: 'scheduled' };
    case 'Lapsed':
      return { ...parts, status: 'lapsed' };
    case 'MeetingStarted':
      return parts.status === 'scheduled' || parts.status === 'staff-absent' ? { ...parts, status: 'in-progress' } : parts;
    case 'Held':
      return { ...parts, status: onceHeld(parts) };
    case 'CitizenAbsent':
      return { ...parts, status: 'citizen-absent' };
    case 'StaffAbsent':
      return { ...parts, status: 'staff-absent' };
    case 'Cancelled':
      return { ...parts, status: 'cancelled' };
    case 'ResolutionIssued':
      return withDocument(parts, { issued: true });
    case 'ResolutionSent':
    case 'ResolutionHandedOver':
      return withDocument(parts, { delivered: true });
    case 'HandOverTakenBack':
      if (fact.data.stands !== undefined) return parts;
      return { ...parts, delivered: false, status: parts.status === 'concluded' ? 'resolved' : parts.status };
    default:
      return parts;
  }
};

/** Before anything else is known of a ticket that was asked for. */
export const requestedStatus: StatusParts = { status: 'awaiting-code', issued: false, delivered: false };

/** The facts that may change the status, or what it depends on. */
export const statusFacts = [
  'Scheduled',
  'Rescheduled',
  'Reassigned',
  'Lapsed',
  'MeetingStarted',
  'Held',
  'CitizenAbsent',
  'StaffAbsent',
  'Cancelled',
  'ResolutionIssued',
  'ResolutionSent',
  'ResolutionHandedOver',
  'HandOverTakenBack',
] as const satisfies readonly TicketFact['type'][];
