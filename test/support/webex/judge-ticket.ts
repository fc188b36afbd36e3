import type { Ports } from '../../../src/application/kernel/ports/ports';
import type { CheckId } from '../../../src/domain/audit/check';
import { judge } from '../../../src/domain/audit/judge';
import { calendarStream, workingCalendar } from '../../../src/domain/calendar/calendar';
import { registeredRequest } from '../../../src/domain/request/request';
import { requestStream } from '../../../src/domain/request/facts';
import { staffMember } from '../../../src/domain/staff/staff-member';
import { staffStream } from '../../../src/domain/staff/facts';
import { ticketStream } from '../../../src/domain/ticket/facts';
import { ticket } from '../../../src/domain/ticket/ticket';
import { loadStream } from '../../../src/application/kernel/execute';
import { request, staffId } from '../../application/processes/world';

/** What an auditor is told of one check now, with the types of the facts that are shown. */
export const judgeTicket = async (ports: Ports, ticketId: string, check: CheckId) => {
  const { events } = await loadStream(ports, ticket, ticketStream(ticketId));
  const judged = judge(
    {
      ticketId,
      ticket: events,
      request: (await loadStream(ports, registeredRequest, requestStream(request))).events,
      staff: { [staffId]: (await loadStream(ports, staffMember, staffStream(staffId))).events },
      calendar: (await loadStream(ports, workingCalendar, calendarStream)).events,
      otherMeetings: [],
      chain: { intact: true },
    },
    ports.clock.now(),
  );
  const result = judged.checks.find(({ id }) => id === check);
  const shown = result?.evidence ?? [];
  return { verdict: result?.verdict, types: events.filter(({ id }) => shown.includes(id)).map(({ fact }) => fact.type) };
};
