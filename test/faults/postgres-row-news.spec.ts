import { setTimeout as sleep } from 'node:timers/promises';
import type { Projection } from '../../src/application/kernel/ports/projection';
import type { Build, BuildChange } from '@tichet-albastru/event-log/ports/projection-store';
import type { ReadModels, Row, RowChange } from '@tichet-albastru/event-log/ports/read-models';
import { DatabaseUnavailable } from '@tichet-albastru/event-log/database/postgres/database-fault';
import { openPostgres, type Postgres } from '../../src/infrastructure/nest/postgres';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { openFaultyConnection, type FaultyConnection } from '../support/faulty-connection';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { closing } from '../support/closing';

const projection = (version = 1): Projection => ({
  name: 'some-table',
  version,
  columns: { mark: 'text' },
  keysOf: () => [],
  apply: () => undefined,
});
const position = (n: number): string => String(n).padStart(20, '0');
const rows = (count: number, row: (n: number) => Row | undefined): BuildChange['writes'] =>
  Array.from({ length: count }, (_, n) => ({ table: 'some-table', key: `key-${n}`, row: row(n) }));
const change = (build: Build, from: number, to: number, writes: BuildChange['writes']): BuildChange => ({
  build,
  expected: from === 0 ? '' : position(from),
  next: position(to),
  writes,
  parks: [],
  unparks: [],
});

let database: TestDatabase;
let way: FaultyConnection;
let here: Postgres;
let there: Postgres;
let writing: PostgresReadModels;
let reading: PostgresReadModels;
let build: Build;
const oneRow = (from: number, to: number, mark: string): BuildChange =>
  change(
    build,
    from,
    to,
    rows(1, () => ({ mark })),
  );
beforeEach(async () => {
  database = await createTestDatabase();
  way = await openFaultyConnection(database.url, 'COMMIT');
  here = closing(await openPostgres({ url: database.url }));
  there = closing(await openPostgres({ url: way.url }));
  writing = closing(new PostgresReadModels(here));
  reading = closing(new PostgresReadModels(there));
  const [live] = await writing.prepare(projection());
  if (live === undefined) throw new Error('There is no build.');
  build = live;
});

/** Until the reader was told so many, or was sent back to the table. */
const toldOf = (models: ReadModels, most: number): Promise<{ readonly changes: readonly RowChange[]; readonly sentBack: boolean }> => {
  const enough = new AbortController();
  const reader = models.changes(enough.signal);
  return (async () => {
    const changes: RowChange[] = [];
    for await (const each of reader) {
      changes.push(each);
      if (changes.length >= most) enough.abort();
    }
    return { changes, sentBack: changes.length < most };
  })();
};

/** Once it listens, nothing that was committed before is news to it. */
const listening = async (models: PostgresReadModels): Promise<void> => {
  const heard: string[] = [];
  models.whenCommitted(() => heard.push('a commit'));
  const [standing] = (await writing.builds()).filter(({ state }) => state === 'live');
  const at = standing?.checkpoint ?? '';
  while (heard.length === 0) {
    await writing.commit([{ build, expected: at, next: at, writes: [], parks: [], unparks: [] }]);
    await sleep(20);
  }
  await models.builds();
};

