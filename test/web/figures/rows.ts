import type { TicketFactsRow } from '../../../src/application/ports/tables';
import { civilDateOf } from '../../../src/domain/time/civil-time';
import { isoWeekOf } from '../../../src/domain/time/iso-weeks';

/** A ticket whose meeting stands at this instant, as the table has it. */
export const factsAt = (scheduledFor: string, rest: Partial<TicketFactsRow> = {}): TicketFactsRow => ({
  ticketId: `t-${scheduledFor}`,
  department: 'Taxe',
  departmentCode: '305',
  mode: 'online',
  staffId: 's1',
  ground: 'in-operation',
  lateAdmission: false,
  status: 'scheduled',
  requestedAt: '2026-01-01T08:00:00.000Z',
  scheduledAt: '2026-01-01T08:00:00.000Z',
  scheduledFor,
  week: isoWeekOf(civilDateOf(scheduledFor)),
  leadHours: 72,
  held: false,
  startedAt: null,
  endedAt: null,
  minutes: null,
  recordKind: null,
  recorded: false,
  recordingMissing: false,
  recordingWaived: false,
  resolutionIssued: false,
  resolutionAt: null,
  resolutionAfterMinutes: null,
  rescheduledByCitizen: 0,
  rescheduledByStaff: 0,
  reassigned: 0,
  cancelledBy: null,
  citizenAbsent: false,
  staffAbsent: false,
  wrongCodes: 0,
  ...rest,
});
