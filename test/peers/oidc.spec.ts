import { generateKeyPairSync } from 'node:crypto';
import type { IdentitySettings } from '../../src/infrastructure/outside/identity/identity-settings';
import { identityConnectionFault } from '../../src/infrastructure/outside/identity/identity-fault';
import { openIdentity } from '../../src/infrastructure/outside/identity/open-identity';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { seed, startService } from '../http/support/service';
import { closing } from '../support/closing';
import { browserOf } from '../support/issuer/browser';
import { settingsFor } from '../support/issuer/identity-settings';
import { type ProviderClient, type RealProvider, startGlewlwyd } from '../support/peers/glewlwyd';
import { partsOfLemonldap, startLemonldap } from '../support/peers/lemonldap';
import { describeWith } from '../support/peers/program';

/** Nobody listens there: pages are asked within this process. */
const pagesAt = 'http://127.0.0.1:1';
const secret = 'a-secret_of.the.tests-long-enough';
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = { ...pair.publicKey.export({ format: 'jwk' }), kid: 'pages', use: 'sig', alg: 'RS256' };

const clientIds = {
  client_secret_basic: 'tichet-pages',
  client_secret_post: 'tichet-pages-post',
  private_key_jwt: 'tichet-pages-key',
} as const;
type Method = keyof typeof clientIds;

const redirectUri = `${pagesAt}/intra/intoarcere`;
const clients = (Object.keys(clientIds) as Method[]).map((method): ProviderClient => ({
  id: clientIds[method],
  method,
  redirectUri,
  ...(method === 'private_key_jwt' ? { jwk } : { secret }),
}));

type Tried = {
  readonly programs: readonly string[];
  readonly start: (clients: readonly ProviderClient[]) => Promise<RealProvider>;
  readonly tokens: string;
  /** what it says of a client that it does not take, by its secret and by its key */
  readonly ofClient: RegExp;
  readonly ofCode: string;
  /** it looks for whom a client signs */
  readonly wantsTokenEndpoint: boolean;
};
const providers: Readonly<Record<string, Tried>> = {
  Glewlwyd: {
    programs: ['glewlwyd'],
    start: startGlewlwyd,
    tokens: '/token',
    ofClient: /^(?:unauthorized_client|status-403)$/,
    ofCode: 'invalid_code',
    wantsTokenEndpoint: true,
  },
  'LemonLDAP::NG': {
    programs: partsOfLemonldap,
    start: startLemonldap,
    tokens: '/oauth2/token',
    ofClient: /^invalid_client$/,
    ofCode: 'invalid_grant',
    wantsTokenEndpoint: false,
  },
};

