import type { DomainEvent } from '../../domain/facts';
import {
  evidenceOf,
  type EvidenceRow,
  type MeetingsEvidence,
  meetingsKey,
  type PlacedMeeting,
  type TicketEvidence,
} from '../../domain/audit/evidence';
import { meetingsAfter } from '../../domain/audit/case-file';
import type { RecordedFact } from '../../domain/kernel/fact';
import type { TicketFact } from '../../domain/ticket/facts';
import { ticketIdOf } from '../kernel/streams';

type TicketEvent = Extract<DomainEvent, { readonly category: 'ticket' }>;

/** The days of the people whose meetings a ticket's fact opens or closes. */
const daysOf = (fact: TicketFact): readonly string[] => {
  switch (fact.type) {
    case 'Scheduled':
    case 'Cancelled':
      return [meetingsKey(fact.data.staffId, fact.data.slot)];
    case 'Rescheduled':
    case 'Reassigned': {
      const { from, staffId, slot } = fact.data;
      return [...new Set([meetingsKey(from.staffId, from.slot), meetingsKey(staffId, slot)])];
    }
    default:
      return [];
  }
};

/** A fact of a ticket stands under the ticket and under the days that it changes; every other under its own stream. */
export const evidenceKeysOfEvent = (event: DomainEvent): readonly string[] => {
  switch (event.category) {
    case 'ticket':
      return [event.stream, ...daysOf(event.fact)];
    case 'request':
    case 'staff':
    case 'calendar':
      return [event.stream];
    default:
      return [];
  }
};

const meetingsRow = (row: EvidenceRow | undefined, event: TicketEvent, key: string): MeetingsEvidence => {
  const before: readonly PlacedMeeting[] = row?.kind === 'meetings' ? row.meetings : [];
  const { position } = event;
  const meetings = [...before];
  for (const [index, meeting] of meetingsAfter(before, ticketIdOf(event.stream), event).entries()) {
    if (meeting !== before[index] && meetingsKey(meeting.staffId, meeting.slot) === key) meetings[index] = { ...meeting, position };
  }
  return { kind: 'meetings', meetings };
};

const placed = <F extends RecordedFact>({ fact, id, recordedAt, position }: F): Pick<F, 'fact' | 'id' | 'recordedAt' | 'position'> => ({
  fact,
  id,
  recordedAt,
  position,
});

const ticketRow = (row: EvidenceRow | undefined, { fact, id, recordedAt, position }: TicketEvent): TicketEvidence => ({
  kind: 'ticket',
  events: [...(row?.kind === 'ticket' ? row.events : []), { fact: evidenceOf(fact), id, recordedAt }],
  position,
});

/** The evidence under one key, with this event in it. */
export const evidenceAfter = (row: EvidenceRow | undefined, event: DomainEvent, key: string): EvidenceRow | undefined => {
  switch (event.category) {
    case 'ticket':
      if (key !== event.stream) return meetingsRow(row, event, key);
      return ticketRow(row, event);
    case 'request':
      return { kind: 'request', events: [...(row?.kind === 'request' ? row.events : []), placed(event)] };
    case 'staff':
      return { kind: 'staff', events: [...(row?.kind === 'staff' ? row.events : []), placed(event)] };
    case 'calendar':
      return { kind: 'calendar', events: [...(row?.kind === 'calendar' ? row.events : []), placed(event)] };
    default:
      return row;
  }
};
