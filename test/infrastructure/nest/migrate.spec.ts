import { inWords } from '../../../src/infrastructure/phrasing/unusable-words';
import { createHash } from 'node:crypto';
import { Pool as ImpatientPool, type Pool } from 'pg';
import { DatabaseUnusable } from '@tichet-albastru/event-log/database/postgres/database-unusable';
import { assertDurable, migrate } from '@tichet-albastru/event-log/database/postgres/migrate';
import type { Migration } from '@tichet-albastru/event-log/database/migration';
import { migrations, openPostgres } from '../../../src/infrastructure/nest/postgres';
import { operationsInSqlite } from '../../../src/infrastructure/tables/operations/sqlite-operations';
import { openPool } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { createTestDatabase, type TestDatabase } from '../../support/postgres';
import { closing } from '../../support/closing';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
const pool = (): Pool => closing(openPool({ url: database.url, most: 4 }));
const namesOf = async (of: Pool): Promise<readonly string[]> =>
  (await of.query('SELECT name FROM tichet.migrations ORDER BY number')).rows.map(({ name }) => name);

const steps: readonly Migration[] = [
  { name: 'one', sql: 'CREATE TABLE tichet.one (v integer); SELECT pg_sleep(0.05)' },
  { name: 'two', sql: 'INSERT INTO tichet.one VALUES (1)' },
];

/** Of each step that was released, the first digits of the SHA-256 of its text: databases have it, so it never changes. A new column is a new step. */
const released: Readonly<Record<string, string>> = {
  'events-1': '6a7df2aad2ef',
  'operations-1': '4473ae2b1199',
  'keys-1': '4a23a03a7309',
  'read-models-1': '1db13412514c',
  'leases-1': '1a51ed238f86',
  'seal-1': '0c79f765d8d5',
  'refusals-1': 'dda5dd415dff',
  'keys-2': 'e53afdb3f357',
  'drafts-1': '7c1b31949aad',
  'openings-of-browsers-1': '130b662aff06',
  'codes-1': '71da0dcb02b9',
  'people-1': 'c77ad7c17792',
  'throttle-1': 'd968f306e8e9',
  'seal-aside-1': 'f3d5c84ab566',
  'throttle-2': '92523763a0f5',
  'read-models-2': '35101aaba41b',
  'throttle-3': 'f42ec3df4486',
  'leases-2': '682b332c81b0',
  'read-models-3': 'f2f34504349e',
  'reporting-1': '46eb8793c14a',
  'attempts-1': '1d6cded54374',
  'reporting-2': '6ea246ae2546',
  'sqlite operations-1': '482bb411c09c',
  'sqlite operations-2': '1d5940b94211',
  'sqlite drafts-1': '0302d8085fd5',
  'sqlite openings-of-browsers-1': '620f78394826',
  'sqlite codes-1': '8fa45fadc487',
  'sqlite people-1': '35fc9f8bdda2',
  'sqlite throttle-1': '0172907746a1',
  'sqlite attempts-1': 'ed731f8eedc0',
};

const changedOf = (steps: readonly Migration[]): readonly string[] =>
  steps.filter(({ name, sql }) => released[name] !== createHash('sha256').update(sql).digest('hex').slice(0, 12)).map(({ name }) => name);

