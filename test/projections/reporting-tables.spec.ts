import Database from 'better-sqlite3';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Projection } from '../../src/application/kernel/ports/projection';
import type { RowWrite } from '../../src/application/kernel/ports/projection-store';
import type { Row } from '../../src/application/kernel/ports/read-models';
import type { ReportingTable, ReportingTableView } from '../../src/application/kernel/ports/reporting';
import type { ReportingStore } from '../../src/application/kernel/ports/reporting-store';
import type { Instant } from '../../src/domain/kernel/fact';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { openReporting } from '../../src/infrastructure/database/postgres/reporting-role';
import { fixedClock, type FixedClock } from '../../src/infrastructure/testing/fixed-clock';
import { PostgresReadModels } from '../../src/infrastructure/tables/read-models/postgres-read-models';
import { SqliteReadModels } from '../../src/infrastructure/tables/read-models/sqlite-read-models';
import type { TableStore } from '../../src/infrastructure/tables/read-models/table-read-models';
import { openPostgresReporting } from '../../src/infrastructure/tables/reporting/postgres-reporting';
import { openSqliteReporting } from '../../src/infrastructure/tables/reporting/sqlite-reporting';
import { catchUpReporting, type ReportingPorts } from '../../src/projections/kernel/fill-reporting';
import { createTestDatabase } from '../support/postgres';
import { closing, emptyFolder } from '../support/closing';

type Errand = {
  readonly departmentCode: string;
  readonly dueAt?: Instant;
  readonly parts?: readonly string[];
  readonly broken?: true;
};

const errands: Projection = { name: 'errands', version: 1, columns: {}, keysOf: () => [], apply: () => undefined };

const sentences = (columns: Readonly<Record<string, ReportingTable['columns'][string]['type']>>): ReportingTable['columns'] =>
  Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, { type, told: `What ${name} says.` }]));

const table: ReportingTable<Errand> = {
  name: 'errands',
  told: 'One row for each part of an errand.',
  version: 1,
  columns: sentences({
    errand_id: 'text',
    part: 'text',
    department_code: 'text',
    due_at: 'instant',
    due_on: 'date',
    overdue: 'boolean',
    parts: 'integer',
    share: 'number',
    asked_at: 'instant',
  }),
  key: ['errand_id', 'part'],
  indexes: [['department_code', 'due_on']],
  source: 'errands',
  sourceKey: 'errand_id',
  department: 'department_code',
  rowsOf: ({ departmentCode, dueAt, parts = ['all'], broken }, key, at) => {
    if (broken) throw new RangeError('no such errand');
    const due = dueAt === undefined ? {} : { due_at: dueAt, due_on: dueAt.slice(0, 10), overdue: at > dueAt };
    const rows = parts.map((part) => ({
      ...{ errand_id: key, part, department_code: departmentCode, parts: parts.length, share: 1 / parts.length, asked_at: at },
      ...due,
    }));
    return { rows, ...(dueAt !== undefined && at <= dueAt && { nextChangeAt: dueAt }) };
  },
};

const byDepartment: ReportingTableView = {
  name: 'errands_by_department',
  told: 'How many errands each department has, and how many of them are overdue.',
  columns: { department_code: 'The department.', errands: 'All of them.', overdue: 'Those that are overdue.' },
  sql: (of) =>
    `SELECT department_code, count(*) AS errands, count(*) FILTER (WHERE overdue) AS overdue FROM ${of('errands')} GROUP BY department_code`,
};

type Asked = readonly Readonly<Record<string, unknown>>[];
type Place = {
  readonly models: TableStore;
  readonly reporting: ReportingStore;
  /** as whoever reads beside the service */
  readonly ask: (statement: string) => Promise<Asked>;
  /** what another start of the service opens */
  readonly again: () => Place;
};

const inSqlite = (folder: string): Place => {
  const models = closing(new SqliteReadModels(join(folder, 'read-models.db')));
  const file = join(folder, 'reporting.db');
  const reporting = closing(openSqliteReporting(file, models.sources()));
  const ask = (statement: string): Promise<Asked> => {
    const beside = new Database(file, { readonly: true });
    try {
      return Promise.resolve(beside.prepare<[], Readonly<Record<string, unknown>>>(statement).all());
    } finally {
      beside.close();
    }
  };
  return { models, reporting, ask, again: () => inSqlite(folder) };
};

