import { EventStoreDBClient } from '@eventstore/db-client';
import { createServer } from 'node:net';
import { EventStoreDbEventStore } from '../../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { StubClient } from '../../../../src/infrastructure/log/event-store/eventstoredb/stub-client';
import { closing, endsByItself } from '../../../support/closing';

/** How long grpc waits at most before it tries again to connect, on the channel that the client's calls take. */
const longestWait = async (client: EventStoreDBClient): Promise<unknown> => {
  const getChannel: unknown = Reflect.get(client, 'getChannel');
  if (typeof getChannel !== 'function') throw new TypeError('another client');
  const channel: object = await Reflect.apply(getChannel, client, []);
  const { options } = Reflect.get(channel, 'internalChannel');
  Reflect.apply(Reflect.get(channel, 'close'), channel, []);
  return options['grpc.max_reconnect_backoff_ms'];
};

/** Nothing is asked there. */
const url = 'esdb://127.0.0.1:1?tls=false';

it('a server that was away for long is asked again within two seconds', async () => {
  expect(await longestWait(StubClient.of(url))).toBe(2000);
});

it('by the client as it comes within two minutes, as grpc has it: the test would see it', async () => {
  expect(await longestWait(EventStoreDBClient.connectionString(url))).toBeUndefined();
});

/** A node that is away: whoever connects there is cut off, and counted. */
const nobody = async (): Promise<{ readonly port: number; readonly knocks: () => number }> => {
  let knocks = 0;
  const server = createServer((socket) => {
    knocks += 1;
    socket.on('error', () => undefined).destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  endsByItself({ close: () => new Promise((resolve) => server.close(resolve)) }, 'close');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens nowhere.');
  return { port: address.port, knocks: () => knocks };
};

it('every call asks every address of a cluster anew, however often nobody was there: of these grpc remembers no wait', async () => {
  const nodes = [await nobody(), await nobody(), await nobody()];
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
  // one round over the addresses for each call
  const store = closing(new EventStoreDbEventStore({ url: `esdb://${hosts}?tls=false&maxDiscoverAttempts=1&discoveryInterval=10` }));
  for (let call = 0; call < 12; call += 1) {
    const before = nodes.map(({ knocks }) => knocks());
    await expect(store.end()).rejects.toMatchObject({ code: 'no-leader' });
    expect(nodes.map(({ knocks }, index) => knocks() > (before[index] ?? 0))).toEqual([true, true, true]);
  }
});

it('of one address it does, and refuses a call without asking: the test would see it', async () => {
  const node = await nobody();
  const client = StubClient.of(`esdb://127.0.0.1:${node.port}?tls=false`);
  const stubs = await client.streams();
  const asks = async (): Promise<boolean> => {
    const before = node.knocks();
    await new Promise((resolve) => {
      stubs.waitForReady(Date.now() + 50, resolve);
    });
    return node.knocks() > before;
  };
  while (!(await asks()));
  while (await asks());
  await client.hangUp();
});