describe('the steps of the schema', () => {
  it('that were released are what they were, though they follow from the tables', () => {
    const steps = [...migrations, ...operationsInSqlite.map(({ name, sql }) => ({ name: `sqlite ${name}`, sql }))];
    expect(changedOf(steps)).toEqual([]);
    const grown = steps.map(({ name, sql }) => ({ name, sql: sql.replace('last_at TEXT NOT NULL', 'last_at TEXT NOT NULL, owner TEXT') }));
    expect(changedOf(grown)).toEqual(['sqlite operations-1']);
  });

  it('have names of their own', () => {
    expect(new Set(migrations.map(({ name }) => name)).size).toBe(migrations.length);
  });

  it('are applied once, in order, by however many start at the same time', async () => {
    await Promise.all(Array.from({ length: 6 }, () => migrate(pool(), steps)));
    const one = pool();
    expect(await namesOf(one)).toEqual(['one', 'two']);
    expect((await one.query('SELECT * FROM tichet.one')).rows).toEqual([{ v: 1 }]);
  });

  it('without the lock would be applied twice, or fail: the test sees it', async () => {
    const careless = async (into: Pool): Promise<void> => {
      for (const { name, sql } of steps)
        if (!(await namesOf(into)).includes(name)) {
          await into.query(sql);
          await into.query('INSERT INTO tichet.migrations (name) VALUES ($1)', [name]);
        }
    };
    await migrate(pool(), []);
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => careless(pool())));
    expect(answers.map(({ status }) => status)).toContain('rejected');
  });

  it('that fails leaves nothing of itself, and is applied when it is mended', async () => {
    const one = pool();
    const broken = { name: 'three', sql: 'CREATE TABLE tichet.three (v integer); SELECT 1 / 0' };
    await expect(migrate(one, [...steps, broken])).rejects.toThrow('division by zero');
    expect(await namesOf(one)).toEqual(['one', 'two']);
    await migrate(one, [...steps, { name: 'three', sql: 'CREATE TABLE tichet.three (v integer)' }]);
    expect(await namesOf(one)).toEqual(['one', 'two', 'three']);
  });

  it('that this program does not know are of a newer one, which it says, and touches nothing', async () => {
    const one = pool();
    await migrate(one, [...steps, { name: 'from-tomorrow', sql: 'SELECT 1' }]);
    const newer = migrate(one, [...steps, { name: 'three', sql: 'SELECT 1 / 0' }]);
    await expect(newer).rejects.toThrow(DatabaseUnusable);
    await expect(newer).rejects.toThrow('newer than this program (from-tomorrow)');
  });
});

describe('a database', () => {
  it.each([
    ['whose host is not known', (url: URL) => (url.hostname = 'nobody.invalid'), /ENOTFOUND|EAI_AGAIN/],
    ['that is not running', (url: URL) => (url.port = '1'), /ECONNREFUSED.*start it/],
    ['that is not there', (url: URL) => (url.pathname = '/nothing'), /3D000/],
    ['that knows no such user', (url: URL) => (url.username = 'nobody'), /28/],
  ])('%s is said without the address, and to a person in both languages', async (_, change, sentence) => {
    const url = new URL(database.url);
    change(url);
    const { password } = url;
    const opening = openPostgres({ url: url.href });
    await expect(opening).rejects.toThrow(DatabaseUnusable);
    await expect(opening).rejects.toThrow(sentence);
    await expect(opening).rejects.not.toThrow(password);
    const said = inWords(await opening.catch((error: unknown) => error));
    expect(said).toHaveProperty('message', expect.stringMatching(/Baza de date .* \/ The PostgreSQL database .*TICHET_POSTGRES_URL/));
    expect(said).toHaveProperty('message', expect.not.stringContaining(password));
  });

  it('whose commits do not wait for the disk is refused', async () => {
    const one = pool();
    await expect(assertDurable(one)).resolves.toBeUndefined();
    const name = new URL(database.url).pathname.slice(1);
    await one.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    await expect(openPostgres({ url: database.url })).rejects.toThrow(/synchronous_commit=off/);
  });

  it('shows who is connected, and ends statements that take too long', async () => {
    const opened = closing(await openPostgres({ url: database.url, purpose: 'test' }));
    const { rows } = await opened.pool.query(
      `SELECT application_name, current_setting('statement_timeout') AS longest FROM pg_stat_activity WHERE pid = pg_backend_pid()`,
    );
    expect(rows).toEqual([{ application_name: 'tichet-test', longest: '10s' }]);
  });
});

describe('a step that takes long', () => {
  it('is waited for by whoever makes it and by whoever waits for it, however soon other answers must come', async () => {
    const hurried = (): Pool =>
      closing(new ImpatientPool({ connectionString: database.url, max: 2, query_timeout: 2500, statement_timeout: 2000 }));
    const long: readonly Migration[] = [{ name: 'long', sql: 'SELECT pg_sleep(3)' }];
    await Promise.all([migrate(hurried(), long), migrate(hurried(), long)]);
    expect(await namesOf(pool())).toEqual(['long']);
  });
});
