import type { Projection } from '../../application/kernel/ports/projection';
import {
  tables,
  type ClosedDayRow,
  type ClosedTimeRow,
  type MeetingRow,
  type StaffCalendarRow,
} from '../../application/kernel/ports/tables';
import type { DomainEvent } from '../../domain/facts';
import { defined } from '@tichet-albastru/kernel/defined';
import type { StreamClosed } from '../../domain/ops/ops';
import { type Requested, type TicketFact, ticketStream } from '../../domain/ticket/facts';
import { requestedStatus, statusAfter, statusFacts } from '../../domain/ticket/status-after';
import { isCivilDate, startOfDay, startOfNextDay } from '../../domain/time/civil-time';
import { agendaDayOf, staffIdOf, ticketIdOf } from '../kernel/streams';

const closedKey = (staffId: string, id: string): string => `closed/${staffId}/${id}`;

/** The day of this stream; undefined for a stream of something else, and for one of which somebody else has made up the name. */
const dayOf = (stream: string): ReturnType<typeof agendaDayOf> | undefined => {
  const day = stream.startsWith('agenda-') ? agendaDayOf(stream) : undefined;
  return day !== undefined && isCivilDate(day.date) ? day : undefined;
};

const keysOfClosing = ({ data: { stream } }: StreamClosed): readonly string[] => {
  if (stream.startsWith(ticketStream(''))) return [ticketIdOf(stream)];
  const day = dayOf(stream);
  return day === undefined ? [] : [closedKey(day.staffId, day.key)];
};

const keysOf = (event: DomainEvent): readonly string[] => {
  switch (event.category) {
    case 'ticket':
      return [ticketIdOf(event.stream)];
    case 'staff':
      return event.fact.type === 'AbsenceRecorded' || event.fact.type === 'AbsenceWithdrawn'
        ? [closedKey(staffIdOf(event.stream), event.fact.data.absenceId)]
        : [];
    case 'agenda': {
      const { key, staffId } = agendaDayOf(event.stream);
      return event.fact.type === 'TimeBlocked' || event.fact.type === 'TimeUnblocked'
        ? [closedKey(staffId, `${key}/${event.fact.data.blockId}`)]
        : [];
    }
    case 'ops':
      return event.fact.type === 'StreamClosed' ? keysOfClosing(event.fact) : [];
    default:
      return [];
  }
};

const requested = (ticketId: string, { data }: Requested): MeetingRow => ({
  kind: 'meeting',
  ticketId,
  reference: data.reference,
  requestNumber: data.request.number,
  filedOn: data.request.filedOn,
  staffId: data.staffId,
  departmentCode: data.departmentCode,
  mode: data.mode,
  startsAt: data.slot.startsAt,
  endsAt: data.slot.endsAt,
  status: requestedStatus.status,
  applicant: {
    name: data.contact.name,
    ...defined({ email: data.contact.email, phone: data.contact.phone }),
  },
  hasLink: false,
  hasRecording: false,
  recordings: [],
  recording: 'none',
  resolution: 'none',
  reschedules: 0,
});

const moved = (row: MeetingRow, { data }: Extract<TicketFact, { type: 'Rescheduled' | 'Reassigned' | 'ModeChanged' }>): MeetingRow => {
  const { joinUrl: _, ...rest } = row;
  const { staffId, departmentCode, mode, slot } = data;
  return { ...rest, staffId, departmentCode, mode, startsAt: slot.startsAt, endsAt: slot.endsAt, hasLink: false };
};

const closedDay = (stream: string): ClosedDayRow | undefined => {
  const day = dayOf(stream);
  if (day === undefined) return undefined;
  return { kind: 'closed-day', staffId: day.staffId, startsAt: startOfDay(day.date), endsAt: startOfNextDay(day.date), stream };
};

const afterClosing = (row: StaffCalendarRow | undefined, { data: { stream } }: StreamClosed): StaffCalendarRow | undefined =>
  row?.kind === 'meeting' ? { ...row, closed: true } : closedDay(stream);

