import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { join } from 'node:path';
import {
  createAdapter,
  equipAll,
  localTokens,
  LocalSocketModule,
  openPorts,
  portToken,
  type Ports,
  portsToken,
  type Projection,
  projectionsToken,
  readSettings,
  Tables,
  TableUnusable,
  TichetAlbastruModule,
} from '../../src';
import { Background } from '../../src/infrastructure/nest/background';
import { allProjections } from '../../src/projections/all-projections';
import { ticketStatus } from '../../src/projections/ticket-status/ticket-status';
import { environmentOf, tichetIn } from '../infrastructure/tools/command-line/captured';
import { type HandledRow, handledRequests, registerRequests, uncountable } from '../support/own-table';
import { onPostgres, type Place } from '../support/places';
import { emptyFolder } from '../support/closing';
import { askDatabase } from '../support/postgres';

const patience = 30_000;
const name = 'handled-requests';
const inFolder = (): Promise<Place> => Promise.resolve({ settings: {}, close: () => Promise.resolve() });
const inMemory = (): Promise<Place> => Promise.resolve({ settings: { TICHET_EVENT_STORE: 'memory' }, close: () => Promise.resolve() });

type Environment = Readonly<Record<string, string>>;
const hosts: NestFastifyApplication[] = [];
const closeHosts = async (): Promise<void> => {
  for (const host of hosts.splice(0)) await host.close();
};
afterEach(closeHosts);

const somewhere = async (open: () => Promise<Place>): Promise<Environment> => ({
  ...environmentOf(emptyFolder()),
  ...(await open()).settings,
});

/** A host with tables of its own. `followed`: what stands under the token in their place. */
const hostOn = async (environment: Environment, own: readonly Projection[], followed?: readonly Projection[]) => {
  const { settings } = readSettings(environment, () => '');
  @Module({
    imports: [TichetAlbastruModule.forRoot({ settings, projections: own, processes: false, web: true }), LocalSocketModule],
  })
  class HostModule {}
  const building = Test.createTestingModule({ imports: [HostModule] });
  if (followed !== undefined) building.overrideProvider(projectionsToken).useValue(followed);
  const app = (await building.compile()).createNestApplication<NestFastifyApplication>(createAdapter(), {
    bodyParser: false,
    logger: false,
  });
  hosts.push(app);
  await equipAll(app);
  await app.init();
  const ports = app.get<Ports>(portsToken);
  const token = await localTokens(app.get<Uint8Array>(portToken.tokenKey), ports.clock).official({ role: 'admin', person: 'p.admin' });
  return {
    app,
    ports,
    tables: app.get(Tables),
    call: async (method: 'GET' | 'POST', url: string) => {
      const { statusCode, body } = await app.inject({ method, url, headers: { authorization: `Bearer ${token}` } });
      return { status: statusCode, body };
    },
    reached: async () => ports.readModels.reached(await ports.store.end(), patience),
  };
};
type Host = Awaited<ReturnType<typeof hostOn>>;

const commandOn =
  (environment: Environment, own: readonly Projection[] = []) =>
  (...argv: readonly string[]) =>
    tichetIn(environment, [...argv, '--json'], { projections: own });

const reported = async (environment: Environment): Promise<readonly unknown[]> => {
  const { TICHET_POSTGRES_URL: url, TICHET_DATA_DIR: folder = '' } = environment;
  if (url === undefined) {
    const database = openSqlite(join(folder, 'read-models.db'), { readonly: true });
    const rows = database.prepare('SELECT staff_id, requests FROM reporting_v1_handled_requests ORDER BY staff_id').all();
    database.close();
    return rows;
  }
  return askDatabase(
    url,
    `SELECT staff_id, requests::int AS requests FROM reporting.v1_handled_requests
     WHERE has_table_privilege('tichet_reporting', 'reporting.v1_handled_requests', 'SELECT') ORDER BY staff_id`,
  );
};

/** In the long form, `npm run test:long`, each place is asked each thing. */
const inFull = process.env['FAULTS'] === 'full';
const everywhere = [
  ['in memory', inMemory],
  ['in a data folder', inFolder],
  ['on PostgreSQL', onPostgres],
] as const;

