import { bookingProcess } from '../../src/application/booking/booking-process';
import { StreamContended } from '@tichet-albastru/event-log/execute/execute';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import { agendas, currentTicket, staffMembers } from '../../src/application/kernel/streams';
import { civilDateOf } from '../../src/domain/time/civil-time';
import { accept } from '../../src/domain/kernel/decider';
import { personal } from '../../src/domain/kernel/personal-text';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { createTestPorts } from '../../src/infrastructure/testing/test-ports';
import { bookingToken, inPerson, startSeeded, startsAt, type Service } from './support/service';
import { contextAt } from '../support/command-context';

/** Somebody else writes to such a stream just before each append to it, `times` times: by construction the append comes too late. */
const contendedStore = () => {
  const inner = createMemoryEventStore();
  let attempts = 0;
  let faster: { readonly begins: string; readonly write: (nth: number) => Promise<unknown>; times: number } | undefined;
  const store: EventStore = {
    append: async (stream, expected, events) => {
      if (faster && faster.times > 0 && stream.startsWith(faster.begins)) {
        faster.times -= 1;
        attempts += 1;
        if (attempts > 5_000) throw new Error('It decides without end.');
        await faster.write(attempts);
      }
      return inner.append(stream, expected, events);
    },
    read: (stream, from) => inner.read(stream, from),
    readAll: (options) => inner.readAll(options),
    subscribe: (options) => inner.subscribe(options),
    end: () => inner.end(),
  };
  return {
    inner,
    store,
    attempts: () => attempts,
    contend: (begins: string, write: (nth: number) => Promise<unknown>, times = Number.POSITIVE_INFINITY) => {
      faster = { begins, write, times };
    },
    rest: () => (faster = undefined),
  };
};

describe('a stream to which others keep writing', () => {
  const log = contendedStore();
  let service: Service;
  beforeAll(async () => {
    service = await startSeeded(createTestPorts({ store: log.store }));
  });
  afterEach(() => {
    log.rest();
  });

  const other = () => ({ ...service.ports, store: log.inner, streamCache: new StreamCache() });
  const staffChanges = (nth: number) =>
    staffMembers
      .of(other(), 's002')
      .transact(service.context(), `other ${String(nth)}`, () =>
        accept({ type: 'AbsenceWithdrawn', data: { absenceId: String(nth), withdrawnAt: service.ports.clock.now() } }),
      );
  const absence = async (key: string) =>
    service.call('POST', '/api/v1/staff/s002/absences', {
      token: await service.token('staff', 's002'),
      headers: { 'Idempotency-Key': key },
      body: { from: '2026-04-06T05:00:00.000Z', to: '2026-04-06T13:00:00.000Z', reason: 'Concediu' },
    });
  const absences = async () => {
    const { events } = await staffMembers.of(other(), 's002').load();
    return events.filter(({ fact }) => fact.type === 'AbsenceRecorded').length;
  };

  it('is written to after a few attempts', async () => {
    log.contend('staff-', staffChanges, 3);
    expect((await absence('a-few-attempts')).status).toBeLessThan(300);
    expect([log.attempts(), await absences()]).toEqual([3, 1]);
  });

  it('ends in `conflict` after so many: nothing is written, and the same key may come again', async () => {
    const before = log.attempts();
    log.contend('staff-', staffChanges);
    const answer = await absence('contended-key');
    expect(answer).toMatchObject({
      status: 409,
      headers: { 'retry-after': '1', 'content-type': 'application/problem+json; charset=utf-8' },
      body: { code: 'conflict', retryAfterSeconds: 1 },
    });
    expect([log.attempts() - before, await absences()]).toEqual([100, 1]);
    log.rest();
    expect((await absence('contended-key')).status).toBeLessThan(300);
    expect(await absences()).toBe(2);
  });

  it('does not end a booking: the ticket waits for its slot, and the booking process goes on later', async () => {
    const token = await bookingToken(service);
    const day = civilDateOf(startsAt);
    log.contend('agenda-', (nth) =>
      agendas
        .of(other(), 's002', day)
        .transact(service.context(), `other ${String(nth)}`, () =>
          accept({ type: 'TimeUnblocked', data: { blockId: `none-${String(nth)}`, unblockedAt: service.ports.clock.now() } }),
        ),
    );
    const { ticketId } = (await service.call('POST', '/api/v1/tickets', { token, body: inPerson })).body;
    expect(await currentTicket(other(), ticketId)).toMatchObject({ status: 'requested' });
    await service.settled();
    const [todo] = (await service.ports.readModels.select<Parameters<typeof bookingProcess.perform>[1]>('process-booking', {})).rows;
    if (todo === undefined) throw new Error('The booking process has nothing to do.');
    const later = service.ports.clock.now();
    // thrown, the effect is not done and comes again
    await expect(bookingProcess.perform(service.ports, todo, later)).rejects.toBeInstanceOf(StreamContended);
    log.rest();
    await bookingProcess.perform(service.ports, todo, later);
    expect(await currentTicket(other(), ticketId)).toMatchObject({ status: 'scheduled' });
  });
});

describe('what was read of a log', () => {
  it('belongs to the ports: a decorated store goes on from it, and another log begins anew', async () => {
    const reads: number[] = [];
    const ports = createTestPorts();
    const read: EventStore['read'] = (stream, from = 0) => {
      reads.push(from);
      return ports.store.read(stream, from);
    };
    const context = contextAt(ports.clock.now(), 'c', { kind: 'staff', id: 's009' });
    await staffMembers.of(ports, 's001').transact(context, 'registered', () =>
      accept({
        type: 'StaffRegistered',
        data: {
          staffId: 's001',
          name: personal('staff', 'Ana Pop'),
          email: personal('staff', 's001@primarie.example'),
          role: 'executive',
          department: 'Urbanism',
          departmentCode: '425',
          registeredAt: context.at,
        },
      }),
    );
    await staffMembers.of(ports, 's001').load();
    expect((await staffMembers.of({ ...ports, store: { ...ports.store, read } }, 's001').load()).revision).toBe(0);
    expect(reads).toEqual([1]);
    const elsewhere = createTestPorts();
    expect((await staffMembers.of(elsewhere, 's001').load()).revision).toBe(-1);
  });
});
