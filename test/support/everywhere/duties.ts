import type { DutyAt } from '../../../src/domain/duties/duties';
import { shapeOfDuty } from '../../../src/domain/duties/duty-kinds';
import type { Instant } from '../../../src/domain/kernel/fact';
import { dutyLabel } from '../../../src/infrastructure/phrasing/audit/duty-text';
import { sentences } from '../../../src/infrastructure/phrasing/sentences';
import { tichet } from '../../infrastructure/tools/command-line/captured';
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

/** Of a file in which no cell is quoted. */
const rowsOf = (text: string): readonly Readonly<Record<string, string>>[] => {
  const [names = '', ...lines] = text.replace('\ufeff', '').trimEnd().split('\r\n');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.split(',').map((name, at) => [name, cells[at] ?? '']));
  });
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
          return rowsOf(text).map((row) => lineOf(row as unknown as Listed));
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

type OfTicket = { readonly duties: readonly DutyAt[] };
type Shown = Pick<DutyAt, 'kind' | 'owedBy' | 'staffId' | 'targetAt' | 'limitAt' | 'state' | 'overdue' | 'metAt'>;

/** As a page says it: in words, with the two dates by which its browser knows them. */
const inWords = (ticketId: string, duty: Shown): string => {
  const { owers, states } = sentences.en.audit.duties;
  const { kind, owedBy, staffId, targetAt, limitAt } = duty;
  const name = shapeOfDuty(kind).name.en;
  return [ticketId, name, states[dutyLabel(duty)], targetAt ?? '', limitAt, owers[owedBy], owedBy === 'service' ? '' : staffId].join(' | ');
};
const onPage = (ticketId: string, text: string): Said => {
  const [, list = ''] = /<h2 id="termene">[\s\S]*?<ul class="duties">([\s\S]*?)<\/ul>/.exec(text) ?? [];
  return [...list.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, item = '']) => {
    const one = (form: RegExp): string => form.exec(item)?.[1] ?? '';
    const dates = [...item.matchAll(/<time class="deadline[^"]*" dateTime="([^"]*)"/gi)].map(([, date = '']) => date);
    const [targetAt, limitAt] = dates.length > 1 ? dates : ['', ...dates];
    const who = /<span class="hint">([^<:]*)(?:: <code>([^<]*)<\/code>)?<\/span>/.exec(item) ?? [];
    return [
      ticketId,
      one(/<strong>([^<]*)<\/strong>/),
      one(/<span class="tag[^"]*">([^<]*)</),
      targetAt,
      limitAt,
      who[1],
      who[2] ?? '',
    ].join(' | ');
  });
};

type ListedOwed = { readonly ticketId: string; readonly owed?: Pick<DutyAt, 'kind' | 'targetAt' | 'limitAt' | 'overdue'> | null };
type List = { readonly tickets: readonly ListedOwed[]; readonly next?: string };
const listedAt = async (api: Api, moment: Instant): Promise<readonly ListedOwed[]> => {
  const found: ListedOwed[] = [];
  for (let cursor = ''; ;) {
    const { tickets, next } = await api<List>(`audit/tickets?limit=500&asOf=${moment}${cursor}`);
    found.push(...tickets);
    if (next === undefined) return found;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
};

/** Tickets that are asked for alone at each moment: others at the next, until all have been. */
const aMoment = 15;

/** Who owed what at a moment. Each ticket is asked for alone, so that of every moment it is some of them. */
export const dutiesThen: Kind = {
  name: 'duties then',
  ways: async ({ folder, service }) => {
    const { api, page } = await personAs(service, 'auditor');
    const chosen = new Map<Instant, readonly string[]>();
    const chosenAt = async (moment: Instant): Promise<readonly string[]> => {
      const ids = (await listedAt(api, moment)).map(({ ticketId }) => ticketId).sort();
      const every = Math.ceil(ids.length / aMoment);
      const some = ids.filter((_, place) => place % every === chosen.size % every);
      chosen.set(moment, some);
      return some;
    };
    const ofSome =
      (said: (ticketId: string, moment: Instant) => Promise<Said>) =>
      async (moment: Instant): Promise<Said> => {
        const lines: string[] = [];
        for (const id of chosen.get(moment) ?? (await chosenAt(moment))) lines.push(...(await said(id, moment)));
        return lines;
      };
    const told = (ticketId: string, { duties }: OfTicket): Said => duties.map((duty) => inWords(ticketId, duty));
    return {
      API: { ask: ofSome(async (id, moment) => told(id, await api<OfTicket>(`audit/tickets/${id}?asOf=${moment}`))) },
      page: { ask: ofSome(async (id, moment) => onPage(id, await page(`/audit/${id}?la=${moment}`))) },
      'command line': {
        ask: ofSome(async (id, moment) => {
          const { stdout, stderr } = await tichet(folder, 'audit', id, '--as-of', moment, '--json');
          if (stderr !== '') throw new Error(stderr);
          return told(id, JSON.parse(stdout) as OfTicket);
        }),
      },
    };
  },
};

/** What the lists of audits show of each ticket: what was owed most urgently. */
export const owedThen: Kind = {
  name: 'owed then',
  ways: async ({ folder, service }) => {
    const { api, page } = await personAs(service, 'auditor');
    const told = (tickets: readonly ListedOwed[]): Said =>
      tickets.flatMap(({ ticketId, owed }) =>
        owed == null ? [] : [[ticketId, owed.kind, owed.targetAt ?? '', owed.limitAt, String(owed.overdue)].join(' ')],
      );
    return {
      API: { ask: async (moment) => told(await listedAt(api, moment)) },
      CSV: {
        ask: async (moment) =>
          rowsOf(await page(`/audit/lista.csv?la=${moment}`)).flatMap(({ ticketId, owed, owedTargetAt, owedLimitAt, owedOverdue }) =>
            owed === '' ? [] : [[ticketId, owed, owedTargetAt, owedLimitAt, owedOverdue].join(' ')],
          ),
      },
      'command line': {
        ask: async (moment) => told((JSON.parse((await tichet(folder, 'audit', '--as-of', moment, '--json')).stdout) as List).tickets),
      },
    };
  },
};