describe.each(everywhere)('a table of the host’s own, %s', (where, open) => {
  it('is made, followed, listed, measured and filled anew; a new version replaces the old one', async () => {
    const environment = await somewhere(open);
    const host = await hostOn(environment, [handledRequests()]);
    await registerRequests(host.ports, 'f02', 100, 3);
    const end = await registerRequests(host.ports, 'f03', 200, 1);
    expect(await host.reached()).toBe(true);
    expect(await host.ports.readModels.get<HandledRow>(name, 'f02')).toEqual({ staffId: 'f02', requests: 3, made: 1 });
    expect((await host.tables.list()).filter((table) => table.name === name)).toEqual([{ name, version: 1, position: end, rows: 2 }]);
    expect((await host.call('GET', '/metrics')).body).toContain(`tichet_projection_behind{projection="${name}"} 0`);
    expect(await host.tables.rebuild(name)).toEqual([{ projection: name, outcome: 'switched' }]);
    expect(await host.tables.rebuild('nobody’s')).toEqual([]);
    const rows = [
      { staff_id: 'f02', requests: 3 },
      { staff_id: 'f03', requests: 1 },
    ];
    if (where === 'in memory') return;
    expect(await reported(environment)).toEqual(rows);
    await closeHosts();

    const next = await hostOn(environment, [handledRequests({ version: 2 })]);
    while ((await next.ports.readModels.get<HandledRow>(name, 'f02'))?.made !== 2) await new Promise(setImmediate);
    expect(await reported(environment)).toEqual(rows);
  });

  it('has rows that wait for a person, as ours have: retried at each door once the code is mended', async () => {
    const environment = await somewhere(open);
    const host = await hostOn(environment, [handledRequests({ mended: false })]);
    await registerRequests(host.ports, 'f02', Number(uncountable), 2);
    await host.reached();
    const parkedIn = async ({ tables }: Host) => (await tables.parked())[0]?.id ?? '';
    expect(await host.tables.parked()).toMatchObject([{ projection: name, key: 'f02', error: 'RangeError: uncountable', waiting: 1 }]);
    const id = await parkedIn(host);
    expect(JSON.parse((await host.call('POST', `/api/v1/parked/${id}/retry`)).body)).toMatchObject({
      result: 'still-parked',
    });
    expect(await parkedIn(host)).toBe(id);
    if (where === 'in memory') return;
    await closeHosts();
    // where our tichet opens it by itself, it does not have the code of the table, and says so
    const ours = await commandOn(environment)('projections', 'parked', '--retry', id);
    expect([ours.exit, JSON.parse(ours.stdout)]).toEqual([6, { id, outcome: 'of-another-program' }]);
    expect((await commandOn(environment, [handledRequests()])('projections', 'parked')).stdout).toContain('uncountable');

    const mended = await hostOn(environment, [handledRequests()]);
    expect(JSON.parse((await mended.call('POST', `/api/v1/parked/${await parkedIn(mended)}/retry`)).body)).toMatchObject({
      result: 'done',
    });
    expect(await mended.ports.readModels.get<HandledRow>(name, 'f02')).toMatchObject({ requests: 2 });
  });
});

describe.each([
  ['in a data folder', inFolder],
  ['on PostgreSQL', onPostgres],
] as const)('a new version that is refused, %s', (_, open) => {
  it('holds up nothing: reads do not wait for the old one, which stands as it is until a version can replace it', async () => {
    const environment = await somewhere(open);
    const first = await hostOn(environment, [handledRequests()]);
    const before = await registerRequests(first.ports, 'f02', Number(uncountable), 1);
    expect(await first.reached()).toBe(true);
    await closeHosts();

    const refused = await hostOn(environment, [handledRequests({ version: 2, mended: false })]);
    expect(await refused.tables.rebuild(name)).toEqual([{ projection: name, outcome: 'parks-more' }]);
    await registerRequests(refused.ports, 'f03', 200, 1);
    expect(await refused.reached()).toBe(true);
    expect(await refused.app.get(Background, { strict: false }).readiness()).toBe('ready');
    expect((await refused.tables.list()).filter((table) => table.name === name)).toEqual([{ name, version: 1, position: before, rows: 1 }]);
    expect(await refused.ports.readModels.get<HandledRow>(name, 'f02')).toMatchObject({ made: 1 });
    expect((await refused.call('GET', '/metrics')).body).not.toContain(`tichet_projection_behind{projection="${name}"} 0\n`);
    await closeHosts();
    const listed = await commandOn(environment, [handledRequests({ version: 2, mended: false })])('projections', 'list');
    expect(JSON.parse(listed.stdout)).toMatchObject({
      projections: expect.arrayContaining([expect.objectContaining({ name, version: 1 })]),
    });

    const mended = await hostOn(environment, [handledRequests({ version: 3 })]);
    expect(await mended.tables.rebuild(name)).toEqual([{ projection: name, outcome: 'switched' }]);
    expect(await mended.reached()).toBe(true);
    expect(await mended.ports.readModels.get<HandledRow>(name, 'f03')).toMatchObject({ requests: 1, made: 3 });
  });
});

