import type { Recorded } from '../ports/event-store';
import type { Projection } from '../ports/projection';
import type { Build, BuildChange, ProjectionStore } from '../ports/projection-store';
import { RowParked, type ReadModels, type Row } from '../ports/read-models';
import { defined } from '@tichet-albastru/kernel/defined';
import { ensure, ensureEqual, PromiseBroken, type ContractCheck } from './check';

export type ReadModelsUnderTest = ReadModels & ProjectionStore;

const projection: Projection = {
  name: 'some-table',
  version: 1,
  columns: { size: 'integer', name: 'text', flag: 'integer' },
  keysOf: () => [],
  apply: () => undefined,
  derived: { name: 'some-derived', columns: {}, namedBy: () => [], sourcesOf: () => [], derive: () => undefined },
};
const position = (n: number): string => String(n).padStart(20, '0');
const event = (n: number): Recorded => ({
  position: position(n),
  stream: 'ticket-1',
  revision: n,
  id: `event-${n}`,
  type: 'Held',
  body: '{}',
  hash: '0',
});
const rowsOf = (...rows: readonly (readonly [string, Row | undefined])[]): BuildChange['writes'] =>
  rows.map(([key, row]) => ({ table: projection.name, key, row }));
const change = (build: Build, next: number, parts: Partial<BuildChange> = {}): BuildChange => ({
  build,
  expected: build.checkpoint,
  next: position(next),
  expectedParked: 0,
  writes: [],
  parks: [],
  unparks: [],
  ...parts,
});
const live = async (models: ReadModelsUnderTest): Promise<Build> => {
  const [build] = await models.prepare(projection);
  if (build?.state !== 'live') throw new PromiseBroken('prepare makes a live build');
  return build;
};
const filling = async (models: ReadModelsUnderTest): Promise<Build> => models.startBuild({ ...projection, version: 2 });
const keysIn = async (models: ReadModelsUnderTest): Promise<readonly unknown[]> =>
  (await models.select(projection.name)).rows.map((row) => row['name']);

const named = (name: string, size: number | null = 0, flag = false): readonly [string, Row] => [name, { name, size, flag }];

