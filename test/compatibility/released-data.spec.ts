import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHmac, hkdfSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { tables, type TicketStatusRow } from '../../src/application/kernel/ports/tables';
import { addDays } from '../../src/domain/time/civil-time';
import { readSettings } from '../../src/infrastructure/config/settings';
import { dataFiles, pathIn } from '../../src/infrastructure/database/data-folder/data-files';
import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { openedToken, portToken } from '../../src/infrastructure/nest/tokens';
import { localTokens } from '../../src/infrastructure/outside/identity/local-tokens';
import { createApplication } from '../../src/infrastructure/service/application';
import { openSqliteOperations } from '../../src/infrastructure/tables/operations/sqlite-operations';
import { collectingMailer } from '../../src/infrastructure/testing/test-ports';
import { environmentOf, tichet } from '../infrastructure/tools/command-line/captured';
import { BrowserOf } from '../infrastructure/web/booking/browser-of';
import { askDatabase, createTestDatabase } from '../support/postgres';
import { closing, emptyFolder } from '../support/closing';

/**
 * What a version left behind, told by its own demonstration: a data folder, a backup of it, a PostgreSQL schema, the events as its feed gave
 * them, and what it answered. Paths with their bytes in base64, in one JSON text that tools/released-data.mjs writes.
 */
const leftBehind = (version: string) => {
  const files: Readonly<Record<string, string>> = JSON.parse(
    brotliDecompressSync(readFileSync(join(__dirname, `as-released-${version}.json.br`))).toString('utf8'),
  );
  const bytesOf = (path: string): Buffer => Buffer.from(files[path] ?? '', 'base64');
  const textOf = (path: string): string => bytesOf(path).toString('utf8');
  const { asOf, answers }: { readonly asOf: string; readonly answers: Readonly<Record<string, unknown>> } = JSON.parse(
    textOf('answers.json'),
  );
  const unpack = (part: 'folder' | 'backup', folder: string): string => {
    for (const path of Object.keys(files).filter((name) => name.startsWith(`${part}/`))) {
      const target = join(folder, path.slice(part.length + 1));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, bytesOf(path), { mode: path.endsWith('.key') ? 0o400 : 0o600 });
    }
    return folder;
  };
  const withKeysAlone = (folder: string): string => {
    for (const key of ['master.key', 'token.key']) writeFileSync(join(folder, key), bytesOf(`folder/${key}`), { mode: 0o400 });
    return folder;
  };
  // since 0.2.0 a demonstration is opened as what it was made as
  const settings = { TICHET_DEVELOPMENT: 'folder/development' in files ? 'on' : 'off' };
  return { asOf, answers, events: textOf('events.ndjson'), bytesOf, textOf, unpack, withKeysAlone, settings };
};

type Running = {
  readonly app: NestFastifyApplication;
  readonly mailer: ReturnType<typeof collectingMailer>;
  readonly token: (role: string) => Promise<string>;
  /**
   * Waits until every process has read what is due, by the clock and by the event from which it is counted, and no table is filled anew any
   * more. @returns what the journal says of such tables
   */
  readonly everyProcessHasRead: () => Promise<readonly string[]>;
};

/** The service of today with its processes on what was left behind, at the moment at which the old one was asked. */
const started = async (environment: Readonly<Record<string, string>>, asOf: string): Promise<Running> => {
  const { settings } = readSettings(environment, () => '');
  const lines: string[] = [];
  const noting = (event: string): void => void lines.push(event);
  const [clock, mailer] = [{ now: () => asOf }, collectingMailer()];
  const ports = { clock, mailer, logger: { info: noting, warn: noting, error: noting } };
  const app = closing(await createApplication({ settings, ports, processes: true }));
  const {
    processes,
    ports: { readModels },
  } = app.get<OpenedPorts>(openedToken);
  const [hasRead, select] = [new Set<string>(), readModels.select.bind(readModels)];
  jest.spyOn(readModels, 'select').mockImplementation(async (name, selection) => {
    const page = await select(name, selection);
    if (selection?.where?.some(({ column }) => column === 'countedFrom') === true) hasRead.add(name);
    return page;
  });
  const everyProcessHasRead = async (): Promise<readonly string[]> => {
    const lacking = (): readonly string[] => processes.map(({ name }) => name).filter((name) => !hasRead.has(name));
    while (lacking().length > 0 && !lines.includes('process-cannot-read')) await sleep(50);
    expect({ lacking: lacking(), lines }).toEqual({ lacking: [], lines: expect.not.arrayContaining(['process-cannot-read']) as unknown });
    const told = (): readonly string[] => lines.filter((line) => /^(tables.fill|background|storage)/u.test(line));
    const isReady = async (): Promise<boolean> => (await app.inject('/health/ready')).body === '{"status":"ready"}';
    // tables are filled anew, or followed from the beginning where the old version did not have them
    while (!(await isReady()) || told().at(-1) === 'tables.filling') await sleep(50);
    expect([[], ['tables.filling', 'tables.filled']]).toContainEqual(told());
    return told();
  };
  const tokens = localTokens(app.get<Uint8Array>(portToken.tokenKey), clock);
  const people: Readonly<Record<string, Parameters<typeof tokens.official>[0]>> = {
    reports: { role: 'reports', person: 'p.reports' },
    staff: { role: 'staff', person: 'd02' },
    head: { role: 'head', person: 'd01' },
  };
  return {
    app,
    mailer,
    everyProcessHasRead,
    token: (role) => tokens.official(people[role] ?? { role: 'auditor', person: 'p.auditor' }),
  };
};

