import { generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { importJWK, jwtVerify } from 'jose';
import { allowInsecureRequests, ClientSecretBasic, Configuration, customFetch, refreshTokenGrant } from 'openid-client';
import { clientKeyIn } from '../../../../src/infrastructure/outside/identity/client-key';
import type { IdentitySettings } from '../../../../src/infrastructure/outside/identity/identity-settings';
import { openIdentity } from '../../../../src/infrastructure/outside/identity/open-identity';
import { providerSignIn, type ProviderSession } from '../../../../src/infrastructure/outside/identity/provider-sign-in';
import { silentLogger } from '../../../../src/infrastructure/testing/test-ports';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { closing } from '../../../support/closing';
import { settingsFor } from '../../../support/issuer/identity-settings';
import { startTokenIssuer, type TokenIssuer } from '../../../support/issuer/token-issuer';

let issuer: TokenIssuer;
beforeEach(async () => {
  issuer = closing(await startTokenIssuer());
});

const session: ProviderSession = {
  official: { role: 'admin', person: 'p.admin' },
  issuer: 'https://id.example',
  subject: 'u-1',
  until: '2026-03-02T08:00:00.000Z',
  refreshToken: 'r',
};

type Asked = { readonly authorization: string | undefined; readonly fields: URLSearchParams };
type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string };

const refusedGrant: Answer = { status: 400, headers: { 'content-type': 'application/json' }, body: '{"error":"invalid_grant"}' };

/** Asks the token endpoint once, and gives what it was asked, what came of it, and what was told in the log. */
const askedWith = async (changes: Partial<IdentitySettings>, says: object = {}, answer: Answer = refusedGrant) => {
  const asked: Asked[] = [];
  const take = async (request: IncomingMessage): Promise<void> => {
    asked.push({ authorization: request.headers.authorization, fields: new URLSearchParams(await text(request)) });
  };
  const document = {
    issuer: issuer.url,
    jwks_uri: `${issuer.url}/keys`,
    authorization_endpoint: `${issuer.url}/auth`,
    token_endpoint: `${issuer.url}/token`,
    ...says,
  };
  issuer.behave((request, response, asIsRight) => {
    if (request.url === '/token') void take(request).then(() => response.writeHead(answer.status, answer.headers).end(answer.body));
    else if (request.url === '/keys') asIsRight();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
  });
  const told: object[] = [];
  const note = (event: string, details: object = {}): void => void told.push({ event, ...details });
  const logger = { ...silentLogger, warn: note, error: note };
  const identity = closing(openIdentity(settingsFor(issuer.url, changes), { clock: systemClock, logger, watch: () => undefined }));
  const outcome = await providerSignIn(identity, logger, { pseudonymOf: () => Promise.resolve('p.admin') })
    .refresh(session)
    .catch((error: unknown) => error);
  const [only] = asked;
  if (only === undefined) throw new Error('It was not asked.');
  return { ...only, outcome, told };
};

const credentialsIn = (authorization: string | undefined): readonly string[] =>
  Buffer.from(authorization?.replace(/^Basic /, '') ?? '', 'base64')
    .toString()
    .split(':');
/** As providers read them that do what RFC 6749 says, and those that do not. */
const strict = (written: string): string => decodeURIComponent(written.replaceAll('+', ' '));
const naive = (written: string): string => written;

describe('a client id with a dash', () => {
  const named = { clientId: 'tichet-pages_1.a', clientSecret: "Ab8Q~x-y_z.!*'()" };

  it.each([
    ['decode', strict],
    ['do not decode', naive],
  ])('is the same to providers that %s', async (_, read) => {
    const { authorization } = await askedWith(named);
    expect(credentialsIn(authorization).map(read)).toEqual([named.clientId, named.clientSecret]);
  });

  it('was another one to providers that do not decode', async () => {
    const sent: string[] = [];
    const configuration = new Configuration(
      { issuer: issuer.url, token_endpoint: `${issuer.url}/token` },
      named.clientId,
      {},
      ClientSecretBasic(named.clientSecret),
    );
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    allowInsecureRequests(configuration);
    configuration[customFetch] = (_, { headers }) => {
      sent.push(...credentialsIn(new Headers(headers).get('authorization') ?? undefined));
      return Promise.resolve(new Response(refusedGrant.body, { status: 400 }));
    };
    await expect(refreshTokenGrant(configuration, 'r')).rejects.toThrow();
    expect(sent.map(strict)).toEqual([named.clientId, named.clientSecret]);
    expect(sent.map(naive)).not.toContain(named.clientId);
  });

  it('may have a secret that only one of the two reads: the standard is kept', async () => {
    const { authorization } = await askedWith({ clientSecret: 'a+b/c=:% d' });
    expect(credentialsIn(authorization).map(strict)).toEqual(['tichet-pages', 'a+b/c=:% d']);
  });
});

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const jwk = { ...ec.privateKey.export({ format: 'jwk' }), kid: 'pages-2026' };
const keyIn = (text: string): Partial<IdentitySettings> => {
  const clientKey = clientKeyIn(text);
  if (clientKey === undefined) throw new Error('no key');
  return { clientKey };
};

