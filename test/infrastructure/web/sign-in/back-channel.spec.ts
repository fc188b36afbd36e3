import { Sessions } from '../../../../src/infrastructure/web/session/sessions';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Identity, openIdentity } from '../../../../src/infrastructure/outside/identity/open-identity';
import { providerSignIn, type ProviderSignIn } from '../../../../src/infrastructure/outside/identity/provider-sign-in';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { silentLogger, type TestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { seed, startService, type Service } from '../../../http/support/service';
import { closing } from '../../../support/closing';
import { browserOf } from '../../../support/issuer/browser';
import { settingsFor } from '../../../support/issuer/identity-settings';
import { type Accounts, type RunningProvider, startProvider } from '../../../support/issuer/provider';
import { startTokenIssuer, type TokenIssuer } from '../../../support/issuer/token-issuer';

const pagesAt = 'http://127.0.0.1:1';
const path = '/intra/furnizor/iesire';
const event = 'http://schemas.openid.net/event/backchannel-logout';
const accounts: Accounts = {
  audit: { realm_access: { roles: ['ta-auditor'] } },
  other: { realm_access: { roles: ['ta-auditor'] } },
};
/** The provider's clock is the machine's, and so must ours be. */
const machineClock = { ...fixedClock(), now: () => new Date().toISOString() } as TestPorts['clock'];

let provider: RunningProvider;
let service: Service;
let identity: Identity;
let relay: Server;
/** what the provider has posted */
const told: string[] = [];

const post = (payload: string, headers: Readonly<Record<string, string>> = {}) =>
  service.app.inject({ method: 'POST', url: path, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, payload });
const tell = (token: string) => post(new URLSearchParams({ logout_token: token }).toString());

beforeAll(async () => {
  // pages are asked within this process: what the provider posts to their address is handed on
  relay = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      told.push(body);
      post(body).then(
        ({ statusCode }) => response.writeHead(statusCode).end(),
        () => response.writeHead(500).end(),
      );
    });
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const backChannelUri = `http://127.0.0.1:${(relay.address() as AddressInfo).port}${path}`;
  provider = await startProvider({ pagesAt, accounts, backChannelUri });
  service = await startService(
    { clock: machineClock, cityHall: { publicUrl: pagesAt, meetingPlace: 'Sala 1' } },
    {
      identity: ({ clock, logger }) => (identity = openIdentity(settingsFor(provider.issuer), { clock, logger, watch: () => undefined })),
    },
  );
  await seed(service);
});
afterAll(async () => {
  await service.close();
  await identity.close();
  await provider.stop();
  await new Promise((resolve) => relay.close(resolve));
});

type Browser = ReturnType<typeof browserOf>;
const entered = async (account: string): Promise<Browser> => {
  const one = browserOf(service.app, pagesAt);
  expect((await one.signIn(account)).url.pathname).toBe('/audit');
  return one;
};
const isIn = async (one: Browser): Promise<boolean> => (await one.go('/audit')).url.pathname === '/audit';
/** At the provider itself, not here. */
const leaveProvider = async (one: Browser): Promise<void> => {
  const { html } = await one.go(`${provider.issuer}/session/end?client_id=tichet-pages`);
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(html) ?? [];
  await one.go(`${provider.issuer}/session/end/confirm`, { method: 'POST', fields: { xsrf, logout: 'yes' } });
};

describe('signing out at the provider', () => {
  it('ends the session here that came of that one, and no other; told again, it ends nothing', async () => {
    const [one, elsewhere, other] = [await entered('audit'), await entered('audit'), await entered('other')];
    await leaveProvider(one);
    expect(told).toHaveLength(1);
    expect([await isIn(one), await isIn(elsewhere), await isIn(other)]).toEqual([false, true, true]);
    expect((await post(told[0] ?? '')).statusCode).toBe(400);
  });

  it('is done when it is told again, where it failed the first time', async () => {
    const one = await entered('audit');
    const away = jest.spyOn(Sessions.prototype, 'endedAtProvider').mockRejectedValueOnce(new Error('the database is away'));
    await leaveProvider(one);
    const message = told.at(-1) ?? '';
    away.mockRestore();
    expect(await isIn(one)).toBe(true);
    expect((await post(message)).statusCode).toBe(200);
    expect(await isIn(one)).toBe(false);
    expect((await post(message)).statusCode).toBe(400);
  });

  it('signing out here ends all of that person', async () => {
    const [one, elsewhere, other] = [await entered('audit'), await entered('audit'), await entered('other')];
    await one.go('/intra/iesire', { method: 'POST', fields: {} });
    expect([await isIn(one), await isIn(elsewhere), await isIn(other)]).toEqual([false, false, true]);
  });
});

it('whatever else is posted there changes nothing', async () => {
  const one = await entered('audit');
  const answers = [
    await post(''),
    await tell('a.b.c'),
    await post('logout_token=a&logout_token=b'),
    await post('{}', { 'content-type': 'application/json' }),
  ];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 415]);
  expect((await service.app.inject({ url: path })).statusCode).toBe(405);
  expect(await isIn(one)).toBe(true);
});

