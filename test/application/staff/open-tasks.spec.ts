import type { Condition, Row, Selection } from '@tichet-albastru/event-log/ports/read-models';
import { openTasks } from '../../../src/application/staff/open-tasks';
import { pageOf, rowsWhere } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';

/** Every third task has no due time; their keys tell nothing of the order. */
const stored = Array.from({ length: 20 }, (_, index) => {
  const key = `t${String((index * 7) % 20).padStart(2, '0')}`;
  const dueAt = index % 3 === 0 ? undefined : `2026-03-${String(28 - index).padStart(2, '0')}T08:00:00.000Z`;
  const row: Row = { taskId: key, staffId: 's002', from: '2026-03-01T08:00:00.000Z', ...(dueAt === undefined ? {} : { dueAt }) };
  return { key, text: JSON.stringify(row), row, order: `${dueAt ?? '9999'} ${key}` };
});
const columns = ['staffId', 'from', 'dueAt'];
const inOrder = stored.toSorted((a, b) => (a.order < b.order ? -1 : 1));

class KnownRows extends MemoryReadModels {
  // the signature of the port
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  override select = <R extends Row>(_: string, selection: Selection = {}) => {
    const { rows, ...next } = pageOf('tasks', columns, stored, selection);
    return Promise.resolve({ rows: rows.map(({ text }) => JSON.parse(text) as R), ...next });
  };
  override count = (_: string, where: readonly Condition[] = []) => Promise.resolve(rowsWhere('tasks', columns, stored, where).length);
}

const pagesOf = async (limit?: number) => {
  const ask = openTasks(createTestPorts({ readModels: new KnownRows() }));
  const pages: string[][] = [];
  for (let cursor: string | undefined; ;) {
    const asked = { whose: { staffId: 's002' }, ...(limit === undefined ? {} : { limit }), ...(cursor === undefined ? {} : { cursor }) };
    const { tasks, next } = await ask(asked);
    pages.push(tasks.map(({ taskId }) => taskId));
    if (next === undefined) return pages;
    cursor = next;
  }
};

describe('the open tasks', () => {
  it.each([1, 3, 5, 13, 14, 19, 20, 500, undefined])('in pages of %p: by due time, then those without one, each once', async (limit) => {
    const pages = await pagesOf(limit);
    expect(pages.flat()).toEqual(inOrder.map(({ key }) => key));
    for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit ?? 0);
  });
});
