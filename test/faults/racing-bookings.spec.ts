import { requestTicket } from '../../src/application/booking/request-ticket';
import { registerRequest } from '../../src/application/requests/register-request';
import { registerStaff } from '../../src/application/staff/register-staff';
import { type CommandContext, commandOf } from '../../src/application/kernel/execute';
import { currentAgenda, currentRequest, currentTicket } from '../../src/application/kernel/streams';
import type { EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../src/application/kernel/ports/ports';
import { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import { keepsOthersOut } from '../../src/domain/agenda/agenda';
import { isRefusal } from '../../src/domain/kernel/refusal';
import { stillStands } from '../../src/domain/ticket/ticket';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { createTestPorts } from '../../src/infrastructure/testing/test-ports';
import { closing, emptyFolder } from '../support/closing';
import { collected } from '../support/noted';

const full = process.env['FAULTS'] === 'full';
const filedOn = '2026-02-10';
const day = '2026-03-09';
const staffIds = ['s001', 's002', 's003', 's004'];
/** 100 slots: the first 25 quarters of an hour of four people's Monday, from 08:00 in Bucharest. */
const slots = staffIds.flatMap((staffId) =>
  Array.from({ length: 25 }, (_, quarter) => ({
    staffId,
    startsAt: new Date(Date.parse(`${day}T06:00:00.000Z`) + quarter * 900_000).toISOString(),
  })),
);

const contextOf = ({ identifiers, clock }: Ports): CommandContext => commandOf({ kind: 'host' }, identifiers.next(), clock.now());

/** Other processes on the same log: each remembers streams for itself. */
const othersOf = (ports: Ports, count: number): readonly Ports[] =>
  Array.from({ length: count }, () => ({ ...ports, streamCache: new StreamCache() }));

/**
 * Each racer has a request of their own and wants one of the slots; those who want the same one come at the same time.
 * @param processes in which they book, one after the other
 */
const race = async (ports: Ports, racers: number, processes: readonly Ports[] = [ports]) => {
  for (const staffId of staffIds) {
    await registerStaff(ports)(contextOf(ports), {
      staffId,
      name: 'Zoltán Marc',
      role: 'executive',
      department: 'Urbanism',
      departmentCode: '425',
      email: 'z@primarie.example',
    });
  }
  const wants = Array.from({ length: racers }, (_, racer) => ({
    number: String(100_000 + racer),
    ...(slots[Math.floor((racer * slots.length) / racers)] ?? { staffId: '', startsAt: '' }),
  }));
  await inParallel(wants, 200, ({ number, staffId }) =>
    registerRequest(ports)(contextOf(ports), {
      number,
      filedOn,
      applicantName: 'Ana Pop',
      handlerStaffId: staffId,
      status: 'in-operation',
    }),
  );
  const tickets: { readonly ticketId: string; readonly number: string; readonly won: boolean }[] = [];
  await inParallel(wants, 500, async ({ number, startsAt }) => {
    const ticketId = ports.identifiers.next();
    const command = {
      ticketId,
      holdId: ports.identifiers.next(),
      request: { number, filedOn },
      startsAt,
      mode: 'in-person',
      phone: '0740 123 456',
    } as const;
    const outcome = await requestTicket(processes[Number(number) % processes.length] ?? ports)(contextOf(ports), command);
    if (isRefusal(outcome) && outcome.code !== 'slot-taken') throw new Error(outcome.code);
    tickets.push({ ticketId, number, won: !isRefusal(outcome) });
  });
  return { wants, tickets };
};

const inParallel = async <T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<unknown>): Promise<void> => {
  const waiting = [...items];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item);
    }),
  );
};

