import type { Credentials, EventStoreDBClient } from '@eventstore/db-client';
import { type Address, addressOf, clientFor } from './address';
import { ClientGivenUp } from './outage';

/**
 * The one client of this process, and its successor when it is of no use any more: some failures stay in a client for its whole life.
 *
 * Appends go one call each. The client's other way, one shared call for the appends of all clients of the process, has no time limit
 * of its own; a failure in one place rejects the appends of all, and an answer that comes after that is an exception nobody can catch.
 * It would also compare an instant of our clock with the server's, and remember for ever that it could not ask what the server offers.
 */
export class Connection {
  private readonly address: Address;
  private client: EventStoreDBClient | undefined;
  private readonly users = new Set<(error: Error) => void>();
  private closed = false;

  /** @param url esdb://… or esdb+discover://… @throws EventStoreDbUnusable for one that cannot be used; nobody is called yet */
  constructor(url: string) {
    this.address = addressOf(url);
    this.client = withOneCallAnAppend(clientFor(this.address));
  }

  /** For every call: who asks. */
  get asUser(): { readonly credentials?: Credentials } {
    const { credentials } = this.address;
    return credentials ? { credentials } : {};
  }

  /** For sentences; without user and password. */
  get hosts(): string {
    return this.address.hosts;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** @throws ClientGivenUp after `close` */
  current(): EventStoreDBClient {
    if (this.closed) throw new ClientGivenUp('This event store is closed.');
    this.client ??= withOneCallAnAppend(clientFor(this.address));
    return this.client;
  }

  /** Whoever waits for a client hears when it is given up, which the client itself does not say. @returns ends it */
  whenGivenUp(tell: (error: Error) => void): () => void {
    this.users.add(tell);
    return () => this.users.delete(tell);
  }

  /** The next call takes a new client, unless somebody has already seen to that. */
  giveUp(client: EventStoreDBClient): void {
    if (this.client !== client) return;
    this.client = undefined;
    for (const tell of [...this.users]) tell(new ClientGivenUp('The client was given up.'));
    void hangUp(client);
  }

  async close(): Promise<void> {
    this.closed = true;
    const { client } = this;
    if (!client) return;
    this.giveUp(client);
    await client.dispose();
  }
}

const withOneCallAnAppend = (client: EventStoreDBClient): EventStoreDBClient => {
  // decides between one call an append and the shared one; nothing else here asks it
  Object.defineProperty(client, 'supports', { value: () => Promise.resolve(false) });
  return client;
};

/** Ends the calls, and the connection as well, which the client's own `dispose` leaves open, with its pings, as long as the process lives. */
const hangUp = async (client: EventStoreDBClient): Promise<void> => {
  try {
    await client.dispose();
    const channelOf: unknown = Reflect.get(client, 'getChannel');
    if (typeof channelOf !== 'function') return;
    const channel: unknown = await Reflect.apply(channelOf, client, []);
    if (canClose(channel)) channel.close();
  } catch {
    // there was no connection
  }
};

const canClose = (channel: unknown): channel is { close(): void } =>
  typeof channel === 'object' && channel !== null && 'close' in channel && typeof channel.close === 'function';
