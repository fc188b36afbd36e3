import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endsByItself } from './closing';

/** A server on a port of its own, which may go down with all of its connections and come up there again. */
export const serveHttp = async (listener: RequestListener) => {
  const server = createServer(listener);
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  const down = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return endsByItself({ server, url: `http://127.0.0.1:${port}`, down, up: () => listen(port), close: down }, 'close');
};
