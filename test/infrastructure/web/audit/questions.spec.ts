import { readFileSync } from 'node:fs';
import { type ParkedKey, RowParked, UnknownColumn } from '@tichet-albastru/event-log/ports/read-models';
import { tables } from '../../../../src/application/kernel/ports/tables';
import { ticketKey } from '../../../../src/domain/audit/evidence';
import { ticketStream } from '../../../../src/domain/ticket/facts';
import { registerStaff } from '../../../../src/application/staff/register-staff';
import { mustBeDone } from '../../../http/support/service';
import { now, openPages, textOf, type Pages } from './support';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
});

type Row = Readonly<Record<string, unknown>> & { readonly ticketId: string; readonly departmentCode: string; readonly staffId: string };
type Answered = {
  readonly tickets: readonly Row[];
  readonly next?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
};
const ask = async (path: string, role: 'auditor' | 'head' | 'reports' | 'staff' = 'auditor') => {
  const token = await pages.service.token(role, role === 'head' ? 'd01' : role === 'staff' ? 'd02' : undefined);
  const { status, text } = await pages.service.call('GET', `/api/v1${path}`, { token });
  return { status, text, body: JSON.parse(text) as Answered };
};
const ofFigures = async (days: string): Promise<string> => {
  const token = await pages.service.token('reports');
  return (await pages.service.call('GET', `/api/v1/reports/summary?${days}&by=week&format=csv`, { token })).text;
};
const listed = (html: string): readonly string[] =>
  [...html.matchAll(/<th scope="row"[^>]*><a href="\/audit\/([\w-]+)"/g)].map(([, id = '']) => id);
const idsOf = ({ body }: { readonly body: Answered }): readonly string[] => body.tickets.map(({ ticketId }) => ticketId);

