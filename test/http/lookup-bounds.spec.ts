import { countedAddress } from '../../src/application/kernel/throttle';
import { secondsToWait } from '../../src/domain/request/guessing';
import { lookupBody, online, seed, startService, type Answered, type Service } from './support/service';

const wrongName = { applicantName: 'Ion Popescu' };
const tooMany = { status: 429, body: { code: 'too-many-requests' } };

let service: Service;
const start = async () => {
  service = await startService();
  await seed(service);
};

const lookup = (remoteAddress: string, changes: object = {}): Promise<Answered> =>
  service.call('POST', '/api/v1/requests/lookup', { raw: { remoteAddress, payload: { ...lookupBody, ...changes } } });
const times = async (count: number, ask: (n: number) => Promise<Answered>): Promise<readonly number[]> => {
  const statuses: number[] = [];
  for (let n = 0; n < count; n += 1) statuses.push((await ask(n)).status);
  return statuses;
};
const repeated = (count: number, status: number): readonly number[] => Array.from({ length: count }, () => status);

describe('A28: a lookup takes a place before it looks', () => {
  it('behind so many wrong ones the right one is refused, too, until the window has passed', async () => {
    await start();
    expect(await times(60, (n) => lookup('192.0.2.1', { requestNumber: String(700 + n) }))).toEqual([
      ...repeated(10, 404),
      ...repeated(50, 429),
    ]);
    expect(await lookup('192.0.2.1')).toMatchObject(tooMany);
    expect((await lookup('192.0.2.2')).status).toBe(200);
    service.ports.clock.advance({ minutes: 11 });
    expect((await lookup('192.0.2.1')).status).toBe(200);
  });

  it('of 500 at once no more look than there are places, whatever they would find', async () => {
    await start();
    const { personalData } = service.ports;
    const open = personalData.open.bind(personalData);
    // whoever looks waits until everybody else looks, too, or was refused
    let [looking, answered] = [0, 0];
    let all: () => void = () => undefined;
    const together = new Promise<void>((resolve) => {
      all = resolve;
    });
    const meet = (): void => {
      if (looking + answered === 500) all();
    };
    personalData.open = async (text) => {
      looking += 1;
      meet();
      await together;
      return open(text);
    };
    const asked = Array.from({ length: 500 }, async (_, n) => {
      const { status } = await lookup('192.0.2.1', n === 126 ? {} : { requestNumber: String(700 + n) });
      answered += 1;
      meet();
      return status;
    });
    const statuses = await Promise.all(asked);
    expect(statuses[126]).toBe(429);
    expect(statuses.filter((status) => status !== 429).length).toBeLessThanOrEqual(10);
  });

  it('those of a clock that was ahead close no door once it is back', async () => {
    await start();
    service.ports.clock.advance({ days: 2 });
    expect(await times(11, (n) => lookup('192.0.2.1', { requestNumber: String(700 + n) }))).toEqual([...repeated(10, 404), 429]);
    service.ports.clock.advance({ days: -2 });
    expect((await lookup('192.0.2.1')).status).toBe(200);
  });

  it('one that matches gives its place back, and so does one that is refused for another reason', async () => {
    await start();
    expect(await times(30, () => lookup('192.0.2.1'))).toEqual(repeated(30, 200));
    expect(await times(30, () => lookup('192.0.2.1', { requestNumber: 'x' }))).toEqual(repeated(30, 400));
    expect(await times(11, (n) => lookup('192.0.2.1', { requestNumber: String(700 + n) }))).toEqual([...repeated(10, 404), 429]);
  });
});

