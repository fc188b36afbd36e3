import { localTokens } from '../../src/infrastructure/outside/identity/local-tokens';
import { silentLogger } from '../../src/infrastructure/testing/test-ports';
import { browserOf } from '../support/issuer/browser';
import { typed } from '../infrastructure/web/booking/ways';
import { lookupBody, startSeeded, type Service } from './support/service';
import { casesIn } from './support/ways';

const pagesAt = 'http://127.0.0.1:1';
const lines: (readonly [string, unknown])[] = [];
let service: Service;

beforeAll(async () => {
  const note = (event: string, values: unknown = {}): void => {
    lines.push([event, values]);
  };
  const logger = { ...silentLogger, info: note, warn: note };
  service = await startSeeded({ logger, cityHall: { publicUrl: pagesAt, meetingPlace: 'Sala 1' } });
});
beforeEach(() => {
  lines.splice(0);
});

const told = () => lines.filter(([event]) => event === 'http.refused' || event.startsWith('identity.'));
const browser = () => browserOf(service.app, pagesAt);

describe('whoever is not let in stands in the log of the service', () => {
  it.each<[string, (() => Promise<string>) | undefined, string, string]>([
    ['without a token', undefined, 'unauthenticated', 'nobody'],
    ['with a token of nobody', () => Promise.resolve('a.b.c'), 'unauthenticated', 'nobody'],
    ['in another role', () => service.token('registry'), 'forbidden', 'registry'],
  ])('over the API: %s', async (_, token, code, kind) => {
    const given = await token?.();
    await service.call('GET', '/api/v1/audit/tickets', given === undefined ? {} : { token: given });
    expect(told()).toEqual([['http.refused', { method: 'GET', route: '/api/v1/audit/tickets', code, kind }]]);
  });

  it('over the API: a file that is not theirs to send', async () => {
    const token = await service.token('registry');
    await service.call('POST', '/api/v1/staff/import', { token, body: { staff: [] } });
    expect(told()).toEqual([['http.refused', { method: 'POST', route: '/api/v1/staff/import', code: 'forbidden', kind: 'registry' }]]);
  });

  it('at the pages: another role, a form of another site, a token that is none; and who came in', async () => {
    const one = browser();
    await one.go('/intra', { method: 'POST', fields: { token: 'x' } });
    await one.go('/intra', { method: 'POST', fields: { token: await service.token('registry') } });
    await one.go('/audit');
    await service.app.inject({ method: 'POST', url: '/intra/iesire', headers: { origin: 'https://other.example', accept: 'text/html' } });
    expect(told()).toEqual([
      ['identity.sign-in-refused', { code: 'token' }],
      ['identity.signed-in', { kind: 'registry' }],
      ['http.refused', { method: 'GET', route: '/audit', code: 'forbidden', kind: 'registry' }],
      ['http.refused', { method: 'POST', route: '/intra/iesire', code: 'forbidden', kind: 'nobody' }],
    ]);
  });

  it('who tries too often, and not before, over the API and at the pages', async () => {
    const guess = () => service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, applicantName: 'Alt Nume' } });
    for (let n = 0; n < 10; n += 1) await guess();
    expect(told()).toEqual([]);
    expect((await guess()).status).toBe(429);
    const one = browser();
    await one.go('/programare/cerere');
    await one.go('/programare/cerere', { method: 'POST', fields: typed });
    const refused = { method: 'POST', code: 'too-many-requests', kind: 'nobody' };
    expect(told()).toEqual([
      ['http.refused', { ...refused, route: '/api/v1/requests/lookup' }],
      ['http.refused', { ...refused, route: '/programare/cerere' }],
    ]);
  });

  it('over the API: whom the use case refuses, though the route is open to their role', async () => {
    const { ticketId } = await casesIn(service).scheduled();
    lines.splice(0);
    const token = await service.token('head', 's001');
    const body = { staffId: 's003', reason: 'Dosarul este acum acolo' };
    expect((await service.call('POST', `/api/v1/tickets/${ticketId}/reassign`, { token, body })).status).toBe(403);
    const refused = { method: 'POST', route: '/api/v1/tickets/:id/reassign', code: 'forbidden', kind: 'head' };
    expect(told()).toEqual([['http.refused', refused]]);
  });

  it('names nobody, and is counted', async () => {
    const person = 'p.cineva';
    const token = await localTokens(new Uint8Array(32).fill(5), service.ports.clock).official({ role: 'reports', person });
    await service.call('GET', '/api/v1/tasks?staffId=s001', { token });
    expect(told()).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toMatch(/p\.cineva|s001|eyJ/);
    const { text } = await service.call('GET', '/metrics');
    expect(text).toMatch(/tichet_http_request_seconds_count\{method="GET",route="\/api\/v1\/tasks",status="403"\} 1/);
  });
});