/** A table of the host whose reporting view is made with this SQL. */
const withView = (sql: NonNullable<Projection['views']>[number]['sql'], version = 1): Projection => ({
  ...handledRequests({ version }),
  views: [{ name: 'handled_requests', sql }],
});

/** Changes with every change of a view. */
const stampOfViews = async ({ TICHET_POSTGRES_URL: url, TICHET_DATA_DIR: folder = '' }: Environment): Promise<unknown> => {
  if (url === undefined) {
    const database = openSqlite(join(folder, 'read-models.db'), { readonly: true });
    const stamp = database.pragma('schema_version', { simple: true });
    database.close();
    return stamp;
  }
  return askDatabase(url, `SELECT xmin FROM pg_rewrite WHERE ev_class = 'reporting.v1_handled_requests'::regclass`);
};

describe.each([
  ['in a data folder', inFolder],
  ['on PostgreSQL', onPostgres],
] as const)('a reporting view, %s', (_, open) => {
  const wrong = [
    ['no SQL', withView(({ rows }) => `SELEC key FROM ${rows}`)],
    ['a column that there is not', withView(({ rows }) => `SELECT nothing AS staff_id FROM ${rows}`)],
    [
      'a function that throws',
      withView(() => {
        throw new TypeError('no SQL');
      }),
    ],
  ] as const;

  it.each(inFull ? wrong : wrong.slice(0, 1))(
    'of %s is refused at the start with a sentence that names table and view, and the table is not made',
    async (__, table) => {
      const environment = await somewhere(open);
      const refusal = await hostOn(environment, [table]).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(TableUnusable);
      expect(String(refusal)).toContain('The reporting view handled_requests of the table handled-requests cannot be made');
      expect(String(refusal)).toContain('Vederea handled_requests a tabelului handled-requests nu poate fi făcută');
      await closeHosts();
      const listed = await commandOn(environment)('projections', 'list');
      expect(listed.stdout).not.toContain(name);
      const host = await hostOn(environment, [handledRequests()]);
      await registerRequests(host.ports, 'f02', 100, 2);
      await host.reached();
      expect(await reported(environment)).toEqual([{ staff_id: 'f02', requests: 2 }]);
    },
  );

  it.each(inFull ? wrong : wrong.slice(1, 2))(
    'of %s in a new version is refused as well: what is read stays as it was',
    async (__, { views = [] }) => {
      const environment = await somewhere(open);
      const host = await hostOn(environment, [handledRequests()]);
      await registerRequests(host.ports, 'f02', 100, 2);
      await host.reached();
      await closeHosts();
      const before = await stampOfViews(environment);
      for (const version of [1, 2]) {
        await expect(hostOn(environment, [{ ...handledRequests({ version }), views }])).rejects.toThrow(TableUnusable);
        await closeHosts();
      }
      expect(await reported(environment)).toEqual([{ staff_id: 'f02', requests: 2 }]);
      expect(await stampOfViews(environment)).toEqual(before);
      const listed = await commandOn(environment)('projections', 'list');
      expect(JSON.parse(listed.stdout)).toMatchObject({
        projections: expect.arrayContaining([expect.objectContaining({ name, version: 1 })]),
      });
    },
  );

  it('whose SQL was changed is made anew at the next start, without a new version; one that is as it was stays', async () => {
    const environment = await somewhere(open);
    const host = await hostOn(environment, [handledRequests()]);
    await registerRequests(host.ports, 'f02', 100, 2);
    await host.reached();
    await closeHosts();
    const before = await stampOfViews(environment);
    await hostOn(environment, [handledRequests()]);
    await closeHosts();
    expect(await stampOfViews(environment)).toEqual(before);
    const doubled = withView(
      ({ rows, text, integer }) =>
        `SELECT 'all' AS more, ${text('staffId')} AS staff_id, 2 * ${integer('requests')} AS requests FROM ${rows};`,
    );
    await hostOn(environment, [doubled]);
    expect(await reported(environment)).toEqual([{ staff_id: 'f02', requests: 4 }]);
    await closeHosts();
    const after = await stampOfViews(environment);
    expect(after).not.toEqual(before);
    await hostOn(environment, [doubled]);
    expect(await stampOfViews(environment)).toEqual(after);
  });
});

