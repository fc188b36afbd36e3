import { normalisedEmail } from '../../src/application/booking/normalised-email';
import { newCode } from '../../src/application/booking/verify-email';
import { commandOf } from '../../src/application/kernel/execute';
import type { Ports } from '../../src/application/kernel/ports/ports';
import { registerRequest } from '../../src/application/requests/register-request';
import { type PolicyValues, policiesWith } from '../../src/domain/policies';
import { LiveStreams, streamsPerHolder } from '../../src/infrastructure/api/live-streams';
import { applicant, bookingToken, lookupBody, mustBeDone, online, startSeeded, type Answered, type Service } from './support/service';

let service: Service;
const start = async (changes: { readonly letters?: PolicyValues['code-letters']; readonly rate?: PolicyValues['request-rate'] } = {}) => {
  const { letters, rate } = changes;
  const policies = policiesWith({
    ...(letters === undefined ? {} : { 'code-letters': { value: letters, version: 2 } }),
    ...(rate === undefined ? {} : { 'request-rate': { value: rate, version: 2 } }),
  });
  service = await startSeeded({ policies });
};

const numbers = ['600001', '600002', '600003', '600004'];
const registerMore = async (): Promise<void> => {
  for (const number of numbers) {
    mustBeDone(
      await registerRequest(service.ports)(service.context(), {
        number,
        filedOn: lookupBody.filedOn,
        applicantName: applicant,
        handlerStaffId: 's002',
        status: 'in-operation',
      }),
    );
  }
};

const ask = (n: number, token: string, body: object, remoteAddress = '192.0.2.1', headers: Record<string, string> = {}) =>
  service.call('POST', '/api/v1/tickets', {
    raw: {
      remoteAddress,
      headers: { authorization: `Bearer ${token}`, ...headers },
      payload: { ...body, startsAt: new Date(Date.parse(online.startsAt) + n * 900_000).toISOString() },
    },
  });
const tokenFor = async (n: number): Promise<string> =>
  (await service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, requestNumber: numbers[n] } })).body.bookingToken;
/** The n-th of these requests asks for the n-th quarter of the morning. */
const book = async (n: number, email: string, remoteAddress?: string): Promise<Answered> =>
  ask(n, await tokenFor(n), { ...online, email }, remoteAddress);

const tooMany = { status: 429, body: { code: 'too-many-requests' } };

