import type { Projection } from 'tichet-albastru/projections';

export type HandledRequests = { readonly staffId: string; readonly requests: number };

/** How many requests each civil servant has: one row for each, and a view for whoever draws reports. */
export const handledRequests: Projection<HandledRequests> = {
  name: 'handled-requests',
  version: 1,
  columns: { requests: 'integer' },
  looksAt: { request: ['RequestRegistered'] },
  keysOf: ({ fact }) => (fact.type === 'RequestRegistered' ? [fact.data.handlerStaffId] : []),
  apply: (row, _event, staffId) => ({ staffId, requests: (row?.requests ?? 0) + 1 }),
  views: [
    {
      name: 'handled_requests',
      sql: ({ rows, text, integer }) => `SELECT ${text('staffId')} AS staff_id, ${integer('requests')} AS requests FROM ${rows}`,
    },
  ],
};
