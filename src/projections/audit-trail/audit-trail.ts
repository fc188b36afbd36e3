import type { DerivedTable, Projection } from '../../application/kernel/ports/projection';
import { tables, type AuditRow } from '../../application/kernel/ports/tables';
import { caseFileFrom, evidenceKeysOf, type EvidenceRow, ticketKey } from '../../domain/audit/evidence';
import { overlaps } from '../../domain/time/slot';
import type { CaseFile } from '../../domain/audit/case-file';
import type { Verdict } from '../../domain/audit/check';
import { judge } from '../../domain/audit/judge';
import { ticketIdOf } from '../kernel/streams';
import { evidenceAfter, evidenceKeysOfEvent } from './evidence';
import { verdictsView } from './views';

const ticketsNamed = (key: string, row: EvidenceRow): readonly string[] => {
  switch (row.kind) {
    case 'ticket':
      return [ticketIdOf(key)];
    case 'request':
      return row.events.flatMap(({ fact }) => (fact.type === 'TicketAdmitted' ? [fact.data.ticketId] : []));
    case 'meetings':
      return row.meetings
        .filter((meeting) => row.meetings.some((other) => other.ticketId !== meeting.ticketId && overlaps(other.slot, meeting.slot)))
        .map(({ ticketId }) => ticketId);
    // What changes here later changes no judgement of what was done before.
    case 'staff':
    case 'calendar':
      return [];
  }
};

type Where = Pick<AuditRow, 'reference' | 'staffId' | 'department' | 'departmentCode' | 'mode' | 'startsAt' | 'requestedAt' | 'recordKind'>;

/** Where the meeting stands, by the last fact that says so. */
const whereItStands = ({ ticket }: CaseFile): Where | undefined => {
  let where: Where | undefined;
  for (const { fact } of ticket) {
    if (fact.type === 'Requested') {
      const { reference, staffId, department, departmentCode, mode, slot, requestedAt } = fact.data;
      where = { reference, staffId, department, departmentCode, mode, startsAt: slot.startsAt, requestedAt, recordKind: null };
    } else if (where !== undefined && (fact.type === 'Rescheduled' || fact.type === 'Reassigned')) {
      const { staffId, department, departmentCode, slot } = fact.data;
      where = { ...where, staffId, department, departmentCode, startsAt: slot.startsAt };
    } else if (where !== undefined && fact.type === 'Held') {
      where = { ...where, recordKind: fact.data.recordKind };
    }
  }
  return where;
};

/**
 * C21 is about the bytes in the log and not about facts: whoever reads a ticket verifies its chain. Here it counts as whole,
 * and its verdict is left out.
 */
const chainNotLookedAt = { intact: true } as const;

const auditTrail: DerivedTable<AuditRow, EvidenceRow> = {
  name: tables.auditTrail,
  columns: { overall: 'text', staffId: 'text', departmentCode: 'text', startsAt: 'text', nextChangeAt: 'text' },
  namedBy: ticketsNamed,
  everyRowIsNamedUnder: ticketKey(''),
  sourcesOf: evidenceKeysOf,
  derive: (ticketId, lookup) => {
    const found = caseFileFrom(ticketId, lookup, chainNotLookedAt);
    const where = found && whereItStands(found.caseFile);
    if (found === undefined || where === undefined) return undefined;
    const { asOf, position } = found.newest;
    const { overall, warnings, waived, checks, nextChangeAt } = judge(found.caseFile, asOf);
    const verdicts: Record<string, Verdict> = {};
    for (const { id, verdict } of checks) if (id !== 'C21') verdicts[id] = verdict;
    return { ticketId, ...where, overall, warnings, waived, verdicts, asOf, nextChangeAt: nextChangeAt ?? null, position };
  },
  views: [verdictsView],
};

/** The evidence under its own keys, and of it one row a ticket with its verdicts, judged again whenever its evidence changes. */
export const auditEvidence: Projection<EvidenceRow> = {
  name: tables.auditEvidence,
  version: 2,
  columns: {},
  looksAt: { ticket: 'all', request: 'all', staff: 'all', calendar: 'all' },
  keysOf: evidenceKeysOfEvent,
  apply: evidenceAfter,
  derived: auditTrail,
};
