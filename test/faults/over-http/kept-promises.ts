import type { DomainEvent } from '../../../src/domain/facts';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { publicStatus, type TicketState, ticket } from '../../../src/domain/ticket/ticket';
import type { Acknowledged, Deed } from './crowd';
import type { Ledger } from './ledger';

const factOf: Readonly<Record<Exclude<Deed, 'book'>, TicketFact['type']>> = {
  verify: 'EmailVerified',
  reschedule: 'Rescheduled',
  cancel: 'Cancelled',
  'meeting-link': 'MeetingLinkAttached',
  start: 'MeetingStarted',
  held: 'Held',
  absent: 'CitizenAbsent',
  resolution: 'ResolutionIssued',
};

type TicketEvent = Extract<DomainEvent, { readonly category: 'ticket' }>;
type Told = { readonly events: TicketEvent[]; readonly statuses: Set<string | undefined>; state: TicketState };

const says = (fact: TicketFact, { deed, status, startsAt }: Acknowledged): boolean => {
  if (deed === 'book') return fact.type === (status === 'scheduled' ? 'Scheduled' : 'Requested');
  if (fact.type === 'Rescheduled' && deed === 'reschedule') return fact.data.slot.startsAt === startsAt;
  return fact.type === factOf[deed];
};

/** Everything that was acknowledged and does not stand in the log: each a sentence. */
export const brokenPromises = (ledger: Ledger, acknowledged: readonly Acknowledged[]): readonly string[] => {
  const byTicket = new Map<string, Told>();
  const positions = new Set<string>();
  for (const event of ledger.events) {
    positions.add(event.position);
    if (event.category !== 'ticket') continue;
    const told = byTicket.get(event.stream) ?? { events: [], statuses: new Set(), state: ticket.initial };
    byTicket.set(event.stream, told);
    told.events.push(event);
    told.state = ticket.evolve(told.state, event.fact);
    told.statuses.add(publicStatus(told.state));
  }
  return acknowledged.flatMap((promise) => {
    const { ticketId, deed, status, position } = promise;
    const told = byTicket.get(`ticket-${ticketId}`);
    const fact = told?.events.find((event) => says(event.fact, promise));
    const broken = [
      ...(positions.has(position) ? [] : ['no event at its position']),
      ...(fact && fact.position <= position ? [] : ['no fact']),
      ...(told?.statuses.has(status) === true ? [] : [`never ${status}`]),
    ];
    return broken.length === 0 ? [] : [`${deed} of ${ticketId} at ${position}: ${broken.join(', ')}`];
  });
};
