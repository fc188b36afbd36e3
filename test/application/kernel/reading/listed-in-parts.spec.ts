import { listedInParts, placeInList } from '../../../../src/application/kernel/reading/listed-in-parts';

const now = '2026-03-02T08:00:00.000Z';

/** Parts whose rows are letters, of which those with a dash are not shown; `after(look)` changes them once so many pages were read. */
const listOf = (parts: string[][], after: (look: number) => void = () => undefined) => {
  let look = 0;
  return {
    parts: parts.length,
    select: (part: number, { limit = 1000, cursor = '' }: { limit?: number; cursor?: string }) => {
      const following = (parts[part] ?? []).filter((row) => row > cursor);
      const rows = following.slice(0, limit);
      look += 1;
      after(look);
      const last = rows.at(-1);
      return Promise.resolve({ rows, ...(following.length > rows.length && last !== undefined ? { next: last } : {}) });
    },
    judge: (_: number, row: string) => (row.endsWith('-') ? undefined : row),
    keyOf: (row: string) => row,
  };
};

const pagesOf = async (list: ReturnType<typeof listOf>, limit: number): Promise<readonly (readonly string[])[]> => {
  const pages: (readonly string[])[] = [];
  for (let cursor: string | undefined; ;) {
    const { rows, next } = await listedInParts(list, placeInList('letters', cursor, now), limit);
    pages.push(rows);
    if (next === undefined) return pages;
    cursor = next;
  }
};

describe('a list of several parts', () => {
  it('is shown part after part, each page as long as was asked for', async () => {
    expect(
      await pagesOf(
        listOf([
          ['a', 'b', 'c', 'd', 'e'],
          ['x', 'y'],
        ]),
        3,
      ),
    ).toEqual([['a', 'b', 'c'], ['d', 'e', 'x'], ['y']]);
  });

  it('ends with its last row, and has no empty page behind it', async () => {
    expect(await pagesOf(listOf([['a', 'b'], ['x']]), 3)).toEqual([['a', 'b', 'x']]);
  });

  it('goes on with the next part where what stood behind a page has left its part meanwhile', async () => {
    const first = ['a-', 'b', 'c-', 'd', 'e', 'f', 'g'];
    // the second look finds more than the page holds; what stands behind the page is gone when it is cut
    const list = listOf([first, ['x', 'y']], (look) => {
      if (look === 2) first.splice(5);
    });
    const page = await listedInParts(list, placeInList('letters', undefined, now), 3);
    expect(page).toEqual({ rows: ['b', 'd', 'e'], next: `letters~1~${now}~` });
    expect(await listedInParts(list, placeInList('letters', page.next, now), 3)).toEqual({ rows: ['x', 'y'] });
  });

  it('goes on from no cursor but its own', () => {
    for (const cursor of [`numbers~0~${now}~a`, `0~${now}~a`, 'a', '~', ''])
      expect(() => placeInList('letters', cursor, now)).toThrow('another list');
  });
});
