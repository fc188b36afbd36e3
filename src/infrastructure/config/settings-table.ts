import { inBoth, type Sentence } from '../phrasing/sentences';
import { assertionAudiences, clientAuthentications, tokenTypes } from '../outside/identity/identity-settings';
import { nearestTo } from '../runtime/nearest';
import { crest } from './crest-file';
import * as form from './forms';
import { notice } from './notice-file';
import { policies } from './policies-file';
import { retention } from './retention-file';
import {
  needed,
  optional,
  secret,
  type Environment,
  type ReadFile,
  type Setting,
  type SettingFault,
  SettingsInvalid,
  usual,
} from './setting';
import { webhooks } from './webhooks-file';
import { witnesses } from './witnesses-file';

const said = inBoth.config.settings;
const webex = 'TICHET_VIDEO=webex';
const gateway = 'TICHET_REGISTRY=http';
const textMessages = 'TICHET_SMS_URL';
const timeStamp = 'TICHET_TIMESTAMP_URL';
const issuer = 'TICHET_OIDC_ISSUER';
const clientKeyFile = 'TICHET_OIDC_CLIENT_KEY_FILE';
const securityContact = 'TICHET_SECURITY_CONTACT';

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Every setting, in the order in which they are explained. The last two are names of another project: a wrong address there would lose every span. */
const table = {
  PORT: usual(form.whole(0, 65_535, said.port), 3000),
  HOST: usual(form.host, '127.0.0.1'),
  TICHET_DATA_DIR: usual(form.text, './data'),
  TICHET_TRUSTED_PROXY: optional(form.networks),
  TICHET_PUBLIC_URL: optional(form.publicUrl),
  TICHET_HOSTS: optional(form.hostNames),
  TICHET_EVENT_STORE: usual(form.oneOf('sqlite', 'memory', 'postgres', 'eventstoredb'), 'sqlite'),
  TICHET_READ_MODELS: optional(form.oneOf('sqlite', 'memory', 'postgres')),
  // checked wherever they stand, because `tichet copy` uses the addresses of a store that is not the service's own
  TICHET_POSTGRES_URL: secret(optional(form.storeAddress('postgres'))),
  TICHET_POSTGRES_DIRECT_URL: secret(optional(form.storeAddress('postgres'))),
  TICHET_EVENTSTOREDB_URL: secret(optional(form.storeAddress('eventstoredb'))),
  TICHET_EVENTSTOREDB_PREFIX: optional(form.streamPrefix),
  TICHET_EVENTSTOREDB_APPENDS: usual(form.oneOf('shared-call', 'client'), 'shared-call'),
  TICHET_SMTP_URL: secret(optional(form.mailServer)),
  TICHET_MAIL_FROM: usual(form.mailAddress, 'Tichet albastru <tichet-albastru@localhost>'),
  TICHET_CREST_FILE: optional(crest),
  TICHET_BOUNCE_ADDRESS: optional(form.mailAddressAlone),
  TICHET_BOUNCE_IMAP_URL: secret(optional(form.mailbox)),
  TICHET_BOUNCE_WEBHOOK_SECRET_FILE: optional(form.bounceSecrets),
  TICHET_OFFICIAL_LETTERS: usual(form.oneOf('digest', 'single', 'none'), 'digest'),
  TICHET_SMS_URL: optional(form.gateway),
  TICHET_SMS_USER: needed(form.text, '', textMessages),
  TICHET_SMS_PASSWORD_FILE: needed(form.file, '', textMessages),
  TICHET_SMS_FROM: optional(form.text, textMessages),
  TICHET_SMS_REPORT_SECRET_FILE: needed(form.longSecret, '', textMessages),
  TICHET_SMS_REPORT_URL: optional(form.gateway, textMessages),
  TICHET_VIDEO: usual(form.oneOf('manual', 'webex'), 'manual'),
  TICHET_WEBEX_CLIENT_ID: needed(form.text, '', webex),
  TICHET_WEBEX_CLIENT_SECRET_FILE: needed(form.file, '', webex),
  TICHET_WEBEX_REFRESH_TOKEN_FILE: needed(form.secretPath, '', webex),
  TICHET_WEBEX_HOST_EMAIL: optional(form.webexHost, webex),
  TICHET_WEBEX_AUTO_RECORD: usual(form.oneOf('off', 'on'), 'off', webex),
  TICHET_WEBEX_WEBHOOK_SECRET_FILE: optional(form.file, webex),
  TICHET_WEBEX_BASE_URL: usual(form.webexUrl, 'https://webexapis.com/v1', webex),
  TICHET_CALENDAR_HOSTS: optional(form.hosts),
  TICHET_CALENDAR_NETWORKS: optional(form.networks),
  TICHET_REGISTRY: usual(form.oneOf('local', 'manual', 'http'), 'local'),
  TICHET_REGISTRY_URL: needed(form.gateway, '', gateway),
  TICHET_REGISTRY_TOKEN_FILE: needed(form.tokenPath, '', gateway),
  // as long as a booking token lives: whoever found the request may book on what was told then all that while, anyway
  TICHET_REGISTRY_FRESH_MINUTES: usual(form.whole(0, 1440, said.minutes), 30, gateway),
  // half of that: what somebody may still meet about is never stale while the gateway answers
  TICHET_REGISTRY_POLL_MINUTES: usual(form.whole(1, 1440, said.minutes), 15, gateway),
  TICHET_REGISTRY_LISTS_DOCUMENTS: usual(form.oneOf('off', 'on'), 'off', gateway),
  TICHET_MASTER_KEY_FILE: optional(form.path),
  TICHET_POLICIES_FILE: optional(policies),
  TICHET_RETENTION_FILE: optional(retention),
  TICHET_MEETING_PLACE: usual(form.text, 'Primăria municipiului Cluj-Napoca, Calea Moților nr. 3'),
  TICHET_MEETING_INSTRUCTIONS: optional(form.text),
  TICHET_MEETING_HOSTS: optional(form.meetingHosts),
  TICHET_INFORMATION_CENTRE_PHONE: optional(form.telephone),
  TICHET_INFORMATION_CENTRE_EMAIL: optional(form.recipient),
  TICHET_INFORMATION_CENTRE_ADDRESS: optional(form.line),
  TICHET_INFORMATION_CENTRE_HOURS: optional(form.lineInEach),
  TICHET_RECORDING_NOTICE_FILE: optional(notice),
  TICHET_DATA_PROTECTION_OFFICER: optional(form.line),
  TICHET_SECURITY_CONTACT: optional(form.securityContact),
  TICHET_SECURITY_POLICY: optional(form.securityPolicy, securityContact),
  TICHET_WEBHOOKS_FILE: optional(webhooks),
  TICHET_WITNESS_FOLDER: optional(form.path),
  TICHET_WITNESSES_FILE: optional(witnesses),
  TICHET_TIMESTAMP_URL: optional(form.url('http:', 'https:')),
  TICHET_TIMESTAMP_CA_FILE: optional(form.certificates, timeStamp),
  TICHET_TIMESTAMP_HOURS: usual(form.whole(1, 744, said.hours), 24, timeStamp),
  TICHET_CHECKPOINT_MAIL_TO: optional(form.recipient),
  TICHET_OIDC_ISSUER: optional(form.issuer),
  TICHET_OIDC_AUDIENCE: needed(form.text, '', issuer),
  TICHET_OIDC_TOKEN_TYPE: usual(form.oneOf(...tokenTypes), 'at+jwt', issuer),
  TICHET_OIDC_CLIENT_ID: needed(form.text, '', issuer),
  TICHET_OIDC_CLIENT_SECRET_FILE: optional(form.file, issuer),
  TICHET_OIDC_CLIENT_AUTHENTICATION: optional(form.oneOf(...clientAuthentications), issuer),
  [clientKeyFile]: optional(form.clientKey, issuer),
  TICHET_OIDC_CLIENT_ASSERTION_AUDIENCE: optional(form.oneOf(...assertionAudiences), clientKeyFile),
  TICHET_OIDC_SCOPE: usual(form.scope, 'openid', issuer),
  TICHET_OIDC_ROLES_CLAIM: usual(form.text, 'roles', issuer),
  TICHET_OIDC_ROLES: needed(form.rolesOfValues, [], issuer),
  TICHET_OIDC_STAFF_CLAIM: usual(form.text, 'staff_id', issuer),
  TICHET_OIDC_ACR_VALUES: optional(form.words, issuer),
  TICHET_OIDC_MAX_AGE_MINUTES: optional(form.whole(1, 10_080, said.minutes), issuer),
  TICHET_OIDC_LOCAL_TOKENS: usual(form.oneOf('off', 'on'), 'off', issuer),
  TICHET_SESSION_IDLE_MINUTES: usual(form.whole(1, 720, said.minutes), 30),
  TICHET_LOG_LEVEL: usual(form.oneOf(...logLevels), 'info'),
  TICHET_DEVELOPMENT: usual(form.oneOf('off', 'on'), 'off'),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(form.url('http:', 'https:')),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: optional(form.url('http:', 'https:')),
};

