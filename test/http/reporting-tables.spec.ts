import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { join } from 'node:path';
import { createAdapter, equipAll, localTokens, portToken, type Ports, portsToken, readSettings, TichetAlbastruModule } from '../../src';
import { communicateAnswer } from '../../src/application/requests/register-request';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { environmentOf, tichetIn } from '../infrastructure/tools/command-line/captured';
import { emptyFolder } from '../support/closing';
import { eventually } from '../support/eventually';
import { feed, registerRequests } from '../support/own-table';
import { onPostgres, type Place } from '../support/places';
import { askDatabase } from '../support/postgres';
import { browse, textOf } from '../infrastructure/web/registry/support/browsing';
import { mustBeDone } from './support/service';

type Environment = Readonly<Record<string, string>>;
const inFolder = (): Promise<Place> => Promise.resolve({ settings: {}, close: () => Promise.resolve() });
const hosts: NestFastifyApplication[] = [];
const closeHosts = async (): Promise<void> => {
  for (const host of hosts.splice(0)) await host.close();
};
afterEach(closeHosts);

const clock = fixedClock();
const hostOn = async (environment: Environment) => {
  const { settings } = readSettings(environment, () => '');
  @Module({ imports: [TichetAlbastruModule.forRoot({ settings, ports: { clock }, processes: false, web: true })] })
  class HostModule {}
  const building = Test.createTestingModule({ imports: [HostModule] });
  const app = (await building.compile()).createNestApplication<NestFastifyApplication>(createAdapter(), {
    bodyParser: false,
    logger: false,
  });
  hosts.push(app);
  await equipAll(app);
  await app.init();
  const token = await localTokens(app.get<Uint8Array>(portToken.tokenKey), clock).official({ role: 'admin', person: 'p.admin' });
  const call = async (method: 'GET' | 'POST', url: string) => {
    const { statusCode, body } = await app.inject({ method, url, headers: { authorization: `Bearer ${token}` } });
    return { status: statusCode, text: body };
  };
  return {
    app,
    token: () => Promise.resolve(token),
    ports: app.get<Ports>(portsToken),
    call,
    metrics: async () => (await call('GET', '/metrics')).text,
  };
};

const ask = async <Row extends object>({ TICHET_POSTGRES_URL: url, TICHET_DATA_DIR: folder = '' }: Environment, statement: string) => {
  if (url !== undefined) return askDatabase<Row>(url, statement.replaceAll('FROM v2_', 'FROM reporting.v2_'));
  const database = openSqlite(join(folder, 'reporting.db'), { readonly: true });
  try {
    return database.prepare<[], Row>(statement).all();
  } finally {
    database.close();
  }
};

/** By whoever has the database, and not by the service. */
const change = async ({ TICHET_POSTGRES_URL: url, TICHET_DATA_DIR: folder = '' }: Environment, statement: string): Promise<void> => {
  if (url !== undefined) {
    await askDatabase(url, statement.replaceAll('FROM v2_', 'FROM reporting.v2_').replaceAll('INTO ', 'INTO tichet.'));
    return;
  }
  const database = openSqlite(join(folder, 'reporting.db'), { timeout: 10_000 });
  try {
    database.exec(statement);
  } finally {
    database.close();
  }
};

