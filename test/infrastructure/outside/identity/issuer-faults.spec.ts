import type { ServerResponse } from 'node:http';
import { localTokens } from '../../../../src/infrastructure/outside/identity/local-tokens';
import { tokensOf, type Tokens } from '../../../../src/infrastructure/outside/identity/officials-tokens';
import { IssuerUnavailable } from '../../../../src/infrastructure/outside/identity/issuer-unavailable';
import { type Identity, openIdentity } from '../../../../src/infrastructure/outside/identity/open-identity';
import { seldomRead } from '../../../../src/infrastructure/outside/identity/seldom-read';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { settingsFor } from '../../../support/issuer/identity-settings';
import { startTokenIssuer, type TokenIssuer } from '../../../support/issuer/token-issuer';

const who = { people: { pseudonymOf: () => Promise.resolve('p.known') }, tokens: { isRevoked: () => Promise.resolve(false) } };
let issuer: TokenIssuer;
let identity: Identity;
let tokens: Tokens;
let clock: ReturnType<typeof fixedClock>;
let told: string[];
/** Of a provider that will say nothing more, however long one waits; of any other, long enough for a busy machine. */
const impatient = { connect: 300, headers: 300, body: 300, whole: 600 };
const patient = { connect: 60_000, headers: 60_000, body: 60_000, whole: 60_000 };

const open = (limits = patient): void => {
  told = [];
  const note = (event: string, details: Readonly<Record<string, unknown>> = {}): void => {
    const { reason } = details;
    told.push(typeof reason === 'string' ? `${event} ${reason}` : event);
  };
  identity = openIdentity(settingsFor(issuer.url), {
    clock,
    logger: { info: note, warn: note, error: note },
    watch: () => undefined,
    limits,
  });
  tokens = tokensOf(localTokens(new Uint8Array(32).fill(3), clock), { ...who, identity });
};

beforeEach(async () => {
  issuer = await startTokenIssuer();
  clock = fixedClock();
  open();
});
afterEach(async () => {
  await issuer.close();
  await identity.close();
});

const seconds = (): number => Math.floor(Date.parse(clock.now()) / 1000);
const token = (header: Readonly<Record<string, unknown>> = {}, issuedAgo = 0): Promise<string> =>
  issuer.sign(
    {
      iss: issuer.url,
      aud: 'tichet-api',
      sub: 'u-1',
      iat: seconds() - issuedAgo,
      exp: seconds() + 36 * 3600,
      realm_access: { roles: ['ta-auditor'] },
    },
    header,
  );
const auditor = { kind: 'official', role: 'auditor', person: 'p.known' };
const read = async (of: Promise<string>): Promise<unknown> => tokens.read(await of).catch((error: unknown) => error);
const unavailable = (reason?: string) =>
  expect.objectContaining({ name: 'IssuerUnavailable', ...(reason === undefined ? {} : { reason }) });
const asked = (path: string): number => issuer.asked.filter((one) => one === path).length;

const ofKeys =
  (answer: (response: ServerResponse) => void): Parameters<TokenIssuer['behave']>[0] =>
  (request, response, asIsRight) => {
    if (request.url === '/keys') answer(response);
    else asIsRight();
  };

describe('a provider that is well', () => {
  it('is asked once for all who come at the same time, and not again for ten minutes', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => read(token())));
    expect(all).toEqual(Array.from({ length: 20 }, () => auditor));
    clock.advance({ minutes: 9 });
    expect(await read(token())).toEqual(auditor);
    expect(issuer.asked).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  it('is asked anew in the background once what it said is ten minutes old: nobody waits for it', async () => {
    await read(token());
    clock.advance({ minutes: 11 });
    issuer.behave(() => undefined);
    expect(await read(token())).toEqual(auditor);
  });

  it('may change its key: the first token with the new one is taken', async () => {
    await read(token());
    await issuer.rotate();
    clock.advance({ seconds: 11 });
    expect(await read(token())).toEqual(auditor);
    expect(asked('/keys')).toBe(2);
  });
});

describe('a provider that publishes keys that are none', () => {
  it.each([
    { kty: 'RSA', n: 5, e: 'AQAB' },
    { kty: 'RSA', n: {}, e: [] },
    { kty: 'EC', crv: 7, x: 1 },
    { kty: 'OKP', crv: null },
    null,
    'RSA',
  ])('is taken by those that are: beside %j', async (wrong) => {
    const { keys } = (await (await fetch(`${issuer.url}/keys`)).json()) as { keys: unknown[] };
    issuer.behave(ofKeys((response) => response.end(JSON.stringify({ keys: [wrong, ...keys] }))));
    expect(await read(token())).toEqual(auditor);
  });
});

