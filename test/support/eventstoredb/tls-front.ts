import { readFileSync } from 'node:fs';
import { connect, type Server, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { closing } from '../closing';
import type { Authority } from './certificate';

/** Listens on this machine until the test has ended, and then cuts who is still there. @returns the port */
export const listening = async (server: Server): Promise<number> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((heard) => {
    server.listen(0, '127.0.0.1', heard);
  });
  closing({
    end: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

/** TLS before a server that speaks without. @param told hears which name each client gives it, false for none @returns the port */
export const tlsBefore = (
  port: number,
  { certFile, keyFile }: ReturnType<Authority['certify']>,
  told?: (name: string | false | null) => void,
): Promise<number> => {
  const server = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile), ALPNProtocols: ['h2'] }, (near) => {
    told?.(near.servername);
    const far = connect(port, '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  server.on('tlsClientError', () => undefined);
  return listening(server);
};
