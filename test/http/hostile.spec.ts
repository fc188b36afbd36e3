import { connect } from 'node:net';
import { lookupBody, startSeeded, type Service } from './support/service';
import { gzipSync } from 'node:zlib';
import { inBoth } from '../../src/infrastructure/phrasing/sentences';

let service: Service;
beforeAll(async () => {
  service = await startSeeded();
});

const post = (
  payload: string | Buffer,
  headers: Record<string, string> = { 'content-type': 'application/json' },
  url = '/api/v1/requests/lookup',
) => service.call('POST', url, { raw: { payload, headers } });
const lookup = JSON.stringify(lookupBody);

describe('hostile bodies', () => {
  it('takes the honest body', async () => {
    expect((await post(lookup)).status).toBe(200);
  });

  it.each<[string, string | Buffer, number, string, string]>([
    ['a key twice', lookup.replace('{', '{"filedOn":"2026-01-01",'), 400, 'filedOn', 'twice'],
    ['__proto__', lookup.replace('{', '{"__proto__":{"role":"admin"},'), 400, '__proto__', 'not allowed'],
    ['constructor', lookup.replace('{', '{"constructor":{},'), 400, 'constructor', 'not allowed'],
    ['an endless number', lookup.replace('{', '{"n":1e999,'), 400, 'n', 'too large'],
    ['4 KB of nesting', `{"requestNumber":${'['.repeat(2000)}${']'.repeat(2000)}}`, 400, 'body', '32 levels'],
    ['4 KB of nested objects', `${'{"a":'.repeat(800)}1${'}'.repeat(800)}`, 400, 'body', '32 levels'],
    ['300 keys', `{${Array.from({ length: 300 }, (_, n) => `"k${n}":1`).join(',')}}`, 400, 'body', '200 fields'],
    ['broken text', lookup.replace('Andrei', '\\ud800'), 400, 'applicantName', 'Broken text'],
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from('{"requestNumber":"'), Buffer.from([0xff]), Buffer.from('"}')]),
      400,
      'body',
      'UTF-8',
    ],
    ['half a body', lookup.slice(0, 20), 400, 'body', 'not correct JSON'],
    ['an array', '[]', 400, 'body', 'JSON object'],
    ['null', 'null', 400, 'body', 'JSON object'],
    ['a text', '"x"', 400, 'body', 'JSON object'],
    ['an unknown field', lookup.replace('{', '{"role":"admin",'), 400, 'role', 'Unknown field'],
    ['a number for a text', lookup.replace('"519073"', '519073'), 400, 'requestNumber', 'Text of 1 to 40'],
    ['an object for a text', lookup.replace('"519073"', '{"$ne":""}'), 400, 'requestNumber', 'Text of 1 to 40'],
    ['a name of which nothing can be seen', lookup.replace('Andrei Lacatus', '\\u200b\\u00ad\\u202e'), 400, 'applicantName', 'Text of'],
    ['control characters', lookup.replace('Andrei', 'And\\u0000rei'), 400, 'applicantName', 'Text of'],
    ['a date that does not exist', lookup.replace('2026-02-02', '2026-02-30'), 400, 'filedOn', 'date'],
    ['nothing', '', 400, 'requestNumber', 'Text of'],
  ])('refuses %s, and says what and where', async (_, payload, status, field, sentence) => {
    const answer = await post(payload, { 'content-type': 'application/json', 'accept-language': 'en-GB,ro;q=0.5' });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const fault = answer.body.errors.find((error) => error.field === field);
    expect(fault?.message).toContain(sentence);
    expect(answer.text).not.toMatch(/Exception|Error:|node_modules|at .*\.js|SyntaxError/);
  });

  it('refuses 17 KiB with 413, before reading what it says', async () => {
    expect(await post(JSON.stringify({ ...lookupBody, x: 'a'.repeat(17 * 1024) }))).toMatchObject({
      status: 413,
      body: { code: 'too-large' },
    });
  });

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['text/csv', 415],
    ['application/json; charset=utf-8', 200],
    ['application/json;charset="UTF-8"', 200],
    ['application/json; charset=iso-8859-2', 415],
    ['application/json; charset=utf-8; charset=utf-16', 415],
    ['application/json; charset=us-ascii', 415],
  ])('content type %s → %i', async (type, status) => {
    const answer = await post(lookup, { 'content-type': type });
    expect(answer.status).toBe(status);
    if (status === 415) expect(answer.body.code).toBe('unsupported-media-type');
  });

  it.each([
    ['gzip', 415],
    ['br', 415],
    ['identity, GZIP', 415],
    ['identity', 200],
    ['Identity,', 200],
  ])('content encoding %s → %i', async (encoding, status) => {
    const answer = await post(lookup, { 'content-type': 'application/json', 'content-encoding': encoding });
    expect([answer.status, answer.headers['accept-encoding']]).toEqual([status, status === 415 ? 'identity' : undefined]);
  });

  it('refuses what is sent where no body is taken, as the document says it', async () => {
    const token = await service.token('staff', 's002');
    for (const [payload, type, status] of [
      ['x', 'text/plain', 415],
      ['a'.repeat(17 * 1024), 'application/json', 413],
    ] as const) {
      const raw = { payload, headers: { authorization: `Bearer ${token}`, 'content-type': type } };
      for (const method of ['POST', 'DELETE'] as const)
        expect((await service.call(method, '/api/v1/calendar/feed', { raw })).status).toBe(status);
    }
  });

  it('says in both languages what is not read of a body, and reads none of it; a request without one is answered', async () => {
    const told = async (headers: Record<string, string>, language: string, url?: string) => {
      const { status, body } = await post(gzipSync(lookup), { 'accept-language': language, ...headers }, url);
      return [status, body.code, body.detail];
    };
    const encoded = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const inLatin2 = { 'content-type': 'text/csv; charset=windows-1250' };
    const { encoded: noEncoding, otherCharset } = inBoth.problems.body;
    expect(noEncoding.ro).toContain('fără compresie');
    for (const language of ['ro', 'en'] as const) {
      const code = 'unsupported-media-type';
      expect(await told(encoded, language)).toEqual([415, code, noEncoding[language]]);
      expect(await told(inLatin2, language, '/api/v1/requests/import')).toEqual([415, code, otherCharset[language]]);
      expect(await told({ ...encoded, ...inLatin2 }, language, '/api/v1/staff/import')).toEqual([415, code, noEncoding[language]]);
    }
    const headers = { 'content-type': 'text/plain; charset=iso-8859-1', 'content-encoding': 'gzip' };
    expect((await service.call('GET', '/health/live', { headers })).status).toBe(200);
  });

  it('404 for an address, 405 with Allow for a method, 400 for a broken address', async () => {
    expect(await service.call('GET', '/api/v1/nothing')).toMatchObject({ status: 404, body: { code: 'not-found', status: 404 } });
    const method = await service.call('GET', '/api/v1/requests/lookup');
    expect(method).toMatchObject({ status: 405, body: { code: 'method-not-allowed' } });
    expect(method.headers['allow']).toBe('POST');
    // with a slash behind it an address is another, which does not exist
    for (const address of ['/api/v1/requests/lookup/', '/api/v1/staff/x01/'])
      expect(await service.call('GET', address)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await service.call('GET', '/api/v1/%zz')).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect((await service.call('GET', '/wp-login.php')).headers['content-type']).toContain('application/problem+json');
  });

  it.each(['x', 'AAAA', 'bnVsbA', 'e30', 'W10', 'WyJhIl0', 'WzEsMiwzLDQsNSw2XQ'])('400 for the cursor %s, of no list', async (cursor) => {
    const token = await service.token('auditor');
    const answer = await service.call('GET', `/api/v1/audit/tickets?cursor=${cursor}`, { token });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid', errors: [{ field: 'cursor' }] } });
  });

  it.each(['AAAA', 'zzz', '42', '0000000000000000004x'])('400 for the position %s, which no store gives', async (position) => {
    const token = await service.token('auditor');
    expect(await service.call('GET', `/api/v1/events?after=${position}`, { token })).toMatchObject({
      status: 400,
      body: { code: 'invalid', errors: [{ field: 'after' }] },
    });
    expect(await service.call('GET', '/api/v1/audit/tickets', { token, headers: { 'tichet-after': position } })).toMatchObject({
      status: 400,
      body: { code: 'invalid', errors: [{ field: 'Tichet-After' }] },
    });
  });

  it.each(['__proto__', 'constructor', 'prototype'])('400 for %s in a query, as for any unknown field', async (name) => {
    const answer = await service.call('GET', `/api/v1/audit/tickets?${name}=1`, { token: await service.token('auditor') });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid', errors: [{ field: name }] } });
  });

  it.each([
    ['an unknown method', 'BREW /api/v1/tasks HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'invalid'],
    ['TRACE', 'TRACE /api/v1/tasks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 405, 'method-not-allowed'],
    ['what is no HTTP', 'hello\r\n\r\n', 400, 'invalid'],
    ['17 KiB of headers', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(17 * 1024)}\r\n\r\n`, 431, 'invalid'],
  ])('answers %s as a problem, and closes', async (_, sent, status, code) => {
    if (!service.app.getHttpServer().listening) await service.app.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect(Number(new URL(await service.app.getUrl()).port), '127.0.0.1');
    socket.write(sent);
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${String(status)} `));
    expect(head.toLowerCase()).toContain('content-type: application/problem+json; charset=utf-8');
    expect(JSON.parse(body)).toMatchObject({ code, status });
  });

  it('speaks Romanian unless English is liked better', async () => {
    const detail = async (language?: string): Promise<string> =>
      (await service.call('GET', '/api/v1/nothing', { headers: language === undefined ? {} : { 'accept-language': language } })).body
        .detail;
    expect(await detail()).toBe('Nu am găsit ce ați cerut.');
    expect(await detail('en')).toBe('What you asked for was not found.');
    expect(await detail('en;q=0.3, ro-RO;q=0.9')).toBe('Nu am găsit ce ați cerut.');
    expect(await detail('de, fr;q=0.9, en;q=0.1')).toBe('What you asked for was not found.');
    expect(await detail('😀;q=x')).toBe('Nu am găsit ce ați cerut.');
  });

  it('sends the headers of a careful server', async () => {
    const { headers } = await service.call('GET', '/health/live');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).toContain("base-uri 'none'");
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('has nothing kept that does not say so itself: answers name citizens, and refusals end', async () => {
    const token = await service.token('staff', 's002');
    for (const url of ['/api/v1/tasks', '/api/v1/calendar?from=2026-03-02&to=2026-03-09', '/api/v1/nothing', '/api/v1/audit/tickets']) {
      const { headers } = await service.call('GET', url, { token });
      expect([url, headers['cache-control']]).toEqual([url, 'no-store']);
    }
  });

  it('refuses tokens that are nobody’s, before anything is looked up', async () => {
    for (const token of ['x', 'a.b.c', 'e'.repeat(5000)]) {
      const answer = await service.call('GET', '/api/v1/tasks', { token });
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
    expect((await service.call('GET', '/api/v1/tasks')).status).toBe(401);
  });
});