describe.each([
  ['in a data folder', inFolder],
  ['on PostgreSQL', onPostgres],
] as const)('a table that is not declared any more, %s', (_, open) => {
  it('is removed by whoever confirms it: rows, view, what is parked and how far it was', async () => {
    const environment = await somewhere(open);
    const own = [handledRequests({ mended: false })];
    const host = await hostOn(environment, own);
    await registerRequests(host.ports, 'f02', Number(uncountable), 2);
    await registerRequests(host.ports, 'f03', 200, 1);
    await host.reached();
    expect(await host.tables.drop(name, 'somebody')).toEqual({ outcome: 'declared' });
    const overSocket = await commandOn(environment)('projections', 'drop', name, '--yes');
    expect([overSocket.exit, JSON.parse(overSocket.stdout)]).toEqual([6, { code: 'declared' }]);
    await closeHosts();

    const [ours, theirs] = [commandOn(environment), commandOn(environment, own)];
    expect((await theirs('projections', 'drop', name, '--yes')).exit).toBe(6);
    const asked = await ours('projections', 'drop', name);
    expect([asked.exit, JSON.parse(asked.stdout)]).toEqual([2, { table: name, outcome: 'left', rows: 1, parked: 2 }]);
    expect((await ours('projections', 'parked')).stdout).toContain('uncountable');
    expect((await reported(environment)).length).toBe(1);
    const done = await ours('projections', 'drop', name, '--yes');
    expect([done.exit, JSON.parse(done.stdout)]).toEqual([0, { table: name, outcome: 'dropped', rows: 1, parked: 2 }]);
    expect((await ours('projections', 'list')).stdout).not.toContain(name);
    expect((await ours('projections', 'parked')).exit).toBe(0);
    await expect(reported(environment)).rejects.toThrow(/no such table|does not exist/);
    expect((await ours('projections', 'drop', name, '--yes')).exit).toBe(3);
    expect((await ours('projections', 'drop', 'ticket-status', '--yes')).exit).toBe(6);
    const without = await hostOn(environment, []);
    const kept = JSON.parse((await without.ports.operations.keyValues.get('tables-dropped')) ?? '') as unknown;
    expect(kept).toMatchObject([{ table: name, rows: 1, parked: 2, by: expect.stringMatching(/^command-line\.p\./) }]);
    await closeHosts();

    const again = await hostOn(environment, [handledRequests()]);
    await again.reached();
    expect(await reported(environment)).toEqual([
      { staff_id: 'f02', requests: 2 },
      { staff_id: 'f03', requests: 1 },
    ]);
  });
});

type OddRow = ReturnType<Projection['apply']>;
/** As code without types may answer: what JSON.parse gives is whatever it is said to be. */
const untyped = (answer: unknown): OddRow => Object.assign(Object.create(null), { answer }).answer;
const circle = (): OddRow => {
  const row: Record<string, unknown> = {};
  row['row'] = row;
  return row;
};

describe.each(everywhere)('an answer that no table can keep, %s', (_, open) => {
  it.each<[what: string, answer: () => OddRow]>([
    ['a number that JSON does not know', () => ({ requests: 1n })],
    ['a circle', circle],
    ['a promise', () => untyped(Promise.resolve({ requests: 1 }))],
    ['a promise that fails', () => untyped(Promise.reject(new Error('later')))],
    ['null', () => untyped(null)],
    ['a text', () => untyped('one')],
    ['a list', () => untyped([1])],
  ])('parks its row alone: %s', async (what, answer) => {
    const odd: Projection = {
      ...handledRequests(),
      apply: (row, event, key) => (key === 'f02' ? answer() : { staffId: key, requests: 1 }),
    };
    const host = await hostOn(await somewhere(open), [odd]);
    await registerRequests(host.ports, 'f02', 100, 1);
    await registerRequests(host.ports, 'f03', 200, 1);
    expect([what, await host.reached()]).toEqual([what, true]);
    expect(await host.tables.parked()).toMatchObject([{ projection: name, key: 'f02', waiting: 0 }]);
    expect(await host.ports.readModels.get(name, 'f03')).toMatchObject({ requests: 1 });
  });

  it('parks the fact alone whose key is none', async () => {
    const odd: Projection = { ...handledRequests(), keysOf: () => ['\0'] };
    const host = await hostOn(await somewhere(open), [odd]);
    await registerRequests(host.ports, 'f02', 100, 1);
    expect(await host.reached()).toBe(true);
    expect(await host.tables.parked()).toMatchObject([{ projection: name, waiting: 0 }]);
  });
});

