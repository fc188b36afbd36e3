import { createTestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { telephoneLink } from '../../../../src/infrastructure/phrasing/words/information-centre';
import { lookupBody, startSeeded, type Service } from '../../../http/support/service';
import { BrowserOf } from '../booking/browser-of';
import { cookieFor } from '../registry/support/browsing';

const informationCentre = {
  phone: '0264 596 030',
  email: 'informare@primaria.example',
  address: 'Calea Moților nr. 7, <ghișeul 3>',
  hours: { ro: 'luni–vineri 8–16', en: 'Monday to Friday 8–16' },
};
const words = {
  ro: ['Aveți nevoie de ajutor?', 'luni–vineri 8–16', 'telefon 0264 596 030'],
  en: ['Do you need help?', 'Monday to Friday 8–16', 'phone 0264 596 030'],
} as const;
const link = '<a href="tel:+40264596030">0264 596 030</a>';
const stranger = { ...lookupBody, applicantName: 'Cineva Anume' };
const page = { accept: 'text/html', 'accept-language': 'ro' };

let isOut = false;
const start = (isSet: boolean): Promise<Service> => {
  const ports = createTestPorts();
  const { sessions } = ports.operations;
  const get: typeof sessions.get = (...asked) =>
    isOut ? Promise.reject(Object.assign(new Error('disk I/O error'), { code: 'SQLITE_FULL' })) : sessions.get(...asked);
  return startSeeded({
    cityHall: { ...ports.cityHall, ...(isSet && { informationCentre }) },
    operations: { ...ports.operations, sessions: { ...sessions, get } },
  });
};

let service: Service;
let silent: Service;
beforeAll(async () => {
  [service, silent] = await Promise.all([start(true), start(false)]);
});
afterEach(() => {
  isOut = false;
});

/** Whoever has no session needs none of what is out. */
const find = async (of: Service) => {
  const browser = new BrowserOf(of);
  await browser.visit('/programare/cerere');
  return browser.send('/programare/cerere', {
    requestNumber: stranger.requestNumber,
    applicantName: stranger.applicantName,
    day: '2',
    month: '2',
    year: '2026',
  });
};

describe('the citizens’ information centre, as the settings have it', () => {
  it.each(['ro', 'en'] as const)('stands in the foot of citizens’ pages, in %s, and can be called', async (language) => {
    const { body } = await service.app.inject({ url: '/', headers: { 'accept-language': language } });
    const foot = body.slice(body.indexOf('<footer'));
    expect(foot).toContain(link);
    expect(foot).toContain('<a href="mailto:informare@primaria.example">');
    expect(foot).toContain('Calea Moților nr. 7, &lt;ghișeul 3>');
    expect(foot).toContain(words[language][1]);
  });

  it('stands beside the one sentence of A28, which tells nothing else', async () => {
    const { status, text } = await find(service);
    expect(status).toBe(404);
    expect(text.slice(text.indexOf('error-summary'), text.indexOf('<h1'))).toContain(link);
  });

  it('stands on the page of an outage, which needs nothing that is out', async () => {
    isOut = true;
    const { statusCode, body } = await service.app.inject({
      url: '/tichet',
      headers: { ...page, cookie: await cookieFor(service, await service.token('auditor')) },
    });
    expect(statusCode).toBe(503);
    expect(body.slice(body.indexOf('<main'), body.indexOf('</main>'))).toContain(link);
  });

  it.each(['ro', 'en'] as const)('is told to programs, in %s, where a person is needed to go on', async (language) => {
    const asked = (body: object) =>
      service.call('POST', '/api/v1/requests/lookup', {
        raw: {
          remoteAddress: { ro: '192.0.2.7', en: '192.0.2.8' }[language],
          headers: { 'accept-language': language },
          payload: body,
        },
      });
    const told = await asked(stranger);
    expect(told.status).toBe(404);
    for (const word of words[language]) expect(told.body.help).toContain(word);
    for (let n = 0; n < 12; n += 1) await asked(stranger);
    const throttled = await asked(stranger);
    expect(throttled.status).toBe(429);
    expect(throttled.body.help).toBe(told.body.help);
    const wrong = await service.call('POST', '/api/v1/requests/lookup', { body: {} });
    expect(wrong.body).not.toHaveProperty('help');
  });

  it('is shown nowhere where nothing is set', async () => {
    const cookie = await cookieFor(silent, await silent.token('auditor'));
    isOut = true;
    const outage = await silent.app.inject({ url: '/tichet', headers: { ...page, cookie } });
    isOut = false;
    const pages = [outage.body, (await find(silent)).text, (await silent.app.inject({ url: '/', headers: page })).body];
    for (const body of pages) expect(body).not.toMatch(/tel:|mailto:|Centrul de informare pentru cetățeni:/);
    const told = await silent.call('POST', '/api/v1/requests/lookup', { body: stranger });
    expect(told.body).not.toHaveProperty('help');
  });

  it('a number of Romania is called from everywhere, another as it is dialled here', () => {
    expect(['+40 (264) 596.030', '0264-596-030', '984', '+373 22 000 000'].map(telephoneLink)).toEqual([
      'tel:+40264596030',
      'tel:+40264596030',
      'tel:984',
      'tel:+37322000000',
    ]);
  });
});
