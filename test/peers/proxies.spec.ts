import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { filedOn, monday, populate, requestsOf } from '../faults/over-http/city';
import { createCaller, type Answered } from '../faults/over-http/caller';
import { closing, emptyFolder } from '../support/closing';
import { officialToken } from '../support/official-token';
import { environmentOfUnit } from '../support/peers/deployed';
import { certificate, checked, type Front, freePorts, type Kind, type Own, prepared, startFront } from '../support/peers/fronts';
import { describeWith, inFull } from '../support/peers/program';
import { createTestDatabase } from '../support/postgres';
import { createServices, type Service } from '../support/service';
import { BrowserOf } from '../infrastructure/web/booking/browser-of';

const requests = requestsOf(40);
const left = [...requests];
/** A request that nobody has booked for; of this civil servant, where it matters. */
const nextRequest = (staffId?: string): string => {
  const [taken] = left.splice(
    left.findIndex((one) => staffId === undefined || one.staffId === staffId),
    1,
  );
  return taken?.number ?? '';
};

const firstHour = Date.parse('2026-03-09T06:00:00.000Z');
let hours = 0;
/** A quarter of an hour that nobody has yet, in the morning of one of the days to come. */
const nextHour = (): string => {
  const taken = hours;
  hours += 1;
  return new Date(firstHour + (taken % 12) * 900_000 + Math.floor(taken / 12) * 86_400_000).toISOString();
};

const secured = certificate();
/** So many wrong guesses at a request, and their address has to wait. */
const guesses = 3;
const policies = {
  'code-letters': null,
  'request-rate': null,
  'lookup-throttle': { unmatched: guesses, minutes: 10 },
  openings: { letters: 10_000, minutes: 60, guesses: 100_000 },
};

let ports: Awaited<ReturnType<typeof freePorts>>;
let services: readonly Service[];
let first: Service;
let publicUrl: string;

beforeAll(async () => {
  ports = await freePorts();
  publicUrl = `https://tichet.example:${String(ports.https)}`;
  const file = join(emptyFolder(), 'policies.json');
  writeFileSync(file, JSON.stringify(Object.fromEntries(Object.entries(policies).map(([name, value]) => [name, { value, version: 2 }]))));
  // as the unit starts it, but for what is this machine's own: port, folders, key, and where the database is
  const { PORT, TICHET_DATA_DIR, TICHET_MASTER_KEY_FILE, TICHET_POSTGRES_URL_FILE, TICHET_EVENT_STORE, ...unit } = environmentOfUnit('1');
  expect([PORT, TICHET_DATA_DIR, TICHET_MASTER_KEY_FILE]).toEqual(['3001', '/var/lib/tichet/1', '/etc/tichet/keys/master.key']);
  expect([TICHET_EVENT_STORE, TICHET_POSTGRES_URL_FILE]).toEqual(['postgres', '/etc/tichet/postgres-url']);
  const kept = inFull ? { TICHET_EVENT_STORE, TICHET_POSTGRES_URL: (await createTestDatabase()).url } : {};
  services = await createServices(inFull ? 2 : 1, { ...unit, ...kept, TICHET_PUBLIC_URL: publicUrl, TICHET_POLICIES_FILE: file });
  for (const service of services) {
    service.moveClockTo(monday);
    await service.start();
  }
  const [one] = services;
  if (one === undefined) throw new Error('There is no service.');
  first = one;
  const caller = createCaller(first.url, 1);
  await populate(first, caller, requests);
  caller.close();
});

const portOf = ({ url }: Service): number => Number(new URL(url).port);
const start = (kind: Kind, more: Own = []): Promise<Front> => startFront(kind, services.map(portOf), ports, secured, more);

const ask = async (front: Front, path: string, body: object, headers: Record<string, string> = {}, from = '127.0.0.1') => {
  const options = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body), from };
  const answer = await front.call(path, options);
  return { status: answer.status, body: (await answer.json()) as Answered['body'] };
};

const book = async (front: Front, number: string): Promise<Answered['body']> => {
  const found = await ask(front, '/api/v1/requests/lookup', { requestNumber: number, applicantName: 'Pop Ana', filedOn });
  const headers = { authorization: `Bearer ${found.body.bookingToken}` };
  const { status, body } = await ask(front, '/api/v1/tickets', { startsAt: nextHour(), mode: 'in-person', phone: '0740 123 456' }, headers);
  expect([found.status, status]).toEqual([200, 201]);
  return body;
};

/** Whoever sends once more what was answered by 502: Caddy answers so, for a second, what has a body (deploy/README.md says it); the others do not. */
const sendingAgain = (front: Front): Front => ({
  ...front,
  call: async (path, options) => {
    for (;;) {
      const answer = await front.call(path, options);
      if (answer.status !== 502) return answer;
      await answer.text();
      await sleep(100);
    }
  },
});

