import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { closeQuietly } from '../../src/infrastructure/api/quiet-turn';
import { startService } from './support/service';

/** Every turn of the loop takes so long: 0, and each is quiet and half a second never over. */
const turnsTake = (milliseconds: number): void => {
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => (now += milliseconds));
};
afterEach(() => {
  jest.restoreAllMocks();
});

const request = 'GET /health/live HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n';
const anAnswer = expect.stringMatching(/^HTTP\/1.1 200 /) as string;

/** Somebody who connects, and what comes back. */
const callerOf = (server: Server) => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let said = '';
  socket.on('data', (chunk: Buffer) => (said += chunk.toString())).on('error', (error) => (said += error.message));
  const comesBack = new Promise<string>((done) => {
    socket.on('close', () => {
      done(said);
    });
  });
  return { socket, comesBack };
};

/** Somebody whose connection was taken, and who has not said anything yet. */
const silentAt = async (server: Server) => {
  const caller = callerOf(server);
  const [taken] = (await once(server, 'connection')) as [Socket];
  return { ...caller, taken };
};

const listening = async (equipped: (app: FastifyInstance) => void): Promise<FastifyInstance> => {
  const app = fastify({ return503OnClosing: false });
  equipped(app);
  app.get('/health/live', () => Promise.resolve(''));
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app;
};

/** What comes back to so many whose connections the kernel has taken, and nobody here yet, when this is closed. */
const answered = async (callers: number, app: FastifyInstance): Promise<readonly string[]> => {
  // comes back where a signal does, too: right before the turn ends, and no connection is taken any more in it
  await stat(__filename);
  const all = Array.from({ length: callers }, () => callerOf(app.server));
  for (const { socket } of all) socket.write(request);
  // the connections are asked for of the kernel in this tick
  await new Promise((done) => {
    process.nextTick(done);
  });
  await app.close();
  return Promise.all(all.map(({ comesBack }) => comesBack));
};

describe('a listener that is closed', () => {
  it.each([1, 20])('after a quiet turn answers those who were connected already: %d', async (callers) => {
    turnsTake(0);
    expect(await answered(callers, await listening(closeQuietly))).toEqual(Array.from({ length: callers }, () => anAnswer));
  });

  it('at once resets them', async () => {
    expect(await answered(1, await listening(() => undefined))).toEqual([expect.stringMatching(/ECONNRESET/)]);
  });

  it('leaves those connected who were taken, until they have said what they want', async () => {
    turnsTake(0);
    const app = await listening(closeQuietly);
    const { socket, comesBack } = await silentAt(app.server);
    const closed = app.close();
    for (let turns = 0; turns < 200; turns += 1) await turn();
    const { listening: listensOn } = app.server;
    socket.write(request);
    expect([listensOn, await comesBack]).toEqual([false, anAnswer]);
    await closed;
  });

  /** When it goes on after the listener was closed and everybody heard, by the clock of the test. */
  const waitsUntil = async (isSomebodySilent: boolean): Promise<number> => {
    let waited = 0;
    const app = await listening((equipped) => {
      closeQuietly(equipped);
      equipped.addHook('preClose', () => {
        waited = performance.now();
        return Promise.resolve();
      });
    });
    const silent = isSomebodySilent ? await silentAt(app.server) : undefined;
    const closed = app.close();
    while (waited === 0) await turn();
    silent?.socket.destroy();
    await closed;
    return waited;
  };

  it('waits half a second, and no longer, while there is much to do or one says nothing', async () => {
    turnsTake(0.1);
    expect(await waitsUntil(false)).toBeLessThan(100);
    turnsTake(0.1);
    expect(await waitsUntil(true)).toBeGreaterThan(500);
    turnsTake(1);
    expect(await waitsUntil(false)).toBeGreaterThan(500);
  });
});

it('a service that stops begins nothing while it waits for a quiet turn, and then answers', async () => {
  turnsTake(0.31);
  const { app } = await startService();
  await app.listen({ port: 0, host: '127.0.0.1' });
  const server: Server = app.getHttpServer();
  const stopped = app.close();
  const { socket, taken, comesBack } = await silentAt(server);
  socket.write(request);
  for (let turns = 0; turns < 200; turns += 1) await turn();
  const meanwhile = [server.listening, taken.bytesRead, socket.bytesRead];
  turnsTake(0);
  expect(await comesBack).toEqual(anAnswer);
  expect(meanwhile).toEqual([true, request.length, 0]);
  await stopped;
});
