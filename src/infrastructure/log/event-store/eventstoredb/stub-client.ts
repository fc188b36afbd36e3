import { isIP } from 'node:net';
import { type BaseOptions, convertToCommandError, EventStoreDBClient } from '@eventstore/db-client';
import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { StreamsClient, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { CallOptions, Channel, ClientReadableStream, Metadata } from '@grpc/grpc-js';
import { type Answer, answerOf } from './read-answer';

/**
 * The client with what it keeps for itself: the stubs that ship with it, on its own channel and with its own credentials. It cannot
 * filter a reading, and turns every event into a shape that nobody here wants.
 */
export class StubClient extends EventStoreDBClient {
  /** @throws what the client throws for an address or a certificate that cannot be used */
  static of(url: string): StubClient {
    // the client makes no instances of anything but itself
    const client: unknown = Object.setPrototypeOf(EventStoreDBClient.connectionString(url), StubClient.prototype);
    if (!(client instanceof StubClient)) throw new TypeError('The client of EventStoreDB is of another kind.');
    // decides between one call an append and the client's shared one; nothing else here asks it
    client.supports = () => Promise.resolve(false);
    const createChannel: unknown = Reflect.get(client, 'createChannel');
    if (typeof createChannel === 'function')
      Object.defineProperty(client, 'createChannel', { value: async () => impatient(await Reflect.apply(createChannel, client, [])) });
    return client;
  }

  /** The stubs on the channel of now. @throws where a cluster does not say who is in it */
  streams(): Promise<StreamsClient> {
    return this.execute(StreamsClient, 'streams', (stubs) => Promise.resolve(stubs));
  }

  /** The channel of now. @throws where a cluster does not say who is in it */
  channel(): Promise<Channel> {
    return this.getChannel();
  }

  /** For one call; without a time limit of its own, as the client reads. */
  callOf(asked: BaseOptions): [Metadata, CallOptions] {
    return this.callArguments(asked, { deadline: Infinity });
  }

  /** The stubs' own call, but for what is made of the answers. */
  read(stubs: StreamsClient, request: ReadReq, asked: BaseOptions): ClientReadableStream<Answer> {
    const { path, requestSerialize } = StreamsService.read;
    return stubs.makeServerStreamRequest(path, requestSerialize, answerOf, request, ...this.callOf(asked));
  }

  /** Lets the client leave a channel that is lost, or that does not lead to the leader, as after a call of its own. */
  lost(stubs: StreamsClient, error: Error): Promise<void> {
    return this.handleError(stubs, error);
  }

  /** What a failed call of the stubs would have been as one of the client's own, which has seen to its channel by then. */
  async failureOf(stubs: StreamsClient, error: Error): Promise<Error> {
    try {
      await this.lost(stubs, error);
      return convertToCommandError(error);
    } catch {
      // one that says what it must not, such as a leader nowhere
      return error;
    }
  }

  /** The connection as well, with its pings, which the client's own `dispose` leaves open as long as the process lives. */
  async hangUp(): Promise<void> {
    await this.dispose();
    (await this.getChannel()).close();
  }
}

/** Longest wait of grpc before it tries again to connect, in milliseconds. */
const longestWait = 2000;

/**
 * The same channel that tries again soon. Otherwise each attempt that fails has grpc wait longer for the next one, up to two minutes, with
 * every call refused meanwhile: a server that was away for 200 s was found a minute and a half after its return.
 */
const impatient = (channel: unknown): unknown => {
  if (!isChannel(channel)) return channel;
  tellNoAddressAsName(channel);
  const { credentials, options } = channel.internalChannel;
  const own = { ...options, 'grpc.max_reconnect_backoff_ms': longestWait };
  const another: unknown = Reflect.construct(channel.constructor, [channel.getTarget(), credentials, own]);
  channel.close();
  return another;
};

const connectorOf = '_createSecureConnector';
/** No IP address is told as the name of a server (RFC 6066); grpc does so, and Node 26 then makes no connection. The certificate is checked as before. */
const tellNoAddressAsName = (channel: unknown): void => {
  if (!isChannel(channel)) return;
  const { credentials } = channel.internalChannel;
  const connector: unknown = Reflect.get(credentials, connectorOf);
  // all channels of a client share its credentials
  if (typeof connector !== 'function' || Object.hasOwn(credentials, connectorOf)) return;
  const value = (...asked: readonly unknown[]): unknown => {
    const made: unknown = Reflect.apply(connector, credentials, asked);
    const options = within(made, 'connectionOptions');
    if (isObject(options) && isIP(String(within(options, 'servername')))) Reflect.deleteProperty(options, 'servername');
    return made;
  };
  Object.defineProperty(credentials, connectorOf, { value });
};

// the client asks who is in a cluster over a channel of its own
const read: unknown = Reflect.get(GossipClient.prototype, 'read');
if (typeof read === 'function')
  Object.defineProperty(GossipClient.prototype, 'read', {
    value(this: GossipClient, ...asked: readonly unknown[]): unknown {
      tellNoAddressAsName(this.getChannel());
      return Reflect.apply(read, this, asked);
    },
  });

type Made = { readonly internalChannel: { readonly credentials: object; readonly options: object }; getTarget(): string; close(): void };

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const within = (place: unknown, name: string): unknown => (isObject(place) ? Reflect.get(place, name) : undefined);

/** As grpc makes them; a release that makes others is used as it is. */
const isChannel = (channel: unknown): channel is Made => {
  const inner = within(channel, 'internalChannel');
  return ['credentials', 'options'].every((name) => typeof within(inner, name) === 'object');
};
