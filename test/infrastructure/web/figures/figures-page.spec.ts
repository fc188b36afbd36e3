import type { LightMyRequestResponse } from 'fastify';
import { roles, type Role } from '../../../../src/application/kernel/access';
import { tables } from '../../../../src/application/kernel/ports/tables';
import type { Summary } from '../../../../src/application/reports/report-figures';
import { createMetrics } from '../../../../src/infrastructure/telemetry/metrics';
import { openPorts } from '../../../../src/infrastructure/nest/open-ports';
import { tellDemo } from '../../../../src/infrastructure/tools/demo/tell-demo';
import { createApplication } from '../../../../src/infrastructure/service/application';
import { localTokens } from '../../../../src/infrastructure/outside/identity/local-tokens';
import { policiesWith } from '../../../../src/domain/policies';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { settingsOf } from '../../tools/command-line/captured';
import { closing, emptyFolder } from '../../../support/closing';
import { hostPorts } from '../../../support/host-ports';
import { csvLines } from '../../../support/csv-lines';
import { personFor } from '../../../support/person';
import { cookieFor } from '../registry/support/browsing';

const now = '2027-03-10T07:40:00.000Z';

let get: (url: string, role?: Role, headers?: Record<string, string>) => Promise<LightMyRequestResponse>;
let api: (by: string, query: string) => Promise<Summary>;
/** While one row of a ticket waits. */
let waiting: (look: () => Promise<void>) => Promise<void>;

beforeAll(async () => {
  const opened = closing(await openPorts({ ...settingsOf(emptyFolder()), eventStore: 'memory' }));
  await tellDemo(opened, now);
  const clock = fixedClock(now);
  const policies = policiesWith({ 'resolution-deadline': { value: { targetHours: 3, hardLimitWorkingDays: 1 }, version: 2 } });
  const ports = { ...hostPorts(opened), metrics: createMetrics(), clock, policies };
  const app = closing(await createApplication({ ports, processes: false }));
  const tokens = localTokens(opened.tokenKey, clock);
  const cookies = new Map<Role, string>();
  for (const role of roles) {
    const token = await tokens.official({ role, person: personFor(role, role === 'staff' ? 'd02' : role === 'head' ? 'd01' : undefined) });
    cookies.set(role, await cookieFor({ app }, token));
  }
  waiting = async (look) => {
    const row = {
      ...{ id: '1', projection: tables.ticketFacts, key: 't', position: '1', stream: 's', type: 'Held', eventId: 'e', error: 'Error' },
      ...{ parkedAt: now, waiting: 1, filling: false },
    };
    const parked = jest.spyOn(opened.ports.readModels, 'parked').mockResolvedValue([row]);
    await look();
    parked.mockRestore();
  };
  get = (url, role, headers = {}) =>
    app.inject({
      url,
      headers: { accept: 'text/html', 'accept-language': 'ro', ...(role === undefined ? {} : { cookie: cookies.get(role) }), ...headers },
    });
  const bearer = `Bearer ${await tokens.official({ role: 'reports', person: 'service.statistics' })}`;
  api = async (by, query) =>
    (await app.inject({ url: `/api/v1/reports/summary?${query}&by=${by}`, headers: { authorization: bearer } })).json<Summary>();
});

const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/[\s\u00a0]+/g, ' ');
/** Rows of a table of the page, cell by cell. */
const tableOf = (html: string, id: string): readonly (readonly string[])[] => {
  const [table = ''] = new RegExp(`<table id="${id}".*?</table>`, 's').exec(html) ?? [];
  return [...table.matchAll(/<tr.*?<\/tr>/gs)].map(([row]) =>
    [...row.matchAll(/<t[hd][ >].*?<\/t[hd]>/gs)].map(([cell]) => textOf(cell).trim()),
  );
};
const latest = 'from=2027-02-01&to=2027-03-10';