export type SettingName = keyof typeof table;
export type SettingValues = { readonly [Name in SettingName]: (typeof table)[Name] extends Setting<infer T> ? T : never };
export const settingsTable: { readonly [Name in SettingName]: Setting<SettingValues[Name]> } = table;

/** The file that has what the setting itself would show to whoever sees the environment; nothing for one that is no secret. */
export const fileOf = (name: string): string | undefined =>
  isSetting(name) && settingsTable[name].secret === true ? `${name}_FILE` : undefined;
export const isSetting = (name: string): name is SettingName => name in table;

export const settingNames = Object.keys(table).filter(isSetting);
const secretFiles: readonly string[] = settingNames.flatMap((name) => fileOf(name) ?? []);

/** `undefined` also for what is set to nothing. */
const written = (environment: Environment, name: string): string | undefined => {
  const given = environment[name]?.trim();
  return given === '' ? undefined : given;
};

/** The environment with what its files hold in the place of the settings that name them. */
const withSecrets = (environment: Environment, readFile: ReadFile, faults: SettingFault[]): Environment => {
  const read = settingNames.flatMap((name) => {
    const setting = fileOf(name);
    const path = setting === undefined ? undefined : written(environment, setting);
    if (setting === undefined || path === undefined) return [];
    const wrong = (sentence: Sentence): null => {
      faults.push({ setting, ...sentence });
      return null;
    };
    if (written(environment, name) !== undefined) wrong(said.twice({ other: name }));
    const content = form.file(path, { readFile, wrong });
    return content === null ? [] : [[name, content] as const];
  });
  return { ...environment, ...Object.fromEntries(read) };
};