describe('tokens with keys that nobody knows', () => {
  it('cost the provider one question in ten seconds, however many they are', async () => {
    await read(token());
    clock.advance({ seconds: 11 });
    const made = Array.from({ length: 50 }, (_, n) => read(token({ kid: `made-up-${n}` })));
    const answers = await Promise.all(made);
    expect(asked('/keys')).toBe(2);
    expect(answers.filter((one) => one === undefined || one instanceof IssuerUnavailable)).toHaveLength(50);
  });

  it('keep nobody out: who has a known key comes in meanwhile', async () => {
    await read(token());
    for (let n = 0; n < 5; n += 1) await read(token({ kid: `made-up-${n}` }));
    expect(await read(token())).toEqual(auditor);
  });

  it('are refused when older than the keys, and else answered truly: it cannot be said just now', async () => {
    await read(token());
    clock.advance({ seconds: 3 });
    expect(await read(token({ kid: 'made-up' }, 60))).toBeUndefined();
    expect(await read(token({ kid: 'made-up' }))).toMatchObject({ name: 'IssuerUnavailable', retryAfterSeconds: 7 });
  });

  it('a reader without a pace would ask for each of them', async () => {
    let questions = 0;
    const ask = (coolDown: number) =>
      seldomRead(() => Promise.resolve((questions += 1)), () => 0, { freshFor: 1, keptFor: 1, coolDown }); // prettier-ignore
    for (const [coolDown, expected] of [
      [0, 5],
      [10, 1],
    ] as const) {
      // prettier-ignore
      questions = 0;
      const reader = ask(coolDown);
      for (let n = 0; n < 5; n += 1) await reader.anew().catch(() => undefined);
      expect(questions).toBe(expected);
    }
  });
});

describe('a provider that is away', () => {
  it('at the start keeps the service from nothing, and the log says it', async () => {
    await issuer.goAway();
    await identity.greet();
    expect(told).toContain('identity.unavailable not-reached');
    expect(await read(token())).toEqual(unavailable());
    await issuer.comeBack();
    clock.advance({ seconds: 11 });
    expect(await read(token())).toEqual(auditor);
  });

  it('says so when it is there', async () => {
    await identity.greet();
    expect(told).toEqual(['identity.ready']);
  });

  it('afterwards: known keys are good for a day, unknown ones never', async () => {
    await read(token());
    await issuer.goAway();
    clock.advance({ hours: 23 });
    expect(await read(token())).toEqual(auditor);
    expect(await read(token({ kid: 'made-up' }))).toEqual(unavailable());
    clock.advance({ hours: 2 });
    expect(await read(token())).toEqual(unavailable());
  });

  it('is not asked at every token', async () => {
    issuer.behave((_, response) => response.writeHead(500).end());
    for (let n = 0; n < 10; n += 1) expect(await read(token())).toEqual(unavailable());
    expect(issuer.asked).toHaveLength(1);
  });
});

describe('a provider that is not well', () => {
  it.each<[string, string, Parameters<TokenIssuer['behave']>[0]]>([
    ['says nothing', 'no-answer', () => undefined],
    ['stops in the middle', 'no-answer', (_, response) => void response.writeHead(200, { 'content-length': '900' }).write('{"iss')],
    ['hangs up', 'no-answer', (request) => request.socket.destroy()],
    ['trickles', 'no-answer', (_, response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write(' '), 50);
      response.on('close', () => { clearInterval(more); });
    }], // prettier-ignore
    ['sends without end', 'no-answer', (_, response) => void response.end('x'.repeat(600 * 1024))],
    ['fails', 'failing', (_, response) => response.writeHead(503).end()],
    ['has too much to do', 'rate-limited', (_, response) => response.writeHead(429, { 'retry-after': '30' }).end()],
    ['sends a page', 'not-json', (_, response) => response.end('<h1>It works!</h1>')],
    ['sends elsewhere', 'no-document', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
    ['says it is another', 'other-issuer', (_, response) => response.end(JSON.stringify({ issuer: 'https://other.example' }))],
    ['has keys where anybody on the way could change them', 'no-jwks_uri', (_, response) =>
      response.end(JSON.stringify({ issuer: issuer.url, jwks_uri: 'http://other.example/keys' }))], // prettier-ignore
    ['has no keys', 'no-keys', ofKeys((response) => response.end('{"keys":[]}'))],
    ['has something else for keys', 'no-keys', ofKeys((response) => response.end('{"keys":"none"}'))],
    ['has a secret for a key', 'no-keys', ofKeys((response) => response.end('{"keys":[{"kty":"oct","k":"AAAA","kid":"key-1"}]}'))],
    ['has keys too short', 'no-keys', ofKeys((response) => response.end('{"keys":[{"kty":"RSA","e":"AQAB","n":"AQAB","kid":"key-1"}]}'))],
  ])('and %s: nobody is let in, and it is told', async (_, reason, behaviour) => {
    if (reason === 'no-answer') {
      await identity.close();
      open(impatient);
    }
    issuer.behave(behaviour);
    expect(await read(token())).toEqual(unavailable(reason));
    expect(told).toContain(`identity.unavailable ${reason}`);
    issuer.behave();
    clock.advance({ seconds: 31 });
    expect(await read(token())).toEqual(auditor);
  });

  it('loses its keys for a while: those it had go on working', async () => {
    await read(token());
    issuer.behave(ofKeys((response) => response.end('{"keys":[]}')));
    for (let minutes = 0; minutes < 60; minutes += 12) {
      clock.advance({ minutes: 12 });
      expect(await read(token())).toEqual(auditor);
    }
  });

  it('asks for a pause: it gets it, but no pause of a day', async () => {
    issuer.behave((_, response) => response.writeHead(429, { 'retry-after': '60' }).end());
    expect(await read(token())).toMatchObject({ retryAfterSeconds: 60 });
    clock.advance({ seconds: 59 });
    expect(await read(token())).toEqual(unavailable());
    expect(issuer.asked).toHaveLength(1);
    issuer.behave((_, response) => response.writeHead(429, { 'retry-after': '86400' }).end());
    clock.advance({ seconds: 2 });
    expect(await read(token())).toMatchObject({ retryAfterSeconds: 300 });
  });
});
