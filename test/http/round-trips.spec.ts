import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { allProcesses } from '../../src/application/operation/all-processes';
import { drain } from '../../src/application/kernel/processes/runner';
import { agendas } from '../../src/application/kernel/streams';
import { declareBridgeDay } from '../../src/application/staff/declare-day';
import { accept } from '../../src/domain/kernel/decider';
import { civilDateOf } from '../../src/domain/time/civil-time';
import { EventStoreDbEventStore } from '../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { awaitedCodeOf } from '../support/codes';
import { closing } from '../support/closing';
import { Emulator } from '../support/eventstoredb/emulator';
import { createTestDatabase } from '../support/postgres';
import { bookingToken, inPerson, mustBeDone, online, startSeeded, startsAt } from './support/service';

/** A store that is asked over a wire: each append and each stream that is read is a round trip. */
type Wire = {
  readonly store: EventStore;
  /** what the server was asked to read, where it counts that itself: the adapter may ask for more than it is asked for */
  readonly readings?: () => number;
};

const counting = ({ store: inner, readings = () => 0 }: Wire) => {
  let asked = { appends: 0, reads: 0, ends: 0 };
  let before = 0;
  const store: EventStore = {
    append: (stream, expected, events) => {
      asked.appends += 1;
      return inner.append(stream, expected, events);
    },
    read: (stream, from, most) => {
      asked.reads += 1;
      return inner.read(stream, from, most);
    },
    readAll: (options) => inner.readAll(options),
    subscribe: (options) => inner.subscribe(options),
    end: () => {
      asked.ends += 1;
      return inner.end();
    },
  };
  return {
    store,
    /** appends, and streams that were read, since it was asked before; where the end of the log is, only the test asks */
    trips: () => {
      const { appends, reads, ends } = asked;
      const onTheWire = readings() - before - ends;
      asked = { appends: 0, reads: 0, ends: 0 };
      before = readings();
      return { appends, reads: Math.max(reads, onTheWire) };
    },
  };
};

const wires: readonly { readonly name: string; readonly open: () => Promise<Wire> }[] = [
  {
    name: 'EventStoreDB',
    open: async () => {
      const { url, calls } = closing(await Emulator.start());
      return { store: closing(new EventStoreDbEventStore({ url })), readings: () => calls.get('read') ?? 0 };
    },
  },
  {
    name: 'PostgreSQL',
    open: async () => {
      const { url } = await createTestDatabase();
      const postgres = closing(await openPostgres({ url }));
      return { store: closing(new PostgresEventStore(postgres)) };
    },
  },
];

describe.each(wires)('a booking on $name', ({ open }) => {
  const started = async () => {
    const { store, trips } = counting(await open());
    const service = await startSeeded({ store });
    const { ports, context } = service;
    // a hall that has been at work: of a stream that was never written EventStoreDB is asked twice, whether it was deleted
    mustBeDone(await declareBridgeDay(ports)(context(), { date: '2026-06-02', decision: 'HG 1' }));
    await agendas.of(ports, 's002', civilDateOf(startsAt)).transact(context(), 'block', () =>
      accept({
        type: 'TimeBlocked',
        data: {
          blockId: 'b',
          from: '2026-03-05T12:00:00.000Z',
          to: '2026-03-05T13:00:00.000Z',
          cause: 'absence',
          blockedAt: ports.clock.now(),
        },
      }),
    );
    const effects = async () => {
      await service.settled();
      await drain(ports, allProcesses, ports.clock.now());
    };
    await effects();
    const token = await bookingToken(service);
    trips();
    return { ...service, token, trips, effects };
  };

  it('by phone makes 5 appends and at most 9 reads', async () => {
    const { call, token, trips } = await started();
    expect((await call('POST', '/api/v1/tickets', { token, body: inPerson })).body.status).toBe('scheduled');
    const { appends, reads } = trips();
    expect(appends).toBe(5);
    expect(reads).toBeLessThanOrEqual(9);
  });

  it('online, with its code, both letters and what the civil servant is told, makes 9 appends and at most 19 reads', async () => {
    const { call, token, trips, ports, effects } = await started();
    const { ticketId, manageToken } = (await call('POST', '/api/v1/tickets', { token, body: online })).body;
    await effects();
    const code = await awaitedCodeOf(ports, ticketId);
    const verified = await call('POST', `/api/v1/tickets/${ticketId}/verification`, { token: manageToken, body: { code } });
    expect(verified.body.status).toBe('scheduled');
    await effects();
    const { appends, reads } = trips();
    expect(appends).toBe(9);
    expect(reads).toBeLessThanOrEqual(19);
  });
});