/** The same for whoever reads single settings. @throws SettingsInvalid */
export const environmentWithSecrets = (environment: Environment, readFile: ReadFile): Environment => {
  const faults: SettingFault[] = [];
  const given = withSecrets(environment, readFile, faults);
  if (faults.length > 0) throw new SettingsInvalid(faults);
  return given;
};

/** One environment, read setting by setting: whatever is wrong is gathered, so that nobody has to start three times. */
export const readingOf = (environment: Environment, readFile: ReadFile) => {
  const faults: SettingFault[] = [];
  const left = new Set<SettingName>(settingNames);
  const wrong = (setting: string, sentence: Sentence): null => {
    faults.push({ setting, ...sentence });
    return null;
  };
  const given = withSecrets(environment, readFile, faults);
  const textOf = (name: string): string | undefined => written(given, name);
  const get = <Name extends SettingName>(name: Name): SettingValues[Name] => {
    left.delete(name);
    return settingsTable[name].read(textOf(name), { readFile, wrong: (sentence) => wrong(name, sentence) });
  };
  /** What nobody has asked for: a system's setting without the system is a fault, because somebody thinks that it is asked. */
  const lookAtTheRest = (): void => {
    for (const name of left) {
      const by = settingsTable[name].with;
      if (textOf(name) === undefined) continue;
      if (by === undefined) get(name);
      else if (!faults.some(({ setting }) => setting === by.split('=')[0])) wrong(name, said.withoutEffect({ by }));
    }
  };
  const firstSetOf = (by: string): string | undefined =>
    settingNames.find((name) => settingsTable[name].with === by && textOf(name) !== undefined);
  return { textOf, firstSetOf, wrong, get, lookAtTheRest, faults };
};
export type Reading = ReturnType<typeof readingOf>;

/** So many letters differ in a misspelt name. Other programs set names that begin as ours do: an orchestrator `TICHET_PORT`. */
const misspelt = 2;

/** Names that begin as ours do, and are none: with the one that is meant, and without. */
export const unknownSettings = (environment: Environment): Readonly<Record<'misspelt' | 'others', readonly SettingFault[]>> => {
  const known = [...settingNames, ...secretFiles];
  const unknown = Object.keys(environment)
    .filter((setting) => setting.startsWith('TICHET_') && !known.includes(setting))
    .map((setting) => ({ setting, meant: nearestTo(setting, known, misspelt)[0] }));
  return {
    misspelt: unknown.flatMap(({ setting, meant }) => (meant === undefined ? [] : [{ setting, ...said.unknownPerhaps({ meant }) }])),
    others: unknown.flatMap(({ setting, meant }) => (meant === undefined ? [{ setting, ...said.unknown }] : [])),
  };
};