/** What stands after the race: every place must have one ticket, every hold and admission its ticket. */
const aftermath = async (ports: Ports, { wants, tickets }: Awaited<ReturnType<typeof race>>) => {
  const standing = new Map<string, string>();
  const places: string[] = [];
  for (const { ticketId, won } of tickets) {
    const state = await currentTicket(ports, ticketId);
    const stands = state.status !== 'absent' && 'booking' in state && stillStands(state);
    if (stands !== won) places.push(`answered ${won ? 'won' : 'lost'}, stands ${state.status}`);
    if (stands) {
      standing.set(state.booking.holdId, ticketId);
      places.push(`${state.booking.staffId} ${state.booking.slot.startsAt}`);
    }
  }
  const agendas = await Promise.all(staffIds.map((staffId) => currentAgenda(ports, staffId, day)));
  const holds = agendas.flatMap(({ holds: all }) => Object.values(all)).filter((hold) => keepsOthersOut(hold, ports.clock.now()));
  const requests = await Promise.all(wants.map(({ number }) => currentRequest(ports, { number, filedOn })));
  const admitted = requests.flatMap((state) => (state.status !== 'unknown' && state.admission ? [state.admission.ticketId] : []));
  const winners = new Set(standing.values());
  return {
    tickets: standing.size,
    doubleBooked: places.length - new Set(places).size,
    orphanHolds: holds.filter(({ holdId }) => !standing.has(holdId)).length,
    orphanAdmissions: admitted.filter((ticketId) => !winners.has(ticketId)).length,
  };
};

const clean = { tickets: slots.length, doubleBooked: 0, orphanHolds: 0, orphanAdmissions: 0 };

/** Some writers take longer than others, as on a network: what one decided on grows old while another writes. */
const withSlowWriters = (store: EventStore): EventStore => {
  let appends = 0;
  return {
    ...store,
    read: (stream, from) => store.read(stream, from),
    append: async (stream, expected, events) => {
      appends += 1;
      const pause = (appends * 7) % 5;
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      return store.append(stream, expected, events);
    },
  };
};

/** What a store without expected revisions does: the last writer wins, on top of whatever came in between. */
const withoutExpectedRevision = (store: EventStore): EventStore => ({
  ...store,
  read: (stream, from) => store.read(stream, from),
  readAll: (options) => store.readAll(options),
  subscribe: (options) => store.subscribe(options),
  end: () => store.end(),
  append: async (stream, expected, events) => {
    const answer = await store.append(stream, expected, events);
    if (answer.kind !== 'conflict') return answer;
    let last: { revision: number; hash: string } | undefined;
    for await (const { revision, hash } of store.read(stream)) last = { revision, hash };
    return store.append(stream, last ? { kind: 'at', ...last } : { kind: 'no-stream' }, events);
  },
});

/** What a process that never loads anew sees of a stream that it has read once: for ever the same. */
const asReadFirst = (store: EventStore): EventStore => {
  const seen = new Map<string, readonly Recorded[]>();
  return {
    ...store,
    read: async function* (stream, from = 0) {
      const first = seen.get(stream) ?? (await collected(store.read(stream)));
      if (first.length > 0) seen.set(stream, first);
      yield* first.slice(from);
    },
  };
};

describe('racing bookings for 100 slots, through the use case; ten thousand in the long form', () => {
  it('in memory: exactly 100 tickets, no orphan hold, no orphan admission', async () => {
    const ports = createTestPorts();
    expect(await aftermath(ports, await race(ports, full ? 10_000 : 1_500))).toEqual(clean);
  });

  it('in SQLite: the same', async () => {
    const store = closing(await openSqliteEventStore({ folder: emptyFolder() }));
    const ports = createTestPorts({ store });
    expect(await aftermath(ports, await race(ports, full ? 10_000 : 500))).toEqual(clean);
  });

  it('with slow writers: the same; and it catches a store that does not look at the expected revision', async () => {
    const right = createTestPorts({ store: withSlowWriters(createMemoryEventStore()) });
    expect(await aftermath(right, await race(right, full ? 1_000 : 500))).toEqual(clean);
    const broken = createTestPorts({ store: withSlowWriters(withoutExpectedRevision(createMemoryEventStore())) });
    expect(await aftermath(broken, await race(broken, full ? 1_000 : 500))).not.toEqual(clean);
  });

  it('in several processes, each with what it remembers: the same; and it catches one that never loads anew', async () => {
    const right = createTestPorts({ store: withSlowWriters(createMemoryEventStore()) });
    expect(await aftermath(right, await race(right, full ? 2_000 : 500, othersOf(right, 3)))).toEqual(clean);
    const broken = createTestPorts({ store: withSlowWriters(createMemoryEventStore()) });
    const neverAnew = othersOf(broken, 3).map((ports) => ({ ...ports, store: asReadFirst(ports.store) }));
    const raced = race(broken, 150, neverAnew).then((ran) => aftermath(broken, ran));
    expect(await raced.catch((error: unknown) => (error instanceof Error ? error.message : error))).not.toEqual(clean);
  });
});
