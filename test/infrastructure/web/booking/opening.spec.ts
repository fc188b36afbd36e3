import { sendOpeningLetters } from '../../../../src/application/booking/opening';
import type { Mailer } from '../../../../src/application/kernel/ports/mailer';
import { referenceOf } from '../../../../src/domain/ticket/ticket';
import { collectingMailer } from '../../../../src/infrastructure/testing/test-ports';
import { tables, type TicketStatusRow } from '../../../../src/application/kernel/ports/tables';
import { policiesWith, type PolicyValues } from '../../../../src/domain/policies';
import { lettersToVouched } from '../../../../src/domain/ticket/opening-letters';
import { registerRequest } from '../../../../src/application/requests/register-request';
import {
  bookingToken,
  inPerson,
  lookupBody,
  mustBeDone,
  online,
  registered,
  startSeeded,
  type Service,
} from '../../../http/support/service';
import { BrowserOf } from './browser-of';
import { toCode, typed } from './ways';
import { awaitedCodeOf } from '../../../support/codes';

let service: Service;
let reference: string;

const book = async (body: object, known?: string): Promise<string> => {
  const made = await service.call('POST', '/api/v1/tickets', { token: known ?? (await bookingToken(service)), body });
  const { ticketId, manageToken } = made.body;
  if ('email' in body) {
    const code = await awaitedCodeOf(service.ports, ticketId);
    await service.call('POST', `/api/v1/tickets/${ticketId}/verification`, { token: manageToken, body: { code } });
  }
  await service.settled();
  return referenceOf(ticketId);
};
const letters = async (): Promise<readonly string[]> => {
  await sendOpeningLetters(service.ports, service.ports.clock.now());
  return service.ports.mailer.letters.filter(({ subject }) => subject.includes('se deschide')).map(({ text }) => text);
};
const codeIn = (text = ''): string => /^\d{6}$/mu.exec(text)?.[0] ?? '';

const pathOf = (of: string): string => `/tichet/${of}/deschide`;
const askedFor = async (browser: BrowserOf, of: string) => {
  await browser.visit(`/tichet/${of}`);
  const asked = await browser.send(`${pathOf(of)}/cod`);
  const shown = asked.status === 303 ? await browser.get(asked.location) : asked;
  return { asked, shown };
};
const enter = (browser: BrowserOf, of: string, code: string) => browser.send(pathOf(of), { code });

beforeEach(async () => {
  service = await startSeeded();
  reference = await book(online);
});

