import { X509Certificate } from 'node:crypto';
import { isIP, isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import { isRole, roles, type Role } from '../../application/kernel/access';
import { isEmailAddress, isMailbox } from '../../domain/kernel/email-address';
import { isMeetingHost } from '../../domain/ticket/meeting-link';
import { isStreamPrefix } from '../log/event-store/eventstoredb/eventstoredb-unusable';
import { asksForLess } from '../outside/mail/mail-server';
import { type ClientKey, clientKeyIn } from '../outside/identity/client-key';
import { mailboxAddressOf, type MailboxAddress } from '../outside/mail/bounces/mailbox-address';
import { inBoth, inEveryLanguage, languages, type Sentence } from '../phrasing/sentences';
import { parsedJson } from '@tichet-albastru/kernel/json.codec';
import { isThisMachine, isTrustedAddress } from '../runtime/trusted-address';
import { readStrictJson } from '@tichet-albastru/kernel/strict-json';
import type { Form, Place } from './setting';

const said = inBoth.config.settings;

export const text: Form<string> = (given) => given;

export const path: Form<string> = (given) => resolve(given);

/** Read in one form, and then more closely. */
const closer =
  <A, B>(form: Form<A>, look: (value: A, place: Place) => B | null): Form<B> =>
  (given, place) => {
    const value = form(given, place);
    return value === null ? null : look(value, place);
  };

const fitting =
  (fits: (text: string) => boolean, sentence: Sentence): Form<string> =>
  (given, { wrong }) =>
    fits(given) ? given : wrong(sentence);

type Bounds = { readonly text: string; readonly from: number; readonly to: number };
export const whole =
  (from: number, to: number, sentence: (bounds: Bounds) => Sentence): Form<number> =>
  (given, { wrong }) => {
    const number = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
    return number >= from && number <= to ? number : wrong(sentence({ text: given, from, to }));
  };

export const oneOf =
  <const V extends string>(...values: readonly V[]): Form<V> =>
  (given, { wrong }) =>
    values.find((known) => known === given) ?? wrong(said.notOneOf({ text: given, values: values.join(', ') }));

/** A URL of one of these protocols. Like every address it is never repeated in the sentence: it may hold a password. */
export const url = (...protocols: readonly string[]): Form<string> =>
  fitting(
    (given) => URL.canParse(given) && protocols.includes(new URL(given).protocol) && new URL(given).hostname !== '',
    said.address({ forms: protocols.map((protocol) => `${protocol}//…`).join(' / ') }),
  );

/** Letters are personal: beyond this machine nothing of them travels in clear. */
export const mailServer: Form<string> = closer(
  url('smtp:', 'smtps:'),
  fitting((given) => isThisMachine(new URL(given).hostname) || !asksForLess(new URL(given)), said.mailInClear),
);

const withoutSlash = (form: Form<string>): Form<string> => closer(form, (address) => address.replace(/\/+$/, ''));

/** Links are made by writing behind it, and it goes to every citizen. `HTTPS://` is HTTPS too: whether cookies are for HTTPS only hangs on it. */
export const publicUrl = withoutSlash(
  closer(
    closer(
      url('http:', 'https:'),
      fitting((given) => !/[?#@]/.test(given), said.publicUrl),
    ),
    (given) => given.replace(/^https?:/i, (scheme) => scheme.toLowerCase()),
  ),
);

const hostName = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$/i;
/** An IPv6 address may stand in brackets, as in a URL; it is listened on without them. */
export const host: Form<string> = (given, { wrong }) => {
  const bare = /^\[(.*)\]$/.exec(given)?.[1];
  if (bare !== undefined) return isIPv6(bare) ? bare : wrong(said.host({ text: given }));
  return isIP(given) !== 0 || (hostName.test(given) && URL.canParse(`http://${given}`)) ? given : wrong(said.host({ text: given }));
};

/** Separated by blanks. */
export const words: Form<readonly string[]> = (given) => given.split(/\s+/);

const listed = (given: string): readonly string[] => given.split(',').map((entry) => entry.trim());

/** Names and addresses of hosts, separated by commas: no port, no path, no star. */
export const hostNames: Form<readonly string[]> = (given, place) => {
  const read = listed(given).map((entry) => host(entry, { ...place, wrong: () => null }));
  return read.every((entry) => entry !== null) ? read.map((entry) => entry.toLowerCase()) : place.wrong(said.hostNames);
};

/** Of links: browsers have one spelling of a host, and links are compared with it. */
export const meetingHosts: Form<readonly string[]> = (given, place) => {
  const read = hostNames(given, place)?.map((entry) => entry.replace(/\.$/, '')) ?? null;
  return read === null || read.every(isMeetingHost) ? read : place.wrong(said.hostNames);
};

/**
 * The settings that say where a server keeps a log. EventStoreDB's client takes several hosts in one address, which is no URL: only the
 * beginning is looked at here, the rest where it is opened.
 */
export const storeAddresses = {
  postgres: { setting: 'TICHET_POSTGRES_URL', form: /^postgres(ql)?:\/\/./, forms: 'postgres://…' },
  eventstoredb: { setting: 'TICHET_EVENTSTOREDB_URL', form: /^esdb(\+discover)?:\/\/./, forms: 'esdb://… / esdb+discover://…' },
} as const;
export const storeAddress = (kind: keyof typeof storeAddresses): Form<string> => {
  const { form, forms } = storeAddresses[kind];
  return fitting((given) => form.test(given), said.address({ forms }));
};
export const streamPrefix = fitting(isStreamPrefix, said.prefix);

const isNetwork = (given: string): boolean => {
  const [, base = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(given) ?? [];
  const version = isIP(base);
  return version !== 0 && (bits === undefined || (Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128)));
};
/** Addresses and networks, separated by commas. A network of everything is refused: then anybody could say to be anybody. */
export const networks: Form<readonly string[]> = (given, { wrong }) =>
  listed(given).every(isNetwork) ? listed(given) : wrong(said.networks);

/** A name stands for HTTPS; without encryption a host is only asked where that is written out. */
const originOf = (entry: string): string | undefined => {
  const address = /^https?:\/\//i.test(entry) ? entry : `https://${entry}`;
  if (!URL.canParse(address)) return undefined;
  const { origin, pathname, search, hash, username, password, hostname } = new URL(address);
  const more = pathname !== '/' || search !== '' || hash !== '' || username !== '' || password !== '' || hostname.includes('*');
  return more ? undefined : origin;
};
export const hosts: Form<readonly string[]> = (given, { wrong }) => {
  const origins = listed(given).map(originOf);
  return origins.every((origin) => origin !== undefined) ? origins : wrong(said.hosts);
};

const named = /^[^\r\n<>]*<([^<>]+)>$/;
/** Of a sender: letters come from it, and none is written to it. */
export const mailAddress = fitting((given) => isMailbox(named.exec(given)?.[1] ?? given), said.mailAddress);
export const mailAddressAlone = closer(
  mailAddress,
  fitting((given) => !given.includes('<'), said.addressAlone),
);
/** One to which letters are written. */
export const recipient = closer(mailAddressAlone, fitting(isEmailAddress, said.mailAddress));

/** As people dial it: what a telephone would not take is no number, however it is written down. */
const telephoneForm = /^\+?(?=(?:\D*\d){3,15}\D*$)\d?[\d ().-]{2,29}\d$/;
export const telephone = fitting((given) => telephoneForm.test(given), said.telephone);

const longestLine = 200;
/** What stands in a line of a page and of a letter. */
export const line = fitting((given) => given.length <= longestLine && !/\p{Cc}/u.test(given), said.line({ most: longestLine }));
/** A text for each language with a | between, in their order; where there is none, one text for all. */
export const lineInEach: Form<Sentence> = closer(line, (given, { wrong }) => {
  const parts = given.split('|').map((part) => part.trim());
  const [first = ''] = parts;
  if (parts.includes('') || ![1, languages.length].includes(parts.length)) return wrong(said.lineInBoth);
  return inEveryLanguage((locale) => parts[languages.indexOf(locale)] ?? first);
});

/** RFC 9116 wants addresses that can be opened; a line of that file ends where a blank does. */
const securityForm = /^(?:mailto:[^\s@<>"?]+@[^\s@<>"?]+|tel:\+[\d-]{4,30}|https:\/\/[^\s/?#@]+(?:\/\S*)?)$/;
const securityPage = /^https:\/\/[^\s/?#@]+(?:\/\S*)?$/;
export const securityContact = fitting((given) => securityForm.test(given) && URL.canParse(given), said.securityContact);
export const securityPolicy = fitting((given) => securityPage.test(given) && URL.canParse(given), said.address({ forms: 'https://…' }));

export const mailbox: Form<MailboxAddress> = (given, { wrong }) => {
  try {
    return mailboxAddressOf(given);
  } catch {
    return wrong(said.bounceMailbox);
  }
};

/** The text of the file that is named, mostly a secret: it is never repeated in a sentence. */
export const file: Form<string> = (given, { readFile, wrong }) => {
  let content: string;
  try {
    content = readFile(resolve(given), 'utf8').trim();
  } catch {
    return wrong(said.fileUnreadable);
  }
  return content === '' ? wrong(said.fileEmpty) : content;
};

/** The path of a file that is read again whenever it is needed; what stands in it now must be right now. */
const pathOf =
  (content: Form<string>): Form<string> =>
  (given, place) =>
    content(given, place) === null ? null : resolve(given);
export const secretPath = pathOf(file);
export const tokenPath = pathOf(
  closer(
    file,
    fitting((token) => /^[\x21-\x7e]{1,4096}$/.test(token), said.gatewayToken),
  ),
);

/** Of a key that stands twice the last one would hold, and whoever wrote the first would not know. */
export const jsonFile = closer(file, (content, { wrong }) => {
  const strictly = readStrictJson(Buffer.from(content), { depth: Infinity, keys: Infinity });
  return 'fault' in strictly && strictly.fault.kind === 'duplicate-key' ? wrong(said.keyTwice({ key: strictly.fault.field })) : content;
});

export const json =
  <T>(read: (content: unknown, place: Place) => T | null): Form<T> =>
  (given, place) => {
    const content = jsonFile(given, place);
    if (content === null) return null;
    const parsed = parsedJson(content);
    return parsed === undefined ? place.wrong(said.fileNotJson) : read(parsed, place);
  };

const leastSecretBytes = 24;
/** Padded: whoever checks signatures decodes strictly, and a secret that it cannot decode would refuse every report without a word. */
const secretForm = /^(?:whsec_)?(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const isSecret = (given: string): boolean =>
  secretForm.test(given) && Buffer.from(given.replace(/^whsec_/, ''), 'base64').length >= leastSecretBytes;
export const bounceSecrets: Form<readonly string[]> = closer(file, (content, { wrong }) => {
  const secrets = content.split(/\s+/);
  return secrets.every(isSecret) ? secrets : wrong(said.bounceSecrets);
});

const leastSecret = 24;
export const longSecret: Form<string> = closer(
  file,
  fitting((content) => content.length >= leastSecret, said.longSecret),
);

export const webexUrl = withoutSlash(closer(url('https:', 'http:'), fitting(isTrustedAddress, said.webexInClear)));
export const webexHost = fitting((given) => /^[^\s@<>"]*@[^\s@<>"]+$/.test(given), said.webexHost);

const isGateway = (given: string): boolean => {
  if (!URL.canParse(given)) return false;
  const { username, password, search, hash } = new URL(given);
  return [username, password, search, hash].every((part) => part === '') && isTrustedAddress(given);
};
export const gateway = withoutSlash(fitting(isGateway, said.gateway));

const areCertificates = (pem: string): boolean => {
  const parts = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? [];
  try {
    return parts.length > 0 && parts.every((part) => new X509Certificate(part).raw.length > 0);
  } catch {
    return false;
  }
};
export const certificates = closer(file, fitting(areCertificates, said.certificates));

export const clientKey: Form<ClientKey> = closer(file, (content, { wrong }) => clientKeyIn(content) ?? wrong(said.clientKey));
export const issuer = fitting((given) => isTrustedAddress(given) && !/[?#@]/.test(given), said.issuer);
export const scope = fitting((given) => given.split(/\s+/).includes('openid'), said.scope);
export const rolesOfValues: Form<readonly (readonly [value: string, role: Role])[]> = (given, { wrong }) => {
  const mapping = new Map<string, Role>();
  for (const pair of listed(given)) {
    const at = pair.lastIndexOf('=');
    const [value, role] = [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
    if (value === '' || !isRole(role)) wrong(said.role({ pair, roles: roles.join(', ') }));
    else if (mapping.has(value)) wrong(said.roleTwice({ value }));
    else mapping.set(value, role);
  }
  return [...mapping];
};
