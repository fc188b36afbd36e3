import { type Credentials } from '@eventstore/db-client';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { inBoth, inEveryLanguage, type Sentence } from '../../../phrasing/sentences';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { EventStoreDbUnusable } from './eventstoredb-unusable';

const setting = 'TICHET_EVENTSTOREDB_URL';
export const unusable = (why: Sentence): EventStoreDbUnusable =>
  new EventStoreDbUnusable(inEveryLanguage((locale) => `${setting} ${why[locale]}`));

const said = inBoth.unusable.eventStoreDb;

type Form = { readonly takes: (value: string) => boolean; readonly says: Sentence };
const wholeNumber = (from: number, to: number, unit: 'milliseconds' | 'seconds' | 'attempts', off?: number): Form => ({
  takes: (value) => /^-?\d{1,9}$/.test(value) && ((Number(value) >= from && Number(value) <= to) || Number(value) === off),
  says: (off === undefined ? said.number : said.numberOrOff)({ from, to, unit: said.unit[unit] }),
});
/** Below that the client warns on its own, beside the log. */
const leastPause = 10_000;

/**
 * Of the client's options those that do what they say, with what each takes (of files nothing is said here). The client takes 0, negative numbers and what it does not
 * know without a word, or with one that goes past the log.
 */
const options = {
  tls: { takes: (value) => value === 'true' || value === 'false', says: said.trueOrFalse },
  tlsCAFile: undefined,
  userCertFile: undefined,
  userKeyFile: undefined,
  discoveryInterval: wholeNumber(10, 60_000, 'milliseconds'),
  gossipTimeout: wholeNumber(1, 60, 'seconds'),
  maxDiscoverAttempts: wholeNumber(1, 100, 'attempts'),
  // every call asks the leader: another node would only pass it on
  nodePreference: { takes: (value) => value.toLowerCase() === 'leader', says: said.leaderAlone },
  keepAliveInterval: wholeNumber(leastPause, 3_600_000, 'milliseconds', -1),
  keepAliveTimeout: wholeNumber(1000, 3_600_000, 'milliseconds', -1),
} as const satisfies Readonly<Record<string, Form | undefined>>;
type Option = keyof typeof options;

/** `tlsVerifyCert` does nothing in this client; calls have time limits of their own; the server shows no connection's name. */
const idle = ['tlsVerifyCert', 'defaultDeadline', 'connectionName'];
/** With it a refused append would look like one that was made. */
const misleading = ['throwOnAppendFailure'];

/** As the client compares them. */
const flat = (name: string): string => name.trim().toLowerCase().replaceAll(/[-_]/g, '');
const named = <Name extends string>(name: string, among: readonly Name[]): Name | undefined =>
  among.find((known) => flat(known) === flat(name));
const optionNames = (): readonly Option[] => Object.keys(options).filter((name): name is Option => name in options);

/** Where the server is, and who asks there. The client is given the address alone: it writes that out in warnings and in its own log. */
export type Address = {
  /** without user and password */
  readonly url: string;
  /** the hosts, for sentences */
  readonly hosts: string;
  /** each host that the address names */
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly tls: boolean;
  /** whose certificates are believed, as PEM; the usual authorities where it is left out */
  readonly authority?: string;
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
  if (scheme === '') throw unusable(said.scheme);
  const chosen = chosenIn(query);
  const tls = chosen.get('tls') !== 'false';
  const authority = certificatesIn(chosen, tls);
  const nodes = nodesIn(hosts);
  if (scheme.includes('discover') && nodes.length > 1) throw unusable(said.oneNameToDiscover);
  const address = {
    url: `${scheme}${hosts}${query === '' ? '' : `?${query}`}`,
    hosts: hosts.replace(/\/+$/, ''),
    nodes,
    tls,
    ...(authority !== undefined && { authority }),
  };
  if (user === undefined) return address;
  if (!tls) throw unusable(said.passwordWithoutTls);
  return { ...address, credentials: credentialsOf(user) };
};

/** @throws EventStoreDbUnusable for what does nothing, what cannot be and what is not known */
const chosenIn = (query: string): ReadonlyMap<Option, string> => {
  const chosen = new Map<Option, string>();
  for (const pair of query === '' ? [] : query.split('&')) {
    const [name = '', ...rest] = pair.split('=');
    const value = rest.join('=').trim();
    const [without, wrong, known] = [named(name, idle), named(name, misleading), named(name, optionNames())];
    if (without !== undefined) throw unusable(said.idle({ option: without }));
    if (wrong !== undefined) throw unusable(said.misleading({ option: wrong }));
    if (known === undefined || value === '') throw unusable(said.option({ known: optionNames().join(', ') }));
    const form: Form | undefined = options[known];
    if (form?.takes(value) === false) throw unusable(said.optionTakes({ option: known, form: form.says }));
    chosen.set(known, value);
  }
  return chosen;
};

/** @returns what `tlsCAFile` names @throws EventStoreDbUnusable for files that cannot be read or hold something else */
const certificatesIn = (chosen: ReadonlyMap<Option, string>, tls: boolean): string | undefined => {
  const contents = new Map<Option, string>();
  for (const option of ['tlsCAFile', 'userCertFile', 'userKeyFile'] as const) {
    const value = chosen.get(option);
    if (value === undefined) continue;
    if (!tls) throw unusable(said.certificateWithoutTls({ option }));
    contents.set(option, contentOf(option, value));
  }
  const [ca, cert, key] = [contents.get('tlsCAFile'), contents.get('userCertFile'), contents.get('userKeyFile')];
  if ((cert === undefined) !== (key === undefined)) throw unusable(said.certificateAndKey);
  if (ca !== undefined && !ca.includes('-----BEGIN CERTIFICATE-----')) throw unusable(said.noCertificate({ option: 'tlsCAFile' }));
  if (cert !== undefined && key !== undefined) {
    try {
      createSecureContext({ cert, key });
    } catch {
      throw unusable(said.noPair);
    }
  }
  return ca;
};

const contentOf = (option: Option, value: string): string => {
  const path = resolve(textOf(value));
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unusable(said.file({ option, path, code: errorCode(error) ?? 'unknown' }));
  }
};

/** With a % before special characters, or as it is. */
const textOf = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

const usualPort = 2113;
const nodeForm = /^(?<host>[^\s:$+!?*'(),;[\]{}|"%~#<>=&/]+)(?::(?<port>\d{1,5}))?$/;

/** @throws EventStoreDbUnusable */
const nodesIn = (hosts: string): Address['nodes'] =>
  hosts
    .replace(/\/+$/, '')
    .split(',')
    .map((text) => {
      const { host = '', port = String(usualPort) } = nodeForm.exec(text.trim())?.groups ?? {};
      if (host === '' || Number(port) < 1 || Number(port) > 65_535) throw unusable(said.unusable({ why: said.form }));
      return { host, port: Number(port) };
    });

const credentialsOf = (text: string): Credentials => {
  const colon = text.indexOf(':');
  try {
    if (colon > 0) return { username: decodeURIComponent(text.slice(0, colon)), password: decodeURIComponent(text.slice(colon + 1)) };
  } catch {
    // said below, without the text
  }
  throw unusable(said.credentials);
};