describe('a ticket in another browser', () => {
  it('is opened by a code at its verified address, and a visit alone sends nothing', async () => {
    const browser = new BrowserOf(service);
    expect((await browser.get(`/tichet/${reference}`)).location).toBe(pathOf(reference));
    await browser.get(pathOf(reference));
    expect(await letters()).toEqual([]);
    const { shown } = await askedFor(browser, reference);
    expect(shown.text).toContain('Dacă acest tichet există');
    const [letter] = await letters();
    const code = codeIn(letter);
    expect(letter).toContain(`https://tichet.example/tichet/${reference}`);
    const opened = await enter(browser, reference, `${code.slice(0, 3)} – ${code.slice(3)}`);
    expect(opened).toMatchObject({ status: 303, location: `/tichet/${reference}?facut=deschis` });
    expect((await browser.get(opened.location)).text).toContain('Zoltán Marc');
  });

  it('is written to once, however often the letters are looked at, and sent again when the mail server was away', async () => {
    const kept = collectingMailer();
    let away = true;
    const send: Mailer['send'] = (letter) => (away ? Promise.reject(new Error('away')) : kept.send(letter));
    service.ports.mailer.send = send;
    await askedFor(new BrowserOf(service), reference);
    await sendOpeningLetters(service.ports, service.ports.clock.now());
    away = false;
    await sendOpeningLetters(service.ports, service.ports.clock.now());
    expect(kept.letters).toHaveLength(0);
    service.ports.clock.advance({ seconds: 5 });
    for (let round = 0; round < 3; round += 1) await sendOpeningLetters(service.ports, service.ports.clock.now());
    expect(kept.letters).toHaveLength(1);
  });

  it('whose letter could not be sent while its code lived is waited for no longer', async () => {
    const { ports } = service;
    ports.mailer.send = () => Promise.reject(new Error('away'));
    await askedFor(new BrowserOf(service), reference);
    await sendOpeningLetters(ports, ports.clock.now());
    expect(await ports.operations.attempts.unfinished()).toMatchObject([{ attempts: 1, error: 'Error' }]);
    ports.clock.advance({ minutes: ports.policies.verification.value.validMinutes });
    await sendOpeningLetters(ports, ports.clock.now());
    expect(await ports.operations.attempts.unfinished()).toEqual([]);
    expect(await ports.operations.openings.unsent()).toEqual([]);
  });

  it('answers the same for a number of no ticket, and for a ticket without an address', async () => {
    await service.call('PUT', '/api/v1/requests/600001/2026-02-02', {
      token: await service.token('registry'),
      body: { applicantName: 'Ana Pop', handlerStaffId: 's002', status: 'in-operation' },
    });
    const lookup = { requestNumber: '600001', applicantName: 'Ana Pop', filedOn: '2026-02-02' };
    const found = await service.call('POST', '/api/v1/requests/lookup', { body: lookup });
    const made = await service.call('POST', '/api/v1/tickets', {
      token: found.body.bookingToken,
      body: { ...inPerson, startsAt: '2026-03-05T09:00:00.000Z' },
    });
    await service.settled();
    const seen: (readonly string[])[] = [];
    for (const one of [reference, 'TA-00000000', made.body.reference]) {
      const browser = new BrowserOf(service);
      const { asked, shown } = await askedFor(browser, one);
      const wrong = await enter(browser, one, '000000');
      service.ports.clock.advance({ seconds: 18 });
      const answers = [asked, shown, wrong, await browser.post(`${pathOf(one)}/cod`, { once: 'x' })];
      seen.push(
        answers.map(({ status, text, location }) =>
          `${status} ${location} ${text}`.replaceAll(one, 'TA').replace(/value="[\w-]{30,}"/gu, ''),
        ),
      );
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(seen[0]?.[2]).toContain('Codul nu este corect. Mai aveți 4 încercări.');
    expect(seen[0]?.[3]).toContain('peste 42 de secunde');
    expect(await letters()).toHaveLength(1);
  });

  it('stays closed after five wrong codes, after ten minutes, and for a code that was used', async () => {
    const browser = new BrowserOf(service);
    await askedFor(browser, reference);
    const right = codeIn((await letters())[0]);
    const wrong = right === '111111' ? '222222' : '111111';
    const answers: number[] = [];
    for (let tries = 0; tries < 5; tries += 1) answers.push((await enter(browser, reference, wrong)).status);
    expect(answers).toEqual([422, 422, 422, 422, 410]);
    expect((await enter(browser, reference, right)).status).toBe(410);

    service.ports.clock.advance({ seconds: 61 });
    await askedFor(browser, reference);
    const second = codeIn((await letters())[1]);
    expect(second).not.toBe(right);
    service.ports.clock.advance({ seconds: 600 });
    expect((await enter(browser, reference, second)).status).toBe(410);

    await askedFor(browser, reference);
    const third = codeIn((await letters())[2]);
    expect((await enter(browser, reference, third)).status).toBe(303);
    expect((await enter(new BrowserOf(service), reference, third)).status).not.toBe(303);

    service.ports.clock.advance({ seconds: 61 });
    expect((await askedFor(new BrowserOf(service), reference)).asked.status).toBe(303);
  });

  it('gives a browser three letters an hour', async () => {
    const browser = new BrowserOf(service);
    const answers: number[] = [];
    for (let asked = 0; asked < 4; asked += 1) {
      answers.push((await askedFor(browser, reference)).asked.status);
      service.ports.clock.advance({ seconds: 61 });
    }
    expect(answers).toEqual([303, 303, 303, 429]);
  });

  it('answers both twins of a double click that asks for the last of them', async () => {
    const browser = new BrowserOf(service);
    await askedFor(browser, reference);
    service.ports.clock.advance({ seconds: 61 });
    await askedFor(browser, reference);
    service.ports.clock.advance({ seconds: 61 });
    await browser.get(pathOf(reference));
    const form = browser.hiddenOf(`${pathOf(reference)}/cod`);
    const twins = [await browser.post(`${pathOf(reference)}/cod`, form), await browser.post(`${pathOf(reference)}/cod`, form)];
    expect(twins.map(({ status }) => status)).toEqual([303, 303]);
    service.ports.clock.advance({ seconds: 61 });
    expect((await browser.post(`${pathOf(reference)}/cod`, { once: 'another' })).status).toBe(429);
  });

  it('opens in the browser that asked, and a code that was talked out of somebody opens nowhere else', async () => {
    const citizen = new BrowserOf(service);
    await askedFor(citizen, reference);
    const code = codeIn((await letters())[0]);
    const stranger = new BrowserOf(service);
    await askedFor(stranger, reference);
    expect((await enter(stranger, reference, code)).status).toBe(422);
    expect((await new BrowserOf(service).post(pathOf(reference), { once: 'x', code })).status).toBe(410);
    expect((await enter(citizen, reference, code)).status).toBe(303);
  });

  /** Knows the number of the ticket, and comes from another address with another browser each time. */
  const strangers = async (howMany: number): Promise<readonly number[]> => {
    const answers: number[] = [];
    for (let n = 1; n <= howMany; n += 1) {
      const stranger = new BrowserOf(service, `203.0.113.${n}`);
      answers.push((await askedFor(stranger, reference)).asked.status);
      for (let tries = 0; tries < 5; tries += 1) await enter(stranger, reference, String(n).repeat(6).slice(0, 6));
    }
    return answers;
  };

  it('opens for the citizen while a stranger who knows its number goes on asking and guessing', async () => {
    expect(await strangers(8)).toEqual([303, 303, 303, 303, 303, 303, 429, 429]);
    await letters();
    const citizen = new BrowserOf(service, '198.51.100.7');
    const { asked } = await askedFor(citizen, reference);
    expect([asked.status, asked.text.includes('name="requestNumber"')]).toEqual([429, true]);
    expect(asked.text).toContain('să sunați la Centrul de informare');
    const ask = (fields: Readonly<Record<string, string>>) => citizen.send(`${pathOf(reference)}/cod`, fields);
    expect((await ask({ ...typed, applicantName: 'Alt Nume' })).text).toContain('name="requestNumber"');
    const sent = await ask(typed);
    expect(sent).toMatchObject({ status: 303, location: `${pathOf(reference)}?trimis=1` });
    await strangers(3);
    const code = codeIn((await letters()).at(-1));
    await citizen.get(sent.location);
    expect((await enter(citizen, reference, code)).status).toBe(303);
    expect((await citizen.visit(`/tichet/${reference}`)).text).toContain('Zoltán Marc');
  });

  it('beyond the guesses of a ticket’s life asks strangers for more, and goes on with the browser that may still try', async () => {
    service = await startSeeded({
      policies: policiesWith({
        openings: { value: { letters: 1000, minutes: 60, guesses: 7 }, version: 2 },
        'slot-release-delay': { value: null, version: 2 },
      }),
    });
    reference = await book(online);
    const citizen = new BrowserOf(service, '198.51.100.7');
    await askedFor(citizen, reference);
    const code = codeIn((await letters())[0]);
    expect(await strangers(3)).toEqual([303, 303, 429]);
    service.ports.clock.advance({ minutes: 9 });
    expect((await enter(citizen, reference, code === '111111' ? '222222' : '111111')).status).toBe(422);
    expect((await enter(citizen, reference, code)).status).toBe(303);
  });

  const startWith = async (changes: Parameters<typeof policiesWith>[0]): Promise<void> => {
    service = await startSeeded({ policies: policiesWith(changes) });
    reference = await book(online);
  };
  const openings = (value: Partial<PolicyValues['openings']>) => ({
    openings: { value: { letters: 1000, minutes: 60, guesses: 1000, ...value }, version: 2 },
  });
  const letterBound = (perEmail: number) => ({ 'code-letters': { value: { perEmail, perAddress: 1000, minutes: 60 }, version: 2 } });
  /** Knows the three data of the request besides, and comes with a browser of their own each time. */
  const vouchedFor = async (n: number, address = `198.51.100.${n}`, said = typed) => {
    const browser = new BrowserOf(service, address);
    await browser.visit(`/tichet/${reference}`);
    const { status } = await browser.post(`${pathOf(reference)}/cod`, { once: `vouched ${n}`, ...said });
    return { browser, status };
  };
  const guess = async (browser: BrowserOf, n: number): Promise<void> => {
    for (let tries = 0; tries < 5; tries += 1) await browser.post(pathOf(reference), { once: `guess ${tries}`, code: `90000${n}` });
  };

  it('gets its letters however many codes for bookings went to its address, and leaves those theirs; the page says what is bounded', async () => {
    await startWith(letterBound(2));
    mustBeDone(await registerRequest(service.ports)(service.context(), { ...registered, number: '519074' }));
    const { bookingToken: token } = (
      await service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, requestNumber: '519074' } })
    ).body;
    await book({ ...online, startsAt: '2026-03-05T09:00:00.000Z' }, token);
    const shown = await Promise.all([1, 2, 3].map((n) => askedFor(new BrowserOf(service, `203.0.113.${n}`), reference)));
    expect(await letters()).toHaveLength(2);
    expect(new Set(shown.map(({ asked }) => asked.status))).toEqual(new Set([303]));
    expect(shown[2]?.shown.text).toContain('trimitem cel mult 6 coduri în 60 de minute, și niciunul cât timp la aceeași adresă');
    expect(shown[2]?.shown.text).toContain('sunați la Centrul de informare pentru cetățeni sau veniți la ghișeu');

    await startWith(letterBound(2));
    await Promise.all([1, 2].map((n) => askedFor(new BrowserOf(service, `203.0.113.${n}`), reference)));
    expect(await letters()).toHaveLength(2);
    mustBeDone(await registerRequest(service.ports)(service.context(), { ...registered, number: '519074' }));
    const later = await service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, requestNumber: '519074' } });
    const body = { ...online, startsAt: '2026-03-05T09:00:00.000Z' };
    expect((await service.call('POST', '/api/v1/tickets', { token: later.body.bookingToken, body })).status).toBe(201);
  });

  it('counts a lookup of the three data among the others of its address, and one that matches gives its place back', async () => {
    await startWith({ ...openings({}), ...letterBound(1000) });
    const own = '198.51.100.7';
    for (let n = 0; n < 15; n += 1) expect((await vouchedFor(n, own)).status).toBe(303);
    const wrong = { ...typed, applicantName: 'Alt Nume' };
    for (let n = 20; n < 30; n += 1) expect((await vouchedFor(n, own, wrong)).status).toBe(404);
    expect((await vouchedFor(30, own)).status).toBe(429);
    const raw = { remoteAddress: own, payload: lookupBody };
    expect((await service.call('POST', '/api/v1/requests/lookup', { raw })).status).toBe(429);
  });

  it('slows down who guesses though they know the three data, and neither an opening that is intact nor whoever waits', async () => {
    await startWith({ ...openings({ letters: 2, guesses: 5 }), ...letterBound(1000) });
    const citizen = new BrowserOf(service, '192.0.2.1');
    await askedFor(citizen, reference);
    const code = codeIn((await letters())[0]);
    const first = await vouchedFor(1);
    await guess(first.browser, 1);
    expect((await askedFor(new BrowserOf(service, '203.0.113.1'), reference)).asked.status).toBe(429);
    const second = await vouchedFor(2);
    await guess(second.browser, 2);
    const third = await vouchedFor(3);
    expect([first.status, second.status, third.status]).toEqual([303, 303, 303]);
    expect([(await vouchedFor(4)).status, (await vouchedFor(5)).status]).toEqual([303, 429]);
    expect((await enter(citizen, reference, code)).status).toBe(303);
    await guess(third.browser, 3);
    expect([(await vouchedFor(6)).status, (await vouchedFor(7)).status]).toEqual([303, 303]);
    service.ports.clock.advance({ minutes: 61 });
    const slower = new BrowserOf(service, '198.51.100.8');
    await slower.visit(`/tichet/${reference}`);
    const told = await slower.send(`${pathOf(reference)}/cod`, typed);
    expect(told.status).toBe(429);
    expect(told.text).toContain('sunați la Centrul de informare pentru cetățeni sau să veniți la ghișeu');
    service.ports.clock.advance({ minutes: 60 });
    expect((await vouchedFor(9)).status).toBe(303);
  });

  it('opens for the citizen while somebody who knows the three data, too, goes on asking with one browser after another', async () => {
    for (let hour = 0; hour < 2; hour += 1) {
      const asked: number[] = [];
      for (let n = 0; n < 8; n += 1) asked.push((await vouchedFor(10 * hour + n, '203.0.113.1')).status);
      expect(asked).toEqual([303, 303, 303, 429, 429, 429, 429, 429]);
      await letters();
      const citizen = await vouchedFor(100 + hour, '198.51.100.7');
      expect(citizen.status).toBe(303);
      const sent = await letters();
      await citizen.browser.get(`${pathOf(reference)}?trimis=1`);
      expect((await enter(citizen.browser, reference, codeIn(sent.at(-1)))).status).toBe(303);
      service.ports.clock.advance({ minutes: 61 });
    }
  });

  it('is not asked about by more at once than there are letters', async () => {
    const browsers = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const browser = new BrowserOf(service, `203.0.113.${n}`);
        await browser.visit(`/tichet/${reference}`);
        return browser;
      }),
    );
    const { codes } = service.ports.operations;
    const keep = codes.keep.bind(codes);
    // whoever may ask waits until everybody else may, too, or was refused
    let [asking, answered] = [0, 0];
    let all: () => void = () => undefined;
    const together = new Promise<void>((resolve) => {
      all = resolve;
    });
    const meet = (): void => {
      if (asking + answered === browsers.length) all();
    };
    codes.keep = async (...code) => {
      asking += 1;
      meet();
      await together;
      return keep(...code);
    };
    const asked = await Promise.all(
      browsers.map(async (browser) => {
        const answer = await browser.send(`${pathOf(reference)}/cod`);
        answered += 1;
        meet();
        return answer;
      }),
    );
    expect(asked.map(({ status }) => status).filter((status) => status === 303)).toHaveLength(6);
    expect(await letters()).toHaveLength(6);
  });

  it('leaves neighbours at one address their codes for bookings, and the way of those who say which request it is about', async () => {
    await startWith({ ...openings({}), 'code-letters': { value: { perEmail: 1000, perAddress: 3, minutes: 60 }, version: 2 } });
    const shared = '203.0.113.1';
    const ask = async (of: string) => (await askedFor(new BrowserOf(service, shared), of)).asked.status;
    expect([await ask('TA-00000001'), await ask('TA-00000002'), await ask('TA-00000003'), await ask(reference)]).toEqual([
      303, 303, 303, 429,
    ]);
    expect((await vouchedFor(1, shared)).status).toBe(303);
    mustBeDone(await registerRequest(service.ports)(service.context(), { ...registered, number: '519074' }));
    const found = await service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, requestNumber: '519074' } });
    const raw = {
      remoteAddress: shared,
      headers: { authorization: `Bearer ${found.body.bookingToken}` },
      payload: { ...online, startsAt: '2026-03-05T09:00:00.000Z' },
    };
    expect((await service.call('POST', '/api/v1/tickets', { raw })).status).toBe(201);
  });

  it('keeps nothing of who is over a bound, or has asked for nothing', async () => {
    await strangers(7);
    const { idempotency, sessions, throttle } = service.ports.operations;
    const kept: string[] = [];
    const noted = <Asked extends readonly unknown[], Answer>(what: string, act: (...asked: Asked) => Answer) => {
      return (...asked: Asked): Answer => {
        kept.push(what);
        return act(...asked);
      };
    };
    const hits = throttle.hits.bind(throttle);
    throttle.hits = (...asked) => (asked[3] ? noted('hit', hits) : hits)(...asked);
    const take = throttle.take.bind(throttle);
    throttle.take = async (...asked) => {
      const full = await take(...asked);
      if (full === undefined) kept.push('place');
      return full;
    };
    idempotency.remember = noted('key', idempotency.remember.bind(idempotency));
    sessions.put = noted('session', sessions.put.bind(sessions));
    const path = `${pathOf(reference)}/cod`;
    for (const once of ['a', 'b']) expect((await new BrowserOf(service, '203.0.113.99').post(path, { once })).status).toBe(429);
    expect((await new BrowserOf(service).post(pathOf(reference), { once: 'c', code: '123456' })).status).toBe(410);
    expect(kept).toEqual([]);
  });

  it('is no second way to guess at a request: from many addresses whoever asks about it waits as for a lookup', async () => {
    await startWith({ ...openings({}), ...letterBound(1000) });
    const wrong = { ...typed, applicantName: 'Alt Nume' };
    for (let n = 0; n < 20; n += 1) expect((await vouchedFor(n, `198.51.100.${n}`, wrong)).status).toBe(404);
    expect((await vouchedFor(20, '198.51.100.20', wrong)).status).toBe(429);
    service.ports.clock.advance({ seconds: 1 });
    expect((await vouchedFor(21, '198.51.100.20')).status).toBe(303);
  });

  it('fills nobody’s mailbox for those who know the three data, nor leaves the address without letters for others', async () => {
    await startWith({ ...openings({}), ...letterBound(2) });
    for (let n = 0; n < 5; n += 1) expect((await vouchedFor(n)).status).toBe(303);
    expect(await letters()).toHaveLength(2);
    await askedFor(new BrowserOf(service, '203.0.113.1'), reference);
    expect(await letters()).toHaveLength(3);
  });

  it('counts no code that opened among the guesses', async () => {
    await startWith({ ...openings({ guesses: 5 }), ...letterBound(1000) });
    for (let n = 1; n < 8; n += 1) {
      const browser = new BrowserOf(service, `203.0.113.${n}`);
      expect((await askedFor(browser, reference)).asked.status).toBe(303);
      expect((await enter(browser, reference, codeIn((await letters()).at(-1)))).status).toBe(303);
    }
  });

  it('slows down by twice as long for each ceiling of guesses more, and by a day at most', () => {
    const policy = { letters: 6, minutes: 60, guesses: 50 };
    const slowed = (minutes: number) => ({ ofAddress: { limit: 1, minutes }, ofAll: { limit: 6, minutes } });
    const unhurried = { ofAddress: { limit: 3, minutes: 60 }, ofAll: { limit: 12, minutes: 60 } };
    expect([0, 99].map((guesses) => lettersToVouched(policy, guesses))).toEqual([unhurried, unhurried]);
    const bounds = [100, 149, 150, 200, 10_000_000].map((guesses) => lettersToVouched(policy, guesses));
    expect(bounds).toEqual([60, 60, 120, 240, 1440].map(slowed));
  });

  it('is not opened by the bytes of a form that was used, sent again without the cookie of its browser', async () => {
    const browser = new BrowserOf(service);
    const { shown } = await askedFor(browser, reference);
    expect(shown.text).toContain('name="code"');
    const form = { ...browser.hiddenOf(pathOf(reference)), code: codeIn((await letters())[0]) };
    expect((await browser.post(pathOf(reference), form)).status).toBe(303);
    const another = new BrowserOf(service);
    await another.visit(`/tichet/${reference}`);
    for (const replaying of [new BrowserOf(service), another]) {
      const replayed = await replaying.post(pathOf(reference), form);
      expect([replayed.status, replayed.location]).toEqual([410, '']);
      expect((await replaying.get(`/tichet/${reference}`)).location).toBe(pathOf(reference));
    }
  });

  it('is given to nobody by the bytes of the form that booked it, without the cookie of its browser', async () => {
    service = await startSeeded();
    const browser = new BrowserOf(service);
    await toCode(browser);
    await service.settled();
    const { rows } = await service.ports.readModels.select<TicketStatusRow>(tables.ticketStatus, { limit: 1 });
    const ticketId = rows[0]?.ticketId ?? '';
    const code = await awaitedCodeOf(service.ports, ticketId);
    const form = { ...browser.hiddenOf('/programare/cod'), code };
    expect((await browser.post('/programare/cod', form)).location).toBe(`/tichet/${referenceOf(ticketId)}?nou=1`);
    const replaying = new BrowserOf(service);
    expect((await replaying.post('/programare/cod', form)).location).toBe('/programare/cerere');
    expect((await replaying.get(`/tichet/${referenceOf(ticketId)}`)).location).toBe(pathOf(referenceOf(ticketId)));
  });

  it('keeps nothing of a visit without a cookie, and sends one letter for two presses of its button', async () => {
    const { sessions } = service.ports.operations;
    const put = jest.spyOn(sessions, 'put');
    const browser = new BrowserOf(service);
    await browser.visit(`/tichet/${reference}`);
    const form = browser.hiddenOf(`${pathOf(reference)}/cod`);
    expect(put).not.toHaveBeenCalled();
    const pressed = await Promise.all([browser.copied(), browser.copied()].map((one) => one.post(`${pathOf(reference)}/cod`, form)));
    expect(pressed.map(({ status }) => status)).toEqual([303, 303]);
    expect(await letters()).toHaveLength(1);
  });

  it('opens for both twins of a double click', async () => {
    const browser = new BrowserOf(service);
    await askedFor(browser, reference);
    const code = codeIn((await letters())[0]);
    const twins = await Promise.all([enter(browser, reference, code), enter(browser, reference, code)]);
    expect(twins.map(({ status }) => status)).toEqual([303, 303]);
  });

  it('opens once, however many forms bring the same code at the same time', async () => {
    const browser = new BrowserOf(service);
    await askedFor(browser, reference);
    const form = { ...browser.hiddenOf(pathOf(reference)), code: codeIn((await letters())[0]) };
    const all = await Promise.all(['a', 'b', 'c', 'd'].map((once) => browser.post(pathOf(reference), { ...form, once })));
    expect(all.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([303, 410, 410, 410]);
  });

  it('is not opened by the cookie and the form of a browser that has left it', async () => {
    const browser = new BrowserOf(service);
    await askedFor(browser, reference);
    const form = { ...browser.hiddenOf(pathOf(reference)), code: codeIn((await letters())[0]) };
    const copied = browser.copied();
    expect((await browser.post(pathOf(reference), form)).status).toBe(303);
    service.ports.clock.advance({ minutes: 1 });
    expect((await copied.post(pathOf(reference), form)).status).toBe(410);
    expect((await copied.get(`/tichet/${reference}`)).location).toBe(pathOf(reference));
  });

  it('is not opened either where the copied cookie was used at once, for something else', async () => {
    const browser = new BrowserOf(service);
    await askedFor(browser, reference);
    const form = { ...browser.hiddenOf(pathOf(reference)), code: codeIn((await letters())[0]) };
    mustBeDone(await registerRequest(service.ports)(service.context(), { ...registered, number: '519074' }));
    const [copied, kept] = [browser.copied(), browser.copied()];
    expect((await browser.post(pathOf(reference), form)).status).toBe(303);
    const found = await copied.post('/programare/cerere', { ...typed, requestNumber: '519074', once: 'x' });
    expect(found.location).toBe('/programare/ora');
    service.ports.clock.advance({ minutes: 1 });
    for (const one of [copied, kept]) expect((await one.post(pathOf(reference), form)).status).toBe(410);
  });

  it('goes on waiting for its code in a browser that has opened another ticket meanwhile', async () => {
    const browser = new BrowserOf(service);
    await askedFor(browser, reference);
    const code = codeIn((await letters())[0]);
    mustBeDone(await registerRequest(service.ports)(service.context(), { ...registered, number: '519074' }));
    const token = (await service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, requestNumber: '519074' } })).body
      .bookingToken;
    const second = await book({ ...online, startsAt: '2026-03-05T09:00:00.000Z' }, token);
    await askedFor(browser, second);
    const letter = (await letters()).find((text) => text.includes(second));
    expect((await enter(browser, second, codeIn(letter))).status).toBe(303);
    await browser.visit(`${pathOf(reference)}?trimis=1`);
    expect((await enter(browser, reference, code)).status).toBe(303);
  });

  it('asks for another code when a page that was kept is sent again later', async () => {
    const browser = new BrowserOf(service);
    await browser.visit(`/tichet/${reference}`);
    const kept = browser.hiddenOf(`${pathOf(reference)}/cod`);
    const send = () => browser.post(`${pathOf(reference)}/cod`, kept);
    expect([(await send()).status, (await send()).status]).toEqual([303, 303]);
    expect(await letters()).toHaveLength(1);
    service.ports.clock.advance({ minutes: 11 });
    expect((await send()).status).toBe(303);
    expect(await letters()).toHaveLength(2);
  });

  it.each(['%00', '%0d%0aX-Set:%20by-whom', '%C8%9B', '..%2F..%2Fintra', '..%2f%2frau.example', '__proto__'])(
    'of no number at all, as %s, leads nowhere and breaks nothing',
    async (written) => {
      for (const page of ['', '/muta', '/anulare', '/invitatie.ics', '/deschide']) {
        const answer = await new BrowserOf(service).get(`/tichet/${written}${page}`);
        expect([page, answer.status, answer.location, String(answer.headers['content-type'])]).toEqual([
          page,
          404,
          '',
          'text/html; charset=utf-8',
        ]);
      }
    },
  );

  it('is found by its number, however it is written', async () => {
    const browser = new BrowserOf(service);
    await browser.get('/tichet');
    const found = await browser.send('/tichet', {
      reference: reference
        .toLowerCase()
        .replace('ta-', ' ')
        .replace(/(.{4})/u, '$1 '),
    });
    expect(found.location).toBe(`/tichet/${reference}`);
    expect((await browser.send('/tichet', { reference: 'altceva' })).status).toBe(422);
    expect((await browser.get('/tichet/altceva/deschide')).status).toBe(404);
  });
});
