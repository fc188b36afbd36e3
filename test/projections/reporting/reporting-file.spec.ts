import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogValues } from '@tichet-albastru/event-log/ports/logger';
import { ReportingUnavailable, type ReportingTable } from '@tichet-albastru/event-log/ports/reporting';
import { createStorageHealth } from '@tichet-albastru/event-log/database/storage-health';
import { Background } from '../../../src/infrastructure/nest/background';
import { followedTables } from '../../../src/infrastructure/nest/tables';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { openSqliteReporting, sqliteReportingLooked } from '@tichet-albastru/event-log/reporting/sqlite-reporting';
import { createMetrics } from '../../../src/infrastructure/telemetry/metrics';
import { createTestPorts, silentLogger } from '../../../src/infrastructure/testing/test-ports';
import { closing, emptyFolder } from '../../support/closing';
import { driverFile, readsTypeScript } from '../../support/driver-of-sqlite';
import { eventually } from '../../support/eventually';
import { errands, errandsTable, inSqlite, World, type Errand } from '../kernel/errands';

/** Reads in one snapshot before and after a word, and once more behind it. */
const reader = `
  const database = require(process.argv[2]).openSqlite(process.argv[1], { readonly: true });
  const count = () => database.prepare('SELECT count(*) FROM v2_errands').pluck().get();
  database.exec('BEGIN');
  console.log(count());
  process.stdin.once('data', () => {
    const before = count();
    database.exec('COMMIT');
    console.log(before, count());
    database.close();
    process.exit(0);
  });`;

const many = (count: number, departmentCode = '425'): Readonly<Record<string, Errand>> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`e${String(n).padStart(3, '0')}`, { departmentCode }]));

