import { createConnection } from 'node:net';
import { socketPath } from './socket-path';

const patienceMilliseconds = 1000;

/** Whether somebody listens on the socket of this data folder. */
export const serviceAnswers = (folder: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(socketPath(folder));
    const end = (answers: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answers);
    };
    const timer = setTimeout(end, patienceMilliseconds, false);
    socket.once('connect', () => {
      end(true);
    });
    socket.once('error', () => {
      end(false);
    });
  });
