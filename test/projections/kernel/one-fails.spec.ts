import { setTimeout as sleep } from 'node:timers/promises';
import { rebuild } from '@tichet-albastru/event-log/projector/rebuild';
import { catchUp, runProjections } from '@tichet-albastru/event-log/projector/projector';
import { onlineHistory } from '../../support/histories';
import { counting } from './counting';
import { asCase, sideBySide, worldWith, type World } from './world';

const facts = sideBySide(asCase(1, onlineHistory()));

const outdatedWorld = async (): Promise<World> => {
  const world = worldWith();
  await world.tell(...facts);
  await catchUp(world, [counting()]);
  return world;
};
const newer = { ...counting(), version: counting().version + 1 };

describe('a rebuild beside the projector', () => {
  it('that fails leaves nobody at work: whoever begins again would follow the log twice', async () => {
    const world = await outdatedWorld();
    const followers = new Set<AbortSignal>();
    const rows: World['rows'] = Object.create(world.rows);
    rows.followElsewhere = async (_projections, signal) => {
      followers.add(signal);
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
      });
      followers.delete(signal);
      return 'ended' as const;
    };
    rows.startBuild = () => Promise.reject(new Error('no room'));
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(runProjections({ ...world, rows }, [newer], { signal: new AbortController().signal })).rejects.toThrow('no room');
    expect(followers.size).toBe(0);
  });

  it('whose table is dropped by another process on the way is begun again', async () => {
    const world = await outdatedWorld();
    const rows: World['rows'] = Object.create(world.rows);
    let dropped = false;
    rows.switchTo = async (projection, build) => {
      if (!dropped) {
        dropped = true;
        await world.rows.dropBuild(build);
      }
      return world.rows.switchTo(projection, build);
    };
    const stop = new AbortController();
    const work = runProjections({ ...world, rows }, [newer], { signal: stop.signal });
    const liveVersion = async () => (await world.rows.builds()).find(({ state }) => state === 'live')?.version;
    while ((await liveVersion()) !== newer.version) await sleep(20);
    stop.abort();
    await work;
    expect([dropped, await liveVersion()]).toEqual([true, newer.version]);
  });

  it('and one that another process does at the same time both end with the newer table', async () => {
    const world = await outdatedWorld();
    const stop = new AbortController();
    const work = runProjections(world, [newer], { signal: stop.signal });
    await rebuild(world, newer);
    stop.abort();
    await work;
    expect((await world.rows.builds()).filter(({ projection }) => projection === 'counting')).toMatchObject([
      { state: 'live', version: newer.version },
    ]);
  });

  it('that finds its table switched and replaced by another rebuild has done what was asked; dropped, it has not', async () => {
    const world = await outdatedWorld();
    const overtaken = (by: () => Promise<unknown>): World => {
      const rows: World['rows'] = Object.create(world.rows);
      rows.switchTo = async (projection, build) => {
        await world.rows.dropBuild(build);
        await by();
        return world.rows.switchTo(projection, build);
      };
      return { ...world, rows };
    };
    expect(
      await rebuild(
        overtaken(() => rebuild(world, newer)),
        newer,
      ),
    ).toBe('switched');
    expect(
      await rebuild(
        overtaken(() => Promise.resolve()),
        newer,
      ),
    ).toBe('interrupted');
  });
});
