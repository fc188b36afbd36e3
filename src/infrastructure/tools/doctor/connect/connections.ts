import { pause } from '@tichet-albastru/kernel/pause';
import type { Behind } from '@tichet-albastru/event-log/database/postgres/open-pool';
import type { Settings } from '../../../config/settings';
import type { SettingName } from '../../../config/settings-table';
import type { ConnectionCause, ConnectionFault } from '../../../outside/connection-fault';
import type { HttpLimits } from '../../../outside/http-client/http-client';
import { readsDifferently } from '../../../outside/identity/client-authentication';
import { identityConnectionFault } from '../../../outside/identity/identity-fault';
import { mailboxFault } from '../../../outside/mail/bounces/imap-mailbox';
import { mailServerFault } from '../../../outside/mail/smtp-mailer';
import { inBoth } from '../../../phrasing/sentences';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { type Finding, finding } from '../finding';
import {
  type Probed,
  probeCalendarHost,
  probeEventStoreDb,
  probeFolder,
  probePostgres,
  probeRegistry,
  probeTimeStamps,
  probeWebex,
  probeWebhook,
  probeWitness,
} from './probes';

/** How a system outside was found. `setting`: the line to change. */
export type Connection = { readonly system: string } & (
  | { readonly state: 'in-order' | 'reached' | 'not-configured'; readonly mode?: Behind }
  | ({ readonly state: 'failed'; readonly setting: string } & ConnectionFault)
);

type System = {
  readonly system: string;
  /** the line that says where it is */
  readonly setting: SettingName;
  /** other lines, by what is wrong */
  readonly settings?: Partial<Record<ConnectionCause, readonly SettingName[]>>;
  /** left out where it is not configured */
  readonly probe?: (limits: HttpLimits) => Promise<Probed | undefined>;
};

/** Milliseconds in which each system must have answered. */
const limitsOf = (whole: number): HttpLimits => ({ connect: whole, headers: whole, body: whole, whole });
const ofMail = (whole: number) => ({ connection: whole, greeting: whole, socket: whole, whole });

const clientSettings = ({ clientKey, clientAuthentication }: NonNullable<Settings['identity']>): readonly SettingName[] => [
  'TICHET_OIDC_CLIENT_ID',
  clientKey === undefined ? 'TICHET_OIDC_CLIENT_SECRET_FILE' : 'TICHET_OIDC_CLIENT_KEY_FILE',
  'TICHET_OIDC_CLIENT_AUTHENTICATION',
  ...(clientKey === undefined || clientAuthentication === 'none' ? [] : (['TICHET_OIDC_CLIENT_ASSERTION_AUDIENCE'] as const)),
];

const oneOrMore = (settings: readonly Omit<System, 'setting'>[], setting: SettingName, system: string): readonly System[] =>
  settings.length === 0 ? [{ system, setting }] : settings.map((one) => ({ ...one, setting }));

