import { join, resolve } from 'node:path';
import { defined } from '../../domain/kernel/defined';
import { policiesWith, type Policies } from '../../domain/policies';
import { identitySettings } from './identity-settings';
import type { IdentitySettings } from '../outside/identity/identity-settings';
import { nearestSetting, settingNames } from './known-settings';
import { outsideSettings, type OutsideSettings } from './outside-settings';
import { readPolicies } from './policies-file';
import type { RetentionPeriods } from '../../domain/retention/retention';
import { retentionSettings } from './retention-file';
import { registrySettings } from './registry-settings';
import type { RegistrySettings } from '../outside/document-system/registry-settings';
import { fault, SettingsInvalid, type SettingFault } from './setting-fault';
import { addressRanges, chosen, mailAddress, port, urlOf, type Environment } from './single-settings';
import { storeSettings, type StoreSettings } from './store-settings';
import { webhookSettings } from './webhooks-file';
import type { WebhookSettings } from '../outside/webhooks/webhook-settings';
import { webexSettings } from './webex-settings';
import type { WebexSettings } from '../outside/video/webex/webex-settings';
import { mailboxAddressOf, type MailboxAddress } from '../outside/mail/bounces/mailbox-address';
import { textInFile, type ReadFile } from './text-file';

const setting = 'TICHET_DEVELOPMENT';

/** Whether anybody may take any role. Refused where real people are: in production, and where a provider says who somebody is. */
const developmentIsOn = (environment: Environment, faults: SettingFault[]): boolean => {
  if (chosen(environment, setting, ['off', 'on'], 'off', faults) === 'off') return false;
  if (environment['NODE_ENV'] === 'production')
    faults.push(
      fault(
        setting,
        'Cu NODE_ENV=production nu poate fi „on”: oricine ar putea lua orice rol.',
        'With NODE_ENV=production it cannot be "on": anybody could take any role.',
      ),
    );
  if ((environment['TICHET_OIDC_ISSUER'] ?? '') !== '')
    faults.push(
      fault(
        setting,
        'Cu TICHET_OIDC_ISSUER nu poate fi „on”: rolurile le spune furnizorul de identitate.',
        'With TICHET_OIDC_ISSUER it cannot be "on": the identity provider says the roles.',
      ),
    );
  return true;
};

/** From where the calendars of civil servants may be read. */
type CalendarSettings = {
  /** origins: `https://outlook.office365.com`; none means that no calendar is read at an address */
  readonly calendarHosts: readonly string[];
  /** networks of the city hall that one of these names may lead to */
  readonly calendarNetworks: readonly string[];
};

/** A name stands for HTTPS; without encryption a host is only asked where that is written out. */
const originOf = (entry: string): string | undefined => {
  const text = /^https?:\/\//i.test(entry) ? entry : `https://${entry}`;
  if (!URL.canParse(text)) return undefined;
  const { origin, pathname, search, hash, username, password, hostname } = new URL(text);
  const more = pathname !== '/' || search !== '' || hash !== '' || username !== '' || password !== '' || hostname.includes('*');
  return more ? undefined : origin;
};

const calendarSettings = (environment: Environment, faults: SettingFault[]): CalendarSettings => {
  const text = environment['TICHET_CALENDAR_HOSTS'] ?? '';
  const origins = text === '' ? [] : text.split(',').map((entry) => originOf(entry.trim()));
  const calendarHosts = origins.flatMap((origin) => origin ?? []);
  if (calendarHosts.length < origins.length) {
    faults.push(
      fault(
        'TICHET_CALENDAR_HOSTS',
        'Nu este o listă de gazde, despărțite prin virgule: outlook.office365.com, calendar.primarie.example:8443.',
        'This is not a list of hosts, separated by commas: outlook.office365.com, calendar.cityhall.example:8443.',
      ),
    );
  }
  return { calendarHosts, calendarNetworks: addressRanges(environment, 'TICHET_CALENDAR_NETWORKS', faults) };
};

/** Where letters that cannot be delivered come back to, and who tells of them. Nothing of it must be set. */
type BounceSettings = {
  /** the address to which they come back; the sender's when left out */
  readonly bouncesTo?: string;
  /** the mailbox that is read for them */
  readonly bounceMailbox?: MailboxAddress;
  /** with which a provider signs what it tells; more than one while they are changed */
  readonly bounceSecrets?: readonly string[];
};

