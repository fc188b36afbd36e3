import createClient, { type Client } from 'openapi-fetch';
import { setTimeout as sleep } from 'node:timers/promises';
import type { components, paths } from '../../src/client';
import { startService, type Service } from '../http/support/service';

describe('a client that knows nothing but the types', () => {
  let service: Service;
  let client: Client<paths>;
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  /** What the answer holds. @throws the problem as it was told, where it is one */
  const data = <T>({ data: answer, error }: { data?: T; error?: unknown }): T => {
    if (answer === undefined) throw new Error(JSON.stringify(error));
    return answer;
  };

  beforeAll(async () => {
    service = await startService({}, { processes: true });
    await service.app.listen({ port: 0, host: '127.0.0.1' });
    client = createClient<paths>({ baseUrl: await service.app.getUrl() });
  });

  /** The code, once the processes have sent the letter. */
  const code = async (): Promise<string> => {
    for (;;) {
      const found = service.ports.mailer.letters.map(({ text }) => /^\d{6}$/mu.exec(text)?.[0]).find((text) => text !== undefined);
      if (found !== undefined) return found;
      await sleep(10);
    }
  };

  it('books, moves and cancels a meeting', async () => {
    const admin = bearer(await service.token('admin'));
    const department = { department: 'Autorizări', departmentCode: '425' };
    const person = { ...department, name: 'Levente Fodor', role: 'executive', email: 'f02@primarie.example' } as const;
    const put = await client.PUT('/api/v1/staff/{id}', { params: { path: { id: 'f02' } }, body: person, ...admin });
    expect(put.response.status).toBe(200);
    const registered = { ...department, applicantName: 'Țurcanu Ștefan', handlerStaffId: 'f02', status: 'in-operation' } as const;
    const path = { number: '300117', filedOn: '2026-02-02' };
    await client.PUT('/api/v1/requests/{number}/{filedOn}', { params: { path }, body: registered, ...admin });

    const asked = { requestNumber: '300117', applicantName: 'Stefan Turcanu', filedOn: '2026-02-02' };
    const found = data(await client.POST('/api/v1/requests/lookup', { body: asked }));
    expect(found.meetWith.name).toBe('Levente Fodor');
    const booking = bearer(found.bookingToken);

    const week = { from: '2026-03-04', to: '2026-03-06' };
    const { slots } = data(await client.GET('/api/v1/slots', { params: { query: week }, ...booking }));
    const [first, second] = slots.map(({ startsAt }) => startsAt);
    if (first === undefined || second === undefined) throw new Error('no slots');

    const wanted = { startsAt: first, mode: 'in-person', email: 'stefan@exemplu.ro', locale: 'ro' } as const;
    const { ticketId: id, manageToken, status } = data(await client.POST('/api/v1/tickets', { body: wanted, ...booking }));
    expect(status).toBe('awaiting-code');
    const manage = { params: { path: { id } }, ...bearer(manageToken) };
    const verified = data(await client.POST('/api/v1/tickets/{id}/verification', { ...manage, body: { code: await code() } }));
    expect(verified).toMatchObject({ status: 'scheduled', slot: { startsAt: first } });

    const moved = data(await client.POST('/api/v1/tickets/{id}/reschedule', { ...manage, body: { startsAt: second } }));
    expect(moved.slot.startsAt).toBe(second);
    const shown = data(await client.GET('/api/v1/tickets/{id}', manage));
    expect(shown.allowed).toContain('cancel');
    const cancelled = data(await client.POST('/api/v1/tickets/{id}/cancel', { ...manage, body: {} }));
    expect(cancelled.status).toBe('cancelled');
  });

  it('reads a refusal as a problem, with its code and its article', async () => {
    const asked = { requestNumber: '1', applicantName: 'Nimeni Altul', filedOn: '2026-02-02' };
    const { error, response } = await client.POST('/api/v1/requests/lookup', { body: asked });
    const problem: components['schemas']['RequestNotFoundProblem'] | undefined = error?.code === 'request-not-found' ? error : undefined;
    expect(response.status).toBe(404);
    expect(problem).toMatchObject({ code: 'request-not-found', status: 404 });
  });

  it('reads the verdict of the first ticket of the audit trail by its type', async () => {
    const auditor = bearer(await service.token('auditor'));
    await service.settled();
    const { tickets } = data(await client.GET('/api/v1/audit/tickets', { params: { query: {} }, ...auditor }));
    const overall: 'pass' | 'fail' | 'pending' | undefined = tickets[0]?.overall;
    expect(['pass', 'fail', 'pending']).toContain(overall);
    // @ts-expect-error no such verdict
    const never: 'perhaps' | undefined = tickets[0]?.overall;
    expect(never).toBe(overall);
  });

  it('tells the refusals of an operation apart by their codes, each with its own members', async () => {
    const { error } = await client.POST('/api/v1/tickets', { body: { startsAt: '2026-03-05T08:00:00.000Z', mode: 'phone' } });
    if (error?.code === 'slot-taken') expect(error.alternatives).toEqual([]);
    // @ts-expect-error only of another code
    if (error?.code === 'too-soon') expect(error.alternatives).toBeUndefined();
    expect(error?.code).toBe('unauthenticated');
  });

  it('does not compile with a route or a field that is not there', () => {
    // @ts-expect-error no such route
    const noRoute = () => client.GET('/api/v1/nothing');
    // @ts-expect-error no such field
    const noField = () => client.POST('/api/v1/tickets/{id}/verification', { params: { path: { id: '' } }, body: { kod: '1' } });
    expect([typeof noRoute, typeof noField]).toEqual(['function', 'function']);
  });
});
