import { setImmediate as turn } from 'node:timers/promises';
import { batched, oneAhead } from '../../../src/infrastructure/event-store/batched';

/** So many batches of two, one of which may fail; and how many were asked for. */
const batchesOf = (count: number, failing?: number) => {
  let asked = 0;
  const next = async (): Promise<readonly string[]> => {
    const nth = asked;
    asked += 1;
    await turn();
    if (nth === failing) throw new Error('away');
    return nth < count ? [`${String(nth)}a`, `${String(nth)}b`] : [];
  };
  return { next, asked: () => asked };
};

const read = async (source: AsyncIterable<string>, most = Infinity): Promise<readonly string[]> => {
  const items: string[] = [];
  for await (const item of source) {
    items.push(item);
    if (items.length === most) break;
  }
  return items;
};

describe('batches that are read one ahead', () => {
  it('are the same, in order', async () => {
    expect(await read(batched(oneAhead(batchesOf(3).next)))).toEqual(['0a', '0b', '1a', '1b', '2a', '2b']);
    expect(await read(batched(oneAhead(batchesOf(0).next)))).toEqual([]);
  });

  it('are not asked for by whoever wants the first one only', async () => {
    const { next, asked } = batchesOf(9);
    await read(batched(oneAhead(next)), 2);
    await turn();
    expect(asked()).toBe(1);
  });

  it('wait for a slow reader, one at most', async () => {
    const { next, asked } = batchesOf(9);
    const source = batched(oneAhead(next));
    for (let items = 0; items < 3; items += 1) await source.next();
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect(asked()).toBe(3);
  });

  it('that fail are told of in their turn, after what came before; and to nobody who has left', async () => {
    const items: string[] = [];
    const reading = (async () => {
      for await (const item of batched(oneAhead(batchesOf(9, 2).next))) items.push(item);
    })();
    await expect(reading).rejects.toThrow('away');
    expect(items).toEqual(['0a', '0b', '1a', '1b']);
    expect(await read(batched(oneAhead(batchesOf(9, 2).next)), 3)).toEqual(['0a', '0b', '1a']);
    await turn();
  });
});
