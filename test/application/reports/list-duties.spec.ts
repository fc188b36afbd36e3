import { type DutiesQuery, type ListedDuty, listDuties } from '../../../src/application/reports/list-duties';
import type { Row } from '@tichet-albastru/event-log/ports/read-models';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { KnownRows } from '../../support/known-rows';

const [monday, friday] = ['2026-03-02T08:00:00.000Z', '2026-03-06T22:00:00.000Z'];

/** Three tickets in four owe the link and the resolution by Friday, every fourth owes nothing any more. */
const stored = Array.from({ length: 60 }, (_, index) => {
  const ticketId = `t${String(index).padStart(2, '0')}`;
  const owes = index % 4 !== 0;
  const dutyOf = (kind: string) => ({
    ...{ dutyId: kind, kind, article: '7', owedBy: 'staff', staffId: 's001', since: monday, limitAt: friday },
    ...(owes ? {} : { doneAt: monday }),
  });
  const row: Row = {
    ticketId,
    reference: ticketId,
    startsAt: monday,
    departmentCode: index % 2 === 0 ? '425' : '433',
    duties: [dutyOf('send-link'), dutyOf('write-resolution')],
    owedUntil: owes ? friday : null,
    lastLimitAt: friday,
    offeredTo: null,
  };
  return { key: ticketId, text: JSON.stringify(row), row };
});

const pagesOf = async (asked: DutiesQuery): Promise<readonly (readonly ListedDuty[])[]> => {
  const readModels = new KnownRows(stored, ['owedUntil', 'lastLimitAt', 'offeredTo', 'departmentCode']);
  const ports = createTestPorts({ readModels });
  const pages: (readonly ListedDuty[])[] = [];
  for (let cursor: string | undefined; ;) {
    const { duties, next } = await listDuties(ports)({ ...asked, ...(cursor === undefined ? {} : { cursor }) });
    pages.push(duties);
    if (next === undefined) return pages;
    cursor = next;
  }
};
const named = (duties: readonly ListedDuty[]): readonly string[] => duties.map(({ ticketId, kind }) => `${ticketId} ${kind}`);
const expected = (isMeant: (index: number) => boolean): readonly string[] =>
  stored.flatMap(({ key }, index) => (isMeant(index) ? [`${key} send-link`, `${key} write-resolution`] : []));

describe('the list of duties', () => {
  it.each([1, 7, 44, 45, 100])('Art. 7: shows each that is owed once, by pages of %i', async (limit) => {
    const pages = await pagesOf({ state: 'open', limit });
    expect(named(pages.flat())).toEqual(expected((index) => index % 4 !== 0));
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
  });

  it.each([1, 9, 100])('of a department, by pages of %i: in two parts, and no ticket of another', async (limit) => {
    expect(named((await pagesOf({ departmentCode: '433', limit })).flat())).toEqual(expected((index) => index % 2 === 1));
  });

  it('refuses the cursor of a part that it has not', async () => {
    const ports = createTestPorts({ readModels: new KnownRows(stored, ['owedUntil']) });
    await expect(listDuties(ports)({ state: 'open', cursor: `duties~1~${monday}~` })).rejects.toThrow('another list');
  });
});
