import { join, relative, resolve, sep } from 'node:path';
import type { CityHall, InformationCentre } from '../../application/kernel/ports/city-hall';
import { defined } from '@tichet-albastru/kernel/defined';
import { policiesWith, type Policies } from '../../domain/policies';
import type { OwnRecordingNotice } from '../../domain/ticket/request-ticket';
import type { LetterChoice } from '../../domain/staff/facts';
import { defaultRetention, type RetentionPeriods } from '../../domain/retention/retention';
import type { RegistrySettings } from '../outside/document-system/registry-settings';
import type { IdentitySettings } from '../outside/identity/identity-settings';
import type { MailboxAddress } from '../outside/mail/bounces/mailbox-address';
import type { Crest } from '../outside/mail/crest';
import type { WebexSettings } from '../outside/video/webex/webex-settings';
import type { TextMessageSettings } from '../outside/text-messages/text-message-settings';
import type { WebhookSettings } from '../outside/webhooks/webhook-settings';
import { inBoth, languages } from '../phrasing/sentences';
import type { WitnessAt } from '../proof/outside-over-http';
import { isThisMachine } from '../runtime/trusted-address';
import { publicationName } from '../proof/publication/publication-name';
import { folderWitnessName, timeStampName } from '@tichet-albastru/signed-log';
import type { RetentionReasons } from './retention-file';
import { type Environment, type ReadFile, type SettingFault, SettingsInvalid } from './setting';
import { type logLevels, type Reading, readingOf, type SettingName, type SettingValues, unknownSettings } from './settings-table';

const said = inBoth.config.settings;

/** Where everything is kept. */
export type StoreSettings = {
  readonly eventStore: SettingValues['TICHET_EVENT_STORE'];
  /** the tables that are read, the operations and the keys: together, because a process that has its own keys cannot read what another sealed */
  readonly readModels: NonNullable<SettingValues['TICHET_READ_MODELS']>;
  /** there whenever something is kept in PostgreSQL */
  readonly postgresUrl?: string;
  /** for listening, where the other leads to a pool of transactions */
  readonly postgresDirectUrl?: string;
  /** there whenever the log is kept in EventStoreDB */
  readonly eventStoreDb?: { readonly url: string; readonly prefix?: string; readonly appends?: 'shared-call' | 'client' };
};

/** Who keeps checkpoints of the log elsewhere. Nothing of it must be set. */
export type OutsideSettings = {
  /** absolute, on another disk than the data folder */
  readonly witnessFolder?: string;
  readonly witnesses: readonly WitnessAt[];
  /** a time-stamping authority (RFC 3161); `ca`: certificates in PEM to which its chain must lead */
  readonly timeStamp?: { readonly url: string; readonly hours: number; readonly ca?: string };
  /** an address to which a checkpoint is written once a day */
  readonly mailTo?: string;
};

