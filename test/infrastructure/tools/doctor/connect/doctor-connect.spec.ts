import { readFileSync, writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { openPorts } from '../../../../../src/infrastructure/nest/open-ports';
import { createStoredTokens } from '../../../../../src/infrastructure/outside/video/webex/stored-tokens';
import type { Connection } from '../../../../../src/infrastructure/tools/doctor/connect/connections';
import type { Finding } from '../../../../../src/infrastructure/tools/doctor/finding';
import { createNoteSigner, verifierLine } from '@tichet-albastru/signed-log';
import { closing, emptyFolder, endsByItself } from '../../../../support/closing';
import { freePort } from '../../../../support/free-port';
import { startFakeGateway } from '../../../../support/gateway/fake-gateway';
import { serveHttp } from '../../../../support/http-server';
import { createImapServer, type Misbehaviour } from '../../../../support/imap/imap-server';
import { Emulator } from '../../../../support/eventstoredb/emulator';
import { createAuthority, makeCertificate } from '../../../../support/eventstoredb/certificate';
import { tlsBefore } from '../../../../support/eventstoredb/tls-front';
import { startProvider } from '../../../../support/issuer/provider';
import { createTestDatabase } from '../../../../support/postgres';
import { openAuthority, opensslIn } from '../../../../support/time-stamp-authority';
import { FakeWebex } from '../../../../support/webex/fake-webex';
import { overHttp } from '../../../../support/witnesses';
import { staffCsv } from '../../../../story/support/bookings';
import { environmentOf, settingsOf, tichetIn } from '../../command-line/captured';

type Environment = Record<string, string>;
type Said = { readonly checks: readonly string[]; readonly findings: readonly Finding[]; readonly connections: readonly Connection[] };

/** What must stand in no answer. */
const secrets = ['parola-secreta', 'whsec_', 'secret-of-', 'a secret of the tests'];
const pagesAt = 'http://127.0.0.1:1';

const fileWith = (text: string): string => {
  const file = join(emptyFolder(), 'file');
  writeFileSync(file, text);
  return file;
};

/** @param seconds few where nothing would come of waiting, and otherwise long enough for a busy machine */
const doctor = async (settings: Environment, seconds = '100', ...options: readonly string[]) => {
  const environment = { ...environmentOf(emptyFolder()), ...settings };
  const told = await tichetIn(environment, ['doctor', '--connect', '--within', seconds, ...options]);
  for (const secret of secrets) expect(told.stdout + told.stderr).not.toContain(secret);
  return told;
};

const found = async (settings: Environment, seconds?: string): Promise<{ readonly exit: number } & Said> => {
  const { exit, stdout } = await doctor(settings, seconds, '--json');
  return { exit, ...(JSON.parse(stdout) as Said) };
};

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

/** A port on which each connection is treated so. */
const portThat = async (treats: (socket: Socket) => void): Promise<number> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    treats(socket);
  });
  closing({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return listening(server);
};
const silent = (): Promise<number> => portThat(() => undefined);
const cutting = (): Promise<number> => portThat((socket) => void socket.destroy());

const smtp = async (options: SMTPServerOptions): Promise<number> => {
  const server = new SMTPServer({
    logger: false,
    closeTimeout: 50,
    onAuth: ({ password }, _, callback) => {
      callback(password === 'parola-secreta' ? null : new Error('not ana.pop'), { user: 'tichet' });
    },
    onMailFrom: () => {
      throw new Error('A letter was begun.');
    },
    ...options,
  });
  server.on('error', () => undefined);
  closing({
    close: () =>
      new Promise<void>((resolve) => {
        server.close(resolve);
      }),
  });
  return listening(server.server);
};

/** HTTPS with a certificate that nobody knows. */
const unknownAuthority = async (): Promise<number> => {
  const folder = emptyFolder();
  const address = '-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1';
  opensslIn(folder)(...`req -x509 -newkey rsa:2048 -nodes -keyout k -out c ${address}`.split(' '));
  const server = createTlsServer({ key: readFileSync(join(folder, 'k')), cert: readFileSync(join(folder, 'c')) });
  closing({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return listening(server);
};

/** Where each system is, for one at this address. */
const overHttpAt = {
  'document-system': (url: string) => ({
    TICHET_REGISTRY: 'http',
    TICHET_REGISTRY_URL: url,
    TICHET_REGISTRY_TOKEN_FILE: fileWith('secret-of-gateway'),
  }),
  webex: (url: string) => ({
    TICHET_VIDEO: 'webex',
    TICHET_WEBEX_BASE_URL: `${url}/v1`,
    TICHET_WEBEX_CLIENT_ID: 'client',
    TICHET_WEBEX_CLIENT_SECRET_FILE: fileWith('secret-of-webex'),
    TICHET_WEBEX_REFRESH_TOKEN_FILE: fileWith('first-token'),
  }),
  'identity-provider': (url: string) => ({
    TICHET_OIDC_ISSUER: url,
    TICHET_OIDC_AUDIENCE: 'tichet-api',
    TICHET_OIDC_CLIENT_ID: 'tichet-pages',
    TICHET_OIDC_CLIENT_SECRET_FILE: fileWith('a secret of the tests, long enough to be one'),
    TICHET_OIDC_ROLES: 'ta-admin=admin',
    TICHET_PUBLIC_URL: pagesAt,
  }),
  'time-stamp': (url: string) => ({ TICHET_TIMESTAMP_URL: `${url}/tsr` }),
  'witness control': (url: string) => ({
    TICHET_WITNESSES_FILE: fileWith(
      JSON.stringify([
        {
          name: 'control',
          url,
          verifier: verifierLine(createNoteSigner('control.example/witness', Buffer.alloc(32, 9), 4)),
          private: true,
        },
      ]),
    ),
  }),
  'webhook erp': (url: string) => ({
    TICHET_WEBHOOKS_FILE: fileWith(
      JSON.stringify([
        { name: 'erp', url: `${url}/hook`, secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`, events: ['*'], private: true },
      ]),
    ),
  }),
  calendars: (url: string) => ({ TICHET_CALENDAR_HOSTS: url, TICHET_CALENDAR_NETWORKS: '127.0.0.0/8' }),
} as const;
type OverHttp = keyof typeof overHttpAt;
const names = Object.keys(overHttpAt) as OverHttp[];
const settingOf: Record<OverHttp, string> = {
  'document-system': 'TICHET_REGISTRY_URL',
  webex: 'TICHET_WEBEX_BASE_URL',
  'identity-provider': 'TICHET_OIDC_ISSUER',
  'time-stamp': 'TICHET_TIMESTAMP_URL',
  'witness control': 'TICHET_WITNESSES_FILE',
  'webhook erp': 'TICHET_WEBHOOKS_FILE',
  calendars: 'TICHET_CALENDAR_HOSTS',
};

/** The one system that is configured, as it was found; nothing is wrong with any other. */
const foundOf = async (settings: Environment, system: string, seconds?: string) => {
  const { exit, findings, connections, checks } = await found(settings, seconds);
  const one = connections.find((other) => other.system === system || other.system.startsWith(`${system} `));
  for (const other of connections) if (other !== one) expect(other).toEqual({ system: other.system, state: 'not-configured' });
  const { state } = one ?? {};
  expect([exit, findings.map(({ check }) => check)]).toEqual(state === 'failed' ? [6, ['connect']] : [0, []]);
  expect(checks).toContain('connect');
  return { one, findings };
};

const expectFailed = async (
  settings: Environment,
  system: string,
  cause: string,
  setting: string,
  code: RegExp | string,
): Promise<void> => {
  const { one, findings } = await foundOf(settings, system, cause === 'silent' ? '1' : undefined);
  const form = typeof code === 'string' ? code : expect.stringMatching(code);
  expect(one).toEqual({ system: one?.system, state: 'failed', cause, code: form, setting });
  for (const { wrong, remedy } of findings)
    for (const language of ['ro', 'en'] as const) {
      expect(wrong[language]).toContain(one?.system);
      expect(remedy[language]).toContain(setting);
    }
};

const at = (port: number, scheme = 'http'): string => `${scheme}://127.0.0.1:${String(port)}`;
const answering = async (status: number, body = '{}', type = 'application/json'): Promise<string> =>
  (await serveHttp((_, response) => response.writeHead(status, { 'content-type': type }).end(body))).url;

type Broken = {
  readonly cause: string;
  readonly code: RegExp | string;
  readonly url: () => Promise<string>;
  readonly not?: readonly OverHttp[];
};
/** Of those who are only asked whether they are there, and not for anything of ours. */
const onlyThere = ['webhook erp', 'calendars'] as const;
const brokenHttp: Readonly<Record<string, Broken>> = {
  'nobody listens': { cause: 'nobody-listens', code: 'ECONNREFUSED', url: async () => at(await freePort()) },
  'it says nothing': { cause: 'silent', code: /^(?:UND_ERR_HEADERS_TIMEOUT|TimeoutError|too-late)$/, url: async () => at(await silent()) },
  'it cuts the connection off': { cause: 'cut-off', code: /^(?:UND_ERR_SOCKET|ECONNRESET)$/, url: async () => at(await cutting()) },
  'no HTTP answers': {
    cause: 'something-else',
    code: 'HTTPParserError',
    url: async () => at(await portThat((socket) => void socket.once('data', () => socket.end('220 mail.example ESMTP\r\n')))),
  },
  'its certificate is of nobody': { cause: 'certificate', code: /SELF_SIGNED/, url: async () => at(await unknownAuthority(), 'https') },
  'TLS is asked of a port without it': {
    cause: 'tls',
    code: /^(?:ERR_SSL_|EPROTO)/,
    url: async () => (await answering(200)).replace('http:', 'https:'),
  },
  '500': { cause: 'failing', code: /^(?:status-500|failing)$/, url: () => answering(500) },
  '404': { cause: 'path', code: 'status-404', url: () => answering(404), not: onlyThere },
};

describe.each(Object.entries(brokenHttp))('doctor --connect, when %s', (_, { cause, code, url, not = [] }) => {
  it.each(names.filter((name) => !not.includes(name)))('names the cause and the line to change: %s', async (name) => {
    await expectFailed(overHttpAt[name](await url()), name, cause, settingOf[name], code);
  });
});

describe('doctor --connect, of an EventStoreDB', () => {
  const at = (url: string): Environment => ({ TICHET_EVENT_STORE: 'eventstoredb', TICHET_EVENTSTOREDB_URL: url });

  it('finds one in order', async () => {
    const emulator = endsByItself(await Emulator.start(), 'stop');
    expect((await foundOf(at(emulator.url), 'event-store')).one).toEqual({ system: 'event-store', state: 'in-order' });
  });

  it.each<readonly [string, string, RegExp, (emulator: Emulator) => Promise<string>]>([
    ['nobody listens', 'nobody-listens', /^ECONNREFUSED$/, async () => `esdb://127.0.0.1:${String(await freePort())}?tls=false`],
    [
      'TLS is asked of a server without',
      'tls',
      /^(?:ERR_SSL|EPROTO|ECONNRESET)/,
      ({ wire }) => Promise.resolve(`esdb://us:parola-secreta@127.0.0.1:${String(wire.port)}`),
    ],
    [
      'the certificate is of nobody',
      'certificate',
      /^UNABLE_TO_/,
      async ({ wire }) => `esdb://127.0.0.1:${String(await tlsBefore(wire.port, createAuthority().certify('IP:127.0.0.1')))}`,
    ],
    [
      'nobody is named, and only users may read',
      'credentials',
      /^access-denied$/,
      ({ misbehaviour, url }) => {
        misbehaviour.always('read', { kind: 'refuse', as: 'access-denied' });
        return Promise.resolve(url);
      },
    ],
  ])('names the cause and the line to change, when %s', async (_, cause, code, url) => {
    const emulator = endsByItself(await Emulator.start(), 'stop');
    await expectFailed(at(await url(emulator)), 'event-store', cause, 'TICHET_EVENTSTOREDB_URL', code);
  });

  it('says of a user who may not read the log what the service says at its start: it is the rights, and no password', async () => {
    const emulator = endsByItself(await Emulator.start({ certificate: makeCertificate() }), 'stop');
    emulator.access.setUser('clerk', 'parola-secreta');
    const settings = at(emulator.urlFor('clerk', 'parola-secreta'));
    await expectFailed(settings, 'event-store', 'rights', 'TICHET_EVENTSTOREDB_URL', 'access-denied');
    const { findings } = await foundOf(settings, 'event-store');
    for (const { wrong, remedy } of findings) {
      expect([wrong.en, wrong.ro]).toEqual([expect.stringContaining('knows the user'), expect.stringContaining('cunoaște utilizatorul')]);
      for (const said of [remedy.ro, remedy.en]) expect(said).toMatch(/\$all.*docs\/eventstoredb\.md/u);
    }
  });
});

describe('doctor --connect, of who is refused there', () => {
  it.each<[OverHttp, string]>([
    ['document-system', 'TICHET_REGISTRY_TOKEN_FILE'],
    ['time-stamp', 'TICHET_TIMESTAMP_URL'],
    ['witness control', 'TICHET_WITNESSES_FILE'],
  ])('names where the token stands: %s', async (name, setting) => {
    await expectFailed(overHttpAt[name](await answering(401)), name, 'credentials', setting, 'status-401');
  });

  it('names the token file that is gone', async () => {
    const gateway = await startFakeGateway({ token: 'secret-of-gateway' });
    const settings = overHttpAt['document-system'](gateway.url);
    const { one } = await foundOf(settings, 'document-system');
    expect(one?.state).toBe('in-order');
    writeFileSync(settings.TICHET_REGISTRY_TOKEN_FILE, 'another');
    await expectFailed(settings, 'document-system', 'credentials', 'TICHET_REGISTRY_TOKEN_FILE', 'status-401');
  });
});

const mail = (address: string): Environment => ({ TICHET_SMTP_URL: address });
const inClear: SMTPServerOptions = { disabledCommands: ['STARTTLS'] };
const tlsUnchecked = '?tls.rejectUnauthorized=false';

describe('doctor --connect, of the mail server', () => {
  it.each<[string, string, RegExp | string, () => Promise<string>]>([
    ['nobody listens', 'nobody-listens', 'ECONNREFUSED', async () => at(await freePort(), 'smtp')],
    ['nobody knows its name', 'name-unknown', /^(?:ENOTFOUND|EAI_AGAIN|EDNS)$/, () => Promise.resolve('smtp://nowhere.invalid')],
    ['it never greets', 'silent', /ETIMEDOUT|too-late/, async () => at(await silent(), 'smtp')],
    ['it cuts the connection off', 'cut-off', 'ECONNECTION', async () => at(await cutting(), 'smtp')],
    [
      'HTTP answers',
      'something-else',
      'EPROTOCOL',
      async () => at(await portThat((socket) => void socket.end('HTTP/1.1 400 Bad\r\n\r\n')), 'smtp'),
    ],
    ['its certificate is of nobody', 'certificate', 'CERTIFICATE', async () => at(await smtp({ secure: true }), 'smtps')],
    ['TLS is asked of a port without it', 'tls', 'ERR_SSL', async () => at(await smtp(inClear), 'smtps')],
    ['it has no STARTTLS', 'tls', /^ETLS/, async () => `${at(await smtp(inClear), 'smtp')}?requireTLS=true`],
    [
      'the password is wrong',
      'credentials',
      /EAUTH-535/,
      async () => `smtp://tichet:wrong@127.0.0.1:${String(await smtp({}))}${tlsUnchecked}`,
    ],
  ])('names cause and line when %s', async (_, cause, code, address) => {
    await expectFailed(mail(await address()), 'mail-server', cause, 'TICHET_SMTP_URL', code);
  });

  it('signs in over TLS, and begins no letter', async () => {
    const address = `smtp://tichet:parola-secreta@127.0.0.1:${String(await smtp({}))}${tlsUnchecked}`;
    expect((await foundOf(mail(address), 'mail-server')).one?.state).toBe('in-order');
  });

  it('names the file where the address stands in one', async () => {
    const settings = { TICHET_SMTP_URL_FILE: fileWith(`smtp://tichet:wrong@127.0.0.1:${String(await smtp({}))}${tlsUnchecked}`) };
    await expectFailed(settings, 'mail-server', 'credentials', 'TICHET_SMTP_URL_FILE', /535/);
  });
});

describe('doctor --connect, of the bounce mailbox', () => {
  const misbehaving = async (misbehave: Misbehaviour, change = (url: string) => url): Promise<string> => {
    const server = await createImapServer();
    Object.assign(server.misbehave, misbehave);
    return change(server.url);
  };
  const mailbox = (url: string): Environment => ({ TICHET_BOUNCE_IMAP_URL: url });

  it.each<[string, string, RegExp | string, () => Promise<string>]>([
    [
      'nobody listens',
      'nobody-listens',
      'ECONNREFUSED',
      async () => `imap://bounces:parola-secreta@127.0.0.1:${String(await freePort())}/INBOX`,
    ],
    ['it never greets', 'silent', /GREETING_TIMEOUT|too-late/, () => misbehaving({ silent: true })],
    ['it cuts the connection off', 'cut-off', /Closed/, async () => `imap://bounces:parola-secreta@127.0.0.1:${String(await cutting())}`],
    ['the password is wrong', 'credentials', 'AUTHENTICATIONFAILED', () => misbehaving({ refuseLogin: true })],
    ['there is no such folder', 'folder', 'NONEXISTENT', () => misbehaving({}, (url) => url.replace('INBOX', 'Bounces'))],
    ['TLS is asked of a port without it', 'tls', /ERR_SSL/, () => misbehaving({}, (url) => url.replace('imap:', 'imaps:'))],
    [
      'its certificate is of nobody',
      'certificate',
      /CERT/,
      async () => `imaps://bounces:parola-secreta@127.0.0.1:${String(await smtp({ secure: true }))}`,
    ],
  ])('names cause and line when %s', async (_, cause, code, url) => {
    await expectFailed(mailbox(await url()), 'bounce-mailbox', cause, 'TICHET_BOUNCE_IMAP_URL', code);
  });

  it('opens the folder, and marks nothing', async () => {
    const server = await createImapServer();
    const message = server.deliver('From: ana.pop@posta.example\nSubject: x\n\ny');
    expect((await foundOf(mailbox(server.url), 'bounce-mailbox')).one?.state).toBe('in-order');
    expect([...message.flags]).toEqual([]);
  });
});

describe('doctor --connect, of the identity provider', () => {
  const client = 'TICHET_OIDC_CLIENT_ID, TICHET_OIDC_CLIENT_SECRET_FILE, TICHET_OIDC_CLIENT_AUTHENTICATION';
  const provider = () => startProvider({ pagesAt, accounts: {} });
  const at = overHttpAt['identity-provider'];

  it('asks about a code that is none, and takes its refusal for good', async () => {
    expect((await foundOf(at((await provider()).issuer), 'identity-provider')).one?.state).toBe('in-order');
  });

  it.each<[string, Environment]>([
    ['a wrong secret', { TICHET_OIDC_CLIENT_SECRET_FILE: fileWith('wrong') }],
    ['another client', { TICHET_OIDC_CLIENT_ID: 'tichet-others' }],
  ])('names the lines of the client: %s', async (_, change) => {
    await expectFailed({ ...at((await provider()).issuer), ...change }, 'identity-provider', 'client', client, 'invalid_client');
  });

  it('names the issuer that is spelt otherwise', async () => {
    const { issuer } = await provider();
    await expectFailed(at(`${issuer}/`), 'identity-provider', 'issuer', 'TICHET_OIDC_ISSUER', 'other-issuer');
  });

  it('names what is no provider', async () => {
    await expectFailed(
      at(await answering(200, '<html>', 'text/html')),
      'identity-provider',
      'something-else',
      'TICHET_OIDC_ISSUER',
      'not-json',
    );
  });
});

describe('doctor --connect, of PostgreSQL', () => {
  const failed = { system: 'database', state: 'failed', setting: 'TICHET_POSTGRES_URL' };
  /** As it was found; what is kept in the data folder is looked at none the less. */
  const databaseOf = async (url: string, seconds?: string) => {
    const { exit, findings, connections } = await found({ TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: url }, seconds);
    expect([exit, findings.map(({ check }) => check)]).toEqual([6, ['connect', 'key-file']]);
    return connections[0];
  };

  it('says who answers for it', async () => {
    const { url } = await createTestDatabase();
    const folder = emptyFolder();
    const environment = {
      ...environmentOf(folder),
      TICHET_EVENT_STORE: 'postgres',
      TICHET_POSTGRES_URL: url,
      TICHET_POSTGRES_DIRECT_URL: url,
    };
    expect(await tichetIn(environment, ['import', 'staff', fileWith(staffCsv)])).toMatchObject({ exit: 0, stderr: '' });
    const { exit, stdout, stderr } = await tichetIn(environment, ['doctor', '--connect']);
    expect(stdout).toContain('database: in order (server)\ndatabase direct: in order (server)\nevent-store: not configured\n');
    expect([exit, stderr]).toEqual([0, '']);
  });

  it('names cause and line, and looks at what is not there', async () => {
    const { url } = await createTestDatabase();
    for (const [change, cause, code] of [
      [(address: URL) => (address.port = '1'), 'nobody-listens', 'ECONNREFUSED'],
      [(address: URL) => (address.pathname = '/no_such_database'), 'path', '3D000'],
      [(address: URL) => (address.search = '?sslmode=verify-full'), 'tls', /STARTTLS|ERR_SSL/],
    ] as const) {
      const address = new URL(url);
      change(address);
      expect(await databaseOf(address.href)).toEqual({ ...failed, cause, code: expect.stringMatching(code) });
    }
    const mute = `postgres://a:parola-secreta@127.0.0.1:${String(await silent())}/b`;
    expect(await databaseOf(mute, '1')).toEqual({ ...failed, cause: 'silent', code: expect.any(String) });
  });
});

describe('doctor --connect, of Webex', () => {
  it('asks with the token that is kept, and renews none', async () => {
    const webex = closing(await new FakeWebex().start());
    const settings = overHttpAt.webex(webex.url.replace(/\/v1$/, ''));
    expect((await foundOf(settings, 'webex')).one).toEqual({ system: 'webex', state: 'reached' });

    const folder = emptyFolder();
    const opened = await openPorts(settingsOf(folder));
    const tokens = createStoredTokens(opened.ports.operations.keyValues, opened.purposeKeys('webex-tokens'));
    await tokens.keep({
      accessToken: 'secret-of-access',
      expiresAt: '2999-01-01T00:00:00.000Z',
      refreshToken: 'secret-of-r',
      first: tokens.tagOf('first-token'),
    });
    await opened.close();
    const installed = { ...settings, TICHET_DATA_DIR: folder };
    webex.state.accessTokens.add('secret-of-access');
    expect((await foundOf(installed, 'webex')).one).toEqual({ system: 'webex', state: 'in-order' });
    webex.state.accessTokens.clear();
    await expectFailed(installed, 'webex', 'credentials', 'TICHET_WEBEX_REFRESH_TOKEN_FILE', 'status-401');
    expect(webex.times('renew-token')).toBe(0);
  });
});

describe('doctor --connect', () => {
  it('finds everything in order, in both languages, and names what is not configured', async () => {
    const [gateway, witness, authority, imap, provider] = await Promise.all([
      startFakeGateway({ token: 'secret-of-gateway' }),
      overHttp(),
      openAuthority(),
      createImapServer(),
      startProvider({ pagesAt, accounts: {} }),
    ]);
    const settings = {
      ...overHttpAt['document-system'](gateway.url),
      ...overHttpAt['witness control'](witness.url),
      ...overHttpAt['identity-provider'](provider.issuer),
      ...overHttpAt.calendars(await answering(404)),
      TICHET_TIMESTAMP_URL: authority.url,
      TICHET_TIMESTAMP_CA_FILE: authority.caFile,
      TICHET_WITNESS_FOLDER: emptyFolder(),
      TICHET_BOUNCE_IMAP_URL: imap.url,
    };
    const { exit, stdout } = await doctor(settings);
    expect([exit, stdout.replace(/ 127\.0\.0\.1:\d+/, '').replace(/^(Node [\d.]+:) .*/m, '$1')]).toEqual([
      0,
      [
        'database: not configured',
        'database direct: not configured',
        'event-store: not configured',
        'mail-server: not configured',
        'bounce-mailbox: in order',
        'webex: not configured',
        'document-system: in order',
        'calendars: answers; what it would do is not tried',
        'webhook: not configured',
        'witness folder: in order',
        'witness control: in order',
        'time-stamp: in order',
        'identity-provider: in order',
        'Everything is in order.',
        `Node ${process.versions.node}:`,
        '',
      ].join('\n'),
    ]);
    const romanian = await doctor({ ...settings, LANG: 'ro_RO.UTF-8', TICHET_BOUNCE_IMAP_URL: 'imap://b:parola-secreta@127.0.0.1:1' });
    expect(romanian.exit).toBe(6);
    expect(romanian.stdout).toContain('bounce-mailbox: nu poate fi folosit');
    expect(romanian.stdout).toContain('connect: bounce-mailbox: la adresa lui nu ascultă nimeni (ECONNREFUSED).');
    expect(romanian.stdout).toContain('TICHET_BOUNCE_IMAP_URL');
  });

  it('says that a folder is not there, an authority is not the one that is trusted, and an address is inside', async () => {
    const authority = await openAuthority();
    const other = await openAuthority();
    const settings = {
      TICHET_TIMESTAMP_URL: authority.url,
      TICHET_TIMESTAMP_CA_FILE: other.caFile,
      TICHET_WITNESS_FOLDER: '/nowhere/at/all',
      TICHET_CALENDAR_HOSTS: await answering(200),
    };
    const { exit, connections } = await found(settings);
    expect(exit).toBe(6);
    expect(connections.filter(({ state }) => state === 'failed')).toEqual([
      expect.objectContaining({ cause: 'address-inside', setting: 'TICHET_CALENDAR_NETWORKS' }),
      { system: 'witness folder', state: 'failed', cause: 'file', code: 'ENOENT', setting: 'TICHET_WITNESS_FOLDER' },
      {
        system: 'time-stamp',
        state: 'failed',
        cause: 'not-believed',
        code: 'chain-not-trusted',
        setting: 'TICHET_TIMESTAMP_URL, TICHET_TIMESTAMP_CA_FILE',
      },
    ]);
  });

  it.each(['0', '121', 'x', '1.5'])('takes no %s seconds', async (seconds) => {
    const { exit, stderr } = await tichetIn(environmentOf(emptyFolder()), ['doctor', '--connect', '--within', seconds]);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('from 1 to 120')]);
  });

  it('is asked for: the doctor alone needs data, and looks at no system that it did not look at before', async () => {
    const { exit } = await tichetIn({ ...environmentOf(emptyFolder()), ...mail('smtp://127.0.0.1:1') }, ['doctor', '--json']);
    expect(exit).toBe(3);
  });
});
