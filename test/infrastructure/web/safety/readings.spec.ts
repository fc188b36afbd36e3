import { roles } from '../../../../src/application/kernel/access';
import type { PersonalDataRead } from '../../../../src/domain/reading/reading';
import Fastify from 'fastify';
import { Readable } from 'node:stream';
import { ReadingRecorder } from '../../../../src/infrastructure/api/access/reading-recorder';
import { ShownData } from '../../../../src/infrastructure/api/access/shown-data';
import type { OpenedPorts } from '../../../../src/infrastructure/nest/provided';
import { openedToken } from '../../../../src/infrastructure/nest/tokens';
import { bitByBit, noteOpened, openedFor } from '../../../../src/infrastructure/runtime/opened-for';
import { formRoutesOf, pageRoutesOf, routesOf } from '../browser/support/routes';
import { addressOf } from './support/addresses';
import { type HostileCity, startHostileCity } from './support/hostile-city';
import { type Visitor, type VisitorName, visitorsOf } from './support/visitors';

let city: HostileCity;
let visitors: Readonly<Record<VisitorName, Visitor>>;

const openCity = async (): Promise<void> => {
  city = await startHostileCity();
  visitors = await visitorsOf(city.service, city.tickets);
};

type Read = PersonalDataRead['data'] & { readonly opened: string | undefined; readonly stream: string };

/** Every reading that stands in the log, with who it was. */
const readingsOf = async ({ service: { ports } }: HostileCity): Promise<readonly Read[]> => {
  const found: Read[] = [];
  for await (const recorded of ports.store.readAll()) {
    if (!recorded.stream.startsWith('reading-')) continue;
    const { fact, stream } = ports.codec.decodeOf('reading', recorded);
    found.push({ ...fact.data, stream, opened: await ports.personalData.open(fact.data.person) });
  }
  return found;
};

/** What only a person of the public has said or is called: no department, no official, no decision of the city. */
const ofCitizens = ({ sown }: HostileCity): readonly string[] => [
  ...sown
    .filter(({ field }) => /^(applicant|subject|notes|why|conclusions|proof)/.test(field))
    .flatMap(({ text }) => /zq\d+z/.exec(text) ?? []),
  '@exemplu.ro',
  '0740 ',
  'rau.example/',
  // the link of a meeting is sealed as theirs
  'rau.webex.com/',
];

const officials = [...roles, 'stranger'] as const;

/** Who looked is told as a reading of its own. */
const tellsWhoLooked = (url: string, text: string): boolean =>
  /\/(?:citiri\?|people\/|tickets\/[^/]+\/readings)/.test(url) && /"person":"|role="cell"><bdi>/.test(text);

/** Answers that show somebody without a reading, and readings of answers that show nobody. */
const faultsOf = async (
  name: string,
  addresses: readonly string[],
  ask: (url: string) => Promise<string>,
  // a form that comes back may compare with what it does not show
  mayNote: 0 | 1 = 0,
): Promise<readonly string[]> => {
  const faults: string[] = [];
  let before = (await readingsOf(city)).length;
  for (const url of addresses) {
    // a calendar entry breaks long lines
    const text = (await ask(url)).replaceAll('\r\n ', '');
    const shown = ofCitizens(city).filter((mark) => text.includes(mark));
    const readings = await readingsOf(city);
    const recorded = readings.length - before;
    before = readings.length;
    const wanted = shown.length > 0 || tellsWhoLooked(url, text) ? 1 : 0;
    if (recorded < wanted || recorded > Math.max(wanted, mayNote))
      faults.push(`${name} at ${url}: ${recorded} recorded, shows ${shown.join(' ')}`);
  }
  return faults;
};

const pagesFor = (visitor: VisitorName): Promise<readonly string[]> =>
  faultsOf(
    visitor,
    pageRoutesOf(city.service.app)
      .filter((path) => !path.endsWith('/live'))
      .map((path) => addressOf(path, city))
      .flatMap((path) =>
        path === '/audit/citiri' ? [path, `${path}?tichet=${city.references[0] ?? ''}`, `${path}?persoana=s001`] : [path],
      ),
    async (url) => (await visitors[visitor].get(url)).body,
  );