describe('how the client says who it is', () => {
  const secret = settingsFor('').clientSecret;
  const all = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];

  it.each([
    ['Basic, where the provider says nothing', {}, undefined, 'Basic'],
    ['Basic, where it is among what it takes', {}, all, 'Basic'],
    ['the form, where it takes no Basic', {}, ['client_secret_post', 'private_key_jwt'], 'form'],
    ['the form, where the settings say so', { clientAuthentication: 'client_secret_post' }, all, 'form'],
    ['Basic, where the settings say so', { clientAuthentication: 'client_secret_basic' }, ['client_secret_post'], 'Basic'],
  ] as const)('%s', async (_, changes, methods, way) => {
    const { authorization, fields } = await askedWith(changes, { token_endpoint_auth_methods_supported: methods });
    expect([authorization !== undefined, fields.get('client_secret')]).toEqual(way === 'Basic' ? [true, null] : [false, secret]);
  });

  it.each([
    ['a key in PEM', pem, rsa.publicKey, {}, { alg: 'RS256' }],
    [
      'a key in PEM, by what the provider takes',
      pem,
      rsa.publicKey,
      { token_endpoint_auth_signing_alg_values_supported: ['PS256'] },
      { alg: 'PS256' },
    ],
    ['a key as a JWK, by its name', JSON.stringify(jwk), ec.publicKey, {}, { alg: 'ES256', kid: 'pages-2026' }],
  ])('a signature with %s, and no secret', async (_, text, publicKey, says, header) => {
    const { authorization, fields } = await askedWith(keyIn(text), says);
    expect([authorization, fields.get('client_secret')]).toEqual([undefined, null]);
    expect(fields.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const checking = await importJWK(publicKey.export({ format: 'jwk' }), header.alg);
    const { payload, protectedHeader } = await jwtVerify(fields.get('client_assertion') ?? '', checking, { audience: issuer.url });
    expect(payload).toMatchObject({ iss: 'tichet-pages', sub: 'tichet-pages', jti: expect.any(String) });
    expect(protectedHeader).toEqual(header);
  });

  it.each([
    ['too short a key', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['a key that signs nothing here', generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['a public key', rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['a public JWK', JSON.stringify(rsa.publicKey.export({ format: 'jwk' }))],
    ['a key with a password', rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString()],
    ['nothing of the kind', '{}'],
  ])('is none for %s', (_, text) => {
    expect(clientKeyIn(text)).toBeUndefined();
  });
});

describe('what the provider says no to', () => {
  const json = { 'content-type': 'application/json' };
  const challenge = { ...json, 'www-authenticate': 'Basic realm="id"' };

  it.each<[string, Answer, string]>([
    ['that names the client', { status: 401, headers: json, body: '{"error":"invalid_client"}' }, 'invalid_client'],
    ['with a challenge, as the standard wants', { status: 401, headers: challenge, body: '{"error":"invalid_client"}' }, 'invalid_client'],
    ['by another number', { status: 403, headers: json, body: '{"error":"unauthorized_client"}' }, 'unauthorized_client'],
    ['without a word', { status: 401, headers: { 'www-authenticate': 'Basic' }, body: 'Unauthorized' }, 'status-401'],
    ['by a page', { status: 403, headers: { 'content-type': 'text/html' }, body: '<html>' }, 'status-403'],
  ])('is our client, %s', async (_, answer, code) => {
    const { outcome, told } = await askedWith({}, {}, answer);
    expect(outcome).toMatchObject({ name: 'IssuerUnavailable', reason: 'client-refused' });
    expect(told).toEqual([{ event: 'identity.client-refused', code, method: 'client_secret_basic' }]);
  });

  it.each(['invalid_grant', 'invalid_code'])('is this sign-in alone, when the grant has run out: %s', async (code) => {
    const { outcome, told } = await askedWith({}, {}, { ...refusedGrant, body: JSON.stringify({ error: code }) });
    expect([outcome, told]).toEqual([{ kind: 'refused' }, [{ event: 'identity.sign-in-refused', code }]]);
  });

  it('is nothing, when it does not answer', async () => {
    const { outcome } = await askedWith({}, {}, { status: 503, body: '' });
    expect(outcome).toMatchObject({ name: 'IssuerUnavailable', reason: 'failing' });
  });
});
