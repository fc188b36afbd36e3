import { addDays, civilDateOf, isoWeekOf, mondayOf } from '../../../src/domain/time/civil-time';
import type { Instant } from '../../../src/domain/kernel/fact';
import type { Ask } from './databases';
import type { Kind, Said, Way } from './kinds';
import { personAs } from './people';

type Numbers = Readonly<Record<string, unknown>>;

/** By the name that the API has: in SQL, and in the order of the file and of the page where they have it. */
const names = {
  held: 'held',
  heldOnline: 'held_online',
  recorded: 'recorded',
  recordedDeclared: 'recorded_declared',
  tickets: 'tickets',
  citizenAbsent: 'citizen_absent',
  staffAbsent: 'staff_absent',
  rescheduledByCitizen: 'moved_by_citizen',
  rescheduledByStaff: 'moved_by_staff',
  recordingMissing: 'recording_missing',
  recordingWaived: 'recording_waived',
  resolutionsIssued: 'resolutions_issued',
  resolutionsDelivered: 'resolutions_delivered',
  resolutionsDeclared: 'resolutions_declared',
} as const;
const shown = Object.keys(names).slice(0, 4);

/** A week in which nobody meets has no row in some places, and noughts in others. */
const linesOf = (numbers: Numbers | undefined, named: (name: string, sql: string) => string): Said =>
  Object.entries(names).map(([name, sql]) => `${name} ${Number(numbers?.[named(name, sql)] ?? 0)}`);
const inOrder = (cells: readonly string[]): Said => shown.map((name, at) => `${name} ${Number(cells[at] ?? 0)}`);
const partly = (said: Said): Said => said.filter((one) => shown.includes(one.split(' ')[0] ?? ''));

const weekOf = (moment: Instant) => {
  const monday = mondayOf(civilDateOf(moment));
  return { week: isoWeekOf(monday), period: `from=${monday}&to=${addDays(monday, 6)}` };
};

/** The figures of the week of a moment, as all of it is known now. */
export const figuresEverywhere: Kind = {
  name: 'figures',
  ways: async ({ service }, { sqlite, postgres }) => {
    const { api, page } = await personAs(service, 'reports');
    const sums = Object.values(names).map((name) => `sum(${name}) AS ${name}`);
    const inSql = (ask: Ask): Way => ({
      ask: async (moment) =>
        linesOf((await ask<Numbers>(`SELECT ${sums.join(', ')} FROM v2_weekly WHERE week = '${weekOf(moment).week}'`))[0], (_, sql) => sql),
    });
    return {
      API: {
        ask: async (moment) =>
          linesOf(
            (await api<{ readonly rows: readonly Numbers[] }>(`reports/summary?by=week&${weekOf(moment).period}`)).rows[0],
            (name) => name,
          ),
      },
      SQLite: inSql(sqlite),
      PostgreSQL: inSql(postgres),
      CSV: {
        partly,
        ask: async (moment) => {
          const [, line = ''] = (await page(`/rapoarte/intalniri.csv?${weekOf(moment).period}`)).split('\r\n');
          return inOrder(line.split(',').slice(2));
        },
      },
      page: {
        partly,
        ask: async (moment) => {
          const text = await page(`/rapoarte?${weekOf(moment).period}`);
          const [, row = ''] = /id="intalniri-tabel"[\s\S]*?<tbody[^>]*>([\s\S]*?)<\/tr>/.exec(text) ?? [];
          return inOrder([...row.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, cell = '']) => cell));
        },
      },
    };
  },
};

/** Of one department in a week: its code, its name, and the first of its numbers; the page and its file have fewer. */
const ofNamed = (code: unknown, name: unknown, tickets: unknown, held: unknown): string =>
  `${String(code)} ${String(name)}: ${Number(tickets)} of which held ${Number(held)}`;

/** The figures of each department, under its name of today. */
export const departmentsEverywhere: Kind = {
  name: 'figures of departments',
  ways: async ({ service }, { sqlite, postgres }) => {
    const { api, page, file } = await personAs(service, 'reports');
    // one that all have left for another has no row there: it is compared by its code
    const named = new Set(
      (await sqlite<Numbers>('SELECT department_code FROM v2_departments')).map((row) => String(row['department_code'])),
    );
    const ofDepartment: typeof ofNamed = (code, name, ...counts) => ofNamed(code, named.has(String(code)) ? name : '', ...counts);
    const inSql = (ask: Ask): Way => ({
      ask: async (moment) =>
        (
          await ask<Numbers>(
            `SELECT w.department_code, d.department, w.tickets, w.held FROM v2_weekly w LEFT JOIN v2_departments d ON d.department_code = w.department_code WHERE w.week = '${weekOf(moment).week}'`,
          )
        ).map(({ department_code: code, department, tickets, held }) => ofDepartment(code, department, tickets, held)),
    });
    const cellsOf = (text: string): readonly (readonly string[])[] =>
      text
        .replace('\ufeff', '')
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','));
    return {
      API: {
        ask: async (moment) =>
          (await api<{ readonly rows: readonly Numbers[] }>(`reports/summary?by=department&${weekOf(moment).period}`)).rows.map(
            ({ departmentCode, key, tickets, held }) => ofDepartment(departmentCode, key, tickets, held),
          ),
      },
      SQLite: inSql(sqlite),
      PostgreSQL: inSql(postgres),
      CSV: {
        ask: async (moment) => {
          const [names = [], ...lines] = cellsOf(await file(`reports/summary?by=department&${weekOf(moment).period}`));
          const at = (name: string): number => names.indexOf(name);
          return lines.map((cells) => ofDepartment(cells[at('departmentCode')], cells[at('key')], cells[at('tickets')], cells[at('held')]));
        },
      },
      'CSV of the page': {
        ask: async (moment) => {
          const [, ...lines] = cellsOf(await page(`/rapoarte/servicii.csv?${weekOf(moment).period}`));
          return lines.map((cells) => ofDepartment(cells.at(-1), cells[0], cells[1], cells[3]));
        },
      },
      page: {
        ask: async (moment) => {
          const text = await page(`/rapoarte?${weekOf(moment).period}`);
          const [, body = ''] = /id="servicii-tabel"[\s\S]*?<tbody[^>]*>([\s\S]*?)<\/tbody>/.exec(text) ?? [];
          return [...body.matchAll(/<tr[\s\S]*?<\/tr>/g)].map(([row]) => {
            const [, code = '', title = ''] = /department=([^"&]*)"[^>]*>([^<]*)</.exec(row) ?? [];
            const cells = [...row.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, cell = '']) => cell);
            return ofDepartment(code, title.replace(` · ${code}`, ''), cells[0], cells[2]);
          });
        },
      },
    };
  },
};