for (const [name, { programs, start, tokens, ofClient, ofCode, wantsTokenEndpoint }] of Object.entries(providers))
  describeWith(programs, `${name}, as the institution’s provider`, () => {
    let provider: RealProvider;
    let logged: string[];

    beforeAll(async () => {
      provider = await start(clients);
    }, 120_000);

    const settingsOf = (method: Method, changes: Partial<IdentitySettings>): IdentitySettings =>
      settingsFor(provider.issuer, {
        clientId: clientIds[method],
        clientAuthentication: method,
        clientSecret: secret,
        rolesClaim: 'roles',
        ...(method === 'private_key_jwt' && { clientKey: { key: pair.privateKey, kid: 'pages' } }),
        ...(wantsTokenEndpoint && { assertionAudience: 'token_endpoint' }),
        ...changes,
      });

    /** Signs in over our pages and the provider's, and gives the page where one ends. */
    const signIn = async (method: Method, username: string, changes: Partial<IdentitySettings> = {}, onTheWay = (url: URL) => url) => {
      logged = [];
      const note = (event: string, details: object = {}): void => void logged.push(JSON.stringify({ event, ...details }));
      const settings = settingsOf(method, changes);
      const logger = { info: note, warn: note, error: note };
      const identity = closing(openIdentity(settings, { clock: systemClock, logger, watch: () => undefined }));
      const service = await startService(
        { clock: { ...fixedClock(), now: () => systemClock.now() }, cityHall: { publicUrl: pagesAt, meetingPlace: 'Sala 1' }, logger },
        { identity: () => identity },
      );
      await seed(service);
      const browser = browserOf(service.app, pagesAt);
      const { url } = await browser.go('/intra/furnizor', { stopBefore: /[?&]code_challenge=/ });
      return browser.go(onTheWay(await provider.throughPages(url, username)));
    };

    it.each<Method>(['client_secret_basic', 'client_secret_post', 'private_key_jwt'])(
      'lets somebody in by a client with a dash that says who it is by %s',
      async (method) => {
        const page = await signIn(method, 'audit');
        expect([page.status, page.url.pathname]).toEqual([200, '/audit']);
      },
    );

    it.each<readonly [string, Partial<IdentitySettings>]>([
      ['a single role as a text', { rolesClaim: 'role' }],
      ['roles as a list', { rolesClaim: 'roles' }],
    ])('says %s', async (_, changes) => {
      const page = await signIn('client_secret_basic', 'zoltan', changes);
      expect([page.status, page.url.pathname]).toEqual([200, '/programari']);
      expect(page.html).toContain('Zoltán Marc');
    });

    it('does not decode what Basic says: the client of before, which encoded its dash, is none to it', async () => {
      const answers = await Promise.all(
        ['tichet%2Dpages', 'tichet-pages'].map(async (id) => {
          const answer = await fetch(provider.issuer + tokens, {
            method: 'POST',
            headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
            body: new URLSearchParams({
              grant_type: 'authorization_code',
              code: 'none',
              redirect_uri: `${pagesAt}/intra/intoarcere`,
              code_verifier: 'x'.repeat(43),
            }),
          });
          return (await answer.json()) as { readonly error: string };
        }),
      );
      expect(answers.map(({ error }) => error)).toEqual([expect.stringMatching(ofClient), ofCode]);
    });

    it('knows no such code: this sign-in is refused, and nothing is said of the client', async () => {
      const page = await signIn('client_secret_basic', 'audit', {}, (url) => {
        url.searchParams.set('code', 'x'.repeat(43));
        return url;
      });
      expect([page.status, page.html.includes('Nu ați intrat')]).toEqual([401, true]);
      expect(logged.join()).toContain(`{"event":"identity.sign-in-refused","code":"${ofCode}"}`);
      expect(logged.join()).not.toContain('client-refused');
    });

    it.each<Method>(['client_secret_basic', 'client_secret_post', 'private_key_jwt'])(
      'is tried by the doctor as this client, without anybody: %s',
      async (method) => {
        const limits = { connect: 60_000, headers: 60_000, body: 60_000, whole: 60_000 };
        const ask = (changes: Partial<IdentitySettings>) =>
          identityConnectionFault(settingsOf(method, changes), systemClock, new URL('/intra/intoarcere', pagesAt), limits);
        expect(await ask({})).toBeUndefined();
        expect(await ask({ clientId: 'nobody' })).toMatchObject({ cause: 'client' });
      },
    );

    it('says no role of ours, and nobody comes in', async () => {
      expect((await signIn('client_secret_basic', 'audit', { rolesClaim: 'staff_id' })).status).toBe(403);
    });

    it.each<readonly [Method, string, Partial<IdentitySettings>]>([
      ['client_secret_basic', 'a wrong secret', { clientSecret: 'wrong' }],
      ['client_secret_post', 'a wrong secret', { clientSecret: 'wrong' }],
      ['client_secret_basic', 'another way than it was registered for', { clientAuthentication: 'client_secret_post' }],
      ['client_secret_post', 'another way than it was registered for', { clientAuthentication: 'client_secret_basic' }],
      [
        'private_key_jwt',
        'another key',
        { clientKey: { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, kid: 'pages' } },
      ],
      ...(wantsTokenEndpoint ? [['private_key_jwt', 'another audience', { assertionAudience: 'issuer' }] as const] : []),
    ])('takes no client by %s with %s, and that is what page and log say', async (method, _, changes) => {
      const page = await signIn(method, 'audit', changes);
      expect([page.status, page.url.pathname]).toEqual([503, '/intra/intoarcere']);
      expect(page.html).toContain('nu recunoaște acest serviciu');
      expect(page.html).not.toContain('nu răspunde');
      const [, code] = /"event":"identity.client-refused","code":"([^"]+)"/.exec(logged.join()) ?? [];
      expect(code).toMatch(ofClient);
    });
  });
