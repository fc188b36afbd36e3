import { type Credentials, EventStoreDBClient } from '@eventstore/db-client';
import { inBoth, inEveryLanguage, type Sentence } from '../../../phrasing/sentences';
import { ClientGivenUp } from './outage';
import { EventStoreDbUnusable } from './eventstoredb-unusable';

const setting = 'TICHET_EVENTSTOREDB_URL';
const unusable = (why: Sentence): EventStoreDbUnusable =>
  new EventStoreDbUnusable(inEveryLanguage((locale) => `${setting} ${why[locale]}`));

/**
 * Of the client's options those that do what they say. `tlsVerifyCert` does nothing in this client, and with `throwOnAppendFailure=false`
 * a refused append would look like one that was made.
 */
const options = [
  'tls',
  'tlsCAFile',
  'userCertFile',
  'userKeyFile',
  'connectionName',
  'defaultDeadline',
  'discoveryInterval',
  'gossipTimeout',
  'maxDiscoverAttempts',
  'nodePreference',
  'keepAliveInterval',
  'keepAliveTimeout',
] as const;

/** As the client compares them. */
const flat = (name: string): string => name.trim().toLowerCase().replaceAll(/[-_]/g, '');
const known: ReadonlySet<string> = new Set(options.map(flat));

/** Where the server is, and who asks there. The client is given the address alone: it writes that out in warnings and in its own log. */
type Address = {
  /** without user and password */
  readonly url: string;
  /** the hosts, for sentences */
  readonly hosts: string;
  readonly credentials?: Credentials;
};

/** @throws EventStoreDbUnusable, which never repeats a part of the address where a password may stand */
const addressOf = (url: string): Address => {
  const {
    scheme = '',
    user,
    hosts = '',
    query = '',
  } = /^(?<scheme>esdb(?:\+discover)?:\/\/)(?:(?<user>[^?]*)@)?(?<hosts>[^?@]*)(?:\?(?<query>.*))?$/s.exec(url.trim())?.groups ?? {};
  if (scheme === '') throw unusable(inBoth.unusable.eventStoreDb.scheme);
  const chosen = query === '' ? [] : query.split('&').map((pair) => pair.split('='));
  if (!chosen.every(([name = '', value = '']) => known.has(flat(name)) && value !== ''))
    throw unusable(inBoth.unusable.eventStoreDb.option({ known: options.join(', ') }));
  const address = { url: `${scheme}${hosts}${query === '' ? '' : `?${query}`}`, hosts: hosts.replace(/\/+$/, '') };
  if (user === undefined) return address;
  if (chosen.some(([name = '', value = '']) => flat(name) === 'tls' && value.trim() === 'false'))
    throw unusable(inBoth.unusable.eventStoreDb.passwordWithoutTls);
  return { ...address, credentials: credentialsOf(user) };
};

const credentialsOf = (text: string): Credentials => {
  const colon = text.indexOf(':');
  try {
    if (colon > 0) return { username: decodeURIComponent(text.slice(0, colon)), password: decodeURIComponent(text.slice(colon + 1)) };
  } catch {
    // said below, without the text
  }
  throw unusable(inBoth.unusable.eventStoreDb.credentials);
};

/** @throws EventStoreDbUnusable */
const clientFor = ({ url }: Address): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(url);
  } catch (error) {
    const why = error instanceof Error && /certificate|userCertFile/i.test(error.message) ? error.message : '';
    throw unusable(inBoth.unusable.eventStoreDb.unusable({ why: why || inBoth.unusable.eventStoreDb.form }));
  }
};

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
