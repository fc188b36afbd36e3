import { decodeJwt, generateKeyPair, importJWK, type JWTPayload, jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import { createSecretKey } from 'node:crypto';
import type { IdentitySettings } from '../../../../src/infrastructure/outside/identity/identity-settings';
import { officialIn } from '../../../../src/infrastructure/outside/identity/claims-of-officials';
import { localTokens } from '../../../../src/infrastructure/outside/identity/local-tokens';
import { tokensOf, type Tokens } from '../../../../src/infrastructure/outside/identity/officials-tokens';
import { type Identity, openIdentity } from '../../../../src/infrastructure/outside/identity/open-identity';
import { silentLogger } from '../../../../src/infrastructure/testing/test-ports';
import { settingsFor } from '../../../support/issuer/identity-settings';
import { startTokenIssuer, type TokenIssuer } from '../../../support/issuer/token-issuer';
import { closing } from '../../../support/closing';

const at = '2026-03-02T08:00:00.000Z';
const now = Date.parse(at) / 1000;
const clock = { now: () => at };
const local = localTokens(new Uint8Array(32).fill(3), clock);

const who = { people: { pseudonymOf: () => Promise.resolve('p.known') }, tokens: { isRevoked: () => Promise.resolve(false) } };
let issuer: TokenIssuer;
let settings: IdentitySettings;
let identity: Identity;
let tokens: Tokens;
const identityWith = (changes: Partial<IdentitySettings>): Identity =>
  closing(openIdentity(settingsFor(issuer.url, changes), { clock, logger: silentLogger, watch: () => undefined }));

beforeAll(async () => {
  issuer = await startTokenIssuer('RS256');
  settings = settingsFor(issuer.url);
  identity = identityWith({});
  tokens = tokensOf(local, { ...who, identity });
});

const claims = (changes: JWTPayload = {}): JWTPayload => ({
  iss: issuer.url,
  aud: 'tichet-api',
  sub: 'u-1',
  iat: now - 10,
  exp: now + 300,
  realm_access: { roles: ['offline_access', 'ta-staff'] },
  staff_id: 's002',
  ...changes,
});
const without = (name: string): JWTPayload => Object.fromEntries(Object.entries(claims()).filter(([claim]) => claim !== name));
const foreign = generateKeyPair('RS256');

describe('a token of the provider', () => {
  it('says who somebody is', async () => {
    expect(await tokens.read(await issuer.sign(claims()))).toEqual({ kind: 'official', role: 'staff', person: 's002', staffId: 's002' });
    const admin = claims({ realm_access: { roles: ['ta-admin'] }, staff_id: undefined });
    expect(await tokens.read(await issuer.sign(admin))).toEqual({ kind: 'official', role: 'admin', person: 'p.known' });
  });

  it('may be for others as well, and named as RFC 7515 lets it be named', async () => {
    expect(await tokens.read(await issuer.sign(claims({ aud: ['account', 'tichet-api'] })))).toMatchObject({ role: 'staff' });
    expect(await tokens.read(await issuer.sign(claims(), { typ: 'application/at+jwt' }))).toMatchObject({ role: 'staff' });
  });

  it('may come from a clock that is five seconds away, and no more', async () => {
    expect(await tokens.read(await issuer.sign(claims({ nbf: now + 5 })))).toMatchObject({ role: 'staff' });
    expect(await tokens.read(await issuer.sign(claims({ exp: now - 4 })))).toMatchObject({ role: 'staff' });
  });
});

/** Of each kind of token that must be refused: how it is made, and a verifier that leaves out one thing and so takes it. */
type Refused = { readonly name: string; readonly make: () => Promise<string>; readonly careless: (token: string) => Promise<unknown> };

const keyOf = async (kid: string | undefined, alg = 'RS256') => {
  const { keys } = (await (await fetch(`${issuer.url}/keys`)).json()) as { keys: ({ kid: string } & Record<string, string>)[] };
  return importJWK(keys.find((key) => key.kid === kid) ?? keys[0] ?? {}, alg);
};
const currentDate = new Date(at);
/** jose as it should be used, but for what is left out. */
const checking =
  (leaveOut: 'audience' | 'issuer' | 'time' | 'type' | 'needed') =>
  async (token: string): Promise<unknown> =>
    jwtVerify(token, await keyOf('key-1'), {
      algorithms: ['RS256'],
      ...(leaveOut === 'audience' ? {} : { audience: 'tichet-api' }),
      ...(leaveOut === 'issuer' ? {} : { issuer: issuer.url }),
      ...(leaveOut === 'type' ? {} : { typ: 'at+jwt' }),
      ...(leaveOut === 'needed' ? {} : { requiredClaims: ['exp', 'iat', 'sub'] }),
      ...(leaveOut === 'time' ? { clockTolerance: 10 ** 9 } : { clockTolerance: 5 }),
      currentDate,
    });
/** As libraries were that read the algorithm from the token and the key from the file. */
const believingTheHeader = async (token: string): Promise<unknown> => {
  const { alg } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { alg: string };
  if (alg === 'none') return decodeJwt(token);
  return jwtVerify(token, createSecretKey(Buffer.from(await issuer.publicKeyText())), { currentDate });
};
const believingTheToken = (token: string): Promise<unknown> => Promise.resolve(decodeJwt(token));

const refused: readonly Refused[] = [
  { name: 'for another audience', make: () => issuer.sign(claims({ aud: 'other-api' })), careless: checking('audience') },
  { name: 'for an audience that ours begins', make: () => issuer.sign(claims({ aud: 'tichet-api-2' })), careless: checking('audience') },
  { name: 'for nobody', make: () => issuer.sign(without('aud')), careless: checking('audience') },
  { name: 'of another issuer', make: () => issuer.sign(claims({ iss: 'https://other.example' })), careless: checking('issuer') },
  { name: 'of the issuer with a slash more', make: () => issuer.sign(claims({ iss: `${issuer.url}/` })), careless: checking('issuer') },
  { name: 'expired', make: () => issuer.sign(claims({ exp: now - 6 })), careless: checking('time') },
  { name: 'not yet valid', make: () => issuer.sign(claims({ nbf: now + 7 })), careless: checking('time') },
  { name: 'that expires at no instant', make: () => issuer.sign(claims({ exp: 1e13 })), careless: checking('time') },
  { name: 'made later than now', make: () => issuer.sign(claims({ iat: now + 7 })), careless: checking('time') },
  { name: 'of an empty somebody', make: () => issuer.sign(claims({ sub: '' })), careless: checking('time') },
  { name: 'that never expires', make: () => issuer.sign(without('exp')), careless: checking('needed') },
  { name: 'of nobody in particular', make: () => issuer.sign(without('sub')), careless: checking('needed') },
  {
    name: 'with alg none',
    make: () => Promise.resolve(new UnsecuredJWT(claims()).encode()),
    careless: believingTheHeader,
  },
  {
    name: 'with alg none, said with the right type and key',
    make: () => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return Promise.resolve(`${part({ alg: 'none', typ: 'at+jwt', kid: 'key-1' })}.${part(claims())}.`);
    },
    careless: believingTheHeader,
  },
  {
    name: 'signed with the public key as a shared secret',
    make: async () =>
      new SignJWT(claims())
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'key-1' })
        .sign(Buffer.from(await issuer.publicKeyText())),
    careless: believingTheHeader,
  },
  { name: 'that is an id token', make: () => issuer.sign(claims(), { typ: 'JWT' }), careless: checking('type') },
  { name: 'that does not say what it is', make: () => issuer.sign(claims(), { typ: undefined }), careless: checking('type') },
  { name: 'for a sign-out', make: () => issuer.sign(claims(), { typ: 'logout+jwt' }), careless: checking('type') },
  {
    name: 'signed by a foreign key under a known name',
    make: async () =>
      new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'key-1' }).sign((await foreign).privateKey),
    careless: believingTheToken,
  },
  {
    name: 'signed by an unknown key',
    make: async () =>
      new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'nobody' }).sign((await foreign).privateKey),
    careless: believingTheToken,
  },
  {
    name: 'that brings its own key along',
    make: async () => {
      const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
      const jwk = Object.fromEntries(Object.entries(await (await import('jose')).exportJWK(publicKey)));
      return new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'key-1', jwk }).sign(privateKey);
    },
    careless: believingTheToken,
  },
  {
    name: 'whose words were changed after it was signed',
    make: async () => {
      const [header, , signature] = (await issuer.sign(claims())).split('.');
      const changed = Buffer.from(JSON.stringify(claims({ realm_access: { roles: ['ta-admin'] } }))).toString('base64url');
      return [header, changed, signature].join('.');
    },
    careless: believingTheToken,
  },
];

