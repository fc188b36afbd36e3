import type { Projection } from '../../application/kernel/ports/projection';
import { type ReadingRow, tables } from '../../application/kernel/ports/tables';
import { civilDateOf } from '../../domain/time/civil-time';

/** One row for what one department looked at in one role, for one purpose, on one day: a list that is reloaded all day adds no rows. */
export const readings: Projection<ReadingRow> = {
  name: tables.readings,
  keyedBy: '`<subject>/<day>/<role>/<department>/<purpose>`',
  told: 'how often and when last somebody was shown what is personal in a ticket or a request; never who',
  version: 1,
  columns: { subject: 'text', lastAt: 'text' },
  indexes: [['subject', 'lastAt']],
  looksAt: { reading: 'all' },
  keysOf: ({ category, fact }) => {
    if (category !== 'reading') return [];
    const { tickets, requests, readAt, role, departmentCode = '', purpose } = fact.data;
    const subjects = [...tickets.map((id) => `ticket-${id}`), ...requests.map((id) => `request-${id}`)];
    return subjects.map((subject) => [subject, civilDateOf(readAt), role, departmentCode, purpose].join('/'));
  },
  apply: (row, { category, fact }, key) => {
    if (category !== 'reading') return row;
    const { readAt, role, departmentCode, purpose } = fact.data;
    return {
      subject: key.slice(0, key.indexOf('/')),
      role,
      departmentCode: departmentCode ?? null,
      purpose,
      lastAt: row === undefined || row.lastAt < readAt ? readAt : row.lastAt,
      times: (row?.times ?? 0) + 1,
    };
  },
};