/** What every store of read models keeps. Each check opens its own. */
export const readModelsContract: readonly ContractCheck<() => ReadModelsUnderTest>[] = [
  {
    promise: 'rows and checkpoint move together, and a row comes back as it was written',
    check: async (open) => {
      const models = open();
      const build = await live(models);
      const row = { name: 'ș', size: 1, flag: true, nested: { list: [1, null, 'x'] } };
      ensureEqual(await models.commit([change(build, 7, { writes: rowsOf(['a', row]) })]), 'committed', 'the commit');
      ensureEqual(await models.get(projection.name, 'a'), row, 'the row');
      ensureEqual(await models.position(projection.name), position(7), 'the position');
      ensureEqual(await models.get(projection.name, 'b'), undefined, 'a row that is not there');
    },
  },
  {
    promise: 'a checkpoint that has moved stops every change of the commit',
    check: async (open) => {
      const models = open();
      const build = await live(models);
      await models.commit([change(build, 1, { writes: rowsOf(named('first')) })]);
      ensureEqual(await models.commit([change(build, 2, { writes: rowsOf(named('second')) })]), 'moved', 'the late commit');
      ensureEqual(await keysIn(models), ['first'], 'the rows');
      ensureEqual(await models.position(projection.name), position(1), 'the position');
    },
  },
  {
    promise: 'parked events that were not known of stop a commit',
    check: async (open) => {
      const models = open();
      const build = await live(models);
      const parked = { table: projection.name, key: 'a', event: event(1), error: 'no', parkedAt: '2026-03-02T08:00:00.000Z' };
      await models.commit([change(build, 1, { parks: [parked] })]);
      const later: Build = { ...build, checkpoint: position(1) };
      ensureEqual(await models.commit([change(later, 2)]), 'moved', 'a fold that knew of none');
      ensureEqual(await models.commit([change(later, 2, { expectedParked: 1 })]), 'committed', 'a fold that knew of it');
    },
  },
  {
    promise: 'what is parked keeps its id until it is parked anew, and then has a later one',
    check: async (open) => {
      const models = open();
      const build = await live(models);
      const parked = { table: projection.name, key: 'a', event: event(1), error: 'no', parkedAt: '2026-03-02T08:00:00.000Z' };
      await models.commit([change(build, 1, { parks: [parked] })]);
      const [first] = await models.parked();
      const there: Build = { ...build, checkpoint: position(1) };
      await models.commit([change(there, 1, { expectedParked: 1 })]);
      ensureEqual(await models.parked(), [first], 'what is parked after a commit that says nothing of it');
      const anew = { parks: [{ ...parked, error: 'never' }], unparks: [{ table: projection.name, key: 'a' }] };
      await models.commit([change(there, 1, { expectedParked: 1, ...anew })]);
      const later = (await models.parked()).map(({ id, error }) => [Number(id) > Number(first?.id), error]);
      ensureEqual(later, [[true, 'never']], 'what is parked anew');
    },
  },
  {
    promise: 'a commit of several builds is one',
    check: async (open) => {
      const models = open();
      const build = await live(models);
      const other = await filling(models);
      const late: Build = { ...other, checkpoint: position(9) };
      ensureEqual(await models.commit([change(build, 1, { writes: rowsOf(named('a')) }), change(late, 10)]), 'moved', 'the commit');
      ensureEqual(await keysIn(models), [], 'the rows');
    },
  },
  {
    promise: 'what is loaded of several builds at the same time is each one’s own, also where one of them is gone',
    check: async (open) => {
      const models = open();
      const build = await live(models);
      const other = await filling(models);
      const table = projection.name;
      await models.commit([change(build, 1, { writes: rowsOf(named('a', 1), named('b', 1)) })]);
      await models.commit([change(other, 1, { writes: rowsOf(named('b', 2), named('c', 2)) })]);
      const loaded = async (): Promise<readonly unknown[]> => {
        const asked = [models.load(build, table, ['a', 'b', 'c']), models.load(other, table, ['b']), models.load(other, table, ['c', 'a'])];
        return (await Promise.all(asked)).map((rows) => [...rows].map(([key, row]) => [key, row['size']]));
      };
      const [ofLive, ...ofOther] = await loaded();
      ensureEqual(
        ofLive,
        [
          ['a', 1],
          ['b', 1],
        ],
        'the rows of the live build',
      );
      ensureEqual(ofOther, [[['b', 2]], [['c', 2]]], 'the rows of the one that fills');
      await models.dropBuild(other);
      ensureEqual(await loaded(), [ofLive, [], []], 'the rows when one is gone');
    },
  },
  {
    promise: 'selections compare, order and page by indexed columns, null first',
    check: async (open) => {
      const models = open();
      const build = await live(models);
      const writes = rowsOf(named('a', 3), named('b', null), named('c', 1, true), named('d', 3), named('e', 2, true));
      await models.commit([change(build, 1, { writes })]);
      const seen: unknown[] = [];
      let cursor: string | undefined;
      do {
        const page = await models.select(projection.name, {
          orderBy: [{ column: 'size', descending: true }],
          limit: 2,
          ...defined({ cursor }),
        });
        seen.push(...page.rows.map((row) => row['name']));
        cursor = page.next;
      } while (cursor !== undefined);
      ensureEqual(seen, ['a', 'd', 'e', 'c', 'b'], 'descending, in pages');
      const ascending = await models.select(projection.name, { orderBy: [{ column: 'size' }], limit: 1 });
      ensureEqual(
        ascending.rows.map((row) => row['name']),
        ['b'],
        'null first',
      );
      const rest = await models.select(projection.name, {
        orderBy: [{ column: 'size' }],
        ...defined({ cursor: ascending.next }),
      });
      ensureEqual(
        rest.rows.map((row) => row['name']),
        ['c', 'e', 'a', 'd'],
        'the page after',
      );
      ensureEqual(await models.count(projection.name, [{ column: 'size', from: 2, before: 3 }]), 1, 'from and before');
      ensureEqual(await models.count(projection.name, [{ column: 'flag', is: true }]), 2, 'a flag');
      ensureEqual(await models.count(projection.name, [{ column: 'size', is: null }]), 1, 'null');
      ensureEqual(await models.count(projection.name, [{ column: 'name', in: ['a', 'e', 'z'] }]), 2, 'one of several');
      ensureEqual(
        await models.count(projection.name, [
          { column: 'size', from: 3 },
          { column: 'name', is: 'd' },
        ]),
        1,
        'all of them',
      );
    },
  },
  {
    promise: 'a column without an index, a table of nobody and a cursor of elsewhere are errors',
    check: async (open) => {
      const models = open();
      await live(models);
      const name = async (work: Promise<unknown>): Promise<string> =>
        work.then(
          () => 'none',
          (error: unknown) => (error instanceof Error ? error.name : ''),
        );
      ensureEqual(await name(models.select(projection.name, { where: [{ column: 'row', is: 1 }] })), 'UnknownColumn', 'the column');
      ensureEqual(await name(models.get('nothing', 'a')), 'UnknownTable', 'the table');
      ensureEqual(await name(models.select(projection.name, { cursor: 'x' })), 'InvalidCursor', 'the cursor');
      await models.commit([change(await live(models), 1, { writes: rowsOf(named('a'), named('b')) })]);
      const { next } = await models.select(projection.name, { orderBy: [{ column: 'size' }], limit: 1 });
      for (const order of [{ column: 'name' }, { column: 'size', descending: true }])
        ensureEqual(
          await name(models.select(projection.name, { orderBy: [order], ...defined({ cursor: next }) })),
          'InvalidCursor',
          'the cursor of another order',
        );
    },
  },
  {
    promise: 'a parked key is not read, and waits in order',
    check: async (open) => {
      const models = open();
      const build = await live(models);
      const at = '2026-03-02T08:00:00.000Z';
      const parks = [
        { table: projection.name, key: 'a', event: event(1), error: 'no', parkedAt: at },
        { table: projection.name, key: 'a', event: event(2), parkedAt: at },
      ];
      await models.commit([change(build, 2, { writes: rowsOf(named('a'), named('b')), parks })]);
      const refused = await models.get(projection.name, 'a').then(
        () => undefined,
        (error: unknown) => error,
      );
      ensure(refused instanceof RowParked && refused.key === 'a', 'the read of a parked row says so');
      ensureEqual(await models.get(projection.name, 'b'), named('b')[1], 'another row');
      const [key, ...more] = await models.parked();
      ensureEqual(more, [], 'one key');
      ensureEqual([key?.key, key?.eventId, key?.waiting, key?.error, key?.filling], ['a', 'event-1', 1, 'no', false], 'the key');
      ensureEqual([key?.stream, key?.type, key?.position], [event(1).stream, event(1).type, event(1).position], 'the event');
      ensureEqual(
        (await models.parkedEvents(build)).map((parked) => parked.event),
        [event(1), event(2)],
        'the events',
      );
      ensureEqual((await models.findParked(key?.id ?? ''))?.build, build.build, 'found by its id');
      const later: Build = { ...build, checkpoint: position(2) };
      await models.commit([change(later, 2, { expectedParked: 2, unparks: [{ table: projection.name, key: 'a' }] })]);
      ensureEqual(await models.parked(), [], 'none is parked');
    },
  },
  {
    promise: 'a build fills unseen and is switched to in one step, never backwards',
    check: async (open) => {
      const models = open();
      const build = await live(models);
      await models.commit([change(build, 5, { writes: rowsOf(named('old')) })]);
      const next = await filling(models);
      await models.commit([change(next, 4, { writes: rowsOf(named('new')) })]);
      ensureEqual(await keysIn(models), ['old'], 'while it fills');
      ensureEqual(await models.switchTo({ ...projection, version: 2 }, next), 'behind', 'a table that is behind');
      await models.commit([change({ ...next, checkpoint: position(4) }, 5)]);
      ensureEqual(await models.switchTo({ ...projection, version: 2 }, next), 'switched', 'a table that has caught up');
      ensureEqual(await keysIn(models), ['new'], 'after the switch');
      ensureEqual(await models.switchTo({ ...projection, version: 2 }, next), 'gone', 'a second switch');
      ensureEqual(
        (await models.builds()).map(({ version, state }) => [version, state]),
        [[2, 'live']],
        'what stands',
      );
    },
  },
  {
    promise: 'a build that parks more than the live one is refused',
    check: async (open) => {
      const models = open();
      await live(models);
      const next = await filling(models);
      const parks = [{ table: projection.name, key: 'a', event: event(1), error: 'no', parkedAt: '2026-03-02T08:00:00.000Z' }];
      await models.commit([change(next, 1, { parks })]);
      ensureEqual(await models.switchTo({ ...projection, version: 2 }, next), 'parks-more', 'the switch');
      ensure(
        (await models.parked()).every((key) => key.filling),
        'it is listed as one of a table that is being filled',
      );
    },
  },
  {
    promise: 'whoever waits for a position wakes with the commit, and in vain after the time',
    check: async (open) => {
      const models = open();
      const build = await live(models);
      ensureEqual(await models.reached(position(1), 1), false, 'too early');
      const waiting = models.reached(position(1), 20_000);
      await models.commit([change(build, 1)]);
      ensureEqual(await waiting, true, 'after the commit');
    },
  },
  {
    promise: 'changes of live rows are told, with when they are due, those of a table that fills are not',
    check: async (open) => {
      const models = open();
      const build = await live(models);
      const next = await filling(models);
      const reading = new AbortController();
      const changes = models.changes(reading.signal);
      await models.commit([change(next, 1, { writes: rowsOf(named('unseen')) })]);
      await models.commit([change(build, 1, { writes: rowsOf(['seen', { key: 'seen', dueAt: 'soon' }], ['gone', undefined]) })]);
      const told: unknown[] = [];
      for await (const { projection: name, key, position: at, dueAt } of changes) {
        told.push([name, key, at, dueAt]);
        if (told.length === 2) reading.abort();
      }
      ensureEqual(
        told,
        [
          [projection.name, 'seen', position(1), 'soon'],
          [projection.name, 'gone', position(1), undefined],
        ],
        'the changes',
      );
    },
  },
];
