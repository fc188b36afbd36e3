import type { DutyAt } from '../../../src/domain/duties/duties';
import type { Instant } from '../../../src/domain/kernel/fact';
import type { Ask } from './databases';
import type { Kind, Said, Way } from './kinds';
import { type Api, personAs } from './people';

type Listed = Pick<DutyAt, 'dutyId' | 'owedBy' | 'staffId' | 'limitAt' | 'state'> & {
  readonly ticketId: string;
  readonly targetAt?: string;
  readonly metAt?: string;
  readonly overdue: boolean | string;
};

const lineOf = ({ ticketId, dutyId, owedBy, staffId, targetAt, limitAt, state, metAt, overdue }: Listed): string =>
  [ticketId, dutyId, owedBy, staffId, targetAt ?? '', limitAt, state, metAt ?? '', String(overdue)].join(' ');

type SqlRow = {
  readonly ticket_id: string;
  readonly duty_id: string;
  readonly owed_by: Listed['owedBy'];
  readonly staff_id: string;
  readonly target_at: string | Date | null;
  readonly limit_at: string | Date;
  readonly state: Listed['state'];
  readonly met_at: string | Date | null;
  readonly overdue: number | boolean;
};

/** Of one database a moment is a `Date`, of the other its text. */
const instantOf = (moment: string | Date): Instant => (typeof moment === 'string' ? moment : moment.toISOString());

const inSql = (ask: Ask): Way => ({
  ask: async () =>
    (await ask<SqlRow>('SELECT * FROM v2_duties')).map((row) =>
      lineOf({
        ticketId: row.ticket_id,
        dutyId: row.duty_id,
        owedBy: row.owed_by,
        staffId: row.staff_id,
        ...(row.target_at === null ? {} : { targetAt: instantOf(row.target_at) }),
        limitAt: instantOf(row.limit_at),
        state: row.state,
        ...(row.met_at === null ? {} : { metAt: instantOf(row.met_at) }),
        overdue: Boolean(row.overdue),
      }),
    ),
});

const listed = async (api: Api): Promise<readonly Listed[]> => {
  const found: Listed[] = [];
  for (let cursor = ''; ;) {
    const { duties, next } = await api<{ readonly duties: readonly Listed[]; readonly next?: string }>(`duties?limit=500${cursor}`);
    found.push(...duties);
    if (next === undefined) return found;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
};

/** Who owes what, and what became of it by now; asked of no moment. */
export const dutiesNow: Kind = {
  name: 'duties now',
  ways: async ({ service }, { sqlite, postgres }) => {
    const { api } = await personAs(service, 'auditor');
    return {
      API: { ask: async () => (await listed(api)).map(lineOf) },
      SQLite: inSql(sqlite),
      PostgreSQL: inSql(postgres),
      CSV: {
        ask: async () => {
          const { text } = await service.call('GET', '/api/v1/duties', {
            token: await service.token('reports'),
            headers: { accept: 'text/csv' },
          });
          const [names = '', ...lines] = text.replace('\ufeff', '').trimEnd().split('\r\n');
          return lines.map((line) => {
            const cells = line.split(',');
            const row = Object.fromEntries(names.split(',').map((name, at) => [name, cells[at] ?? '']));
            return lineOf(row as unknown as Listed);
          });
        },
      },
      'the audit of each ticket': {
        ask: async () => {
          const said: string[] = [];
          for (const ticketId of new Set((await listed(api)).map((duty) => duty.ticketId))) {
            const { duties } = await api<{ readonly duties: readonly Omit<Listed, 'ticketId'>[] }>(`audit/tickets/${ticketId}`);
            said.push(...duties.map((duty) => lineOf({ ...duty, ticketId })));
          }
          return said satisfies Said;
        },
      },
    };
  },
};
