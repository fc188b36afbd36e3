import { auditList, type AuditListQuery } from '../../../src/application/audit/audit-list';
import { listDuties } from '../../../src/application/reports/list-duties';
import { problemOf } from '../../../src/infrastructure/api/problem/problem-filter';
import { UnknownColumn, type Row } from '@tichet-albastru/event-log/ports/read-models';
import { chainOf } from '../../../src/infrastructure/proof/chain-of';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { emptyVideo } from '../../support/automatic-meetings';
import { KnownRows } from '../../support/known-rows';

/** Of every 97 tickets one fails, of every 13 others something is declared that Webex could have confirmed; several begin at the same moment. */
const stored = Array.from({ length: 1000 }, (_, index) => {
  const ticketId = `t${String(index).padStart(4, '0')}`;
  const fails = index % 97 === 0;
  const confirmableBy = index % 13 === 1 ? 'webex' : null;
  const row: Row = {
    ticketId,
    startsAt: `2026-03-05T08:${String(Math.floor(index / 20)).padStart(2, '0')}:00.000Z`,
    overall: fails ? 'fail' : 'pass',
    grade: index % 2 === 0 ? 'observed' : 'declared',
    mode: index % 3 === 0 ? 'online' : 'phone',
    verdicts: {},
    grades: {},
    observable: confirmableBy === null ? {} : { C13: ['webex'] },
    confirmableBy,
    attention: fails ? 'fail' : (confirmableBy ?? 'none'),
    failsAfter: fails ? '' : 'never',
    asOf: '2026-03-01T08:00:00.000Z',
    nextChangeAt: null,
    position: '1',
  };
  return { key: ticketId, text: JSON.stringify(row), row };
});
type Stored = (typeof stored)[number];

const newestFirst = (one: Stored, other: Stored): number =>
  String(other.row['startsAt']).localeCompare(String(one.row['startsAt'])) || one.key.localeCompare(other.key);
const keysOf = (isMeant: (row: Row) => boolean): readonly string[] =>
  stored
    .filter(({ row }) => isMeant(row))
    .toSorted(newestFirst)
    .map(({ key }) => key);
const isFailing = ({ overall }: Row): boolean => overall === 'fail';
const isConfirmable = (row: Row): boolean => !isFailing(row) && row['confirmableBy'] !== null;
const inOrder = (isMeant: (row: Row) => boolean = () => true): readonly string[] => [
  ...keysOf((row) => isFailing(row) && isMeant(row)),
  ...keysOf((row) => isConfirmable(row) && isMeant(row)),
  ...keysOf((row) => !isFailing(row) && !isConfirmable(row) && isMeant(row)),
];

const columns = ['startsAt', 'failsAfter', 'attention', 'confirmableBy', 'mode', 'staffId', 'departmentCode'];

const pagesOf = async (asked: AuditListQuery, known = columns) => {
  const readModels = new KnownRows(stored, known);
  const list = auditList(chainOf)(createTestPorts({ readModels, video: emptyVideo }));
  const pages: string[][] = [];
  for (let cursor: string | undefined; ;) {
    const { tickets, next } = await list({ ...asked, ...(cursor === undefined ? {} : { cursor }) });
    pages.push(tickets.map(({ ticketId }) => ticketId));
    if (next === undefined) return { pages, asked: readModels.asked };
    cursor = next;
  }
};