describe('code letters', () => {
  it('Art. 3 e: are bounded per e-mail, however it is written and wherever from, until the window has passed', async () => {
    await start({ letters: { perEmail: 2, perAddress: 50, minutes: 60 } });
    await registerMore();
    expect((await book(0, 'andrei@exemplu.ro')).status).toBe(201);
    service.ports.clock.advance({ minutes: 10 });
    expect((await book(1, 'Andrei@Exemplu.RO', '192.0.2.2')).status).toBe(201);
    const over = await book(2, 'andrei@exemplu.ro', '192.0.2.3');
    expect(over).toMatchObject(tooMany);
    expect(over.headers['retry-after']).toBe('3000');
    expect((await book(2, 'alta@exemplu.ro')).status).toBe(201);
    service.ports.clock.advance({ minutes: 51 });
    expect((await book(3, 'andrei@exemplu.ro')).status).toBe(201);
  });

  it('Art. 3 e: are counted under one form of an e-mail, however its domain is spelt', () => {
    const spelt = ['tinta@poșta.ro', ' TINTA@poșta。ro', 'tinta@poșta．ro.', 'tinta@xn--pota-rxb.ro', 'tinta@ｐos\u0326ta.ro'];
    expect(new Set(spelt.map(normalisedEmail)).size).toBe(1);
    expect(normalisedEmail('Ana.Pop+x@Exemplu.RO')).toBe('ana.pop+x@exemplu.ro');
    expect(new Set(['a@b@exemplu.ro', 'a@exemplu.ro', 'b@exemplu.ro', 'no address', ''].map(normalisedEmail)).size).toBe(5);
  });

  it('Art. 3 e: are counted where one goes out: nobody uses up another’s by bookings that are refused', async () => {
    await start({ letters: { perEmail: 1, perAddress: 2, minutes: 60 } });
    await registerMore();
    const token = await tokenFor(0);
    expect((await ask(0, token, { mode: 'in-person', phone: '0740 123 456' })).status).toBe(201);
    for (let n = 1; n < 4; n += 1) expect((await ask(n, token, online)).body).toMatchObject({ code: 'active-ticket-exists' });
    expect((await ask(0, await tokenFor(1), online)).body).toMatchObject({ code: 'slot-taken' });
    expect((await book(2, online.email)).status).toBe(201);
    expect(await book(3, online.email)).toMatchObject(tooMany);
  });

  it('Art. 3 e: are bounded per address; who gives no e-mail is not', async () => {
    await start({ letters: { perEmail: 50, perAddress: 2, minutes: 60 } });
    await registerMore();
    expect((await book(0, 'a@exemplu.ro')).status).toBe(201);
    expect((await book(1, 'b@exemplu.ro')).status).toBe(201);
    expect(await book(2, 'c@exemplu.ro')).toMatchObject(tooMany);
    expect((await ask(2, await tokenFor(2), { mode: 'in-person', phone: '0740 123 456' })).status).toBe(201);
    expect((await book(3, 'c@exemplu.ro', '192.0.2.2')).status).toBe(201);
  });

  it('A9: a new code is one more letter; one that is refused anyway is none', async () => {
    await start({ letters: { perEmail: 2, perAddress: 50, minutes: 60 } });
    await registerMore();
    const { ticketId, manageToken } = (await book(0, 'andrei@exemplu.ro')).body;
    const newCode = () => service.call('POST', `/api/v1/tickets/${ticketId}/verification/new-code`, { token: manageToken });
    for (let n = 0; n < 3; n += 1) expect((await newCode()).headers['retry-after']).toBe('60');
    service.ports.clock.advance({ minutes: 2 });
    expect((await newCode()).status).toBe(202);
    service.ports.clock.advance({ minutes: 2 });
    const over = await newCode();
    expect(over).toMatchObject(tooMany);
    expect(over.headers['retry-after']).toBe('3360');
  });

  it('A9: a new code that another one comes before while it is asked for takes no place of a letter', async () => {
    await start({ letters: { perEmail: 3, perAddress: 50, minutes: 60 } });
    await registerMore();
    const { ticketId } = (await book(0, 'andrei@exemplu.ro')).body;
    const { ports } = service;
    const asked = (among: Ports) =>
      newCode(among)(commandOf({ kind: 'citizen', ticketId }, ports.identifiers.next(), ports.clock.now()), {
        ticketId,
        address: '192.0.2.1',
      });
    ports.clock.advance({ minutes: 2 });
    const open: Ports['personalData']['open'] = async (text) => {
      mustBeDone(await asked(ports));
      return ports.personalData.open(text);
    };
    expect(await asked({ ...ports, personalData: { ...ports.personalData, open } })).toMatchObject({ code: 'too-many-requests' });
    ports.clock.advance({ minutes: 2 });
    mustBeDone(await asked(ports));
  });

  it('Art. 4: a command refused for now is made when its key comes again, and asks as of then', async () => {
    await start({ letters: { perEmail: 1, perAddress: 50, minutes: 60 } });
    await registerMore();
    const hoursAhead = (Date.parse(online.startsAt) - Date.parse(service.ports.clock.now())) / 3_600_000;
    // the letter before stops counting while the token lives, after the lead time of the first quarter has begun
    service.ports.clock.advance({ minutes: (hoursAhead - 48) * 60 - 50 });
    expect((await ask(3, await tokenFor(0), online)).status).toBe(201);
    service.ports.clock.advance({ minutes: 40 });
    const token = await tokenFor(1);
    const again = (n: number, key: string) => ask(n, token, online, '192.0.2.1', { 'idempotency-key': key });
    expect(await again(0, 'sooner-than-then')).toMatchObject(tooMany);
    expect(await again(1, 'early-enough')).toMatchObject(tooMany);
    service.ports.clock.advance({ minutes: 21 });
    expect(await again(0, 'sooner-than-then')).toMatchObject({ status: 422, body: { code: 'too-soon' } });
    expect((await again(1, 'early-enough')).status).toBe(201);
  });

  it('are counted once for a form that is sent again, and without bound where the policy is null', async () => {
    await start({ letters: { perEmail: 2, perAddress: 50, minutes: 60 } });
    await registerMore();
    const token = await tokenFor(0);
    for (let n = 0; n < 4; n += 1) {
      expect((await ask(0, token, online, '192.0.2.1', { 'idempotency-key': 'form-1' })).status).toBe(201);
    }
    expect((await book(1, online.email)).status).toBe(201);
    await service.close();
    await start({ letters: null });
    await registerMore();
    for (const n of numbers.keys()) expect((await book(n, online.email)).status).toBe(201);
  });
});

