import { type Credentials, EventStoreDBClient } from '@eventstore/db-client';
import { EventStoreDbUnusable } from './eventstoredb-unusable';

const setting = 'TICHET_EVENTSTOREDB_URL';
const unusable = (ro: string, en: string): EventStoreDbUnusable => new EventStoreDbUnusable(`${setting} ${ro} / ${setting} ${en}`);

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
export type Address = {
  /** without user and password */
  readonly url: string;
  /** the hosts, for sentences */
  readonly hosts: string;
  readonly credentials?: Credentials;
};

/** @throws EventStoreDbUnusable, which never repeats a part of the address where a password may stand */
export const addressOf = (url: string): Address => {
  const {
    scheme = '',
    user,
    hosts = '',
    query = '',
  } = /^(?<scheme>esdb(?:\+discover)?:\/\/)(?:(?<user>[^?]*)@)?(?<hosts>[^?@]*)(?:\?(?<query>.*))?$/s.exec(url.trim())?.groups ?? {};
  if (scheme === '') throw unusable(`trebuie să înceapă cu esdb:// sau esdb+discover://.`, `must begin with esdb:// or esdb+discover://.`);
  const chosen = query === '' ? [] : query.split('&').map((pair) => pair.split('='));
  if (!chosen.every(([name = '', value = '']) => known.has(flat(name)) && value !== ''))
    throw unusable(
      `are o opțiune necunoscută sau fără valoare. Se cunosc: ${options.join(', ')}.`,
      `has an option that is not known, or has no value. Known are ${options.join(', ')}.`,
    );
  const address = { url: `${scheme}${hosts}${query === '' ? '' : `?${query}`}`, hosts: hosts.replace(/\/+$/, '') };
  if (user === undefined) return address;
  if (chosen.some(([name = '', value = '']) => flat(name) === 'tls' && value.trim() === 'false'))
    throw unusable(
      'are parolă și tls=false, iar o parolă se trimite numai prin TLS. Renunțați la una dintre ele.',
      'has a password and tls=false: a password is sent over TLS only. Leave out one of them.',
    );
  return { ...address, credentials: credentialsOf(user) };
};

const credentialsOf = (text: string): Credentials => {
  const colon = text.indexOf(':');
  try {
    if (colon > 0) return { username: decodeURIComponent(text.slice(0, colon)), password: decodeURIComponent(text.slice(colon + 1)) };
  } catch {
    // said below, without the text
  }
  throw unusable(
    'are utilizatorul sau parola scrise altfel decât utilizator:parolă@, cu % înaintea semnelor speciale.',
    'has user or password written otherwise than user:password@, special characters with a % before.',
  );
};

/** @throws EventStoreDbUnusable */
export const clientFor = ({ url }: Address): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(url);
  } catch (error) {
    const why = error instanceof Error && /certificate|userCertFile/i.test(error.message) ? error.message : '';
    throw unusable(
      `nu poate fi folosită. ${why || 'Se scrie esdb://gazdă:2113?opțiune=valoare&opțiune=valoare.'}`,
      `cannot be used. ${why || 'It is written esdb://host:2113?option=value&option=value.'}`,
    );
  }
};
