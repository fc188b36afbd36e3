import { registerStaff, staffLeft } from '../../src/application/staff/register-staff';
import { registerRequest } from '../../src/application/requests/register-request';
import { policiesWith } from '../../src/domain/policies';
import { currentTicket } from '../../src/application/kernel/streams';
import { plusMinutes } from '../../src/domain/time/civil-time';
import { bookingToken, inPerson, mustBeDone, seed, staff, startSeeded, startService, type Service } from './support/service';
import { type Case, type Cases, casesIn } from './support/ways';

let service: Service;
let cases: Cases;

beforeAll(async () => {
  service = await startService({ policies: policiesWith({ 'booking-horizon': { value: { days: 2000 }, version: 2 } }) });
  await seed(service);
  cases = casesIn(service);
});
afterAll(() => service.close());

type Asking = { readonly as?: readonly ['staff' | 'head', string]; readonly key?: string; readonly to?: string; readonly act?: string };
const ask = async ({ ticketId }: Case, { as: [role, person] = ['head', 's001'], key, to = 's003', act = 'reassign' }: Asking = {}) => {
  const { status, text } = await service.call('POST', `/api/v1/tickets/${ticketId}/${act}`, {
    token: await service.token(role, person),
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    body: { staffId: to, reason: 'Dosarul este acum acolo' },
  });
  return { status, text };
};

/** A meeting whose file has come to somebody of another department: the head may hand it on to them. */
const filedElsewhere = async (): Promise<Case> => {
  const { ports, context } = service;
  const one = await cases.scheduled();
  const told = { ...one.request, applicantName: 'Lăcătuș Andrei', departmentCode: '425', status: 'in-operation' } as const;
  mustBeDone(await registerRequest(ports)(context(), { ...told, handlerStaffId: 's003' }));
  return one;
};

describe('a hand-over that is asked for again under its key', () => {
  it('gets the answer that it got, though the meeting is another department’s by now', async () => {
    const one = await filedElsewhere();
    const first = await ask(one, { key: 'k-1' });
    expect(first.status).toBe(200);
    const end = await service.ports.store.end();
    expect(await ask(one, { key: 'k-1' })).toEqual(first);
    expect(await service.ports.store.end()).toBe(end);
  });

  it('is nobody else’s, of no other key, body or act, and no first one', async () => {
    const one = await filedElsewhere();
    const another = await cases.scheduled();
    expect((await ask(one, { key: 'k-2' })).status).toBe(200);
    const end = await service.ports.store.end();
    const others: readonly Asking[] = [
      {},
      { key: 'k-3' },
      { key: 'k-2', to: 's002' },
      { key: 'k-2', act: 'cancel' },
      { key: 'k-2', as: ['head', 's002'] },
      { key: 'k-2', as: ['staff', 's002'] },
    ];
    for (const other of others) expect((await ask(one, other)).status).toBe(403);
    // s003 has no file of it: neither the first time nor again
    for (const key of ['k-2', 'k-2', 'k-4', 'k-4']) expect((await ask(another, { key })).status).toBe(403);
    expect(await service.ports.store.end()).toBe(end);
  });

  it('is a reading like the first, where it shows what is personal', async () => {
    const { ports, context } = service;
    const { ticketId } = await cases.online();
    const link = { token: await service.token('staff', 's002'), body: { joinUrl: 'https://primaria.webex.com/meet/x' } };
    expect((await service.call('POST', `/api/v1/tickets/${ticketId}/meeting-link`, link)).status).toBeLessThan(300);
    const cancel = async () =>
      (
        await service.call('POST', `/api/v1/tickets/${ticketId}/cancel`, {
          token: await service.token('head', 's001'),
          headers: { 'idempotency-key': 'k-9' },
          body: { reason: 'illness' },
        })
      ).text;
    const readings = async (): Promise<number> => {
      let found = 0;
      for await (const { type } of ports.store.readAll()) if (type === 'PersonalDataRead') found += 1;
      return found;
    };
    const first = await cancel();
    expect(first).toContain('joinUrl');
    const shown = await readings();
    const { departmentCode } = staff.s001;
    mustBeDone(await registerStaff(ports)(context(), { ...staff.s001, departmentCode: '999' }));
    expect(await cancel()).toBe(first);
    expect(await readings()).toBe(shown + 1);
    mustBeDone(await registerStaff(ports)(context(), { ...staff.s001, departmentCode }));
  });

  it('is still theirs who heads nothing any more, and of nobody who has left', async () => {
    const { ports, context } = service;
    const one = await filedElsewhere();
    const another = await filedElsewhere();
    const first = await ask(one, { key: 'k-5' });
    mustBeDone(await registerStaff(ports)(context(), { ...staff.s001, role: 'executive' }));
    const end = await ports.store.end();
    for (const role of ['head', 'staff'] as const) expect(await ask(one, { key: 'k-5', as: [role, 's001'] })).toEqual(first);
    expect((await ask(another, { key: 'k-5' })).status).toBe(403);
    expect((await ask(one, { key: 'k-6' })).status).toBe(403);
    expect(await ports.store.end()).toBe(end);
    mustBeDone(await staffLeft(ports)(context(), { staffId: 's001', on: '2026-03-02' }));
    expect((await ask(one, { key: 'k-5' })).status).toBe(401);
  });
});

describe('C04: a form whose first sending was cut off before anything was written, and that is sent again under its key', () => {
  it.each([1, 26])('%d minutes later: a fact bears the instant of its command, and nobody has dated it back', async (minutes) => {
    const { own, again, sentAt } = await sentAgain(minutes);
    expect(again).toMatchObject({ status: 201, body: { status: 'scheduled' } });
    await own.settled();
    const { body } = await own.call('GET', `/api/v1/audit/tickets/${again.body.ticketId}`, { token: await own.token('auditor') });
    expect(body.checks.find(({ id }) => id === 'C04')).toMatchObject({ verdict: 'pass', grade: 'observed' });
    const ticket = await currentTicket(own.ports, again.body.ticketId);
    expect(ticket).toMatchObject({ requestedAt: sentAt });
  });

  it('an hour later: the search has run out, and nothing is written', async () => {
    const { own, again, before } = await sentAgain(60);
    expect(again.status).toBe(401);
    expect(await own.ports.store.end()).toBe(before);
  });

  /** The first sending reaches the log, and nobody ever hears of it again. */
  const sentAgain = async (minutes: number) => {
    const own = await startSeeded();
    const { ports } = own;
    const asked = { token: await bookingToken(own), headers: { 'idempotency-key': 'k-1' }, body: inPerson };
    const before = await ports.store.end();
    const reached = new Promise<void>((resolve) => {
      jest.spyOn(ports.store, 'append').mockImplementationOnce(() => {
        resolve();
        return new Promise(() => undefined);
      });
    });
    void own.call('POST', '/api/v1/tickets', asked);
    await reached;
    const sentAt = ports.clock.now();
    ports.clock.set(plusMinutes(sentAt, minutes));
    return { own, sentAt, before, again: await own.call('POST', '/api/v1/tickets', asked) };
  };
});