describe('behind a proxy', () => {
  const lookup = (remoteAddress: string, forwarded: string) =>
    service.call('POST', '/api/v1/requests/lookup', {
      raw: { remoteAddress, headers: { 'x-forwarded-for': forwarded }, payload: { ...lookupBody, requestNumber: '1' } },
    });

  it('the address is the one that the proxy saw, whatever the client wrote before it', async () => {
    service = await startSeeded({}, { trustedProxies: ['10.0.0.0/8'] });
    for (let n = 0; n < 10; n += 1) expect((await lookup('10.0.0.1', `198.51.100.${String(n)}, 192.0.2.1`)).status).toBe(404);
    expect(await lookup('10.0.0.1', '192.0.2.1')).toMatchObject(tooMany);
    expect((await lookup('10.0.0.1', '192.0.2.2')).status).toBe(404);
  });

  it('nobody else is believed', async () => {
    service = await startSeeded({}, { trustedProxies: ['10.0.0.0/8'] });
    for (let n = 0; n < 10; n += 1) expect((await lookup('203.0.113.5', `192.0.2.${String(n)}`)).status).toBe(404);
    expect(await lookup('203.0.113.5', '192.0.2.99')).toMatchObject(tooMany);
  });
});

describe('what one holder may do', () => {
  it('requests are bounded per holder of a token, in a sliding minute', async () => {
    await start({ rate: { perMinute: 10 } });
    const [token, other] = await Promise.all([service.token('staff', 's002'), service.token('staff', 's003')]);
    const read = (as: string) => service.call('GET', '/api/v1/tasks', { token: as });
    for (let n = 0; n < 10; n += 1) expect((await read(token)).status).toBe(200);
    const over = await read(token);
    expect(over).toMatchObject(tooMany);
    expect(over.headers['retry-after']).toBe('60');
    expect((await read(await service.token('staff', 's002'))).status).toBe(429);
    expect((await read(other)).status).toBe(200);
    service.ports.clock.advance({ seconds: 75 });
    const after: number[] = [];
    for (let n = 0; n < 10; n += 1) after.push((await read(token)).status);
    expect(after.filter((status) => status === 200)).toHaveLength(3);
    service.ports.clock.advance({ minutes: 2 });
    expect((await read(token)).status).toBe(200);
  });

  it('requests are bounded per booking token: who knows the same three data keeps nobody from asking', async () => {
    await start({ rate: { perMinute: 10 } });
    const [stranger, citizen] = [await bookingToken(service), await bookingToken(service)];
    const read = (token: string) => service.call('GET', '/api/v1/slots?from=2026-03-04&to=2026-03-05', { token });
    for (let n = 0; n < 10; n += 1) expect((await read(stranger)).status).toBe(200);
    expect([(await read(stranger)).status, (await read(citizen)).status]).toEqual([429, 200]);
  });

  it('live streams are bounded per person, and one that ends makes room', async () => {
    await start();
    const streams = service.app.get(LiveStreams);
    const opened = Array.from({ length: streamsPerHolder }, () => streams.begin('staff:s002'));
    const live = () => service.token('staff', 's002').then((token) => service.call('GET', '/api/v1/calendar/live', { token }));
    const over = await live();
    expect(over).toMatchObject(tooMany);
    expect(over.headers['retry-after']).toBe('60');
    expect(() => streams.begin('staff:s003')).not.toThrow();
    opened[0]?.close();
    expect(() => streams.begin('staff:s002')).not.toThrow();
  });

  it('a lookup that is throttled leaves nothing under its key', async () => {
    await start();
    const kept: string[] = [];
    const { idempotency } = service.ports.operations;
    const remember = idempotency.remember.bind(idempotency);
    idempotency.remember = (key, ...rest) => {
      kept.push(key);
      return remember(key, ...rest);
    };
    const miss = (key: string) =>
      service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, requestNumber: '1' }, headers: { 'idempotency-key': key } });
    for (let n = 0; n < 10; n += 1) expect((await miss(`key-${String(n)}`)).status).toBe(404);
    for (let n = 10; n < 20; n += 1) expect(await miss(`key-${String(n)}`)).toMatchObject(tooMany);
    expect(kept).toHaveLength(10);
  });
});
