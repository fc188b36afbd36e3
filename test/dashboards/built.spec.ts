import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { readSettings } from '../../src/infrastructure/config/settings';
import { openPorts } from '../../src/infrastructure/nest/open-ports';
import { demoFolderPrefix } from '../../src/infrastructure/tools/command-line/commands/serve';
import { tellDemo } from '../../src/infrastructure/tools/demo/tell-demo';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { catchUpReporting } from '@tichet-albastru/event-log/reporting/fill-reporting';
import { reportingViews } from '../../src/projections/reporting/reporting';
import { environmentOf } from '../infrastructure/tools/command-line/captured';
import { root } from '../docs/markdown';
import { emptyFolder, endsByItself } from '../support/closing';
import { createTestDatabase } from '../support/postgres';
import { launchBrowser } from '../infrastructure/web/browser/support/browser';
import { overflowOf, violationsOf } from '../infrastructure/web/browser/support/accessibility';
import { reportingTables } from '../support/declared-reporting';

const folder = join(root, 'examples/dashboards');
/** Where the pictures of the README are written: DASHBOARD_PICTURES=examples/dashboards/pictures */
const pictures = process.env['DASHBOARD_PICTURES'];
const pictured = ['/index.html', '/en/capacity.html'];
const pages = ['/index.html', '/capacitate.html', '/en/index.html', '/en/capacity.html'];
const questions = ['meetings-by-week', 'share-recorded', 'time-to-resolution', 'no-shows', 'requests-near-day-30', 'capacity', 'duties'];

/** One on which requests are near their thirtieth day: on most days those of the demonstration are not. */
const now = '2026-11-29T11:00:00.000Z';

/** The demonstration as it is told then, its reporting tables filled. */
const told = async (environment: Record<string, string>, at: string): Promise<void> => {
  const opened = await openPorts(readSettings(environment, () => '').settings);
  try {
    await tellDemo(opened, at);
    const { reporting, ports } = opened;
    if (reporting === undefined) throw new Error('Reporting tables are kept nowhere.');
    const { readModels, logger } = ports;
    await catchUpReporting({ reporting, readModels, clock: fixedClock(at), logger }, { tables: reportingTables, views: reportingViews });
  } finally {
    await opened.close();
  }
};

/** Makes the pages, and reads them before others are made. */
const built = (database: string): ReadonlyMap<string, Buffer> => {
  if (!existsSync(join(folder, 'node_modules/.installed-lock.json')))
    throw new Error('examples/dashboards is not installed. Run: npm run dashboards -- --install');
  // no proxy and no registry: nothing is fetched while the pages are made
  const env = { PATH: process.env['PATH'], REPORTING_DATABASE: database, HTTPS_PROXY: 'http://127.0.0.1:1' };
  const output = execFileSync(process.execPath, [join(folder, 'start.js'), '--build'], { encoding: 'utf8', env, stdio: 'pipe' });
  expect(output).toContain('4 pages');
  const list = execFileSync('find', ['.', '-type', 'f'], { cwd: join(folder, 'dist'), encoding: 'utf8' });
  return new Map(list.split('\n').flatMap((path) => (path === '' ? [] : [[path.slice(1), readFileSync(join(folder, 'dist', path))]])));
};

type Rows = readonly Record<string, unknown>[];
/** What a data loader gave, which the pages hold under a name with its hash. */
const answerIn = (made: ReadonlyMap<string, Buffer>, question: string): Rows => {
  const [, content] = [...made].find(([path]) => path.startsWith(`/_file/answers/${question}.`)) ?? [];
  if (content === undefined) throw new Error(`No page asks ${question}.`);
  return JSON.parse(content.toString());
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

const databases = {
  SQLite: async (at: string): Promise<string> => {
    const data = emptyFolder();
    await told(environmentOf(data), at);
    return join(data, 'reporting.db');
  },
  PostgreSQL: async (at: string): Promise<string> => {
    const { url } = await createTestDatabase();
    await told({ ...environmentOf(emptyFolder()), TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: url }, at);
    return url;
  },
};

/** A folder for temporary files in which this is the database of a demonstration that runs. */
const besideDemonstration = (database: string): string => {
  const tmpdir = emptyFolder();
  symlinkSync(dirname(database), join(tmpdir, `${demoFolderPrefix}runs`));
  utimesSync(database, new Date(), new Date());
  return tmpdir;
};

/** The address at which `npm run dashboards` serves, once it has said so. */
const served = (tmpdir: string): Promise<string> => {
  const env = { PATH: process.env['PATH'], TMPDIR: tmpdir };
  const child = spawn(process.execPath, [join(folder, 'start.js')], { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  endsByItself({ stop: () => process.kill(-(child.pid ?? 0)) }, 'stop');
  let output = '';
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      const [address] = /http:\/\/127\.0\.0\.1:\d+\//u.exec(output) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once('close', () => {
      reject(new Error(output));
    });
  });
};

