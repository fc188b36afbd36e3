import { dutiesIn } from '../../../src/domain/duties/duties';
import { dutyKindNames } from '../../../src/domain/duties/duty-kinds';
import type { Instant } from '../../../src/domain/kernel/fact';
import { plusSeconds } from '../../../src/domain/time/civil-time';
import { dutiesTable } from '../../../src/projections/reporting/duties';
import { everyLife, historyOfLife } from '../../support/lives';
import { onlineHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { moveOffered, without } from '../../support/retelling';

const noReads = { get: () => Promise.reject(new Error('reads nothing')), select: () => Promise.reject(new Error('reads nothing')) };

const rowsAt = (history: History, at: Instant) => {
  const duties = dutiesIn(history, at, true);
  return Promise.resolve(dutiesTable.rowsOf({ departmentCode: '425', duties }, history.ticketId, at, noReads));
};

describe('the reporting table of duties', () => {
  it('says who owes what, by the target and the limit of A17, and what became of it', async () => {
    const forgotten = without(onlineHistory(), 'ResolutionSent', 'ResolutionFiled');
    const { rows } = await rowsAt(forgotten, '2026-03-20T00:00:00.000Z');

    expect(rows.find(({ kind }) => kind === 'send-resolution')).toEqual({
      ticket_id: forgotten.ticketId,
      duty_id: 'send-resolution',
      kind: 'send-resolution',
      article: '7',
      owed_by: 'service',
      staff_id: 'S-017',
      department_code: '425',
      since: '2026-03-05T08:14:30.000Z',
      target_at: '2026-03-05T10:14:30.000Z',
      limit_at: '2026-03-06T22:00:00.000Z',
      state: 'missed',
      met_at: null,
      overdue: true,
    });
    expect(rows.find(({ kind }) => kind === 'write-resolution')).toMatchObject({ state: 'met', overdue: false });
  });

  it('has every column that it fills, and its key is of one row', async () => {
    const required = Object.entries(dutiesTable.columns).flatMap(([name, column]) => (column.required ? [name] : []));
    for (const life of everyLife.slice(0, 200)) {
      const history = historyOfLife(life);
      const { rows } = await rowsAt(history, '2028-01-01T00:00:00.000Z');

      expect(new Set(rows.map(({ duty_id }) => duty_id)).size).toBe(rows.length);
      expect(rows.map((row) => Object.keys(row))).toEqual(rows.map(() => Object.keys(dutiesTable.columns)));
      expect(dutyKindNames).toEqual(expect.arrayContaining(rows.map(({ kind }) => kind)));
      expect(rows.flatMap((row) => required.filter((name) => (row[name] ?? null) === null))).toEqual([]);
    }
  });

  it('stands up to and including the moment that it names, and is another one after it', async () => {
    const forgotten = without(onlineHistory(), 'Held', 'RecordingAttached', 'ResolutionIssued', 'ResolutionSent', 'ResolutionFiled');
    const moments: Instant[] = [];
    let at: Instant = '2026-03-05T07:00:00.000Z';
    for (;;) {
      const { rows, nextChangeAt } = await rowsAt(forgotten, at);
      if (nextChangeAt === undefined) break;
      const after = plusSeconds(nextChangeAt, 0.001);
      expect((await rowsAt(forgotten, nextChangeAt)).rows).toEqual(rows);
      expect((await rowsAt(forgotten, after)).rows).not.toEqual(rows);
      moments.push(nextChangeAt);
      at = after;
    }

    // the hour comes, and then the end of the second working day after it (C20)
    expect(moments).toEqual(['2026-03-05T07:59:59.999Z', '2026-03-09T22:00:00.000Z']);
  });

  it('has the answer to an offer under the department that was asked (Art. 8)', async () => {
    const booked = without(onlineHistory(), 'Held', 'RecordingAttached', 'ResolutionIssued', 'ResolutionSent', 'ResolutionFiled');
    const offeredAt = '2026-03-03T09:00:00.000Z';
    const offered = moveOffered(booked, offeredAt, '2026-03-04T08:00:00.000Z');
    const { rows } = await rowsAt(offered, offeredAt);

    expect(rows.map(({ kind, department_code, staff_id }) => [kind, department_code, staff_id])).toContainEqual([
      'answer-offer',
      '430',
      'S-900',
    ]);
    expect(rows.filter(({ department_code }) => department_code === '430')).toHaveLength(1);
  });
});