describe('one form of an address for everything that is bounded by it', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8:1::2:0:0:0', '2001:db8:1:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['192.0.2.7:51234', '192.0.2.7'],
    ['[2001:db8:1:2::1]', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::1]:51234', '2001:db8:1:2::/64'],
    ['[::ffff:192.0.2.7]:51234', '192.0.2.7'],
    ['', ''],
    ['a host', 'a host'],
  ])('%s is counted as %s', (address, counted) => {
    expect(countedAddress(address)).toBe(counted);
  });

  it('lookups of one /64 are counted together, of another apart', async () => {
    await start();
    const miss = (address: string) => (n: number) => lookup(address.replace('#', n.toString(16)), { requestNumber: String(700 + n) });
    expect(await times(12, miss('2001:db8:1:2:#::1'))).toEqual([...repeated(10, 404), 429, 429]);
    expect(await times(1, miss('2001:db8:1:3::1'))).toEqual([404]);
  });

  it('an address written as IPv6 is the IPv4 address', async () => {
    await start();
    const miss = (n: number) => lookup(n % 2 === 0 ? '192.0.2.9' : '::ffff:192.0.2.9', { requestNumber: String(700 + n) });
    expect(await times(12, miss)).toEqual([...repeated(10, 404), 429, 429]);
  });

  it('letters with a code, too', async () => {
    await start();
    const { ports } = service;
    const counted: string[] = [];
    const tag = ports.personalData.tag.bind(ports.personalData);
    ports.personalData.tag = (purpose, text) => {
      if (purpose === 'code-letters-address') counted.push(text);
      return tag(purpose, text);
    };
    const { bookingToken } = (await lookup('2001:db8:1:2::1')).body;
    const booked = await service.call('POST', '/api/v1/tickets', {
      raw: { remoteAddress: '2001:db8:1:2::77', headers: { authorization: `Bearer ${bookingToken}` }, payload: online },
    });
    expect(booked.status).toBe(201);
    expect(new Set(counted)).toEqual(new Set(['2001:db8:1:2::/64']));
  });
});

describe('A28: many addresses that guess at one request', () => {
  const from = (n: number): string => `198.51.${String(Math.floor(n / 250))}.${String(1 + (n % 250))}`;

  it('are slowed by waits that grow to half a minute; elsewhere nobody waits', async () => {
    await start();
    expect(await times(20, (n) => lookup(from(n), wrongName))).toEqual(repeated(20, 404));
    expect(await times(20, (n) => lookup(from(100 + n), wrongName))).toEqual(repeated(20, 429));
    expect((await lookup(from(200), { requestNumber: '700' })).status).toBe(404);
    expect((await lookup(from(200), { filedOn: '2026-02-03' })).status).toBe(404);
    const waits: unknown[] = [];
    for (let n = 300; n < 308; n += 1) {
      waits.push((await lookup(from(n), wrongName)).headers['retry-after']);
      service.ports.clock.advance({ seconds: 30 });
      expect((await lookup(from(n), wrongName)).status).toBe(404);
    }
    expect(waits).toEqual(['1', '2', '4', '8', '16', '30', '30', '30']);
  });

  it('never keep the applicant out: who waited as long as was said is looked up, however many ask meanwhile', async () => {
    await start();
    for (let n = 0; n < 30; n += 1) {
      await lookup(from(n), wrongName);
      service.ports.clock.advance({ seconds: 30 });
      await lookup(from(n), wrongName);
    }
    const told = await lookup('192.0.2.1');
    expect(told).toMatchObject(tooMany);
    expect(Number(told.headers['retry-after'])).toBeLessThanOrEqual(30);
    expect(await times(50, (n) => lookup(from(500 + n), wrongName))).toEqual(repeated(50, 429));
    service.ports.clock.advance({ seconds: Number(told.headers['retry-after']) });
    expect(await times(50, (n) => lookup(from(600 + n), wrongName))).toEqual(repeated(50, 429));
    expect((await lookup('192.0.2.1')).status).toBe(200);
  });

  it('told while the clock was ahead: the wait begins anew once it is back, and is as short', async () => {
    await start();
    await times(20, (n) => lookup(from(n), wrongName));
    service.ports.clock.advance({ minutes: 9 });
    expect(await lookup('192.0.2.1')).toMatchObject(tooMany);
    service.ports.clock.advance({ minutes: -9 });
    expect((await lookup('192.0.2.1')).headers['retry-after']).toBe('1');
    service.ports.clock.advance({ seconds: 1 });
    expect((await lookup('192.0.2.1')).status).toBe(200);
  });

  it('a wait lets in once; a request that does not exist is slowed alike', async () => {
    await start();
    const absent = { requestNumber: '799999' };
    await times(20, (n) => lookup(from(n), absent));
    expect(await lookup('192.0.2.1', absent)).toMatchObject(tooMany);
    service.ports.clock.advance({ seconds: 1 });
    const [first, second] = await Promise.all([lookup('192.0.2.1', absent), lookup('192.0.2.1', absent)]);
    expect([first.status, second.status].sort()).toEqual([404, 429]);
  });

  it('the wait of a number', () => {
    expect([0, 19, 20, 21, 25, 1_000_000].map((guesses) => secondsToWait(guesses, 10))).toEqual([0, 0, 1, 2, 30, 30]);
  });
});
