import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { emptyFolder, endsByItself } from '../closing';
import { freePort } from '../free-port';
import type { ProviderClient, RealProvider } from './glewlwyd';
import { program } from './program';

const portal = '/usr/share/lemonldap-ng/portal';
const modules = ['String/Random', 'IO/String', 'MIME/Entity', 'Email/Sender/Simple', 'Crypt/JWT'];
/** What must be there for it, of Debian's packages. */
export const partsOfLemonldap = ['plackup', `${portal}/htdocs/index.psgi`, ...modules.map((name) => `/usr/share/perl5/${name}.pm`)];

/** Of its demonstration accounts, whose password is their name. */
const accounts: Readonly<Record<string, string>> = { audit: 'dwho', zoltan: 'rtyler' };

const relyingParty = ({ id, method, secret, jwk, redirectUri }: ProviderClient): object => ({
  oidcRPMetaDataOptionsClientID: id,
  ...(secret !== undefined && { oidcRPMetaDataOptionsClientSecret: secret }),
  ...(jwk !== undefined && { oidcRPMetaDataOptionsJwks: JSON.stringify({ keys: [jwk] }) }),
  oidcRPMetaDataOptionsAuthMethod: method,
  oidcRPMetaDataOptionsRedirectUris: redirectUri,
  oidcRPMetaDataOptionsIDTokenSignAlg: 'RS256',
  oidcRPMetaDataOptionsIDTokenForceClaims: 1,
  oidcRPMetaDataOptionsBypassConsent: 1,
  oidcRPMetaDataOptionsRequirePKCE: 1,
});

const named = <T>(clients: readonly ProviderClient[], of: (client: ProviderClient) => T): Record<string, T> =>
  Object.fromEntries(clients.map((client) => [client.id, of(client)]));

const configuration = (folder: string, at: string, clients: readonly ProviderClient[]): object => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const sessions = (name: string): object => {
    mkdirSync(join(folder, name, 'lock'), { recursive: true });
    return { Directory: join(folder, name), LockDirectory: join(folder, name, 'lock') };
  };
  return {
    cfgNum: 1,
    cfgAuthor: 'tests',
    cfgDate: 1,
    cfgVersion: '2.21.2',
    portal: `${at}/`,
    domain: '127.0.0.1',
    cookieName: 'lemonldap',
    securedCookie: 0,
    key: 'a key of the tests',
    authentication: 'Demo',
    userDB: 'Same',
    passwordDB: 'Null',
    // what would need further packages, for nothing
    ...{ captcha_login_enabled: 0, captcha_mail_enabled: 0, captcha_register_enabled: 0 },
    ...{ portalDisplayResetPassword: 0, portalDisplayRegister: 0 },
    demoExportedVars: { cn: 'cn', mail: 'mail', uid: 'uid' },
    macros: {
      _whatToTrace: '$_user',
      role: '$uid eq "dwho" ? "ta-auditor" : "ta-staff"',
      roles: '$uid eq "dwho" ? "other; ta-auditor" : "ta-staff"',
      staff_id: '$uid eq "rtyler" ? "s002" : ""',
    },
    whatToTrace: '_whatToTrace',
    exportedHeaders: {},
    locationRules: {},
    multiValuesSeparator: '; ',
    globalStorage: 'Apache::Session::File',
    globalStorageOptions: { ...sessions('sessions'), generateModule: 'Lemonldap::NG::Common::Apache::Session::Generate::SHA256' },
    persistentStorage: 'Apache::Session::File',
    persistentStorageOptions: sessions('psessions'),
    localSessionStorage: 'Cache::FileCache',
    localSessionStorageOptions: { cache_root: join(folder, 'cache'), cache_depth: 3, default_expires_in: 600, namespace: 'sessions' },
    issuerDBOpenIDConnectActivation: 1,
    issuerDBOpenIDConnectPath: '^/oauth2/',
    oidcServiceMetaDataIssuer: at,
    oidcServicePrivateKeySig: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    oidcServicePublicKeySig: publicKey.export({ type: 'spki', format: 'pem' }),
    oidcServiceKeyIdSig: 'city',
    oidcServiceAllowAuthorizationCodeFlow: 1,
    oidcServiceIgnoreScopeForClaims: 1,
    oidcRPMetaDataOptions: named(clients, relyingParty),
    oidcRPMetaDataExportedVars: named(clients, () => ({
      role: 'role;string;never',
      roles: 'roles;string;always',
      staff_id: 'staff_id',
    })),
  };
};

const settings = (folder: string): string => `[all]
useSafeJail = 1
logLevel = debug
checkTime = 1
[configuration]
type=File
dirName=${folder}
localStorage=Cache::FileCache
localStorageOptions={'namespace' => 'configuration','default_expires_in' => 600,'cache_root' => '${join(folder, 'cache')}','cache_depth' => 3}
[portal]
staticPrefix = /static
templateDir = ${portal}/templates
languages = en
`;

export const startLemonldap = async (clients: readonly ProviderClient[]): Promise<RealProvider> => {
  const folder = emptyFolder();
  const port = await freePort();
  const at = `http://127.0.0.1:${String(port)}`;
  writeFileSync(join(folder, 'lmConf-1.json'), JSON.stringify(configuration(folder, at, clients)));
  const file = join(folder, 'lemonldap-ng.ini');
  writeFileSync(file, settings(folder));
  const child = spawn(
    program('plackup'),
    ['--host', '127.0.0.1', '--port', String(port), '--env', 'deployment', `${portal}/htdocs/index.psgi`],
    {
      env: { PATH: process.env['PATH'], LLNG_DEFAULTCONFFILE: file, LLNG_DEFAULTLOGGER: 'Lemonldap::NG::Common::Logger::Std' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
  const ended = once(child, 'close');
  const latest = Date.now() + 110_000;
  for (let up = false; !up;) {
    if (child.exitCode !== null || Date.now() > latest) throw new Error(`LemonLDAP::NG does not come up: ${said.slice(-4000)}`);
    up = await fetch(`${at}/.well-known/openid-configuration`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (!up) await pause(100);
  }
  return endsByItself(
    {
      issuer: at,
      throughPages: async (authorization, username) => {
        const account = accounts[username] ?? '';
        const jar = new Map<string, string>();
        const ask = async (url: URL, fields?: URLSearchParams): Promise<Response> => {
          const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
          const answer = await fetch(url, {
            redirect: 'manual',
            headers: { cookie, accept: 'text/html' },
            ...(fields && { method: 'POST', body: fields }),
          });
          for (const [, name = '', value = ''] of answer.headers.getSetCookie().map((one) => /^([^=]+)=([^;]*)/.exec(one) ?? []))
            jar.set(name, value);
          return answer;
        };
        const form = await (await ask(authorization)).text();
        const hidden = [...form.matchAll(/<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)];
        const fields = new URLSearchParams(hidden.map(([, name = '', value = '']): [string, string] => [name, value]));
        fields.set('user', account);
        fields.set('password', account);
        let answer = await ask(authorization, fields);
        for (let hops = 0; hops < 5; hops += 1) {
          const next = new URL(answer.headers.get('location') ?? '', authorization);
          if (next.origin !== at) return next;
          answer = await ask(next);
        }
        throw new Error(`LemonLDAP::NG led nowhere: ${readFileSync(file, 'utf8')} ${said.slice(-4000)} ${await answer.text()}`);
      },
      stop: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    },
    'stop',
  );
};
