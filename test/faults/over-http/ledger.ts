import type { EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { agenda, type AgendaState, keepsOthersOut } from '../../../src/domain/agenda/agenda';
import type { DomainEvent } from '../../../src/domain/facts';
import { registeredRequest, type RequestState } from '../../../src/domain/request/request';
import { hasEnded, isActive, isPending, isRequested, type TicketState, ticket } from '../../../src/domain/ticket/ticket';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { openPostgresForReading } from '../../../src/infrastructure/nest/postgres';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { createEventCodec } from '../../../src/infrastructure/log/codec/event-codec.codec';
import { verifyChain } from '@tichet-albastru/event-log/codec/verify-chain';
import type { Service } from '../../support/service';

/** The whole log, read once more beside (or after) the service, and what it amounts to. */
export type Ledger = {
  readonly events: readonly DomainEvent[];
  readonly tickets: ReadonlyMap<string, TicketState>;
  readonly requests: ReadonlyMap<string, RequestState>;
  readonly agendas: ReadonlyMap<string, AgendaState>;
  /** everything about the log itself that is not as it must be */
  readonly faults: readonly string[];
};

const codec = createEventCodec({ keys: createMemoryKeyStore() });
const ticketIdOf = (stream: string): string => stream.slice('ticket-'.length);

type Kept = Pick<Service, 'dataFolder' | 'postgresUrl'>;
type OpenedLog = { readonly store: EventStore; readonly close: () => Promise<void> };

const openLog = async ({ dataFolder, postgresUrl }: Kept): Promise<OpenedLog> => {
  if (postgresUrl === undefined) {
    const store = await openSqliteEventStore({ folder: dataFolder, readOnly: true });
    return { store, close: () => store.close() };
  }
  const postgres = await openPostgresForReading({ url: postgresUrl });
  return { store: new PostgresEventStore(postgres), close: postgres.close };
};

export const readLedger = async (kept: Kept): Promise<Ledger> => {
  const { store, close } = await openLog(kept);
  const streams = new Map<string, Recorded[]>();
  const events: DomainEvent[] = [];
  const faults: string[] = [];
  let last = 0;
  for await (const recorded of store.readAll()) {
    if (Number(recorded.position) !== last + 1) faults.push(`position ${recorded.position} after ${last}`);
    last = Number(recorded.position);
    const stream = streams.get(recorded.stream) ?? [];
    stream.push(recorded);
    streams.set(recorded.stream, stream);
    events.push(codec.decode(recorded));
  }
  await close();
  for (const stream of streams.values()) {
    const fault = verifyChain(stream);
    if (fault) faults.push(`${fault.reason} at ${fault.stream} ${fault.revision}`);
  }
  const tickets = new Map<string, TicketState>();
  const requests = new Map<string, RequestState>();
  const agendas = new Map<string, AgendaState>();
  for (const event of events) {
    const { stream } = event;
    if (event.category === 'ticket') {
      const id = ticketIdOf(stream);
      tickets.set(id, ticket.evolve(tickets.get(id) ?? ticket.initial, event.fact));
    }
    if (event.category === 'request')
      requests.set(stream, registeredRequest.evolve(requests.get(stream) ?? registeredRequest.initial, event.fact));
    if (event.category === 'agenda') agendas.set(stream, agenda.evolve(agendas.get(stream) ?? agenda.initial, event.fact));
  }
  return { events, tickets, requests, agendas, faults };
};

/** What is left half done at this instant: nothing, once everybody who had to act has acted. */
export const orphansAt = ({ tickets, requests, agendas }: Ledger, at: string): readonly string[] => {
  const orphans: string[] = [];
  const admitted = new Set<string>();
  const confirmed = new Set<string>();
  for (const request of requests.values()) {
    const ticketId = request.status === 'unknown' ? undefined : request.admission?.ticketId;
    if (ticketId === undefined) continue;
    admitted.add(ticketId);
    const state = tickets.get(ticketId);
    if (!state || !isActive(state)) orphans.push(`admission of a ticket that is ${state?.status ?? 'absent'}`);
  }
  for (const { holds } of agendas.values())
    for (const hold of Object.values(holds)) {
      if (hold.standing === 'confirmed') confirmed.add(hold.holdId);
      // What is released frees its slot by itself, after the delay of A30.
      if (hold.standing === 'released' || !keepsOthersOut(hold, at)) continue;
      const state = tickets.get(hold.ticketId);
      const isItsOwn = state && isRequested(state) && state.booking.holdId === hold.holdId;
      if (!isItsOwn || state.status === 'lapsed' || state.status === 'cancelled')
        orphans.push(`${hold.standing} hold of a ticket that is ${state?.status ?? 'absent'}`);
    }
  const places = new Set<string>();
  for (const [ticketId, state] of tickets) {
    if (isPending(state)) orphans.push(`ticket still ${state.status}`);
    if (isActive(state) && !admitted.has(ticketId)) orphans.push(`${state.status} ticket without an admission`);
    if (!isRequested(state) || isPending(state) || state.status === 'lapsed' || state.status === 'cancelled') continue;
    if (!hasEnded(state) && !confirmed.has(state.booking.holdId)) orphans.push(`${state.status} ticket without a confirmed slot`);
    const place = `${state.booking.staffId} ${state.booking.slot.startsAt}`;
    if (places.has(place)) orphans.push(`two tickets at ${place}`);
    places.add(place);
  }
  return orphans;
};

/**
 * The log once the service has had its time: an hour later by its own clock every hold, code and delay has run out, and what
 * was half done must soon be done or undone. Gives up when nothing was written for `patience` milliseconds, with what is left.
 */
export const settled = async (
  service: Kept & Pick<Service, 'now' | 'moveClockTo'>,
  patience = 20_000,
): Promise<Ledger & { readonly orphans: readonly string[] }> => {
  service.moveClockTo(new Date(service.now().getTime() + 3_600_000).toISOString());
  let [written, end] = [-1, 0];
  for (;;) {
    const ledger = await readLedger(service);
    if (ledger.events.length > written) [written, end] = [ledger.events.length, Date.now() + patience];
    const orphans = orphansAt(ledger, service.now().toISOString());
    if (orphans.length === 0 || Date.now() > end) return { ...ledger, orphans };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};
