import type { Projection } from '../../application/kernel/ports/projection';
import { tables, type TicketStatusRow } from '../../application/kernel/ports/tables';
import { requestedStatus, statusAfter, statusFacts } from '../../domain/ticket/status-after';
import type { Lapsed, Requested, TicketFact } from '../../domain/ticket/facts';
import { ticketIdOf } from '../kernel/streams';

const requested = (ticketId: string, { data }: Requested, at: string): TicketStatusRow => ({
  ticketId,
  reference: data.reference,
  ...requestedStatus,
  requestNumber: data.request.number,
  filedOn: data.request.filedOn,
  staffId: data.staffId,
  mode: data.mode,
  startsAt: data.slot.startsAt,
  endsAt: data.slot.endsAt,
  heldUntil: data.heldUntil,
  updatedAt: at,
});

/** The fence against a late request: a ticket that only ever lapsed. */
const fenced = (ticketId: string, { data }: Lapsed, at: string): TicketStatusRow => ({
  ticketId,
  reference: null,
  ...requestedStatus,
  status: 'lapsed',
  requestNumber: data.request.number,
  filedOn: data.request.filedOn,
  staffId: data.staffId,
  mode: data.mode ?? null,
  startsAt: data.slot.startsAt,
  endsAt: data.slot.endsAt,
  lapseCause: data.cause,
  updatedAt: at,
});

const changed = (row: TicketStatusRow, fact: TicketFact, at: string): TicketStatusRow => {
  const status = statusAfter(row, fact);
  const after: TicketStatusRow = status === row ? row : { ...row, ...status, updatedAt: at };
  switch (fact.type) {
    case 'VerificationCodeIssued':
      return { ...after, heldUntil: fact.data.heldUntil, updatedAt: at };
    case 'Scheduled':
    case 'Rescheduled':
    case 'Reassigned': {
      const { heldUntil: _, ...scheduled } = after;
      const { staffId, mode, slot } = fact.data;
      return { ...scheduled, staffId, mode, startsAt: slot.startsAt, endsAt: slot.endsAt };
    }
    case 'ModeChanged':
      return { ...after, mode: fact.data.mode };
    case 'Lapsed': {
      const { heldUntil: _, ...lapsed } = after;
      return { ...lapsed, lapseCause: fact.data.cause };
    }
    default:
      return after;
  }
};

/** One row a ticket: where it stands. */
export const ticketStatus: Projection<TicketStatusRow> = {
  name: tables.ticketStatus,
  keyedBy: 'ticket id',
  told: 'where a ticket stands',
  version: 1,
  columns: { status: 'text', staffId: 'text', startsAt: 'text', reference: 'text' },
  looksAt: { ticket: ['Requested', 'VerificationCodeIssued', ...statusFacts, 'ModeChanged'] },
  keysOf: (event) => (event.category === 'ticket' ? [ticketIdOf(event.stream)] : []),
  apply: (row, event, key) => {
    if (event.category !== 'ticket') return row;
    const { fact, recordedAt } = event;
    if (row !== undefined) return changed(row, fact, recordedAt);
    if (fact.type === 'Requested') return requested(key, fact, recordedAt);
    return fact.type === 'Lapsed' ? fenced(key, fact, recordedAt) : undefined;
  },
};
