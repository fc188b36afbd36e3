import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { runReporting } from '@tichet-albastru/event-log/reporting/fill-reporting';
import { closing } from '../../support/closing';
import { eventually } from '../../support/eventually';
import { byDepartment, errands, errandsTable, inPostgres, World, type Asked, type Place } from '../kernel/errands';

describe('the reporting tables in PostgreSQL', () => {
  let world: World;
  let admin: Client;
  let address: string;
  const roles: string[] = [];

  const asRole = async (role: string, statement: string): Promise<Asked> => {
    await admin.query(`SET ROLE ${role}`);
    try {
      return (await admin.query<Readonly<Record<string, unknown>>>(statement)).rows;
    } finally {
      await admin.query('RESET ROLE');
    }
  };
  /** Roles belong to all databases of a server: these are ours alone. */
  const newRole = async (...granted: readonly string[]): Promise<string> => {
    const role = `reports_${randomBytes(6).toString('hex')}`;
    roles.push(role);
    await admin.query(`CREATE ROLE ${role} NOLOGIN`);
    for (const other of granted) await admin.query(`GRANT ${other} TO ${role}`);
    return role;
  };
  const departmentsSeenBy = async (role: string, table = 'v2_errands'): Promise<readonly unknown[]> =>
    (await asRole(role, `SELECT department_code FROM reporting.${table} ORDER BY 1`)).map((row) => row['department_code']);

  beforeEach(async () => {
    const place: Place & { readonly url: string } = await inPostgres();
    world = new World(place);
    address = place.url;
    admin = closing(new Client({ connectionString: place.url }));
    await admin.connect();
    await place.models.prepare(errands);
    await world.write({
      a: { departmentCode: '425', dueAt: '2026-03-05T09:00:00.000Z' },
      b: { departmentCode: '426', parts: ['one', 'two', 'three'] },
      c: { departmentCode: '427' },
    });
    await world.fill();
  });

  afterEach(async () => {
    for (const role of roles.splice(0)) await admin.query(`DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`);
  });

  it('have the types of what they hold, a key, and the indexes that were declared', async () => {
    const types = await world.place.ask(`SELECT column_name AS name, data_type AS type, is_nullable AS nullable
      FROM information_schema.columns WHERE table_schema = 'reporting' AND table_name = 'v2_errands' ORDER BY ordinal_position`);
    expect(Object.fromEntries(types.map(({ name, type }) => [name, type]))).toEqual({
      errand_id: 'text',
      part: 'text',
      department_code: 'text',
      due_at: 'timestamp with time zone',
      due_on: 'date',
      overdue: 'boolean',
      parts: 'integer',
      share: 'double precision',
      asked_at: 'timestamp with time zone',
    });
    expect(types.filter(({ nullable }) => nullable === 'NO').map(({ name }) => name)).toEqual(['errand_id', 'part']);
    const indexes = await world.place.ask(`SELECT indexdef FROM pg_indexes WHERE tablename = 'v2_errands' ORDER BY indexdef`);
    expect(indexes.map(({ indexdef }) => String(indexdef).replace(/^.* USING btree /, ''))).toEqual([
      '(department_code, due_on)',
      '(errand_id, part)',
    ]);
    expect((await world.place.ask(`SELECT due_at, share FROM v2_errands WHERE errand_id = 'a'`))[0]).toEqual({
      due_at: new Date('2026-03-05T09:00:00.000Z'),
      share: 1,
    });
  });

  it('say of every table, view and column what it is', async () => {
    const said = await world.place
      .ask(`SELECT c.relname AS name, obj_description(c.oid) AS told, min(coalesce(col_description(c.oid, a.attnum), '')) AS least
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE n.nspname = 'reporting' AND c.relkind IN ('r', 'v') GROUP BY c.oid, c.relname ORDER BY c.relname`);
    expect(said.map(({ name }) => name)).toEqual(['department_roles', 'v2_errands', 'v2_errands_by_department', 'v2_freshness']);
    for (const { told, least } of said) expect([told, least]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
    expect(said.find(({ name }) => name === 'v2_errands')?.['told']).toBe(errandsTable.told);
  });

  it('are read by whoever draws reports, all of them, and by a department’s role as far as they are the department’s', async () => {
    const all = await newRole('tichet_reporting');
    const one = await newRole('tichet_reporting_department');
    await admin.query(`INSERT INTO reporting.department_roles VALUES ('${one}', '425'), ('${one}', '427')`);
    expect(await departmentsSeenBy(all)).toEqual(['425', '426', '426', '426', '427']);
    expect(await departmentsSeenBy(one)).toEqual(['425', '427']);
    expect(await departmentsSeenBy(one, `v2_${byDepartment.name}`)).toEqual(['425', '427']);
    expect(await asRole(one, 'SELECT table_name FROM reporting.v2_freshness')).toEqual([{ table_name: 'v2_errands' }]);
    await expect(asRole(one, 'SELECT * FROM tichet.reporting_tables')).rejects.toThrow('permission denied');
    for (const statement of ['DELETE FROM reporting.v2_errands', `INSERT INTO reporting.department_roles VALUES ('${one}', '426')`])
      await expect(asRole(one, statement)).rejects.toThrow('permission denied');
  });

  it('show whoever logs in for a department its rows alone, whichever role he takes, and nothing until he is listed', async () => {
    const login = await newRole('tichet_reporting_department');
    await admin.query(`ALTER ROLE ${login} LOGIN PASSWORD 'test'`);
    const seenAs = async (user: string, taken: string): Promise<readonly unknown[]> => {
      const url = new URL(address);
      [url.username, url.password] = [user, 'test'];
      const client = new Client({ connectionString: url.href });
      await client.connect();
      try {
        await client.query(`SET ROLE ${taken}`);
        return (await client.query<Asked[number]>('SELECT department_code FROM reporting.v2_errands ORDER BY 1')).rows.map(
          (row) => row['department_code'],
        );
      } finally {
        await client.end();
      }
    };
    const taken = ['NONE', 'tichet_reporting_department'];
    for (const role of taken) expect(await seenAs(login, role)).toEqual([]);
    await admin.query(`INSERT INTO reporting.department_roles VALUES ('${login}', '425')`);
    for (const role of taken) expect(await seenAs(login, role)).toEqual(['425']);
    const renamed = `${login}_renamed`;
    await admin.query(`ALTER ROLE ${login} RENAME TO ${renamed}; ALTER ROLE ${renamed} PASSWORD 'test'`);
    roles.splice(roles.indexOf(login), 1, renamed);
    for (const role of taken) expect(await seenAs(renamed, role)).toEqual([]);
    await admin.query(`GRANT tichet_reporting TO ${renamed}`);
    for (const role of taken) expect(await seenAs(renamed, role)).toHaveLength(5);
  });

  it('are read by a role that was made after them, from the next start on', async () => {
    const one = await newRole('tichet_reporting_department');
    await admin.query(`INSERT INTO reporting.department_roles VALUES ('${one}', '425')`);
    await admin.query(`REVOKE ALL ON ALL TABLES IN SCHEMA reporting FROM tichet_reporting_department;
      REVOKE USAGE ON SCHEMA reporting FROM tichet_reporting_department`);
    await expect(departmentsSeenBy(one)).rejects.toThrow('permission denied');
    await world.fill();
    for (const table of ['v2_errands', `v2_${byDepartment.name}`]) expect(await departmentsSeenBy(one, table)).toEqual(['425']);
  });

  it('leave a view that rests on them, and what an administrator has granted, in a rebuild, with a version raised and with a column more', async () => {
    const granted = await newRole();
    await admin.query(
      `CREATE VIEW public.mine AS SELECT errand_id, department_code FROM reporting.v2_errands WHERE NOT coalesce(overdue, true)`,
    );
    await admin.query(`CREATE VIEW public.ours AS SELECT sum(errands) AS errands FROM reporting.v2_errands_by_department`);
    await admin.query(`GRANT USAGE ON SCHEMA reporting TO ${granted}; GRANT SELECT ON reporting.v2_errands TO ${granted}`);
    const stands = async (errandsNow: string, mine: readonly unknown[]): Promise<void> => {
      expect((await admin.query('SELECT * FROM public.mine')).rows).toEqual(mine);
      expect((await admin.query('SELECT * FROM public.ours')).rows).toEqual([{ errands: errandsNow }]);
      expect(await departmentsSeenBy(granted)).toHaveLength(Number(errandsNow));
    };
    await stands('5', [{ errand_id: 'a', department_code: '425' }]);
    await world.rebuild({ a: { departmentCode: '428', dueAt: '2026-03-05T09:00:00.000Z' }, d: { departmentCode: '425' } });
    await world.fill();
    await stands('2', [{ errand_id: 'a', department_code: '428' }]);
    const extra = { type: 'text', told: 'What came later.' } as const;
    const { due_on: gone, ...kept } = errandsTable.columns;
    expect(gone).toBeDefined();
    await world.fill({ ...errandsTable, version: 2 });
    await stands('2', [{ errand_id: 'a', department_code: '428' }]);
    await world.fill({
      ...errandsTable,
      version: 3,
      indexes: [],
      columns: { ...kept, extra },
      rowsOf: (row, key) => ({
        rows: [{ errand_id: key, part: 'all', overdue: false, extra: 'here', department_code: String(row['departmentCode']) }],
      }),
    });
    await stands('2', [
      { errand_id: 'a', department_code: '428' },
      { errand_id: 'd', department_code: '425' },
    ]);
    expect(await world.rows('extra')).toEqual([{ extra: 'here' }, { extra: 'here' }]);
    expect(
      await world.place.ask(`SELECT col_description('reporting.v2_errands'::regclass, attnum) AS told FROM pg_attribute
      WHERE attrelid = 'reporting.v2_errands'::regclass AND attname = 'due_on'`),
    ).toEqual([{ told: 'Is not filled any more.' }]);
  });

  it('leave an index that an administrator has made', async () => {
    await admin.query('CREATE INDEX mine ON reporting.v2_errands (part)');
    await world.fill({ ...errandsTable, indexes: [] });
    expect((await admin.query(`SELECT indexname FROM pg_indexes WHERE tablename = 'v2_errands' ORDER BY 1`)).rows).toEqual([
      { indexname: 'mine' },
      { indexname: 'v2_errands_pkey' },
    ]);
  });

  it('that are declared no more go, unless somebody’s view rests on them', async () => {
    await admin.query('CREATE VIEW public.mine AS SELECT errand_id FROM reporting.v2_errands');
    const other = { ...errandsTable, name: 'other_errands' };
    const { ports } = world;
    const declare = async (): Promise<void> => {
      await ports.reporting.prepare([other], []);
    };
    await declare();
    expect(
      await world.place.ask(
        `SELECT to_regclass('reporting.v2_errands') AS stands, to_regclass('reporting.v2_errands_by_department') AS view`,
      ),
    ).toEqual([{ stands: 'v2_errands', view: null }]);
    await admin.query('DROP VIEW public.mine');
    await world.fill();
    await declare();
    expect(await world.place.ask(`SELECT to_regclass('reporting.v2_errands') AS stands`)).toEqual([{ stands: null }]);
  });

  it('are filled anew from what a process of an earlier version wrote beside, which notes no changes', async () => {
    await admin.query(`UPDATE tichet.builds SET commits = commits + 1`);
    const table = (await admin.query<{ readonly name: string }>(`SELECT 'errands__' || build AS name FROM tichet.builds`)).rows[0]?.name;
    await admin.query(`UPDATE tichet.${table ?? ''} SET row = replace(row, '427', '428')`);
    await world.fill();
    await world.fill();
    expect((await world.rows('department_code')).map((row) => row['department_code'])).toEqual(['425', '426', '426', '426', '428']);
    expect(await world.place.models.sources().counts()).toEqual(new Map());
  });

  it('start with the texts that stand: nobody waits for whoever reads, and no comment is written again', async () => {
    await admin.query('BEGIN');
    await admin.query('SELECT count(*) FROM reporting.v2_errands');
    const started = new World(world.place.again(), world.clock);
    await started.fill();
    expect(started.lines).toEqual([]);
    await admin.query('COMMIT');
  });

  it('that say something else are written while somebody reads: he is not waited for', async () => {
    await admin.query('BEGIN');
    await admin.query(`SELECT * FROM reporting.v2_errands, reporting.v2_${byDepartment.name}, reporting.v2_freshness`);
    await world.fill({ ...errandsTable, told: 'One row for each part.', version: 2 });
    await admin.query('COMMIT');
    expect(world.lines).toEqual([]);
    expect(await world.place.ask(`SELECT obj_description('reporting.v2_errands'::regclass) AS told`)).toEqual([
      { told: 'One row for each part.' },
    ]);
  });

  it.each([
    ['are filled as they stand', 'as-they-stand', errandsTable.columns],
    ['wait', 'held', { ...errandsTable.columns, extra: { type: 'text', told: 'What came later.' } as const }],
  ])('%s while somebody reads what is to be changed, and are brought to what is declared behind him', async (_what, prepared, columns) => {
    const view = {
      ...byDepartment,
      told: 'Those that have some.',
      sql: (of: (name: string) => string) => `${byDepartment.sql(of)} HAVING count(*) > 0`,
    };
    const declared = { tables: [{ ...errandsTable, columns }], views: [view] };
    await admin.query('BEGIN');
    await admin.query(`SELECT * FROM reporting.v2_errands, reporting.v2_${byDepartment.name}`);
    const stop = new AbortController();
    const preparing = jest.spyOn(world.place.reporting, 'prepare');
    const tries = (): number => preparing.mock.calls.length;
    const departments = async (): Promise<string> => JSON.stringify(await world.rows('department_code'));
    const running = runReporting(world.ports, declared, { signal: stop.signal, every: 50, patience: 100 });
    try {
      await eventually('the line', () => world.lines.includes('reporting-behind-reader'));
      await world.write({ a: { departmentCode: '999' } });
      if (prepared === 'held') {
        const before = tries();
        await eventually('a whole try', () => tries() > before + 1);
        expect(await departments()).not.toContain('999');
      } else await eventually('the row', async () => (await departments()).includes('999'));
      await admin.query('COMMIT');
      await eventually('what is declared', async () => {
        const [row] = await world.place.ask(`SELECT obj_description('reporting.v2_${byDepartment.name}'::regclass) AS told`);
        return row?.['told'] === view.told;
      });
      await eventually('the row', async () => (await departments()).includes('999'));
      expect(world.lines).toEqual(['reporting-behind-reader']);
    } finally {
      stop.abort();
      await running;
    }
  });
});