const asked = async ({ app, token }: Running, role: string, path: string, accept = 'application/json') => {
  const answer = await app.inject({ url: `/api/v1${path}`, headers: { authorization: `Bearer ${await token(role)}`, accept } });
  if (answer.statusCode !== 200) throw new Error(`${path}: ${String(answer.statusCode)} ${answer.body}`);
  return answer.body;
};

const feed = async (running: Running): Promise<string> => {
  let [all, after] = ['', ''];
  for (;;) {
    const some = await asked(running, 'auditor', `/events?limit=1000${after === '' ? '' : `&after=${after}`}`, 'application/x-ndjson');
    const newest = some.trim().split('\n').at(-1) ?? '';
    if (newest === '') return all;
    all += some;
    ({ position: after } = JSON.parse(newest));
  }
};

type Checked = { readonly id: string; readonly evidence: readonly unknown[]; readonly verdict?: unknown; readonly text?: unknown };
const isCheck = (value: unknown, id: string): value is Checked =>
  typeof value === 'object' && value !== null && 'id' in value && value.id === id && 'evidence' in value && Array.isArray(value.evidence);

/** C11 names the link that the letter had as well, since a reassignment makes the link of before dead. */
const withoutTheLink = (today: readonly unknown[], then: readonly unknown[]): readonly unknown[] =>
  today.length === 3 && then.length === 2 ? today.filter((id) => then.includes(id)) : today;

/** C13 warns since of a recording that does not say when it began; what was recorded then is recorded the same. */
const beganUnknown = (value: unknown): value is Checked =>
  isCheck(value, 'C13') && value.verdict === 'warn' && JSON.stringify(value).includes('when it began is not known');

/** C15 and C16 say since of what was taken at the counter that it was handed over there, and not that it was sent. */
const handedOver = (value: unknown): value is Checked =>
  (isCheck(value, 'C15') || isCheck(value, 'C16')) &&
  value.verdict === 'pass' &&
  JSON.stringify(value).includes('anded over at the counter');

/** C04 says since by which lead time, where it passes. */
const leadTimeNamed = (value: unknown): value is Checked =>
  isCheck(value, 'C04') && value.verdict === 'pass' && JSON.stringify(value).includes('The lead time was kept');

/** The end of a day was called 00:00 of the next one. */
const endsOfDaysIn = (text: string): string =>
  text.replace(/(\d\d)\.(\d\d)\.(\d{4}), 00:00/g, (_, day, month, year) => {
    const [yearBefore, monthBefore, dayBefore] = addDays(`${year}-${month}-${day}`, -1).split('-');
    return `${dayBefore}.${monthBefore}.${yearBefore}, 24:00`;
  });

/** An answer of today without the checks that came since: what was judged then is judged the same. */
const asThen = (today: unknown, then: unknown): unknown => {
  if (beganUnknown(today) && isCheck(then, 'C13')) return { ...today, verdict: then.verdict, text: then.text };
  if (handedOver(today) && (isCheck(then, 'C15') || isCheck(then, 'C16'))) return { ...today, text: then.text };
  if (leadTimeNamed(today) && isCheck(then, 'C04')) return { ...today, text: then.text };
  if (isCheck(today, 'C11') && isCheck(then, 'C11')) return { ...today, evidence: withoutTheLink(today.evidence, then.evidence) };
  if (Array.isArray(today) && Array.isArray(then)) {
    const known = new Set(then.map(({ id }: { readonly id?: string }) => id));
    // of a ticket's first event the history names every field: what was matched is kept since
    const same = today.filter(
      (item: { readonly id?: string } | string) =>
        (item !== 'matched' || then.includes(item)) &&
        (typeof item === 'string' || item.id === undefined || !/^C\d\d$/.test(item.id) || known.has(item.id)),
    );
    return same.map((item, index) => asThen(item, then[index]));
  }
  if (typeof today === 'string' && typeof then === 'string' && today === endsOfDaysIn(then)) return then;
  if (typeof today !== 'object' || today === null || typeof then !== 'object' || then === null) return today;
  const before = new Map<string, unknown>(Object.entries(then));
  const warned = 'checks' in today && Array.isArray(today.checks) ? today.checks.filter(beganUnknown).length : 0;
  return Object.fromEntries(
    Object.entries(today).map(([name, value]: [string, unknown]) => [
      name,
      name === 'warnings' && typeof value === 'number' ? value - warned : asThen(value, before.get(name)),
    ]),
  );
};

