import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { emptyFolder, endsByItself } from '../closing';
import { freePort } from '../free-port';
import { program } from './program';

/** The pages, as a provider has them registered: with a secret, or with a key. */
export type ProviderClient = {
  readonly id: string;
  readonly method: 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';
  readonly redirectUri: string;
  readonly secret?: string;
  readonly jwk?: object;
};

/**
 * A provider that others wrote, in a folder of its own, with these clients and two people: `audit` with the roles `other` and `ta-auditor`,
 * `zoltan` with `ta-staff` alone. The claim `roles` is a list, `role` is a text.
 */
export type RealProvider = {
  readonly issuer: string;
  /** Signs somebody in at the address that we lead to, grants what the client asks for, and tells where they are sent back to. */
  throughPages(authorization: URL, username: string): Promise<URL>;
  stop(): Promise<void>;
};

const everybodysPassword = 'a password of the tests';
/** As its own scripts make the first administrator. */
const administrator = { username: 'admin', password: 'password' };
const schema = '/usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz';

const configuration = (folder: string, port: number): string => `
port=${String(port)}
bind_address="127.0.0.1"
external_url="http://127.0.0.1:${String(port)}/"
login_url="login.html"
api_prefix="api"
log_mode="file"
log_level="DEBUG"
log_file="${join(folder, 'log')}"
cookie_secure=0
session_expiration=3600
session_key="SESSION"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="/usr/lib/glewlwyd/user"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
use_secure_connection=false
secure_connection_key_file=""
secure_connection_pem_file=""
secure_connection_ca_file=""
hash_algorithm="SHA512"
database={ type="sqlite3"; path="${join(folder, 'database')}"; };
`;

/** Its tables, and that people have what we ask the claims for. */
const fill = (path: string): void => {
  const database = openSqlite(path);
  database.exec(gunzipSync(readFileSync(schema)).toString());
  const many = { multiple: true, read: true, write: true };
  const added = JSON.stringify({
    'data-format': { roles: many, role: { ...many, multiple: false }, staff_id: { ...many, multiple: false } },
  });
  database.prepare('UPDATE g_user_module_instance SET gumi_parameters = json_patch(gumi_parameters, ?)').run(added);
  database.close();
};

const claim = (name: string): object => ({ name, 'user-property': name, type: 'string', mandatory: true, 'on-demand': false, scope: [] });

const plugin = (issuer: string): object => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    module: 'oidc',
    name: 'oidc',
    display_name: 'The city',
    order_rank: 0,
    parameters: {
      iss: issuer,
      'jwt-type': 'rsa',
      'jwt-key-size': '256',
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      cert: publicKey.export({ type: 'spki', format: 'pem' }),
      'access-token-duration': 300,
      'refresh-token-duration': 3600,
      'code-duration': 600,
      'refresh-token-rolling': true,
      'allow-non-oidc': false,
      'auth-type-code-enabled': true,
      'auth-type-token-enabled': false,
      'auth-type-id-token-enabled': true,
      'auth-type-none-enabled': false,
      'auth-type-password-enabled': false,
      'auth-type-client-enabled': true,
      'auth-type-device-enabled': false,
      'auth-type-refresh-enabled': true,
      scope: [],
      'additional-parameters': [],
      claims: ['roles', 'role', 'staff_id'].map(claim),
      'jwks-show': true,
      'request-parameter-allow': true,
      'request-maximum-exp': 3600,
      'secret-type': 'public',
      'address-claim': { type: 'no' },
      'name-claim': 'no',
      'email-claim': 'no',
      'scope-claim': 'no',
      'allowed-scope': ['openid'],
      'pkce-allowed': true,
      'pkce-required': true,
      'client-jwks-parameter': 'jwks',
      'client-pubkey-parameter': 'pubkey',
      'oauth-as-iss-id': true,
    },
  };
};

const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');

export const startGlewlwyd = async (clients: readonly ProviderClient[]): Promise<RealProvider> => {
  const folder = emptyFolder();
  const port = await freePort();
  const at = `http://127.0.0.1:${String(port)}/api`;
  fill(join(folder, 'database'));
  writeFileSync(join(folder, 'configuration'), configuration(folder, port));
  const child = spawn(program('glewlwyd'), ['--config-file', join(folder, 'configuration')], { stdio: 'ignore' });
  const ended = once(child, 'close');

  const ask = async (method: string, path: string, body: object, cookie = ''): Promise<Response> => {
    const headers = { 'content-type': 'application/json', cookie };
    const answer = await fetch(at + path, { method, headers, body: JSON.stringify(body) });
    if (answer.ok) return answer;
    throw new Error(
      `Glewlwyd says ${String(answer.status)} to ${path}: ${await answer.text()} ${readFileSync(join(folder, 'log'), 'utf8')}`,
    );
  };
  const signIn = async (username: string, password: string): Promise<string> =>
    cookieOf(await ask('POST', '/auth', { username, password }));

  for (let up = false; !up;) {
    if (child.exitCode !== null) throw new Error('Glewlwyd has ended.');
    up = await fetch(`${at}/`).then(
      () => true,
      () => false,
    );
    if (!up) await pause(50);
  }
  const cookie = await signIn(administrator.username, administrator.password);
  await ask('POST', '/mod/plugin/', plugin(`${at}/oidc`), cookie);
  for (const { id, method, redirectUri, secret, jwk } of clients)
    await ask(
      'POST',
      '/client/',
      {
        client_id: id,
        enabled: true,
        confidential: true,
        scope: [],
        authorization_type: ['code', 'refresh_token'],
        redirect_uri: [redirectUri],
        token_endpoint_auth_method: [method],
        ...(secret !== undefined && { client_secret: secret }),
        ...(jwk !== undefined && { jwks: { keys: [jwk] } }),
      },
      cookie,
    );
  for (const user of [
    { username: 'audit', role: 'ta-auditor', roles: ['other', 'ta-auditor'] },
    { username: 'zoltan', role: 'ta-staff', roles: ['ta-staff'], staff_id: 's002' },
  ])
    await ask('POST', '/user/', { enabled: true, password: everybodysPassword, scope: ['g_profile', 'openid'], ...user }, cookie);
  return endsByItself(
    {
      issuer: `${at}/oidc`,
      throughPages: async (authorization, username) => {
        const theirs = await signIn(username, everybodysPassword);
        const client = authorization.searchParams.get('client_id') ?? '';
        await ask('PUT', `/auth/grant/${client}`, { scope: 'openid' }, theirs);
        // what its own page adds when somebody has pressed its button
        authorization.searchParams.set('g_continue', '');
        const answer = await fetch(authorization, { headers: { cookie: theirs }, redirect: 'manual' });
        return new URL(answer.headers.get('location') ?? '', authorization);
      },
      stop: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    },
    'stop',
  );
};