describe('a token that is refused', () => {
  it.each(refused)('$name', async ({ make }) => {
    expect(await tokens.read(await make())).toBeUndefined();
  });

  it.each(refused)('$name: a verifier that looks away there would take it', async ({ make, careless }) => {
    await expect(careless(await make())).resolves.toBeDefined();
  });

  it('is every local token of an official, unless the settings let it stand beside', async () => {
    const token = await local.official({ role: 'admin', person: 'p.admin' });
    expect(await tokens.read(token)).toBeUndefined();
    expect(await tokensOf(local, { ...who, identity: identityWith({ localTokens: true }) }).read(token)).toMatchObject({ role: 'admin' });
    expect(await tokensOf(local, who).read(token)).toMatchObject({ role: 'admin' });
  });

  it('is no token of a citizen, whose tokens are ours', async () => {
    const booking = await tokens.booking({ request: { number: '1', filedOn: '2026-02-02' }, ground: 'in-operation' });
    expect(await tokens.read(booking)).toMatchObject({ kind: 'booking' });
  });

  it('is an id token of a provider that names no types, by what only id tokens have', async () => {
    const plain = tokensOf(local, { ...who, identity: identityWith({ tokenType: 'JWT' }) });
    expect(await plain.read(await issuer.sign(claims(), { typ: 'JWT' }))).toMatchObject({ role: 'staff' });
    for (const name of ['nonce', 'at_hash', 'c_hash'])
      expect(await plain.read(await issuer.sign(claims({ [name]: 'x' }), { typ: 'JWT' }))).toBeUndefined();
    expect(await plain.read(await issuer.sign(claims({ aud: 'tichet-pages' }), { typ: 'JWT' }))).toBeUndefined();
  });
});

