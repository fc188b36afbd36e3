import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { roles } from '../../../../src/application/kernel/access';
import { referenceOf } from '../../../../src/domain/ticket/ticket';
import { applicant, bookingToken, inPerson, request, startSeeded, startService, type Service } from '../../../http/support/service';
import { formRoutesOf } from './support/routes';

const here = 'http://pagini.example';
const form = { 'content-type': 'application/x-www-form-urlencoded', host: 'pagini.example' };

let service: Service;
let ticketId: string;
/** of one browser for each role */
let cookies: readonly string[];

const send = (url: string, headers: Record<string, string>, method: InjectOptions['method'] = 'POST', payload = 'once=1') =>
  service.app.inject({ method, url, headers: { ...form, ...headers }, payload });
const cookieOf = (answer: LightMyRequestResponse): string => String(answer.headers['set-cookie']).split(';')[0] ?? '';

beforeAll(async () => {
  service = await startSeeded();
  const made = await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
  ({ ticketId } = made.body);
  await service.settled();
  cookies = await Promise.all(
    roles.map(async (role) => {
      const token = await service.token(role, role === 'head' ? 's001' : role === 'staff' ? 's002' : undefined);
      return cookieOf(await send('/intra', { origin: here }, 'POST', new URLSearchParams({ token }).toString()));
    }),
  );
});

const addressOf = (path: string): string =>
  path
    .replace(/:reference\b/, referenceOf(ticketId))
    .replace(/:(id|ticketId)\b/, path.includes('staff') ? 's002' : ticketId)
    .replace(/:\w+/g, '2026-03-05');

const elsewhere: readonly (readonly [string, Record<string, string>])[] = [
  ['another site', { origin: 'https://rau.example', 'sec-fetch-site': 'cross-site' }],
  ['another site that says it is ours', { origin: 'https://rau.example', 'sec-fetch-site': 'same-origin' }],
  ['our name at another port', { origin: `${here}:8080` }],
  ['our name over another protocol', { origin: here.replace('http:', 'https:') }],
  ['our name as the beginning of another', { origin: `${here}.rau.example` }],
  ['a sandbox, whose origin is null', { origin: 'null' }],
  ['nowhere: no header says it', {}],
  ['a neighbour of ours', { 'sec-fetch-site': 'same-site' }],
  ['an address that was typed in', { 'sec-fetch-site': 'none' }],
  ['a page that gives itself away in Referer only', { referer: `${here}/` }],
];

describe('a form of somebody else', () => {
  it('finds the routes that take forms', () => {
    const found = formRoutesOf(service.app).map(({ path }) => path);
    expect(found).toEqual(expect.arrayContaining(['/intra', '/intra/iesire', '/intra/incercare']));
    expect(found.filter((path) => path.startsWith('/api'))).toEqual([]);
  });

  it.each(elsewhere)('from %s is refused by every route, whoever is signed in, and changes nothing', async (_, headers) => {
    const before = await service.ports.store.end();
    const done: string[] = [];
    for (const { path, methods } of formRoutesOf(service.app)) {
      for (const method of methods) {
        for (const cookie of ['', ...cookies]) {
          const answer = await send(addressOf(path), { ...headers, cookie }, method);
          if (answer.statusCode !== 403 || answer.headers['set-cookie'] !== undefined) done.push(`${method} ${path} ${answer.statusCode}`);
        }
      }
    }
    expect(done).toEqual([]);
    expect(await service.ports.store.end()).toBe(before);
  });

  it('is one that came over plain HTTP to where we are behind HTTPS: anybody on the way could have written its page', async () => {
    const { host, origin } = new URL(service.ports.cityHall.publicUrl);
    const status = async (from: string) => (await send('/intra/iesire', { host, origin: from })).statusCode;
    expect([await status(origin), await status(`http://${host}`)]).toEqual([303, 403]);
  });

  it('is a form of ours when the browser says so, in either header', async () => {
    for (const headers of [{ origin: here }, { 'sec-fetch-site': 'same-origin' }]) {
      expect((await send('/intra/iesire', headers as Record<string, string>)).statusCode).toBe(303);
    }
  });
});

