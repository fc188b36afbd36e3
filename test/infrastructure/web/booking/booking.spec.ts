import { policiesWith } from '../../../../src/domain/policies';
import { sentenceOf } from '../../../../src/infrastructure/phrasing/problems/catalogue';
import { bookingToken, inPerson, startSeeded, startsAt, type Service } from '../../../http/support/service';
import { BrowserOf } from './browser-of';
import { findRequest, openAgain, toCheck, toCode, toModes, typed } from './ways';
import { awaitedCodeOf } from '../../../support/codes';

let service: Service;
let browser: BrowserOf;
beforeEach(async () => {
  service = await startSeeded();
  browser = new BrowserOf(service);
});

/** The citizen's ticket that awaits its code, as the tables have it. */
const awaiting = async (): Promise<string> => {
  await service.settled();
  const { rows } = await service.ports.readModels.select<{ ticketId: string; status: string }>('ticket-status');
  return rows.find(({ status }) => status === 'awaiting-code')?.ticketId ?? '';
};
const codeOf = async (n = 1): Promise<string> => awaitedCodeOf(service.ports, await awaiting(), n);

describe('the request', () => {
  it('Art. 3 b: is found by its three data; a wrong one is not said to be wrong (A28)', async () => {
    expect(await findRequest(browser)).toMatchObject({ status: 303, location: '/programare/ora' });
    for (const wrong of [{ requestNumber: '519074' }, { applicantName: 'Andrei Altul' }, { day: '3' }]) {
      const answer = await new BrowserOf(service).post('/programare/cerere', { ...typed, once: 'x', ...wrong });
      expect(answer.status).toBe(404);
      expect(answer.text).toContain('Nu am găsit o cerere cu aceste date. Verificați numărul, numele și data depunerii.');
    }
  });

  it('says every missing field at once, keeps what was typed, and its title begins with the error', async () => {
    await browser.get('/programare/cerere');
    const answer = await browser.send('/programare/cerere', { ...typed, requestNumber: '', day: '31' });
    expect(answer.status).toBe(422);
    expect(answer.text).toMatch(/<title>Eroare: /u);
    expect(answer.text).toContain('href="#requestNumber"');
    expect(answer.text).toContain('href="#day"');
    expect(answer.text).toContain('value="31"');
  });

  it('Art. 2 b: is refused with the day when the 30 days are over', async () => {
    const answered = await service.call('POST', '/api/v1/requests/519073/2026-02-02/answers', {
      token: await service.token('registry'),
      body: { documentNumber: '77', communicatedOn: '2026-02-03', channel: 'email', answeredBy: 's002' },
    });
    expect(answered.status).toBe(201);
    service.ports.clock.set('2026-03-20T08:00:00.000Z');
    const answer = await findRequest(browser);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Termenul de 30 de zile pentru clarificări s-a încheiat pe 5 martie 2026. Puteți depune o cerere nouă.');
  });

  it('is looked up ten times in vain from one address, and then not for a while', async () => {
    for (let times = 0; times < 10; times += 1)
      await browser.post('/programare/cerere', { ...typed, once: `n${times}`, requestNumber: '1' });
    const answer = await browser.post('/programare/cerere', { ...typed, once: 'x' });
    expect(answer.status).toBe(429);
    expect(answer.text).toContain('Încercați din nou după ora 10:10');
  });

  it('A24: has one active ticket, and the page says where it is changed', async () => {
    await toCode(browser);
    const answer = await findRequest(new BrowserOf(service));
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('Am deja un tichet');
  });
});

