import { appendFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { closing } from '../support/closing';
import { makeCertificate } from '../support/eventstoredb/certificate';
import { Emulator } from '../support/eventstoredb/emulator';
import { officialToken } from '../support/official-token';
import { startTestServer } from '../support/postgres';
import { createService, type Service } from '../support/service';
import { broken } from './over-http/broken';
import { type Caller, createCaller } from './over-http/caller';
import { filedOn, lookup, monday, populate, requestsOf } from './over-http/city';

const full = process.env['FAULTS'] === 'full';

/** What an outage befalls, with the settings of a service on it. */
type Place = { readonly settings: NodeJS.ProcessEnv; readonly begin: () => unknown; readonly end: () => unknown };
type Outage = {
  readonly name: string;
  /** what is not there then */
  readonly failing: readonly string[];
  /** how long it lasts; longer where the service has not noticed yet */
  readonly seconds: number;
  readonly open: () => Promise<Place>;
  /** what who books is told meanwhile; by default that he may try again */
  readonly booked?: 201;
};

/** The emulator, over TLS and with a user as on a server with rights. */
const ofEventStoreDb = (
  name: string,
  seconds: number,
  begin: (emulator: Emulator) => unknown,
  end: (emulator: Emulator) => unknown,
): Outage => ({
  name: `its EventStoreDB is ${name}`,
  failing: ['log'],
  seconds,
  open: async () => {
    const emulator = closing(await Emulator.start({ certificate: makeCertificate() }));
    emulator.access.setUser('clerk', 'secret');
    emulator.log.setMetadata('$all', { $acl: { $r: ['$admins', 'clerk'] } });
    return {
      settings: { TICHET_EVENT_STORE: 'eventstoredb', TICHET_EVENTSTOREDB_URL: emulator.urlFor('clerk', 'secret') },
      begin: () => begin(emulator),
      end: () => end(emulator),
    };
  },
});
const away = (name: string, seconds: number): Outage =>
  ofEventStoreDb(
    `away for ${name}`,
    seconds,
    (emulator) => {
      emulator.kill();
    },
    (emulator) => emulator.open(),
  );

const ofTheClerk = { $r: 'clerk', $w: 'clerk', $d: 'clerk', $mr: 'clerk', $mw: 'clerk' };
const noRight = ofEventStoreDb(
  'closed to its user for writing',
  5,
  ({ access }) => {
    access.userStreams = { ...ofTheClerk, $w: '$admins' };
  },
  ({ access }) => {
    access.userStreams = ofTheClerk;
  },
);
const shortOutages: readonly Outage[] = [
  away('3 s', 3),
  ofEventStoreDb(
    'frozen',
    full ? 30 : 8,
    (emulator) => {
      emulator.freeze();
    },
    (emulator) => {
      emulator.thaw();
    },
  ),
  ofEventStoreDb(
    'without a quorum',
    5,
    (emulator) => {
      emulator.loseQuorum();
    },
    (emulator) => {
      emulator.regainQuorum();
    },
  ),
  noRight,
  {
    ...ofEventStoreDb(
      'closed to its user for reading all of it',
      5,
      ({ log }) => {
        log.setMetadata('$all', { $acl: { $r: ['$admins'] } });
      },
      ({ log }) => {
        log.setMetadata('$all', { $acl: { $r: ['$admins', 'clerk'] } });
      },
    ),
    // the streams are read and written as before, and a subscription that is open goes on
    booked: 201,
  },
  ofEventStoreDb(
    'asked with a password that has changed',
    5,
    ({ access }) => {
      access.setUser('clerk', 'another');
    },
    ({ access }) => {
      access.setUser('clerk', 'secret');
    },
  ),
  {
    name: 'its PostgreSQL is away',
    failing: ['log', 'tables'],
    seconds: 5,
    open: async () => {
      const server = await startTestServer();
      const { url } = await server.createDatabase();
      return {
        settings: { TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: url },
        begin: () => server.stop(),
        end: () => server.start(),
      };
    },
  },
];
const longOutages: readonly Outage[] = [away('45 s', 45), away('200 s', 200), away('10 min', 600)];

type Line = { readonly msg?: string; readonly place?: string; readonly code?: string };
const linesOf = (service: Service, from: number): readonly Line[] =>
  service
    .output()
    .slice(from)
    .split('\n')
    .flatMap((line) => (line.startsWith('{') && line.endsWith('}') ? [JSON.parse(line) as Line] : []));

const seconds = (since: number): number => Math.round((performance.now() - since) / 100) / 10;

const written = { applicantName: 'Ana Pop', handlerStaffId: 's001', status: 'in-operation' };

/** One outage under a service at work: what everybody is told meanwhile, and how long it takes afterwards. */
const through = async ({ open, failing, seconds: lasting }: Outage, brokenSettings?: NodeJS.ProcessEnv) => {
  const { settings, begin, end } = await open();
  const service = await createService({ ...settings, ...brokenSettings });
  service.moveClockTo(monday);
  await service.start();
  const caller = createCaller(service.url, 4);
  closing(caller);
  const requests = requestsOf(30 + Math.ceil(lasting / 8));
  await populate(service, caller, requests);
  const tokens: string[] = [];
  for (const { number } of requests) tokens.push((await lookup(caller, number)).body.bookingToken);
  let booked = 0;
  /** Each attempt with a request and a time of its own: what an earlier one may have done is not in its way. */
  const book = () => {
    const token = tokens[booked] ?? '';
    const startsAt = new Date(Date.parse('2026-03-09T06:00:00.000Z') + (booked % 29) * 900_000).toISOString();
    booked += 1;
    return caller.call('POST', '/api/v1/tickets', { token, body: { startsAt, mode: 'in-person', phone: '0740 123 456' } });
  };
  expect((await book()).status).toBe(201);
  const admin = await officialToken(service, { role: 'admin' });

  const said: { readonly at: number; readonly text: string }[] = [];
  const polling = new AbortController();
  const began = performance.now();
  const polled = pollReadiness(caller, polling.signal, (text) => said.push({ at: seconds(began), text }));
  while (said.length === 0) await sleep(10);
  const from = service.output().length;
  await begin();
  const answers: Awaited<ReturnType<Caller['call']>>[] = [];
  let slowest = 0;
  let metrics = '';
  let scrape = 0;
  const isNoticed = (): boolean => said.some(({ text }) => failing.every((place) => text.includes(`"place":"${place}"`)));
  do {
    const asked = performance.now();
    answers.push(await (answers.length % 2 === 0 ? book() : caller.call('GET', '/health/live')));
    slowest = Math.max(slowest, seconds(asked));
    if (isNoticed() && metrics === '') {
      const scraped = performance.now();
      metrics = await (await fetch(`${service.url}/metrics`)).text();
      scrape = seconds(scraped);
    }
    await sleep(answers.length < 20 ? 200 : 5000);
    // a broken one may never notice
    if (brokenSettings !== undefined && answers.length >= 20) break;
  } while (!isNoticed() || metrics === '' || seconds(began) < lasting);
  const ended = performance.now();
  const endedAt = seconds(began);
  const during = said.length;
  await end();
  // a write that may be repeated for ever, and then a booking
  const write = () => caller.call('PUT', `/api/v1/requests/500000/${filedOn}`, { token: admin, body: written });
  while ((await write()).status >= 300) await sleep(100);
  const firstWrite = seconds(ended);
  while (!said.at(-1)?.text.startsWith('200')) await sleep(50);
  const readyAgain = Math.round(((said.slice(during).find(({ text }) => text.startsWith('200'))?.at ?? 0) - endedAt) * 10) / 10;
  expect((await book()).status).toBe(201);
  const metricsAfter = await (await fetch(`${service.url}/metrics`)).text();
  polling.abort();
  await polled;
  const lines = linesOf(service, from);
  return {
    said: said.slice(0, during).map(({ text }) => text),
    noticed: said.find(({ text }) => text.includes('storage-failing'))?.at,
    booked: answers.filter((_, index) => index % 2 === 0),
    live: answers.filter((_, index) => index % 2 === 1).map(({ status }) => status),
    metrics: [metrics, metricsAfter].map((text) =>
      [...text.matchAll(/tichet_storage_failing\{place="(\w+)"\} 1/g)].map(([, place]) => place),
    ),
    told: lines.filter(({ msg = '' }) => msg.startsWith('storage.')).map(({ msg, place, code }) => [msg, place, code].join(' ').trim()),
    background: lines.filter(({ msg }) => msg === 'background.failed').length,
    ...{ slowest, scrape, firstWrite, readyAgain },
  };
};

/** Tells each answer that is another than the one before. */
const pollReadiness = async (caller: Caller, over: AbortSignal, tell: (text: string) => void): Promise<void> => {
  let last = '';
  while (!over.aborted) {
    const { status, text: body } = await caller.call('GET', '/health/ready');
    const text = `${String(status)} ${body}`;
    if (text !== last) tell(text);
    last = text;
    await sleep(100);
  }
};

const row = (
  name: string,
  { noticed, said, metrics, scrape, told, booked, slowest, firstWrite, readyAgain }: Awaited<ReturnType<typeof through>>,
): string => {
  const read = booked.at(-1);
  const cells = [
    name,
    `after ${String(noticed)} s: ${said.at(-1) ?? ''}`,
    `${String(metrics[0])} (answered in ${String(scrape)} s)`,
    told.join(', '),
    `${String(read?.status)} after at most ${String(slowest)} s: ${read?.text ?? ''}`,
    String(firstWrite),
    String(readyAgain),
  ];
  return `| ${cells.join(' | ')} |\n`;
};

/** Ready before, and then not until it was back. */
const saysSoOnce = (said: readonly string[]): boolean =>
  said.length > 1 && said.every((text, index) => text.startsWith(index === 0 ? '200' : '503'));

const keeps = async (outage: Outage): Promise<void> => {
  const seen = await through(outage);
  const table = process.env['OUTAGES_TABLE'];
  if (table !== undefined) appendFileSync(table, row(outage.name, seen));
  expect(saysSoOnce(seen.said)).toBe(true);
  for (const text of seen.said.slice(1))
    expect(text).toMatch(/^503 \{"status":"storage-failing","failing":\[(\{"place":"\w+","code":"[\w-]+"\},?)+\]\}$/);
  expect(seen.metrics).toEqual([outage.failing, []]);
  const [failures, recoveries] = ['storage.failing', 'storage.recovered'].map((event) =>
    seen.told.filter((line) => line.startsWith(event)),
  );
  expect(failures).toEqual([...new Set(failures)]);
  expect(new Set(failures?.map((line) => line.split(' ')[1]))).toEqual(new Set(outage.failing));
  expect(recoveries).toHaveLength(outage.failing.length);
  expect(new Set(seen.live)).toEqual(new Set([200]));
  // how soon what nobody comes upon by himself is looked for: storage-health.spec counts the looks
  if (outage.booked !== undefined) expect(seen.said.at(-1)).toContain('access-denied');
  for (const { status, headers, body } of seen.booked)
    if (outage.booked !== undefined) expect(status).toBe(outage.booked);
    else expect([status, body.code, headers['retry-after']]).toEqual([503, 'unavailable', '5']);
};

describe('a service says so once, and goes on by itself,', () => {
  // the long ones are too long for every run
  it.each([...shortOutages, ...(full ? longOutages : [])])('while $name', keeps);

  it('not where another place speaks for the log: the test would see it', async () => {
    const { said } = await through(noRight, broken('good-news-of-others'));
    expect(saysSoOnce(said)).toBe(false);
  });
});
