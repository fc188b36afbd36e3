import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPorts, readSettings } from '../../src';
import { readSettingsFile } from '../../src/infrastructure/nest/ports.module';
import { registerRequests } from '../support/own-table';
import { askDatabase, createTestDatabase, type TestDatabase } from '../support/postgres';
import { createService, createServices, type Service } from '../support/service';
import { emptyFolder } from '../support/closing';

const program = ['test/faults/own-table.program.ts', 'serve'];
/** More than a rebuild folds before it writes down how far it is, and the last ones behind that. */
const [requests, diesAt] = [3500, 3300];
const together = 100;

type Build = { readonly build: number; readonly version: number; readonly state: string; readonly checkpoint: string };
type Found = { readonly builds: readonly Build[]; readonly requests: number };
const builds = `WHERE projection = 'handled-requests' ORDER BY build`;

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});

const onPostgres = () => ({ TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: database.url });

const asked = <T extends object>(text: string): Promise<readonly T[]> => askDatabase<T>(database.url, text);
const inPostgres = async (): Promise<Found> => ({
  builds: await asked<Build>(`SELECT build::int AS build, version, state, checkpoint FROM tichet.builds ${builds}`),
  requests: Number((await asked<{ n: string }>('SELECT sum(requests) AS n FROM reporting.v1_handled_requests'))[0]?.n ?? 0),
});
const inFolder = ({ dataFolder }: Service): Found => {
  const file = openSqlite(join(dataFolder, 'read-models.db'), { readonly: true });
  try {
    const found = file.prepare<[], Build>(`SELECT build, version, state, checkpoint FROM builds ${builds}`).all();
    const sum: unknown = file.prepare('SELECT sum(requests) FROM reporting_v1_handled_requests').pluck().get();
    return { builds: found, requests: Number(sum) };
  } finally {
    file.close();
  }
};

/** Into the log of this service, by a process of its own where it has a database, or while it stands still. */
const tell = async ({ dataFolder, masterKeyFile }: Service, settings: NodeJS.ProcessEnv, from: number, count: number): Promise<void> => {
  const environment = {
    ...settings,
    TICHET_DATA_DIR: settings['TICHET_POSTGRES_URL'] === undefined ? dataFolder : emptyFolder(),
    TICHET_MASTER_KEY_FILE: masterKeyFile,
    TICHET_LOG_LEVEL: 'silent',
  };
  const opened = await openPorts(readSettings(environment, readSettingsFile).settings);
  await registerRequests(opened.ports, 'f02', from, count, together);
  await opened.close();
};

const untilDead = async (service: Service): Promise<void> => {
  const pid = service.pid();
  for (let alive = pid !== undefined; alive;) {
    await sleep(20);
    try {
      process.kill(pid ?? 0, 0);
    } catch {
      alive = false;
    }
  }
  await service.kill();
};
const until = async (look: () => Promise<boolean> | boolean): Promise<void> => {
  while (!(await look())) await sleep(50);
};

describe('the process of a host that is killed while it fills a new version of a table of its own', () => {
  it.each(process.env['FAULTS'] === 'full' ? (['in a data folder', 'on PostgreSQL'] as const) : (['on PostgreSQL'] as const))(
    '%s: the old table is read, and the next process goes on where it was',
    async (where) => {
      const settings = where === 'on PostgreSQL' ? onPostgres() : {};
      const service = await createService(settings, program);
      const found = () => (where === 'on PostgreSQL' ? inPostgres() : inFolder(service));
      await service.start();
      await service.stop();
      await tell(service, settings, 100_000, requests);
      await service.start();
      await until(async () => (await found()).requests === requests);
      await service.stop();

      const dying = service.start({ OWN_VERSION: '2', OWN_DIES_AT: String(diesAt) }).catch(() => undefined);
      await untilDead(service);
      await dying;
      const cut = await found();
      expect(cut.requests).toBe(requests);
      expect(cut.builds).toMatchObject([
        { version: 1, state: 'live' },
        { version: 2, state: 'filling' },
      ]);
      const [live, filling] = cut.builds;
      expect(filling?.checkpoint).not.toBe('');
      expect((filling?.checkpoint ?? '') < (live?.checkpoint ?? '')).toBe(true);

      await service.start({ OWN_VERSION: '2' });
      await until(async () => (await found()).builds.length === 1);
      const filled = await found();
      expect(filled).toMatchObject({ requests, builds: [{ build: filling?.build, version: 2, state: 'live' }] });
    },
  );
});

describe('two processes of a host on one PostgreSQL', () => {
  const holders = async (): Promise<readonly string[]> =>
    (await asked<{ holder: string }>(`SELECT holder FROM tichet.leases WHERE name LIKE 'projections handled-requests@1'`)).map(
      ({ holder }) => holder,
    );

  it('one follows the host’s table, by lease; killed, the other does; a new version beside them waits for neither', async () => {
    const services = await createServices(2, onPostgres(), program);
    for (const service of services) await service.start();
    const [any] = services;
    if (any === undefined) throw new Error('no service');
    await tell(any, onPostgres(), 100, 50);
    await until(async () => (await inPostgres()).requests === 50);
    const [holder = ''] = await holders();
    const struck = services.find((service) => holder.endsWith(`-${String(service.pid())}`));
    const other = services.find((service) => service !== struck);
    if (struck === undefined || other === undefined) throw new Error(`nobody of ours: ${holder}`);
    await struck.kill();
    await tell(other, onPostgres(), 200, 20);
    await until(async () => (await inPostgres()).requests === 70);
    expect(await holders()).toEqual([expect.stringMatching(new RegExp(`-${String(other.pid())}$`))]);

    await struck.start({ OWN_VERSION: '2' });
    await until(async () => (await inPostgres()).builds.every(({ version, state }) => version === 2 && state === 'live'));
    await tell(other, onPostgres(), 300, 5);
    await until(async () => (await inPostgres()).requests === 75);
    for (const service of services) expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  });
});