describe('the session', () => {
  it('is a new one once a request was found: whoever copied the cookie that lay there before sees nothing, and holds no ticket', async () => {
    await browser.visit('/tichet/TA-00000000');
    const copied = browser.copied();
    await toCode(browser);
    expect((await copied.get('/programare/verificare')).location).toBe('/programare/cerere');
    const { location } = await browser.send('/programare/cod', { code: await codeOf() });
    const [ticket = ''] = location.split('?');
    expect((await browser.get(ticket)).status).toBe(200);
    expect((await copied.get(ticket)).location).toBe(`${ticket}/deschide`);
    expect((await copied.get('/programare/cerere')).text).not.toContain(ticket);
  });

  it('keeps the tickets that it holds through a double click, and for nobody who copied its cookie', async () => {
    await toModes(browser);
    await browser.send('/programare/mod', { mode: 'in-person' });
    await browser.send('/programare/contact', { phone: '0740 123 456' });
    await browser.get('/programare/verificare');
    const [ticket = ''] = (await browser.send('/programare/verificare')).location.split('?');
    const registered = { ...typed, requestNumber: '519074' };
    await service.call('PUT', '/api/v1/requests/519074/2026-02-02', {
      token: await service.token('registry'),
      body: { applicantName: typed.applicantName, handlerStaffId: 's002', status: 'in-operation' },
    });
    await browser.get('/programare/cerere');
    const form = { ...registered, ...browser.hiddenOf('/programare/cerere') };
    const [twin, copied] = [browser.copied(), browser.copied()];
    for (const one of [browser, twin]) {
      expect((await one.post('/programare/cerere', form)).location).toBe('/programare/ora');
      expect((await one.get(ticket)).status).toBe(200);
    }
    await copied.post('/programare/cerere', { ...form, once: 'x' });
    expect((await copied.get(ticket)).location).toBe(`${ticket}/deschide`);
  });

  it('goes on with the ticket that awaits its code, whatever a window that was open before asks for', async () => {
    await browser.get('/programare/cerere');
    const before = browser.hiddenOf('/programare/cerere');
    await toCode(browser);
    expect((await browser.post('/programare/cerere', { ...typed, ...before })).location).toBe('/programare/cod');
    expect((await browser.get('/programare/cod')).status).toBe(200);
  });
});