it('another provider in the settings knows nobody of the one before, and ends nobody by a subject that both have', async () => {
  const [one, issuer] = [await entered('audit'), await startTokenIssuer()];
  const { operations, personalData, keys } = service.ports;
  const after = await startService(
    { clock: machineClock, cityHall: { publicUrl: pagesAt, meetingPlace: 'Sala 1' }, operations, personalData, keys },
    {
      identity: ({ clock, logger }) => closing(openIdentity(settingsFor(issuer.url), { clock, logger, watch: () => undefined })),
    },
  );
  const cookie = [...one.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
  const page = await after.app.inject({ url: '/audit', headers: { cookie, accept: 'text/html' } });
  expect([page.statusCode, page.headers.location]).toEqual([303, '/intra?spre=%2Faudit']);
  const now = Math.floor(Date.now() / 1000);
  const left = { iss: issuer.url, aud: 'tichet-pages', iat: now, exp: now + 120, jti: 'j', sub: 'audit', events: { [event]: {} } };
  const logout_token = await issuer.sign(left, { typ: 'logout+jwt' });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ logout_token }).toString();
  expect((await after.app.inject({ method: 'POST', url: path, headers, payload })).statusCode).toBe(200);
  expect(await isIn(one)).toBe(true);
  await issuer.close();
});

describe('a sign-out message', () => {
  let issuer: TokenIssuer;
  let theirs: Identity;
  let signIn: ProviderSignIn;
  const now = Math.floor(Date.parse('2026-03-02T08:00:00.000Z') / 1000);
  const open = (changes = {}): void => {
    theirs = openIdentity(settingsFor(issuer.url, changes), { clock: fixedClock(), logger: silentLogger, watch: () => undefined });
    signIn = providerSignIn(theirs, silentLogger, { pseudonymOf: () => Promise.resolve('p.known') });
  };
  const claims = (changes: Readonly<Record<string, unknown>> = {}) => ({
    iss: issuer.url,
    aud: 'tichet-pages',
    iat: now - 1,
    exp: now + 120,
    jti: 'j',
    sub: 'u-1',
    sid: 's-1',
    events: { [event]: {} },
    ...changes,
  });
  const read = async (changes: Readonly<Record<string, unknown>> = {}, typ = 'logout+jwt') =>
    signIn.ended(await issuer.sign(claims(changes), { typ }));

  beforeAll(async () => {
    issuer = await startTokenIssuer();
    open();
  });
  afterAll(async () => {
    await issuer.close();
    await theirs.close();
  });

  it('names a session, somebody, or both', async () => {
    const until = new Date((now + 125) * 1000).toISOString();
    expect(await read()).toEqual({ id: 'j', issuer: issuer.url, until, subject: 'u-1', sid: 's-1' });
    expect(await read({ sub: undefined })).toEqual({ id: 'j', issuer: issuer.url, until, sid: 's-1' });
    expect(await read({ sid: undefined })).toEqual({ id: 'j', issuer: issuer.url, until, subject: 'u-1' });
  });

  it.each([
    ['names neither', { sub: undefined, sid: undefined }, 'logout+jwt'],
    ['says nothing of signing out', { events: undefined }, 'logout+jwt'],
    ['says that something else happened', { events: { 'https://example.org/event': {} } }, 'logout+jwt'],
    ['says it as a text', { events: event }, 'logout+jwt'],
    ['says it with a text', { events: { [event]: 'yes' } }, 'logout+jwt'],
    ['is an id token with the event in it', { nonce: 'n' }, 'logout+jwt'],
    ['has no id', { jti: undefined }, 'logout+jwt'],
    ['does not say when it was made', { iat: undefined }, 'logout+jwt'],
    ['never ends', { exp: undefined }, 'logout+jwt'],
    ['has ended', { exp: now - 6 }, 'logout+jwt'],
    ['ends at no instant', { exp: 1e13 }, 'logout+jwt'],
    ['ends after every date', { exp: 1e12 }, 'logout+jwt'],
    ['was made later than now', { iat: now + 6 }, 'logout+jwt'],
    ['has an empty id', { jti: '' }, 'logout+jwt'],
    ['has a number for an id', { jti: 5 }, 'logout+jwt'],
    ['has an object for an id', { jti: {} }, 'logout+jwt'],
    ['names somebody by a number', { sub: 5 }, 'logout+jwt'],
    ['is for another client', { aud: 'somebody-else' }, 'logout+jwt'],
    ['is of another issuer', { iss: 'https://other.example' }, 'logout+jwt'],
    ['is of another type', {}, 'JWT'],
    ['is an access token', {}, 'at+jwt'],
  ])('is none that %s', async (_, changes, typ) => {
    expect(await read(changes, typ)).toBeUndefined();
  });

  it('is none that somebody else has signed', async () => {
    const stranger = await startTokenIssuer();
    expect(await signIn.ended(await stranger.sign(claims(), { typ: 'logout+jwt' }))).toBeUndefined();
    await stranger.close();
  });

  it('needs no name of its type where the provider can name none', async () => {
    open({ tokenType: 'JWT' });
    expect(await read({}, 'JWT')).toMatchObject({ sid: 's-1' });
    expect(await read({ nonce: 'n' }, 'JWT')).toBeUndefined();
  });
});
