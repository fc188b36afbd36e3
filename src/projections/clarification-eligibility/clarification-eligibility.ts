import type { Projection } from '../../application/kernel/ports/projection';
import { tables, type EligibilityRow } from '../../application/kernel/ports/tables';
import { countingAnswer, registeredRequest, type RegisteredRequest } from '../../domain/request/request';
import { ofFirstVersion } from '../kernel/first-version';
import { requestKeyOf } from '../kernel/streams';

const rowOf = (request: RegisteredRequest): EligibilityRow => {
  const answer = countingAnswer(request);
  return {
    number: request.number,
    filedOn: request.filedOn,
    status: request.status,
    departmentCode: request.departmentCode ?? null,
    handlerStaffId: request.handlerStaffId,
    communicatedOn: answer?.communicatedOn ?? null,
    advertisedUntil: answer?.advertisedUntil ?? null,
    enforcedUntil: answer?.enforcedUntil ?? null,
    policy: answer === undefined ? null : `${answer.policy.name}@${answer.policy.version}`,
    calendarVersion: answer?.calendarVersion ?? null,
    lateAdmissionUntil: request.lateAdmission?.until ?? null,
    activeTicket: request.admission?.ticketId ?? null,
    disputedSince: request.dispute?.disputedAt ?? null,
    request,
  };
};

/** Art. 2: one row a request, with all that its eligibility depends on. Time enters when it is asked. */
export const clarificationEligibility: Projection<EligibilityRow> = {
  name: tables.clarificationEligibility,
  keyedBy: '`<number>_<filedOn>`',
  told: 'a registered request, the answer that counts and its 30 days (Art. 2)',
  version: 2,
  columns: {
    number: 'text',
    filedOn: 'text',
    status: 'text',
    departmentCode: 'text',
    handlerStaffId: 'text',
    enforcedUntil: 'text',
    activeTicket: 'text',
    disputedSince: 'text',
  },
  looksAt: { request: 'all' },
  keysOf: (event) => (event.category === 'request' ? [requestKeyOf(event.stream)] : []),
  apply: (row, event) => {
    if (event.category !== 'request') return row;
    const request = registeredRequest.evolve(row?.request ?? registeredRequest.initial, event.fact);
    return request.status === 'unknown' ? undefined : rowOf(request);
  },
  views: [
    {
      name: 'eligibility',
      told: ofFirstVersion('One row for each registered request and the days in which a ticket may be asked for (Art. 2).', 'requests'),
      sql: ({ rows, text }) => `SELECT ${text('number')} AS request_number, ${text('filedOn')} AS filed_on, ${text('status')} AS status,
        ${text('departmentCode')} AS department_code, ${text('communicatedOn')} AS communicated_on,
        ${text('advertisedUntil')} AS advertised_until, ${text('enforcedUntil')} AS enforced_until,
        ${text('lateAdmissionUntil')} AS late_admission_until, ${text('activeTicket')} AS active_ticket_id FROM ${rows}`,
    },
  ],
};