const leastSecretBytes = 24;
/** Padded: whoever checks signatures decodes strictly, and a secret that it cannot decode would refuse every report without a word. */
const secretForm = /^(?:whsec_)?(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const isSecret = (text: string): boolean =>
  secretForm.test(text) && Buffer.from(text.replace(/^whsec_/, ''), 'base64').length >= leastSecretBytes;

const bouncesToOf = (environment: Environment, faults: SettingFault[]): string | undefined => {
  const address = mailAddress(environment, 'TICHET_BOUNCE_ADDRESS', '', faults);
  if (address === '' || !address.includes('<')) return address === '' ? undefined : address;
  faults.push(fault('TICHET_BOUNCE_ADDRESS', 'Trebuie să fie numai adresa, fără nume.', 'It must be the address alone, without a name.'));
  return undefined;
};

const mailboxOf = (environment: Environment, faults: SettingFault[]): MailboxAddress | undefined => {
  const text = environment['TICHET_BOUNCE_IMAP_URL'];
  if (text === undefined || text === '') return undefined;
  try {
    return mailboxAddressOf(text);
  } catch {
    // The value is not repeated: it holds a password.
    faults.push(
      fault(
        'TICHET_BOUNCE_IMAP_URL',
        'Nu este o adresă imaps://utilizator:parola@gazda/INBOX; semnele speciale din parolă se scriu %XX.',
        'This is not an address imaps://user:password@host/INBOX; special characters of the password are written %XX.',
      ),
    );
    return undefined;
  }
};

const secretsOf = (environment: Environment, readFile: ReadFile, faults: SettingFault[]): readonly string[] | undefined => {
  const setting = 'TICHET_BOUNCE_WEBHOOK_SECRET_FILE';
  const text = textInFile(environment, setting, readFile, faults);
  if (text === undefined) return undefined;
  const secrets = text.split(/\s+/);
  if (secrets.every(isSecret)) return secrets;
  faults.push(
    fault(
      setting,
      'Fișierul trebuie să conțină câte un secret pe linie: whsec_ și cel puțin 24 de octeți în base64.',
      'The file must hold one secret a line: whsec_ and at least 24 bytes in base64.',
    ),
  );
  return undefined;
};

export const bounceSettings = (environment: Environment, readFile: ReadFile, faults: SettingFault[]): BounceSettings => {
  const bouncesTo = bouncesToOf(environment, faults);
  const bounceMailbox = mailboxOf(environment, faults);
  const bounceSecrets = secretsOf(environment, readFile, faults);
  return defined({ bouncesTo, bounceMailbox, bounceSecrets });
};

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Everything that an installation may choose, checked. */
export type Settings = StoreSettings &
  BounceSettings &
  CalendarSettings & {
    readonly port: number;
    readonly host: string;
    /** whose X-Forwarded-For is believed; of everybody else the address of the connection counts */
    readonly trustedProxies?: readonly string[];
    /** absolute */
    readonly dataDirectory: string;
    /** without a slash at its end */
    readonly publicUrl: string;
    readonly smtpUrl?: string;
    /** as it stands in From: `Name <address>` or an address */
    readonly mailFrom: string;
    readonly registry: RegistrySettings;
    readonly masterKeyFile: string;
    readonly policies: Policies;
    /** after how long what is erased by itself */
    readonly retention: RetentionPeriods;
    /** where a meeting in person is held */
    readonly meetingPlace: string;
    /** Art. 5: the instructions of the IT service, several lines of plain text */
    readonly meetingInstructions?: string;
    /** other teams' systems that are told of events */
    readonly webhooks?: readonly WebhookSettings[];
    /** who keeps checkpoints of the log elsewhere; left out, nobody does */
    readonly outside?: OutsideSettings;
    /** there when meetings are made on Webex by themselves */
    readonly webex?: WebexSettings;
    readonly logLevel: (typeof logLevels)[number];
    /** anybody may take any role, and letters are shown: to try it out, never with real people */
    readonly development?: Development;
    /** left out: tokens of this installation only */
    readonly identity?: IdentitySettings;
  };

/** What a visitor of a demonstration may try. */
export type Development = { readonly toTry: readonly { readonly number: string; readonly filedOn: string; readonly name: string }[] };

/** What stands in the environment but is not ours to refuse: the service starts and says it. */
export type SettingsRead = { readonly settings: Settings; readonly notices: readonly SettingFault[] };

export const defaultMailFrom = 'Tichet albastru <tichet-albastru@localhost>';
export const defaultMeetingPlace = 'Primăria municipiului Cluj-Napoca, Calea Moților nr. 3';

const unknownNames = (environment: Environment): readonly SettingFault[] =>
  Object.keys(environment)
    .filter((name) => name.startsWith('TICHET_') && !settingNames.some((known) => known === name))
    .map((name) => {
      const meant = nearestSetting(name);
      return fault(
        name,
        `Setare necunoscută${meant === undefined ? '' : `; poate ${meant}`}. Nu are niciun efect.`,
        `Unknown setting${meant === undefined ? '' : `; perhaps ${meant}`}. It has no effect.`,
      );
    });

const policiesOf = (file: string | undefined, readFile: (path: string) => string, faults: SettingFault[]): Policies => {
  if (file === undefined || file === '') return policiesWith();
  let text: string;
  try {
    text = readFile(resolve(file));
  } catch {
    faults.push(fault('TICHET_POLICIES_FILE', 'Fișierul nu poate fi citit.', 'The file cannot be read.'));
    return policiesWith();
  }
  const read = readPolicies(text);
  if (!('verification' in read)) {
    faults.push(...read);
    return policiesWith();
  }
  return read;
};

/**
 * The settings of this environment.
 * @throws SettingsInvalid with every fault at once, so that nobody has to start three times
 */
export const readSettings = (environment: Environment, readFile: (path: string) => string): SettingsRead => {
  const faults: SettingFault[] = [];
  const chosenPort = port(environment, faults);
  const host = environment['HOST'] === undefined || environment['HOST'] === '' ? '127.0.0.1' : environment['HOST'];
  const dataDirectory = resolve(environment['TICHET_DATA_DIR'] ?? './data');
  const publicUrl = urlOf(environment, 'TICHET_PUBLIC_URL', ['http:', 'https:'], faults);
  // the standard names of another project: what cannot be an address would lose every span without a word
  for (const collector of ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])
    urlOf(environment, collector, ['http:', 'https:'], faults);
  const smtpUrl = urlOf(environment, 'TICHET_SMTP_URL', ['smtp:', 'smtps:'], faults);
  const instructions = environment['TICHET_MEETING_INSTRUCTIONS']?.trim() ?? '';
  const identity = identitySettings(environment, readFile, faults);
  const settings: Settings = {
    port: chosenPort,
    host,
    trustedProxies: addressRanges(environment, 'TICHET_TRUSTED_PROXY', faults),
    dataDirectory,
    publicUrl: (publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${chosenPort}`).replace(/\/+$/, ''),
    ...storeSettings(environment, faults),
    ...calendarSettings(environment, faults),
    ...defined({ smtpUrl }),
    mailFrom: mailAddress(environment, 'TICHET_MAIL_FROM', defaultMailFrom, faults),
    ...bounceSettings(environment, readFile, faults),
    registry: registrySettings(environment, readFile, faults),
    masterKeyFile: resolve(environment['TICHET_MASTER_KEY_FILE'] ?? join(dataDirectory, 'master.key')),
    policies: policiesOf(environment['TICHET_POLICIES_FILE'], readFile, faults),
    ...retentionSettings(environment, readFile, faults),
    meetingPlace: environment['TICHET_MEETING_PLACE'] ?? defaultMeetingPlace,
    ...webhookSettings(environment, readFile, faults),
    ...(instructions === '' ? {} : { meetingInstructions: instructions }),
    ...outsideSettings(environment, dataDirectory, readFile, faults),
    ...webexSettings(environment, readFile, faults),
    logLevel: chosen(environment, 'TICHET_LOG_LEVEL', logLevels, 'info', faults),
    ...(developmentIsOn(environment, faults) ? { development: { toTry: [] } } : {}),
    ...defined({ identity }),
  };
  if (faults.length > 0) throw new SettingsInvalid(faults);
  return { settings, notices: unknownNames(environment) };
};