const inPostgres = async (): Promise<Place & { readonly url: string }> => {
  const { url } = await createTestDatabase();
  const postgres = closing(await openPostgres({ url }));
  await openReporting(postgres.pool);
  const client = closing(new Client({ connectionString: url }));
  await client.connect();
  await client.query('SET search_path = reporting');
  const open = (): Place => {
    const models = closing(new PostgresReadModels(postgres));
    return {
      models,
      reporting: openPostgresReporting(postgres.pool, models.sources()),
      ask: async (statement) => (await client.query<Readonly<Record<string, unknown>>>(statement)).rows,
      again: open,
    };
  };
  return { ...open(), url };
};

/** A service that fills the tables, with a clock that stands still. */
class World {
  readonly lines: string[] = [];
  private written = 0;

  constructor(
    readonly place: Place,
    readonly clock: FixedClock = fixedClock('2026-03-02T08:00:00.000Z'),
  ) {}

  get ports(): ReportingPorts {
    const note = (event: string): void => {
      this.lines.push(event);
    };
    const { models: readModels, reporting } = this.place;
    return { reporting, readModels, clock: this.clock, logger: { info: note, warn: note, error: note } };
  }

  async write(rows: Readonly<Record<string, Errand | undefined>>): Promise<void> {
    const [build] = await this.place.models.prepare(errands);
    if (build === undefined) throw new Error('There is no build.');
    const writes = Object.entries(rows).map(([key, row]): RowWrite => ({ table: 'errands', key, row: row }));
    this.written += 1;
    const next = String(Number(build.checkpoint) + 1).padStart(20, '0');
    expect(await this.place.models.commit([{ build, expected: build.checkpoint, next, writes, parks: [], unparks: [] }])).toBe('committed');
  }

  /** Puts another build with these rows in the place of the one that is read. */
  async rebuild(rows: Readonly<Record<string, Errand>>): Promise<void> {
    const before = (await this.place.models.builds()).find(({ state }) => state === 'live');
    const build = await this.place.models.startBuild({ ...errands, version: 2 });
    const writes = Object.entries(rows).map(([key, row]): RowWrite => ({ table: 'errands', key, row }));
    const next = before?.checkpoint ?? '';
    await this.place.models.commit([{ build, expected: '', next, writes, parks: [], unparks: [] }]);
    expect(await this.place.models.switchTo({ ...errands, version: 2 }, build)).toBe('switched');
  }

  fill(...tables: readonly ReportingTable[]): Promise<void> {
    const declared = tables.length === 0 ? [table] : tables;
    return catchUpReporting(this.ports, { tables: declared as readonly ReportingTable[], views: [byDepartment] });
  }

  async rows(columns = 'errand_id, part, overdue'): Promise<Asked> {
    const rows = await this.place.ask(`SELECT ${columns} FROM v2_errands ORDER BY errand_id, part`);
    // SQLite has no flags
    return rows.map((row) =>
      'overdue' in row && row['overdue'] !== null ? { ...row, overdue: row['overdue'] === true || row['overdue'] === 1 } : row,
    );
  }

  freshness(): Promise<Asked> {
    return this.place.ask('SELECT * FROM v2_freshness');
  }
}

const places: readonly (readonly [string, () => Promise<Place>])[] = [
  ['SQLite', () => Promise.resolve(inSqlite(emptyFolder()))],
  ['PostgreSQL', inPostgres],
];