describe.each([
  ['in a data folder', inFolder],
  ['on PostgreSQL', onPostgres],
] as const)('the reporting tables of a service %s', (_where, open) => {
  it('follow facts while it runs, are true again behind a standstill, and are listed and measured', async () => {
    clock.set('2026-03-02T08:00:00.000Z');
    const environment: Environment = { ...environmentOf(emptyFolder()), ...(await open()).settings };
    const host = await hostOn(environment);
    await registerRequests(host.ports, 'f02', 100, 3);
    const answered = { number: '100', filedOn: '2026-02-02' };
    const answer = { documentNumber: '100/1', communicatedOn: '2026-02-20', channel: 'post' } as const;
    mustBeDone(await communicateAnswer(host.ports)(feed('answer-100'), { request: answered, answer }));
    const end = await host.ports.store.end();
    type Request = { readonly request_id: string; readonly days_left: number };
    const requests = () => ask<Request>(environment, 'SELECT request_id, days_left FROM v2_requests ORDER BY request_id');
    // they are made beside the start, by whichever process fills them
    await eventually('the tables', async () => (await requests().catch(() => [])).length === 3);
    type Freshness = { readonly table_name: string; readonly position: string; readonly behind_rows: number };
    const freshness = () =>
      ask<Freshness>(environment, `SELECT table_name, position, behind_rows FROM v2_freshness WHERE table_name = 'v2_requests'`);
    await eventually('the end of the log', async () => (await freshness())[0]?.position === end);
    expect(await freshness()).toEqual([{ table_name: 'v2_requests', position: end, behind_rows: 0 }]);
    const metrics = await host.metrics();
    expect(metrics).toContain('tichet_reporting_behind_seconds{table="v2_requests"} 0\n');
    expect(metrics).toContain('tichet_reporting_parked_rows{table="v2_requests"} 0\n');
    await closeHosts();

    const listed = await tichetIn(environment, ['projections', 'list', '--json']);
    const { reporting } = JSON.parse(listed.stdout) as {
      readonly reporting: readonly { readonly table: string; readonly position: string }[];
    };
    expect(reporting.find(({ table }) => table === 'requests')).toMatchObject({
      position: end,
      behindRows: 0,
      parked: 0,
      source: 'clarification-eligibility',
    });

    const [before] = await requests();
    clock.advance({ days: 2 });
    const again = await hostOn(environment);
    await eventually('two days fewer', async () => (await requests())[0]?.days_left !== before?.days_left);
    expect((await requests())[0]).toEqual({ ...before, days_left: Number(before?.days_left) - 2 });
    expect(await again.ports.store.end()).toBe(end);
  });

  it('are filled anew, and asked again for rows that are parked, over HTTP; what is no such table is not found', async () => {
    const environment: Environment = { ...environmentOf(emptyFolder()), ...(await open()).settings };
    const host = await hostOn(environment);
    await registerRequests(host.ports, 'f03', 200, 3);
    const requests = () => ask<{ readonly request_id: string }>(environment, 'SELECT request_id FROM v2_requests ORDER BY request_id');
    const end = await host.ports.store.end();
    type Told = { readonly table: string; readonly position: string; readonly parked: number };
    const of = async (): Promise<Told | undefined> => {
      const { text } = await host.call('GET', '/api/v1/operations');
      const { reporting } = JSON.parse(text) as { readonly reporting: readonly Told[] };
      return reporting.find(({ table }) => table === 'requests');
    };
    await eventually('the end of the log', async () => (await of())?.position === end);
    const before = await requests();
    expect(before).toHaveLength(3);
    const operations = '/api/v1/operations/reporting';
    for (const act of ['fill', 'retry']) expect((await host.call('POST', `${operations}/nothing/${act}`)).status).toBe(404);

    await change(environment, 'DELETE FROM v2_requests');
    expect(await requests()).toEqual([]);
    // the name by which the command line calls it
    const filled = await host.call('POST', `${operations}/v2_requests/fill`);
    expect([filled.status, JSON.parse(filled.text)]).toEqual([202, { table: 'v2_requests' }]);
    // whoever fills looks every twenty seconds, and as soon as there is a fact
    await registerRequests(host.ports, 'f04', 300, 1);
    await eventually('a filled table', async () => (await requests()).length === 4);
    expect(await requests()).toEqual(expect.arrayContaining([...before]));

    const retry = async (): Promise<unknown> => JSON.parse((await host.call('POST', `${operations}/requests/retry`)).text);
    expect(await retry()).toEqual({ table: 'requests', rows: 0 });
    const key = before[0]?.request_id ?? '';
    await change(
      environment,
      `INSERT INTO reporting_parked (name, key, error, parked_at) VALUES ('requests', '${key}', 'RangeError', '2026-03-02T08:00:00.000Z')`,
    );
    expect(await of()).toMatchObject({ parked: 1, errors: ['RangeError'] });
    const admin = await browse(host, 'admin');
    for (const page of ['/administrare', '/administrare/serviciu']) {
      const { body } = await admin.get(page);
      expect(textOf(body)).toMatch(/Ce cere atenție (?:[^.]*\. )?Un tabel de raportare are rânduri oprite\./);
      expect(body).toMatch(/href="[^"]*#raportare"/);
    }
    const { stdout } = await tichetIn(environment, ['doctor', '--json']);
    const { findings } = JSON.parse(stdout) as {
      readonly findings: readonly { readonly check: string; readonly wrong: { readonly en: string } }[];
    };
    expect(findings.find(({ check }) => check === 'reporting-parked')?.wrong.en).toBe(
      'Rows for reports are parked in: v2_requests (RangeError).',
    );
    expect(await retry()).toEqual({ table: 'requests', rows: 1 });
    await registerRequests(host.ports, 'f05', 400, 1);
    await eventually('no parked row', async () => (await of())?.parked === 0);
    expect(await requests()).toEqual(expect.arrayContaining([...before]));
  });
});