describe('another process', () => {
  it('is told of rows with their positions and when they are due, in as many messages as they need', async () => {
    await listening(reading);
    const told = toldOf(reading, 1501);
    await writing.commit([
      change(
        build,
        0,
        3,
        rows(1500, (n) => ({ mark: 'm', dueAt: `day ${n}` })),
      ),
    ]);
    await writing.commit([change(build, 3, 4, [{ table: 'some-table', key: 'key-7', row: undefined }])]);
    const { changes, sentBack } = await told;
    expect(sentBack).toBe(false);
    expect(changes[1499]).toEqual({ projection: 'some-table', key: 'key-1499', position: position(3), dueAt: 'day 1499' });
    expect(changes[1500]).toEqual({ projection: 'some-table', key: 'key-7', position: position(4) });
  });

  it('wakes when the position it waits for is committed', async () => {
    const waiting = reading.reached(position(1), 600_000);
    await writing.commit([change(build, 0, 1, [])]);
    expect(await waiting).toBe(true);
  });

  it('is sent back to the table by more rows than can be told', async () => {
    await listening(reading);
    const told = toldOf(reading, 1);
    await writing.commit([
      change(
        build,
        0,
        1,
        rows(20_000, () => ({ mark: 'm' })),
      ),
    ]);
    expect(await told).toEqual({ changes: [], sentBack: true });
  });

  it('is sent back to the table when it was cut off while something was committed, and is told of what comes then', async () => {
    await listening(reading);
    const told = toldOf(reading, 1);
    way.cut();
    await writing.commit([oneRow(0, 1, 'm')]);
    way.mend();
    expect(await told).toEqual({ changes: [], sentBack: true });
    await listening(reading);
    const next = toldOf(reading, 1);
    await writing.commit([oneRow(1, 2, 'm')]);
    expect((await next).sentBack).toBe(false);
  });

  it('is sent back to the table when nothing is said to it, as behind a pooler; and one that only listens reads on, too old', async () => {
    const deaf = new PostgresReadModels({ pool: there.pool, listener: { on: () => () => undefined, close: () => Promise.resolve() } });
    await deaf.builds();
    const told = toldOf(deaf, 1);
    await writing.commit([oneRow(0, 1, 'm')]);
    expect(await told).toEqual({ changes: [], sentBack: true });
    deaf.close();

    const trusting = new PostgresReadModels({ pool: there.pool, listener: { on: () => () => undefined, close: () => Promise.resolve() } });
    await trusting.builds();
    trusting.close();
    const end = new AbortController();
    const never = (async () => {
      for await (const each of trusting.changes(end.signal)) return each;
      return 'ended';
    })();
    await writing.commit([oneRow(1, 2, 'n')]);
    expect(await Promise.race([never, sleep(2500, 'still waiting')])).toBe('still waiting');
    end.abort();
    await never;
  });
});

describe('a commit whose answer was lost', () => {
  const lose = async (fault: 'answer-lost' | 'question-lost'): Promise<void> => {
    way.suffer((nth) => (nth === 0 ? fault : undefined));
    await expect(reading.commit([oneRow(0, 1, 'm')])).rejects.toThrow(DatabaseUnavailable);
    expect(way.happened()).toBe(1);
  };

  it('stands when it was made: the checkpoint tells, and it is not made again', async () => {
    await listening(reading);
    const told = toldOf(reading, 1);
    await lose('answer-lost');
    expect((await reading.builds())[0]?.checkpoint).toBe(position(1));
    expect(await reading.commit([oneRow(0, 1, 'again')])).toBe('moved');
    // whoever reads changes in this very process hears of it, or reads the table anew
    const { changes, sentBack } = await told;
    expect(sentBack || changes[0]?.key === 'key-0').toBe(true);
  });

  it('does not stand when it was not, and is made again', async () => {
    await lose('question-lost');
    expect((await reading.builds())[0]?.checkpoint).toBe('');
    expect(await reading.commit([oneRow(0, 1, 'm')])).toBe('committed');
  });
});

it('a database that is away is an outage, of reads and of writes, and nothing else is', async () => {
  await reading.builds();
  way.cut();
  await expect(reading.get('some-table', 'key-0')).rejects.toThrow(DatabaseUnavailable);
  await expect(reading.select('some-table')).rejects.toThrow(DatabaseUnavailable);
  await expect(reading.reached(position(1), 1000)).rejects.toThrow(DatabaseUnavailable);
  await expect(reading.commit([change(build, 0, 1, [])])).rejects.toThrow(DatabaseUnavailable);
  way.mend();
  expect(await reading.get('some-table', 'key-0')).toBeUndefined();
  await expect(reading.get('nothing', 'key-0')).rejects.toThrow('No projection has made');
});

