import { RowParked } from '@tichet-albastru/event-log/ports/read-models';
import type { Projection } from '../../../src/application/kernel/ports/projection';
import type { ReportingTable } from '@tichet-albastru/event-log/ports/reporting';
import { catchUpReporting } from '@tichet-albastru/event-log/reporting/fill-reporting';
import { emptyFolder } from '../../support/closing';
import {
  byDepartment,
  errands,
  errandsTable as table,
  inPostgres,
  inSqlite,
  World,
  type Asked,
  type Errand,
  type Place,
} from '../kernel/errands';

const places: readonly (readonly [string, () => Promise<Place>])[] = [
  ['SQLite', () => Promise.resolve(inSqlite(emptyFolder()))],
  ['PostgreSQL', inPostgres],
];

describe.each(places)('the reporting tables in %s', (kind, open) => {
  let world: World;
  beforeEach(async () => {
    world = new World(await open());
    await world.place.models.prepare(errands);
  });

  it('hold what the rows of the source make, with views over them, and follow each change of it', async () => {
    await world.write({
      a: { departmentCode: '425', parts: ['one', 'two'] },
      b: { departmentCode: '426', dueAt: '2026-03-05T09:00:00.000Z' },
    });
    await world.fill();
    expect(await world.rows()).toEqual([
      { errand_id: 'a', part: 'one', overdue: null },
      { errand_id: 'a', part: 'two', overdue: null },
      { errand_id: 'b', part: 'all', overdue: false },
    ]);
    await world.write({ a: { departmentCode: '425', parts: ['two'] }, b: undefined, c: { departmentCode: '427' } });
    await world.fill();
    expect(await world.rows('errand_id, part')).toEqual([
      { errand_id: 'a', part: 'two' },
      { errand_id: 'c', part: 'all' },
    ]);
    expect(
      (await world.place.ask('SELECT department_code FROM v2_errands_by_department ORDER BY 1')).map((row) => row['department_code']),
    ).toEqual(['425', '427']);
  });

  it('turn when their time has come and no fact with it, after a restart as well, and not a moment before', async () => {
    await world.write({ a: { departmentCode: '425', dueAt: '2026-03-05T09:00:00.000Z' } });
    await world.fill();
    expect(await world.freshness()).toEqual([expect.objectContaining({ table_name: 'v2_errands', behind_rows: 0, parked: 0 })]);
    world.clock.set('2026-03-05T09:00:00.000Z');
    await world.fill();
    expect(await world.rows()).toEqual([{ errand_id: 'a', part: 'all', overdue: false }]);
    world = new World(world.place.again(), world.clock);
    world.clock.set('2026-03-05T09:00:00.001Z');
    await world.fill();
    expect(await world.rows()).toEqual([{ errand_id: 'a', part: 'all', overdue: true }]);
    expect((await world.freshness())[0]?.['judged_until']).toBeNull();
  });

  it('ask every row again when a table has changed that all of them look at', async () => {
    const tools: Projection = { ...errands, name: 'tools' };
    await world.place.models.prepare(tools);
    const [at, later] = ['2026-03-02T08:00:00.000Z', '2026-03-02T09:00:00.000Z'];
    const askedAt = async (): Promise<unknown> =>
      (await world.rows('errand_id, asked_at')).map(({ asked_at: asked }) => new Date(String(asked)).toISOString());
    await world.write({ a: { departmentCode: '425' }, b: { departmentCode: '426' } });
    await world.fill({ ...table, restsOn: ['tools'] });
    expect(await askedAt()).toEqual([at, at]);
    world.clock.set(later);
    await world.fill({ ...table, restsOn: ['tools'] });
    expect(await askedAt()).toEqual([at, at]);
    await world.write({ hammer: { departmentCode: '425' } }, tools);
    await world.fill({ ...table, restsOn: ['tools'] });
    expect(await askedAt()).toEqual([later, later]);
  });

  it('are as far as the least of the tables that they are made from, and behind by what has changed in any', async () => {
    const tools: Projection = { ...errands, name: 'tools' };
    const resting = { ...table, restsOn: ['tools'] };
    await world.write({ hammer: { departmentCode: '425' } }, tools);
    for (const departmentCode of ['425', '426']) await world.write({ a: { departmentCode } });
    await world.fill(resting);
    const position = String(1).padStart(20, '0');
    expect(await world.freshness()).toEqual([expect.objectContaining({ behind_rows: 0, position })]);
    const { reporting } = world.place;
    const changing: Place['reporting'] = {
      ...reporting,
      waiting: async () => {
        await world.write({ hammer: { departmentCode: '426' }, saw: { departmentCode: '425' } }, tools);
        await world.write({ a: { departmentCode: '427' } });
        return reporting.waiting();
      },
    };
    await new World({ ...world.place, reporting: changing }, world.clock).fill(resting);
    expect(await world.freshness()).toEqual([expect.objectContaining({ behind_rows: 3, position })]);
  });

  it('wait for the version of a table that all of them look at', async () => {
    const tools: Projection = { ...errands, name: 'tools' };
    const fillFrom = (version: number): Promise<void> =>
      catchUpReporting(world.ports, {
        ...{ tables: [{ ...table, restsOn: ['tools'] }], views: [] },
        versions: new Map([
          ['errands', 1],
          ['tools', version],
        ]),
      });
    await world.place.models.prepare(tools);
    await world.write({ a: { departmentCode: '425' } });
    await fillFrom(2);
    expect(await world.rows('errand_id')).toEqual([]);
    expect(await world.freshness()).toEqual([expect.objectContaining({ behind_rows: 1 })]);
    await fillFrom(1);
    expect(await world.rows('errand_id')).toEqual([{ errand_id: 'a' }]);
  });

  it('say again what is true now when the clock that has turned them goes back', async () => {
    await world.write({ a: { departmentCode: '425', dueAt: '2026-03-05T09:00:00.000Z' } });
    world.clock.set('2026-04-01T09:00:00.000Z');
    await world.fill();
    expect(await world.rows()).toEqual([{ errand_id: 'a', part: 'all', overdue: true }]);
    world.clock.set('2026-03-02T09:00:00.000Z');
    await world.fill();
    expect(await world.rows()).toEqual([{ errand_id: 'a', part: 'all', overdue: false }]);
    world.clock.set('2026-03-05T09:00:01.000Z');
    await world.fill();
    expect(await world.rows()).toEqual([{ errand_id: 'a', part: 'all', overdue: true }]);
  });

  it('are filled anew, each row, when another build of the source is read: what it lacks goes', async () => {
    const many = Object.fromEntries(Array.from({ length: 350 }, (_, n) => [`e${String(n).padStart(3, '0')}`, { departmentCode: '425' }]));
    await world.write(many);
    await world.fill();
    expect(await world.rows('count(*) AS n, 1 AS errand_id, 1 AS part')).toHaveLength(1);
    const { e100, e349, ...kept } = many;
    expect([e100, e349]).not.toContain(undefined);
    await world.rebuild({ ...kept, e050: { departmentCode: '999' } });
    await world.fill();
    const rows = await world.rows('errand_id, part, department_code');
    expect(rows).toHaveLength(348);
    expect(rows.filter((row) => row['department_code'] === '999')).toEqual([{ errand_id: 'e050', part: 'all', department_code: '999' }]);
  });

  it('have the indexes that are declared, also one that is widened behind where names are cut off', async () => {
    const statement =
      kind === 'SQLite'
        ? `SELECT sql AS text FROM sqlite_master WHERE type = 'index' AND tbl_name = 'v2_errands' AND sql IS NOT NULL`
        : `SELECT indexdef AS text FROM pg_indexes WHERE tablename = 'v2_errands' AND indexname NOT LIKE '%_pkey'`;
    const columnsOf = ({ text }: Asked[number]): string => /\((.*)\)$/.exec(String(text))?.[1]?.replaceAll('"', '') ?? '';
    const narrow = ['department_code', 'due_on', 'due_at', 'parts', 'overdue', 'share'];
    for (const indexes of [[['part']], [narrow, ['part']], [[...narrow, 'asked_at']], []]) {
      await world.fill({ ...table, indexes });
      expect((await world.place.ask(statement)).map(columnsOf).toSorted()).toEqual(indexes.map((index) => index.join(', ')).toSorted());
    }
  });

  it('are filled anew under another policy, also of the same number, and left as they are under the same', async () => {
    const under = (policy: number | undefined, days = policy ?? 0): ReportingTable<Errand> => ({
      ...table,
      ...(policy !== undefined && { under: JSON.stringify({ value: policy, version: 1 }) }),
      rowsOf: (_, key) => ({ rows: [{ errand_id: key, part: 'all', department_code: '425', parts: days }] }),
    });
    const parts = async (): Promise<readonly unknown[]> => (await world.rows('parts')).map((row) => row['parts']);
    await world.write({ a: { departmentCode: '425' } });
    for (const days of [20, 30]) {
      await world.fill(under(days));
      expect(await parts()).toEqual([days]);
    }
    await world.fill(under(30, 40));
    expect(await parts()).toEqual([30]);
    await world.fill(under(undefined, 40));
    expect(await parts()).toEqual([40]);
  });

  it('are filled anew in place when their version is raised, with the columns that came', async () => {
    await world.write({ a: { departmentCode: '425' } });
    await world.fill();
    const { columns } = table;
    const wider: ReportingTable<Errand> = {
      ...table,
      version: 2,
      columns: { ...columns, extra: { type: 'text', told: 'What came later.' } },
      rowsOf: (row) => ({ rows: [{ errand_id: 'a', part: 'all', department_code: row.departmentCode, extra: 'here' }] }),
    };
    await world.fill(wider);
    expect(await world.rows('errand_id, extra, parts')).toEqual([{ errand_id: 'a', extra: 'here', parts: null }]);
  });

  it('say how many rows wait for a person in what they are made from, and what is made of those stands', async () => {
    const tools: Projection = { ...errands, name: 'tools' };
    await world.place.models.prepare(tools);
    await world.write({ a: { departmentCode: '425' }, b: { departmentCode: '426' } });
    await world.write({ hammer: { departmentCode: '425' } }, tools);
    const resting = { ...table, restsOn: ['tools'] };
    await world.park(['a'], errands);
    await world.park(['hammer', 'saw'], tools);
    await world.fill(resting);
    expect(await world.freshness()).toEqual([expect.objectContaining({ behind_rows: 0, parked: 0, source_parked: 3 })]);
    expect((await world.place.reporting.freshness())[0]).toMatchObject({ parked: 0, sourceParked: 3 });
    expect(await world.rows('errand_id')).toEqual([{ errand_id: 'a' }, { errand_id: 'b' }]);
    await world.unpark(['a'], errands);
    await world.fill(resting);
    expect(await world.freshness()).toEqual([expect.objectContaining({ source_parked: 2 })]);
  });

  it('lack a row that cannot be made, say so, and hold all others; it comes with the next change, or start', async () => {
    await world.write({ a: { departmentCode: '425' }, b: { departmentCode: '425' } });
    await world.fill();
    await world.write({ a: { departmentCode: '425', broken: true }, b: { departmentCode: '426' }, c: { departmentCode: '427' } });
    await world.fill();
    expect(await world.rows('errand_id, department_code')).toEqual([
      { errand_id: 'b', department_code: '426' },
      { errand_id: 'c', department_code: '427' },
    ]);
    expect(await world.place.reporting.parked()).toEqual([
      { table: 'errands', key: 'a', error: 'RangeError', parkedAt: world.clock.now() },
    ]);
    expect(await world.freshness()).toEqual([expect.objectContaining({ parked: 1 })]);
    expect(world.lines).toContain('reporting-parked');
    expect(world.told).toEqual([{ table: 'errands', error: 'RangeError', count: 1 }]);
    const mended: ReportingTable<Errand> = {
      ...table,
      rowsOf: (row, key, ...rest) => table.rowsOf({ ...row, broken: undefined as never }, key, ...rest),
    };
    await world.fill(mended);
    expect(await world.rows('errand_id')).toHaveLength(3);
    expect(await world.place.reporting.parked()).toEqual([]);
  });

  it.each<[string, Errand, string]>([
    ['a date that is none', { departmentCode: '425', dueAt: 'tomorrow' }, 'due_at is no instant'],
    ['a text that is none', { departmentCode: 425 as unknown as string }, 'department_code is no text'],
  ])('do not take %s, which no database would', async (_what, row, sentence) => {
    await world.write({ a: row, b: { departmentCode: '426' } });
    await world.fill();
    expect(await world.rows('errand_id')).toEqual([{ errand_id: 'b' }]);
    expect((await world.place.reporting.parked())[0]?.error).toContain(sentence);
  });

  it('have the rows that could not be made, or every row of a table, asked again when somebody wants that', async () => {
    await world.write({ a: { departmentCode: '425', broken: true }, b: { departmentCode: '426' } });
    await world.fill();
    const { reporting } = world.place;
    const now = world.clock.now();
    expect(await reporting.look(now, 10)).toMatchObject({ changes: [], due: [], fills: [] });
    expect(await reporting.askAgain('no such table')).toBe(0);
    expect(await reporting.askAgain('errands')).toBe(1);
    await reporting.fillAnew('errands');
    expect(await reporting.look(now, 10)).toMatchObject({
      due: [{ table: 'errands', key: 'a' }],
      fills: [{ table: 'errands', after: '' }],
    });
    world.clock.advance({ minutes: 1 });
    await world.fill();
    expect(await reporting.look(now, 10)).toMatchObject({ due: [], fills: [] });
    const asked = await world.place.ask(`SELECT count(*) AS n FROM v2_errands WHERE asked_at > '${now}'`);
    expect(Number(asked[0]?.['n'])).toBe(1);
  });

  it('go on with what is filled anew where that is asked for while it is filled: from the first row again', async () => {
    await world.write({ a: { departmentCode: '425' }, b: { departmentCode: '426' } });
    await world.fill();
    const { reporting } = world.place;
    const at = world.clock.now();
    const filled = async (range: { readonly after: string; readonly until?: string }): Promise<void> => {
      const { generation } = await reporting.look(at, 10);
      const batch = { generation, at, asked: [], changes: [], begun: [], filled: { table: 'errands', ...range } };
      expect(await reporting.commit(batch)).toBe('committed');
    };
    await reporting.fillAnew('errands');
    await filled({ after: '', until: 'a' });
    await reporting.fillAnew('errands');
    await filled({ after: 'a' });
    expect((await reporting.look(at, 10)).fills).toEqual([{ table: 'errands', after: '' }]);
  });

  it('keep what stands while another row that they read is parked, and come right by themselves once it is not', async () => {
    let isParked = false;
    const reading: ReportingTable<Errand> = {
      ...table,
      rowsOf: (row, key, ...rest) => {
        if (isParked && key === 'a') throw new RowParked('staff-calendar', 's001');
        return table.rowsOf(row, key, ...rest);
      },
    };
    await world.write({ a: { departmentCode: '425' } });
    await world.fill(reading);
    isParked = true;
    await world.write({ a: { departmentCode: '426' } });
    await world.fill(reading);
    const seen = (): Promise<unknown> => world.rows('errand_id, part, department_code');
    expect(await seen()).toEqual([{ errand_id: 'a', part: 'all', department_code: '425' }]);
    expect(await world.place.reporting.parked()).toHaveLength(1);
    expect(await world.freshness()).toEqual([expect.objectContaining({ parked: 1, judged_until: null })]);
    isParked = false;
    world.clock.advance({ minutes: 6 });
    const { reporting } = world.place;
    const { due } = await reporting.look(world.clock.now(), 10);
    expect(due).toEqual([{ table: 'errands', key: 'a' }]);
    await world.fill(reading);
    expect(await seen()).toEqual([{ errand_id: 'a', part: 'all', department_code: '426' }]);
    expect(await reporting.parked()).toEqual([]);
  });

  it('are not asked while their source is read in another version, and filled once it is not', async () => {
    await world.write({ a: { departmentCode: '425', dueAt: '2026-03-05T09:00:00.000Z' }, b: { departmentCode: '426' } });
    await world.fill();
    const fillFrom = (version: number): Promise<void> =>
      catchUpReporting(world.ports, {
        tables: [{ ...table, version: 2 }],
        views: [byDepartment],
        versions: new Map([['errands', version]]),
      });
    await world.write({ a: { departmentCode: '427', broken: true, dueAt: '2026-03-05T09:00:00.000Z' } });
    world.clock.set('2026-03-06T09:00:00.000Z');
    await fillFrom(2);
    const seen = (): Promise<unknown> => world.rows('errand_id, part, department_code');
    expect(await seen()).toEqual([
      { errand_id: 'a', part: 'all', department_code: '425' },
      { errand_id: 'b', part: 'all', department_code: '426' },
    ]);
    expect(await world.place.reporting.parked()).toEqual([]);
    expect(await world.freshness()).toEqual([expect.objectContaining({ behind_rows: 2 })]);
    await world.rebuild({ b: { departmentCode: '428' } });
    await fillFrom(2);
    expect(await seen()).toEqual([{ errand_id: 'b', part: 'all', department_code: '428' }]);
    expect(await world.freshness()).toEqual([expect.objectContaining({ behind_rows: 0 })]);
  });

  it('end a turn once it has made thousands of rows, and lose none', async () => {
    await world.fill();
    const parts = Array.from({ length: 1500 }, (_, n) => `part ${n}`);
    await world.write(Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`e${n}`, { departmentCode: '425', parts }])));
    const made: number[] = [];
    const { reporting } = world.place;
    const counting: Place['reporting'] = {
      ...reporting,
      commit: (batch) => {
        made.push(batch.asked.reduce((sum, { rows }) => sum + rows.length, 0));
        return reporting.commit(batch);
      },
    };
    world = new World({ ...world.place, reporting: counting }, world.clock);
    await world.fill();
    await reporting.fillAnew('errands');
    await world.fill();
    expect(made.filter((rows) => rows > 0)).toEqual([3000, 3000, 1500, 3000, 3000, 1500]);
    expect(await world.rows('errand_id, part')).toHaveLength(7500);
  });

  it('are filled anew also while changes keep coming', async () => {
    let left = 40;
    await world.write({ a: { departmentCode: '425' } });
    await world.fill();
    const changing: ReportingTable<Errand> = {
      ...table,
      rowsOf: async (row, key, ...rest) => {
        left -= 1;
        if (left > 0) await world.write({ a: { departmentCode: String(left) } });
        return table.rowsOf(row, key, ...rest);
      },
    };
    const { reporting } = world.place;
    await world.write({ a: { departmentCode: '0' } });
    await reporting.fillAnew('errands');
    const filledWith: number[] = [];
    const watching: Place['reporting'] = {
      ...reporting,
      commit: (batch) => {
        if (batch.filled !== undefined) filledWith.push(left);
        return reporting.commit(batch);
      },
    };
    world = new World({ ...world.place, reporting: watching }, world.clock);
    await world.fill(changing);
    expect(Math.max(...filledWith)).toBeGreaterThan(30);
  });

  it('say again what is true when the clock goes back in small steps', async () => {
    await world.write({ a: { departmentCode: '425', dueAt: '2026-03-05T09:00:00.000Z' } });
    for (const [time, overdue] of [
      ['09:01:00', true],
      ['09:00:20', true],
      ['08:59:40', false],
    ] as const) {
      world.clock.set(`2026-03-05T${time}.000Z`);
      await world.write({ b: { departmentCode: '426' } });
      await world.fill();
      expect((await world.rows())[0]).toMatchObject({ errand_id: 'a', overdue });
    }
  });

  it('do not say that nothing turns before every row was asked', async () => {
    await world.write({ a: { departmentCode: '425' } });
    const { reporting } = world.place;
    await reporting.prepare([table], [byDepartment]);
    const told = async (): Promise<unknown> => {
      await reporting.tell(world.clock.now(), [{ table: 'errands', position: '', behind: 1, sourceParked: 0 }]);
      return (await reporting.freshness())[0]?.judgedUntil;
    };
    expect(await told()).toBe(world.clock.now());
    await world.fill();
    expect(await told()).toBeUndefined();
  });

  it('take the two hundred changes that were made while nobody filled them', async () => {
    await world.fill();
    for (let n = 0; n < 200; n += 1) await world.write({ [`e${n % 150}`]: { departmentCode: String(n) } });
    expect((await world.place.reporting.waiting()).get('errands')?.changes).toBe(150);
    world = new World(world.place.again(), world.clock);
    await world.fill();
    expect(await world.rows('errand_id')).toHaveLength(150);
    expect((await world.place.ask(`SELECT department_code FROM v2_errands WHERE errand_id = 'e49'`))[0]).toEqual({
      department_code: '199',
    });
    expect(await world.freshness()).toEqual([expect.objectContaining({ behind_rows: 0, position: String(200).padStart(20, '0') })]);
  });

  it('write nothing that rests on an older look than another one has written', async () => {
    await world.write({ a: { departmentCode: '425' } });
    await world.fill();
    const { reporting } = world.place;
    const late = await reporting.look(world.clock.now(), 10);
    await world.write({ a: { departmentCode: '426' } });
    await world.fill();
    const batch = {
      generation: late.generation,
      at: world.clock.now(),
      changes: [],
      begun: [],
      asked: [{ table: 'errands', key: 'a', rows: [] }],
    };
    expect(await reporting.commit(batch)).toBe('moved');
    expect(await world.rows('department_code, errand_id, part')).toHaveLength(1);
  });

  it('keep a change that came while its row was asked', async () => {
    await world.write({ a: { departmentCode: '425' } });
    await world.fill();
    const changing: ReportingTable<Errand> = {
      ...table,
      rowsOf: async (row, key, ...rest) => {
        if (row.departmentCode === '426') await world.write({ a: { departmentCode: '427' } });
        return table.rowsOf(row, key, ...rest);
      },
    };
    await world.write({ a: { departmentCode: '426' } });
    await world.fill(changing);
    expect(await world.rows('department_code')).toEqual([{ department_code: '427' }]);
  });

  it('note the changes of their sources, and of no other table', async () => {
    const [other] = await world.place.models.prepare({ ...errands, name: 'others' });
    await world.fill();
    if (other === undefined) throw new Error('There is no build.');
    await world.place.models.commit([
      { build: other, expected: '', next: '1', writes: [{ table: 'others', key: 'x', row: {} }], parks: [], unparks: [] },
    ]);
    expect(await world.place.models.sources().counts()).toEqual(new Map());
  });
});
