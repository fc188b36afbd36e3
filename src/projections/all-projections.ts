import type { Projection } from '../application/kernel/ports/projection';
import { agendaDays } from './agenda-days/agenda-days';
import { applicants } from './applicants/applicants';
import { auditEvidence } from './audit-trail/audit-trail';
import { clarificationEligibility } from './clarification-eligibility/clarification-eligibility';
import { readings } from './readings/readings';
import { staffCalendar } from './staff-calendar/staff-calendar';
import { staffDirectory } from './staff-directory/staff-directory';
import { ticketDuties } from './tasks/tasks';
import { ticketFacts } from './ticket-facts/ticket-facts';
import { ticketStatus } from './ticket-status/ticket-status';
import { workingCalendar } from './working-calendar/working-calendar';

/** Every table of the reading side. Processes are projections too, and run beside these. */
export const allProjections: readonly Projection[] = [
  staffCalendar,
  clarificationEligibility,
  auditEvidence,
  ticketStatus,
  ticketFacts,
  ticketDuties,
  agendaDays,
  staffDirectory,
  readings,
  applicants,
  workingCalendar,
];
