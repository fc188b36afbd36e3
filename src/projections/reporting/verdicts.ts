import { gatherEvidence } from '../../application/kernel/reading/evidence';
import type { ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import type { ReportingTable, ReportingTableView } from '@tichet-albastru/event-log/ports/reporting';
import { type AuditRow, tables } from '../../application/kernel/ports/tables';
import { chainNotLookedAt } from '../../domain/audit/case-file';
import { caseFileFrom } from '../../domain/audit/evidence';
import { tableCheckIds, type Verdicts, verdictsOf } from '../../domain/audit/judge';
import { type VerdictHistory, verdictHistory } from '../../domain/audit/verdict-history';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { always, moment, staffId, text, ticketColumns, whole } from './columns';

type Reading = { readonly readModels: Pick<ReadModels, 'get' | 'select'> };

const historyOf = async ({ readModels }: Reading, ticketId: string, at: Instant): Promise<VerdictHistory | undefined> => {
  const evidence = await gatherEvidence({ readModels }, ticketId);
  const found = caseFileFrom(ticketId, (key) => evidence.get(key), chainNotLookedAt);
  return found && verdictHistory(found.caseFile, at);
};

const said = {
  check:
    'A check, `C01` to `C26` (docs/checks.md), or `overall`. `C21`, the seal, is in no table: it is found in the bytes of the log when a ticket is read.',
  grade:
    'How it is known: `observed` or `declared`, the weakest of what it rests on. Of `overall` of what was found kept. Empty where it waits for what has not happened.',
};

/** Art. 9: what the audit said of each ticket at every moment of its life. An instant is a condition. */
export const verdictIntervalsTable: ReportingTable<AuditRow> = {
  name: 'verdict_intervals',
  told: 'how long a verdict on a ticket was the answer, from what was known then (Art. 9); a check that has no row of a moment asked nothing of the ticket then',
  version: 1,
  columns: {
    ticket_id: ticketColumns.ticket_id,
    check_id: always(text(said.check)),
    verdict: always(
      text(
        '`pass`, `fail`, `warn` (in time for the law, not for the target), `waived` (the citizen gave it up) or `pending`; of `overall` `pass`, `fail` or `pending`.',
      ),
    ),
    grade: text(said.grade),
    valid_from: always(
      moment(
        'The first moment at which it is so: a fact was recorded, or the millisecond after the last moment in time. Of a moment t: `valid_from <= t AND (valid_until IS NULL OR t < valid_until)`.',
      ),
    ),
    valid_until: moment('The first moment at which it is so no more; empty: it is the verdict now.'),
    department_code: ticketColumns.department_code,
  },
  key: ['ticket_id', 'check_id', 'valid_from'],
  indexes: [['check_id', 'verdict', 'valid_from']],
  source: tables.auditTrail,
  sourceKey: 'ticket_id',
  department: 'department_code',
  rowsOf: async ({ departmentCode }, ticketId, at, readModels) => {
    const history = await historyOf({ readModels }, ticketId, at);
    const rows = (history?.intervals ?? []).flatMap(({ check, verdict, grade, validFrom, validUntil }) =>
      verdict === 'not-applicable'
        ? []
        : [
            {
              ticket_id: ticketId,
              check_id: check,
              verdict,
              grade: grade ?? null,
              valid_from: validFrom,
              valid_until: validUntil ?? null,
              department_code: departmentCode,
            },
          ],
    );
    return { rows, ...defined({ nextChangeAt: history?.nextChangeAt }) };
  },
};

type Newest = Pick<Verdicts, 'overall' | 'grade' | 'warnings' | 'waived' | 'verdicts'> & {
  readonly asOf: Instant;
  readonly nextChangeAt?: Instant | null | undefined;
};

/** The row of the audit while it stands, else what the time has made of it. */
const newestOf = async (row: AuditRow, ticketId: string, at: Instant, reading: Reading): Promise<Newest> => {
  if (row.asOf <= at && (row.nextChangeAt === null || row.nextChangeAt >= at)) return row;
  const history = await historyOf(reading, ticketId, at);
  if (history === undefined) return row;
  return { ...verdictsOf(history.newest), asOf: history.newest.asOf, nextChangeAt: history.nextChangeAt };
};

/** The same as of now, one row a ticket, for whoever counts tickets. */
export const ticketVerdictsTable: ReportingTable<AuditRow> = {
  name: 'ticket_verdicts',
  told: 'a ticket with what its checks come to now (Art. 9)',
  version: 1,
  columns: {
    ticket_id: ticketColumns.ticket_id,
    department_code: ticketColumns.department_code,
    staff_id: always(staffId),
    mode: always(text('`online`, `phone` or `in-person` (Art. 3 d).')),
    starts_at: always(moment('When the meeting begins, or began, where it stands now.')),
    overall: always(text('`fail` if any check fails, else `pending` if any waits, else `pass`; C21, the seal, is not in it.')),
    grade: text(said.grade),
    warnings: always(whole('How many checks warn: in time for the law, not for the target.')),
    waived: always(whole('How many checks the citizen gave up.')),
    failed_checks: text('The checks that fail, in order and with a blank between them, `C13 C16`; empty where none does.'),
    as_of: always(moment('Since when it has not changed: the newest fact that was judged, or when time alone turned something.')),
    next_change_at: moment('The last moment up to which it stands while nothing new is recorded; empty: for ever.'),
  },
  key: ['ticket_id'],
  indexes: [
    ['overall', 'starts_at'],
    ['department_code', 'overall'],
    ['staff_id', 'overall'],
  ],
  source: tables.auditTrail,
  sourceKey: 'ticket_id',
  department: 'department_code',
  rowsOf: async (row, ticketId, at, readModels) => {
    const { overall, grade, warnings, waived, verdicts, asOf, nextChangeAt } = await newestOf(row, ticketId, at, { readModels });
    const failed = tableCheckIds.filter((id) => verdicts[id] === 'fail').join(' ');
    const made = {
      ticket_id: ticketId,
      department_code: row.departmentCode,
      staff_id: row.staffId,
      mode: row.mode,
      starts_at: row.startsAt,
      overall,
      grade,
      warnings,
      waived,
      failed_checks: failed === '' ? null : failed,
      as_of: asOf,
      next_change_at: nextChangeAt ?? null,
    };
    return { rows: [made], ...defined({ nextChangeAt: nextChangeAt ?? undefined }) };
  },
};

/** The verdicts as they are now. */
export const verdictsView: ReportingTableView = {
  name: 'verdicts',
  told: 'a verdict on a ticket as it is now (Art. 9); a check that has no row asks nothing of the ticket',
  columns: {
    ticket_id: ticketColumns.ticket_id.told,
    check_id: said.check,
    verdict: '`pass`, `fail`, `warn`, `waived` or `pending`.',
    grade: said.grade,
    since: 'Since when it is so.',
    department_code: ticketColumns.department_code.told,
  },
  sql: (table) => `SELECT ticket_id, check_id, verdict, grade, valid_from AS since, department_code
    FROM ${table('verdict_intervals')} WHERE valid_until IS NULL`,
};