describe('the file of the reporting tables', () => {
  let folder: string;
  let world: World;
  const file = (): string => join(folder, 'reporting.db');
  const departments = async (): Promise<readonly unknown[]> =>
    (await world.place.ask('SELECT DISTINCT department_code FROM v2_errands ORDER BY 1')).map((row) => row['department_code']);
  /** Another start of the service, behind the end of this one. */
  const startAgain = (): void => {
    world = new World(inSqlite(folder), world.clock);
  };
  const remove = (name: string): void => {
    for (const beside of ['', '-wal', '-shm']) rmSync(join(folder, name + beside), { force: true });
  };

  beforeEach(async () => {
    folder = emptyFolder();
    world = new World(inSqlite(folder));
    await world.place.models.prepare(errands);
    await world.write(many(30));
    await world.fill();
  });

  it('is read by another process, which sees a state of it, while it is filled on', async () => {
    const child = spawn(process.execPath, [...readsTypeScript, '-e', reader, file(), driverFile], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [first] = await once(child.stdout, 'data');
    expect(String(first).trim()).toBe('30');
    await world.write(many(50));
    await world.fill();
    child.stdin.write('go on\n');
    const [second] = await once(child.stdout, 'data');
    expect(String(second).trim()).toBe('30 50');
  });

  it('is its owner’s alone until whoever runs the service lets others read it, which a start leaves so', async () => {
    const mode = (): number => statSync(file()).mode & 0o777;
    expect(mode()).toBe(0o600);
    chmodSync(file(), 0o640);
    world.place.close();
    startAgain();
    await world.fill();
    expect(mode()).toBe(0o640);
  });

  it.each([
    ['away while it is open', false, () => undefined],
    ['away between two starts', true, () => undefined],
    [
      'damaged between two starts',
      true,
      (path: string) => {
        writeFileSync(path, 'no database any more'.repeat(500));
      },
    ],
  ])('that is %s is made anew, by itself', async (_what, isAnotherStart, harm) => {
    if (isAnotherStart) world.place.close();
    remove('reporting.db');
    harm(file());
    if (isAnotherStart) startAgain();
    else await expect(world.place.reporting.look(world.clock.now(), 1)).rejects.toThrow('taken away');
    await world.fill();
    expect(await world.rows('errand_id')).toHaveLength(30);
    expect(existsSync(file())).toBe(true);
  });

  it('that is made anew is read by whoever could read the one before', async () => {
    chmodSync(file(), 0o640);
    await world.fill();
    remove('reporting.db');
    await expect(world.fill()).resolves.toBeUndefined();
    expect(statSync(file()).mode & 0o777).toBe(0o640);
    expect(await world.rows('errand_id')).toHaveLength(30);
  });

  it('that could not be made anew is tried again, and stays where it is once it is closed', async () => {
    remove('reporting.db');
    mkdirSync(file());
    await expect(world.fill()).rejects.toThrow();
    rmdirSync(file());
    await world.fill();
    expect(await world.rows('errand_id')).toHaveLength(30);
    world.place.close();
    await expect(world.place.reporting.freshness()).rejects.toThrow('not open');
    expect(existsSync(file())).toBe(true);
  });

  it('that is away is told of as an empty one, and keeps nobody from the other numbers', async () => {
    const { reporting } = world.place;
    const metrics = createMetrics();
    metrics.watchReading({ ...createTestPorts(), tables: ['staff-calendar'], processes: [], reporting });
    expect(await metrics.text()).toMatch(
      /^tichet_reporting_behind_seconds{table="v2_errands"} [^]*^tichet_reporting_parked_rows{table="v2_errands"} 0$/m,
    );
    remove('reporting.db');
    const meanwhile = await metrics.text();
    expect(meanwhile).not.toContain('v2_errands');
    expect(meanwhile).toContain('tichet_projection_behind{projection="staff-calendar"} ');
    expect([await reporting.freshness(), await reporting.parked()]).toEqual([[], []]);
    await world.fill();
    expect(await metrics.text()).toContain('tichet_reporting_parked_rows{table="v2_errands"} 0\n');
  });

  it('that cannot be opened says nothing of the folder that it is in, and is told once', async () => {
    world.place.close();
    remove('reporting.db');
    mkdirSync(file());
    startAgain();
    const lines: string[] = [];
    const error = (event: string, { name = '', kind = '', code = '' }: LogValues = {}): void => {
      lines.push([event, name, kind, code].join(' '));
    };
    const logger = { ...silentLogger, error };
    const storage = createStorageHealth(logger);
    storage.watch('folder', () => Promise.resolve());
    const rows = new MemoryReadModels();
    const { reporting } = world.place;
    const options = { processes: false, storage, reporting };
    const background = closing(new Background({ ...createTestPorts({ readModels: rows }), logger }, rows, followedTables(), options));
    await background.start();
    await eventually('the outage is told', () => lines.length > 0);
    // it fails again every second, and is told once
    await sleep(2500);
    expect(lines).toEqual(['background.failed reporting ReportingUnavailable SQLITE_CANTOPEN']);
    expect(storage.failing()).toEqual([]);
    await expect(reporting.fillAnew('tickets')).rejects.toThrow(ReportingUnavailable);
    const metrics = createMetrics();
    metrics.watchReading({ ...createTestPorts(), tables: ['staff-calendar'], processes: [], storage, reporting });
    expect(await metrics.text()).toContain('tichet_projection_behind{projection="staff-calendar"} ');
  });

  it('holds nothing of what a declaration says of a row that it could not take', async () => {
    const quoting: ReportingTable<Errand> = {
      ...errandsTable,
      rowsOf: (_, key) => {
        throw key === 'e000' ? new Error('Ion Popescu') : Object.assign(new RangeError('of Ion Popescu'), { name: 'Ion Popescu' });
      },
    };
    await world.write(many(2, '426'));
    await world.fill(quoting);
    expect((await world.place.reporting.parked()).map(({ error }) => error)).toEqual(['Error', 'not-an-error']);
    world.place.close();
    expect(readFileSync(file()).includes('Popescu')).toBe(false);
  });

  it('that is damaged while it is open is made anew, by itself', async () => {
    world.place.close();
    const bytes = readFileSync(file());
    // every page but the first two
    bytes.fill(7, 8192);
    writeFileSync(file(), bytes);
    startAgain();
    await world.write(many(31, '426'));
    await expect(world.fill()).rejects.toThrow('malformed');
    await world.fill();
    expect(await world.rows('errand_id')).toHaveLength(31);
    expect(await departments()).toEqual(['426']);
  });

  it('that is damaged and cannot be made anew says nothing of the folder that it is in, and is tried again', async () => {
    world.place.close();
    startAgain();
    await world.place.reporting.freshness();
    const bytes = readFileSync(file());
    bytes.fill(7, 8192);
    writeFileSync(file(), bytes);
    await world.write(many(31, '426'));
    // what stands beside it cannot be taken away
    rmSync(`${file()}-shm`);
    mkdirSync(`${file()}-shm`);
    for (let time = 0; time < 2; time += 1) await expect(world.fill()).rejects.toThrow(ReportingUnavailable);
    rmdirSync(`${file()}-shm`);
    await world.fill();
    expect(await world.rows('errand_id')).toHaveLength(31);
  });

  it('of a service that was killed between its commit and that of the changes is filled from them once more', async () => {
    const models = closing(new SqliteReadModels(join(folder, 'read-models.db')));
    const killed = { ...models.sources(), answered: () => Promise.reject(new Error('killed')) };
    const dying = new World({ ...world.place, models, reporting: closing(openSqliteReporting(file(), killed)) }, world.clock);
    await world.write(many(5, '426'));
    await expect(dying.fill()).rejects.toThrow('killed');
    expect(await departments()).toEqual(['425', '426']);
    startAgain();
    expect((await world.place.reporting.waiting()).size).toBe(0);
    await world.fill();
    expect((await world.freshness())[0]).toMatchObject({ behind_rows: 0 });
    expect(await world.rows('errand_id')).toHaveLength(30);
  });

  it('of before, which does not tell what waits in its sources, goes on where it is, and tells it', async () => {
    world.place.close();
    const before = openSqlite(file());
    before.exec(
      'DROP VIEW v2_freshness; ALTER TABLE reporting_tables DROP COLUMN source_parked; UPDATE reporting_state SET declared = NULL',
    );
    before.close();
    expect(await sqliteReportingLooked(file()).freshness()).toEqual([]);
    startAgain();
    await world.park(['e001'], errands);
    await world.fill();
    expect(await world.freshness()).toEqual([expect.objectContaining({ behind_rows: 0, source_parked: 1 })]);
    expect(await sqliteReportingLooked(file()).freshness()).toMatchObject([{ table: 'errands', sourceParked: 1 }]);
    expect(await world.rows('errand_id')).toHaveLength(30);
  });

  it('that has lost what it was filled with is filled anew, though no change is left', async () => {
    world.place.close();
    copyFileSync(file(), join(folder, 'before-the-crash.db'));
    startAgain();
    await world.write(many(5, '426'));
    await world.fill();
    await world.write(many(6, '427'));
    await world.fill();
    world.place.close();
    remove('reporting.db');
    copyFileSync(join(folder, 'before-the-crash.db'), file());
    startAgain();
    await world.fill();
    expect(await departments()).toEqual(['425', '427']);
  });

  it('beside other tables than those that it was filled from is filled anew', async () => {
    world.place.close();
    remove('read-models.db');
    startAgain();
    await world.place.models.prepare(errands);
    await world.write(many(3, '426'));
    await world.fill();
    expect(await departments()).toEqual(['426']);
    expect(await world.rows('errand_id')).toHaveLength(3);
  });

  it('waits for nobody who writes the tables: what was filled is told to be answered later', async () => {
    const sources = world.place.models.sources();
    let busy = true;
    const reporting = closing(
      openSqliteReporting(file(), { ...sources, answered: (...told) => (busy ? Promise.resolve('busy') : sources.answered(...told)) }),
    );
    world = new World({ ...world.place, reporting }, world.clock);
    await world.write(many(5, '426'));
    await world.fill();
    expect(await departments()).toEqual(['425', '426']);
    expect(await sources.counts()).toEqual(new Map([['errands', 5]]));
    busy = false;
    await reporting.look(world.clock.now(), 1);
    expect(await sources.counts()).toEqual(new Map());
  });
});