/** One who looks a request up over and over, and what is answered. */
const lookingUp = async (front: Front, answers: number[], { signal }: AbortController): Promise<void> => {
  const body = JSON.stringify({ requestNumber: nextRequest(), applicantName: 'Pop Ana', filedOn });
  while (!signal.aborted) {
    const answer = await front.call('/api/v1/requests/lookup', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await answer.text();
    answers.push(answer.status);
  }
};

/** A browser that comes in over TLS. */
const browserAt = (front: Front): BrowserOf =>
  new BrowserOf({
    app: {
      inject: async ({ method = 'GET', url, headers, payload }) => {
        const sent = typeof payload === 'string' ? { body: payload } : {};
        const answer = await front.call(typeof url === 'string' ? url : '', {
          method,
          headers: headers as Record<string, string>,
          ...sent,
        });
        const cookies = answer.headers.getSetCookie().map((cookie) => /^([^=]+)=([^;]*)/.exec(cookie) ?? []);
        return {
          statusCode: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: await answer.text(),
          cookies: cookies.map(([, name = '', value = '']) => ({ name, value })),
        };
      },
    },
    ports: { cityHall: { publicUrl } },
  });

/** What is heard there of the calendar of s001, as it comes in. */
const listening = async (call: (path: string, options: { headers: Record<string, string> }) => Promise<{ readonly body: unknown }>) => {
  const token = await officialToken(first, { role: 'staff', staffId: 's001' });
  let text = '';
  let isOver = false;
  const listen = async (): Promise<void> => {
    const { body } = await call('/api/v1/calendar/live', { headers: { authorization: `Bearer ${token}` } });
    for await (const chunk of body as AsyncIterable<Uint8Array>) text += Buffer.from(chunk).toString();
  };
  void listen()
    .catch(() => undefined)
    .then(() => {
      isOver = true;
    });
  return {
    text: () => text,
    isOver: () => isOver,
    heard: async (what: RegExp): Promise<void> => {
      while (!what.test(text)) await sleep(20);
    },
  };
};

let guessed = 0;
/** A guess at a request, another each time, by somebody who says to come from elsewhere. */
const guess = (front: Front, from: string, saidToBeFrom: string) => {
  guessed += 1;
  const body = { requestNumber: String(guessed), applicantName: 'Pop Ana', filedOn };
  return ask(front, '/api/v1/requests/lookup', body, { 'x-forwarded-for': saidToBeFrom }, from);
};

/** Who guesses more often than one may, and says each time to come from another address. */
const guessing = async (front: Front, from: string): Promise<readonly number[]> => {
  const statuses: number[] = [];
  for (let times = 0; times <= guesses; times += 1) statuses.push((await guess(front, from, `203.0.113.${String(times)}`)).status);
  return statuses;
};
const waits = [...Array.from({ length: guesses }, () => 404), 429];

/** Lines of a register that are mostly blanks, of so many bytes. */
const register = (bytes: number): string => {
  const line = { number: '500000', filedOn, applicantName: 'Ana Pop', handlerStaffId: 's001', status: 'in-operation' };
  const text = JSON.stringify(line).replace('{', `{${' '.repeat(8000)}`);
  return `${text}\n`.repeat(Math.ceil(bytes / (text.length + 1)));
};
const importing = async (front: Front, bytes: number) => {
  const token = await officialToken(first, { role: 'admin' });
  const headers = { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` };
  const answer = await front.call('/api/v1/requests/import', { method: 'POST', headers, body: register(bytes) });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
};

/** One path, as it may be written: with one of its letters by its number, or all of them. */
const spellings = ['/metrics', '/metrics?format=text', '/%6D%65%74%72%69%63%73'].concat([
  '/%6detrics',
  '/m%65trics',
  '/me%74rics',
  '/met%72ics',
  '/metr%69cs',
  '/metri%63s',
  '/metric%73',
]);

const moreThanAMegabyte = 1.5 * 1024 * 1024;
const networks: Readonly<Record<Kind, string>> = { nginx: '127.0.1', caddy: '127.0.2', haproxy: '127.0.3' };
const misspelt: Readonly<Record<Kind, Own>> = {
  nginx: [['proxy_buffering off;', 'proxy_bufering off;']],
  caddy: [['flush_interval -1', 'flush_intervall -1']],
  haproxy: [['balance leastconn', 'balance leastcon']],
};

describe.each(Object.keys(networks) as readonly Kind[])('behind %s, from deploy/', (kind) => {
  describeWith([kind, 'openssl'], `${inFull ? 'two processes on PostgreSQL' : 'one process'}, over TLS`, () => {
    it('its file is taken by its own check, and another would not be', () => {
      const ground = { folder: secured.folder, ports, processes: services.map(portOf) };
      expect(checked(kind, prepared[kind](ground))).toMatchObject({ status: 0 });
      expect(checked(kind, prepared[kind](ground, misspelt[kind])).status).not.toBe(0);
    });

    describe('started', () => {
      let front: Front;
      beforeAll(async () => {
        front = await start(kind);
      });
      afterAll(() => front.stop());

      it('a citizen books by program and by the pages', async () => {
        expect(await book(front, nextRequest())).toMatchObject({ status: 'scheduled' });

        const browser = browserAt(front);
        await browser.visit('/programare');
        const typed = { requestNumber: nextRequest(), applicantName: 'Ana Pop', day: '10', month: '2', year: '2026' };
        expect(await browser.send('/programare/cerere', typed)).toMatchObject({ status: 303, location: '/programare/ora' });
        await browser.get('/programare/ora');
        await browser.send('/programare/ora', { startsAt: nextHour() });
        await browser.get('/programare/mod');
        await browser.send('/programare/mod', { mode: 'in-person' });
        await browser.get('/programare/contact');
        await browser.send('/programare/contact', { phone: '0740 123 456' });
        await browser.get('/programare/verificare');
        const { location } = await browser.send('/programare/verificare');
        expect(location).toMatch(/^\/tichet\/TA-/);
        expect((await browser.get(location)).status).toBe(200);
      });

      it('what happens is seen at once, while the stream goes on', async () => {
        const heard = await listening((path, options) => front.call(path, options));
        await heard.heard(/^retry: 2000/);
        await book(front, nextRequest('s001'));
        await heard.heard(/event: changed/);
        expect(heard.isOver()).toBe(false);
      });

      it('nobody is somebody else by saying so, and nobody waits for another’s guesses', async () => {
        expect(await guessing(front, `${networks[kind]}.1`)).toEqual(waits);
        expect((await guess(front, `${networks[kind]}.2`, `${networks[kind]}.1`)).status).toBe(404);
      });

      it('a register of more than a megabyte comes in, and the numbers do not go out, however their path is written', async () => {
        const { status, text } = await importing(front, moreThanAMegabyte);
        expect([status, JSON.parse(text)]).toEqual([200, expect.objectContaining({ faults: [] })]);
        for (const path of spellings) {
          const direct = await fetch(`${first.url}${path}`);
          expect([path, direct.status, (await direct.text()).includes('# TYPE tichet_')]).toEqual([path, 200, true]);
          const answer = await front.call(path);
          expect([path, answer.status, (await answer.text()).includes('# TYPE tichet_')]).toEqual([path, 404, false]);
        }
        expect((await front.call('/health/ready')).status).toBe(200);
      });

      if (inFull)
        it('one process after the other is exchanged, and everybody is answered', async () => {
          const stop = new AbortController();
          const answers: number[] = [];
          const lookups: number[] = [];
          const patient = kind === 'caddy' ? sendingAgain(front) : front;
          const visiting = async (): Promise<void> => {
            while (!stop.signal.aborted) {
              const answer = await front.call('/procedura');
              await answer.text();
              answers.push(answer.status);
            }
          };
          const exchanging = async (): Promise<void> => {
            for (const service of services) {
              expect(await service.stop()).toBe(0);
              await book(patient, nextRequest());
              await service.start();
              const enough = [answers.length + 50, lookups.length + 50] as const;
              while (answers.length < enough[0] || lookups.length < enough[1]) await sleep(20);
            }
          };
          const visitors = [visiting(), visiting(), lookingUp(patient, lookups, stop), lookingUp(patient, lookups, stop)];
          await exchanging().finally(() => {
            stop.abort();
          });
          await Promise.all(visitors);
          expect([...answers, ...lookups].filter((status) => status !== 200)).toEqual([]);
          expect(Math.min(answers.length, lookups.length)).toBeGreaterThan(100);
        });
    });
  });
});

describeWith(['nginx', 'openssl'], 'what would be wrong', () => {
  const wrongly = async (more: Own): Promise<Front> => closing(await start('nginx', more));

  it('buffered, the live calendar tells nothing while it goes on', async () => {
    const front = await wrongly([['proxy_buffering off;', 'proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;']]);
    const direct = await listening((path, options) => fetch(`${first.url}${path}`, options));
    const behind = await listening((path, options) => front.call(path, options));
    await direct.heard(/^retry: 2000/);
    await book(front, nextRequest('s001'));
    await direct.heard(/event: changed/);
    await sleep(500);
    expect(behind.text()).toBe('');
  });

  it('with what strangers say of themselves passed on, nobody waits', async () => {
    const front = await wrongly([['X-Forwarded-For $remote_addr', 'X-Forwarded-For $http_x_forwarded_for']]);
    expect(await guessing(front, '127.0.4.1')).toEqual(waits.map(() => 404));
  });

  if (inFull)
    it('tried at one process only, what people send is answered by 502 while that one is away', async () => {
      const front = await wrongly([['proxy_next_upstream error timeout;', 'proxy_next_upstream off;']]);
      expect(await services[1]?.stop()).toBe(0);
      const statuses: number[] = [];
      const stop = new AbortController();
      const looking = lookingUp(front, statuses, stop);
      while (!statuses.includes(502)) await sleep(20);
      stop.abort();
      await looking;
      await services[1]?.start();
    });

  it('at nginx’s own megabyte the register is refused by nginx, in HTML of its own', async () => {
    const front = await wrongly([['    client_max_body_size 64m;\n', '']]);
    const { status, type, text } = await importing(front, moreThanAMegabyte);
    expect([status, type]).toEqual([413, 'text/html']);
    expect(text).toContain('413 Request Entity Too Large');
  });
});
