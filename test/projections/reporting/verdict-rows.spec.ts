import type { ReportingRow, ReportingRows, ReportingTable } from '@tichet-albastru/event-log/ports/reporting';
import { type AuditRow, tables } from '../../../src/application/kernel/ports/tables';
import { judge, tableCheckIds } from '../../../src/domain/audit/judge';
import type { Instant } from '../../../src/domain/kernel/fact';
import { plusSeconds } from '../../../src/domain/time/civil-time';
import { auditEvidence } from '../../../src/projections/audit-trail/audit-trail';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { ticketVerdictsTable, verdictIntervalsTable } from '../../../src/projections/reporting/verdicts';
import { citizenAbsentHistory, onlineHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { without } from '../../support/retelling';
import { sideBySide, worldWith } from '../kernel/world';

/** The audit of this ticket as the tables keep it after its newest fact, and what the reporting tables make of it at a moment. */
const audited = async (history: History) => {
  const world = worldWith();
  await world.tell(...sideBySide(history));
  await catchUp(world, [auditEvidence]);
  const row = await world.rows.get<AuditRow>(tables.auditTrail, history.ticketId);
  if (row === undefined) throw new Error('A ticket that was booked is audited.');
  return {
    row,
    rowsAt: async (table: ReportingTable<AuditRow>, at: Instant, from: AuditRow = row): Promise<ReportingRows> =>
      table.rowsOf(from, history.ticketId, at, world.rows),
  };
};

/** Held on Thursday, 5 March, and nothing of it was written down; the limit of Art. 7 is the end of Friday. */
const unwritten = without(onlineHistory(), 'ResolutionIssued', 'ResolutionSent', 'ResolutionFiled', 'RecordingAttached');
const later = '2026-05-01T08:00:00.000Z';

describe('the table of verdicts (Art. 9)', () => {
  it('has what the audit kept while it stands, up to and including the last moment that the audit names', async () => {
    const { row, rowsAt } = await audited(unwritten);
    const until = row.nextChangeAt ?? '';
    const told = { ...row, overall: 'pass', verdicts: { ...row.verdicts, C14: 'pass', C16: 'fail' } } as const;
    const overallAt = async (at: Instant, nextChangeAt = row.nextChangeAt): Promise<unknown> =>
      (await rowsAt(ticketVerdictsTable, at, { ...told, nextChangeAt })).rows[0]?.['overall'];

    expect(row.asOf < until).toBe(true);
    expect((await rowsAt(ticketVerdictsTable, row.asOf, told)).rows).toEqual([
      {
        ...{ ticket_id: unwritten.ticketId, department_code: '425', staff_id: 'S-017', mode: 'online' },
        ...{ starts_at: '2026-03-05T08:00:00.000Z', overall: 'pass', grade: row.grade, warnings: row.warnings, waived: row.waived },
        ...{ failed_checks: 'C16', as_of: row.asOf, next_change_at: until },
      },
    ]);
    expect((await rowsAt(ticketVerdictsTable, row.asOf, told)).nextChangeAt).toBe(until);
    expect(await Promise.all([row.asOf, until, plusSeconds(until, 0.001)].map((at) => overallAt(at)))).toEqual(['pass', 'pass', 'pending']);
    expect(await overallAt(plusSeconds(row.asOf, -0.001))).toBe('pending');
    expect(await overallAt(later, null)).toBe('pass');
  });

  it('has what time has made of it since: the checks that fail, in order, and empty where none does', async () => {
    const { rowsAt } = await audited(unwritten);
    const judged = judge(unwritten, later).checks.filter(({ id }) => id !== 'C21');
    const failing = judged.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
    const [made = {}] = (await rowsAt(ticketVerdictsTable, later)).rows;

    expect(failing.length).toBeGreaterThan(1);
    expect([made['overall'], made['failed_checks'], made['next_change_at']]).toEqual(['fail', failing.join(' '), null]);

    const absent = await audited(citizenAbsentHistory());
    expect((await absent.rowsAt(ticketVerdictsTable, later)).rows).toEqual([expect.objectContaining({ failed_checks: null })]);
    expect(await absent.rowsAt(ticketVerdictsTable, later)).not.toHaveProperty('nextChangeAt');
  });
});

describe('the table of how long a verdict was the answer (Art. 9)', () => {
  const standingAt = (rows: readonly ReportingRow[], at: Instant): readonly unknown[] =>
    rows
      .filter(({ valid_from: from, valid_until: until }) => String(from) <= at && (until === null || at < String(until)))
      .map((row) => `${String(row['check_id'])} ${String(row['verdict'])} ${String(row['grade'])}`)
      .toSorted();

  it('says of every moment what judging said then, and nothing of a check that asked nothing', async () => {
    const { row, rowsAt } = await audited(unwritten);
    const { rows, nextChangeAt } = await rowsAt(verdictIntervalsTable, row.asOf);

    const checks = judge(unwritten, row.asOf).checks.filter(({ id, verdict }) => id !== 'C21' && verdict !== 'not-applicable');
    expect(checks.length).toBeLessThan(tableCheckIds.length);
    expect(standingAt(rows, row.asOf).filter((text) => !String(text).startsWith('overall'))).toEqual(
      checks.map(({ id, verdict, grade }) => `${id} ${verdict} ${String(grade ?? null)}`).toSorted(),
    );
    expect(new Set(rows.map(({ ticket_id, department_code }) => `${String(ticket_id)} ${String(department_code)}`))).toEqual(
      new Set([`${unwritten.ticketId} 425`]),
    );
    expect(nextChangeAt).toBe(row.nextChangeAt);
  });
});
