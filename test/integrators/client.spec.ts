import createClient, { type Client } from 'openapi-fetch';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { components, paths } from '../../src/client';
import { startService, type Service } from '../http/support/service';

const root = join(__dirname, '../..');

const made = (document: string): string =>
  execFileSync(process.execPath, ['node_modules/openapi-typescript/bin/cli.js', document], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 10 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });

describe('the types of the client', () => {
  it('are made of openapi.json as it is (npm run client writes them anew)', () => {
    expect(readFileSync(join(root, 'src/client/routes.ts'), 'utf8')).toBe(made('openapi.json'));
  });
});

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
  afterAll(() => service.close());

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
    const problem: components['schemas']['ProblemShown'] | undefined = error;
    expect(response.status).toBe(404);
    expect(problem).toMatchObject({ code: 'request-not-found', status: 404 });
  });

  it('does not compile with a route or a field that is not there', () => {
    // @ts-expect-error no such route
    const noRoute = () => client.GET('/api/v1/nothing');
    // @ts-expect-error no such field
    const noField = () => client.POST('/api/v1/tickets/{id}/verification', { params: { path: { id: '' } }, body: { kod: '1' } });
    expect([typeof noRoute, typeof noField]).toEqual(['function', 'function']);
  });
});