describe('a switch', () => {
  const mark = (marks: string) => rows(300, () => ({ mark: marks }));
  /** What a reader sees who asks all the time while the table is replaced, over and over. */
  const seenBy = async (read: () => Promise<readonly Row[]>): Promise<{ readonly seen: readonly string[]; readonly failures: number }> => {
    await writing.commit([change(build, 0, 1, mark('v1'))]);
    const seen: string[] = [];
    let failures = 0;
    let reads = 0;
    const over = new AbortController();
    const asking = (async () => {
      while (!over.signal.aborted) {
        reads += 1;
        try {
          const found = await read();
          const now = `${found.length} of ${[...new Set(found.map((row) => row['mark']))].join(' and ')}`;
          if (seen.at(-1) !== now) seen.push(now);
        } catch {
          failures += 1;
        }
      }
    })();
    try {
      for (let version = 2; version <= 6; version += 1) {
        const filling = await writing.startBuild(projection(version));
        await writing.commit([change(filling, 0, 1, mark(`v${version}`))]);
        // where readers hold the table for longer than a switch waits, it comes again
        let outcome = await writing.switchTo(projection(version), filling);
        while (outcome === 'behind') outcome = await writing.switchTo(projection(version), filling);
        expect(outcome).toBe('switched');
        await sleep(30);
      }
      // the last read must have begun after the last switch, however slow this machine is
      const begun = reads;
      while (reads <= begun) await sleep(1);
    } finally {
      // one who asked on after the connections are closed would be refused at once, again and again, and nothing else would have its turn
      over.abort();
      await asking;
    }
    return { seen, failures };
  };

  it('is made in one step for every reader of another process: the whole old table, then the whole new one', async () => {
    const { seen, failures } = await seenBy(async () => (await reading.select('some-table')).rows);
    expect(failures).toBe(0);
    const versions = Array.from({ length: 6 }, (_, n) => `300 of v${n + 1}`);
    expect(versions.filter((version) => seen.includes(version))).toEqual(seen);
    expect(seen.at(-1)).toBe('300 of v6');
  });

  it('and the same test finds a reader who keeps to the table that was live when he came', async () => {
    const { seen, failures } = await seenBy(async () => {
      const { rows: found } = await there.pool.query<{ readonly row: string }>(`SELECT row FROM tichet.some_table__${build.build}`);
      return found.map(({ row }) => JSON.parse(row));
    });
    expect(failures > 0 || seen.at(-1) !== '300 of v6').toBe(true);
  });

  it('waits for nobody who reads long: the old table is read on, and the switch comes again', async () => {
    const viewed: Projection = {
      ...projection(2),
      views: [{ name: 'marks', sql: ({ rows: from, text }) => `SELECT ${text('mark')} AS mark FROM ${from}` }],
    };
    const first = await writing.startBuild(viewed);
    await writing.commit([change(build, 0, 1, mark('v1')), change(first, 0, 1, mark('v2'))]);
    expect(await writing.switchTo(viewed, first)).toBe('switched');
    const second = await writing.startBuild({ ...viewed, version: 3 });
    await writing.commit([change(second, 0, 1, mark('v3'))]);
    const report = await here.pool.connect();
    await report.query('BEGIN; SELECT count(*) FROM reporting.v1_marks');
    expect(await writing.switchTo({ ...viewed, version: 3 }, second)).toBe('behind');
    expect((await reading.select('some-table', { limit: 1 })).rows).toEqual([{ mark: 'v2' }]);
    await report.query('ROLLBACK');
    report.release();
    expect(await writing.switchTo({ ...viewed, version: 3 }, second)).toBe('switched');
    expect((await here.pool.query('SELECT DISTINCT mark FROM reporting.v1_marks')).rows).toEqual([{ mark: 'v3' }]);
    expect((await here.pool.query('SELECT * FROM tichet.replaced_tables')).rows).toEqual([]);
  });
});

it('two processes that prepare the same table at once make one', async () => {
  const made = await Promise.all(
    [writing, reading, writing, reading].map((models) => models.prepare({ ...projection(), name: 'other-table' })),
  );
  expect(new Set(made.map((builds) => JSON.stringify(builds))).size).toBe(1);
  const { rows: tables } = await here.pool.query(`SELECT FROM pg_tables WHERE tablename LIKE 'other_table__%'`);
  expect(tables).toHaveLength(1);
});
