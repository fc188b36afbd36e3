import { generateKeyPairSync, KeyObject } from 'node:crypto';
import { resolve } from 'node:path';
import { defaultRetention } from '../../../src/domain/retention/retention';
import { type Environment, SettingsInvalid } from '../../../src/infrastructure/config/setting';
import { outsideNames, readSettings, type Settings } from '../../../src/infrastructure/config/settings';
import { settingsTable } from '../../../src/infrastructure/config/settings-table';
import { createNoteSigner, verifierLine } from '@tichet-albastru/signed-log';
import { png } from '../outside/mail/crest';

type Files = Readonly<Record<string, string>>;
const fileIn =
  (files: Files) =>
  (path: string): string => {
    const text = files[path];
    if (text === undefined) throw new Error('no such file');
    return text;
  };
const read = (environment: Environment, files: Files = {}): Settings => readSettings(environment, fileIn(files)).settings;
const faultsOf = (environment: Environment, files: Files = {}): SettingsInvalid['faults'] => {
  try {
    read(environment, files);
  } catch (error) {
    if (error instanceof SettingsInvalid) return error.faults;
    throw error;
  }
  return [];
};
/** One fault, told in both languages without the letters of another one, at this setting. */
const expectOne = (faults: SettingsInvalid['faults'], setting: string, sentence: string): void => {
  expect(faults).toEqual([{ setting, ro: expect.any(String), en: expect.stringContaining(sentence) }]);
  expect(faults[0]?.ro).not.toBe(faults[0]?.en);
  expect(faults[0]?.ro).not.toMatch(/[şţŞŢ]/u);
};

const webhookSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const bounceSecret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const gateway = {
  TICHET_REGISTRY: 'http',
  TICHET_REGISTRY_URL: 'https://gateway.example/v1/',
  TICHET_REGISTRY_TOKEN_FILE: '/run/token',
};
const provider = {
  TICHET_OIDC_ISSUER: 'https://id.primaria.example/realms/city',
  TICHET_OIDC_AUDIENCE: 'tichet-api',
  TICHET_OIDC_CLIENT_ID: 'tichet-pages',
  TICHET_OIDC_ROLES: 'ta-staff=staff, ta-head=head',
};
const webex = {
  TICHET_VIDEO: 'webex',
  TICHET_WEBEX_CLIENT_ID: 'client',
  TICHET_WEBEX_CLIENT_SECRET_FILE: '/run/apart',
  TICHET_WEBEX_REFRESH_TOKEN_FILE: '/run/token',
};
const timeStamp = { TICHET_TIMESTAMP_URL: 'http://tsa.example/tsr' };
const clientKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const files = {
  '/run/token': 'a-token\n',
  '/run/lines': 'two\nlines',
  '/run/empty': ' \n',
  '/run/apart': 'kept apart\n',
  '/run/key': clientKey,
};

