import { EventStoreDBClient } from '@eventstore/db-client';
import { StubClient } from '../../../src/infrastructure/log/event-store/eventstoredb/stub-client';

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