describe('the list of audits', () => {
  it.each([1, 7, 250, 1000])(
    'Art. 9: failures first, then what could have been observed, the newest on top, by pages of %i',
    async (limit) => {
      expect((await pagesOf({ limit })).pages.flat()).toEqual(inOrder());
    },
  );

  it.each([1, 3, 4, 500])('Art. 9: fills every page of %i but the last, and shows each failing ticket once', async (limit) => {
    const { pages, asked } = await pagesOf({ verdict: 'fail', limit });
    expect(pages.flat()).toEqual(keysOf(isFailing));
    for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit);
    expect(asked).toBeLessThan(6 * pages.length + 12);
  });

  it('by grade: shows each ticket that is known so, once', async () => {
    expect((await pagesOf({ grade: 'declared', limit: 70 })).pages.flat()).toEqual(inOrder(({ grade }) => grade === 'declared'));
    expect((await pagesOf({ grade: 'observed', verdict: 'fail', limit: 70 })).pages.flat()).toEqual(
      keysOf((row) => isFailing(row) && row['grade'] === 'observed'),
    );
    expect((await pagesOf({ grade: 'confirmable', limit: 70 })).pages.flat()).toEqual(
      inOrder(({ confirmableBy }) => confirmableBy !== null),
    );
  });

  it('by a column: shows those of it alone, in the same order', async () => {
    expect((await pagesOf({ mode: 'online', limit: 9 })).pages.flat()).toEqual(inOrder(({ mode }) => mode === 'online'));
  });

  it('the earliest first where that is asked for, and once a page of which every ticket is meant', async () => {
    const { pages, asked } = await pagesOf({ limit: 250, order: 'earliest' });
    expect(pages.map(({ length }) => length)).toEqual([250, 250, 250, 250]);
    expect(pages.flat()).toEqual(stored.map(({ key }) => key));
    expect(asked).toBe(4);
  });

  it('while the table of a former version is read: says so, and tells nothing of grounds and requests, which its rows have not', async () => {
    const former = ['startsAt', 'confirmableBy', 'staffId', 'departmentCode', 'attention', 'failsAfter', 'mode'];
    const list = auditList(chainOf)(createTestPorts({ readModels: new KnownRows(stored, former), video: emptyVideo }));
    for (const asked of [{ ground: 'clarification' }, { requestNumber: '154905' }] as const)
      await expect(list(asked)).rejects.toThrow(UnknownColumn);
    expect((await list({ limit: 1 })).newestFirst).toBeUndefined();
    expect((await list({ limit: 1, reference: 'TA-7K2M9QXD' })).newestFirst).toBe(true);
  });

  it('a place in a part that the list has not is refused', async () => {
    const list = auditList(chainOf)(createTestPorts({ readModels: new KnownRows(stored, columns), video: emptyVideo }));
    await expect(list({ verdict: 'fail', cursor: 'audited~2~2026-03-01T08:00:00.000Z~' })).rejects.toThrow('another list');
  });

  it('while the table of a former version is read: the newest first, and the filter is kept', async () => {
    const former = ['startsAt', 'confirmableBy', 'staffId', 'departmentCode'];
    expect((await pagesOf({ mode: 'online', limit: 90 }, former)).pages.flat()).toEqual(keysOf(({ mode }) => mode === 'online'));
    await expect(new KnownRows(stored, former).select('audit', { where: [{ column: 'mode', is: 'online' }] })).rejects.toThrow(
      UnknownColumn,
    );
  });

  it('while the table of a former version is read: it is not said that nobody owes anything, and duties are not listed', async () => {
    const ports = createTestPorts({ readModels: new KnownRows(stored, ['startsAt', 'confirmableBy', 'staffId', 'departmentCode']) });
    const { tickets } = await auditList(chainOf)(ports)({ limit: 3 });

    expect(tickets.map((row) => 'owed' in row)).toEqual([false, false, false]);
    for (const asked of [{}, { state: 'overdue' as const }, { departmentCode: '425' }]) {
      await expect(listDuties(ports)(asked)).rejects.toThrow(UnknownColumn);
    }
    expect(problemOf(new UnknownColumn('audit-trail', 'owedUntil')).problem.code).toBe('unavailable');
  });

  it('leaves none out and shows none twice when a ticket moves between two looks', async () => {
    const readModels = new KnownRows(stored, columns);
    const { select } = readModels;
    const gone = stored[0];
    let looks = 0;
    readModels.select = async (name, selection) => {
      looks += 1;
      if (looks === 2 && gone !== undefined)
        stored.splice(0, 0, { ...gone, key: 'a', row: { ...gone.row, startsAt: '2026-03-05T08:47:30.000Z' } });
      try {
        return await select(name, selection);
      } finally {
        if (looks === 2) stored.splice(0, 1);
      }
    };
    const meant = keysOf((row) => isFailing(row) && row['grade'] === 'observed');
    const list = auditList(chainOf)(createTestPorts({ readModels }));
    const { tickets } = await list({ verdict: 'fail', grade: 'observed', limit: 2 });
    expect(tickets.map(({ ticketId }) => ticketId)).toEqual(meant.slice(0, 2));
    expect(looks).toBeGreaterThan(2);
  });
});
