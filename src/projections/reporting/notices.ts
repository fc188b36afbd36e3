import type { ReportingRow, ReportingTable } from '@tichet-albastru/event-log/ports/reporting';
import { tables, type TicketFactsRow, type TicketNotice } from '../../application/kernel/ports/tables';
import { isSameLetter, thatStayed } from '../../domain/ticket/notice-by-post';
import { always, flag, moment, text, ticketColumns, whole } from './columns';

const isReturn = ({ outcome }: TicketNotice): boolean => outcome === 'bounced';

/** Each telling of a citizen, or try of it; of a letter of which nothing else is kept, its return, once. */
export const attemptsOf = ({ notices }: TicketFactsRow): readonly TicketNotice[] =>
  notices.filter(
    (notice, index) =>
      !isReturn(notice) || !notices.some((other, place) => isSameLetter(other, notice) && (!isReturn(other) || place < index)),
  );

/** Of an invitation and a resolution only the return is kept: nobody was told of a change by it (A21). */
export const isOfChange = ({ about }: TicketNotice): boolean => about !== 'invitation' && about !== 'resolution';

const hasReturned = ({ notices }: TicketFactsRow): ((notice: TicketNotice) => boolean) => {
  const stayed = new Set(thatStayed(notices));
  return (notice) => isReturn(notice) || !stayed.has(notice);
};

/** Letters that came back; one that held both a notice and an invitation came back once. */
export const bouncesOf = (row: TicketFactsRow): number => attemptsOf(row).filter(hasReturned(row)).length;

const noticeRow = (row: TicketFactsRow, notice: TicketNotice, number: number, bounced: boolean): ReportingRow => ({
  ticket_id: row.ticketId,
  department_code: row.departmentCode,
  number,
  about: notice.about,
  means: notice.channel,
  outcome: notice.outcome,
  grade: notice.grade,
  told_at: notice.at,
  bounced,
  acted_by: notice.actedBy,
  actor: notice.actor,
});

/** Every attempt to tell a citizen of a change (A21), and every other letter that came back. */
export const ticketNoticesTable: ReportingTable<TicketFactsRow> = {
  name: 'ticket_notices',
  told: 'a notice to the citizen about a change, or a letter that came back: by which means, and whether it arrived',
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
        'What it told of: `rescheduled`, `cancelled`, `staff-absent`, `reassigned` or `mode-changed` (Art. 8, A21); `invitation` (Art. 5) and `resolution` (Art. 7) only where the letter came back.',
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
  rowsOf: (row) => {
    const returned = hasReturned(row);
    return { rows: attemptsOf(row).map((notice, index) => noticeRow(row, notice, index + 1, returned(notice))) };
  },
};
