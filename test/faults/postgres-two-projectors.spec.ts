import type { BuildChange } from '@tichet-albastru/event-log/ports/projection-store';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { counting, type CountRow } from '../projections/kernel/counting';
import { asCase, beside, dump, sideBySide, worldWith, type World } from '../projections/kernel/world';
import { onlineHistory } from '../support/histories';
import { meetings } from '../support/meeting-point';
import { createTestDatabase } from '../support/postgres';
import { closing } from '../support/closing';

const full = process.env['FAULTS'] === 'full';
const wanted = full ? 20_000 : 4000;
const batchSize = full ? 100 : 50;

const oneStory = sideBySide(asCase(0, onlineHistory()));
const facts = sideBySide(...Array.from({ length: Math.ceil(wanted / oneStory.length) }, (_, n) => asCase(n, onlineHistory())));

let both: readonly PostgresReadModels[];
let world: World;
beforeAll(async () => {
  world = worldWith(new MemoryReadModels());
  await world.tell(...facts);
  await catchUp(world, [counting()]);
});
beforeEach(async () => {
  const { url } = await createTestDatabase();
  const opened = await Promise.all([openPostgres({ url: url }), openPostgres({ url: url })]);
  both = opened.map((postgres) => closing(new PostgresReadModels(closing(postgres))));
});

/**
 * What must be caught: rows in one transaction, the checkpoint in another. The second reads its rows when the first has written them, and
 * the first writes its checkpoint when the second has written the same rows again: for each batch that has any.
 */
const separateCheckpoints = (stores: readonly PostgresReadModels[]): readonly PostgresReadModels[] => {
  const firstHasWritten = meetings(2);
  const bothHaveWritten = meetings(2);
  return stores.map((models, nth) => {
    const apart: PostgresReadModels = Object.create(models);
    if (nth === 1)
      apart.load = async (build, table, keys) => {
        await firstHasWritten();
        return models.load(build, table, keys);
      };
    apart.commit = async (changes) => {
      const written = await models.commit(changes.map((change): BuildChange => ({ ...change, next: change.expected })));
      if (written === 'moved') return written;
      if (changes.some(({ writes }) => writes.length > 0)) {
        if (nth === 0) await firstHasWritten();
        await bothHaveWritten();
      }
      return models.commit(changes.map((change): BuildChange => ({ ...change, writes: [], parks: [], unparks: [] })));
    };
    return apart;
  });
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
  await projectAtOnce(separateCheckpoints(both));
  for (const models of both) expect(await counted(models)).toBe(2 * tickets);
});
