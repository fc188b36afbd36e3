import type { ReportingView } from '../../application/kernel/ports/projection';
import { checkIds } from '../../domain/audit/check';

/** C01 to C20 as they stood at `as_of`; C21 is about the log's bytes and is verified when a ticket is read. */
export const verdictsView: ReportingView = {
  name: 'verdicts',
  sql: ({ rows, key, text, integer }) => {
    const checks = checkIds.filter((id) => id !== 'C21').map((id) => `${text(`verdicts.${id}`)} AS ${id.toLowerCase()}`);
    return `SELECT ${key} AS ticket_id, ${text('departmentCode')} AS department_code, ${text('staffId')} AS staff_id,
      ${text('mode')} AS mode, ${text('startsAt')} AS starts_at, ${text('recordKind')} AS record_kind, ${text('overall')} AS overall,
      ${integer('warnings')} AS warnings, ${integer('waived')} AS waived, ${text('asOf')} AS as_of,
      ${text('nextChangeAt')} AS next_change_at, ${checks.join(', ')} FROM ${rows}`;
  },
};
