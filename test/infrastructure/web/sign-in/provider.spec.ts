import { generateKeyPairSync } from 'node:crypto';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { type Identity, openIdentity } from '../../../../src/infrastructure/outside/identity/open-identity';
import type { IdentitySettings } from '../../../../src/infrastructure/outside/identity/identity-settings';
import { localTokens } from '../../../../src/infrastructure/outside/identity/local-tokens';
import type { TestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { seed, startService, type Service } from '../../../http/support/service';
import { browserOf } from '../../../support/issuer/browser';
import { settingsFor } from '../../../support/issuer/identity-settings';
import { type Accounts, type RunningProvider, startProvider } from '../../../support/issuer/provider';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Nobody listens there: pages are asked within this process. */
const pagesAt = 'http://127.0.0.1:1';
const roles = (...names: readonly string[]) => ({ realm_access: { roles: names } });
const accounts: Accounts = {
  zoltan: { ...roles('offline_access', 'ta-staff'), staff_id: 's002' },
  bogdan: { ...roles('ta-head'), staff_id: 's001' },
  audit: roles('ta-auditor'),
  nobody: roles('offline_access'),
  nameless: roles('ta-staff'),
  gone: { ...roles('ta-staff'), staff_id: 's999' },
  spelt: { ...roles('ta-auditor'), staff_id: 'S001' },
  text: { realm_access: { roles: 'ta-auditor' } },
  texts: { realm_access: { roles: 'ta-auditor ta-reports' } },
};
const idTokenSeconds = 2;

let provider: RunningProvider;
let service: Service;
let identity: Identity;
const logged: string[] = [];
const note = (event: string, details: Readonly<Record<string, unknown>> = {}): void => {
  logged.push(JSON.stringify({ event, ...details }));
};

/** The provider's clock is the machine's, and so must ours be. */
const machineClock = { ...fixedClock(), now: () => new Date().toISOString() } as TestPorts['clock'];

const serviceAt = async (issuer: string, changes = {}): Promise<{ service: Service; identity: Identity }> => {
  let made: Identity | undefined;
  const started = await startService(
    { clock: machineClock, cityHall: { publicUrl: pagesAt, meetingPlace: 'Sala 1' }, logger: { info: note, warn: note, error: note } },
    {
      identity: ({ clock, logger }) => {
        made = openIdentity(settingsFor(issuer, changes), { clock, logger, watch: () => undefined });
        return made;
      },
    },
  );
  if (made === undefined) throw new Error('no identity');
  return { service: started, identity: made };
};

beforeAll(async () => {
  provider = await startProvider({
    pagesAt,
    accounts,
    idTokenSeconds,
    clients: [
      { client_id: 'tichet-post', token_endpoint_auth_method: 'client_secret_post' },
      {
        client_id: 'tichet-key',
        client_secret: undefined,
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [pair.publicKey.export({ format: 'jwk' })] },
      },
    ],
  });
  ({ service, identity } = await serviceAt(provider.issuer));
  await seed(service);
});
afterAll(async () => {
  await service.close();
  await identity.close();
  await provider.stop();
});
beforeEach(async () => {
  logged.splice(0);
  await provider.change(accounts);
});

const browser = () => browserOf(service.app, pagesAt);
const untilExpired = async (): Promise<void> => {
  const over = Date.now() + idTokenSeconds * 1000;
  while (Date.now() <= over) await new Promise((resolve) => setTimeout(resolve, 50));
};