describe('the cookie of a session', () => {
  const signedIn = async (publicUrl: string) => {
    const { ports } = service;
    const one = await startService({ ...ports, cityHall: { ...ports.cityHall, publicUrl } });
    const token = await one.token('auditor');
    const answer = await one.app.inject({
      method: 'POST',
      url: '/intra',
      headers: { ...form, origin: publicUrl },
      payload: new URLSearchParams({ token }).toString(),
    });
    const language = await one.app.inject({ url: '/limba/en' });
    await one.close();
    return { answer, attributes: String(answer.headers['set-cookie']), token, language: String(language.headers['set-cookie']) };
  };

  it('cannot be read by a script, is not sent from other sites, and over HTTPS is bound to it and to this host', async () => {
    const { attributes, language } = await signedIn('https://tichet.primaria.example');
    expect(attributes).toMatch(/^__Host-tichet=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(language).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  it('needs no HTTPS where there is none', async () => {
    const { attributes } = await signedIn('http://127.0.0.1:3000');
    expect(attributes).toMatch(/^tichet=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('says nothing: neither the token nor the role is in it', async () => {
    const { answer, attributes, token } = await signedIn('http://127.0.0.1:3000');
    expect(attributes).not.toContain(token);
    expect(Buffer.from(cookieOf(answer).split('=')[1] ?? '', 'base64url').toString('latin1')).not.toContain('auditor');
    expect(String(answer.headers.location)).not.toContain(token);
  });

  beforeAll(async () => {
    const body = { applicantName: applicant, handlerStaffId: 's002', status: 'in-operation' };
    await service.call('PUT', `/api/v1/requests/600001/${request.filedOn}`, { token: await service.token('registry'), body });
  });
  const typed = { requestNumber: '600001', applicantName: applicant, day: '2', month: '2', year: '2026', once: '1' };
  const find = (cookie: string) => send('/programare/cerere', { origin: here, cookie }, 'POST', new URLSearchParams(typed).toString());

  it('is never one that we did not give: whoever laid it ready would read along', async () => {
    const laidReady = `__Host-tichet=${'A'.repeat(43)}`;
    const given = cookieOf(await find(laidReady));
    expect(given).toMatch(/^__Host-tichet=[\w-]{43}$/);
    expect(given).not.toBe(laidReady);
    // ours stays: the twin of a double click finds its session
    expect(cookieOf(await find(given))).toBe(given);
  });

  it('of a session that was ended opens nothing, even while a form of it is on its way', async () => {
    const token = await service.token('auditor');
    const cookie = cookieOf(await send('/intra', { origin: here }, 'POST', new URLSearchParams({ token }).toString()));
    const { sessions } = service.ports.operations;
    const replace = sessions.replace.bind(sessions);
    let ended = 0;
    sessions.replace = async (...row) => {
      ended = (await send('/intra/iesire', { origin: here, cookie })).statusCode;
      return replace(...row);
    };
    const late = await find(cookie);
    sessions.replace = replace;
    expect(ended).toBe(303);
    expect(late.headers['set-cookie']).toBeUndefined();
    expect((await service.app.inject({ url: '/audit', headers: { ...form, cookie } })).statusCode).toBe(303);
  });

  it('of a session that another key sealed is one that says nothing', async () => {
    const token = await service.token('auditor');
    const signIn = (cookie: string) => send('/intra', { origin: here, cookie }, 'POST', new URLSearchParams({ token }).toString());
    const cookie = cookieOf(await signIn(''));
    const { sessions } = service.ports.operations;
    const get = sessions.get.bind(sessions);
    sessions.get = () => Promise.resolve({ sealed: Buffer.alloc(60, 7).toString('base64') });
    const looked = await Promise.all(['/', '/audit'].map((url) => service.app.inject({ url, headers: { ...form, cookie } })));
    const again = await signIn(cookie);
    sessions.get = get;
    expect([...looked, again].map(({ statusCode }) => statusCode)).toEqual([200, 303, 303]);
    expect(cookieOf(again)).not.toBe(cookie);
  });

  it('changes when somebody signs in, so that a cookie laid ready beforehand opens nothing', async () => {
    const [first = ''] = cookies;
    const token = await service.token('auditor');
    const again = await send('/intra', { origin: here, cookie: first }, 'POST', new URLSearchParams({ token }).toString());
    expect(cookieOf(again)).not.toBe(first);
    expect((await service.app.inject({ url: '/', headers: { ...form, cookie: first } })).statusCode).toBe(200);
  });
});