describe('the list of audits, by what stands in a row', () => {
  it.each([
    ['department=305', 'serviciu=305', (row: Row) => row.departmentCode === '305'],
    ['mode=phone', 'mod=phone', (row: Row) => row['mode'] === 'phone'],
    ['ground=clarification', 'temei=clarification', (row: Row) => row['ground'] === 'clarification'],
    ['requestNumber=154.905/433', 'cerere=154.905%2F433', (row: Row) => row['requestNumber'] === '154905'],
    ['requestNumber=154905/12.02.2026', 'cerere=154905%2F12.02.2026', (row: Row) => row['requestNumber'] === '154905'],
    ['staffId=d02', 'functionar=d02', (row: Row) => row.staffId === 'd02'],
    [
      'mode=online&ground=clarification&department=433',
      'mod=online&temei=clarification&serviciu=433',
      (row: Row) => row['mode'] === 'online' && row['ground'] === 'clarification' && row.departmentCode === '433',
    ],
  ])('%s, as on the page', async (question, page, isMeant) => {
    const all = await ask('/audit/tickets');
    const found = await ask(`/audit/tickets?${question}`);
    expect(found.status).toBe(200);
    expect(idsOf(found).length).toBeGreaterThan(0);
    expect(idsOf(found)).toEqual(all.body.tickets.filter(isMeant).map(({ ticketId }) => ticketId));
    const answer = await pages.get(`/audit?${page}`);
    const shown = answer.status === 303 ? await pages.get(String(answer.headers['location'])) : answer;
    expect(listed(shown.text)).toEqual(idsOf(found).slice(0, 25));
  });

  it('by the number that is printed on the ticket, however it is written', async () => {
    const [one] = (await ask('/audit/tickets?limit=1')).body.tickets;
    const reference = String(one?.['reference']);
    expect(idsOf(await ask(`/audit/tickets?reference=${reference.toLowerCase().replace('-', '%20')}`))).toEqual([one?.ticketId]);
  });

  it.each([
    ['reference=nimic', 'reference'],
    ['requestNumber=abc', 'requestNumber'],
    ['staffName=Horia', 'staffName'],
  ])('%s is refused, and the field is named', async (question, field) => {
    const { status, body } = await ask(`/audit/tickets?${question}`);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(`"field":"${field}"`);
  });

  it('on the page a fault stands at its field in both languages, what was typed stays, and nothing is narrowed', async () => {
    const answer = await pages.get('/audit?functionar=Nimeni&cerere=abc', 'auditor', 'en');
    expect(answer.status).toBe(422);
    expect(textOf(answer)).toContain('Nobody is called so.');
    expect(textOf(answer)).toContain('Write a registration number.');
    expect(answer.text).toContain('value="Nimeni"');
    expect(answer.text).toContain('value="abc"');
    expect(textOf(await pages.get('/audit?functionar=Nimeni'))).toContain('Nimeni nu se numește așa.');
  });

  it('of another day than the request’s there is none', async () => {
    expect(idsOf(await ask('/audit/tickets?requestNumber=154905/13.02.2026'))).toEqual([]);
  });

  it('GDPR 5: a name is sent in a form, and the address that it leads to has the id alone', async () => {
    for (const [path, typed, id] of [
      ['/audit', { mod: 'phone', functionar: 'horia măgu' }, '/audit?functionar=d02&mod=phone'],
      [
        '/audit/calendar',
        { 'de-la': '2026-03-02', 'pana-la': '2026-03-06', functionar: 'magureanu' },
        '/audit/calendar?de-la=2026-03-02&pana-la=2026-03-06&functionar=d02',
      ],
      ['/termene/cereri', { serviciu: '', functionar: 'magureanu' }, '/termene/cereri?serviciu=&functionar=d02'],
    ] as const) {
      const { status, headers } = await pages.post(path, typed);
      expect([status, headers['location']]).toEqual([303, id]);
      const list = await pages.get(id);
      expect([list.status, list.text.includes(`<form method="post" action="${path}"`)]).toEqual([200, true]);
      const unknown = await pages.post(path, { ...typed, functionar: 'Nimeni' });
      expect([unknown.status, unknown.text.includes('value="Nimeni"'), unknown.text.includes('functionar=Nimeni')]).toEqual([
        422,
        true,
        false,
      ]);
      expect((await pages.get(`${path}?functionar=magureanu`)).status).toBe(422);
    }
  });

  it('where several are called so, they are named and one is chosen', async () => {
    const { ports, context } = pages.service;
    mustBeDone(
      await registerStaff(ports)(context(), {
        staffId: 'd08',
        name: 'Horia Pop',
        role: 'executive',
        department: 'Serviciul Strategii urbane',
        departmentCode: '421',
        email: 'd08@primaria.example',
      }),
    );
    await pages.service.settled();
    const page = await pages.post('/audit', { functionar: 'horia', mod: 'phone' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('href="/audit?functionar=d02&amp;mod=phone"');
    expect(page.text).toContain('href="/audit?functionar=d08&amp;mod=phone"');
    expect(page.text).not.toContain('functionar=horia');
    expect(textOf(page)).toContain('2 funcționari se numesc așa.');
    expect((await pages.get('/audit?functionar=d02&mod=phone')).status).toBe(200);
  });

  it('a program looks up who is called so, is told ids and no names', async () => {
    const look = async (name: string, role: 'auditor' | 'reports' = 'auditor') => {
      const token = await pages.service.token(role);
      return pages.service.call('POST', '/api/v1/staff/lookup', { token, body: { name } });
    };
    const found = await look('MAGUREANU horia');
    expect([found.status, found.body]).toEqual([
      200,
      { people: [{ staffId: 'd02', department: 'Serviciul Autorizări construcții', departmentCode: '433' }] },
    ]);
    expect((await look('Nimeni')).body).toEqual({ people: [] });
    expect((await look('magureanu', 'reports')).status).toBe(403);
  });

  it('while the tables of a former version are read, what they lack is answered by 503 in every form, and never by nothing', async () => {
    const { readModels } = pages.service.ports;
    const select = readModels.select.bind(readModels);
    const former = jest.spyOn(readModels, 'select').mockImplementation((name, selection) => {
      if (selection?.where?.some(({ column }) => column === 'ground')) return Promise.reject(new UnknownColumn(name, 'ground'));
      return select(name, selection);
    });
    try {
      const token = await pages.service.token('auditor');
      for (const path of ['', '/file?format=csv', '/file?format=csv-ro', '/file?format=xlsx']) {
        const answer = await pages.service.call('GET', `/api/v1/audit/tickets${path}${path === '' ? '?' : '&'}ground=clarification`, {
          token,
        });
        expect([path, answer.status, answer.headers['retry-after']]).toEqual([path, 503, '60']);
      }
      for (const path of ['', '/lista.csv', '/lista.json'])
        expect([path, (await pages.get(`/audit${path}?temei=clarification`)).status]).toEqual([path, 503]);
    } finally {
      former.mockRestore();
    }
  });

  it('Art. 9: a verdict that turns with time alone is found and ordered as it is now', async () => {
    const later = await openPages();
    const before = JSON.parse(
      (await later.service.call('GET', '/api/v1/audit/tickets', { token: await later.service.token('auditor') })).text,
    ) as Answered;
    later.service.ports.clock.set('2026-05-01T08:00:00.000Z');
    const token = await later.service.token('auditor');
    const of = async (query: string): Promise<Answered> =>
      JSON.parse((await later.service.call('GET', `/api/v1/audit/tickets${query}`, { token })).text) as Answered;
    const after = await of('');
    const failing = after.tickets.filter(({ overall }) => overall === 'fail').map(({ ticketId }) => ticketId);
    expect(failing.length).toBeGreaterThan(before.tickets.filter(({ overall }) => overall === 'fail').length);
    expect(after.tickets.slice(0, failing.length).map(({ ticketId }) => ticketId)).toEqual(failing);
    expect((await of('?verdict=fail')).tickets.map(({ ticketId }) => ticketId)).toEqual(failing);
    expect((await of('?verdict=pass')).tickets.map(({ ticketId }) => ticketId)).toEqual(
      after.tickets.filter(({ overall }) => overall === 'pass').map(({ ticketId }) => ticketId),
    );
    const paged: string[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const page: Answered = await of(`?limit=7${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`);
      paged.push(...page.tickets.map(({ ticketId }) => ticketId));
      ({ next } = page);
      // a minute goes by while somebody reads
      later.service.ports.clock.set(new Date(Date.parse(later.service.ports.clock.now()) + 60_000).toISOString());
    }
    expect(paged).toEqual(after.tickets.map(({ ticketId }) => ticketId));
  });
});

describe('a cursor goes on with the question that gave it, and with no other: what comes of another would not be what follows', () => {
  type Parameter = {
    readonly name: string;
    readonly in: string;
    readonly schema: { readonly enum?: readonly string[]; readonly example?: string };
  };
  const paged = Object.entries(
    (JSON.parse(readFileSync('openapi.json', 'utf8')) as { paths: Record<string, { get?: { parameters?: readonly Parameter[] } }> }).paths,
  ).flatMap(([path, { get: { parameters = [] } = {} }]) =>
    parameters.some(({ name }) => name === 'cursor') ? [{ path: path.replace('/api/v1', ''), filters: parameters }] : [],
  );
  const questions: Readonly<Record<string, readonly [role: 'auditor' | 'head', query: string]>> = {
    '/calendar': ['head', 'from=2026-02-01&to=2026-04-30'],
    '/tasks': ['head', ''],
    '/eligibility': ['auditor', ''],
    '/audit/calendar': ['auditor', 'from=2026-02-01&to=2026-04-30'],
    '/audit/tickets': ['auditor', 'from=2026-02-01&to=2026-04-30'],
    '/audit/tickets/{id}/readings': ['auditor', ''],
    '/audit/people/{person}/readings': ['auditor', ''],
    '/duties': ['auditor', 'from=2026-02-01&to=2026-04-30'],
  };
  const notFilters = ['limit', 'cursor', 'format'];
  const cursors = new Map<string, string>();
  const asked = (path: string, query: Readonly<Record<string, string>>) => {
    const [role, usual] = questions[path] ?? ['auditor', ''];
    const address = path.replace('{id}', pages.ticketOf('resolved')).replace('{person}', 'd01');
    return ask(`${address}?${new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(usual)), ...query }).toString()}`, role);
  };

  beforeAll(async () => {
    // so that two meetings of the department wait for what became of them
    pages.service.ports.clock.set('2026-03-11T10:30:00.000Z');
    for (const looked of [1, 2])
      expect([looked, (await ask(`/tickets/${pages.ticketOf('resolved')}`, 'head')).status]).toEqual([looked, 200]);
    await pages.service.settled();
    for (const { path } of paged) {
      const { next } = (await asked(path, { limit: '1' })).body;
      expect([path, next]).toEqual([path, expect.any(String)]);
      cursors.set(path, next ?? '');
    }
  });
  afterAll(() => {
    pages.service.ports.clock.set(now);
  });

  it.each(paged)('$path', async ({ path, filters }) => {
    const answers = async (cursor: string, changed: Readonly<Record<string, string>>) => {
      const { status, body } = await asked(path, { ...changed, cursor });
      return [changed, status, body.errors?.map(({ field }) => field)];
    };
    for (const [of, cursor] of cursors) {
      const changed = { limit: '2' };
      expect(await answers(cursor, changed)).toEqual([changed, ...(of === path ? [200, undefined] : [400, ['cursor']])]);
    }
    for (const { name, in: where, schema } of filters) {
      if (where !== 'query' || notFilters.includes(name)) continue;
      const changed = { [name]: schema.enum?.[0] ?? (name === 'staffId' ? 'd02' : (schema.example ?? '433')) };
      expect(await answers(cursors.get(path) ?? '', changed)).toEqual([changed, 400, ['cursor']]);
    }
  });
});

describe('a head', () => {
  it('sees the audit of the own department alone, and is refused another', async () => {
    const own = await ask('/audit/tickets', 'head');
    const all = await ask('/audit/tickets');
    expect(idsOf(own)).toEqual(all.body.tickets.filter(({ departmentCode }) => departmentCode === '433').map(({ ticketId }) => ticketId));
    expect((await ask('/audit/tickets?department=305', 'head')).status).toBe(403);
    expect((await pages.get('/audit?serviciu=305', 'head')).status).toBe(403);
    const ofOthers = all.body.tickets.find(({ departmentCode }) => departmentCode === '305');
    const named = await pages.get(`/audit?tichet=${String(ofOthers?.['reference'])}`, 'head');
    expect([named.status, named.text.includes(String(ofOthers?.ticketId))]).toEqual([422, false]);
    const page = await pages.get('/audit', 'head');
    expect(listed(page.text)).toEqual(idsOf(own).slice(0, 25));
    expect(page.text).not.toMatch(/href="\/audit\/(?:sigiliu|citiri|calendar|export)/);
    expect(textOf(page)).toContain('Vedeți tichetele serviciului dumneavoastră.');
    for (const file of ['lista.csv', 'lista-excel.csv', 'lista.json']) {
      const { status, text } = await pages.get(`/audit/${file}`, 'head');
      expect(status).toBe(200);
      for (const { ticketId, departmentCode } of all.body.tickets)
        expect([ticketId, text.includes(ticketId)]).toEqual([ticketId, departmentCode === '433']);
    }
  });

  it('is told which tickets of the own department wait for a person, and of no other', async () => {
    const { tickets } = (await ask('/audit/tickets')).body;
    const [mine = '', others = ''] = ['433', '305'].map((code) => tickets.find(({ departmentCode }) => departmentCode === code)?.ticketId);
    const noTicket = '00000000-0000-4000-8000-000000000000';
    const waiting = (ticketId: string): ParkedKey => ({
      id: ticketId,
      projection: tables.auditEvidence,
      key: ticketKey(ticketId),
      position: '1',
      stream: ticketStream(ticketId),
      type: 'Held',
      eventId: ticketId,
      error: 'x',
      parkedAt: now,
      waiting: 0,
      filling: false,
    });
    const { readModels } = pages.service.ports;
    const parked = jest.spyOn(readModels, 'parked').mockResolvedValue([waiting(mine), waiting(others), waiting(noTicket)]);
    // their row of the list may wait as well: their page is open nevertheless
    const get = readModels.get.bind(readModels);
    readModels.get = (projection, key) =>
      projection === tables.auditTrail ? Promise.reject(new RowParked(projection, key)) : get(projection, key);
    try {
      const noticeFor = async (role: 'head' | 'auditor'): Promise<string> =>
        (await pages.get('/audit', role)).text.split('<div class="notice notice-warn">')[1]?.split('</div>')[0] ?? '';
      for (const [role, sees] of [
        ['auditor', [true, true]],
        ['head', [true, false]],
      ] as const) {
        const notice = await noticeFor(role);
        expect([role, [mine, others].map((id) => notice.includes(`/audit/${id}`))]).toEqual([role, sees]);
      }
      expect(await noticeFor('head')).not.toContain(noTicket);
      expect((await pages.get(`/audit?tichet=${mine}`, 'head')).headers['location']).toBe(`/audit/${mine}`);
    } finally {
      readModels.get = get;
      parked.mockRestore();
    }
  });

  it('opens one ticket of the own department with all that is about it, and none of another', async () => {
    const { tickets } = (await ask('/audit/tickets')).body;
    const [mine, others] = ['433', '305'].map((code) => tickets.find(({ departmentCode }) => departmentCode === code)?.ticketId ?? '');
    for (const [id, status] of [
      [mine, 200],
      [others, 403],
    ] as const) {
      for (const rest of ['', '/history'])
        expect([id, (await ask(`/audit/tickets/${String(id)}${rest}`, 'head')).status]).toEqual([id, status]);
      for (const rest of ['', '/eveniment/1', '/istoric.json', '/dosar.csv', '/evenimente.ndjson', '/dosar.pdf'])
        expect([rest, (await pages.get(`/audit/${String(id)}${rest}`, 'head')).status]).toEqual([rest, status]);
    }
    expect((await pages.get(`/audit/${String(mine)}`, 'head')).text).not.toMatch(/href="\/audit\/(?:sigiliu|citiri)/);
    for (const path of [
      '/audit/calendar?from=2026-03-11&to=2026-03-11',
      '/audit/people/d02/readings',
      `/audit/tickets/${String(mine)}/readings`,
    ])
      expect([path, (await ask(path, 'head')).status]).toEqual([path, 403]);
    expect((await ask('/audit/tickets', 'staff')).status).toBe(403);
  });

  it('has the columns of figures also where there is no ticket', async () => {
    const lines = async (days: string) => (await ofFigures(days)).split('\r\n');
    const [head, ...rows] = await lines('from=2020-01-01&to=2020-01-31');
    expect(head).toBe((await lines('from=2026-02-01&to=2026-03-10'))[0]);
    expect(rows).toEqual(['']);
  });

  it('counts the own department alone', async () => {
    type Summary = { readonly rows: readonly { readonly key: string; readonly tickets: number }[] };
    const summary = async (role: 'head' | 'reports', more = ''): Promise<Summary> =>
      JSON.parse((await ask(`/reports/summary?from=2026-02-01&to=2026-03-10&by=department${more}`, role)).text) as Summary;
    const all = await summary('reports');
    const own = await summary('head');
    expect(all.rows.length).toBeGreaterThan(1);
    expect(own.rows).toEqual(all.rows.filter(({ key }) => key === 'Serviciul Autorizări construcții'));
    expect((await summary('reports', '&department=433')).rows).toEqual(own.rows);
    expect((await ask('/reports/summary?from=2026-02-01&to=2026-03-10&by=staff&department=305', 'head')).status).toBe(403);
    for (const path of ['/rapoarte', '/rapoarte/servicii.csv']) {
      const of = (department: string) => pages.get(`${path}?department=${encodeURIComponent(department)}`, 'head');
      expect([path, (await of('Biroul Taxe și impozite')).status]).toEqual([path, 403]);
      expect([path, (await of('Serviciul Autorizări construcții')).status]).toEqual([path, 200]);
    }
    for (const path of ['/rapoarte', '/rapoarte/servicii.csv', '/rapoarte/servicii-excel.csv']) {
      const { status, text } = await pages.get(path, 'head');
      expect([path, status, text.includes('Taxe și impozite'), text.includes('Autorizări')]).toEqual([path, 200, false, true]);
      expect((await pages.get(path, 'reports')).text).toContain('Taxe și impozite');
    }
  });
});

describe('the calendar without names', () => {
  const names = ['Delia', 'Rusu', 'Groza', 'Corina', '@', 'webex.com'];

  it('shows an auditor who meets when, of whom no name, address or link, on every way', async () => {
    const { status, text } = await ask('/audit/calendar?from=2026-03-11&to=2026-03-12');
    expect(status).toBe(200);
    const { meetings } = JSON.parse(text) as { readonly meetings: readonly { readonly reference: string; readonly staffId: string }[] };
    expect(meetings.length).toBeGreaterThan(2);
    const page = await pages.get('/audit/calendar?de-la=2026-03-11&pana-la=2026-03-12');
    expect(page.status).toBe(200);
    const files = await Promise.all(
      ['.csv', '-excel.csv'].map((ending) => pages.get(`/audit/calendar/programari${ending}?de-la=2026-03-11&pana-la=2026-03-12`)),
    );
    for (const said of [text, page.text, ...files.map((file) => file.text)]) {
      for (const { reference } of meetings) expect(said).toContain(reference);
      for (const name of names) expect([name, said.includes(name)]).toEqual([name, false]);
    }
  });

  it('by department and by name, and is nobody else’s', async () => {
    const of = async (query: string) =>
      (JSON.parse((await ask(`/audit/calendar?from=2026-03-02&to=2026-03-20${query}`)).text) as { readonly meetings: readonly Row[] })
        .meetings;
    const all = await of('');
    expect(await of('&department=305')).toEqual(all.filter(({ departmentCode }) => departmentCode === '305'));
    expect(await of('&staffId=d03')).toEqual(all.filter(({ staffId }) => staffId === 'd03'));
    for (const role of ['head', 'staff', 'reports'] as const) {
      expect((await ask('/audit/calendar?from=2026-03-11&to=2026-03-12', role)).status).toBe(403);
      expect((await pages.get('/audit/calendar', role)).status).toBe(403);
    }
    const faulty = await pages.get('/audit/calendar?de-la=2026-02-30&functionar=Nimeni');
    expect([faulty.status, faulty.text.includes('href="#de-la"'), faulty.text.includes('href="#functionar"')]).toEqual([422, true, true]);
  });

  it('GDPR 5: nothing is opened for it, so that nothing is noted', async () => {
    const { store } = pages.service.ports;
    await pages.service.settled();
    const before = await store.end();
    await ask('/audit/calendar?from=2026-03-11&to=2026-03-12');
    await pages.get('/audit/calendar');
    expect(await store.end()).toBe(before);
    expect(now).toBe(pages.service.ports.clock.now());
  });
});

describe('requests and their 30 days', () => {
  type Requests = { readonly requests: readonly Readonly<Record<string, unknown>>[]; readonly next?: string };
  const of = async (query: string, role: 'auditor' | 'head' = 'auditor'): Promise<Requests> =>
    JSON.parse((await ask(`/eligibility?${query}`, role)).text) as Requests;

  it('Art. 2: by department, civil servant, state and whether a ticket can be asked for', async () => {
    const all = (await of('limit=500')).requests;
    expect(all.length).toBeGreaterThan(20);
    for (const [query, isMeant] of [
      ['department=433', (row) => row['departmentCode'] === '433'],
      ['staffId=d05', (row) => row['handlerStaffId'] === 'd05'],
      ['status=answered', (row) => row['status'] === 'answered'],
      ['eligible=true', (row) => row['eligible'] === true],
      ['eligible=false&staffId=d03', (row) => row['eligible'] === false && row['handlerStaffId'] === 'd03'],
    ] as readonly (readonly [string, (row: Requests['requests'][number]) => boolean])[]) {
      const found = await of(`${query}&limit=500`);
      expect([query, found.requests.length > 0]).toEqual([query, true]);
      expect([query, found.requests]).toEqual([query, all.filter(isMeant)]);
    }
    const paged: unknown[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const page: Requests = await of(`department=433&limit=4${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`);
      paged.push(...page.requests);
      ({ next } = page);
    }
    expect(paged).toEqual(all.filter((row) => row['departmentCode'] === '433'));
  });

  it.each(['number=154905', 'filedOn=2026-02-12', 'asOf=2026-03-01T08:00:00Z'])('%s does not go with a list, and is named', async (one) => {
    const { status, text } = await ask(`/eligibility?department=433&${one}`);
    expect([status, text.includes(`"field":"${one.split('=')[0] ?? ''}"`)]).toEqual([400, true]);
  });

  it('a head begins with their own department, on the page too', async () => {
    const own = (await of('status=in-operation&limit=500', 'head')).requests;
    expect(own).toEqual((await of('status=in-operation&department=433&limit=500')).requests);
    const page = await pages.get('/termene/cereri?stare=in-operation', 'head');
    expect(page.status).toBe(200);
    for (const { number } of own.slice(0, 25)) expect(page.text).toContain(`number=${String(number)}&amp;`);
    expect(page.text).toContain('<option value="433" selected>');
    expect((await pages.get('/termene/cereri?serviciu=305', 'head')).text).toContain('<option value="305" selected>');
    const file = await pages.get('/termene/cereri/lista-excel.csv?serviciu=433&stare=in-operation');
    expect(file.text.trimEnd().split('\r\n')).toHaveLength(own.length + 1);
    for (const unknown of ['stare=zzz', 'tichet=poate']) {
      const { status, text } = await pages.get(`/termene/cereri?${unknown}`, 'auditor', 'en');
      expect([unknown, status, text.includes('Choose from the list.')]).toEqual([unknown, 422, true]);
      expect((await pages.get(`/termene/cereri/lista.csv?${unknown}`)).status).toBe(400);
    }
    const faulty = await pages.get('/termene/cereri?inainte-de=2026-02-30', 'auditor', 'en');
    expect([faulty.status, faulty.text.includes('value="2026-02-30"'), textOf(faulty).includes('Write a day of the calendar.')]).toEqual([
      422,
      true,
      true,
    ]);
  });
});

describe('a list as a file, over the API', () => {
  it.each([
    ['/audit/tickets', 'audit'],
    ['/eligibility', 'termene'],
    ['/audit/calendar', 'programari'],
  ])('%s has the rows of its list in every form', async (path, name) => {
    const token = await pages.service.token('auditor');
    const get = (format: string, headers: Readonly<Record<string, string>> = {}) =>
      pages.service.call(
        'GET',
        `/api/v1${path}/file?format=${format}${path === '/audit/calendar' ? '&from=2026-03-02&to=2026-03-20' : ''}`,
        { token, headers: { ...headers } },
      );
    const csv = await get('csv');
    expect(csv.headers['content-disposition']).toBe(`attachment; filename="${name}.csv"`);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    const excel = await get('csv-ro', { 'accept-language': 'en' });
    expect(excel.text.split('\r\n')[0]?.split(';').length).toBe(csv.text.split('\r\n')[0]?.split(',').length);
    expect(excel.text.split('\r\n').length).toBe(csv.text.split('\r\n').length);
    const workbook = await get('xlsx');
    expect(workbook.headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    expect(workbook.text.startsWith('PK')).toBe(true);
    expect((await get('pdf')).status).toBe(400);
  });
});
