import { Server, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** A turn of the loop this short, in milliseconds, found next to nothing to do. */
const quiet = 0.3;
const patience = 500;

/** Comes back in the turn of the event loop after which this is so, or in half a second. It is told how long the turn took. */
const turnUntil = async (isSo: (took: number) => boolean): Promise<void> => {
  const end = performance.now() + patience;
  for (let began = performance.now(); ; began = performance.now()) {
    await turn();
    const now = performance.now();
    if (isSo(now - began) || now > end) return;
  }
};

/**
 * Has this server close its listener right after a quiet turn, because that resets the connections that the kernel took and we did not, and a proxy must
 * not send again what it has already written to one. A turn takes one of them; what is asked meanwhile waits, or no turn would be quiet. The listener is
 * closed by itself, and what is connected says what it wants before the rest is: from 26.4 on that ends who has said nothing yet (nodejs/node#63470).
 */
export const closeQuietly = (fastify: FastifyInstance): void => {
  const { server } = fastify;
  const open = new Set<Socket>();
  let hasTaken = false;
  let isClosed: Promise<void> | undefined;
  server.on('connection', (socket: Socket) => {
    hasTaken = true;
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  const closeListener = async (): Promise<void> => {
    await turn(); // this one may have begun before
    await turnUntil((took) => {
      const isQuiet = took < quiet && !hasTaken;
      hasTaken = false;
      return isQuiet;
    });
    Server.prototype.close.call(server);
  };
  fastify.addHook('onRequest', async () => isClosed);
  fastify.addHook('preClose', async () => {
    if (!server.listening) return;
    isClosed = closeListener();
    await isClosed;
    await turnUntil(() => [...open].every(({ bytesRead }) => bytesRead > 0));
  });
};
