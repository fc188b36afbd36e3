import type { AgendaFact } from '../../../domain/agenda/facts';
import type { CalendarFact } from '../../../domain/calendar/calendar';
import type { Category, FactsByCategory } from '../../../domain/facts';
import type { OpsFact } from '../../../domain/ops/ops';
import type { RequestFact } from '../../../domain/request/facts';
import type { StaffFact } from '../../../domain/staff/facts';
import type { SchemasOf } from './fact-schema';
import { ticketSchemas } from './ticket-schemas';

const statuses = { 'in-operation': true, answered: true, closed: true, redirected: true, archived: true } as const;
const requestSchemas: SchemasOf<RequestFact> = {
  RequestRegistered: {
    version: 1,
    words: { status: statuses },
    fields: {
      number: 'text',
      filedOn: 'text',
      applicantName: 'personal',
      subject: 'personal?',
      department: 'text?',
      departmentCode: 'text?',
      handlerStaffId: 'text',
      status: 'text',
      registeredAt: 'text',
    },
  },
  HandlerAssigned: { version: 1, fields: { handlerStaffId: 'text', department: 'text?', departmentCode: 'text?', assignedAt: 'text' } },
  AnswerCommunicated: {
    version: 1,
    words: { channel: { email: true, post: true, pickup: true } },
    fields: {
      documentNumber: 'text',
      communicatedOn: 'text',
      channel: 'text',
      answeredBy: 'text',
      advertisedUntil: 'text',
      enforcedUntil: 'text',
      policy: 'object',
      calendarVersion: 'text',
      registeredAt: 'text',
    },
  },
  StatusChanged: { version: 1, words: { status: statuses }, fields: { status: 'text', changedAt: 'text' } },
  ApplicantCorrected: { version: 1, fields: { applicantName: 'personal', subject: 'personal?', correctedAt: 'text' } },
  TicketAdmitted: {
    version: 1,
    fields: { ticketId: 'text', holdId: 'text', staffId: 'text', slot: 'slot', ground: 'object', admittedAt: 'text', until: 'text' },
  },
  AdmissionEnded: { version: 1, fields: { ticketId: 'text', endedAt: 'text' } },
  LateAdmissionGranted: { version: 1, fields: { grantedBy: 'text', reason: 'personal', until: 'text', grantedAt: 'text' } },
  PersonalDataErased: { version: 1, fields: { erasedAt: 'text', reason: 'personal' } },
};

const agendaSchemas: SchemasOf<AgendaFact> = {
  SlotHeld: {
    version: 1,
    fields: { holdId: 'text', ticketId: 'text', slot: 'slot', heldAt: 'text', until: 'text', from: 'text?', move: 'object?' },
  },
  SlotConfirmed: { version: 1, fields: { holdId: 'text', ticketId: 'text', slot: 'slot', confirmedAt: 'text' } },
  SlotReleased: { version: 1, fields: { holdId: 'text', ticketId: 'text', slot: 'slot', releasedAt: 'text', freeFrom: 'text' } },
  TimeBlocked: {
    version: 1,
    words: { cause: { absence: true, 'bridge-day': true, hours: true, departure: true } },
    fields: { blockId: 'text', from: 'text', to: 'text', cause: 'text', blockedAt: 'text' },
  },
  TimeUnblocked: { version: 1, fields: { blockId: 'text', unblockedAt: 'text' } },
};

const staffSchemas: SchemasOf<StaffFact> = {
  StaffRegistered: {
    version: 1,
    words: { role: { executive: true, 'head-of-office': true, 'head-of-service': true } },
    fields: {
      staffId: 'text',
      name: 'personal',
      email: 'personal',
      role: 'text',
      department: 'text',
      departmentCode: 'text',
      registeredAt: 'text',
    },
  },
  WorkingHoursSet: { version: 1, fields: { from: 'text', week: 'object', setAt: 'text' } },
  AbsenceRecorded: { version: 1, fields: { absenceId: 'text', from: 'text', to: 'text', reason: 'personal', recordedAt: 'text' } },
  AbsenceWithdrawn: { version: 1, fields: { absenceId: 'text', withdrawnAt: 'text' } },
  StaffLeft: { version: 1, fields: { on: 'text', recordedAt: 'text' } },
};

const calendarSchemas: SchemasOf<CalendarFact> = {
  BridgeDayDeclared: { version: 1, fields: { date: 'text', decision: 'text', declaredAt: 'text' } },
  WorkingDayDeclared: { version: 1, fields: { date: 'text', decision: 'text', declaredAt: 'text' } },
  DayRestored: { version: 1, fields: { date: 'text', restoredAt: 'text' } },
};

const opsSchemas: SchemasOf<OpsFact> = {
  EventSkipped: { version: 1, fields: { projection: 'text', key: 'text', eventId: 'text', reason: 'personal', skippedAt: 'text' } },
};

/** Every fact that may stand in the log, by category and type. What is not here is refused. */
export const eventCatalogue: { readonly [C in Category]: SchemasOf<FactsByCategory[C]> } = {
  request: requestSchemas,
  agenda: agendaSchemas,
  ticket: ticketSchemas,
  staff: staffSchemas,
  calendar: calendarSchemas,
  ops: opsSchemas,
};