/** Everything that an installation may choose, checked. */
export type Settings = StoreSettings & {
  readonly port: number;
  readonly host: string;
  /** whose X-Forwarded-For is believed; of everybody else the address of the connection counts */
  readonly trustedProxies?: readonly string[];
  /** absolute */
  readonly dataDirectory: string;
  /** without a slash at its end */
  readonly publicUrl: string;
  /** further hosts under which the service answers, beside that of the public address and this machine's */
  readonly hosts?: readonly string[];
  /** origins of civil servants' calendars: `https://outlook.office365.com`; none means that no calendar is read at an address */
  readonly calendarHosts: readonly string[];
  /** networks of the city hall that one of these names may lead to */
  readonly calendarNetworks: readonly string[];
  readonly smtpUrl?: string;
  /** as it stands in From: `Name <address>` or an address */
  readonly mailFrom: string;
  /** of the city hall, in every letter; left out, letters say in words whose they are */
  readonly crest?: Crest;
  /** the address to which letters that cannot be delivered come back; the sender's when left out */
  readonly bouncesTo?: string;
  /** the mailbox that is read for them */
  readonly bounceMailbox?: MailboxAddress;
  /** with which a provider signs what it tells of them; more than one while they are changed */
  readonly bounceSecrets?: readonly string[];
  /** Kannel, or whoever speaks as it does; left out, nobody is sent text messages */
  readonly textMessages?: TextMessageSettings;
  readonly registry: RegistrySettings;
  readonly masterKeyFile: string;
  readonly policies: Policies;
  /** after how long what is erased by itself */
  readonly retention: RetentionPeriods;
  /** why some of it never is */
  readonly retentionReasons: RetentionReasons;
  /** how officials are told of their meetings who have chosen nothing themselves; left out, one letter a working day */
  readonly officialLetters?: LetterChoice;
  /** where a meeting in person is held */
  readonly meetingPlace: string;
  /** Art. 5: the instructions of the IT service, several lines of plain text */
  readonly meetingInstructions?: string;
  /** hosts to which, or below which, the link of a meeting leads; left out, webex.com */
  readonly meetingHosts?: readonly string[];
  /** who helps people, and how they are reached */
  readonly informationCentre?: InformationCentre;
  /** A14: the notice of this installation; left out, the one that is shipped */
  readonly recordingNotice?: OwnRecordingNotice;
  /** how the data protection officer is reached */
  readonly dataProtectionOfficer?: string;
  /** who is told of weaknesses */
  readonly security?: NonNullable<CityHall['security']>;
  /** other teams' systems that are told of events */
  readonly webhooks?: readonly WebhookSettings[];
  /** who keeps checkpoints of the log elsewhere; left out, nobody does */
  readonly outside?: OutsideSettings;
  /** there when meetings are made on Webex by themselves */
  readonly webex?: WebexSettings;
  /** so long a browser in which an official is signed in may be left alone */
  readonly idleMinutes: number;
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

/** Which tables go with which log, the usual ones first. */
type Tables = StoreSettings['readModels'];
const together: Readonly<Record<StoreSettings['eventStore'], readonly [Tables, ...Tables[]]>> = {
  sqlite: ['sqlite'],
  memory: ['memory'],
  postgres: ['postgres'],
  eventstoredb: ['sqlite', 'postgres'],
};

const stores = ({ get, textOf, wrong }: Reading): StoreSettings => {
  const eventStore = get('TICHET_EVENT_STORE');
  const possible = together[eventStore];
  const chosen = get('TICHET_READ_MODELS') ?? possible[0];
  const readModels = possible.includes(chosen) ? chosen : possible[0];
  if (readModels !== chosen) wrong('TICHET_READ_MODELS', said.tablesOfLog({ eventStore, values: possible.join(', ') }));
  const [postgresUrl, postgresDirectUrl] = [get('TICHET_POSTGRES_URL'), get('TICHET_POSTGRES_DIRECT_URL')];
  const [url, prefix] = [get('TICHET_EVENTSTOREDB_URL'), get('TICHET_EVENTSTOREDB_PREFIX')];
  const appends = get('TICHET_EVENTSTOREDB_APPENDS');
  const need = (name: SettingName, by: string): void => {
    if (textOf(name) === undefined) wrong(name, said.needed({ by }));
  };
  if (readModels === 'postgres')
    need('TICHET_POSTGRES_URL', eventStore === 'postgres' ? 'TICHET_EVENT_STORE=postgres' : 'TICHET_READ_MODELS=postgres');
  if (eventStore === 'eventstoredb') need('TICHET_EVENTSTOREDB_URL', 'TICHET_EVENT_STORE=eventstoredb');
  return {
    eventStore,
    readModels,
    ...defined({ postgresUrl, postgresDirectUrl, eventStoreDb: url === undefined ? undefined : { url, appends, ...defined({ prefix }) } }),
  };
};

const notSet = (setting: SettingName, by: string): SettingsInvalid => new SettingsInvalid([{ setting, ...said.needed({ by }) }]);

/** @throws SettingsInvalid when settings that were not read from the environment say PostgreSQL and not where */
export const postgresOf = ({ postgresUrl, postgresDirectUrl }: StoreSettings): { readonly url: string; readonly directUrl?: string } => {
  if (postgresUrl === undefined) throw notSet('TICHET_POSTGRES_URL', 'PostgreSQL');
  return { url: postgresUrl, ...defined({ directUrl: postgresDirectUrl }) };
};

/** @throws SettingsInvalid when settings that were not read from the environment say EventStoreDB and not where */
export const eventStoreDbOf = ({ eventStoreDb }: StoreSettings): NonNullable<StoreSettings['eventStoreDb']> => {
  if (eventStoreDb === undefined) throw notSet('TICHET_EVENTSTOREDB_URL', 'EventStoreDB');
  return eventStoreDb;
};

const registry = ({ get }: Reading): RegistrySettings => {
  const kind = get('TICHET_REGISTRY');
  if (kind !== 'http') return { kind };
  return {
    kind,
    url: get('TICHET_REGISTRY_URL'),
    tokenFile: get('TICHET_REGISTRY_TOKEN_FILE'),
    freshMinutes: get('TICHET_REGISTRY_FRESH_MINUTES'),
    pollMinutes: get('TICHET_REGISTRY_POLL_MINUTES'),
    listsDocuments: get('TICHET_REGISTRY_LISTS_DOCUMENTS') === 'on',
  };
};

/** Nothing where a civil servant makes the meetings. */
const webex = ({ get }: Reading): WebexSettings | undefined => {
  if (get('TICHET_VIDEO') === 'manual') return undefined;
  return {
    baseUrl: get('TICHET_WEBEX_BASE_URL'),
    clientId: get('TICHET_WEBEX_CLIENT_ID'),
    clientSecret: get('TICHET_WEBEX_CLIENT_SECRET_FILE'),
    refreshTokenFile: get('TICHET_WEBEX_REFRESH_TOKEN_FILE'),
    autoRecord: get('TICHET_WEBEX_AUTO_RECORD') === 'on',
    ...defined({ hostEmail: get('TICHET_WEBEX_HOST_EMAIL'), webhookSecret: get('TICHET_WEBEX_WEBHOOK_SECRET_FILE') }),
  };
};

/** Nothing where nobody is sent text messages. */
const textMessages = ({ get }: Reading, publicUrl: string): TextMessageSettings | undefined => {
  const url = get('TICHET_SMS_URL');
  if (url === undefined) return undefined;
  return {
    url,
    user: get('TICHET_SMS_USER'),
    password: get('TICHET_SMS_PASSWORD_FILE'),
    reportSecret: get('TICHET_SMS_REPORT_SECRET_FILE'),
    reportUrl: get('TICHET_SMS_REPORT_URL') ?? publicUrl,
    ...defined({ from: get('TICHET_SMS_FROM') }),
  };
};

const clientSecretOf = 'TICHET_OIDC_CLIENT_SECRET_FILE';
const clientKeyOf = 'TICHET_OIDC_CLIENT_KEY_FILE';
/** With what a client says that it is that client: the one file that its way of saying so needs, and not the other. */
const provenBy = {
  client_secret_basic: clientSecretOf,
  client_secret_post: clientSecretOf,
  private_key_jwt: clientKeyOf,
  none: undefined,
} as const;

const lookAtClient = ({ clientAuthentication: chosen }: IdentitySettings, { textOf, wrong }: Pick<Reading, 'textOf' | 'wrong'>): void => {
  const method = chosen ?? (textOf(clientKeyOf) === undefined ? 'client_secret_basic' : 'private_key_jwt');
  const by = `TICHET_OIDC_CLIENT_AUTHENTICATION=${method}`;
  const needs = provenBy[method];
  if (chosen !== undefined && needs !== undefined && textOf(needs) === undefined) wrong(needs, said.needed({ by }));
  if (needs !== clientKeyOf && textOf(clientKeyOf) !== undefined)
    wrong(clientKeyOf, said.withoutEffect({ by: 'TICHET_OIDC_CLIENT_AUTHENTICATION=private_key_jwt' }));
  if (needs !== clientSecretOf && textOf(clientSecretOf) !== undefined)
    wrong(clientSecretOf, said.withoutEffect({ by: 'TICHET_OIDC_CLIENT_AUTHENTICATION=client_secret_basic' }));
};

/** `undefined`: identity is local, with the tokens of `tichet token`. */
const identity = ({ get, textOf, firstSetOf, wrong }: Reading): IdentitySettings | undefined => {
  const issuer = get('TICHET_OIDC_ISSUER');
  if (issuer === undefined) {
    const by = firstSetOf('TICHET_OIDC_ISSUER');
    if (by !== undefined && textOf('TICHET_OIDC_ISSUER') === undefined) wrong('TICHET_OIDC_ISSUER', said.needed({ by }));
    return undefined;
  }
  const settings: IdentitySettings = {
    issuer,
    audience: get('TICHET_OIDC_AUDIENCE'),
    tokenType: get('TICHET_OIDC_TOKEN_TYPE'),
    clientId: get('TICHET_OIDC_CLIENT_ID'),
    ...defined({
      clientAuthentication: get('TICHET_OIDC_CLIENT_AUTHENTICATION'),
      clientSecret: get('TICHET_OIDC_CLIENT_SECRET_FILE'),
      clientKey: get('TICHET_OIDC_CLIENT_KEY_FILE'),
      assertionAudience: get('TICHET_OIDC_CLIENT_ASSERTION_AUDIENCE'),
    }),
    scope: get('TICHET_OIDC_SCOPE'),
    rolesClaim: get('TICHET_OIDC_ROLES_CLAIM'),
    roles: get('TICHET_OIDC_ROLES'),
    staffClaim: get('TICHET_OIDC_STAFF_CLAIM'),
    localTokens: get('TICHET_OIDC_LOCAL_TOKENS') === 'on',
    ...defined({ acrValues: get('TICHET_OIDC_ACR_VALUES'), maxAgeMinutes: get('TICHET_OIDC_MAX_AGE_MINUTES') }),
  };
  lookAtClient(settings, { textOf, wrong });
  // an id token is made for the client: where nothing else tells the two apart, the audience must
  const { tokenType, audience, clientId } = settings;
  if (tokenType === 'JWT' && audience !== '' && audience === clientId) wrong('TICHET_OIDC_AUDIENCE', said.audienceOfClient);
  return settings;
};

const isInside = (folder: string, outer: string): boolean => {
  const way = relative(outer, folder);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`));
};

const outside = ({ get, textOf, wrong }: Reading, dataDirectory: string): OutsideSettings | undefined => {
  const witnessFolder = get('TICHET_WITNESS_FOLDER');
  if (witnessFolder !== undefined && (isInside(witnessFolder, dataDirectory) || isInside(dataDirectory, witnessFolder)))
    wrong('TICHET_WITNESS_FOLDER', said.witnessFolder);
  const url = get('TICHET_TIMESTAMP_URL');
  const timeStamp =
    textOf('TICHET_TIMESTAMP_URL') === undefined
      ? undefined
      : { url: url ?? '', hours: get('TICHET_TIMESTAMP_HOURS'), ...defined({ ca: get('TICHET_TIMESTAMP_CA_FILE') }) };
  const kept = { witnessFolder, witnesses: get('TICHET_WITNESSES_FILE'), timeStamp, mailTo: get('TICHET_CHECKPOINT_MAIL_TO') };
  const { witnesses = [], ...others } = defined(kept);
  return witnesses.length === 0 && Object.keys(others).length === 0 ? undefined : { witnesses, ...others };
};

/** As they are called in numbers, in the journal and by the doctor. */
export const outsideNames = (settings: OutsideSettings | undefined): readonly string[] =>
  settings === undefined
    ? []
    : [
        ...(settings.witnessFolder === undefined ? [] : [folderWitnessName]),
        ...settings.witnesses.map(({ name }) => name),
        ...(settings.timeStamp === undefined ? [] : [timeStampName]),
        ...(settings.mailTo === undefined ? [] : [publicationName]),
      ];

/**
 * Whether anybody may take any role. Refused where real people are: in production, where a provider says who somebody is, and where others
 * than whoever sits at this machine come in. Whoever has a port of their own machine forwarded to it sits there.
 */
const development = ({ get, textOf, wrong }: Reading, host: string, publicUrl: string): Development | undefined => {
  if (get('TICHET_DEVELOPMENT') === 'off') return undefined;
  if (textOf('NODE_ENV') === 'production') wrong('TICHET_DEVELOPMENT', said.developmentInProduction);
  if (textOf('TICHET_OIDC_ISSUER') !== undefined) wrong('TICHET_DEVELOPMENT', said.developmentWithIssuer);
  if (!isThisMachine(host)) wrong('TICHET_DEVELOPMENT', said.developmentElsewhere({ setting: 'HOST', text: host }));
  else if (!isThisMachine(new URL(publicUrl).hostname))
    wrong('TICHET_DEVELOPMENT', said.developmentElsewhere({ setting: 'TICHET_PUBLIC_URL', text: publicUrl }));
  const [hosts, proxies] = [textOf('TICHET_HOSTS'), textOf('TICHET_TRUSTED_PROXY')];
  if (hosts !== undefined && get('TICHET_HOSTS')?.every(isThisMachine) !== true)
    wrong('TICHET_DEVELOPMENT', said.developmentElsewhere({ setting: 'TICHET_HOSTS', text: hosts }));
  if (proxies !== undefined) wrong('TICHET_DEVELOPMENT', said.developmentElsewhere({ setting: 'TICHET_TRUSTED_PROXY', text: proxies }));
  return { toTry: [] };
};

const security = ({ get }: Reading): Settings['security'] => {
  const contact = get('TICHET_SECURITY_CONTACT');
  return contact === undefined ? undefined : { contact, ...defined({ policy: get('TICHET_SECURITY_POLICY') }) };
};

/** Where a policy says how long recordings are kept, the notice says it too (A13, A14). */
const recordingNotice = ({ get, wrong }: Reading, policies: Policies): OwnRecordingNotice | undefined => {
  const own = get('TICHET_RECORDING_NOTICE_FILE');
  const isTimed = policies['recording-period'].value !== null;
  if (own !== undefined && isTimed && !languages.every((language) => own.text[language].includes('{period}')))
    wrong('TICHET_RECORDING_NOTICE_FILE', inBoth.config.notice.period);
  return own;
};

const informationCentre = ({ get }: Reading): InformationCentre | undefined => {
  const told = defined({
    phone: get('TICHET_INFORMATION_CENTRE_PHONE'),
    email: get('TICHET_INFORMATION_CENTRE_EMAIL'),
    address: get('TICHET_INFORMATION_CENTRE_ADDRESS'),
    hours: get('TICHET_INFORMATION_CENTRE_HOURS'),
  });
  return Object.keys(told).length === 0 ? undefined : told;
};

/**
 * The settings of this environment.
 * @throws SettingsInvalid with every fault at once, so that nobody has to start three times
 */
export const readSettings = (environment: Environment, readFile: ReadFile): SettingsRead => {
  const reading = readingOf(environment, readFile);
  const { get } = reading;
  const { periods: retention, reasons: retentionReasons } = get('TICHET_RETENTION_FILE') ?? { periods: defaultRetention, reasons: {} };
  const policies = get('TICHET_POLICIES_FILE') ?? policiesWith();
  const [port, host, dataDirectory] = [get('PORT'), get('HOST'), resolve(get('TICHET_DATA_DIR'))];
  // the zone of an address (fe80::1%eth0) is this machine's own name for it: no URL holds it
  const publicUrl = get('TICHET_PUBLIC_URL') ?? `http://${host.includes(':') ? `[${host.replace(/%.*$/, '')}]` : host}:${port}`;
  const settings: Settings = {
    port,
    host,
    trustedProxies: get('TICHET_TRUSTED_PROXY') ?? [],
    dataDirectory,
    publicUrl,
    ...stores(reading),
    calendarHosts: get('TICHET_CALENDAR_HOSTS') ?? [],
    calendarNetworks: get('TICHET_CALENDAR_NETWORKS') ?? [],
    mailFrom: get('TICHET_MAIL_FROM'),
    registry: registry(reading),
    masterKeyFile: get('TICHET_MASTER_KEY_FILE') ?? join(dataDirectory, 'master.key'),
    policies,
    retention,
    retentionReasons,
    officialLetters: get('TICHET_OFFICIAL_LETTERS'),
    meetingPlace: get('TICHET_MEETING_PLACE'),
    idleMinutes: get('TICHET_SESSION_IDLE_MINUTES'),
    logLevel: get('TICHET_LOG_LEVEL'),
    ...defined({
      hosts: get('TICHET_HOSTS'),
      smtpUrl: get('TICHET_SMTP_URL'),
      crest: get('TICHET_CREST_FILE'),
      bouncesTo: get('TICHET_BOUNCE_ADDRESS'),
      bounceMailbox: get('TICHET_BOUNCE_IMAP_URL'),
      bounceSecrets: get('TICHET_BOUNCE_WEBHOOK_SECRET_FILE'),
      meetingInstructions: get('TICHET_MEETING_INSTRUCTIONS'),
      meetingHosts: get('TICHET_MEETING_HOSTS'),
      informationCentre: informationCentre(reading),
      dataProtectionOfficer: get('TICHET_DATA_PROTECTION_OFFICER'),
      recordingNotice: recordingNotice(reading, policies),
      security: security(reading),
      webhooks: get('TICHET_WEBHOOKS_FILE'),
      outside: outside(reading, dataDirectory),
      textMessages: textMessages(reading, publicUrl),
      webex: webex(reading),
      identity: identity(reading),
      development: development(reading, host, publicUrl),
    }),
  };
  reading.lookAtTheRest();
  const { misspelt, others: notices } = unknownSettings(environment);
  const faults = [...reading.faults, ...misspelt];
  if (faults.length > 0) throw new SettingsInvalid(faults);
  return { settings, notices };
};

/** What the settings say of the city hall itself. */
export const cityHallOf = (settings: Settings): CityHall => {
  const { publicUrl, meetingPlace, meetingInstructions, meetingHosts, informationCentre: whoHelps, security: told } = settings;
  const { dataProtectionOfficer, officialLetters, recordingNotice: notice } = settings;
  return {
    publicUrl,
    meetingPlace,
    ...defined({
      meetingInstructions,
      meetingHosts,
      informationCentre: whoHelps,
      dataProtectionOfficer,
      officialLetters,
      recordingNotice: notice,
      security: told,
    }),
  };
};
