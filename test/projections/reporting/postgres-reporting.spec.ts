import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { join } from 'node:path';
import { Client } from 'pg';
import { openPostgres, type Postgres } from '../../../src/infrastructure/nest/postgres';
import { openReporting } from '@tichet-albastru/event-log/reporting/reporting-role';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { allProjections } from '../../../src/projections/all-projections';
import { auditEvidence } from '../../../src/projections/audit-trail/audit-trail';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { rebuild } from '@tichet-albastru/event-log/projector/rebuild';
import { ticketFacts } from '../../../src/projections/ticket-facts/ticket-facts';
import { citizenAbsentHistory, clarificationHistory, onlineHistory, phoneHistory } from '../../support/histories';
import { createTestDatabase, type TestDatabase } from '../../support/postgres';
import { reportingColumns } from '../../support/reporting-columns';
import { asCase, beside, sideBySide, worldWith } from '../kernel/world';
import { closing, emptyFolder } from '../../support/closing';

type ReportRow = Readonly<Record<string, unknown>>;

/** Counts and sums come as text from PostgreSQL, where they may be larger than a double. */
const inNumbers = (rows: readonly ReportRow[]): readonly string[] =>
  rows
    .map((row) =>
      JSON.stringify(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value,
        ]),
      ),
    )
    .toSorted();

describe('the reporting views of PostgreSQL', () => {
  let folder: string;
  let database: TestDatabase;
  let postgres: Postgres;
  let models: PostgresReadModels;
  let sqlite: SqliteReadModels;
  const stories = sideBySide(
    ...[onlineHistory(), phoneHistory(), citizenAbsentHistory(), clarificationHistory()].map((story, n) => asCase(n, story)),
  );
  const rowsOf = async (view: string): Promise<readonly ReportRow[]> =>
    (await postgres.pool.query<ReportRow>(`SELECT * FROM reporting.v1_${view}`)).rows;

  beforeAll(async () => {
    folder = emptyFolder();
    database = await createTestDatabase();
    postgres = closing(await openPostgres({ url: database.url }));
    models = closing(new PostgresReadModels(postgres));
    sqlite = closing(new SqliteReadModels(join(folder, 'read-models.db')));
    expect(await openReporting(postgres.pool)).toEqual([]);
    const world = worldWith(models);
    await world.tell(...stories);
    await catchUp(world, allProjections);
    await catchUp(beside(world, sqlite), allProjections);
    for (const projection of [ticketFacts, auditEvidence]) expect(await rebuild(world, projection)).toBe('switched');
  });

  it.each(Object.entries(reportingColumns))(
    '%s has the columns that were promised, and says what it says in SQLite',
    async (view, promised) => {
      const rows = await rowsOf(view);
      const db = openSqlite(join(folder, 'read-models.db'), { readonly: true });
      const same = db.prepare<[], ReportRow>(`SELECT * FROM reporting_v1_${view}`).all();
      db.close();
      expect(Object.keys(rows[0] ?? {})).toEqual(promised.split(' '));
      expect(inNumbers(rows)).toEqual(inNumbers(same));
    },
  );

  it('say until when they stand, those of a database from before that as well', async () => {
    const said = async (): Promise<readonly unknown[]> => {
      const views = Object.keys(reportingColumns).map((view) => `obj_description('reporting.v1_${view}'::regclass)`);
      return Object.values(
        (await postgres.pool.query<ReportRow>(`SELECT ${views.map((told, n) => `${told} AS told${n}`).join(', ')}`)).rows[0] ?? {},
      );
    };
    const stays = expect.stringContaining('until 30 November 2027') as unknown;
    expect(await said()).toEqual(Object.keys(reportingColumns).map(() => stays));
    for (const view of Object.keys(reportingColumns)) await postgres.pool.query(`COMMENT ON VIEW reporting.v1_${view} IS NULL`);
    const again = closing(new PostgresReadModels(postgres));
    for (const projection of allProjections) await again.prepare(projection);
    expect(await said()).toEqual(Object.keys(reportingColumns).map(() => stays));
  });

  it('hold no personal data, sealed or not', async () => {
    for (const view of Object.keys(reportingColumns)) expect(JSON.stringify(await rowsOf(view))).not.toMatch(/sealed|contact:|@|POPESCU/i);
  });

  it('are read by the role for reports, which is refused everything else', async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      await client.query('SET ROLE tichet_reporting');
      for (const view of Object.keys(reportingColumns))
        expect((await client.query(`SELECT * FROM reporting.v1_${view}`)).rowCount).toBeGreaterThan(0);
      const { rows } = await postgres.pool.query<{ readonly name: string }>(
        `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'tichet' AND c.relkind = 'r'`,
      );
      expect(rows.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['events', 'builds', expect.stringMatching(/^staff_calendar__/)]),
      );
      for (const { name } of rows) await expect(client.query(`SELECT * FROM tichet."${name}"`)).rejects.toThrow('permission denied');
      await expect(client.query('CREATE VIEW reporting.mine AS SELECT 1')).rejects.toThrow('permission denied');
    } finally {
      await client.end();
    }
  });

  it('are left to an administrator where the user may make no role', async () => {
    const other = await createTestDatabase();
    const name = new URL(other.url).pathname.slice(1);
    const admin = closing(new Client({ connectionString: other.url }));
    await admin.connect();
    await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD 'test'; GRANT CREATE ON DATABASE ${name} TO ${name}`);
    const url = new URL(other.url);
    url.username = name;
    url.password = 'test';
    const owned = await openPostgres({ url: url.href });
    // the role stands already, made by another database's service: this one only grants what is its own
    expect(await openReporting(owned.pool)).toEqual([]);
    await admin.query('ALTER SCHEMA reporting OWNER TO CURRENT_USER');
    expect(await openReporting(owned.pool)).toEqual(['tichet_reporting']);
    await owned.close();
    await admin.query(`DROP OWNED BY ${name} CASCADE; DROP ROLE ${name}`);
  });
});
