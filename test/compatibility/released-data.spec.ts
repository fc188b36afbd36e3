import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHmac, hkdfSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { sendOpeningLetters } from '../../src/application/booking/opening';
import { tables, type TicketStatusRow } from '../../src/application/kernel/ports/tables';
import { addDays } from '../../src/domain/time/civil-time';
import { readSettings } from '../../src/infrastructure/config/settings';
import { dataFiles, pathIn } from '../../src/infrastructure/database/data-folder/data-files';
import { openSqlite } from '../../src/infrastructure/database/sqlite/driver';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { openedToken, portToken } from '../../src/infrastructure/nest/tokens';
import { localTokens } from '../../src/infrastructure/outside/identity/local-tokens';
import { createApplication } from '../../src/infrastructure/service/application';
import { openSqliteOperations } from '../../src/infrastructure/tables/operations/sqlite-operations';
import { collectingMailer } from '../../src/infrastructure/testing/test-ports';
import { environmentOf, tichet } from '../cli/captured';
import { BrowserOf } from '../web/booking/browser-of';
import { askDatabase, createTestDatabase } from '../support/postgres';
import { closing, emptyFolder, endsByItself } from '../support/closing';

/**
 * What version 0.1.0 left behind, made by its own demonstration: a data folder, a backup of it, a PostgreSQL schema, the events as its feed gave
 * them, and what it answered. Paths with their bytes in base64, in one JSON text.
 */
const released: Readonly<Record<string, string>> = JSON.parse(
  brotliDecompressSync(readFileSync(join(__dirname, 'as-released-0.1.0.json.br'))).toString('utf8'),
);
const bytesOf = (path: string): Buffer => Buffer.from(released[path] ?? '', 'base64');
const { asOf, answers }: { readonly asOf: string; readonly answers: Readonly<Record<string, unknown>> } = JSON.parse(
  bytesOf('answers.json').toString('utf8'),
);
const events = bytesOf('events.ndjson').toString('utf8');

const unpack = (part: 'folder' | 'backup', folder: string): string => {
  for (const path of Object.keys(released).filter((name) => name.startsWith(`${part}/`))) {
    const target = join(folder, path.slice(part.length + 1));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytesOf(path), { mode: path.endsWith('.key') ? 0o400 : 0o600 });
  }
  return folder;
};

