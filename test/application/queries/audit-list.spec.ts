import { auditList, type AuditListQuery } from '../../../src/application/audit/audit-list';
import type { Row, Selection } from '../../../src/application/kernel/ports/read-models';
import { chainOf } from '../../../src/infrastructure/proof/chain-of';
import { pageOf } from '../../../src/infrastructure/tables/read-models/memory-read-models';
import { MemoryReadModels } from '../../../src/infrastructure/tables/read-models/memory-read-models';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';

/** Of every 97 tickets one fails; several begin at the same moment. They are of the version before grades. */
const stored = Array.from({ length: 1000 }, (_, index) => {
  const ticketId = `t${String(index).padStart(4, '0')}`;
  const row: Row = {
    ticketId,
    startsAt: `2026-03-05T08:${String(Math.floor(index / 20)).padStart(2, '0')}:00.000Z`,
    overall: index % 97 === 0 ? 'fail' : 'pass',
    grade: index % 2 === 0 ? 'observed' : 'declared',
    verdicts: {},
    grades: {},
    observable: {},
    confirmableBy: null,
    nextChangeAt: null,
    position: '1',
  };
  return { key: ticketId, text: JSON.stringify(row), row };
});
const failing = stored.filter(({ row }) => row['overall'] === 'fail').map(({ key }) => key);

class KnownRows extends MemoryReadModels {
  asked = 0;
  // the signature of the port
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  override select = <R extends Row>(_: string, selection: Selection = {}) => {
    this.asked += 1;
    const { rows, ...next } = pageOf('audit', ['startsAt'], stored, selection);
    return Promise.resolve({ rows: rows.map(({ text }) => JSON.parse(text) as R), ...next });
  };
}

const pagesOf = async (asked: AuditListQuery) => {
  const readModels = new KnownRows();
  const list = auditList(chainOf)(createTestPorts({ readModels }));
  const pages: string[][] = [];
  for (let cursor: string | undefined; ;) {
    const { tickets, next } = await list({ ...asked, ...(cursor === undefined ? {} : { cursor }) });
    pages.push(tickets.map(({ ticketId }) => ticketId));
    if (next === undefined) return { pages, asked: readModels.asked };
    cursor = next;
  }
};

describe('the list of audits, by verdict', () => {
  it.each([1, 3, 4, 500])('Art. 9: fills every page of %i but the last, and shows each failing ticket once', async (limit) => {
    const { pages, asked } = await pagesOf({ verdict: 'fail', limit });
    expect(pages.flat()).toEqual(failing);
    for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit);
    expect(asked).toBeLessThan(6 * pages.length + 12);
  });

  it('by grade: shows each ticket that is known so, once', async () => {
    const known = (grade: string) => stored.filter(({ row }) => row['grade'] === grade).map(({ key }) => key);
    expect((await pagesOf({ grade: 'declared', limit: 70 })).pages.flat()).toEqual(known('declared'));
    expect((await pagesOf({ grade: 'observed', verdict: 'fail', limit: 70 })).pages.flat()).toEqual(
      failing.filter((key) => known('observed').includes(key)),
    );
  });

  it('asks once for a page of which every ticket is meant', async () => {
    const { pages, asked } = await pagesOf({ limit: 250 });
    expect(pages.map(({ length }) => length)).toEqual([250, 250, 250, 250]);
    expect(asked).toBe(4);
  });

  it('leaves none out and shows none twice when a ticket moves between two looks', async () => {
    const readModels = new KnownRows();
    const { select } = readModels;
    const gone = stored[0];
    let looks = 0;
    readModels.select = async (name, selection) => {
      looks += 1;
      if (looks === 3 && gone !== undefined)
        stored.splice(0, 0, { ...gone, key: 'a', row: { ...gone.row, startsAt: '2026-03-05T08:03:30.000Z' } });
      try {
        return await select(name, selection);
      } finally {
        if (looks === 3) stored.splice(0, 1);
      }
    };
    const { tickets } = await auditList(chainOf)(createTestPorts({ readModels }))({ verdict: 'fail', limit: 2 });
    expect(tickets.map(({ ticketId }) => ticketId)).toEqual(failing.slice(0, 2));
    expect(looks).toBeGreaterThan(3);
  });
});
