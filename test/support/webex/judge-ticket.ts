import type { Ports } from '../../../src/application/kernel/ports/ports';
import { type CheckId, judge } from '../../../src/domain/audit/judge';
import { calendars, requests, staffMembers, tickets } from '../../../src/application/kernel/streams';
import { request, staffId } from '../../application/kernel/processes/world';

/** What an auditor is told of one check now, with the types of the facts that are shown. */
export const judgeTicket = async (ports: Ports, ticketId: string, check: CheckId) => {
  const { events } = await tickets.of(ports, ticketId).load();
  const judged = judge(
    {
      ticketId,
      ticket: events,
      request: (await requests.of(ports, request).load()).events,
      staff: { [staffId]: (await staffMembers.of(ports, staffId).load()).events },
      calendar: (await calendars.of(ports).load()).events,
      otherMeetings: [],
      chain: { intact: true },
    },
    ports.clock.now(),
  );
  const result = judged.checks.find(({ id }) => id === check);
  const shown = result?.evidence ?? [];
  return { verdict: result?.verdict, types: events.filter(({ id }) => shown.includes(id)).map(({ fact }) => fact.type) };
};