type Running = {
  readonly app: NestFastifyApplication;
  readonly token: (role: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** The service of today on what was left behind, at the moment at which the old one was asked. Nothing is written: no process runs. */
const started = async (environment: Readonly<Record<string, string>>): Promise<Running> => {
  const { settings } = readSettings(environment, () => '');
  const clock = { now: () => asOf };
  const app = await createApplication({ settings, ports: { clock }, processes: false });
  while ((await app.inject('/health/ready')).statusCode !== 200) await sleep(50);
  const tokens = localTokens(app.get<Uint8Array>(portToken.tokenKey), clock);
  const people: Readonly<Record<string, Parameters<typeof tokens.official>[0]>> = {
    reports: { role: 'reports', person: 'p.reports' },
    staff: { role: 'staff', person: 'd02' },
    head: { role: 'head', person: 'd01' },
  };
  const service: Running = {
    app,
    token: (role) => tokens.official(people[role] ?? { role: 'auditor', person: 'p.auditor' }),
    close: () => app.close(),
  };
  return endsByItself(service, 'close');
};

/**
 * The service of today with its processes on what was left behind. Waits until every process has read what is due, by the clock and by the
 * event from which it is counted, and no table is filled anew any more.
 */
const everyProcessHasRead = async (environment: Readonly<Record<string, string>>): Promise<NestFastifyApplication> => {
  const { settings } = readSettings(environment, () => '');
  const lines: string[] = [];
  const noting = (event: string): void => void lines.push(event);
  const ports = { clock: { now: () => asOf }, mailer: collectingMailer(), logger: { info: noting, warn: noting, error: noting } };
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
  const lacking = (): readonly string[] => processes.map(({ name }) => name).filter((name) => !hasRead.has(name));
  while (lacking().length > 0 && !lines.includes('process-cannot-read')) await sleep(50);
  expect({ lacking: lacking(), lines }).toEqual({ lacking: [], lines: expect.not.arrayContaining(['process-cannot-read']) as unknown });
  const isReady = async (): Promise<boolean> => (await app.inject('/health/ready')).statusCode === 200;
  // tables that 0.1.0 did not have are followed from the beginning meanwhile
  while (!lines.includes('tables.filled') || !(await isReady())) await sleep(50);
  const ready = await app.inject('/health/ready');
  expect([ready.statusCode, ready.json()]).toEqual([200, { status: 'ready' }]);
  expect(lines.filter((line) => /^(tables.fill|background|storage)/u.test(line))).toEqual(['tables.filling', 'tables.filled']);
  return app;
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
        item !== 'matched' && (typeof item === 'string' || item.id === undefined || !/^C\d\d$/.test(item.id) || known.has(item.id)),
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

const sameAnswers = async (running: Running): Promise<void> => {
  for (const [question, answer] of Object.entries(answers)) {
    const [role = '', path = ''] = question.split(' ');
    const today = asThen(JSON.parse(await asked(running, role, path)), answer);
    expect({ [question]: today }).toMatchObject({ [question]: answer });
  }
};

describe('a data folder of version 0.1.0', () => {
  it('is verified: every event is the one that was signed', async () => {
    const folder = unpack('folder', emptyFolder());
    const { exit, stdout } = await tichet(folder, 'verify', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ events: 1035, sealed: 1035, faults: [] });
  });

  it('is opened: the same events byte for byte, the same answers, and the same again from tables that are rebuilt', async () => {
    const folder = unpack('folder', emptyFolder());
    const asItStood = await started(environmentOf(folder));
    expect(await feed(asItStood)).toBe(events);
    await sameAnswers(asItStood);
    await asItStood.close();
    for (const end of ['', '-wal', '-shm']) rmSync(`${pathIn(folder, dataFiles.readModels)}${end}`, { force: true });
    const rebuilt = await started(environmentOf(folder));
    await sameAnswers(rebuilt);
  });

  it('is opened by processes that read all of it', async () => {
    const folder = unpack('folder', emptyFolder());
    await everyProcessHasRead(environmentOf(folder));
    expect(closing(openSqlite(pathIn(folder, dataFiles.readModels))).pragma('page_size', { simple: true })).toBe(4096);
  });

  it('has open tickets, which are reached by the mailed code; what was handed out before opens nothing', async () => {
    const folder = unpack('folder', emptyFolder());
    const mailer = collectingMailer();
    const { settings } = readSettings(environmentOf(folder), () => '');
    const app = closing(await createApplication({ settings, ports: { clock: { now: () => asOf }, mailer }, processes: false }));
    while ((await app.inject('/health/ready')).statusCode !== 200) await sleep(50);
    const { ports } = app.get<OpenedPorts>(openedToken);
    // as 0.1.0 computed it of the master key
    const key = hkdfSync('sha256', bytesOf('folder/master.key'), Buffer.alloc(0), 'tichet-albastru/manage-token', 32);
    const { rows } = await ports.readModels.select<TicketStatusRow>(tables.ticketStatus, { limit: 500 });
    const open = rows.filter(({ status, mode }) => status === 'scheduled' && mode !== 'in-person');
    expect(open).not.toEqual([]);
    for (const { ticketId, reference } of open) {
      const token = createHmac('sha256', Buffer.from(key)).update(ticketId).digest('base64url');
      const headers = { authorization: `Bearer ${token}` };
      expect((await app.inject({ url: `/api/v1/tickets/${ticketId}`, headers })).statusCode).toBe(401);
      const browser = new BrowserOf({ app, ports });
      await browser.visit(`/tichet/${reference}`);
      await browser.send(`/tichet/${reference}/deschide/cod`);
      await browser.get(`/tichet/${reference}/deschide?trimis=1`);
      await sendOpeningLetters(ports, asOf);
      const code = /^\d{6}$/mu.exec(mailer.letters.at(-1)?.text ?? '')?.[0] ?? '';
      expect((await browser.send(`/tichet/${reference}/deschide`, { code })).location).toBe(`/tichet/${reference}?facut=deschis`);
      expect((await browser.get(`/tichet/${reference}`)).status).toBe(200);
    }
  });

  it('would not pass with an answer that differs', async () => {
    const service = await started(environmentOf(unpack('folder', emptyFolder())));
    const [question = '', answer] = Object.entries(answers).find(([path]) => path.includes('/eligibility')) ?? [];
    const [role = '', path = ''] = question.split(' ');
    const today: unknown = JSON.parse(await asked(service, role, path));
    expect(today).toMatchObject(Object(answer));
    expect(today).not.toMatchObject({ ...Object(answer), eligible: 'differs' });
  });
});

describe('a backup of version 0.1.0', () => {
  it('is restored and verified', async () => {
    const backup = unpack('backup', emptyFolder());
    const folder = join(emptyFolder(), 'restored');
    mkdirSync(folder, { mode: 0o700 });
    for (const key of ['master.key', 'token.key']) writeFileSync(join(folder, key), bytesOf(`folder/${key}`), { mode: 0o400 });
    const since = openSqliteOperations({ folder, answerKey: Buffer.alloc(32) });
    await since.tokens.revoke('token-1', asOf, asOf);
    since.close();
    expect(await tichet(folder, 'restore', backup)).toMatchObject({ exit: 0 });
    const restored = openSqliteOperations({ folder, answerKey: Buffer.alloc(32) });
    expect(await restored.tokens.isRevoked('token-1')).toBe(true);
    restored.close();
    const { exit, stdout } = await tichet(folder, 'verify', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ events: 1035, faults: [] });
  });
});

describe('a PostgreSQL schema of version 0.1.0', () => {
  let environment: Readonly<Record<string, string>>;
  beforeEach(async () => {
    const database = await createTestDatabase();
    await askDatabase(database.url, bytesOf('postgres.sql').toString('utf8'));
    const folder = emptyFolder();
    for (const key of ['master.key', 'token.key']) writeFileSync(join(folder, key), bytesOf(`folder/${key}`), { mode: 0o400 });
    environment = {
      ...environmentOf(folder),
      TICHET_EVENT_STORE: 'postgres',
      TICHET_READ_MODELS: 'postgres',
      TICHET_POSTGRES_URL: database.url,
    };
  });

  it('is opened: the same events byte for byte, and the same answers', async () => {
    const service = await started(environment);
    expect(await feed(service)).toBe(events);
    await sameAnswers(service);
  });

  it('is opened by processes that read all of it', async () => {
    await everyProcessHasRead(environment);
  });
});