/** Every form, sent empty: what comes back shows what the page before it has shown. */
const formsFor = (visitor: VisitorName): Promise<readonly string[]> =>
  faultsOf(
    visitor,
    formRoutesOf(city.service.app)
      .filter(({ path, methods }) => methods.includes('POST') && path !== '/intra/iesire')
      .map(({ path }) => addressOf(path.replace(':act', 'inceput'), city)),
    async (url) => (await visitors[visitor].post(url, { once: 'x' })).body,
    1,
  );

const programs = (): readonly string[] =>
  routesOf(city.service.app)
    .filter(({ path, methods }) => path.startsWith('/api/v1') && methods.includes('GET') && !path.endsWith('/live'))
    .map(({ path }) => addressOf(path.replace('/staff/:id', '/staff/s002').replace(':person', 's001'), city))
    .flatMap((path) => {
      if (path.endsWith('/calendar'))
        return [`${path}?from=2026-03-01&to=2026-03-31`, `${path}?from=2026-03-01&to=2026-03-31&staffId=s002`];
      if (path.endsWith('/eligibility')) return [`${path}?number=600001&filedOn=2026-02-02`, `${path}?expiringBefore=2027-01-01`];
      if (path.endsWith('/export'))
        return ['csv', 'jsonl', `pdf&ticket=${city.tickets[0] ?? ''}`].map((format) => `${path}?format=${format}`);
      return path.endsWith('/slots') ? [`${path}?ticketId=${city.tickets[0] ?? ''}`] : [path];
    });

describe('reading is recorded', () => {
  beforeAll(openCity);

  it.each(officials)('one fact for each page that shows %s a citizen’s data, and none for any other', async (name) => {
    expect(await pagesFor(name)).toEqual([]);
  });

  it.each(officials)('the same of what programs are answered that come as %s', async (name) => {
    const staffId = { head: 's001', staff: 's002', stranger: 's003' }[name as string];
    const token = await city.service.token(name === 'stranger' ? 'staff' : name, staffId);
    expect(await faultsOf(name, programs(), async (url) => (await city.service.call('GET', url, { token })).text)).toEqual([]);
  });

  it.each(officials)('the same of every form that comes back to %s', async (name) => {
    expect(await formsFor(name)).toEqual([]);
  });

  it('citizens who look at their own ticket are not recorded', async () => {
    const before = await readingsOf(city);
    for (const path of pageRoutesOf(city.service.app).filter((one) => !one.endsWith('/live')))
      await visitors.holder.get(addressOf(path, city));
    expect(await readingsOf(city)).toEqual(before);
  });
});

