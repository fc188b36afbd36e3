import type { Ports } from '../../src/application/kernel/ports/ports';
import type { Projection } from '../../src/application/kernel/ports/projection';
import { contextAt } from './command-context';
import { mustBeDone } from '../http/support/service';
import { registerRequest } from '../../src/application/requests/register-request';
import { registerStaff } from '../../src/application/staff/register-staff';

export type HandledRow = { readonly staffId: string; readonly requests: number; readonly made: number };

/** A request of this number cannot be counted until the code is mended. */
export const uncountable = '666';

/** A table as a host declares it, with its reporting view: how many requests each civil servant handles. */
export const handledRequests = ({ version = 1, mended = true } = {}): Projection<HandledRow> => ({
  name: 'handled-requests',
  version,
  columns: { staffId: 'text', requests: 'integer' },
  looksAt: { request: ['RequestRegistered'] },
  keysOf: ({ fact }) => (fact.type === 'RequestRegistered' ? [fact.data.handlerStaffId] : []),
  apply: (row, { fact }, staffId) => {
    if (!mended && fact.type === 'RequestRegistered' && fact.data.number === uncountable) throw new RangeError('uncountable');
    return { staffId, requests: (row?.requests ?? 0) + 1, made: version };
  },
  views: [
    {
      name: 'handled_requests',
      sql: ({ rows, text, integer }) => `SELECT ${text('staffId')} AS staff_id, ${integer('requests')} AS requests FROM ${rows}`,
    },
  ],
});

export const feed = (commandId: string) => contextAt('2026-03-02T08:00:00.000Z', commandId, { kind: 'system', id: 'registry-feed' });

/**
 * So many requests more, numbered from here on, of this civil servant; so many of them at once.
 * @returns the end of the log behind them
 */
export const registerRequests = async (ports: Ports, staffId: string, from: number, count = 1, together = 1): Promise<string> => {
  const department = { department: 'Autorizări', departmentCode: '425' };
  const person = { ...department, staffId, name: 'Levente Fodor', role: 'executive', email: `${staffId}@primarie.example` } as const;
  mustBeDone(await registerStaff(ports)(feed(`own-table-${staffId}`), person));
  const request = { filedOn: '2026-02-02', applicantName: 'Țurcanu Ștefan', handlerStaffId: staffId, status: 'in-operation' } as const;
  const numbers = Array.from({ length: count }, (_, nth) => String(from + nth));
  while (numbers.length > 0)
    for (const outcome of await Promise.all(
      numbers.splice(0, together).map((number) => registerRequest(ports)(feed(`own-table-${number}`), { ...request, number })),
    ))
      mustBeDone(outcome);
  return ports.store.end();
};