describe('the manager’s page', () => {
  it('says that tickets which wait for an administrator are counted as they were before', async () => {
    const said = async (): Promise<boolean> => (await get('/rapoarte', 'reports')).body.includes('este numărat cum era înainte');
    expect(await said()).toBe(false);
    await waiting(async () => {
      expect(await said()).toBe(true);
      expect(await api('week', latest)).toMatchObject({ parked: 1 });
    });
  });

  it('has the numbers of the API’s summary, by department and by week', async () => {
    const page = (await get('/rapoarte', 'reports')).body;
    const departments = await api('department', latest);
    expect(departments.rows.length).toBeGreaterThan(2);
    const shown = tableOf(page, 'servicii-tabel');
    for (const [index, row] of departments.rows.entries()) {
      const cells = shown[index + 1] ?? [];
      expect([cells[0], Number(cells[1]), Number(cells[3])]).toEqual([row.key, row.tickets, row.held]);
      expect(cells[7]).toBe(row.medianResolutionMinutes === null ? '–' : `${String(row.medianResolutionMinutes).replace('.', ',')} min`);
      expect([cells[8], cells[9], cells[10]].map(Number)).toEqual([
        row.citizenAbsent + row.staffAbsent,
        row.rescheduledByCitizen + row.rescheduledByStaff,
        row.cancelled,
      ]);
    }
    const weeks = await api('week', latest);
    const meetings = tableOf(page, 'intalniri-tabel').slice(1, -1);
    expect(meetings.map((cells) => cells.slice(1).map(Number))).toEqual(
      weeks.rows.map(({ held, heldOnline, recorded, recordedDeclared }) => [held, heldOnline, recorded, recordedDeclared]),
    );
    const held = departments.rows.reduce((sum, row) => sum + row.held, 0);
    expect(textOf(page)).toContain(`Întâlniri ținute ${String(held)} din`);
  });

  it('compares with the six weeks before, and draws the target that is in force', async () => {
    const before = await api('department', 'from=2026-12-21&to=2027-01-27');
    const page = textOf((await get('/rapoarte', 'reports')).body);
    const held = before.rows.reduce((sum, row) => sum + row.held, 0);
    expect(held).toBeGreaterThan(0);
    expect(page).toContain('21 decembrie 2026 – 27 ianuarie 2027');
    expect(page).toContain(`mai multe decât înainte (${String(held)})`);
    expect(page).toContain('ținta: 3 h');
  });

  it('counts one department when one is chosen, and still names all', async () => {
    const page = (await get(`/rapoarte?${latest}&department=${encodeURIComponent('Biroul Taxe și impozite')}`, 'reports')).body;
    const row = (await api('department', latest)).rows.find(({ key }) => key === 'Biroul Taxe și impozite');
    expect(textOf(page)).toContain(`Întâlniri ținute ${String(row?.held)} din`);
    expect(tableOf(page, 'servicii-tabel').length).toBe((await api('department', latest)).rows.length + 2);
  });

  it('speaks English too, with nothing left in Romanian', async () => {
    const answer = await get('/rapoarte', 'reports', { 'accept-language': 'en' });
    const page = textOf(answer.body);
    expect(page).toContain('1 February 2027 – 10 March 2027 · all departments');
    expect(page).toMatch(/Recorded, of those online \d+(\.\d)? %/);
    expect(page).toContain('target: 3 h');
    expect(page.replaceAll('Română', '').replaceAll(/Serviciul \S+ \S+|Biroul Taxe și impozite|Calea Moților/g, '')).not.toMatch(
      /[ăâîșț]/i,
    );
  });

  it('has pictures with a title, described by their tables, and letters that no style makes smaller', async () => {
    const page = (await get('/rapoarte', 'reports')).body;
    for (const [title, table] of [
      ['intalniri-titlu', 'intalniri-tabel'],
      ['rezolutii-titlu', 'rezolutii-tabel'],
    ] as const) {
      expect(page).toContain(`role="img" aria-labelledby="${title}" aria-describedby="${table}"><title id="${title}">`);
      expect(page).toContain(`<table id="${table}"`);
    }
    expect(page).not.toMatch(/ style=|viewBox|<style|onclick/);
  });

  it('says so when there was no meeting', async () => {
    const answer = await get('/rapoarte?from=2020-01-01&to=2020-01-31', 'reports');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('Nicio întâlnire în această perioadă');
    expect(answer.body).not.toContain('<svg');
    const unknown = await get(`/rapoarte?${latest}&department=Nimic`, 'reports');
    expect(unknown.body).toContain('Nicio întâlnire în această perioadă');
    expect(unknown.body).toContain('Biroul Taxe și impozite');
  });

  it('says at its field what is wrong with a period, counts nothing, and keeps what was typed', async () => {
    const answer = await get('/rapoarte?from=2027-03-10&to=2027-03-01', 'reports');
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('<title>Eroare: Rapoarte');
    expect(answer.body).toMatch(/href="#to">Perioada se termină înainte să înceapă\./);
    expect(answer.body).toContain('value="2027-03-01"');
    expect(answer.body).not.toContain('<svg');
    expect((await get('/rapoarte/servicii.csv?from=2027-03-10&to=2027-03-01', 'reports')).statusCode).toBe(400);
  });

  it('takes the end of all calendars for a slip, and does not count the weeks after it for ever', async () => {
    for (const path of ['/rapoarte', '/rapoarte/intalniri.csv']) {
      const answer = await get(`${path}?from=9999-12-31&to=9999-12-31`, 'reports');
      expect([path, answer.statusCode]).toEqual([path, path.endsWith('.csv') ? 400 : 422]);
    }
  });

  it.each(roles.filter((role) => role !== 'reports' && role !== 'head'))('is not for %s', async (role) => {
    for (const url of ['/rapoarte', '/rapoarte/servicii.csv']) expect((await get(url, role)).statusCode).toBe(403);
  });
  it('sends whoever is not signed in to say who they are', async () => {
    for (const url of ['/rapoarte', '/rapoarte/servicii.csv']) {
      const answer = await get(url);
      expect([answer.statusCode, answer.headers.location]).toEqual([303, `/intra?spre=${encodeURIComponent(url)}`]);
    }
  });
});