describe('the steps', () => {
  it('are not skipped, and a step alone leads to the first', async () => {
    for (const step of ['ora', 'mod', 'contact', 'verificare', 'cod']) {
      expect((await browser.get(`/programare/${step}`)).location).toBe('/programare/cerere');
    }
    await findRequest(browser);
    expect((await browser.get('/programare/verificare')).location).toBe('/programare/ora');
    expect((await browser.get('/programare')).location).toBe('/programare/ora');
  });

  it('A14: online is not chosen before the notice is accepted', async () => {
    await toModes(browser);
    const refused = await browser.send('/programare/mod', { mode: 'online' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('href="#acord"');
    expect(refused.text.indexOf('id="acord"')).toBeLessThan(refused.text.indexOf('value="online"'));
    expect((await browser.send('/programare/mod', { mode: 'online', acord: 'alta' })).status).toBe(422);
    expect((await browser.send('/programare/mod', { mode: 'phone' })).status).toBe(303);
  });

  it.each([
    ['online', ['email', 'phone']],
    ['phone', ['phone']],
    ['in-person', ['phone']],
  ])('Art. 3 d, e, 8: %s needs %j', async (mode, needed) => {
    await toModes(browser);
    await browser.send('/programare/mod', { mode, acord: '2026-1' });
    await browser.get('/programare/contact');
    const answer = await browser.send('/programare/contact');
    expect([...answer.text.matchAll(/<li><a href="#(\w+)">/gu)].map(([, field]) => field)).toEqual(needed);
    expect(answer.status).toBe(422);
  });

  it('are forgotten after half an hour, and the page says so', async () => {
    await toCheck(browser);
    service.ports.clock.advance({ minutes: 30 });
    const answer = await browser.visit('/programare/verificare');
    expect(answer.text).toContain('Au trecut 30 de minute');
    expect(answer.text).not.toContain('andrei@exemplu.ro');
  });

  it('are not sent when they were changed in another window since they were looked at', async () => {
    await toCheck(browser);
    const seen = browser.hiddenOf('/programare/verificare');
    await browser.post('/programare/ora', { once: 'x', startsAt: '2026-03-05T09:00:00.000Z' });
    const answer = await browser.post('/programare/verificare', seen);
    expect(answer).toMatchObject({ status: 303, location: '/programare/verificare' });
    expect(await awaiting()).toBe('');
  });
});

describe('the code', () => {
  it('Art. 3 e: makes the ticket; its digits may have blanks and dashes', async () => {
    const page = await toCode(browser);
    expect(page.text).toContain(
      'Vă păstrăm ora de <b>joi, 5 martie, 10:00</b>. Codul este valabil până la <b>10:10</b>; ora vă este păstrată până la <b>10:15</b>.',
    );
    expect(page.text).toMatch(/<input[^>]*autocomplete="one-time-code"[^>]*>/u);
    expect(page.text).toMatch(/<input[^>]*inputmode="numeric"[^>]*>/iu);
    const code = await codeOf();
    const answer = await browser.send('/programare/cod', { code: ` ${code.slice(0, 2)}-${code.slice(2)} ` });
    expect(answer.location).toMatch(/^\/tichet\/TA-\w{8}\?nou=1$/u);
    expect((await browser.get(answer.location)).text).toContain('Întâlnirea este programată');
  });

  it('that is no code costs no try; a wrong one says how many are left; after the last it is over', async () => {
    await toCode(browser);
    const wrong = (await codeOf()) === '111111' ? '222222' : '111111';
    expect((await browser.send('/programare/cod', { code: '12a' })).status).toBe(422);
    const sentences: string[] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      const { text } = await browser.send('/programare/cod', { code: wrong });
      sentences.push(/<p class="fault" id="code-fault">([^<]*)/u.exec(text)?.[1] ?? '');
    }
    expect(sentences).toEqual([
      'Codul nu este corect. Mai aveți 4 încercări.',
      'Codul nu este corect. Mai aveți 3 încercări.',
      'Codul nu este corect. Mai aveți 2 încercări.',
      'Codul nu este corect. Mai aveți o încercare.',
      'Codul a expirat. Cereți un cod nou.',
    ]);
  });

  it('can be asked for again after a minute, which the server enforces; the new one replaces the old', async () => {
    await toCode(browser);
    service.ports.clock.advance({ seconds: 18 });
    const early = await browser.send('/programare/cod/nou');
    expect(early.status).toBe(429);
    expect(early.text).toContain('Puteți cere un cod nou peste 42 de secunde.');
    service.ports.clock.advance({ seconds: 42 });
    const sent = await browser.send('/programare/cod/nou');
    expect(sent.location).toBe('/programare/cod?facut=cod');
    expect((await browser.get(sent.location)).text).toContain('Am trimis un cod nou.');
    expect((await browser.send('/programare/cod', { code: await codeOf(1) })).status).toBe(422);
    expect((await browser.send('/programare/cod', { code: await codeOf(2) })).status).toBe(303);
  });

  it('comes too late: the hour could not be kept, everything else was', async () => {
    await toCode(browser);
    const code = await codeOf();
    service.ports.clock.advance({ minutes: 15 });
    const late = await browser.send('/programare/cod', { code });
    expect(late.status).toBe(410);
    expect(late.text).toContain('Nu am mai putut păstra ora. Datele dumneavoastră sunt salvate, alegeți altă oră.');
    const again = await browser.send('/programare/ora', { startsAt: '2026-03-05T09:00:00.000Z' });
    expect(again.location).toBe('/programare/verificare');
    expect((await browser.get(again.location)).text).toContain('andrei@exemplu.ro');
  });

  it('went to a wrong address: another is given at once, for the same hour', async () => {
    await toCode(browser, 'gresit@exemplu.ro');
    const first = await awaiting();
    const changed = await browser.send('/programare/cod/adresa');
    expect(changed.location).toBe('/programare/contact');
    await browser.get(changed.location);
    await browser.send('/programare/contact', { email: 'bun@exemplu.ro', phone: '0740 123 456' });
    await browser.get('/programare/verificare');
    await browser.send('/programare/verificare');
    const page = await browser.get('/programare/cod');
    expect(page.text).toContain('bun@exemplu.ro');
    expect(await awaiting()).not.toBe(first);
    expect((await browser.send('/programare/cod', { code: await codeOf() })).status).toBe(303);
  });

  it('A24: of an address with three active tickets makes no fourth; another address may be given', async () => {
    await toCode(browser);
    const tag = service.ports.personalData.tag('email-cap', 'andrei@exemplu.ro');
    for (const other of ['a', 'b', 'c']) await service.ports.operations.places.claim(tag, other, 3);
    const refused = await browser.send('/programare/cod', { code: await codeOf() });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('numărul maxim de tichete active');
    const chosen = await browser.send('/programare/ora', { startsAt: '2026-03-05T09:00:00.000Z' });
    expect(chosen.location).toBe('/programare/contact');
  });

  it('sent twice at once makes one ticket and shows it to both', async () => {
    await toCode(browser);
    const code = await codeOf();
    const twins = await Promise.all([browser.send('/programare/cod', { code }), browser.send('/programare/cod', { code })]);
    expect(new Set(twins.map(({ location }) => location)).size).toBe(1);
    expect(twins[0].location).toMatch(/^\/tichet\/TA-/u);
  });
});

describe('the ticket', () => {
  const booked = async (): Promise<string> => {
    await toCode(browser);
    const { location } = await browser.send('/programare/cod', { code: await codeOf() });
    return location.split('?')[0] ?? '';
  };

  it('is shown to nobody else, and has a calendar entry', async () => {
    const ticket = await booked();
    expect((await new BrowserOf(service).get(ticket)).location).toBe(`${ticket}/deschide`);
    expect((await new BrowserOf(service).get(`${ticket}/invitatie.ics`)).status).toBe(303);
    const entry = await browser.get(`${ticket}/invitatie.ics`);
    expect(entry.headers['content-type']).toMatch(/^text\/calendar/u);
    expect(entry.text).toContain('BEGIN:VEVENT');
  });

  it('A19: is moved twice by its citizen, and then no more is offered', async () => {
    const ticket = await booked();
    for (const hour of ['09:00', '10:00']) {
      await browser.get(`${ticket}/muta`);
      const moved = await browser.send(`${ticket}/muta`, { startsAt: `2026-03-06T${hour}:00.000Z` });
      expect(moved.location).toBe(`${ticket}?facut=mutat`);
    }
    const page = await browser.get(ticket);
    expect(page.text).toContain('vineri, 6 martie 2026');
    expect(page.text).not.toContain('/muta');
    expect(page.text).toContain('Ați mutat-o de numărul maxim de ori');
    expect((await browser.get(`${ticket}/muta`)).location).toBe(ticket);
  });

  it('Art. 4: is not moved to an hour sooner than 48 hours, nor to one that is taken', async () => {
    const ticket = await booked();
    const other = new BrowserOf(service);
    await service.call('PUT', '/api/v1/requests/600001/2026-02-02', {
      token: await service.token('registry'),
      body: { applicantName: 'Ana Pop', handlerStaffId: 's002', status: 'in-operation' },
    });
    await other.post('/programare/cerere', { ...typed, once: 'x', requestNumber: '600001', applicantName: 'Ana Pop' });
    await other.post('/programare/ora', { startsAt: '2026-03-06T09:00:00.000Z' });
    await other.post('/programare/mod', { mode: 'in-person' });
    await other.post('/programare/contact', { phone: '0740 123 456' });
    await other.get('/programare/verificare');
    expect((await other.send('/programare/verificare')).location).toMatch(/^\/tichet\//u);
    await browser.get(`${ticket}/muta`);
    const soon = await browser.send(`${ticket}/muta`, { startsAt: '2026-03-03T09:00:00.000Z' });
    expect(soon.status).toBe(422);
    expect(soon.text).toContain('cu cel puțin 48 de ore înainte');
    const taken = await browser.send(`${ticket}/muta`, { startsAt: '2026-03-06T09:00:00.000Z' });
    expect(taken.status).toBe(409);
    expect(taken.text).toContain('Ora 11:00 tocmai a fost rezervată de altcineva. Alegeți altă oră.');
    expect((await browser.get(ticket)).text).toContain('joi, 5 martie 2026');
  });

  it('Art. 4: is asked for as of now when a form that was refused is sent again later', async () => {
    const toCheckInPerson = async (): Promise<void> => {
      await toModes(browser, '2026-03-04T09:00:00.000Z');
      await browser.send('/programare/mod', { mode: 'in-person' });
      await browser.get('/programare/contact');
      await browser.send('/programare/contact', { phone: '0740 123 456' });
      await browser.get('/programare/verificare');
    };
    const token = await bookingToken(service);
    await toCheckInPerson();
    const kept = browser.hiddenOf('/programare/verificare');
    const other = await service.call('POST', '/api/v1/tickets', { token, body: inPerson });
    expect((await browser.post('/programare/verificare', kept)).status).toBe(409);
    service.ports.clock.advance({ hours: 2 });
    const { ticketId, manageToken } = other.body;
    const given = await service.call('POST', `/api/v1/tickets/${ticketId}/cancel`, { token: manageToken, body: {} });
    expect(given.status).toBeLessThan(300);
    await toCheckInPerson();
    const answer = await browser.post('/programare/verificare', kept);
    expect([answer.status, answer.location]).toEqual([422, '']);
    expect(answer.text).toContain('cu cel puțin 48 de ore înainte');
  });

  it('A19: is cancelled until the start, and offers nothing afterwards', async () => {
    const ticket = await booked();
    await browser.get(`${ticket}/anulare`);
    const cancelled = await browser.send(`${ticket}/anulare`, { reason: 'illness' });
    expect(cancelled.location).toBe(`${ticket}?facut=anulat`);
    const page = await browser.get(cancelled.location);
    expect(page.text.match(/Întâlnirea a fost anulată/gu)).toHaveLength(2); // the title and the heading
    for (const past of ['ANULAT', 'Urma să vă întâlniți cu']) expect(page.text).toContain(past);
    expect(page.text).not.toMatch(/înregistr(?:eaz|at)ă|acordul/u);
    for (const gone of ['/muta', '/anulare', '/invitatie.ics']) expect(page.text).not.toContain(`${ticket}${gone}`);
  });

  it('nothing may be changed once it has started', async () => {
    const ticket = await booked();
    service.ports.clock.set(startsAt);
    const page = await openAgain(service, browser, ticket);
    expect(page.text).toContain('Întâlnirea este programată');
    expect(page.text).not.toContain('/muta');
    expect(page.text).not.toContain('/anulare');
  });

  it('without an e-mail address the code is skipped, and the page says how changes are made', async () => {
    await toModes(browser);
    await browser.send('/programare/mod', { mode: 'in-person' });
    await browser.get('/programare/contact');
    await browser.send('/programare/contact', { phone: '0740 123 456' });
    await browser.get('/programare/verificare');
    const answer = await browser.send('/programare/verificare');
    expect(answer.location).toMatch(/^\/tichet\/TA-\w{8}\?nou=1$/u);
    const page = await browser.get(answer.location);
    expect(page.text).toContain('Calea Moților 3, Cluj-Napoca');
    expect(page.text).toContain('pentru schimbări sunați');
  });
});

describe('the hours of Art. 4 where a city hall has a policy of its own', () => {
  const pagesBefore = async (): Promise<readonly string[]> => {
    await findRequest(browser);
    const addresses = ['/', '/programare/ora', '/programare/ora?zi=2026-03-02'];
    return Promise.all(addresses.map(async (address) => (await browser.get(address)).text));
  };
  const tooSoon = async () =>
    service.call('POST', '/api/v1/tickets', {
      token: await bookingToken(service),
      body: { ...inPerson, startsAt: '2026-03-02T12:00:00.000Z' },
    });

  it('Art. 4: are said as they are, by the API and by every page', async () => {
    expect(await tooSoon()).toMatchObject({
      status: 422,
      body: { code: 'too-soon', hours: 48, detail: 'Întâlnirea poate fi programată cu cel puțin 48 de ore înainte.' },
    });
    for (const text of await pagesBefore()) expect(text).toContain('cel puțin 48 de ore');

    service = await startSeeded({ policies: policiesWith({ 'lead-time': { value: { hours: 12 }, version: 2 } }) });
    browser = new BrowserOf(service);
    expect(await tooSoon()).toMatchObject({
      status: 422,
      body: { code: 'too-soon', hours: 12, detail: 'Întâlnirea poate fi programată cu cel puțin 12 ore înainte.' },
    });
    for (const text of await pagesBefore()) {
      expect(text).toContain('cel puțin 12 ore');
      expect(text).not.toMatch(/48 (de ore|h)/u);
    }
  });

  it.each([
    [1, 'o oră', '1 hour'],
    [19, '19 ore', '19 hours'],
    [20, '20 de ore', '20 hours'],
    [48, '48 de ore', '48 hours'],
    [101, '101 ore', '101 hours'],
  ])('are %i in the forms of the language', (hours, ro, en) => {
    expect(sentenceOf('too-soon', { hours })).toEqual({
      ro: `Întâlnirea poate fi programată cu cel puțin ${ro} înainte.`,
      en: `A meeting can be booked at least ${en} ahead.`,
    });
  });
});