describe.each(places)('the reporting tables in %s', (_kind, open) => {
  let world: World;
  beforeEach(async () => {
    world = new World(await open());
    await world.place.models.prepare(errands);
  });

  it('hold what the rows of the source make, with views over them, and follow each change of it', async () => {
    await world.write({
      a: { departmentCode: '425', parts: ['one', 'two'] },
      b: { departmentCode: '426', dueAt: '2026-03-05T09:00:00.000Z' },
    });
    await world.fill();
    expect(await world.rows()).toEqual([
      { errand_id: 'a', part: 'one', overdue: null },
      { errand_id: 'a', part: 'two', overdue: null },
      { errand_id: 'b', part: 'all', overdue: false },
    ]);
    await world.write({ a: { departmentCode: '425', parts: ['two'] }, b: undefined, c: { departmentCode: '427' } });
    await world.fill();
    expect(await world.rows('errand_id, part')).toEqual([
      { errand_id: 'a', part: 'two' },
      { errand_id: 'c', part: 'all' },
    ]);
    expect(
      (await world.place.ask('SELECT department_code FROM v2_errands_by_department ORDER BY 1')).map((row) => row['department_code']),
    ).toEqual(['425', '427']);
  });

  it('turn when their time has come and no fact with it, after a restart as well, and not a moment before', async () => {
    await world.write({ a: { departmentCode: '425', dueAt: '2026-03-05T09:00:00.000Z' } });
    await world.fill();
    expect(await world.freshness()).toEqual([expect.objectContaining({ table_name: 'v2_errands', behind_events: 0, parked: 0 })]);
    world.clock.set('2026-03-05T09:00:00.000Z');
    await world.fill();
    expect(await world.rows()).toEqual([{ errand_id: 'a', part: 'all', overdue: false }]);
    world = new World(world.place.again(), world.clock);
    world.clock.set('2026-03-05T09:00:00.001Z');
    await world.fill();
    expect(await world.rows()).toEqual([{ errand_id: 'a', part: 'all', overdue: true }]);
    expect((await world.freshness())[0]?.['judged_until']).toBeNull();
  });

  it('say again what is true now when the clock that has turned them goes back', async () => {
    await world.write({ a: { departmentCode: '425', dueAt: '2026-03-05T09:00:00.000Z' } });
    world.clock.set('2026-04-01T09:00:00.000Z');
    await world.fill();
    expect(await world.rows()).toEqual([{ errand_id: 'a', part: 'all', overdue: true }]);
    world.clock.set('2026-03-02T09:00:00.000Z');
    await world.fill();
    expect(await world.rows()).toEqual([{ errand_id: 'a', part: 'all', overdue: false }]);
    world.clock.set('2026-03-05T09:00:01.000Z');
    await world.fill();
    expect(await world.rows()).toEqual([{ errand_id: 'a', part: 'all', overdue: true }]);
  });

  it('are filled anew, each row, when another build of the source is read: what it lacks goes', async () => {
    const many = Object.fromEntries(Array.from({ length: 350 }, (_, n) => [`e${String(n).padStart(3, '0')}`, { departmentCode: '425' }]));
    await world.write(many);
    await world.fill();
    expect(await world.rows('count(*) AS n, 1 AS errand_id, 1 AS part')).toHaveLength(1);
    const { e100, e349, ...kept } = many;
    expect([e100, e349]).not.toContain(undefined);
    await world.rebuild({ ...kept, e050: { departmentCode: '999' } });
    await world.fill();
    const rows = await world.rows('errand_id, part, department_code');
    expect(rows).toHaveLength(348);
    expect(rows.filter((row) => row['department_code'] === '999')).toEqual([{ errand_id: 'e050', part: 'all', department_code: '999' }]);
  });

  it('are filled anew in place when their version is raised, with the columns that came', async () => {
    await world.write({ a: { departmentCode: '425' } });
    await world.fill();
    const { columns } = table;
    const wider: ReportingTable<Errand> = {
      ...table,
      version: 2,
      columns: { ...columns, extra: { type: 'text', told: 'What came later.' } },
      rowsOf: (row) => ({ rows: [{ errand_id: 'a', part: 'all', department_code: row.departmentCode, extra: 'here' }] }),
    };
    await world.fill(wider);
    expect(await world.rows('errand_id, extra, parts')).toEqual([{ errand_id: 'a', extra: 'here', parts: null }]);
  });

  it('lack a row that cannot be made, say so, and hold all others; it comes with the next change, or start', async () => {
    await world.write({ a: { departmentCode: '425' }, b: { departmentCode: '425' } });
    await world.fill();
    await world.write({ a: { departmentCode: '425', broken: true }, b: { departmentCode: '426' }, c: { departmentCode: '427' } });
    await world.fill();
    expect(await world.rows('errand_id, department_code')).toEqual([
      { errand_id: 'b', department_code: '426' },
      { errand_id: 'c', department_code: '427' },
    ]);
    expect(await world.place.reporting.parked()).toEqual([
      { table: 'errands', key: 'a', error: 'RangeError: no such errand', parkedAt: world.clock.now() },
    ]);
    expect(await world.freshness()).toEqual([expect.objectContaining({ parked: 1 })]);
    expect(world.lines).toContain('reporting-parked');
    const mended: ReportingTable<Errand> = {
      ...table,
      rowsOf: (row, key, ...rest) => table.rowsOf({ ...row, broken: undefined as never }, key, ...rest),
    };
    await world.fill(mended);
    expect(await world.rows('errand_id')).toHaveLength(3);
    expect(await world.place.reporting.parked()).toEqual([]);
  });

  it.each<[string, Errand, string]>([
    ['a date that is none', { departmentCode: '425', dueAt: 'tomorrow' }, 'due_at is no instant'],
    ['a text that is none', { departmentCode: 425 as unknown as string }, 'department_code is no text'],
  ])('do not take %s, which no database would', async (_what, row, sentence) => {
    await world.write({ a: row, b: { departmentCode: '426' } });
    await world.fill();
    expect(await world.rows('errand_id')).toEqual([{ errand_id: 'b' }]);
    expect((await world.place.reporting.parked())[0]?.error).toContain(sentence);
  });

  it('take the two hundred changes that were made while nobody filled them', async () => {
    await world.fill();
    for (let n = 0; n < 200; n += 1) await world.write({ [`e${n % 150}`]: { departmentCode: String(n) } });
    expect((await world.place.reporting.waiting()).get('errands')?.changes).toBe(150);
    world = new World(world.place.again(), world.clock);
    await world.fill();
    expect(await world.rows('errand_id')).toHaveLength(150);
    expect((await world.place.ask(`SELECT department_code FROM v2_errands WHERE errand_id = 'e49'`))[0]).toEqual({
      department_code: '199',
    });
    expect(await world.freshness()).toEqual([expect.objectContaining({ behind_events: 0, position: String(200).padStart(20, '0') })]);
  });

  it('write nothing that rests on an older look than another one has written', async () => {
    await world.write({ a: { departmentCode: '425' } });
    await world.fill();
    const { reporting } = world.place;
    const late = await reporting.look(world.clock.now(), 10);
    await world.write({ a: { departmentCode: '426' } });
    await world.fill();
    const batch = { turn: late.turn, at: world.clock.now(), changes: [], begun: [], asked: [{ table: 'errands', key: 'a', rows: [] }] };
    expect(await reporting.commit(batch)).toBe('moved');
    expect(await world.rows('department_code, errand_id, part')).toHaveLength(1);
  });

  it('keep a change that came while its row was asked', async () => {
    await world.write({ a: { departmentCode: '425' } });
    await world.fill();
    const changing: ReportingTable<Errand> = {
      ...table,
      rowsOf: async (row, key, ...rest) => {
        if (row.departmentCode === '426') await world.write({ a: { departmentCode: '427' } });
        return table.rowsOf(row, key, ...rest);
      },
    };
    await world.write({ a: { departmentCode: '426' } });
    await world.fill(changing);
    expect(await world.rows('department_code')).toEqual([{ department_code: '427' }]);
  });

  it('note the changes of their sources, and of no other table', async () => {
    const [other] = await world.place.models.prepare({ ...errands, name: 'others' });
    await world.fill();
    if (other === undefined) throw new Error('There is no build.');
    await world.place.models.commit([
      { build: other, expected: '', next: '1', writes: [{ table: 'others', key: 'x', row: {} }], parks: [], unparks: [] },
    ]);
    expect(await world.place.models.sources().counts()).toEqual(new Map());
  });
});
