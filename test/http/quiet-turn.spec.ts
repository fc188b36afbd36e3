import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { quietTurn } from '../../src/infrastructure/api/quiet-turn';

/** What comes back to somebody whose connection the kernel has taken, and nobody here yet, when the listener is closed after this. */
const answered = async (before: () => Promise<void>): Promise<string> => {
  const server = createServer((_, response) => response.end('answered')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let said = '';
  socket.on('data', (chunk: Buffer) => (said += chunk.toString())).on('error', (error) => (said += error.message));
  socket.write('POST / HTTP/1.1\r\nhost: here\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}');
  const ended = new Promise((done) => {
    socket.on('close', done);
  });
  // the connection is asked for of the kernel in this tick
  await new Promise((done) => {
    process.nextTick(done);
  });
  await before();
  server.close();
  await ended;
  return said;
};

describe('a listener that is closed', () => {
  it('after a quiet turn answers whoever was connected already', async () => {
    expect(await answered(quietTurn)).toMatch(/^HTTP\/1.1 200 [^]*answered/);
  });

  it('at once resets them', async () => {
    expect(await answered(() => Promise.resolve())).toMatch(/ECONNRESET/);
  });
});
