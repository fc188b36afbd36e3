import { join } from 'node:path';
import type { Projection } from '../../../src/application/kernel/ports/projection';
import type { ProjectionStore } from '@tichet-albastru/event-log/ports/projection-store';
import type { ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import { openPostgres } from '../../../src/infrastructure/nest/postgres';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { rebuild } from '@tichet-albastru/event-log/projector/rebuild';
import { closing, emptyFolder } from '../../support/closing';
import { onlineHistory } from '../../support/histories';
import { createTestDatabase } from '../../support/postgres';
import { counting, type CountRow } from './counting';
import { asCase, beside, dump, sideBySide, worldWith, type World } from './world';

type Store = ProjectionStore & ReadModels;
/** The stores of two who share the same tables: two processes, two threads of one data folder, or one process twice. */
type Two = readonly [Store, Store];
const opening: Readonly<Record<string, () => Promise<Two>>> = {
  memory: () => {
    const models = new MemoryReadModels();
    return Promise.resolve([models, models]);
  },
  SQLite: () => {
    const file = join(emptyFolder(), 'read-models.db');
    return Promise.resolve([closing(new SqliteReadModels(file)), closing(new SqliteReadModels(file))]);
  },
  PostgreSQL: async () => {
    const { url } = await createTestDatabase();
    const open = async () => closing(new PostgresReadModels(closing(await openPostgres({ url }))));
    return [await open(), await open()];
  },
};

const facts = sideBySide(...Array.from({ length: 3 }, (_, n) => asCase(n, onlineHistory())));
/** Everything of a table is counted, and every row of it is said once more by a derived one. */
const table = (version: number): Projection<CountRow> =>
  counting(version, {
    derived: {
      name: 'said-again',
      columns: {},
      namedBy: (key) => [key],
      sourcesOf: (key) => [key],
      derive: (key, lookup) => lookup(key),
    },
  });

const door = () => {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    passed,
    open: (): void => {
      open();
    },
  };
};
/** The same store, where some of it is done otherwise. */
const except = (store: Store, otherwise: Partial<Store>): Store => Object.assign(Object.create(store) as Store, otherwise);
/** What a table must hold in the end, whoever has filled it. */
const filledOnce = async (world: World, version: number): Promise<string> => {
  const fresh = beside(world);
  await catchUp(fresh, [table(version)]);
  return dump(fresh.rows, table(version));
};

/** Both have looked, and seen that nobody fills, before either begins; neither goes on before both have begun. */
const beginTogether = async (world: World, two: Two, versions: readonly [number, number]) => {
  const looked = [door(), door()] as const;
  const begun = [door(), door()] as const;
  const outcomes = await Promise.all(
    two.map((store, who) => {
      const other = who === 0 ? 1 : 0;
      const startBuild: Store['startBuild'] = async (projection) => {
        looked[who === 0 ? 0 : 1].open();
        await looked[other].passed;
        if (who === 1) await begun[0].passed;
        const build = await store.startBuild(projection);
        begun[who === 0 ? 0 : 1].open();
        await begun[other].passed;
        return build;
      };
      return rebuild(beside(world, except(store, { startBuild })), table(versions[who === 0 ? 0 : 1]), { batchSize: 7 });
    }),
  );
  return { outcomes, builds: (await two[0].builds()).map(({ version, state }) => [version, state]) };
};