/** Everything of this program that knows of tables, asked for the host's: each says whether it has seen it. */
const seenBy = async (environment: Environment, own: readonly Projection[], followed?: readonly Projection[]) => {
  const seen: Record<string, boolean> = {};
  const host = await hostOn(environment, own, followed);
  // what is in the log is new to whoever follows it now
  await registerRequests(host.ports, 'f02', Number(uncountable), followed === undefined ? 1 : 2);
  await host.reached();
  const standalone = commandOn(environment);
  seen['the background'] = (await host.ports.readModels.position(name)) === (await host.ports.store.end());
  seen['the list'] = (await host.tables.list()).some((table) => table.name === name);
  seen['a rebuild'] = (await host.tables.rebuild(name)).length === 1;
  seen['the metrics'] = (await host.call('GET', '/metrics')).body.includes(`projection="${name}"`);
  const [parked] = await host.tables.parked();
  seen['the API'] = (await host.call('POST', `/api/v1/parked/${parked?.id ?? 'none'}/retry`)).status === 200;
  seen['the command line, over the socket'] = (await standalone('projections', 'rebuild', name)).exit === 0;
  await closeHosts();
  return seen;
};

describe('every place that knows of tables', () => {
  it('takes them from one provider: with the host’s table there each of them sees it, without it none', async () => {
    const own = [handledRequests({ mended: false })];
    const environment = await somewhere(inFolder);
    const all = await seenBy(environment, own);
    const none = await seenBy(environment, own, allProjections);
    expect(all).toEqual(Object.fromEntries(Object.keys(all).map((place) => [place, true])));
    expect(none).toEqual(Object.fromEntries(Object.keys(all).map((place) => [place, false])));
  });

  it.each([
    ['in a data folder', inFolder],
    ['on PostgreSQL', onPostgres],
  ] as const)(
    'the command line %s: as the host’s own it lists, fills and examines the table; ours sees that it is there',
    async (where, open) => {
      const environment = await somewhere(open);
      const own = [handledRequests()];
      const host = await hostOn(environment, own);
      await registerRequests(host.ports, 'f02', 100, 3);
      await host.reached();
      await closeHosts();
      const [ours, theirs] = [commandOn(environment), commandOn(environment, own)];

      const listed = async (command: typeof ours): Promise<readonly { readonly name: string }[]> =>
        (JSON.parse((await command('projections', 'list')).stdout) as { projections: readonly { readonly name: string }[] }).projections;
      expect((await listed(theirs)).filter((table) => table.name === name)).toMatchObject([{ version: 1, rows: 1 }]);
      expect((await listed(ours)).filter((table) => table.name === name)).toMatchObject([{ version: 1, rows: 1, ofAnotherProgram: true }]);

      expect(await theirs('projections', 'rebuild', name)).toMatchObject({ exit: 0 });
      expect(await ours('projections', 'rebuild', name)).toMatchObject({ exit: 3 });

      // our program goes on with the log alone: the table of the other one stays behind, and the doctor says so
      const opened = await openPorts(readSettings(environment, () => '').settings);
      await registerRequests(opened.ports, 'f02', 200, 1);
      await opened.close();
      expect(await ours('projections', 'rebuild', 'ticket-status')).toMatchObject({ exit: 0 });
      for (const command of [ours, theirs]) expect((await command('doctor')).stdout).toMatch(/"findings":.*handled-requests/);
      expect(await theirs('projections', 'rebuild', name)).toMatchObject({ exit: 0 });
      for (const command of [ours, theirs]) expect((await command('doctor')).stdout).not.toContain(name);

      if (where === 'on PostgreSQL') return;
      const drilled = async (command: typeof ours) =>
        JSON.parse((await command('drill')).stdout) as { tables: { name: string; rows: number }[]; outdated: string[]; faults: [] };
      const [compared, notCompared] = [await drilled(theirs), await drilled(ours)];
      expect([compared.faults, compared.outdated]).toEqual([[], []]);
      expect(compared.tables.filter((table) => table.name === name)).toEqual([{ name, rows: 1, differing: 0 }]);
      expect([notCompared.faults, notCompared.outdated]).toEqual([[], [name]]);
    },
  );

  it('waits for no table that a host has taken out again', async () => {
    const environment = await somewhere(inFolder);
    const host = await hostOn(environment, [handledRequests()]);
    await registerRequests(host.ports, 'f02', 100, 1);
    await host.reached();
    await closeHosts();
    const without = await hostOn(environment, []);
    await registerRequests(without.ports, 'f02', 200, 1);
    expect(await without.reached()).toBe(true);
    expect(await without.app.get(Background, { strict: false }).readiness()).toBe('ready');
  });
});

