import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Logger, LogValues } from '@tichet-albastru/event-log/ports/logger';
import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { smallPages } from '@tichet-albastru/event-log/read-models/small-pages';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { closing, emptyFolder } from '../../../../test/support/closing';

const lines: (readonly [level: string, event: string, values: LogValues | undefined])[] = [];
const noting =
  (level: string): Logger['info'] =>
  (event, values) => {
    lines.push([level, event, values]);
  };
const logger: Logger = { info: noting('info'), warn: noting('warn'), error: noting('error') };
beforeEach(() => {
  lines.length = 0;
});

/** As versions before made it. @param megabytes of rows, which a reader of today finds again */
const oldFile = (megabytes: number): string => {
  const path = join(emptyFolder(), 'read-models.db');
  const database = openSqlite(path);
  database.pragma('page_size = 16384');
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE kept (n INTEGER PRIMARY KEY, text TEXT)');
  database.exec(`WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${String(megabytes * 1000)})
    INSERT INTO kept SELECT n, hex(randomblob(500)) FROM n`);
  database.close();
  return path;
};
const seen = (path: string) => {
  const database = openSqlite(path);
  try {
    const [size, rows, check] = ['PRAGMA page_size', 'SELECT count(*) FROM kept', 'PRAGMA quick_check'].map((sql) =>
      database.prepare(sql).pluck().get(),
    );
    return { size, rows, check };
  } finally {
    database.close();
  }
};
const filesBeside = (path: string): readonly string[] => readdirSync(dirname(path));

it('a new file of tables has pages of 4 KiB', () => {
  const path = join(emptyFolder(), 'read-models.db');
  smallPages(path, logger);
  expect(existsSync(path)).toBe(false);
  closing(new SqliteReadModels(path));
  expect(closing(openSqlite(path, { readonly: true })).pragma('page_size', { simple: true })).toBe(4096);
  expect(lines).toEqual([]);
});

it('an older one is made anew once, and two lines say so, the second how long it took', () => {
  const path = oldFile(1);
  // of a start that was killed on the way
  writeFileSync(`${path}-anew`, 'half of it');
  smallPages(path, logger);
  expect(seen(path)).toEqual({ size: 4096, rows: 1000, check: 'ok' });
  expect(filesBeside(path)).toEqual(['read-models.db']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(lines).toEqual([
    ['info', 'tables.smaller-pages', { size: expect.any(Number) as number }],
    ['info', 'tables.smaller-pages-made', { milliseconds: expect.any(Number) as number }],
  ]);
  smallPages(path, logger);
  expect(lines).toHaveLength(2);
});

it('one that somebody else reads stays as it is until the next start', () => {
  const path = oldFile(1);
  const reader = openSqlite(path, { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM kept').get();
  smallPages(path, logger);
  expect(lines.at(-1)).toEqual(['warn', 'tables.smaller-pages-later', { code: 'SQLITE_BUSY' }]);
  expect(reader.prepare('SELECT count(*) FROM kept').pluck().get()).toBe(1000);
  reader.close();
  expect(seen(path)).toEqual({ size: 16_384, rows: 1000, check: 'ok' });
  smallPages(path, logger);
  expect(seen(path)).toEqual({ size: 4096, rows: 1000, check: 'ok' });
});

it('killed in the middle, the old one is whole, and the next start does it again', async () => {
  const path = oldFile(100);
  const child = fork(require.resolve('./small-pages-child'), [path], {
    execArgv: ['--require', require.resolve('../../../../test/support/typescript-in-threads.cjs')],
  });
  const over = once(child, 'exit');
  while (child.exitCode === null && !(existsSync(`${path}-anew`) && statSync(`${path}-anew`).size > 0))
    await new Promise((resolve) => setImmediate(resolve));
  child.kill('SIGKILL');
  await over;
  expect(seen(path)).toMatchObject({ rows: 100_000, check: 'ok' });
  smallPages(path, logger);
  expect(seen(path)).toEqual({ size: 4096, rows: 100_000, check: 'ok' });
  expect(filesBeside(path)).toEqual(['read-models.db']);
});