/** Every system that the settings may name, in their order. @param webexToken the access token that is good now, where one is kept */
const systemsOf = (settings: Settings, webexToken: () => Promise<string | undefined>): readonly System[] => {
  const {
    postgresUrl,
    postgresDirectUrl,
    smtpUrl,
    bounceMailbox,
    webex,
    registry,
    identity,
    outside,
    webhooks = [],
    calendarHosts,
    calendarNetworks,
  } = settings;
  const { witnessFolder, witnesses = [], timeStamp } = outside ?? {};
  const usesPostgres = settings.readModels === 'postgres' || settings.eventStore === 'postgres';
  return [
    {
      system: 'database',
      setting: 'TICHET_POSTGRES_URL',
      ...(usesPostgres && postgresUrl !== undefined && { probe: (limits: HttpLimits) => probePostgres(postgresUrl, limits) }),
    },
    {
      system: 'database direct',
      setting: 'TICHET_POSTGRES_DIRECT_URL',
      ...(usesPostgres && postgresDirectUrl !== undefined && { probe: (limits: HttpLimits) => probePostgres(postgresDirectUrl, limits) }),
    },
    {
      system: 'event-store',
      setting: 'TICHET_EVENTSTOREDB_URL',
      ...(settings.eventStore === 'eventstoredb' && { probe: (limits: HttpLimits) => probeEventStoreDb(settings, limits) }),
    },
    {
      system: 'mail-server',
      setting: 'TICHET_SMTP_URL',
      ...(smtpUrl !== undefined && { probe: ({ whole }: HttpLimits) => mailServerFault(smtpUrl, ofMail(whole)) }),
    },
    {
      system: 'bounce-mailbox',
      setting: 'TICHET_BOUNCE_IMAP_URL',
      ...(bounceMailbox && { probe: ({ whole }: HttpLimits) => mailboxFault(bounceMailbox, ofMail(whole)) }),
    },
    {
      system: 'webex',
      setting: 'TICHET_WEBEX_BASE_URL',
      settings: { credentials: ['TICHET_WEBEX_REFRESH_TOKEN_FILE'] },
      ...(webex && { probe: async (limits: HttpLimits) => probeWebex(webex, await webexToken(), limits) }),
    },
    {
      system: 'document-system',
      setting: 'TICHET_REGISTRY_URL',
      settings: { credentials: ['TICHET_REGISTRY_TOKEN_FILE'], file: ['TICHET_REGISTRY_TOKEN_FILE'] },
      ...(registry.kind === 'http' && { probe: (limits: HttpLimits) => probeRegistry(registry, limits) }),
    },
    ...oneOrMore(
      calendarHosts.map((origin) => ({
        system: `calendars ${new URL(origin).host}`,
        settings: { 'address-inside': ['TICHET_CALENDAR_NETWORKS'] as const },
        probe: (limits) => probeCalendarHost(origin, calendarNetworks, limits),
      })),
      'TICHET_CALENDAR_HOSTS',
      'calendars',
    ),
    ...oneOrMore(
      webhooks.map((target) => ({ system: `webhook ${target.name}`, probe: (limits) => probeWebhook(target, limits) })),
      'TICHET_WEBHOOKS_FILE',
      'webhook',
    ),
    {
      system: 'witness folder',
      setting: 'TICHET_WITNESS_FOLDER',
      ...(witnessFolder !== undefined && { probe: () => probeFolder(witnessFolder) }),
    },
    ...oneOrMore(
      witnesses.map((witness) => ({ system: `witness ${witness.name}`, probe: (limits) => probeWitness(witness, limits) })),
      'TICHET_WITNESSES_FILE',
      'witness',
    ),
    {
      system: 'time-stamp',
      setting: 'TICHET_TIMESTAMP_URL',
      settings: { 'not-believed': ['TICHET_TIMESTAMP_URL', 'TICHET_TIMESTAMP_CA_FILE'] },
      ...(timeStamp && { probe: (limits: HttpLimits) => probeTimeStamps(timeStamp.url, timeStamp.ca, limits) }),
    },
    {
      system: 'identity-provider',
      setting: 'TICHET_OIDC_ISSUER',
      ...(identity && {
        settings: { client: clientSettings(identity) },
        probe: (limits: HttpLimits) =>
          identityConnectionFault(identity, systemClock, new URL('/intra/intoarcere', settings.publicUrl), limits),
      }),
    },
  ];
};

const late: ConnectionFault = { cause: 'silent', code: 'too-late' };

type Connecting = {
  readonly settings: Settings;
  readonly seconds: number;
  readonly webexToken: () => Promise<string | undefined>;
  /** the name of the line in which a setting was found: it may stand in a file */
  readonly named: (setting: SettingName) => string;
};

/** Tries every system at the same time, each for so long. Nothing is sent, booked or kept there. */
export const tryConnections = async ({ settings, seconds, webexToken, named }: Connecting): Promise<readonly Connection[]> => {
  const whole = seconds * 1000;
  const found = async ({ system, setting, settings: others = {}, probe }: System): Promise<Connection> => {
    if (probe === undefined) return { system, state: 'not-configured' };
    const over = new AbortController();
    const probed = await Promise.race([probe(limitsOf(whole)), pause(whole + 1000, over.signal).then(() => late)]);
    over.abort();
    if (probed === undefined || typeof probed === 'string') return { system, state: probed ?? 'in-order' };
    if ('mode' in probed) return { system, state: 'in-order', mode: probed.mode };
    const lines = others[probed.cause] ?? [setting];
    return { system, state: 'failed', setting: lines.map(named).join(', '), ...probed };
  };
  return Promise.all(systemsOf(settings, webexToken).map(found));
};

const { connect } = inBoth.doctor;

/** What is wrong with a connection, and which line to change. */
export const connectionFindings = (connections: readonly Connection[], { identity }: Pick<Settings, 'identity'>): readonly Finding[] =>
  connections.flatMap((one) => {
    if (one.state !== 'failed') return [];
    const { system, cause, code, setting } = one;
    const { wrong, remedy } = connect.causes[cause];
    const advice =
      cause === 'client' && identity !== undefined && readsDifferently(identity) ? connect.onlyDecoding({ setting }) : remedy({ setting });
    return [finding('connect', wrong({ system, code }), advice)];
  });
