import { setTimeout as sleep } from 'node:timers/promises';
import type { BuildChange } from '../../src/application/kernel/ports/projection-store';
import { openPostgres, type Postgres } from '../../src/infrastructure/nest/postgres';
import { MemoryReadModels } from '../../src/infrastructure/tables/read-models/memory-read-models';
import { PostgresReadModels } from '../../src/infrastructure/tables/read-models/postgres-read-models';
import { catchUp } from '../../src/projections/kernel/projector';
import { counting, type CountRow } from '../projections/counting';
import { asCase, beside, dump, sideBySide, worldWith, type World } from '../projections/world';
import { onlineHistory } from '../support/histories';
import { createTestDatabase, type TestDatabase } from '../support/postgres';

const full = process.env['FAULTS'] === 'full';
const wanted = full ? 20_000 : 4000;
const batchSize = full ? 100 : 50;

/** Of the events that the broken variant must count twice. */
const leastTwice = full ? 1000 : 100;

/** in milliseconds */
const longestGap = 20;

const oneStory = sideBySide(asCase(0, onlineHistory()));
const facts = sideBySide(...Array.from({ length: Math.ceil(wanted / oneStory.length) }, (_, n) => asCase(n, onlineHistory())));

let database: TestDatabase;
let opened: readonly Postgres[];
let both: readonly PostgresReadModels[];
let world: World;
beforeAll(async () => {
  world = worldWith(new MemoryReadModels());
  await world.tell(...facts);
  await catchUp(world, [counting()]);
});
beforeEach(async () => {
  database = await createTestDatabase();
  opened = await Promise.all([openPostgres({ url: database.url }), openPostgres({ url: database.url })]);
  both = opened.map((postgres) => new PostgresReadModels(postgres));
});
afterEach(async () => {
  for (const models of both) models.close();
  await Promise.all(opened.map((postgres) => postgres.close()));
  await database.drop();
});

/** What must be caught: rows in one transaction, the checkpoint in another, some milliseconds later or less. */
const separateCheckpoint = (models: PostgresReadModels): PostgresReadModels => {
  const apart: PostgresReadModels = Object.create(models);
  apart.commit = async (changes) => {
    const written = await models.commit(changes.map((change): BuildChange => ({ ...change, next: change.expected })));
    if (written === 'moved') return written;
    await sleep(Math.random() * longestGap);
    return models.commit(changes.map((change): BuildChange => ({ ...change, writes: [], parks: [], unparks: [] })));
  };
  return apart;
};

const projectAtOnce = async (stores: readonly PostgresReadModels[]): Promise<void> => {
  await Promise.all(stores.map((models) => catchUp(beside(world, models), [counting()], { batchSize })));
};

const counted = async (models: PostgresReadModels): Promise<number> => {
  const { rows } = await models.select<CountRow>('counting', { limit: facts.length });
  return rows.reduce((sum, { events }) => sum + events, 0);
};
const tickets = facts.filter(({ stream }) => stream.startsWith('ticket-')).length;

it('two processes that project the same events at once leave the rows of one alone', async () => {
  await projectAtOnce(both);
  const alone = await dump(world.rows, counting());
  for (const models of both) expect(await dump(models, counting())).toBe(alone);
});

it('the same test finds a checkpoint that is written apart from the rows, which counts twice', async () => {
  await projectAtOnce(both.map(separateCheckpoint));
  const [models] = both;
  if (models === undefined) throw new Error('There are two.');
  const twice = (await counted(models)) - tickets;
  if (full) process.stderr.write(`${JSON.stringify({ tickets, twice })}\n`);
  expect(twice).toBeGreaterThan(leastTwice);
});
