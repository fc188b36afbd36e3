import { request } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { readSettings } from '../../src/infrastructure/config/settings';
import { serve } from '../../src/infrastructure/service/serve';
import { closing, emptyFolder } from '../support/closing';
import { seed, startService } from './support/service';

const hosts = ['tichet.primaria.example', 'intranet', '10.0.0.5', '2001:db8::5'];

/** The status of this path of a service that is asked for under this host, whatever address it was found at. */
const statusUnder = async (port: number, host: string, path: string): Promise<readonly [number | undefined, string]> => {
  const sent = request({ host: '127.0.0.1', port, path, headers: { host, 'accept-language': 'en' } });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return [response.statusCode, text];
};

describe('the hosts under which the service answers', () => {
  it.each([
    ['tichet.primaria.example', 200],
    ['TICHET.primaria.example', 200],
    ['tichet.primaria.example.', 200],
    ['tichet.primaria.example:8443', 200],
    ['intranet:3000', 200],
    ['10.0.0.5', 200],
    ['[2001:db8::5]:3000', 200],
    ['[2001:db8:0:0::5]', 200],
    ['localhost:3000', 200],
    ['127.0.0.1', 200],
    ['127.9.9.9:80', 200],
    ['[::1]:3000', 200],
    ['rebound.attacker.example', 421],
    ['tichet.primaria.example.attacker.example', 421],
    ['attacker.example:3000', 421],
    ['10.0.0.6', 421],
    ['0.0.0.0:3000', 421],
    ['localhost.attacker.example', 421],
    ['127.0.0.1.attacker.example', 421],
    ['127.0.0.1@attacker.example', 421],
    ['not a host', 421],
  ])('%s: %i', async (host, status) => {
    const service = closing(await startService({}, { hosts }));
    const answered = await service.app.inject({ url: '/', headers: { host } });
    expect(answered.statusCode).toBe(status);
  });

  it.each([
    ['https://intranet', true, 303],
    ['https://intranet', false, 403],
    ['http://intranet', false, 303],
    ['https://tichet.primaria.example', false, 303],
    ['https://intranet.attacker.example', true, 403],
    ['null', true, 403],
  ])('a form from %s, behind a proxy that ends TLS, trusted or not (%p): %i', async (origin, isTrusted, status) => {
    const cityHall = { publicUrl: 'https://tichet.primaria.example', meetingPlace: 'Calea Moților 3' };
    const service = closing(await startService({ cityHall }, { hosts, trustedProxies: isTrusted ? ['127.0.0.1'] : [] }));
    const answered = await service.app.inject({
      method: 'POST',
      url: '/tichet/TA-B5XPYYPY/deschide/cod',
      headers: { host: 'intranet', origin, 'x-forwarded-proto': 'https', 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'once=1',
    });
    expect(answered.statusCode).toBe(status);
  });

  it('a host that is none of ours gets no page, no document and no file, and a sentence in its language', async () => {
    const service = closing(await startService({}, { hosts }));
    await seed(service);
    const host = 'rebound.attacker.example';
    const paths = [
      '/',
      '/programare',
      '/intra',
      '/api/docs',
      '/api/openapi.json',
      '/api/v1/slots',
      '/nothing',
      '/dev/mailbox',
      '/favicon.ico',
    ];
    for (const url of paths) {
      const answered = await service.app.inject({ url, headers: { host, accept: 'text/html', 'accept-language': 'ro' } });
      expect([url, answered.statusCode]).toEqual([url, 421]);
      expect(answered.body).toContain('gazd');
    }
    const asProgram = await service.app.inject({ method: 'POST', url: '/api/v1/requests/lookup', headers: { host } });
    expect(asProgram.json()).toMatchObject({ status: 421, code: 'misdirected' });
    expect(asProgram.headers['content-type']).toContain('application/problem+json');
  });

  it('health and numbers are told under any host', async () => {
    const service = closing(await startService({}, { hosts }));
    await service.settled();
    for (const url of ['/health/live', '/health/ready', '/metrics'])
      expect([url, (await service.app.inject({ url, headers: { host: '10.1.2.3:9100' } })).statusCode]).toEqual([url, 200]);
  });

  it('what a host mounts asks for no host, unless it says which', async () => {
    const service = closing(await startService());
    expect((await service.app.inject({ url: '/', headers: { host: 'mounted.example' } })).statusCode).toBe(200);
  });

  it('the service that runs by itself answers under its public address, TICHET_HOSTS and this machine only', async () => {
    const environment = {
      PORT: '0',
      TICHET_DATA_DIR: emptyFolder(),
      TICHET_LOG_LEVEL: 'silent',
      TICHET_PUBLIC_URL: 'https://tichet.example',
    };
    const { settings } = readSettings({ ...environment, TICHET_HOSTS: 'intra.example, 10.0.0.5' }, () => '');
    const service = await serve(settings);
    const port = Number(new URL(service.url).port);
    const statuses: unknown[] = [];
    for (const host of ['tichet.example', 'intra.example', '10.0.0.5', `127.0.0.1:${String(port)}`, 'rebound.example'])
      statuses.push((await statusUnder(port, host, '/'))[0]);
    const [, sentence] = await statusUnder(port, 'rebound.example', '/');
    await service.stop();
    expect(statuses).toEqual([200, 200, 200, 200, 421]);
    expect(sentence).toContain('does not answer under the host');
  });
});
