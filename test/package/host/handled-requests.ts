import type { Projection } from '../../../src';

/** The host's own table: how many requests each civil servant has. */
export const handledRequests: Projection = {
  name: 'handled-requests',
  version: 1,
  columns: { requests: 'integer' },
  looksAt: { request: ['RequestRegistered'] },
  keysOf: ({ fact }) => (fact.type === 'RequestRegistered' ? [fact.data.handlerStaffId] : []),
  apply: (row, _event, staffId) => ({ staffId, requests: Number(row?.['requests'] ?? 0) + 1 }),
};