type Opening = {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly at?: number;
  readonly sourceParked?: number;
};

/** The freshness of tables of which the first has so many rows waiting in what it is made from. */
const tellingParked = (body: Buffer | undefined, count: number): Buffer => {
  const [first, ...others]: Rows = JSON.parse(String(body));
  return Buffer.from(JSON.stringify([{ ...first, source_parked: count }, ...others]));
};

describe('the dashboards of the demonstration', () => {
  let browser: Browser;
  const addresses = new Map<string, string>();
  const made = new Map<string, ReadonlyMap<string, Buffer>>();
  beforeAll(async () => {
    browser = await launchBrowser();
    for (const [name, filled] of Object.entries(databases)) {
      const database = await filled(now);
      addresses.set(name, database);
      made.set(name, built(database));
    }
  });

  const opened = async (name: string, path: string, { viewport = { width: 1100, height: 900 }, at, sourceParked }: Opening = {}) => {
    const files = made.get(name) ?? new Map<string, Buffer>();
    const page = await browser.newPage({ viewport, locale: 'ro-RO' });
    if (at !== undefined) await page.clock.setFixedTime(at);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', ({ message }) => complaints.push(message));
    await page.route('**/*', async (route) => {
      const { host, pathname } = new URL(route.request().url());
      const found = files.get(pathname);
      const isChanged = sourceParked !== undefined && pathname.includes('/freshness.') && pathname.endsWith('.json');
      const body = isChanged ? tellingParked(found, sourceParked) : found;
      if (host === 'dashboards.example' && body !== undefined) {
        await route.fulfill({ body, contentType: types[extname(pathname)] ?? 'application/octet-stream' });
        return;
      }
      complaints.push(`asks for ${route.request().url()}`);
      await route.abort();
    });
    await page.goto(`http://dashboards.example${path}`);
    await page.locator('section svg').first().waitFor();
    await page.waitForLoadState('networkidle');
    return { page, complaints };
  };

  it('answer the same from both databases', () => {
    const [inSqlite, inPostgres] = ['SQLite', 'PostgreSQL'].map((name) => made.get(name) ?? new Map<string, Buffer>());
    for (const question of questions) {
      const rows = answerIn(inSqlite ?? new Map(), question);
      expect({ question, some: rows.length > 0 }).toEqual({ question, some: true });
      expect({ question, rows: answerIn(inPostgres ?? new Map(), question) }).toEqual({ question, rows });
    }
  });

  it.each(Object.keys(databases))('are true and up to date from %s: no table is behind, and nothing is parked', (name) => {
    const rows = answerIn(made.get(name) ?? new Map(), 'freshness');
    expect(rows.map(({ table_name }) => table_name)).toEqual(expect.arrayContaining(['v2_tickets', 'v2_requests', 'v2_duties']));
    for (const row of rows) expect(row).toMatchObject({ behind_rows: 0, parked: 0, filled_at: expect.stringMatching(/Z$/u) });
  });

  it.each(pages)('show %s without asking another server, a complaint of the browser, or a fault of accessibility', async (path) => {
    for (const name of Object.keys(databases)) {
      const { page, complaints } = await opened(name, path);
      expect(complaints).toEqual([]);
      expect(await page.locator('html').getAttribute('lang')).toBe(path.startsWith('/en/') ? 'en' : 'ro');
      expect(await page.locator('.freshness').textContent()).toMatch(/20\d\d/u);
      expect(await violationsOf(page)).toEqual([]);
      if (pictures !== undefined && name === 'SQLite' && pictured.includes(path)) {
        await page.setViewportSize({ width: 1000, height: 1150 });
        await page.waitForTimeout(500);
        await page.screenshot({ path: join(root, pictures, `${path.slice(1, -'.html'.length).replace('/', '-')}.png`) });
      }
      await page.close();
    }
  });

  const tableOf = async (page: Page, section: number): Promise<readonly (readonly string[])[]> =>
    page
      .locator('section')
      .nth(section)
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));

  it('have under each chart the figures of the database, of all departments or of one', async () => {
    const { page } = await opened('SQLite', '/index.html');
    const rows = answerIn(made.get('SQLite') ?? new Map(), 'meetings-by-week');
    const shown = (some: Rows) =>
      some.map((row) => [row['week'], ...['tickets', 'held', 'held_online', 'cancelled'].map((name) => String(row[name]))]);
    const withoutName = (table: readonly (readonly string[])[]) => table.map(([week, , ...counts]) => [week, ...counts]);
    expect(withoutName(await tableOf(page, 0))).toEqual(shown(rows));
    await page.getByLabel('Serviciul').selectOption('433');
    await page.waitForFunction(() => !document.querySelector('section tbody')?.textContent.includes('toate serviciile'));
    expect(withoutName(await tableOf(page, 0))).toEqual(shown(rows.filter(({ department_code }) => department_code === '433')));
  });

  it('mark a share of fewer than five meetings: a hollow point in the chart, a star in the table', async () => {
    const { page } = await opened('SQLite', '/index.html');
    const rows = answerIn(made.get('SQLite') ?? new Map(), 'share-recorded');
    const isFew = (row: Rows[number]): boolean => Number(row['held_online']) < 5;
    expect((await tableOf(page, 1)).map((cells) => cells.at(-1)?.endsWith(' *'))).toEqual(rows.map(isFew));
    const hollow = page.locator('section').nth(1).locator('circle[fill="var(--theme-background)"]');
    expect(await hollow.count()).toBe(rows.filter((row) => row['department_code'] === 'all' && isFew(row)).length);
    expect(rows.some(isFew)).toBe(true);
  });

  it.each([
    ['/index.html', 'Datele sunt vechi de o oră'],
    ['/en/index.html', 'The data are an hour old'],
  ])('say on %s how old their data are, from an hour on', async (path, sentence) => {
    const filled = answerIn(made.get('SQLite') ?? new Map(), 'freshness').map((row) => Date.parse(String(row['filled_at'])));
    const anHour = Math.min(...filled) + 3_600_000;
    for (const [at, says] of [
      [anHour - 1, false],
      [anHour, true],
    ] as const) {
      const { page } = await opened('SQLite', path, { at });
      expect({ at, says: (await page.locator('.freshness').textContent())?.includes(sentence) }).toEqual({ at, says });
      await page.close();
    }
  });

  it('say which table rests on rows that wait for a person, though none of its own does', async () => {
    const said = async (sourceParked: number): Promise<string | null> => {
      const { page } = await opened('SQLite', '/index.html', { sourceParked });
      const text = await page.locator('.freshness').textContent();
      await page.close();
      return text;
    };
    expect(await said(0)).not.toContain('oprite');
    expect(await said(3)).toContain('oprite: 3');
  });

  it('are on screen with one command beside the demonstration', async () => {
    const address = await served(besideDemonstration(addresses.get('SQLite') ?? ''));
    const page = await (await fetch(address)).text();
    expect(page).toContain('cinci întrebări ale primarului');
    const answer = await (await fetch(new URL('_file/answers/no-shows.json', address))).json();
    expect(answer).toEqual(answerIn(made.get('SQLite') ?? new Map(), 'no-shows'));
  });

  it('fit on a telephone', async () => {
    for (const path of pages) {
      const { page } = await opened('SQLite', path, { viewport: { width: 390, height: 800 } });
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await page.close();
    }
  });
});
