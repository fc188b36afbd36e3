import { chmodSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { SignJWT, UnsecuredJWT } from 'jose';
import { localTokens } from '../../../../src/infrastructure/outside/identity/local-tokens';
import {
  openServiceKey,
  readServiceKey,
  serviceKeyFile,
  ServiceKeyUnusable,
} from '../../../../src/infrastructure/outside/identity/service-key';
import { emptyFolder } from '../../../support/closing';

const key = new Uint8Array(32).fill(7);
let now = '2026-03-02T08:00:00.000Z';
const tokens = localTokens(key, { now: () => now });
const request = { number: '154997', filedOn: '2026-02-01' };

describe('local tokens', () => {
  beforeEach(() => {
    now = '2026-03-02T08:00:00.000Z';
  });

  it('says again who was named', async () => {
    expect(await tokens.read(await tokens.official({ role: 'head', person: 's001' }))).toEqual({
      kind: 'official',
      role: 'head',
      person: 's001',
      staffId: 's001',
    });
    const auditor = await tokens.official({ role: 'auditor', person: 'p.ana' });
    expect(await tokens.read(auditor)).toEqual({ kind: 'official', role: 'auditor', person: 'p.ana' });
    expect(await tokens.read(await tokens.booking({ request, ground: 'clarification' }))).toEqual({
      kind: 'booking',
      request,
      ground: 'clarification',
      tokenId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    });
  });

  it('lives 12 hours, a booking token 30 minutes', async () => {
    const official = await tokens.official({ role: 'admin', person: 'p.ana' });
    const booking = await tokens.booking({ request, ground: 'in-operation' });
    now = '2026-03-02T08:29:59.000Z';
    expect(await tokens.read(booking)).toBeDefined();
    now = '2026-03-02T08:30:00.000Z';
    expect(await tokens.read(booking)).toBeUndefined();
    now = '2026-03-02T19:59:59.000Z';
    expect(await tokens.read(official)).toBeDefined();
    now = '2026-03-02T20:00:00.000Z';
    expect(await tokens.read(official)).toBeUndefined();
  });

  const claims = {
    role: 'admin',
    person: 'p.ana',
    jti: 'a',
    iss: 'tichet-albastru',
    aud: 'tichet-albastru:official',
    iat: 1772438400,
    exp: 1772500000,
  };
  const signed = (payload: object, signingKey: Uint8Array = key): Promise<string> =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg: 'HS256' }).sign(signingKey);

  it('accepts the same claims signed by hand, so that the refusals below are for their own reason', async () => {
    expect(await tokens.read(await signed(claims))).toEqual({ kind: 'official', role: 'admin', person: 'p.ana' });
  });

  it.each([
    ['alg none', async () => Promise.resolve(new UnsecuredJWT(claims).encode())],
    ['a foreign key', () => signed(claims, new Uint8Array(32).fill(8))],
    ['another audience', () => signed({ ...claims, aud: 'somebody-else' })],
    ['two audiences', () => signed({ ...claims, aud: ['tichet-albastru:official', 'tichet-albastru:booking'] })],
    ['another issuer', () => signed({ ...claims, iss: 'somebody-else' })],
    ['no expiry', () => signed({ ...claims, exp: undefined })],
    ['an unknown role', () => signed({ ...claims, role: 'mayor' })],
    ['a staff member without a name', () => signed({ ...claims, role: 'staff' })],
    ['a role without a person, as tokens were before', () => signed({ ...claims, person: undefined })],
    ['no id by which it could be revoked', () => signed({ ...claims, jti: undefined })],
    ['a person as another claim', () => signed({ ...claims, person: undefined, staffId: 's001' })],
    ['a program where a person must act', () => signed({ ...claims, person: 'service.statistics' })],
    ['a booking without a request', () => signed({ ...claims, aud: 'tichet-albastru:booking' })],
    ['something that is no token', async () => Promise.resolve('a.b.c')],
    ['another algorithm', () => new SignJWT(claims).setProtectedHeader({ alg: 'HS512' }).sign(new Uint8Array(64).fill(7))],
  ])('refuses %s', async (_, make) => {
    expect(await tokens.read(await make())).toBeUndefined();
  });
});

describe('the key file', () => {
  let folder = '';
  beforeEach(() => {
    folder = emptyFolder();
  });

  it('is made once, for its owner alone', () => {
    const made = openServiceKey(folder, 'token');
    expect(made).toHaveLength(32);
    expect(statSync(serviceKeyFile(folder, 'token')).mode & 0o777).toBe(0o400);
    expect(openServiceKey(folder, 'token')).toEqual(made);
  });

  it('is refused when others can read it, when it is short, and when it is not there', () => {
    expect(() => readServiceKey(folder, 'token')).toThrow(ServiceKeyUnusable);
    openServiceKey(folder, 'token');
    chmodSync(serviceKeyFile(folder, 'token'), 0o440);
    expect(() => readServiceKey(folder, 'token')).toThrow(/0400/);
    rmSync(serviceKeyFile(folder, 'token'));
    writeFileSync(serviceKeyFile(folder, 'token'), 'short', { mode: 0o400 });
    expect(() => readServiceKey(folder, 'token')).toThrow(/32/);
  });
});
