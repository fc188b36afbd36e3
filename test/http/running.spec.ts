import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest, Agent } from 'node:http';
import { createApplication } from '../../src/infrastructure/service/application';
import { localTokens } from '../../src/infrastructure/outside/identity/local-tokens';
import { createTestPorts } from '../../src/infrastructure/testing/test-ports';
import { bookingToken, inPerson, lookupBody, seed, startSeeded, startService, type Service } from './support/service';
import { closing } from '../support/closing';

const tokenKey = new Uint8Array(32).fill(5);

/** The service on a real socket, over ports that a test may hold back. */
const listening = async (service: Service): Promise<{ port: number }> => {
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  return { port: Number(new URL(await service.app.getUrl()).port) };
};

const readAll = async (socket: Socket): Promise<string> => {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
};

describe('a running service', () => {
  it('is ready once the tables have read the log as it stood at the start, not before', async () => {
    const first = await startService();
    await seed(first);
    const { ports } = first;
    await first.close();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const behind = createTestPorts({ ...ports, readModels: createTestPorts().readModels });
    const commit = behind.rows.commit.bind(behind.rows);
    behind.rows.commit = async (changes) => {
      await held;
      return commit(changes);
    };
    const app = closing(
      await createApplication({
        ports: { ...behind, tokenKey },
        processes: false,
      }),
    );
    const ready = async (): Promise<number> => (await app.inject({ url: '/health/ready' })).statusCode;
    expect(await ready()).toBe(503);
    expect((await app.inject({ url: '/health/live' })).statusCode).toBe(200);
    release();
    expect(await behind.readModels.reached(await behind.store.end(), 600_000)).toBe(true);
    expect(await ready()).toBe(200);
  });

  it('Tichet-After waits for the tables, and says "later" for a position that does not come', async () => {
    const service = await startSeeded();
    const made = await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
    const token = await service.token('staff', 's002');
    const calendar = '/api/v1/calendar?from=2026-03-01&to=2026-03-31';
    const seen = await service.call('GET', calendar, { token, headers: { 'tichet-after': String(made.headers['tichet-position']) } });
    expect(seen.body.meetings).toHaveLength(1);
    service.ports.readModels.reached = () => Promise.resolve(false);
    const never = await service.call('GET', calendar, { token, headers: { 'tichet-after': '99999999999999999999' } });
    expect(never).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(never.headers['retry-after']).toBe('1');
    expect((await service.call('GET', calendar, { token, headers: { 'tichet-after': 'a b' } })).body.errors).toMatchObject([
      { field: 'Tichet-After' },
    ]);
  });

  it('finishes what is under way and completes open streams when it stops', async () => {
    const service = await startSeeded();
    const { port } = await listening(service);
    const token = await service.token('staff', 's002');

    const stream = connect(port, '127.0.0.1');
    stream.write(`GET /api/v1/calendar/live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    const told = readAll(stream);
    await once(stream, 'data');
    const booking = await bookingToken(service);
    const { ticketId } = (await service.call('POST', '/api/v1/tickets', { token: booking, body: inPerson })).body;
    await service.settled();

    let release: () => void = () => undefined;
    const started = new Promise<void>((resolve) => {
      const open = service.ports.personalData.open.bind(service.ports.personalData);
      service.ports.personalData.open = async (text) => {
        resolve();
        await new Promise<void>((go) => {
          release = go;
        });
        return open(text);
      };
    });
    const slow = connect(port, '127.0.0.1');
    const body = JSON.stringify(lookupBody);
    slow.write(
      `POST /api/v1/requests/lookup HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
    );
    const answered = readAll(slow);
    await started;
    const closing = service.close();
    release();
    await closing;
    expect(await answered).toMatch(/^HTTP\/1\.1 409 /);
    expect(await told).toContain(`event: changed\ndata: {"ticketId":"${ticketId}"`);
  });

  it('does not wait for ever for headers that do not come', async () => {
    const ports = createTestPorts();
    const app = closing(await createApplication({ ports: { ...ports, tokenKey }, processes: false }, { headers: 200 }));
    await app.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect(Number(new URL(await app.getUrl()).port), '127.0.0.1');
    socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    expect(await readAll(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('refuses a header given twice where only one can be meant', async () => {
    const service = await startService();
    const { port } = await listening(service);
    const agent = new Agent();
    const sent = httpRequest({
      port,
      host: '127.0.0.1',
      path: '/api/v1/tasks',
      agent,
      headers: ['Authorization', 'Bearer a', 'Authorization', 'Bearer b', 'Host', 'x'],
    });
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(401);
    agent.destroy();
    await service.close();
  });

  it('counts by route template, with no id and no person in any number', async () => {
    const service = await startSeeded();
    const { ticketId, manageToken } = (
      await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson })
    ).body;
    await service.call('GET', `/api/v1/tickets/${ticketId}?x=andrei@exemplu.ro`, { token: manageToken });
    const { text, headers } = await service.call('GET', '/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain('route="/api/v1/tickets/:id"');
    expect(text).not.toMatch(new RegExp(`${ticketId}|andrei|519073`));
  });

  it('a bug answers 500 without its words, and is journalled without them', async () => {
    const lines: unknown[] = [];
    const logger = { info: () => undefined, warn: () => undefined, error: (...line: unknown[]) => lines.push(line) };
    const service = await startSeeded({ logger });
    service.ports.personalData.open = () => Promise.reject(new Error('secret of andrei@exemplu.ro'));
    const answer = await service.call('POST', '/api/v1/requests/lookup', { body: lookupBody });
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(answer.text + JSON.stringify(lines)).not.toMatch(/secret|andrei/i);
    expect(lines[0]).toMatchObject(['http.failed', { method: 'POST', route: '/api/v1/requests/lookup', kind: 'Error' }]);
  });

  it('tokens of another installation open nothing', async () => {
    const service = await startService();
    const stranger = await localTokens(new Uint8Array(32).fill(9), service.ports.clock).official({ role: 'admin', person: 'p.admin' });
    expect((await service.call('GET', '/api/v1/parked', { token: stranger })).status).toBe(401);
    expect((await service.call('GET', '/api/v1/parked', { token: await service.token('admin') })).body).toEqual({ parked: [] });
  });
});
