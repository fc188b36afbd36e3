import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { join } from 'node:path';
import { Client, types } from 'pg';
import type { Projection } from '../../../src/application/kernel/ports/projection';
import type { Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { BuildChange, RowWrite } from '@tichet-albastru/event-log/ports/projection-store';
import type { ReportingTable, ReportingTableView } from '@tichet-albastru/event-log/ports/reporting';
import type { ReportingStore } from '@tichet-albastru/event-log/ports/reporting-store';
import type { Instant } from '../../../src/domain/kernel/fact';
import type { LogValues } from '@tichet-albastru/event-log/ports/logger';
import { openPostgres } from '../../../src/infrastructure/nest/postgres';
import { openReporting } from '@tichet-albastru/event-log/reporting/reporting-role';
import { fixedClock, type FixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import type { TableStore } from '@tichet-albastru/event-log/read-models/table-read-models';
import { openPostgresReporting } from '@tichet-albastru/event-log/reporting/postgres-reporting';
import { openSqliteReporting } from '@tichet-albastru/event-log/reporting/sqlite-reporting';
import { catchUpReporting, type ReportingDeclared, type ReportingPorts } from '@tichet-albastru/event-log/reporting/fill-reporting';
import { createTestDatabase } from '../../support/postgres';
import { closing } from '../../support/closing';

// a date is no moment, whatever the driver makes of it by itself
types.setTypeParser(types.builtins.DATE, String);

export type Errand = {
  readonly departmentCode: string;
  readonly dueAt?: Instant;
  readonly parts?: readonly string[];
  readonly broken?: true;
};

export const errands: Projection = { name: 'errands', version: 1, columns: {}, keysOf: () => [], apply: () => undefined };

const sentences = (columns: Readonly<Record<string, ReportingTable['columns'][string]['type']>>): ReportingTable['columns'] =>
  Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, { type, told: `What ${name} says.` }]));

export const errandsTable: ReportingTable<Errand> = {
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

export const byDepartment: ReportingTableView = {
  name: 'errands_by_department',
  told: 'How many errands each department has, and how many of them are overdue.',
  columns: { department_code: 'The department.', errands: 'All of them.', overdue: 'Those that are overdue.' },
  sql: (of) =>
    `SELECT department_code, count(*) AS errands, count(*) FILTER (WHERE overdue) AS overdue FROM ${of('errands')} GROUP BY department_code`,
};

export const declaredErrands: ReportingDeclared = { tables: [errandsTable], views: [byDepartment] };

export type Asked = readonly Readonly<Record<string, unknown>>[];
export type Place = {
  readonly models: TableStore;
  readonly reporting: ReportingStore;
  /** as whoever reads beside the service */
  readonly ask: (statement: string) => Promise<Asked>;
  /** what another start of the service opens */
  readonly again: () => Place;
  readonly close: () => void;
};

export const inSqlite = (folder: string): Place => {
  const models = closing(new SqliteReadModels(join(folder, 'read-models.db')));
  const file = join(folder, 'reporting.db');
  const reporting = closing(openSqliteReporting(file, models.sources()));
  const ask = (statement: string): Promise<Asked> => {
    const beside = openSqlite(file, { readonly: true });
    try {
      return Promise.resolve(beside.prepare<[], Readonly<Record<string, unknown>>>(statement).all());
    } finally {
      beside.close();
    }
  };
  const close = (): void => {
    reporting.close();
    models.close();
  };
  return { models, reporting, ask, again: () => inSqlite(folder), close };
};

export const inPostgres = async (): Promise<Place & { readonly url: string }> => {
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
      close: () => {
        models.close();
      },
    };
  };
  return { ...open(), url };
};

/** Whoever fills the tables, with a clock that stands still. */
export class World {
  readonly lines: string[] = [];
  readonly told: LogValues[] = [];
  private written = 0;

  constructor(
    readonly place: Place,
    readonly clock: FixedClock = fixedClock('2026-03-02T08:00:00.000Z'),
  ) {}

  get ports(): ReportingPorts {
    const note = (event: string, values: LogValues = {}): void => {
      this.lines.push(event);
      this.told.push(values);
    };
    const { models: readModels, reporting } = this.place;
    return { reporting, readModels, clock: this.clock, logger: { info: note, warn: note, error: note } };
  }

  async write(rows: Readonly<Record<string, Errand | undefined>>, to: Projection = errands): Promise<void> {
    const [build] = await this.place.models.prepare(to);
    if (build === undefined) throw new Error('There is no build.');
    const writes = Object.entries(rows).map(([key, row]): RowWrite => ({ table: to.name, key, row: row }));
    this.written += 1;
    const next = String(Number(build.checkpoint) + 1).padStart(20, '0');
    expect(await this.place.models.commit([{ build, expected: build.checkpoint, next, writes, parks: [], unparks: [] }])).toBe('committed');
  }

  /** An event of each of these keys cannot be applied. */
  async park(keys: readonly string[], of: Projection): Promise<void> {
    const event: Recorded = {
      ...{ position: '1'.padStart(20, '0'), stream: 'errands', revision: 0, id: 'e', type: 'Told', body: '{}', hash: 'h' },
    };
    const parks = keys.map((key) => ({ table: of.name, key, event, error: 'TypeError', parkedAt: this.clock.now() }));
    await this.settle(of, { parks, unparks: [] });
  }

  async unpark(keys: readonly string[], of: Projection): Promise<void> {
    await this.settle(of, { parks: [], unparks: keys.map((key) => ({ table: of.name, key })) });
  }

  private async settle(of: Projection, settled: Pick<BuildChange, 'parks' | 'unparks'>): Promise<void> {
    const [build] = await this.place.models.prepare(of);
    if (build === undefined) throw new Error('There is no build.');
    const { checkpoint } = build;
    expect(await this.place.models.commit([{ build, expected: checkpoint, next: checkpoint, writes: [], ...settled }])).toBe('committed');
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
    return catchUpReporting(this.ports, tables.length === 0 ? declaredErrands : { ...declaredErrands, tables });
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