describe('the files beside the pictures', () => {
  it('hold the rows of their tables, and are saved under a name that says of when', async () => {
    const page = (await get('/rapoarte', 'reports')).body;
    for (const [name, table] of [
      ['intalniri', 'intalniri-tabel'],
      ['rezolutii', 'rezolutii-tabel'],
      ['servicii', 'servicii-tabel'],
    ] as const) {
      expect(page).toContain(`href="/rapoarte/${name}.csv?from=2027-02-01&amp;to=2027-03-10" download`);
      const answer = await get(`/rapoarte/${name}.csv?${latest}`, 'reports');
      expect(answer.headers).toMatchObject({
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="tichet-albastru-${name}-2027-02-01-2027-03-10.csv"`,
        'cache-control': 'no-store',
      });
      expect(answer.body.startsWith('\ufeff')).toBe(true);
      // without the sum, which a spreadsheet makes
      expect(csvLines(answer.body)).toHaveLength(tableOf(page, table).length - 1);
    }
  });

  it('have bare numbers with their units in the titles, in the language of who asks', async () => {
    const [title, first] = csvLines((await get(`/rapoarte/intalniri.csv?${latest}`, 'reports')).body);
    expect(title).toBe('De la,Până la,Ținute,Online,Înregistrate,Din care declarate');
    expect(first).toMatch(/^2027-02-01,2027-02-07,\d+,\d+,\d+,\d+$/);
    const [english, line] = csvLines((await get(`/rapoarte/rezolutii.csv?${latest}`, 'reports', { 'accept-language': 'en' })).body);
    expect(english).toBe('From,To,Held,Resolutions sent,Of which declared,Median until sent (minutes)');
    expect(line).toMatch(/^2027-02-01,2027-02-07,\d+,\d+,\d+,\d+(\.\d)?$/);
  });

  it('are there for an Excel set up in Romanian too, beside those for programs: semicolons and decimal commas', async () => {
    const page = (await get('/rapoarte', 'reports')).body;
    for (const name of ['intalniri', 'rezolutii', 'servicii'])
      expect(page).toContain(`href="/rapoarte/${name}-excel.csv?from=2027-02-01&amp;to=2027-03-10" download`);
    const [forExcel, forPrograms] = await Promise.all(
      ['servicii-excel.csv', 'servicii.csv'].map(async (file) =>
        csvLines((await get(`/rapoarte/${file}?${latest}`, 'reports')).body).slice(1),
      ),
    );
    expect(forPrograms?.join()).toMatch(/,\d+\.\d/);
    expect(forExcel).toEqual(forPrograms?.map((line) => line.replaceAll(',', ';').replaceAll(/(\d)\.(\d)/g, '$1,$2')));
  });

  it('have their titles also when there is nothing to count', async () => {
    const lines = csvLines((await get('/rapoarte/servicii.csv?from=2020-01-01&to=2020-01-31', 'reports')).body);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^Serviciul,Programate,/);
  });

  it('have three names; another is not found', async () => {
    for (const name of ['altceva.csv', 'servicii', 'servicii.csv.exe', '..%2Fservicii.csv']) {
      expect((await get(`/rapoarte/${name}`, 'reports')).statusCode).toBe(404);
    }
  });
});