const changed = (row: MeetingRow, fact: TicketFact): MeetingRow | undefined => {
  const issued = row.resolution !== 'none';
  const delivered = row.resolution === 'sent' || row.resolution === 'handed-over' || row.resolution === 'bounced';
  const { status } = statusAfter({ status: row.status, issued, delivered }, fact);
  const after: MeetingRow = status === row.status ? row : { ...row, status };
  switch (fact.type) {
    case 'Lapsed':
      return undefined;
    case 'Scheduled':
      return { ...after, staffId: fact.data.staffId, startsAt: fact.data.slot.startsAt, endsAt: fact.data.slot.endsAt };
    case 'Rescheduled':
      return { ...moved(after, fact), reschedules: after.reschedules + 1 };
    case 'Reassigned':
    case 'ModeChanged':
      return moved(after, fact);
    case 'ContactCorrected': {
      const { email, phone } = fact.data;
      return { ...after, applicant: { ...after.applicant, ...defined({ email, phone }) } };
    }
    case 'MeetingLinkAttached':
      return fact.data.slot.startsAt === after.startsAt ? { ...after, joinUrl: fact.data.joinUrl, hasLink: true } : after;
    case 'RecordingAttached': {
      const { recordingId } = fact.data;
      const others = after.recordings.filter((id) => id !== recordingId);
      return { ...after, recording: 'attached', hasRecording: true, recordings: [...others, recordingId] };
    }
    case 'RecordingWithdrawn': {
      const recordings = after.recordings.filter((id) => id !== fact.data.recordingId);
      return recordings.length > 0 ? { ...after, recordings } : { ...after, recordings, recording: 'missing', hasRecording: false };
    }
    case 'RecordingMissing':
      return after.recording === 'attached' ? after : { ...after, recording: 'missing' };
    case 'RecordingWaived':
      return after.recording === 'attached' ? after : { ...after, recording: 'waived' };
    case 'RecordingTakenBack': {
      const { what, recordingId, owed } = fact.data;
      const recordings = what === 'attached' ? after.recordings.filter((id) => id !== recordingId) : after.recordings;
      return owed ? { ...after, recordings, recording: 'none', hasRecording: false } : { ...after, recordings };
    }
    case 'HandOverTakenBack': {
      const { stands } = fact.data;
      return { ...after, resolution: stands === undefined ? 'issued' : stands.by === 'email' ? 'sent' : 'handed-over' };
    }
    case 'ResolutionIssued':
      return issued ? after : { ...after, resolution: 'issued' };
    case 'ResolutionSent':
      return { ...after, resolution: 'sent' };
    case 'ResolutionHandedOver':
      return { ...after, resolution: 'handed-over' };
    case 'ResolutionBounced':
      return after.resolution === 'handed-over' ? after : { ...after, resolution: 'bounced' };
    default:
      return after;
  }
};

const closedTime = (row: ClosedTimeRow | undefined, event: DomainEvent): ClosedTimeRow | undefined => {
  if (event.category === 'staff' && event.fact.type === 'AbsenceRecorded') {
    const { absenceId, from, to } = event.fact.data;
    return { kind: 'closed', staffId: staffIdOf(event.stream), startsAt: from, endsAt: to, cause: 'absence', absenceId };
  }
  // A block for an absence repeats, day by day, what the absence's own row says.
  if (event.category === 'agenda' && event.fact.type === 'TimeBlocked' && event.fact.data.cause !== 'absence') {
    const { from, to, cause } = event.fact.data;
    return { kind: 'closed', staffId: agendaDayOf(event.stream).staffId, startsAt: from, endsAt: to, cause };
  }
  const gone = event.fact.type === 'AbsenceWithdrawn' || event.fact.type === 'TimeUnblocked';
  return gone ? undefined : row;
};

/** Art. 4, VEZI PROGRAMĂRI WEBEX: one row a ticket where its meeting stands now, and the time in which nobody is met. */
export const staffCalendar: Projection<StaffCalendarRow> = {
  name: tables.staffCalendar,
  keyedBy: 'ticket id, or `closed/<staffId>/…`',
  told: 'a meeting where it stands now (Art. 4), time in which a person is not met, or a day whose stream was closed',
  version: 4,
  columns: { kind: 'text', staffId: 'text', departmentCode: 'text', startsAt: 'text', endsAt: 'text', status: 'text' },
  indexes: [
    ['staffId', 'kind', 'startsAt'],
    ['departmentCode', 'kind', 'startsAt'],
  ],
  looksAt: {
    ticket: [
      'Requested',
      ...statusFacts,
      'ModeChanged',
      'ContactCorrected',
      'MeetingLinkAttached',
      'RecordingAttached',
      'RecordingWithdrawn',
      'RecordingMissing',
      'RecordingWaived',
      'RecordingTakenBack',
      'ResolutionBounced',
    ],
    staff: ['AbsenceRecorded', 'AbsenceWithdrawn'],
    agenda: ['TimeBlocked', 'TimeUnblocked'],
    ops: ['StreamClosed'],
  },
  keysOf,
  apply: (row, event, key) => {
    if (event.category === 'ops') return event.fact.type === 'StreamClosed' ? afterClosing(row, event.fact) : row;
    if (event.category !== 'ticket') return closedTime(row?.kind === 'closed' ? row : undefined, event);
    if (row?.kind === 'meeting') {
      // whatever is written to it was written to a stream that is whole again
      const { closed: _, ...whole } = row;
      return changed(row.closed ? whole : row, event.fact);
    }
    return event.fact.type === 'Requested' ? requested(key, event.fact) : undefined;
  },
};
