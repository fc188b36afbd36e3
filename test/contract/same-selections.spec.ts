import fc from 'fast-check';
import { join } from 'node:path';
import type { Projection } from '../../src/application/kernel/ports/projection';
import type { Condition, ReadModels, Row, Selection } from '@tichet-albastru/event-log/ports/read-models';
import { openPostgres, type Postgres } from '../../src/infrastructure/nest/postgres';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import type { ReadModelsUnderTest } from '@tichet-albastru/event-log/testing/read-models-contract';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { closing, emptyFolder } from '../support/closing';

const projection: Projection = {
  name: 'some-table',
  version: 1,
  columns: { size: 'integer', name: 'text', flag: 'integer', other: 'text' },
  keysOf: () => [],
  apply: () => undefined,
};

const names = ['', 'a', 'A', 'B', 'b', 'aa', 'a b', 'ș', 'ț', 'Ș', 'z', 'é', '%', "'", '"', '_', '10', '9', 'ab-c', 'abd'];
const sizes = [0, 1, -1, 2, 1.5, -0.25, 10, 9, 2 ** 53 - 1, 1e21];
const anyName = fc.constantFrom(...names);
const anySize = fc.constantFrom(...sizes);
/** With few values there are ties, and a cursor has to stand between them. */
const anyRow: fc.Arbitrary<Row> = fc.record({
  size: fc.option(anySize),
  name: fc.option(anyName),
  flag: fc.option(fc.boolean()),
  other: fc.option(anyName, { nil: undefined }),
});
const rowsByKey = fc.uniqueArray(fc.tuple(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 3 }), anyRow), {
  selector: ([key]) => key,
  minLength: 40,
  maxLength: 80,
});

const textColumn = fc.constantFrom('name', 'other', 'key');
const textCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ column: textColumn, is: fc.option(anyName) }),
  fc.record({ column: textColumn, in: fc.array(anyName, { maxLength: 6 }) }),
  fc.record({ column: textColumn, from: anyName, before: anyName }, { requiredKeys: ['column'] }),
);
const sizeCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ column: fc.constant('size'), is: fc.option(anySize) }),
  fc.record({ column: fc.constant('size'), in: fc.array(anySize, { maxLength: 6 }) }),
  fc.record({ column: fc.constant('size'), from: anySize, before: anySize }, { requiredKeys: ['column'] }),
);
const flagCondition: fc.Arbitrary<Condition> = fc.record({ column: fc.constant('flag'), is: fc.option(fc.boolean()) });
const anyWhere = fc.array(fc.oneof(textCondition, sizeCondition, flagCondition), { maxLength: 2 });
const anyOrder = fc.uniqueArray(
  fc.record({ column: fc.constantFrom('size', 'name', 'flag', 'other', 'key'), descending: fc.boolean() }, { requiredKeys: ['column'] }),
  { selector: ({ column }) => column, maxLength: 3 },
);
const anySelection: fc.Arbitrary<Selection> = fc.record({ where: anyWhere, orderBy: anyOrder, limit: fc.integer({ min: 1, max: 25 }) });

/** Every page with its cursor, and the count. */
const told = async (models: ReadModels, selection: Selection): Promise<string> => {
  const pages: unknown[] = [];
  let cursor: string | undefined;
  do {
    const { rows, next } = await models.select(projection.name, cursor === undefined ? selection : { ...selection, cursor });
    pages.push(rows, next);
    cursor = next;
  } while (cursor !== undefined);
  return JSON.stringify([pages, await models.count(projection.name, selection.where)]);
};

describe('a selection has the same rows, in the same order and with the same cursors, in every store', () => {
  let folder: string;
  let database: TestDatabase;
  let postgres: Postgres;
  let sqlite: SqliteReadModels;
  let inPostgres: PostgresReadModels;
  const memory = new MemoryReadModels();

  beforeAll(async () => {
    folder = emptyFolder();
    database = await createTestDatabase();
    postgres = closing(await openPostgres({ url: database.url }));
    sqlite = closing(new SqliteReadModels(join(folder, 'read-models.db')));
    inPostgres = closing(new PostgresReadModels(postgres));
    const rows = fc.sample(rowsByKey, { seed: 7, numRuns: 3 }).flat();
    const stores: readonly ReadModelsUnderTest[] = [memory, sqlite, inPostgres];
    for (const models of stores) {
      const [build] = await models.prepare(projection);
      if (build === undefined) throw new Error('There is no build.');
      const writes = rows.map(([key, row]) => ({ table: projection.name, key, row: { key, ...row } }));
      expect(await models.commit([{ build, expected: '', next: '1', writes, parks: [], unparks: [] }])).toBe('committed');
    }
  });

  it('whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(anySelection, async (selection) => {
        const expected = await told(memory, selection);
        expect(await told(sqlite, selection)).toBe(expected);
        expect(await told(inPostgres, selection)).toBe(expected);
      }),
      { numRuns: process.env['FAULTS'] === 'full' ? 1000 : 80 },
    );
  });

  it('and the same test finds a table that is ordered as the database likes', async () => {
    const build = (await inPostgres.builds())[0]?.build;
    const careless: ReadModels = Object.create(inPostgres);
    careless.select = async (name, selection) => {
      const page = await inPostgres.select(name, { ...selection, limit: 1000 });
      const { rows } = await postgres.pool.query<{ readonly row: string }>(
        `SELECT row FROM tichet.some_table__${build} ORDER BY c_name COLLATE "und-x-icu", key`,
      );
      return { ...page, rows: rows.map(({ row }) => JSON.parse(row)) };
    };
    const inOrder: Selection = { orderBy: [{ column: 'name' }] };
    expect(await told(careless, inOrder)).not.toBe(await told(memory, inOrder));
  });
});
