import { newCode, verifyEmail } from '../../../src/application/booking/verify-email';
import { requestTicket } from '../../../src/application/booking/request-ticket';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import { advanceBooking } from '../../../src/application/booking/advance-booking';
import { recordingNotice } from '../../../src/domain/ticket/request-ticket';
import { createTestService, request, startsAt, type TestService } from './test-service';
import { awaitedCodeOf } from '../../support/codes';

const email = 'ana.pop@example.ro';
const citizen = { kind: 'citizen', id: 'c' } as const;

/** A ticket whose code is on its way. */
const awaiting = async (): Promise<{ desk: TestService; ticketId: string }> => {
  const desk = createTestService();
  await desk.open();
  const ticketId = desk.ports.identifiers.next();
  const asked = { mode: 'online', email, phone: '0740 111 222', recordingNoticeVersion: recordingNotice.version } as const;
  await desk.must(requestTicket, { ticketId, holdId: desk.ports.identifiers.next(), request, startsAt, ...asked });
  return { desk, ticketId };
};

describe('a command that is asked again', () => {
  it('A9: a new code refused as too early is given under the same key, once it is time', async () => {
    const { desk, ticketId } = await awaiting();
    const sameCommand = desk.contextOf(citizen);
    expect(await desk.run(newCode, { ticketId }, sameCommand)).toMatchObject({
      code: 'too-many-requests',
      details: { retryAfterSeconds: 60 },
    });
    desk.clock.set('2026-03-02T08:01:00.000Z');
    expect(await desk.run(newCode, { ticketId }, sameCommand)).toMatchObject({ kind: 'done' });
    expect((await desk.ticketFacts(ticketId)).at(-1)).toMatchObject({
      type: 'VerificationCodeIssued',
      data: { n: 2, issuedAt: '2026-03-02T08:01:00.000Z' },
    });
    // and once more it is the same code
    expect(await desk.run(newCode, { ticketId }, sameCommand)).toMatchObject({ kind: 'done' });
    expect((await desk.ticketFacts(ticketId)).filter(({ type }) => type === 'VerificationCodeIssued')).toHaveLength(2);
  });

  it('A24: a ticket that lapses while its code is compared keeps no place under the address', async () => {
    const { desk, ticketId } = await awaiting();
    const { ports } = desk;
    const { places } = ports.operations;
    const lapsing: Ports = {
      ...ports,
      operations: {
        ...ports.operations,
        places: {
          claim: async (tag, id, limit) => {
            await advanceBooking(ports, { ...desk.contextOf(citizen), at: '2026-03-02T09:00:00.000Z' }, { ticketId });
            return places.claim(tag, id, limit);
          },
          release: (id) => places.release(id),
        },
      },
    };
    const code = await awaitedCodeOf(ports, ticketId);
    expect(await verifyEmail(lapsing)(desk.contextOf(citizen), { ticketId, code })).toMatchObject({ code: 'code-expired' });
    expect(await desk.ticket(ticketId)).toMatchObject({ status: 'lapsed' });
    expect(await places.claim(ports.personalData.tag('email-cap', email), 'another', 1)).toBe(true);
  });
});
