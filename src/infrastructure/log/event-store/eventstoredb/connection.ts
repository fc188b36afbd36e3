import type { Channel } from '@grpc/grpc-js';
import type { BaseOptions } from '@eventstore/db-client';
import { inBoth } from '../../../phrasing/sentences';
import { type Address, addressOf, unusable } from './address';
import { ClientGivenUp } from './outage';
import { StubClient } from './stub-client';
import { type Unreachable, whyUnreachable } from './why-unreachable';

/** States of a channel, as gRPC numbers them. */
const [ready, shutDown] = [2, 4];

/** @throws EventStoreDbUnusable */
const clientFor = ({ url }: Address): StubClient => {
  try {
    return StubClient.of(url);
  } catch {
    throw unusable(inBoth.unusable.eventStoreDb.unusable({ why: inBoth.unusable.eventStoreDb.form }));
  }
};

/**
 * The one client of this process, and its successor when it is of no use any more: some failures stay in a client for its whole life.
 *
 * The client's own shared call for appends is never used: it has no time limit; a failure in one place rejects the appends of all clients of
 * the process, and an answer that comes after that is an exception nobody can catch. It would also compare an instant of our clock with the
 * server's, and remember for ever that it could not ask what the server offers.
 */
export class Connection {
  private readonly address: Address;
  private client: StubClient | undefined;
  private readonly users = new Set<(error: Error) => void>();
  private closed = false;
  private watched: Channel | undefined;
  private cut = false;

  /** @param url esdb://… or esdb+discover://… @throws EventStoreDbUnusable for one that cannot be used; nobody is called yet */
  constructor(url: string) {
    this.address = addressOf(url);
    this.client = clientFor(this.address);
  }

  /** For every call: who asks, and that the leader answers: a follower may not know yet what was acknowledged. */
  get asUser(): BaseOptions {
    const { credentials } = this.address;
    return { ...(credentials && { credentials }), requiresLeader: true };
  }

  /** For sentences; without user and password. */
  get hosts(): string {
    return this.address.hosts;
  }

  /** Tried without the client, which tells every cause in the same words. @returns undefined where one of the hosts can be reached */
  whyUnreachable(milliseconds: number): Promise<Unreachable | undefined> {
    return whyUnreachable(this.address, milliseconds);
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** @throws ClientGivenUp after `close` */
  current(): StubClient {
    if (this.closed) throw new ClientGivenUp('This event store is closed.');
    this.client ??= clientFor(this.address);
    return this.client;
  }

  /**
   * Listens, from now on, whether the connection in use is lost: also while nobody uses it, for the next call makes another one without a
   * word, and behind that another log may stand.
   */
  async watch(): Promise<void> {
    const channel = await this.client?.channel().catch(() => undefined);
    if (channel === undefined || channel === this.watched) return;
    this.watched = channel;
    this.cut = true;
    this.listen(channel);
  }

  private listen(channel: Channel): void {
    const state = channel.getConnectivityState(false);
    const number: number = state;
    if (number === shutDown) return;
    channel.watchConnectivityState(state, Infinity, () => {
      if (number === ready) this.cut = true;
      this.listen(channel);
    });
  }

  /** Whether it was lost since this was asked last. */
  wasCut(): boolean {
    const { cut } = this;
    this.cut = false;
    return cut;
  }

  /** Whoever waits for a client hears when it is given up, which the client itself does not say. @returns ends it */
  whenGivenUp(tell: (error: Error) => void): () => void {
    this.users.add(tell);
    return () => this.users.delete(tell);
  }

  /** The next call takes a new client, unless somebody has already seen to that. */
  giveUp(client: StubClient): void {
    if (this.client !== client) return;
    this.client = undefined;
    for (const tell of [...this.users]) tell(new ClientGivenUp('The client was given up.'));
    // there may be no connection
    client.hangUp().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.closed = true;
    const { client } = this;
    if (!client) return;
    this.giveUp(client);
    await client.dispose();
  }
}
