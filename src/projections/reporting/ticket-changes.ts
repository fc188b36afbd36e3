import type { ReportingTable } from '../../application/kernel/ports/reporting';
import { tables, type TicketFactsRow } from '../../application/kernel/ports/tables';
import { always, day, flag, moment, text, ticketColumns, whole } from './columns';

/** What became of the hour of a ticket, one change after another. */
export const ticketChangesTable: ReportingTable<TicketFactsRow> = {
  name: 'ticket_changes',
  told: 'a change to a ticket: a move, another person, another mode, a cancellation, a lapse, somebody absent',
  version: 1,
  key: ['ticket_id', 'number'],
  indexes: [
    ['kind', 'changed_at'],
    ['department_code', 'changed_at'],
    ['week', 'department_code'],
  ],
  source: tables.ticketFacts,
  sourceKey: 'ticket_id',
  department: 'department_code',
  columns: {
    ...ticketColumns,
    number: always(whole('Which change of the ticket it is, counted from 1.')),
    kind: always(
      text(
        'What changed: `moved`, `reassigned`, `mode-changed`, `cancelled`, `lapsed`, `citizen-absent` or `staff-absent` (Art. 8, A19, A22, A23).',
      ),
    ),
    asked_by: text('Whose wish it was, `citizen` or `staff`; empty of a lapse and of an absence.'),
    acted_by: always(text('Who entered it: `citizen`, `staff` or `service`, a process of the service or another program.')),
    actor: text('The civil servant who entered it, by pseudonym; empty where nobody of the staff did.'),
    reason: text(
      'Of a move, a change of mode or a cancellation `illness`, `leave`, `bridge-day`, `technical`, `citizen-request` or `other` (A20); of a lapse its cause; empty where none was given.',
    ),
    changed_at: always(moment('When it was decided, by the clock of the service.')),
    date: always(day('The day of that, in Bucharest.')),
    week: always(text('The ISO week of that day, `2026-W09`.')),
    from_starts_at: moment('The start of the hour that it left, or at which it stood.'),
    to_starts_at: moment('The start of the hour to which it came; empty where it has none any more.'),
    from_staff_id: text('The civil servant who had it, by pseudonym.'),
    to_staff_id: text('The civil servant who has it from then on, by pseudonym; empty where nobody has.'),
    from_mode: text('How they were to meet before (Art. 3 d).'),
    to_mode: text('How they meet from then on; empty where they do not.'),
    shorter_notice: always(
      flag('Staff changed it and the citizen agreed on record; so the hour may be less than 48 hours after the asking (A20).'),
    ),
  },
  rowsOf: () => ({ rows: [] }),
};

/** Every attempt to tell a citizen of a change (A21). */
export const ticketNoticesTable: ReportingTable<TicketFactsRow> = {
  name: 'ticket_notices',
  told: 'a notice to the citizen about a change, an invitation or a resolution: by which means, and whether it arrived',
  version: 1,
  key: ['ticket_id', 'number'],
  indexes: [
    ['about', 'told_at'],
    ['department_code', 'told_at'],
  ],
  source: tables.ticketFacts,
  sourceKey: 'ticket_id',
  department: 'department_code',
  columns: {
    ...ticketColumns,
    number: always(whole('Which notice of the ticket it is, counted from 1.')),
    about: always(
      text(
        'What it told of: `rescheduled`, `cancelled`, `staff-absent`, `reassigned` or `mode-changed` (Art. 8, A21), `invitation` (Art. 5) or `resolution` (Art. 7).',
      ),
    ),
    means: always(text('By `email`, `phone`, `text-message` or `post`.')),
    outcome: always(
      text(
        'What came of it: `accepted` by the mail server, `reached`, `posted`, `voicemail`, `no-answer`, `declined-new-slot`, or `bounced` where only its return is known.',
      ),
    ),
    grade: always(text('How that is known: `observed` by the mail server, the gateway or our own form, or `declared` by a person.')),
    told_at: always(moment('When that was.')),
    bounced: always(flag('It came back afterwards, so that it told nobody.')),
    acted_by: always(text('Who entered it: `citizen`, `staff` or `service`.')),
    actor: text('The civil servant who entered it, by pseudonym; empty where nobody of the staff did.'),
  },
  rowsOf: () => ({ rows: [] }),
};