describe('a reading', () => {
  beforeEach(openCity);

  it('says who, as what, where, what for and about whom; who it was only to whoever has the key', async () => {
    const [ticketId = ''] = city.tickets;
    await visitors.head.get(`/programari/${ticketId}`);
    const [read] = await readingsOf(city);
    expect(read).toMatchObject({
      opened: 's001',
      role: 'head',
      departmentCode: '425',
      purpose: 'ticket',
      page: 'GET /programari/:id',
      tickets: [ticketId],
    });
    const stream = read?.stream ?? '';
    expect(stream).toMatch(/^reading-[\da-f-]{36}_2026-03-05$/);
    for await (const recorded of city.service.ports.store.read(stream)) expect(JSON.stringify(recorded)).not.toContain('s001');
    await city.service.ports.keys.destroy([`reader:${stream}`]);
    expect(await readingsOf(city)).toMatchObject([{ opened: undefined, tickets: [ticketId], role: 'head' }]);
  });

  it('one person and day is one stream, two people are two', async () => {
    for (const name of ['head', 'staff', 'head'] as const) await visitors[name].get(`/programari/${city.tickets[0] ?? ''}`);
    const streams = (await readingsOf(city)).map(({ stream }) => stream);
    expect(streams).toHaveLength(3);
    expect(new Set(streams).size).toBe(2);
  });

  it('what cannot be recorded is not shown', async () => {
    const append = city.service.ports.store.append.bind(city.service.ports.store);
    city.service.ports.store.append = (stream, ...more) =>
      stream.startsWith('reading-') ? Promise.reject(Object.assign(new Error('full'), { code: 'SQLITE_FULL' })) : append(stream, ...more);
    const [ticketId = ''] = city.tickets;
    const page = await visitors.head.get(`/programari/${ticketId}`);
    expect(page.statusCode).toBe(503);
    const answer = await city.service.call('GET', `/api/v1/tickets/${ticketId}`, { token: await city.service.token('head', 's001') });
    expect(answer.status).toBe(503);
    for (const mark of ofCitizens(city)) expect(page.body + answer.text).not.toContain(mark);
  });

  it('the citizen sees role, department, purpose and time, and no name', async () => {
    const [ticketId = ''] = city.tickets;
    const [reference = ''] = city.references;
    const own = async () => (await visitors.holder.get(`/tichet/${reference}`)).body;
    expect(await own()).not.toContain('id="citiri"');
    for (const name of ['head', 'head', 'admin'] as const)
      await visitors[name].get(name === 'admin' ? `/administrare/stergere/tichet/${reference}` : `/programari/${ticketId}`);
    await city.service.settled();
    const section = /<h2 id="citiri">.*?<\/section>/s.exec(await own())?.[0] ?? '';
    expect(section.match(/<li>/g)).toHaveLength((await readingsOf(city)).some(({ role }) => role === 'admin') ? 2 : 1);
    expect(section).toContain('lucrul la tichet');
    expect(section).toContain('în total de 2 ori');
    expect(section).not.toMatch(/s001|admin\b/);
    const nameOfHead = city.sown.find(({ field }) => field === 'name of s001')?.text ?? '';
    expect(section).not.toContain(/zq\d+z/.exec(nameOfHead)?.[0] ?? nameOfHead);
  });
});

describe('an answer that has begun', () => {
  it('opens nothing more, but what was noted, and who works here', () => {
    const shown = new ShownData();
    const open = (stream: string): void => {
      openedFor(shown, () => {
        noteOpened(stream);
      });
    };
    open('ticket-1');
    shown.begin();
    open('ticket-1');
    open('staff-s001');
    for (const stream of ['ticket-2', 'request-1_2026-02-02', 'reading-x'])
      expect(() => {
        open(stream);
      }).toThrow('the answer has begun');
    expect([...shown.streams]).toEqual(['ticket-1', 'staff-s001']);
  });

  it.each(['bit by bit', 'past the server'])('over HTTP, %s', async (how) => {
    const server = Fastify();
    const recorder = new ReadingRecorder(city.service.app.get<OpenedPorts>(openedToken), {});
    recorder.watch(server);
    server.get('/', (_, answer) => {
      const late = async function* () {
        yield 'begun;';
        await Promise.resolve();
        noteOpened('ticket-1');
        yield 'Popescu';
      };
      if (how === 'bit by bit') return answer.send(bitByBit(late()));
      answer.hijack();
      Readable.from(late())
        .on('error', () => answer.raw.destroy())
        .pipe(answer.raw);
      return answer;
    });
    const address = await server.listen({ port: 0, host: '127.0.0.1' });
    const said = await fetch(address)
      .then((answer) => answer.text())
      .catch(() => 'cut off');
    expect(said).toBe('cut off');
    await server.close();
  });
});

describe('a door without the recorder', () => {
  it('would be found: pages show people, and nobody notes it', async () => {
    const without = jest.spyOn(ReadingRecorder.prototype, 'watch').mockImplementation(() => undefined);
    city = await startHostileCity({ own: true });
    without.mockRestore();
    visitors = await visitorsOf(city.service, city.tickets);
    expect((await pagesFor('head')).length).toBeGreaterThan(2);
  });
});
