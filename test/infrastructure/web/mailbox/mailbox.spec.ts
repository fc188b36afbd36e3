import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Letter } from '../../../../src/application/kernel/ports/mailer';
import { createApplication } from '../../../../src/infrastructure/service/application';
import { openMailbox } from '../../../../src/infrastructure/outside/mail/mailbox';
import { createTestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { startSeeded } from '../../../http/support/service';
import { browse, textOf } from '../registry/support/browsing';
import { closing, emptyFolder } from '../../../support/closing';

const ticketId = '0195a3c0-1b2c-7d3e-8f40-000000000001';
const letter = (letterId: string, rest: Partial<Letter> = {}): Letter => ({
  letterId,
  ticketId,
  to: 'ana@exemplu.ro',
  subject: `Scrisoarea ${letterId}`,
  text: 'Bună ziua,\n\nPagina:\nhttps://tichet.example/tichet/TA-00000000\n',
  html: '<!doctype html>\n<html lang="ro">\n<head>\n<title>x</title>\n</head>\n<body><p>Bună ziua</p></body>\n</html>\n',
  locale: 'ro',
  issuedAt: '2026-03-02T08:00:00.000Z',
  ...rest,
});

let folder: string;
let app: NestFastifyApplication;
const ports = createTestPorts();
const get = (url: string) => app.inject({ url, headers: { accept: 'text/html' } });
let mailbox: ReturnType<typeof openMailbox>;
const send = (one: Letter) => mailbox.beside(ports.mailer).send(one);

beforeEach(async () => {
  folder = join(emptyFolder(), 'mailbox');
  mailbox = openMailbox(folder, ports.clock);
  const tokenKey = new Uint8Array(32).fill(5);
  app = closing(await createApplication({ ports: { ...ports, tokenKey, development: { toTry: [] }, mailbox }, processes: false }));
});

describe('the mailbox of a demonstration', () => {
  it('is empty at first', async () => {
    expect(textOf((await get('/dev/mailbox')).body)).toContain('Nu a fost trimisă încă nicio scrisoare.');
  });

  it('lists the newest first, in pages, each letter once, for its owner only', async () => {
    for (let number = 1; number <= 21; number += 1) {
      await send(letter(`l-${number}`, { issuedAt: `2026-03-02T08:${String(number).padStart(2, '0')}:00.000Z` }));
    }
    await send(letter('l-21'));
    const first = textOf((await get('/dev/mailbox')).body);
    expect(first).toContain('21 de scrisori');
    expect(first.indexOf('Scrisoarea l-21')).toBeLessThan(first.indexOf('Scrisoarea l-20'));
    expect(first).not.toContain('Scrisoarea l-1 ');
    expect(textOf((await get('/dev/mailbox?pagina=2')).body)).toContain('Scrisoarea l-1 ');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const [name = ''] = await readdir(folder);
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it('lets a code stand out, with the way to where it is entered', async () => {
    await send(letter('cod', { text: 'Codul este:\n\n042195\n\nPână la 10:20.\n' }));
    for (const path of ['/dev/mailbox', '/dev/mailbox/cod']) {
      const { body } = await get(path);
      expect(body).toContain('<strong>042195</strong>');
      expect(body).toContain('href="/programare/cod"');
    }
    await send(letter('deschide', { text: '042196\n', opens: 'TA-7H3K9QXZ' }));
    for (const path of ['/dev/mailbox', '/dev/mailbox/deschide']) {
      expect((await get(path)).body).toContain('href="/tichet/TA-7H3K9QXZ/deschide?trimis=1"');
    }
    await send(letter('fara', { text: '> 123456\nla 2026\n' }));
    expect((await get('/dev/mailbox/fara')).body).not.toContain('<strong>');
  });

  it('shows a letter as text, whose links to us lead there, and as HTML in a frame that can do nothing', async () => {
    await send(letter('una', { text: `${letter('x').text}https://rau.example/\n<script>alert(1)</script>\n` }));
    const page = await get('/dev/mailbox/una');
    expect(page.body).toContain('href="/tichet/TA-00000000"');
    expect(page.body).not.toContain('href="https://rau.example');
    expect(page.body).not.toContain('<script>alert');
    expect(page.body).toMatch(/<iframe [^>]*src="\/dev\/mailbox\/una\/html"[^>]*sandbox="allow-top-navigation-by-user-activation"/);
    expect(page.headers['content-security-policy']).toContain("; frame-src 'self'");
    const inFrame = await get('/dev/mailbox/una/html');
    expect(inFrame.headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation",
    );
    expect(inFrame.headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(inFrame.body).toContain('<p>Bună ziua</p>');
    // no other page of ours takes a frame in
    expect((await get('/dev/mailbox')).headers['content-security-policy']).not.toContain('frame-src');
  });

  it('gives the calendar entry', async () => {
    await send(letter('cu', { calendar: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' } }));
    expect(textOf((await get('/dev/mailbox/cu')).body)).toContain('BEGIN:VCALENDAR');
    const file = await get('/dev/mailbox/cu/tichet-albastru.ics');
    expect(file.headers['content-type']).toBe('text/calendar; charset=utf-8; method=REQUEST');
    expect(file.body).toBe('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');
    await send(letter('fara'));
    expect((await get('/dev/mailbox/fara/tichet-albastru.ics')).statusCode).toBe(404);
  });

  it('shows hostile letters as text', async () => {
    await send(letter('rea', { subject: '<img src=x onerror=alert(1)>', to: '"><script>alert(1)</script>@exemplu.ro' }));
    for (const path of ['/dev/mailbox', '/dev/mailbox/rea']) expect((await get(path)).body).not.toMatch(/<img src=x|<script>alert/);
  });

  it.each(['nimic', '..%2F..%2Fmaster.key', 'a/b', '%00'])('has no letter "%s"', async (letterId) => {
    expect((await get(`/dev/mailbox/${letterId}`)).statusCode).toBe(404);
  });

  it('forgets the letters of a ticket, and no other', async () => {
    await send(letter('a'));
    await send(letter('b', { ticketId: '0195a3c0-1b2c-7d3e-8f40-000000000002' }));
    await mailbox.beside(ports.mailer).forget(ticketId);
    expect((await mailbox.list()).map(({ letterId }) => letterId)).toEqual(['b']);
    expect((await get('/dev/mailbox/a')).statusCode).toBe(404);
  });
});

it('is closed outside a demonstration, whoever asks', async () => {
  const service = await startSeeded();
  for (const role of [undefined, 'admin', 'auditor'] as const) {
    const person = await browse(service, role);
    for (const path of ['/dev/mailbox', '/dev/mailbox/a', '/dev/mailbox/a/html', '/dev/mailbox/a/tichet-albastru.ics']) {
      expect([path, (await person.get(path)).statusCode]).toEqual([path, 404]);
    }
  }
});
