import type { SettingFault } from '../../config/setting';
import type { Settings } from '../../config/settings';
import { serve, type RunningService } from '../../service/serve';
import { performInService } from './socket-service';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { answerLine, requestOf, type SocketAnswer, type SocketRequest, socketPath } from './socket';
import { inBoth } from '../../phrasing/sentences';

/** An import of a whole register fits; nothing endless does. */
const longestRequest = 256 * 1024 * 1024;

const notUnderstood: SocketAnswer = { exit: 1, value: { code: 'not-understood' }, ...inBoth.socket.serveLocalSocket.notUnderstood };
const failed: SocketAnswer = { exit: 1, value: { code: 'failed' }, ...inBoth.socket.serveLocalSocket.failed };

type Perform = (request: SocketRequest) => Promise<SocketAnswer>;

const answerOne = async (socket: Socket, perform: Perform, onFailure: (error: unknown) => void): Promise<void> => {
  let received = 0;
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > longestRequest) socket.destroy();
  });
  const lines = createInterface({ input: socket, crlfDelay: Infinity });
  for await (const line of lines) {
    const request = requestOf(line);
    let answer = notUnderstood;
    try {
      if (request !== undefined) answer = await perform(request);
    } catch (error) {
      onFailure(error);
      answer = failed;
    }
    if (!socket.destroyed) socket.write(answerLine(answer));
  }
  socket.end();
};

/**
 * Takes requests of the command line beside the service: one JSON line each, one JSON line back, on a socket that only the
 * owner of the data folder can open. Whoever calls this has the folder's lock, so a socket that stands there is a dead one.
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

/** The service, with the socket through which the command line reaches it. */
export const serveWithSocket = async (settings: Settings, notices: readonly SettingFault[] = []): Promise<RunningService> => {
  const service = await serve(settings, notices);
  const { ports } = service.opened;
  if (settings.eventStore === 'memory') return service;
  const socket = await serveLocalSocket(
    settings.dataDirectory,
    (request) => performInService(service.opened, request),
    (error) => {
      ports.logger.error('local-socket.failed', { kind: error instanceof Error ? error.name : 'unknown' });
    },
  );
  return {
    ...service,
    stop: async () => {
      await socket.close();
      await service.stop();
    },
  };
};