describe('settings', () => {
  it('starts with no settings at all', () => {
    const { settings, notices } = readSettings({}, fileIn({}));
    expect(notices).toEqual([]);
    expect(settings).toMatchObject({ port: 3000, host: '127.0.0.1', publicUrl: 'http://127.0.0.1:3000', eventStore: 'sqlite' });
    expect(settings.dataDirectory).toMatch(/\/data$/);
    expect(settings.mailFrom).toContain('@');
    expect(settings.policies['lead-time']).toEqual({ name: 'lead-time', version: 1, value: { hours: 48 } });
    expect(settings).toMatchObject({ trustedProxies: [], calendarHosts: [], calendarNetworks: [], registry: { kind: 'local' } });
    for (const left of ['webhooks', 'outside', 'webex', 'identity', 'development', 'bouncesTo', 'bounceMailbox', 'bounceSecrets'])
      expect(settings).not.toHaveProperty(left);
    expect(outsideNames(settings.outside)).toEqual([]);
  });

  it('takes what is set to nothing for not set', () => {
    const blank = Object.fromEntries(Object.keys(settingsTable).map((name) => [name, ' ']));
    expect(read(blank)).toEqual(read({}));
  });

  it.each([
    ['[::1]', '::1', 'http://[::1]:3000'],
    ['::', '::', 'http://[::]:3000'],
    ['fe80::1%eth0', 'fe80::1%eth0', 'http://[fe80::1]:3000'],
    ['tichet_app', 'tichet_app', 'http://tichet_app:3000'],
  ])('listens on HOST=%s, an address or a name, and makes an address of it', (given, host, publicUrl) => {
    expect(readSettings({ HOST: given }, fileIn({})).settings).toMatchObject({ host, publicUrl });
    expect(URL.canParse(publicUrl)).toBe(true);
  });

  it('reads how the information centre is reached, and has none where nothing is set', () => {
    expect(read({})).not.toHaveProperty('informationCentre');
    for (const phone of ['0264 596 030', '+40 (264) 596.030', '0264-596-030', '984'])
      expect(read({ TICHET_INFORMATION_CENTRE_PHONE: phone })).toMatchObject({ informationCentre: { phone } });
    const both = {
      TICHET_INFORMATION_CENTRE_HOURS: 'luni–vineri 8–16 | Monday to Friday 8–16',
      TICHET_INFORMATION_CENTRE_ADDRESS: 'Moților 7',
    };
    expect(read(both).informationCentre).toEqual({ address: 'Moților 7', hours: { ro: 'luni–vineri 8–16', en: 'Monday to Friday 8–16' } });
    expect(read({ TICHET_INFORMATION_CENTRE_HOURS: 'L–V 8–16' }).informationCentre).toEqual({ hours: { ro: 'L–V 8–16', en: 'L–V 8–16' } });
  });

  it('reads the crest of the city hall, a small PNG picture', () => {
    const withFile = (content: Buffer) => () => readSettings({ TICHET_CREST_FILE: '/etc/stema.png' }, () => content.toString('base64'));
    expect(withFile(png(32, 64))().settings.crest).toEqual({ png: png(32, 64).toString('base64'), width: 32, height: 64 });
    for (const wrong of [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      png(0, 64),
      png(32, 64).subarray(0, 23),
      Buffer.alloc(0),
      Buffer.concat([png(32, 64), Buffer.alloc(32 * 1024)]),
    ])
      expect(withFile(wrong)).toThrow('a PNG picture of at most 32 KiB');
  });

  it.each<[string, string, string, Environment?]>([
    ['PORT', 'http', 'not a port'],
    ['PORT', '65536', 'not a port'],
    ...['not a host', 'http://x', '[127.0.0.1]', '[::1', '1.2.3.999', 'x:3000', 'a..b', '-x', '.'].map((text): [string, string, string] => [
      'HOST',
      text,
      'is not an IP address or the name of a host',
    ]),
    ['TICHET_PUBLIC_URL', 'primaria', 'not an address'],
    ...[
      'https://u:secret@h.example',
      'https://h.example/?key=secret',
      'https://h.example/?',
      'https://h.example#a',
      'https://@h.example',
    ].map((text): [string, string, string] => ['TICHET_PUBLIC_URL', text, 'without user, password, ? and #']),
    ...[
      'me@city.example',
      'http://city.example',
      'mailto:me',
      'mailto:a@b.example\nExpires: never',
      'tel:0264',
      'https://u:secret@h.example/',
    ].map((text): [string, string, string] => ['TICHET_SECURITY_CONTACT', text, 'mailto:name@example.org']),
    ['TICHET_SECURITY_POLICY', 'http://h.example', 'https://', { TICHET_SECURITY_CONTACT: 'tel:+40-264-596030' }],
    ['TICHET_SECURITY_POLICY', 'https://h.example', 'TICHET_SECURITY_CONTACT only'],
    ...['0264 CALL NOW', '12', '+', '0264 596 030 ext. 4', '0264\n596030', '1'.repeat(16)].map((text): [string, string, string] => [
      'TICHET_INFORMATION_CENTRE_PHONE',
      text,
      'not a telephone number as one dials it',
    ]),
    ['TICHET_INFORMATION_CENTRE_EMAIL', 'nobody', 'not an e-mail address'],
    ['TICHET_INFORMATION_CENTRE_ADDRESS', 'Calea Moților\nnr. 7', 'one line'],
    ['TICHET_INFORMATION_CENTRE_ADDRESS', 'a'.repeat(201), 'at most 200 characters'],
    ['TICHET_INFORMATION_CENTRE_HOURS', 'luni | Monday | lundi', 'two with a | between'],
    ['TICHET_INFORMATION_CENTRE_HOURS', '| Monday', 'two with a | between'],
    ['TICHET_SMTP_URL', 'http://mail.example', 'smtp://'],
    ['TICHET_MAIL_FROM', 'nobody', 'not an e-mail address'],
    ['TICHET_CREST_FILE', 'nowhere.png', 'cannot be read'],
    ['TICHET_EVENT_STORE', 'mysql', 'is not one of: sqlite, memory, postgres, eventstoredb'],
    ['TICHET_READ_MODELS', 'mysql', 'is not one of: sqlite, memory, postgres'],
    ['TICHET_READ_MODELS', 'postgres', 'With TICHET_EVENT_STORE=sqlite it can be: sqlite'],
    ['TICHET_READ_MODELS', 'sqlite', 'it can be: memory', { TICHET_EVENT_STORE: 'memory' }],
    // keys of one process beside a log of several
    ['TICHET_READ_MODELS', 'sqlite', 'it can be: postgres', { TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: 'postgres://db/t' }],
    ['TICHET_POSTGRES_URL', 'mysql://x', 'postgres://'],
    ['TICHET_POSTGRES_URL', 'mysql://x', 'postgres://', { TICHET_EVENT_STORE: 'postgres' }],
    ['TICHET_POSTGRES_URL', '', 'TICHET_EVENT_STORE=postgres needs it', { TICHET_EVENT_STORE: 'postgres' }],
    ['TICHET_EVENTSTOREDB_URL', 'http://x', 'esdb://'],
    ['TICHET_EVENTSTOREDB_URL', '', 'TICHET_EVENT_STORE=eventstoredb needs it', { TICHET_EVENT_STORE: 'eventstoredb' }],
    ['TICHET_EVENTSTOREDB_PREFIX', 'cluj.', 'not a prefix'],
    ['TICHET_EVENTSTOREDB_APPENDS', 'batch', 'is not one of: shared-call, client'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector', 'http://'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'ftp://collector', 'http://'],
    ['TICHET_VIDEO', 'zoom', 'is not one of: manual, webex'],
    ['TICHET_VIDEO', 'zoom', 'is not one of: manual, webex', { TICHET_WEBEX_CLIENT_ID: 'id' }],
    ['TICHET_WEBHOOKS_FILE', 'hooks.json', 'cannot be read'],
    ['TICHET_BOUNCE_IMAP_URL', 'imap://x', 'imaps://user:password@host/INBOX'],
    ['TICHET_BOUNCE_IMAP_URL', 'https://a:parola@x/INBOX', 'imaps://user:password@host/INBOX'],
    ['TICHET_BOUNCE_IMAP_URL', 'imaps://:parola-secret@x', 'imaps://user:password@host/INBOX'],
    ['TICHET_BOUNCE_ADDRESS', 'nobody', 'not an e-mail address'],
    ['TICHET_BOUNCE_ADDRESS', 'Primăria <intoarse@primaria.example>', 'the address alone'],
    ['TICHET_BOUNCE_WEBHOOK_SECRET_FILE', 'nowhere', 'cannot be read'],
    ['TICHET_BOUNCE_WEBHOOK_SECRET_FILE', '/run/empty', 'is empty'],
    ['TICHET_POLICIES_FILE', 'policies.json', 'cannot be read'],
    ['TICHET_TRUSTED_PROXY', 'proxy.example', 'not a list of IP addresses'],
    ['TICHET_TRUSTED_PROXY', '10.0.0.0/8, 0.0.0.0/0', 'not a list of IP addresses'],
    ['TICHET_TRUSTED_PROXY', '10.0.0.1/33', 'not a list of IP addresses'],
    ['TICHET_LOG_LEVEL', 'loud', 'is not one of'],
    ...['a host', 'calendar.example/private', '*.example', 'https://me:secret@calendar.example', 'a.example,,b.example', 'https://'].map(
      (text): [string, string, string] => ['TICHET_CALENDAR_HOSTS', text, 'not a list of hosts'],
    ),
    ...['inside', '0.0.0.0/0', '10.0.0.0/40'].map((text): [string, string, string] => [
      'TICHET_CALENDAR_NETWORKS',
      text,
      'not a list of IP',
    ]),
    ['TICHET_REGISTRY', 'paper', 'is not one of: local, manual, http'],
    ['TICHET_REGISTRY_URL', '', 'TICHET_REGISTRY=http needs it', gateway],
    ['TICHET_REGISTRY_TOKEN_FILE', '', 'TICHET_REGISTRY=http needs it', gateway],
    ['TICHET_REGISTRY_TOKEN_FILE', '/run/nothing', 'The file cannot be read.', gateway],
    ['TICHET_REGISTRY_TOKEN_FILE', '/run/lines', 'The file must hold the access token, on one line.', gateway],
    ['TICHET_REGISTRY_URL', 'http://gateway.example', 'on the same machine only', gateway],
    ['TICHET_REGISTRY_URL', 'https://user:secret@gateway.example', 'without password', gateway],
    ['TICHET_REGISTRY_URL', 'https://gateway.example?key=secret', 'without password or parameters', gateway],
    ['TICHET_REGISTRY_FRESH_MINUTES', '1441', 'from 0 to 1440', gateway],
    ['TICHET_REGISTRY_POLL_MINUTES', '0', 'from 1 to 1440', gateway],
    ['TICHET_REGISTRY_POLL_MINUTES', 'often', 'whole number of minutes', gateway],
    ['TICHET_REGISTRY_LISTS_DOCUMENTS', 'perhaps', 'is not one of: off, on', gateway],
    ['TICHET_WEBEX_CLIENT_SECRET_FILE', '/run/nothing', 'cannot be read', webex],
    ['TICHET_WEBEX_CLIENT_SECRET_FILE', '/run/empty', 'is empty', webex],
    ['TICHET_WEBEX_REFRESH_TOKEN_FILE', '/run/nothing', 'cannot be read', webex],
    ['TICHET_WEBEX_WEBHOOK_SECRET_FILE', '/run/nothing', 'cannot be read', webex],
    ['TICHET_WEBEX_HOST_EMAIL', 'nobody', 'neither @domain', webex],
    ['TICHET_WEBEX_BASE_URL', 'http://webex.example/v1', 'Without https', webex],
    ['TICHET_WEBEX_BASE_URL', 'ftp://webex.example', 'not an address', webex],
    ['TICHET_WEBEX_AUTO_RECORD', 'maybe', 'is not one of', webex],
    ['TICHET_OIDC_ISSUER', 'http://id.primaria.example', 'https://', provider],
    ['TICHET_OIDC_ISSUER', 'https://id.primaria.example/?x=1', 'without ?', provider],
    ['TICHET_OIDC_ISSUER', 'https://admin:pass-secret@id.primaria.example', 'https://', provider],
    ['TICHET_OIDC_ISSUER', '', 'TICHET_OIDC_AUDIENCE needs it', provider],
    ['TICHET_OIDC_AUDIENCE', '', 'TICHET_OIDC_ISSUER needs it', provider],
    ['TICHET_OIDC_CLIENT_ID', '', 'TICHET_OIDC_ISSUER needs it', provider],
    ['TICHET_OIDC_ROLES', '', 'TICHET_OIDC_ISSUER needs it', provider],
    ['TICHET_OIDC_ROLES', 'ta-staff', '"ta-staff" is not value=role', provider],
    ['TICHET_OIDC_ROLES', 'ta-boss=mayor', 'the role one of: staff', provider],
    ['TICHET_OIDC_ROLES', '=admin', 'is not value=role', provider],
    ['TICHET_OIDC_ROLES', 'a=staff,', '"" is not value=role', provider],
    ['TICHET_OIDC_ROLES', 'a=staff,a=admin', '"a" is there twice', provider],
    ['TICHET_OIDC_TOKEN_TYPE', 'jwt', 'is not one of: at+jwt, JWT', provider],
    ['TICHET_OIDC_SCOPE', 'profile', '"openid" is missing', provider],
    ['TICHET_OIDC_LOCAL_TOKENS', 'yes', 'is not one of: off, on', provider],
    ['TICHET_OIDC_MAX_AGE_MINUTES', '0', 'whole number of minutes from 1 to 10080', provider],
    ['TICHET_OIDC_CLIENT_SECRET_FILE', '/nowhere', 'cannot be read', provider],
    ['TICHET_OIDC_CLIENT_SECRET_FILE', '/run/empty', 'is empty', provider],
    ['TICHET_OIDC_CLIENT_AUTHENTICATION', 'basic', 'is not one of: client_secret_basic', provider],
    ['TICHET_OIDC_CLIENT_KEY_FILE', '/run/token', 'a private key without a password', provider],
    ...(['client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const).map((method): [string, string, string, Environment] => [
      method === 'private_key_jwt' ? 'TICHET_OIDC_CLIENT_KEY_FILE' : 'TICHET_OIDC_CLIENT_SECRET_FILE',
      '',
      `TICHET_OIDC_CLIENT_AUTHENTICATION=${method} needs it`,
      { ...provider, TICHET_OIDC_CLIENT_AUTHENTICATION: method },
    ]),
    ['TICHET_OIDC_CLIENT_SECRET_FILE', '/run/apart', 'client_secret_basic only', { ...provider, TICHET_OIDC_CLIENT_KEY_FILE: '/run/key' }],
    [
      'TICHET_OIDC_CLIENT_KEY_FILE',
      '/run/key',
      'private_key_jwt only',
      { ...provider, TICHET_OIDC_CLIENT_AUTHENTICATION: 'client_secret_post', TICHET_OIDC_CLIENT_SECRET_FILE: '/run/apart' },
    ],
    // where no type tells the two apart, an id token would pass for an access token
    ['TICHET_OIDC_AUDIENCE', 'tichet-pages', 'must differ', { ...provider, TICHET_OIDC_TOKEN_TYPE: 'JWT' }],
    ['TICHET_WITNESS_FOLDER', '/var/lib/tichet/witness', 'outside the data folder', { TICHET_DATA_DIR: '/var/lib/tichet' }],
    ['TICHET_WITNESS_FOLDER', '/var/lib', 'outside the data folder', { TICHET_DATA_DIR: '/var/lib/tichet' }],
    ['TICHET_WITNESS_FOLDER', '/var/lib/tichet', 'outside the data folder', { TICHET_DATA_DIR: '/var/lib/tichet' }],
    ['TICHET_TIMESTAMP_URL', 'tsa.example', 'not an address http'],
    ['TICHET_TIMESTAMP_HOURS', '0', 'whole number of hours', timeStamp],
    ['TICHET_TIMESTAMP_CA_FILE', '/run/token', 'certificates in PEM', timeStamp],
    ['TICHET_CHECKPOINT_MAIL_TO', 'control', 'not an e-mail address'],
    ['TICHET_CHECKPOINT_MAIL_TO', 'Control <control@city.example>', 'without a name'],
    ['TICHET_DEVELOPMENT', 'on', 'NODE_ENV=production', { NODE_ENV: 'production' }],
    ['TICHET_DEVELOPMENT', 'on', 'TICHET_OIDC_ISSUER', provider],
    // a system's setting without the system
    ['TICHET_WEBEX_CLIENT_ID', 'id', 'TICHET_VIDEO=webex only'],
    ['TICHET_WEBEX_BASE_URL', 'https://webexapis.com/v1', 'TICHET_VIDEO=webex only'],
    ['TICHET_REGISTRY_URL', 'https://gateway.example', 'TICHET_REGISTRY=http only'],
    ['TICHET_REGISTRY_TOKEN_FILE', 'token', 'TICHET_REGISTRY=http only'],
    ['TICHET_TIMESTAMP_HOURS', '6', 'with TICHET_TIMESTAMP_URL only'],
  ])('refuses %s=%s with a sentence in both languages that repeats no secret: %s', (setting, value, sentence, others = {}) => {
    const faults = faultsOf({ ...others, [setting]: value }, files);
    expectOne(faults, setting, sentence);
    expect(new SettingsInvalid(faults).message).not.toContain('secret@');
    expect(new SettingsInvalid(faults).message).not.toContain('key=secret');
  });

  it.each<[string, Environment, object]>([
    [
      'a public address in capitals, on whose beginning hangs whether cookies are for HTTPS only',
      { TICHET_PUBLIC_URL: 'HTTPS://Tichet.Primaria.example/' },
      { publicUrl: 'https://Tichet.Primaria.example' },
    ],
    [
      'proxies by address and by network',
      { TICHET_TRUSTED_PROXY: '127.0.0.1, 10.0.0.0/8,::1' },
      { trustedProxies: ['127.0.0.1', '10.0.0.0/8', '::1'] },
    ],
    [
      'a log in PostgreSQL',
      { TICHET_EVENT_STORE: 'postgres' },
      { eventStore: 'postgres', readModels: 'postgres', postgresUrl: 'postgres://db/tichet' },
    ],
    [
      'a log in EventStoreDB',
      { TICHET_EVENT_STORE: 'eventstoredb' },
      { readModels: 'sqlite', eventStoreDb: { url: 'esdb://db:2113?tls=false', prefix: 'cluj' } },
    ],
    [
      'one whose tables are in PostgreSQL',
      { TICHET_EVENT_STORE: 'eventstoredb', TICHET_READ_MODELS: 'postgres' },
      { eventStore: 'eventstoredb', readModels: 'postgres' },
    ],
    ['memory', { TICHET_EVENT_STORE: 'memory' }, { eventStore: 'memory', readModels: 'memory' }],
    [
      'where letters come back to, and who tells of them',
      {
        TICHET_BOUNCE_ADDRESS: 'intoarse@primaria.example',
        TICHET_BOUNCE_IMAP_URL: 'imaps://ta:p%40rola@mail.primaria.example/Intoarse',
        TICHET_BOUNCE_WEBHOOK_SECRET_FILE: '/run/bounces',
      },
      {
        bouncesTo: 'intoarse@primaria.example',
        bounceMailbox: { host: 'mail.primaria.example', port: 993, secure: true, user: 'ta', password: 'p@rola', folder: 'Intoarse' },
        bounceSecrets: [bounceSecret, bounceSecret],
      },
    ],
    [
      'hosts of calendars: a name means HTTPS; a port, or no encryption, must be written out',
      { TICHET_CALENDAR_HOSTS: 'Outlook.Office365.com, calendar.example:8443, http://10.0.0.5:5232, https://calendar.example/' },
      {
        calendarHosts: [
          'https://outlook.office365.com',
          'https://calendar.example:8443',
          'http://10.0.0.5:5232',
          'https://calendar.example',
        ],
      },
    ],
    ['networks of calendars', { TICHET_CALENDAR_NETWORKS: '10.20.0.0/16' }, { calendarNetworks: ['10.20.0.0/16'] }],
    ['documents that a person makes', { TICHET_REGISTRY: 'manual' }, { registry: { kind: 'manual' } }],
    [
      'a gateway, and keeps the path of its token but not the token',
      gateway,
      {
        registry: {
          kind: 'http',
          url: 'https://gateway.example/v1',
          tokenFile: '/run/token',
          freshMinutes: 30,
          pollMinutes: 15,
          listsDocuments: false,
        },
      },
    ],
    [
      'how often it is asked',
      { ...gateway, TICHET_REGISTRY_FRESH_MINUTES: '0', TICHET_REGISTRY_POLL_MINUTES: '60' },
      { registry: { freshMinutes: 0, pollMinutes: 60 } },
    ],
    ['that it shows documents', { ...gateway, TICHET_REGISTRY_LISTS_DOCUMENTS: 'on' }, { registry: { listsDocuments: true } }],
    ['one on this machine', { ...gateway, TICHET_REGISTRY_URL: 'http://127.0.0.1:8081' }, { registry: { url: 'http://127.0.0.1:8081' } }],
    [
      'a provider with the rest by default',
      provider,
      {
        identity: {
          issuer: 'https://id.primaria.example/realms/city',
          audience: 'tichet-api',
          tokenType: 'at+jwt',
          clientId: 'tichet-pages',
          scope: 'openid',
          rolesClaim: 'roles',
          roles: [
            ['ta-staff', 'staff'],
            ['ta-head', 'head'],
          ],
          staffClaim: 'staff_id',
          localTokens: false,
        },
      },
    ],
    [
      'its secret in a file, and values with an equals sign in them',
      { ...provider, TICHET_OIDC_CLIENT_SECRET_FILE: '/run/apart', TICHET_OIDC_ROLES: 'cn=audit=auditor' },
      { identity: { clientSecret: 'kept apart', roles: [['cn=audit', 'auditor']] } },
    ],
    [
      'a key in the place of a secret',
      { ...provider, TICHET_OIDC_CLIENT_KEY_FILE: '/run/key' },
      { identity: { clientKey: { key: expect.any(KeyObject) } } },
    ],
    [
      'how, and how long ago, people must have signed in there',
      { ...provider, TICHET_OIDC_ACR_VALUES: 'urn:gold  urn:silver', TICHET_OIDC_MAX_AGE_MINUTES: '60' },
      { identity: { acrValues: ['urn:gold', 'urn:silver'], maxAgeMinutes: 60 } },
    ],
    ['one on this machine without HTTPS', { ...provider, TICHET_OIDC_ISSUER: 'http://127.0.0.1:8080' }, {}],
    ['one audience for both tokens where their types differ', { ...provider, TICHET_OIDC_AUDIENCE: 'tichet-pages' }, {}],
    ['whatever is set in production', { NODE_ENV: 'production' }, {}],
    ['a trial', { TICHET_DEVELOPMENT: 'on' }, { development: { toTry: [] } }],
    [
      'Webex by the integration and the first token alone',
      webex,
      {
        webex: {
          baseUrl: 'https://webexapis.com/v1',
          clientId: 'client',
          clientSecret: 'kept apart',
          refreshTokenFile: '/run/token',
          autoRecord: false,
        },
      },
    ],
    [
      'all that may be said of it',
      {
        ...webex,
        TICHET_WEBEX_AUTO_RECORD: 'on',
        TICHET_WEBEX_HOST_EMAIL: '@cluj.example',
        TICHET_WEBEX_WEBHOOK_SECRET_FILE: '/run/token',
      },
      { webex: { autoRecord: true, hostEmail: '@cluj.example', webhookSecret: 'a-token' } },
    ],
    [
      'who keeps checkpoints elsewhere',
      {
        ...timeStamp,
        TICHET_WITNESS_FOLDER: '/mnt/control',
        TICHET_TIMESTAMP_HOURS: '6',
        TICHET_CHECKPOINT_MAIL_TO: 'control@city.example',
      },
      {
        outside: {
          witnessFolder: '/mnt/control',
          witnesses: [],
          timeStamp: { url: 'http://tsa.example/tsr', hours: 6 },
          mailTo: 'control@city.example',
        },
      },
    ],
  ])('takes %s', (_, environment, expected) => {
    const addresses = {
      TICHET_POSTGRES_URL: 'postgres://db/tichet',
      TICHET_EVENTSTOREDB_URL: 'esdb://db:2113?tls=false',
      TICHET_EVENTSTOREDB_PREFIX: 'cluj',
    };
    const settings = read({ ...addresses, ...environment }, { ...files, '/run/bounces': `${bounceSecret}\n${bounceSecret}\n` });
    expect(settings).toMatchObject(expected);
    if (settings.outside !== undefined) expect(outsideNames(settings.outside)).toEqual(['folder', 'time-stamp', 'letter']);
  });

  it('says every fault at once and never repeats a URL that may hold a password', () => {
    const faults = faultsOf({ PORT: 'x', TICHET_SMTP_URL: 'secret-password@host', TICHET_EVENT_STORE: 'mysql' });
    expect(faults.map(({ setting }) => setting).sort()).toEqual(['PORT', 'TICHET_EVENT_STORE', 'TICHET_SMTP_URL']);
    expect(new SettingsInvalid(faults).message).not.toContain('secret-password');
    expect(
      faultsOf({ TICHET_VIDEO: 'webex' })
        .map(({ setting }) => setting)
        .sort(),
    ).toEqual(['TICHET_WEBEX_CLIENT_ID', 'TICHET_WEBEX_CLIENT_SECRET_FILE', 'TICHET_WEBEX_REFRESH_TOKEN_FILE']);
  });

  it('refuses a misspelt name with the one that is meant, and points out a name that may be another program’s', () => {
    const others = { TICHET_COFFEE: '1', TICHET_PORT: 'tcp://10.0.0.1:3000', TICHET_SERVICE_HOST: '10.0.0.1' };
    expect(faultsOf({ ...others, TICHET_SMPT_URL: 'smtp://x', TICHET_HOST: 'x', PORT: 'x' })).toMatchObject([
      { setting: 'PORT' },
      { setting: 'TICHET_SMPT_URL', en: 'There is no such setting; the nearest is TICHET_SMTP_URL.' },
      { setting: 'TICHET_HOST', ro: 'Nu există această setare; cea mai apropiată este TICHET_HOSTS.' },
    ]);
    const { notices } = readSettings(others, fileIn({}));
    expect(notices.map(({ setting }) => setting)).toEqual(Object.keys(others));
    expect(notices[0]).toMatchObject({ setting: 'TICHET_COFFEE', ro: 'Setare necunoscută. Nu are niciun efect.' });
  });
});

const inFile = (setting: string, content: unknown, others: Files = {}) =>
  [
    { [setting]: '/etc/tichet/f.json' },
    { '/etc/tichet/f.json': typeof content === 'string' ? content : JSON.stringify(content), ...others },
  ] as const;

describe('the files that settings name', () => {
  it('give a changed policy its own version and leave the others', () => {
    const changes = { 'lead-time': { value: { hours: 72 }, version: 2 }, 'slot-release-delay': { value: null, version: 3 } };
    const { policies } = read(...inFile('TICHET_POLICIES_FILE', changes));
    expect(policies['lead-time']).toEqual({ name: 'lead-time', version: 2, value: { hours: 72 } });
    expect(policies['slot-release-delay']).toEqual({ name: 'slot-release-delay', version: 3, value: null });
    expect(policies['booking-horizon'].version).toBe(1);
  });

  const usual = { hoursBefore: [24, 2], nightFrom: '21:00', nightUntil: '07:00' };
  it.each<[object | null, boolean]>([
    [usual, true],
    [null, true],
    [{ ...usual, hoursBefore: [168, 48, 24, 2, 1] }, true],
    [{ ...usual, nightFrom: '00:00', nightUntil: '00:00' }, true],
    [{ ...usual, nightFrom: '16:00', nightUntil: '08:00' }, true],
    [{ ...usual, nightFrom: '16:00', nightUntil: '08:01' }, false],
    [{ ...usual, hoursBefore: [] }, false],
    [{ ...usual, hoursBefore: [2, 2] }, false],
    [{ ...usual, hoursBefore: [0] }, false],
    [{ ...usual, hoursBefore: [169] }, false],
    [{ ...usual, hoursBefore: [1.5] }, false],
    [{ ...usual, hoursBefore: [6, 5, 4, 3, 2, 1] }, false],
    [{ ...usual, hoursBefore: '24' }, false],
    [{ ...usual, nightFrom: '24:00' }, false],
    [{ ...usual, nightUntil: 7 }, false],
    [{ ...usual, also: 1 }, false],
    [{ ...usual, textMessages: true }, true],
    [{ ...usual, textMessages: false }, false],
    [{ ...usual, textMessages: true, also: 1 }, false],
    [{ hoursBefore: [24], nightFrom: '21:00' }, false],
  ])('set when people are reminded: %j is taken: %j', (value, taken) => {
    const file = inFile('TICHET_POLICIES_FILE', { reminders: { value, version: 2 } });
    if (taken) expect(read(...file).policies.reminders).toEqual({ name: 'reminders', version: 2, value });
    else expect(JSON.stringify(faultsOf(...file))).toContain('reminders');
  });

  it('set periods; what they do not name keeps the one that is shipped', () => {
    const periods = '{"contact": "P4Y", "names": "P18M", "conclusions": null, "operational": "P3D"}';
    expect(read(...inFile('TICHET_RETENTION_FILE', periods)).retention).toMatchObject({
      ...defaultRetention,
      contact: { text: 'P4Y', years: 4 },
      names: { text: 'P18M', months: 18 },
      operational: { text: 'P3D', days: 3 },
    });
    const shipped = Object.entries(read({}).retention).map(([name, period]) => [name, period?.text ?? null]);
    expect(Object.fromEntries(shipped)).toEqual({
      contact: 'P2Y',
      names: 'P3Y',
      conclusions: null,
      letters: 'P6M',
      outbox: 'P30D',
      readings: 'P5Y',
      'refused-attempts': 'P1Y',
      operational: 'PT24H',
    });
  });

  it('keep for ever only what somebody gives a reason for, beside a document of the archive', () => {
    const never = { contact: { never: 'hotărârea 12/2026' }, 'refused-attempts': { never: 'anchetă' }, conclusions: { never: 'arhivă' } };
    const { retention, retentionReasons } = read(...inFile('TICHET_RETENTION_FILE', JSON.stringify(never)));
    expect(retention).toEqual({ ...defaultRetention, contact: null, 'refused-attempts': null, conclusions: null });
    expect(retentionReasons).toEqual({ contact: 'hotărârea 12/2026', 'refused-attempts': 'anchetă', conclusions: 'arhivă' });
    const faults = faultsOf(...inFile('TICHET_RETENTION_FILE', '{"letters": null}'));
    expect(faults).toEqual([
      expect.objectContaining({
        ro: 'Clasa „letters” se păstrează pentru totdeauna numai cu un motiv scris: {"never": "motivul"}. Numai „conclusions”, document de arhivă, poate fi null.',
        en: 'The class "letters" is kept for ever only for a reason that is written down: {"never": "the reason"}. Only "conclusions", a document of the archive, may be null.',
      }),
    ]);
  });

  const target = { name: 'statistics', url: 'https://statistics.example/hook', secret: webhookSecret, events: ['ticket.*'] };
  it.each<[string, object, object, Files?]>([
    [
      'the usual ones are public and begin now',
      target,
      { name: 'statistics', url: target.url, secrets: [webhookSecret], events: ['ticket.*'], private: false, fromBeginning: false },
    ],
    [
      'secrets lie in a file beside it, two while they are changed',
      { ...target, secret: undefined, secretFile: 's.secret', from: 'beginning' },
      { secrets: [webhookSecret, webhookSecret], fromBeginning: true },
      { [resolve('/etc/tichet/s.secret')]: `${webhookSecret}\n${webhookSecret}\n` },
    ],
    ['http and private addresses are of those that say so', { ...target, url: 'http://10.0.0.7:8080/', private: true }, { private: true }],
  ])('name targets: %s', (_, entry, expected, others = {}) => {
    expect(read(...inFile('TICHET_WEBHOOKS_FILE', [entry], others)).webhooks).toMatchObject([expected]);
  });

  const verifier = verifierLine(createNoteSigner('control.example/witness', Buffer.alloc(32, 9), 4));
  const logLine = verifierLine(createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 3)));
  const witness = { name: 'control', url: 'https://witness.example/w/', verifier };
  it('name witnesses', () => {
    const { outside } = read(...inFile('TICHET_WITNESSES_FILE', [witness]));
    expect(outside?.witnesses).toMatchObject([{ name: 'control', url: 'https://witness.example/w', private: false }]);
    expect(outsideNames(outside)).toEqual(['control']);
  });

  it.each<[setting: string, what: string, content: unknown, sentence: string]>([
    ['TICHET_POLICIES_FILE', 'not JSON', '{', 'not correct JSON'],
    ['TICHET_POLICIES_FILE', 'an array', [], 'must be a JSON object: policy name → {"value": …, "version": …}.'],
    ['TICHET_POLICIES_FILE', 'an unknown policy', { 'lead-tine': { value: { hours: 1 }, version: 2 } }, 'no policy "lead-tine"'],
    ['TICHET_POLICIES_FILE', 'a bare value', { 'lead-time': 48 }, 'must be {"value"'],
    ['TICHET_POLICIES_FILE', 'no version', { 'lead-time': { value: { hours: 72 } } }, 'needs "version"'],
    ['TICHET_POLICIES_FILE', 'version 1, which is the rulebook', { 'lead-time': { value: { hours: 72 }, version: 1 } }, 'from 2 up'],
    ['TICHET_POLICIES_FILE', 'a wrong unit', { 'lead-time': { value: { days: 2 }, version: 2 } }, '"hours"'],
    ['TICHET_POLICIES_FILE', 'a number out of bounds', { 'lead-time': { value: { hours: -1 }, version: 2 } }, '"hours": 0–720'],
    ['TICHET_POLICIES_FILE', 'a fraction', { 'lead-time': { value: { hours: 1.5 }, version: 2 } }, 'whole numbers'],
    [
      'TICHET_POLICIES_FILE',
      'another way of counting',
      { 'lead-time': { value: { hours: 48, counted: 'days' }, version: 2 } },
      'working-hours',
    ],
    ['TICHET_POLICIES_FILE', 'an extra field', { 'lead-time': { value: { hours: 48, minutes: 1 }, version: 2 } }, 'must be'],
    ['TICHET_POLICIES_FILE', 'an unknown reading of A5', { 'clarification-window': { value: 'thirty', version: 2 } }, 'plain-30-roll'],
    [
      'TICHET_POLICIES_FILE',
      'a delay that ends before it begins',
      { 'slot-release-delay': { value: { minMinutes: 9, maxMinutes: 1 }, version: 2 } },
      'must be',
    ],
    ['TICHET_POLICIES_FILE', 'null where there is no off', { 'lead-time': { value: null, version: 2 } }, 'must be'],
    ['TICHET_RETENTION_FILE', 'not JSON', '{', 'The file is not correct JSON'],
    ['TICHET_RETENTION_FILE', 'an array', '[]', 'must be a JSON object'],
    ['TICHET_RETENTION_FILE', 'a class twice', '{"names": "P5Y", "contact": null, "names": "P9Y"}', 'The key “names” stands twice'],
    ['TICHET_WEBHOOKS_FILE', 'a field twice', '[{"name": "a", "url": "https://a.example", "name": "b"}]', 'The key “name” stands twice'],
    ['TICHET_RETENTION_FILE', 'a period of the archive', { archive: 'P10Y' }, 'never deletes them'],
    ['TICHET_RETENTION_FILE', 'none of the archive', { archive: null }, 'never deletes them'],
    ['TICHET_RETENTION_FILE', 'an unknown class', { contacts: 'P1Y' }, 'There are: contact, names'],
    ['TICHET_RETENTION_FILE', 'words', { contact: '2 ani' }, 'an ISO 8601 period'],
    ['TICHET_RETENTION_FILE', 'no time', { contact: 'P0D' }, 'an ISO 8601 period'],
    ['TICHET_RETENTION_FILE', 'a number', { contact: 2 }, 'an ISO 8601 period'],
    ['TICHET_RETENTION_FILE', 'hours', { contact: 'PT1H' }, 'not in hours'],
    ['TICHET_RETENTION_FILE', 'never, and no reason', { names: null }, 'only for a reason'],
    ['TICHET_RETENTION_FILE', 'never, and a reason of which nothing can be seen', { outbox: { never: ' \u200b' } }, 'only for a reason'],
    ['TICHET_RETENTION_FILE', 'never, and more than a reason', { outbox: { never: 'x', period: 'P1D' } }, 'only for a reason'],
    ['TICHET_RETENTION_FILE', 'for ever, with a reason', { operational: { never: 'x' } }, 'the disk would fill'],
    ['TICHET_RETENTION_FILE', 'for ever', { operational: null }, 'the disk would fill'],
    ['TICHET_RETENTION_FILE', 'years of what only runs', { operational: 'P5Y' }, 'erasure of a person does not reach them'],
    ['TICHET_RETENTION_FILE', 'more than a month of it', { operational: 'PT800H' }, '31 days'],
    [
      'TICHET_BOUNCE_WEBHOOK_SECRET_FILE',
      'unpadded',
      `whsec_${'A'.repeat(35)}`,
      'one secret a line: whsec_ and at least 24 bytes in base64.',
    ],
    ['TICHET_BOUNCE_WEBHOOK_SECRET_FILE', 'half a byte', `whsec_${'A'.repeat(33)}`, 'one secret a line'],
    ['TICHET_BOUNCE_WEBHOOK_SECRET_FILE', 'a short one', 'whsec_c2N1cnQ=', 'one secret a line'],
    ['TICHET_BOUNCE_WEBHOOK_SECRET_FILE', 'words', 'parola noastra', 'one secret a line'],
    ['TICHET_BOUNCE_WEBHOOK_SECRET_FILE', 'a second that is none', `${bounceSecret} ${'*'.repeat(40)}`, 'one secret a line'],
    ['TICHET_WEBHOOKS_FILE', 'no JSON', '[{', 'must be a JSON list'],
    ['TICHET_WEBHOOKS_FILE', 'no list', { statistics: target }, 'must be a JSON list'],
    ['TICHET_WEBHOOKS_FILE', 'no object', ['https://statistics.example'], 'Target 1: It must be a JSON object'],
    ['TICHET_WEBHOOKS_FILE', 'no name', [{ ...target, name: 'Statistică' }], '"name" must be 1 to 40'],
    ['TICHET_WEBHOOKS_FILE', 'no address', [{ ...target, url: 'statistics' }], 'not an address https://'],
    ['TICHET_WEBHOOKS_FILE', 'http', [{ ...target, url: 'http://statistics.example' }], 'must begin with https://'],
    ['TICHET_WEBHOOKS_FILE', 'another protocol', [{ ...target, url: 'file:///etc/passwd', private: true }], 'must begin with https://'],
    ['TICHET_WEBHOOKS_FILE', 'a password in the address', [{ ...target, url: 'https://u:p@statistics.example' }], 'must not have a user'],
    ['TICHET_WEBHOOKS_FILE', 'a private address', [{ ...target, url: 'https://192.168.0.4/' }], 'not public'],
    ['TICHET_WEBHOOKS_FILE', 'a private address in hexadecimal', [{ ...target, url: 'https://0x7f.1/' }], 'not public'],
    ['TICHET_WEBHOOKS_FILE', 'a private address of IPv6', [{ ...target, url: 'https://[::ffff:10.0.0.1]/' }], 'not public'],
    ['TICHET_WEBHOOKS_FILE', 'no secret', [{ ...target, secret: undefined }], 'Either "secret" or "secretFile"'],
    ['TICHET_WEBHOOKS_FILE', 'two places of a secret', [{ ...target, secretFile: 'x' }], 'Either "secret" or "secretFile"'],
    ['TICHET_WEBHOOKS_FILE', 'no file', [{ ...target, secret: undefined, secretFile: 'nowhere' }], 'cannot be read'],
    ['TICHET_WEBHOOKS_FILE', 'a short secret', [{ ...target, secret: 'whsec_c2hvcnQ=' }], '24 to 64 bytes'],
    ['TICHET_WEBHOOKS_FILE', 'a secret without its mark', [{ ...target, secret: webhookSecret.slice(6) }], 'must be whsec_'],
    ['TICHET_WEBHOOKS_FILE', 'no events', [{ ...target, events: [] }], 'at least one name'],
    ['TICHET_WEBHOOKS_FILE', 'an event that is none', [{ ...target, events: ['ticket.Sheduled'] }], '"events" has "ticket.Sheduled"'],
    ['TICHET_WEBHOOKS_FILE', 'what stays at home', [{ ...target, events: ['ops.EventSkipped'] }], '"events" has "ops.EventSkipped"'],
    ['TICHET_WEBHOOKS_FILE', 'an unknown field', [{ ...target, retries: 3 }], 'Unknown field: "retries"'],
    ['TICHET_WEBHOOKS_FILE', 'no truth', [{ ...target, private: 'yes' }], '"private" must be true or false'],
    ['TICHET_WEBHOOKS_FILE', 'no beginning', [{ ...target, from: 'yesterday' }], '"from" can be now or beginning'],
    ['TICHET_WEBHOOKS_FILE', 'a name twice', [target, target], 'stands there twice'],
    ['TICHET_WITNESSES_FILE', 'what is no list', {}, 'JSON list'],
    ['TICHET_WITNESSES_FILE', 'an entry that is no object', ['x'], 'Witness 1: It must be a JSON object'],
    ['TICHET_WITNESSES_FILE', 'an unknown field', [{ ...witness, key: 'x' }], 'Unknown field: "key"'],
    ['TICHET_WITNESSES_FILE', 'http to somebody outside', [{ ...witness, url: 'http://w.example' }], 'must begin with https://'],
    ['TICHET_WITNESSES_FILE', 'an address inside', [{ ...witness, url: 'https://10.0.0.1' }], 'not public'],
    ['TICHET_WITNESSES_FILE', 'an address with a query', [{ ...witness, url: 'https://w.example/?a=1' }], 'query'],
    ['TICHET_WITNESSES_FILE', 'a key that is a log’s', [{ ...witness, verifier: logLine }], 'line of a witness'],
    ['TICHET_WITNESSES_FILE', 'a key with a digit changed', [{ ...witness, verifier: verifier.replace(/.$/u, 'A') }], 'line of a witness'],
    ['TICHET_WITNESSES_FILE', 'a name of the service', [{ ...witness, name: 'folder' }], 'the service’s own'],
    ['TICHET_WITNESSES_FILE', 'a name twice', [witness, { ...witness, url: 'https://v.example' }], 'stands there twice'],
    ['TICHET_WITNESSES_FILE', 'private that is no flag', [{ ...witness, private: 'yes' }], '"private" must be'],
  ])('of %s: refused is %s, in both languages, and neither address nor secret is repeated', (setting, _, content, sentence) => {
    const faults = faultsOf(...inFile(setting, content));
    expectOne(faults, setting, sentence);
    expect(JSON.stringify(faults)).not.toMatch(/statistics\.example|whsec_[A-Za-z0-9]/);
  });

  it('refuse certificates that are spoiled', () => {
    const [environment, spoiled] = inFile('TICHET_TIMESTAMP_CA_FILE', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    expectOne(faultsOf({ ...environment, ...timeStamp }, spoiled), 'TICHET_TIMESTAMP_CA_FILE', 'certificates in PEM');
  });

  it('tell all their faults at once', () => {
    const targets = [
      { ...target, name: '' },
      { ...target, url: '', events: 'all' },
    ];
    expect(faultsOf(...inFile('TICHET_WEBHOOKS_FILE', targets)).map(({ en }) => en.slice(0, 9))).toEqual([
      'Target 1:',
      'Target 2:',
      'Target 2:',
    ]);
    const periods = faultsOf(...inFile('TICHET_RETENTION_FILE', '{"archive": "P1Y", "contact": "x"}'));
    expect(periods.map(({ en }) => en).join('\n')).toMatch(/archive[\s\S]*ISO 8601/);
  });
});
