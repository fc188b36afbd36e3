import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { rebuild } from '@tichet-albastru/event-log/projector/rebuild';
import { onlineHistory } from '../../support/histories';
import { counting } from './counting';
import { asCase, sideBySide, worldWith } from './world';

/** Rebuilds slowly, until it is killed. */
const main = async (): Promise<void> => {
  const models = new SqliteReadModels(process.argv[2] ?? '');
  const world = worldWith(models);
  await world.tell(...sideBySide(...Array.from({ length: 30 }, (_, n) => asCase(n, onlineHistory()))));
  const commit = models.commit.bind(models);
  models.commit = async (changes) => {
    const outcome = await commit(changes);
    process.send?.('committed');
    await new Promise((resolve) => setTimeout(resolve, 20));
    return outcome;
  };
  await rebuild(world, counting(2), { batchSize: 5 });
};

void main();