const sameAnswers = async (running: Running, answers: Readonly<Record<string, unknown>>): Promise<void> => {
  for (const [question, answer] of Object.entries(answers)) {
    const [role = '', path = ''] = question.split(' ');
    const today: unknown = asThen(JSON.parse(await asked(running, role, path)), answer);
    expect({ [question]: today }).toMatchObject({ [question]: answer });
    if (path.includes('/eligibility?number')) expect(today).not.toMatchObject({ ...Object(answer), eligible: 'differs' });
  }
};

describe.each(['0.1.0', '0.2.0'])('version %s', (version) => {
  const { asOf, answers, events, bytesOf, textOf, unpack, withKeysAlone, settings } = leftBehind(version);
  const signed = { events: events.trim().split('\n').length, faults: [] };

  it('left a data folder and a backup: verified, every event is the one that was signed', async () => {
    const left = unpack('folder', emptyFolder());
    const restored = withKeysAlone(emptyFolder());
    const since = openSqliteOperations({ folder: restored, answerKey: Buffer.alloc(32) });
    await since.tokens.revoke('token-1', asOf, asOf);
    since.close();
    expect(await tichet(restored, 'restore', unpack('backup', emptyFolder()))).toMatchObject({ exit: 0 });
    const operations = closing(openSqliteOperations({ folder: restored, answerKey: Buffer.alloc(32) }));
    expect(await operations.tokens.isRevoked('token-1')).toBe(true);
    for (const folder of [left, restored]) {
      const { exit, stdout } = await tichet(folder, 'verify', '--json');
      expect([exit, JSON.parse(stdout)]).toMatchObject([0, { ...signed, sealed: signed.events }]);
    }
  });

  describe('left a data folder that', () => {
    let running: Running;
    let folder: string;
    beforeAll(async () => {
      folder = unpack('folder', emptyFolder());
      running = await started({ ...environmentOf(folder), ...settings }, asOf);
    });

    it('is opened by processes that read all of it', async () => {
      const told = await running.everyProcessHasRead();
      if (version === '0.1.0') expect(told).toEqual(['tables.filling', 'tables.filled']);
      expect(closing(openSqlite(pathIn(folder, dataFiles.readModels))).pragma('page_size', { simple: true })).toBe(4096);
    });

    it('has the same events byte for byte, and gives the same answers', async () => {
      expect((await feed(running)).slice(0, events.length)).toBe(events);
      await sameAnswers(running, answers);
    });

    it('has open tickets, which are reached by the mailed code; what was handed out before opens nothing', async () => {
      const { app, mailer } = running;
      const { ports } = app.get<OpenedPorts>(openedToken);
      // as 0.1.0 computed it of the master key
      const key = hkdfSync('sha256', bytesOf('folder/master.key'), Buffer.alloc(0), 'tichet-albastru/manage-token', 32);
      const { rows } = await ports.readModels.select<TicketStatusRow>(tables.ticketStatus, { limit: 500 });
      const open = rows.filter(({ status, mode }) => status === 'scheduled' && mode !== 'in-person');
      expect(open).not.toEqual([]);
      const reachedByCode = async ({ ticketId, reference }: TicketStatusRow): Promise<void> => {
        const token = createHmac('sha256', Buffer.from(key)).update(ticketId).digest('base64url');
        const headers = { authorization: `Bearer ${token}` };
        expect((await app.inject({ url: `/api/v1/tickets/${ticketId}`, headers })).statusCode).toBe(401);
        const browser = new BrowserOf({ app, ports });
        await browser.visit(`/tichet/${reference}`);
        const before = mailer.letters.length;
        await browser.send(`/tichet/${reference}/deschide/cod`);
        await browser.get(`/tichet/${reference}/deschide?trimis=1`);
        const mailed = (): readonly string[] =>
          mailer.letters
            .slice(before)
            .flatMap((letter) => (letter.ticketId === ticketId ? (/^\d{6}$/mu.exec(letter.text)?.[0] ?? []) : []));
        while (mailed().length === 0) await sleep(50);
        const [code = ''] = mailed();
        expect((await browser.send(`/tichet/${reference}/deschide`, { code })).location).toBe(`/tichet/${reference}?facut=deschis`);
        expect((await browser.get(`/tichet/${reference}`)).status).toBe(200);
      };
      await Promise.all(open.map(reachedByCode));
    });
  });

  it('left a PostgreSQL schema that is opened: processes read all of it, the same events byte for byte, and the same answers', async () => {
    const database = await createTestDatabase();
    await askDatabase(database.url, textOf('postgres.sql'));
    const stores = { TICHET_EVENT_STORE: 'postgres', TICHET_READ_MODELS: 'postgres', TICHET_POSTGRES_URL: database.url };
    const running = await started({ ...environmentOf(withKeysAlone(emptyFolder())), ...stores, ...settings }, asOf);
    await running.everyProcessHasRead();
    expect((await feed(running)).slice(0, events.length)).toBe(events);
    await sameAnswers(running, answers);
  });
});
