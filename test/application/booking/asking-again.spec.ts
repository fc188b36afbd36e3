import { newCode, verifyEmail } from '../../../src/application/booking/verify-email';
import { requestTicket } from '../../../src/application/booking/request-ticket';
import { type EventStore, EventLogCorrupt } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import { advanceBooking } from '../../../src/application/booking/advance-booking';
import { recordingNotice } from '../../../src/domain/ticket/request-ticket';
import { createTestService, request, startsAt, type TestService } from '../kernel/test-service';
import { awaitedCodeOf } from '../../support/codes';
import { refused } from '../../support/decided';

const email = 'ana.pop@example.ro';
const citizen = { kind: 'citizen', id: 'c' } as const;

/** A ticket whose code is on its way. */
const awaiting = async (): Promise<{ service: TestService; ticketId: string }> => {
  const service = createTestService();
  await service.open();
  const ticketId = service.ports.identifiers.next();
  const asked = { mode: 'online', email, phone: '0740 111 222', recordingNoticeVersion: recordingNotice.version } as const;
  await service.must(requestTicket, { ticketId, holdId: service.ports.identifiers.next(), request, startsAt, ...asked });
  return { service, ticketId };
};

describe('a command that is asked again', () => {
  it('A9: a new code refused as too early is given under the same key, once it is time', async () => {
    const { service, ticketId } = await awaiting();
    const sameCommand = service.contextOf(citizen);
    expect(await service.run(newCode, { ticketId }, sameCommand)).toMatchObject(refused('too-many-requests', { retryAfterSeconds: 60 }));
    service.clock.set('2026-03-02T08:01:00.000Z');
    expect(await service.run(newCode, { ticketId }, sameCommand)).toMatchObject({ kind: 'done' });
    expect((await service.ticketFacts(ticketId)).at(-1)).toMatchObject({
      type: 'VerificationCodeIssued',
      data: { n: 2, issuedAt: '2026-03-02T08:01:00.000Z' },
    });
    // and once more it is the same code
    expect(await service.run(newCode, { ticketId }, sameCommand)).toMatchObject({ kind: 'done' });
    expect((await service.ticketFacts(ticketId)).filter(({ type }) => type === 'VerificationCodeIssued')).toHaveLength(2);
  });

  it('A24: a ticket that lapses while its code is compared keeps no place under the address', async () => {
    const { service, ticketId } = await awaiting();
    const { ports } = service;
    const { places } = ports.operations;
    const lapsing: Ports = {
      ...ports,
      operations: {
        ...ports.operations,
        places: {
          claim: async (tag, id, limit) => {
            await advanceBooking(ports, { ...service.contextOf(citizen), at: '2026-03-02T09:00:00.000Z' }, { ticketId });
            return places.claim(tag, id, limit);
          },
          release: (id) => places.release(id),
        },
      },
    };
    const code = await awaitedCodeOf(ports, ticketId);
    expect(await verifyEmail(lapsing)(service.contextOf(citizen), { ticketId, code })).toMatchObject(refused('code-expired'));
    expect(await service.ticket(ticketId)).toMatchObject({ status: 'lapsed' });
    expect(await places.claim(ports.personalData.tag('email-cap', email), 'another', 1)).toBe(true);
  });
});

it('a booking of a day that cannot be read writes nothing: its request is free for every other day', async () => {
  const service = createTestService();
  await service.open();
  const { ports } = service;
  const damage = { stream: 'agenda-s002_2026-03-09', revision: 0, how: 'tombstoned' } as const;
  const store: EventStore = {
    ...ports.store,
    read: (stream, ...from) => {
      if (stream === damage.stream) throw new EventLogCorrupt('It was deleted.', damage);
      return ports.store.read(stream, ...from);
    },
  };
  const ask = (day: string) => {
    const [ticketId, holdId] = [ports.identifiers.next(), ports.identifiers.next()];
    const asked = { ticketId, holdId, request, startsAt: `${day}T08:00:00.000Z`, mode: 'in-person', phone: '0740 123 456' } as const;
    return requestTicket({ ...ports, store })(service.contextOf(citizen), asked);
  };
  const before = await service.requestFacts();
  await expect(ask('2026-03-09')).rejects.toThrow(EventLogCorrupt);
  expect(await service.requestFacts()).toEqual(before);
  expect(await ask('2026-03-10')).toMatchObject({ kind: 'done' });
});

it('a booking under an id that is no UUID is refused at its field, and writes nothing', async () => {
  const service = createTestService();
  await service.open();
  const { identifiers } = service.ports;
  const ask = (ids: { readonly ticketId?: string; readonly holdId?: string }) => {
    const drawn = { ticketId: identifiers.next(), holdId: identifiers.next(), ...ids };
    const asked = { ...drawn, request, startsAt, mode: 'in-person', phone: '0740 123 456' } as const;
    return service.run(requestTicket, asked, service.contextOf(citizen));
  };
  const before = await service.requestFacts();
  for (const id of ['', 'ticket-1', '12', identifiers.next().toUpperCase(), `${identifiers.next()}0`]) {
    for (const field of ['ticketId', 'holdId'])
      expect(await ask({ [field]: id })).toMatchObject(refused('invalid', { field, reason: 'not-a-uuid' }));
  }
  expect(await service.requestFacts()).toEqual(before);
  expect(await ask({})).toMatchObject({ kind: 'done' });
});
