import type { Projection } from '../../../src/application/kernel/ports/projection';
import { ticketIdOf } from '../../../src/projections/kernel/streams';

export type CountRow = { readonly events: number; readonly mark: string };

/** Counts the facts of every ticket, and marks its rows: for looking at the machinery and not at the tables. */
export const counting = (version = 1, changes: Partial<Projection<CountRow>> = {}): Projection<CountRow> => ({
  name: 'counting',
  version,
  columns: { events: 'integer', mark: 'text' },
  keysOf: (event) => (event.category === 'ticket' ? [ticketIdOf(event.stream)] : []),
  apply: (row) => ({ events: (row?.events ?? 0) + 1, mark: `v${version}` }),
  ...changes,
});
