import { openIdentity } from '../../src/infrastructure/outside/identity/open-identity';
import type { TestPorts } from '../../src/infrastructure/testing/test-ports';
import { settingsFor } from '../support/issuer/identity-settings';
import { startTokenIssuer, type TokenIssuer } from '../support/issuer/token-issuer';
import { bookingToken, inPerson, startSeeded, type Service } from './support/service';
import { closing } from '../support/closing';

let issuer: TokenIssuer;
let service: Service;
let ticketId = '';
let manageToken = '';

beforeAll(async () => {
  issuer = await startTokenIssuer();
  const identity = ({ clock, logger }: TestPorts) =>
    closing(openIdentity(settingsFor(issuer.url), { clock, logger, watch: () => undefined }));
  service = await startSeeded({}, { identity });
  ({ ticketId, manageToken } = (
    await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson })
  ).body);
  await service.settled();
});

const token = (role: string, staff_id?: string, more: object = {}): Promise<string> => {
  const now = Math.floor(Date.parse(service.ports.clock.now()) / 1000);
  return issuer.sign({
    iss: issuer.url,
    aud: 'tichet-api',
    sub: 'u-1',
    iat: now,
    exp: now + 300,
    realm_access: { roles: [role] },
    ...(staff_id === undefined ? {} : { staff_id }),
    ...more,
  });
};
const read = async (bearer: string, language = 'ro') =>
  service.call('GET', `/api/v1/tickets/${ticketId}`, { token: bearer, headers: { 'accept-language': language } });

describe('the API with an identity provider', () => {
  it('lets staff to their own ticket, a head to the department’s, and nobody else', async () => {
    const statuses = [];
    for (const [role, id] of [
      ['ta-staff', 's002'],
      ['ta-head', 's001'],
      ['ta-staff', 's001'],
      ['ta-staff', 's003'],
      ['ta-admin', undefined],
    ] as const)
      statuses.push((await read(await token(role, id))).status);
    expect(statuses).toEqual([200, 200, 403, 403, 403]);
  });

  it('asks the staff directory and not the token whether somebody heads anything', async () => {
    const colleague = await token('ta-head', 's002');
    const answer = await service.call('POST', `/api/v1/tickets/${ticketId}/reassign`, { token: colleague, body: {} });
    expect(answer.status).toBe(403);
    expect((await read(await token('ta-staff', 's-unknown'))).status).toBe(401);
  });

  it('lets nobody in, in any role, by an id that the staff directory does not have to the letter', async () => {
    const statuses = [];
    for (const id of ['s002', 'S002', 's-unknown'])
      statuses.push((await service.call('GET', '/api/v1/webhooks', { token: await token('ta-admin', id) })).status);
    expect(statuses).toEqual([200, 401, 401]);
  });

  it('says what is missing in the account, in the language asked for', async () => {
    const ro = await read(await token('something-else'));
    expect([ro.status, ro.body.code]).toEqual([403, 'forbidden']);
    expect(ro.body.detail).toContain('niciun rol');
    expect((await read(await token('ta-staff'), 'en')).body.detail).toContain('lacks the id of the staff directory');
  });

  it('takes no local token of an official, and citizens’ tokens as ever', async () => {
    expect((await read(await service.token('head', 's001'))).status).toBe(401);
    expect((await read(manageToken)).status).toBe(200);
    expect((await service.call('GET', '/api/v1/tasks', { token: manageToken })).status).toBe(401);
  });

  it('answers 503 and says when to come again, while nobody can say whose key it is', async () => {
    await issuer.goAway();
    await issuer.rotate();
    service.ports.clock.advance({ seconds: 20 });
    const answer = await read(await token('ta-staff', 's002'), 'en');
    expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.body.detail).toContain('identity provider');
    expect((await read(manageToken)).status).toBe(200);
    await issuer.comeBack();
  });
});
