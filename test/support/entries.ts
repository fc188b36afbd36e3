import type { CalendarFact } from '../../src/domain/calendar/calendar';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../../src/domain/kernel/fact';
import { personal } from '../../src/domain/kernel/personal-text';
import type { RequestFact, RequestStatus } from '../../src/domain/request/facts';
import { plusHours, plusMinutes } from '../../src/domain/time/civil-time';
import { defaultPlot, type Entry, requestIdentity, slotAt, type TicketEntry } from './plot';

/* Single things that happen in a story, each recorded in the moment that it tells. */

export const codeIssued = (n: number, issuedAt: Instant): TicketEntry => [
  issuedAt,
  { type: 'VerificationCodeIssued', data: { n, issuedAt, expiresAt: plusMinutes(issuedAt, 10), heldUntil: plusMinutes(issuedAt, 15) } },
];

export const recordingMissing = (reportedAt: Instant): TicketEntry => [
  reportedAt,
  { type: 'RecordingMissing', data: { reason: personal('office', 'nu s-a apăsat'), reportedAt } },
];
export const recordingWaived = (waivedAt: Instant): TicketEntry => [
  waivedAt,
  { type: 'RecordingWaived', data: { reason: personal('contact', 'nu dorește'), offeredAlternative: true, waivedAt } },
];

export const resolutionSent = (acceptedAt: Instant, letterId: string): TicketEntry => [
  acceptedAt,
  { type: 'ResolutionSent', data: { letterId, toVerifiedAddress: true, acceptedAt } },
];
export const resolutionBounced = (bouncedAt: Instant, letterId: string, followUpDueAt: Instant): TicketEntry => [
  bouncedAt,
  { type: 'ResolutionBounced', data: { letterId, bouncedAt, followUpDueAt } },
];
export const handedOver = (
  handedOverAt: Instant,
  channel: 'pickup' | 'post' = 'pickup',
  proof = 'semnătură',
  amendments?: number,
): TicketEntry => [
  handedOverAt,
  { type: 'ResolutionHandedOver', data: { channel, handedOverAt, proof: personal('record', proof), ...defined({ amendments }) } },
];

/** Due at once within two hours, and by the end of Monday, 9 March 2026. */
export const amended = (amendedAt: Instant, amendment = 1): TicketEntry => [
  amendedAt,
  {
    type: 'ResolutionAmended',
    data: {
      amendment,
      form: 'erratum',
      conclusions: personal('record', 'Suprafața este de 45 m².'),
      reason: personal('record', 'Cifre inversate.'),
      amendedBy: 'S-017',
      amendedAt,
      resolutionTargetAt: plusHours(amendedAt, 2),
      resolutionHardLimitAt: '2026-03-09T22:00:00.000Z',
      policies: [],
      calendarVersion: 'ro-2026',
    },
  },
];
export const amendmentFiled = (filedAt: Instant): TicketEntry => {
  const document = { documentNumber: '90077', documentType: 'Tichetul albastru', connectedTo: requestIdentity } as const;
  return [filedAt, { type: 'ResolutionFiled', data: { ...document, filedAt, amendment: 1, grade: 'observed' } }];
};
export const amendmentSent = (acceptedAt: Instant, letterId = 'amended-1'): TicketEntry => [
  acceptedAt,
  { type: 'ResolutionSent', data: { letterId, toVerifiedAddress: true, acceptedAt, amendments: 1 } },
];

export const handlerAssigned = (handlerStaffId: string, assignedAt: Instant): Entry<RequestFact> => [
  assignedAt,
  { type: 'HandlerAssigned', data: { handlerStaffId, assignedAt } },
];
export const statusChanged = (status: RequestStatus, changedAt: Instant): Entry<RequestFact> => [
  changedAt,
  { type: 'StatusChanged', data: { status, changedAt } },
];
/** Another ticket of the request begins, and ends. */
export const admitted = (ticketId: string, admittedAt: Instant): Entry<RequestFact> => {
  const place = { holdId: `hold-of-${ticketId}`, staffId: defaultPlot.staffId, slot: slotAt('2026-03-04T08:00:00.000Z') };
  const until = plusMinutes(admittedAt, 15);
  return [admittedAt, { type: 'TicketAdmitted', data: { ticketId, ...place, ground: { kind: 'in-operation' }, admittedAt, until } }];
};
export const admissionEnded = (ticketId: string, endedAt: Instant): Entry<RequestFact> => [
  endedAt,
  { type: 'AdmissionEnded', data: { ticketId, endedAt } },
];
export const lateAdmission = (until: CivilDate, grantedAt: Instant): Entry<RequestFact> => [
  grantedAt,
  { type: 'LateAdmissionGranted', data: { grantedBy: 'S-001', reason: personal('office', 'spitalizare'), until, grantedAt } },
];

export const bridgeDay = (date: CivilDate, declaredAt: Instant): readonly [Instant, CalendarFact] => [
  declaredAt,
  { type: 'BridgeDayDeclared', data: { date, decision: 'HG 1/2026', declaredAt } },
];