describe('somebody whom the provider knows', () => {
  const noRole = { kind: 'stranger', lacks: 'role' };
  const tricks: readonly (readonly [string, () => JWTPayload])[] = [
    ['no claim', () => without('realm_access')],
    ['no role of ours', () => claims({ realm_access: { roles: ['offline_access'] } })],
    ['two roles as a text', () => claims({ realm_access: { roles: 'ta-admin,ta-staff' } })],
    ['a role within a text', () => claims({ realm_access: { roles: 'not-ta-admin ta-admin' } })],
    ['a role within a role', () => claims({ realm_access: { roles: ['xta-admin', 'ta-admin '] } })],
    ['a role in a list in the list', () => claims({ realm_access: { roles: [['ta-admin']] } })],
    ['an object for a list', () => claims({ realm_access: { roles: { 0: 'ta-admin', length: 1 } } })],
    ['our own name of a role', () => claims({ realm_access: { roles: ['admin'] } })],
    ['the role elsewhere', () => ({ ...without('realm_access'), roles: ['ta-admin'], role: 'admin' })],
    ['the name of something that every object has', () => claims({ realm_access: { roles: ['constructor', '__proto__'] } })],
  ];
  it.each(tricks)('and who has %s has no role here', async (_, payload) => {
    expect(await tokens.read(await issuer.sign(payload()))).toEqual(noRole);
  });

  it('a mapping that asks whether the text holds the role would be taken in', () => {
    const careless = (payload: JWTPayload): boolean => JSON.stringify(payload).includes('ta-admin');
    expect(tricks.filter(([, payload]) => careless(payload())).length).toBeGreaterThan(5);
  });

  it('and who has a civil servant’s role needs to be one of them', async () => {
    for (const staff_id of [undefined, '', 7, ['s001', 's002'], 'x'.repeat(101), 'ana.pop@primaria.example', 's001_2026', 'a\u0000b'])
      expect(await tokens.read(await issuer.sign(claims({ staff_id })))).toEqual({ kind: 'stranger', lacks: 'staff-id' });
  });

  it('puts no address or name into facts by way of a claim: whoever needs no id comes in without one', async () => {
    for (const staff_id of ['ana.pop@primaria.example', 'Pop Ana', 'a\u0000b']) {
      const admin = claims({ realm_access: { roles: ['ta-admin'] }, staff_id });
      expect(await tokens.read(await issuer.sign(admin))).toEqual({ kind: 'official', role: 'admin', person: 'p.known' });
      expect(await local.read(await local.official({ role: 'admin', person: staff_id }))).toBeUndefined();
    }
  });

  it('may have a single role as a text', async () => {
    for (const roles of ['ta-admin', ['ta-admin']])
      expect(await tokens.read(await issuer.sign(claims({ realm_access: { roles } })))).toMatchObject({ role: 'admin' });
  });

  it('and who has several roles gets the one that the settings name first', async () => {
    const roles = ['ta-staff', 'ta-admin', 'ta-head'];
    expect(await officialIn({ realm_access: { roles }, staff_id: 's001' }, settings, who.people)).toMatchObject({ role: 'head' });
  });

  it('may have a claim whose name has dots in it', async () => {
    const named = { ...settings, rolesClaim: 'https://primaria.example/roles' };
    const claimed = { 'https://primaria.example/roles': ['ta-auditor'] };
    expect(await officialIn(claimed, named, who.people)).toEqual({ kind: 'official', role: 'auditor', person: 'p.known' });
  });

  it.each([
    ['its client', { client_id: 'statistics', staff_id: 's001' }, 'service.statistics'],
    ['the party that got the token', { azp: 'tichet-bi' }, 'service.tichet-bi'],
    ['a pseudonym, where the client has a name that is none for facts', { client_id: 'Ana Pop' }, 'service.p.known'],
    ['a pseudonym, where no client is named', {}, 'service.p.known'],
  ])('is a program, and goes by the name of %s', async (_, named, person) => {
    const official = await officialIn({ realm_access: { roles: ['ta-integrator'] }, ...named }, settings, who.people);
    expect(official).toEqual({ kind: 'official', role: 'integrator', person });
  });
});