describe.each(Object.entries(opening))('two rebuilds of a table at once in %s', (_, open) => {
  let two: Two;
  let world: World;
  beforeEach(async () => {
    two = await open();
    world = worldWith(two[0]);
    await world.tell(...facts.slice(0, -1));
    await catchUp(world, [table(1)]);
  });
  const isWhole = async (version: number): Promise<void> => {
    expect(await dump(two[0], table(version))).toBe(await filledOnce(world, version));
  };

  it('that have both looked before either began fill one build, and both see it switched', async () => {
    expect(await beginTogether(world, two, [2, 2])).toEqual({ outcomes: ['switched', 'switched'], builds: [[2, 'live']] });
    await isWhole(2);
  });

  it('of two versions: the one that began later is filled, and the other is told that it was interrupted', async () => {
    expect(await beginTogether(world, two, [2, 3])).toEqual({ outcomes: ['interrupted', 'switched'], builds: [[3, 'live']] });
    await isWhole(3);
  });

  it('derive the same rows: what the one has derived is still there while the other derives', async () => {
    const [otherDerives, atTheSwitch, otherWrote, over] = [door(), door(), door(), door()];
    const one = except(two[0], {
      switchTo: async (projection, build, at) => {
        atTheSwitch.open();
        await otherWrote.passed;
        return two[0].switchTo(projection, build, at);
      },
    });
    let waits = true;
    const other = except(two[1], {
      page: async (build, name, after, limit) => {
        if (waits) {
          otherDerives.open();
          await atTheSwitch.passed;
        }
        return two[1].page(build, name, after, limit);
      },
      commit: async (changes) => {
        const committed = await two[1].commit(changes);
        if (changes.some(({ writes }) => writes.some(({ table: name }) => name === 'said-again')) && waits) {
          waits = false;
          otherWrote.open();
          await over.passed;
        }
        return committed;
      },
    });
    const second = rebuild(beside(world, other), table(2));
    await otherDerives.passed;
    expect(await rebuild(beside(world, one), table(2))).toBe('switched');
    await isWhole(2);
    over.open();
    expect(await second).toBe('switched');
    await isWhole(2);
  });

  it('switch nothing that the other has folded into and not derived', async () => {
    const [otherFolded, over] = [door(), door()];
    let second: Promise<unknown> = Promise.resolve();
    const other = except(two[1], {
      commit: async (changes) => {
        const committed = await two[1].commit(changes);
        otherFolded.open();
        await over.passed;
        return committed;
      },
    });
    let looks = 0;
    const one = except(two[0], {
      switchTo: async (projection, build, at) => {
        if (++looks === 1) {
          await world.tell(...facts.slice(-1));
          second = rebuild(beside(world, other), table(2));
          await otherFolded.passed;
        }
        return two[0].switchTo(projection, build, at);
      },
    });
    expect([await rebuild(beside(world, one), table(2)), looks]).toEqual(['switched', 2]);
    await isWhole(2);
    over.open();
    expect(await second).toBe('switched');
    await isWhole(2);
  });
});

it('one whose derivation was overtaken waits before it derives again, and does not go at the pace of the other', async () => {
  jest.useFakeTimers({ doNotFake: ['Date', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] });
  try {
    const models = new MemoryReadModels();
    const world = worldWith(models);
    const rest = facts.slice(10);
    await world.tell(...facts.slice(0, 10));
    await catchUp(world, [table(1)]);
    let [isOvertaken, derivations] = [true, 0];
    const foldBeside = async (): Promise<void> => {
      await world.tell(...rest.splice(0, 1));
      for (const build of (await models.builds()).filter(({ state }) => state === 'filling'))
        await models.commit([{ build, expected: build.checkpoint, next: await world.store.end(), writes: [], parks: [], unparks: [] }]);
    };
    const overtaken = except(models, {
      page: async (build, name, after, limit) => {
        if (name === 'said-again' && after === '') {
          derivations += 1;
          if (isOvertaken) await foldBeside();
        }
        return models.page(build, name, after, limit);
      },
    });
    const filling = rebuild(beside(world, overtaken), table(2));
    for (let turn = 0; turn < 500; turn += 1) await new Promise(setImmediate);
    expect(derivations).toBe(1);
    isOvertaken = false;
    jest.advanceTimersByTime(100);
    expect([await filling, derivations]).toEqual(['switched', 2]);
  } finally {
    jest.useRealTimers();
  }
});

it('a store in which the second to begin drops what the first fills is found', async () => {
  const models = new MemoryReadModels();
  const world = worldWith(models);
  await world.tell(...facts);
  const startBuild: Store['startBuild'] = async (projection) => {
    for (const build of await models.builds()) if (build.state === 'filling') await models.dropBuild(build);
    return models.startBuild(projection);
  };
  const dropping = except(models, { startBuild });
  expect((await beginTogether(world, [dropping, dropping], [2, 2])).outcomes).toEqual(['interrupted', 'switched']);
});
