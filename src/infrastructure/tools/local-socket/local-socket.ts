import { Inject, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { EventLogCorrupt } from '@tichet-albastru/event-log/ports/event-store';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken } from '../../nest/tokens';
import { inBoth } from '../../phrasing/sentences';
import { damageWords } from '../../proof/fault-words';
import { answerLine, requestOf, type SocketAnswer, type SocketRequest, socketPath } from './socket';
import { performInService } from './socket-service';

/** An import of a whole register fits; nothing endless does. */
const longestRequest = 256 * 1024 * 1024;

const notUnderstood: SocketAnswer = { exit: 1, value: { code: 'not-understood' }, ...inBoth.socket.serveLocalSocket.notUnderstood };
const failed: SocketAnswer = { exit: 1, value: { code: 'failed' }, ...inBoth.socket.serveLocalSocket.failed };

const failureOf = (error: unknown): SocketAnswer =>
  error instanceof EventLogCorrupt && error.damage ? { exit: 6, value: { code: 'record-damaged' }, ...damageWords(error.damage) } : failed;

type Perform = (request: SocketRequest, user: string) => Promise<SocketAnswer>;

const answerOne = async (socket: Socket, perform: Perform, onFailure: (error: unknown) => void): Promise<void> => {
  let received = 0;
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > longestRequest) socket.destroy();
  });
  const lines = createInterface({ input: socket, crlfDelay: Infinity });
  for await (const line of lines) {
    const asked = requestOf(line);
    let answer = notUnderstood;
    try {
      if (asked !== undefined) answer = await perform(asked.request, asked.user);
    } catch (error) {
      onFailure(error);
      answer = failureOf(error);
    }
    if (!socket.destroyed) socket.write(answerLine(answer));
  }
  socket.end();
};

/**
 * Takes requests of the command line beside the service: one JSON line each, one JSON line back, on a socket that only the owner of the
 * data folder can open. The caller has the folder's lock, so a socket that stands there is a dead one.
 */
export const serveLocalSocket = async (
  folder: string,
  perform: Perform,
  onFailure: (error: unknown) => void,
): Promise<{ close(): Promise<void> }> => {
  const path = socketPath(folder);
  rmSync(path, { force: true });
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    answerOne(socket, perform, onFailure).catch(() => {
      socket.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroySoon();
      }),
  };
};

type LocalSocket = Awaited<ReturnType<typeof serveLocalSocket>>;

/** The socket of an installation; of one in memory there is nothing that a command could reach. */
export const openLocalSocket = (opened: OpenedPorts): Promise<LocalSocket | undefined> => {
  const { settings, ports } = opened;
  if (settings.eventStore === 'memory') return Promise.resolve(undefined);
  return serveLocalSocket(
    settings.dataDirectory,
    (request, user) => performInService(opened, request, user),
    (error) => {
      ports.logger.error('local-socket.failed', { kind: error instanceof Error ? error.name : 'unknown' });
    },
  );
};

/** Beside the module of the blue ticket in a host's application: `tichet` reaches it through its data folder, as it reaches the service. */
@Module({})
export class LocalSocketModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #socket: LocalSocket | undefined;

  constructor(@Inject(openedToken) private readonly opened: OpenedPorts) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#socket = await openLocalSocket(this.opened);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#socket?.close();
  }
}
