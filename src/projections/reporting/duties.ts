import type { ReportingTable } from '@tichet-albastru/event-log/ports/reporting';
import { type AuditRow, tables } from '../../application/kernel/ports/tables';
import { dutiesAt, dutyStandsUntil } from '../../domain/duties/duties';
import { defined } from '@tichet-albastru/kernel/defined';
import { always, flag, moment, text, ticketColumns } from './columns';

/** Who owes what, by which article, by when (Art. 3 to 8): a row a duty of a ticket, as it stands now. */
export const dutiesTable: ReportingTable<Pick<AuditRow, 'departmentCode' | 'duties'>> = {
  name: 'duties',
  told: 'a duty of a ticket that has begun: who owes what, by which article and by when; what fell away (a meeting called off before its hour, a recording that the citizen did not want) has no row',
  version: 1,
  columns: {
    ticket_id: ticketColumns.ticket_id,
    duty_id: always(text('Names the duty among those of its ticket: its kind, and where there may be several the event that opened it.')),
    kind: always(text('What is owed, as `send-resolution`; each kind stands in docs/duties.md.')),
    article: always(text('The article of the Annex that asks for it, as `7`.')),
    owed_by: always(text('`staff`: whoever is to hold the meeting; `head`: the head who was asked; `service`: the machine, by letter.')),
    staff_id: always(
      text(
        'Who that is, or was when it was done in time or its limit was over, by the pseudonym that facts name people with; of `service`, whose meeting it was.',
      ),
    ),
    department_code: always(
      text('Whose duty it is: the department of the ticket as it stands now; of an offer, the one that was asked (Art. 8).'),
    ),
    since: always(moment('When it began to be owed.')),
    target_at: moment('The target: after it, it is late. Empty where the procedure sets none (A17).'),
    limit_at: always(moment('The limit: the last moment in time; after it the duty is missed.')),
    state: always(
      text('`open`, `met` (by its limit) or `missed` (not done by its limit, whether or not it was done later, or not possible any more).'),
    ),
    met_at: moment('When it was done, in time or not; empty: it was not.'),
    overdue: always(flag('Its limit is over, and somebody still owes it.')),
  },
  key: ['ticket_id', 'duty_id'],
  indexes: [
    ['state', 'limit_at'],
    ['department_code', 'limit_at'],
    ['staff_id', 'limit_at'],
  ],
  source: tables.auditTrail,
  sourceKey: 'ticket_id',
  department: 'department_code',
  rowsOf: ({ departmentCode, duties }, ticketId, at) => {
    const turns = duties.flatMap((duty) => dutyStandsUntil(duty, at) ?? []);
    const rows = dutiesAt(duties, at).map((duty) => ({
      ticket_id: ticketId,
      duty_id: duty.dutyId,
      kind: duty.kind,
      article: duty.article,
      owed_by: duty.owedBy,
      staff_id: duty.staffId,
      department_code: duty.departmentCode ?? departmentCode,
      since: duty.since,
      target_at: duty.targetAt ?? null,
      limit_at: duty.limitAt,
      state: duty.state,
      met_at: duty.metAt ?? null,
      overdue: duty.overdue,
    }));
    return { rows, ...defined({ nextChangeAt: turns.toSorted()[0] }) };
  },
};
