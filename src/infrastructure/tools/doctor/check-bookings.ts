import { agenda } from '../../../domain/agenda/agenda';
import { fold } from '../../../domain/kernel/decider';
import { registeredRequest } from '../../../domain/request/request';
import { gaveSlotBack, hasEnded, isRequested, type TicketState } from '../../../domain/ticket/state';
import { ticket } from '../../../domain/ticket/ticket';
import { plusMinutes } from '../../../domain/time/civil-time';
import type { Recorded } from '../../../application/kernel/ports/event-store';
import type { Category, FactsByCategory } from '../../../domain/facts';
import { createMemoryKeyStore } from '../../log/keys/memory-key-store';
import { createEventCodec } from '../../log/codec/event-codec.codec';
import { eachReadable } from './each-readable';
import { finding, type Finding } from './finding';
import type { Kept } from './kept';
import type { Patient } from './patient';
import { inBoth } from '../../phrasing/sentences';

/** The booking process needs a moment to free what a ticket leaves. */
const graceMinutes = 60;

type Ticket = { readonly useless: boolean; readonly ended: boolean; readonly holdId: string | undefined };
type Booked = { readonly name: string; readonly ticketId: string; readonly holdId: string; readonly since: string };

type Gathered = {
  readonly tickets: ReadonlyMap<string, Ticket>;
  readonly confirmed: readonly Booked[];
  readonly admitted: readonly Booked[];
};

const unknownTicket: Ticket = { useless: true, ended: true, holdId: undefined };
const summaryOf = (state: TicketState): Ticket => ({
  useless: gaveSlotBack(state) || !isRequested(state),
  ended: hasEnded(state) || state.status === 'absent',
  holdId: isRequested(state) ? state.booking.holdId : undefined,
});

const gather = async (kept: Kept | undefined): Promise<Gathered | undefined> => {
  const codec = createEventCodec({ keys: createMemoryKeyStore() });
  const factsOf = <C extends Category>(category: C, stream: readonly Recorded[]): FactsByCategory[C][] =>
    stream.map((event) => codec.decodeOf(category, event).fact);
  const newest = (stream: readonly Recorded[]): string => {
    const last = stream.at(-1);
    return last === undefined ? '' : codec.decode(last).recordedAt;
  };
  const tickets = new Map<string, Ticket>();
  const confirmed: Booked[] = [];
  const admitted: Booked[] = [];
  const readToItsEnd = await eachReadable(kept, (stream) => {
    const name = stream[0]?.stream ?? '';
    if (name.startsWith('ticket-')) tickets.set(name.slice('ticket-'.length), summaryOf(fold(ticket, factsOf('ticket', stream))));
    else if (name.startsWith('agenda-')) {
      const { holds } = fold(agenda, factsOf('agenda', stream));
      for (const { standing, holdId, ticketId } of Object.values(holds))
        if (standing === 'confirmed') confirmed.push({ name, ticketId, holdId, since: newest(stream) });
    } else if (name.startsWith('request-')) {
      const state = fold(registeredRequest, factsOf('request', stream));
      if (state.status !== 'unknown' && state.admission) {
        const { ticketId, holdId, until } = state.admission;
        admitted.push({ name, ticketId, holdId, since: until });
      }
    }
  });
  return readToItsEnd ? { tickets, confirmed, admitted } : undefined;
};

/** No slot is kept by a ticket that cannot use it, and no request by a ticket that has ended. */
export const checkBookings = async ({ kept, now }: Patient): Promise<readonly Finding[]> => {
  const gathered = await gather(kept);
  if (gathered === undefined) return [];
  const { tickets, confirmed, admitted } = gathered;
  const before = plusMinutes(now, -graceMinutes);
  const of = (ticketId: string): Ticket => tickets.get(ticketId) ?? unknownTicket;
  const holds = confirmed.filter(
    ({ ticketId, holdId, since }) => since < before && (of(ticketId).useless || of(ticketId).holdId !== holdId),
  );
  const admissions = admitted.filter(({ ticketId, since }) => since < before && of(ticketId).ended);
  if (holds.length + admissions.length === 0) return [];
  const names = [...holds, ...admissions].slice(0, 5).map(({ name }) => name);
  return [
    finding(
      'bookings',
      inBoth.doctor.checkBookings.slotsKeptEndedTickets({ holds: holds.length, admissions: admissions.length, names: names.join(', ') }),
      inBoth.doctor.checkBookings.startServiceLeaveMinute,
    ),
  ];
};
