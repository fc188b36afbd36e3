import type { LightMyRequestResponse } from 'fastify';
import { policiesWith } from '../../../../src/domain/policies';
import { LogReadOnly } from '../../../../src/infrastructure/proof/alarm/log-alarm';
import { createTestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { startSeeded, type Service } from '../../../http/support/service';
import { cookieFor } from '../registry/support/browsing';

const policies = policiesWith({ 'request-rate': { value: { perMinute: 12 }, version: 2 } });

let service: Service;
let auditor = '';
/** of one who asks too often */
let hasty = '';
let isOut = false;
let isReadOnly = false;

beforeAll(async () => {
  const ports = createTestPorts({ policies });
  const { sessions } = ports.operations;
  const gone = async <T>(answer: Promise<T>): Promise<T> => {
    if (isReadOnly) throw new LogReadOnly();
    if (isOut) throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_FULL' });
    return answer;
  };
  service = await startSeeded({
    policies,
    operations: { ...ports.operations, sessions: { ...sessions, get: (...asked) => gone(sessions.get(...asked)) } },
  });
  auditor = await cookieFor(service, await service.token('auditor'));
  hasty = await cookieFor(service, await service.token('reports'));
});

const get = (url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> =>
  service.app.inject({ url, headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': 'ro', ...headers } });

const isPage = (answer: LightMyRequestResponse): boolean =>
  answer.body.startsWith('<!doctype html>') && String(answer.headers['content-security-policy']).startsWith("default-src 'none'");

describe('what a person sees when something is wrong', () => {
  it.each([
    ['ro', 'Pagina nu există', 'prima pagină'],
    ['en', 'This page does not exist', 'the first page'],
  ])('an address that does not exist, in %s', async (language, title, way) => {
    const answer = await get('/nimic/aici', { 'accept-language': language });
    expect(answer.statusCode).toBe(404);
    expect(isPage(answer)).toBe(true);
    expect(answer.body).toContain(`<html lang="${language}">`);
    expect(answer.body).toContain(`<h1>${title}</h1>`);
    expect(answer.body).toContain(`<a href="/">${way}</a>`);
  });

  it('an official is told who they are here, and where they may go', async () => {
    const answer = await get('/rapoarte', { cookie: auditor });
    expect(answer.statusCode).toBe(403);
    expect(isPage(answer)).toBe(true);
    expect(answer.body).toContain('Nu aveți acces aici');
    expect(answer.body).toMatch(/Ați intrat ca: <strong>Auditor<\/strong>/);
    expect(answer.body).toMatch(/<main.*<a href="\/audit">Audit<\/a>/s);
  });

  it('who asks too often is told when to ask again', async () => {
    let answer = await get('/rapoarte', { cookie: hasty });
    for (let asked = 0; asked < 12 && answer.statusCode === 200; asked += 1) answer = await get('/rapoarte', { cookie: hasty });
    expect(answer.statusCode).toBe(429);
    expect(isPage(answer)).toBe(true);
    const seconds = String(answer.headers['retry-after']);
    expect(answer.body).toMatch(new RegExp(`peste ${seconds} (de )?secunde`));
    expect(answer.body).toContain('<a class="button" href="/rapoarte">Încearcă din nou</a>');
  });

  it.each([
    ['ro', 'Programările sunt oprite pentru o verificare', 'Tichetele existente rămân cum sunt'],
    ['en', 'Appointments are stopped for a verification', 'Existing tickets stay as they are'],
  ])('a log that is not what was sealed: what is stopped, what stays, and when to come back, in %s', async (language, title, stays) => {
    isReadOnly = true;
    const answer = await get('/rapoarte', { cookie: auditor, 'accept-language': language });
    isReadOnly = false;
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('300');
    expect(isPage(answer)).toBe(true);
    expect(answer.body).toContain(`<h1>${title}</h1>`);
    expect(answer.body).toContain(stays);
  });

  it('an outage has a page that needs nothing of what is out, in the language of who asks', async () => {
    isOut = true;
    try {
      const answer = await get('/rapoarte', { cookie: auditor, 'accept-language': 'en' });
      expect(answer.statusCode).toBe(503);
      expect(isPage(answer)).toBe(true);
      expect(answer.headers['retry-after']).toBe('5');
      expect(answer.body).toContain('The service cannot answer now');
      expect(answer.body).toContain('Please try again in 5 seconds.');
    } finally {
      isOut = false;
    }
  });

  it('an address that is none has a page as well', async () => {
    const answer = await get('/%zz');
    expect([answer.statusCode, isPage(answer)]).toEqual([400, true]);
  });

  it('a form that comes from nowhere is told so', async () => {
    const answer = await service.app.inject({
      method: 'POST',
      url: '/intra',
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'token=x',
    });
    expect([answer.statusCode, isPage(answer)]).toEqual([403, true]);
    expect(answer.body).not.toContain('Încearcă din nou');
  });

  it.each(['/nimic', '/rapoarte/nimic.csv', '/%zz', '/api/v1/nimic'])('programs get problem details: %s', async (url) => {
    const answer = await get(url, { accept: 'application/json', cookie: hasty });
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });
  it('a browser that asks the API gets them too', async () => {
    expect((await get('/api/v1/nimic')).headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });
});

describe('what browsers and search engines ask for by name', () => {
  it('robots.txt keeps them off what answers everybody and is no page', async () => {
    const answer = await get('/robots.txt');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe('User-agent: *\nDisallow: /api/\nDisallow: /dev/\nDisallow: /limba/\n');
  });
  it('favicon.ico is the logo', async () => {
    const answer = await get('/favicon.ico');
    const logo = await get(String(answer.headers.location));
    expect([answer.statusCode, logo.statusCode, logo.headers['content-type']]).toEqual([302, 200, 'image/svg+xml']);
  });
});
