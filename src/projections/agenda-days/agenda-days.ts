import type { Projection } from '../../application/kernel/ports/projection';
import { tables, type AgendaDayRow } from '../../application/kernel/ports/tables';
import { agenda } from '../../domain/agenda/agenda';
import { agendaDayOf } from '../kernel/streams';

/** One row a person and day: holds with their `until` and `freeFrom`, confirmed meetings, blocked time. For offering slots, never for granting them. */
export const agendaDays: Projection<AgendaDayRow> = {
  name: tables.agendaDays,
  keyedBy: '`<staffId>_<date>`',
  told: 'holds, confirmed meetings and blocked time of one day, for offering slots and never for granting them',
  version: 2,
  columns: { staffId: 'text', date: 'text' },
  looksAt: { agenda: 'all' },
  keysOf: (event) => (event.category === 'agenda' ? [agendaDayOf(event.stream).key] : []),
  apply: (row, event) => {
    if (event.category !== 'agenda') return row;
    const { staffId, date } = agendaDayOf(event.stream);
    return { staffId, date, agenda: agenda.evolve(row?.agenda ?? agenda.initial, event.fact) };
  },
};