describe('signing in with the institution’s account', () => {
  it('leads back to the page that was asked for, as who the provider says', async () => {
    const one = browser();
    const asked = await one.go('/sarcini');
    expect([asked.status, asked.url.pathname + asked.url.search]).toEqual([200, '/intra?spre=%2Fsarcini']);
    expect(asked.html).toContain('href="/intra/furnizor?spre=%2Fsarcini"');
    expect(asked.html).not.toContain('name="token"');
    const page = await one.signIn('zoltan', '/sarcini');
    expect([page.status, page.url.pathname]).toEqual([200, '/sarcini']);
    expect(page.html).toContain('Zoltán Marc');
  });

  it('leads to the first page of the role otherwise, and never to another site', async () => {
    expect((await browser().signIn('audit')).url.pathname).toBe('/audit');
    for (const to of ['https://rau.example/', '//rau.example', '/\\rau.example', 'javascript:alert(1)'])
      expect((await browser().signIn('audit', to)).url.href).toBe(`${pagesAt}/audit`);
  });

  it('takes a single role that the provider writes as a text', async () => {
    expect((await browser().signIn('text')).url.pathname).toBe('/audit');
  });

  it.each<[string, Partial<IdentitySettings>]>([
    ['in the form', { clientId: 'tichet-post', clientAuthentication: 'client_secret_post' }],
    ['with a key', { clientId: 'tichet-key', clientKey: { key: pair.privateKey } }],
  ])('by a client that says who it is %s', async (_, changes) => {
    const { service: other, identity: theirs } = await serviceAt(provider.issuer, changes);
    await seed(other);
    expect((await browserOf(other.app, pagesAt).signIn('audit')).url.pathname).toBe('/audit');
    await other.close();
    await theirs.close();
  });

  it.each<[string, Partial<IdentitySettings>]>([
    ['a wrong secret', { clientSecret: 'wrong' }],
    ['no word of who it is', { clientAuthentication: 'none' }],
    [
      'a key that is not its own',
      { clientId: 'tichet-key', clientKey: { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey } },
    ],
  ])('says that this service is not taken for its client, in both languages, for %s', async (_, changes) => {
    const { service: other, identity: theirs } = await serviceAt(provider.issuer, changes);
    const page = await browserOf(other.app, pagesAt).signIn('audit');
    expect(page.status).toBe(503);
    expect(page.html).toContain('nu recunoaște acest serviciu');
    expect(page.html).not.toContain('nu răspunde');
    expect(logged.join()).toContain('{"event":"identity.client-refused","code":"invalid_client"');
    await other.close();
    await theirs.close();
  });

  it('gives a new cookie: the one that was there before opens nothing', async () => {
    const one = browser();
    await one.signIn('audit');
    const before = new Map(one.cookies());
    await one.signIn('bogdan');
    expect(one.cookies().get('tichet')).not.toBe(before.get('tichet'));
    const old = await service.app.inject({ url: '/audit', headers: { cookie: `tichet=${before.get('tichet') ?? ''}` } });
    expect(old.statusCode).toBe(303);
  });

  it('leaves nothing of the tokens in cookies, addresses or the log', async () => {
    const one = browser();
    const page = await one.signIn('zoltan');
    expect([...one.cookies().keys()]).toEqual(['tichet']);
    expect([...one.cookies().values(), page.url.href, ...logged].join(' ')).not.toMatch(/eyJ|zoltan|s002/);
  });

  it('is asked for with PKCE, state and nonce', async () => {
    const { url } = await browser().go('/intra/furnizor', { stopBefore: /\/auth\?/ });
    const { searchParams } = url;
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${pagesAt}/intra/intoarcere`,
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(name)?.length).toBeGreaterThan(40);
  });

  it('the same person is a program with a token of the provider, and no browser with it', async () => {
    const answer = await fetch(`${provider.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`tichet-machine:${encodeURIComponent(provider.clientSecret)}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: 'urn:tichet', scope: 'api' }),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    expect((await service.call('GET', '/api/v1/events', { token })).status).toBe(200);
    expect((await service.call('GET', '/api/v1/parked', { token })).status).toBe(403);
    expect((await browser().go('/intra', { method: 'POST', fields: { token } })).status).toBe(401);
  });
});

describe('a way back that is nobody’s', () => {
  /** The address that the provider sends the browser to, not opened yet. */
  const wayBack = async (one: ReturnType<typeof browser>, account = 'audit'): Promise<URL> => {
    const stop = /\/intra\/intoarcere\?/;
    return (await one.throughProvider(await one.go('/intra/furnizor', { stopBefore: stop }), account, stop)).url;
  };
  const isNotSignedIn = async (one: ReturnType<typeof browser>, url: URL): Promise<void> => {
    const page = await one.go(url);
    expect([page.status, one.cookies().has('tichet')]).toEqual([401, false]);
    expect(page.html).toContain('Nu ați intrat');
    expect((await one.go('/audit')).url.pathname).toBe('/intra');
  };

  it('is the one of another browser: whoever sends somebody a link of theirs signs nobody in', async () => {
    const url = await wayBack(browser());
    await isNotSignedIn(browser(), url);
  });

  it.each<[string, (url: URL) => void]>([
    [
      'another state',
      (url) => {
        url.searchParams.set('state', 'x'.repeat(43));
      },
    ],
    [
      'no state',
      (url) => {
        url.searchParams.delete('state');
      },
    ],
    [
      'another code',
      (url) => {
        url.searchParams.set('code', 'x'.repeat(43));
      },
    ],
    [
      'another issuer',
      (url) => {
        url.searchParams.set('iss', 'https://other.example');
      },
    ],
    ['a refusal', (url) => {
      url.searchParams.delete('code');
      url.searchParams.set('error', 'access_denied');
    }], // prettier-ignore
  ])('has %s', async (_, change) => {
    const one = browser();
    const url = await wayBack(one);
    change(url);
    await isNotSignedIn(one, url);
  });

  it('was used already', async () => {
    const one = browser();
    const url = await wayBack(one);
    expect((await one.go(url)).url.pathname).toBe('/audit');
    await isNotSignedIn(browser(), url);
    const again = await one.go(url);
    expect(again.status).toBe(401);
  });

  it('opens when nothing was changed: each refusal above is for its own reason', async () => {
    const one = browser();
    expect((await one.go(await wayBack(one))).status).toBe(200);
  });
});

describe('a page with an address that is too long for a cookie', () => {
  it('keeps nobody from coming in', async () => {
    const page = await browser().signIn('audit', `/audit?q=${'a'.repeat(4_000)}`);
    expect([page.status, page.url.pathname]).toEqual([200, '/audit']);
  });
});

describe('somebody whom the provider knows and we do not', () => {
  it.each([
    ['nobody', 'niciun rol'],
    ['texts', 'niciun rol'],
    ['nameless', 'îi lipsește identificatorul'],
    ['gone', 'nu este în lista funcționarilor'],
    ['spelt', 'nu este în lista funcționarilor'],
  ])('is told what is missing: %s', async (account, sentence) => {
    const one = browser();
    const page = await one.signIn(account);
    expect(page.status).toBe(403);
    expect(page.html).toContain(sentence);
    // what the provider sent along is in no link of the page
    expect(page.html).not.toMatch(/code(?:=|%3D)|state(?:=|%3D)/i);
    expect(one.cookies().has('tichet')).toBe(false);
  });
});

describe('a session of the provider', () => {
  it('is renewed without anybody noticing, and follows what the provider says by then', async () => {
    const one = browser();
    expect((await one.signIn('audit')).url.pathname).toBe('/audit');
    await untilExpired();
    const both = await Promise.all([one.go('/audit'), one.go('/audit'), one.go('/audit')]);
    expect(both.map(({ status, url }) => [status, url.pathname])).toEqual(both.map(() => [200, '/audit']));
    await provider.change({ ...accounts, audit: roles('ta-reports') });
    await untilExpired();
    expect((await one.go('/rapoarte')).status).toBe(200);
    const closed = await one.go('/audit');
    expect(closed.status).toBe(403);
    expect(closed.html).toContain('Pagina cere rolul: Șef de serviciu sau Auditor.');
  });

  it('ends with the role, and with the account', async () => {
    const [one, other] = [browser(), browser()];
    await one.signIn('audit');
    await other.signIn('bogdan');
    const { bogdan: _, ...others } = accounts;
    await provider.change({ ...others, audit: roles() });
    await untilExpired();
    expect((await one.go('/audit')).url.pathname).toBe('/intra');
    expect((await other.go('/sarcini')).url.pathname).toBe('/intra');
  });

  it('is left here, and the page leads to where it is left there', async () => {
    const one = browser();
    await one.signIn('audit');
    const page = await one.go('/intra/iesire', { method: 'POST', fields: {} });
    expect([page.status, page.url.pathname]).toEqual([200, '/intra/iesit']);
    const [, address = ''] = /^0; url=(.*)$/.exec(page.headers.get('refresh') ?? '') ?? [];
    const end = new URL(address);
    expect(end.origin).toBe(provider.issuer);
    expect(Object.fromEntries(end.searchParams)).toEqual({ client_id: 'tichet-pages', post_logout_redirect_uri: `${pagesAt}/` });
    expect((await one.go('/audit')).url.pathname).toBe('/intra');
    expect((await one.go(end)).html).toMatch(/sign-out|logout/i);
  });
});

describe('with a provider', () => {
  it('a local token opens no page and no route, and nobody takes a role', async () => {
    const token = await localTokens(new Uint8Array(32).fill(5), machineClock).official({ role: 'auditor', person: 'p.auditor' });
    expect((await service.call('GET', '/api/v1/audit/tickets', { token })).status).toBe(401);
    expect((await browser().go('/intra', { method: 'POST', fields: { token } })).status).toBe(401);
    expect((await browser().go('/intra/incercare', { method: 'POST', fields: { role: 'admin' } })).status).toBe(404);
  });

  it('that is away: the page says so in both languages, citizens notice nothing, and a session that must be renewed waits', async () => {
    const away = await startProvider({ pagesAt, accounts, idTokenSeconds: 1 });
    const { service: other, identity: theirs } = await serviceAt(away.issuer);
    await seed(other);
    const one = browserOf(other.app, pagesAt);
    await one.signIn('audit');
    await away.stop();
    await untilExpired();
    const page = await one.go('/audit');
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    expect(page.html).toContain('Furnizorul de identitate al instituției nu răspunde');
    const english = await other.app.inject({ url: '/intra/furnizor', headers: { accept: 'text/html', 'accept-language': 'en' } });
    // its document is known: what does not answer then is the provider's own page
    expect([303, 503]).toContain(english.statusCode);
    expect((await one.go('/')).status).toBe(200);
    expect((await one.go('/programare')).status).toBe(200);
    await other.close();
    await theirs.close();
  });

  it('that never was there: signing in says so in both languages', async () => {
    const { service: other, identity: theirs } = await serviceAt('http://127.0.0.1:9');
    for (const [language, sentence] of [
      ['ro', 'nu răspunde acum'],
      ['en', 'does not answer now'],
    ] as const) {
      const answer = await other.app.inject({ url: '/intra/furnizor', headers: { accept: 'text/html', 'accept-language': language } });
      expect([answer.statusCode, answer.body.includes(sentence)]).toEqual([503, true]);
    }
    const left = await other.app.inject({ url: '/intra/iesit', headers: { accept: 'text/html' } });
    expect([left.statusCode, left.headers.refresh]).toEqual([200, undefined]);
    await other.close();
    await theirs.close();
  });
});
