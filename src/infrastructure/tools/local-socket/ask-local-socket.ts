import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { errorCode } from '../../runtime/error-code';
import { answerOf, requestLine, type SocketAnswer, type SocketRequest } from './protocol';
import { socketPath } from './socket-path';
import { inBoth } from '../../phrasing/sentences';

const cutOff: SocketAnswer = { exit: 1, value: { code: 'cut-off' }, ...inBoth.socket.askLocalSocket.cutOff };

/** Asks the service that has this data folder. `undefined`: there is none. */
export const askLocalSocket = (folder: string, request: SocketRequest): Promise<SocketAnswer | undefined> =>
  new Promise((resolve, reject) => {
    const socket = createConnection(socketPath(folder));
    socket.once('connect', () => {
      socket.write(requestLine(request));
      const lines = createInterface({ input: socket, crlfDelay: Infinity });
      lines.once('line', (line) => {
        resolve(answerOf(line) ?? cutOff);
        socket.end();
      });
      lines.once('close', () => {
        resolve(cutOff);
      });
    });
    socket.once('error', (error) => {
      const nobody = ['ENOENT', 'ECONNREFUSED', 'ENOTDIR'].includes(errorCode(error) ?? '');
      if (nobody) resolve(undefined);
      else if (errorCode(error) === 'ECONNRESET' || errorCode(error) === 'EPIPE') resolve(cutOff);
      else reject(error);
    });
  });