describe('a table that cannot stand beside the others', () => {
  const own = handledRequests();
  const view = (called: string) => [{ name: called, sql: () => 'SELECT 1' }];
  it.each([
    ['has the name of one of ours', { ...own, name: ticketStatus.name }],
    ['has the name of one of ours that is derived', { ...own, name: 'audit-trail' }],
    ['has the name of the to-dos of a process', { ...own, name: 'process-booking' }],
    ['has a name that is none', { ...own, name: 'Handled_Requests' }],
    ['has a name that PostgreSQL would cut off', { ...own, name: 'a'.repeat(41) }],
    ['has a name that SQLite keeps for itself', { ...own, name: 'sqlite-master' }],
    ['has a reporting view of ours', { ...own, views: view('tickets') }],
    ['has a reporting view that is none', { ...own, views: view('x"; DROP VIEW reporting_v1_tickets; --') }],
  ])('%s: the application ends at its start with a sentence, and nothing is opened', async (_, table) => {
    const folder = emptyFolder();
    const { settings } = readSettings(environmentOf(folder), () => '');
    const building = Test.createTestingModule({ imports: [TichetAlbastruModule.forRoot({ settings, projections: [table] })] });
    await expect(building.compile()).rejects.toThrow(TableUnusable);
  });

  it.each<[what: string, projections: unknown, where: RegExp]>([
    ['tables that are no list', own, /\(projections\)/],
    ['an entry that is no table', [null], /projections\[0\]/],
    ['a table without a name', [{ ...own, name: undefined }], /projections\[0\]\.name/],
    ...['1.0', NaN, undefined, 0, -1, 1.5, 2 ** 31].map((version): [string, unknown, RegExp] => [
      `the version ${String(version)}`,
      [{ ...own, version }],
      /projections\[0\]\(handled-requests\)\.version/,
    ]),
    ['no columns', [{ ...own, columns: undefined }], /\.columns /],
    ['a column of an unknown type', [{ ...own, columns: { n: 'blob' } }], /\.columns\.n /],
    ['columns that differ in capitals alone', [{ ...own, columns: { n: 'integer', N: 'integer' } }], /\.columns\.N /],
    ['a column whose name PostgreSQL would cut off', [{ ...own, columns: { ['c'.repeat(61)]: 'integer' } }], /\.columns\.c+ /],
    ['an index of another column', [{ ...own, indexes: [['nothing']] }], /\.indexes /],
    ['an unknown category', [{ ...own, looksAt: { nonsense: 'all' } }], /\.looksAt .*request, agenda/],
    ['types that are no list', [{ ...own, looksAt: { request: 'RequestRegistered' } }], /\.looksAt /],
    ['a misspelt type', [{ ...own, looksAt: { request: ['RequestRegistred'] } }], /\.looksAt .*RequestRegistred.* RequestRegistered, /],
    ['no keysOf', [{ ...own, keysOf: undefined }], /\.keysOf /],
    ['no apply', [{ ...own, apply: undefined }], /\.apply /],
    ['a view without sql', [{ ...own, views: [{ name: 'handled' }] }], /\.views /],
    ['a derived table that derives nothing', [{ ...own, derived: { name: 'more', columns: {} } }], /\.derived\.namedBy /],
  ])('%s: refused at the start with a sentence that says where', async (_, projections, where) => {
    const { settings } = readSettings(environmentOf(emptyFolder()), () => '');
    const parts = {};
    Object.assign(parts, { projections });
    const opening = openPorts(settings, {}, parts);
    await expect(opening).rejects.toThrow(TableUnusable);
    await expect(opening).rejects.toThrow(where);
  });

  it('twice the same', async () => {
    const { settings } = readSettings(environmentOf(emptyFolder()), () => '');
    await expect(openPorts(settings, {}, { projections: [own, handledRequests()] })).rejects.toThrow(TableUnusable);
  });
});
