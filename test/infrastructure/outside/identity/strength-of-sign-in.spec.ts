import type { JWTPayload } from 'jose';
import type { IdentitySettings } from '../../../../src/infrastructure/outside/identity/identity-settings';
import { localTokens } from '../../../../src/infrastructure/outside/identity/local-tokens';
import { tokensOf } from '../../../../src/infrastructure/outside/identity/officials-tokens';
import { openIdentity } from '../../../../src/infrastructure/outside/identity/open-identity';
import { providerSignIn, type ProviderSession, type SignInOutcome } from '../../../../src/infrastructure/outside/identity/provider-sign-in';
import { silentLogger } from '../../../../src/infrastructure/testing/test-ports';
import { closing } from '../../../support/closing';
import { settingsFor } from '../../../support/issuer/identity-settings';
import { startTokenIssuer, type TokenIssuer } from '../../../support/issuer/token-issuer';

/** The library that reads the answers of the provider looks at the clock of the machine. */
const clock = { now: () => new Date().toISOString() };
const people = { pseudonymOf: () => Promise.resolve('p.known') };
const asked = { acrValues: ['urn:gold', 'urn:silver'], maxAgeMinutes: 60 };
let issuer: TokenIssuer;
beforeAll(async () => {
  // what the library expects of an id token where the provider's document says nothing
  issuer = await startTokenIssuer('RS256');
});

const identityWith = (changes: Partial<IdentitySettings>) =>
  closing(openIdentity(settingsFor(issuer.url, changes), { clock, logger: silentLogger, watch: () => undefined }));
const claims = (changes: JWTPayload): JWTPayload => {
  const now = Math.floor(Date.now() / 1000);
  return { iss: issuer.url, sub: 'u-1', iat: now, exp: now + 300, realm_access: { roles: ['ta-admin'] }, ...changes };
};
const minutesAgo = (minutes: number): number => Math.floor(Date.now() / 1000) - minutes * 60;

type Lacking = 'acr' | 'auth-time' | undefined;
const tried: readonly (readonly [string, JWTPayload, Lacking])[] = [
  ['as it is asked', { acr: 'urn:silver', auth_time: minutesAgo(30) }, undefined],
  ['in another way', { acr: 'urn:tin', auth_time: minutesAgo(1) }, 'acr'],
  ['in two ways at once', { acr: ['urn:gold'], auth_time: minutesAgo(1) }, 'acr'],
  ['in a way that it does not say', { auth_time: minutesAgo(1) }, 'acr'],
  ['too long ago', { acr: 'urn:gold', auth_time: minutesAgo(62) }, 'auth-time'],
  ['at a time that it does not say', { acr: 'urn:gold' }, 'auth-time'],
  ['at a time that is a text', { acr: 'urn:gold', auth_time: String(minutesAgo(1)) }, 'auth-time'],
];
const lacksOf = (outcome: object | undefined): unknown => (outcome !== undefined && 'lacks' in outcome ? outcome.lacks : undefined);

describe('a provider that saw somebody', () => {
  it.each(tried)('%s: with a token for the API', async (_, said, lacking) => {
    const tokens = (changes: Partial<IdentitySettings>) =>
      tokensOf(localTokens(new Uint8Array(32).fill(3), clock), {
        people,
        tokens: { isRevoked: () => Promise.resolve(false) },
        identity: identityWith(changes),
      });
    const token = await issuer.sign(claims({ aud: 'tichet-api', ...said }));
    expect(lacksOf(await tokens(asked).read(token))).toBe(lacking);
    // whoever sets nothing takes what the provider takes
    expect(await tokens({}).read(token)).toMatchObject({ role: 'admin' });
    const program = await issuer.sign(claims({ aud: 'tichet-api', client_id: 'bi', realm_access: { roles: ['ta-integrator'] } }));
    expect(await tokens(asked).read(program)).toMatchObject({ role: 'integrator' });
  });

  const signedInBy = async (said: JWTPayload, how: (signIn: ReturnType<typeof providerSignIn>) => Promise<SignInOutcome>, nonce = '') => {
    const signIn = providerSignIn(identityWith(asked), silentLogger, people);
    const idToken = await issuer.sign(claims({ aud: 'tichet-pages', ...said, ...(nonce === '' ? {} : { nonce }) }), { typ: 'JWT' });
    issuer.behave((request, response, asIsRight) => {
      if (request.url !== '/token') asIsRight();
      else
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ access_token: 'a', token_type: 'Bearer', refresh_token: 'r', id_token: idToken }));
    });
    return how(signIn);
  };

  // of one that is no number the library itself thinks nothing
  it.each(tried.filter(([, { auth_time: at }]) => typeof at !== 'string'))('%s: at the pages', async (_, said, lacking) => {
    const begun = { state: 's'.repeat(43), nonce: 'n'.repeat(43), verifier: 'v'.repeat(43) };
    const back = new URL(`http://127.0.0.1:1/intra/intoarcere?code=c&state=${begun.state}`);
    const outcome = await signedInBy(said, (signIn) => signIn.finish(back, begun), begun.nonce);
    expect(lacksOf(outcome)).toBe(lacking);
    if (lacking === undefined) expect(outcome).toMatchObject({ acr: 'urn:silver', authTime: said['auth_time'] });
  });

  it('is asked for it', async () => {
    const { url } = await providerSignIn(identityWith(asked), silentLogger, people).begin(new URL('http://127.0.0.1:1/'), false);
    expect([url.searchParams.get('acr_values'), url.searchParams.get('max_age')]).toEqual(['urn:gold urn:silver', '3600']);
    const { url: plain } = await providerSignIn(identityWith({}), silentLogger, people).begin(new URL('http://127.0.0.1:1/'), false);
    expect([plain.searchParams.get('acr_values'), plain.searchParams.get('max_age')]).toEqual([null, null]);
  });

  it('need not repeat it at a renewal, which ends when the sign-in is too long ago', async () => {
    const before = (authTime: number): ProviderSession => ({
      official: { role: 'admin', person: 'p.known' },
      issuer: 'https://id.example',
      subject: 'u-1',
      until: clock.now(),
      refreshToken: 'r',
      acr: 'urn:gold',
      authTime,
    });
    expect(await signedInBy({}, (signIn) => signIn.refresh(before(minutesAgo(30))))).toMatchObject({ acr: 'urn:gold' });
    expect(lacksOf(await signedInBy({}, (signIn) => signIn.refresh(before(minutesAgo(62)))))).toBe('auth-time');
    expect(lacksOf(await signedInBy({ acr: 'urn:tin' }, (signIn) => signIn.refresh(before(minutesAgo(30)))))).toBe('acr');
    const { acr: _, ...silent } = before(minutesAgo(30));
    expect(lacksOf(await signedInBy({}, (signIn) => signIn.refresh(silent)))).toBe('acr');
  });
});
