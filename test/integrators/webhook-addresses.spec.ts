import { createServer } from 'node:net';
import { createReceiver, newSecret, type Receiver } from './support/receiver';
import { running, state } from './support/telling';
import { createTold, targetFor, type Told } from './support/told';
import { closing } from '../support/closing';

describe('where a target may lead', () => {
  // of the open internet by its form, and of nobody: such addresses are not given out
  const public1 = { address: '4000::1', family: 6 };
  const loopback = { address: '127.0.0.1', family: 4 };

  /** Tells the receiver under a public name, which the resolver leads where it wants. */
  const under = async (receiver: Receiver, resolve: () => Promise<readonly { address: string; family: number }[]>): Promise<Told> => {
    const { port } = new URL(receiver.url);
    const settings = targetFor(receiver, { url: `http://receiver.example:${port}/hook`, private: false });
    const told = await createTold([settings], { resolve });
    running(told);
    return told;
  };

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '0.0.0.0',
  ])('a public name that leads to %s is not gone to', async (address) => {
    const receiver = await createReceiver();
    const told = await under(receiver, () => Promise.resolve([{ address, family: address.includes(':') ? 6 : 4 }]));
    expect(await told.until(state('statistics', 'failing'))).toMatchObject([{ reason: 'ADDRESS_REFUSED' }]);
    expect(receiver.connections()).toBe(0);
  });

  it('DNS rebinding: a name that is public when looked at, and ours when connected to, is not gone to', async () => {
    const receiver = await createReceiver();
    let asked = 0;
    const told = await under(receiver, () => {
      asked += 1;
      return Promise.resolve([asked === 1 ? public1 : loopback]);
    });
    await told.until(state('statistics', 'failing'));
    for (let attempt = 1; attempt < 3; attempt += 1) {
      told.ports.clock.advance({ seconds: 3700 });
      await told.until(([one]) => (one?.attempts ?? 0) > attempt);
    }
    expect(asked).toBe(3);
    expect(receiver.connections()).toBe(0);
  });

  it('a private address in the URL itself is not gone to either', async () => {
    const receiver = await createReceiver();
    const told = await createTold([targetFor(receiver, { private: false })]);
    running(told);
    expect(await told.until(state('statistics', 'failing'))).toMatchObject([{ reason: 'ADDRESS_REFUSED' }]);
    expect(receiver.connections()).toBe(0);
  });

  it('catches a guard that looks at the name first and lets the socket look again', async () => {
    const receiver = await createReceiver();
    let asked = 0;
    const resolve = () => {
      asked += 1;
      return Promise.resolve(asked === 1 ? public1 : loopback);
    };
    // the broken variant: checked with one answer, connected with the next
    const checked = await resolve();
    expect(checked).toEqual(public1);
    const { address } = await resolve();
    const probe = await fetch(receiver.url.replace('127.0.0.1', address), { method: 'POST', body: '' });
    expect(probe.status).toBe(204);
    expect(receiver.connections()).toBe(1);
  });

  it('what speaks no HTTP at all is a failure like another', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('SSH-2.0-OpenSSH\r\n', () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    closing({ end: () => new Promise((resolve) => server.close(resolve)) });
    const told = await createTold([targetFor({ url: `http://127.0.0.1:${String(port)}/`, secret: newSecret() })]);
    running(told);
    expect(await told.until(state('statistics', 'failing'))).toMatchObject([{ attempts: 1 }]);
  });
});
