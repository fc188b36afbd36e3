import type { Projection } from '../../application/kernel/ports/projection';
import { type ReadingRow, tables } from '../../application/kernel/ports/tables';
import { civilDateOf } from '../../domain/time/civil-time';

/** One row for what one department looked at in one role, for one purpose, on one day: a list that is reloaded all day adds no rows. */
export const readings: Projection<ReadingRow> = {
  name: tables.readings,
  keyedBy: '`<subject>/<day>/<role>/<department>/<purpose>`',
  told: 'how often and when last somebody was shown what is personal in a ticket, in a request, or on a day at all, and in which streams that stands; never who',
  version: 2,
  columns: { subject: 'text', lastAt: 'text' },
  indexes: [['subject', 'lastAt']],
  looksAt: { reading: 'all' },
  keysOf: ({ category, fact }) => {
    if (category !== 'reading') return [];
    const { tickets, requests, readAt, role, departmentCode = '', purpose } = fact.data;
    const day = `day-${civilDateOf(readAt)}`;
    const subjects = [...tickets.map((id) => `ticket-${id}`), ...requests.map((id) => `request-${id}`), day];
    return subjects.map((subject) => [subject, civilDateOf(readAt), role, departmentCode, purpose].join('/'));
  },
  apply: (row, { category, fact, stream }, key) => {
    if (category !== 'reading') return row;
    const { readAt, role, departmentCode, purpose } = fact.data;
    return {
      subject: key.slice(0, key.indexOf('/')),
      role,
      departmentCode: departmentCode ?? null,
      purpose,
      lastAt: row === undefined || row.lastAt < readAt ? readAt : row.lastAt,
      times: (row?.times ?? 0) + 1,
      streams: [...new Set([...(row?.streams ?? []), stream])],
    };
  },
};
